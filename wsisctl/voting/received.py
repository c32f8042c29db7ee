"""Every row of every vote file, as the table `received` of `count.sql`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.readers.columns import remark_on_unused
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.readers.formats import CSV, PARQUET
from wsisctl.readers.naming import Naming
from wsisctl.readers.required import place_of_header, require_columns
from wsisctl.readers.table import Table, open_table
from wsisctl.records.id_cells import RUINED_ID, SIGNS_OF_RUIN
from wsisctl.records.kinds import VOTE_COLUMNS, VOTES, telling_kinds_apart
from wsisctl.records.problems import Gathered
from wsisctl.records.record import id_problem
from wsisctl.voting.below import footers_told, may_end_in_footer
from wsisctl.voting.database import WHITE_SPACE, fill, open_database
from wsisctl.voting.split import csv_query, no_parquet, parquet_query, quoted, records_query

if TYPE_CHECKING:
    import duckdb

_IDS = ("vote_id", "member_id", "submission_id")
_MOST_PROBLEMS = 1_000
"""Problems of votes that are told; of the others only the number is."""
_NO_ROWS = (
    'select 0 as file, 0::bigint as "row", true as well_formed, '
    + ", ".join(f"'' as {column}" for column in VOTE_COLUMNS)
    + " where false"
)


@dataclass(frozen=True)
class Received:
    """The files in `received`: a row's number there is the place of its file's name here."""

    names: tuple[str, ...]
    read: tuple[int | None, ...]
    """Rows of each; None where that is not known before `received` is read, whose last row tells."""
    remarks: tuple[str, ...] = ()
    """What to tell of how the files were read."""
    unread: int = 0
    """Bytes of files that are read whenever `received` is."""

    def source(self, number: int, row: int) -> Source:
        """Where a row was read."""
        return Source(self.names[number], row)


def load_votes(
    database: "duckdb.DuckDBPyConnection",
    files: Sequence[InputFile],
    naming: Naming,
    advance: Advance,
    explaining: Callable[[], AbstractContextManager[None]] = nullcontext,
    *,
    in_place: bool = False,
) -> Received:
    """Make `received` of every row of every file, in the order of the files' names.

    Raises UnusableRecords with every file that cannot be used and the ids that Excel ruined. `explaining` is
    around the reading of each file, and may say better what is wrong with it.

    `in_place` leaves files that DuckDB can split where they are, to be read whenever `received` is: nobody has
    seen their rows, which may yet turn out not to be readable, or to have ruined ids.
    """
    files = sorted(files, key=lambda file: file.name)
    names: list[str] = []
    read: list[int | None] = []
    remarks: list[str] = []
    parts: list[str] = []
    unread = 0
    gathered = Gathered(_MOST_PROBLEMS)
    for file in files:
        if file.canonical:
            rows_of, part = records_query(database, len(names), file)
            names += rows_of
            read += rows_of.values()
            parts.append(part)
            unread += file.path.stat().st_size
            continue
        with (
            gathered.within(file),
            explaining(),
            open_table(file, naming, advance, parquet=True) as table,
        ):
            remarks += table.remarks
            query, columns = _query(database, len(names), table)
            unused = [column for column in columns if column not in VOTE_COLUMNS]
            remarks += remark_on_unused(unused, place_of_header(table))
            if query and in_place and table.plain is file and not may_end_in_footer(table):
                unread += file.path.stat().st_size
                is_text = table.dialect.format == CSV
                read.append(None if is_text else _number_of_rows(database, query))
                parts.append(query)
            else:
                part = _insert(database, len(names), table, query, advance)
                _gather_ruined_ids(database, part, file, gathered)
                remarks += footers_told(database, part, file)
                read.append(_number_of_rows(database, part))
                parts.append(part)
        names.append(file.name)
    gathered.refuse(files, naming)
    rows = " union all ".join(parts or [_NO_ROWS])
    database.execute(f"create or replace temp view received as {rows}")
    return Received(tuple(names), tuple(read), tuple(remarks), unread)


def refuse_unusable_votes(files: Sequence[InputFile], contest: Contest) -> None:
    """Raise UnusableRecords with what is wrong in any of the files, taken by themselves."""
    with open_database() as database:
        explaining = partial(telling_kinds_apart, VOTES, contest)
        load_votes(database, files, VOTES.naming(contest), ignore_progress, explaining)


def _query(
    database: "duckdb.DuckDBPyConnection", number: int, table: Table
) -> tuple[str | None, Sequence[str]]:
    """How DuckDB reads a file itself, None where only Python can; and the names of the file's columns."""
    if table.dialect.format == PARQUET:
        return parquet_query(database, number, table)
    return csv_query(number, table), table.columns


