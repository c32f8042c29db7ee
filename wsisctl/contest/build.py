"""From a document that fits the schema to the frozen values of `model`."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from wsisctl.contest.model import (
    Category,
    Clause,
    Contest,
    Criterion,
    DefinitionFile,
    Document,
    Domains,
    Embargo,
    FormField,
    Label,
    Lot,
    Panel,
    PanelClauses,
    Phase,
    RuleUse,
    SameEmail,
    TitleClauses,
    Titles,
    Voting,
    category_key,
)
from wsisctl.names import name_key
from wsisctl.times import Instant, load_zone, read_time
from wsisctl.yaml_file import KeyPath, Problem

_ONE_DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = "1970", "2099"
_EXPECTED = "one such as 2030-12-31 or 2030-12-31T23:00:00"


def build(
    data: Mapping[str, Any], definition: DefinitionFile
) -> tuple[Contest | None, list[Problem]]:
    """The contest, or None and every value that cannot be what it should be."""
    try:
        zone = load_zone(data["time_zone"])
    except KeyError:
        message = f"'{data['time_zone']}' is no IANA time zone; expected one such as Europe/Zurich"
        return None, [Problem(("time_zone",), message)]
    phases, problems = _phases(data["phases"], zone)
    spellings, double_names = _spellings(data["categories"])
    problems += double_names
    if problems:
        return None, problems
    contest = Contest(
        id=data["contest"],
        definition=definition,
        name=_label(data["name"]),
        zone=zone,
        phases=phases,
        categories=tuple(_category(item) for item in data["categories"]),
        action_lines=_labels(data.get("action_lines", [])),
        sdgs=MappingProxyType(
            {item["number"]: _label(item["name"]) for item in data.get("sdgs", [])}
        ),
        stakeholder_types=_labels(data.get("stakeholder_types", [])),
        form=tuple(
            FormField(item["id"], _label(item.get("label", item["id"])), item.get("required", True))
            for item in data.get("form", [])
        ),
        rules=MappingProxyType(
            {rule: _rule(rule, use) for rule, use in data.get("rules", {}).items()}
        ),
        voting=_voting(data["voting"]),
        panel=_panel(data["panel"]),
        titles=_titles(data.get("titles")),
        embargo=_embargo(data.get("embargo")),
        documents=MappingProxyType(
            {
                item["id"]: Document(item["id"], _label(item["name"]))
                for item in data.get("documents", [])
            }
        ),
        clauses=tuple(
            Clause(
                item["id"],
                item["where"],
                item["decided_by"],
                tuple(item["enforced_by"]),
                item["says"],
                item.get("original", ""),
            )
            for item in data.get("clauses", [])
        ),
        lot=Lot(data["lot"]["seed"], data["lot"]["on"]) if "lot" in data else None,
        _spellings=spellings,
    )
    return contest, []


def _label(value: str | Mapping[str, str]) -> Label:
    return Label(value) if isinstance(value, str) else Label(value["en"], value.get("zh", ""))


def _labels(items: list[Mapping[str, Any]]) -> Mapping[str, Label]:
    return MappingProxyType({item["id"]: _label(item["name"]) for item in items})


def _phases(data: Mapping[str, Any], zone: ZoneInfo) -> tuple[Mapping[str, Phase], list[Problem]]:
    phases, problems = {}, []
    for name, item in data.items():
        ends: dict[str, Instant | None] = {}
        for end in ("opens", "closes"):
            ends[end], problem = phase_end(item.get(end), ("phases", name, end), zone)
            problems += problem
        opens, closes = ends["opens"], ends["closes"]
        if opens and closes and closes < opens:
            message = f"the phase closes ({item['closes']}) before it opens ({item['opens']})"
            problems.append(Problem(("phases", name, "closes"), message))
        phases[name] = Phase(name, opens, closes, item.get("clause"))
    return MappingProxyType(phases), problems


def phase_end(
    text: str | None, path: KeyPath, zone: ZoneInfo
) -> tuple[Instant | None, list[Problem]]:
    """The first second of a phase, or its last: a date alone means the whole day."""
    if text is None:
        return None, []
    if not _FIRST_YEAR <= text[:4] <= _LAST_YEAR:
        message = (
            f"'{text}' begins with no year from {_FIRST_YEAR} to {_LAST_YEAR}; expected {_EXPECTED}"
        )
        return None, [Problem(path, message)]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        reading = read_time(text, zone)
        if reading.instant is None:
            reason = (
                "falls into the hour that summer time skips"
                if reading.skipped
                else "is no date or time"
            )
            return None, [
                Problem(
                    path,
                    f"'{text}' {reason}; expected {_EXPECTED}",
                )
            ]
        return reading.instant, []
    if path[-1] == "opens":
        return _midnight(day, zone), []
    return Instant(_midnight(day + _ONE_DAY, zone).second - 1), []


def _midnight(day: date, zone: ZoneInfo) -> Instant:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return Instant(int(midnight.timestamp()))


def _category(item: Mapping[str, Any]) -> Category:
    _id, *aliases = (text for _place, text in _written_spellings(item))
    return Category(item["id"], _label(item["name"]), item.get("action_line", ""), tuple(aliases))


def _written_spellings(item: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Everything that means this category, and where in its entry it stands."""
    yield ("id",), item["id"]
    if "number" in item:
        yield ("number",), str(item["number"])
    if isinstance(item["name"], str):
        yield ("name",), item["name"]
    else:
        yield from ((("name", language), text) for language, text in item["name"].items() if text)
    yield from ((("aliases", place), text) for place, text in enumerate(item.get("aliases", ())))


