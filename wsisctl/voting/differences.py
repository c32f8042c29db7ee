"""What two counters say, side by side: any difference, and the very votes it comes from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wsisctl.findings import Source
from wsisctl.recount import Recount
from wsisctl.voting.count import Count
from wsisctl.voting.tally import CategoryTally, Tally

COUNTED = "counted"
_MOST_VOTES = 100
"""Differing votes that are named; of the others only the number is."""


@dataclass(frozen=True)
class DifferingVote:
    """A vote on which the counters disagree: a reason, or `counted`, from each."""

    vote_id: str
    source: Source
    count: str
    recount: str


@dataclass(frozen=True)
class Comparison:
    """What came of counting twice."""

    recounted: int
    """Votes that the second counter read."""
    results: tuple[str, ...]
    """What differs in the result, as sentences."""
    votes: tuple[DifferingVote, ...]
    """By file and row, not more than a person looks at."""
    further: int = 0
    """How many more there are."""

    @property
    def agrees(self) -> bool:
        """Whether there is no difference at all."""
        return not self.results and not self.votes


def compare(tally: Tally, count: Count, again: Recount) -> Comparison:
    """Hold the tally against the second count."""
    differing = list(_differing_votes(tally, again))
    results = (*_numbers(tally, count, again), *_categories(tally, again))
    shown = tuple(differing[:_MOST_VOTES])
    return Comparison(again.votes["read"], results, shown, len(differing) - len(shown))


def _differing_votes(tally: Tally, again: Recount) -> Iterator[DifferingVote]:
    ours = {
        (vote.source.file, vote.source.row): (vote.vote_id, vote.reason) for vote in tally.rejected
    }
    theirs = {(vote.file, vote.row): (vote.vote_id, vote.reason) for vote in again.rejected}
    for place in sorted({place for place, _ in ours.items() ^ theirs.items()}):
        found = [given.get(place) for given in (ours, theirs)]
        reasons = [vote[1] if vote else COUNTED for vote in found]
        yield DifferingVote(min(vote[0] for vote in found if vote), Source(*place), *reasons)


def _numbers(tally: Tally, count: Count, again: Recount) -> Iterator[str]:
    rejected = len(tally.rejected)
    reasons = again.votes["rejected_by_reason"]
    numbers = {
        "votes read": (tally.read, again.votes["read"]),
        "votes counted": (tally.read - rejected, again.votes["counted"]),
        "votes rejected": (rejected, again.votes["rejected"]),
        **{
            f"rejected as {reason}": (
                tally.rejected.by_reason.get(reason, 0),
                reasons.get(reason, 0),
            )
            for reason in {**tally.rejected.by_reason, **reasons}
        },
        "members with a vote counted": (count.voters, again.voters),
        "complete ballots": (count.complete_ballots, again.complete_ballots),
    }
    for what, (one, other) in numbers.items():
        if one != other:
            yield _sentence(what, one, other)


def _categories(tally: Tally, again: Recount) -> Iterator[str]:
    for ours, theirs in zip(tally.categories, again.categories, strict=True):
        for what, (one, other) in _of_category(ours, theirs).items():
            if one != other:
                yield _sentence(f"{ours.category}: {what}", one, other)


def _of_category(
    ours: CategoryTally, theirs: Mapping[str, Any]
) -> dict[str, tuple[object, object]]:
    standings = {place["submission_id"]: place for place in theirs["standings"]}
    votes = {place.submission_id: place.value for place in ours.standings}
    resolved = _resolved(ours)
    return {
        "votes": (ours.votes, theirs["votes"]),
        **{
            f"votes for {each}": (votes.get(each), standings.get(each, {}).get("votes"))
            for each in {**votes, **standings}
        },
        "standings": (
            _listed(f"{place.rank} {place.submission_id}" for place in ours.standings),
            _listed(f"{place['rank']} {place['submission_id']}" for place in theirs["standings"]),
        ),
        "ties": (
            _listed(_tie(tie.cut, tie.tie.place, tie.tie.value, tie.tie.submission_ids) for tie in ours.ties),
            _listed(_tie(*tie.values()) for tie in theirs["ties"]),
        ),
        "honoured": _chosen("honoured", ours.honoured, theirs, resolved),
        "pool": _chosen("pool", ours.pool, theirs, resolved),
    }  # fmt: skip


def _resolved(ours: CategoryTally) -> dict[str, frozenset[str]]:
    """The contenders of each cut at which people resolved a tie; one tie may be that of both cuts."""
    resolved: dict[str, frozenset[str]] = {
        tie.cut: frozenset(tie.tie.submission_ids) for tie in ours.ties if tie.resolved
    }
    if ours.pool == ours.honoured and "honoured" in resolved:
        resolved.setdefault("pool", resolved["honoured"])
    return resolved


def _chosen(
    cut: str,
    chosen: Iterable[str],
    theirs: Mapping[str, Any],
    resolved: Mapping[str, frozenset[str]],
) -> tuple[object, object]:
    """Those in at a cut. The second counter knows no decisions: they may add contenders of the tie, no others."""
    certain = [each for each in chosen if each not in resolved.get(cut, ())]
    return _listed(certain), _listed(theirs[cut])


def _tie(cut: str, place: int, votes: object, submission_ids: Iterable[str]) -> str:
    return f"{cut} at place {place} with {votes} votes among {_listed(submission_ids)}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"


def _sentence(what: str, one: object, other: object) -> str:
    return f"{what}: {one} by the count, {other} by the second counter"
