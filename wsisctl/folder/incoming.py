"""Files on their way into a contest folder: copied away, named, put in their place."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from wsisctl.errors import Refused, UnusableInput
from wsisctl.folder.layout import EXPORTS, ContestFolder
from wsisctl.folder.ledger import Ledger, free_name, of_kind
from wsisctl.folder.leftovers import DRAFTS
from wsisctl.readers.dialect import ReadAs
from wsisctl.readers.files import InputFile, open_input, refusing_changes
from wsisctl.records.kinds import Kind

_BLOCK = 1 << 20
_LONGEST_NAME = 200
"""Bytes of a file's name that leave space for a number, on every system."""


@dataclass(frozen=True)
class Received:
    """A file to import, as a draft that nobody else can change any more."""

    given: Path
    draft: Path
    sha256: str
    read_as: ReadAs = ReadAs()


@dataclass(frozen=True)
class Placed:
    """A file that is to be kept: a new one, or one that was lost."""

    received: Received
    target: str
    """Where it will be kept, from the folder."""

    @property
    def as_input(self) -> InputFile:
        """The draft, under the name that its records will give."""
        return InputFile(self.received.draft, self.target, read_as=self.received.read_as)


@contextmanager
def drafts_of(folder: ContestFolder) -> Iterator[Path]:
    """A place on the disk of the exports, gone afterwards whatever happens."""
    try:
        folder.path(EXPORTS).mkdir(exist_ok=True)
        drafts = tempfile.TemporaryDirectory(prefix=DRAFTS, dir=folder.path(EXPORTS))
    except OSError as error:
        raise unwritable(folder, error) from error
    with drafts as path:
        yield Path(path)


def unwritable(folder: ContestFolder, error: OSError) -> Refused:
    """The refusal that says that exports cannot be kept."""
    return Refused(
        f"{folder.path(EXPORTS)}: cannot be written: {error.strerror}",
        hint="look at the disk's space and the folder's permissions; nothing was imported",
    )


def receive(paths: Iterable[Path], drafts: Path, read_as: ReadAs) -> Iterator[Received]:
    """Copy each file into `drafts`; raises UnusableInput for what cannot be read.

    `read_as` is what was said about all of them.
    """
    for number, path in enumerate(paths):
        endings = path.suffixes[-2:]  # what is packed, as `votes.jsonl.gz`, says by two what it is
        draft = drafts / f"{number}{''.join(endings)}"
        file = InputFile(path, str(path))
        with refusing_changes([file]), open_input(file) as source, draft.open("xb") as copy:
            sha256 = _copied(source, copy)
        yield Received(path, draft, sha256, read_as)


def _copied(source: BinaryIO, copy: BinaryIO) -> str:
    """The sum of what was copied."""
    total = hashlib.sha256()
    while block := source.read(_BLOCK):
        total.update(block)
        copy.write(block)
    return total.hexdigest()


def refuse_unkeepable_name(path: Path) -> None:
    """Raise UnusableInput for a name that cannot stand in a list that people read."""
    encoded = os.fsencode(path.name)
    if encoded.decode("utf-8", "replace") != path.name or not path.name.isprintable():
        what = "holds bytes that are not UTF-8, or characters that cannot be printed"
    elif len(encoded) > _LONGEST_NAME:
        what = f"is longer than {_LONGEST_NAME} bytes"
    else:
        return
    raise UnusableInput(f"{path}: the file's name {what}", hint="rename it and import it again")


def lost_exports(
    folder: ContestFolder, kind: Kind, received: Iterable[Received], ledger: Ledger
) -> tuple[Placed, ...]:
    """Files that are listed and no longer there."""
    listed = {entry.sha256: entry.file for entry in of_kind(ledger, kind)}
    return tuple(
        Placed(item, listed[item.sha256])
        for item in {item.sha256: item for item in received}.values()
        if item.sha256 in listed and not folder.holds(listed[item.sha256])
    )


def newcomers(
    folder: ContestFolder, kind: Kind, received: Iterable[Received], ledger: Ledger
) -> Iterator[Placed]:
    """Files whose bytes are new."""
    sums = {entry.sha256 for entry in of_kind(ledger, kind)}
    taken = {entry.file for entry in ledger}
    for item in received:
        if item.sha256 not in sums:
            target = free_name(folder, taken, kind, item.given.name, item.sha256)
            sums.add(item.sha256)
            taken.add(target)
            yield Placed(item, target)


def put_in_place(folder: ContestFolder, files: Sequence[Placed]) -> None:
    """All of them or none; raises Refused where that cannot be."""
    placed: list[Placed] = []
    try:
        for item in files:
            target = folder.path(item.target)
            target.parent.mkdir(exist_ok=True)
            if not folder.holds(item.target):
                item.received.draft.replace(target)
                placed.append(item)
    except OSError as error:
        take_back(folder, placed)
        raise unwritable(folder, error) from error


def take_back(folder: ContestFolder, placed: Iterable[Placed]) -> None:
    """Undo `put_in_place`."""
    for item in placed:
        folder.path(item.target).unlink(missing_ok=True)
