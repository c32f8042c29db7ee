"""A second, slow count of the vote, to hold against the real one.

It is written from the public contract alone and shares no code with what it checks. One vote is
looked at after the other, in plain loops, so that a person can follow every decision by eye:

1. `recount` reads the files and asks `judge` for the one reason against each vote, if any.
2. `judge` goes through the reasons in the contract's order; each stands in a function of its own.
3. `category_result` ranks what is left and makes the two cuts.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

FIELDS = ("vote_id", "member_id", "category", "submission_id", "cast_at")


class BrokenExport(Exception):
    """Two records that must not both be there: no result can come of such files."""


@dataclass(frozen=True)
class Settings:
    """What a contest's definition says about its vote."""

    zone: str
    """The contest's time zone."""
    opens: int
    """The first second in which a vote may be cast, in seconds since 1970."""
    closes: int
    """The last such second."""
    profile: tuple[str, ...]
    """The columns in which a voter must have something."""
    reasons: frozenset[str]
    """The reasons that apply; `incomplete_ballot` among them if all categories are demanded."""
    second_vote: Literal["first", "last", "none"]
    categories: tuple[str, ...]
    """The ids of all categories, in the definition's order."""
    spellings: Mapping[str, str]
    """Each way to write a category, its id included, to its id."""
    honoured: int
    pool: int


class Rejection(NamedTuple):
    """A vote that does not count, and where it stands."""

    vote_id: str
    reason: str
    file: str
    row: int


@dataclass(frozen=True)
class Recount:
    """The outcome, in the words of `tally.json`."""

    votes: dict[str, Any]
    categories: list[dict[str, Any]]
    rejected: list[Rejection]


@dataclass(frozen=True)
class Vote:
    """One row of an export of votes, as received."""

    file: str
    row: int
    text: Mapping[str, str]
    """Field to text; empty where the row is too short."""
    right_width: bool
    instant: Fraction | None
    """Seconds since 1970, exact; None where `cast_at` is no time."""


@dataclass(frozen=True)
class Records:
    """All that the votes are held against."""

    members: Mapping[str, Mapping[str, str]]
    nominees: Mapping[str, Mapping[str, str]]
    same_names: Sequence[frozenset[str]]
    """Sets of names that a person declared to be one organization."""


def recount(
    votes: Sequence[Path],
    members: Path,
    nominees: Path,
    settings: Settings,
    organizations: Path | None = None,
) -> Recount:
    """Count the votes of all files.

    Raises BrokenExport where one id stands for two different records.
    """
    others = [members, nominees] if organizations is None else [members, nominees, organizations]
    names = short_names([*votes, *others])
    # By name, so that the order in which somebody lists the files cannot matter.
    in_order = sorted(zip(names, votes, strict=False), key=lambda named: named[0])
    cast = [vote for name, path in in_order for vote in read_votes(name, path, settings)]
    records = Records(
        read_people(members, "member_id"),
        read_people(nominees, "submission_id"),
        declared_names(organizations),
    )
    reasons = judge(cast, records, settings)
    counted = [vote for vote, reason in zip(cast, reasons, strict=True) if reason is None]
    rejected = [
        Rejection(vote.text["vote_id"], reason, vote.file, vote.row)
        for vote, reason in zip(cast, reasons, strict=True)
        if reason is not None
    ]
    return Recount(
        votes={
            "read": len(cast),
            "counted": len(counted),
            "rejected": len(rejected),
            "rejected_by_reason": dict(Counter(rejection.reason for rejection in rejected)),
        },
        categories=[
            category_result(category, counted, records, settings)
            for category in settings.categories
        ],
        rejected=sorted(rejected, key=lambda rejection: (rejection.file, rejection.row)),
    )


# --- Reading -------------------------------------------------------------------------------------


