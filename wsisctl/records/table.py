"""Reading CSV as it is received: strictly, as text, and knowing every row's number."""

import csv
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.suggest import suggestion

HEADER_ROW = 1
Advance = Callable[[int], None]
"""Told from time to time how many more bytes have been read."""

RUINED_ID = r"-?[0-9](?:[.,][0-9]+[eE]\+?|[eE]\+)[0-9]{2,}"
"""An id that a spreadsheet has turned into a number, such as 1.77345E+16."""
_RUINED_ID = re.compile(RUINED_ID)
_ROWS_BETWEEN_REPORTS = 4096


@dataclass(frozen=True)
class InputFile:
    """A file as received and the name that messages and results give it."""

    path: Path
    name: str

    def sha256(self) -> str:
        """The sum of the file's bytes, in hexadecimal."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Record:
    """One row by column name."""

    cells: Mapping[str, str]
    source: Source

    def text(self, column: str) -> str:
        """The cell without surrounding white space; empty where the column is absent."""
        return self.cells.get(column, "").strip()


def name_inputs(paths: Sequence[Path]) -> tuple[InputFile, ...]:
    """Each path with the shortest tail that tells it from the other inputs, in the order given.

    Neither the folder it lies in nor the order of the arguments thus changes a result.
    """
    tails = [Path(os.path.abspath(path)).parts for path in paths]  # noqa: PTH100 - links stay links
    different = set(tails)

    def name(parts: tuple[str, ...]) -> str:
        for length in range(1, len(parts)):
            tail = parts[-length:]
            if sum(other[-length:] == tail for other in different) == 1:
                return "/".join(tail)
        return "/".join(parts)

    return tuple(
        InputFile(path, _readable(name(parts))) for path, parts in zip(paths, tails, strict=True)
    )


def _readable(name: str) -> str:
    """The name as UTF-8 whatever the locale; bytes that are none are spelled out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


