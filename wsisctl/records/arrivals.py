"""What each export brought that the earlier ones had not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wsisctl.readers.files import InputFile
from wsisctl.readers.table import open_table
from wsisctl.records.record import Shape, identity, received


@dataclass(frozen=True)
class Arrived:
    """What came of the rows of one export."""

    read: int
    accepted: int
    """Rows that became records of their own."""
    rejected: int = 0
    """Rows that are no record."""
    total: int | None = None
    """The number of the row of sums at the end, one of those rejected."""

    @property
    def repeated(self) -> int:
        """Rows that were there before, in this export or an earlier one."""
        return self.read - self.accepted - self.rejected

    @property
    def account(self) -> dict[str, int]:
        """read = accepted + repeated + rejected."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "repeated": self.repeated,
            "rejected": self.rejected,
        }


def count_arrivals(exports: Sequence[InputFile], shape: Shape) -> Mapping[str, Arrived]:
    """For each export, by its name, in the order in which they came.

    The exports have been read before: nothing in them is refused here.
    """
    seen: set[tuple[str, ...]] = set()
    arrived = {}
    for export in exports:
        before, read = len(seen), 0
        with open_table(export, shape.naming) as table:
            rows = shape.rows(table)
            for record in received(table, rows, shape):
                seen.add(identity(record.cells, shape.key))
                read += 1
        sums = 0 if rows.total is None else 1
        arrived[export.name] = Arrived(read + sums, len(seen) - before, sums, rows.total)
    return arrived
