"""JSON arrays of objects, alone or within an object, and JSON Lines: the same keys as the columns of CSV.

Numbers stay the text that stands in the file, so that no id is rounded on its way in.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from wsisctl.errors import UnusableInput
from wsisctl.readers.broken_json import (
    DEEPEST,
    broken_json,
    place_of_constant,
    place_of_depth,
    place_of_double_key,
)
from wsisctl.readers.columns import refuse_wide, too_many_cells
from wsisctl.readers.encoding import UTF_8, undecodable
from wsisctl.readers.files import Advance, InputFile, ignore_progress, open_input
from wsisctl.wording import counted, listed, shortened

LARGEST = 256 << 20
"""Bytes. JSON is read whole."""
MOST_VALUES = 12_000_000
MOST_CELLS = 24_000_000
"""Keys that few objects have make empty cells in all others."""
_LONG_KEY = 26
_NO_RECORDS = "records hold texts, numbers and lists of these: look what this is, and export the records alone"
_EXPORT_ANEW = "the file was cut off or written wrongly: export it anew"
_COUNTS = frozenset({"count", "total", "totalcount", "totalitems", "totalrecords", "totalresults"})


class _Number(str):
    """A number as it is written in the file."""

    __slots__ = ()


class JsonTable:
    """One JSON array of objects, or an object with one such array in it. Rows count from 1 in the array."""

    def __init__(
        self, file: InputFile, encoding: str = UTF_8, advance: Advance = ignore_progress
    ) -> None:
        self.file = file
        self._encoding = encoding
        self._advance = advance
        self.columns: tuple[str, ...] = ()
        self.remarks: tuple[str, ...] = ()
        """What a person should know of how it was read, once it is open."""
        self._rows: list[tuple[int, list[str]]] = []

    def __enter__(self) -> "JsonTable":
        self.columns, self._rows = _as_rows(
            self.file, self._records(_text(self.file, self._encoding))
        )
        self._advance(self.file.path.stat().st_size)
        return self

    def __exit__(self, *_: object) -> None:
        self._rows = []

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its row number, each as wide as there are columns."""
        return iter(self._rows)

    def _records(self, text: str) -> Iterator[tuple[int, Any]]:
        if not text.strip():
            raise UnusableInput(
                f"{self.file.name}: the file is empty; expected a JSON array", hint=_EXPORT_ANEW
            )
        data = _load(text, self.file.name)
        if isinstance(data, dict):
            data = self._within(data)
        if not isinstance(data, list):
            raise UnusableInput(
                f"{self.file.name}: {_kind(data)} stands here; expected an array of objects",
                hint='such as [{"submission_id": "…", …}, …]; or give one object a line as .jsonl',
            )
        yield from enumerate(data, start=1)

    def _within(self, data: dict[str, Any]) -> list[Any]:
        key, array = _array_within(data, self.file)
        self.remarks = (f"read the array '{shortened(key)}'", *_other_counts(data, len(array)))
        return array


class JsonLinesTable(JsonTable):
    """A JSON object on each line. Rows count by lines; blank lines are no records."""

    def _records(self, text: str) -> Iterator[tuple[int, Any]]:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if not lines:
            raise UnusableInput(
                f"{self.file.name}: the file is empty; expected JSON objects", hint=_EXPORT_ANEW
            )
        for number, line in lines:
            yield number, _load(line, f"{self.file.name}:{number}", lines=False)


def _array_within(data: dict[str, Any], file: InputFile) -> tuple[str, list[Any]]:
    """The one array of objects that an object holds, or one of the objects in it, and its key.

    An empty array may be an export without records, where no other array stands beside it.
    """
    arrays = list(_arrays(data))
    found = [(key, array) for key, array in arrays if array] or arrays
    if len(found) == 1:
        return found[0]
    if found:
        names = _quoted(key for key, _ in found)
        raise UnusableInput(
            f"{file.name}: {len(found)} arrays stand in this object: {names}; expected one",
            hint="give the array that holds the records as a file of its own",
        )
    raise UnusableInput(
        f"{file.name}: an object stands here, with no array of objects in it; "
        f"its keys are {_quoted(data) or 'none'}",
        hint='expected [{"submission_id": "…", …}, …], alone or as in {"data": […]}; '
        "or give one object a line as .jsonl",
    )


