"""Input files: what each is called in messages and results, and opening them."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from wsisctl.errors import UnusableInput
from wsisctl.readers.dialect import ReadAs

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
    read_as: ReadAs = ReadAs()
    """What a person said about how to read it."""

    def sha256(self) -> str:
        """The sum of the file's bytes, in hexadecimal."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @property
    def format(self) -> str:
        """The ending of the file's name that tells its format: `csv`, `json`, `parquet`."""
        return self.path.suffix.removeprefix(".").lower()


def open_input(file: InputFile) -> BinaryIO:
    """Open a file for reading; raises UnusableInput for what is no file or cannot be read."""
    if not file.path.is_file():
        what = "is a folder or device, not a file" if file.path.exists() else "does not exist"
        raise UnusableInput(f"{file.path}: {what}", hint="check the path")
    try:
        return file.path.open("rb")
    except OSError as error:
        raise UnusableInput(f"{file.path}: cannot be read: {error.strerror}") from error


def undecodable(file: InputFile, content: bytes, form: str) -> UnusableInput:
    """The refusal of a file that is not UTF-8, with its first byte that is not."""
    where = ""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = len((before + b"-").splitlines())
        where = f" line {line}: the byte 0x{content[error.start]:02x} at offset {error.start}"
    return UnusableInput(
        f"{file.name}:{where} is not UTF-8", hint=f"export the file anew as UTF-8 {form}"
    )


def name_inputs(paths: Sequence[Path]) -> tuple[InputFile, ...]:
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
        InputFile(path, readable_name(name(parts)))
        for path, parts in zip(paths, tails, strict=True)
    )


def readable_name(name: str) -> str:
    """The name as UTF-8 whatever the locale; bytes that are none are spelled out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
