"""What `validate` makes of the files as they came: annotated copies, letters, and places in them."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.folder.layout import ContestFolder
from wsisctl.folder.ledger import intact_exports, of_kind, read_ledger
from wsisctl.folder.manifest import Origin
from wsisctl.folder.outputs import Content, write_anew
from wsisctl.readers.files import InputFile, readable_name
from wsisctl.readers.lines import lines_of_rows
from wsisctl.readers.table import Table
from wsisctl.records.kinds import SUBMISSIONS
from wsisctl.reports.annotated import annotated, annotated_names
from wsisctl.reports.letters import letters
from wsisctl.reports.validation_views import Place
from wsisctl.stages.copies import write_copy
from wsisctl.stages.inputs import Files, Inputs
from wsisctl.stages.validate import Validated
from wsisctl.wording import counted


def received(inputs: Inputs, folder: ContestFolder | None) -> Files:
    """The submissions as they came: of a folder's own records, the exports behind them."""
    if folder is None or not any(file.canonical for file in inputs.submissions):
        return inputs.submissions
    return intact_exports(folder, of_kind(read_ledger(folder), SUBMISSIONS))


def write_annotated(
    folder: Path, files: Sequence[InputFile], validated: Validated, read: Files
) -> str:
    """Write a copy of each file, and tell it; `read` is all that it follows from."""
    names = annotated_names(file.name for file in files)
    contest = validated.context.contest
    origin = Origin.of(contest.definition, read)

    def annotate(table: Table) -> Iterator[Sequence[str]]:
        rows = (cells for _, cells in table.rows())
        return annotated(table.header.columns, rows, validated.validation)

    with tempfile.TemporaryDirectory(prefix="wsisctl-") as drafts:
        copies: dict[str, Content] = {}
        for number, file in enumerate(files):
            copies[names[file.name]] = draft = Path(drafts) / str(number)
            write_copy(file, SUBMISSIONS.naming(contest), annotate, draft)
        write_anew(folder, "annotated", copies, origin, (*read, *files))
    return f"{', '.join(copies)} written to {folder}"


def write_letters(folder: Path, validated: Validated, language: str, read: Files) -> str:
    """Write a letter for each submission that is due one, and tell it."""
    contest, submissions = validated.context.contest, validated.submissions.records
    made = letters(contest, submissions, validated.validation, language)
    write_anew(folder, f"letters-{language}", made, Origin.of(contest.definition, read), read)
    index, *others = made
    return f"{counted(len(others), 'letter')}, listed in {index}, written to {folder}"


def places_in(files: Iterable[InputFile], contest: Contest) -> Callable[[Source], Place]:
    """Where a record stands, for who knows files by their paths and records by their lines."""
    naming = SUBMISSIONS.naming(contest)
    known = {
        file.name: (readable_name(file.path.as_posix()), lines_of_rows(file, naming))
        for file in files
    }

    def place(source: Source) -> Place:
        path, lines = known[source.file]
        return path, lines.get(source.row)

    return place
