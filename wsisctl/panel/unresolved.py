"""What only people can settle."""

from dataclasses import dataclass

from wsisctl.records.decisions import Cut


@dataclass(frozen=True)
class Unresolved:
    """A place that is still open, who contends for it, and why it is open."""

    cut: Cut
    place: int | None
    """The last place of the cut; None where the contest has no quota."""
    submission_ids: tuple[str, ...]
    why: str
