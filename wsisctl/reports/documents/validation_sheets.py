"""The validation for a spreadsheet: by finding and by rule."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wsisctl.reports import labels
from wsisctl.reports.documents.evidence import Finding, evidence_of, passages_cell
from wsisctl.reports.documents.scribe import PROJECT, Scribe
from wsisctl.reports.report import Table

ABOUT = ("category", "submission_id", *PROJECT)
_FOUND = (
    "severity", "rule", "clause", "field", "file", "row", "message", "help",
    "decision", "decided_by", "decided_on", "decision_reason",
    "compared_with", "similarity", "passages",
)  # fmt: skip


def counts(findings: Sequence[Finding]) -> list[tuple[tuple[str, str | None, str], int, int]]:
    """Of each rule, clause and severity: how many findings, in how many submissions."""
    rules, severities = list(labels.RULES), list(labels.SEVERITIES)

    def place(key: tuple[str, str | None, str]) -> tuple[int, str, str, int]:
        rule, clause, severity = key
        known = rules.index(rule) if rule in rules else len(rules)
        return known, rule, clause or "", severities.index(severity)

    found: dict[tuple[str, str | None, str], list[str]] = {}
    for item in findings:
        key = (item["rule"], item["clause"], item["severity"])
        found.setdefault(key, []).append(item["submission_id"])
    return [(key, len(found[key]), len(set(found[key]))) for key in sorted(found, key=place)]


def findings_sheet(
    scribe: Scribe,
    result: Mapping[str, Any],
    by_submission: Mapping[str, Sequence[Finding]],
) -> Table:
    """One row for each finding, and one for each submission without any."""
    verdicts = {identity: verdict for verdict in labels.VERDICTS for identity in result[verdict]}
    rows: list[tuple[str | int | None, ...]] = []
    for identity, verdict in sorted(verdicts.items()):
        category, *project = scribe.cells(identity, "category", *PROJECT)
        about = (category, identity, *project, scribe.coded(labels.VERDICTS, verdict))
        found = by_submission.get(identity, ())
        rows += [(*about, *_found(scribe, finding)) for finding in found]
        if not found:
            rows.append((*about, *[None] * len(_FOUND)))
    return scribe.sheet((*ABOUT, "verdict", *_FOUND), rows)


def _found(scribe: Scribe, finding: Finding) -> Iterable[str | int | None]:
    yield scribe.coded(labels.SEVERITIES, finding["severity"])
    yield from (finding[key] for key in ("rule", "clause", "field"))
    yield from (finding["source"][key] for key in ("file", "row"))
    yield from (finding[key] for key in ("message", "help"))
    decision = finding.get("decision")
    yield scribe.coded(labels.DECISIONS, decision["verdict"]) if decision else None
    yield from (decision[key] if decision else None for key in ("by", "on", "reason"))
    evidence = evidence_of(finding)
    yield from (evidence["compared_with"], evidence["similarity"], passages_cell(finding))


def by_rule_sheet(scribe: Scribe, findings: Sequence[Finding]) -> Table:
    """One row for each rule, clause and severity, with the clause's sentence."""
    says = {clause.id: clause.text(scribe.language) for clause in scribe.contest.clauses}
    rows = [
        (
            rule,
            scribe.named(labels.RULES, rule),
            clause,
            scribe.coded(labels.SEVERITIES, severity),
            number,
            submissions,
            says.get(clause) if clause else None,
        )
        for (rule, clause, severity), number, submissions in counts(findings)
    ]
    columns = ("rule", "rule_name", "clause", "severity", "findings", "submissions", "says")
    return scribe.sheet(columns, rows)
