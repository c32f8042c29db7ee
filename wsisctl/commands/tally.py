"""wsisctl tally."""

from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Destination, Shell, open_contest

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
    shell = Shell.of(form, plain, lang, quiet, no_color)
    from wsisctl.stages.inputs import name_all
    from wsisctl.stages.tally import FILES, run_tally

    definition = open_contest(contest)
    inputs = name_all(
        votes=votes,
        members=members,
        nominees=nominees,
        decisions=decisions,
        organizations=organizations,
    )
    destination = Destination(out, "tally", FILES, inputs, definition)
    with shell.progress("reading votes", inputs.size) as advance:
        outcome = run_tally(definition, inputs, advance, shell.language)
    destination.write(outcome.files)
    shell.finish(outcome)
