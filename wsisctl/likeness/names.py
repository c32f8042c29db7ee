"""Which names may be spellings of one organization, and by what evidence.

No score tells: `University of Lagos` and `University of Laos` are nearly equal, `SDAIA` and `Saudi Data
& AI Authority` hardly at all. So each kind of evidence is a form in which names that it joins are equal.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from wsisctl.likeness.name_forms import Handle, Kind, NameForms, Spelling, forms_of
from wsisctl.likeness.typos import slips
from wsisctl.names import name_key

_CERTAIN = (Kind.SIGNS, Kind.BRACKET, Kind.COUNTRY, Kind.STATED, Kind.ORDER, Kind.INITIALS)
"""Good evidence by itself; the kinds between are parts of `COUNTRY`, whose form has all of theirs."""
_ACRONYMS = frozenset([Kind.STATED, Kind.INITIALS])
"""They join an acronym to names, not acronyms to each other."""


@dataclass(frozen=True)
class Pair:
    """Two spellings by their places in a sequence, and why they may be one organization's."""

    earlier: int
    later: int
    kind: Kind


def pairs(spellings: Sequence[Spelling], said: Sequence[Hashable]) -> tuple[Pair, ...]:
    """The pairs that would join all spellings that some evidence joins, the best evidence first.

    `said` has for each spelling what it shares with those that are already said to be the same. Where
    two are joined through a third by better evidence, they are no pair of their own.
    """
    names = [forms_of(spelling) for spelling in spellings]
    joined = _Joined(said)
    found: list[Pair] = []
    stated: set[Hashable] = set()
    for kind in Kind:
        for key, owners, guests in _groups(kind, names):
            if kind is Kind.INITIALS and key in stated:
                continue  # the acronym is already somebody's who says so
            if kind is Kind.STATED and guests:
                stated.add(key)
            others = guests if kind in _ACRONYMS else (*owners[1:], *guests)
            found += [
                Pair(min(owners[0], other), max(owners[0], other), kind)
                for other in others
                if joined.join(owners[0], other)
            ]
    return tuple(found)


class Directory:
    """Names to look others up in."""

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        self._places: dict[Hashable, dict[int, bool]] = defaultdict(dict)
        for place, spelling in enumerate(spellings):
            # Found by those of the same country and by those of none.
            scopes = (*(spelling.countries or ("unknown",)), "any")
            for key, own in _certain_handles(spelling, scopes):
                self._places[key][place] = own

    def like(self, spelling: Spelling) -> frozenset[int]:
        """The places of the names that this may be another spelling of, where the evidence is good."""
        scopes = (*spelling.countries, "unknown") if spelling.countries else ("any",)
        return frozenset(
            place
            for key, own in _certain_handles(spelling, scopes)
            for place, theirs in self._places.get(key, {}).items()
            if own or theirs
        )


def _certain_handles(
    spelling: Spelling, scopes: tuple[str, ...]
) -> Iterator[tuple[Hashable, bool]]:
    name = forms_of(spelling)
    for kind in _CERTAIN:
        for handle in name.handles(kind, scopes):
            yield (kind, handle.key), handle.own


def _groups(
    kind: Kind, names: Sequence[NameForms]
) -> Iterator[tuple[Hashable, list[int], list[int]]]:
    """Names that share a form: the key, those whose own it is, and those that have it as a part."""
    owners: dict[Hashable, list[int]] = defaultdict(list)
    guests: dict[Hashable, list[int]] = defaultdict(list)
    handles = _slips(names) if kind is Kind.SLIP else _all_handles(kind, names)
    for place, handle in handles:
        (owners if handle.own else guests)[handle.key].append(place)
    for key, places in owners.items():
        yield key, places, guests.get(key, [])


def _all_handles(kind: Kind, names: Sequence[NameForms]) -> Iterator[tuple[int, Handle]]:
    for place, one in enumerate(names):
        for handle in one.handles(kind):
            yield place, handle


def _slips(names: Sequence[NameForms]) -> Iterator[tuple[int, Handle]]:
    """Only where names agree in all other words are letters looked at."""
    frames = [(place, *frame) for place, one in enumerate(names) for frame in one.frames()]
    crowd = Counter(frame for _, frame, _ in frames)
    for place, frame, word in frames:
        if crowd[frame] > 1:
            for key, own in slips(word):
                yield place, Handle((frame, key), own)


class _Joined:
    """Which spellings are joined, by what is said and by what was found so far."""

    def __init__(self, said: Sequence[Hashable]) -> None:
        first: dict[Hashable, int] = {}
        self._above = [first.setdefault(key, place) for place, key in enumerate(said)]

    def _top(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place

    def join(self, one: int, other: int) -> bool:
        """Whether they were not joined before."""
        earlier, later = sorted((self._top(one), self._top(other)))
        self._above[later] = earlier
        return earlier != later


def similarity(one: str, other: str) -> int:
    """How much of two names is equal, in hundredths, rounded down; it orders, and decides nothing."""
    from rapidfuzz import fuzz

    return int(fuzz.ratio(name_key(one), name_key(other)))
