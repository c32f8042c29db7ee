"""With which settings a clause is enforced, and which amendments changed that."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from wsisctl.contest.model import Amendment, Clause, Contest, Criterion, Phase
from wsisctl.times import written


def settings_of(clause: Clause, contest: Contest) -> dict[str, Any]:
    """The settings of what enforces the clause; by enforcer's name where several have some."""
    by_enforcer = {
        name: settings
        for name in clause.enforced_by
        if (settings := _settings(name, clause, contest))
    }
    return next(iter(by_enforcer.values())) if len(by_enforcer) == 1 else by_enforcer


def amendments_of(clause: Clause, contest: Contest) -> tuple[Amendment, ...]:
    """The amendments that changed what the clause sets, or how it is enforced."""
    enforcing = (place for name in clause.enforced_by for place in _places(name, contest))
    return contest.amended_at(*_set_by(clause, contest), *enforcing)


def _set_by(clause: Clause, contest: Contest) -> Iterator[str]:
    """Where the definition says what the clause itself sets: phases, the embargo, numbers of the panel."""
    for phase in contest.phases.values():
        if phase.clause == clause.id:
            yield f"phases.{phase.id}"
    if contest.embargo and clause.id in contest.embargo.clauses:
        yield f"phases.{contest.embargo.until}"
    for number in fields(contest.panel.clauses):
        if clause.id in getattr(contest.panel.clauses, number.name):
            yield f"panel.{number.name}"


def _places(enforcer: str, contest: Contest) -> tuple[str, ...]:
    """Where the definition says how an enforcer works."""
    if enforcer in contest.rules:
        phase = _phase_of_rule(contest.rules[enforcer].settings, contest)
        return (f"rules.{enforcer}", *([f"phases.{phase.id}"] if phase else []))
    read_by: dict[str, tuple[str, ...]] = {
        "outside_window": (f"phases.{contest.voting.phase}",),
        "incomplete_profile": ("voting.profile",),
        "second_vote": ("voting.second_vote",),
        "nominate": ("panel.quota",),
        "tally": ("panel.honoured", "panel.pool"),
        "select-winners": ("panel.pool", "panel.winners"),
    }
    return (f"voting.reasons.{enforcer}", *read_by.get(enforcer, ()))


def _phase_of_rule(settings: Mapping[str, Any], contest: Contest) -> Phase | None:
    """The phase that a rule's settings name; a box of the form may be called `phase` too."""
    named = settings.get("phase")
    return contest.phases.get(named) if isinstance(named, str) else None


def _settings(enforcer: str, clause: Clause, contest: Contest) -> dict[str, Any]:
    if enforcer in contest.rules:
        settings = dict(contest.rules[enforcer].settings)
        phase = _phase_of_rule(settings, contest)
        return {
            **_lists(enforcer, contest),
            **settings,
            **(_phase(phase.id, contest) if phase else {}),
        }
    voting, panel = contest.voting, contest.panel
    by_name: dict[str, dict[str, Any]] = {
        "outside_window": _phase(voting.phase, contest),
        "incomplete_profile": {"profile": list(voting.profile)},
        "second_vote": {"policy": voting.second_vote},
        "publish": _embargo(clause, contest),
        "nominate": {"quota": panel.quota, "criteria": _criteria(panel.nomination, clause)},
        "tally": {"honoured": panel.honoured, "pool": panel.pool},
        "select-winners": {
            "pool": panel.pool,
            "winners": {"least": panel.fewest_winners, "most": panel.most_winners},
            "criteria": _criteria(panel.selection, clause),
        },
    }
    return by_name.get(enforcer, {})


def _lists(rule: str, contest: Contest) -> dict[str, Any]:
    """The definition's lists that a rule compares with; they are not among its settings."""
    by_rule: dict[str, dict[str, Any]] = {
        "category": {"categories": [category.id for category in contest.categories]},
        "entity-type": {"types": list(contest.stakeholder_types)},
        "sdgs": {"goals": list(contest.sdgs)},
    }
    return by_rule.get(rule, {})


def _embargo(clause: Clause, contest: Contest) -> dict[str, Any]:
    """Until when nothing may be told; `opens` is absent while no date has been announced."""
    embargo = contest.embargo
    if embargo is None or clause.id not in embargo.clauses:
        return {}
    return {"until": embargo.until, **_phase(embargo.until, contest)}


def _phase(name: str, contest: Contest) -> dict[str, Any]:
    phase = contest.phases[name]
    return {
        end: written(instant, contest.zone)
        for end, instant in (("opens", phase.opens), ("closes", phase.closes))
        if instant is not None
    }


def _criteria(criteria: tuple[Criterion, ...], clause: Clause) -> list[str]:
    """The criteria that come from this clause; all of them for a clause that none names."""
    own = [criterion.id for criterion in criteria if criterion.clause == clause.id]
    return own or [criterion.id for criterion in criteria]
