"""From results to the secretariat's documents."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.folder.layout import (
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
from wsisctl.records.kinds import NOMINEES, SUBMISSIONS
from wsisctl.reports.documents import DOCUMENTS, DocumentKind
from wsisctl.reports.documents.scribe import Language
from wsisctl.reports.folder import documents_report
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.records import bring_up_to_date
from wsisctl.stages.status import read_standing

_SHORTLIST = "nominees.csv"


@dataclass(frozen=True)
class ReportInputs:
    """The results of a contest and what is known of its submissions."""

    results: Path
    """The folder that the stages wrote into."""
    name: str
    """What messages call it."""
    submissions: Sequence[InputFile]
    """Where titles and entities are read; without any, from the shortlist among the results."""
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
        bring_up_to_date(folder, contest, read_ledger(folder), (SUBMISSIONS,), advance)
        changed = {
            item.stage: item.changed
            for item in read_standing(folder, contest).stages
            if item.changed
        }
        home = records_file(SUBMISSIONS)
        submissions = (folder.file(home, canonical=True),) if folder.holds(home) else ()
        inputs = ReportInputs(folder.path(RESULTS), RESULTS, submissions, changed)
        outcome = run_report(contest, inputs, out or folder.path(REPORTS), language, advance)
    warnings = tuple(
        f"{stage} is out of date: {', '.join(names)} changed since it ran"
        for stage, names in changed.items()
    )
    return replace(outcome, warnings=warnings, to_act_upon=bool(warnings))


def run_report(
    contest: Contest, inputs: ReportInputs, out: Path, language: Language, advance: Advance
) -> Outcome:
    """Write a document for each result that is there, in one language, into `out`.

    Raises UnusableInput where there is no result, or one that no stage of this contest wrote.
    """
    present = [kind for kind in DOCUMENTS if (inputs.results / kind.result).exists()]
    if not present:
        raise UnusableInput(
            f"{inputs.name}: no results there yet", hint="`wsisctl validate` computes the first"
        )
    about, sources = _about(contest, inputs, advance)
    made = []
    for kind in present:
        result = InputFile(inputs.results / kind.result, f"{inputs.name}/{kind.result}")
        _refuse_unknown(result, kind, inputs)
        content = _read_result(result, kind, contest)
        changed = inputs.changed.get(kind.stage, ())
        documents = kind.make(contest, content, about, language, changed)
        made.append((kind, [result, *sources], documents))
    targets = [
        OutputFolder(out, f"{kind.name}-{language}", documents, read)
        for kind, read, documents in made
    ]
    for target, (_, read, documents) in zip(targets, made, strict=True):
        target.write(documents, Origin.of(contest.definition, read))
    written = [(kind.stage, name) for kind, _, documents in made for name in documents]
    told = documents_report(contest, str(out), written)
    return Outcome(told, {}, to_act_upon=False, remarks=_unsigned(inputs))


def _unsigned(inputs: ReportInputs) -> tuple[str, ...]:
    if (inputs.results / MANIFEST).exists():
        return ()
    return (
        f"{inputs.name}: no {MANIFEST} there; whether a stage wrote these results is not known",
    )


def _about(
    contest: Contest, inputs: ReportInputs, advance: Advance
) -> tuple[Mapping[str, Mapping[str, str]], Sequence[InputFile]]:
    """The cells of each submission by its id, and the files they are from."""
    if inputs.submissions:
        batch = SUBMISSIONS.read(inputs.submissions, contest, advance=advance)
        sources: Sequence[InputFile] = inputs.submissions
    else:
        shortlist = InputFile(inputs.results / _SHORTLIST, f"{inputs.name}/{_SHORTLIST}")
        sources = [shortlist] if shortlist.path.is_file() else []
        batch = NOMINEES.read(sources, contest)
    return {record.cells["submission_id"]: record.cells for record in batch.records}, sources


def _refuse_unknown(file: InputFile, kind: DocumentKind, inputs: ReportInputs) -> None:
    """Raise UnusableInput for a result that its stage has not written just so."""
    if inputs.from_elsewhere and not (inputs.results / MANIFEST).exists():
        return
    if not is_unchanged(file.path, read_manifest(inputs.results).sums.get(kind.result)):
        raise UnusableInput(
            f"{file.name}: changed since `wsisctl {kind.stage}` wrote it",
            hint=f"take it away and run `wsisctl {kind.stage}` again",
        )


def _read_result(file: InputFile, kind: DocumentKind, contest: Contest) -> Any:
    """The result, which must be one of this contest."""
    hint = f"run `wsisctl {kind.stage}` again"
    try:
        data = json.loads(file.path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableInput(f"{file.name}: no readable JSON: {error}", hint=hint) from error
    schema = kind.result.removesuffix(".json")
    if problems := schema_problems(data, load_schema(schema)):
        raise UnusableInput(f"{file.name}: {problems[0].message}", hint=hint)
    if data["contest"] != contest.id:
        message = f"{file.name}: a result of contest {data['contest']}, not of {contest.id}"
        raise UnusableInput(message, hint=hint)
    return data
