"""The kinds of record, each with its columns and what makes two of them the same."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from wsisctl.contest.model import Contest, Criterion, Panel
from wsisctl.errors import UnusableInput
from wsisctl.readers.columns import remark_on_unused
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.readers.guess import LIKENESS_OF_COLUMNS
from wsisctl.readers.naming import Naming
from wsisctl.readers.required import WrongColumns
from wsisctl.records import roles
from wsisctl.records.cells import Care, Role
from wsisctl.records.corrections import NO_CORRECTIONS, Corrections
from wsisctl.records.labels import labels
from wsisctl.records.profile_fit import refuse_unfit
from wsisctl.records.record import (
    Batch,
    Shape,
    no_records,
    read_batch,
    repeated_rows,
)
from wsisctl.suggest import near_miss
from wsisctl.times import read_time
from wsisctl.wording import shortened

Columns = Callable[[Contest], tuple[str, ...]]
_CERTAIN = 2
"""So many columns of a kind tell it; one may be there by chance."""


@dataclass(frozen=True)
class Kind:
    """One kind of record (contract, Records)."""

    name: str
    """Of the folder its exports are kept in, and of its schema."""
    called: str
    """Its records in messages, as many."""
    key: tuple[str, ...]
    """The columns that identify a record; with none, equal rows are the same record."""
    columns: Columns
    """Every column that a file must have in this contest."""
    roles: roles.Roles
    """What its columns hold, so far as their cells are cleaned."""
    option: str
    """The option that names a file of this kind to a stage."""
    command: str = ""
    """The command that brings it into a contest folder; none for what people write there."""
    file: str = ""
    """Where the folder's records of this kind are, in `records/`."""
    further: tuple[str, ...] = ()
    """Columns that a file may have, and that mean something then."""
    foreign: tuple[str, ...] = ()
    """Columns that show that a file is of another kind."""
    ours: bool = False
    """Its CSV is written by us, with an apostrophe before what looks like a formula."""
    footers: bool = False
    """Sums and notes at the end of a file are no records."""

    def shape(self, contest: Contest) -> Shape:
        """What its files must be like in this contest."""
        return Shape(
            self.called,
            self.naming(contest),
            self.columns(contest),
            self.key,
            Care(self.roles(contest), contest.zone, contest.category_of),
            self.foreign,
            self.ours,
            self.footers,
        )

    def read(
        self,
        files: Sequence[InputFile],
        contest: Contest,
        corrections: Corrections = NO_CORRECTIONS,
        advance: Advance = ignore_progress,
    ) -> Batch:
        """Read files of this kind, each record once, corrected where a person said so.

        A contest folder's own records have been corrected when they were made. Raises UnusableInput
        for a file that cannot be used and for a correction that does not fit.
        """
        self.refuse_unfit_profiles(files, contest)
        explaining = partial(telling_kinds_apart, self, contest)
        batch = read_batch(files, self.shape(contest), advance, explaining)
        batch = replace(batch, remarks=(*batch.remarks, *self._of_columns(batch, contest)))
        made_here = any(file.canonical for file in files)
        return batch if made_here else self.corrected(batch, contest, corrections)

    def refuse_unfit_profiles(self, files: Iterable[InputFile], contest: Contest) -> None:
        """Raise UnusableInput for a profile of another kind, or of fields or values that there are not."""
        fields = dict.fromkeys((*self.columns(contest), *self.further))
        for profile in filter(None, (file.read_as.profile for file in files)):
            if profile.kind != self.name:
                raise UnusableInput(
                    f"{profile.name}: this profile is for {profile.kind}, not for {self.name}",
                    hint="look whether it is the right profile, or mend its kind",
                )
            refuse_unfit(profile, fields, contest)

    def corrected(self, batch: Batch, contest: Contest, corrections: Corrections) -> Batch:
        """The records as people put them right; raises UnusableInput for a correction that does not fit."""
        if not corrections.entries:
            return batch
        elsewhere = {column for kind in CORRECTED for column in kind.columns(contest)}
        return corrections.applied(batch, self.key, elsewhere)

    def likeness(self, present: Collection[str], contest: Contest) -> int:
        """How many of a file's columns mean something in this kind; 0 where one shows it is another."""
        if any(column in present for column in self.foreign):
            return 0
        return len(self.known(contest).intersection(present))

    def has_most(self, present: Collection[str], contest: Contest) -> bool:
        """Whether at least half of what this kind needs is there."""
        required = self.columns(contest)
        return 2 * sum(column in present for column in required) >= len(required)

    def known(self, contest: Contest) -> frozenset[str]:
        """All columns that mean something in a file of this kind."""
        return frozenset((*self.columns(contest), *self.further))

    def naming(self, contest: Contest) -> Naming:
        """What its columns may be called."""
        known = (*self.columns(contest), *self.further)
        named = Naming.of(known, (pair for pair in labels(contest) if pair[1] in known))
        return replace(named, ids=self.key)

    def means_the_same(self, contest: Contest, column: str, before: str, after: str) -> bool:
        """Whether two texts that differ are the same: times, where they are one instant."""
        if self.roles(contest).get(column) is not Role.TIME:
            return False
        instants = [read_time(text.strip(), contest.zone).instant for text in (before, after)]
        return instants[0] is not None and instants[0] == instants[1]

    def remarks(self, batch: Batch) -> tuple[str, ...]:
        """What to tell of files that could be read: nothing in them, rows merged, cells cleaned."""
        merged = f"{repeated_rows(batch.repeated)} merged in the {self.called}"
        return (
            *batch.remarks,
            *no_records(batch.empty),
            *map(str, batch.left_out),
            *((merged,) if batch.repeated else ()),
            *map(str, batch.cleaned),
        )

    def _of_columns(self, batch: Batch, contest: Contest) -> Iterator[str]:
        """What to tell of columns that mean nothing here: each once, with the one it may stand for."""
        places = {item.file: item.place for item in batch.unused}
        misspelt = {(file, column): meant for file, column, meant in self._misspelt(batch, contest)}
        for (file, column), meant in misspelt.items():
            yield (
                f"{places.get(file, f'{file}:1')}: the column '{shortened(column)}' is not used; "
                f"did you mean '{meant}'?"
            )
        for item in batch.unused:
            others = [name for name in item.columns if (item.file, name) not in misspelt]
            yield from remark_on_unused(others, item.place)

    def _misspelt(self, batch: Batch, contest: Contest) -> Iterator[tuple[str, str, str]]:
        """The file, the column, and the one it nearly is and that the file has not."""
        somewhere = frozenset[str]().union(*(kind.known(contest) for kind in ALL_KINDS))
        for column in batch.columns:
            meant = near_miss(column, self.further, LIKENESS_OF_COLUMNS)
            if column in somewhere or not meant:
                continue
            right = {item.source.file for item in batch.records if item.text(meant)}
            wrong = dict.fromkeys(item.source.file for item in batch.records if item.text(column))
            for file in wrong:
                if file not in right:
                    yield file, column, meant


