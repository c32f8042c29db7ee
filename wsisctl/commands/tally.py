"""wsisctl tally."""

from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, run_stage

EPILOG = example(
    f"tally --contest {EXAMPLE_EDITION} --votes votes.csv --members members.csv --nominees nominees.csv",
    f"tally --contest {EXAMPLE_EDITION} --votes a.csv --votes b.csv --members members.csv "
    "--nominees nominees.csv --decisions decisions.yaml --out results",
)


def tally(
    contest: options.Contest,
    votes: Annotated[
        list[Path],
        typer.Option("--votes", metavar="FILE", help="Votes as cast (CSV).", show_default=False),
    ],
    members: Annotated[
        list[Path],
        typer.Option(
            "--members", metavar="FILE", help="Registered members (CSV).", show_default=False
        ),
    ],
    nominees: Annotated[
        list[Path],
        typer.Option("--nominees", metavar="FILE", help="Nominees (CSV).", show_default=False),
    ],
    decisions: options.Decisions = None,
    organizations: options.Organizations = None,
    out: options.Out = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Count the votes and account for every one that does not count.

    Ranks the nominees of each category and tells who is honoured and whom the panel chooses among.
    Exit status 1: a tie at a cut is unresolved.
    """
    from wsisctl.stages.inputs import name_all

    inputs = name_all(
        votes=votes,
        members=members,
        nominees=nominees,
        decisions=decisions,
        organizations=organizations,
    )
    run_stage("tally", contest, inputs, out, Shell.of(form, plain, lang, quiet, no_color))
