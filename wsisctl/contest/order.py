"""Phases that amendments brought out of their order: the vote follows the entries, the ceremony the vote."""

from collections.abc import Iterator
from dataclasses import dataclass

from wsisctl.contest.model import Contest, Phase
from wsisctl.times import Instant, written


@dataclass(frozen=True)
class OutOfOrder:
    """A phase that opens before one closes that it follows by the letter."""

    message: str
    ends: tuple[str, str]
    """Where the two stand in the definition, such as phases.submission.closes and phases.voting.opens."""


def out_of_order(letter: Contest, amended: Contest) -> Iterator[OutOfOrder]:
    """What amendments turned round; an overlap that the letter has itself is its own order."""
    for early, late in _followed(letter):
        first, second = amended.phases[early], amended.phases[late]
        if overlap := _overlap(first, second):
            opens, closes = (written(end, amended.zone) for end in overlap)
            yield OutOfOrder(
                f"{late} opens at {opens}, before {early} closes at {closes}; "
                "one of the two has to move",
                (f"phases.{early}.closes", f"phases.{late}.opens"),
            )


def _followed(letter: Contest) -> Iterator[tuple[str, str]]:
    """Phases of which the second may not open before the first closes."""
    voting = letter.phases[letter.voting.phase]
    for phase in letter.phases.values():
        if phase.closes and voting.opens and phase.closes <= voting.opens:
            yield phase.id, voting.id
    if letter.embargo and not _overlap(voting, letter.phases[letter.embargo.until]):
        yield voting.id, letter.embargo.until


def _overlap(first: Phase, second: Phase) -> tuple[Instant, Instant] | None:
    """From when to when both are open, be it that the second is over before the first begins."""
    if first.closes and second.opens and second.opens < first.closes:
        return second.opens, first.closes
    return None
