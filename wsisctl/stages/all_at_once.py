"""A stage stops at the first kind of input that cannot be used: here the others are looked at too."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.readers.files import Advance, InputFile
from wsisctl.readers.naming import Naming
from wsisctl.records.contested import read_contested
from wsisctl.records.corrections import read_corrections
from wsisctl.records.decisions import read_decisions
from wsisctl.records.kinds import (
    MEMBERS,
    ORGANIZATIONS,
    PANEL,
    PAST_WINNERS,
    SUBMISSIONS,
)
from wsisctl.records.people import read_nominees
from wsisctl.records.problems import Group, UnusableRecords, problems_of
from wsisctl.rules import ALL_RULES
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.menu import Reads, Stage
from wsisctl.stages.outcome import Outcome
from wsisctl.voting.outcome import read_outcomes
from wsisctl.voting.received import refuse_unusable_votes

_Files = Sequence[InputFile]
_Read = Callable[[_Files, Contest], object]


def run_stage_at_once(
    stage: Stage, contest: Contest, inputs: Inputs, advance: Advance, language: str
) -> Outcome:
    """What the stage computes. Raises UnusableInput with what is wrong in any of its inputs."""
    try:
        return stage.run(contest, inputs, advance, language)
    except UnusableInput as error:
        raise _joined(error, tuple(_wrong(stage, contest, inputs))) from error


def _wrong(stage: Stage, contest: Contest, inputs: Inputs) -> Iterator[UnusableInput]:
    """What is wrong with each kind of input by itself; a folder's own records have been looked at."""
    for reads in stage.reads:
        files = [file for file in getattr(inputs, reads.role) if not file.canonical]
        if files:
            try:
                _reader(reads)(files, contest)
            except UnusableInput as error:
                yield error


def _reader(reads: Reads) -> _Read:
    if reads.role == "scores" and reads.kind is not None:
        return reads.kind.read  # of which stage the sheets are
    return READERS[reads.role]


READERS: Mapping[str, _Read] = MappingProxyType(
    {
        "submissions": SUBMISSIONS.read,
        "past_winners": PAST_WINNERS.read,
        "organizations": ORGANIZATIONS.read,
        "panel": PANEL.read,
        "members": MEMBERS.read,
        "nominees": read_nominees,
        "votes": refuse_unusable_votes,
        "corrections": lambda files, _: read_corrections(files),
        "decisions": lambda files, contest: read_decisions(
            files, contest, [rule.code for rule in ALL_RULES]
        ),
        "contested": read_contested,
        "tally": lambda files, contest: read_outcomes(files[0], contest),
    }
)
"""By role of the input."""


def _joined(first: UnusableInput, others: Sequence[UnusableInput]) -> UnusableInput:
    """All of it as one; `first` is what the stage stopped at, and mostly one of the others."""
    known = {str(problem) for error in others for problem in problems_of(error)}
    is_new = any(str(problem) not in known for problem in problems_of(first))
    errors = (first, *others) if is_new else tuple(others)
    if len(errors) == 1:
        return first
    numbers: Counter[Group] = Counter()
    files: dict[InputFile, Naming] = {}
    for error in errors:
        if isinstance(error, UnusableRecords):
            numbers.update(error.numbers)
            files |= error.files
        else:
            numbers.update(problem.group for problem in problems_of(error))
    problems = (problem for error in errors for problem in problems_of(error))
    by_place = sorted(problems, key=lambda problem: problem.source)
    return UnusableRecords(by_place, numbers=numbers, files=files)
