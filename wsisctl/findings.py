"""The only way to say that something is wrong with data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wsisctl.contest.model import Severity


@dataclass(frozen=True, order=True)
class Source:
    """Where a record came from; `row` 1 is the header, 2 the first record."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.row}"


@dataclass(frozen=True)
class Decision:
    """Who decided what, when and why, as a finding shows it."""

    verdict: str
    by: str
    on: str
    reason: str


@dataclass(frozen=True)
class Passage:
    """What stands in a field, beside what it is compared with."""

    field: str
    here: str
    there: str | None = None
    """None where nothing is compared."""


@dataclass(frozen=True)
class Evidence:
    """What a person needs to see to decide."""

    passages: tuple[Passage, ...] = ()
    compared_with: str | None = None
    """The id of another submission, or file and row of another record."""
    similarity: int | None = None
    """In hundredths, rounded down; None where nothing was measured."""


@dataclass(frozen=True)
class Finding:
    """Something wrong with one submission."""

    rule: str
    clause: str | None
    """None where no clause of the letter speaks."""
    severity: Severity
    submission_id: str
    field: str | None
    """The box of the form; None where the finding is about the submission as a whole."""
    message: str
    """What is wrong, with the value and what was expected."""
    help: str
    """What to do about it."""
    source: Source
    decision: Decision | None = None
    evidence: Evidence | None = None
    """Only of rules that need a person's judgement."""


def by_submission(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """The findings of each submission that has any, in their order."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.submission_id, []).append(finding)
    return found
