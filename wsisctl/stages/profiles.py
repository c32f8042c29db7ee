"""Profiles: read where a person names one, and kept in the contest folder with the exports."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wsisctl.errors import Refused, UnusableInput
from wsisctl.folder.incoming import unwritable
from wsisctl.folder.layout import PROFILES, ContestFolder
from wsisctl.folder.outputs import replace_file
from wsisctl.readers.dialect import ReadAs
from wsisctl.readers.files import InputFile, open_input, readable_name
from wsisctl.readers.profile import Profile, read_profile
from wsisctl.records.kinds import ALL_KINDS


def named_profile(path: Path) -> Profile:
    """The profile that a person names; raises UnusableInput for what is none."""
    name = readable_name(str(path))
    with open_input(InputFile(path, name)) as stream:
        return read_profile(name, stream.read())


def role_of(profile: Profile) -> str:
    """Of which input of a stage it speaks."""
    kind = next(kind for kind in ALL_KINDS if kind.name == profile.kind)
    return kind.option.removeprefix("--").replace("-", "_")


def kept_in(folder: ContestFolder, read_as: ReadAs) -> ReadAs:
    """The same, with the profile under the name that it has in the folder.

    Raises Refused where another one has its name.
    """
    profile = read_as.profile
    if profile is None:
        return read_as
    place = f"{PROFILES}/{Path(profile.name).name}"
    if folder.holds(place) and folder.path(place).read_bytes() != profile.content:
        raise Refused(
            f"{place}: another profile is there under this name",
            hint=f"name {place} itself, edit it, or give yours another name",
        )
    return replace(read_as, profile=replace(profile, name=place))


def keep_profile(folder: ContestFolder, profile: Profile | None) -> None:
    """Put it into the folder, where it is not there yet."""
    if profile is None or folder.holds(profile.name):
        return
    try:
        folder.path(PROFILES).mkdir(parents=True, exist_ok=True)
        replace_file(folder.path(profile.name), profile.content)
    except OSError as error:
        raise unwritable(folder, error) from error


def for_roles(profiles: Sequence[Profile]) -> dict[str, Profile]:
    """Each by the input of which it speaks; raises UnusableInput for two of one input."""
    found: dict[str, Profile] = {}
    for profile in profiles:
        first = found.setdefault(role_of(profile), profile)
        if first is not profile:
            raise UnusableInput(
                f"{profile.name}: {first.name} speaks of {profile.kind} too",
                hint="name one of them",
            )
    return found
