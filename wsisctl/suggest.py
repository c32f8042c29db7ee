"""The nearest known word to one that is unknown."""

from collections.abc import Iterable
from difflib import get_close_matches


def suggestion(word: str, known: Iterable[object]) -> str:
    """`; did you mean 'x'?`, or the known words where there are few, or nothing."""
    words = [str(item) for item in known]
    if begun := [known for known in words if word and known.startswith(word)]:
        return f"; did you mean one of: {', '.join(begun)}?"
    if near := get_close_matches(word, words, n=1):
        return f"; did you mean '{near[0]}'?"
    if 0 < len(words) <= 12:
        return f"; expected one of: {', '.join(sorted(words))}"
    return ""
