"""Which titles may be one project's."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum, auto
from functools import cached_property

from wsisctl.likeness.countries import is_country, names_a_country
from wsisctl.likeness.letters import WORD, Words, is_number, marks, stem, words
from wsisctl.likeness.typos import may_have_a_slip, one_slip_apart
from wsisctl.likeness.vocabulary import distinctive, without_small

_LONGEST_TITLE = 400
"""Longer texts are no titles; only their signs are compared."""
_FEWEST_LETTERS = 3
_LONGEST_ACRONYM = 12
_SHORTEST_BRAND = 5
_TELLING = 2
"""So many words that hardly another project has make a title that is like no other."""
_SHORTEST_SUBTITLE = 3
"""In words; a shorter one is often a place or an edition."""
_ENOUGH_FOR_A_SLIP = 15

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_SUBTITLE = re.compile(r"\s*:\s+|\s+[-–—|]\s+")
_EDITIONS = frozenset(
    ["edition", "phase", "version", "stage", "plus", "next", "new", "first", "second", "third"]
)


class Kind(StrEnum):
    """Ways in which two titles are alike, the nearest first."""

    SIGNS = "the same title with other signs"
    BRACKET = "the same title with an acronym in brackets"
    SMALL_WORDS = "the same title but for small words"
    SUBTITLE = "the same title with a subtitle"
    SLIP = "the same title but for one letter"


class Chance(IntEnum):
    """How likely it is that two projects are called so without having to do with each other."""

    HARDLY = auto()
    ELSEWHERE = auto()
    """In two countries."""
    EASILY = auto()


@dataclass(frozen=True)
class Likeness:
    """How a title is like another."""

    kind: Kind
    chance: Chance


class Title:
    """A title in all the forms in which it may be like another."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(unicodedata.normalize("NFKC", text).split())

    @cached_property
    def words(self) -> Words:
        """Folded."""
        return words(self.text)

    @cached_property
    def _parts(self) -> tuple[str, str]:
        """The title without an acronym in brackets, and that acronym as it stands."""
        for bracket in _BRACKETS.finditer(self.text):
            rest = f"{self.text[: bracket.start()]} {self.text[bracket.end() :]}".strip()
            if _is_acronym(bracket[1]) and words(rest):
                return re.sub(r"\s+([:,])", r"\1", rest), bracket[1].strip()
        return self.text, ""

    @property
    def main(self) -> str:
        """Without an acronym in brackets."""
        return self._parts[0]

    @property
    def acronym(self) -> str:
        """What stands in brackets, if that is an acronym."""
        return self._parts[1]

    @cached_property
    def head(self) -> str:
        """What stands before the subtitle."""
        return self._split[0]

    @cached_property
    def _split(self) -> tuple[str, str]:
        found = _SUBTITLE.search(self.main)
        head, tail = (self.main[: found.start()], self.main[found.end() :]) if found else ("", "")
        return (head, tail) if words(head) and words(tail) else (self.main, "")

    @cached_property
    def marks(self) -> Words:
        """Numbers and single letters."""
        return marks(self.words)

    @cached_property
    def core(self) -> Words:
        """The words of the title without small ones and without the acronym."""
        return without_small(self._main_words)

    @cached_property
    def _main_words(self) -> Words:
        return words(self.main) if self.acronym else self.words

    @cached_property
    def distinctive(self) -> frozenset[str]:
        """The stems that tell it from other titles."""
        return frozenset(distinctive(self.core))

    @cached_property
    def brands(self) -> frozenset[str]:
        """The stems of words such as `iMbrella`, which nobody writes who does not mean that name."""
        found = WORD.findall(self.main)
        return frozenset(stem("".join(words(word))) for word in found if is_brand(word))

    @cached_property
    def chance(self) -> Chance:
        """Of the whole title."""
        return Chance.HARDLY if is_telling(self.main) or self.brands else Chance.EASILY

    @property
    def names(self) -> tuple[str, ...]:
        """What its own people may call the project for short, too."""
        head = self.head
        shorter = head if len(words(head)) == 1 or is_telling(head) else self.main
        return tuple(dict.fromkeys(filter(words, (self.main, shorter, self.acronym))))

    @property
    def full_names(self) -> tuple[str, ...]:
        """What others may call it: several words, or one that nobody writes who means anything else."""
        names = dict.fromkeys((self.main, self.head))
        return tuple(
            name for name in names if len(words(name)) > 1 or is_brand(*WORD.findall(name))
        )

    def handles(self) -> Iterator[tuple[Kind, Hashable, bool, Chance]]:
        """Forms by which titles are found: the kind, the form, and whether it is the whole title."""
        if len("".join(self.words)) < _FEWEST_LETTERS:
            return
        yield Kind.SIGNS, ("".join(self.words), self.marks), True, Chance.HARDLY
        if len(self.text) > _LONGEST_TITLE:
            return
        acronym = self.acronym.casefold()
        for kind, found in ((Kind.BRACKET, self._main_words), (Kind.SMALL_WORDS, self.core)):
            form = "".join(found)
            yield kind, (form, self.marks, acronym), True, self.chance
            if acronym:
                yield kind, (form, self.marks, ""), False, self.chance
        yield from self._with_subtitle()

    def _with_subtitle(self) -> Iterator[tuple[Kind, Hashable, bool, Chance]]:
        head, tail = self._split
        of_head = words(head) if tail else self._main_words
        form = ("".join(without_small(of_head)), marks(of_head))
        chance = Chance.HARDLY if is_telling(head) else Chance.EASILY
        if chance is Chance.EASILY and any(map(is_brand, WORD.findall(head))):
            chance = Chance.ELSEWHERE
        if tail and len(words(tail)) < _SHORTEST_SUBTITLE:
            chance = Chance.EASILY
        yield Kind.SUBTITLE, form, not tail, chance

    def frames(self) -> Iterator[tuple[Hashable, str]]:
        """The title with a gap for each word in which a letter may be wrong, and that word."""
        if len(self.text) > _LONGEST_TITLE or len("".join(self.core)) < _ENOUGH_FOR_A_SLIP:
            return
        for place, word in enumerate(self.core):
            if may_have_a_slip(word) and not names_a_country(word):
                frame = (*self.core[:place], "", *self.core[place + 1 :])
                yield (frame, self.marks, self.acronym), word


