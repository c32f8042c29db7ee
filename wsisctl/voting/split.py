"""Files that DuckDB splits into rows itself: each as the query that gives its rows as `received` has them."""

import csv
import glob
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.errors import UnusableInput
from wsisctl.readers.columns import Column
from wsisctl.readers.encoding import UTF_8
from wsisctl.readers.files import InputFile, open_input
from wsisctl.readers.formats import CSV
from wsisctl.readers.required import refuse_missing_columns, require_columns
from wsisctl.readers.table import Table
from wsisctl.records.kinds import VOTE_COLUMNS
from wsisctl.records.record import refuse_provenance

if TYPE_CHECKING:
    import duckdb

_BLOCK = 1 << 20
_HEADER_ROW = 1
_ROOM = 8
"""So many cells too many a row may have; a file with more of them in one is read by Python."""
_EXACT_TYPE = re.compile(
    r'VARCHAR|"NULL"|ENUM\(.*\)|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?',
    re.DOTALL,
)
"""The types of Parquet columns whose values are text, or become the same text anywhere."""
_COLUMNS = ", ".join(VOTE_COLUMNS)


def quoted(text: str | Path) -> str:
    """A text as SQL writes it, where no parameter can stand."""
    doubled = str(text).replace("'", "''")
    return f"'{doubled}'"


def records_query(
    database: "duckdb.DuckDBPyConnection", first: int, file: InputFile
) -> tuple[dict[str, int], str]:
    """A contest folder's own votes, of several exports: these in order, with their rows, and the query."""
    parquet = _parquet(file.path)
    found = database.execute(
        f"select source_file, count(*) from {parquet} group by source_file"  # noqa: S608 - our own text
    ).fetchall()
    rows = dict(sorted(found))
    listed = ", ".join(map(quoted, rows))
    return rows, (
        f"select (list_position([{listed}], source_file) - 1 + {first})::int as file, "  # noqa: S608 - our own text
        f'source_row as "row", well_formed, {_COLUMNS} from {parquet}'
    )


def parquet_query(
    database: "duckdb.DuckDBPyConnection", number: int, table: Table
) -> tuple[str, Sequence[str]]:
    """A Parquet file, and the names of its columns.

    Raises UnusableInput where it is none, or a column in it is not exact.
    """
    import duckdb

    file = table.plain
    open_input(file).close()
    parquet = _parquet(file.path)
    try:
        described = database.execute(f"describe select * from {parquet}").fetchall()  # noqa: S608 - our own text
    except duckdb.Error as error:
        raise no_parquet(file, error) from error
    types: dict[str, str] = {name: kind for name, kind, *_ in described}
    columns = [Column(name, name) for name in types]
    refuse_missing_columns(file.name, columns, VOTE_COLUMNS, table.naming)
    refuse_provenance(types, f"{file.name}")
    values = ", ".join(f"{_text_of(name, types, file)} as {name}" for name in VOTE_COLUMNS)
    query = (
        f'select {number} as file, row_number() over () as "row", true as well_formed, {values} '  # noqa: S608 - our own text
        f"from {parquet}"
    )
    return query, tuple(types)


def no_parquet(file: InputFile, error: "duckdb.Error") -> UnusableInput:
    """The refusal of a Parquet file that DuckDB cannot read."""
    what = str(error).split("\n", 1)[0].replace(str(file.path), file.name)
    return UnusableInput(f"{file.name}: no readable Parquet: {what}")


def _parquet(path: Path) -> str:
    return f"read_parquet({quoted(glob.escape(str(path)))}, hive_partitioning = false)"


def _text_of(column: str, types: Mapping[str, str], file: InputFile) -> str:
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


def csv_query(number: int, table: Table, wanted: Sequence[str] = VOTE_COLUMNS) -> str | None:
    """Columns of a CSV file, if two readers of CSV could understand nothing in it differently; else None.

    A row may have another number of cells than the header: what is not there is null, and for some cells too
    many there is room. The numbers of rows are those of the order in which they stand.
    """
    if not _is_simple(table):
        return None
    require_columns(table, wanted)
    width = len(table.columns)
    names = [f"c{place}" for place in range(width + _ROOM)]
    values = ", ".join(
        f"coalesce({names[table.columns.index(column)]}, '') as \"{column}\"" for column in wanted
    )
    columns = ", ".join(f"{name}: 'varchar'" for name in names)
    return (
        f'select {number} as file, row_number() over () + {_HEADER_ROW} as "row", '  # noqa: S608 - our own text
        f"{names[width - 1]} is not null and {names[width]} is null as well_formed, {values} "
        f"from read_csv({quoted(glob.escape(str(table.plain.path)))}, columns = {{{columns}}}, "
        "header = true, auto_detect = false, hive_partitioning = false, null_padding = true, "
        f"delim = {quoted(table.dialect.delimiter)}, quote = '', escape = '', nullstr = {_NEVER_A_CELL}, "
        f"max_line_size = {csv.field_size_limit()})"
    )


_NEVER_A_CELL = "'\"'"
"""Without it an empty cell would be null, as one that is not there. No simple file has a quote in it."""


def _is_simple(table: Table) -> bool:
    """Whether each separator separates cells and each line end separates rows.

    So it is without quotes, without NUL, and with one kind of line end.
    """
    dialect, profile = table.dialect, table.file.read_as.profile
    if profile and not profile.only_renames:
        return False
    if (dialect.format, dialect.encoding, table.header.last_row) != (CSV, UTF_8, _HEADER_ROW):
        return False
    if dialect.names_separator:
        return False
    lines = returns = both = 0
    with open_input(table.plain) as stream:
        while block := stream.read(_BLOCK):
            if block.endswith(b"\r"):  # keep \r\n together
                block += stream.read(1)
            if b'"' in block or b"\0" in block:
                return False
            if b"\r" in block:
                returns += block.count(b"\r")
                both += block.count(b"\r\n")
                lines += block.count(b"\n")
            elif b"\n" in block:
                lines += 1
    return returns == both and (both == 0 or both == lines)
