"""One way to read every format: `open_table` gives columns and rows of text."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice

from wsisctl.errors import UnusableInput
from wsisctl.readers.asked import doubting
from wsisctl.readers.columns import columns_of, remarks_on
from wsisctl.readers.csv_grid import CsvGrid
from wsisctl.readers.delimiter import find_delimiter
from wsisctl.readers.dialect import Dialect, ReadAs
from wsisctl.readers.encoding import UTF_8, find_encoding, marked_encoding
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.readers.formats import CSV, JSON_LINES, PARQUET, XLSX, format_of
from wsisctl.readers.header import SEARCHED, Header, Row, find_header
from wsisctl.readers.json_table import JsonLinesTable, JsonTable
from wsisctl.readers.naming import NO_NAMES, Naming
from wsisctl.readers.profile import refuse_other_file
from wsisctl.readers.unpack import unpacked
from wsisctl.readers.xlsx_grid import XlsxGrid
from wsisctl.wording import joined

_OUR_OWN = ReadAs(encoding="utf-8", delimiter=",", header_row=1)
"""A contest folder's own records are what they are: nothing in them is guessed."""


@dataclass(frozen=True)
class Table:
    """An open file of records."""

    file: InputFile
    plain: InputFile
    """The same, unpacked."""
    dialect: Dialect
    header: Header
    """Without columns for a file that can say nothing of them, an empty JSON array."""
    records: Iterable[Row]
    remarks: tuple[str, ...] = ()
    """What a person should know of how it is read."""
    naming: Naming = NO_NAMES
    """What its columns may be called."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the cells, ours where they are known."""
        return tuple(column.name for column in self.header.columns)

    def rows(self) -> Iterator[Row]:
        """Every record with its row number, whatever its width; to be read once.

        In a text file the records count on from the header's row, which is 1 unless something stands
        above it; blank lines are none. A workbook's rows have its own numbers; a JSON array counts from 1,
        JSON Lines by lines.
        """
        return iter(self.records)


@dataclass(frozen=True)
class _Received:
    """A file to open: as it came, as it is unpacked, and what is known of it."""

    file: InputFile
    plain: InputFile
    packed: str
    naming: Naming
    advance: Advance

    @property
    def asked(self) -> ReadAs:
        return self.file.read_as

    def table(
        self, dialect: Dialect, header: Header, records: Iterable[Row], remarks: Iterable[str] = ()
    ) -> Table:
        """The table, with all that is to be told of it."""
        told = dialect.told
        read = [f"{self.file.name}: read as {joined(told)}"] if told else []
        names = remarks_on(header.columns, f"{self.file.name}:{header.row or 1}")
        if self.asked.sheet and dialect.format != XLSX:
            read.append(f"{self.file.name}: --sheet does not apply: this is no workbook")
        of_reader = (f"{self.file.name}: {remark}" for remark in remarks)
        every = (*read, *of_reader, *header.remarks(self.file.name), *names)
        if profile := self.asked.profile:
            refuse_other_file(profile, header.columns, f"{self.file.name}:{header.row or 1}")
            header = replace(header, columns=profile.added(header.columns))
            records = profile.applied(records, header.columns)
        return Table(self.file, self.plain, dialect, header, records, every, self.naming)


