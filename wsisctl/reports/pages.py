"""The page of one rule, or of one reason why a vote is not counted."""

from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.errors import UsageError
from wsisctl.reports.report import Entry, Heading, Report, Table
from wsisctl.rules import ALL_RULES
from wsisctl.rules.card import Rule
from wsisctl.suggest import suggestion
from wsisctl.voting.reasons import REASONS, Reason


def page_report(code: str, contest: Contest | None) -> Report:
    """The page of `code`; with a contest, also its clause and settings there.

    Raises UsageError for a code that is neither a rule nor a reason.
    """
    every_page: tuple[Rule | Reason, ...] = (*ALL_RULES, *REASONS)
    pages = {page.code: page for page in every_page}
    if code not in pages:
        raise UsageError(
            f"'{code}' is no rule and no reason{suggestion(code, pages)}",
            hint=f"there are pages for {', '.join(pages)}",
        )
    page = pages[code]
    document: dict[str, Any] = {"code": code, "kind": _kind(page)}
    if isinstance(page, Rule):
        document["severity"] = page.severity
    document |= {name: getattr(page, name) for name in ("checks", "why", "example", "mend")}
    if contest is not None:
        document |= {"contest": contest.id, **_use(code, contest)}
    rows = tuple((name, _text(value)) for name, value in document.items())
    headings = {
        "checks": "What it checks",
        "why": "Why",
        "example": "An example that fails",
        "mend": "How to mend it",
    }
    entries = tuple(Entry(label, (document[name],)) for name, label in headings.items())
    in_contest = tuple(
        Entry(label, (_text(document[name]),))
        for name, label in (
            ("clause", f"Clause in {document.get('contest')}"),
            ("settings", "Settings"),
        )
        if document.get(name)
    )
    if document.get("used") is False:
        in_contest = (Entry(f"Not used in {document['contest']}", ()),)
    title = f"{code} ({', '.join(str(document[key]) for key in ('kind', 'severity') if key in document)})"
    return Report(document, Table(("key", "value"), rows), (Heading(title), *entries, *in_contest))


def _kind(page: Rule | Reason) -> str:
    return "rule" if isinstance(page, Rule) else "reason why a vote is not counted"


def _use(code: str, contest: Contest) -> dict[str, Any]:
    if code in contest.rules:
        use = contest.rules[code]
        severity = {"severity": use.severity} if use.severity else {}
        return {**severity, "used": True, "clause": use.clause, "settings": dict(use.settings)}
    if code in contest.voting.reasons:
        return {"used": True, "clause": contest.voting.reasons[code], "settings": {}}
    return {"used": False}


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
