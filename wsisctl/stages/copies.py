"""Annotated copies: written as the file was, so that who sent it opens the copy as their own.

The cells of the file stay as they came, with whatever control characters are in them: a copy comes back,
mended, and nothing but what was mended may have changed. What is written beside them has none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wsisctl.readers.encoding import UTF_8, byte_order_mark
from wsisctl.readers.files import InputFile
from wsisctl.readers.formats import CSV
from wsisctl.readers.naming import Naming
from wsisctl.readers.table import Table, open_table
from wsisctl.reports.render import csv_lines

Rows = Iterable[Sequence[str]]


@dataclass(frozen=True)
class Writing:
    """How the text of a copy is written; unless a text file is copied, as Excel reads it in any language."""

    encoding: str = UTF_8
    mark: bool = True
    """With a byte order mark at its beginning."""
    delimiter: str = ","
    names_separator: bool = False

    @classmethod
    def of(cls, table: Table) -> "Writing":
        """As a text file is written; of another format there is nothing to keep."""
        found = table.dialect
        if found.format != CSV:
            return cls()
        marked = byte_order_mark(table.plain)
        return cls(marked or found.encoding, bool(marked), found.delimiter, found.names_separator)


_Made = Callable[[Table], Rows]
"""The rows of a copy, its header the first."""


def write_copy(file: InputFile, naming: Naming, made: _Made, draft: Path) -> None:
    """Write a copy of a file. Where a note has a character that the file's encoding has not: in UTF-8.

    Raises UnusableInput where the file cannot be read to its end.
    """
    file, naming = as_it_came(file, naming)
    try:
        _write(file, naming, made, draft, None)
    except UnicodeEncodeError:
        _write(file, naming, made, draft, UTF_8)


def as_it_came(file: InputFile, naming: Naming) -> tuple[InputFile, Naming]:
    """Columns known as a profile says, and cells as they stand there: not as it reads them."""
    profile = file.read_as.profile
    if profile is None:
        return file, naming
    return replace(file, read_as=replace(file.read_as, profile=None)), profile.named(naming)


def _write(file: InputFile, naming: Naming, made: _Made, draft: Path, encoding: str | None) -> None:
    with open_table(file, naming) as table:
        writing = Writing.of(table)
        if encoding is not None:
            writing = replace(writing, encoding=encoding, mark=True)
        with draft.open("w", encoding=writing.encoding, newline="") as copy:
            copy.write("\ufeff" * writing.mark)
            copy.write(f"sep={writing.delimiter}\n" * writing.names_separator)
            rows = iter(made(table))
            copy.writelines(csv_lines(next(rows), rows, writing.delimiter))
