"""One way to read every format: `open_table` gives columns and rows of text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from wsisctl.errors import UnusableInput
from wsisctl.readers.csv_table import CsvTable
from wsisctl.readers.files import Advance, InputFile, ignore_progress, open_input
from wsisctl.readers.json_table import JsonLinesTable, JsonTable
from wsisctl.suggest import suggestion


class Table(Protocol):
    """An open file of records."""

    @property
    def file(self) -> InputFile:
        """Where it is read from."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the cells; none for a file that can say nothing of them, an empty JSON array."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its row number, whatever its width.

        In CSV the header is row 1; a JSON array counts from 1, JSON Lines by lines.
        """


_READERS: Mapping[str, Callable[[InputFile, Advance], AbstractContextManager[Table]]] = {
    "json": JsonTable,
    "jsonl": JsonLinesTable,
    "ndjson": JsonLinesTable,
}
"""By the ending of the file's name; any other is CSV."""


def is_csv(file: InputFile) -> bool:
    """Whether the file is read as CSV."""
    return file.format not in _READERS


_MISTAKEN = {
    b"PK\x03\x04": "an XLSX workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
}


def open_table(
    file: InputFile, advance: Advance = ignore_progress
) -> AbstractContextManager[Table]:
    """Open CSV, JSON or JSON Lines by the ending of its name.

    Raises UnusableInput for a file that cannot be read or is not what its name says.
    """
    _refuse_other_formats(file)
    return _READERS.get(file.format, CsvTable)(file, advance)


def _refuse_other_formats(file: InputFile) -> None:
    with open_input(file) as stream:
        beginning = stream.read(8)
    for mark, what in _MISTAKEN.items():
        if beginning.startswith(mark):
            raise UnusableInput(
                f"{file.name}: this is {what}; expected CSV, JSON or JSON Lines here",
                hint="export it as UTF-8 CSV",
            )


def require_columns(table: Table, required: Iterable[str]) -> None:
    """Raise UnusableInput that names every missing column and the nearest one there is."""
    missing = [column for column in required if column not in table.columns]
    if not missing or not table.columns:
        return
    lines = [
        f"{table.file.name}:1: the column '{column}' is missing{suggestion(column, table.columns)}"
        for column in missing
    ]
    raise UnusableInput("\n".join(lines), hint="add the column, or rename the one that holds it")
