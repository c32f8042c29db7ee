"""What was brought into a contest folder."""

from collections.abc import Sequence
from dataclasses import dataclass

from wsisctl.folder.ledger import Import
from wsisctl.reports.report import Lines, Report, Table


@dataclass(frozen=True)
class Imported:
    """A file named on the command line and the import it is."""

    given: str
    entry: Import
    new: bool
    """Not where its bytes were there already."""


def imports_report(contest: str, kind: str, imported: Sequence[Imported], records: int) -> Report:
    """What an `import-*` command shows."""
    document = {
        "contest": contest,
        "kind": kind,
        "records": records,
        "imported": [
            {"given": item.given, "new": item.new, **vars(item.entry)} for item in imported
        ],
    }
    columns = ("file", "new", "read", "accepted", "repeated", "rejected")
    rows = tuple(
        (
            item.entry.file,
            "yes" if item.new else "no",
            item.entry.read,
            item.entry.accepted,
            item.entry.repeated,
            item.entry.rejected,
        )
        for item in imported
    )
    told = f"Contest {contest}: {records} records of {kind}."
    table = Table(columns, rows)
    return Report(document, table, (table,), (Lines((told,)),))
