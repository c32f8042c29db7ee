"""Options that several commands share, each declared once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import completion
from wsisctl.commands.examples import example as example
from wsisctl.shipped import editions, example_edition


class FormatName(StrEnum):
    """How a result is shown."""

    table = "table"
    plain = "plain"
    json = "json"
    csv = "csv"
    markdown = "markdown"


class AnyFormat(StrEnum):
    """Every way there is to show a result; the last for findings only, in the logs of a CI service."""

    table = "table"
    plain = "plain"
    json = "json"
    csv = "csv"
    markdown = "markdown"
    github = "github"


class LanguageName(StrEnum):
    """In which language names are shown."""

    en = "en"
    zh = "zh"


class DemoSize(StrEnum):
    """How big the demo's edition is."""

    small = "small"
    real = "real"


class ScoredStage(StrEnum):
    """The stages for which the panel fills in score sheets."""

    nomination = "nomination"
    selection = "selection"


EXAMPLE_EDITION = example_edition()
"""For the examples in `--help`, and for the demo."""

INPUT, READING, OUTPUT = "Input", "How files are read", "Output"
"""Headings of options in `--help`."""


def _many(name: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar="FILE", help=text, show_default=False, rich_help_panel=INPUT
    )
    return option


Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Of text files, such as utf-8 or cp1252; else it is found.",
        show_default=False,
        rich_help_panel=READING,
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="SIGN",
        help="Between cells: comma, semicolon, tab or pipe; else it is found.",
        show_default=False,
        rich_help_panel=READING,
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help="Of a workbook, by name or number; else the only one with anything on it.",
        show_default=False,
        rich_help_panel=READING,
    ),
]
HeaderRow = Annotated[
    int | None,
    typer.Option(
        "--header-row",
        metavar="N",
        min=1,
        max=1000,
        help="The row with the names of the columns; else it is found.",
        show_default=False,
        rich_help_panel=READING,
    ),
]
Profile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar="FILE",
        help="What the columns and values of the files are (YAML).",
        show_default=False,
        rich_help_panel=READING,
    ),
]
Profiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--profile",
        metavar="FILE",
        help="What the columns and values of some input are (YAML).",
        show_default=False,
        rich_help_panel=READING,
    ),
]
Contest = Annotated[
    str | None,
    typer.Option(
        "--contest",
        metavar="NAME",
        help=f"For bare files: a shipped edition ({', '.join(editions())}) or a definition file.",
        show_default=False,
        autocompletion=completion.contests,
        rich_help_panel=INPUT,
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="DIR",
        help="The contest folder; else the one we are in.",
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
Submissions = Annotated[
    list[Path] | None, _many("--submissions", "Submissions (CSV, JSON, JSON Lines, XLSX).")
]
Members = Annotated[
    list[Path] | None, _many("--members", "Registered members (CSV, JSON, JSON Lines, XLSX).")
]
Votes = Annotated[
    list[Path] | None, _many("--votes", "Votes as cast (CSV, JSON, JSON Lines, XLSX, Parquet).")
]
Nominees = Annotated[
    list[Path] | None, _many("--nominees", "Nominees (CSV, JSON, JSON Lines, XLSX).")
]
Tally = Annotated[list[Path] | None, _many("--tally", "The tally.json that `tally` wrote.")]
Corrections = Annotated[
    list[Path] | None, _many("--corrections", "Fields that people put right (YAML).")
]
Decisions = Annotated[list[Path] | None, _many("--decisions", "What people decided (YAML).")]
Contested = Annotated[
    list[Path] | None,
    _many("--contested", "Votes that are contested: a column vote_id, or .txt with an id a line."),
]
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
    typer.Option(
        "--out",
        metavar="DIR",
        help="Write the results there.",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
Errors = Annotated[
    Path | None,
    typer.Option(
        "--errors",
        metavar="FILE",
        help="Where files cannot be used: write every problem there (CSV).",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
AnnotateProblems = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar="DIR",
        help="Where files cannot be used: write copies there, with what is wrong beside each row.",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
Format = Annotated[
    FormatName | None,
    typer.Option(
        "--format",
        help="Default: table on a terminal, plain otherwise.",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
FormatOfFindings = Annotated[
    AnyFormat | None,
    typer.Option(
        "--format",
        help="Default: table on a terminal, plain otherwise; github for CI logs.",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
Plain = Annotated[
    bool, typer.Option("--plain", help="Short for --format plain.", rich_help_panel=OUTPUT)
]
Language = Annotated[
    LanguageName, typer.Option("--lang", help="Language of names.", rich_help_panel=OUTPUT)
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", help="No progress and no hints; errors stay.", rich_help_panel=OUTPUT),
]
NoColor = Annotated[
    bool,
    typer.Option("--no-color", help="No colours (also: NO_COLOR).", rich_help_panel=OUTPUT),
]
