"""Bringing exports into a contest folder: kept as received, and made into records."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.errors import Refused, UnusableInput
from wsisctl.folder.layout import CONTEST, EXPORTS, IMPORTS_FILE, ContestFolder, records_file
from wsisctl.folder.ledger import (
    Import,
    Ledger,
    free_name,
    intact_exports,
    of_kind,
    read_ledger,
    written_ledger,
)
from wsisctl.folder.lock import at_work
from wsisctl.folder.manifest import Accounts, sum_of_file
from wsisctl.folder.outputs import Content, replace_file
from wsisctl.readers.files import Advance, InputFile, open_input
from wsisctl.records.arrivals import Arrived
from wsisctl.records.kinds import Kind
from wsisctl.reports.imports import Imported, imports_report
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.records import accounts, build, records_home, records_origin
from wsisctl.wording import counted

_LONGEST_NAME = 200
"""Bytes of a file's name that leave space for a number, on every system."""


@dataclass(frozen=True)
class _Received:
    """A file to import, as a draft that nobody else can change any more."""

    given: Path
    draft: Path
    sha256: str


@dataclass(frozen=True)
class _Placed:
    """A file that is to be kept: a new one, or one that was lost."""

    received: _Received
    target: str
    """Where it will be kept, from the folder."""

    @property
    def as_input(self) -> InputFile:
        return InputFile(self.received.draft, self.target)


def run_import(
    folder: ContestFolder, contest: Contest, kind: Kind, paths: Sequence[Path], advance: Advance
) -> Outcome:
    """Import files of one kind, all or none.

    A file whose bytes are there already changes nothing; one that was lost comes back. Raises
    UnusableInput where any of them cannot be used, by itself or together with what was imported
    before; then the folder is as it was.
    """
    with at_work(folder.path(CONTEST)):
        ledger = read_ledger(folder)
        for path in paths:
            _refuse_unwritable_name(path)
        told = _all_there(folder, kind, paths, ledger)
        if told is None:
            with _drafts(folder) as drafts:
                received = tuple(_received(paths, drafts))
                told = _import(folder, contest, kind, received, ledger, drafts, advance)
    report = imports_report(contest.id, kind.name, told)
    return Outcome(report, {}, to_act_upon=False, remarks=tuple(_remarks(told)))


def _all_there(
    folder: ContestFolder, kind: Kind, paths: Iterable[Path], ledger: Ledger
) -> list[Imported] | None:
    """Where each file is kept already; None unless all of them are, so that nothing is to be done."""
    kept = {entry.sha256: entry.file for entry in of_kind(ledger, kind)}
    found = [(path, kept.get(_sum_of(path), "")) for path in paths]
    if not all(folder.holds(file) for _, file in found if file) or not all(f for _, f in found):
        return None
    intact_exports(folder, of_kind(ledger, kind))
    return [Imported(str(path), file, None) for path, file in found]


def _sum_of(path: Path) -> str:
    file = InputFile(path, str(path))
    open_input(file).close()
    return file.sha256()


def _import(
    folder: ContestFolder,
    contest: Contest,
    kind: Kind,
    received: Sequence[_Received],
    ledger: Ledger,
    drafts: Path,
    advance: Advance,
) -> list[Imported]:
    lost = _lost(folder, kind, received, ledger)
    _put_in_place(folder, lost)
    known = of_kind(ledger, kind)
    kept = intact_exports(folder, known)
    newcomers = tuple(_newcomers(folder, kind, received, ledger))
    arrived: Mapping[str, Arrived] = {}
    if newcomers:
        exports = (*kept, *(item.as_input for item in newcomers))
        with _as_given(newcomers):
            content, arrived = build(folder, contest, kind, exports, drafts, advance)
            _read_back(kind, content, contest, drafts)
        entries = tuple(_entry(kind, item) for item in newcomers)
        made = _Made(content, accounts(exports, arrived))
        _keep(folder, contest, kind, newcomers, (*ledger, *entries), made)
        known = (*known, *entries)
    file_of = {entry.sha256: entry.file for entry in known}
    fresh = {item.received: arrived[item.target] for item in newcomers}
    back = {item.received for item in lost}
    return [
        Imported(str(item.given), file_of[item.sha256], fresh.get(item), item in back)
        for item in received
    ]


@contextmanager
def _drafts(folder: ContestFolder) -> Iterator[Path]:
    """A place on the disk of the exports, gone afterwards whatever happens."""
    try:
        folder.path(EXPORTS).mkdir(exist_ok=True)
        drafts = tempfile.TemporaryDirectory(prefix=".wsisctl-", dir=folder.path(EXPORTS))
    except OSError as error:
        raise _unwritable(folder, error) from error
    with drafts as path:
        yield Path(path)


def _unwritable(folder: ContestFolder, error: OSError) -> Refused:
    return Refused(
        f"{folder.path(EXPORTS)}: cannot be written: {error.strerror}",
        hint="look at the disk's space and the folder's permissions; nothing was imported",
    )


