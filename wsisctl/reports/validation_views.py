"""The findings under other headings: by rule, by entity; and as remarks in the log of a CI job."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from wsisctl.findings import Finding, Source, by_submission
from wsisctl.names import SameNames
from wsisctl.records.submissions import Submission
from wsisctl.reports import labels
from wsisctl.reports.report import Annotation, Block, Cell, Entry, Heading, Lines, Report, Table
from wsisctl.reports.validation import named, told
from wsisctl.rules import ALL_RULES
from wsisctl.rules.engine import Validation
from wsisctl.wording import counted

Place = tuple[str, int | None]
"""A file as the reader of a log knows it, and a line of it."""

_RANK = {rule.code: place for place, rule in enumerate(ALL_RULES)}
_NO_ENTITY = "(no entity)"
VERDICTS = {"eligible": "eligible", "ineligible": "ineligible", "review": "to be reviewed"}
_LEVELS: dict[str, Literal["error", "warning", "notice"]] = {
    "error": "error",
    "review": "warning",
    "warning": "notice",
}


def by_rule(
    report: Report, validation: Validation, submissions: Iterable[Submission], language: str
) -> Report:
    """The report of a validation with the findings of one rule together, in the order of the menu."""
    titles = {item.id: item.text("title") for item in submissions}
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(validation.findings, key=lambda item: _RANK[item.rule]):
        groups.setdefault((finding.rule, finding.clause or ""), []).append(finding)
    blocks: list[Block] = []
    for findings in groups.values():
        blocks.append(Heading(_about_a_rule(findings, language)))
        blocks += (_of_submission(finding, titles) for finding in findings)
    return replace(report, details=tuple(blocks), data=_sorted_by_rule(report.data))


def _about_a_rule(findings: Sequence[Finding], language: str) -> str:
    rule = findings[0].rule
    name = labels.RULES[rule].in_language(language)
    number = len({finding.submission_id for finding in findings})
    return f"{named(findings[0])}, {name}: {counted(number, 'submission')}"


def _of_submission(finding: Finding, titles: dict[str, str]) -> Entry:
    title = titles[finding.submission_id]
    head = f"{finding.source}: {finding.severity}: {finding.submission_id} '{title}'"
    return Entry(head, told(finding))


def _sorted_by_rule(data: Table) -> Table:
    """Submissions without a finding come last."""
    place = data.columns.index("rule")

    def rank(row: Sequence[object]) -> int:
        return _RANK.get(str(row[place]), len(_RANK))

    return replace(data, rows=tuple(sorted(data.rows, key=rank)))


def by_entity(
    report: Report,
    validation: Validation,
    submissions: Iterable[Submission],
    organizations: SameNames,
) -> Report:
    """The report of a validation with the submissions of one entity together, in the order of names.

    The spellings of one entity are shown as the first of them. An entity in whose submissions nothing
    was found is only counted.
    """
    entities = _entities(submissions, organizations)
    found = by_submission(validation.findings)
    blocks: list[Block] = []
    for name, owned in entities.items():
        if any(item.id in found for item in owned):
            blocks.append(Heading(f"{name}: {counted(len(owned), 'submission')}"))
            blocks += (
                _with_verdict(item, validation.verdicts[item.id], found.get(item.id, ()))
                for item in owned
            )
    silent = sum(not any(item.id in found for item in owned) for owned in entities.values())
    if silent:
        others = "1 other entity" if silent == 1 else f"{silent} other entities"
        blocks.append(Lines((f"Nothing was found in the submissions of {others}.",)))
    return replace(report, details=tuple(blocks), data=_with_entity(report.data, entities))


def _entities(
    submissions: Iterable[Submission], organizations: SameNames
) -> Mapping[str, Sequence[Submission]]:
    """Submissions by the first spelling of their entity, in the order of names."""
    owned: dict[str, list[Submission]] = {}
    for submission in submissions:
        owned.setdefault(organizations.key(submission.text("entity")), []).append(submission)
    named_last = sorted(owned, key=lambda key: (not key, key))
    return {owned[key][0].text("entity") or _NO_ENTITY: owned[key] for key in named_last}


def _with_verdict(submission: Submission, verdict: str, findings: Iterable[Finding]) -> Entry:
    head = f"{submission.source}: {VERDICTS[verdict]}: {submission.id} '{submission.text('title')}'"
    return Entry(head, tuple(_sentences(findings)))


def _sentences(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        message, *more = told(finding)
        yield f"{finding.severity}: {named(finding)}: {message}"
        yield from more


def _with_entity(data: Table, entities: Mapping[str, Sequence[Submission]]) -> Table:
    """A column before the others."""
    place = data.columns.index("submission_id")
    rows: dict[str, list[tuple[Cell, ...]]] = {}
    for row in data.rows:
        rows.setdefault(str(row[place]), []).append(row)
    grouped = (
        (name, *row) for name, owned in entities.items() for item in owned for row in rows[item.id]
    )
    return Table(("entity", *data.columns), tuple(grouped))


def annotations(
    findings: Iterable[Finding], place_of: Callable[[Source], Place]
) -> tuple[Annotation, ...]:
    """A remark for each finding; what a person has to look at is a warning, and a warning a notice."""
    return tuple(_annotation(finding, *place_of(finding.source)) for finding in findings)


def _annotation(finding: Finding, file: str, line: int | None) -> Annotation:
    where = finding.submission_id if line else f"{finding.submission_id} (row {finding.source.row})"
    text = f"{where}: {finding.message}\nhelp: {finding.help}"
    return Annotation(_LEVELS[finding.severity], file, line, named(finding), text)
