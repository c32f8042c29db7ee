"""A stage inside a contest folder: its inputs from where they are kept, its results to `results/`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput, UsageError
from wsisctl.folder.layout import RESULTS, ContestFolder
from wsisctl.folder.ledger import of_kind, read_ledger
from wsisctl.folder.manifest import Origin, is_unchanged, read_manifest
from wsisctl.folder.outputs import OutputFolder
from wsisctl.readers.files import Advance, InputFile, name_inputs
from wsisctl.records.kinds import Kind
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.menu import Reads, Stage, writer_of
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.records import bring_up_to_date, records_file, records_origin

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
    out: Path | None = None,
) -> Outcome:
    """Run a stage and write what it computed to `results/`, or to `out`.

    With files of their own people only look: the folder's results stay as they are.
    """
    if out is None and not given:
        out = folder.path(RESULTS)
    found = inputs_in_folder(stage, folder, contest, given, advance)
    target = OutputFolder(out, stage.name, stage.files, found.inputs.all_files) if out else None
    outcome = stage.run(contest, found.inputs, advance, language)
    if target is not None:
        target.write(outcome.files, found.origin)
        return outcome
    told = f"{RESULTS}/ is left as it is, since files were named; --out DIR writes elsewhere"
    return replace(outcome, remarks=(*outcome.remarks, told))


def inputs_in_folder(
    stage: Stage,
    folder: ContestFolder,
    contest: Contest,
    given: Mapping[str, Sequence[Path]],
    advance: Advance,
) -> FolderInputs:
    """The stage's inputs; files `given` for a role take the place of the folder's own.

    Records are brought up to date first. Raises UnusableInput for an input that is not there yet,
    and says which command provides it.
    """
    own = [reads for reads in stage.reads if reads.role not in given]
    if "corrections" in given and any(isinstance(reads.home, Kind) for reads in own):
        raise UsageError(
            "the folder's own records are corrected by decisions/corrections.yaml alone",
            hint="name all files, or write the correction there",
        )
    kinds = [reads.home for reads in own if isinstance(reads.home, Kind)]
    bring_up_to_date(folder, contest, kinds, advance)
    by_role = {reads.role: _own_file(reads, folder) for reads in own}
    inputs = replace(Inputs(**by_role), **_named(given))
    return FolderInputs(inputs, origin_of_stage(stage, folder, contest, kinds, inputs))


def origin_of_stage(
    stage: Stage, folder: ContestFolder, contest: Contest, kinds: Iterable[Kind], inputs: Inputs
) -> Origin:
    """The files a stage reads, what its records were made from, and the decisions that it hears.

    Of the decisions file only these, so that an origin is the same whichever stage ran last.
    """
    ledger = read_ledger(folder)
    heard = stage.hears.digest(inputs.decisions)
    files = replace(inputs, decisions=()).all_files
    sums = dict(Origin.of(contest.definition, files).inputs)
    for kind in kinds:
        entries = of_kind(ledger, kind)
        if entries:
            sums |= dict(records_origin(folder, contest, kind, entries).inputs)
    return Origin(contest.definition, tuple(sorted(sums.items())), heard)


def _named(given: Mapping[str, Sequence[Path]]) -> dict[str, tuple[InputFile, ...]]:
    named = iter(name_inputs([path for paths in given.values() for path in paths]))
    return {role: tuple(next(named) for _ in paths) for role, paths in given.items()}


def _own_file(reads: Reads, folder: ContestFolder) -> tuple[InputFile, ...]:
    if isinstance(reads.home, Kind):
        name = records_file(reads.home)
        if folder.holds(name):
            return (folder.file(name, canonical=True),)
        if reads.required:
            raise UnusableInput(
                f"no {reads.home.name} have been imported into {folder.root.resolve().name}",
                hint=f"bring them in with `wsisctl {reads.home.command} FILE`",
            )
        return ()
    if reads.home.startswith(f"{RESULTS}/"):
        return (_result(reads.home, folder),)
    return folder.files(reads.home)


def _result(name: str, folder: ContestFolder) -> InputFile:
    """A result of an earlier stage, as that stage wrote it."""
    bare = name.removeprefix(f"{RESULTS}/")
    stage = writer_of(bare)
    if not folder.holds(name):
        raise UnusableInput(f"{name} is not there yet", hint=f"`wsisctl {stage.name}` writes it")
    known_sum = read_manifest(folder.path(RESULTS)).sums.get(bare)
    if not is_unchanged(folder.path(name), known_sum):
        raise UnusableInput(
            f"{name}: changed since `wsisctl {stage.name}` wrote it",
            hint=f"people's choices go into decisions/decisions.yaml; take {name} away and run "
            f"`wsisctl {stage.name}` again",
        )
    return folder.file(name)


def missing_options(stage: Stage, given: Mapping[str, Sequence[Path]]) -> Iterator[str]:
    """The options without which the stage cannot run on bare files."""
    for reads in stage.reads:
        if reads.required and not given.get(reads.role):
            yield f"--{reads.role.replace('_', '-')}"
