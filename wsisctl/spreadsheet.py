"""Text from outside in a CSV that somebody will open in a spreadsheet.

A cell that begins like a formula would be executed there. It is written with an apostrophe before
it, which spreadsheets take as "this is text"; reading our own files takes one apostrophe off again.
So does text that already has apostrophes there, or it would lose one of its own.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

_LIKE_A_FORMULA = re.compile(r"'*(?:[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n])")


def to_cell(text: str) -> str:
    """The text as a cell that no spreadsheet executes."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """The text that `to_cell` wrote."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell


_CRLF = "\r\n"


def csv_lines(rows: Iterable[Sequence[str | int | None]], delimiter: str = ",") -> Iterator[str]:
    """Rows as lines of CSV in which no cell is a formula; a line feed ends a line on every machine.

    The writer quotes only the characters of its own line end inside cells; so it gets both, and each
    row's is cut afterwards.
    """
    line = _Line()
    writer = csv.writer(line, delimiter=delimiter, lineterminator=_CRLF)
    for row in rows:
        writer.writerow([to_cell(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.written.removesuffix(_CRLF) + "\n"


class _Line:
    """Takes what a CSV writer writes of a row."""

    written = ""

    def write(self, text: str) -> None:
        self.written = text
