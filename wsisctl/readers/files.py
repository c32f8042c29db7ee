"""Input files: what each is called in messages and results, and opening them."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from wsisctl.errors import UnusableInput
from wsisctl.readers.dialect import NOTHING_SAID, ReadAs

Advance = Callable[[int], None]
"""Told from time to time how many more bytes have been read."""


def ignore_progress(_bytes: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True)
class InputFile:
    """A file as received and the name that messages and results give it."""

    path: Path
    name: str
    canonical: bool = False
    """One of a contest folder's own records: each row says from which export it came."""
    read_as: ReadAs = NOTHING_SAID
    """What a person said about how it is to be read."""

    def sha256(self) -> str:
        """The sum of the file's bytes, in hexadecimal; raises UnusableInput as `open_input` does."""
        with open_input(self) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @property
    def format(self) -> str:
        """The ending of the file's name that tells its format: `csv`, `json`, `parquet`."""
        return self.path.suffix.removeprefix(".").lower()


def open_input(file: InputFile) -> BufferedReader:
    """Open a file for reading; raises UnusableInput for what is no file or cannot be read."""
    if not file.path.is_file():
        raise UnusableInput(f"{file.path}: {_what_it_is(file.path)}", hint="check the path")
    try:
        return file.path.open("rb")
    except OSError as error:
        raise UnusableInput(
            f"{file.path}: cannot be read: {error.strerror}", hint="check who may read it"
        ) from error


def _what_it_is(path: Path) -> str:
    """Of what is no file; a pipe or a device may never come to an end."""
    if not path.exists():
        return "does not exist"
    mode = path.stat().st_mode
    kinds = {"a folder": stat.S_ISDIR, "a pipe (FIFO)": stat.S_ISFIFO, "a socket": stat.S_ISSOCK}
    what = next((name for name, test in kinds.items() if test(mode)), "a device")
    return f"is {what}, not a file"


@contextmanager
def refusing_changes(files: Iterable[InputFile]) -> Iterator[None]:
    """Raise UnusableInput where a file that was read inside is another afterwards.

    Somebody was still writing it: nobody knows which part of it was read before, and which after.
    """
    before = {file: _state(file.path) for file in files}
    try:
        yield
    except UnusableInput as error:  # perhaps because it was not whole yet
        _refuse_changed(before, error)
        raise
    _refuse_changed(before)


def _refuse_changed(
    before: "Mapping[InputFile, _State]", error: UnusableInput | None = None
) -> None:
    for file, state in before.items():
        if _state(file.path) != state:
            raise UnusableInput(
                f"{file.name}: changed while it was read",
                hint="wait until it is written to its end, then run this again",
            ) from error


_State = tuple[int, int, int] | None


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def name_inputs(paths: Sequence[Path], read_as: ReadAs = NOTHING_SAID) -> tuple[InputFile, ...]:
    """Each path with the shortest tail that tells it from the other inputs, in the order given.

    Neither the folder it lies in nor the order of the arguments thus changes a result.
    """
    tails = [Path(os.path.abspath(path)).parts for path in paths]  # noqa: PTH100 - links stay links
    different = set(tails)

    def name(parts: tuple[str, ...]) -> str:
        for length in range(1, len(parts)):
            tail = parts[-length:]
            if sum(other[-length:] == tail for other in different) == 1:
                return "/".join(tail)
        return "/".join(parts)

    return tuple(
        InputFile(path, readable_name(name(parts)), read_as=read_as)
        for path, parts in zip(paths, tails, strict=True)
    )


def readable_name(name: str) -> str:
    """The name as UTF-8 whatever the locale; bytes that are none are spelled out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
