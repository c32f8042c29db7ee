"""Options that several commands share, each declared once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wsisctl.shipped import editions


class FormatName(StrEnum):
    """How a result is shown."""

    table = "table"
    plain = "plain"
    json = "json"
    csv = "csv"
    markdown = "markdown"


class LanguageName(StrEnum):
    """In which language names are shown."""

    en = "en"
    zh = "zh"


EXAMPLE_EDITION = editions()[-1]
"""For the examples in `--help`."""

_INPUT, _SHOW = "Input", "Output"


def _many(name: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar="FILE", help=text, show_default=False, rich_help_panel=_INPUT
    )
    return option


Contest = Annotated[
    str,
    typer.Option(
        "--contest",
        metavar="NAME",
        help=f"A shipped edition ({', '.join(editions())}) or a definition file.",
        show_default=False,
    ),
]
Decisions = Annotated[list[Path] | None, _many("--decisions", "What people decided (YAML).")]
Organizations = Annotated[
    list[Path] | None, _many("--organizations", "Names that are the same organization (CSV).")
]
PastWinners = Annotated[
    list[Path] | None, _many("--past-winners", "Winning projects of earlier contests (CSV).")
]
Scores = Annotated[list[Path] | None, _many("--scores", "Score sheets of the panel (CSV).")]
Panel = Annotated[list[Path] | None, _many("--panel", "The members of the panel (CSV).")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Write the results there.", show_default=False),
]
Format = Annotated[
    FormatName | None,
    typer.Option(
        "--format", help="Default: table on a terminal, plain otherwise.", show_default=False
    ),
]
Plain = Annotated[bool, typer.Option("--plain", help="Short for --format plain.")]
Language = Annotated[LanguageName, typer.Option("--lang", help="Language of names.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no hints; errors stay.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours (also: NO_COLOR).")]


def example(*lines: str) -> str:
    """The end of a command's help: what people type."""
    return "Examples:\n\n" + "\n\n".join(f"  wsisctl {line}" for line in lines)
