"""Text files of cells: rows as they stand there, before it is known which of them is the header."""

import csv
import io
from collections.abc import Iterator

from wsisctl.errors import UnusableInput
from wsisctl.readers.columns import refuse_wide
from wsisctl.readers.dialect import SEPARATORS, named_separator
from wsisctl.readers.encoding import UTF_8, undecodable
from wsisctl.readers.files import Advance, InputFile, ignore_progress, open_input

_ROWS_BETWEEN_REPORTS = 4096
LONGEST_ROW = 4 << 20
"""Characters. A real one has some thousands; so much of a file is in memory before it is refused."""

_LONGEST_SEPARATOR_LINE = 10
"""Characters, with quotes and the end of the line."""
_TOO_LONG = "row too long"
_LOOK_AT_QUOTES = "look whether this is a table at all, and for a quote that is never closed"


class CsvGrid:
    """The rows of a text file, read strictly. Use as a context manager."""

    def __init__(
        self,
        file: InputFile,
        encoding: str = UTF_8,
        delimiter: str = ",",
        advance: Advance = ignore_progress,
    ) -> None:
        self.file = file
        self._encoding = encoding
        self._delimiter = delimiter
        self._advance = advance
        self._bytes_told = 0
        self._left = LONGEST_ROW
        self.names_separator = False
        """Whether it begins with the line in which Excel names the separator; it is no row, as in Excel."""

    def __enter__(self) -> "CsvGrid":
        self._binary = open_input(self.file)
        encoding = "utf-8-sig" if self._encoding == UTF_8 else self._encoding
        self._text = io.TextIOWrapper(self._binary, encoding=encoding, newline="")
        self.names_separator = self._begins_with_separator()
        self._reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()

    def _begins_with_separator(self) -> bool:
        """Whether the first line only names the separator; then it has been read, else nothing has."""
        try:
            if named_separator(self._text.readline(_LONGEST_SEPARATOR_LINE)):
                return True
        except (UnicodeError, OSError):
            pass  # told where the rows are read
        self._text.seek(0)
        return False

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row that is not a blank line, with its number; blank lines count, as in a spreadsheet."""
        for number, (_, cells) in enumerate(self.rows_with_lines(), start=1):
            if number % _ROWS_BETWEEN_REPORTS == 0:
                self._tell_progress()
            if cells:
                yield number, cells
        self._tell_progress()

    def rows_with_lines(self) -> Iterator[tuple[int, list[str]]]:
        """Every row, blank lines too, with the line on which it begins: cells may have several lines."""
        while True:
            line = self._reader.line_num + 1 + self.names_separator
            self._left = LONGEST_ROW
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except UnicodeError as error:
                raise undecodable(self.file, self._encoding) from error
            except csv.Error as error:
                raise self._broken(line, str(error)) from error
            except OSError as error:
                raise UnusableInput(
                    f"{self.file.path}: cannot be read: {error.strerror}"
                ) from error
            if (
                not self.file.canonical
            ):  # our own have columns besides, and were bounded on their way in
                refuse_wide(len(cells), f"{self.file.name}: line {line}")
            yield line, cells

    def _lines(self) -> Iterator[str]:
        """The lines of the file; raises csv.Error where those of one row are too long together."""
        read = self._text.readline
        while line := read(self._left + 1):
            self._left -= len(line)
            if self._left < 0:
                raise csv.Error(_TOO_LONG)
            yield line

    def _broken(self, line: int, what: str) -> UnusableInput:
        place = f"{self.file.name}: line {line}"
        if "unexpected end of data" in what:
            return UnusableInput(
                f"{place}: a quote is opened in the record that begins here and never closed",
                hint="close the quote, or double it where it belongs to the text",
            )
        if "field larger" in what:
            limit = csv.field_size_limit()
            return UnusableInput(
                f"{place}: a cell holds more than {limit} characters", hint=_LOOK_AT_QUOTES
            )
        if what == _TOO_LONG:
            return UnusableInput(
                f"{place}: the row that begins here has more than {LONGEST_ROW} characters",
                hint=_LOOK_AT_QUOTES,
            )
        separator = SEPARATORS[self._delimiter]
        if "expected after" in what:
            return UnusableInput(
                f"{place}: in the record that begins here a cell goes on after its closing quote, read with "
                f"{separator} between the cells",
                hint="double the quotes that belong to the text, or name the separator with --delimiter",
            )
        return UnusableInput(
            f"{place}: no readable CSV, read with {separator} between the cells: {what}",
            hint="export it anew as UTF-8 CSV, or name the separator with --delimiter",
        )

    def _tell_progress(self) -> None:
        position = self._binary.tell()
        self._advance(position - self._bytes_told)
        self._bytes_told = position
