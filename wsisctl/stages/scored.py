"""Which stage a file of score sheets is for."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput, UsageError
from wsisctl.readers.dialect import ReadAs
from wsisctl.readers.files import InputFile
from wsisctl.readers.naming import Naming
from wsisctl.readers.required import require_columns
from wsisctl.readers.table import open_table
from wsisctl.records.kinds import (
    SCORES_NOMINATION,
    SCORES_SELECTION,
    Kind,
    telling_kinds_apart,
)
from wsisctl.records.labels import labels
from wsisctl.records.problems import Gathered, UnusableRecords

NOTHING_IMPORTED = "nothing was imported"
"""What the hints of an import end with that was refused."""
_KINDS: Mapping[str, Kind] = {"nomination": SCORES_NOMINATION, "selection": SCORES_SELECTION}


def kind_of_sheets(
    files: Sequence[Path], contest: Contest, stage: str | None, read_as: ReadAs = ReadAs()
) -> Kind:
    """The kind of these sheets: the one asked for, or the one whose criteria are their columns.

    Raises UsageError where both would fit, UnusableInput where none fits all files.
    """
    if stage is not None:
        return _KINDS[stage]
    fitting = list(_KINDS)
    gathered = Gathered()
    named = [InputFile(path, str(path), read_as=read_as) for path in files]
    for kind in _KINDS.values():
        if read_as.profile and read_as.profile.kind == kind.name:
            kind.refuse_unfit_profiles(named, contest)
    for file in named:
        with gathered.within(file):
            fits = _stages_of(file, contest)
            fitting = [name for name in fitting if name in fits]
    try:
        gathered.refuse(named)
    except UnusableRecords as error:
        raise error.renamed({}, NOTHING_IMPORTED) from error
    if not fitting:
        raise UnusableInput(
            "some of these sheets are for the nomination and some for the selection",
            hint="import those of each stage by themselves",
        )
    if len(fitting) > 1:
        raise UsageError(
            "these sheets may be for either stage",
            hint="say with --stage nomination or --stage selection which they are for",
        )
    return _KINDS[fitting[0]]


def _stages_of(file: InputFile, contest: Contest) -> list[str]:
    """The stages all of whose criteria are columns; raises UnusableInput where there is none.

    An empty JSON array has no columns, and so tells nothing.
    """
    with open_table(file, _naming(contest)) as table:
        columns = set(table.columns)
        if not columns:
            return list(_KINDS)
        fits = [name for name, kind in _KINDS.items() if columns.issuperset(kind.columns(contest))]
        if not fits:
            nearest = max(_KINDS.values(), key=lambda kind: len(columns & _criteria(kind, contest)))
            with telling_kinds_apart(nearest, contest):
                require_columns(table, nearest.columns(contest))
        return fits


def _naming(contest: Contest) -> Naming:
    """What the columns of either stage's sheets may be called."""
    known = {column for kind in _KINDS.values() for column in kind.known(contest)}
    return Naming.of(sorted(known), (pair for pair in labels(contest) if pair[1] in known))


def _criteria(kind: Kind, contest: Contest) -> set[str]:
    return set(kind.columns(contest)) - set(kind.key)
