"""A file that is something else than its reader expects, as its name or its first bytes show."""

import re

from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile, open_input

_WORKBOOK = "an Excel workbook"
_ENDINGS = {
    "xlsx": _WORKBOOK,
    "xlsm": _WORKBOOK,
    "xlsb": _WORKBOOK,
    "xls": "an old Excel workbook",
    "ods": "an OpenDocument spreadsheet",
    "parquet": "a Parquet file",
    "tsv": "a file with tabs between the cells",
    "zip": "a ZIP archive",
    "gz": "a gzip archive",
    "pdf": "a PDF document",
}
_MARKS = {
    b"PK\x03\x04": "an XLSX workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
}
_JSON = re.compile(r'[\[{]\s*["\[{\]}]')
_HEADER = re.compile(r"[^\[{].*[,;\t]")
_ENOUGH = 4096


def refuse_other_formats(file: InputFile, *, as_json: bool) -> None:
    """Raise UnusableInput for a file that is not what it is about to be read as: JSON, or else CSV."""
    with open_input(file) as stream:
        beginning = stream.read(_ENOUGH)
    expected = "expected CSV, JSON or JSON Lines"
    if what := _ENDINGS.get(file.format):
        raise UnusableInput(
            f"{file.name}: its name says that this is {what}; {expected}",
            hint="export it as UTF-8 CSV",
        )
    for mark, what in _MARKS.items():
        if beginning.startswith(mark):
            raise UnusableInput(
                f"{file.name}: this is {what}; {expected}", hint="export it as UTF-8 CSV"
            )
    _refuse_text(file, beginning.decode("utf-8-sig", "replace").lstrip(), as_json=as_json)


def _refuse_text(file: InputFile, beginning: str, *, as_json: bool) -> None:
    """JSON that is called CSV, and the other way round."""
    if as_json and _HEADER.match(beginning):
        raise UnusableInput(
            f"{file.name}: this is no JSON; it looks like CSV", hint="name it .csv, if it is"
        )
    if not as_json and _JSON.match(beginning):
        raise UnusableInput(
            f"{file.name}: this is JSON; expected CSV",
            hint="name it .json, or .jsonl if each line is an object",
        )
