"""Records: rows by column name that know where they came from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.readers.columns import too_many_cells
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.readers.formats import CSV
from wsisctl.readers.naming import Naming
from wsisctl.readers.required import place_of_header, refuse_foreign_columns, require_columns
from wsisctl.readers.table import Table, open_table
from wsisctl.records.cells import Care
from wsisctl.records.cleaning import CleanedCells, Cleaning, problem_of
from wsisctl.records.footers import Footers, LeftOut, Rows
from wsisctl.records.id_cells import look_rounded, may_be_rounded, wrong_with_id
from wsisctl.records.problems import Gathered, Problem
from wsisctl.spreadsheet import from_cell
from wsisctl.wording import counted

MOST_CELLS = 6_000_000
MOST_CHARACTERS = 400_000_000
"""Of a file whose records are held in memory. Fifty thousand submissions are half of that."""
PROVENANCE = ("source_file", "source_row", "source_repeats")
"""The columns that a contest folder's own records add: the export, the row, rows that repeated it."""

_ONE_IS_RIGHT = (
    "only one of the two can be right: leave the outdated row or export out, and put "
    "what changed since into corrections.yaml"
)
_ROUNDED = (
    "Excel keeps only 15 digits of a number, so that two ids may have become one: export the file again "
    "and do not open it in Excel, or import the column as text"
)


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
class Unused:
    """The columns of a file that mean nothing in its kind of record."""

    file: str
    place: str
    """Of the header."""
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """The records of several files together, each once."""

    records: tuple[Record, ...]
    columns: tuple[str, ...]
    """The columns of all files, in the order of their first appearance."""
    empty: tuple[InputFile, ...] = ()
    """The files in which there is no record."""
    remarks: tuple[str, ...] = ()
    """What to tell of how the files were read."""
    left_out: tuple[LeftOut, ...] = ()
    """Rows at the end of a file that are no records: sums, and notes on who exported it."""
    cleaned: tuple[CleanedCells, ...] = ()
    """What was done to cells on their way in."""
    headers: int = 0
    """Rows among the records that only name the columns again; they are none."""
    unused: tuple[Unused, ...] = ()
    """Of each file that somebody sent, where there are any."""
    rows: int = 0
    """Rows of such files, as they were counted when they were read: all that are not blank."""

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
    naming: Naming
    """What its columns may be called."""
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
    footers: bool = False
    """Sums and notes at the end of a file are no records, nor is its header again."""

    def rows(self, table: Table) -> Rows:
        """The rows of a table that are records, whatever their width."""
        if not self.footers:
            return Rows(table, None)
        return Rows(table, Footers(table.columns, self.key, self.required[0]), self.naming)


