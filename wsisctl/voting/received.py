"""Every row of every vote file, as the table `received` of `count.sql`."""

import csv
import glob
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.readers.columns import Column, remark_on_unused
from wsisctl.readers.encoding import UTF_8
from wsisctl.readers.files import Advance, InputFile, open_input
from wsisctl.readers.formats import CSV, PARQUET
from wsisctl.readers.naming import Naming
from wsisctl.readers.required import place_of_header, refuse_missing_columns, require_columns
from wsisctl.readers.table import Table, open_table
from wsisctl.records.id_cells import RUINED_ID, SIGNS_OF_RUIN
from wsisctl.records.kinds import VOTE_COLUMNS
from wsisctl.records.problems import Gathered
from wsisctl.records.record import id_problem, refuse_provenance
from wsisctl.voting.database import WHITE_SPACE, fill

if TYPE_CHECKING:
    import duckdb

_IDS = ("vote_id", "member_id", "submission_id")
_BLOCK = 1 << 20
_MOST_PROBLEMS = 1_000
"""Problems of votes that are told; of the others only the number is."""
_FIRST_ROW = 1
_EXACT_TYPE = re.compile(
    r'VARCHAR|"NULL"|ENUM\(.*\)|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?',
    re.DOTALL,
)
"""The types of Parquet columns whose values are text, or become the same text anywhere."""
_PARQUET = "read_parquet($path, hive_partitioning = false)"
_FIRST_OF_PARQUET = 1
_COLUMNS = ", ".join(VOTE_COLUMNS)
_NO_ROWS = (
    'select 0 as file, 0::bigint as "row", true as well_formed, '
    + ", ".join(f"'' as {column}" for column in VOTE_COLUMNS)
    + " where false"
)


@dataclass(frozen=True)
class Received:
    """The files in `received`: a row's number there is the place of its file's name here."""

    names: tuple[str, ...]
    read: tuple[int, ...]
    """Rows of each."""
    remarks: tuple[str, ...] = ()
    """What to tell of how the files were read."""

    def source(self, number: int, row: int) -> Source:
        """Where a row was read."""
        return Source(self.names[number], row)


