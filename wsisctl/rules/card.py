"""What a rule is: a pure function, the schema of its settings, and the card that explains it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wsisctl.contest.model import Contest, RuleUse, Severity
from wsisctl.findings import Evidence, Finding
from wsisctl.names import SameNames
from wsisctl.records.decisions import NO_DECISIONS, Decisions
from wsisctl.records.people import PastWinner
from wsisctl.records.submissions import Submission
from wsisctl.rules.specimen import Specimen

_NO_NAMES = SameNames()


@dataclass(frozen=True)
class Context:
    """Everything a rule may look at besides the submissions."""

    contest: Contest
    past_winners: tuple[PastWinner, ...] = ()
    organizations: SameNames = _NO_NAMES
    decisions: Decisions = NO_DECISIONS
    out_of_contest: frozenset[str] = frozenset()
    """Submissions that have an error already, for the rule that looks at what the others left."""


@dataclass(frozen=True)
class Fault:
    """What a rule found wrong; the engine makes a finding of it."""

    submission: Submission
    message: str
    help: str
    field: str | None = None
    severity: Severity | None = None
    """None: as the rule is used."""
    evidence: Evidence | None = None


Check = Callable[[tuple[Submission, ...], Mapping[str, Any], Context], Iterable[Fault]]


@dataclass(frozen=True)
class Rule:
    """One rule and its page."""

    code: str
    severity: Severity
    check: Check
    checks: str
    """What it checks, in a sentence."""
    why: str
    example: str
    """A submission that fails, in words."""
    mend: str
    """How the one who submitted mends it."""
    settings: Mapping[str, Any] = field(
        default_factory=lambda: {"type": "object", "additionalProperties": False}
    )
    """JSON Schema of the settings."""
    needs: Callable[[Mapping[str, Any]], Iterable[str]] = lambda _: ()
    """The form's fields without which it cannot work, given the settings."""
    specimen: Specimen | None = None
    """A submission that fails, from which the page shows what is found."""


def finding(rule: Rule, use: RuleUse, fault: Fault) -> Finding:
    """The finding that says this fault, in an edition that uses the rule so."""
    return Finding(
        rule=rule.code,
        clause=use.clause,
        severity=fault.severity or use.severity or rule.severity,
        submission_id=fault.submission.id,
        field=fault.field,
        message=fault.message,
        help=fault.help,
        source=fault.submission.source,
        evidence=fault.evidence,
    )
