"""What people put right in the records, as the terminal shows it."""

from collections.abc import Iterator, Sequence

from wsisctl.records.corrections import Correction
from wsisctl.reports.beside import beside
from wsisctl.reports.report import Block, Entry, Heading

_LONG = 60


def corrections_shown(corrections: Sequence[Correction]) -> Iterator[Block]:
    """Each corrected field with what stood there, who corrected it, when and why."""
    if corrections:
        yield Heading("Corrected")
    for entry in corrections:
        before, after = beside(entry.before, entry.after, _LONG)
        signed = entry.signed
        yield Entry(
            f"{signed.place}: {entry.record} {entry.field}",
            (f"'{before}' → '{after}', by {signed.by} on {signed.on}: {signed.reason}",),
        )
