"""The contested votes among those that were counted, with the votes of the same voters beside them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from wsisctl.contest.model import Contest
from wsisctl.voting.count import BallotBox
from wsisctl.voting.database import fill
from wsisctl.voting.margins import Contested, ContestedVotes
from wsisctl.voting.resolutions import CastVote, Resolution, resolutions

if TYPE_CHECKING:
    import duckdb

_PERSON = "coalesce('voter ' || voter, 'member ' || member_id)"
"""Who is no member votes alone under the id given."""
_CONTESTED = f"""
    create temp table contested as
    select verdict.vote_id, {_PERSON} as person, nominee.category as belongs_to,
        reason is null or reason not in ('malformed', 'repeated_row') as changeable
    from verdict
    left join nominee on nominee.submission_id = verdict.submission_id
    where vote_id in (select vote_id from contested_id)
"""  # noqa: S608 - our own names
_BESIDE = f"""
    select {_PERSON} as person, nominee.category, verdict.submission_id, reason,
        vote_id in (select vote_id from contested_id) as contested
    from verdict
    join nominee on nominee.submission_id = verdict.submission_id
    where (reason is null or reason not in ('malformed', 'repeated_row'))
        and ({_PERSON}, case when $whole_ballot then '' else nominee.category end) in (
            select (person, case when $whole_ballot then '' else belongs_to end)
            from contested where changeable and belongs_to is not null
        )
    order by person, second, decimals, vote_id
"""  # noqa: S608 - our own names
"""The votes of each voter with a contested one, in the order in which they were cast; where a part of a ballot
will do, only those in the same categories."""


def contested_votes(box: BallotBox, contest: Contest, ids: Collection[str]) -> ContestedVotes:
    """Look the contested votes up among those counted."""
    database = box.database
    fill(database, "contested_id", {"vote_id": "varchar"}, ((identity,) for identity in ids))
    database.execute(_CONTESTED)
    known, changeable = (
        {row[0] for row in database.execute(f"select vote_id from contested {which}").fetchall()}  # noqa: S608
        for which in ("", "where changeable and belongs_to is not null")
    )
    whole_ballot = (
        [category for category, standings in box.count.standings.items() if standings]
        if "incomplete_ballot" in contest.voting.reasons
        else []
    )
    votes = Counter[str]()
    found: dict[str, Counter[Resolution]] = defaultdict(Counter)
    for ballot in _ballots(database, whole_ballot=bool(whole_ballot)):
        votes.update(vote.category for vote in ballot if vote.contested)
        may_be = resolutions(ballot, contest.voting.second_vote, whole_ballot)
        for category, resolution in may_be.items():
            if resolution.costs:
                found[category][resolution] += 1
    return ContestedVotes(
        len(ids),
        tuple(sorted(set(ids) - known)),
        tuple(sorted(known - changeable)),
        {item.id: Contested(votes[item.id], found[item.id]) for item in contest.categories},
    )


def _ballots(
    database: "duckdb.DuckDBPyConnection", *, whole_ballot: bool
) -> Iterator[list[CastVote]]:
    rows = database.execute(_BESIDE, {"whole_ballot": whole_ballot}).fetchall()
    for _, cast in groupby(rows, key=lambda row: row[0]):
        yield [CastVote(*vote) for _, *vote in cast]
