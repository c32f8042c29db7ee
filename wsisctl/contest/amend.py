"""A definition with an amendment laid over it (docs/decisions/0007-amendments.md)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from wsisctl.contest.build import phase_end
from wsisctl.contest.model import Amendment, Change, Contest, MovedEnd
from wsisctl.contest.schema import load_schema
from wsisctl.suggest import suggestion
from wsisctl.times import Instant
from wsisctl.yaml_file import KeyPath, Problem, date_problem

AMENDMENTS = "amendments"
_SECTIONS = ("phases", "voting", "rules", "panel")
"""What an amendment may change, in the order in which changes are told."""
_IN_FORCE = "in force"


@dataclass(frozen=True)
class Laid:
    """A definition after one more amendment."""

    data: Mapping[str, Any]
    amendment: Amendment
    problems: tuple[Problem, ...]
    """What changes nothing, or nothing that is there; paths begin at the amendment."""


def day_problems(items: Sequence[Mapping[str, Any]], day: str, whose: str) -> Iterator[Problem]:
    """Every day that is no date, or lies before the one above it; above the first is `day`, that of `whose`."""
    for index, item in enumerate(items):
        path: KeyPath = (AMENDMENTS, index, "on")
        if message := date_problem(item["on"]):
            yield Problem(path, message)
        elif item["on"] < day:
            message = f"{item['on']} is before {day}, the day of {whose}; expected {day} or later"
            yield Problem(path, message)
        else:
            day, whose = item["on"], "the amendment above"


def lay(item: Mapping[str, Any], data: Mapping[str, Any], zone: ZoneInfo) -> Laid:
    """Lay an amendment over the definition as it stands: mappings key by key, anything else whole."""
    given = {section: item[section] for section in _SECTIONS if section in item}
    changes: dict[Change, None] = {}
    problems = []
    for path, value in _leaves(given):
        made = dict.fromkeys(_changes(path, value, data, zone))
        changes.update(made)
        if path[0] == "phases" and path[1] not in data["phases"]:
            problems.append(_no_phase(path, data["phases"]))
        elif not made:
            problems.append(_no_change(path, value))
    by, reason, source = (" ".join(item.get(key, "").split()) for key in ("by", "reason", "source"))
    amendment = Amendment(item["on"], by, reason, source, tuple(changes))
    return Laid(_laid_over(data, given), amendment, tuple(problems))


def _no_phase(path: tuple[str, ...], phases: Mapping[str, Any]) -> Problem:
    message = f"'{path[1]}' is no phase{suggestion(path[1], phases)}"
    return Problem(path[:2], message, at_key=True)


def _no_change(path: tuple[str, ...], value: Any) -> Problem:
    if path == _use(path):
        stands = _IN_FORCE
    elif value == {}:
        return Problem(path, f"{_place(path)} is empty; write what the amendment changes")
    else:
        stands = _text(value) or "null"
    message = f"{_place(path)} is {stands} already; write only what the amendment changes"
    return Problem(path, message)


def _leaves(
    value: Mapping[str, Any], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Everything an amendment sets, with its place; an empty mapping is a rule or reason put in force."""
    for key, inner in value.items():
        if isinstance(inner, Mapping) and inner:
            yield from _leaves(inner, (*above, key))
        else:
            yield (*above, key), inner


def _changes(
    path: tuple[str, ...], value: Any, data: Mapping[str, Any], zone: ZoneInfo
) -> Iterator[Change]:
    use = _use(path)
    if use and use[-1] not in (_at(use[:-1], data) or {}):
        yield Change(_place(use), None, _IN_FORCE)
    if path == use or value == {}:  # nothing lies in it that could lie over something
        return
    before = _at(path, data)
    if before != value and not (path[0] == "phases" and _same_time(path, before, value, zone)):
        yield Change(_place(path), _text(before), _text(value))


def _use(path: tuple[str, ...]) -> tuple[str, ...]:
    """The rule or reason to which a place belongs; empty for any other place."""
    match path:
        case ("rules", _, *_):
            return path[:2]
        case ("voting", "reasons", _, *_):
            return path[:3]
        case _:
            return ()


def _at(path: tuple[str, ...], data: Mapping[str, Any]) -> Any:
    value: Any = data
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _same_time(path: tuple[str, ...], before: str | None, after: str, zone: ZoneInfo) -> bool:
    """Whether two ways to write an end of a phase mean the same second."""
    instant, _ = phase_end(after, path, zone)
    return instant is not None and instant == phase_end(before, path, zone)[0]


def _place(path: tuple[str, ...]) -> str:
    return ".".join(path)


def _text(value: Any) -> str | None:
    """As a person reads it; None for what is nothing."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or None
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _laid_over(data: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    merged = _merged(data, given)
    clauses = [_enforced(clause, given) for clause in data.get("clauses", ())]
    reasons = merged["voting"]["reasons"]
    if len(reasons) > len(data["voting"]["reasons"]):
        merged["voting"]["reasons"] = _in_order(reasons)
    return {**merged, "clauses": clauses}


def _in_order(reasons: Mapping[str, Any]) -> Mapping[str, Any]:
    """The reasons in the order in which they are tried, whichever was there first."""
    order = load_schema("contest")["$defs"]["reasons"]["properties"]
    return {reason: reasons[reason] for reason in order if reason in reasons}


def _merged(below: Any, above: Any) -> Any:
    if not isinstance(above, Mapping):
        return above
    base = below if isinstance(below, Mapping) else {}
    return {**base, **{key: _merged(base.get(key), value) for key, value in above.items()}}


def _enforced(clause: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The clause, enforced also by the rules and reasons that the amendment lets cite it."""
    uses = (*given.get("rules", {}).items(), *given.get("voting", {}).get("reasons", {}).items())
    citing = [name for name, use in uses if use and use.get("clause") == clause["id"]]
    added = [name for name in citing if name not in clause["enforced_by"]]
    return {**clause, "enforced_by": [*clause["enforced_by"], *added]} if added else clause


def amended(contest: Contest, letter: Contest, amendments: tuple[Amendment, ...]) -> Contest:
    """The contest that knows its amendments, and which of them moved which end of a phase."""
    phases = {
        name: replace(
            phase,
            opening_moved=_moved(f"phases.{name}.opens", letter.phases[name].opens, amendments),
            closing_moved=_moved(f"phases.{name}.closes", letter.phases[name].closes, amendments),
        )
        for name, phase in contest.phases.items()
    }
    return replace(contest, amendments=amendments, phases=MappingProxyType(phases))


def _moved(
    place: str, letter: Instant | None, amendments: tuple[Amendment, ...]
) -> MovedEnd | None:
    moving = [amendment for amendment in amendments if amendment.touches(place)]
    return MovedEnd(letter, moving[-1]) if moving else None
