"""What contested votes can come to if each may be resolved otherwise than the count has it.

A contested vote that counts may be struck out. One that does not, for any reason but `malformed` and
`repeated_row`, may be upheld: it is held to be valid, and the rules that look at a voter's other
votes are applied anew (whole ballots, second votes). One that these rules alone rejected may also be struck
out; upheld, it is the one that counts. So a voter still has one vote in a category, or none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wsisctl.contest.model import SecondVotePolicy

Outcome = str | None
"""The project for which a voter's vote in a category counts, or None."""
_BY_OTHER_VOTES = ("incomplete_ballot", "second_vote")


@dataclass(frozen=True)
class CastVote:
    """A vote for a nominee, and what the count made of it."""

    category: str
    """In which its project is nominated."""
    submission_id: str
    reason: str | None
    """None where it counts."""
    contested: bool

    @property
    def is_valid(self) -> bool:
        """Whether nothing is wrong with it but what the voter's other votes make of it."""
        return self.reason is None or self.reason in _BY_OTHER_VOTES

    @property
    def can_be_upheld(self) -> bool:
        """Whether it may come to be valid."""
        return self.contested and not self.is_valid


@dataclass(frozen=True)
class Resolution:
    """What one voter's vote in one category is, and what it may become."""

    counted_for: Outcome
    costs: tuple[tuple[Outcome, int], ...]
    """Every other outcome with the least number of contested votes resolved otherwise."""


def resolutions(
    ballot: Sequence[CastVote], second_vote: SecondVotePolicy, whole_ballot: Collection[str]
) -> Mapping[str, Resolution]:
    """By category, all that one voter's votes, in the order in which they were cast, can come to.

    `whole_ballot` are the categories without all of which no vote counts; empty where a part will do.
    """
    by_category: dict[str, list[CastVote]] = defaultdict(list)
    for vote in ballot:
        by_category[vote.category].append(vote)
    asked = {category: by_category.get(category, []) for category in whole_ballot}
    found = {}
    for category, votes in by_category.items():
        others = [cast for other, cast in asked.items() if other != category]
        emptied = [votes, *others]
        costs = _Costs()
        complete = _sum(_to_have_one(cast) for cast in others)
        if complete is not None:
            for outcome, cost in _with_a_vote(votes, second_vote):
                costs.add(outcome, cost + complete)
        for cast in emptied:
            costs.add(None, _to_have_none(cast))
        for vote in votes:
            if vote.contested and vote.reason in _BY_OTHER_VOTES:
                costs.add(vote.submission_id, 1)
        found[category] = costs.from_here(_counted_for(votes))
    return found


class _Costs:
    """The least cost of each outcome."""

    def __init__(self) -> None:
        self._least: dict[Outcome, int] = {}

    def add(self, outcome: Outcome, cost: int | None) -> None:
        """None costs more than anything: it cannot be."""
        if cost is not None:
            self._least[outcome] = min(cost, self._least.get(outcome, cost))

    def from_here(self, present: Outcome) -> Resolution:
        others = ((outcome, cost) for outcome, cost in self._least.items() if outcome != present)
        return Resolution(present, tuple(sorted(others, key=lambda item: (item[0] or "", item[1]))))


def _counted_for(votes: Iterable[CastVote]) -> Outcome:
    return next((vote.submission_id for vote in votes if vote.reason is None), None)


def _sum(costs: Iterable[int | None]) -> int | None:
    total = 0
    for cost in costs:
        if cost is None:
            return None
        total += cost
    return total


def _to_have_none(votes: Iterable[CastVote]) -> int | None:
    """How many must be struck out so that none is valid; None where one of them is not contested."""
    valid = [vote for vote in votes if vote.is_valid]
    return len(valid) if all(vote.contested for vote in valid) else None


def _to_have_one(votes: Collection[CastVote]) -> int | None:
    """How many must be upheld so that one is valid; None where none can be."""
    if any(vote.is_valid for vote in votes):
        return 0
    return 1 if any(vote.can_be_upheld for vote in votes) else None


def _with_a_vote(
    votes: Sequence[CastVote], second_vote: SecondVotePolicy
) -> Iterator[tuple[Outcome, int]]:
    """What valid votes of one category come to under the policy, at least one of them being valid."""
    if second_vote == "none":
        yield from _only_one(votes)
        return
    in_the_way: list[CastVote] = []
    for vote in votes if second_vote == "first" else reversed(votes):
        before = _to_have_none(in_the_way)
        if before is not None and (vote.is_valid or vote.can_be_upheld):
            yield vote.submission_id, before + (0 if vote.is_valid else 1)
        in_the_way.append(vote)


def _only_one(votes: Sequence[CastVote]) -> Iterator[tuple[Outcome, int]]:
    """Where two valid votes are none: each of them alone, or two of them."""
    valid = sum(vote.is_valid for vote in votes)
    for place, vote in enumerate(votes):
        others = _to_have_none([*votes[:place], *votes[place + 1 :]])
        if others is not None and (vote.is_valid or vote.can_be_upheld):
            yield vote.submission_id, others + (0 if vote.is_valid else 1)
    missing = max(2 - valid, 0)
    if missing <= sum(vote.can_be_upheld for vote in votes):
        yield None, missing
