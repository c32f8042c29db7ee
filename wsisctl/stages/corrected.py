"""Corrections that met no record."""

from collections.abc import Iterator, Mapping

from wsisctl.contest.model import Contest
from wsisctl.folder.layout import CORRECTIONS_FILE, ContestFolder, records_file
from wsisctl.readers.table import open_table
from wsisctl.records.corrections import Corrections, read_corrections
from wsisctl.records.kinds import CORRECTED, Kind
from wsisctl.stages.inputs import Files, Inputs


def corrections_of_nothing(contest: Contest, inputs: Inputs) -> list[str]:
    """On bare files, as sentences.

    A stage reads one of the kinds that can be corrected; a field that another kind has too may well
    be meant for that one.
    """
    files: dict[Kind, Files] = {kind: getattr(inputs, kind.name) for kind in CORRECTED}
    unread = {column for kind in CORRECTED if not files[kind] for column in kind.columns(contest)}
    corrections = read_corrections(inputs.corrections)
    certain = tuple(entry for entry in corrections.entries if entry.field not in unread)
    return _told(Corrections(certain), files, contest)


def corrections_of_nothing_in(folder: ContestFolder, contest: Contest) -> list[str]:
    """In a contest folder, where all records are at hand, as sentences."""
    corrections = read_corrections(folder.files(CORRECTIONS_FILE))
    files = {kind: folder.files(records_file(kind)) for kind in CORRECTED}
    return _told(corrections, files, contest)


def _told(corrections: Corrections, files: Mapping[Kind, Files], contest: Contest) -> list[str]:
    return corrections.without_record(set(_ids(files, contest))) if corrections.entries else []


def _ids(files: Mapping[Kind, Files], contest: Contest) -> Iterator[str]:
    for kind, of_kind in files.items():
        for file in of_kind:
            with open_table(file, kind.naming(contest)) as table:
                if kind.key[0] in table.columns:
                    place = table.columns.index(kind.key[0])
                    yield from (cells[place] for _, cells in table.rows() if place < len(cells))
