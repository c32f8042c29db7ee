"""What a validation finds otherwise than an earlier one did."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wsisctl.findings import Decision, Evidence, Finding, Passage, Source, by_submission
from wsisctl.rules.engine import Validation

_VERDICTS = ("eligible", "ineligible", "review")


@dataclass(frozen=True)
class Earlier:
    """An earlier validation, as its `validation.json` tells it."""

    name: str
    """Of the file, in messages."""
    verdicts: Mapping[str, str]
    findings: tuple[Finding, ...]
    known: bool = True
    """Whether there was one at all."""

    @classmethod
    def of(cls, name: str, document: Mapping[str, Any]) -> "Earlier":
        """From a document that fits its schema."""
        verdicts = {identity: verdict for verdict in _VERDICTS for identity in document[verdict]}
        return cls(name, verdicts, tuple(map(_finding, document["findings"])))

    @classmethod
    def none(cls, name: str) -> "Earlier":
        """Where nothing has been validated before."""
        return cls(name, {}, (), known=False)


def _finding(document: Mapping[str, Any]) -> Finding:
    decision, evidence = document.get("decision"), document.get("evidence")
    parts = {
        "source": Source(**document["source"]),
        "decision": Decision(**decision) if decision else None,
        "evidence": _evidence(evidence) if evidence else None,
    }
    return Finding(**{**document, **parts})


def _evidence(document: Mapping[str, Any]) -> Evidence:
    passages = tuple(Passage(**passage) for passage in document["passages"])
    return Evidence(passages, document["compared_with"], document["similarity"])


@dataclass(frozen=True)
class Change:
    """What is otherwise about one submission."""

    submission_id: str
    before: str | None
    """Its verdict then; None where it was not there."""
    after: str | None
    """Its verdict now; None where it is gone."""
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    altered: tuple[tuple[Finding, Finding], ...]
    """The same finding then and now."""

    @property
    def of_submission(self) -> str:
        """What became of the submission as a whole, as a code; empty where nothing did."""
        if self.before is None:
            return "submission-new"
        if self.after is None:
            return "submission-gone"
        return "verdict-changed" if self.before != self.after else ""


def compare(earlier: Earlier, validation: Validation) -> tuple[Change, ...]:
    """Everything that is otherwise now, by submission id. A finding whose row has moved is the same."""
    before, after = by_submission(earlier.findings), by_submission(validation.findings)
    changes = (
        _change(identity, earlier, validation, before.get(identity, ()), after.get(identity, ()))
        for identity in sorted({*earlier.verdicts, *validation.verdicts})
    )
    return tuple(
        change
        for change in changes
        if change.of_submission or change.new or change.gone or change.altered
    )


def _change(
    identity: str,
    earlier: Earlier,
    validation: Validation,
    then: Sequence[Finding],
    now: Sequence[Finding],
) -> Change:
    """Equal findings are left out first, so that of several in one box each meets its like."""
    _, then, now = _paired(then, now, _all_that_counts)
    altered, gone, new = _paired(then, now, _identity)
    before, after = earlier.verdicts.get(identity), validation.verdicts.get(identity)
    return Change(identity, before, after, tuple(new), tuple(gone), tuple(altered))


def _paired(
    then: Iterable[Finding], now: Iterable[Finding], key: Callable[[Finding], Hashable]
) -> tuple[list[tuple[Finding, Finding]], list[Finding], list[Finding]]:
    """Findings with equal keys one to one, and those of then and of now that are left, all in order."""
    waiting: dict[Hashable, list[Finding]] = defaultdict(list)
    for finding in then:
        waiting[key(finding)].append(finding)
    pairs, new = [], []
    for finding in now:
        if alike := waiting[key(finding)]:
            pairs.append((alike.pop(0), finding))
        else:
            new.append(finding)
    return pairs, [finding for alike in waiting.values() for finding in alike], new


def _identity(finding: Finding) -> Hashable:
    """The same rule about the same box, compared with the same other record."""
    compared_with = finding.evidence.compared_with if finding.evidence else None
    return finding.rule, finding.field, compared_with


def _all_that_counts(finding: Finding) -> Hashable:
    """Neither its row, which moves with those above it, nor what to do."""
    told = (finding.severity, finding.clause, finding.message, finding.decision, finding.evidence)
    return (_identity(finding), told)
