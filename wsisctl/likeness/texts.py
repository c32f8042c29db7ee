"""How much of a text is found again in another, whatever was renamed, reworded, added or moved.

What two texts share is told by pairs of neighbouring words that stand once in each. Pairs that follow
each other in both make a stretch, which goes on over a few words that were replaced. The likeness of
two texts is the share of the shorter one that lies in such stretches, where a pair that many texts
have weighs little: it is anybody's phrase. A text that repeats itself has hardly any such pairs.
"""

import re
import unicodedata
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

Places = tuple[int, int]
"""An earlier text and a later one, by their places in what was given."""

_FEWEST_WORDS = 30
"""A text of fewer words says too little to be like another without being equal."""
_FEWEST_PAIRS = 10
_REACH = 8
"""A stretch finds its next pair within so many words, in both texts."""
_OWN = 6
"""What so many texts have in common still weighs in full: a project may come several times."""
_FULL = 1_000_000
_MOST = 99
"""Only equal texts are wholly alike; in others a stretch goes on over replaced words."""

_ONE_PAIR_IN = 2
"""Of all pairs of words, those by which texts are looked for: half of them are enough."""
_RAREST = 24
"""So many of a text's pairs, the rarest that stand elsewhere too, lead to earlier texts like it."""
_HOLDERS = 32
"""A pair leads to the first texts that have it, and no further."""
_LIKELIEST = 8
"""So many earlier texts, at most, are compared with a text."""
_OF_WEIGHT, _OF_PAIRS = 8, 6
"""A text is compared with those that have an eighth of its rarest pairs by weight, a sixth by number."""
_KEPT = 256
_BITS = 32

# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana and ideographs.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|\b\d+\b")
_ASCII_WORD = re.compile(r"[a-z]+|\b[0-9]+\b")


def words_of(text: str) -> list[str]:
    """What is compared: words without case, punctuation and the digits of an id, and whole numbers.

    In scripts that put no space between words, each character is one.
    """
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def alike(texts: Iterable[str], least: int, asked: Iterable[Places] = ()) -> Mapping[Places, int]:
    """The likeness, in hundredths rounded down, of the texts that are at least so much alike.

    Of many texts that are all alike not every two are named, but each with some earlier one. The
    likeness of those `asked` for is told, however small.
    """
    numbered = _Numbered(texts)
    wanted = dict.fromkeys(asked)
    likely = {
        places: stretches
        for places in (*wanted, *numbered.candidates())
        if (stretches := numbered.stretches(*places)).share >= least or places in wanted
    }
    spread = numbered.spread(chain.from_iterable(likely))
    told = {places: numbered.weighed(stretches, spread) for places, stretches in likely.items()}
    return {
        places: hundredths
        for places, hundredths in sorted(told.items())
        if hundredths >= least or places in wanted
    }


@dataclass(frozen=True)
class _Stretches:
    """What a text has in common with another: of each stretch the places of its pairs."""

    text: int
    pairs: tuple[tuple[int, ...], ...]
    share: int
    """Of the text's pairs those that lie in stretches, in hundredths."""


