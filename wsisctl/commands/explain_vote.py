"""wsisctl explain-vote."""

from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.reading import read_as, reading
from wsisctl.commands.shell import Shell, StageRequest, run_stage
from wsisctl.commands.usage import refuse_no_text

EPILOG = example(
    "explain-vote 00012345",
    f"explain-vote v17 --contest {EXAMPLE_EDITION} --votes votes.csv --members members.csv "
    "--nominees nominees.csv",
)


def explain_vote(
    vote_id: Annotated[
        str,
        typer.Argument(
            metavar="VOTE_ID",
            help="The vote, by its id in the export, or by its place: votes.csv:17.",
        ),
    ],
    votes: options.Votes = None,
    members: options.Members = None,
    nominees: options.Nominees = None,
    organizations: options.Organizations = None,
    corrections: options.Corrections = None,
    decisions: options.Decisions = None,
    contest: options.Contest = None,
    folder: options.Folder = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    sheet: options.Sheet = None,
    header_row: options.HeaderRow = None,
    profile: options.Profiles = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Tell the whole story of one vote.

    Shows the row as received, when it was cast on the contest's clock, each check in its order, and
    whether it counts. It names the voter's organization: for the secretariat, not for the public.
    """
    from wsisctl.stages.explain_vote import VoteAsked

    refuse_no_text(vote_id)
    given = {
        "votes": votes,
        "members": members,
        "nominees": nominees,
        "organizations": organizations,
        "corrections": corrections,
        "decisions": decisions,
    }
    request = StageRequest(
        "tally",
        contest,
        folder,
        given,
        None,
        reading(read_as(encoding, delimiter, sheet, header_row), profile),
        VoteAsked(vote_id).run,
        only_asks="explain-vote",
    )
    run_stage(request, Shell.of(form, plain, lang, quiet, no_color))
