"""Who votes, who is nominated, who judges, and who won before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.names import SameNames
from wsisctl.records.table import Advance, InputFile, Record, merge_equal, read_all
from wsisctl.spreadsheet import from_cell
from wsisctl.suggest import suggestion


@dataclass(frozen=True)
class Member:
    """A registered stakeholder."""

    id: str
    profile_complete: bool
    """Every field of the edition's required profile is filled in."""
    organization: str


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


def read_members(
    files: Sequence[InputFile], contest: Contest, advance: Advance = lambda _: None
) -> tuple[list[Member], int]:
    """Members by id, and how many equal rows were merged."""
    profile = contest.voting.profile
    rows = read_all(files, ("member_id", *profile), ids=("member_id",), advance=advance)
    unique, merged = merge_equal(rows, "member_id")
    members = [
        Member(
            record.cells["member_id"],
            all(record.text(column) for column in profile),
            record.text("organization"),
        )
        for record in unique
    ]
    return sorted(members, key=lambda member: member.id), merged


def read_nominees(files: Sequence[InputFile], contest: Contest) -> tuple[list[Nominee], int]:
    """Nominees by id, and how many equal rows were merged.

    Raises UnusableInput for a category that the contest does not have.
    """
    names = ("entity", "submitter_organization") if "own_project" in contest.voting.reasons else ()
    rows = read_all(files, ("submission_id", "category", *names), ids=("submission_id",))
    unique, merged = merge_equal(rows, "submission_id")
    nominees = [_nominee(record, contest) for record in unique]
    return sorted(nominees, key=lambda nominee: nominee.id), merged


def _nominee(record: Record, contest: Contest) -> Nominee:
    written = record.text("category")
    category = contest.category_of(written)
    if category is None:
        known = suggestion(written, (category.id for category in contest.categories))
        raise UnusableInput(f"{record.source}: '{written}' is no category of this contest{known}")
    texts = {column: from_cell(text) for column, text in record.cells.items()}
    return Nominee(
        texts["submission_id"],
        category,
        texts.get("title", ""),
        texts.get("entity", ""),
        texts.get("submitter_organization", ""),
    )


def read_panel(files: Sequence[InputFile]) -> Mapping[str, Panelist]:
    """The expert group by panelist id."""
    rows = read_all(files, ("panelist",), ids=("panelist",))
    unique, _ = merge_equal(rows, "panelist")
    return {
        record.cells["panelist"]: Panelist(
            record.cells["panelist"], record.text("organization"), record.source
        )
        for record in unique
    }


def read_past_winners(files: Sequence[InputFile]) -> tuple[PastWinner, ...]:
    """Earlier winning projects; only their titles must be there."""
    rows = read_all(files, ("title",), ids=())
    return tuple(PastWinner(row.text("title"), row.text("year"), row.source) for row in rows)


def read_organizations(files: Sequence[InputFile]) -> SameNames:
    """The contest's own list of spellings (`name, same_as`); without a file, none."""
    rows = read_all(files, ("name", "same_as"), ids=())
    return SameNames((row.cells["name"], row.cells["same_as"]) for row in rows)
