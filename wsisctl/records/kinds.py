"""The kinds of record, each with its columns and what makes two of them the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.records.corrections import NO_CORRECTIONS, Corrections
from wsisctl.records.record import Batch, read_batch

Columns = Callable[[Contest], tuple[str, ...]]


@dataclass(frozen=True)
class Kind:
    """One kind of record (contract, Records)."""

    name: str
    """Of the folder its exports are kept in, and of its schema."""
    key: tuple[str, ...]
    """The columns that identify a record; with none, equal rows are the same record."""
    columns: Columns
    """Every column that a file must have in this contest."""
    command: str = ""
    """The command that brings it into a contest folder; none for what people write there."""
    file: str = ""
    """Where the folder's records of this kind are, in `records/`."""
    ours: bool = False
    """Its CSV is written by us, with an apostrophe before what looks like a formula."""

    def read(
        self,
        files: Sequence[InputFile],
        contest: Contest,
        corrections: Corrections = NO_CORRECTIONS,
        advance: Advance = ignore_progress,
    ) -> Batch:
        """Read files of this kind, each record once, corrected where a person said so.

        A contest folder's own records have been corrected when they were made. Raises UnusableInput for a file that cannot be used and for a correction that does not fit.
        """
        batch = read_batch(files, self.columns(contest), self.key, advance, ours=self.ours)
        made_here = any(file.canonical for file in files)
        return batch if made_here else corrections.applied(batch, self.key)


SUBMISSIONS = Kind(
    "submissions",
    ("submission_id",),
    lambda contest: ("submission_id", "submitted_at", *(box.id for box in contest.form)),
    "import-submissions",
    "submissions.csv",
)
PAST_WINNERS = Kind(
    "past-winners", (), lambda _: ("title",), "import-past-winners", "past-winners.csv"
)
SCORES_NOMINATION = Kind(
    "scores-nomination",
    ("panelist", "submission_id"),
    lambda contest: (
        "panelist",
        "submission_id",
        *(criterion.id for criterion in contest.panel.nomination),
    ),
    "import-scores",
    "scores-nomination.csv",
)
SCORES_SELECTION = Kind(
    "scores-selection",
    ("panelist", "submission_id"),
    lambda contest: (
        "panelist",
        "submission_id",
        *(criterion.id for criterion in contest.panel.selection),
    ),
    "import-scores",
    "scores-selection.csv",
)
PANEL = Kind("panel", ("panelist",), lambda _: ("panelist",))
MEMBERS = Kind(
    "members",
    ("member_id",),
    lambda contest: ("member_id", *contest.voting.profile),
    "import-members",
    "members.csv",
)
NOMINEES = Kind(
    "nominees",
    ("submission_id",),
    lambda contest: (
        "submission_id",
        "category",
        *(("entity", "submitter_organization") if "own_project" in contest.voting.reasons else ()),
    ),
    ours=True,
)
VOTE_COLUMNS = ("vote_id", "member_id", "category", "submission_id", "cast_at")
VOTES = Kind(
    "votes",
    ("vote_id",),
    lambda _: VOTE_COLUMNS,
    "import-votes",
    "votes.parquet",
)
ORGANIZATIONS = Kind("organizations", (), lambda _: ("name", "same_as"))

IMPORTED: tuple[Kind, ...] = (
    SUBMISSIONS,
    PAST_WINNERS,
    SCORES_NOMINATION,
    MEMBERS,
    VOTES,
    SCORES_SELECTION,
)
"""The kinds that come into a contest folder as exports, in the order of the contest."""
