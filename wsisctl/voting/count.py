"""The count: `count.sql` run by DuckDB over what the reader hands it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING

from wsisctl.contest.model import Contest
from wsisctl.errors import BrokenCount, UnusableInput
from wsisctl.names import SameNames
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.records.kinds import VOTES, telling_kinds_apart
from wsisctl.records.people import Member, Nominee
from wsisctl.times import Instant
from wsisctl.voting.contradictions import Contradiction, refuse_contradictions
from wsisctl.voting.database import open_database
from wsisctl.voting.load import add_category_names, load_contest_rules, load_people
from wsisctl.voting.memory import of_database
from wsisctl.voting.received import Received, has_ruined_ids, load_votes
from wsisctl.voting.rejected import RejectedVotes, rejected_votes
from wsisctl.voting.roll import Roll

if TYPE_CHECKING:
    import duckdb

_NO_END = (1 << 63) - 1
"""Later than every vote."""


@dataclass(frozen=True)
class Count:
    """What came of every vote."""

    read: int
    """Votes cast until the count's end; of those cast later it knows only how many."""
    standings: Mapping[str, Mapping[str, int]]
    """By category, the votes of each nominee."""
    rejected: RejectedVotes
    voters: int
    """People with at least one counted vote."""
    complete_ballots: int
    """Of them, those with a counted vote in every category that has nominees."""
    in_repeated_hour: int
    """Votes without an offset in the hour that autumn repeats; the earlier hour was taken."""
    remarks: tuple[str, ...]
    """What to tell of how the files were read."""
    later: int = 0
    """Votes cast after the moment as of which is counted."""


@dataclass(frozen=True)
class BallotBox:
    """The count, and every vote behind it as long as the database is open."""

    count: Count
    database: "duckdb.DuckDBPyConnection"
    """With `received` and `verdict` of `count.sql`, and `considered`: the verdicts but for later votes."""
    received: Received


def count_votes(
    contest: Contest,
    votes: Sequence[InputFile],
    members: Sequence[Member] | Roll,
    nominees: Sequence[Nominee],
    organizations: SameNames,
    advance: Advance = ignore_progress,
) -> Count:
    """Count the votes of all files together; raises as `counted_votes` does."""
    with counted_votes(contest, votes, members, nominees, organizations, advance) as box:
        return box.count


