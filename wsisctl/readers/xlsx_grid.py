"""A sheet of an XLSX workbook as rows of text: what a person would see typed there."""

from collections.abc import Iterator, Sequence

from wsisctl.errors import UnusableInput
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.readers.workbook import Sheet, Workbook, open_workbook
from wsisctl.readers.xlsx_sheet import Cells, holds_anything, read_cells
from wsisctl.wording import counted, shortened

_MOST_SHOWN = 20
_CHOOSE = "choose one with --sheet, by its name or by its number"


class XlsxGrid:
    """One sheet of a workbook. Use as a context manager."""

    def __init__(
        self, file: InputFile, sheet: str = "", advance: Advance = ignore_progress
    ) -> None:
        self.file = file
        self.sheet = sheet
        """What was asked for; once open, the name of the sheet that is read."""
        self.remarks: tuple[str, ...] = ()
        """What a person should know of it, once it is open."""
        self._advance = advance
        self._cells = Cells()

    def __enter__(self) -> "XlsxGrid":
        with open_workbook(self.file, self._advance) as book:
            sheet, remarks = _choose(book, self.sheet)
            self.sheet = sheet.name
            self._cells = read_cells(book, sheet)
        self.remarks = (*remarks, *_remarks(self._cells))
        return self

    def __exit__(self, *_: object) -> None:
        self._cells = Cells()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that holds anything, with its number in Excel, all as wide as the columns in use."""
        first, width = self._cells.first_column, self._cells.width
        for row, cells in self._cells.rows:
            yield row, cells[first:] + [""] * (width - len(cells))


def _choose(book: Workbook, asked: str) -> tuple[Sheet, list[str]]:
    """The sheet to read, and what is to be said of it and of those that are not read."""
    if not book.sheets:
        raise UnusableInput(f"{book.file.name}: no sheet with cells is in this workbook")
    if asked:
        sheet = _named(book, asked)
        return sheet, [f"the sheet {_quoted(sheet)} is hidden"] * sheet.hidden
    filled = [sheet for sheet in book.sheets if holds_anything(book, sheet)]
    shown = [sheet for sheet in filled if not sheet.hidden] or filled
    if not shown:
        raise UnusableInput(
            f"{book.file.name}: the workbook is empty; expected a header row",
            hint="look whether the export was finished, and export it anew",
        )
    if len(shown) > 1:
        raise UnusableInput(
            f"{book.file.name}: {len(shown)} sheets of this workbook hold something: {_list(book, shown)}",
            hint=_CHOOSE,
        )
    remarks = [f"the sheet {_quoted(sheet)} is hidden" for sheet in shown if sheet.hidden]
    remarks += [
        f"the hidden sheet {_quoted(sheet)} was not read" for sheet in filled if sheet not in shown
    ]
    return shown[0], remarks


def _named(book: Workbook, asked: str) -> Sheet:
    """By its name, whatever the case, as in Excel; or else by its number from 1."""
    for sheet in book.sheets:
        if sheet.name == asked:
            return sheet
    for sheet in book.sheets:
        if sheet.name.strip().casefold() == asked.strip().casefold():
            return sheet
    for number, sheet in enumerate(book.sheets, start=1):
        if asked == str(number):
            return sheet
    raise UnusableInput(
        f"{book.file.name}: no sheet is called '{shortened(asked)}'; there is {_list(book, book.sheets)}",
        hint=_CHOOSE,
    )


def _list(book: Workbook, sheets: Sequence[Sheet]) -> str:
    """`1 'Votes', 3 'Members' (hidden)`."""
    shown = [
        f"{book.sheets.index(sheet) + 1} {_quoted(sheet)}{' (hidden)' * sheet.hidden}"
        for sheet in sheets[:_MOST_SHOWN]
    ]
    more = len(sheets) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _quoted(sheet: Sheet) -> str:
    return f"'{shortened(sheet.name)}'"


def _remarks(cells: Cells) -> list[str]:
    remarks = []
    if cells.hidden_rows:
        was = "was" if cells.hidden_rows == 1 else "were"
        remarks.append(f"{counted(cells.hidden_rows, 'hidden row')} {was} read too")
    if cells.errors.number:
        remarks.append(
            f"{counted(cells.errors.number, 'cell')} with an error of a formula, "
            f"the first {shortened(cells.first_error)} in {cells.errors.first}"
        )
    if cells.not_computed.number:
        remarks.append(
            f"{counted(cells.not_computed.number, 'formula')} without a stored value, read as empty, "
            f"the first in {cells.not_computed.first}; open the workbook in Excel and save it anew"
        )
    return remarks
