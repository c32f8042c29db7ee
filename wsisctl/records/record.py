"""Records: rows by column name that know where they came from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.readers.table import (
    Table,
    is_csv,
    open_table,
    refuse_foreign_columns,
    require_columns,
)
from wsisctl.records.cells import Care
from wsisctl.records.cleaning import CleanedCells, Cleaning
from wsisctl.records.id_cells import wrong_with_id
from wsisctl.records.problems import Problem, UnusableRecords
from wsisctl.spreadsheet import from_cell
from wsisctl.wording import counted

PROVENANCE = ("source_file", "source_row", "source_repeats")
"""The columns that a contest folder's own records add: the export, the row, rows that repeated it."""


@dataclass(frozen=True)
class Record:
    """One row by column name."""

    cells: Mapping[str, str]
    source: Source
    repeats: int = 0
    """How many further rows were equal to this one."""

    def text(self, column: str) -> str:
        """The cell without surrounding white space; empty where the column is absent."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class Batch:
    """The records of several files together, each once."""

    records: tuple[Record, ...]
    columns: tuple[str, ...]
    """The columns of all files, in the order of their first appearance."""
    empty: tuple[InputFile, ...] = ()
    """The files in which there is no record."""
    cleaned: tuple[CleanedCells, ...] = ()
    """What was done to cells on their way in."""

    @property
    def read(self) -> int:
        """Rows read."""
        return len(self.records) + self.repeated

    @property
    def repeated(self) -> int:
        """Rows that were equal to an earlier one."""
        return sum(record.repeats for record in self.records)


@dataclass(frozen=True)
class Shape:
    """What a file of some kind of record must be like."""

    called: str
    """The records in messages, as many."""
    required: Sequence[str]
    """The columns that must be there."""
    key: Sequence[str]
    """Those of them that are ids; without any, a row is itself its key."""
    care: Care
    """How its cells are cleaned."""
    foreign: Sequence[str] = ()
    """Columns that no such file has."""
    ours: bool = False
    """CSV of this kind is written by us, with an apostrophe before what looks like a formula."""


def read_batch(
    files: Sequence[InputFile], shape: Shape, advance: Advance = ignore_progress
) -> Batch:
    """Read files of records in the order of their names, clean their cells and merge equal rows.

    Raises UnusableInput for a missing column or a foreign one, a row of another width, an id that
    is empty or that Excel has destroyed, a time that may be two, and two different records with one key.
    """
    key = shape.key
    columns: dict[str, None] = {}
    records: list[Record] = []
    empty: list[InputFile] = []
    problems: list[Problem] = []
    cleaning = Cleaning(shape.care, problems.append)
    for file in sorted(files, key=lambda file: file.name):
        before = len(records)
        with open_table(file, advance) as table:
            require_columns(table, shape.required)
            refuse_foreign_columns(table, shape.foreign, shape.called)
            guarded = shape.ours and is_csv(file)
            found = (
                _canonical(table)
                if file.canonical
                else _as_received(table, cleaning, guarded=guarded)
            )
            columns |= dict.fromkeys(_plain_columns(table))
            for record in found:
                for column in key:
                    check_id(record.cells[column], column, record.source)
                records.append(record)
        if len(records) == before:
            empty.append(file)
    if problems:
        raise UnusableRecords(problems)
    return Batch(tuple(_merged(records, key)), tuple(columns), tuple(empty), cleaning.done)


def received_records(file: InputFile, shape: Shape) -> Iterator[Record]:
    """The records of one export, cleaned; it has been read before, and nothing is refused or told."""
    with open_table(file) as table:
        guarded = shape.ours and is_csv(file)
        yield from _as_received(table, Cleaning(shape.care, _ignore), guarded=guarded)


def _ignore(_: Problem) -> None:
    """Of what was refused before."""


def no_records(files: Sequence[InputFile]) -> tuple[str, ...]:
    """Of each of these files that there is nothing in it, as a sentence."""
    return tuple(f"{file.name}: no records in it" for file in files)


def repeated_rows(number: int) -> str:
    """How many rows that repeat an earlier one, in words."""
    return (
        "1 row that repeats another was"
        if number == 1
        else f"{number} rows that repeat others were"
    )


def _plain_columns(table: Table) -> Sequence[str]:
    if table.file.canonical:
        return [from_cell(column) for column in table.columns[: -len(PROVENANCE)]]
    refuse_provenance(table.columns, f"{table.file.name}:1")
    return table.columns


def refuse_provenance(columns: Iterable[str], place: str) -> None:
    """Raise UnusableInput for the columns of a contest folder's own records: they are no export."""
    if taken := [column for column in PROVENANCE if column in set(columns)]:
        raise UnusableInput(
            f"{place}: the columns {', '.join(taken)} are those of a folder's own records",
            hint="take the export that the records were made from, or take these columns out",
        )


def _as_received(table: Table, cleaning: Cleaning, *, guarded: bool) -> Iterable[Record]:
    for row, cells in cleaning.looked_through(table.rows(), table.columns):
        source = Source(table.file.name, row)
        if len(cells) != len(table.columns):
            raise UnusableInput(
                f"{source}: {counted(len(cells), 'cell')} in this row, and "
                f"{counted(len(table.columns), 'column')} in the header",
                hint="look for a separator or a quote that is missing or too many in this row",
            )
        texts = map(from_cell, cells) if guarded else cells
        named = dict(zip(table.columns, texts, strict=True))
        yield Record(cleaning.clean(named, source), source)


def _canonical(table: Table) -> Iterable[Record]:
    columns = _plain_columns(table)
    for _, (*cells, file, row, repeats) in table.rows():
        texts = map(from_cell, cells)
        source = Source(from_cell(file), int(row))
        yield Record(dict(zip(columns, texts, strict=True)), source, int(repeats))


def check_id(text: str, column: str, source: Source) -> None:
    """Raise UnusableInput for an id that names nothing any more."""
    if not text.strip():
        raise UnusableInput(f"{source}: {column} is empty", hint="every record needs its id")
    if wrong := wrong_with_id(text):
        raise UnusableInput(f"{source}: {column} '{text}' {wrong.what}", hint=wrong.remedy)


def _merged(records: Iterable[Record], key: Sequence[str]) -> Iterable[Record]:
    """One record for each key, which knows how many later ones were equal to it."""
    first_of: dict[tuple[str, ...], Record] = {}
    repeats: dict[tuple[str, ...], int] = {}
    for record in records:
        same = identity(record.cells, key)
        first = first_of.setdefault(same, record)
        if first is record:
            repeats[same] = record.repeats
            continue
        if different := _differing_columns(first, record):
            raise UnusableInput(
                f"{record.source}: {' and '.join(key)} {', '.join(same)} has another "
                f"{', '.join(different)} here than at {first.source}",
                hint="only one of the two can be right: leave the outdated row or export out, and put "
                "what changed since into corrections.yaml",
            )
        repeats[same] += 1
    return (
        record if record.repeats == repeats[same] else replace(record, repeats=repeats[same])
        for same, record in first_of.items()
    )


def identity(cells: Mapping[str, str], key: Sequence[str]) -> tuple[str, ...]:
    """What makes two records the same: their ids, or all that stands in them."""
    if key:
        return tuple(cells[column] for column in key)
    return tuple(part for cell in sorted(cells.items()) if cell[1] for part in cell)


def _differing_columns(first: Record, second: Record) -> list[str]:
    columns = dict.fromkeys([*first.cells, *second.cells])
    return [name for name in columns if first.cells.get(name, "") != second.cells.get(name, "")]
