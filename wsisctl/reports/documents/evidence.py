"""What a person needs to see to decide on a review: likeness, passages side by side, and sets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wsisctl.reports import labels
from wsisctl.reports.beside import beside
from wsisctl.reports.documents.scribe import NOTHING, PROJECT, Scribe
from wsisctl.reports.report import Block, Heading, Lines, Table
from wsisctl.wording import shortened

Finding = Mapping[str, Any]
"""A finding as `validation.json` has it."""
_LONG = 200
_NOTHING_SEEN: Mapping[str, Any] = {"compared_with": None, "similarity": None, "passages": ()}
_SAME_PROJECT = "same-project"
_SET = ("role", "submission_id", *PROJECT, "category", "similarity", "decision")


def evidence_of(finding: Finding) -> Mapping[str, Any]:
    """A finding's evidence; an empty one where it has none."""
    evidence: Mapping[str, Any] = finding.get("evidence", _NOTHING_SEEN)
    return evidence


def likeness(scribe: Scribe, finding: Finding) -> Iterator[str]:
    """With what it is compared, and how alike the two are."""
    evidence = evidence_of(finding)
    if evidence["compared_with"] is not None:
        yield scribe.say(labels.COMPARED_WITH, text=_other(scribe, evidence["compared_with"]))
    if evidence["similarity"] is not None:
        yield scribe.say(labels.SIMILARITY, number=evidence["similarity"])


def _other(scribe: Scribe, compared_with: str) -> str:
    """A submission by id and title; anything else as it is written."""
    title = scribe.cell(compared_with, "title")
    return scribe.say(labels.SUBMISSION, id=compared_with, title=title) if title else compared_with


def passages(scribe: Scribe, finding: Finding) -> list[Block]:
    """The passages, each beside what it is compared with."""
    found = evidence_of(finding)["passages"]
    if not found:
        return []
    if all(passage["there"] is None for passage in found):
        alone = [
            (scribe.box(item["field"]), shortened(item["here"], _LONG) or NOTHING) for item in found
        ]
        return [scribe.table(("field", "stands_there"), alone)]
    rows = [(scribe.box(passage["field"]), *_side_by_side(passage)) for passage in found]
    return [scribe.table(("field", "here", "there"), rows)]


def _side_by_side(passage: Mapping[str, Any]) -> tuple[str, str]:
    here, there = passage["here"], passage["there"]
    if there is None:
        return shortened(here, _LONG) or NOTHING, NOTHING
    one, other = beside(here, there, _LONG)
    return one or NOTHING, other or NOTHING


def passages_cell(finding: Finding) -> str | None:
    """The passages in one cell, whole."""
    told = (
        f"{item['field']}: {item['here']}"
        if item["there"] is None
        else f"{item['field']}: {item['here']} | {item['there']}"
        for item in evidence_of(finding)["passages"]
    )
    return "; ".join(told) or None


def sets(scribe: Scribe, findings: Sequence[Finding]) -> list[Block]:
    """Submissions that look like one project, the earliest of each set first."""
    by_primary: dict[str, list[Finding]] = {}
    for finding in findings:
        primary = evidence_of(finding)["compared_with"]
        if finding["rule"] == _SAME_PROJECT and primary is not None:
            by_primary.setdefault(primary, []).append(finding)
    if not by_primary:
        return []
    blocks: list[Block] = [
        Heading(scribe.say(labels.SETS, number=len(by_primary))),
        Lines((scribe.say(labels.WHAT_A_SET_IS),)),
    ]
    for primary, others in sorted(by_primary.items()):
        title = scribe.say(labels.SET, project=_other(scribe, primary))
        blocks += [Heading(title, level=3), _set(scribe, primary, others)]
    return blocks


def _set(scribe: Scribe, primary: str, others: Sequence[Finding]) -> Table:
    def row(identity: str, role: str, *about: str | int) -> tuple[str | int, ...]:
        project = scribe.shown(identity, *PROJECT, "category")
        return scribe.named(labels.ROLES, role), identity, *project, *about

    rows = [row(primary, "primary", NOTHING, NOTHING)]
    for finding in others:
        similarity = evidence_of(finding)["similarity"]
        shown = NOTHING if similarity is None else similarity
        rows.append(row(finding["submission_id"], "other", shown, _decision(scribe, finding)))
    return scribe.table(_SET, rows)


def _decision(scribe: Scribe, finding: Finding) -> str:
    if "decision" not in finding:
        return scribe.named(labels.SEVERITIES, finding["severity"])
    return scribe.named(labels.DECISIONS, finding["decision"]["verdict"])
