"""The count: `count.sql` run by DuckDB over what the reader hands it."""

import csv
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.contest.model import Contest
from wsisctl.errors import BrokenCount, UnusableInput
from wsisctl.findings import Source
from wsisctl.names import SameNames
from wsisctl.records.people import Member, Nominee
from wsisctl.records.table import Advance, CsvTable, InputFile, check_id, require_columns
from wsisctl.times import TIME_PATTERN, Instant, clock_spans

if TYPE_CHECKING:
    import duckdb

VOTE_COLUMNS = ("vote_id", "member_id", "category", "submission_id", "cast_at")
_IDS = ("vote_id", "member_id", "submission_id")
_WHITE_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


@dataclass(frozen=True)
class RejectedVote:
    """A vote that does not count, and the one reason why."""

    vote_id: str
    reason: str
    source: Source


@dataclass(frozen=True)
class Count:
    """What came of every vote."""

    read: int
    standings: Mapping[str, Mapping[str, int]]
    """By category, the votes of each nominee."""
    rejected: tuple[RejectedVote, ...]
    """By file and row."""
    voters: int
    """Members with at least one counted vote."""
    complete_ballots: int
    """Of them, those with a counted vote in every category that has nominees."""
    in_repeated_hour: int
    """Votes without an offset in the hour that autumn repeats; the earlier hour was taken."""


def count_votes(
    contest: Contest,
    votes: Sequence[InputFile],
    members: Sequence[Member],
    nominees: Sequence[Nominee],
    organizations: SameNames,
    advance: Advance = lambda _: None,
) -> Count:
    """Count the votes of all files together.

    Raises UnusableInput for a file that cannot be read and for two different votes with one id;
    BrokenCount where read votes are not counted plus rejected ones.
    """
    files = sorted(votes, key=lambda file: file.name)
    with _database() as database:
        read = _load_votes(database, files, advance)
        _load_people(database, members, nominees, organizations)
        _load_contest(database, contest)
        database.execute(_statements())
        _refuse_broken_export(database, files)
        rejected = _rejected(database, files)
        count = Count(
            sum(read),
            _standings(database, contest),
            rejected,
            *_numbers(database, "select voters, complete from coverage"),
            *_numbers(database, "select count(*) from dated where in_repeated_hour"),
        )
        _check_conservation(database, read, count)
    return count


def _statements() -> str:
    return resources.files(__package__).joinpath("count.sql").read_text(encoding="utf-8")


