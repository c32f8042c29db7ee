"""Who is how popular in a category."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from wsisctl.contest.model import Category, Contest
from wsisctl.demo.export import Nominees
from wsisctl.demo.mixer import Dice

_POPULARITY = (
    1000, 690, 510, 400, 330, 270, 235, 200, 165, 135, 110, 90, 72, 58, 46, 36, 28, 20, 13, 7,
)  # fmt: skip
"""A few strong favourites and a long tail."""
_EXCITEMENT = (82, 118)
"""In percent: so much the categories differ from that, project by project."""
_TIES = ((2, 2), (8, 3), (13, 2))
"""In which categories (by their place) so many contend for the last places."""


@dataclass(frozen=True)
class Tie:
    """Contenders with the same number of votes around a cut."""

    cut: int
    contenders: int

    def ranks(self) -> range:
        """The ranks they hold, from 0; the last is the first beyond the cut."""
        return range(self.cut + 1 - self.contenders, self.cut + 1)


@dataclass(frozen=True)
class Race:
    """The nominees of one category."""

    category: str
    spellings: tuple[str, ...]
    """As voters' browsers send the category; the id first."""
    projects: tuple[str, ...]
    cumulative: tuple[int, ...]
    order: tuple[int, ...]
    """Places in `projects`, the most popular first."""
    tie: Tie | None

    def choice(self, bits: int) -> int:
        """The place of a project, as likely as it is popular."""
        return bisect_right(self.cumulative, bits % self.cumulative[-1])


def races(contest: Contest, nominees: Nominees) -> tuple[Race, ...]:
    """One for every category that has nominees."""
    ties = _ties(contest)
    return tuple(
        _race(contest, category, [nominee.id for nominee in nominees[category.id]], ties.get(place))
        for place, category in enumerate(contest.categories)
        if nominees.get(category.id)
    )


def _ties(contest: Contest) -> dict[int, Tie]:
    """At the cut of the honoured, and once at that of the pool, which may be the same."""
    cuts = (contest.panel.honoured, contest.panel.honoured, contest.panel.pool)
    return {
        place % len(contest.categories): Tie(cut, contenders)
        for (place, contenders), cut in zip(_TIES, cuts, strict=True)
    }


def _race(contest: Contest, category: Category, projects: Sequence[str], tie: Tie | None) -> Race:
    dice = Dice("popularity", contest.id, category.id)
    ranked = [
        max(1, _POPULARITY[min(rank, len(_POPULARITY) - 1)] * dice.number(*_EXCITEMENT) // 100)
        for rank in range(len(projects))
    ]
    ranked.sort(reverse=True)
    tie = tie if tie and tie.cut < len(projects) else None
    if tie:
        ranked = _levelled(ranked, tie)
    order = tuple(dice.shuffled(range(len(projects))))
    weights = [0] * len(projects)
    for rank, place in enumerate(order):
        weights[place] = ranked[rank]
    plain = tuple(alias for alias in category.aliases if "," not in alias)
    return Race(
        category.id,
        (category.id, *plain[:3]),
        tuple(projects),
        tuple(accumulate(weights)),
        order,
        tie,
    )


def _levelled(ranked: Sequence[int], tie: Tie) -> list[int]:
    """The contenders as popular as each other, and clearly less or more than the rest."""
    ranks = tie.ranks()
    level = ranked[ranks.start]
    return [
        weight * 5 // 4 if rank < ranks.start else level if rank in ranks else weight * 3 // 4
        for rank, weight in enumerate(ranked)
    ]
