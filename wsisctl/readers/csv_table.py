"""CSV as it is received: read strictly, as text."""

import csv
import io
from collections.abc import Iterator

from wsisctl.errors import UnusableInput
from wsisctl.readers.files import Advance, InputFile, ignore_progress, open_input, undecodable

HEADER_ROW = 1
_ROWS_BETWEEN_REPORTS = 4096
_LONG_HEADER = 1 << 16
_OTHER_SEPARATORS = {";": "';'", "\t": "tabs"}


class CsvTable:
    """A CSV file: its columns, then its rows. Use as a context manager."""

    def __init__(self, file: InputFile, advance: Advance = ignore_progress) -> None:
        self.file = file
        self._advance = advance
        self._bytes_told = 0

    def __enter__(self) -> "CsvTable":
        self._binary = open_input(self.file)
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

    def lines(self) -> Iterator[tuple[int, int]]:
        """The row number of every record, and the line on which it begins: cells may have several."""
        for row, (line, _) in enumerate(self._raw_rows, start=HEADER_ROW + 1):
            yield row, line

    def _header(self) -> tuple[str, ...]:
        _, cells = next(self._raw_rows, (1, []))
        columns = tuple(cell.strip() for cell in cells)
        if not any(columns):
            raise UnusableInput(f"{self.file.name}: the file is empty; expected a header row")
        if len(columns) == 1:
            self._refuse_other_separators()
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
                raise undecodable(self.file, self.file.path.read_bytes(), "CSV") from error
            except csv.Error as error:
                if line == HEADER_ROW:
                    self._refuse_other_separators()
                raise self._broken(line, str(error)) from error
            except OSError as error:
                raise UnusableInput(
                    f"{self.file.path}: cannot be read: {error.strerror}"
                ) from error
            if cells:
                yield line, cells

    def _refuse_other_separators(self) -> None:
        """For a header that has no comma: what else stands between its cells."""
        with open_input(self.file) as stream:
            header = stream.readline(_LONG_HEADER).decode("utf-8", "replace")
        for separator, shown in _OTHER_SEPARATORS.items():
            if separator in header.strip() and "," not in header:
                raise UnusableInput(
                    f"{self.file.name}:1: the cells are separated by {shown}; expected commas",
                    hint="export it as CSV with commas",
                )

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

    def _tell_progress(self) -> None:
        position = self._binary.tell()
        self._advance(position - self._bytes_told)
        self._bytes_told = position
