"""What was brought into a contest folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wsisctl.records.arrivals import Arrived
from wsisctl.records.cleaning import CleanedCells
from wsisctl.reports.report import Lines, Report, Table
from wsisctl.wording import counted


@dataclass(frozen=True)
class Imported:
    """A file named on the command line, and where it is kept."""

    given: str
    file: str
    arrived: Arrived | None
    """What became of its rows; None where its bytes were there already."""
    restored: bool = False
    """It was listed and lost, and is there again."""
    cleaned: tuple[CleanedCells, ...] = ()
    """What was done to its cells on their way into the records."""


def imports_report(contest: str, kind: str, imported: Sequence[Imported]) -> Report:
    """What an `import-*` command shows."""
    document = {"contest": contest, "kind": kind, "imported": [_document(i) for i in imported]}
    columns = ("file", "new", "read", "accepted", "repeated", "rejected")
    rows = tuple(
        (
            item.file,
            "no" if item.arrived is None else "yes",
            *(item.arrived.account.values() if item.arrived else (None,) * 4),
        )
        for item in imported
    )
    new = sum(item.arrived.accepted for item in imported if item.arrived)
    told = f"Contest {contest}: {counted(new, 'new record')} of {kind}."
    table = Table(columns, rows)
    return Report(document, table, (table,), (Lines((told,)),))


def _document(item: Imported) -> dict[str, Any]:
    rows = item.arrived.account if item.arrived else None
    return {"given": item.given, "file": item.file, "new": item.arrived is not None, "rows": rows}
