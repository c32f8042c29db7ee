"""Every row of every vote file, as the table `received` of `count.sql`."""

import csv
import glob
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.readers.encoding import UTF_8
from wsisctl.readers.files import Advance, InputFile, open_input
from wsisctl.readers.formats import CSV, PARQUET
from wsisctl.readers.naming import Naming
from wsisctl.readers.required import refuse_missing_columns, require_columns
from wsisctl.readers.table import Table, open_table
from wsisctl.records.id_cells import RUINED_ID
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
_NUMBERED = "read_parquet($path, hive_partitioning = false, file_row_number = true)"


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
    """Fill `received` with every row of every file, in the order of the files' names.

    Raises UnusableRecords with every file that cannot be used and the ids that Excel ruined.
    `explaining` is around the reading of each file, and may say better what is wrong with it.
    """
    database.execute(
        'create temp table received (file int, "row" bigint, well_formed boolean, vote_id varchar, '
        "member_id varchar, category varchar, submission_id varchar, cast_at varchar)"
    )
    names: list[str] = []
    remarks: list[str] = []
    gathered = Gathered(_MOST_PROBLEMS)
    in_order = sorted(files, key=lambda file: file.name)
    for file in in_order:
        if file.canonical:
            names += _insert_records(database, len(names), file, advance)
            continue
        with (
            gathered.within(file),
            explaining(),
            open_table(file, naming, advance, parquet=True) as table,
        ):
            remarks += table.remarks
            _insert_export(database, len(names), table, advance)
            _gather_ruined_ids(database, len(names), file, gathered)
        names.append(file.name)
    gathered.refuse(in_order, naming)
    read = tuple(_rows_in(database, place) for place in range(len(names)))
    return Received(tuple(names), read, tuple(remarks))


def _insert_export(
    database: "duckdb.DuckDBPyConnection", number: int, table: Table, advance: Advance
) -> None:
    if table.dialect.format == PARQUET:
        _insert_parquet(database, number, table.plain, advance)
    elif not _insert_whole(database, number, table, advance):
        _insert_row_by_row(database, number, table)


def _insert_records(
    database: "duckdb.DuckDBPyConnection", first: int, file: InputFile, advance: Advance
) -> list[str]:
    """A contest folder's own votes, of several exports; the exports' names in order."""
    path = str(file.path)
    found = database.execute(
        f"select distinct source_file from {_PARQUET}",  # noqa: S608 - our own text
        {"path": glob.escape(path)},
    ).fetchall()
    names = sorted(name for (name,) in found)
    database.execute(
        "insert into received select list_position($names, source_file) - 1 + $first, source_row, "  # noqa: S608
        f"well_formed, vote_id, member_id, category, submission_id, cast_at from {_PARQUET}",
        {"names": names, "first": first, "path": glob.escape(path)},
    )
    advance(file.path.stat().st_size)
    return names


def _insert_parquet(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile, advance: Advance
) -> None:
    import duckdb

    open_input(file).close()
    path = {"path": glob.escape(str(file.path))}
    try:
        described = database.execute(f"describe select * from {_PARQUET}", path).fetchall()  # noqa: S608
        types: dict[str, str] = {name: kind for name, kind, *_ in described}
        refuse_missing_columns(file.name, types, VOTE_COLUMNS)
        refuse_provenance(types, f"{file.name}")
        values = ", ".join(_text_of(column, types, file) for column in VOTE_COLUMNS)
        database.execute(
            f"insert into received select $number, file_row_number + 1, true, {values} from {_NUMBERED}",  # noqa: S608
            {"number": number, **path},
        )
    except duckdb.Error as error:
        what = str(error).split("\n", 1)[0].replace(str(file.path), file.name)
        raise UnusableInput(f"{file.name}: no readable Parquet: {what}") from error
    advance(file.path.stat().st_size)


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


def _separators_of_simple(table: Table) -> int | None:
    """The number of separators, if each separates cells and each line end separates rows; else None.

    So it is without quotes, without NUL and with one kind of line end: then there is nothing that two
    readers of CSV could understand differently.
    """
    dialect, profile = table.dialect, table.file.read_as.profile
    if profile and not profile.only_renames:
        return None
    if (dialect.format, dialect.encoding, table.header.last_row) != (CSV, UTF_8, _FIRST_ROW):
        return None
    separator = dialect.delimiter.encode()
    separators = lines = returns = both = 0
    with open_input(table.plain) as stream:
        while block := stream.read(_BLOCK):
            if block.endswith(b"\r"):  # keep \r\n together
                block += stream.read(1)
            if b'"' in block or b"\0" in block:
                return None
            separators += block.count(separator)
            lines += block.count(b"\n")
            returns += block.count(b"\r")
            both += block.count(b"\r\n")
    return separators if returns == both and both in (0, lines) else None


