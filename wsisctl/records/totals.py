"""Rows that are no records: those of sums that spreadsheets put at the end of a list, and blank ones."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from wsisctl.readers.table import Table

_NUMBER = r"[-+]?[0-9](?:[0-9.,'’\s]*[0-9])?\s*%?"
_WORD = r"(?:grand total|totals?|sum|summe|gesamt|somme|suma|合计|总计|count|anzahl)"
_LABEL = re.compile(rf"{_WORD}(?P<said>\s*:)?(?P<number>(?:(?<=:)|\s)\s*{_NUMBER})?")
_LONGEST = 100
"""Characters of a cell that may be such a word with a number."""
_ONLY_NUMBER = re.compile(_NUMBER)


class Rows:
    """The rows of a table that are records: blank ones are none, nor is one at the end that only sums up.

    Once all rows have been read, `total` is the number of the row of sums; None where there is none.
    """

    def __init__(self, table: Table, sums: "Sums | None") -> None:
        """Without `sums` every row that is not blank is a record."""
        self._table = table
        self._sums = sums
        self.total: int | None = None
        self.blank = 0
        """Rows in which no cell is filled in, as spreadsheets leave them below a list."""
        self.first_blank = 0
        self.read = 0
        """Rows that are not blank, so far: those of sums too."""

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its row number."""
        held: tuple[int, list[str]] | None = None
        for row, cells in self._table.rows():
            if not any(cell.strip() for cell in cells):
                self.blank += 1
                self.first_blank = self.first_blank or row
                continue
            self.read += 1
            if held:
                yield held
                held = None
            if self._sums and self._sums.stand_in(cells):
                held = row, cells
            else:
                yield row, cells
        self.total = held[0] if held else None


class Sums:
    """How to tell a row of sums from a record."""

    def __init__(self, columns: Sequence[str], key: Sequence[str], name: str) -> None:
        """`key` are the columns that hold ids; where there are none, `name` is what records are told by."""
        known = set(columns)
        self._width = len(columns)
        self._ids = [columns.index(column) for column in key if column in known]
        self._names = [columns.index(column) for column in (name,) if not key and column in known]

    def stand_in(self, cells: Sequence[str]) -> bool:
        """Whether a row has nothing but a word for a sum, where ids stand too, and numbers."""
        if len(cells) > self._width:
            return False
        first = next((place for place, cell in enumerate(cells) if cell and not cell.isspace()), -1)
        label = _label(cells[first]) if first >= 0 else None
        if label is None:
            return False
        ids = [cells[place] for place in self._ids if place < len(cells)]
        if any(_label(text) is None for text in ids if text.strip()):
            return False
        # Without ids a project may well be called just that: more has to show that it is a sum.
        if first in self._names and not (label["said"] or label["number"]):
            return False
        others = (_words(cell) for cell in cells[first + 1 :])
        return all(
            _ONLY_NUMBER.fullmatch(cell) or _LABEL.fullmatch(cell) for cell in others if cell
        )


def _label(text: str) -> re.Match[str] | None:
    """The word for a sum that the text is, with what follows it."""
    return _LABEL.fullmatch(_words(text)) if len(text) <= _LONGEST else None


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
