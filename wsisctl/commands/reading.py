"""What people say about how their files are to be read."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsisctl.readers.dialect import ReadAs
    from wsisctl.stages.inputs import Reading


def read_as(
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    header_row: int | None,
    profile: Path | None = None,
) -> "ReadAs":
    """From the options.

    Raises UsageError for an encoding or a delimiter that nobody knows, UnusableInput for what is no profile.
    """
    from wsisctl.readers.delimiter import asked_delimiter
    from wsisctl.readers.dialect import ReadAs
    from wsisctl.readers.encoding import asked_encoding
    from wsisctl.stages.profiles import named_profile

    return ReadAs(
        asked_encoding(encoding) if encoding is not None else "",
        asked_delimiter(delimiter) if delimiter is not None else "",
        sheet or "",
        header_row or 0,
        named_profile(profile) if profile is not None else None,
    )


def reading(said: "ReadAs", profiles: Sequence[Path] | None) -> "Reading":
    """Of all files of a stage, each profile for the input of which it speaks; raises as `read_as` does."""
    from wsisctl.stages.inputs import Reading
    from wsisctl.stages.profiles import for_roles, named_profile

    return Reading(said, for_roles([named_profile(path) for path in profiles or ()]))
