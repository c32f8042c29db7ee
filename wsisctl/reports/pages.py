"""The page of one rule, of one reason why a vote is not counted, or of one clause."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wsisctl.contest.clauses import amendments_of, settings_of
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Clause, Contest, Label
from wsisctl.errors import UsageError
from wsisctl.reports import labels, page_labels
from wsisctl.reports.allowed_settings import needed_fields, told_settings
from wsisctl.reports.amendments import amendment_lines
from wsisctl.reports.clauses import clause_page, shown_settings
from wsisctl.reports.report import Block, Heading, Report, Section, Table
from wsisctl.reports.validation import validation_report
from wsisctl.rules import ALL_RULES, ALWAYS
from wsisctl.rules.card import Rule
from wsisctl.rules.engine import Validation
from wsisctl.rules.trial import tried
from wsisctl.shipped import editions
from wsisctl.suggest import suggestion
from wsisctl.voting.reasons import REASONS, Reason
from wsisctl.wording import listed

Page = Rule | Reason


def page_report(code: str, contest: Contest | None, language: str = "en") -> Report:
    """The page of `code` as it is used in the contest; without one, in every shipped edition.

    Raises UsageError for a code that is no rule, no reason and no clause.
    """
    every_page: tuple[Page, ...] = (*ALL_RULES, *REASONS)
    pages = {page.code: page for page in every_page}
    shipped = [load_contest(name) for name in editions()]
    if code in pages:
        return _card_report(pages[code], [contest] if contest else shipped, contest, language)
    clauses = {
        clause.id: (clause, edition)
        for edition in (*shipped, *([contest] if contest else []))
        for clause in edition.clauses
    }
    for clause, edition in clauses.values():
        if clause.id.casefold() == code.casefold():
            return clause_page(clause, edition, language)
    raise UsageError(
        f"'{code}' is no rule, no reason and no clause{suggestion(code, [*pages, *clauses])}",
        hint=_where_pages_are(
            code, [item.id for item in contest.clauses] if contest else [*clauses]
        ),
    )


def _where_pages_are(code: str, clauses: Sequence[str]) -> str:
    """For a code that looks like a clause's id, the clauses; for another one, where all are listed."""
    if clauses and any(character.isdigit() for character in code):
        edition = code.partition("-")[0]
        near = [clause for clause in clauses if clause.partition("-")[0] == edition]
        return f"the clauses are {listed(near or clauses)}; `wsisctl rules` shows them all"
    return (
        "`wsisctl rules` shows every clause with the rules and reasons that enforce it; "
        "docs/rules/README.md lists all rules and reasons"
    )


def _card_report(
    page: Page, looked_at: Sequence[Contest], contest: Contest | None, language: str
) -> Report:
    uses = [_use(page, edition, language) for edition in looked_at]
    document: dict[str, Any] = {
        "code": page.code,
        "kind": "rule" if isinstance(page, Rule) else "reason why a vote is not counted",
        **({"severity": page.severity} if isinstance(page, Rule) else {}),
        "checks": page.checks,
        "why": page.why,
        "example": page.example,
        "mend": page.mend,
    }
    told: list[Block] = []
    needs = ""
    if isinstance(page, Rule):
        if trial := _trial(page, looked_at):
            edition, validation = trial
            document["finds"] = validation_report(validation).document
            told = _told(edition, validation, language)
        needed = needed_fields(page, contest)
        needs = needed.in_words
        document |= {"takes": dict(page.settings), "needs": needed.document}
    document |= uses[0] if contest else {"editions": uses}
    blocks = (*_card(document, told, needs, language), *_in_editions(uses, language))
    return Report(document, Table(("key", "value"), _rows(document, needs)), blocks)


def _use(page: Page, contest: Contest, language: str) -> dict[str, Any]:
    """What is the page's own in one contest."""
    if page in ALWAYS:
        cited = None
    elif page.code in contest.rules:
        cited = contest.rules[page.code].clause
    elif page.code in contest.voting.reasons:
        cited = contest.voting.reasons[page.code]
    else:
        return {"contest": contest.id, "used": False}
    use = contest.rules.get(page.code)
    alone = Clause("", "", "context", (page.code,), "")
    clause = next((clause for clause in contest.clauses if clause.id == cited), None)
    return {
        "contest": contest.id,
        "used": True,
        **({"severity": use.severity} if use and use.severity else {}),
        "clause": cited,
        "where": clause.where if clause else None,
        "says": clause.text(language) if clause else None,
        "settings": settings_of(alone, contest),
        "amended": list(amendment_lines(amendments_of(alone, contest))),
    }


def _trial(rule: Rule, editions: Sequence[Contest]) -> tuple[Contest, Validation] | None:
    """What is found in the rule's specimen, in the last edition that uses it."""
    for edition in reversed(editions):
        if rule.code in edition.rules or rule in ALWAYS:
            validation = tried(rule, edition)
            if validation is not None:
                return edition, validation
    return None


def _told(edition: Contest, validation: Validation, language: str) -> list[Block]:
    title = page_labels.TOLD.filled(language, contest=edition.id)
    return [Section(title), *validation_report(validation).details]


def _card(
    document: Mapping[str, Any], told: Sequence[Block], needs: str, language: str
) -> Iterator[Block]:
    """What holds in every contest."""

    def say(label: Label, **values: object) -> str:
        return label.filled(language, **values)

    kinds = [page_labels.KINDS[document["kind"]]]
    if "severity" in document:
        kinds.append(labels.SEVERITIES[document["severity"]])
    kind = say(page_labels.COMMA).join(map(say, kinds))
    yield Heading(say(page_labels.TITLE, code=document["code"], kinds=kind), level=1)
    yield Section(say(page_labels.CHECKS), (document["checks"],))
    yield Section(say(page_labels.WHY), (document["why"],))
    yield Section(say(page_labels.EXAMPLE), (document["example"],))
    yield from told
    yield Section(say(page_labels.MEND), (document["mend"],))
    if "takes" in document:
        settings = tuple(told_settings(document["takes"])) or ("none",)
        yield Section(say(page_labels.SETTINGS), settings)
        yield Section(say(page_labels.NEEDS), (needs,))


def _in_editions(uses: Sequence[Mapping[str, Any]], language: str) -> Iterator[Section]:
    def say(label: Label, **values: object) -> str:
        return label.filled(language, **values)

    for use in uses:
        if not use["used"]:
            yield Section(say(page_labels.NOT_USED, contest=use["contest"]))
            continue
        lines = [
            say(page_labels.BY_CLAUSE, id=use["clause"], where=use["where"], text=use["says"])
            if use["clause"]
            else say(page_labels.BY_NO_CLAUSE)
        ]
        if "severity" in use:
            severity = say(labels.SEVERITIES[use["severity"]])
            lines.append(say(page_labels.SEVERITY, severity=severity))
        if use["settings"]:
            lines.append(say(page_labels.WITH, settings=shown_settings(use["settings"])))
        lines += use["amended"]
        yield Section(say(page_labels.IN_CONTEST, contest=use["contest"]), tuple(lines))


def _rows(document: Mapping[str, Any], needs: str) -> tuple[tuple[str, str], ...]:
    told: dict[str, Any] = dict(document)
    if "takes" in told:
        told["takes"] = "; ".join(told_settings(told["takes"]))
        told["needs"] = needs
    if "finds" in told:
        told["finds"] = [item["message"] for item in told["finds"]["findings"]]
    return tuple((name, _text(value)) for name, value in told.items())


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return "" if value is None else str(value)
