"""What stands between the cells of a text file, as its beginning shows."""

import csv
from collections.abc import Iterator

from wsisctl.errors import UsageError
from wsisctl.readers.dialect import SEPARATORS, named_separator
from wsisctl.readers.encoding import UTF_8
from wsisctl.readers.files import InputFile, open_input
from wsisctl.readers.naming import Naming

_BEGINNING = 1 << 16
_ROWS = 50
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "\\t": "\t"}


def asked_delimiter(name: str) -> str:
    """The sign that a person named, by itself or in words; raises UsageError for another one."""
    found = _NAMES.get(name.lower(), name)
    if found not in SEPARATORS:
        raise UsageError(
            f"--delimiter '{name}' is not known",
            hint=f"known are: {', '.join(list(_NAMES)[:4])}, or the sign itself",
        )
    return found


def find_delimiter(file: InputFile, encoding: str, naming: Naming) -> str:
    """The sign that makes a row of known names, or else rows of one width; a comma where none does."""
    beginning = _beginning(file, encoding)
    first = beginning.splitlines()[:1]
    if named := named_separator("".join(first)):
        return named
    rank = {sign: _fitness(beginning, sign, naming) for sign in SEPARATORS}
    return max(rank, key=lambda sign: rank[sign])


def _beginning(file: InputFile, encoding: str) -> str:
    with open_input(file) as stream:
        data = stream.read(_BEGINNING)
    text = data.decode("utf-8-sig" if encoding == UTF_8 else encoding, "ignore")
    whole = len(data) < _BEGINNING
    return text if whole else text.rpartition("\n")[0]


def _fitness(text: str, sign: str, naming: Naming) -> tuple[int, int]:
    """The most known names in a row, and how many rows are as wide as that one, if it has two cells."""
    rows = list(_rows(text, sign))
    header = max(rows, key=naming.number_meant, default=[])
    alike = sum(len(row) == len(header) for row in rows) if len(header) > 1 else 0
    return naming.number_meant(header), alike


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=sign)
    try:
        for row, _ in zip(reader, range(_ROWS), strict=False):
            if row:
                yield row
    except csv.Error:
        return
