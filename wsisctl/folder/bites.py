"""How often what enforces the clauses has bitten in a contest folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wsisctl.folder.standing import State


@dataclass(frozen=True)
class Bite:
    """What one rule, reason or stage has found or left open."""

    stage: str
    """The stage whose result says so."""
    state: State
    """Of that result."""
    count: int | None
    """Findings, rejected votes or open questions; None where there is no result that can be trusted."""
    severities: Mapping[str, int] | None = None
    """Of a rule: how many of its findings are errors, reviews and warnings, after decisions."""
    submissions: int | None = None
    """Of a rule: how many submissions it has found fault with."""


@dataclass(frozen=True)
class Bites:
    """All of them, and why some no longer hold."""

    by_enforcer: Mapping[str, Bite]
    """Without documents and without stages that compute nothing."""
    changed: Mapping[str, Sequence[str]]
    """For each stage that is out of date, what has changed since it ran."""
