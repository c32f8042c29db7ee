"""On which line of its file a record begins."""

from collections.abc import Mapping

from wsisctl.readers.csv_table import CsvTable
from wsisctl.readers.files import InputFile
from wsisctl.readers.table import is_csv, open_table


def lines_of_rows(file: InputFile) -> Mapping[int, int]:
    """Row number → line; nothing for a JSON array, whose records need no lines of their own."""
    if is_csv(file):
        with CsvTable(file) as table:
            return dict(table.lines())
    if file.format == "json":
        return {}
    with open_table(file) as records:
        return {row: row for row, _ in records.rows()}
