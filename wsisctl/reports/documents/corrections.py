"""What people put right in the records: which field, by whom and why."""

from collections.abc import Iterator

from wsisctl.records.corrections import Correction
from wsisctl.reports import labels
from wsisctl.reports.beside import beside
from wsisctl.reports.documents.scribe import NOTHING, Scribe
from wsisctl.reports.report import Block, Heading, Lines, Table

_COLUMNS = ("record", "field", "from", "to", "by", "on", "reason")
_LONG = 80


def corrections(scribe: Scribe) -> list[Block]:
    """All of them in a table; nothing where nothing was corrected."""
    found = scribe.corrections
    if not found:
        return []
    rows = (
        (item.record, item.field, *(value or NOTHING for value in _values(item)), *_signed(item))
        for item in found
    )
    return [
        Heading(scribe.say(labels.CORRECTIONS, number=len(found))),
        Lines((scribe.say(labels.EXPORTS_STAY),)),
        scribe.table(_COLUMNS, rows),
    ]


def corrections_of(scribe: Scribe, record: str) -> Iterator[str]:
    """Those of one record, as sentences."""
    for item in scribe.corrections:
        if item.record == record:
            before, after = _values(item)
            by, on, reason = _signed(item)
            signed = {"by": by, "on": on, "reason": reason}
            field = scribe.box(item.field)
            yield scribe.say(labels.CORRECTED, field=field, before=before, after=after, **signed)


def corrections_sheet(scribe: Scribe) -> Table:
    """One row for each, with its values whole; without any, the columns alone."""
    rows = (
        (item.record, item.field, item.before, item.after, *_signed(item))
        for item in scribe.corrections
    )
    return scribe.sheet(_COLUMNS, rows)


def _values(item: Correction) -> tuple[str, str]:
    return beside(item.before, item.after, _LONG)


def _signed(item: Correction) -> tuple[str, str, str]:
    return item.signed.by, item.signed.on, item.signed.reason
