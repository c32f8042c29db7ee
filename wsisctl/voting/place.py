"""A row named by its place, as `rejected-votes.csv` has it: `votes.csv:17`."""

import re
from collections.abc import Sequence

from wsisctl.findings import Source

_PLACE = re.compile(r"(.+):([0-9]{1,18})")


def is_place(text: str) -> bool:
    """Whether it is written as a file and a row."""
    return _PLACE.fullmatch(text) is not None


def place_of(text: str, files: Sequence[str]) -> Source | None:
    """The row meant, in one of the files; None where no file is meant, or several are.

    As much of the end of a path as tells the files apart is enough, and more of it does no harm.
    """
    if not (found := _PLACE.fullmatch(text)):
        return None
    path, row = found.groups()
    meant = [path] if path in files else [name for name in files if _end_alike(name, path)]
    return Source(meant[0], int(row)) if len(meant) == 1 else None


def _end_alike(one: str, other: str) -> bool:
    """Whether the shorter path is the end of the longer."""
    parts, others = one.split("/"), other.split("/")
    shared = min(len(parts), len(others))
    return parts[-shared:] == others[-shared:]