def load_votes(
    database: "duckdb.DuckDBPyConnection",
    files: Sequence[InputFile],
    naming: Naming,
    advance: Advance,
    explaining: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Received:
    """Make `received` of every row of every file, in the order of the files' names.

    Each file is a table of its own, whose rows know their numbers by their places. Raises UnusableRecords
    with every file that cannot be used and the ids that Excel ruined. `explaining` is around the reading of
    each file, and may say better what is wrong with it.
    """
    names: list[str] = []
    remarks: list[str] = []
    parts: list[str] = []
    gathered = Gathered(_MOST_PROBLEMS)
    in_order = sorted(files, key=lambda file: file.name)
    for file in in_order:
        if file.canonical:
            found, part = _insert_records(database, len(names), file, advance)
            names += found
            parts.append(part)
            continue
        with (
            gathered.within(file),
            explaining(),
            open_table(file, naming, advance, parquet=True) as table,
        ):
            remarks += table.remarks
            part, unused = _insert_export(database, len(names), table, advance)
            remarks += remark_on_unused(unused, place_of_header(table))
            _gather_ruined_ids(database, part, file, gathered)
            parts.append(part)
        names.append(file.name)
    gathered.refuse(in_order, naming)
    database.execute(f"create temp view received as {' union all '.join(parts or [_NO_ROWS])}")
    read = dict(database.execute("select file, count(*) from received group by file").fetchall())
    return Received(tuple(names), tuple(read.get(n, 0) for n in range(len(names))), tuple(remarks))


def _insert_export(
    database: "duckdb.DuckDBPyConnection", number: int, table: Table, advance: Advance
) -> tuple[str, Sequence[str]]:
    """Make a table of an export; the query that gives its rows as `received` has them, and the columns that
    are no vote's."""
    if table.dialect.format == PARQUET:
        columns = _insert_parquet(database, number, table, advance)
        return _part(number, _FIRST_OF_PARQUET), _no_votes(columns)
    unused = _no_votes(table.columns)
    if _insert_whole(database, number, table, advance):
        return _part(number, _FIRST_ROW + 1), unused
    _insert_row_by_row(database, number, table)
    query = f'select {number} as file, "row", well_formed, {_COLUMNS} from {_table(number)}'  # noqa: S608
    return query, unused


def _no_votes(columns: Iterable[str]) -> Sequence[str]:
    return [column for column in columns if column not in VOTE_COLUMNS]


def _table(number: int) -> str:
    return f"export_{number}"


def _part(number: int, first: int) -> str:
    """The rows of a table that are all well formed, and of which the first has this number."""
    return (
        f'select {number} as file, rowid + {first} as "row", true as well_formed, {_COLUMNS} '  # noqa: S608 - our own names
        f"from {_table(number)}"
    )


def _insert_records(
    database: "duckdb.DuckDBPyConnection", first: int, file: InputFile, advance: Advance
) -> tuple[list[str], str]:
    """A contest folder's own votes, of several exports: the exports' names in order, and the query."""
    path = str(file.path)
    found = database.execute(
        f"select distinct source_file from {_PARQUET}",  # noqa: S608 - our own text
        {"path": glob.escape(path)},
    ).fetchall()
    names = sorted(name for (name,) in found)
    database.execute(
        f"create temp table {_table(first)} as "  # noqa: S608 - our own names
        'select (list_position($names, source_file) - 1 + $first)::int as file, source_row as "row", '
        f"well_formed, {_COLUMNS} from {_PARQUET}",
        {"names": names, "first": first, "path": glob.escape(path)},
    )
    advance(file.path.stat().st_size)
    return names, f'select file, "row", well_formed, {_COLUMNS} from {_table(first)}'  # noqa: S608


def _insert_parquet(
    database: "duckdb.DuckDBPyConnection", number: int, table: Table, advance: Advance
) -> Iterable[str]:
    """Make a table of a Parquet file; the names of its columns."""
    import duckdb

    file = table.plain
    open_input(file).close()
    path = {"path": glob.escape(str(file.path))}
    try:
        described = database.execute(f"describe select * from {_PARQUET}", path).fetchall()  # noqa: S608
        types: dict[str, str] = {name: kind for name, kind, *_ in described}
        columns = [Column(name, name) for name in types]
        refuse_missing_columns(file.name, columns, VOTE_COLUMNS, table.naming)
        refuse_provenance(types, f"{file.name}")
        values = ", ".join(f"{_text_of(name, types, file)} as {name}" for name in VOTE_COLUMNS)
        database.execute(
            f"create temp table {_table(number)} as select {values} from {_PARQUET}",  # noqa: S608 - our own names
            path,
        )
    except duckdb.Error as error:
        what = str(error).split("\n", 1)[0].replace(str(file.path), file.name)
        raise UnusableInput(f"{file.name}: no readable Parquet: {what}") from error
    advance(file.path.stat().st_size)
    return types


def _text_of(column: str, types: dict[str, str], file: InputFile) -> str:
    """The SQL that gives a Parquet column as text; raises UnusableInput where that is not exact."""
    kind = types[column]
    if not _EXACT_TYPE.fullmatch(kind):
        raise UnusableInput(
            f"{file.name}: the column '{column}' holds {kind}; expected text",
            hint="write ids and times as text",
        )
    if kind == "TIMESTAMP WITH TIME ZONE":
        moment = f"make_timestamp(epoch_us({column}))"
        return f"coalesce(strftime({moment}, '%Y-%m-%dT%H:%M:%S.%f') || 'Z', '')"
    return f"coalesce({column}::varchar, '')"


def _is_simple(table: Table) -> bool:
    """Whether each separator separates cells and each line end separates rows.

    So it is without quotes, without NUL, with one kind of line end, and without a separator at the end of a
    line: then there is nothing that two readers of CSV could understand differently. (DuckDB takes a
    separator too many at the end of a row for nothing.)
    """
    dialect, profile = table.dialect, table.file.read_as.profile
    if profile and not profile.only_renames:
        return False
    if (dialect.format, dialect.encoding, table.header.last_row) != (CSV, UTF_8, _FIRST_ROW):
        return False
    separator = dialect.delimiter.encode()
    lines = returns = both = 0
    last = b""
    with open_input(table.plain) as stream:
        while block := stream.read(_BLOCK):
            if block.endswith(b"\r"):  # keep \r\n together
                block += stream.read(1)
            hangs = last == separator and block[:1] in b"\r\n"
            if hangs or b'"' in block or b"\0" in block or separator + b"\n" in block:
                return False
            last = block[-1:]
            if b"\r" in block:
                if separator + b"\r" in block:
                    return False
                returns += block.count(b"\r")
                both += block.count(b"\r\n")
                lines += block.count(b"\n")
            elif b"\n" in block:
                lines += 1
    return last != separator and returns == both and (both == 0 or both == lines)


def _insert_whole(
    database: "duckdb.DuckDBPyConnection", number: int, table: Table, advance: Advance
) -> bool:
    """Let DuckDB split a simple file; False, and no table, where it has to be read row by row."""
    import duckdb

    if not _is_simple(table):
        return False
    require_columns(table, VOTE_COLUMNS)
    names = [f"c{place}" for place in range(len(table.columns))]
    values = ", ".join(
        f"coalesce({names[table.columns.index(column)]}, '') as {column}" for column in VOTE_COLUMNS
    )
    try:
        database.execute(
            f"create temp table {_table(number)} as select {values} "  # noqa: S608 - our own names
            "from read_csv($path, columns = $columns, header = true, auto_detect = false, "
            "strict_mode = true, hive_partitioning = false, delim = $delimiter, quote = '\"', escape = '\"', max_line_size = $longest)",
            {
                "path": glob.escape(str(table.plain.path)),
                "delimiter": table.dialect.delimiter,
                "columns": dict.fromkeys(names, "varchar"),
                "longest": csv.field_size_limit(),
            },
        )
    except duckdb.Error:
        return False
    advance(table.plain.path.stat().st_size)
    return True


def _gather_ruined_ids(
    database: "duckdb.DuckDBPyConnection", part: str, file: InputFile, gathered: Gathered
) -> None:
    # Every white space, as Python's strip takes it, not the ASCII one of the pattern language; to take it
    # away is slow, and hardly an id has any of the signs.
    ruined = {
        column: f"case when {_has_sign(column)} "
        f"then regexp_full_match(trim({column}, $white), $ruined) else false end"
        for column in _IDS
    }
    given = {"ruined": RUINED_ID, "white": WHITE_SPACE}
    numbers = database.execute(
        f"select {', '.join(f'count(*) filter ({test})' for test in ruined.values())} "  # noqa: S608 - our own names
        f"from ({part})",
        given,
    ).fetchall()[0]
    for (column, test), of_all in zip(ruined.items(), numbers, strict=True):
        if not of_all:
            continue
        first = database.execute(
            f'select "row", {column} from ({part}) where {test} order by "row" limit $most',  # noqa: S608 - our own names
            {**given, "most": _MOST_PROBLEMS},
        ).fetchall()
        found = [id_problem(text, column, Source(file.name, row)) for row, text in first]
        for problem in filter(None, found):
            gathered.add(problem)
        if (last := found[-1]) and of_all > len(found):
            gathered.count(last.group, of_all - len(found))


def _has_sign(column: str) -> str:
    return "(" + " or ".join(f"contains({column}, '{sign}')" for sign in SIGNS_OF_RUIN) + ")"


def _insert_row_by_row(database: "duckdb.DuckDBPyConnection", number: int, table: Table) -> None:
    """Give DuckDB what the one room of readers has read."""
    columns = {"row": "bigint", "well_formed": "boolean"} | dict.fromkeys(VOTE_COLUMNS, "varchar")
    fill(database, _table(number), columns, _rows_of(table))


def _rows_of(table: Table) -> Iterator[Sequence[object]]:
    require_columns(table, VOTE_COLUMNS)
    if not table.columns:
        return
    places = [table.columns.index(column) for column in VOTE_COLUMNS]
    width = len(table.columns)
    for row, cells in table.rows():
        well_formed = len(cells) == width
        padded = cells if well_formed else [*cells, *[""] * width]
        values = [padded[place] for place in places]
        yield row, well_formed, *values


def write_records(database: "duckdb.DuckDBPyConnection", received: Received, path: Path) -> None:
    """Write `received` as a contest folder's own votes, in the order in which they were read."""
    database.execute(
        "copy (select vote_id, member_id, category, submission_id, cast_at, well_formed, "  # noqa: S608 - our own names
        'list_extract($names, file + 1) as source_file, "row" as source_row '
        "from received) "
        f"to {_quoted(path)} (format parquet, compression zstd)",
        {"names": list(received.names)},
    )


def _quoted(path: Path) -> str:
    """A path as SQL text: COPY takes no parameter for its target."""
    text = str(path).replace("'", "''")
    return f"'{text}'"