@contextmanager
def counted_votes(
    contest: Contest,
    votes: Sequence[InputFile],
    members: Sequence[Member] | Roll,
    nominees: Sequence[Nominee],
    organizations: SameNames,
    advance: Advance = ignore_progress,
    as_of: Instant | None = None,
    memory: int | None = None,
) -> Iterator[BallotBox]:
    """Count the votes of all files together, and keep them at hand for questions about single ones.

    `as_of` counts as if nobody had voted after it: the window closes then, and later votes are left out.

    Raises UnusableInput for a file that cannot be read and for two different votes with one id;
    BrokenCount where read votes are not counted plus rejected ones.
    """
    VOTES.refuse_unfit_profiles(votes, contest)
    with open_database(of_database(memory)) as database:
        load_people(database, members, nominees, organizations)
        load_contest_rules(database, contest, as_of)
        taking, counting = _statements()
        received = _take_votes(database, contest, votes, advance, taking)
        add_category_names(database, contest)
        database.execute("set preserve_insertion_order = false")  # every row knows its number now
        steps = database.extract_statements(counting)
        for step in steps:
            database.execute(step)
            advance(received.unread // 2 // len(steps))
        refuse_contradictions(_contradictions(database, received), votes, contest)
        count = _counted(database, contest, received, as_of)
        _check_conservation(database, received, count)
        yield BallotBox(count, database, received)


def _take_votes(
    database: "duckdb.DuckDBPyConnection",
    contest: Contest,
    votes: Sequence[InputFile],
    advance: Advance,
    taking: str,
) -> Received:
    """Make `vote` of all files, at once where they are; wherever anything is wrong with one, more carefully.

    Then each is read for itself, and all that is wrong with them is told.
    """
    import duckdb

    explaining = partial(telling_kinds_apart, VOTES, contest)
    load = partial(load_votes, database, votes, VOTES.naming(contest), advance, explaining)
    try:
        received = load(in_place=True)
        database.execute(taking)
        if not (received.unread and has_ruined_ids(database)):
            advance(received.unread - received.unread // 2)  # the other half is the count's
            return received
        database.execute("drop table vote")
    except UnusableInput:
        pass
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        pass
    received = load()
    database.execute(taking)
    return received


def _counted(
    database: "duckdb.DuckDBPyConnection",
    contest: Contest,
    received: Received,
    as_of: Instant | None,
) -> Count:
    last = as_of.second if as_of else _NO_END
    database.execute(
        "create temp view considered as select * from verdict "  # noqa: S608 - a number
        f"where second is null or second <= {last}"
    )
    later = 0
    if as_of:
        later = _number(database, f"select count(*) from dated where second > {last}")  # noqa: S608 - a number
        database.execute(
            "delete from rejected using dated where dated.file = rejected.file "  # noqa: S608 - a number
            f'and dated."row" = rejected."row" and dated.second > {last}'
        )
    in_repeated_hour = _number(
        database,
        f"select count(*) from other_time where in_repeated_hour and second <= {last}",  # noqa: S608 - a number
    )
    return Count(
        sum(_rows_read(database, received)) - later,
        _standings(database, contest),
        rejected_votes(database, contest, received),
        _number(database, "select voters from coverage"),
        _number(database, "select complete from coverage"),
        in_repeated_hour,
        received.remarks,
        later,
    )


_DEFINITION_IS_ASKED = "-- Now the categories"
"""Where `count.sql` waits for what only the definition can tell."""


def _statements() -> tuple[str, str]:
    """`count.sql` as far as it takes votes in, and the rest."""
    text = resources.files(__package__).joinpath("count.sql").read_text(encoding="utf-8")
    taking, asked, counting = text.partition(_DEFINITION_IS_ASKED)
    return taking, asked + counting


def _contradictions(
    database: "duckdb.DuckDBPyConnection", received: Received
) -> Iterator[Contradiction]:
    """Every vote_id with more than one content, each of these with the first of them."""
    rows = database.execute(
        """
        with single as (
            select dated.vote_id, dated.file, dated."row"
            from dated
            join (
                select file, "row" from same_id
                where copy = 1 and vote_id in (
                    select vote_id from same_id where copy = 1 group by vote_id having count(*) > 1
                )
            ) as same_id on same_id.file = dated.file and same_id."row" = dated."row"
            where dated.is_complete
        )
        select vote_id, file, "row",
            first(file) over same as first_file, first("row") over same as first_row
        from single where vote_id in (select vote_id from single group by vote_id having count(*) > 1)
        window same as (partition by vote_id order by file, "row")
        order by vote_id, file, "row"
        """
    )
    while found := rows.fetchone():
        vote_id, *here, first_file, first_row = found
        if here != [first_file, first_row]:
            yield vote_id, received.source(first_file, first_row), received.source(*here)


def _standings(
    database: "duckdb.DuckDBPyConnection", contest: Contest
) -> Mapping[str, Mapping[str, int]]:
    standings: dict[str, dict[str, int]] = {category.id: {} for category in contest.categories}
    for category, submission_id, votes in database.execute("select * from standing").fetchall():
        standings[category][submission_id] = votes
    return standings


def _number(database: "duckdb.DuckDBPyConnection", query: str) -> int:
    """The one number that such a query gives."""
    return int(database.execute(query).fetchall()[0][0])


def _rows_read(database: "duckdb.DuckDBPyConnection", received: Received) -> list[int]:
    """The rows of each file, counted before anything was done with them."""
    last = dict(database.execute('select file, max("row") - 1 from vote group by file').fetchall())
    return [
        last.get(number, 0) if rows is None else rows for number, rows in enumerate(received.read)
    ]


def _check_conservation(
    database: "duckdb.DuckDBPyConnection", received: Received, count: Count
) -> None:
    """read = counted + rejected for each file, each category as cast, and in all; else no result."""
    ledger = database.execute(
        "select file, cast_as, received, counted, rejected from ledger"
    ).fetchall()
    by_file = Counter[int]()
    counted = 0
    for file, cast_as, received_here, accepted, rejected in ledger:
        by_file[file] += received_here
        counted += accepted
        if received_here != accepted + rejected:
            raise BrokenCount(
                f"category '{cast_as}': {received_here} votes read, {accepted} counted, {rejected} rejected"
            )
    in_standings = sum(sum(votes.values()) for votes in count.standings.values())
    books = {
        "the rows of each file": (
            _rows_read(database, received),
            [by_file[number] for number in range(len(received.names))],
        ),
        "counted votes and standings": (counted, in_standings),
        "read = counted + rejected": (count.read, counted + len(count.rejected)),
    }
    for what, (left, right) in books.items():
        if left != right:
            raise BrokenCount(f"{what} do not add up: {left} against {right}")