class CsvTable:
    """A CSV file: its columns, then its rows. Use as a context manager."""

    def __init__(self, file: InputFile, advance: Advance = lambda _: None) -> None:
        self.file = file
        self._advance = advance
        self._bytes_told = 0

    def __enter__(self) -> "CsvTable":
        if not self.file.path.is_file():
            what = (
                "is a folder or device, not a file" if self.file.path.exists() else "does not exist"
            )
            raise UnusableInput(f"{self.file.path}: {what}", hint="check the path")
        try:
            self._binary = self.file.path.open("rb")
        except OSError as error:
            raise UnusableInput(f"{self.file.path}: cannot be read: {error.strerror}") from error
        self._text = io.TextIOWrapper(self._binary, encoding="utf-8-sig", newline="")
        self._reader = csv.reader(self._text, strict=True)
        self._raw_rows = self._read()
        try:
            self.columns = self._header()
        except UnusableInput:
            self._text.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its row number, whatever its width; blank lines are no records."""
        for row, (_, cells) in enumerate(self._raw_rows, start=HEADER_ROW + 1):
            if row % _ROWS_BETWEEN_REPORTS == 0:
                self._tell_progress()
            yield row, cells
        self._tell_progress()

    def _header(self) -> tuple[str, ...]:
        _, cells = next(self._raw_rows, (1, []))
        columns = tuple(cell.strip() for cell in cells)
        if not any(columns):
            raise UnusableInput(f"{self.file.name}: the file is empty; expected a header row")
        if double := {column for column in columns if columns.count(column) > 1}:
            names = ", ".join(f"'{column}'" for column in sorted(double))
            raise UnusableInput(f"{self.file.name}:1: more than one column is called {names}")
        return columns

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        """Each record that is not a blank line, with the line it begins on."""
        while True:
            line = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except UnicodeDecodeError as error:
                raise self._undecodable() from error
            except csv.Error as error:
                raise self._broken(line, str(error)) from error
            except OSError as error:
                raise UnusableInput(
                    f"{self.file.path}: cannot be read: {error.strerror}"
                ) from error
            if cells:
                yield line, cells

    def _broken(self, line: int, what: str) -> UnusableInput:
        place = f"{self.file.name}: line {line}"
        if "unexpected end of data" in what:
            return UnusableInput(
                f"{place}: a quote is opened in the record that begins here and never closed",
                hint="close the quote, or double it where it belongs to the text",
            )
        if "field larger" in what:
            limit = csv.field_size_limit()
            return UnusableInput(f"{place}: a cell holds more than {limit} characters")
        return UnusableInput(
            f"{place}: no readable CSV: {what}", hint="export it anew as UTF-8 CSV"
        )

    def _undecodable(self) -> UnusableInput:
        try:
            self.file.path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            where = f"the byte 0x{error.object[error.start]:02x} at offset {error.start}"
            return UnusableInput(
                f"{self.file.name}: {where} is not UTF-8", hint="export the file anew as UTF-8 CSV"
            )
        return UnusableInput(
            f"{self.file.name}: not UTF-8", hint="export the file anew as UTF-8 CSV"
        )

    def _tell_progress(self) -> None:
        position = self._binary.tell()
        self._advance(position - self._bytes_told)
        self._bytes_told = position


def require_columns(table: CsvTable, required: Iterable[str]) -> None:
    """Raise UnusableInput that names every missing column and the nearest one there is."""
    missing = [column for column in required if column not in table.columns]
    if not missing:
        return
    lines = [
        f"{table.file.name}:1: the column '{column}' is missing{suggestion(column, table.columns)}"
        for column in missing
    ]
    raise UnusableInput("\n".join(lines), hint="add the column, or rename the one that holds it")


def read_records(
    file: InputFile, required: Sequence[str], ids: Sequence[str], advance: Advance = lambda _: None
) -> list[Record]:
    """Every record of a file in which each row must be as wide as the header.

    Raises UnusableInput for a missing column, a row of another width, and an id that is empty or
    that Excel has turned into a number.
    """
    records = []
    with CsvTable(file, advance) as table:
        require_columns(table, required)
        for row, cells in table.rows():
            source = Source(file.name, row)
            if len(cells) != len(table.columns):
                raise UnusableInput(
                    f"{source}: {len(cells)} cells stand under {len(table.columns)} columns",
                    hint="look for a separator or a quote that is missing or too many in this row",
                )
            record = Record(dict(zip(table.columns, cells, strict=True)), source)
            for column in ids:
                check_id(record.cells[column], column, source)
            records.append(record)
    return records


def is_ruined(text: str) -> bool:
    """Whether this was an id that Excel has turned into a number, such as 1.77345E+16."""
    return _RUINED_ID.fullmatch(text.strip()) is not None


def check_id(text: str, column: str, source: Source) -> None:
    """Raise UnusableInput for an id that names nothing any more."""
    if not text.strip():
        raise UnusableInput(f"{source}: {column} is empty", hint="every record needs its id")
    if is_ruined(text):
        raise UnusableInput(
            f"{source}: {column} '{text}' was an id before Excel made a number of it; digits are lost",
            hint="export the file again and do not open it in Excel, or import the column as text",
        )


def read_all(
    files: Sequence[InputFile],
    required: Sequence[str],
    ids: Sequence[str],
    advance: Advance = lambda _: None,
) -> list[Record]:
    """The records of several files, in the order of the files' names."""
    ordered = sorted(files, key=lambda file: file.name)
    return [record for file in ordered for record in read_records(file, required, ids, advance)]


def merge_equal(records: Iterable[Record], key: str | Sequence[str]) -> tuple[list[Record], int]:
    """One record for each key, and how many equal rows were merged into an earlier one.

    Raises UnusableInput that names both rows where one key has two different records.
    """
    columns = [key] if isinstance(key, str) else list(key)
    kept: dict[tuple[str, ...], Record] = {}
    merged = 0
    for record in records:
        identity = tuple(record.cells[column] for column in columns)
        first = kept.setdefault(identity, record)
        if first is record:
            continue
        if different := _differing_columns(first, record):
            raise UnusableInput(
                f"{record.source}: {' and '.join(columns)} {', '.join(identity)} stands here again with "
                f"another {', '.join(different)}; it was first at {first.source}",
                hint="keep the row that is right and take the other out",
            )
        merged += 1
    return list(kept.values()), merged


def _differing_columns(first: Record, second: Record) -> list[str]:
    columns = dict.fromkeys([*first.cells, *second.cells])
    return [name for name in columns if first.cells.get(name, "") != second.cells.get(name, "")]
