"""The cells of files cleaned as they are read, and what was done to them counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wsisctl.findings import Source
from wsisctl.readers.profile import Profile
from wsisctl.readers.table import as_far_as_readable
from wsisctl.records.cells import Care, Role, cleaned, is_clean
from wsisctl.records.changes import Change, Wrong
from wsisctl.records.dates import DayOrder, order_among
from wsisctl.records.problems import Problem
from wsisctl.wording import counted, shortened

_SHOWN = (Role.TIME, Role.CATEGORY)
"""Short, and a result depends on them: an example is shown."""
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class CleanedCells:
    """The cells of one file to which the same was done."""

    change: Change
    first: Source
    column: str
    """That of the first one."""
    cells: int = 1
    example: str = ""
    """What the first one was and is, where that is short."""

    def __str__(self) -> str:
        what = self.change.format(cells=counted(self.cells, "cell"))
        place = f"first in row {self.first.row}, {self.column}"
        example = f": {self.example}" if self.example else ""
        return f"{self.first.file}: {what}, {place}{example}"


class Cleaning:
    """Cleans the cells of files, one file after the other."""

    def __init__(self, care: Care, refuse: Callable[[Problem], None]) -> None:
        """`refuse` is told of each cell that cannot be used."""
        self._usual = self._care = care
        self._refuse = refuse
        self._seen: dict[str, DayOrder] = {}
        self._done: dict[tuple[str, Change], CleanedCells] = {}

    @property
    def done(self) -> tuple[CleanedCells, ...]:
        """What was done, by file and kind of change."""
        order = list(Change)
        found = self._done.values()
        return tuple(sorted(found, key=lambda item: (item.first.file, order.index(item.change))))

    def looked_through(
        self, rows: Iterable[Row], columns: Sequence[str], profile: Profile | None = None
    ) -> Iterator[Row]:
        """The rows of a file, whose columns of times have been looked at from top to bottom.

        `profile` is what a person wrote about the file. Rows are held in memory where there are any; else
        they come as they are read. Where the file breaks off, what stands before comes first, then the
        UnusableInput.
        """
        self._care = self._usual.of_file(profile)
        times = [column for column in columns if self._care.roles.get(column) is Role.TIME]
        if not times:
            yield from rows
            return
        held, broken = as_far_as_readable(rows)
        for column in times:
            place = columns.index(column)
            self._seen[column] = order_among(
                cells[place] for _, cells in held if place < len(cells)
            )
        yield from held
        if broken:
            raise broken

    def clean(self, cells: dict[str, str], source: Source) -> Mapping[str, str]:
        """The cells of one row, cleaned in place.

        Ids are left to `id_problem`, which looks at those of a folder's own records too.
        """
        for column, role in self._care.roles.items():
            text = cells.get(column, "")
            if role is Role.ID or not text or (role is not Role.TIME and is_clean(text)):
                continue
            found = cleaned(text, role, self._care, self._seen.get(column, DayOrder.UNKNOWN))
            if found.problem:
                self._refuse(problem_of(found.problem, text, column, source))
            if found.changes:
                cells[column] = found.text
                example = f"'{text}' is read as '{found.text}'" if role in _SHOWN else ""
                for change in found.changes:
                    self._count(CleanedCells(change, source, column, example=example))
        return cells

    def _count(self, item: CleanedCells) -> None:
        key = item.first.file, item.change
        before = self._done.get(key)
        self._done[key] = replace(before, cells=before.cells + 1) if before else item


def problem_of(wrong: Wrong, text: str, column: str, source: Source) -> Problem:
    """What is wrong with one cell, with its place."""
    what = f"{column} '{shortened(' '.join(text.split()))}' {wrong.what}"
    return Problem(source, column, text, what, wrong.expected, wrong.remedy, wrong.called)
