"""Which passages of a text are in another language than the expected one.

A text is judged piece by piece, each a sentence or more. A piece that is not plainly in the
expected language is judged again without what says nothing about a language: names, numbers,
addresses, and titles that are quoted or stand in brackets.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from wsisctl.rules.passages import sentence_ends
from wsisctl.wording import joined

_FEWEST_BYTES = 120
"""About twenty English words, or forty Chinese characters."""
_PIECE_BYTES = 60
"""In less, languages are mistaken for each other."""
_FEWEST_LETTERS = 40
"""About eight words besides names. Less may be a saying, or a title without quotation marks."""
_FEWEST_PERCENT = 5
_WIDE = 3
"""Letters of an alphabet that say about as much as one Chinese or Korean character."""
_SHORTEST_NAME = 3
"""Letters; less is a word of any language."""
_STRANGE_LETTERS = 10
"""Of another alphabet: with so many, a short text is certain too."""

_LATIN = frozenset((
    "af", "az", "bs", "ca", "cs", "cy", "da", "de", "en", "es", "et", "eu", "fi", "fr", "ga", "gl", "ha",
    "hr", "hu", "id", "ig", "is", "it", "lb", "lt", "lv", "ms", "mt", "nb", "nl", "no", "pl", "pt", "ro",
    "rw", "sk", "sl", "so", "sq", "sv", "sw", "tl", "tr", "uz", "vi", "xh", "yo", "zu",
))  # fmt: skip
"""Languages written in Latin letters."""
_CALLED = {"he": "iw", "jv": "jw", "nb": "no", "fil": "tl"}
"""Codes that the detector knows under an older one."""
_TWINS = ({"id", "ms"}, {"bs", "hr", "sr"}, {"da", "nn", "no"}, {"zh", "zh-Hant"})
"""Languages that no detector tells apart in a few sentences."""

_ADDRESS = re.compile(r"(?<![!-~])[!-~]*(?:@|://|[A-Za-z0-9][._/][A-Za-z0-9])[!-~]*")
_ASIDE = re.compile(
    r"\([^()]{1,90}\)|\[[^][]{1,90}\]|（[^（）]{1,90}）|《[^《》]{1,90}》|«[^«»]{1,90}»|"
    r"“[^“”]{1,90}”|„[^„“”]{1,90}[“”]|\"[^\"]{1,90}\""
)
_WORD = re.compile(r"(?:[^\W\u0E00-\u1DFF\u2E80-\uD7FF]|['’ʻʼ.&+/-])+")
"""Of a script that puts spaces between words."""
_UNKNOWN, _SCRIPT = "un", "xx-"
_TAKEN = "\0"
_KEPT = frozenset("\t\n\r\u200c\u200d")
"""Not printable either; the last two shape letters in Persian and in the scripts of India."""
_JOINS_NAMES = re.compile(r"(?<=\0)(?:[ ,]+[^\W\d_]{1,4}){1,2}[ ,]+(?=\0)")
"""The particles of a name, such as `y de` between two of its words."""


@dataclass(frozen=True)
class Stretch:
    """A passage in another language."""

    language: str
    """In English."""
    start: int
    end: int
    letters: int
    """Besides names."""


@dataclass(frozen=True)
class Foreign:
    """What of a text is in other languages."""

    stretches: tuple[Stretch, ...]
    percent: int
    """Of the text's letters."""

    @property
    def languages(self) -> str:
        """Their names, the one with most of the text first."""
        letters = Counter[str]()
        for stretch in self.stretches:
            letters[stretch.language] += stretch.letters
        names = sorted(letters, key=lambda name: (-letters[name], name))
        return joined(names)


def foreign_passages(text: str, expected: str, names: Sequence[str] = ()) -> Foreign | None:
    """The passages in other languages than the expected one; None where they are too few to be certain.

    Short texts get no verdict, since among a handful of words names decide; but those in another
    alphabet do.
    """
    if len(text.encode()) < _FEWEST_BYTES:
        script = _other_script(text) if expected in _LATIN else ""
        if not script:
            return None
        whole = Stretch(f"a text in {script} script", 0, len(text), _letters(text))
        return Foreign((whole,), 100)
    stretches = _joined(text, _stretches(text, expected, names))
    if sum(one.letters for one in stretches) < _FEWEST_LETTERS:
        return None
    share = sum(_letters(text[one.start : one.end]) for one in stretches)
    percent = 100 * share // _letters(text)
    return Foreign(stretches, percent) if percent >= _FEWEST_PERCENT else None


def _other_script(text: str) -> str:
    """The script of a text that is mostly in other letters than Latin ones; empty where it is not."""
    scripts = Counter(
        unicodedata.name(letter, "OTHER").split()[0] for letter in text if letter.isalpha()
    )
    latin = scripts["LATIN"]
    del scripts["LATIN"]
    if scripts.total() < _STRANGE_LETTERS or scripts.total() <= latin:
        return ""
    script = min(scripts, key=lambda name: (-scripts[name], name))
    return {"CJK": "Chinese"}.get(script, script.capitalize())


