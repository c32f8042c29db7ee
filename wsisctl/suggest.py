"""The nearest known word to one that is unknown."""

from collections.abc import Iterable
from difflib import get_close_matches

_FEW = 12
_LONG_ENOUGH = 3
"""Shorter pieces stand inside too many words to mean one of them."""


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
    words = [str(item) for item in known]
    match nearest(word, words):
        case []:
            few = 0 < len(words) <= _FEW
            return f"; expected one of: {', '.join(sorted(words))}" if few else ""
        case [one]:
            return f"; did you mean '{one}'?"
        case several:
            return f"; did you mean one of: {', '.join(several)}?"
