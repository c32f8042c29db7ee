"""The seed of all lots of a contest, and whether it was declared before anybody could use it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from wsisctl.contest.model import Contest
from wsisctl.records.signed import Signed
from wsisctl.times import Instant, written

Cut = Literal["quota", "honoured", "pool", "winner"]


@dataclass(frozen=True)
class Seed:
    """A text that nobody can change any more once the contenders or their votes begin to be known."""

    text: str
    signed: Signed


def seed_of_definition(contest: Contest) -> Seed | None:
    """The seed that the definition declares."""
    if contest.lot is None:
        return None
    place = f"{contest.definition.name}: lot"
    return Seed(contest.lot.seed, Signed("the definition", contest.lot.on, "", place))


@dataclass(frozen=True)
class Term:
    """The day before which a seed must have been declared to decide at some cut."""

    what: str
    """What happens on that day."""
    day: str | None
    """None where the definition does not say when."""

    def too_late(self, seed: Seed) -> bool:
        """Whether the seed was declared on that day or after it."""
        return self.day is not None and seed.signed.on >= self.day


def term_of(cut: Cut, contest: Contest) -> Term:
    """Who knows the contenders and how they fare could choose a seed that suits one of them."""
    return _TERMS[cut](contest)


def _submissions_close(contest: Contest) -> Term:
    deadline = contest.rules.get("deadline")
    name = str(deadline.settings.get("phase", "")) if deadline else ""
    phase = contest.phases.get(name)
    return Term("submissions close", _day(phase.closes if phase else None, contest))


def _voting_opens(contest: Contest) -> Term:
    return Term("voting opens", _day(contest.phases[contest.voting.phase].opens, contest))


def _voting_closes(contest: Contest) -> Term:
    return Term("voting closes", _day(contest.phases[contest.voting.phase].closes, contest))


_TERMS: Mapping[Cut, Callable[[Contest], Term]] = {
    "quota": _submissions_close,
    "honoured": _voting_opens,
    "pool": _voting_opens,
    "winner": _voting_closes,
}


def _day(instant: Instant | None, contest: Contest) -> str | None:
    """The day on the contest's clock."""
    return None if instant is None else written(instant, contest.zone)[:10]