def _stretches(text: str, expected: str, names: Sequence[str]) -> Iterator[Stretch]:
    """The passages in other languages, piece by piece."""
    known = _same_language(expected)
    for start, end in pieces(text):
        piece = text[start:end]
        certain = _detection(piece).certain.keys()
        if certain and certain <= known:
            continue
        bare = without_names(piece, names)
        for span in _spans(bare):
            if span.code not in known:
                letters = _letters(bare[span.start : span.end])
                yield Stretch(span.name, start + span.start, start + span.end, letters)


def known_languages() -> frozenset[str]:
    """The codes of all languages that the detector tells."""
    import pycld2

    codes = dict(pycld2.LANGUAGES)
    told = {codes[name] for name in pycld2.DETECTED_LANGUAGES}
    return frozenset(told | {other for other, code in _CALLED.items() if code in told})


def _same_language(code: str) -> frozenset[str]:
    """The code as the detector has it, and those that it may give instead."""
    known = {_CALLED.get(code, code)}
    return frozenset(known.union(*(twins for twins in _TWINS if twins & known)))


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Whole sentences, so many that a language can be told."""
    start = 0
    for end in sentence_ends(text):
        if len(text[start:end].encode()) >= _PIECE_BYTES:
            yield start, end
            start = end
    yield start, len(text)


@dataclass(frozen=True)
class _Span:
    """A stretch of a piece, in one language."""

    name: str
    code: str
    start: int
    end: int


class _Detection(NamedTuple):
    """What the detector says of a piece."""

    data: bytes
    certain: Mapping[str, str]
    """The name of each language, by its code, that is in it for certain."""
    vectors: Sequence[tuple[int, int, str, str]]
    """Where a stretch starts in the data and how long it is, its language and the code of that."""


def _detection(text: str) -> _Detection:
    import pycld2

    data = _data(text)
    reliable, _, details, vectors = pycld2.detect(data, returnVectors=True)
    certain = {code: name for name, code, _, _ in details if _is_language(code)} if reliable else {}
    return _Detection(data, certain, vectors)


def _spans(text: str) -> list[_Span]:
    """The languages of a piece that are certain, each with where it stands."""
    found = _detection(text)
    if len(found.certain) == 1:
        ((code, name),) = found.certain.items()
        return [_Span(_readable(name), code, 0, len(text))]
    return [
        _Span(
            _readable(name),
            code,
            _characters(found.data, start),
            _characters(found.data, start + length),
        )
        for start, length, name, code in found.vectors
        if code in found.certain
    ]


def _data(text: str) -> bytes:
    """Word leaves a vertical tab where a line is broken; the detector refuses a text for one such sign."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() or sign in _KEPT else " " for sign in text)
    return text.encode()


def _is_language(code: str) -> bool:
    """Unlike `un` and `xx-Qaai`, which the detector gives for signs of no language."""
    return code != _UNKNOWN and not code.startswith(_SCRIPT)


def _characters(data: bytes, number: int) -> int:
    """How many characters the first bytes are."""
    return len(data[:number].decode(errors="ignore"))


def _readable(name: str) -> str:
    """The detector writes `HAITIAN_CREOLE`, and `ChineseT` for traditional characters."""
    return "Chinese" if name == "ChineseT" else name.replace("_", " ").title()


def without_names(text: str, names: Sequence[str] = ()) -> str:
    """The text with blanks in the place of whatever says nothing about its language."""
    for name in names:
        if _letters(name) >= _SHORTEST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _taken, text)
    upper = sum(map(str.isupper, text))
    if upper > sum(map(str.isalpha, text)) - upper:
        text = "".join(letter.lower()[:1] for letter in text)
    for pattern in (_ADDRESS, _ASIDE):
        text = pattern.sub(_taken, text)
    text = _WORD.sub(_taken_if_name, text)
    return _JOINS_NAMES.sub(_taken, text).replace(_TAKEN, " ")


def _taken(match: re.Match[str]) -> str:
    return _TAKEN * len(match.group())


def _taken_if_name(match: re.Match[str]) -> str:
    """A word with a capital letter or a digit in it."""
    word = match.group()
    named = any(letter.isupper() or letter.isdigit() for letter in word)
    return _taken(match) if named else word


def _joined(text: str, stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Neighbours in the same language as one."""
    joined: list[Stretch] = []
    for one in stretches:
        last = joined[-1] if joined else None
        if last and last.language == one.language and not _letters(text[last.end : one.start]):
            joined[-1] = replace(last, end=one.end, letters=last.letters + one.letters)
        else:
            joined.append(one)
    return tuple(joined)


def _letters(text: str) -> int:
    """Letters, those of a script without an alphabet for as many as they stand for."""
    return sum(
        _WIDE if unicodedata.east_asian_width(letter) == "W" else 1
        for letter in text
        if letter.isalpha()
    )
