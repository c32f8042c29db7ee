"""Every clause and what enforces it."""

from typing import Any

from wsisctl.contest.clauses import amendments_of, settings_of
from wsisctl.contest.model import Clause, Contest
from wsisctl.reports.amendments import amendment_lines
from wsisctl.reports.report import Block, Entry, Heading, Lines, Report, Table


def clauses_report(contest: Contest) -> Report:
    """What `rules` shows (contract, Results)."""
    document = [_document(clause, contest) for clause in contest.clauses]
    rows = tuple(
        (clause.id, clause.decided_by, " ".join(clause.enforced_by), clause.says)
        for clause in contest.clauses
    )
    entries: list[Block] = [
        Entry(
            f"{clause.id} ({clause.decided_by}): {', '.join(clause.enforced_by) or 'binds nothing'}",
            (
                clause.says,
                *_settings(clause, contest),
                *amendment_lines(amendments_of(clause, contest)),
            ),
        )
        for clause in contest.clauses
    ]
    told = Lines((f"Contest {contest.id}: {len(contest.clauses)} clauses.",))
    data = Table(("clause", "decided_by", "enforced_by", "says"), rows)
    return Report(document, data, tuple(entries), (Heading("Summary"), told))


def _document(clause: Clause, contest: Contest) -> dict[str, Any]:
    return {
        "clause": clause.id,
        "decided_by": clause.decided_by,
        "enforced_by": list(clause.enforced_by),
        "settings": settings_of(clause, contest),
        "says": clause.says,
    }


def _settings(clause: Clause, contest: Contest) -> tuple[str, ...]:
    settings = settings_of(clause, contest)
    return tuple(f"{name}: {_shown(value)}" for name, value in settings.items())


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "none" if value is None else str(value)
