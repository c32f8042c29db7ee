"""The forms in which a name may equal another spelling of itself; each is a kind of evidence."""

import re
import unicodedata
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from wsisctl.likeness.acronyms import (
    FEWEST_LETTERS,
    initials,
    looks_like_acronym,
    without_acronym,
)
from wsisctl.likeness.countries import names_a_country, without_country
from wsisctl.likeness.letters import WORD, Words, closed_up, marks, words
from wsisctl.likeness.typos import may_have_a_slip
from wsisctl.likeness.vocabulary import (
    distinctive,
    without_legal_form,
    without_small,
    written_out,
)


class Kind(StrEnum):
    """Kinds of evidence, the best first."""

    SIGNS = "the same letters with other signs, spaces or accents"
    BRACKET = "the same with the acronym in brackets"
    SMALL_WORDS = "the same but for small words"
    ABBREVIATION = "the same with abbreviations written out"
    LEGAL_FORM = "the same but for the legal form"
    COUNTRY = "the same with the name of the country"
    STATED = "one is the acronym that the other has in brackets"
    ORDER = "the same words in another order"
    SLIP = "the same but for one letter"
    INITIALS = "one is the initials of the other"
    PLACE = "the same with the name of a place"


_OF_SIGNS = (Kind.SIGNS, Kind.BRACKET)
_LONGEST_NAME = 400
"""Longer texts are no names; only their signs are compared."""
_ALONE = 10
"""So long must a word be for a slip in it to be seen where it is the whole name."""
_LONGEST_PLACE = 3
_PLACE = re.compile(r"(.+)(?:,|\s[-–—]\s|[(\[])([^,()\[\]]+)[)\]]?")


@dataclass(frozen=True)
class Spelling:
    """A name as somebody wrote it, and the countries of those who did."""

    text: str
    countries: tuple[str, ...] = ()
    """Codes, sorted; empty where nothing is known."""


class Handle(NamedTuple):
    """A form of a name. Names that have it as their own are alike; those that have it only as a part
    are like these, but not like each other."""

    key: Hashable
    own: bool


class NameForms:
    """A name in all the forms in which it may equal another."""

    def __init__(self, spelling: Spelling) -> None:
        self._countries = spelling.countries
        self._text = " ".join(unicodedata.normalize("NFKC", spelling.text).split())

    @cached_property
    def _words(self) -> Words:
        return words(self._text)

    @cached_property
    def _closed_up(self) -> str:
        return "".join(self._words)

    @cached_property
    def _marks(self) -> Words:
        return marks(self._words)

    @cached_property
    def _stated(self) -> tuple[str, str]:
        """The name without its acronym, and that acronym; empty where it states none."""
        too_long = len(self._text) > _LONGEST_NAME
        return (self._text, "") if too_long else without_acronym(self._text, self._countries)

    @cached_property
    def _main(self) -> Words:
        main, acronym = self._stated
        return words(main) if acronym else self._words

    @cached_property
    def _initials(self) -> frozenset[str]:
        return initials(self._stated[0], self._countries)

    @cached_property
    def _foreign_acronym(self) -> str:
        """A stated acronym that is not that of the words, and so tells the name from others."""
        acronym = self._stated[1]
        return acronym if acronym and acronym not in self._initials else ""

    @cached_property
    def _expanded(self) -> Words:
        return written_out(without_small(self._main))

    @cached_property
    def _core(self) -> Words:
        """What is left without small words, abbreviations, legal form and country."""
        return _core(self._main, self._countries)

    @cached_property
    def _acronym(self) -> str:
        """The name itself, where it is an acronym."""
        found = self._main
        for country in self._countries:
            found = without_country(found, country)
        (word, *more) = without_legal_form(found) or ("",)
        original = next(
            (item for item in WORD.findall(self._text) if closed_up(item) == word), word.upper()
        )
        return word if not more and looks_like_acronym(original) else ""

    @property
    def _own_scopes(self) -> tuple[str, ...]:
        """The countries in which names are compared with it."""
        return self._countries or ("",)

    def handles(self, kind: Kind, scopes: tuple[str, ...] = ()) -> Iterator[Handle]:
        """The forms by which evidence of this kind joins."""
        if len(self._closed_up) < FEWEST_LETTERS or (
            kind is not Kind.SIGNS and len(self._text) > _LONGEST_NAME
        ):
            return
        match kind:
            case Kind.STATED | Kind.INITIALS:
                forms = self._acronyms(kind)
            case Kind.PLACE:
                forms = self._places()
            case Kind.SIGNS:
                forms = iter([((self._closed_up, ""), True)])
            case _:
                forms = self._with_acronym(self._form(kind))
        for form, own in forms:
            for scope in (*(scopes or self._own_scopes), *self._anywhere(kind)):
                yield Handle((form, self._marks, scope), own)

    def _anywhere(self, kind: Kind) -> tuple[str, ...]:
        """A name that is like no other is compared with those of all countries, as far as signs go."""
        everywhere = kind in _OF_SIGNS and self._is_distinctive
        return ("anywhere",) if everywhere else ()

    @cached_property
    def _is_distinctive(self) -> bool:
        return bool(distinctive(self._main))

    def _form(self, kind: Kind) -> Words:
        match kind:
            case Kind.BRACKET:
                return self._main
            case Kind.SMALL_WORDS:
                return without_small(self._main)
            case Kind.ABBREVIATION:
                return self._expanded
            case Kind.LEGAL_FORM:
                return without_legal_form(self._expanded)
            case Kind.COUNTRY:
                return self._core
            case _:
                return tuple(sorted(self._core))

    def _with_acronym(self, found: Words) -> Iterator[tuple[Hashable, bool]]:
        form = "".join(found)  # closed up or not
        acronym = self._foreign_acronym
        yield (form, acronym), True
        if acronym:
            yield (form, ""), False

    def _acronyms(self, kind: Kind) -> Iterator[tuple[Hashable, bool]]:
        acronym = self._stated[1]
        if self._acronym:
            yield self._acronym, True
        elif acronym:
            if kind is Kind.STATED:
                yield acronym, False
        elif kind is Kind.INITIALS:
            for letters in sorted(self._initials):
                yield letters, False

    def _places(self) -> Iterator[tuple[Hashable, bool]]:
        yield from self._with_acronym(self._core)
        parted = _PLACE.fullmatch(self._stated[0])
        if parted and not self._foreign_acronym:
            place, rest = words(parted[2]), _core(words(parted[1]), self._countries)
            short = len(place) <= _LONGEST_PLACE
            if short and len(rest) > 1 and len(distinctive(place)) == len(place):
                yield ("".join(rest), ""), False

    def frames(self) -> Iterator[tuple[Hashable, str]]:
        """The name with a gap for each word in which a letter may be wrong, and that word."""
        if len(self._text) > _LONGEST_NAME or self._foreign_acronym:
            return
        for place, word in enumerate(self._core):
            long_enough = len(self._core) > 1 or len(word) >= _ALONE
            if may_have_a_slip(word) and long_enough and not names_a_country(word):
                frame = (*self._core[:place], "", *self._core[place + 1 :])
                for scope in self._own_scopes:
                    yield (frame, self._marks, scope), word


@lru_cache(maxsize=65_536)
def forms_of(spelling: Spelling) -> NameForms:
    """More than one rule looks at the same names."""
    return NameForms(spelling)


def _core(found: Words, countries: tuple[str, ...]) -> Words:
    for country in countries:
        rest = without_country(found, country)
        if len(without_small(rest)) > 1 or distinctive(rest):
            found = rest
    return without_legal_form(written_out(without_small(found)))
