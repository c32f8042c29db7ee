"""What the columns of somebody's export may be, by their names and by what stands in them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from wsisctl.contest.model import Contest
from wsisctl.likeness.countries import names_of_countries
from wsisctl.names import name_key
from wsisctl.readers.guess import guesses
from wsisctl.readers.table import Table
from wsisctl.records.cells import Role
from wsisctl.records.choices import choices
from wsisctl.records.dates import ISO, DayOrder, read_date
from wsisctl.records.kinds import Kind

_LIKENESS = 0.6
"""Of names: a draft may guess more freely than an error, since a person looks at each line."""
_ROWS = 1000
"""So many rows are looked at to see what a column holds."""
_OF_TEN = 9
"""So many of ten cells that are filled in must be of a sort to tell it."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SDGS = re.compile(r"(?:SDG\s*)?(?:1[0-7]|[1-9])(?:\s*[;,|]\s*(?:SDG\s*)?(?:1[0-7]|[1-9]))*", re.I)


@dataclass(frozen=True)
class Guess:
    """What a column of a file may be."""

    name: str = ""
    """Ours; empty where nobody knows."""
    why: str = ""
    """What a person should know who looks at it; empty for what is no guess."""


@dataclass(frozen=True)
class _Sort:
    """Something that cells can be told to be."""

    called: str
    """As `its cells are times`."""
    fields: tuple[str, ...]
    """Those of the kind of record that hold it."""
    fits: Callable[[str], bool]


def guessed(contest: Contest, kind: Kind, table: Table) -> dict[str, Guess]:
    """The file's columns that have a name, each with what it may be; reads the first of its rows.

    Names come first. What is left is told by its cells, where only one of our columns can hold such.
    """
    columns = table.header.columns
    found = {column.written: Guess(column.name) for column in columns if column.known}
    spare = [column.written for column in columns if column.written and not column.known]
    free = _free(contest, kind, found)
    named = guesses(spare, free, kind.naming(contest), _LIKENESS)
    found |= {written: Guess(name, "?") for written, name in named.items()}
    left = [
        (place, column.written)
        for place, column in enumerate(columns)
        if column.written and column.written not in found
    ]
    cells = _cells(table, [place for place, _ in left])
    held = {written: cells[place] for place, written in left}
    found |= dict(_by_cells(_sorts(contest, kind, _free(contest, kind, found)), held))
    return {
        column.written: found.get(column.written, Guess()) for column in columns if column.written
    }


def _free(contest: Contest, kind: Kind, found: Mapping[str, Guess]) -> list[str]:
    """The columns that the file may have, and that no column of it is yet."""
    taken = {guess.name for guess in found.values()}
    return [name for name in (*kind.columns(contest), *kind.further) if name not in taken]


def _cells(table: Table, places: Sequence[int]) -> dict[int, list[str]]:
    """What is filled in the first rows, by place."""
    found: dict[int, list[str]] = {place: [] for place in places}
    for _, cells in islice(table.rows(), _ROWS):
        for place in places:
            if place < len(cells) and (text := cells[place].strip()):
                found[place].append(text)
    return found


def _by_cells(
    sorts: Sequence[_Sort], held: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Guess]]:
    """Where several columns hold the same, or several of ours could, a person is told and has to choose."""
    for sort in sorts:
        columns = [written for written, texts in held.items() if _are(sort, texts)]
        certain = len(columns) == len(sort.fields) == 1
        for written in columns:
            name = sort.fields[0] if certain else ""
            which = "" if certain else f", as those of {' or '.join(sort.fields)}"
            yield written, Guess(name, f"? its cells are {sort.called}{which}")


def _are(sort: _Sort, texts: Sequence[str]) -> bool:
    return bool(texts) and 10 * sum(map(sort.fits, texts)) >= _OF_TEN * len(texts)


def _sorts(contest: Contest, kind: Kind, free: Sequence[str]) -> list[_Sort]:
    """What cells can be told to be, for the columns that are still to be found; the surest first."""
    roles, called = kind.roles(contest), choices(contest)
    times = [name for name in free if roles.get(name) is Role.TIME]
    emails = [name for name in free if name == "email" or name.endswith("_email")]
    found = [
        ("times", times, _is_time),
        ("e-mail addresses", emails, lambda text: bool(_EMAIL.fullmatch(text))),
        ("categories", _those(free, "category"), _is_category(contest)),
        ("types of entities", _those(free, "entity_type", "organization_type"), _is_in(called["entity_type"])),
        ("states of the work", _those(free, "status"), _is_in(called["status"])),
        ("countries", _those(free, "country"), _is_country),
        ("SDGs", _those(free, "sdgs"), lambda text: bool(_SDGS.fullmatch(text))),
    ]  # fmt: skip
    return [_Sort(what, tuple(fields), fits) for what, fields, fits in found if fields]


def _those(free: Sequence[str], *names: str) -> list[str]:
    return [name for name in names if name in free]


def _is_time(text: str) -> bool:
    return bool(ISO.fullmatch(text)) or read_date(text, DayOrder.UNKNOWN, "") is not None


def _is_category(contest: Contest) -> Callable[[str], bool]:
    """A number names a category too, and may be anything."""
    return lambda text: not text.isdecimal() and contest.category_of(text) is not None


def _is_in(called: Mapping[str, str]) -> Callable[[str], bool]:
    keys = {_folded(label) for label in called}
    return lambda text: _folded(text) in keys


def _folded(text: str) -> str:
    return name_key(text.replace("_", " ").replace("-", " "))


def _is_country(text: str) -> bool:
    return name_key(text) in _country_keys()


@cache
def _country_keys() -> frozenset[str]:
    return frozenset(map(name_key, names_of_countries()))
