"""A file as a web form or a registry would export it."""

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from wsisctl.records.people import Nominee

Cells = Sequence[object]
Row = Mapping[str, object]
Nominees = Mapping[str, Sequence[Nominee]]
"""By category."""


@dataclass(frozen=True)
class Export:
    """Columns and rows; the rows may be too many to hold, and not all need the header's width."""

    columns: tuple[str, ...]
    rows: Iterable[Cells]

    @classmethod
    def of(cls, columns: tuple[str, ...], records: Iterable[Row]) -> "Export":
        """From records by column; what a record lacks is an empty cell."""
        rows = tuple(tuple(record.get(column, "") for column in columns) for record in records)
        return cls(columns, rows)

    @property
    def records(self) -> list[dict[str, str]]:
        """The rows by column, as text. Only for exports that fit into memory."""
        return [dict(zip(self.columns, map(str, cells), strict=True)) for cells in self.rows]

    def write_in_two(self, first: Path, second: Path, after: int, overlap: int) -> None:
        """As two exports one after the other; the second repeats the last rows of the first."""
        rows = iter(self.rows)
        repeated: deque[Cells] = deque(maxlen=overlap)
        Export(self.columns, _remembered(islice(rows, after), repeated)).write(first)
        Export(self.columns, chain(repeated, rows)).write(second)

    def write(self, path: Path) -> None:
        """As CSV to a file that does not exist yet."""
        with path.open("x", encoding="utf-8", newline="", buffering=1 << 20) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows(self.rows)


@dataclass(frozen=True)
class Stream:
    """Rows made anew each time they are gone through."""

    make: Callable[[], Iterator[Cells]]

    def __iter__(self) -> Iterator[Cells]:
        return self.make()


def _remembered(rows: Iterable[Cells], memory: deque[Cells]) -> Iterator[Cells]:
    for cells in rows:
        memory.append(cells)
        yield cells
