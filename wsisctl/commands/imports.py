"""The five `wsisctl import-*` commands: one for each kind of export."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from wsisctl.commands import options
from wsisctl.commands.options import example
from wsisctl.commands.reading import read_as
from wsisctl.commands.shell import Shell, open_folder, writing_problems

if TYPE_CHECKING:
    from wsisctl.contest.model import Contest
    from wsisctl.readers.dialect import ReadAs
    from wsisctl.records.kinds import Kind
    from wsisctl.stages.problem_files import ProblemFiles

SUBMISSIONS_EPILOG = example(
    "import-submissions form-export.csv", "import-submissions form-export-2.csv --dry-run"
)
MEMBERS_EPILOG = example("import-members members.csv")
VOTES_EPILOG = example("import-votes week-1.csv week-2.csv")
SCORES_EPILOG = example("import-scores ana.csv bela.csv", "import-scores all.csv --stage selection")
PAST_WINNERS_EPILOG = example("import-past-winners winners-2012-2020.csv")

_DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Only show what would come of it; nothing is written.",
        rich_help_panel=options.OUTPUT,
    ),
]
_MakeProfile = Annotated[
    Path | None,
    typer.Option(
        "--make-profile",
        metavar="FILE",
        help="Only draft a profile of the first export there, to be looked at.",
        show_default=False,
        rich_help_panel=options.OUTPUT,
    ),
]
_Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="Exports as received: CSV, JSON, JSON Lines, XLSX, packed or not; votes also Parquet.",
        show_default=False,
    ),
]


def _command(kind: str, help_text: str) -> Callable[..., None]:
    """The command that brings in exports of one kind, by its name in `records.kinds`."""

    def bring_in(
        files: _Files,
        folder: options.Folder = None,
        encoding: options.Encoding = None,
        delimiter: options.Delimiter = None,
        sheet: options.Sheet = None,
        header_row: options.HeaderRow = None,
        profile: options.Profile = None,
        make_profile: _MakeProfile = None,
        dry_run: _DryRun = False,
        errors: options.Errors = None,
        annotate: options.AnnotateProblems = None,
        form: options.Format = None,
        plain: options.Plain = False,
        lang: options.Language = options.LanguageName.en,
        quiet: options.Quiet = False,
        no_color: options.NoColor = False,
    ) -> None:
        from wsisctl.records import kinds
        from wsisctl.stages.problem_files import ProblemFiles

        shell = Shell.of(form, plain, lang, quiet, no_color)
        records = getattr(kinds, kind)
        asked = ProblemFiles(errors, annotate, f"annotated-{records.name}")
        said = read_as(encoding, delimiter, sheet, header_row, profile)
        errand = _Errand(files, said, dry_run, make_profile)
        _import(lambda _: records, errand, folder, asked, shell)

    bring_in.__doc__ = help_text
    return bring_in


import_submissions = _command(
    "SUBMISSIONS",
    """Bring the projects submitted into the folder.

    The exports are kept as they are; their rows become records that know where they came from.
    Exit status 3: a file cannot be used; the folder is as it was.
    """,
)
import_members = _command(
    "MEMBERS",
    """Bring the registered members into the folder.

    The exports are kept as they are; their rows become records that know where they came from.
    Exit status 3: a file cannot be used; the folder is as it was.
    """,
)
import_votes = _command(
    "VOTES",
    """Bring the votes cast into the folder.

    Every row is kept, those that will not count too: the tally accounts for each.
    Exit status 3: a file cannot be used; the folder is as it was.
    """,
)
import_past_winners = _command(
    "PAST_WINNERS",
    """Bring winners of earlier contests into the folder.

    They are not eligible again; earlier champions and nominees are.
    Exit status 3: a file cannot be used; the folder is as it was.
    """,
)


def import_scores(
    files: _Files,
    stage: Annotated[
        options.ScoredStage | None,
        typer.Option(
            "--stage",
            help="Which stage the sheets are for; else it is told by their columns.",
            show_default=False,
            rich_help_panel=options.INPUT,
        ),
    ] = None,
    folder: options.Folder = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    sheet: options.Sheet = None,
    header_row: options.HeaderRow = None,
    profile: options.Profile = None,
    make_profile: _MakeProfile = None,
    dry_run: _DryRun = False,
    errors: options.Errors = None,
    annotate: options.AnnotateProblems = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Bring score sheets of the panel into the folder.

    Their columns tell whether they are for the nomination or for the selection.
    Exit status 3: a file cannot be used; the folder is as it was.
    """
    from wsisctl.stages.problem_files import ProblemFiles
    from wsisctl.stages.scored import kind_of_sheets

    shell = Shell.of(form, plain, lang, quiet, no_color)
    said = read_as(encoding, delimiter, sheet, header_row, profile)
    errand = _Errand(files, said, dry_run, make_profile)

    def kind(contest: "Contest") -> "Kind":
        return kind_of_sheets(files, contest, stage.value if stage else None, errand.read_as)

    _import(kind, errand, folder, ProblemFiles(errors, annotate, "annotated-scores"), shell)


@dataclass(frozen=True)
class _Errand:
    """What a person asked to bring in."""

    files: list[Path]
    read_as: "ReadAs"
    dry_run: bool
    make_profile: Path | None
    """Where to draft a profile, in place of bringing anything in."""


def _import(
    kind_in: "Callable[[Contest], Kind]",
    errand: _Errand,
    named: Path | None,
    asked: "ProblemFiles",
    shell: Shell,
) -> NoReturn:
    from wsisctl.readers.asked import refuse_sheet_of_none
    from wsisctl.readers.files import InputFile
    from wsisctl.stages.imports import run_import

    folder, contest = open_folder(named)
    given = [InputFile(path, str(path), read_as=errand.read_as) for path in errand.files]
    refuse_sheet_of_none(given)
    with writing_problems(asked, contest, given, shell):
        kind = kind_in(contest)
        if errand.make_profile is not None:
            _draft(contest, kind, errand, errand.make_profile, shell)
        with shell.progress(kind.command) as advance:
            outcome = run_import(
                folder,
                contest,
                kind,
                errand.files,
                advance,
                read_as=errand.read_as,
                dry_run=errand.dry_run,
            )
    if asked.annotate is not None:
        shell.tell(f"note: every file could be used: nothing was written to {asked.annotate}")
    shell.finish(outcome)


def _draft(
    contest: "Contest", kind: "Kind", errand: _Errand, target: Path, shell: Shell
) -> NoReturn:
    from wsisctl.readers.files import InputFile
    from wsisctl.stages.profile_draft import draft_profile, write_draft

    path = errand.files[0]
    file = InputFile(path, str(path), read_as=errand.read_as)
    write_draft(target, draft_profile(contest, kind, file))
    shell.tell(f"note: drafted {target}: look at every line of it, then give it with --profile")
    raise typer.Exit
