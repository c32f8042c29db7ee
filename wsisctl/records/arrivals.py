"""What each export brought that the earlier ones had not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Arrived:
    """What came of the rows of one export."""

    read: int
    accepted: int
    """Rows that became records of their own."""
    rejected: int = 0
    """Rows that are no record."""
    changed: int = 0
    """Of the rows accepted those that took the place of a record from an earlier import."""
    told: tuple[str, ...] = ()
    """What to tell of how the export was read, as sentences that begin with its name."""

    @property
    def new(self) -> int:
        """Rows that became records which were not there before."""
        return self.accepted - self.changed

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
