"""Exports that came one after the other, as one: of two records with one key the later import's holds.

A web form is exported again and again, and each export holds what the one before held, as it is now.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wsisctl.findings import Source
from wsisctl.readers.files import InputFile
from wsisctl.records.arrivals import Arrived
from wsisctl.records.record import Batch, Record, identity

Read = Callable[[Sequence[InputFile]], Batch]
"""Reads files that came together; raises UnusableInput, also where they contradict each other."""
Same = Callable[[str, str, str], bool]
"""Whether two texts under a column mean the same, though they differ."""
Id = tuple[str, ...]


@dataclass(frozen=True)
class FieldChange:
    """One field of a record, in the export before and in the newer one."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRecord:
    """A record that took the place of an earlier one."""

    id: Id
    source: Source
    instead_of: Source
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class MissingRecord:
    """A record that a newer export, which looks cumulative, has no more; it stays."""

    id: Id
    source: Source


@dataclass(frozen=True)
class Novelty:
    """What one import made of the records that were there."""

    changed: tuple[ChangedRecord, ...] = ()
    missing: tuple[MissingRecord, ...] = ()
    kept_columns: tuple[str, ...] = ()
    """Columns that it has not, where earlier records have them filled in: that stays."""


@dataclass(frozen=True)
class Merged:
    """All exports of one kind."""

    batch: Batch
    """In the order of the files' names, and of the rows in each."""
    arrived: Mapping[str, Arrived]
    """What became of the rows of each export, by its name."""
    last: Novelty
    """What the last import changed."""


def _differ(_column: str, _before: str, _after: str) -> bool:
    """Texts that differ mean something else."""
    return False


def merged(
    imports: Iterable[Sequence[InputFile]], key: Sequence[str], read: Read, same: Same = _differ
) -> Merged:
    """Merge imports, each of files that came together, from the first to the last.

    `key` as for `read_batch`; without any, nothing is ever replaced. Only one export is held besides
    the records themselves. What means the `same` stays as it was first written.
    """
    pool = _Pool(key, same)
    last = Novelty()
    for files in imports:
        last = pool.take_in(files, read)
    return Merged(pool.batch, pool.arrived, last)


@dataclass
class _Pool:
    """The records as they stand after some of the imports."""

    key: Sequence[str]
    same: Same
    arrived: dict[str, Arrived] = field(default_factory=dict)
    _records: dict[Id, Record] = field(default_factory=dict)
    _columns: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def batch(self) -> Batch:
        """All records, and the columns of all exports."""
        records = sorted(self._records.values(), key=lambda record: record.source)
        return Batch(tuple(records), self._known_columns(self._columns))

    def _known_columns(self, files: Iterable[str]) -> tuple[str, ...]:
        names = (name for file in sorted(files) for name in self._columns[file])
        return tuple(dict.fromkeys(names))

    def take_in(self, files: Sequence[InputFile], read: Read) -> Novelty:
        """Add what came together."""
        if len(files) > 1:
            read(files)  # one that contradicts another is not newer, but wrong
        before = {same: record.source for same, record in self._records.items()}
        earlier = self._known_columns(self._columns)
        changed: list[ChangedRecord] = []
        seen: set[Id] = set()
        for file in files:
            batch = read([file])
            size = len(self._records)
            changes = [change for item in batch.records if (change := self._add(item, seen))]
            accepted = len(self._records) - size + len(changes)
            self._columns[file.name] = batch.columns
            self.arrived[file.name] = _arrived(batch, accepted, len(changes))
            changed += changes
        if not self.key:
            return Novelty()
        here = self._known_columns(file.name for file in files)
        kept = (name for name in earlier if name not in here)
        return Novelty(
            tuple(changed),
            tuple(_missing(before, seen)),
            tuple(name for name in kept if any(self._records[same].text(name) for same in seen)),
        )

    def _add(self, record: Record, seen: set[Id]) -> ChangedRecord | None:
        """Put the record where it belongs, its key among those `seen`; what it changes, if anything."""
        same = identity(record.cells, self.key)
        seen.add(same)
        known = self._records.setdefault(same, record)
        if known is record:
            return None
        record = self._in_words_of(known, record)
        if fields := tuple(_changes(known, record)):
            self._records[same] = replace(record, cells={**known.cells, **record.cells})
            return ChangedRecord(same, record.source, known.source, fields)
        self._records[same] = _repeated(known, record)
        return None

    def _in_words_of(self, known: Record, record: Record) -> Record:
        """The newer record, with what says the same as before in other words left in those before."""
        kept = {
            name: before
            for name, after in record.cells.items()
            if (before := known.cells.get(name, "")) != after and self.same(name, before, after)
        }
        return replace(record, cells={**record.cells, **kept}) if kept else record


def _arrived(batch: Batch, accepted: int, changed: int) -> Arrived:
    """What became of the rows of the one file that was read."""
    rejected = len(batch.left_out) + batch.headers
    repeated = batch.repeated + len(batch.records) - accepted
    told = (*batch.remarks, *map(str, (*batch.left_out, *batch.cleaned)))
    return Arrived(batch.rows, accepted, repeated, rejected, changed, told)


def _changes(known: Record, record: Record) -> Iterator[FieldChange]:
    """A column that the newer export has not says nothing about the field."""
    for name, after in record.cells.items():
        before = known.cells.get(name, "")
        if before != after:
            yield FieldChange(name, before, after)


def _repeated(known: Record, record: Record) -> Record:
    """The two as one, which stands where the first of them does by name and row, whichever came first.

    So equal rows have the same source as on bare files, of which nobody knows the order.
    """
    lacks = any(text and name not in record.cells for name, text in known.cells.items())
    source = known.source if lacks else min(known.source, record.source)
    repeats = known.repeats + record.repeats + 1
    return Record({**known.cells, **record.cells}, source, repeats)


def _missing(before: Mapping[Id, Source], seen: set[Id]) -> Iterator[MissingRecord]:
    """What was there and has not come again, where at least half of it has; else nothing is expected."""
    shared = sum(same in seen for same in before)
    if before and 2 * shared >= len(before):
        for same in sorted(before.keys() - seen):
            yield MissingRecord(same, before[same])
