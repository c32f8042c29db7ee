"""On which line of its file a record begins."""

from collections.abc import Iterator, Mapping

from wsisctl.readers.csv_grid import CsvGrid
from wsisctl.readers.files import InputFile
from wsisctl.readers.formats import CSV, JSON_LINES
from wsisctl.readers.naming import Naming
from wsisctl.readers.table import Table, open_table


def lines_of_rows(file: InputFile, naming: Naming) -> Mapping[int, int]:
    """Row number → line; nothing for a file whose records have no lines of their own."""
    with open_table(file, naming) as table:
        if table.dialect.format == CSV:
            return dict(_lines(table))
        if table.dialect.format == JSON_LINES:
            return {row: row for row, _ in table.rows()}
    return {}


def _lines(table: Table) -> Iterator[tuple[int, int]]:
    """By reading the rows once more, blank lines too: they are no records but lines all the same."""
    dialect, last = table.dialect, table.header.last_row
    with CsvGrid(table.plain, dialect.encoding, dialect.delimiter) as grid:
        below = (
            line
            for number, (line, cells) in enumerate(grid.rows_with_lines(), start=1)
            if cells and number > last
        )
        yield from enumerate(below, last + 1)
