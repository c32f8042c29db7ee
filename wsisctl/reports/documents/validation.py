"""Who is eligible and who is not, and why: from `validation.json`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from wsisctl.contest.model import Label
from wsisctl.reports import labels
from wsisctl.reports.documents import parts
from wsisctl.reports.documents.corrections import (
    corrections,
    corrections_of,
    corrections_sheet,
)
from wsisctl.reports.documents.document import Document
from wsisctl.reports.documents.evidence import Finding, likeness, passages, sets
from wsisctl.reports.documents.open_places import review
from wsisctl.reports.documents.scribe import NOTHING, PROJECT, Scribe
from wsisctl.reports.documents.validation_sheets import (
    ABOUT,
    by_rule_sheet,
    counts,
    findings_sheet,
)
from wsisctl.reports.report import Block, Entry, Heading, Lines


def validation_document(scribe: Scribe, result: Mapping[str, Any]) -> Document:
    """The validation: totals, findings by rule and by submission, and the list of the eligible."""
    findings: Sequence[Finding] = result["findings"]
    by_submission: dict[str, list[Finding]] = {}
    for finding in findings:
        by_submission.setdefault(finding["submission_id"], []).append(finding)
    blocks = [
        *parts.head(scribe, labels.VALIDATION, "validation.json"),
        *parts.amendments(scribe),
        *_totals(scribe, result),
        *_by_rule(scribe, findings),
        *corrections(scribe),
        *sets(scribe, findings),
        *_section(scribe, labels.INELIGIBLE, "ineligible", result["ineligible"], by_submission),
        *_section(scribe, labels.TO_BE_REVIEWED, "review", result["review"], by_submission),
        *_section(
            scribe,
            labels.ELIGIBLE_WITH_FINDINGS,
            "eligible",
            [identity for identity in result["eligible"] if identity in by_submission],
            by_submission,
        ),
        *_eligible(scribe, result["eligible"]),
    ]
    sheets = {
        "validation": findings_sheet(scribe, result, by_submission),
        "validation-by-rule": by_rule_sheet(scribe, findings),
        "validation-corrections": corrections_sheet(scribe),
    }
    return Document("validation", tuple(blocks), sheets)


def _totals(scribe: Scribe, result: Mapping[str, Any]) -> list[Block]:
    verdicts = {verdict: len(result[verdict]) for verdict in labels.VERDICTS}
    submissions = sum(verdicts.values())
    decided = Counter(f["decision"]["verdict"] for f in result["findings"] if "decision" in f)
    numbers = {
        "read": result["read"],
        "merged": result["read"] - submissions,
        "submissions": submissions,
        **verdicts,
        "findings": len(result["findings"]),
        "confirmed": decided["confirm"],
        "dismissed": decided["dismiss"],
    }
    rows = [(scribe.named(labels.NUMBERS, name), number) for name, number in numbers.items()]
    told = (
        scribe.say(labels.ALL_ACCOUNTED_FOR, submissions=submissions, **verdicts),
        scribe.say(labels.WHO_IS_ELIGIBLE),
    )
    return [
        Heading(scribe.say(labels.TOTALS)),
        scribe.table(("what", "number"), rows),
        Lines(told),
    ]


def _by_rule(scribe: Scribe, findings: Sequence[Finding]) -> list[Block]:
    title = Heading(scribe.say(labels.BY_RULE))
    if not findings:
        return [title, Lines((scribe.say(labels.NOTHING_FOUND),))]
    rows = [
        (
            scribe.named(labels.RULES, rule),
            rule,
            clause or NOTHING,
            scribe.named(labels.SEVERITIES, severity),
            number,
            submissions,
        )
        for (rule, clause, severity), number, submissions in counts(findings)
    ]
    columns = ("rule_name", "rule", "clause", "severity", "findings", "submissions")
    cited = [finding["clause"] for finding in findings]
    return [
        title,
        scribe.table(columns, rows),
        *parts.clauses(scribe, labels.BY_RULE_CLAUSES, cited, level=3),
    ]


def _section(
    scribe: Scribe,
    title: Label,
    verdict: str,
    ids: Sequence[str],
    by_submission: Mapping[str, Sequence[Finding]],
) -> list[Block]:
    blocks: list[Block] = [Heading(scribe.say(title, number=len(ids)))]
    if not ids:
        return [*blocks, Lines((scribe.say(labels.NOBODY),))]
    for identity in ids:
        blocks += _submission(scribe, identity, verdict)
        for finding in by_submission.get(identity, ()):
            blocks += _finding(scribe, finding)
    return blocks


def _submission(scribe: Scribe, identity: str, verdict: str) -> list[Block]:
    title, entity, country, category = scribe.shown(identity, *PROJECT, "category")
    told = (
        scribe.say(labels.OF_ENTITY, text=entity),
        scribe.say(labels.OF_COUNTRY, text=country),
        scribe.say(labels.OF_CATEGORY, text=scribe.category(category)),
        scribe.say(labels.WITH_VERDICT, text=scribe.named(labels.VERDICTS, verdict)),
        *corrections_of(scribe, identity),
    )
    return [
        Heading(scribe.say(labels.SUBMISSION, id=identity, title=title), level=3),
        Lines(told),
    ]


def _finding(scribe: Scribe, finding: Finding) -> list[Block]:
    headline = scribe.say(
        labels.FINDING,
        severity=scribe.named(labels.SEVERITIES, finding["severity"]),
        name=scribe.named(labels.RULES, finding["rule"]),
        rule=finding["rule"],
        clauses=scribe.cite([finding["clause"]]),
    )
    source = finding["source"]
    told = (
        finding["message"],
        *_field(scribe, finding["field"]),
        *likeness(scribe, finding),
        scribe.say(labels.HELP, text=finding["help"]),
        scribe.say(labels.SOURCE, file=source["file"], row=source["row"]),
        *_decision(scribe, finding),
    )
    seen = passages(scribe, finding)
    if finding["severity"] != "review":
        return [Entry(headline, told), *seen]
    waiting, line = (
        scribe.say(labels.TO_BE_DECIDED),
        review(finding["submission_id"], finding["rule"]),
    )
    if seen:
        return [Entry(headline, told), *seen, Lines((waiting,)), line]
    return [Entry(headline, (*told, waiting)), line]


def _field(scribe: Scribe, field: str | None) -> tuple[str, ...]:
    return () if field is None else (scribe.say(labels.IN_FIELD, field=scribe.box(field)),)


def _decision(scribe: Scribe, finding: Finding) -> tuple[str, ...]:
    if "decision" not in finding:
        return ()
    decision = dict(finding["decision"])
    verdict = scribe.named(labels.DECISIONS, decision.pop("verdict"))
    return (scribe.say(labels.DECIDED, verdict=verdict, **decision),)


def _eligible(scribe: Scribe, ids: Sequence[str]) -> list[Block]:
    title = Heading(scribe.say(labels.ELIGIBLE, number=len(ids)))
    if not ids:
        return [title, Lines((scribe.say(labels.NOBODY),))]
    rows = [scribe.shown(identity, "category") + _known(scribe, identity) for identity in ids]
    ranks = {category.id: place for place, category in enumerate(scribe.contest.categories)}
    rows.sort(key=lambda row: ranks.get(row[0], len(ranks)))
    return [title, scribe.table(ABOUT, rows)]


def _known(scribe: Scribe, identity: str) -> tuple[str, ...]:
    return identity, *scribe.shown(identity, *PROJECT)