@contextmanager
def _database() -> Iterator["duckdb.DuckDBPyConnection"]:
    import duckdb

    with tempfile.TemporaryDirectory(prefix="wsisctl-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        with duckdb.connect(":memory:", config=settings) as database:
            yield database


def _load_votes(
    database: "duckdb.DuckDBPyConnection", files: Sequence[InputFile], advance: Advance
) -> list[int]:
    """Fill `received` with every row of every file; the number of rows of each."""
    read = [0] * len(files)

    def rows() -> Iterator[Sequence[object]]:
        for number, file in enumerate(files):
            for row in _rows_of(number, file, advance):
                read[number] += 1
                yield row

    columns = {"file": "int", "row": "bigint", "well_formed": "boolean"}
    _fill(database, "received", columns | dict.fromkeys(VOTE_COLUMNS, "varchar"), rows())
    return read


def _rows_of(number: int, file: InputFile, advance: Advance) -> Iterator[Sequence[object]]:
    with CsvTable(file, advance) as table:
        require_columns(table, VOTE_COLUMNS)
        places = [table.columns.index(column) for column in VOTE_COLUMNS]
        width = len(table.columns)
        for row, cells in table.rows():
            well_formed = len(cells) == width
            padded = cells if well_formed else [*cells, *[""] * width]
            values = [padded[place] for place in places]
            if any("E+" in value for value in values):
                _refuse_ruined_ids(values, Source(file.name, row))
            yield number, row, well_formed, *values


def _refuse_ruined_ids(values: Sequence[str], source: Source) -> None:
    for column, value in zip(VOTE_COLUMNS, values, strict=True):
        if column in _IDS and value.strip():
            check_id(value, column, source)


def _load_people(
    database: "duckdb.DuckDBPyConnection",
    members: Sequence[Member],
    nominees: Sequence[Nominee],
    organizations: SameNames,
) -> None:
    numbers: dict[str, int] = {}

    def number(name: str) -> int | None:
        key = organizations.key(name)
        return numbers.setdefault(key, len(numbers)) if key else None

    _fill(
        database,
        "member",
        {"member_id": "varchar", "profile_complete": "boolean", "organization": "int"},
        [(m.id, m.profile_complete, number(m.organization)) for m in members],
    )
    _fill(
        database,
        "nominee",
        {"submission_id": "varchar", "category": "varchar", "entity": "int", "submitter": "int"},
        [(n.id, n.category, number(n.entity), number(n.submitter_organization)) for n in nominees],
    )


def _load_contest(database: "duckdb.DuckDBPyConnection", contest: Contest) -> None:
    """What the definition says, as the count reads it."""
    cast_as = [
        row[0] for row in database.execute("select distinct category from received").fetchall()
    ]
    _fill(
        database,
        "category_name",
        {"written": "varchar", "category": "varchar"},
        [(text, contest.category_of(text)) for text in cast_as],
    )
    _fill(
        database,
        "clock",
        {
            "local_from": "timestamp",
            "local_until": "timestamp",
            "utc_offset": "int",
            "repeated": "boolean",
        },
        [
            (span.local_from, span.local_until, span.utc_offset, span.repeated)
            for span in clock_spans(contest.zone)
        ],
    )
    opens, closes = voting_window(contest)
    reasons = contest.voting.reasons
    _fill(
        database,
        "rule",
        {
            "opens": "bigint",
            "closes": "bigint",
            "asks_profile": "boolean",
            "bars_own_project": "boolean",
            "asks_whole_ballot": "boolean",
            "second_vote": "varchar",
        },
        [
            (
                opens.second,
                closes.second,
                "incomplete_profile" in reasons,
                "own_project" in reasons,
                "incomplete_ballot" in reasons,
                contest.voting.second_vote,
            )
        ],
    )
    database.execute("set variable time_pattern = $1", [f"^{TIME_PATTERN}$"])
    database.execute("set variable white_space = $1", [_WHITE_SPACE])


def voting_window(contest: Contest) -> tuple[Instant, Instant]:
    """When voting opens and closes; the definition's check makes sure that both are there."""
    phase = contest.phases[contest.voting.phase]
    assert phase.opens is not None  # noqa: S101
    assert phase.closes is not None  # noqa: S101
    return phase.opens, phase.closes


def _fill(
    database: "duckdb.DuckDBPyConnection",
    table: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Create a table from rows, through a file: DuckDB takes rows one by one a hundred times slower.

    An absent number or truth value is null; text never is.
    """
    values = ", ".join(
        f'coalesce("{name}", \'\') as "{name}"' if kind == "varchar" else f'"{name}"'
        for name, kind in columns.items()
    )
    with tempfile.TemporaryDirectory(prefix="wsisctl-") as folder:
        path = Path(folder, f"{table}.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
        database.execute(
            f"create temp table {table} as select {values} "  # noqa: S608 - our own names
            "from read_csv($path, columns = $columns, header = false, auto_detect = false, "
            "delim = ',', quote = '\"', escape = '\"', max_line_size = $longest)",
            {"path": str(path), "columns": dict(columns), "longest": 16 * csv.field_size_limit()},
        )


def _refuse_broken_export(
    database: "duckdb.DuckDBPyConnection", files: Sequence[InputFile]
) -> None:
    """Two rows that share a vote_id and differ: nobody can tell which of them was cast."""
    double = database.execute(
        """
        with single as (
            select * from judged where reason is null or reason not in ('malformed', 'repeated_row')
        )
        select vote_id, list({'file': file, 'row': "row"} order by file, "row")
        from single group by vote_id having count(*) > 1
        order by min(file), min("row") limit 1
        """
    ).fetchone()
    if double is None:
        return
    vote_id, rows = double
    first, second = (str(Source(files[row["file"]].name, row["row"])) for row in rows[:2])
    raise UnusableInput(
        f"{second}: vote_id {vote_id} stands here again with another content; it was first at {first}",
        hint="the export is broken: ask for it anew",
    )


def _rejected(
    database: "duckdb.DuckDBPyConnection", files: Sequence[InputFile]
) -> tuple[RejectedVote, ...]:
    rows = database.execute(
        'select vote_id, reason, file, "row" from verdict where reason is not null order by file, "row"'
    ).fetchall()
    return tuple(
        RejectedVote(vote_id, reason, Source(files[file].name, row))
        for vote_id, reason, file, row in rows
    )


def _standings(
    database: "duckdb.DuckDBPyConnection", contest: Contest
) -> Mapping[str, Mapping[str, int]]:
    standings: dict[str, dict[str, int]] = {category.id: {} for category in contest.categories}
    for category, submission_id, votes in database.execute("select * from standing").fetchall():
        standings[category][submission_id] = votes
    return standings


def _numbers(database: "duckdb.DuckDBPyConnection", query: str) -> tuple[int, ...]:
    """The one row that such a query gives."""
    return tuple(database.execute(query).fetchall()[0])


def _check_conservation(
    database: "duckdb.DuckDBPyConnection", read: Sequence[int], count: Count
) -> None:
    """read = counted + rejected for each file, each category as cast, and in all; else no result."""
    ledger = database.execute(
        "select file, cast_as, received, counted, rejected from ledger"
    ).fetchall()
    by_file = Counter[int]()
    counted = 0
    for file, cast_as, received, accepted, rejected in ledger:
        by_file[file] += received
        counted += accepted
        if received != accepted + rejected:
            raise BrokenCount(
                f"category '{cast_as}': {received} votes read, {accepted} counted, {rejected} rejected"
            )
    in_standings = sum(sum(votes.values()) for votes in count.standings.values())
    books = {
        "the rows of each file": (list(read), [by_file[number] for number in range(len(read))]),
        "counted votes and standings": (counted, in_standings),
        "read = counted + rejected": (count.read, counted + len(count.rejected)),
    }
    for what, (left, right) in books.items():
        if left != right:
            raise BrokenCount(f"{what} do not add up: {left} against {right}")
