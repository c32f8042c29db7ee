"""Who votes, who is nominated, who judges, and who won before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.names import SameNames
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.records.corrections import NO_CORRECTIONS, Corrections, remark_on
from wsisctl.records.kinds import MEMBERS, NOMINEES, ORGANIZATIONS, PANEL, PAST_WINNERS
from wsisctl.records.record import Record
from wsisctl.suggest import suggestion


@dataclass(frozen=True)
class Member:
    """A registered stakeholder."""

    id: str
    missing: tuple[str, ...]
    """The fields of the edition's required profile that are not filled in."""
    organization: str
    email: str
    person: str
    """What all accounts of one person share; the member's own id where nobody decided otherwise."""


@dataclass(frozen=True)
class Nominee:
    """A project that can be voted for."""

    id: str
    category: str
    title: str
    entity: str
    submitter_organization: str


@dataclass(frozen=True)
class Panelist:
    """A member of the expert group."""

    id: str
    organization: str
    source: Source


@dataclass(frozen=True)
class PastWinner:
    """A winning project of an earlier contest."""

    title: str
    year: str
    source: Source
    category: str = ""
    """As it stands there: an earlier contest may have had other categories."""
    entity: str = ""
    country: str = ""


def read_members(
    files: Sequence[InputFile],
    contest: Contest,
    corrections: Corrections = NO_CORRECTIONS,
    advance: Advance = ignore_progress,
) -> tuple[list[Member], tuple[str, ...]]:
    """Members by id, and what to tell of the files."""
    batch = MEMBERS.read(files, contest, corrections, advance)
    members = [member_of(record, contest) for record in batch.records]
    corrected = corrections.among({member.id for member in members}, batch.columns)
    told = (*MEMBERS.remarks(batch), *remark_on(corrected, "member"))
    return sorted(members, key=lambda member: member.id), told


def member_of(record: Record, contest: Contest) -> Member:
    """The member that a record tells of."""
    return Member(
        record.cells["member_id"],
        tuple(column for column in contest.voting.profile if not record.text(column)),
        record.text("organization"),
        record.text("email"),
        record.cells["member_id"],
    )


def read_nominees(
    files: Sequence[InputFile], contest: Contest
) -> tuple[list[Nominee], tuple[str, ...]]:
    """Nominees by id, and what to tell of the files.

    Raises UnusableInput for a category that the contest does not have.
    """
    batch = NOMINEES.read(files, contest)
    nominees = [_nominee(record, contest) for record in batch.records]
    return sorted(nominees, key=lambda nominee: nominee.id), NOMINEES.remarks(batch)


def _nominee(record: Record, contest: Contest) -> Nominee:
    written = record.text("category")
    category = contest.category_of(written)
    if category is None:
        known = suggestion(written, (category.id for category in contest.categories))
        raise UnusableInput(f"{record.source}: '{written}' is no category of this contest{known}")
    cells = record.cells
    return Nominee(
        cells["submission_id"],
        category,
        cells.get("title", ""),
        cells.get("entity", ""),
        cells.get("submitter_organization", ""),
    )


def read_panel(
    files: Sequence[InputFile], contest: Contest
) -> tuple[Mapping[str, Panelist], tuple[str, ...]]:
    """The expert group by panelist id, and what to tell of the files."""
    batch = PANEL.read(files, contest)
    panelists = (
        Panelist(record.cells["panelist"], record.text("organization"), record.source)
        for record in batch.records
    )
    # That it names nobody is for the stage to tell, with what follows from it.
    told = PANEL.remarks(replace(batch, empty=()))
    return {panelist.id: panelist for panelist in panelists}, told


def read_past_winners(
    files: Sequence[InputFile], contest: Contest
) -> tuple[tuple[PastWinner, ...], tuple[str, ...]]:
    """Earlier winning projects, of which only the titles must be there, and what to tell of the files."""
    batch = PAST_WINNERS.read(files, contest)
    winners = tuple(
        PastWinner(
            row.text("title"),
            row.text("year"),
            row.source,
            row.text("category"),
            row.text("entity"),
            row.text("country"),
        )
        for row in batch.records
    )
    return winners, PAST_WINNERS.remarks(batch)


def read_organizations(
    files: Sequence[InputFile], contest: Contest
) -> tuple[SameNames, tuple[str, ...]]:
    """The contest's own list of spellings (`name, same_as`), without a file none, and what to tell of it."""
    batch = ORGANIZATIONS.read(files, contest)
    names = SameNames((row.cells["name"], row.cells["same_as"]) for row in batch.records)
    # Every new folder has a list with nothing in it.
    return names, ORGANIZATIONS.remarks(replace(batch, empty=()))
