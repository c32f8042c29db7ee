"""Every row of every vote file, as the table `received` of `count.sql`."""

import csv
import glob
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.readers.csv_table import HEADER_ROW
from wsisctl.readers.files import Advance, InputFile, open_input
from wsisctl.readers.table import (
    is_csv,
    open_table,
    refuse_missing_columns,
    require_columns,
)
from wsisctl.records.id_cells import RUINED_ID, ruined
from wsisctl.records.kinds import VOTE_COLUMNS
from wsisctl.records.record import check_id, refuse_provenance
from wsisctl.voting.database import WHITE_SPACE, fill

if TYPE_CHECKING:
    import duckdb

_IDS = ("vote_id", "member_id", "submission_id")
_ID_PLACES = tuple(VOTE_COLUMNS.index(column) for column in _IDS)
_BLOCK = 1 << 20
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

    def source(self, number: int, row: int) -> Source:
        """Where a row was read."""
        return Source(self.names[number], row)


def load_votes(
    database: "duckdb.DuckDBPyConnection", files: Sequence[InputFile], advance: Advance
) -> Received:
    """Fill `received` with every row of every file, in the order of the files' names."""
    database.execute(
        'create temp table received (file int, "row" bigint, well_formed boolean, vote_id varchar, '
        "member_id varchar, category varchar, submission_id varchar, cast_at varchar)"
    )
    names: list[str] = []
    for file in sorted(files, key=lambda file: file.name):
        if file.canonical:
            names += _insert_records(database, len(names), file, advance)
        else:
            _insert_export(database, len(names), file, advance)
            names.append(file.name)
    return Received(tuple(names), tuple(_rows_in(database, place) for place in range(len(names))))


def _insert_export(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile, advance: Advance
) -> None:
    if file.format == "parquet":
        _insert_parquet(database, number, file, advance)
    elif not _insert_whole(database, number, file, advance):
        _insert_row_by_row(database, number, file, advance)


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
    _refuse_ruined_ids_of(database, number, file)
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


def _commas_of_simple(file: InputFile) -> int | None:
    """The number of commas, if each of them separates cells and each line end separates rows; else None.

    So it is without quotes, without NUL and with one kind of line end: then there is nothing that two
    readers of CSV could understand differently.
    """
    if not is_csv(file):
        return None
    commas = lines = returns = both = 0
    with open_input(file) as stream:
        while block := stream.read(_BLOCK):
            if block.endswith(b"\r"):  # keep \r\n together
                block += stream.read(1)
            if b'"' in block or b"\0" in block:
                return None
            commas += block.count(b",")
            lines += block.count(b"\n")
            returns += block.count(b"\r")
            both += block.count(b"\r\n")
    return commas if returns == both and both in (0, lines) else None


def _insert_whole(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile, advance: Advance
) -> int:
    """Let DuckDB split a simple file; 0, and nothing inserted, where it has to be read row by row.

    DuckDB refuses rows of another width, but for a comma too many at the end: hence the sum of commas.
    """
    import duckdb

    commas = _commas_of_simple(file)
    if commas is None:
        return 0
    with open_table(file) as table:
        require_columns(table, VOTE_COLUMNS)
        names = [f"c{place}" for place in range(len(table.columns))]
        places = [names[table.columns.index(column)] for column in VOTE_COLUMNS]
    values = ", ".join(f"coalesce({place}, '')" for place in places)
    database.execute("begin")
    try:
        database.execute(
            "insert into received "  # noqa: S608 - our own names
            f"select $number, row_number() over () + {HEADER_ROW}, true, {values} "
            "from read_csv($path, columns = $columns, header = true, auto_detect = false, "
            "strict_mode = true, hive_partitioning = false, delim = ',', quote = '\"', escape = '\"', max_line_size = $longest)",
            {
                "number": number,
                "path": glob.escape(str(file.path)),
                "columns": dict.fromkeys(names, "varchar"),
                "longest": csv.field_size_limit(),
            },
        )
    except duckdb.Error:
        database.execute("rollback")
        return 0
    rows = _rows_in(database, number)
    if commas != (rows + 1) * (len(names) - 1):
        database.execute("rollback")
        return 0
    database.execute("commit")
    _refuse_ruined_ids_of(database, number, file)
    advance(file.path.stat().st_size)
    return rows


def _rows_in(database: "duckdb.DuckDBPyConnection", number: int) -> int:
    found = database.execute("select count(*) from received where file = $1", [number]).fetchall()
    return int(found[0][0])


def _refuse_ruined_ids_of(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile
) -> None:
    # Every white space, as Python's strip takes it, not the ASCII one of the pattern language.
    ruined = " or ".join(f"regexp_full_match(trim({column}, $white), $ruined)" for column in _IDS)
    suspects = database.execute(
        f'select "row", {", ".join(_IDS)} from received '  # noqa: S608 - our own names
        f"where file = $number and ({ruined}) order by 1 limit 1",
        {"number": number, "ruined": RUINED_ID, "white": WHITE_SPACE},
    ).fetchall()
    for row, *ids in suspects:
        _refuse_ruined_ids(ids, Source(file.name, row))


def _insert_row_by_row(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile, advance: Advance
) -> None:
    """Read any file with the one room of readers, and give DuckDB what was read."""
    columns = {"file": "int", "row": "bigint", "well_formed": "boolean"}
    rows = _rows_of(number, file, advance)
    fill(database, "one_file", columns | dict.fromkeys(VOTE_COLUMNS, "varchar"), rows)
    database.execute("insert into received from one_file; drop table one_file")


def _rows_of(number: int, file: InputFile, advance: Advance) -> Iterator[Sequence[object]]:
    with open_table(file, advance) as table:
        require_columns(table, VOTE_COLUMNS)
        if not table.columns:
            return
        places = [table.columns.index(column) for column in VOTE_COLUMNS]
        width = len(table.columns)
        for row, cells in table.rows():
            well_formed = len(cells) == width
            padded = cells if well_formed else [*cells, *[""] * width]
            values = [padded[place] for place in places]
            ids = [values[place] for place in _ID_PLACES]
            if any(map(ruined, ids)):
                _refuse_ruined_ids(ids, Source(file.name, row))
            yield number, row, well_formed, *values


def _refuse_ruined_ids(ids: Sequence[str], source: Source) -> None:
    for column, value in zip(_IDS, ids, strict=True):
        if value.strip():
            check_id(value, column, source)


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
