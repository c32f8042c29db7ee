"""wsisctl validate."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, AnyFormat, example
from wsisctl.commands.reading import read_as, reading
from wsisctl.commands.shell import Shell, StageRequest, run_stage
from wsisctl.errors import UsageError

if TYPE_CHECKING:
    from wsisctl.folder.layout import ContestFolder
    from wsisctl.stages.validate_views import EarlierRun

EPILOG = example(
    "validate",
    f"validate submissions.csv --contest {EXAMPLE_EDITION}",
    f"validate *.csv --contest {EXAMPLE_EDITION} --decisions decisions.yaml --format json",
    "validate --changed",
    "validate --by entity --letters letters",
)
_RESULT = "validation.json"
_VIEW = "View"


class By(StrEnum):
    """What findings are put together by."""

    submission = "submission"
    rule = "rule"
    entity = "entity"


def _folder(name: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar="DIR", help=text, show_default=False, rich_help_panel=options.OUTPUT
    )
    return option


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Submissions (CSV, JSON, JSON Lines, XLSX).",
            show_default=False,
        ),
    ] = None,
    submissions: options.Submissions = None,
    past_winners: options.PastWinners = None,
    organizations: options.Organizations = None,
    corrections: options.Corrections = None,
    decisions: options.Decisions = None,
    contest: options.Contest = None,
    folder: options.Folder = None,
    by: Annotated[
        By, typer.Option("--by", help="Put findings together by this.", rich_help_panel=_VIEW)
    ] = By.submission,
    changed: Annotated[
        bool,
        typer.Option(
            "--changed", help="Only what has changed since the last run.", rich_help_panel=_VIEW
        ),
    ] = False,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="FILE",
            help=f"Only what has changed since this {_RESULT}.",
            show_default=False,
            rich_help_panel=_VIEW,
        ),
    ] = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    sheet: options.Sheet = None,
    header_row: options.HeaderRow = None,
    profile: options.Profiles = None,
    out: options.Out = None,
    errors: options.Errors = None,
    annotate: Annotated[
        Path | None, _folder("--annotate", "Write the submissions there, with what was found.")
    ] = None,
    letters: Annotated[
        Path | None, _folder("--letters", "Write a letter there to each who has to act.")
    ] = None,
    form: options.FormatOfFindings = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Check submissions against every rule of the contest.

    Shows what is wrong, where, and what to do, and who is eligible, ineligible or to be reviewed.
    Exit status 1: there are errors or undecided reviews.
    """
    from wsisctl.stages.validate_views import ValidateViews

    given = {
        "submissions": [*(files or ()), *(submissions or ())],
        "past_winners": past_winners,
        "organizations": organizations,
        "corrections": corrections,
        "decisions": decisions,
    }
    shell = Shell.of(form, plain, lang, quiet, no_color)
    _refuse_two_views(by, changed=changed, since=since)
    home = _home(contest, folder)
    views = ValidateViews(
        home,
        by.value,
        _earlier_run(home, out, since) if changed or since else None,
        annotate,
        letters,
        for_ci=shell.format == AnyFormat.github,
    )
    if shell.format == AnyFormat.json and (views.by != "submission" or views.earlier):
        shell.tell("note: --format json is always the whole result, by submission")
    if views.for_ci and views.by != "submission":
        shell.tell(
            "note: --format github shows each finding at its line; --by changes nothing there"
        )
    run_stage(
        StageRequest(
            "validate",
            contest,
            folder,
            given,
            out,
            reading(read_as(encoding, delimiter, sheet, header_row), profile),
            views.run,
            errors,
            annotate,
        ),
        shell,
    )


def _refuse_two_views(by: By, *, changed: bool, since: Path | None) -> None:
    if changed and since:
        raise UsageError(
            "--changed and --since contradict each other",
            hint="--changed compares with the last run, --since with the file named",
        )
    if by is not By.submission and (changed or since):
        raise UsageError(f"changes are shown by submission, not by {by}", hint="leave --by out")


def _home(contest: str | None, folder: Path | None) -> "ContestFolder | None":
    from wsisctl.folder.layout import find_folder

    return find_folder(folder, takes_files=True) if contest is None else None


def _earlier_run(
    home: "ContestFolder | None", out: Path | None, since: Path | None
) -> "EarlierRun":
    """The file named, or the one that the last run left where this one writes."""
    from wsisctl.folder.layout import RESULTS
    from wsisctl.readers.files import InputFile, readable_name
    from wsisctl.stages.validate_views import EarlierRun

    if since is not None:
        return EarlierRun(InputFile(since, readable_name(str(since))), needed=True)
    if out is not None:
        path = out / _RESULT
        return EarlierRun(InputFile(path, readable_name(str(path))), needed=False)
    if home is not None:
        return EarlierRun(home.file(f"{RESULTS}/{_RESULT}"), needed=False)
    raise UsageError(
        "--changed needs the result of the last run, and on bare files nothing is kept without --out",
        hint="name the folder of the last run with --out DIR, or its file with --since FILE",
    )
