"""Exports of votes as a contest folder's own records, every row of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.readers.files import Advance, InputFile
from wsisctl.records.arrivals import Arrived
from wsisctl.records.kinds import VOTES, telling_kinds_apart
from wsisctl.times import read_time
from wsisctl.voting.contradictions import Contradiction, refuse_contradictions
from wsisctl.voting.database import open_database
from wsisctl.voting.received import Received, load_votes, write_records

if TYPE_CHECKING:
    import duckdb


def archive_votes(
    exports: Sequence[InputFile], contest: Contest, target: Path, advance: Advance
) -> Mapping[str, Arrived]:
    """Write all exports as one Parquet file; what came of the rows of each, by the export's name.

    `exports` stand in the order in which they came. A row of another width than its header is
    rejected here and kept all the same: the tally accounts for it as malformed. Raises
    UnusableInput where a file cannot be used and where two votes have one id.
    """
    VOTES.refuse_unfit_profiles(exports, contest)
    with open_database() as database:
        explaining = partial(telling_kinds_apart, VOTES, contest)
        database.execute(_SEVERAL_THREADS)
        received = load_votes(database, exports, VOTES.naming(contest), advance, explaining)
        database.execute(_REPEATED)
        found = _contradictions(database, received, contest.zone)
        refuse_contradictions(found, exports, contest)
        arrived = _arrived(database, received, [export.name for export in exports])
        write_records(database, received, target)
    return arrived


_SEVERAL_THREADS = "set threads = greatest(2, current_setting('threads'))"
"""Two or any number more part the rows in the same groups; one alone does not, and the file's bytes follow."""
_REPEATED = """
    create temp table repeated as select * from received where well_formed and hash(vote_id) in (
        select hash(vote_id) from received where well_formed group by 1 having count(*) > 1
    )
"""
"""The rows whose vote_id stands in another row too, and hardly any other: most exports have few of them."""


def _contradictions(
    database: "duckdb.DuckDBPyConnection", received: Received, zone: ZoneInfo
) -> Iterator[Contradiction]:
    """The count refuses them too, but then they would already be in the folder."""
    suspects = database.execute(
        """
        select vote_id, file, "row", member_id, category, submission_id, cast_at from repeated
        where vote_id in (
            select vote_id from repeated group by vote_id
            having min(member_id) <> max(member_id) or min(category) <> max(category)
                or min(submission_id) <> max(submission_id) or min(cast_at) <> max(cast_at)
        )
        order by vote_id, file, "row"
        """
    )
    seen: dict[tuple[str, ...], Source] = {}
    """The contents of one vote_id, with where each stands first."""
    before = ""
    while row := suspects.fetchone():
        vote_id, file, number, *texts = row
        if not all(text.strip() for text in (vote_id, *texts)):
            continue
        if read_time(texts[-1], zone).instant is None:
            continue
        if vote_id != before:
            seen, before = {}, vote_id
        if tuple(texts) not in seen:
            seen[tuple(texts)] = here = received.source(file, number)
            first = next(iter(seen.values()))
            if here is not first:
                yield vote_id, first, here


def _arrived(
    database: "duckdb.DuckDBPyConnection", received: Received, in_order: Sequence[str]
) -> Mapping[str, Arrived]:
    order = [in_order.index(name) for name in received.names]
    well_formed = _by_file(database, "received where well_formed")
    in_several = _by_file(database, "repeated")
    first = dict(
        database.execute(
            """
            select arrival, count(*) from (
                select min(list_extract($order, file + 1)) as arrival from repeated
                group by vote_id, member_id, category, submission_id, cast_at
            ) group by arrival
            """,
            {"order": order},
        ).fetchall()
    )
    rejected = _by_file(database, "received where not well_formed")
    arrived = {}
    for place, name in enumerate(received.names):
        of_several, first_there = in_several.get(place, 0), first.get(order[place], 0)
        arrived[name] = Arrived(
            received.read[place] or 0,
            well_formed.get(place, 0) - of_several + first_there,
            of_several - first_there,
            rejected.get(place, 0),
            told=tuple(told for told in received.remarks if told.startswith(f"{name}:")),
        )
    return arrived


def _by_file(database: "duckdb.DuckDBPyConnection", rows: str) -> Mapping[int, int]:
    """How many of these rows each file has."""
    query = f"select file, count(*) from {rows} group by file"  # noqa: S608 - our own text
    return dict(database.execute(query).fetchall())
