"""A report as bytes for a terminal, a pipe or a file. Nothing here decides anything."""

import io
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Literal

from wsisctl import spreadsheet
from wsisctl.reports.github import as_commands
from wsisctl.reports.report import (
    Block,
    Cell,
    Entry,
    Heading,
    Lines,
    Report,
    Section,
    Table,
    Verbatim,
    one_line,
    visible,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

Format = Literal["table", "plain", "json", "csv", "markdown", "github"]
WIDTH = 80


def render(report: Report, form: Format, *, color: bool = False, width: int = WIDTH) -> str:
    """The whole report as text that ends with a newline."""
    if form == "table":
        return _terminal(report, color, width)
    renderers: dict[str, Callable[[Report], str]] = {
        "plain": lambda report: _plain(report.blocks),
        "json": lambda report: as_json(report.document),
        "csv": lambda report: visible(as_csv(report.data)),
        "markdown": lambda report: as_markdown(report.blocks),
        "github": lambda report: as_commands(report.annotations) + _plain(report.summary),
    }
    return renderers[form](report)


def as_json(document: object) -> str:
    """Indented JSON in which no character can act on a terminal."""
    return visible(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def as_csv(table: Table) -> str:
    """CSV in which no cell is a formula; a line feed ends a line on every machine."""
    return "".join(csv_lines(table.columns, table.rows))


def csv_lines(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str = ","
) -> Iterator[str]:
    """The lines of `as_csv` one by one, for a table that is too big to be held."""
    return spreadsheet.csv_lines(chain([columns], rows), delimiter)


def _cells(table: Table) -> list[list[str]]:
    return [["" if cell is None else one_line(str(cell)) for cell in row] for row in table.rows]


def _aligned(table: Table) -> list[Literal["left", "right"]]:
    """Numbers to the right, text to the left, by what the column holds."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    return ["right" if _numeric(column) else "left" for column in columns]


def _numeric(column: tuple[object, ...]) -> bool:
    return bool(column) and all(isinstance(cell, int) for cell in column)


def _plain(blocks: Iterable[Block]) -> str:
    from tabulate import tabulate

    def block_text(block: Block) -> str:
        match block:
            case Heading(text):
                return _wrapped(text)
            case Lines(texts):
                return "\n".join(_wrapped(text) for text in texts)
            case Entry(head, body) | Section(head, body):
                return "\n".join([_wrapped(head), *(_wrapped(text, "    ") for text in body)])
            case Verbatim(text):
                return f"    {one_line(text)}"
            case Table():
                return tabulate(
                    _cells(block),
                    block.columns,
                    tablefmt="plain",
                    colalign=_aligned(block) if block.rows else None,
                    disable_numparse=True,
                )

    return "\n\n".join(block_text(block) for block in blocks) + "\n"


def _wrapped(text: str, indent: str = "") -> str:
    line = one_line(text)
    if _TWO_COLUMNS.search(line):
        return _wrapped_between_characters(line, indent)
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent or "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped_between_characters(text: str, indent: str) -> str:
    """Chinese has no blanks: a line ends after any character, unless punctuation closes there."""
    lines = [indent]
    for piece in _PIECES.findall(text):
        if _columns(lines[-1] + piece) > WIDTH and lines[-1].strip():
            lines[-1] = lines[-1].rstrip()
            lines.append((indent or "  ") + piece.lstrip())
        else:
            lines[-1] += piece
    return "\n".join(lines)


def as_markdown(blocks: Iterable[Block]) -> str:
    """Markdown in which text from outside is nothing but text."""
    return "\n\n".join(map(_markdown_block, blocks)) + "\n"


def _markdown_block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {_escaped(text)}"
        case Lines(texts):
            return "\n".join(f"{_sentence(text)}  " for text in texts).rstrip()
        case Section(title, texts):
            return "\n\n".join([f"## {_escaped(title)}", *map(_with_code, texts)])
        case Entry(head, body):
            return "\n".join(
                [f"- **{_escaped(head)}**", *(f"  {_sentence(text)}  " for text in body)]
            )
        case Verbatim(text):
            return _fenced(one_line(text))
        case Table():
            return _pipe_table(block)


def _fenced(text: str) -> str:
    """A code block whose fence is longer than any row of backticks in it."""
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`+", text) or [""]))
    return f"{fence}yaml\n{text}\n{fence}"


_WIDEST = 40
"""A longer cell runs over in its own row, instead of pushing every other row out of sight."""


def _pipe_table(table: Table) -> str:
    """A Markdown table that is one to the naked eye too.

    Our own and not tabulate's, which pads every row to the longest cell, and counts a Chinese
    character as one or two depending on what else is installed.
    """
    heads = [_escaped(name) for name in table.columns]
    rows = [[_escaped(cell) for cell in row] for row in _cells(table)]
    sides = _aligned(table)
    widths = [
        max(_columns(head) + 2, *(min(_columns(cell), _WIDEST) for cell in column), 0)
        for head, *column in zip(heads, *rows, strict=True)
    ]

    def line(cells: list[str]) -> str:
        padded = map(_padded, cells, widths, sides)
        return f"| {' | '.join(padded)} |"

    rules = [
        f"{'-' * (width + 1)}:" if side == "right" else f":{'-' * (width + 1)}"
        for width, side in zip(widths, sides, strict=True)
    ]
    return "\n".join([line(heads), f"|{'|'.join(rules)}|", *map(line, rows)])


def _padded(text: str, width: int, side: Literal["left", "right"]) -> str:
    blanks = " " * (width - _columns(text))
    return blanks + text if side == "right" else text + blanks


_WIDE = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
_TWO_COLUMNS = re.compile(f"[{_WIDE}]")
_OPENING, _CLOSING = "（《“「『", "）》”」』，。、；：！？"
_PIECES = re.compile(
    rf" *[{_OPENING}]*(?:[{_WIDE}]|[^ {_WIDE}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*"
)


def _columns(text: str) -> int:
    """How wide a text stands in a fixed-width font, by ranges that no version of Unicode moves."""
    return len(text) + len(_TWO_COLUMNS.findall(text))


def _escaped(text: str) -> str:
    return _literal(one_line(text))


def _literal(text: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]<>|#&~$])", r"\\\1", text)
    return re.sub(r"(?i)\b(www)(?=\.)|(?<=[a-z])(?=://)", r"\1\\", escaped)


def _sentence(text: str) -> str:
    """Escaped also where the line's beginning would make a list, a rule or a heading of it."""
    return _at_line_start(_escaped(text))


def _at_line_start(escaped: str) -> str:
    return re.sub(r"^([-+=]|[0-9]+(?=[.)](?:\s|$)))", _behind_a_backslash, escaped)


def _with_code(text: str) -> str:
    """Escaped, but for what stands between two backticks."""
    pieces = re.split(r"(`[^`]+`)", one_line(text))
    told = "".join(piece if place % 2 else _literal(piece) for place, piece in enumerate(pieces))
    return _at_line_start(told)


def _behind_a_backslash(match: re.Match[str]) -> str:
    return f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}"


def _terminal(report: Report, color: bool, width: int) -> str:
    from rich.console import Console

    page = io.StringIO()
    console = Console(
        file=page,
        width=width,
        force_terminal=color,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for number, block in enumerate(report.blocks):
        if number:
            console.print()
        console.print(_rich(block), soft_wrap=isinstance(block, Verbatim))
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())


def _rich(block: Block) -> "RenderableType":
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table as Grid
    from rich.text import Text

    match block:
        case Heading(text):
            return Text(one_line(text), style="bold")
        case Lines(texts):
            return Group(*(Text(one_line(text)) for text in texts))
        case Entry(head, body) | Section(head, body):
            details = (Padding(Text(one_line(text)), (0, 0, 0, 4)) for text in body)
            return Group(Text(one_line(head), style="bold"), *details)
        case Verbatim(text):
            return Text(f"    {one_line(text)}")
        case Table():
            grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim")
            for name, side in zip(block.columns, _aligned(block), strict=True):
                grid.add_column(name, justify=side, overflow="fold")
            for row in _cells(block):
                grid.add_row(*(Text(cell) for cell in row))
            return grid