def _arrays(data: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Arrays with objects or nothing in them, by key."""
    for key, value in _two_levels(data):
        if isinstance(value, list) and (not value or any(isinstance(one, dict) for one in value)):
            yield key, value


def _other_counts(data: dict[str, Any], read: int) -> Iterator[str]:
    """Where the object says that there are more records than it holds, it is one page of several."""
    for key, value in _two_levels(data):
        name = key.rpartition(".")[2].replace("_", "").casefold()
        if name in _COUNTS and isinstance(value, _Number) and value != str(read):
            held = counted(read, "object")
            yield f"'{shortened(key)}' says {shortened(value)}, but the array holds {held}"


def _two_levels(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What stands in an object, and in the objects in it, with `key.key` for the latter."""
    for key, value in data.items():
        yield _readable(key), value
        if isinstance(value, dict):
            for inner, part in value.items():
                yield _readable(f"{key}.{inner}"), part


def _readable(key: str) -> str:
    """The key, with halves of characters spelled out: messages are UTF-8."""
    return key.encode("utf-8", "backslashreplace").decode()


def _quoted(keys: Iterable[str]) -> str:
    return listed(f"'{shortened(_readable(key), _LONG_KEY)}'" for key in keys)


def _text(file: InputFile, encoding: str) -> str:
    with open_input(file) as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _too_large(file, f"larger than {LARGEST >> 20} MiB")
    try:
        text = content.decode("utf-8-sig" if encoding == UTF_8 else encoding)
    except UnicodeError as error:
        raise undecodable(file, encoding) from error
    if sum(map(text.count, ",[{")) > MOST_VALUES:  # each begins a value, unless it is in a text
        raise _too_large(file, f"it holds more than {MOST_VALUES} values")
    return text


def _too_large(file: InputFile, what: str) -> UnusableInput:
    return UnusableInput(
        f"{file.name}: too large for JSON, which is read whole: {what}",
        hint="export it as UTF-8 CSV",
    )


def _load(text: str, place: str, *, lines: bool = True) -> Any:
    """What a text says; raises UnusableInput, with the line in it where it may have several."""
    try:
        return json.loads(
            text,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_double_keys,
        )
    except json.JSONDecodeError as error:
        at, what, hint = error.pos, broken_json(text, error.msg, error.pos), _EXPORT_ANEW
    except _Unwanted as error:
        at, what, hint = error.find(text), error.what, _EXPORT_ANEW
    except RecursionError:
        at, hint = place_of_depth(text), _NO_RECORDS
        what = f"more than {DEEPEST} objects and arrays stand in one another"
    where = _where(text, at, lines=lines)
    raise UnusableInput(f"{place}: no readable JSON at {where}: {what}", hint=hint)


class _Unwanted(ValueError):
    """Something that the standard library reads and that is no record; `find` tells where it stands."""

    def __init__(self, what: str, find: Callable[[str], int]) -> None:
        super().__init__(what)
        self.what = what
        self.find = find


def _where(text: str, at: int, *, lines: bool) -> str:
    column = at - text.rfind("\n", 0, at)
    return (
        f"line {text.count(chr(10), 0, at) + 1}, column {column}" if lines else f"column {column}"
    )


def _refuse_constant(name: str) -> None:
    raise _Unwanted(f"{name} is no JSON", partial(place_of_constant, name))


def _without_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _ in pairs)
        double = next(key for key in times if times[key] > 1)
        what = f"an object has the key '{shortened(_readable(double))}' twice"
        raise _Unwanted(what, partial(place_of_double_key, double))
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
                f"{file.name}:{row}: {_kind(record)} stands here; expected an object",
                hint='each record is an object, such as {"submission_id": "…", …}',
            )
        by_column = _by_column(record, f"{file.name}:{row}")
        for column in by_column:
            places.setdefault(column, len(places))
        refuse_wide(len(places), f"{file.name}:{row}")
        if len(places) * (len(rows) + 1) > MOST_CELLS:
            raise too_many_cells(f"{file.name}:{row}", MOST_CELLS)
        cells = [""] * len(places)
        for column, value in by_column.items():
            cells[places[column]] = _cell(value, f"{file.name}:{row}: {column}")
        rows.append((row, cells))
    if rows and not places:
        raise UnusableInput(
            f"{file.name}:{rows[0][0]}: an object with nothing in it stands here, and so do all others",
            hint="expected the names of the columns as keys; look whether the export went well",
        )
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
            raise UnusableInput(
                f"{place}: more than one key is called '{column}'",
                hint="leave one of them out, or give it another name",
            )
        by_column[column] = value
    return by_column


def _cell(value: Any, place: str) -> str:
    """The value as the text that CSV would have: null is empty, a list has ';' between its parts."""
    if isinstance(value, list) and not any(isinstance(part, (list, dict)) for part in value):
        text = ";".join(_cell(part, place) for part in value)
    elif isinstance(value, (list, dict)):
        raise UnusableInput(
            f"{place}: {_kind(value)} stands here; expected text",
            hint="give each record one text, number or list of these under each key",
        )
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = "" if value is None else value
    _refuse_unwritable(text, place)
    return text


def _refuse_unwritable(text: str, place: str) -> None:
    if len(text) > csv.field_size_limit():
        raise UnusableInput(
            f"{place}: more than {csv.field_size_limit()} characters",
            hint="no box of a form holds so much; look what it is, and leave it out",
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        code = f"\\u{ord(text[error.start]):04x}"
        raise UnusableInput(
            f"{place}: {code} is half of a character, no text", hint=_EXPORT_ANEW
        ) from error


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", type(None): "null"}
    if isinstance(value, _Number):
        return "a number"
    return kinds.get(type(value), "text")
