"""Votes that go wrong one by one: unreadable ones, votes for others than nominees, rows sent twice."""

from collections.abc import Sequence

from wsisctl.contest.model import Contest
from wsisctl.demo.export import Cells
from wsisctl.demo.real.race import Race

_MALFORMED, _NOT_NOMINATED, _WRONG_CATEGORY, _STUTTER = 4, 3, 5, 1
FAULTS = _MALFORMED + _NOT_NOMINATED + _WRONG_CATEGORY + _STUTTER
"""Of 1024 votes, those that go wrong; the `fault` of a vote is a number below 1024."""
LOST = FAULTS - _STUTTER
"""Those that cannot count; a vote that was only sent twice does."""

Vote = tuple[str, str, str, str, str]


class Spoiler:
    """Makes of a good vote what arrives instead."""

    def __init__(
        self, contest: Contest, races: Sequence[Race], others: Sequence[str], skipped: str
    ) -> None:
        """`others` were submitted and not nominated; `skipped` is a local time that never existed."""
        self._races = races
        self._others = others or ("no-such-project",)
        self._skipped = skipped
        lines = {race.category: race.category.split("-")[0] for race in races}
        self._vague = {
            category: line if contest.category_of(line) is None else "all"
            for category, line in lines.items()
        }

    def rows(self, vote: Vote, race: int, fault: int, bits: int) -> tuple[Cells, ...]:
        """What is in the export in place of the vote; `fault` is below FAULTS."""
        if fault < _MALFORMED:
            return (self._malformed(vote, bits >> 12),)
        if fault < _MALFORMED + _NOT_NOMINATED:
            other = self._others[(bits >> 12) % len(self._others)]
            return ((*vote[:3], other, vote[4]),)
        if fault < LOST:
            return ((*vote[:2], self._wrong_category(race, bits >> 12), *vote[3:]),)
        return (vote, vote)

    def _malformed(self, vote: Vote, bits: int) -> Cells:
        identity, member, category, project, cast_at = vote
        day, clock = cast_at[:10], cast_at[11:16]
        year, month, date = day.split("-")
        times = (
            f"{date}/{month}/{year} {clock}",
            f"{year}-02-30T{clock}:00+01:00",
            day,
            self._skipped,
            "",
            f"{int(date)}.{int(month)}.{year[2:]} {clock} Uhr",
            f"{day}T24:{clock[3:]}:10Z",
        )
        rows: tuple[Cells, ...] = (
            ("", member, category, project, cast_at),
            (identity, " ", category, project, cast_at),
            (identity, member, "", project, cast_at),
            (identity, member, category, "\u00a0", cast_at),
            (identity, member, category, project),
            (identity, member, category, project, cast_at, "ok"),
            (identity, member, category, "", project, cast_at),
            *((*vote[:4], time) for time in times),
        )
        return rows[bits % len(rows)]

    def _wrong_category(self, race: int, bits: int) -> str:
        """Another one, or one that does not say which; the nominee is in `race`."""
        if bits % 4 == 0:
            return self._vague[self._races[race].category]
        if len(self._races) == 1:
            return "all"
        return self._races[
            (race + 1 + bits // 4 % (len(self._races) - 1)) % len(self._races)
        ].category
