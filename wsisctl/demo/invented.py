"""What an invented edition can give, whatever its size."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from wsisctl.contest.model import Criterion
from wsisctl.demo.export import Export, Nominees


class Invented(Protocol):
    """All that people and forms send in during one contest."""

    def submissions(self) -> Export:
        """What the form has collected."""

    def past_winners(self) -> Export:
        """Winners of the editions before."""

    def panel(self) -> Export:
        """The experts."""

    def scores(
        self, ids_by_category: Mapping[str, Sequence[str]], criteria: Sequence[Criterion]
    ) -> Export:
        """Their sheets for these submissions."""

    def members(self, nominees: Nominees) -> Export:
        """Everybody who is registered; some belong to owners of nominees."""

    def write_votes(self, nominees: Nominees, folder: Path) -> tuple[Path, ...]:
        """Every vote cast, as one export or more in the folder."""
