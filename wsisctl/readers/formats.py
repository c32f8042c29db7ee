"""Which format a file has. Its name and its first bytes must agree: what is not what it says is refused."""

import re

from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile, open_input

CSV, JSON, JSON_LINES, XLSX, PARQUET = "csv", "json", "jsonl", "xlsx", "parquet"

_EXPECTED = "expected CSV, JSON, JSON Lines or XLSX"
_WORKBOOK, _OLD_WORKBOOK = "an Excel workbook (XLSX)", "an old Excel workbook"
_PARQUET, _GZIP, _ZIP = "a Parquet file", "a gzip archive", "a ZIP archive"
_BY_ENDING = {
    "json": JSON, "jsonl": JSON_LINES, "ndjson": JSON_LINES,
    "xlsx": XLSX, "xlsm": XLSX, "parquet": PARQUET, "pq": PARQUET,
}  # fmt: skip
"""Any other ending is text with cells."""
_SAID = {
    "xlsx": _WORKBOOK, "xlsm": _WORKBOOK, "xlsb": "a binary Excel workbook", "xls": _OLD_WORKBOOK,
    "ods": "an OpenDocument spreadsheet", "parquet": _PARQUET, "pq": _PARQUET, "zip": _ZIP, "gz": _GZIP,
    "pdf": "a PDF document", "doc": "a Word document", "docx": "a Word document",
}  # fmt: skip
"""What the ending of a name says of files that are no text."""
_MARKS = {
    b"PK\x03\x04": _WORKBOOK,
    b"PAR1": _PARQUET,
    b"\x1f\x8b": _GZIP,
    b"\xd0\xcf\x11\xe0": "an old Excel workbook, or one with a password",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}
_USABLE = {_WORKBOOK: XLSX, _PARQUET: PARQUET}
_PACKED = {"gzip": "gz", "zip": "zip"}
_JSON = re.compile(r'[\[{]\s*["\[{\]}]')
_WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|table)\b", re.IGNORECASE
)
_HEADER = re.compile(r"[^\[{].*[,;\t]")
_ENOUGH = 4096


def format_of(file: InputFile, plain: InputFile, packed: str) -> str:
    """The format of a file, given what was unpacked from it and how it was packed, if it was.

    Raises UnusableInput for a format that nobody reads, and where name and bytes contradict.
    """
    if packed and file.format != _PACKED[packed]:
        raise _misnamed(file, {"gzip": _GZIP, "zip": _ZIP}[packed], _PACKED[packed])
    with open_input(plain) as stream:
        beginning = stream.read(_ENOUGH)
    is_there = next((what for mark, what in _MARKS.items() if beginning.startswith(mark)), "")
    said = _SAID.get(plain.format, "")
    if is_there in _USABLE and said == is_there:
        return _USABLE[is_there]
    if is_there:
        raise _misnamed(file, is_there, _USABLE.get(is_there, ""))
    text = beginning.decode("utf-8-sig", "replace").lstrip()
    if _WEB_PAGE.match(text):
        raise UnusableInput(
            f"{file.name}: this is a web page; {_EXPECTED}",
            hint="look at it in a browser: where it asks to sign in, do so and export anew; where it shows "
            "the records, save them as UTF-8 CSV",
        )
    if said:
        raise UnusableInput(
            f"{file.name}: its name says that this is {said}, and it is none; {_EXPECTED}",
            hint="look what it is, and name it so; or export it as UTF-8 CSV",
        )
    form = _BY_ENDING.get(plain.format, CSV)
    _refuse_other_text(file, text, form)
    return form


def _misnamed(file: InputFile, is_there: str, ending: str) -> UnusableInput:
    if not ending:
        return UnusableInput(
            f"{file.name}: this is {is_there}; {_EXPECTED}", hint="export it as UTF-8 CSV"
        )
    return UnusableInput(
        f"{file.name}: this is {is_there}, and its name does not say so",
        hint=f"name it .{ending}",
    )


def _refuse_other_text(file: InputFile, beginning: str, form: str) -> None:
    """JSON that is called CSV, and the other way round."""
    if form != CSV and _HEADER.match(beginning):
        raise UnusableInput(
            f"{file.name}: this is no JSON; it looks like CSV", hint="name it .csv, if it is"
        )
    if form == CSV and _JSON.match(beginning):
        raise UnusableInput(
            f"{file.name}: this is JSON; expected CSV",
            hint="name it .json, or .jsonl if each line is an object",
        )
