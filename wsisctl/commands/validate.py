"""wsisctl validate."""

from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, StageRequest, run_stage

EPILOG = example(
    "validate",
    f"validate submissions.csv --contest {EXAMPLE_EDITION}",
    f"validate *.csv --contest {EXAMPLE_EDITION} --decisions decisions.yaml --format json",
)


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...", help="Submissions (CSV, JSON, JSON Lines).", show_default=False
        ),
    ] = None,
    submissions: options.Submissions = None,
    past_winners: options.PastWinners = None,
    organizations: options.Organizations = None,
    corrections: options.Corrections = None,
    decisions: options.Decisions = None,
    contest: options.Contest = None,
    folder: options.Folder = None,
    out: options.Out = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Check submissions against every rule of the contest.

    Shows what is wrong, where, and what to do, and who is eligible, ineligible or to be reviewed.
    Exit status 1: there are errors or undecided reviews.
    """
    given = {
        "submissions": [*(files or ()), *(submissions or ())],
        "past_winners": past_winners,
        "organizations": organizations,
        "corrections": corrections,
        "decisions": decisions,
    }
    request = StageRequest("validate", contest, folder, given, out)
    run_stage(request, Shell.of(form, plain, lang, quiet, no_color))
