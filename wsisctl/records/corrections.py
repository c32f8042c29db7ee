"""`corrections.yaml`: fields that people put right, each with who, when and why.

Exports are never edited. A correction names the value it replaces, so that it can never hit a
record that has changed since.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile
from wsisctl.records.record import Batch, Record
from wsisctl.records.signed import Signed
from wsisctl.suggest import suggestion
from wsisctl.wording import counted
from wsisctl.yaml_file import Problem, date_problem, read_yaml, refuse

_HINT = "`wsisctl schema corrections` describes each key"


@dataclass(frozen=True)
class Correction:
    """One field of one record."""

    record: str
    """The record's id."""
    field: str
    before: str
    after: str
    signed: Signed


@dataclass(frozen=True)
class Corrections:
    """All recorded corrections; no two of them touch the same field."""

    entries: tuple[Correction, ...] = ()

    def applied(self, batch: Batch, key: Sequence[str], elsewhere: Collection[str]) -> Batch:
        """The batch with every correction of its records.

        `elsewhere` are the columns of other kinds of record, one of which may have the same id.
        Raises UnusableInput where the value to replace is not there, a key would change, or there is
        no such field.
        """
        if not self.entries or len(key) != 1:
            return batch
        ids = {record.cells[key[0]] for record in batch.records}
        by_record: dict[str, list[Correction]] = {}
        for entry in self.entries:
            if entry.record in ids and entry.field in batch.columns:
                by_record.setdefault(entry.record, []).append(entry)
            elif entry.record in ids and entry.field not in elsewhere:
                known = suggestion(entry.field, batch.columns)
                raise UnusableInput(f"{entry.signed.place}: '{entry.field}' is no column{known}")
        records = (
            _corrected(record, by_record.get(record.cells[key[0]], []), key[0])
            for record in batch.records
        )
        return replace(batch, records=tuple(records))

    def among(self, ids: Collection[str], columns: Collection[str]) -> tuple[Correction, ...]:
        """Those of the records with these ids and columns, by record and field."""
        own = (item for item in self.entries if item.record in ids and item.field in columns)
        return tuple(sorted(own, key=lambda item: (item.record, item.field)))

    def without_record(self, ids: Collection[str]) -> list[str]:
        """Corrections of records that are not there, as sentences."""
        return [
            f"{entry.signed.place}: no submission or member has the id {entry.record}; nothing is corrected"
            for entry in self.entries
            if entry.record not in ids
        ]


NO_CORRECTIONS = Corrections()


def number_corrected(corrections: Sequence[Correction], called: str) -> str:
    """How many fields of how many records, in words; `called` is one such record."""
    records = len({entry.record for entry in corrections})
    was = "was" if len(corrections) == 1 else "were"
    return f"{counted(len(corrections), 'field')} of {counted(records, called)} {was} corrected"


def remark_on(corrections: Sequence[Correction], called: str) -> tuple[str, ...]:
    """The same as a remark with the files that say so; nothing where nothing was corrected."""
    if not corrections:
        return ()
    files = sorted({entry.signed.place.rpartition(":")[0] for entry in corrections})
    return (f"{number_corrected(corrections, called)} ({', '.join(files)})",)


def _corrected(record: Record, entries: Sequence[Correction], key: str) -> Record:
    cells = dict(record.cells)
    for entry in entries:
        if entry.field == key:
            raise UnusableInput(
                f"{entry.signed.place}: {key} is the record's id and cannot be corrected"
            )
        present = record.text(entry.field)
        if present != entry.before.strip():
            raise UnusableInput(
                f"{entry.signed.place}: {entry.field} of {entry.record} is '{present}' ({record.source}), "
                f"not '{entry.before.strip()}'",
                hint=_what_to_do(entry, present),
            )
        cells[entry.field] = entry.after
    return replace(record, cells=cells) if entries else record


def _what_to_do(entry: Correction, present: str) -> str:
    """A newer export may have the value that a person asked for, or yet another one."""
    if present == entry.after.strip():
        return "that is the value it was to become: take this correction out"
    return (
        "look at the record again; `from` must be the value that stands there, and a correction that a "
        "newer export has settled is taken out"
    )


def read_corrections(files: Sequence[InputFile]) -> Corrections:
    """Read all corrections files together; without one, nothing is corrected.

    Raises UnusableInput for an entry that is incomplete and for two that correct the same field.
    """
    entries: list[Correction] = []
    for file in sorted(files, key=lambda file: file.name):
        document = read_yaml(file.path, file.name, text_only=True)
        data = document.data if document.data not in (None, "") else []
        refuse(document, schema_problems(data, load_schema("corrections")), hint=_HINT)
        refuse(document, _date_problems(data))
        entries += [
            _correction(entry, f"{file.name}:{document.position((index,)).line}")
            for index, entry in enumerate(data)
        ]
    _refuse_two_of_one_field(entries)
    return Corrections(tuple(entries))


def _date_problems(data: list[Mapping[str, Any]]) -> list[Problem]:
    found = ((index, date_problem(entry["on"])) for index, entry in enumerate(data))
    return [Problem((index, "on"), message) for index, message in found if message]


def _correction(entry: Mapping[str, str], place: str) -> Correction:
    signed = Signed(entry["by"], entry["on"], entry["reason"], place)
    return Correction(entry["record"], entry["field"], entry["from"], entry["to"], signed)


def _refuse_two_of_one_field(entries: Sequence[Correction]) -> None:
    first_of: dict[tuple[str, str], Correction] = {}
    for entry in entries:
        first = first_of.setdefault((entry.record, entry.field), entry)
        if first is not entry:
            raise UnusableInput(
                f"{entry.signed.place}: {entry.field} of {entry.record} is corrected here again; it was "
                f"first at {first.signed.place}",
                hint="keep the one that holds and take the other out",
            )