@contextmanager
def telling_kinds_apart(expected: Kind, contest: Contest) -> Iterator[None]:
    """Where the columns of a file are wrong and those of another kind of record: say so instead."""
    try:
        yield
    except WrongColumns as error:
        other = _likest(expected, error.present, contest)
        if other is expected:
            raise
        what = f"these look like {other.called}, not like {expected.called}"
        raise UnusableInput(
            f"{error.place}: {what}{_where_to(other, expected)}",
            hint="look whether this is the right file",
        ) from error


def _likest(expected: Kind, present: Collection[str], contest: Contest) -> Kind:
    """The kind to which more of the columns belong than to the one expected, if there is one."""
    others = [kind for kind in ALL_KINDS if kind.has_most(present, contest)]
    likest = max(others, key=lambda kind: kind.likeness(present, contest), default=expected)
    least = max(_CERTAIN, expected.likeness(present, contest) + 1)
    return likest if likest.likeness(present, contest) >= least else expected


def _where_to(other: Kind, expected: Kind) -> str:
    """Where a file of the other kind may have been meant to go; nothing where the place is the same."""
    if other.option == expected.option:
        return ""
    places = [f"`wsisctl {other.command}`"] * bool(other.command) + [other.option]
    return f"; did you mean {' or '.join(places)}?"


