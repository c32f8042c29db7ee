"""wsisctl tally."""

from enum import StrEnum
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.reading import read_as, reading
from wsisctl.commands.shell import Shell, StageRequest, run_stage
from wsisctl.errors import UsageError

EPILOG = example(
    "tally",
    f"tally --contest {EXAMPLE_EDITION} --votes votes.csv --members members.csv --nominees nominees.csv",
    f"tally --contest {EXAMPLE_EDITION} --votes a.csv --votes b.csv --members members.csv "
    "--nominees nominees.csv --decisions decisions.yaml --out results",
    "tally --category C5",
    "tally --contested complaint.csv",
    "tally --as-of week-2 --format markdown",
    "tally --recount",
)
_VIEW = "View"


class RejectedFormat(StrEnum):
    """What rejected votes may be written as besides CSV."""

    parquet = "parquet"


def tally(
    votes: options.Votes = None,
    members: options.Members = None,
    nominees: options.Nominees = None,
    organizations: options.Organizations = None,
    corrections: options.Corrections = None,
    decisions: options.Decisions = None,
    contested: options.Contested = None,
    contest: options.Contest = None,
    folder: options.Folder = None,
    category: Annotated[
        str | None,
        typer.Option(
            "--category",
            metavar="CATEGORY",
            help="Show this one in depth, and no other.",
            show_default=False,
            rich_help_panel=_VIEW,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="TIME",
            help="Count what was cast until then: a time, a day, or week-1 for the first week of the vote.",
            show_default=False,
            rich_help_panel=_VIEW,
        ),
    ] = None,
    recount: Annotated[
        bool,
        typer.Option(
            "--recount",
            help="Count once more by the second, independent counter, and show any difference.",
            rich_help_panel=_VIEW,
        ),
    ] = False,
    memory_limit: Annotated[
        str | None,
        typer.Option(
            "--memory-limit",
            metavar="SIZE",
            help="What the count may take, such as 2GiB; the rest goes to disk. Else a quarter of the machine's.",
            show_default=False,
        ),
    ] = None,
    rejected_votes: Annotated[
        RejectedFormat | None,
        typer.Option("--rejected-votes", help="Write them in this format too.", show_default=False),
    ] = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    sheet: options.Sheet = None,
    header_row: options.HeaderRow = None,
    profile: options.Profiles = None,
    out: options.Out = None,
    errors: options.Errors = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Count the votes; account for each that does not count.

    Ranks the nominees of each category and tells who is honoured and whom the panel chooses among.
    Exit status 1: a tie at a cut is unresolved, or the second counter says otherwise.
    """
    from wsisctl.stages.tally import TallyViews
    from wsisctl.voting.as_of import AsOf
    from wsisctl.voting.memory import memory_limit as size_of
    from wsisctl.voting.rejected import REJECTED_PARQUET

    given = {
        "votes": votes,
        "members": members,
        "nominees": nominees,
        "organizations": organizations,
        "corrections": corrections,
        "decisions": decisions,
        "contested": contested,
    }
    if contested and as_of:
        raise UsageError(
            "--contested and --as-of contradict each other", hint="only a result can be contested"
        )
    request = StageRequest(
        "tally",
        contest,
        folder,
        given,
        out,
        reading(read_as(encoding, delimiter, sheet, header_row), profile),
        TallyViews(
            None if as_of is None else AsOf(as_of),
            category,
            recount,
            size_of(memory_limit) if memory_limit is not None else None,
            rejected_votes is not None,
        ).run,
        errors=errors,
        more_files=(REJECTED_PARQUET,) if rejected_votes else (),
        looks_only="--as-of counts a part of the vote" if as_of else "",
        readings=2 if recount else 1,
    )
    run_stage(request, Shell.of(form, plain, lang, quiet, no_color))
