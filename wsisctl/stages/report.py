"""From results to the secretariat's documents."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.folder.manifest import Origin, is_unchanged, read_manifest
from wsisctl.folder.outputs import OutputFolder
from wsisctl.readers.files import Advance, InputFile
from wsisctl.records.kinds import NOMINEES, SUBMISSIONS
from wsisctl.reports.documents import DOCUMENTS, DocumentKind
from wsisctl.reports.documents.scribe import Language
from wsisctl.reports.folder import documents_report
from wsisctl.stages.outcome import Outcome

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
        documents = kind.make(contest, _read_result(result, kind, contest), about, language)
        made.append((kind, [result, *sources], documents))
    written = [
        (kind.stage, name)
        for kind, read, documents in made
        for name in _write(contest, out, f"{kind.name}-{language}", read, documents)
    ]
    return Outcome(documents_report(contest, str(out), written), {}, to_act_upon=False)


def _write(
    contest: Contest,
    out: Path,
    name: str,
    read: Sequence[InputFile],
    documents: Mapping[str, bytes],
) -> Iterator[str]:
    target = OutputFolder(out, name, documents, read)
    target.write(documents, Origin.of(contest.definition, read))
    yield from documents


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


def _read_result(file: InputFile, kind: DocumentKind, contest: Contest) -> Any:
    """The result as its stage wrote it."""
    hint = f"run `wsisctl {kind.stage}` again"
    digest = read_manifest(file.path.parent).sums.get(kind.result)
    if digest is not None and not is_unchanged(file.path, digest):
        raise UnusableInput(
            f"{file.name}: changed since `wsisctl {kind.stage}` wrote it", hint=hint
        )
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