class Catalogue:
    """Titles to look others up in."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self._titles = titles
        self._forms: dict[Hashable, dict[int, tuple[bool, Chance]]] = defaultdict(dict)
        self._frames: dict[Hashable, list[tuple[int, str]]] = defaultdict(list)
        for place, title in enumerate(titles):
            for kind, form, whole, chance in title.handles():
                self._forms[kind, form][place] = whole, chance
            for frame, word in title.frames():
                self._frames[frame].append((place, word))

    def like(self, title: Title) -> dict[int, Likeness]:
        """The places of the titles like this one, each in the nearest way."""
        found: dict[int, Likeness] = {}
        for kind, form, whole, chance in title.handles():
            for place, (theirs, other) in self._forms.get((kind, form), {}).items():
                if whole or theirs:
                    found.setdefault(place, Likeness(kind, max(chance, other)))
        for frame, word in title.frames():
            for place, theirs_word in self._frames.get(frame, ()):
                if one_slip_apart(word, theirs_word):
                    found.setdefault(place, Likeness(Kind.SLIP, self._titles[place].chance))
        return found


def is_telling(title: str) -> bool:
    """Whether hardly another project can be called so by chance."""
    return len(set(distinctive(words(title)))) >= _TELLING


def shared_words(one: Title, other: Title, known: frozenset[str]) -> tuple[str, ...]:
    """The words that two titles of one entity share, where they are enough for one project.

    `known` are stems that say nothing here, such as those of the entity's own name.
    """
    rest = _without_edition(one)
    if rest == _without_edition(other) and (distinctive(rest) or len(rest) >= _TELLING):
        return tuple(sorted(set(rest)))
    mine, theirs = one.distinctive - known, other.distinctive - known
    shared = mine & theirs
    many = len(shared) >= _TELLING and 2 * len(shared) >= min(len(mine), len(theirs))
    return tuple(sorted(shared)) if many or shared & (one.brands | other.brands) else ()


def _without_edition(title: Title) -> Words:
    """What is left of a title without numbers, editions, and countries."""
    return tuple(
        word
        for word in title.core
        if not is_number(word) and word not in _EDITIONS and not names_a_country(word)
    )


def contains(title: Title, other: Title) -> bool:
    """Whether a title has another one in it, in words that are not common."""
    size = len(other.core)
    return bool(other.distinctive) and any(
        title.core[place : place + size] == other.core for place in range(len(title.core))
    )


def is_brand(word: str = "", *more: str) -> bool:
    """`iMbrella`, `MobiClinic`: one word with a capital letter within, and not all in capitals."""
    inner = any(letter.isupper() for letter in word[1:])
    return not more and len(word) >= _SHORTEST_BRAND and inner and not word.isupper()


def _is_acronym(text: str) -> bool:
    letters = text.strip().replace(".", "")
    capitals = sum(letter.isupper() for letter in letters)
    return (
        letters.isalpha()
        and len(letters) <= _LONGEST_ACRONYM
        and 2 * capitals > len(letters)
        and not is_country(words(text))
        and not marks(words(text))
    )
