"""When two names are the same.

Contract, Records: two names agree after Unicode NFKC, full case folding and collapsing white space,
or when the contest's `organizations.csv` says so. An empty name equals nothing.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType


def name_key(text: str) -> str:
    """The form in which equal names are equal text; empty for an empty name.

    Case folding can undo NFKC (a folded letter may compose with the mark that follows it), hence twice.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


class SameNames:
    """Name keys merged by a contest's own list of spellings, symmetric and transitive."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._first_spelling = MappingProxyType(_merged(pairs))

    def key(self, name: str) -> str:
        """What all spellings of one organization share; empty for an empty name."""
        plain = name_key(name)
        return self._first_spelling.get(plain, plain)


def _merged(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Each listed name key to the smallest one of its set (so file order decides nothing)."""
    sets: dict[str, set[str]] = {}
    for name, same_as in pairs:
        joined: set[str] = set()
        for key in (name_key(name), name_key(same_as)):
            if key:
                joined |= sets.get(key, {key})
        for key in joined:
            sets[key] = joined
    return {key: min(joined) for key, joined in sets.items()}
