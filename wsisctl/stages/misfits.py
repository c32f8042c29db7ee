"""Why a proposed decision does not fit, and what would: told from what the stages give with it."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.errors import UnusableInput
from wsisctl.stages.proposed import Proposed
from wsisctl.stages.rehearsal import Performance
from wsisctl.stages.validate import Validated
from wsisctl.suggest import near_miss


def misfits(item: Proposed, after: Performance) -> Iterator[str]:
    """Why a decision does not fit: what the stages themselves say of it, and what would."""
    entry, told = item.entry, _remarks_on(item, after)
    if entry["kind"] == "nominate" and (reasons := list(_barred(entry, after))):
        told = reasons
    elif entry["kind"] == "winner" and not told:
        told = list(_outside(entry, after))
    elif told and entry["kind"] == "review":
        told = [_no_review(entry["submission_id"], entry["rule"], after.validated)]
    elif told and entry["kind"] == "withdraw":
        told = [_stranger(entry["submission_id"], after.validated)]
    return (f"{item.place}: {text}" for text in told)


def _remarks_on(item: Proposed, after: Performance) -> list[str]:
    begun = f"{item.place}: "
    return [text.removeprefix(begun) for text in after.remarks if text.startswith(begun)]


def _open_reviews(identity: str, validated: Validated) -> list[str]:
    return [
        finding.rule
        for finding in validated.validation.findings
        if finding.submission_id == identity and finding.severity == "review"
    ]


def only_open_review(identity: str, before: Performance) -> str:
    """The rule of the one open review; raises UnusableInput where there is none, or several."""
    found = _open_reviews(identity, before.validated)
    if len(found) > 1:
        raise UnusableInput(
            f"{identity} has several open reviews: {', '.join(found)}", hint="say which with --rule"
        )
    if not found:
        raise UnusableInput(_no_review(identity, "", before.validated))
    return found[0]


def _no_review(identity: str, rule: str, validated: Validated) -> str:
    if identity not in validated.validation.verdicts:
        return _stranger(identity, validated)
    others = _open_reviews(identity, validated)
    decided = [
        f"; {finding.rule} was decided by {finding.decision.by} on {finding.decision.on}"
        for finding in validated.validation.findings
        if finding.submission_id == identity and finding.decision
    ]
    still_open = f"; open for it: {', '.join(others)}" if others else ""
    of_rule = f" of {rule}" if rule else ""
    return f"{identity} has no open review{of_rule}{still_open}{''.join(decided)}"


def _stranger(identity: str, validated: Validated) -> str:
    meant = near_miss(identity, validated.validation.verdicts)
    return f"{identity} is not among the submissions{f'; did you mean {meant}?' if meant else ''}"


def _barred(entry: Mapping[str, Any], after: Performance) -> Iterator[str]:
    """Each of those named that did not come onto the list, and why."""
    validated, category = after.validated, entry["category"]
    nominees = {
        item["submission_id"] for item in after.categories("nominate")[category]["nominees"]
    }
    for identity in entry["submission_ids"]:
        if identity in nominees:
            continue
        if identity not in validated.validation.verdicts:
            yield _stranger(identity, validated)
            continue
        home = next(item.category for item in validated.submissions.records if item.id == identity)
        if home != category:
            yield f"{identity} is in {home or 'no category'}, not in {category}"
            continue
        findings = [
            finding.rule
            for finding in validated.validation.findings
            if finding.submission_id == identity and finding.severity in {"error", "review"}
        ]
        verdict = validated.validation.verdicts[identity]
        said = "to be reviewed" if verdict == "review" else verdict
        yield f"{identity} is {said}: {', '.join(dict.fromkeys(findings))}"


def _outside(entry: Mapping[str, Any], after: Performance) -> Iterator[str]:
    """Each of those named that did not become a winner, and who could."""
    category = entry["category"]
    winners = after.categories("select-winners")[category]["winners"]
    for identity in entry["submission_ids"]:
        if identity not in winners:
            pool = after.pool(category)
            meant = near_miss(identity, pool)
            hint = f"; did you mean {meant}?" if meant else f", which is: {', '.join(pool)}"
            yield f"{identity} is not in the pool of {category}{hint}"
