"""How far the last in is from the first out, and how many contested votes it takes to close that distance.

Whoever is in at a cut is certain as long as each of them has more votes than each who is out. So the
question is asked of every pair of one in and one out, and the pair that takes the fewest decides.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from wsisctl.contest.model import Contest
from wsisctl.ranking import Place
from wsisctl.voting.resolutions import Resolution
from wsisctl.voting.tally import Tally


@dataclass(frozen=True)
class Robustness:
    """What a list of contested votes can do to a cut."""

    votes: int
    """Contested votes for nominees of the category."""
    least: int | None
    """So many, resolved otherwise, put the last place in doubt; 0: it is in doubt; None: no number does."""

    @property
    def holds(self) -> bool:
        """Whether the same are in under every resolution of ties and contested votes."""
        return self.least is None


@dataclass(frozen=True)
class Margin:
    """The distance between the last in and the first out at a cut."""

    cut: str
    place: int
    """The last place that the cut gives."""
    inside: int | None
    """The votes of the last in; None where nobody is nominated."""
    outside: int | None
    """The votes of the first out; None where all nominees are in."""
    robustness: Robustness | None = None
    """None where no list of contested votes was given."""

    @property
    def distance(self) -> int | None:
        """In votes; 0 where the two are equal, and only a decision tells who is in."""
        if self.inside is None or self.outside is None:
            return None
        return self.inside - self.outside


@dataclass(frozen=True)
class Contested:
    """The contested votes of one category."""

    votes: int
    resolutions: Mapping[Resolution, int]
    """What a voter's vote can come to, and of how many voters that is true."""


@dataclass(frozen=True)
class ContestedVotes:
    """What a list of contested votes is about."""

    given: int
    unknown: tuple[str, ...]
    """Ids that no vote has, sorted."""
    without_effect: tuple[str, ...]
    """Ids of votes that count for nobody however they are resolved, sorted."""
    by_category: Mapping[str, Contested]


@dataclass(frozen=True)
class Margins:
    """The margins of a contest."""

    contest: str
    as_of: str
    """As of when was counted; empty for the whole vote."""
    contested: ContestedVotes | None
    """None where no list was given."""
    categories: Mapping[str, tuple[Margin, ...]]
    """By category, in the definition's order; one margin where both cuts are the same number."""


def margins(contest: Contest, tally: Tally, contested: ContestedVotes | None = None) -> Margins:
    """The margins of every category."""
    panel = contest.panel
    cuts = {"honoured": panel.honoured}
    if panel.pool != panel.honoured:
        cuts["pool"] = panel.pool
    categories = {}
    for item in tally.categories:
        doubtful = contested.by_category[item.category] if contested else None
        categories[item.category] = tuple(
            margin(cut, places, item.standings, doubtful) for cut, places in cuts.items()
        )
    return Margins(contest.id, tally.as_of, contested, categories)


def margin(
    cut: str, places: int, standings: Sequence[Place], contested: Contested | None = None
) -> Margin:
    """The margin of one cut; with `contested`, also how robust it is."""
    votes = [int(place.value) for place in standings]
    inside = votes[min(places, len(votes)) - 1] if votes else None
    outside = votes[places] if len(votes) > places else None
    if contested is None:
        return Margin(cut, places, inside, outside)
    least = least_to_doubt(standings, places, contested.resolutions)
    return Margin(cut, places, inside, outside, Robustness(contested.votes, least))


def least_to_doubt(
    standings: Sequence[Place], places: int, resolutions: Mapping[Resolution, int]
) -> int | None:
    """The least number of contested votes, resolved otherwise, after which one out has as many votes as one in."""
    least: int | None = None
    for distance, inside, outside in sorted(_pairs(standings, places)):
        if least is not None and _half(distance) >= least:
            break  # a contested vote closes two at most, and the pairs to come are farther apart
        found = _least_to_close(distance, list(_steps(inside, outside, resolutions)))
        least = _least((least, found))
    return least


def _pairs(standings: Sequence[Place], places: int) -> Iterator[tuple[int, str, str]]:
    for inside in standings[:places]:
        for outside in standings[places:]:
            distance = int(inside.value) - int(outside.value)
            yield distance, inside.submission_id, outside.submission_id


@dataclass(frozen=True)
class _Step:
    """What it takes that one voter closes the distance by one vote, and by two."""

    one: int
    two: int | None
    """None where that cannot be."""
    voters: int


def _steps(inside: str, outside: str, resolutions: Mapping[Resolution, int]) -> Iterator[_Step]:
    worth = {inside: 1, outside: -1}
    for resolution, voters in resolutions.items():
        present = worth.get(resolution.counted_for or "", 0)
        closed = [
            (present - worth.get(outcome or "", 0), cost) for outcome, cost in resolution.costs
        ]
        if one := [cost for votes, cost in closed if votes >= 1]:
            two = min((cost for votes, cost in closed if votes >= 2), default=None)
            yield _Step(min(one), two, voters)


def _least_to_close(distance: int, steps: Sequence[_Step]) -> int | None:
    """The least cost of so many votes; one more than needed is no harm.

    A voter whose second vote costs no less than the first gives two single votes, one after the
    other. One whose second vote is cheaper gives both at once, in pairs; of these voters at most one gives a
    single vote, since of two such one could give both for less.
    """
    singles: Counter[int] = Counter()
    doubles: Counter[tuple[int, int]] = Counter()
    for step in steps:
        if step.two is not None and step.two < 2 * step.one:
            doubles[step.two, step.one] += step.voters
            continue
        singles[step.one] += step.voters
        if step.two is not None:
            singles[step.two - step.one] += step.voters
    found = [_with_pairs(distance, singles, doubles)]
    for both, one in doubles:
        rest = doubles - Counter([(both, one)])
        found.append(_plus(one, _with_pairs(distance - 1, singles, rest)))
    return _least(found)


def _with_pairs(
    distance: int, singles: Mapping[int, int], doubles: Mapping[tuple[int, int], int]
) -> int | None:
    """The least cost with any number of pairs, the cheapest first, and single votes for what is left.

    Both get dearer one by one, so the least lies where either comes to its next price; there is no
    need to try every number.
    """
    if distance <= 0:
        return 0
    pairs: Counter[int] = Counter()
    for (both, _), number in doubles.items():
        pairs[both] += number
    turns = {0, _half(distance), *_used_up(pairs)}
    for used in _used_up(singles):
        turns |= {(distance - used) // 2, _half(distance - used)}
    costs = [
        _plus(_cost(pairs, number), _cost(singles, max(distance - 2 * number, 0)))
        for number in turns
        if 0 <= number <= _half(distance)
    ]
    return _least(costs)


def _used_up(prices: Mapping[int, int]) -> Iterator[int]:
    """How many there are at the lowest price, at the two lowest, and so on."""
    return accumulate(prices[price] for price in sorted(prices))


def _cost(prices: Mapping[int, int], number: int) -> int | None:
    """What so many of the cheapest cost; None where there are fewer."""
    cost = 0
    for price in sorted(prices):
        taken = min(number, prices[price])
        cost += taken * price
        number -= taken
    return None if number else cost


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _least(costs: Iterable[int | None]) -> int | None:
    return min((cost for cost in costs if cost is not None), default=None)


def _half(distance: int) -> int:
    """Half of it, up."""
    return (distance + 1) // 2
