"""The shortlist: eligible submissions ranked by score and cut by the quota, or named by a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wsisctl.contest.model import Contest
from wsisctl.panel.assessment import Assessments
from wsisctl.panel.unresolved import Unresolved
from wsisctl.ranking import cut, rank
from wsisctl.records.decisions import Choice, Decisions
from wsisctl.records.submissions import Submission
from wsisctl.tie_breaks import NO_TIE, DrawnLot, settled, unused_tie_break


@dataclass(frozen=True)
class Nominated:
    """A place on the shortlist; rank and score are None where a decision named it."""

    submission: Submission
    rank: int | None
    score: Fraction | None


@dataclass(frozen=True)
class CategoryShortlist:
    """The nominees of one category and what keeps the list from being final."""

    category: str
    nominees: tuple[Nominated, ...]
    unresolved: tuple[Unresolved, ...]
    lot: DrawnLot | None = None
    """Where one was drawn for the last places."""


@dataclass(frozen=True)
class Shortlist:
    """The nominees of the contest."""

    contest: str
    categories: tuple[CategoryShortlist, ...]
    remarks: tuple[str, ...]

    @property
    def unresolved(self) -> bool:
        """Whether anything is left to decide."""
        return any(category.unresolved for category in self.categories)


def nominate(
    contest: Contest,
    eligible: Sequence[Submission],
    assessments: Assessments,
    decisions: Decisions,
) -> Shortlist:
    """Only `eligible` submissions can come onto the list, by any path."""
    remarks: list[str] = []
    categories = []
    for category in contest.categories:
        candidates = {item.id: item for item in eligible if item.category == category.id}
        decision = decisions.nominations.get(category.id)
        scored = any(assessments.has_sheets(identity) for identity in candidates)
        if decision is None and scored and contest.panel.quota:
            shortlist = _by_score(
                category.id, contest.panel.quota, candidates, assessments, decisions, remarks
            )
        else:
            why = NO_TIE if decision is None else "a decision names the nominees"
            unused_tie_break(decisions.tie_breaks.get(("quota", category.id)), why, remarks)
            shortlist = (
                _undecided(contest, category.id, candidates)
                if decision is None
                else _by_decision(contest, candidates, decision, remarks)
            )
        categories.append(shortlist)
    return Shortlist(contest.id, tuple(categories), tuple(remarks))


def _by_decision(
    contest: Contest, candidates: Mapping[str, Submission], decision: Choice, remarks: list[str]
) -> CategoryShortlist:
    if not candidates:
        remarks.append(
            f"{decision.signed.place}: the nomination in {decision.category} changes nothing: "
            "no submission there is eligible"
        )
    named = sorted(decision.submission_ids)
    barred = tuple(identity for identity in named if identity not in candidates)
    why = (
        f"named at {decision.signed.place}, but not among the eligible submissions of "
        f"{decision.category}"
    )
    return CategoryShortlist(
        decision.category,
        tuple(Nominated(candidates[item], None, None) for item in named if item in candidates),
        (Unresolved("quota", contest.panel.quota, barred, why),) if barred else (),
    )


def _by_score(
    category: str,
    quota: int,
    candidates: Mapping[str, Submission],
    assessments: Assessments,
    decisions: Decisions,
    remarks: list[str],
) -> CategoryShortlist:
    scores: dict[str, int | Fraction] = {}
    unresolved = []
    for identity in sorted(candidates):
        assessment = assessments.of(identity)
        if assessment.score is None:
            unresolved.append(Unresolved("quota", quota, (identity,), assessment.why_not))
        else:
            scores[identity] = assessment.score
    ranking = rank(scores)
    result = cut(ranking, quota)
    tie = settled(result, "quota", category, decisions, remarks)
    if result.tie and not tie:
        why = f"equal scores for the last {result.open_places} of {quota} places"
        unresolved.insert(0, Unresolved("quota", quota, result.tie.submission_ids, why))
    places = {place.submission_id: place for place in ranking}
    chosen = result.completed(tie.order if tie else ())
    nominees = (
        Nominated(candidates[identity], places[identity].rank, Fraction(places[identity].value))
        for identity in chosen
    )
    return CategoryShortlist(category, tuple(nominees), tuple(unresolved), tie.lot if tie else None)


def _undecided(
    contest: Contest, category: str, candidates: Mapping[str, Submission]
) -> CategoryShortlist:
    if not candidates:
        return CategoryShortlist(category, (), ())
    quota = contest.panel.quota
    if quota is None:
        why = "this contest has no quota: only a recorded decision nominates, and there is none"
    else:
        why = "no scores and no decision"
    return CategoryShortlist(
        category, (), (Unresolved("quota", quota, tuple(sorted(candidates)), why),)
    )
