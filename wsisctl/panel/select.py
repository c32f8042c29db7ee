"""The winner among the pool, and the champions: the honoured who did not win."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from wsisctl.contest.model import Contest
from wsisctl.panel.assessment import Assessments
from wsisctl.panel.unresolved import Unresolved
from wsisctl.ranking import cut, rank
from wsisctl.records.decisions import Choice, Decisions
from wsisctl.tie_breaks import NO_TIE, DrawnLot, settled, unused_tie_break
from wsisctl.voting.outcome import CategoryOutcome


@dataclass(frozen=True)
class CategoryResult:
    """Who won a category and who are its champions."""

    category: str
    winners: tuple[str, ...]
    champions: tuple[str, ...]
    basis: Literal["scores", "decision"] | None
    """None where the category has no result, or nobody to win it."""
    unresolved: tuple[Unresolved, ...]
    lot: DrawnLot | None = None
    """Where one was drawn among equal highest scores."""


@dataclass(frozen=True)
class Selection:
    """The results of the contest."""

    contest: str
    categories: tuple[CategoryResult, ...]
    remarks: tuple[str, ...]

    @property
    def unresolved(self) -> bool:
        """Whether anything is left to decide."""
        return any(category.unresolved for category in self.categories)


@dataclass(frozen=True)
class _Winners:
    ids: tuple[str, ...]
    basis: Literal["scores", "decision"]
    lot: DrawnLot | None = None


def select_winners(
    contest: Contest,
    outcomes: Sequence[CategoryOutcome],
    assessments: Assessments,
    decisions: Decisions,
) -> Selection:
    """A recorded decision names the winners, else the single highest score in the pool does."""
    remarks: list[str] = []
    categories = tuple(_category(outcome, assessments, decisions, remarks) for outcome in outcomes)
    return Selection(contest.id, categories, tuple(remarks))


def _category(
    outcome: CategoryOutcome,
    assessments: Assessments,
    decisions: Decisions,
    remarks: list[str],
) -> CategoryResult:
    open_cuts = tuple(
        Unresolved(
            tie.cut,
            tie.place,
            tie.submission_ids,
            f"an open tie in the vote, each with {tie.votes}",
        )
        for tie in outcome.open_ties
    )
    decision = decisions.winners.get(outcome.category)
    _tell_unused(outcome, decisions, remarks)
    if any(item.cut == "honoured" for item in open_cuts):
        return CategoryResult(outcome.category, (), (), None, open_cuts)
    if decision is not None:
        found = _by_decision(outcome, decision)
    elif not outcome.honoured:
        return CategoryResult(outcome.category, (), (), None, ())
    elif open_cuts:
        return CategoryResult(outcome.category, (), (), None, open_cuts)
    else:
        found = _by_score(outcome, assessments, decisions, remarks)
    if isinstance(found, Unresolved):
        return CategoryResult(outcome.category, (), (), None, (*open_cuts, found))
    return CategoryResult(
        outcome.category,
        found.ids,
        tuple(
            identity
            for identity in outcome.standings
            if identity in outcome.honoured and identity not in found.ids
        ),
        found.basis,
        (),
        found.lot,
    )


def _tell_unused(outcome: CategoryOutcome, decisions: Decisions, remarks: list[str]) -> None:
    """Recorded decisions about a category that is not decided by its scores, or not at all."""
    decision = decisions.winners.get(outcome.category)
    tie_break = decisions.tie_breaks.get(("winner", outcome.category))
    open_cuts = {tie.cut for tie in outcome.open_ties}
    if decision is not None:
        unused_tie_break(tie_break, "a decision names the winners", remarks)
        named = f"{decision.signed.place}: the decision on the winners of {outcome.category}"
        if "honoured" in open_cuts:
            remarks.append(f"{named} changes nothing: a tie in the vote is open")
        elif not outcome.pool and not open_cuts:
            remarks.append(f"{named} changes nothing: nobody is in the pool")
    elif open_cuts:
        unused_tie_break(tie_break, "a tie in the vote is open", remarks)
    elif not outcome.honoured:
        unused_tie_break(tie_break, NO_TIE, remarks)


def _by_decision(outcome: CategoryOutcome, decision: Choice) -> _Winners | Unresolved:
    outside = tuple(sorted(set(decision.submission_ids) - set(outcome.pool)))
    if outside:
        why = f"named as winner at {decision.signed.place}, but not in the pool"
        return Unresolved("winner", 1, outside, why)
    ids = tuple(item for item in outcome.standings if item in decision.submission_ids)
    return _Winners(ids, "decision")


def _by_score(
    outcome: CategoryOutcome,
    assessments: Assessments,
    decisions: Decisions,
    remarks: list[str],
) -> _Winners | Unresolved:
    scores: dict[str, int | Fraction] = {}
    without: Mapping[str, str] = {}
    for identity in outcome.pool:
        assessment = assessments.of(identity)
        if assessment.score is None:
            without = {**without, identity: assessment.why_not}
        else:
            scores[identity] = assessment.score
    tie_break = decisions.tie_breaks.get(("winner", outcome.category))
    if without:
        unused_tie_break(tie_break, "not all of the pool have a score", remarks)
        reasons = sorted(set(without.values()))
        return Unresolved("winner", 1, tuple(sorted(without)), "; ".join(reasons))
    result = cut(rank(scores), 1)
    tie = settled(result, "winner", outcome.category, decisions, remarks)
    if result.tie is None:
        return _Winners(result.certain, "scores")
    if tie is None:
        return Unresolved("winner", 1, result.tie.submission_ids, "equal highest scores")
    return _Winners(result.completed(tie.order), "decision", tie.lot)