SUBMISSIONS = Kind(
    name="submissions",
    called="submissions",
    key=("submission_id",),
    columns=lambda contest: ("submission_id", "submitted_at", *(box.id for box in contest.form)),
    roles=roles.of_submissions,
    option="--submissions",
    command="import-submissions",
    file="submissions.csv",
    footers=True,
)
PAST_WINNERS = Kind(
    name="past-winners",
    called="past winners",
    key=(),
    columns=lambda _: ("title",),
    roles=roles.of_past_winners,
    option="--past-winners",
    command="import-past-winners",
    file="past-winners.csv",
    footers=True,
    further=("year", "category", "entity", "country"),
    foreign=("submitted_at", "submitter_organization", "vote_id", "member_id", "panelist"),
)
_SHEET_KEY = ("panelist", "submission_id")


def _score_sheets(stage: str, criteria: Callable[[Panel], Sequence[Criterion]]) -> Kind:
    return Kind(
        name=f"scores-{stage}",
        called=f"score sheets of the {stage}",
        key=_SHEET_KEY,
        columns=lambda contest: (*_SHEET_KEY, *(item.id for item in criteria(contest.panel))),
        roles=roles.of_score_sheets,
        option="--scores",
        command="import-scores",
        file=f"scores-{stage}.csv",
        footers=True,
        further=("recused", "comment"),
    )


SCORES_NOMINATION = _score_sheets("nomination", lambda panel: panel.nomination)
SCORES_SELECTION = _score_sheets("selection", lambda panel: panel.selection)
PANEL = Kind(
    name="panel",
    called="panelists",
    key=("panelist",),
    columns=lambda _: ("panelist",),
    roles=roles.of_panel,
    option="--panel",
    further=("name", "organization", "country"),
    foreign=("submission_id",),
)
MEMBERS = Kind(
    name="members",
    called="members",
    key=("member_id",),
    columns=lambda contest: ("member_id", *contest.voting.profile),
    roles=roles.of_members,
    option="--members",
    command="import-members",
    file="members.csv",
    footers=True,
    further=("username", "email", "organization", "organization_type", "country"),
)
_OWN_PROJECT = ("entity", "submitter_organization")
NOMINEES = Kind(
    name="nominees",
    called="nominees",
    key=("submission_id",),
    columns=lambda contest: (
        "submission_id",
        "category",
        *(_OWN_PROJECT if "own_project" in contest.voting.reasons else ()),
    ),
    roles=roles.of_nominees,
    option="--nominees",
    further=("title", *_OWN_PROJECT, "country", "rank", "score"),
    ours=True,
)
VOTE_COLUMNS = ("vote_id", "member_id", "category", "submission_id", "cast_at")
VOTES = Kind(
    name="votes",
    called="votes",
    key=("vote_id",),
    columns=lambda _: VOTE_COLUMNS,
    roles=roles.kept,
    option="--votes",
    command="import-votes",
    file="votes.parquet",
)
ORGANIZATIONS = Kind(
    name="organizations",
    called="spellings of organizations",
    key=(),
    columns=lambda _: ("name", "same_as"),
    roles=roles.of_organizations,
    option="--organizations",
)

IMPORTED: tuple[Kind, ...] = (
    SUBMISSIONS,
    PAST_WINNERS,
    SCORES_NOMINATION,
    MEMBERS,
    VOTES,
    SCORES_SELECTION,
)
"""The kinds that come into a contest folder as exports, in the order of the contest."""

CORRECTED: tuple[Kind, ...] = (SUBMISSIONS, MEMBERS)
"""The kinds whose fields people can put right; votes are counted as they were cast."""

ALL_KINDS: tuple[Kind, ...] = (*IMPORTED, PANEL, NOMINEES, ORGANIZATIONS)
