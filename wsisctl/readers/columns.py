"""The columns of a file: what each is called there, and by us."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from wsisctl.errors import UnusableInput
from wsisctl.readers.naming import Naming
from wsisctl.wording import listed, shortened

MOST_COLUMNS = 1 << 14
"""As many as a sheet of a workbook has."""
_LONG_LABEL = 40


@dataclass(frozen=True)
class Column:
    """One column."""

    name: str
    """Ours where it is known, else as it is written; no two columns of a file have the same."""
    written: str
    """What stands in the header; empty for a column without a name."""
    known: bool = False

    @property
    def is_renamed(self) -> bool:
        """Whether it is known by another name than ours."""
        return self.known and self.name != self.written

    @property
    def is_numbered(self) -> bool:
        """Whether another one is called so too."""
        return bool(self.written) and not self.known and self.name != self.written


def columns_of(cells: Sequence[str], naming: Naming, place: str) -> tuple[Column, ...]:
    """The columns of a header. Where one has our own name for something, no label stands for it.

    Raises UnusableInput where two columns are called by one known name: nobody knows which is meant.
    """
    written = [cell.strip() for cell in cells]
    found: dict[str, Column] = {}
    for number, text in enumerate(written):
        meant = naming.meant(text)
        certain = meant == text or text in naming.written or meant not in written
        if meant and certain:
            if meant in found:
                raise _double(found[meant].written, text, place)
            found[meant] = Column(meant, text, known=True)
        else:
            name = _free(text or f"column {letters(number)}", found)
            found[name] = Column(name, text)
    return tuple(found.values())


def refuse_wide(cells: int, place: str) -> None:
    """Raise UnusableInput for a row of more cells than any table has."""
    if cells > MOST_COLUMNS:
        raise UnusableInput(
            f"{place}: {cells} columns; expected at most {MOST_COLUMNS}",
            hint="look whether this is the right file, and which columns are needed of it",
        )


def too_many_cells(place: str, most: int) -> UnusableInput:
    """The refusal of a file that is larger than memory should be."""
    return UnusableInput(
        f"{place}: its rows and columns make more than {most} cells",
        hint="leave out the columns that are not needed, or give it in several files",
    )


def _double(one: str, other: str, place: str) -> UnusableInput:
    called = f"'{one}'" if one == other else f"'{shortened(one)}' and '{shortened(other)}'"
    what = "more than one column is called" if one == other else "two columns mean the same:"
    return UnusableInput(
        f"{place}: {what} {called}", hint="leave one of them out, or give it another name"
    )


def _free(called: str, taken: Collection[str]) -> str:
    name, number = called, 1
    while name in taken:
        number += 1
        name = f"{called} ({number})"
    return name


def letters(place: int) -> str:
    """`A` for the first column, `AA` for the twenty-seventh, as spreadsheets have it."""
    told = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        told = chr(ord("A") + rest) + told
    return told


def remarks_on(columns: Sequence[Column], place: str) -> Iterator[str]:
    """What a person should know of the names in a header, which is at `place`."""
    renamed = [column for column in columns if column.is_renamed]
    if renamed:
        told = ", ".join(f"'{shortened(it.written, _LONG_LABEL)}' is {it.name}" for it in renamed)
        yield f"{place}: columns known by other names: {told}"
    if numbered := [column.name for column in columns if column.is_numbered]:
        yield f"{place}: a name stands there more than once, so there are now {listed(numbered)}"


def remark_on_unused(names: Collection[str], place: str) -> Iterator[str]:
    """That columns, of a header which is at `place`, mean nothing here, if there are any."""
    if names:
        yield f"{place}: columns that nothing here uses: {listed(names)}"
