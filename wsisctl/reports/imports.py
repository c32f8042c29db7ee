"""What was brought into a contest folder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wsisctl.findings import Source
from wsisctl.records.arrivals import Arrived
from wsisctl.records.kinds import Kind
from wsisctl.records.merged import ChangedRecord, Id, Novelty
from wsisctl.reports.report import Block, Cell, Heading, Lines, Report, Table
from wsisctl.wording import counted, shortened

_MOST = 50
"""So many changes, and so many missing records, are shown to people; all of them in JSON and CSV."""
_LONG = 40
_BEFORE = 12
"""So much of what is equal stands before the first difference of two long texts."""


@dataclass(frozen=True)
class Imported:
    """A file named on the command line, and where it is kept."""

    given: str
    file: str
    arrived: Arrived | None
    """What became of its rows; None where its bytes were there already."""
    restored: bool = False
    """It was listed and lost, and is there again."""
    overtaken: bool = False
    """Its bytes were there already, and newer exports have come since."""

    @property
    def told(self) -> tuple[str, ...]:
        """What to tell of how it was read, under the name that the person gave."""
        told = self.arrived.told if self.arrived else ()
        return tuple(f"{self.given}{remark.removeprefix(self.file)}" for remark in told)


def imports_report(
    contest: str, kind: Kind, imported: Sequence[Imported], last: Novelty, *, dry_run: bool
) -> Report:
    """What an `import-*` command shows."""
    document = {
        "contest": contest,
        "kind": kind.name,
        "dry_run": dry_run,
        "imported": [_document(item) for item in imported],
        "changed": [_changed_document(kind, change) for change in last.changed],
        "missing": [
            {**_named(kind, item.id), "source": _source_document(item.source)}
            for item in last.missing
        ],
    }
    details = (_accounts(imported, last), *_changes(last), *_missing(last))
    summary = Lines(tuple(_summary(contest, kind, imported, last, dry_run=dry_run)))
    return Report(document, _data(imported, last), details, (summary,))


def _document(item: Imported) -> dict[str, Any]:
    rows = _row_counts(item.arrived) if item.arrived else None
    return {
        "given": item.given,
        "file": item.file,
        "new": item.arrived is not None,
        "rows": rows,
        "told": list(item.told),
    }


def _row_counts(arrived: Arrived) -> dict[str, int]:
    """The account, and how many of those accepted changed a record."""
    return {**arrived.account, "changed": arrived.changed}


def _named(kind: Kind, identity: Id) -> dict[str, str]:
    return dict(zip(kind.key, identity, strict=True))


def _source_document(source: Source) -> dict[str, str | int]:
    return {"file": source.file, "row": source.row}


def _changed_document(kind: Kind, change: ChangedRecord) -> dict[str, Any]:
    fields = [
        {"field": item.field, "from": item.before, "to": item.after} for item in change.fields
    ]
    return {
        **_named(kind, change.id),
        "fields": fields,
        "source": _source_document(change.source),
        "instead_of": _source_document(change.instead_of),
    }


_ROWS = ("read", "accepted", "repeated", "rejected", "changed")


def _rows(imported: Sequence[Imported]) -> Iterator[tuple[Cell, ...]]:
    for item in imported:
        account = _row_counts(item.arrived) if item.arrived else {}
        new = "no" if item.arrived is None else "yes"
        yield (item.file, new, *(account.get(name) for name in _ROWS))


def _accounts(imported: Sequence[Imported], last: Novelty) -> Table:
    """For people; without a column for changes where there are none."""
    columns = ("file", "new", *_ROWS)
    width = len(columns) if last.changed else len(columns) - 1
    return Table(columns[:width], tuple(row[:width] for row in _rows(imported)))


def _data(imported: Sequence[Imported], last: Novelty) -> Table:
    """One row for each file, then one for each field that changed, then one for each missing record."""
    none = (None,) * (1 + len(_ROWS))
    rows: list[tuple[Cell, ...]] = [(*row, "file", *(None,) * 4) for row in _rows(imported)]
    for change in last.changed:
        head = (change.source.file, *none, "changed", _id(change.id))
        rows += [(*head, item.field, item.before, item.after) for item in change.fields]
    rows += [
        (item.source.file, *none, "missing", _id(item.id), None, None, None)
        for item in last.missing
    ]
    columns = ("file", "new", *_ROWS, "about", "record", "field", "from", "to")
    return Table(columns, tuple(rows))


def _id(identity: Id) -> str:
    return ", ".join(identity)


def _changes(last: Novelty) -> Iterator[Block]:
    lines = [
        f"{shortened(_id(change.id))}: {shortened(item.field)}: {_from_to(item.before, item.after)}"
        for change in last.changed
        for item in change.fields
    ]
    if lines:
        yield Heading("Changed by the newer export")
        yield Lines((*lines[:_MOST], *_more(len(lines) - _MOST, "change")))


def _missing(last: Novelty) -> Iterator[Block]:
    lines = [f"{shortened(_id(item.id))} ({item.source})" for item in last.missing]
    if lines:
        yield Heading("Missing from the newer export; they stay in the contest")
        yield Lines((*lines[:_MOST], *_more(len(lines) - _MOST, "record")))


def _more(left: int, what: str) -> Iterator[str]:
    if left > 0:
        yield f"and {counted(left, what)} more: --format json or csv shows all"


def _from_to(before: str, after: str) -> str:
    """Both values; of long ones the part in which they begin to differ."""
    equal = next(
        (
            place
            for place, pair in enumerate(zip(before, after, strict=False))
            if pair[0] != pair[1]
        ),
        min(len(before), len(after)),
    )
    start = max(0, equal - _BEFORE) if max(len(before), len(after)) > _LONG else 0
    told = f"'{_part(before, start)}' → '{_part(after, start)}'"
    return f"{told} (only white space differs)" if before.split() == after.split() else told


def _part(text: str, start: int) -> str:
    shown = text[start : start + _LONG]
    return f"{'…' * bool(start)}{shown}{'…' * (start + _LONG < len(text))}"


def _summary(
    contest: str, kind: Kind, imported: Sequence[Imported], last: Novelty, *, dry_run: bool
) -> Iterator[str]:
    new = sum(item.arrived.new for item in imported if item.arrived)
    yield f"Contest {contest}: {counted(new, 'new record')} of {kind.name}."
    if last.changed:
        fields = sum(len(change.fields) for change in last.changed)
        yield f"{counted(len(last.changed), 'record')} changed, in {counted(fields, 'field')}."
    if last.missing:
        yield (
            f"{counted(len(last.missing), 'record')} missing from the newer export; nothing was taken out."
        )
    if dry_run:
        yield "Nothing was written (--dry-run)."
