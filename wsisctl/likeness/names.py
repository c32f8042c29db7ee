"""Which names may be spellings of one organization, and by what evidence.

No score tells: `University of Lagos` and `University of Laos` are nearly equal, `SDAIA` and `Saudi Data
& AI Authority` hardly at all. So each kind of evidence is a form in which names that it joins are equal.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from wsisctl.likeness.countries import is_country, names_a_country, without_country
from wsisctl.likeness.letters import Words, marks, stem, words
from wsisctl.likeness.typos import may_have_a_slip, slips
from wsisctl.likeness.vocabulary import ABBREVIATIONS, LEGAL_FORMS, SMALL, distinctive
from wsisctl.names import name_key


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


_CERTAIN = (Kind.SIGNS, Kind.BRACKET, Kind.COUNTRY, Kind.STATED, Kind.ORDER, Kind.INITIALS)
"""Good evidence by itself; the kinds between are parts of `COUNTRY`, whose form has all of theirs."""
_ACRONYMS = frozenset([Kind.STATED, Kind.INITIALS])
"""They join an acronym to names, not acronyms to each other."""
_LONGEST_NAME = 400
"""Longer texts are no names; only their signs are compared."""
_FEWEST_LETTERS = 3
_LONGEST_ACRONYM = 12
_FEWEST_INITIALS, _MOST_INITIALS = 2, 12
_SURE_WITHOUT_CAPITALS = 5
_ALONE = 10
"""So long must a word be for a slip in it to be seen where it is the whole name."""
_LONGEST_PLACE = 3

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SEPARATOR = re.compile(r"\s[-–—|/]\s|[:,]\s|\s?[(\[]")
_PLACE = re.compile(r"(.+)(?:,|\s[-–—]\s|[(\[])([^,()\[\]]+)[)\]]?")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Spelling:
    """A name as somebody wrote it, and the countries of those who did."""

    text: str
    countries: tuple[str, ...] = ()
    """Codes, sorted; empty where nothing is known."""


@dataclass(frozen=True)
class Pair:
    """Two spellings by their places in a sequence, and why they may be one organization's."""

    earlier: int
    later: int
    kind: Kind


@dataclass(frozen=True)
class _Handle:
    """A form of a name. Names that have it as their own are alike; those that have it only as a part
    are like these, but not like each other."""

    key: Hashable
    own: bool


def pairs(spellings: Sequence[Spelling], said: Sequence[Hashable]) -> tuple[Pair, ...]:
    """The pairs that would join all spellings that some evidence joins, the best evidence first.

    `said` has for each spelling what it shares with those that are already said to be the same. Where
    two are joined through a third by better evidence, they are no pair of their own.
    """
    read = [_read(spelling) for spelling in spellings]
    joined = _Joined(said)
    found: list[Pair] = []
    stated: set[Hashable] = set()
    for kind in Kind:
        for key, owners, guests in _groups(kind, read):
            if kind is Kind.INITIALS and key in stated:
                continue  # the acronym is already somebody's who says so
            if kind is Kind.STATED and guests:
                stated.add(key)
            others = guests if kind in _ACRONYMS else (*owners[1:], *guests)
            found += [
                Pair(min(owners[0], other), max(owners[0], other), kind)
                for other in others
                if joined.join(owners[0], other)
            ]
    return tuple(found)


class Directory:
    """Names to look others up in."""

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        self._places: dict[Hashable, dict[int, bool]] = defaultdict(dict)
        for place, spelling in enumerate(spellings):
            # Found by those of the same country and by those of none.
            scopes = (*(spelling.countries or ("unknown",)), "any")
            for key, own in _certain_handles(spelling, scopes):
                self._places[key][place] = own

    def like(self, spelling: Spelling) -> frozenset[int]:
        """The places of the names that this may be another spelling of, where the evidence is good."""
        scopes = (*spelling.countries, "unknown") if spelling.countries else ("any",)
        return frozenset(
            place
            for key, own in _certain_handles(spelling, scopes)
            for place, theirs in self._places.get(key, {}).items()
            if own or theirs
        )


def _certain_handles(
    spelling: Spelling, scopes: tuple[str, ...]
) -> Iterator[tuple[Hashable, bool]]:
    read = _read(spelling)
    for kind in _CERTAIN:
        for handle in read.handles(kind, scopes):
            yield (kind, handle.key), handle.own


