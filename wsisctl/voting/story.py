"""The whole story of one vote: each check in order, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.records.kinds import VOTE_COLUMNS
from wsisctl.records.people import Member, Nominee
from wsisctl.times import Instant, read_time, written
from wsisctl.voting.count import BallotBox
from wsisctl.voting.place import place_of
from wsisctl.voting.reasons import REASONS
from wsisctl.voting.window import voting_window
from wsisctl.wording import counted, joined, listed

_MOST_SHOWN = 10
Outcome = Literal["passed", "failed", "not reached", "not asked"]


@dataclass(frozen=True)
class Check:
    """One reason why a vote may not count, held against this vote."""

    reason: str
    outcome: Outcome
    told: str
    """What was looked at, as a sentence; empty where nothing was."""


@dataclass(frozen=True)
class VoteStory:
    """One row with the vote_id that was asked for."""

    source: Source
    cells: Mapping[str, str]
    """As received, by column."""
    cast: str
    """When, on the contest's clock; empty where `cast_at` is no time."""
    checks: tuple[Check, ...]
    """In the order in which they are made."""
    reason: str | None
    """Why it does not count; None where it does."""
    category: str | None
    """The category that is meant, where the vote names one."""


@dataclass(frozen=True)
class _Row:
    """A row of `received` with its verdict."""

    source: Source
    well_formed: bool
    cells: Mapping[str, str]
    reason: str | None
    category: str | None
    voter: int | None
    instant: Instant | None


@dataclass(frozen=True)
class Electors:
    """Who may vote and for what, by id."""

    members: Mapping[str, Member]
    nominees: Mapping[str, Nominee]

    def accounts(self, member_id: str) -> tuple[Member, ...]:
        """All accounts of a member's person, this one first."""
        asked = self.members[member_id]
        others = (member for member in self.members.values() if member.person == asked.person)
        return (asked, *(member for member in others if member.id != member_id))


def stories_of(
    asked: str, box: BallotBox, contest: Contest, electors: Electors
) -> tuple[VoteStory, ...]:
    """The story of each row with this vote_id, by file and row.

    Where no row has it, `asked` may be a place, `votes.csv:17`: so can a vote without an id be asked for.
    None where neither is there.
    """
    rows = _rows(box, "vote_id = $id", {"id": asked})
    if rows or not (place := place_of(asked, box.received.names)):
        return tuple(_story(row, rows, box, contest, electors) for row in rows)
    rows = _beside(place, box)
    return tuple(_story(row, rows, box, contest, electors) for row in rows if row.source == place)


def _beside(place: Source, box: BallotBox) -> tuple[_Row, ...]:
    """The row there, and all that have its vote_id: only these can tell whether it repeats another."""
    return _rows(
        box,
        'vote_id in (select vote_id from received where file = $file and "row" = $row)',
        {"file": box.received.names.index(place.file), "row": place.row},
    )


def _rows(box: BallotBox, which: str, given: Mapping[str, str | int]) -> tuple[_Row, ...]:
    columns = ", ".join(VOTE_COLUMNS)
    found = box.database.execute(
        f'select file, "row", well_formed, {columns} from received where {which} order by all',  # noqa: S608 - our own names
        given,
    ).fetchall()
    verdicts = {
        (file, number): rest
        for file, number, *rest in box.database.execute(
            f'select file, "row", reason, category, voter, second, decimals from verdict where {which}',  # noqa: S608 - our own names
            given,
        ).fetchall()
    }
    rows = []
    for file, number, well_formed, *cells in found:
        reason, category, voter, second, decimals = verdicts[file, number]
        instant = None if second is None else Instant(second, decimals)
        by_column = dict(zip(VOTE_COLUMNS, cells, strict=True))
        source = box.received.source(file, number)
        rows.append(_Row(source, well_formed, by_column, reason, category, voter, instant))
    return tuple(rows)


def _story(
    row: _Row, rows: Sequence[_Row], box: BallotBox, contest: Contest, electors: Electors
) -> VoteStory:
    tells = {
        "malformed": lambda: _form(row, contest),
        "repeated_row": lambda: _repetition(row, rows),
        "outside_window": lambda: _window(row, contest),
        "unregistered": lambda: _registration(row, electors),
        "incomplete_profile": lambda: _profile(row, contest, electors),
        "not_nominated": lambda: _nomination(row, electors),
        "wrong_category": lambda: _category(row, electors),
        "own_project": lambda: _ownership(row, electors),
        "incomplete_ballot": lambda: _coverage(row, box),
        "second_vote": lambda: _others(row, box, contest),
    }
    checks = []
    reached = True
    for reason in (reason.code for reason in REASONS):
        if reason not in contest.voting.reasons:
            checks.append(Check(reason, "not asked", ""))
        elif not reached:
            checks.append(Check(reason, "not reached", ""))
        else:
            reached = reason != row.reason
            checks.append(Check(reason, "passed" if reached else "failed", tells[reason]()))
    cast = written(row.instant, contest.zone) if row.instant else ""
    return VoteStory(row.source, row.cells, cast, tuple(checks), row.reason, row.category)


def _form(row: _Row, contest: Contest) -> str:
    faults = [f"{column} is empty" for column in VOTE_COLUMNS if not row.cells[column].strip()]
    if not row.well_formed:
        faults.append("the row has another number of cells than the header")
    if row.cells["cast_at"].strip() and row.instant is None:
        skipped = read_time(row.cells["cast_at"], contest.zone).skipped
        why = "names an hour that summer time skipped" if skipped else "is no time"
        faults.append(f"cast_at '{row.cells['cast_at']}' {why}")
    return joined(faults) if faults else "five fields, all filled in, and a time"


