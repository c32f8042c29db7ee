"""An edition as big as a real one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wsisctl.contest.model import Contest, Criterion
from wsisctl.demo.export import Export, Nominees
from wsisctl.demo.real import ballots, entries, panel, winners
from wsisctl.demo.real.projects import Project
from wsisctl.demo.real.roll import Roll
from wsisctl.demo.real.size import REAL, Size


@dataclass(frozen=True)
class RealEdition:
    """Everything that people and forms send in during one contest."""

    contest: Contest
    size: Size = REAL

    @cached_property
    def entries(self) -> tuple[Project, ...]:
        """The submissions, each once."""
        return entries.entries(self.contest, self.size)

    def submissions(self) -> Export:
        """What the form has collected, with the rows that its export repeats."""
        columns = ("submission_id", "submitted_at", *(box.id for box in self.contest.form))
        rows = [entry.cells for entry in self.entries]
        return Export.of(columns, entries.with_repeated_rows(rows))

    def past_winners(self) -> Export:
        """Winners of the editions before."""
        return winners.past_winners(self.contest, self.size)

    def panel(self) -> Export:
        """The experts."""
        return panel.panel(self.contest, self.size, self.entries)

    def scores(
        self, ids_by_category: Mapping[str, Sequence[str]], criteria: Sequence[Criterion]
    ) -> Export:
        """Their sheets for these submissions."""
        return panel.scores(self.contest, self.size, self.entries, ids_by_category, criteria)

    def members(self, nominees: Nominees) -> Export:
        """Everybody who is registered; some belong to owners of nominees."""
        return Roll(self.contest, self.size, nominees).members()

    def votes(self, nominees: Nominees) -> Export:
        """Every vote, each row once but for those that were sent twice."""
        nominated = {nominee.id for group in nominees.values() for nominee in group}
        ids = (entry.cells["submission_id"] for entry in self.entries)
        others = tuple(identity for identity in ids if identity not in nominated)
        return ballots.votes(self.contest, self.size, nominees, others)

    def write_votes(self, nominees: Nominees, folder: Path) -> tuple[Path, ...]:
        """As two exports, the second of which begins before the end of the first."""
        first, second = folder / "votes-1.csv", folder / "votes-2.csv"
        votes = self.votes(nominees)
        votes.write_in_two(first, second, self.size.votes * 4 // 9, self.size.repeated_votes)
        return first, second
