"""Bringing exports into a contest folder: kept as received, and made into records."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.errors import Refused, UnusableInput
from wsisctl.folder.layout import EXPORTS, IMPORTS_FILE, ContestFolder
from wsisctl.folder.ledger import (
    Import,
    Ledger,
    free_name,
    intact_exports,
    of_kind,
    read_ledger,
    written_ledger,
)
from wsisctl.folder.manifest import sum_of_file
from wsisctl.folder.outputs import Content, replace_file
from wsisctl.readers.files import Advance, InputFile, open_input
from wsisctl.records.arrivals import Arrived
from wsisctl.records.kinds import Kind
from wsisctl.reports.imports import Imported, imports_report
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.records import build, records_home, records_origin


@dataclass(frozen=True)
class _Received:
    """A file to import, as a draft that nobody else can change any more."""

    given: Path
    draft: Path
    sha256: str


@dataclass(frozen=True)
class _Newcomer:
    """A file whose bytes are new."""

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

    A file whose bytes are there already changes nothing. Raises UnusableInput where any of them
    cannot be used, by itself or together with what was imported before; then the folder is as it was.
    """
    ledger = read_ledger(folder)
    known = of_kind(ledger, kind)
    with _drafts(folder) as drafts:
        received = tuple(_received(paths, drafts))
        newcomers = tuple(_newcomers(folder, kind, received, ledger))
        if newcomers:
            exports = (*intact_exports(folder, known), *(item.as_input for item in newcomers))
            with _as_given(newcomers):
                content, arrived = build(folder, contest, kind, exports, drafts, advance)
            entries = tuple(_entry(kind, item, arrived[item.target]) for item in newcomers)
            _keep(folder, contest, kind, newcomers, (*ledger, *entries), content)
            known = (*known, *entries)
    entry_of = {entry.sha256: entry for entry in known}
    fresh = {item.received for item in newcomers}
    told = [Imported(str(item.given), entry_of[item.sha256], item in fresh) for item in received]
    records = sum(entry.accepted for entry in known)
    report = imports_report(contest.id, kind.name, told, records)
    return Outcome(report, {}, to_act_upon=False, remarks=tuple(_remarks(told)))


@contextmanager
def _drafts(folder: ContestFolder) -> Iterator[Path]:
    """A place on the folder's own disk, gone afterwards whatever happens."""
    try:
        drafts = tempfile.TemporaryDirectory(prefix=".wsisctl-", dir=folder.root)
    except OSError as error:
        raise Refused(f"{folder.root}: cannot be written: {error.strerror}") from error
    with drafts as path:
        yield Path(path)


def _received(paths: Iterable[Path], drafts: Path) -> Iterator[_Received]:
    for number, path in enumerate(paths):
        _refuse_unwritable_name(path)
        draft = drafts / f"{number}{path.suffix}"
        with open_input(InputFile(path, str(path))) as source, draft.open("xb") as copy:
            shutil.copyfileobj(source, copy)
        yield _Received(path, draft, sum_of_file(draft))


def _newcomers(
    folder: ContestFolder, kind: Kind, received: Iterable[_Received], ledger: Ledger
) -> Iterator[_Newcomer]:
    sums = {entry.sha256 for entry in of_kind(ledger, kind)}
    taken = {entry.file for entry in ledger}
    for item in received:
        if item.sha256 not in sums:
            target = free_name(folder, taken, kind, item.given.name)
            sums.add(item.sha256)
            taken.add(target)
            yield _Newcomer(item, target)


def _refuse_unwritable_name(path: Path) -> None:
    try:
        path.name.encode()
    except UnicodeEncodeError as error:
        raise UnusableInput(
            f"{path}: the file's name is not UTF-8", hint="rename the file and import it again"
        ) from error


@contextmanager
def _as_given(newcomers: Iterable[_Newcomer]) -> Iterator[None]:
    """Say what is wrong in the files that the person named, not in those they would become."""
    try:
        yield
    except UnusableInput as error:
        message = error.message
        for item in newcomers:
            message = message.replace(item.target, str(item.received.given))
        hint = f"{error.hint}; nothing was imported" if error.hint else "nothing was imported"
        raise UnusableInput(message, hint=hint) from error


def _entry(kind: Kind, item: _Newcomer, arrived: Arrived) -> Import:
    return Import(
        file=item.target,
        kind=kind.name,
        received_as=item.received.given.name,
        sha256=item.received.sha256,
        read=arrived.read,
        accepted=arrived.accepted,
        repeated=arrived.repeated,
        rejected=arrived.rejected,
    )


def _keep(
    folder: ContestFolder,
    contest: Contest,
    kind: Kind,
    newcomers: Iterable[_Newcomer],
    ledger: Ledger,
    content: Content,
) -> None:
    """The exports first, then the list that makes them count, then what follows from both."""
    home = records_home(folder, kind)
    try:
        for item in newcomers:
            target = folder.path(item.target)
            target.parent.mkdir(parents=True, exist_ok=True)
            item.received.draft.replace(target)
        replace_file(folder.path(IMPORTS_FILE), written_ledger(ledger))
    except OSError as error:
        raise Refused(f"{folder.path(EXPORTS)}: cannot be written: {error.strerror}") from error
    home.write({kind.file: content}, records_origin(folder, contest, kind, of_kind(ledger, kind)))


def _remarks(told: Iterable[Imported]) -> Iterator[str]:
    for item in told:
        if not item.new:
            yield f"{item.given}: the same bytes are there as {item.entry.file}; nothing was done"
        if item.new and item.entry.rejected:
            yield (
                f"{item.given}: {item.entry.rejected} rows have another number of cells than the "
                "header; they are kept, and malformed in the tally"
            )
