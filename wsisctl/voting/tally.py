"""From the count to who is honoured and whom the panel chooses among."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.ranking import Place, Tie, cut, rank
from wsisctl.records.decisions import Decisions
from wsisctl.tie_breaks import Settled, settled, unused_tie_break
from wsisctl.times import Instant, written
from wsisctl.voting.count import Count
from wsisctl.voting.rejected import RejectedVotes
from wsisctl.voting.window import voting_window

TallyCut = Literal["honoured", "pool"]
_ONE_CUT = "the pool is the honoured here, so a tie across its end is one at the cut honoured"


@dataclass(frozen=True)
class TalliedTie:
    """A tie across a cut, and how a recorded tie-break settles it."""

    cut: TallyCut
    tie: Tie
    settled: Settled | None
    """None while it is open."""

    @property
    def resolved(self) -> bool:
        """Whether a decision, itself or by a lot, says who of the contenders follows."""
        return self.settled is not None


@dataclass(frozen=True)
class CategoryTally:
    """The outcome of the vote in one category."""

    category: str
    standings: tuple[Place, ...]
    honoured: tuple[str, ...]
    pool: tuple[str, ...]
    ties: tuple[TalliedTie, ...]

    @property
    def votes(self) -> int:
        """Votes counted in this category."""
        return sum(int(place.value) for place in self.standings)


@dataclass(frozen=True)
class Tally:
    """The outcome of the vote."""

    contest: str
    opens: str
    closes: str
    read: int
    rejected: RejectedVotes
    categories: tuple[CategoryTally, ...]
    voters: int
    complete_ballots: int
    remarks: tuple[str, ...]
    """Recorded tie-breaks that do not fit, as sentences with their place."""
    as_of: str = ""
    """The last second that is counted; empty for a count of the whole vote."""

    @property
    def window(self) -> dict[str, str]:
        """When people could vote."""
        return {"opens": self.opens, "closes": self.closes}

    @property
    def unresolved(self) -> bool:
        """Whether a tie is still open."""
        return any(not tie.resolved for category in self.categories for tie in category.ties)


def tally(
    contest: Contest, count: Count, decisions: Decisions, as_of: Instant | None = None
) -> Tally:
    """Rank each category and cut it, by the definition's numbers and the recorded tie-breaks."""
    remarks: list[str] = []
    categories = tuple(
        _category(contest, category, rank(votes), decisions, remarks)
        for category, votes in count.standings.items()
    )
    opens, closes = voting_window(contest)
    return Tally(
        contest.id,
        written(opens, contest.zone),
        written(closes, contest.zone),
        count.read,
        count.rejected,
        categories,
        count.voters,
        count.complete_ballots,
        tuple(remarks),
        written(as_of, contest.zone) if as_of else "",
    )


def _category(
    contest: Contest,
    category: str,
    standings: tuple[Place, ...],
    decisions: Decisions,
    remarks: list[str],
) -> CategoryTally:
    cuts: dict[TallyCut, int] = {"honoured": contest.panel.honoured, "pool": contest.panel.pool}
    chosen: dict[TallyCut, tuple[str, ...]] = {}
    ties: list[TalliedTie] = []
    for name, places in cuts.items():
        if name == "pool" and places == cuts["honoured"]:
            chosen["pool"] = chosen["honoured"]
            unused_tie_break(decisions.tie_breaks.get(("pool", category)), _ONE_CUT, remarks)
            continue
        result = cut(standings, places)
        tie = settled(result, name, category, decisions, remarks)
        chosen[name] = result.completed(tie.order if tie else ())
        if result.tie:
            ties.append(TalliedTie(name, result.tie, tie))
    _refuse_pool_outside_honoured(category, chosen, ties, decisions)
    return CategoryTally(category, standings, chosen["honoured"], chosen["pool"], tuple(ties))


def _refuse_pool_outside_honoured(
    category: str,
    chosen: Mapping[TallyCut, tuple[str, ...]],
    ties: list[TalliedTie],
    decisions: Decisions,
) -> None:
    """Two tie-breaks of one category contradict each other where the pool would hold an unhonoured project."""
    if len(ties) < 2 or not all(tie.resolved for tie in ties):
        return
    if set(chosen["pool"]) <= set(chosen["honoured"]):
        return
    first, second = (decisions.tie_breaks[tie.cut, category].signed.place for tie in ties)
    raise UnusableInput(
        f"{second}: this decision contradicts the one at {first}: the pool of {category} would hold a "
        "project that is not honoured",
        hint="give both cuts the same order",
    )
