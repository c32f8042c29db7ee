"""Submissions as they came in through the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.records.corrections import NO_CORRECTIONS, Correction, Corrections
from wsisctl.records.kinds import SUBMISSIONS
from wsisctl.records.record import Record
from wsisctl.times import ClockReading, Instant, read_time

ID = "submission_id"
SUBMITTED_AT = "submitted_at"
_NEVER = Instant(2**62)


@dataclass(frozen=True)
class Submission:
    """One project entered into the contest, with what its cells mean in this contest."""

    id: str
    record: Record
    category: str | None
    """The category's id; None where the cell names none."""
    submitted: ClockReading

    @property
    def source(self) -> Source:
        """Where it was read."""
        return self.record.source

    def text(self, column: str) -> str:
        """What stands in a box, without surrounding white space."""
        return self.record.text(column)

    @property
    def order(self) -> tuple[Instant, str]:
        """By which the earliest comes first: time, then id; without a readable time, last."""
        return self.submitted.instant or _NEVER, self.id


@dataclass(frozen=True)
class Submissions:
    """All submissions of a contest, each once, by id."""

    records: tuple[Submission, ...]
    read: int
    """Rows read."""
    told: tuple[str, ...]
    """What to tell of the files, as sentences."""
    corrections: tuple[Correction, ...] = ()
    """What people put right in them."""


def read_submissions(
    files: Sequence[InputFile],
    contest: Contest,
    corrections: Corrections = NO_CORRECTIONS,
    advance: Advance = ignore_progress,
) -> Submissions:
    """Read files with `submission_id`, `submitted_at` and the fields of the contest's form."""
    batch = SUBMISSIONS.read(files, contest, corrections, advance)
    submissions = (
        Submission(
            record.cells[ID],
            record,
            contest.category_of(record.text("category")),
            read_time(record.text(SUBMITTED_AT), contest.zone),
        )
        for record in batch.records
    )
    ordered = tuple(sorted(submissions, key=lambda item: item.id))
    corrected = corrections.among({item.id for item in ordered}, batch.columns)
    return Submissions(ordered, batch.read, SUBMISSIONS.remarks(batch), corrected)
