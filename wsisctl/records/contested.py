"""The list of votes that somebody contests: a table with a column `vote_id`, or a text with an id on each line."""

from collections.abc import Iterator, Sequence

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.readers.csv_grid import CsvGrid
from wsisctl.readers.encoding import find_encoding
from wsisctl.readers.files import InputFile
from wsisctl.records import roles
from wsisctl.records.id_cells import wrong_with_id
from wsisctl.records.kinds import VOTE_COLUMNS, Kind
from wsisctl.records.problems import MOST_SHOWN
from wsisctl.records.record import Batch, Record
from wsisctl.wording import counted

CONTESTED = Kind(
    name="contested-votes",
    called="contested votes",
    key=(),
    columns=lambda _: ("vote_id",),
    roles=roles.kept,
    option="--contested",
    further=(*VOTE_COLUMNS[1:], "reason", "clause", "file", "row"),
)
"""Cut out of the votes, or of `rejected-votes.csv`: what stands beside the id there is no surprise."""


def read_contested(
    files: Sequence[InputFile], contest: Contest
) -> tuple[frozenset[str], tuple[str, ...]]:
    """The ids of all files together, and what to tell of the files.

    Raises UnusableInput for an id that is empty or that Excel has ruined.
    """
    lists = [file for file in files if file.path.suffix.lower() == ".txt"]
    batch = CONTESTED.read([file for file in files if file not in lists], contest)
    found = [
        *(
            (item.source, item.cells["vote_id"])
            for item in batch.records
            if not _cannot_count(item)
        ),
        *(item for file in lists for item in _lines(file)),
    ]
    problems = [problem for source, text in found if (problem := _problem(source, text))]
    if problems:
        told = problems[:MOST_SHOWN]
        if further := len(problems) - len(told):
            told.append(f"and {counted(further, 'further id')}")
        raise UnusableInput("\n".join(told), hint="give the ids as they stand in the votes")
    return frozenset(text for _, text in found), (*CONTESTED.remarks(batch), *_left_out(batch))


def _cannot_count(record: Record) -> bool:
    """Whether `rejected-votes.csv` has it as a vote without an id: malformed, it never counts for anybody."""
    return not record.cells["vote_id"].strip() and record.cells.get("reason") == "malformed"


def _lines(file: InputFile) -> Iterator[tuple[Source, str]]:
    """An id is the whole line; a first line that says `vote_id` is none."""
    with CsvGrid(file, find_encoding(file), "\t") as grid:
        for number, cells in grid.rows():
            text = "\t".join(cells)
            if text.strip() and not (number == 1 and text.strip() == "vote_id"):
                yield Source(file.name, number), text


def _left_out(batch: Batch) -> Iterator[str]:
    if number := sum(_cannot_count(record) for record in batch.records):
        verb = "is" if number == 1 else "are"
        yield f"{counted(number, 'malformed vote')} without an id {verb} left out of the contested ones"


def _problem(source: Source, text: str) -> str:
    if not text.strip():
        return f"{source}: vote_id is empty; expected the id of a vote"
    wrong = wrong_with_id(text)
    return f"{source}: '{text}' {wrong.what}" if wrong else ""
