"""What decisions change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wsisctl.reports.report import Block, Heading, Lines, Report, Table, Verbatim
from wsisctl.wording import counted

_NOWHERE = "-"


@dataclass(frozen=True)
class Recorded:
    """A decision and where it stands, or would stand."""

    entry: Mapping[str, Any]
    line: str
    """As it is written."""
    place: str
    """file:line."""


@dataclass(frozen=True)
class Change:
    """Where a submission stood and where it stands now; empty for nowhere."""

    stage: str
    category: str
    submission_id: str
    before: str
    after: str


def decided_report(
    contest: str,
    recorded: Sequence[Recorded],
    changes: Sequence[Change],
    stages: Sequence[str],
    votes: tuple[int | None, int | None],
    *,
    dry_run: bool,
) -> Report:
    """What `decide` shows; `stages` are those that hear the decisions, in order.

    `votes` is how many count before and after; accounts that are joined lose some even where nobody moves.
    """
    document = {
        "contest": contest,
        "recorded": not dry_run,
        "decisions": [{"place": item.place, **item.entry} for item in recorded],
        "changes": [_document(change) for change in changes],
        "next": list(stages),
    }
    before, after = votes
    if before != after:
        document["votes_counted"] = {"before": before, "after": after}
    columns = ("stage", "category", "submission_id", "before", "after")
    rows = [
        (change.stage, change.category, change.submission_id, change.before, change.after)
        for change in changes
    ]
    shown = tuple(tuple(cell or _NOWHERE for cell in row) for row in rows)
    details: list[Block] = [Verbatim(item.line) for item in recorded]
    if changes:
        details += [Heading("What changes"), Table(columns, shown)]
    summary = Lines(tuple(_summary(contest, recorded, changes, stages, votes, dry_run=dry_run)))
    return Report(document, Table(columns, tuple(rows)), tuple(details), (summary,))


def _document(change: Change) -> dict[str, Any]:
    return {
        "stage": change.stage,
        "category": change.category or None,
        "submission_id": change.submission_id,
        "before": change.before or None,
        "after": change.after or None,
    }


def _summary(
    contest: str,
    recorded: Sequence[Recorded],
    changes: Sequence[Change],
    stages: Sequence[str],
    votes: tuple[int | None, int | None],
    *,
    dry_run: bool,
) -> list[str]:
    places = recorded[0].place
    if len(recorded) > 1:
        places += f" to {recorded[-1].place.rpartition(':')[2]}"
    number = counted(len(recorded), "decision")
    moved = len({change.submission_id for change in changes})
    told = (
        f"Contest {contest}: {number} would be recorded at {places}; --dry-run writes nothing."
        if dry_run
        else f"Contest {contest}: {number} recorded at {places}."
    )
    affected = (
        f"{counted(moved, 'submission')} affected." if moved else "No submission stands elsewhere."
    )
    before, after = votes
    votes_told = [f"{before} votes counted before, {after} now."] if before != after else []
    commands = ", then ".join(f"wsisctl {stage}" for stage in stages)
    return [told, *votes_told, affected, *([f"Next: {commands}"] if stages and not dry_run else [])]
