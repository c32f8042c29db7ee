"""Which row of a file names its columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wsisctl.errors import UnusableInput
from wsisctl.readers.columns import Column, columns_of
from wsisctl.readers.naming import Naming

SEARCHED = 40
"""So many rows from the top may be titles, remarks or blank."""
_OF_A_SURVEY = frozenset({"response", "open-ended response", "other (please specify)"})
"""What survey programs write below the names of the columns."""
_IMPORT_ID = '{"importid":'
_CERTAIN = 2
"""Known names that a row below the first one must have to be taken for the header."""

Row = tuple[int, list[str]]
"""Its number in the file, and its cells."""


@dataclass(frozen=True)
class Header:
    """The columns of a file."""

    row: int
    columns: tuple[Column, ...]
    repeated_in: int = 0
    """The row below it that says once more what the columns are, in another language say; 0 for none."""

    @property
    def last_row(self) -> int:
        """The row above the first record."""
        return max(self.row, self.repeated_in)

    def remarks(self, name: str) -> Iterator[str]:
        """What a person should know of it; `name` is the file's."""
        if self.repeated_in:
            yield f"{name}:{self.repeated_in}: a second row of the header; no record"


def find_header(rows: Sequence[Row], naming: Naming, asked: int, name: str) -> Header | None:
    """From the first rows of the file `name`; `asked` is what a person said, or 0.

    None where there is nothing in these rows. Raises UnusableInput where nothing is in the row asked
    for, and for names that contradict each other.
    """
    at = _asked(rows, asked, name) if asked else _likeliest(rows, naming)
    if at is None:
        return None
    row, cells = rows[at]
    above = rows[at - 1][1] if at else []
    columns = columns_of(_filled(cells, above, naming), naming, f"{name}:{row}")
    below = rows[at + 1] if at + 1 < len(rows) else (0, [])
    second = (
        _names_again(below[1], columns, naming)
        or names_ids(below[1], columns, naming)
        or _is_of_a_survey(below[1], columns)
    )
    return Header(row, columns, below[0] if second else 0)


def _names_again(cells: Sequence[str], columns: Sequence[Column], naming: Naming) -> bool:
    """Whether a row names at least half of the known columns, each in its place."""
    known = sum(column.known for column in columns)
    again = sum(
        column.known and naming.meant(cell.strip()) == column.name
        for cell, column in zip(cells, columns, strict=False)
    )
    return again >= _CERTAIN and 2 * again >= known


def names_ids(cells: Sequence[str], columns: Sequence[Column], naming: Naming) -> bool:
    """Whether the names of columns stand where ids should, however much else of the row is left empty."""
    ids = [
        naming.meant(cell.strip()) == column.name
        for cell, column in zip(cells, columns, strict=False)
        if column.name in naming.ids and cell.strip()
    ]
    return bool(ids) and all(ids)


def _is_of_a_survey(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a row says of the known columns only how they were asked; there may be choices elsewhere."""
    known = zip(cells, columns, strict=False)
    told = [cell.strip().casefold() for cell, column in known if column.known and cell.strip()]
    of_it = (cell in _OF_A_SURVEY or cell.startswith(_IMPORT_ID) for cell in told)
    return len(told) >= _CERTAIN and all(of_it)


def _asked(rows: Sequence[Row], asked: int, name: str) -> int:
    for place, (row, cells) in enumerate(rows):
        if row == asked and any(cell.strip() for cell in cells):
            return place
    raise UnusableInput(
        f"{name}: there is nothing in row {asked}, which was to be the header",
        hint="say with --header-row which row has the names of the columns",
    )


def _likeliest(rows: Sequence[Row], naming: Naming) -> int | None:
    """The first row with names, unless one further down has more of the known names."""
    filled = [place for place, (_, cells) in enumerate(rows) if any(map(str.strip, cells))]
    if not filled:
        return None
    named = {place: naming.number_meant(rows[place][1]) for place in filled}
    first = filled[0]
    best = max(filled, key=lambda place: (named[place], -place))
    return best if named[best] >= max(_CERTAIN, named[first] + 1) else first


def _filled(cells: Sequence[str], above: Sequence[str], naming: Naming) -> list[str]:
    """A cell that is merged with the one above has its text there."""
    found = [cell.strip() for cell in cells]
    for place, cell in enumerate(above[: len(found)]):
        if not found[place] and naming.meant(cell.strip()):
            found[place] = cell.strip()
    return found
