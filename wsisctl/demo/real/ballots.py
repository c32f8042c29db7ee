"""The votes, row by row, and why some of them will not count."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.demo.export import Cells, Export, Nominees, Stream
from wsisctl.demo.mixer import mixed, seed
from wsisctl.demo.real.clock import Clock
from wsisctl.demo.real.race import races
from wsisctl.demo.real.roll import Part, Roll
from wsisctl.demo.real.size import Size
from wsisctl.demo.real.spoiled import FAULTS, LOST, Spoiler
from wsisctl.demo.real.visits import Visit, visits
from wsisctl.names import name_key
from wsisctl.records.kinds import VOTE_COLUMNS
from wsisctl.voting.window import voting_window

_LAST_MINUTES = 90 * 60
_LATE_VOTES = 6
"""By each member who votes in the last minutes, besides those that make ties."""
_SPELLED_OTHERWISE = 50
"""Of a thousand ballots, those whose browser sends another spelling of the category."""
_OWN = 850
"""Of a thousand chances to vote for the own project, those that are taken."""
_NOTHING: frozenset[int] = frozenset()


def votes(contest: Contest, size: Size, nominees: Nominees, others: Sequence[str]) -> Export:
    """Every vote; `others` are submissions that were not nominated.

    Rows are made about in order of time and never held.
    """
    return Export(VOTE_COLUMNS, Stream(lambda: Poll(contest, size, nominees, others).rows()))


@dataclass(frozen=True)
class _Voter:
    """What all votes of one visit have in common."""

    member_id: str
    style: int
    """Of writing times."""
    spelling: int
    """Of categories."""
    own: Mapping[int, frozenset[int]]
    """By race, the projects of the voter's own organization."""
    counts: bool
    """Whether votes of this member can count."""