def read_rows(path: Path) -> Iterator[list[str]]:
    """The cells of each row, the header first.

    Excel puts a byte order mark before the header. A line with nothing on it is no row: files end
    with such lines, and readers of CSV pass over them.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from (cells for cells in csv.reader(file, strict=True) if cells)


def read_votes(name: str, path: Path, settings: Settings) -> Iterator[Vote]:
    """Every row of an export of votes; the header is row 1."""
    rows = read_rows(path)
    header = next(rows)
    for number, cells in enumerate(rows, start=2):
        by_column = dict(zip(header, cells, strict=False))
        text = {field: by_column.get(field, "") for field in FIELDS}
        instant = instant_of(text["cast_at"], settings.zone)
        yield Vote(name, number, text, len(cells) == len(header), instant)


def read_people(path: Path, id_column: str) -> dict[str, dict[str, str]]:
    """Members or nominees by id. An equal row is the same record once more."""
    people: dict[str, dict[str, str]] = {}
    rows = read_rows(path)
    header = next(rows)
    for cells in rows:
        person = dict(zip(header, cells, strict=True))
        known = people.setdefault(person[id_column], person)
        if known != person:
            raise BrokenExport(f"{path.name}: {person[id_column]!r} stands for two records")
    return people


def short_names(paths: Sequence[Path]) -> list[str]:
    """For each path its shortest tail that no other path ends with."""
    return [short_name(path, [other for other in paths if other != path]) for path in paths]


def short_name(path: Path, others: Sequence[Path]) -> str:
    """The shortest tail of `path` that none of `others` ends with."""
    for length in range(1, len(path.parts)):
        tail = path.parts[-length:]
        if all(other.parts[-length:] != tail for other in others):
            return "/".join(tail)
    return path.as_posix()


# --- Times ---------------------------------------------------------------------------------------

TIME = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
    r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)


def instant_of(text: str, zone: str) -> Fraction | None:
    """The seconds since 1970 that `text` means, exact; None where it is no time."""
    found = TIME.fullmatch(text)
    if found is None:
        return None
    clock = f"{found['hour']}:{found['minute']}:{found['second'] or '00'}"
    try:
        local = datetime.strptime(f"{found['date']} {clock}", "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
    offset = seconds_in_zone(local, zone) if found["offset"] is None else seconds(found["offset"])
    if offset is None:
        return None
    since_1970 = local - datetime(1970, 1, 1)
    whole = since_1970.days * 86400 + since_1970.seconds - offset
    digits = found["fraction"] or ""
    return whole + Fraction(int(digits or "0"), 10 ** len(digits))


def seconds(offset: str) -> int | None:
    """`+05:30` in seconds; None where a clock has no such hour or minute."""
    if offset == "Z":
        return 0
    hours, minutes = int(offset[1:3]), int(offset[3:].strip(":") or "0")
    if hours > 23 or minutes > 59:
        return None
    return (hours * 3600 + minutes * 60) * (-1 if offset[0] == "-" else 1)


def seconds_in_zone(local: datetime, zone: str) -> int | None:
    """How far the clocks of `zone` are ahead of UTC at `local`; None where they skipped it.

    `fold` 0 asks with the rule before a change of the clocks, `fold` 1 with the rule after it.
    Both say the same but in an hour that is repeated (the clock goes back, the earlier one holds)
    or skipped (the clock goes forward).
    """
    before = local.replace(tzinfo=ZoneInfo(zone), fold=0).utcoffset()
    after = local.replace(tzinfo=ZoneInfo(zone), fold=1).utcoffset()
    if before is None or after is None or before < after:
        return None
    return before.days * 86400 + before.seconds


# --- Organizations -------------------------------------------------------------------------------


def name_key(name: str) -> str:
    """What two spellings of one name share: NFKC, full case folding, single spaces.

    Folding takes some letters apart (`ΐ`), so that the form is NFKC only after a second pass.
    """
    folded = normalize("NFKC", name).casefold()
    return " ".join(normalize("NFKC", folded).split())


def declared_names(organizations: Path | None) -> list[frozenset[str]]:
    """Names that mean one organization, joined as long as two sets share a name.

    An empty name equals nothing: it declares nothing either, and must not link two others.
    """
    groups: list[frozenset[str]] = []
    if organizations is None:
        return groups
    rows = read_rows(organizations)
    header = next(rows)
    for cells in rows:
        pair = dict(zip(header, cells, strict=True))
        joined = frozenset({name_key(pair["name"]), name_key(pair["same_as"])})
        if "" in joined:
            continue
        for group in [group for group in groups if group & joined]:
            groups.remove(group)
            joined |= group
        groups.append(joined)
    return groups


def same_organization(one: str, other: str, same_names: Sequence[frozenset[str]]) -> bool:
    """Whether two names mean one organization. An empty name equals nothing."""
    keys = {name_key(one), name_key(other)}
    if "" in keys:
        return False
    return len(keys) == 1 or any(keys <= group for group in same_names)


# --- Why a vote is not counted -------------------------------------------------------------------


def judge(votes: Sequence[Vote], records: Records, settings: Settings) -> list[str | None]:
    """For each vote the first reason that applies, None where it counts."""
    reasons: list[str | None] = ["malformed" if malformed(vote) else None for vote in votes]
    refuse_broken_export(list(left(votes, reasons).values()))

    seen: set[tuple[str, ...]] = set()
    for index, vote in left(votes, reasons).items():
        row = tuple(vote.text[field] for field in FIELDS)
        if row in seen:
            reasons[index] = "repeated_row"
        seen.add(row)

    for index, vote in left(votes, reasons).items():
        reasons[index] = reason_by_itself(vote, records, settings)

    if "incomplete_ballot" in settings.reasons:
        for index in incomplete_ballots(left(votes, reasons), records, settings):
            reasons[index] = "incomplete_ballot"

    for index in second_votes(left(votes, reasons), settings):
        reasons[index] = "second_vote"
    return reasons


def left(votes: Sequence[Vote], reasons: Sequence[str | None]) -> dict[int, Vote]:
    """The votes without a reason so far, by their place in the list."""
    return {index: vote for index, vote in enumerate(votes) if reasons[index] is None}


def malformed(vote: Vote) -> bool:
    """Whether a field is empty, the time is none, or the row is of another width."""
    has_blank = any(not text.strip() for text in vote.text.values())
    return has_blank or vote.instant is None or not vote.right_width


def refuse_broken_export(votes: Sequence[Vote]) -> None:
    """A vote id stands for one text."""
    first: dict[str, Vote] = {}
    for vote in votes:
        known = first.setdefault(vote.text["vote_id"], vote)
        if known.text != vote.text:
            raise BrokenExport(
                f"{known.file}, row {known.row} and {vote.file}, row {vote.row}: one vote_id"
            )


def reason_by_itself(vote: Vote, records: Records, settings: Settings) -> str | None:
    """The first reason that needs no look at other votes."""
    tests = {
        "outside_window": outside_window,
        "unregistered": unregistered,
        "incomplete_profile": incomplete_profile,
        "not_nominated": not_nominated,
        "wrong_category": wrong_category,
        "own_project": own_project,
    }
    for reason, applies in tests.items():
        if reason in settings.reasons and applies(vote, records, settings):
            return reason
    return None


def outside_window(vote: Vote, _: Records, settings: Settings) -> bool:
    """Before the opening or after the deadline; fractions of a second are dropped for this."""
    assert vote.instant is not None
    return not settings.opens <= vote.instant // 1 <= settings.closes


def unregistered(vote: Vote, records: Records, _: Settings) -> bool:
    """The voter is no member; ids are text, and equal or not."""
    return vote.text["member_id"] not in records.members


def incomplete_profile(vote: Vote, records: Records, settings: Settings) -> bool:
    """The voter's profile lacks something that the contest requires."""
    member = records.members[vote.text["member_id"]]
    return any(not member[column].strip() for column in settings.profile)