class _Numbered:
    """Texts whose words are numbers, since there may be millions of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        number: dict[str, int] = {}
        self._texts = [
            array("I", [number.setdefault(word, len(number)) for word in words_of(text)])
            for text in texts
        ]
        # Not Python's own hash, which differs from run to run.
        self._marks = [zlib.crc32(word.encode()) for word in number]
        self._once = lru_cache(_KEPT)(self._pairs_that_stand_once)

    def candidates(self) -> Iterator[Places]:
        """Texts worth comparing: each with the earlier ones that share its rarest pairs of words."""
        samples = [array("Q", self._sample(words)) for words in self._texts]
        spread = Counter(chain.from_iterable(samples))
        holders: dict[int, list[int]] = defaultdict(list)
        for later, sample in enumerate(samples):
            rarest = sorted((spread[key], key) for key in sample if spread[key] > 1)[:_RAREST]
            number = Counter(chain.from_iterable(holders[key] for _, key in rarest))
            several = {place for place, met in number.items() if met * _OF_PAIRS >= len(rarest)}
            if several:
                weights = [
                    (_FULL // texts, several.intersection(holders[key])) for texts, key in rarest
                ]
                yield from ((earlier, later) for earlier in _likeliest(weights))
            for _, key in rarest:
                if len(holders[key]) < _HOLDERS:
                    holders[key].append(later)

    def _sample(self, words: Sequence[int]) -> list[int]:
        if len(words) < _FEWEST_WORDS:
            return []
        marks = self._marks
        times = Counter(
            one << _BITS | following
            for one, following in pairwise(words)
            if (marks[one] + marks[following]) % _ONE_PAIR_IN == 0
        )
        return [key for key, number in times.items() if number == 1]

    def _pairs_that_stand_once(self, text: int) -> Mapping[int, int]:
        keys = _keys(self._texts[text])
        times = Counter(keys)
        return {key: place for place, key in enumerate(keys) if times[key] == 1}

    def stretches(self, earlier: int, later: int) -> _Stretches:
        """What the shorter text has in common with the longer."""
        text, other = sorted((earlier, later), key=lambda place: len(self._texts[place]))
        size = len(self._texts[text])
        here, there = self._once(text), self._once(other)
        common = sorted((here[key], there[key]) for key in here.keys() & there.keys())
        if size < _FEWEST_WORDS or len(common) < _FEWEST_PAIRS:
            common = []
        stretches = _chained(common)
        of = size - 1
        return _Stretches(text, stretches, sum(map(_length, stretches)) * 100 // max(1, of))

    def spread(self, texts: Iterable[int]) -> Mapping[int, int]:
        """In how many texts each pair of words of these texts stands."""
        asked = {key for text in set(texts) for key in _keys(self._texts[text])}
        if not asked:
            return {}
        return Counter(
            chain.from_iterable(asked.intersection(_keys(words)) for words in self._texts)
        )

    def weighed(self, stretches: _Stretches, spread: Mapping[int, int]) -> int:
        """The share, in hundredths, where what many texts have weighs little; never more than it is."""
        if not stretches.pairs:
            return 0
        weights = [
            _FULL * _OWN // max(_OWN, spread[key]) for key in _keys(self._texts[stretches.text])
        ]
        common = sum(_weight(places, weights) for places in stretches.pairs)
        left = len(weights) - sum(map(_length, stretches.pairs))
        # A replaced word makes pairs that stand nowhere else, as an own thought does. Hence what is
        # left weighs as the whole text does on average, not by its own pairs.
        common *= len(weights)
        weighed = common * 100 // (common + left * sum(weights))
        return min(weighed, stretches.share, _MOST)


def _likeliest(weights: Sequence[tuple[int, Iterable[int]]]) -> list[int]:
    """Of the texts that have pairs, each with its weight, those that have most of it."""
    weight: dict[int, int] = defaultdict(int)
    for much, texts in weights:
        for text in texts:
            weight[text] += much
    enough = sum(much for much, _ in weights)
    likely = (text for text, much in weight.items() if much * _OF_WEIGHT >= enough)
    return sorted(likely, key=lambda text: (-weight[text], text))[:_LIKELIEST]


def _keys(words: Sequence[int]) -> list[int]:
    return [one << _BITS | following for one, following in pairwise(words)]


def _chained(common: Iterable[Places]) -> tuple[tuple[int, ...], ...]:
    """From places here and there, the stretches in which both go on; a pair alone may be chance."""
    stretches: list[list[int]] = []
    before: Places | None = None
    for here, there in common:
        if before and here - before[0] <= _REACH and 0 < there - before[1] <= _REACH:
            stretches[-1].append(here)
        else:
            stretches.append([here])
        before = here, there
    return tuple(tuple(places) for places in stretches if len(places) > 1)


def _length(places: Sequence[int]) -> int:
    """How many pairs lie in a stretch, replaced ones too."""
    return places[-1] - places[0] + 1


def _weight(places: Sequence[int], weights: Sequence[int]) -> int:
    """What they weigh: those in between as much as the lighter of the two around them."""
    onwards = (
        min(weights[before], weights[place]) * (place - before)
        for before, place in pairwise(places)
    )
    return weights[places[0]] + sum(onwards)
