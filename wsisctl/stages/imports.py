"""Bringing exports into a contest folder: kept as received, and made into records."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
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
from wsisctl.folder.layout import CONTEST, IMPORTS_FILE, ContestFolder, records_file
from wsisctl.folder.ledger import (
    Import,
    Ledger,
    contradicts,
    intact_exports,
    is_overtaken,
    next_number,
    of_kind,
    one_by_one,
    read_ledger,
    unusual,
    written_ledger,
)
from wsisctl.folder.leftovers import at_work_in
from wsisctl.folder.lock import at_work
from wsisctl.folder.outputs import Content, replace_file
from wsisctl.readers.dialect import Dialect, ReadAs
from wsisctl.readers.files import Advance, InputFile, open_input
from wsisctl.readers.table import dialect_of
from wsisctl.records.arrivals import Arrived
from wsisctl.records.kinds import VOTES, Kind
from wsisctl.records.merged import Novelty
from wsisctl.records.problems import UnusableRecords, problems_of
from wsisctl.reports.imports import Imported, imports_report
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.profiles import keep_profile, kept_in
from wsisctl.stages.records import Built, build, records_home, records_origin
from wsisctl.stages.scored import NOTHING_IMPORTED
from wsisctl.wording import counted, listed

_NOTHING_WRITTEN = "--dry-run: nothing was written"


@dataclass(frozen=True)
class _Errand:
    """What a person asked to bring in."""

    kind: Kind
    paths: Sequence[Path]
    read_as: ReadAs = ReadAs()
    """What was said about how to read all of the files."""
    dry_run: bool = False
    """Only look what would come of it."""
    profile: str = ""
    """What the person called the profile, if there is one: in `read_as` it has its name in the folder."""


def run_import(
    folder: ContestFolder,
    contest: Contest,
    kind: Kind,
    paths: Sequence[Path],
    advance: Advance,
    *,
    read_as: ReadAs = ReadAs(),
    dry_run: bool = False,
) -> Outcome:
    """Import files of one kind, all or none; for a dry run only tell what would be done.

    A file whose bytes are there already changes nothing; one that was lost comes back. Raises
    UnusableInput where any of them cannot be used, by itself or together with what was imported
    before; then the folder is as it was.
    """
    named = read_as.profile.name if read_as.profile else ""
    errand = _Errand(kind, paths, kept_in(folder, read_as), dry_run, named)
    with _alone_in(folder, dry_run=errand.dry_run):
        ledger = read_ledger(folder)
        for path in errand.paths:
            refuse_unkeepable_name(path)
        done = _all_there(folder, errand, ledger)
        if done is None:
            with _drafts(folder, dry_run=errand.dry_run) as drafts:
                received = tuple(receive(errand.paths, drafts, errand.read_as))
                done = _import(folder, contest, errand, received, ledger, drafts, advance)
    report = imports_report(contest.id, kind, done.told, done.last, dry_run=dry_run)
    return Outcome(report, {}, to_act_upon=False, remarks=tuple(_remarks(done, errand)))


def _alone_in(folder: ContestFolder, *, dry_run: bool) -> AbstractContextManager[None]:
    """What an earlier process left is cleared away, but not by one that only looks."""
    return at_work(folder.path(CONTEST)) if dry_run else at_work_in(folder)


def _drafts(folder: ContestFolder, *, dry_run: bool) -> AbstractContextManager[Path]:
    return _elsewhere() if dry_run else drafts_of(folder)


@contextmanager
def _elsewhere() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="wsisctl-") as drafts:
        yield Path(drafts)


@dataclass(frozen=True)
class _Done:
    """What became of the files, or would."""

    told: Sequence[Imported]
    last: Novelty = Novelty()


def _all_there(folder: ContestFolder, errand: _Errand, ledger: Ledger) -> _Done | None:
    """Where each file is kept already; None unless all of them are, so that nothing is to be done."""
    known = of_kind(ledger, errand.kind)
    kept = {entry.sha256: entry for entry in known}
    sizes = {_size_of(folder.path(entry.file)) for entry in known}
    if not all(_size_of(path) in sizes for path in errand.paths):
        return None  # without reading what may be large
    found = [(path, kept.get(_sum_of(path))) for path in errand.paths]
    for path, entry in found:
        _refuse_another_reading(path, entry, errand.read_as)
    told = [
        Imported(str(path), entry.file, None, overtaken=_is_overtaken(errand.kind, entry, known))
        for path, entry in found
        if entry and folder.holds(entry.file)
    ]
    if len(told) < len(found):
        return None
    intact_exports(folder, known)
    return _Done(told)


def _size_of(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _sum_of(path: Path) -> str:
    file = InputFile(path, str(path))
    open_input(file).close()
    return file.sha256()


def _refuse_another_reading(path: Path, entry: Import | None, read_as: ReadAs) -> None:
    """The same bytes, and a person who says that they are to be read otherwise than they were."""
    if entry is not None and contradicts(read_as, entry.read_as):
        raise UnusableInput(
            f"{path}: the same bytes are there as {entry.file}, and were read otherwise",
            hint=f"to read them anew, remove {entry.file} and its entry in {IMPORTS_FILE}, and import "
            "the file again",
        )


def _import(
    folder: ContestFolder,
    contest: Contest,
    errand: _Errand,
    received: Sequence[Received],
    ledger: Ledger,
    drafts: Path,
    advance: Advance,
) -> _Done:
    kind = errand.kind
    known = of_kind(ledger, kind)
    lost = lost_exports(folder, kind, received, ledger)
    kept = intact_exports(folder, known, {item.target: item.received.draft for item in lost})
    fresh = tuple(newcomers(folder, kind, received, ledger))
    if not fresh:
        if not errand.dry_run:
            put_in_place(folder, lost)
        return _Done(_told(kind, received, known, lost, {}))
    with _as_given(fresh, errand):
        imports = (*one_by_one(known, kept), tuple(item.as_input for item in fresh))
        built = build(folder, contest, kind, imports, drafts, advance)
        _read_back(kind, built.content, contest, drafts)
        number = next_number(ledger)
        entries = tuple(
            _entry(contest, kind, item, number, built.arrived[item.target]) for item in fresh
        )
    _keep(folder, contest, errand, (*lost, *fresh), (*ledger, *entries), built)
    arrived = {item.received: built.arrived[item.target] for item in fresh}
    return _Done(_told(kind, received, (*known, *entries), lost, arrived), built.last)


def _is_overtaken(kind: Kind, entry: Import, known: Ledger) -> bool:
    """Whether records of newer exports hold instead; votes and what has no id are only ever added."""
    return kind is not VOTES and bool(kind.key) and is_overtaken(entry, known)


def _told(
    kind: Kind,
    received: Iterable[Received],
    entries: Ledger,
    lost: Iterable[Placed],
    arrived: Mapping[Received, Arrived],
) -> list[Imported]:
    entry_of = {entry.sha256: entry for entry in entries}
    back = {item.target for item in lost}
    found = [(item, entry_of[item.sha256]) for item in received]
    return [
        Imported(
            str(item.given),
            entry.file,
            arrived.get(item),
            restored=entry.file in back,
            overtaken=_is_overtaken(kind, entry, entries),
        )
        for item, entry in found
    ]


def _read_back(kind: Kind, content: Content, contest: Contest, drafts: Path) -> None:
    """What could not be read again would block the folder; better to refuse it now."""
    if isinstance(content, bytes):
        made = drafts / kind.file
        made.write_bytes(content)
        kind.read([InputFile(made, records_file(kind), canonical=True)], contest)


@contextmanager
def _as_given(fresh: Iterable[Placed], errand: _Errand) -> Iterator[None]:
    """Say what is wrong in the files that the person named, not in those they would become."""
    given = {
        item.target: replace(item.as_input, path=item.received.given, name=str(item.received.given))
        for item in fresh
    }
    if errand.read_as.profile and errand.profile:
        given[errand.read_as.profile.name] = InputFile(Path(errand.profile), errand.profile)
    try:
        yield
    except UnusableInput as error:
        told = error if isinstance(error, UnusableRecords) else UnusableRecords(problems_of(error))
        raise told.renamed(given, NOTHING_IMPORTED) from error


def _entry(contest: Contest, kind: Kind, item: Placed, number: int, arrived: Arrived) -> Import:
    received, file = item.received, item.as_input
    found = dialect_of(file, kind.naming(contest), parquet=kind is VOTES)
    return Import(
        item.target,
        kind.name,
        received.given.name,
        received.sha256,
        number,
        _to_read_again(found, file.read_as),
        found.document,
        arrived.account,
    )


def _to_read_again(found: Dialect, said: ReadAs) -> ReadAs:
    """What has to be said so that the file is read again as it was read now."""
    asked = found.as_asked
    again = replace(asked or said, sheet=asked.sheet)  # of a text file there is none
    return unusual(replace(again, profile=said.profile))


def _keep(
    folder: ContestFolder,
    contest: Contest,
    errand: _Errand,
    files: Sequence[Placed],
    ledger: Ledger,
    built: Built,
) -> None:
    """The exports first, then the list that makes them count, then what follows from both.

    All of it has been written beside its place by then. A dry run ends before anything is written.
    """
    kind = errand.kind
    home = records_home(folder, kind)
    if errand.dry_run:
        return
    origin = records_origin(folder, contest, kind, of_kind(ledger, kind))
    with home.drafted({kind.file: built.content}, origin, built.accounts) as put_records_in_place:
        put_in_place(folder, files)
        keep_profile(folder, errand.read_as.profile)
        try:
            replace_file(folder.path(IMPORTS_FILE), written_ledger(ledger))
        except OSError as error:
            take_back(folder, files)
            raise unwritable(folder, error) from error
        put_records_in_place()


def _remarks(done: _Done, errand: _Errand) -> Iterator[str]:
    for item in done.told:
        if item.restored:
            again = "would be there again" if errand.dry_run else "is there again"
            yield f"{item.given}: {item.file} was lost, and {again}"
        elif item.overtaken:
            yield (
                f"{item.given}: the same bytes are there as {item.file}; newer ones came after it and "
                f"still hold; nothing was done (to go back to it, take them back: {IMPORTS_FILE})"
            )
        elif item.arrived is None:
            yield f"{item.given}: the same bytes are there as {item.file}; nothing was done"
        elif not item.arrived.read:
            yield f"{item.given}: no records in it"
        elif item.arrived.rejected and errand.kind is VOTES:
            rows = counted(item.arrived.rejected, "row")
            yield (
                f"{item.given}: {rows} of another number of cells than the header; kept, and malformed "
                "in the tally"
            )
        yield from item.told
    if done.last.kept_columns:
        yield (
            f"what stands in columns that the new export has not is kept: {listed(done.last.kept_columns)}"
        )
    if errand.dry_run:
        yield _NOTHING_WRITTEN
