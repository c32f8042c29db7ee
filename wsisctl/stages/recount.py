"""`tally --recount`: the vote counted once more by the second counter, and both held side by side."""

from collections.abc import Sequence
from dataclasses import replace

from wsisctl.contest.model import Contest
from wsisctl.readers.files import Advance
from wsisctl.records.corrections import read_corrections
from wsisctl.records.same_members import SameMember
from wsisctl.recount import Unusable, Vote, instant_of, recount
from wsisctl.reports.recount import agreement, with_recount
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.outcome import Outcome
from wsisctl.times import Instant
from wsisctl.voting.count import Count
from wsisctl.voting.differences import Comparison, compare
from wsisctl.voting.second_count import records_of, votes_of
from wsisctl.voting.tally import Tally


def outcome_recounted(outcome: Outcome, again: Comparison) -> Outcome:
    """The outcome with what the second counter says; the files stay as they are."""
    shown = replace(outcome, report=with_recount(outcome.report, again))
    if again.agrees:
        return shown.told([agreement(again)])
    return replace(shown, warnings=(*outcome.warnings, agreement(again)), to_act_upon=True)


def counted_again(
    contest: Contest,
    inputs: Inputs,
    tally: Tally,
    count: Count,
    same_members: Sequence[SameMember],
    as_of: Instant | None,
    advance: Advance,
) -> Comparison:
    """Count the same files by the second counter, and hold the tally against it.

    `as_of` is none of its business: later votes are not shown to it.
    """
    records = records_of(
        contest,
        inputs.members,
        inputs.nominees,
        inputs.organizations,
        read_corrections(inputs.corrections),
        [item.member_ids for item in same_members if item.verdict == "confirm"],
        advance,
    )
    votes = votes_of(contest, inputs.votes, advance)
    if as_of is not None:
        votes = (vote for vote in votes if not _is_later(vote, as_of, contest))
    try:
        again = recount(votes, records)
    except Unusable as error:
        return Comparison(0, (f"the second counter takes the export for broken: {error}",), ())
    return compare(tally, count, again)


def _is_later(vote: Vote, as_of: Instant, contest: Contest) -> bool:
    cast = instant_of(vote[6], contest.zone)
    return cast is not None and cast[0] > as_of.second