def _insert_whole(
    database: "duckdb.DuckDBPyConnection", number: int, table: Table, advance: Advance
) -> int:
    """Let DuckDB split a simple file; 0, and nothing inserted, where it has to be read row by row.

    DuckDB refuses rows of another width, but for a separator too many at the end: hence their sum.
    """
    import duckdb

    separators = _separators_of_simple(table)
    if separators is None:
        return 0
    require_columns(table, VOTE_COLUMNS)
    names = [f"c{place}" for place in range(len(table.columns))]
    places = [names[table.columns.index(column)] for column in VOTE_COLUMNS]
    values = ", ".join(f"coalesce({place}, '')" for place in places)
    database.execute("begin")
    try:
        database.execute(
            "insert into received "  # noqa: S608 - our own names
            f"select $number, row_number() over () + {_FIRST_ROW}, true, {values} "
            "from read_csv($path, columns = $columns, header = true, auto_detect = false, "
            "strict_mode = true, hive_partitioning = false, delim = $delimiter, quote = '\"', escape = '\"', max_line_size = $longest)",
            {
                "number": number,
                "path": glob.escape(str(table.plain.path)),
                "delimiter": table.dialect.delimiter,
                "columns": dict.fromkeys(names, "varchar"),
                "longest": csv.field_size_limit(),
            },
        )
    except duckdb.Error:
        database.execute("rollback")
        return 0
    rows = _rows_in(database, number)
    if separators != (rows + 1) * (len(names) - 1):
        database.execute("rollback")
        return 0
    database.execute("commit")
    advance(table.plain.path.stat().st_size)
    return rows


def _rows_in(database: "duckdb.DuckDBPyConnection", number: int) -> int:
    found = database.execute("select count(*) from received where file = $1", [number]).fetchall()
    return int(found[0][0])


def _gather_ruined_ids(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile, gathered: Gathered
) -> None:
    # Every white space, as Python's strip takes it, not the ASCII one of the pattern language.
    ruined = {column: f"regexp_full_match(trim({column}, $white), $ruined)" for column in _IDS}
    given = {"number": number, "ruined": RUINED_ID, "white": WHITE_SPACE}
    numbers = database.execute(
        f"select {', '.join(f'count(*) filter ({test})' for test in ruined.values())} "  # noqa: S608 - our own names
        "from received where file = $number",
        given,
    ).fetchall()[0]
    for (column, test), of_all in zip(ruined.items(), numbers, strict=True):
        if not of_all:
            continue
        first = database.execute(
            f'select "row", {column} from received where file = $number and {test} '  # noqa: S608 - our own names
            'order by "row" limit $most',
            {**given, "most": _MOST_PROBLEMS},
        ).fetchall()
        found = [id_problem(text, column, Source(file.name, row)) for row, text in first]
        for problem in filter(None, found):
            gathered.add(problem)
        if (last := found[-1]) and of_all > len(found):
            gathered.count(last.group, of_all - len(found))


def _insert_row_by_row(database: "duckdb.DuckDBPyConnection", number: int, table: Table) -> None:
    """Give DuckDB what the one room of readers has read."""
    columns = {"file": "int", "row": "bigint", "well_formed": "boolean"}
    rows = _rows_of(number, table)
    fill(database, "one_file", columns | dict.fromkeys(VOTE_COLUMNS, "varchar"), rows)
    database.execute("insert into received from one_file; drop table one_file")


def _rows_of(number: int, table: Table) -> Iterator[Sequence[object]]:
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


def write_records(database: "duckdb.DuckDBPyConnection", received: Received, path: Path) -> None:
    """Write `received` as a contest folder's own votes: one thread, so that the bytes are always the same."""
    database.execute("set threads = 1")
    database.execute(
        "copy (select vote_id, member_id, category, submission_id, cast_at, well_formed, "  # noqa: S608 - our own names
        'list_extract($names, file + 1) as source_file, "row" as source_row '
        'from received order by file, "row") '
        f"to {_quoted(path)} (format parquet, compression zstd)",
        {"names": list(received.names)},
    )


def _quoted(path: Path) -> str:
    """A path as SQL text: COPY takes no parameter for its target."""
    text = str(path).replace("'", "''")
    return f"'{text}'"
