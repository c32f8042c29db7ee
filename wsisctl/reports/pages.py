"""The page of one rule, or of one reason why a vote is not counted."""

from collections.abc import Iterator, Mapping
from typing import Any, Never

from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Contest
from wsisctl.errors import UsageError
from wsisctl.reports.report import Entry, Heading, Report, Table
from wsisctl.rules import ALL_RULES
from wsisctl.rules.card import Rule
from wsisctl.shipped import editions
from wsisctl.suggest import suggestion
from wsisctl.voting.reasons import REASONS, Reason


def page_report(code: str, contest: Contest | None) -> Report:
    """The page of `code`; with a contest, also its clause and settings there.

    Raises UsageError for a code that is neither a rule nor a reason.
    """
    every_page: tuple[Rule | Reason, ...] = (*ALL_RULES, *REASONS)
    pages = {page.code: page for page in every_page}
    if code not in pages:
        _refuse_clause(code, contest)
        raise UsageError(
            f"'{code}' is no rule and no reason{suggestion(code, pages)}",
            hint=f"there are pages for {', '.join(pages)}",
        )
    page = pages[code]
    document: dict[str, Any] = {"code": code, "kind": _kind(page)}
    if isinstance(page, Rule):
        document["severity"] = page.severity
    document |= {name: getattr(page, name) for name in ("checks", "why", "example", "mend")}
    if isinstance(page, Rule):
        document |= {"takes": dict(page.settings), "needs": _needs(page, contest)}
    if contest is not None:
        document |= {"contest": contest.id, **_use(code, contest)}
    entries = (*_card(document), *_in_contest(document))
    title = f"{code} ({', '.join(str(document[key]) for key in ('kind', 'severity') if key in document)})"
    return Report(document, Table(("key", "value"), _rows(document)), (Heading(title), *entries))


def _refuse_clause(code: str, contest: Contest | None) -> None:
    """Raise UsageError for the id of a clause: its place is another command."""
    for edition in (*filter(None, [contest]), *map(load_contest, editions())):
        if any(clause.id.casefold() == code.casefold() for clause in edition.clauses):
            raise UsageError(
                f"'{code}' is a clause of contest {edition.id}, no rule and no reason",
                hint="`wsisctl rules` shows what each clause says and what enforces it",
            )


def _kind(page: Rule | Reason) -> str:
    return "rule" if isinstance(page, Rule) else "reason why a vote is not counted"


def _card(document: Mapping[str, Any]) -> Iterator[Entry]:
    """What holds in every contest."""
    headings = {
        "checks": "What it checks",
        "why": "Why",
        "example": "An example that fails",
        "mend": "How to mend it",
    }
    for name, label in headings.items():
        yield Entry(label, (document[name],))
    if "takes" in document:
        yield Entry("Settings", tuple(_settings(document["takes"])) or ("none",))
        yield Entry("Needs the fields", (_fields(document["needs"]),))


def _in_contest(document: Mapping[str, Any]) -> Iterator[Entry]:
    contest = document.get("contest")
    if document.get("used") is False:
        yield Entry(f"Not used in {contest}", ())
    for name, label in (("clause", "Clause in"), ("settings", "Settings in")):
        if document.get(name):
            yield Entry(f"{label} {contest}", (_text(document[name]),))


def _use(code: str, contest: Contest) -> dict[str, Any]:
    if code in contest.rules:
        use = contest.rules[code]
        severity = {"severity": use.severity} if use.severity else {}
        return {**severity, "used": True, "clause": use.clause, "settings": dict(use.settings)}
    if code in contest.voting.reasons:
        return {"used": True, "clause": contest.voting.reasons[code], "settings": {}}
    return {"used": False}


class _AskedForSettings(Exception):
    """What a rule needs depends on its settings."""


class _NoSettingsYet(Mapping[str, Any]):
    """Settings that nobody has written yet: whoever looks at them is found out."""

    def __getitem__(self, key: str) -> Never:
        raise _AskedForSettings

    def __iter__(self) -> Iterator[str]:
        raise _AskedForSettings

    def __len__(self) -> int:
        raise _AskedForSettings


def _needs(rule: Rule, contest: Contest | None) -> list[str] | None:
    """The form's fields without which the rule cannot work; None where its settings will name them."""
    use = contest.rules.get(rule.code) if contest else None
    try:
        return list(rule.needs(use.settings if use else _NoSettingsYet()))
    except _AskedForSettings:
        return None


def _fields(needs: list[str] | None) -> str:
    if needs is None:
        return "those that its settings name"
    return ", ".join(needs) or "none"


def _settings(schema: Mapping[str, Any]) -> Iterator[str]:
    """A line for each setting that a JSON Schema allows: its name, its type, whether it must be there."""
    required = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        yield f"{name}: {_type(part)}, {'required' if name in required else 'optional'}"
    if isinstance(part := schema.get("additionalProperties"), dict):
        number = schema.get("minProperties", 0)
        at_least = f"at least {number} required" if number else "optional"
        yield f"{schema.get('description', 'any name')}: {_type(part)}, {at_least}"


def _type(schema: Mapping[str, Any]) -> str:
    match schema.get("type"):
        case "integer":
            return f"whole number{_from(schema)}"
        case "array":
            return f"list of {_type(schema.get('items', {}))}"
        case "object":
            return f"({'; '.join(_settings(schema))})"
        case "string":
            return "text"
        case "boolean":
            return "true or false"
        case _:
            return f"one of {', '.join(map(str, schema['enum']))}" if "enum" in schema else "value"


def _from(schema: Mapping[str, Any]) -> str:
    return f" from {schema['minimum']}" if "minimum" in schema else ""


def _rows(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    told = {
        **document,
        **({"takes": "; ".join(_settings(document["takes"]))} if "takes" in document else {}),
        **({"needs": _fields(document["needs"])} if "needs" in document else {}),
    }
    return tuple((name, _text(value)) for name, value in told.items())


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
