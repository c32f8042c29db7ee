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

_CONTESTED = """
    create temp view contested as
    select
        verdict.*,
        nominee.category as belongs_to,
        coalesce('voter ' || voter, 'member ' || member_id) as person,
        contested_id.vote_id is not null as contested
    from verdict
    join nominee on nominee.submission_id = verdict.submission_id
    left join contested_id on contested_id.vote_id = verdict.vote_id
    where reason is null or reason not in ('malformed', 'repeated_row')
"""
"""Every vote that counts or may come to count. Who is no member votes alone under the id given."""
_BESIDE = """
    select person, belongs_to, submission_id, reason, contested, vote_id from contested
    where person in (select person from contested where contested)
        and ($whole_ballot or (person, belongs_to) in (select (person, belongs_to) from contested where contested))
    order by person, second, decimals, vote_id
"""


def contested_votes(box: BallotBox, contest: Contest, ids: Collection[str]) -> ContestedVotes:
    """Look the contested votes up among those counted."""
    database = box.database
    fill(database, "contested_id", {"vote_id": "varchar"}, ((identity,) for identity in ids))
    known = {
        row[0]
        for row in database.execute(
            "select distinct vote_id from verdict where vote_id in (select vote_id from contested_id)"
        ).fetchall()
    }
    votes, found, changeable = Counter[str](), defaultdict[str, Counter[Resolution]](Counter), set()
    whole_ballot = (
        [category for category, standings in box.count.standings.items() if standings]
        if "incomplete_ballot" in contest.voting.reasons
        else []
    )
    for ballot, contested_ids in _ballots(database, whole_ballot=bool(whole_ballot)):
        changeable |= contested_ids
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
) -> Iterator[tuple[list[CastVote], set[str]]]:
    """The votes of each voter with a contested one, in the order in which they were cast, and the ids contested."""
    database.execute(_CONTESTED)
    rows = database.execute(_BESIDE, {"whole_ballot": whole_ballot}).fetchall()
    for _, group in groupby(rows, key=lambda row: row[0]):
        cast = list(group)
        yield (
            [
                CastVote(category, project, reason, contested)
                for _, category, project, reason, contested, _ in cast
            ],
            {vote_id for *_, contested, vote_id in cast if contested},
        )