def read_batch(
    files: Sequence[InputFile],
    shape: Shape,
    advance: Advance = ignore_progress,
    explaining: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Batch:
    """Read files of records in the order of their names, clean their cells and merge equal rows.

    Raises UnusableRecords with all that is wrong in all files: a missing column or a foreign one, a
    row of another width, an id that is empty or that Excel has destroyed, a time that may be two, two
    different records with one key; of a file that cannot be read to its end, what was found until there.
    `explaining` is around the reading of each file, and may say better what is wrong with it.
    """
    gathered = Gathered()
    columns: dict[str, None] = {}
    records: list[Record] = []
    empty: list[InputFile] = []
    cleaning = Cleaning(shape.care, gathered.add)
    remarks: list[str] = []
    left_out: list[LeftOut] = []
    headers = 0
    unused: list[Unused] = []
    rows_read = 0
    in_order = sorted(files, key=lambda file: file.name)
    for file in in_order:
        before = len(records)
        with (
            gathered.within(file),
            explaining(),
            open_table(file, shape.naming, advance) as table,
        ):
            remarks += table.remarks
            require_columns(table, shape.required)
            refuse_foreign_columns(table, shape.foreign, shape.called)
            columns |= dict.fromkeys(_plain_columns(table))
            unused += _unused(table)
            rows = shape.rows(table)
            guarded = shape.ours and table.dialect.format == CSV
            found = (
                _canonical(table)
                if file.canonical
                else _as_received(table, rows, cleaning, gathered, guarded=guarded)
            )
            records += (record for record in found if _has_its_ids(record, shape.key, gathered))
            rows_read += rows.read
            remarks += (*_blank_rows(file, rows), *_headers_again(file, rows))
            remarks += _doubtful_rows(file, rows)
            remarks += _rounded_ids(file, records[before:], shape.key)
            left_out += rows.left_out
            headers += rows.headers
        if len(records) == before:
            empty.append(file)
    merged = tuple(_merged(records, shape.key, gathered))
    gathered.refuse(in_order, shape.naming)
    return Batch(
        merged,
        tuple(columns),
        tuple(empty),
        tuple(remarks),
        tuple(left_out),
        cleaning.done,
        headers,
        tuple(unused),
        rows_read,
    )


def received(table: Table, rows: Rows, shape: Shape) -> Iterator[Record]:
    """The records of an export, cleaned; it has been read before, and nothing is refused or told."""
    gathered = Gathered()
    cleaning = Cleaning(shape.care, gathered.add)
    guarded = shape.ours and table.dialect.format == CSV
    yield from _as_received(table, rows, cleaning, gathered, guarded=guarded)


def no_records(files: Sequence[InputFile]) -> tuple[str, ...]:
    """Of each of these files that there is nothing in it, as a sentence."""
    return tuple(f"{file.name}: no records in it" for file in files)


def _unused(table: Table) -> Iterator[Unused]:
    """A folder's own records have the columns of all exports; they were told when those came."""
    found = tuple(column.name for column in table.header.columns if not column.known)
    if found and not table.file.canonical:
        yield Unused(table.file.name, place_of_header(table), found)


def _blank_rows(file: InputFile, rows: Rows) -> Iterator[str]:
    if rows.blank:
        yield f"{file.name}: {counted(rows.blank, 'blank row')} left out, the first is row {rows.first_blank}"


def _headers_again(file: InputFile, rows: Rows) -> Iterator[str]:
    if rows.headers:
        yield (
            f"{file.name}: the header again, and no record, in {counted(rows.headers, 'row')}, the first is row "
            f"{rows.first_header}"
        )


def _doubtful_rows(file: InputFile, rows: Rows) -> Iterator[str]:
    if rows.doubtful:
        yield (
            f"{file.name}: {counted(rows.doubtful, 'row')} like a sum or a note below a list came in, since records "
            f"follow; the first is row {rows.first_doubtful}"
        )


def _rounded_ids(file: InputFile, records: Sequence[Record], key: Sequence[str]) -> Iterator[str]:
    """What is rounded and still an id cannot be refused: it may be one."""
    if file.canonical:
        return
    for column in key:
        if number := look_rounded(record.cells[column] for record in records):
            yield (
                f"{file.name}: all {number} ids of more than 15 digits in {column} end in zeros, as where Excel "
                "has rounded them: compare them with the source"
            )


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


def _as_received(
    table: Table, rows: Rows, cleaning: Cleaning, gathered: Gathered, *, guarded: bool
) -> Iterable[Record]:
    for row, cells in cleaning.looked_through(
        _few_enough(rows, table), table.columns, table.file.read_as.profile
    ):
        source = Source(table.file.name, row)
        if len(cells) != len(table.columns):
            gathered.add(_another_width(source, len(cells), len(table.columns)))
            continue
        texts = map(from_cell, cells) if guarded else cells
        named = dict(zip(table.columns, texts, strict=True))
        yield Record(cleaning.clean(named, source), source)


def _few_enough(rows: Rows, table: Table) -> Iterator[tuple[int, list[str]]]:
    """The rows; raises UnusableInput where there are more than memory should hold."""
    cells_read = characters = 0
    for row, cells in rows:
        cells_read += len(cells)
        characters += sum(map(len, cells))
        if cells_read > MOST_CELLS:
            raise too_many_cells(f"{table.file.name}:{row}", MOST_CELLS)
        if characters > MOST_CHARACTERS:
            raise UnusableInput(
                f"{table.file.name}:{row}: the texts until here have more than {MOST_CHARACTERS} characters",
                hint="leave out the columns that are not needed, or give it in several files",
            )
        yield row, cells


def _another_width(source: Source, cells: int, columns: int) -> Problem:
    here, expected = counted(cells, "cell"), counted(columns, "column")
    return Problem(
        source,
        "",
        here,
        f"{here} in this row, and {expected} in the header",
        counted(columns, "cell"),
        "look for a separator or a quote that is missing or too many in this row",
        "row with another number of cells",
    )


def _canonical(table: Table) -> Iterable[Record]:
    columns = _plain_columns(table)
    for _, (*cells, file, row, repeats) in table.rows():
        texts = map(from_cell, cells)
        source = Source(from_cell(file), int(row))
        yield Record(dict(zip(columns, texts, strict=True)), source, int(repeats))


def _has_its_ids(record: Record, key: Sequence[str], gathered: Gathered) -> bool:
    found = [id_problem(record.cells[column], column, record.source) for column in key]
    problems = [problem for problem in found if problem]
    for problem in problems:
        gathered.add(problem)
    return not problems


def id_problem(text: str, column: str, source: Source) -> Problem | None:
    """What is wrong with an id that names nothing any more; None where it may be one."""
    if not text.strip():
        what, called = f"{column} is empty", "id left empty"
        return Problem(source, column, text, what, "an id", "every record needs its id", called)
    wrong = wrong_with_id(text)
    return problem_of(wrong, text, column, source) if wrong else None


def _merged(records: Iterable[Record], key: Sequence[str], gathered: Gathered) -> Iterable[Record]:
    """One record for each key, which knows how many later ones were equal to it."""
    first_of: dict[tuple[str, ...], Record] = {}
    repeats: dict[tuple[str, ...], int] = {}
    for record in records:
        same = identity(record.cells, key)
        first = first_of.setdefault(same, record)
        if first is record:
            repeats[same] = record.repeats
        elif different := _differing_columns(first, record):
            gathered.add(_contradiction(first, record, key, different))
        else:
            repeats[same] += 1
    return (
        record if record.repeats == repeats[same] else replace(record, repeats=repeats[same])
        for same, record in first_of.items()
    )


def _contradiction(
    first: Record, second: Record, key: Sequence[str], different: Sequence[str]
) -> Problem:
    same = identity(second.cells, key)
    ids, columns = ", ".join(same), " and ".join(key)
    return Problem(
        second.source,
        columns,
        ids,
        f"{columns} {ids} has another {', '.join(different)} here than at {first.source}",
        f"the same {', '.join(different)} as at {first.source}",
        _ROUNDED if any(map(may_be_rounded, same)) else _ONE_IS_RIGHT,
        "row with the id of another and different cells",
    )


def identity(cells: Mapping[str, str], key: Sequence[str]) -> tuple[str, ...]:
    """What makes two records the same: their ids, or all that stands in them."""
    if key:
        return tuple(cells[column] for column in key)
    return tuple(part for cell in sorted(cells.items()) if cell[1] for part in cell)


def _differing_columns(first: Record, second: Record) -> list[str]:
    columns = dict.fromkeys([*first.cells, *second.cells])
    return [name for name in columns if first.cells.get(name, "") != second.cells.get(name, "")]