def _insert(
    database: "duckdb.DuckDBPyConnection",
    number: int,
    table: Table,
    query: str | None,
    advance: Advance,
) -> str:
    """Make a table of an export, by the query or else row by row; the query that gives its rows."""
    target = f"export_{number}"
    if not (query and _inserted(database, target, table, query)):
        columns = {"file": "int", "row": "bigint", "well_formed": "boolean"}
        texts = dict.fromkeys(VOTE_COLUMNS, "varchar")
        fill(database, target, columns | texts, _rows_of(table, number))
    elif table.plain is table.file:
        advance(table.file.path.stat().st_size)
    return f"from {target}"


def _inserted(database: "duckdb.DuckDBPyConnection", target: str, table: Table, query: str) -> bool:
    """Whether DuckDB could make the table; if not, Python may."""
    import duckdb

    try:
        database.execute(f"create or replace temp table {target} as {query}")
    except duckdb.Error as error:
        if table.dialect.format == PARQUET:
            raise no_parquet(table.plain, error) from error
        return False
    return True


def has_ruined_ids(database: "duckdb.DuckDBPyConnection") -> bool:
    """Whether there is any in `vote`; what is an id of a member or nominee too is none."""
    tests = " or ".join(map(_is_ruined, ("vote_id", "other_member", "other_project")))
    found = database.execute(f"select 1 from vote where {tests} limit 1", _RUIN).fetchone()  # noqa: S608 - our own names
    return found is not None


def _gather_ruined_ids(
    database: "duckdb.DuckDBPyConnection", part: str, file: InputFile, gathered: Gathered
) -> None:
    ruined = {column: _is_ruined(column) for column in _IDS}
    numbers = database.execute(
        f"select {', '.join(f'count(*) filter ({test})' for test in ruined.values())} "  # noqa: S608 - our own names
        f"from ({part})",
        _RUIN,
    ).fetchall()[0]
    for (column, test), of_all in zip(ruined.items(), numbers, strict=True):
        if not of_all:
            continue
        first = database.execute(
            f'select "row", {column} from ({part}) where {test} order by "row" limit $most',  # noqa: S608 - our own names
            {**_RUIN, "most": _MOST_PROBLEMS},
        ).fetchall()
        found = [id_problem(text, column, Source(file.name, row)) for row, text in first]
        for problem in filter(None, found):
            gathered.add(problem)
        if (last := found[-1]) and of_all > len(found):
            gathered.count(last.group, of_all - len(found))


_RUIN = {"ruined": RUINED_ID, "white": WHITE_SPACE}


def _is_ruined(column: str) -> str:
    """The test for an id that Excel ruined.

    It knows every white space, as Python's strip takes it, not the ASCII one of the pattern language; to take it
    away is slow, and hardly an id has any of the signs.
    """
    signs = " or ".join(f"contains({column}, '{sign}')" for sign in SIGNS_OF_RUIN)
    return (
        f"case when {signs} then regexp_full_match(trim({column}, $white), $ruined) else false end"
    )


def _rows_of(table: Table, number: int) -> Iterator[Sequence[object]]:
    """What the one room of readers has read."""
    require_columns(table, VOTE_COLUMNS)
    if not table.columns:
        return
    places = [table.columns.index(column) for column in VOTE_COLUMNS]
    width = len(table.columns)
    for row, cells in table.rows():
        well_formed = len(cells) == width
        padded = cells if well_formed else [*cells, *[""] * width]
        values = [padded[place] for place in places]
        yield number, row, well_formed, *values


def _number_of_rows(database: "duckdb.DuckDBPyConnection", part: str) -> int:
    return int(database.execute(f"select count(*) from ({part})").fetchall()[0][0])  # noqa: S608 - our own names


def write_records(database: "duckdb.DuckDBPyConnection", received: Received, path: Path) -> None:
    """Write `received` as a contest folder's own votes, in the order in which they were read."""
    database.execute(
        "copy (select vote_id, member_id, category, submission_id, cast_at, well_formed, "  # noqa: S608 - our own names
        'list_extract($names, file + 1) as source_file, "row" as source_row '
        "from received) "
        f"to {quoted(path)} (format parquet, compression zstd)",
        {"names": list(received.names)},
    )
