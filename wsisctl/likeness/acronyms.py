"""The acronym of a name: the one it states, and those that its words could make."""

import re
from collections.abc import Iterator

from wsisctl.likeness.countries import is_country, without_country
from wsisctl.likeness.letters import WORD, closed_up, words
from wsisctl.likeness.vocabulary import LEGAL_FORMS, SMALL, written_out

FEWEST_LETTERS = 3
_LONGEST = 12
_FEWEST_INITIALS, _MOST_INITIALS = 2, 12
_SURE_WITHOUT_CAPITALS = 5

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SEPARATOR = re.compile(r"\s[-–—|/]\s|[:,]\s|\s?[(\[]")


def looks_like_acronym(word: str) -> bool:
    """`MICT`, `MoICT`, `Unesco`."""
    letters = word.replace(".", "")
    capitals = sum(letter.isupper() for letter in letters)
    return (
        letters.isalpha()
        and FEWEST_LETTERS <= len(letters) <= _LONGEST
        and (capitals > 1 or len(letters) >= _SURE_WITHOUT_CAPITALS)
    )


def _is_stated(word: str) -> bool:
    """Whether what stands in brackets is an acronym, at least half of it capital letters."""
    letters = word.replace(".", "")
    capitals = sum(letter.isupper() for letter in letters)
    folded = words(word)
    return (
        letters.isalpha()
        and len(letters) <= _LONGEST
        and capitals > 1
        and 2 * capitals >= len(letters)
        and not is_country(folded)
        and written_out(folded)[-1] not in LEGAL_FORMS
    )


def without_acronym(text: str, countries: tuple[str, ...]) -> tuple[str, str]:
    """`Name (ACRONYM)`, `ACRONYM (Name)`, `Name - ACRONYM` and the like, parted; the acronym folded."""
    shouted = text.isupper()
    for bracket in _BRACKETS.finditer(text):
        inside = bracket[1].strip()
        outside = f"{text[: bracket.start()]}{text[bracket.end() :]}"
        if _is_stated(inside) and words(outside):
            acronym = closed_up(inside)
            if not shouted or acronym in initials(outside, countries):
                return outside, acronym
    for separator in _SEPARATOR.finditer(text):
        parts = text[: separator.start()], text[separator.end() :].rstrip(")] ")
        for name, short in (parts, parts[::-1]):
            if looks_like_acronym(short) and closed_up(short) in initials(name, countries):
                return name, closed_up(short)
    return text, ""


def initials(text: str, countries: tuple[str, ...]) -> frozenset[str]:
    """What a name may be shortened to by the letters its words begin with."""
    shouted = text.isupper()
    every = [
        (closed_up(word), word.isupper() and not shouted)
        for word in WORD.findall(text.replace("&", " "))
    ]
    before_comma = len(WORD.findall(text.rpartition(",")[0].replace("&", " ")))
    return frozenset(
        letters
        for part in (every, every[:before_comma])
        for found in _without_countries(part, countries)
        if _FEWEST_INITIALS <= len(found) <= _MOST_INITIALS
        for letters in _letters_of(found)
        if len(letters) >= FEWEST_LETTERS
    )


def _without_countries(
    found: list[tuple[str, bool]], countries: tuple[str, ...]
) -> Iterator[list[tuple[str, bool]]]:
    yield found
    folded = tuple(word for word, _ in found)
    for country in countries:
        rest = without_country(folded, country)
        yield found[: len(rest)] if folded[: len(rest)] == rest else found[-len(rest) :]


def _letters_of(found: list[tuple[str, bool]]) -> set[str]:
    """With and without small words; words that are acronyms themselves whole or by their first letter."""
    large = [item for item in found if item[0] not in SMALL]
    return {
        "".join([word if whole and capitals else word[:1] for word, capitals in kept])
        for kept in (found, large)
        for whole in {False, any(capitals for _, capitals in found)}
    }
