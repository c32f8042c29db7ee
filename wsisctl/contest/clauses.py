"""With which settings a clause is enforced."""

from typing import Any

from wsisctl.contest.model import Clause, Contest, Criterion
from wsisctl.times import written


def settings_of(clause: Clause, contest: Contest) -> dict[str, Any]:
    """The settings of what enforces the clause; by enforcer's name where several have some."""
    by_enforcer = {
        name: settings
        for name in clause.enforced_by
        if (settings := _settings(name, clause, contest))
    }
    return next(iter(by_enforcer.values())) if len(by_enforcer) == 1 else by_enforcer


def _settings(enforcer: str, clause: Clause, contest: Contest) -> dict[str, Any]:
    if enforcer in contest.rules:
        settings = dict(contest.rules[enforcer].settings)
        phase = contest.phases.get(settings["phase"]) if "phase" in settings else None
        return {**settings, **_phase(phase.id, contest)} if phase else settings
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
