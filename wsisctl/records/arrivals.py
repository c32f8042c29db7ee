"""What each export brought that the earlier ones had not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wsisctl.readers.files import InputFile
from wsisctl.records.record import Shape, identity, received_records


@dataclass(frozen=True)
class Arrived:
    """What came of the rows of one export."""

    read: int
    accepted: int
    """Rows that became records of their own."""
    rejected: int = 0
    """Rows that are no record."""

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
    """For each export, by its name, in the order in which they came; `shape` as for `read_batch`.

    The exports have been read before: nothing in them is refused here.
    """
    seen: set[tuple[str, ...]] = set()
    arrived = {}
    for export in exports:
        before, read = len(seen), 0
        for record in received_records(export, shape):
            seen.add(identity(record.cells, shape.key))
            read += 1
        arrived[export.name] = Arrived(read, len(seen) - before)
    return arrived
