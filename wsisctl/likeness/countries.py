"""Countries by name, as far as names of organizations and titles of projects tell them."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from wsisctl.likeness.letters import Words, words
from wsisctl.names import name_key


@cache
def country_names() -> Mapping[Words, str]:
    """The words of each name, adjectives too, to the country's code."""
    return {words(name): code for code, names in _countries() for name in names}


def names_of_countries() -> Mapping[str, str]:
    """Each name, adjectives and the code itself too, to the country's code."""
    return {name: code for code, names in _countries() for name in (code, *names)}


@cache
def _codes() -> Mapping[str, str]:
    return {name_key(name): code for name, code in names_of_countries().items()}


def _countries() -> Iterator[tuple[str, list[str]]]:
    file = resources.files(__package__).joinpath("countries.txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, names, adjectives = line.split("|")
            both = [*names.split(";"), *adjectives.split(";")]
            yield code, [name.strip() for name in both if name.strip()]


def country_code(text: str) -> str:
    """The code of a country given by code or name; what is no country is its own folded text."""
    key = name_key(text)
    return _codes().get(key, key)


def is_country(found: Words) -> bool:
    """Whether these words are a country's name, its adjective, or its code."""
    return found in country_names() or name_key(" ".join(found)) in _codes()


@cache
def _words_of_countries() -> frozenset[str]:
    return frozenset(word for found in country_names() for word in found)


def names_a_country(word: str) -> bool:
    """Whether the word is part of a country's name."""
    return word in _words_of_countries()


def without_country(found: Words, country: str) -> Words:
    """The words but for the country's name before or after them; all of them where it is not there."""
    for size in range(min(_longest(), len(found) - 1), 0, -1):
        if country_names().get(found[-size:]) == country:
            return found[:-size]
        if country_names().get(found[:size]) == country:
            return found[size:]
    return found


@cache
def _longest() -> int:
    return max(map(len, country_names()))
