"""The files a stage reads, by what they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wsisctl.readers.dialect import NOTHING_SAID, ReadAs
from wsisctl.readers.files import InputFile, name_inputs

Files = tuple[InputFile, ...]


@dataclass(frozen=True)
class Inputs:
    """Input files with names that tell all of them apart."""

    submissions: Files = ()
    past_winners: Files = ()
    organizations: Files = ()
    corrections: Files = ()
    decisions: Files = ()
    scores: Files = ()
    panel: Files = ()
    votes: Files = ()
    members: Files = ()
    nominees: Files = ()
    tally: Files = ()

    @property
    def all_files(self) -> Files:
        """Every input of the stage."""
        return tuple(file for files in vars(self).values() for file in files)

    @property
    def size(self) -> int:
        """Bytes to read, for a progress bar."""
        return sum(file.path.stat().st_size for file in self.all_files if file.path.is_file())


def name_all(paths: Mapping[str, Sequence[Path]], read_as: ReadAs = NOTHING_SAID) -> Inputs:
    """Name all inputs of one command, by role, together, so that no two share a name."""
    named = iter(name_inputs([path for given in paths.values() for path in given], read_as))
    return Inputs(**{role: tuple(next(named) for _ in given) for role, given in paths.items()})
