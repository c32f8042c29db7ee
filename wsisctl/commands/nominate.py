"""wsisctl nominate."""

from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, run_stage

EPILOG = example(
    f"nominate --contest {EXAMPLE_EDITION} --submissions submissions.csv --scores scores.csv --out results",
    f"nominate --contest {EXAMPLE_EDITION} --submissions submissions.csv --decisions decisions.yaml",
)


def nominate(
    contest: options.Contest,
    submissions: Annotated[
        list[Path],
        typer.Option(
            "--submissions", metavar="FILE", help="Submissions (CSV).", show_default=False
        ),
    ],
    scores: options.Scores = None,
    panel: options.Panel = None,
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
    """Make the shortlist of each category from score sheets or recorded decisions.

    Submissions are validated first; only eligible ones can be nominated.
    Exit status 1: a tie at the quota, or missing scores and decisions.
    """
    from wsisctl.stages.inputs import name_all

    inputs = name_all(
        submissions=submissions,
        scores=scores,
        panel=panel,
        past_winners=past_winners,
        organizations=organizations,
        decisions=decisions,
    )
    run_stage("nominate", contest, inputs, out, Shell.of(form, plain, lang, quiet, no_color))
