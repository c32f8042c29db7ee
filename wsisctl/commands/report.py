"""wsisctl report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, open_contest, open_folder
from wsisctl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wsisctl.contest.model import Contest
    from wsisctl.readers.files import Advance
    from wsisctl.stages.outcome import Outcome

EPILOG = example(
    "report",
    "report --lang zh",
    f"report --contest {EXAMPLE_EDITION} --results results --submissions submissions.csv --out reports",
)


def report(
    results: Annotated[
        Path | None,
        typer.Option(
            "--results",
            metavar="DIR",
            help="For bare files: the folder that the stages wrote into.",
            show_default=False,
            rich_help_panel=options.INPUT,
        ),
    ] = None,
    submissions: options.Submissions = None,
    members: options.Members = None,
    corrections: options.Corrections = None,
    contest: options.Contest = None,
    folder: options.Folder = None,
    out: options.Out = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Write the secretariat's documents.

    A Markdown and a CSV document for each stage that has run: findings by rule and by submission,
    shortlist, tally, selection; every statement with its clause, and what was corrected by whom and
    why. They are internal.
    """
    from wsisctl.stages.report import report_in_folder

    shell = Shell.of(form, plain, lang, quiet, no_color)
    with shell.progress("report") as advance:
        if contest is None:
            if results or submissions or members or corrections:
                raise UsageError(
                    "--results, --submissions, --members and --corrections are for bare files",
                    hint="give --contest NAME too",
                )
            home, edition = open_folder(folder, takes_files=True)
            outcome = report_in_folder(home, edition, out, shell.language, advance)
        elif folder is not None or results is None or out is None:
            raise UsageError(
                "bare files need --contest, --results and --out, and no --folder",
                hint="`wsisctl report --help` shows an example",
            )
        else:
            given = {
                "submissions": submissions or (),
                "members": members or (),
                "corrections": corrections or (),
            }
            outcome = _on_files(open_contest(contest), results, given, out, shell, advance)
    shell.finish(outcome)


def _on_files(
    contest: "Contest",
    results: Path,
    given: "Mapping[str, Sequence[Path]]",
    out: Path,
    shell: Shell,
    advance: "Advance",
) -> "Outcome":
    from wsisctl.folder.layout import refuse_rooms
    from wsisctl.stages.inputs import name_all
    from wsisctl.stages.report import ReportInputs, run_report

    refuse_rooms(out)
    name = results.name or results.resolve().name
    named = name_all(given)
    inputs = ReportInputs(
        results, name, named.submissions, named.members, named.corrections, from_elsewhere=True
    )
    return run_report(contest, inputs, out, shell.language, advance)
