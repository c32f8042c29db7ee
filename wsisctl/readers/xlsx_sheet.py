"""The cells of one sheet, read once and as they come, and what a person should know of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wsisctl.errors import UnusableInput
from wsisctl.readers.workbook import Sheet, Workbook, is_true, readable
from wsisctl.readers.xlsx_cells import number_text
from wsisctl.readers.xlsx_xml import broken, refuse_long_text
from wsisctl.wording import shortened

MOST_CELLS = 50_000_000
_LAST_ROW = 1 << 20
_LAST_COLUMN = 1 << 14
_DIGITS = "0123456789"
_IN_TEXT = frozenset({"s", "str", "inlineStr"})


@dataclass
class Seen:
    """How often something was met, and where first."""

    number: int = 0
    first: str = ""

    def at(self, cell: str) -> None:
        """Once more."""
        self.number += 1
        self.first = self.first or cell


@dataclass
class Cells:
    """What a sheet holds."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    """Each row in which there is anything, with its number and its cells from column A on."""
    first_column: int = _LAST_COLUMN
    width: int = 0
    """Of columns `first_column` is the first that holds anything, and `width` - 1 the last."""
    hidden_rows: int = 0
    errors: Seen = field(default_factory=Seen)
    first_error: str = ""
    not_computed: Seen = field(default_factory=Seen)


def read_cells(book: Workbook, sheet: Sheet) -> Cells:
    """All cells of a sheet; raises UnusableInput where it is broken or too large."""
    reader = _Reader(book, _place(book, sheet))
    book.read(sheet.part, reader, reader.place, tell_progress=True)
    cells = reader.cells
    if len(cells.rows) * (cells.width - cells.first_column) > MOST_CELLS:
        raise _too_many_cells(reader.place)
    return cells


def holds_anything(book: Workbook, sheet: Sheet) -> bool:
    """Whether there is a cell with something in it; reads no further than to the first."""
    try:
        book.read(sheet.part, _FirstCell(), _place(book, sheet))
    except _FoundError:
        return True
    return False


def _place(book: Workbook, sheet: Sheet) -> str:
    return f"{book.file.name}: sheet '{shortened(sheet.name)}'"


class _FoundError(Exception):
    """It has been found."""


class _FirstCell:
    def start(self, name: str, _: Mapping[str, str]) -> bool:
        return name in {"v", "t"}

    def end(self, name: str, text: str) -> None:
        if text and name in {"v", "t"}:
            raise _FoundError


class _Reader:
    """Called for every element of a sheet, hundreds of thousands of times."""

    def __init__(self, book: Workbook, place: str) -> None:
        self.place = place
        self.cells = Cells()
        self._texts: Sequence[str] = book.texts()
        self._formats = book.formats()
        self._since_1904 = book.since_1904
        self._hold = book.memory.hold
        self._columns: dict[str, int] = {}
        self._held = 0
        self._row, self._row_text = 0, "0"
        self._row_hidden = False
        self._row_cells: list[str] = []
        self._in_row = self._in_cell = self._phonetic = False
        self._attributes: Mapping[str, str] = {}
        self._column = -1
        self._value = ""
        self._pieces: list[str] = []
        self._length = 0
        self._has_formula = False

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        """A row, a cell, or what is in a cell."""
        if name == "v":
            return self._in_cell
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "t":
            return self._in_cell and not self._phonetic
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._phonetic = True
        return False

    def end(self, name: str, text: str) -> None:
        """A value, a cell or a row is complete."""
        if name == "v":
            self._value = text
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "t":
            self._pieces.append(text)
            self._length += len(text)
            refuse_long_text(self._length, f"{self.place}, cell {self._cell()}")
        elif name == "rPh":
            self._phonetic = False

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        written = attributes.get("r")
        row = self._number(written) if written else self._row + 1
        if self._in_row or not self._row < row <= _LAST_ROW:
            raise broken(self.place, f"row {row} comes after row {self._row}")
        self._row, self._in_row, self._column = row, True, -1
        self._row_text = str(row)
        self._row_hidden = is_true(attributes.get("hidden"))
        self._row_cells = []

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        column = self._column + 1
        if reference:
            letters = reference.rstrip(_DIGITS)
            column = self._columns.get(letters, -1)
            if column < 0:
                column = self._columns[letters] = self._column_of(letters)
            if reference[len(letters) :] != self._row_text:
                raise broken(self.place, f"the cell {reference} stands in row {self._row}")
        if self._in_cell or not self._in_row or not self._column < column < _LAST_COLUMN:
            raise broken(self.place, f"the cell {reference or '?'} stands out of order")
        self._column, self._attributes, self._in_cell = column, attributes, True
        self._value, self._has_formula = "", False
        self._pieces.clear()
        self._length = 0

    def _end_cell(self) -> None:
        self._in_cell = False
        text = self._text(self._attributes.get("t", "n"))
        if not text:
            return
        cells = self._row_cells
        if self._column > len(cells):
            cells.extend([""] * (self._column - len(cells)))
        cells.append(text)

    def _end_row(self) -> None:
        self._in_row = False
        cells = self._row_cells
        if not cells:
            return
        found = self.cells
        found.rows.append((self._row, cells))
        found.hidden_rows += self._row_hidden
        found.width = max(found.width, len(cells))
        first = next(column for column, text in enumerate(cells) if text)
        found.first_column = min(found.first_column, first)
        self._held += len(cells)
        if self._held > MOST_CELLS:
            raise _too_many_cells(self.place)

    def _text(self, kind: str) -> str:
        if kind == "s" and self._value:
            return self._shared()
        if kind in _IN_TEXT:
            written = self._value or "".join(self._pieces)
            return self._hold(readable(written, self.place))
        if not self._value:
            if self._has_formula:
                self.cells.not_computed.at(self._cell())
            return ""
        if kind == "b":
            return "true" if is_true(self._value) else "false"
        if kind == "e":
            self.cells.first_error = self.cells.first_error or self._value
            self.cells.errors.at(self._cell())
            return self._hold(self._value)
        if kind == "d":
            return self._hold(self._value)
        return self._hold(self._number_or_date())

    def _shared(self) -> str:
        try:
            if self._value.isdigit():
                return self._texts[int(self._value)]
        except (IndexError, ValueError):
            """Said below."""
        raise broken(
            self.place,
            f"the cell {self._cell()} names a text that is not there: {self._value[:40]}",
        )

    def _number_or_date(self) -> str:
        style = self._attributes.get("s")
        number = self._number(style) if style else 0
        kind = self._formats[number] if number < len(self._formats) else ""
        try:
            return number_text(self._value, kind, since_1904=self._since_1904)
        except (ValueError, OverflowError) as error:
            what = f"the cell {self._cell()} holds '{self._value[:40]}', which is no number"
            raise broken(self.place, what) from error

    def _number(self, written: str) -> int:
        if not (written.isascii() and written.isdigit() and len(written) <= len(str(1 << 32))):
            raise broken(self.place, f"'{written[:40]}' is no whole number")
        return int(written)

    def _column_of(self, letters: str) -> int:
        column = 0
        for letter in letters:
            if not "A" <= letter <= "Z" or len(letters) > 3:
                raise broken(self.place, f"'{letters[:40]}' is no column")
            column = column * 26 + ord(letter) - ord("A") + 1
        if not 0 < column <= _LAST_COLUMN:
            raise broken(self.place, f"'{letters}' is no column of a workbook")
        return column - 1

    def _cell(self) -> str:
        return f"{column_name(self._column)}{self._row}"


def column_name(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _too_many_cells(place: str) -> UnusableInput:
    """The refusal of a sheet that is larger than memory should be."""
    return UnusableInput(
        f"{place}: its rows and columns make more than {MOST_CELLS:,} cells",
        hint="delete what is far away from the records, or save the sheet as UTF-8 CSV",
    )