def _received(paths: Iterable[Path], drafts: Path) -> Iterator[_Received]:
    for number, path in enumerate(paths):
        draft = drafts / f"{number}{path.suffix}"
        with open_input(InputFile(path, str(path))) as source, draft.open("xb") as copy:
            shutil.copyfileobj(source, copy)
        yield _Received(path, draft, sum_of_file(draft))


def _refuse_unwritable_name(path: Path) -> None:
    """The name is kept, in a list that people read."""
    encoded = os.fsencode(path.name)
    if encoded.decode("utf-8", "replace") != path.name or not path.name.isprintable():
        what = "holds bytes that are not UTF-8, or characters that cannot be printed"
    elif len(encoded) > _LONGEST_NAME:
        what = f"is longer than {_LONGEST_NAME} bytes"
    else:
        return
    raise UnusableInput(f"{path}: the file's name {what}", hint="rename it and import it again")


def _lost(
    folder: ContestFolder, kind: Kind, received: Iterable[_Received], ledger: Ledger
) -> tuple[_Placed, ...]:
    """Files that are listed and no longer there."""
    listed = {entry.sha256: entry.file for entry in of_kind(ledger, kind)}
    return tuple(
        _Placed(item, listed[item.sha256])
        for item in {item.sha256: item for item in received}.values()
        if item.sha256 in listed and not folder.holds(listed[item.sha256])
    )


def _newcomers(
    folder: ContestFolder, kind: Kind, received: Iterable[_Received], ledger: Ledger
) -> Iterator[_Placed]:
    """Files whose bytes are new."""
    sums = {entry.sha256 for entry in of_kind(ledger, kind)}
    taken = {entry.file for entry in ledger}
    for item in received:
        if item.sha256 not in sums:
            target = free_name(folder, taken, kind, item.given.name)
            sums.add(item.sha256)
            taken.add(target)
            yield _Placed(item, target)


def _read_back(kind: Kind, content: Content, contest: Contest, drafts: Path) -> None:
    """What could not be read again would block the folder; better to refuse it now."""
    if isinstance(content, bytes):
        made = drafts / kind.file
        made.write_bytes(content)
        kind.read([InputFile(made, records_file(kind), canonical=True)], contest)


@contextmanager
def _as_given(newcomers: Iterable[_Placed]) -> Iterator[None]:
    """Say what is wrong in the files that the person named, not in those they would become."""
    try:
        yield
    except UnusableInput as error:
        message = error.message
        for item in newcomers:
            kept_as = re.escape(item.target) + r"(?=[:,)\s]|$)"
            given = str(item.received.given).replace("\\", r"\\")
            message = re.sub(kept_as, given, message)
        hint = f"{error.hint}; nothing was imported" if error.hint else "nothing was imported"
        raise UnusableInput(message, hint=hint) from error


def _entry(kind: Kind, item: _Placed) -> Import:
    received = item.received
    return Import(item.target, kind.name, received.given.name, received.sha256)


@dataclass(frozen=True)
class _Made:
    """Records, and what became of the rows of each export."""

    content: Content
    accounts: Accounts


def _keep(
    folder: ContestFolder,
    contest: Contest,
    kind: Kind,
    newcomers: Sequence[_Placed],
    ledger: Ledger,
    made: _Made,
) -> None:
    """The exports first, then the list that makes them count, then what follows from both.

    All of it has been written beside its place by then.
    """
    home = records_home(folder, kind)
    origin = records_origin(folder, contest, kind, of_kind(ledger, kind))
    with home.drafted({kind.file: made.content}, origin, made.accounts) as put_records_in_place:
        _put_in_place(folder, newcomers)
        try:
            replace_file(folder.path(IMPORTS_FILE), written_ledger(ledger))
        except OSError as error:
            _take_back(folder, newcomers)
            raise _unwritable(folder, error) from error
        put_records_in_place()


def _put_in_place(folder: ContestFolder, files: Sequence[_Placed]) -> None:
    placed: list[_Placed] = []
    try:
        for item in files:
            target = folder.path(item.target)
            target.parent.mkdir(exist_ok=True)
            item.received.draft.replace(target)
            placed.append(item)
    except OSError as error:
        _take_back(folder, placed)
        raise _unwritable(folder, error) from error


def _take_back(folder: ContestFolder, placed: Iterable[_Placed]) -> None:
    for item in placed:
        folder.path(item.target).unlink(missing_ok=True)


def _remarks(told: Iterable[Imported]) -> Iterator[str]:
    for item in told:
        if item.restored:
            yield f"{item.given}: {item.file} was lost, and is there again"
        elif item.arrived is None:
            yield f"{item.given}: the same bytes are there as {item.file}; nothing was done"
        elif not item.arrived.read:
            yield f"{item.given}: there are no records in it"
        elif item.arrived.rejected:
            rows = counted(item.arrived.rejected, "row")
            yield (
                f"{item.given}: {rows} of another number of cells than the header; kept, and malformed "
                "in the tally"
            )
