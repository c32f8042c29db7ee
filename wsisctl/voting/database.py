"""The database in which votes are counted: in memory, offline, gone afterwards."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.errors import NoRoom

if TYPE_CHECKING:
    import duckdb

WHITE_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""What Python takes for white space."""
_USUAL_MEMORY = 1536 << 20
"""Bytes; what does not fit goes to disk."""
_STOPPED = "Query interrupted"
"""What DuckDB makes of a KeyboardInterrupt."""
_WORST_UTF8 = 4
"""Bytes of a character."""


@contextmanager
def open_database(memory: int = _USUAL_MEMORY) -> "Iterator[duckdb.DuckDBPyConnection]":
    """An empty database; what does not fit into so many bytes goes to a temporary folder.

    Raises NoRoom where the disk is full, or where so little memory is too little for the work.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="wsisctl-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder,
            "memory_limit": f"{memory >> 10}KiB",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            # Joins are carried out as they are written: it would rather hold the votes than the members.
            "disabled_optimizers": "build_side_probe_side,join_order",
        }
        with duckdb.connect(":memory:", config=settings) as database:
            try:
                yield database
            except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
                what = str(error).split("\n", 1)[0]
                hint = "free some disk space, or let the count take more memory (`tally --memory-limit`)"
                raise NoRoom(f"votes and members cannot be held: {what}", hint=hint) from error
            except RuntimeError as error:
                if str(error) == _STOPPED:
                    raise KeyboardInterrupt from error
                raise


def fill(
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
    longest = len(columns) * (_WORST_UTF8 * csv.field_size_limit() + len('"",'))
    with tempfile.TemporaryDirectory(prefix="wsisctl-") as folder:
        path = Path(folder, f"{table}.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
        database.execute(
            f"create or replace temp table {table} as select {values} "  # noqa: S608 - our own names
            "from read_csv($path, columns = $columns, header = false, auto_detect = false, hive_partitioning = false, "
            "delim = ',', quote = '\"', escape = '\"', new_line = '\\n', max_line_size = $longest)",
            {"path": str(path), "columns": dict(columns), "longest": longest},
        )
