"""What a stage in a contest folder follows from."""

from collections.abc import Iterable
from dataclasses import replace

from wsisctl.contest.model import Contest
from wsisctl.folder.layout import ContestFolder
from wsisctl.folder.ledger import Ledger, of_kind
from wsisctl.folder.manifest import Origin
from wsisctl.records.kinds import Kind
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.menu import Stage
from wsisctl.stages.records import records_origin


def origin_of_stage(
    stage: Stage,
    folder: ContestFolder,
    contest: Contest,
    ledger: Ledger,
    kinds: Iterable[Kind],
    inputs: Inputs,
) -> Origin:
    """The exports and corrections behind its records, its other files, and the decisions that it hears.

    Not the records themselves, which follow from these. Of the decisions file only what it hears, so
    that an origin is the same whichever stage ran last.
    """
    heard = stage.hears.digest(inputs.decisions)
    others = replace(inputs, decisions=(), corrections=()).all_files
    sums = dict(
        Origin.of(contest.definition, (file for file in others if not file.canonical)).inputs
    )
    imports: dict[str, str] = {}
    for kind in kinds:
        if entries := of_kind(ledger, kind):
            origin = records_origin(folder, contest, kind, entries)
            sums |= dict(origin.inputs)
            imports |= dict(origin.imports)
    return Origin(
        contest.definition, tuple(sorted(sums.items())), heard, tuple(sorted(imports.items()))
    )