class Poll:
    """One run through the whole poll.

    It counts along, since a tie has to be exact; all it remembers of a vote is one byte.
    """

    def __init__(
        self, contest: Contest, size: Size, nominees: Nominees, others: Sequence[str]
    ) -> None:
        opens, closes = voting_window(contest)
        self._opens, self._closes = opens.second, closes.second
        self._reasons = contest.voting.reasons
        self._size = size
        self._roll = Roll(contest, size, nominees)
        self._races = races(contest, nominees)
        self._own = _own_projects(nominees, [race.category for race in self._races])
        self._clock = Clock(contest.zone)
        skipped = self._clock.skipped(self._opens, self._closes)
        self._spoiler = Spoiler(contest, self._races, others, skipped)
        self._seed = seed("votes", contest.id)
        self._serial = 0
        self._voted = bytearray(size.members * len(self._races))
        self._counted = [[0] * len(race.projects) for race in self._races]

    def rows(self) -> Iterator[Cells]:
        """All rows, as one export would have them."""
        late = [n for n in range(self._size.members) if self._roll.part(n) is Part.LATE]
        wanted = self._size.different_votes - len(late) * _LATE_VOTES - len(self._roll.scripted)
        planned = visits(self._roll, self._races, self._opens, self._closes, wanted)
        for visit in planned:
            if visit.start <= self._closes:
                yield from self._ballot(visit)
        yield from self._last_minutes(late)
        for visit in planned:
            if visit.start > self._closes:
                yield from self._ballot(visit)
        yield ("Total", "", "", "", str(self._serial))

    def _ballot(self, visit: Visit) -> Iterator[Cells]:
        """The votes of one visit, a few seconds apart."""
        voter = self._voter(visit)
        second = visit.start
        for step in range(visit.length):
            at = (visit.race + step) % len(self._races)
            self._serial += 1
            bits = mixed(self._seed + self._serial)
            chosen = self._chosen(visit, step, at, bits, voter)
            row = self._row(voter, at, chosen, second, bits)
            fault = bits >> 54
            if fault < FAULTS:
                yield from self._spoiler.rows(row, at, fault, bits)
            else:
                yield row
            if fault >= LOST and voter.counts and self._opens <= second <= self._closes:
                self._count(visit.place, at, chosen, voter)
            second += 3 + (bits >> 40) % 38

    def _voter(self, visit: Visit) -> _Voter:
        place, bits = visit.place, visit.bits
        otherwise = bits // 11 % 1000 < _SPELLED_OTHERWISE
        style, spelling = self._clock.style(bits // 7), (bits >> 33) % 4 if otherwise else 0
        if place < 0:
            return _Voter(self._roll.unknown_id(-place), style, spelling, {}, counts=False)
        part = self._roll.part(place)
        own: Mapping[int, frozenset[int]] = {}
        if part is Part.OWNER:
            own = self._own.get(name_key(self._roll.organization_of_owner(place)), {})
        complete = part is not Part.INCOMPLETE or "incomplete_profile" not in self._reasons
        return _Voter(self._roll.member_id(place), style, spelling, own, complete)

    def _chosen(self, visit: Visit, step: int, at: int, bits: int, voter: _Voter) -> int:
        """A place among the projects of the race: the cause's, the voter's own, or any."""
        if visit.project is not None and step == 0:
            return visit.project
        if at in voter.own and (bits >> 30) % 1000 < _OWN:
            return min(voter.own[at])
        return self._races[at].choice(bits)

    def _row(
        self, voter: _Voter, at: int, chosen: int, second: int, bits: int
    ) -> tuple[str, str, str, str, str]:
        race = self._races[at]
        spelling = race.spellings[voter.spelling % len(race.spellings)]
        cast_at = self._clock.text(second, voter.style, bits >> 20)
        project = race.projects[chosen]
        return f"{self._serial:08}", voter.member_id, spelling, project, cast_at

    def _count(self, place: int, at: int, chosen: int, voter: _Voter) -> None:
        if chosen in voter.own.get(at, _NOTHING) and "own_project" in self._reasons:
            return
        cell = place * len(self._races) + at
        if not self._voted[cell]:
            self._voted[cell] = 1
            self._counted[at][chosen] += 1

    def _last_minutes(self, late: Sequence[int]) -> Iterator[Cells]:
        """The rush at the end, in which the ties come about."""
        wishes = [*self._free_wishes(late), *self._wishes_for_ties(late)]
        wishes.sort(key=lambda wish: (mixed(wish[0]), wish[1]))
        for number, (place, at, chosen) in enumerate(wishes):
            second = self._closes - _LAST_MINUTES + _LAST_MINUTES * (number + 1) // len(wishes)
            self._serial += 1
            style = self._clock.style(place)
            voter = _Voter(self._roll.member_id(place), style, 0, {}, counts=True)
            yield self._row(voter, at, chosen, second, mixed(self._serial))

    def _free_wishes(self, late: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Votes of the late members where nothing is arranged."""
        free = [at for at, race in enumerate(self._races) if race.tie is None]
        for place in late:
            for step in range(min(_LATE_VOTES, len(free))):
                at = free[(place + step) % len(free)]
                yield place, at, self._races[at].choice(mixed(self._seed - place - (step << 32)))

    def _wishes_for_ties(self, late: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """As many votes for each contender as the strongest of them has more."""
        for at, race in enumerate(self._races):
            if race.tie is None:
                continue
            counted = self._counted[at]
            ranking = sorted(range(len(counted)), key=lambda place: (-counted[place], place))
            contenders = [ranking[rank] for rank in race.tie.ranks()]
            missing = [
                (contender, counted[contenders[0]] - counted[contender]) for contender in contenders
            ]
            wanted = [contender for contender, number in missing for _ in range(number)]
            for place, chosen in zip(late, wanted, strict=False):
                yield place, at, chosen


def _own_projects(
    nominees: Nominees, categories: Sequence[str]
) -> Mapping[str, Mapping[int, frozenset[int]]]:
    """By organization (its name's key) and race, the places of the projects it owns or sent in."""
    found: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for at, category in enumerate(categories):
        for place, nominee in enumerate(nominees[category]):
            for name in (nominee.entity, nominee.submitter_organization):
                if name_key(name):
                    found[name_key(name)][at].add(place)
    return {
        owner: {at: frozenset(places) for at, places in by_race.items()}
        for owner, by_race in found.items()
    }
