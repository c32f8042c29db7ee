"""Texts of which people said that they stand for one thing: symmetric and transitive."""

from collections.abc import Iterable


class Joined:
    """Sets of texts that grow together; a text that nobody named stands alone."""

    def __init__(self) -> None:
        self._sets: dict[str, set[str]] = {}

    def join(self, texts: Iterable[str]) -> bool:
        """Put texts into one set, with all that were in a set with one; False where they all were already."""
        named = set(texts)
        joined = named.union(*(self._sets.get(text, ()) for text in named))
        if any(joined == self._sets.get(text) for text in named) or len(named) < 2:
            return False
        self._sets |= dict.fromkeys(joined, joined)
        return True

    def first(self, text: str) -> str:
        """The smallest text of its set, whichever was named first."""
        return min(self._sets[text]) if text in self._sets else text
