"""When members come to vote, for how many categories, and who comes twice, late or for a campaign."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

from wsisctl.demo.mixer import Dice, mixed, seed
from wsisctl.demo.real.race import Race
from wsisctl.demo.real.roll import Part, Roll

_HOUR, _DAY = 3_600, 86_400
_BY_HOUR = (3, 2, 2, 3, 5, 8, 12, 16, 18, 19, 18, 17, 18, 19, 18, 16, 14, 13, 14, 15, 14, 11, 8, 5)
"""How busy each hour of a day is, in UTC."""
_FIRST_DAYS, _LAST_DAYS = (26, 17, 13), (18, 26, 44, 60)
_OTHER_DAYS = (10, 9, 11, 10, 8, 5, 5)
_WHOLE, _CAMPAIGN = 550, 170
"""Of a thousand ballots, those for every category, and those for the sake of one project."""
_TWICE, _UNKNOWN, _OUTSIDE = 34, 16, 8
"""Of a thousand visits: again by the same member, by nobody we know, while voting is closed."""
_CAMPAIGNS = 40
_OTHERWISE = (Part.LATE, Part.SCRIPTED)
"""Parts of the electorate that do not come when they like."""
_SCRIPT_GAP = 2
_SCRIPTS_RANK = 6
"""How popular the project is, from 0, that a script votes for: it takes it among the honoured."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One member's votes in one sitting."""

    start: int
    place: int
    """On the roll; negative for those who are not on it."""
    bits: int
    """What else decides about it."""
    length: int
    race: int
    """With which category it begins."""
    project: int | None = None
    """For whose sake it is made: a place in that race."""


def visits(roll: Roll, races: Sequence[Race], opens: int, closes: int, wanted: int) -> list[Visit]:
    """About as many as give the `wanted` number of votes, in order of time."""
    planner = _Planner(roll, races, opens, closes)
    return sorted(planner.all(wanted), key=attrgetter("start", "place"))


class _Planner:
    def __init__(self, roll: Roll, races: Sequence[Race], opens: int, closes: int) -> None:
        self._roll, self._races = roll, races
        self._opens, self._closes = opens, closes
        self._busy = tuple(accumulate(_busy_hours(opens, closes)))
        self._seed = seed("visits", roll.contest.id)
        self._campaigns = tuple(self._campaign(number) for number in range(_CAMPAIGNS))

    def all(self, wanted: int) -> Iterator[Visit]:
        places = range(self._roll.size.members)
        voters = [place for place in places if self._roll.part(place) not in _OTHERWISE]
        each = _votes_in_thousand_visits(len(self._races))
        rate = min(1000, wanted * 1000_000 // (len(voters) * each) + 1)
        for place in voters:
            if mixed(self._seed - place) % 1000 < rate:
                yield from self._visits(place)
        for number in range(len(voters) * rate // 1000 * _UNKNOWN // 1000):
            yield self._visit(-1 - number, mixed(self._seed + (number << 32)))
        for place in self._roll.scripted:
            yield self._scripted(place)

    def _visits(self, place: int) -> Iterator[Visit]:
        bits = mixed(self._seed + place)
        first = self._visit(place, bits)
        yield first
        if (bits >> 12) % 1000 < _TWICE and first.start + 2 * _HOUR < self._closes:
            again = mixed(bits)
            later = self._closes - first.start - _HOUR
            start = first.start + _HOUR + again % max(1, later - _HOUR)
            yield Visit(start, place, again, self._length(again), again % len(self._races))

    def _visit(self, place: int, bits: int) -> Visit:
        start = self._moment(bits >> 20)
        if (bits >> 8) % 1000 < _OUTSIDE:
            start = self._outside(bits >> 20)
        elif bits % 1000 < _CAMPAIGN:
            begun, race, project = self._campaigns[(bits >> 30) % _CAMPAIGNS]
            start = min(self._closes - _HOUR, begun + (bits >> 36) % (_DAY + _DAY // 2))
            return Visit(start, place, bits, 1 + (bits >> 50) % 3, race, project)
        return Visit(start, place, bits, self._length(bits), (bits >> 5) % len(self._races))

    def _length(self, bits: int) -> int:
        number = len(self._races)
        whole = bits % 1000 < _CAMPAIGN + _WHOLE
        return number if whole else min(number, 2 + (bits >> 16) % max(1, number - 2))

    def _moment(self, bits: int) -> int:
        hour = bisect_right(self._busy, bits % self._busy[-1])
        return min(self._opens + hour * _HOUR + (bits >> 24) % _HOUR, self._closes - 1)

    def _outside(self, bits: int) -> int:
        if bits % 5 == 0:
            return self._opens - 1 - (bits >> 4) % _DAY
        return self._closes + (bits >> 4) % (_HOUR if bits % 2 else 2 * _DAY)

    def _campaign(self, number: int) -> tuple[int, int, int]:
        """When it begins, and for which project of which race; never where a tie is arranged."""
        dice = Dice("campaign", self._roll.contest.id, number)
        free = [place for place, race in enumerate(self._races) if race.tie is None]
        place = dice.pick(free or range(len(self._races)))
        race = self._races[place]
        return (
            self._moment(dice.throw() >> 4),
            place,
            race.order[dice.number(0, 9) % len(race.order)],
        )

    def _scripted(self, place: int) -> Visit:
        """One account after the other, at night, for one project."""
        number = place - self._roll.scripted.start
        night = self._opens + (self._closes - self._opens) * 3 // 5 // _DAY * _DAY + 2 * _HOUR
        race = next((n for n, race in enumerate(self._races) if race.tie is None), 0)
        order = self._races[race].order
        project = order[min(_SCRIPTS_RANK, len(order) - 1)]
        return Visit(night + _SCRIPT_GAP * number, place, 0, 1, race, project)


def _busy_hours(opens: int, closes: int) -> Iterator[int]:
    days = -(-(closes - opens) // _DAY)
    for hour in range(-(-(closes - opens) // _HOUR)):
        day = hour // 24
        weight = _OTHER_DAYS[day % len(_OTHER_DAYS)]
        if day < len(_FIRST_DAYS):
            weight = _FIRST_DAYS[day]
        if days - day <= len(_LAST_DAYS):
            weight = _LAST_DAYS[day - days]
        yield weight * _BY_HOUR[(opens // _HOUR + hour) % 24]


def _votes_in_thousand_visits(races: int) -> int:
    """How many votes a thousand members cast, with their second visits and those of nobody."""
    some = 1000 - _WHOLE - _CAMPAIGN
    once = _WHOLE * races + _CAMPAIGN * 2 + some * (races + 1) // 2
    return once * (1000 + _TWICE + _UNKNOWN) // 1000