def _spellings(items: list[Mapping[str, Any]]) -> tuple[Mapping[str, str], list[Problem]]:
    """Every spelling of every category to its id; a spelling that means two categories is a problem."""
    spellings: dict[str, str] = {}
    problems = []
    for index, item in enumerate(items):
        for place, spelling in _written_spellings(item):
            owner = spellings.setdefault(category_key(spelling), item["id"])
            if owner != item["id"]:
                message = (
                    f"'{spelling}' already means category {owner}; each spelling names one category"
                )
                problems.append(Problem(("categories", index, *place), message))
    return MappingProxyType(spellings), problems


def _rule(rule: str, use: Mapping[str, Any] | None) -> RuleUse:
    use = use or {}
    settings = MappingProxyType(dict(use.get("settings", {})))
    return RuleUse(rule, use.get("clause"), use.get("severity"), settings)


def _voting(data: Mapping[str, Any]) -> Voting:
    reasons = {reason: (use or {}).get("clause") for reason, use in data["reasons"].items()}
    same_email = data.get("same_email", {})
    return Voting(
        data["phase"],
        tuple(data["profile"]),
        data["second_vote"],
        MappingProxyType(reasons),
        SameEmail(_domains(same_email.get("dots", False)), _domains(same_email.get("plus", False))),
    )


def _domains(value: bool | list[str]) -> Domains:
    if isinstance(value, bool):
        return Domains(every=value)
    return Domains(frozenset(map(name_key, value)))


def _panel(data: Mapping[str, Any]) -> Panel:
    winners = data.get("winners", {"least": 0, "most": 1})
    scale = data.get("scale", {"lowest": 1, "highest": 5})
    criteria = data.get("criteria", {})
    return Panel(
        quota=data.get("quota"),
        honoured=data["honoured"],
        pool=data["pool"],
        fewest_winners=winners["least"],
        most_winners=winners["most"],
        lowest_score=scale["lowest"],
        highest_score=scale["highest"],
        nomination=_criteria(criteria.get("nomination", [])),
        selection=_criteria(criteria.get("selection", [])),
        clauses=_panel_clauses(data.get("clauses", {})),
    )


def _panel_clauses(data: Mapping[str, Any]) -> PanelClauses:
    return PanelClauses(
        quota=tuple(data.get("quota", ())),
        honoured=tuple(data.get("honoured", ())),
        pool=tuple(data.get("pool", ())),
        winners=tuple(data.get("winners", ())),
    )


def _criteria(items: list[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(item["id"], _label(item.get("name", item["id"])), item.get("clause"))
        for item in items
    )


def _titles(data: Mapping[str, Any] | None) -> Titles | None:
    if data is None:
        return None
    clauses = data.get("clauses", {})
    return Titles(
        winner=_label(data["winner"]),
        champion=_label(data["champion"]),
        before_announcement=data.get("before_announcement"),
        clauses=TitleClauses(
            winner=tuple(clauses.get("winner", ())),
            champion=tuple(clauses.get("champion", ())),
            before_announcement=tuple(clauses.get("before_announcement", ())),
        ),
    )


def _embargo(data: Mapping[str, Any] | None) -> Embargo | None:
    return None if data is None else Embargo(data["until"], tuple(data.get("clauses", ())))
