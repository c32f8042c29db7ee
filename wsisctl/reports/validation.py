"""The findings, and who is eligible."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from wsisctl.findings import Evidence, Finding
from wsisctl.records.corrections import Correction, number_corrected
from wsisctl.reports.corrections import corrections_shown
from wsisctl.reports.report import Block, Entry, Heading, Lines, Report, Table
from wsisctl.rules.engine import Validation
from wsisctl.wording import counted

_ABOUT_A_FINDING = (
    "severity", "rule", "clause", "field", "file", "row", "message", "help", "decision",
    "compared_with", "similarity",
)  # fmt: skip


_NOTHING = "(nothing)"


def validation_report(validation: Validation, corrections: Sequence[Correction] = ()) -> Report:
    """`validation.json` and its other forms (contract, Results), and what was corrected before."""
    document = {
        "contest": validation.contest,
        "read": validation.read,
        "eligible": validation.with_verdict("eligible"),
        "ineligible": validation.with_verdict("ineligible"),
        "review": validation.with_verdict("review"),
        "findings": [_document(finding) for finding in validation.findings],
    }
    details = (*_entries(validation), *corrections_shown(corrections))
    return Report(document, _data(validation), details, tuple(_summary(validation, corrections)))


def _document(finding: Finding) -> dict[str, Any]:
    document: dict[str, Any] = {
        "rule": finding.rule,
        "clause": finding.clause,
        "severity": finding.severity,
        "submission_id": finding.submission_id,
        "field": finding.field,
        "message": finding.message,
        "help": finding.help,
        "source": {"file": finding.source.file, "row": finding.source.row},
    }
    if finding.decision is not None:
        decision = finding.decision
        document["decision"] = {
            "verdict": decision.verdict,
            "by": decision.by,
            "on": decision.on,
            "reason": decision.reason,
        }
    if finding.evidence is not None:
        document["evidence"] = _evidence(finding.evidence)
    return document


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "compared_with": evidence.compared_with,
        "similarity": evidence.similarity,
        "passages": [
            {"field": passage.field, "here": passage.here, "there": passage.there}
            for passage in evidence.passages
        ],
    }


def _data(validation: Validation) -> Table:
    rows: list[tuple[str | int | None, ...]] = []
    found = {finding.submission_id for finding in validation.findings}
    for identity, verdict in validation.verdicts.items():
        if identity not in found:
            rows.append((identity, verdict, *[None] * len(_ABOUT_A_FINDING)))
    for item in validation.findings:
        verdict = validation.verdicts[item.submission_id]
        decided = item.decision.verdict if item.decision else None
        place = (item.source.file, item.source.row)
        seen = item.evidence or Evidence()
        told = (item.message, item.help, decided, seen.compared_with, seen.similarity)
        named = (item.severity, item.rule, item.clause, item.field)
        rows.append((item.submission_id, verdict, *named, *place, *told))
    rows.sort(key=lambda row: str(row[0]))
    return Table(("submission_id", "verdict", *_ABOUT_A_FINDING), tuple(rows))


def _entries(validation: Validation) -> list[Block]:
    return [
        Entry(
            f"{finding.source}: {finding.severity}: {finding.submission_id} {named(finding)}",
            told(finding),
        )
        for finding in validation.findings
    ]


def named(finding: Finding) -> str:
    """The rule, and the clause it rests on."""
    return f"{finding.rule} ({finding.clause})" if finding.clause else finding.rule


def told(finding: Finding) -> tuple[str, ...]:
    """All that is to be said of a finding, as sentences."""
    return (finding.message, *_seen(finding), f"help: {finding.help}", *decided(finding))


def _seen(finding: Finding) -> Iterator[str]:
    """The evidence, passage by passage."""
    evidence = finding.evidence or Evidence()
    for passage in evidence.passages:
        yield f"{passage.field}, here: {passage.here or _NOTHING}"
        if passage.there is not None:
            yield f"{passage.field}, there: {passage.there or _NOTHING}"


def decided(finding: Finding) -> tuple[str, ...]:
    """Who decided what, where somebody did."""
    if finding.decision is None:
        return ()
    decision = finding.decision
    verdict = {"confirm": "confirmed", "dismiss": "dismissed"}[decision.verdict]
    return (f"{verdict} by {decision.by} on {decision.on}: {decision.reason}",)


def _summary(validation: Validation, corrections: Sequence[Correction]) -> list[Block]:
    verdicts = Counter(validation.verdicts.values())
    told = (
        f"Contest {validation.contest}: {counted(validation.read, 'row')} read, "
        f"{counted(len(validation.verdicts), 'submission')}.",
        f"{verdicts['eligible']} eligible, {verdicts['ineligible']} ineligible, "
        f"{verdicts['review']} to be reviewed.",
        *([f"{number_corrected(corrections, 'submission')}."] if corrections else []),
    )
    by_rule = Counter((item.rule, item.clause, item.severity) for item in validation.findings)
    rows = tuple(
        (rule, clause or "-", severity, number)
        for (rule, clause, severity), number in sorted(by_rule.items(), key=str)
    )
    blocks: list[Block] = [Heading("Summary"), Lines(told)]
    return [*blocks, Table(("rule", "clause", "severity", "findings"), rows)] if rows else blocks