def _groups(kind: Kind, read: Sequence["_Read"]) -> Iterator[tuple[Hashable, list[int], list[int]]]:
    """Names that share a form: the key, those whose own it is, and those that have it as a part."""
    owners: dict[Hashable, list[int]] = defaultdict(list)
    guests: dict[Hashable, list[int]] = defaultdict(list)
    handles = _slips(read) if kind is Kind.SLIP else _all_handles(kind, read)
    for place, handle in handles:
        (owners if handle.own else guests)[handle.key].append(place)
    for key, places in owners.items():
        yield key, places, guests.get(key, [])


def _all_handles(kind: Kind, read: Sequence["_Read"]) -> Iterator[tuple[int, _Handle]]:
    for place, one in enumerate(read):
        for handle in one.handles(kind):
            yield place, handle


def _slips(read: Sequence["_Read"]) -> Iterator[tuple[int, _Handle]]:
    """Only where names agree in all other words are letters looked at."""
    frames = [(place, *frame) for place, one in enumerate(read) for frame in one.frames()]
    crowd = Counter(frame for _, frame, _ in frames)
    for place, frame, word in frames:
        if crowd[frame] > 1:
            for key, own in slips(word):
                yield place, _Handle((frame, key), own)


class _Joined:
    """Which spellings are joined, by what is said and by what was found so far."""

    def __init__(self, said: Sequence[Hashable]) -> None:
        first: dict[Hashable, int] = {}
        self._above = [first.setdefault(key, place) for place, key in enumerate(said)]

    def _top(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place

    def join(self, one: int, other: int) -> bool:
        """Whether they were not joined before."""
        earlier, later = sorted((self._top(one), self._top(other)))
        self._above[later] = earlier
        return earlier != later


class _Read:
    """A name in all the forms in which it may equal another."""

    def __init__(self, spelling: Spelling) -> None:
        self._countries = spelling.countries
        self._text = " ".join(unicodedata.normalize("NFKC", spelling.text).split())

    @cached_property
    def _words(self) -> Words:
        return words(self._text)

    @cached_property
    def _marks(self) -> Words:
        return marks(self._words)

    @cached_property
    def _stated(self) -> tuple[str, str]:
        """The name without its acronym, and that acronym; empty where it states none."""
        return _without_acronym(self._text, self._countries)

    @cached_property
    def _main(self) -> Words:
        main, acronym = self._stated
        return words(main) if acronym else self._words

    @cached_property
    def _foreign_acronym(self) -> str:
        """A stated acronym that is not that of the words, and so tells the name from others."""
        main, acronym = self._stated
        return "" if acronym in _initials(main, self._countries) else acronym

    @cached_property
    def _expanded(self) -> Words:
        return _written_out(_without_small(self._main))

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
        (word, *more) = _without_legal_form(found) or ("",)
        original = next(
            (item for item in _WORD.findall(self._text) if _folded(item) == word), word.upper()
        )
        return word if not more and _looks_like_acronym(original) else ""

    @property
    def _own_scopes(self) -> tuple[str, ...]:
        """The countries in which names are compared with it."""
        return self._countries or ("",)

    def handles(self, kind: Kind, scopes: tuple[str, ...] = ()) -> Iterator[_Handle]:
        """The forms by which evidence of this kind joins."""
        if len("".join(self._words)) < _FEWEST_LETTERS or (
            kind is not Kind.SIGNS and len(self._text) > _LONGEST_NAME
        ):
            return
        match kind:
            case Kind.STATED | Kind.INITIALS:
                forms = self._acronyms(kind)
            case Kind.PLACE:
                forms = self._places()
            case Kind.SIGNS:
                forms = iter([(("".join(self._words), ""), True)])
            case _:
                forms = self._with_acronym(self._form(kind))
        for form, own in forms:
            for scope in (*(scopes or self._own_scopes), *self._anywhere(kind)):
                yield _Handle((form, self._marks, scope), own)

    def _anywhere(self, kind: Kind) -> tuple[str, ...]:
        """A name that is like no other is compared with those of all countries, as far as signs go."""
        everywhere = kind in {Kind.SIGNS, Kind.BRACKET} and distinctive(self._main)
        return ("anywhere",) if everywhere else ()

    def _form(self, kind: Kind) -> Words:
        match kind:
            case Kind.BRACKET:
                return self._main
            case Kind.SMALL_WORDS:
                return _without_small(self._main)
            case Kind.ABBREVIATION:
                return self._expanded
            case Kind.LEGAL_FORM:
                return _without_legal_form(self._expanded)
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
        main, acronym = self._stated
        if self._acronym:
            yield self._acronym, True
        elif acronym:
            if kind is Kind.STATED:
                yield acronym, False
        elif kind is Kind.INITIALS:
            for letters in sorted(_initials(main, self._countries)):
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


@lru_cache(maxsize=4096)
def _read(spelling: Spelling) -> _Read:
    """More than one rule looks at the same names."""
    return _Read(spelling)


def _core(found: Words, countries: tuple[str, ...]) -> Words:
    for country in countries:
        rest = without_country(found, country)
        if len(_without_small(rest)) > 1 or distinctive(rest):
            found = rest
    return _without_legal_form(_written_out(_without_small(found)))


def _without_small(found: Words) -> Words:
    return tuple(word for word in found if word not in SMALL) or found


def _written_out(found: Words) -> Words:
    return tuple(
        part
        for word in found
        for part in ABBREVIATIONS.get(word) or ABBREVIATIONS.get(stem(word)) or (stem(word),)
    )


def _without_legal_form(found: Words) -> Words:
    while len(found) > 1 and found[-1] in LEGAL_FORMS:
        found = found[:-1]
    while len(found) > 1 and found[0] in LEGAL_FORMS:
        found = found[1:]
    return found


def _folded(word: str) -> str:
    return "".join(words(word))


def _looks_like_acronym(word: str) -> bool:
    """`MICT`, `MoICT`, `Unesco`."""
    letters = word.replace(".", "")
    capitals = sum(letter.isupper() for letter in letters)
    return (
        letters.isalpha()
        and _FEWEST_LETTERS <= len(letters) <= _LONGEST_ACRONYM
        and (capitals > 1 or len(letters) >= _SURE_WITHOUT_CAPITALS)
    )


def _is_stated(word: str) -> bool:
    """Whether what stands in brackets is an acronym, at least half of it capital letters."""
    letters = word.replace(".", "")
    capitals = sum(letter.isupper() for letter in letters)
    folded = words(word)
    return (
        letters.isalpha()
        and len(letters) <= _LONGEST_ACRONYM
        and capitals > 1
        and 2 * capitals >= len(letters)
        and not is_country(folded)
        and _written_out(folded)[-1] not in LEGAL_FORMS
    )


def _without_acronym(text: str, countries: tuple[str, ...]) -> tuple[str, str]:
    """`Name (ACRONYM)`, `ACRONYM (Name)`, `Name - ACRONYM` and the like, parted; the acronym folded."""
    if len(text) > _LONGEST_NAME:
        return text, ""
    shouted = text.isupper()
    for bracket in _BRACKETS.finditer(text):
        inside = bracket[1].strip()
        outside = f"{text[: bracket.start()]}{text[bracket.end() :]}"
        if _is_stated(inside) and words(outside):
            acronym = _folded(inside)
            if not shouted or acronym in _initials(outside, countries):
                return outside, acronym
    for separator in _SEPARATOR.finditer(text):
        parts = text[: separator.start()], text[separator.end() :].rstrip(")] ")
        for name, short in (parts, parts[::-1]):
            if _looks_like_acronym(short) and _folded(short) in _initials(name, countries):
                return name, _folded(short)
    return text, ""


def _initials(text: str, countries: tuple[str, ...]) -> frozenset[str]:
    """What a name may be shortened to by the letters its words begin with."""
    shouted = text.isupper()
    every = [
        (_folded(word), word.isupper() and not shouted)
        for word in _WORD.findall(text.replace("&", " "))
    ]
    before_comma = len(_WORD.findall(text.rpartition(",")[0].replace("&", " ")))
    return frozenset(
        letters
        for part in (every, every[:before_comma])
        for found in _without_countries(part, countries)
        if _FEWEST_INITIALS <= len(found) <= _MOST_INITIALS
        for letters in _letters_of(found)
        if len(letters) >= _FEWEST_LETTERS
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
        "".join(word if whole and capitals else word[:1] for word, capitals in kept)
        for kept in (found, large)
        for whole in (False, True)
    }


def similarity(one: str, other: str) -> int:
    """How much of two names is equal, in hundredths, rounded down; it orders, and decides nothing."""
    from rapidfuzz import fuzz

    return int(fuzz.ratio(name_key(one), name_key(other)))
