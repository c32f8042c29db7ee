"""The nearest known word to one that is unknown."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

_FEW = 12
_LONG_ENOUGH = 3
"""Shorter pieces stand inside too many words to mean one of them."""
_SEPARATORS = re.compile(r"[\s_-]+")


def nearest(word: str, known: Iterable[object]) -> list[str]:
    """The known words that begin with the word, or else hold it, or else the most similar one."""
    words = [str(item) for item in known]
    if begun := [known for known in words if word and known.startswith(word)]:
        return begun
    if len(word) >= _LONG_ENOUGH and (holding := [known for known in words if word in known]):
        return holding
    return get_close_matches(word, words, n=1)


def suggestion(word: str, known: Iterable[object]) -> str:
    """`; did you mean 'x'?`, or the known words where there are few, or nothing."""
    words = list(dict.fromkeys(str(item) for item in known))
    match nearest(word, words):
        case []:
            few = 0 < len(words) <= _FEW
            return f"; expected one of: {', '.join(sorted(words))}" if few else ""
        case [one]:
            return f"; did you mean '{one}'?"
        case several:
            return f"; did you mean one of: {', '.join(several)}?"


def near_miss(word: str, known: Iterable[str], likeness: float = 0.8) -> str:
    """The one known word of which this is a misspelling; empty where none is, or several might be.

    Equal but for case, accents, blanks and dashes; or else the most similar one, if it is so similar.
    """
    key = squashed(word)
    by_key: dict[str, list[str]] = {}
    for item in known:
        by_key.setdefault(squashed(item), []).append(item)
    if key in by_key:
        return _only(by_key[key])
    if len(key) < _LONG_ENOUGH:
        return ""
    likest = get_close_matches(key, by_key, n=2, cutoff=likeness)
    if len({SequenceMatcher(None, item, key).ratio() for item in likest}) < len(likest):
        return ""
    return _only(by_key[likest[0]]) if likest else ""


def squashed(word: str) -> str:
    """The form in which words are equal that differ in case, accents, blanks and dashes only."""
    letters = unicodedata.normalize("NFD", _SEPARATORS.sub("", word).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _only(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ""
