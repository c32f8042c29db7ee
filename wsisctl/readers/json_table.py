"""JSON arrays of objects, and JSON Lines: the same keys as the columns of CSV.

Numbers stay the text that stands in the file, so that no id is rounded on its way in.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from wsisctl.errors import UnusableInput
from wsisctl.readers.encoding import UTF_8, undecodable
from wsisctl.readers.files import Advance, InputFile, ignore_progress, open_input


class _Number(str):
    """A number as it is written in the file."""

    __slots__ = ()


class JsonTable:
    """One JSON array of objects. Rows count from 1."""

    remarks: tuple[str, ...] = ()

    def __init__(self, file: InputFile, advance: Advance = ignore_progress) -> None:
        self.file = file
        self._advance = advance
        self.columns: tuple[str, ...] = ()
        self._rows: list[tuple[int, list[str]]] = []

    def __enter__(self) -> "JsonTable":
        self.columns, self._rows = _as_rows(self.file, self._records(_text(self.file)))
        self._advance(self.file.path.stat().st_size)
        return self

    def __exit__(self, *_: object) -> None:
        self._rows = []

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its row number, each as wide as there are columns."""
        return iter(self._rows)

    def _records(self, text: str) -> Iterator[tuple[int, Any]]:
        if not text.strip():
            raise UnusableInput(f"{self.file.name}: the file is empty; expected a JSON array")
        data = _load(text, self.file.name)
        if not isinstance(data, list):
            raise UnusableInput(
                f"{self.file.name}: {_kind(data)} stands here; expected an array of objects",
                hint='such as [{"submission_id": "…", …}, …]; or give one object a line as .jsonl',
            )
        yield from enumerate(data, start=1)


class JsonLinesTable(JsonTable):
    """A JSON object on each line. Rows count by lines; blank lines are no records."""

    def _records(self, text: str) -> Iterator[tuple[int, Any]]:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if not lines:
            raise UnusableInput(f"{self.file.name}: the file is empty; expected JSON objects")
        for number, line in lines:
            yield number, _load(line, f"{self.file.name}:{number}")


def _text(file: InputFile) -> str:
    with open_input(file) as stream:
        content = stream.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise undecodable(file, UTF_8) from error


def _load(text: str, place: str) -> Any:
    try:
        return json.loads(
            text,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_double_keys,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnusableInput(f"{place}: no readable JSON at {where}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise UnusableInput(f"{place}: no readable JSON: {error}") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _without_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"an object has the key '{double}' twice")
    return found


def _as_rows(
    file: InputFile, records: Iterable[tuple[int, Any]]
) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """All keys in the order in which they first appear, and the cells under them."""
    places: dict[str, int] = {}
    rows: list[tuple[int, list[str]]] = []
    for row, record in records:
        if not isinstance(record, dict):
            raise UnusableInput(
                f"{file.name}:{row}: {_kind(record)} stands here; expected an object"
            )
        by_column = _by_column(record, f"{file.name}:{row}")
        for column in by_column:
            places.setdefault(column, len(places))
        cells = [""] * len(places)
        for column, value in by_column.items():
            cells[places[column]] = _cell(value, f"{file.name}:{row}: {column}")
        rows.append((row, cells))
    for _, cells in rows:
        cells.extend([""] * (len(places) - len(cells)))
    return tuple(places), rows


def _by_column(record: dict[str, Any], place: str) -> dict[str, Any]:
    """The values under the names that columns of CSV would have: without white space around them."""
    by_column: dict[str, Any] = {}
    for key, value in record.items():
        column = key.strip()
        _refuse_unwritable(column, place)
        if column in by_column:
            raise UnusableInput(f"{place}: more than one key is called '{column}'")
        by_column[column] = value
    return by_column


def _cell(value: Any, place: str) -> str:
    """The value as the text that CSV would have: null is empty, a list has ';' between its parts."""
    if isinstance(value, list) and not any(isinstance(part, (list, dict)) for part in value):
        text = ";".join(_cell(part, place) for part in value)
    elif isinstance(value, (list, dict)):
        raise UnusableInput(f"{place}: {_kind(value)} stands here; expected text")
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = "" if value is None else value
    _refuse_unwritable(text, place)
    return text


def _refuse_unwritable(text: str, place: str) -> None:
    if len(text) > csv.field_size_limit():
        raise UnusableInput(f"{place}: more than {csv.field_size_limit()} characters")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        code = f"\\u{ord(text[error.start]):04x}"
        raise UnusableInput(f"{place}: {code} is half of a character, no text") from error


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", type(None): "null"}
    if isinstance(value, _Number):
        return "a number"
    return kinds.get(type(value), "text")
