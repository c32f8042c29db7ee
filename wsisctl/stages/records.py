"""A contest folder's records, made from its exports and corrections; made anew wherever those differ."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.errors import Refused
from wsisctl.folder.layout import CORRECTIONS_FILE, RECORDS, ContestFolder, records_file
from wsisctl.folder.ledger import (
    Ledger,
    intact_exports,
    of_kind,
    one_by_one,
    profiles_of,
    sum_of_order,
)
from wsisctl.folder.manifest import Accounts, Origin
from wsisctl.folder.outputs import Content, OutputFolder
from wsisctl.readers.files import Advance, InputFile
from wsisctl.records.arrivals import Arrived
from wsisctl.records.corrections import read_corrections
from wsisctl.records.kinds import CORRECTED, VOTES, Kind
from wsisctl.records.merged import Novelty, merged
from wsisctl.records.record import PROVENANCE, Batch
from wsisctl.reports.render import as_csv
from wsisctl.reports.report import Table
from wsisctl.voting.archive import archive_votes


@dataclass(frozen=True)
class Built:
    """Records, and what became of the rows that they were made from."""

    content: Content
    arrived: Mapping[str, Arrived]
    """By the name of the export."""
    last: Novelty = Novelty()
    """What the last import made of the records before it."""

    @property
    def accounts(self) -> Accounts:
        """What became of the rows of each export, as the manifest keeps it, in the order in which they came."""
        return [
            {"file": name, **item.account, **({"changed": item.changed} if item.changed else {})}
            for name, item in self.arrived.items()
        ]


def bring_up_to_date(
    folder: ContestFolder,
    contest: Contest,
    ledger: Ledger,
    kinds: Iterable[Kind],
    advance: Advance,
) -> None:
    """Make the records of these kinds follow from the exports and corrections as they are now.

    Raises UnusableInput for an export that has changed since it came and for a correction that does
    not fit; Refused where somebody has edited a record file.
    """
    for kind in kinds:
        entries = of_kind(ledger, kind)
        home = records_home(folder, kind)
        if not entries:
            home.remove()
            continue
        exports = intact_exports(folder, entries)
        origin = records_origin(folder, contest, kind, entries)
        if not home.is_current(origin):
            with tempfile.TemporaryDirectory(prefix="wsisctl-") as drafts:
                imports = one_by_one(entries, exports)
                built = build(folder, contest, kind, imports, Path(drafts), advance)
                home.write({kind.file: built.content}, origin, built.accounts)


def records_now(
    folder: ContestFolder,
    contest: Contest,
    ledger: Ledger,
    kinds: Iterable[Kind],
    drafts: Path,
    advance: Advance,
) -> Mapping[Kind, InputFile]:
    """The records of these kinds as `bring_up_to_date` would make them; the folder stays as it is.

    Where the folder's own would be made anew, they are made in the folder `drafts`. Raises as that does.
    """
    now: dict[Kind, InputFile] = {}
    for kind in kinds:
        entries = of_kind(ledger, kind)
        if not entries:
            continue
        exports = intact_exports(folder, entries)
        now[kind] = folder.file(records_file(kind), canonical=True)
        if not records_home(folder, kind).is_current(
            records_origin(folder, contest, kind, entries)
        ):
            imports = one_by_one(entries, exports)
            built = build(folder, contest, kind, imports, drafts, advance)
            made = drafts / kind.file
            if isinstance(built.content, bytes):
                made.write_bytes(built.content)
            now[kind] = InputFile(made, records_file(kind), canonical=True)
    return now


def records_home(folder: ContestFolder, kind: Kind) -> OutputFolder:
    """Where records of a kind are written; raises Refused where a person has edited them."""
    try:
        return OutputFolder(folder.path(RECORDS), kind.name, (kind.file,))
    except Refused as error:
        hint = f"take the folder {RECORDS}/ away: it is made anew"
        if error.message.startswith(str(folder.path(records_file(kind)))):
            hint = (
                f"what is wrong in an export goes into {CORRECTIONS_FILE}; take "
                f"{records_file(kind)} away, and it is made anew"
            )
        raise Refused(error.message, hint=hint) from error


def records_origin(folder: ContestFolder, contest: Contest, kind: Kind, entries: Ledger) -> Origin:
    """What the records of a kind follow from, given the imports of that kind."""
    sums = {entry.file: entry.sha256 for entry in entries}
    sums |= {file.name: file.sha256() for file in _corrections_of(folder, kind)}
    sums |= profiles_of(entries)
    order = sum_of_order(entries)
    imports = ((kind.name, order),) if order else ()
    return Origin(contest.definition, tuple(sorted(sums.items())), imports=imports)


def _corrections_of(folder: ContestFolder, kind: Kind) -> tuple[InputFile, ...]:
    return folder.files(CORRECTIONS_FILE) if kind in CORRECTED else ()


def build(
    folder: ContestFolder,
    contest: Contest,
    kind: Kind,
    imports: Sequence[Sequence[InputFile]],
    drafts: Path,
    advance: Advance,
) -> Built:
    """The records of a kind from its imports, each of files that came together, in order.

    A large file is a draft in the folder `drafts`.
    """
    if kind is VOTES:
        exports = tuple(chain.from_iterable(imports))
        target = drafts / kind.file
        arrived = archive_votes(exports, contest, target, advance)
        return Built(target, {export.name: arrived[export.name] for export in exports})
    corrections = read_corrections(_corrections_of(folder, kind))

    def read(files: Sequence[InputFile]) -> Batch:
        return kind.read(files, contest, advance=advance)

    pool = merged(imports, kind.key, read, partial(kind.means_the_same, contest))
    batch = kind.corrected(pool.batch, contest, corrections)
    return Built(_canonical_csv(kind, batch, contest), pool.arrived, pool.last)


def _canonical_csv(kind: Kind, batch: Batch, contest: Contest) -> bytes:
    """Records as CSV: the contract's columns first, then all others, then where each came from."""
    columns = tuple(dict.fromkeys([*kind.columns(contest), *batch.columns]))
    table = Table((*columns, *PROVENANCE), tuple(_rows(batch, columns)))
    return as_csv(table).encode()


def _rows(batch: Batch, columns: Sequence[str]) -> Iterable[tuple[str | int, ...]]:
    for record in batch.records:
        cells = (record.cells.get(column, "") for column in columns)
        yield (*cells, record.source.file, record.source.row, record.repeats)
