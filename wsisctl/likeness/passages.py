"""Where two texts differ, side by side: what was replaced, added, left out, but not what was only moved."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from wsisctl.wording import shortened

MOST = 6
"""So many passages are shown."""
LONGEST = 300
"""Of each, so many characters."""
_SENTENCES, _WORDS = 150, 400
"""Of what is longer than any description, so much is compared."""
_BETWEEN = 3
"""Differences with so few equal words between them are one."""
_CONTEXT = 2
_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_NO_LETTER = re.compile(r"\W")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """The differing passages of two texts, in the order of the first."""

    passages: tuple[tuple[str, str], ...]
    """What stands here, and there; empty where it has no counterpart."""
    more: int
    """How many further ones are not shown."""


@dataclass(frozen=True)
class _Sentence:
    words: Words
    plain: Words
    """Without case and punctuation, by which no passage differs."""


def differences(here: str, there: str) -> Differences:
    """Where the texts differ, sentence by sentence, and within sentences word by word."""
    found = _joined(_differing(_sentences(here), _sentences(there)))
    shown = [tuple(shortened(" ".join(side), LONGEST) for side in sides) for sides in found[:MOST]]
    return Differences(tuple((one, other) for one, other in shown), len(found[MOST:]))


def _sentences(text: str) -> list[_Sentence]:
    parts = (tuple(part.split()[:_WORDS]) for part in _END.split(text))
    return [_Sentence(words, tuple(map(_plain, words))) for words in parts if words][:_SENTENCES]


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    return _NO_LETTER.sub("", folded) or folded


def _differing(here: list[_Sentence], there: list[_Sentence]) -> Iterator[tuple[Words, Words]]:
    """Each sentence of either side beside the one it resembles; equal ones are left out."""
    left = dict(enumerate(there))
    twins = _equal(here, left)
    for place, sentence in enumerate(here):
        if place in twins:
            continue
        nearest = _nearest(sentence, left)
        if nearest is None:
            yield sentence.words, ()
        else:
            yield from _within(sentence, left.pop(nearest))
    for sentence in left.values():
        yield (), sentence.words


def _equal(here: list[_Sentence], left: dict[int, _Sentence]) -> set[int]:
    """The places of those that stand in both, each taken out of what is left of the other side."""
    places: dict[Words, list[int]] = {}
    for place, sentence in left.items():
        places.setdefault(sentence.plain, []).append(place)
    twins = set()
    for place, sentence in enumerate(here):
        if places.get(sentence.plain):
            del left[places[sentence.plain].pop(0)]
            twins.add(place)
    return twins


def _nearest(sentence: _Sentence, others: Mapping[int, _Sentence]) -> int | None:
    """The place of the one with most words in common, if they are a third of the sentence."""
    words = Counter(sentence.plain)
    shared = {place: (words & Counter(other.plain)).total() for place, other in others.items()}
    nearest = max(shared, key=lambda place: (shared[place], -place), default=None)
    if nearest is None or shared[nearest] * 3 < len(sentence.words):
        return None
    return nearest


def _within(here: _Sentence, there: _Sentence) -> Iterator[tuple[Words, Words]]:
    """The stretches in which two sentences differ, with a little of what stands around."""
    spans: list[list[int]] = []
    matcher = SequenceMatcher(None, here.plain, there.plain, autojunk=False)
    for kind, here_from, here_to, there_from, there_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        if spans and here_from - spans[-1][1] <= _BETWEEN:
            spans[-1][1], spans[-1][3] = here_to, there_to
        else:
            spans.append([here_from, here_to, there_from, there_to])
    for here_from, here_to, there_from, there_to in spans:
        yield _around(here.words, here_from, here_to), _around(there.words, there_from, there_to)


def _around(words: Words, start: int, end: int) -> Words:
    first, last = max(0, start - _CONTEXT), min(len(words), end + _CONTEXT)
    before = ("…",) if first else ()
    after = ("…",) if last < len(words) else ()
    return (*before, *words[first:last], *after)


def _joined(differing: Iterable[tuple[Words, Words]]) -> list[tuple[Words, Words]]:
    """Sentences in a row that stand on one side alone are one passage."""
    joined: list[tuple[Words, Words]] = []
    for here, there in differing:
        alone = (not there, not here)
        if joined and any(alone) and alone == (not joined[-1][1], not joined[-1][0]):
            joined[-1] = (joined[-1][0] + here, joined[-1][1] + there)
        else:
            joined.append((here, there))
    return joined
