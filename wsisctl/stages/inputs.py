"""The files a stage reads, by what they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from wsisctl.errors import UnusableInput
from wsisctl.readers.dialect import NOTHING_SAID, ReadAs
from wsisctl.readers.files import InputFile, name_inputs
from wsisctl.readers.profile import Profile

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
    contested: Files = ()

    @property
    def all_files(self) -> Files:
        """Every input of the stage."""
        return tuple(file for files in vars(self).values() for file in files)

    @property
    def size(self) -> int:
        """Bytes to read, for a progress bar."""
        return sum(file.path.stat().st_size for file in self.all_files if file.path.is_file())


@dataclass(frozen=True)
class Reading:
    """What a person said about how the files named are to be read."""

    of_all: ReadAs = NOTHING_SAID
    profiles: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))
    """By the role of the input of which each speaks."""

    def of(self, role: str) -> ReadAs:
        """What was said of the files of one role."""
        return replace(self.of_all, profile=self.profiles.get(role))


def name_all(paths: Mapping[str, Sequence[Path]], reading: Reading | None = None) -> Inputs:
    """Name all inputs of one command, by role, together, so that no two share a name.

    Raises UnusableInput for a profile of an input that is not there: it would change nothing, unseen.
    """
    said = reading or Reading()
    for role, profile in said.profiles.items():
        if not paths.get(role):
            raise UnusableInput(
                f"{profile.name}: this profile is for {profile.kind}, and no such file is named",
                hint="name the file that it is for, or leave the profile out",
            )
    named = iter(name_inputs([path for given in paths.values() for path in given]))
    return Inputs(
        **{
            role: tuple(replace(next(named), read_as=said.of(role)) for _ in given)
            for role, given in paths.items()
        }
    )
