"""Words that differ in one letter: one more, one less, another one, or two that changed places."""

from collections.abc import Iterator
from itertools import pairwise

from wsisctl.likeness.letters import is_alphabetic

SHORTEST = 7
"""In a shorter word another letter is mostly another word."""
_LONGEST = 40


def may_have_a_slip(word: str) -> bool:
    """Whether a single letter of the word may be a slip."""
    return SHORTEST <= len(word) <= _LONGEST and is_alphabetic(word)


def slips(word: str) -> Iterator[tuple[tuple[object, ...], bool]]:
    """Keys by which words one slip apart meet, each with whether words that have it so are one apart.

    Where that is not so, the word is one apart only from those that have the same key so.
    """
    yield ("less", word), True
    for place in range(len(word)):
        shorter = word[:place] + word[place + 1 :]
        yield ("other", place, shorter), True
        yield ("less", shorter), False
    for place, both in enumerate(pairwise(word)):
        swapped = "".join(sorted(both))
        yield ("swapped", place, word[:place] + swapped + word[place + 2 :]), True


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two words differ in one letter."""
    theirs = dict(slips(other))
    return one != other and any(own or theirs[key] for key, own in slips(one) if key in theirs)
