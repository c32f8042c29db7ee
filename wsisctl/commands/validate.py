"""wsisctl validate."""

from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, run_stage

EPILOG = example(
    f"validate submissions.csv --contest {EXAMPLE_EDITION}",
    f"validate *.csv --contest {EXAMPLE_EDITION} --decisions decisions.yaml --format json",
)


def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Submissions (CSV).", show_default=False)
    ],
    contest: options.Contest,
    past_winners: options.PastWinners = None,
    decisions: options.Decisions = None,
    organizations: options.Organizations = None,
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
    from wsisctl.stages.inputs import name_all

    inputs = name_all(
        submissions=files,
        past_winners=past_winners,
        organizations=organizations,
        decisions=decisions,
    )
    run_stage("validate", contest, inputs, out, Shell.of(form, plain, lang, quiet, no_color))
