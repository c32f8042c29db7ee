"""Places, cuts and ties: one way for votes and for scores.

A tie across a cut is never broken silently. Those certain at the cut are in; who of the contenders
follows is a recorded decision or stays open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Place:
    """One line of a ranking; equal values share a rank (1, 2, 2, 4)."""

    rank: int
    submission_id: str
    value: int | Fraction


@dataclass(frozen=True)
class Tie:
    """Contenders with the same value for fewer places."""

    place: int
    """The last place that the cut gives."""
    value: int | Fraction
    submission_ids: tuple[str, ...]
    """All contenders, sorted."""


@dataclass(frozen=True)
class CutResult:
    """Who is in at a cut."""

    certain: tuple[str, ...]
    """In whatever the contenders' order, best first."""
    tie: Tie | None
    open_places: int
    """For how many of the contenders there is a place."""

    def completed(self, order: Sequence[str]) -> tuple[str, ...]:
        """Those certain, then as many contenders as there are places, in the order decided."""
        return (*self.certain, *order[: self.open_places])


def rank(values: Mapping[str, int | Fraction]) -> tuple[Place, ...]:
    """Highest value first, then by id; exact, so that no rounding decides a place."""
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    places: list[Place] = []
    for position, (identity, value) in enumerate(ordered, start=1):
        shared = places[-1].rank if places and places[-1].value == value else position
        places.append(Place(shared, identity, value))
    return tuple(places)


def cut(ranking: Sequence[Place], places: int) -> CutResult:
    """Cut a ranking after so many places; fewer entries than places are all in."""
    inside, outside = ranking[:places], ranking[places:]
    if not outside or inside[-1].value != outside[0].value:
        return CutResult(tuple(place.submission_id for place in inside), None, 0)
    contested = outside[0].value
    certain = tuple(place.submission_id for place in inside if place.value != contested)
    contenders = tuple(sorted(place.submission_id for place in ranking if place.value == contested))
    return CutResult(certain, Tie(places, contested, contenders), places - len(certain))
