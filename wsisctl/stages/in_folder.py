"""A stage inside a contest folder: its inputs from where they are kept, its results to `results/`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput, UsageError
from wsisctl.folder.layout import RESULTS, ContestFolder, refuse_rooms
from wsisctl.folder.ledger import Ledger, of_kind, read_ledger
from wsisctl.folder.leftovers import at_work_in
from wsisctl.folder.manifest import Origin, is_unchanged, read_manifest
from wsisctl.folder.outputs import OutputFolder
from wsisctl.readers.files import Advance, InputFile, refusing_changes
from wsisctl.stages.all_at_once import run_stage_at_once
from wsisctl.stages.corrected import corrections_of_nothing_in
from wsisctl.stages.inputs import Inputs, Reading, name_all
from wsisctl.stages.menu import Reads, Stage
from wsisctl.stages.origins import origin_of_stage
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.records import bring_up_to_date
from wsisctl.stages.status import read_standing

_NOTHING_GIVEN: Mapping[str, Sequence[Path]] = MappingProxyType({})


@dataclass(frozen=True)
class FolderInputs:
    """What a stage reads in a contest folder, and all that it follows from."""

    inputs: Inputs
    origin: Origin


def run_in_folder(
    stage: Stage,
    folder: ContestFolder,
    contest: Contest,
    advance: Advance,
    *,
    language: str = "en",
    given: Mapping[str, Sequence[Path]] = _NOTHING_GIVEN,
    reading: Reading | None = None,
    out: Path | None = None,
    looks_only: str = "",
) -> Outcome:
    """Run a stage and write what it computed to `results/`, or to `out`.

    With files of their own people only look, and where `looks_only` says why: the folder's results stay as
    they are.
    """
    kept = looks_only or ("files were named" if given else "")
    if out is not None:
        refuse_rooms(out)
    elif stage.files and not kept:
        out = folder.path(RESULTS)
    with at_work_in(folder):
        found = inputs_in_folder(stage, folder, contest, given, advance, reading)
        target = OutputFolder(out, stage.name, stage.files, found.inputs.all_files) if out else None
        with refusing_changes(found.inputs.all_files):
            outcome = run_stage_at_once(stage, contest, found.inputs, advance, language)
        if target is not None:
            target.write(outcome.files, found.origin)
        return _with_remarks(outcome, stage, folder, contest, given, kept if target is None else "")


def _with_remarks(
    outcome: Outcome,
    stage: Stage,
    folder: ContestFolder,
    contest: Contest,
    given: Mapping[str, Sequence[Path]],
    kept: str,
) -> Outcome:
    """The outcome with what only the folder knows; an input that no longer holds is to be acted upon.

    `kept` says why the folder's results stay as they are; empty where something was written.
    """
    own = [reads for reads in stage.reads if reads.role not in given]
    stale, unfinished = earlier_stages(own, folder, contest)
    remarks = [*outcome.remarks, *unfinished]
    if any(reads.role == "corrections" for reads in own):
        remarks += corrections_of_nothing_in(folder, contest)
    if kept and stage.files:
        remarks.append(f"{RESULTS}/ is left as it is, since {kept}; --out DIR writes")
    to_act_upon = outcome.to_act_upon or bool(stale)
    warnings = (*outcome.warnings, *stale)
    return replace(outcome, remarks=tuple(remarks), warnings=warnings, to_act_upon=to_act_upon)


def earlier_stages(
    own: Iterable[Reads], folder: ContestFolder, contest: Contest
) -> tuple[list[str], list[str]]:
    """Inputs that an earlier stage would compute otherwise now, and what it left open."""
    stale, unfinished = [], []
    for reads in own:
        if not reads.is_result:
            continue
        stages = {item.stage: item for item in read_standing(folder, contest).stages}
        earlier = stages[reads.command]
        if earlier.state != "current":
            changed = ", ".join(earlier.changed)
            stale.append(
                f"{reads.home} is out of date, since {changed} changed: run `wsisctl {reads.command}`, "
                "then this again"
            )
        if earlier.to_decide:
            unfinished.append(f"{reads.home} is not final: {earlier.to_decide}")
    return stale, unfinished


def inputs_in_folder(
    stage: Stage,
    folder: ContestFolder,
    contest: Contest,
    given: Mapping[str, Sequence[Path]],
    advance: Advance,
    reading: Reading | None = None,
) -> FolderInputs:
    """The stage's inputs; files `given` for a role take the place of the folder's own.

    Records are brought up to date first. Raises UnusableInput for an input that is not there yet,
    and says which command provides it.
    """
    own = [reads for reads in stage.reads if reads.role not in given]
    kinds = [reads.kind for reads in own if reads.kind]
    if "corrections" in given and kinds:
        raise UsageError(
            "the folder's own records are corrected by decisions/corrections.yaml alone",
            hint="name all files, or write the correction there",
        )
    ledger = read_ledger(folder)
    for reads in own:
        refuse_missing(reads, folder, ledger)
    bring_up_to_date(folder, contest, ledger, kinds, advance)
    inputs = _inputs(stage, folder, given, reading)
    return FolderInputs(inputs, origin_of_stage(stage, folder, contest, ledger, kinds, inputs))


def size_as_it_is(
    stage: Stage,
    folder: ContestFolder,
    given: Mapping[str, Sequence[Path]],
    reading: Reading | None = None,
) -> int:
    """How many bytes the stage will read, if no record has to be made anew."""
    return _inputs(stage, folder, given, reading).size


def _inputs(
    stage: Stage,
    folder: ContestFolder,
    given: Mapping[str, Sequence[Path]],
    reading: Reading | None,
) -> Inputs:
    own = [reads for reads in stage.reads if reads.role not in given]
    by_role = {reads.role: tuple(_own_files(reads, folder)) for reads in own}
    return Inputs(**{**by_role, **_named(given, reading)})


def _named(
    given: Mapping[str, Sequence[Path]], reading: Reading | None
) -> dict[str, tuple[InputFile, ...]]:
    named = vars(name_all(given, reading))
    return {role: named[role] for role in given}


def refuse_missing(reads: Reads, folder: ContestFolder, ledger: Ledger) -> None:
    """Raise UnusableInput for an input that the stage cannot do without; says what provides it."""
    if not reads.required:
        return
    if reads.kind is not None and not of_kind(ledger, reads.kind):
        raise UnusableInput(
            f"no {reads.kind.name} have been imported into {folder.root.resolve().name}",
            hint=f"bring them in with `wsisctl {reads.command}`",
        )
    if reads.is_result:
        refuse_unknown_result(folder, reads.home, reads.command)


def _own_files(reads: Reads, folder: ContestFolder) -> Iterator[InputFile]:
    if folder.holds(reads.home):
        yield folder.file(reads.home, canonical=reads.kind is not None)


def refuse_unknown_result(folder: ContestFolder, name: str, command: str) -> None:
    """Raise UnusableInput for a result that its stage has not written just so."""
    if not folder.holds(name):
        raise UnusableInput(f"{name} is not there yet", hint=f"`wsisctl {command}` writes it")
    known_sum = read_manifest(folder.path(RESULTS)).sums.get(name.removeprefix(f"{RESULTS}/"))
    if not is_unchanged(folder.path(name), known_sum):
        raise UnusableInput(
            f"{name}: changed since `wsisctl {command}` wrote it",
            hint=f"people's choices go into decisions/decisions.yaml; take {name} away and run "
            f"`wsisctl {command}` again",
        )


def missing_options(stage: Stage, given: Mapping[str, Sequence[Path]]) -> Iterator[str]:
    """The options without which the stage cannot run on bare files."""
    for reads in stage.reads:
        if reads.required and not given.get(reads.role):
            yield f"--{reads.role.replace('_', '-')}"
