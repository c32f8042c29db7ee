"""Bringing exports into a contest folder: kept as received, and made into records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput, WsisctlError
from wsisctl.findings import Source
from wsisctl.folder.incoming import (
    Placed,
    Received,
    drafts_of,
    lost_exports,
    newcomers,
    put_in_place,
    receive,
    refuse_unkeepable_name,
    take_back,
    unwritable,
)
from wsisctl.folder.layout import IMPORTS_FILE, ContestFolder, records_file
from wsisctl.folder.ledger import (
    Import,
    Ledger,
    intact_exports,
    of_kind,
    read_ledger,
    written_ledger,
)
from wsisctl.folder.leftovers import at_work_in
from wsisctl.folder.manifest import Accounts
from wsisctl.folder.outputs import Content, replace_file
from wsisctl.readers.files import Advance, InputFile, open_input
from wsisctl.records.arrivals import Arrived
from wsisctl.records.cleaning import CleanedCells
from wsisctl.records.kinds import Kind
from wsisctl.records.problems import UnusableRecords, problems_of
from wsisctl.records.record import left_out_totals
from wsisctl.reports.imports import Imported, imports_report
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.records import accounts, build, records_home, records_origin
from wsisctl.wording import counted


def run_import(
    folder: ContestFolder, contest: Contest, kind: Kind, paths: Sequence[Path], advance: Advance
) -> Outcome:
    """Import files of one kind, all or none.

    A file whose bytes are there already changes nothing; one that was lost comes back. Raises
    UnusableInput where any of them cannot be used, by itself or together with what was imported
    before; then the folder is as it was.
    """
    with at_work_in(folder):
        ledger = read_ledger(folder)
        for path in paths:
            refuse_unkeepable_name(path)
        told = _all_there(folder, kind, paths, ledger)
        if told is None:
            with drafts_of(folder) as drafts:
                received = tuple(receive(paths, drafts))
                lost = lost_exports(folder, kind, received, ledger)
                put_in_place(folder, lost)
                try:
                    told = _import(folder, contest, kind, received, ledger, drafts, advance)
                except WsisctlError:
                    take_back(folder, lost)
                    raise
                back = {item.target for item in lost}
                told = [replace(item, restored=item.file in back) for item in told]
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
    received: Sequence[Received],
    ledger: Ledger,
    drafts: Path,
    advance: Advance,
) -> list[Imported]:
    known = of_kind(ledger, kind)
    kept = intact_exports(folder, known)
    fresh = tuple(newcomers(folder, kind, received, ledger))
    arrived: Mapping[str, Arrived] = {}
    cleaned: tuple[CleanedCells, ...] = ()
    if fresh:
        exports = (*kept, *(item.as_input for item in fresh))
        with _as_given(fresh):
            built = build(folder, contest, kind, exports, drafts, advance)
            _read_back(kind, built.content, contest, drafts)
        arrived, cleaned = built.arrived, built.cleaned
        entries = tuple(_entry(kind, item) for item in fresh)
        made = _Made(built.content, accounts(exports, arrived))
        _keep(folder, contest, kind, fresh, (*ledger, *entries), made)
        known = (*known, *entries)
    file_of = {entry.sha256: entry.file for entry in known}
    rows_of = {item.received: arrived[item.target] for item in fresh}
    return [
        Imported(
            str(item.given),
            file_of[item.sha256],
            rows_of.get(item),
            cleaned=_of_file(cleaned, file_of[item.sha256], str(item.given)),
        )
        for item in received
    ]


def _of_file(cleaned: Iterable[CleanedCells], kept_as: str, given: str) -> tuple[CleanedCells, ...]:
    """What was done to the cells of one file, under the name that the person gave."""
    return tuple(
        replace(item, first=replace(item.first, file=given))
        for item in cleaned
        if item.first.file == kept_as
    )


def _read_back(kind: Kind, content: Content, contest: Contest, drafts: Path) -> None:
    """What could not be read again would block the folder; better to refuse it now."""
    if isinstance(content, bytes):
        made = drafts / kind.file
        made.write_bytes(content)
        kind.read([InputFile(made, records_file(kind), canonical=True)], contest)


@contextmanager
def _as_given(fresh: Iterable[Placed]) -> Iterator[None]:
    """Say what is wrong in the files that the person named, not in those they would become."""
    given = {
        item.target: replace(item.as_input, path=item.received.given, name=str(item.received.given))
        for item in fresh
    }
    try:
        yield
    except UnusableInput as error:
        told = error if isinstance(error, UnusableRecords) else UnusableRecords(problems_of(error))
        raise told.renamed(given, "nothing was imported") from error


def _entry(kind: Kind, item: Placed) -> Import:
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
    fresh: Sequence[Placed],
    ledger: Ledger,
    made: _Made,
) -> None:
    """The exports first, then the list that makes them count, then what follows from both.

    All of it has been written beside its place by then.
    """
    home = records_home(folder, kind)
    origin = records_origin(folder, contest, kind, of_kind(ledger, kind))
    with home.drafted({kind.file: made.content}, origin, made.accounts) as put_records_in_place:
        put_in_place(folder, fresh)
        try:
            replace_file(folder.path(IMPORTS_FILE), written_ledger(ledger))
        except OSError as error:
            take_back(folder, fresh)
            raise unwritable(folder, error) from error
        put_records_in_place()


def _remarks(told: Iterable[Imported]) -> Iterator[str]:
    for item in told:
        if item.restored:
            yield f"{item.given}: {item.file} was lost, and is there again"
        elif item.arrived is None:
            yield f"{item.given}: the same bytes are there as {item.file}; nothing was done"
        elif not item.arrived.read:
            yield f"{item.given}: there are no records in it"
        elif item.arrived.total is not None:
            yield from left_out_totals([Source(item.given, item.arrived.total)])
        elif item.arrived.rejected:
            rows = counted(item.arrived.rejected, "row")
            yield (
                f"{item.given}: {rows} of another number of cells than the header; kept, and malformed "
                "in the tally"
            )
        yield from map(str, item.cleaned)
