"""From results to the secretariat's documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.folder.layout import (
    CORRECTIONS_FILE,
    REPORTS,
    RESULTS,
    ContestFolder,
    records_file,
    refuse_rooms,
)
from wsisctl.folder.ledger import read_ledger
from wsisctl.folder.leftovers import at_work_in
from wsisctl.folder.manifest import MANIFEST, Origin, is_unchanged, read_manifest
from wsisctl.folder.outputs import OutputFolder
from wsisctl.readers.files import Advance, InputFile
from wsisctl.records.corrections import Correction, Corrections, read_corrections
from wsisctl.records.kinds import CORRECTED, MEMBERS, NOMINEES, SUBMISSIONS, Kind
from wsisctl.records.record import Batch
from wsisctl.reports.documents import DOCUMENTS, DocumentKind
from wsisctl.reports.documents.scribe import Language, Scribe
from wsisctl.reports.folder import documents_report
from wsisctl.reports.same_email import SAME_EMAILS
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.records import bring_up_to_date
from wsisctl.stages.results import read_result, read_same_emails
from wsisctl.stages.status import read_standing

_SHORTLIST = "nominees.csv"
_VERDICTS = ("eligible", "ineligible", "review")


@dataclass(frozen=True)
class ReportInputs:
    """The results of a contest and what is known of its submissions."""

    results: Path
    """The folder that the stages wrote into."""
    name: str
    """What messages call it."""
    submissions: Sequence[InputFile] = ()
    """Where titles and entities are read; without any, from the shortlist among the results."""
    members: Sequence[InputFile] = ()
    """Read only to tell which corrections are theirs."""
    corrections: Sequence[InputFile] = ()
    changed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By stage, what has changed since it ran; the documents say so."""
    from_elsewhere: bool = False
    """Results may have come without the manifest that says who wrote them."""


def report_in_folder(
    folder: ContestFolder, contest: Contest, out: Path | None, language: Language, advance: Advance
) -> Outcome:
    """The documents of a contest folder, in `reports/` or in `out`.

    A result that no longer holds is reported all the same, and is to be acted upon.
    """
    if out is not None:
        refuse_rooms(out)
    with at_work_in(folder):
        corrections = folder.files(CORRECTIONS_FILE)
        needed = _needed(folder.path(RESULTS), read_corrections(corrections))
        bring_up_to_date(folder, contest, read_ledger(folder), needed, advance)
        changed = {
            item.stage: item.changed
            for item in read_standing(folder, contest).stages
            if item.changed
        }
        inputs = ReportInputs(
            folder.path(RESULTS),
            RESULTS,
            _own_records(folder, SUBMISSIONS),
            _own_records(folder, MEMBERS) if MEMBERS in needed else (),
            corrections,
            changed,
        )
        outcome = run_report(contest, inputs, out or folder.path(REPORTS), language, advance)
    warnings = tuple(
        f"{stage} is out of date: {', '.join(names)} changed since it ran"
        for stage, names in changed.items()
    )
    return replace(outcome, warnings=warnings, to_act_upon=bool(warnings))


def _needed(results: Path, corrections: Corrections) -> tuple[Kind, ...]:
    """The records that the documents are about; members' are read for their corrections alone."""
    told = {kind.corrected for kind in _present(results)} if corrections.entries else set()
    return tuple(kind for kind in CORRECTED if kind is SUBMISSIONS or kind in told)


def _own_records(folder: ContestFolder, kind: Kind) -> Sequence[InputFile]:
    home = records_file(kind)
    return (folder.file(home, canonical=True),) if folder.holds(home) else ()


def _present(results: Path) -> list[DocumentKind]:
    return [kind for kind in DOCUMENTS if (results / kind.result).exists()]


def run_report(
    contest: Contest, inputs: ReportInputs, out: Path, language: Language, advance: Advance
) -> Outcome:
    """Write a document for each result that is there, in one language, into `out`.

    Raises UnusableInput where there is no result, or one that no stage of this contest wrote.
    """
    present = _present(inputs.results)
    if not present:
        raise UnusableInput(
            f"{inputs.name}: no results there yet", hint="`wsisctl validate` computes the first"
        )
    known = _known(contest, inputs, advance)
    scribe = Scribe(contest, _cells_by_id(known.submissions, SUBMISSIONS), language)
    made = [_made(kind, known, scribe) for kind in present]
    targets = [
        OutputFolder(out, f"{item.kind.name}-{language}", item.files, item.read) for item in made
    ]
    for target, item in zip(targets, made, strict=True):
        target.write(item.files, Origin.of(contest.definition, item.read))
    written = [(item.kind.stage, name) for item in made for name in item.files]
    told = documents_report(contest, str(out), written)
    left = len(known.corrections.entries) - sum(len(item.corrections) for item in made)
    remarks = (*_unsigned(inputs), *_not_told(inputs, left))
    return Outcome(told, {}, to_act_upon=False, remarks=remarks)


