"""The sizes an invented edition can have."""

from collections.abc import Callable, Mapping

from wsisctl.contest.model import Contest
from wsisctl.demo.invented import Invented
from wsisctl.demo.real.edition import RealEdition
from wsisctl.demo.small import SmallEdition

_SIZES: Mapping[str, Callable[[Contest], Invented]] = {"small": SmallEdition, "real": RealEdition}


def invent(size: str, contest: Contest) -> Invented:
    """An edition of a size, `small` or `real`, for the contest."""
    return _SIZES[size](contest)
