"""Why records cannot come in: all of it at once, each with where it stands and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from wsisctl.errors import UnusableInput
from wsisctl.findings import Source


@dataclass(frozen=True)
class Problem:
    """Something for which a file cannot be used."""

    source: Source
    """The file and the row; row 1 where it is the header's."""
    column: str
    """Empty where it is the whole row's."""
    value: str
    """What stands there."""
    what: str
    """What is wrong with it, as a sentence without its place."""
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.source}: {self.what}"


class UnusableRecords(UnusableInput):
    """Files with records that cannot come in; everything that is wrong with them is told."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)), hint=problems[0].remedy)
        self.problems = tuple(problems)