@dataclass(frozen=True)
class _Known:
    """All that documents are drawn up from, besides the results themselves."""

    contest: Contest
    inputs: ReportInputs
    corrections: Corrections
    submissions: Batch
    sources: Sequence[InputFile]
    """Where the submissions were read."""


def _known(contest: Contest, inputs: ReportInputs, advance: Advance) -> _Known:
    corrections = read_corrections(inputs.corrections)
    if inputs.submissions:
        batch = SUBMISSIONS.read(inputs.submissions, contest, corrections, advance)
        return _Known(contest, inputs, corrections, batch, inputs.submissions)
    shortlist = InputFile(inputs.results / _SHORTLIST, f"{inputs.name}/{_SHORTLIST}")
    sources = [shortlist] if shortlist.path.is_file() else []
    return _Known(contest, inputs, corrections, NOMINEES.read(sources, contest), sources)


def _cells_by_id(batch: Batch, kind: Kind) -> Mapping[str, Mapping[str, str]]:
    return {record.cells[kind.key[0]]: record.cells for record in batch.records}


@dataclass(frozen=True)
class _Made:
    """A document before it is written."""

    kind: DocumentKind
    files: Mapping[str, bytes]
    read: Sequence[InputFile]
    """All that it follows from."""
    corrections: Sequence[Correction]
    """Those that it tells."""


def _made(kind: DocumentKind, known: _Known, scribe: Scribe) -> _Made:
    inputs = known.inputs
    result = InputFile(inputs.results / kind.result, f"{inputs.name}/{kind.result}")
    _refuse_unknown(result, kind, inputs)
    hint = f"run `wsisctl {kind.stage}` again"
    content = read_result(result, kind.result.removesuffix(".json"), known.contest, hint)
    corrections, of_records = _corrections(kind, known, content)
    beside = _same_emails(kind, inputs)
    shared = read_same_emails(beside[0], hint) if beside else None
    changed = inputs.changed.get(kind.stage, ())
    files = kind.make(replace(scribe, corrections=corrections, shared=shared), content, changed)
    read = (result, *beside, *known.sources, *inputs.corrections, *of_records)
    return _Made(kind, files, read, corrections)


def _same_emails(kind: DocumentKind, inputs: ReportInputs) -> tuple[InputFile, ...]:
    """The table beside the result, where there is one: earlier versions wrote none."""
    if not kind.same_emails or not (inputs.results / SAME_EMAILS).is_file():
        return ()
    beside = InputFile(inputs.results / SAME_EMAILS, f"{inputs.name}/{SAME_EMAILS}")
    _refuse_unknown(beside, kind, inputs)
    return (beside,)


def _corrections(
    kind: DocumentKind, known: _Known, content: Any
) -> tuple[tuple[Correction, ...], Sequence[InputFile]]:
    """The corrections that a document tells, and the further files that were read to know them."""
    corrections, inputs = known.corrections, known.inputs
    if kind.corrected is None or not corrections.entries:
        return (), ()
    if kind.corrected is MEMBERS:
        members = MEMBERS.read(inputs.members, known.contest, corrections)
        return corrections.among(_cells_by_id(members, MEMBERS), members.columns), inputs.members
    if inputs.submissions:
        ids = _cells_by_id(known.submissions, SUBMISSIONS)
        return corrections.among(ids, known.submissions.columns), ()
    entered = {identity for verdict in _VERDICTS for identity in content[verdict]}
    return corrections.among(entered, SUBMISSIONS.known(known.contest)), ()


def _not_told(inputs: ReportInputs, left: int) -> tuple[str, ...]:
    """Corrections that no document tells, where more files could say whose they are."""
    if not left or inputs.members or not inputs.from_elsewhere:
        return ()
    are = "correction is" if left == 1 else "corrections are"
    return (f"{left} {are} in none of these documents; those of members need --members",)


def _unsigned(inputs: ReportInputs) -> tuple[str, ...]:
    if (inputs.results / MANIFEST).exists():
        return ()
    return (
        f"{inputs.name}: no {MANIFEST} there; whether a stage wrote these results is not known",
    )


def _refuse_unknown(file: InputFile, kind: DocumentKind, inputs: ReportInputs) -> None:
    """Raise UnusableInput for a result that its stage has not written just so."""
    if inputs.from_elsewhere and not (inputs.results / MANIFEST).exists():
        return
    if not is_unchanged(file.path, read_manifest(inputs.results).sums.get(file.path.name)):
        raise UnusableInput(
            f"{file.name}: changed since `wsisctl {kind.stage}` wrote it",
            hint=f"take it away and run `wsisctl {kind.stage}` again",
        )
