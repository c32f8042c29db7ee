"""wsisctl select-winners."""

from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, run_stage

EPILOG = example(
    f"select-winners --contest {EXAMPLE_EDITION} --tally results/tally.json --scores scores.csv",
    f"select-winners --contest {EXAMPLE_EDITION} --tally results/tally.json "
    "--decisions decisions.yaml --out results",
)


def select_winners(
    contest: options.Contest,
    tally: Annotated[
        Path,
        typer.Option("--tally", metavar="FILE", help="tally.json of `tally`.", show_default=False),
    ],
    scores: options.Scores = None,
    panel: options.Panel = None,
    decisions: options.Decisions = None,
    out: options.Out = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Name the winner and the champions of each category.

    A recorded decision names the winner, else the single highest score in the pool does.
    Exit status 1: a tie, or missing scores and decisions.
    """
    from wsisctl.stages.inputs import name_all

    inputs = name_all(tally=[tally], scores=scores, panel=panel, decisions=decisions)
    run_stage("select-winners", contest, inputs, out, Shell.of(form, plain, lang, quiet, no_color))