def not_nominated(vote: Vote, records: Records, _: Settings) -> bool:
    """The project is nominated in no category."""
    return vote.text["submission_id"] not in records.nominees


def wrong_category(vote: Vote, records: Records, settings: Settings) -> bool:
    """The project is nominated in another category than the vote names."""
    nominee = records.nominees[vote.text["submission_id"]]
    return settings.spellings.get(vote.text["category"]) != settings.spellings[nominee["category"]]


def own_project(vote: Vote, records: Records, _: Settings) -> bool:
    """The voter's organization owns the project or sent it in."""
    voter = records.members[vote.text["member_id"]]["organization"]
    nominee = records.nominees[vote.text["submission_id"]]
    return any(
        same_organization(voter, owner, records.same_names)
        for owner in (nominee["entity"], nominee["submitter_organization"])
    )


def incomplete_ballots(
    votes: Mapping[int, Vote], records: Records, settings: Settings
) -> Iterator[int]:
    """The places of votes by members who left out a category that has nominees."""
    demanded = {settings.spellings[nominee["category"]] for nominee in records.nominees.values()}
    voted: dict[str, set[str]] = {}
    for vote in votes.values():
        voted.setdefault(vote.text["member_id"], set()).add(category_of(vote, settings))
    for index, vote in votes.items():
        if not demanded <= voted[vote.text["member_id"]]:
            yield index


