"""The files a stage reads, by what they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wsisctl.records.table import InputFile, name_inputs

Paths = Sequence[Path]


@dataclass(frozen=True)
class Inputs:
    """Input files with names that tell all of them apart."""

    submissions: tuple[InputFile, ...]
    past_winners: tuple[InputFile, ...]
    organizations: tuple[InputFile, ...]
    decisions: tuple[InputFile, ...]
    scores: tuple[InputFile, ...]
    panel: tuple[InputFile, ...]
    votes: tuple[InputFile, ...]
    members: tuple[InputFile, ...]
    nominees: tuple[InputFile, ...]
    tally: tuple[InputFile, ...]

    @property
    def all_files(self) -> tuple[InputFile, ...]:
        """Every input of the stage."""
        return tuple(file for files in vars(self).values() for file in files)

    @property
    def size(self) -> int:
        """Bytes to read, for a progress bar."""
        return sum(file.path.stat().st_size for file in self.all_files if file.path.is_file())


def name_all(
    *,
    submissions: Paths | None = None,
    past_winners: Paths | None = None,
    organizations: Paths | None = None,
    decisions: Paths | None = None,
    scores: Paths | None = None,
    panel: Paths | None = None,
    votes: Paths | None = None,
    members: Paths | None = None,
    nominees: Paths | None = None,
    tally: Paths | None = None,
) -> Inputs:
    """Name all inputs of one command together, so that no two share a name."""
    roles = (
        submissions,
        past_winners,
        organizations,
        decisions,
        scores,
        panel,
        votes,
        members,
        nominees,
        tally,
    )  # fmt: skip - the order of the fields of Inputs
    named = iter(name_inputs([path for paths in roles for path in paths or ()]))
    return Inputs(*(tuple(next(named) for _ in paths or ()) for paths in roles))
