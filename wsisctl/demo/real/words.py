"""The word lists beside the code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

Lists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Country:
    """A country that takes part."""

    code: str
    name: str
    adjective: str
    share: int
    """How many submissions come from there, relative to others."""
    people: str
    """Under which name people.txt lists given and family names."""
    cities: tuple[str, ...]


@cache
def lists(file: str) -> Lists:
    """The lists of a file: under a line in brackets, one entry a line."""
    found: dict[str, list[str]] = {}
    for line in _lines(file):
        if line.startswith("[") and line.endswith("]"):
            found[line[1:-1]] = []
        else:
            found[next(reversed(found))].append(line)
    return {name: tuple(entries) for name, entries in found.items()}


@cache
def families(file: str) -> Mapping[str, Lists]:
    """The same where each entry is a list of its own: `name: one; two`."""
    return {name: dict(map(_list, entries)) for name, entries in lists(file).items()}


@cache
def countries() -> tuple[Country, ...]:
    """All of them, by code."""
    return tuple(map(_country, sorted(_lines("countries"))))


def _lines(file: str) -> Iterator[str]:
    path = resources.files("wsisctl.demo").joinpath("words", f"{file}.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line


def _list(entry: str) -> tuple[str, tuple[str, ...]]:
    name, _, words = entry.partition(": ")
    return name, tuple(words.split("; "))


def _country(line: str) -> Country:
    code, name, adjective, share, people, cities = line.split("|")
    return Country(code, name, adjective, int(share), people, tuple(cities.split(", ")))
