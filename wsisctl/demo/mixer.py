"""Numbers that look drawn by chance and are the same on every machine and in every Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")

_MASK = (1 << 64) - 1


def seed(*key: object) -> int:
    """64 bits that follow from the key alone."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8])


def mixed(state: int) -> int:
    """The mixing step of splitmix64 (Steele, Lea, Flood 2014): every bit of the input moves all.

    For many numbers fast: `mixed(seed + index)` needs neither an object nor an earlier number.
    """
    state = (state * 0x9E3779B97F4A7C15) & _MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
    return state ^ (state >> 31)


class Dice:
    """A sequence of such numbers; two dice with the same key fall alike."""

    def __init__(self, *key: object) -> None:
        self._state = seed(*key)

    def throw(self) -> int:
        """The next 64 bits."""
        self._state = (self._state + 1) & _MASK
        return mixed(self._state)

    def number(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        return low + self.throw() % (high - low + 1)

    def chance(self, per_mille: int) -> bool:
        """True in so many of a thousand throws."""
        return self.throw() % 1000 < per_mille

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options, each as likely."""
        return options[self.throw() % len(options)]

    def weighted(self, weights: Sequence[int]) -> int:
        """A place in `weights`, as likely as its weight."""
        rest = self.throw() % sum(weights)
        for place, weight in enumerate(weights):
            rest -= weight
            if rest < 0:
                return place
        raise AssertionError

    def shuffled(self, items: Sequence[_T]) -> list[_T]:
        """The items in another order (Fisher and Yates)."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.throw() % (last + 1)
            result[last], result[other] = result[other], result[last]
        return result