def second_votes(votes: Mapping[int, Vote], settings: Settings) -> Iterator[int]:
    """The places of votes that give way to another of the same member in the same category."""
    ballots: dict[tuple[str, str], list[int]] = {}
    for index, vote in votes.items():
        ballots.setdefault((vote.text["member_id"], category_of(vote, settings)), []).append(index)
    for places in ballots.values():
        places.sort(key=lambda index: (votes[index].instant, votes[index].text["vote_id"]))
        if len(places) == 1:
            continue
        if settings.second_vote == "first":
            yield from places[1:]
        elif settings.second_vote == "last":
            yield from places[:-1]
        else:
            yield from places


def category_of(vote: Vote, settings: Settings) -> str:
    """The id of the category that a vote names, which `wrong_category` has let pass."""
    return settings.spellings[vote.text["category"]]


# --- Places --------------------------------------------------------------------------------------


def category_result(
    category: str, counted: Sequence[Vote], records: Records, settings: Settings
) -> dict[str, Any]:
    """A category as `tally.json` shows it, without what a decision could add."""
    votes = {
        submission_id: sum(vote.text["submission_id"] == submission_id for vote in counted)
        for submission_id, nominee in records.nominees.items()
        if settings.spellings[nominee["category"]] == category
    }
    in_order = sorted(votes, key=lambda submission_id: (-votes[submission_id], submission_id))
    honoured, honoured_tie = cut(in_order, votes, "honoured", settings.honoured)
    pool, pool_tie = cut(in_order, votes, "pool", settings.pool)
    # Cuts at the same place have the same tie; it is told once, as that of the honoured.
    ties = [honoured_tie] if settings.honoured == settings.pool else [honoured_tie, pool_tie]
    return {
        "category": category,
        "votes": sum(votes.values()),
        "standings": [
            {"rank": rank(submission_id, votes), "submission_id": submission_id, "votes": number}
            for submission_id, number in ((each, votes[each]) for each in in_order)
        ],
        "honoured": honoured,
        "pool": pool,
        "ties": [tie for tie in ties if tie is not None],
    }


def rank(submission_id: str, votes: Mapping[str, int]) -> int:
    """One more than there are projects with more votes: 1, 2, 2, 4."""
    return 1 + sum(number > votes[submission_id] for number in votes.values())


def cut(
    in_order: Sequence[str], votes: Mapping[str, int], name: str, places: int
) -> tuple[list[str], dict[str, Any] | None]:
    """Those certain to be among the first `places`, and the tie across the cut if there is one."""
    inside, outside = in_order[:places], in_order[places:]
    if not outside or votes[inside[-1]] > votes[outside[0]]:
        return list(inside), None
    contended = votes[outside[0]]
    tie = {
        "cut": name,
        "place": places,
        "votes": contended,
        "submission_ids": sorted(each for each in in_order if votes[each] == contended),
    }
    return [each for each in inside if votes[each] > contended], tie
