"""When two names are the same.

Contract, Records: two names agree after Unicode NFKC, full case folding and collapsing white space,
or when the contest's `organizations.csv` says so. An empty name equals nothing.
"""

import unicodedata
from collections.abc import Iterable

from wsisctl.joined import Joined


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
        self._spellings = Joined()
        for pair in pairs:
            self._spellings.join(key for key in map(name_key, pair) if key)

    def key(self, name: str) -> str:
        """What all spellings of one organization share; empty for an empty name."""
        return self._spellings.first(name_key(name))