@contextmanager
def open_table(
    file: InputFile,
    naming: Naming = NO_NAMES,
    advance: Advance = ignore_progress,
    *,
    parquet: bool = False,
) -> Iterator[Table]:
    """Open CSV, JSON, JSON Lines or XLSX, packed or not; `naming` has what its columns may be called.

    What a person said of the file (`read_as`) comes first; the rest is found in it. A Parquet file is
    unpacked and left to who asked for it: its table has neither columns nor rows. Raises UnusableInput for
    a file that cannot be read or is not what its name says.
    """
    if file.canonical:
        with _text(
            _Received(replace(file, read_as=_OUR_OWN), file, "", NO_NAMES, advance)
        ) as table:
            yield table
        return
    with unpacked(file) as (plain, packed):
        profile = file.read_as.profile
        named = profile.named(naming) if profile else naming
        received = _Received(file, plain, packed, named, advance)
        form = format_of(file, plain, packed)
        if form == PARQUET and parquet and profile:
            raise UnusableInput(
                f"{file.name}: {profile.name} cannot say what is in a Parquet file",
                hint="export it as UTF-8 CSV, or name its columns as ours are",
            )
        if form == PARQUET and parquet:
            yield received.table(Dialect(PARQUET, packed), Header(0, ()), ())
            return
        if form == PARQUET:
            raise UnusableInput(
                f"{file.name}: this is a Parquet file; only votes are read from those",
                hint="export it as UTF-8 CSV",
            )
        opened = {CSV: _text, XLSX: _workbook}.get(form)
        with opened(received) if opened else _json(received, form) as table:
            yield table


def dialect_of(file: InputFile, naming: Naming, *, parquet: bool = False) -> Dialect:
    """How a file is read; raises as `open_table` does."""
    with open_table(file, naming, parquet=parquet) as table:
        return table.dialect


@contextmanager
def _text(received: _Received) -> Iterator[Table]:
    plain, asked = received.plain, received.asked
    encoding = asked.encoding or find_encoding(plain)
    delimiter = asked.delimiter or find_delimiter(plain, encoding, received.naming)
    with (
        doubting(asked, plain, received.naming),
        CsvGrid(plain, encoding, delimiter, received.advance) as grid,
    ):
        header, rows = _parted(grid.rows(), received)
        dialect = Dialect(
            CSV,
            received.packed,
            encoding,
            delimiter,
            names_separator=grid.names_separator,
            header_row=header.row,
        )
        counted_on = (
            (number, cells) for number, (_, cells) in enumerate(rows, header.last_row + 1)
        )
        yield received.table(dialect, header, counted_on)


@contextmanager
def _workbook(received: _Received) -> Iterator[Table]:
    with XlsxGrid(received.plain, received.asked.sheet, received.advance) as grid:
        header, rows = _parted(grid.rows(), received)
        dialect = Dialect(XLSX, received.packed, sheet=grid.sheet, header_row=header.row)
        yield received.table(dialect, header, rows, grid.remarks)


@contextmanager
def _json(received: _Received, form: str) -> Iterator[Table]:
    reader = JsonLinesTable if form == JSON_LINES else JsonTable
    plain, asked = received.plain, replace(received.asked, delimiter="")
    encoding = asked.encoding or marked_encoding(plain) or UTF_8
    with (
        doubting(asked, plain, received.naming),
        reader(plain, encoding, received.advance) as table,
    ):
        columns = columns_of(table.columns, received.naming, received.file.name)
        header = Header(0, columns)
        dialect = Dialect(form, received.packed, encoding)
        yield received.table(dialect, header, table.rows(), table.remarks)


def _parted(rows: Iterator[Row], received: _Received) -> tuple[Header, Iterator[Row]]:
    """The header, and the rows below it."""
    asked = received.asked.header_row
    beginning, broken = as_far_as_readable(islice(rows, max(SEARCHED, asked)))
    if broken and not beginning:
        raise broken
    header = find_header(beginning, received.naming, asked, received.file.name)
    if header is None:
        raise UnusableInput(
            f"{received.file.name}: the file is empty; expected a header row",
            hint="look whether the export was finished, and export it anew",
        )
    below = (row for row in beginning if row[0] > header.last_row)
    return header, chain(below, _rest(rows, broken))


def as_far_as_readable(rows: Iterable[Row]) -> tuple[list[Row], UnusableInput | None]:
    """The rows before the place where a file breaks off, and why it does."""
    found: list[Row] = []
    try:
        found.extend(rows)
    except UnusableInput as error:
        return found, error
    return found, None


def _rest(rows: Iterator[Row], broken: UnusableInput | None) -> Iterator[Row]:
    """What stands before the break comes first, and what is wrong in it; then the break."""
    if broken:
        raise broken
    yield from rows
