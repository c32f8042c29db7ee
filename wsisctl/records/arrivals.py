"""What each export brought that the earlier ones had not."""

from dataclasses import dataclass

from wsisctl.errors import BrokenCount


@dataclass(frozen=True)
class Arrived:
    """What came of the rows of one export; raises BrokenCount where a row is lost, or counted twice."""

    read: int
    accepted: int
    """Rows that became records of their own."""
    repeated: int = 0
    """Rows that were there before, in this export or an earlier one."""
    rejected: int = 0
    """Rows that are no record."""
    changed: int = 0
    """Of the rows accepted those that took the place of a record from an earlier import."""
    told: tuple[str, ...] = ()
    """What to tell of how the export was read, as sentences that begin with its name."""

    def __post_init__(self) -> None:
        """Each row that was read has become one thing."""
        became = self.accepted, self.repeated, self.rejected
        if self.read != sum(became) or min(became) < 0:
            told = (
                f"{self.read} read, {' + '.join(map(str, became))} accepted, repeated and rejected"
            )
            raise BrokenCount(f"the rows of an export do not add up: {told}")

    @property
    def new(self) -> int:
        """Rows that became records which were not there before."""
        return self.accepted - self.changed

    @property
    def account(self) -> dict[str, int]:
        """read = accepted + repeated + rejected."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "repeated": self.repeated,
            "rejected": self.rejected,
        }
