"""Only what a validation finds otherwise than an earlier one did."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from wsisctl.findings import Finding
from wsisctl.records.submissions import Submission
from wsisctl.reports.report import Block, Cell, Entry, Heading, Lines, Report, Table
from wsisctl.reports.validation import decided, named, told
from wsisctl.reports.validation_compared import Change, Earlier
from wsisctl.reports.validation_views import VERDICTS

_COLUMNS = (
    "submission_id", "change", "verdict_before", "verdict",
    "severity", "rule", "clause", "field", "file", "row", "message", "message_before", "decision",
)  # fmt: skip
_OF_A_FINDING = _COLUMNS[4:]


def changes_report(
    report: Report, earlier: Earlier, changes: Sequence[Change], submissions: Iterable[Submission]
) -> Report:
    """The report of a validation with nothing but the changes, submission by submission."""
    titles = {item.id: item.text("title") for item in submissions}
    blocks = [block for change in changes for block in _blocks(change, titles)]
    rows = [row for change in changes for row in _rows(change)]
    heading, *rest = report.summary
    return replace(
        report,
        details=tuple(blocks),
        data=Table(_COLUMNS, tuple(rows)),
        summary=(heading, Lines(_in_short(earlier, changes)), *rest),
    )


def changed_findings(changes: Iterable[Change]) -> list[Finding]:
    """Those that are new or no longer what they were."""
    return [
        finding
        for change in changes
        for finding in (*change.new, *(now for _, now in change.altered))
    ]


def _blocks(change: Change, titles: Mapping[str, str]) -> Iterator[Block]:
    title = f" '{titles[change.submission_id]}'" if change.submission_id in titles else ""
    yield Heading(f"{change.submission_id}{title}: {_verdicts(change)}")
    for finding in change.new:
        yield Entry(f"new: {_at_its_place(finding)}", told(finding))
    for then, now in change.altered:
        yield Entry(f"changed: {_at_its_place(now)}", tuple(_alterations(then, now)))
    if change.after is not None:
        for finding in change.gone:
            yield Entry(f"gone: {finding.severity}: {named(finding)}", (finding.message,))


def _verdicts(change: Change) -> str:
    if change.before is None:
        return f"new, {VERDICTS[change.after or '']}"
    if change.after is None:
        return f"gone, was {VERDICTS[change.before]}"
    if change.before == change.after:
        return f"still {VERDICTS[change.after]}"
    return f"was {VERDICTS[change.before]}, is {VERDICTS[change.after]}"


def _at_its_place(finding: Finding) -> str:
    return f"{finding.source}: {finding.severity}: {named(finding)}"


def _alterations(then: Finding, now: Finding) -> Iterator[str]:
    """What differs of the two, then and now; of the evidence only that it does."""
    if then.message != now.message:
        yield f"was: {then.severity}: {then.message}"
        yield f"is: {now.severity}: {now.message}"
    elif then.severity != now.severity:
        yield f"was {then.severity}, is {now.severity}: {now.message}"
    else:
        yield now.message
    if then.clause != now.clause:
        yield f"the clause was {then.clause or 'none'}, is {now.clause or 'none'}"
    if then.evidence != now.evidence:
        yield "the evidence is not what it was"
    if now.decision != then.decision:
        yield from decided(now) or ("the decision was taken back",)


def _in_short(earlier: Earlier, changes: Sequence[Change]) -> tuple[str, ...]:
    if not earlier.known:
        return (f"No earlier run to compare with ({earlier.name}): everything is new.",)
    if not changes:
        return (f"Nothing has changed since {earlier.name}.",)
    became = Counter(change.of_submission for change in changes)
    new = sum(len(change.new) for change in changes)
    gone = sum(len(change.gone) for change in changes)
    altered = sum(len(change.altered) for change in changes)
    return (
        f"Compared with {earlier.name}:",
        f"Submissions: {became['submission-new']} new, {became['submission-gone']} gone, "
        f"{became['verdict-changed']} with another verdict.",
        f"Findings: {new} new, {gone} gone, {altered} changed.",
    )


def _rows(change: Change) -> Iterator[tuple[Cell, ...]]:
    verdicts = (change.before, change.after)
    if change.of_submission:
        nothing = [None] * len(_OF_A_FINDING)
        yield (change.submission_id, change.of_submission, *verdicts, *nothing)
    for code, pairs in (
        ("finding-new", [(None, finding) for finding in change.new]),
        ("finding-changed", change.altered),
        ("finding-gone", [(None, finding) for finding in change.gone]),
    ):
        for then, finding in pairs:
            yield (change.submission_id, code, *verdicts, *_cells(finding, then))


def _cells(finding: Finding, then: Finding | None) -> tuple[Cell, ...]:
    source, decision = finding.source, finding.decision
    return (
        finding.severity,
        finding.rule,
        finding.clause,
        finding.field,
        source.file,
        source.row,
        finding.message,
        then.message if then else None,
        decision.verdict if decision else None,
    )
