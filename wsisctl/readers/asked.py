"""What a person said about how files are to be read, where it does not fit them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from wsisctl.errors import UnusableInput, UsageError
from wsisctl.readers.archive import is_workbook
from wsisctl.readers.delimiter import find_delimiter
from wsisctl.readers.dialect import SEPARATORS, ReadAs
from wsisctl.readers.encoding import CP1252, find_encoding
from wsisctl.readers.files import InputFile
from wsisctl.readers.naming import Naming
from wsisctl.readers.unpack import unpacked

_LIKE_CP1252 = ("cp", "iso-", "koi8", "mac-", "tis-")
"""Begins the names of encodings that no file tells from cp1252."""


def refuse_sheet_of_none(files: Iterable[InputFile]) -> None:
    """Raise UsageError where a sheet was asked for, and not one of the files is a workbook."""
    asked = [file for file in files if file.read_as.sheet]
    if asked and not any(map(_may_be_workbook, asked)):
        names = ", ".join(file.name for file in asked)
        raise UsageError(
            f"--sheet does not apply: no workbook is among {names}",
            hint="leave it out, or name the workbook",
        )


def _may_be_workbook(file: InputFile) -> bool:
    """Of what cannot be opened whoever reads it will say more."""
    try:
        with unpacked(file) as (plain, _):
            return is_workbook(plain)
    except UnusableInput:
        return True


@contextmanager
def doubting(asked: ReadAs, plain: InputFile, naming: Naming) -> Iterator[None]:
    """Where a text file cannot be used: say which options were given, and how it looks without them."""
    try:
        yield
    except UnusableInput as error:
        error.hint = "; ".join(filter(None, (*_otherwise(asked, plain, naming), error.hint)))
        raise


def _otherwise(asked: ReadAs, plain: InputFile, naming: Naming) -> Iterator[str]:
    if not (asked.encoding or asked.delimiter):
        return
    try:
        encoding = find_encoding(plain)
    except UnusableInput:
        encoding = asked.encoding  # no better one is known
    alike = encoding == CP1252 and asked.encoding.startswith(_LIKE_CP1252)
    if asked.encoding and asked.encoding != encoding and not alike:
        yield f"--encoding {asked.encoding} was given; without it the file is read as {encoding}"
    delimiter = find_delimiter(plain, encoding, naming)
    if asked.delimiter and asked.delimiter != delimiter:
        given, found = SEPARATORS[asked.delimiter], SEPARATORS[delimiter]
        yield f"--delimiter was given for {given}; without it the file is read with {found}"