def _repetition(row: _Row, rows: Sequence[_Row]) -> str:
    same = [other.source for other in rows if other.cells == row.cells and other is not row]
    earlier = [other.source for other in rows[: rows.index(row)] if other.cells == row.cells]
    if row.reason == "repeated_row":
        return f"the same in every field as {earlier[0]}, which goes on"
    if not same:
        return "no other row is equal"
    told = ", ".join(map(str, same[:_MOST_SHOWN]))
    further = f" and {len(same) - _MOST_SHOWN} more" if len(same) > _MOST_SHOWN else ""
    return f"the first of equal rows: {told}{further}"


def _window(row: _Row, contest: Contest) -> str:
    opens, closes = voting_window(contest)
    span = f"{written(opens, contest.zone)} to {written(closes, contest.zone)}"
    assert row.instant is not None  # noqa: S101 - else it were malformed
    cast = written(row.instant, contest.zone)
    if row.instant.second < opens.second:
        return f"cast {cast}, {_seconds(opens.second - row.instant.second)} before voting opened: {span}"
    if row.instant.second > closes.second:
        return f"cast {cast}, {_seconds(row.instant.second - closes.second)} after voting closed: {span}"
    return f"cast {cast}, within {span}"


def _seconds(number: int) -> str:
    """`2 days 1 hour 1 second`: exact, since a second decides."""
    minutes, seconds = divmod(number, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = {"day": days, "hour": hours, "minute": minutes, "second": seconds}
    return " ".join(counted(part, unit) for unit, part in parts.items() if part)


def _registration(row: _Row, electors: Electors) -> str:
    voter = row.cells["member_id"]
    if voter not in electors.members:
        return f"{voter} is none of {counted(len(electors.members), 'member')}"
    others = [member.id for member in electors.accounts(voter)[1:]]
    decided = f", by decision one person with {listed(others)}" if others else ""
    return f"{voter} is a registered member{decided}"


def _profile(row: _Row, contest: Contest, electors: Electors) -> str:
    missing = electors.members[row.cells["member_id"]].missing
    if missing:
        return f"the profile lacks {joined(missing)}"
    return (
        f"the profile has {joined(contest.voting.profile)}"
        if contest.voting.profile
        else "none asked"
    )


def _nomination(row: _Row, electors: Electors) -> str:
    nominee = electors.nominees.get(row.cells["submission_id"])
    if nominee is None:
        total = counted(len(electors.nominees), "nominee")
        return f"{row.cells['submission_id']} is none of {total}"
    return f"{nominee.id} is nominated in {nominee.category}: {nominee.title}"


def _category(row: _Row, electors: Electors) -> str:
    nominee = electors.nominees[row.cells["submission_id"]]
    named = row.cells["category"]
    meant = row.category or "no category of this contest"
    spelled = f"'{named}'" if named == row.category else f"'{named}', which is {meant}"
    return f"cast in {spelled}; the project is nominated in {nominee.category}"


def _ownership(row: _Row, electors: Electors) -> str:
    accounts = electors.accounts(row.cells["member_id"])
    names = list(dict.fromkeys(f"'{member.organization}'" for member in accounts))
    nominee = electors.nominees[row.cells["submission_id"]]
    owners = f"the entity '{nominee.entity}'"
    if nominee.submitter_organization.strip():
        owners += f" or who sent it in, '{nominee.submitter_organization}'"
    barred = row.reason == "own_project"
    if len(names) == 1:
        return f"the voter's organization {names[0]} {'is' if barred else 'is not'} {owners}"
    which = "one" if barred else "none"
    return f"of the voter's organizations {joined(names)} {which} is {owners}"


def _coverage(row: _Row, box: BallotBox) -> str:
    asked = [
        category
        for (category,) in box.database.execute(
            "select distinct category from nominee order by all"
        ).fetchall()
    ]
    covered = {
        category
        for (category,) in box.database.execute(
            "select distinct category from verdict where voter = $voter "
            "and (reason is null or reason in ('incomplete_ballot', 'second_vote'))",
            {"voter": row.voter},
        ).fetchall()
    }
    missing = [category for category in asked if category not in covered]
    if missing:
        return f"the voter has no valid vote in {listed(missing)}"
    return f"the voter has a valid vote in all {len(asked)} categories with nominees"


def _others(row: _Row, box: BallotBox, contest: Contest) -> str:
    ballot = box.database.execute(
        "select vote_id, second, decimals from verdict where voter = $voter "
        "and category = $category and (reason is null or reason = 'second_vote') "
        "order by second, decimals, vote_id",
        {"voter": row.voter, "category": row.category},
    ).fetchall()
    if len(ballot) == 1:
        return f"the voter's only valid vote in {row.category}"
    told = joined(
        f"{vote_id} ({written(Instant(second, decimals), contest.zone)})"
        for vote_id, second, decimals in ballot[:_MOST_SHOWN]
    )
    if len(ballot) > _MOST_SHOWN:
        told += f" and {len(ballot) - _MOST_SHOWN} later"
    rule = {"first": "the first counts", "last": "the last counts", "none": "none counts"}
    return (
        f"one of {len(ballot)} otherwise valid votes of the voter in {row.category}, of which "
        f"{rule[contest.voting.second_vote]}: {told}"
    )


def like(vote_id: str, box: BallotBox) -> tuple[str, ...]:
    """The first few ids of votes that differ only in white space, case, or zeros in front."""
    found = box.database.execute(
        "select distinct vote_id from received "
        "where ltrim(lower(trim(vote_id)), '0') = ltrim(lower(trim($id)), '0') order by all limit 3",
        {"id": vote_id},
    ).fetchall()
    return tuple(identity for (identity,) in found)
