"""The second counter: the vote counted once more, to hold against the count.

For the auditor. This file is all there is of it. It is written from the public rules of the count, in
plain loops, with nothing but Python's own library; it shares no line with the count that it checks,
which is SQL run by a database. From top to bottom:

1. `recount` takes votes, members, nominees and the contest's settings, and returns the outcome.
2. `judge` gives each vote the one reason why it does not count, or none. Each reason is a function.
3. `category_result` ranks what is left and makes the two cuts. A tie at a cut stays a tie here: what
   people decide about it is no matter of counting.
4. `read_rows` and what follows reads files; `main` is for whoever runs this file alone:

    python recount.py --settings settings.json --members members.csv --nominees nominees.csv votes.csv
"""

import argparse
import csv
import io
import json
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

FIELDS = ("vote_id", "member_id", "category", "submission_id", "cast_at")
Person = Mapping[str, str]
"""A member or a nominee: column to text."""
Instant = int | Fraction
"""Seconds since 1970, exact."""


class Unusable(Exception):
    """No result can come of such files."""


@dataclass(frozen=True)
class Settings:
    """What a contest's definition says about its vote."""

    zone: tzinfo
    """The contest's clock."""
    opens: int
    """The first second in which a vote may be cast, in seconds since 1970."""
    closes: int
    """The last such second."""
    profile: tuple[str, ...]
    """The columns in which a voter must have something."""
    reasons: tuple[str, ...]
    """The reasons that apply, in order; `incomplete_ballot` among them if all categories are demanded."""
    second_vote: Literal["first", "last", "none"]
    categories: tuple[str, ...]
    """The ids of all categories, in the definition's order."""
    spellings: Mapping[str, str]
    """Each way to write a category, its id included, to its id."""
    honoured: int
    pool: int

    @cached_property
    def category_keys(self) -> Mapping[str, str]:
        """The spellings in the form in which equal ones are equal text."""
        return {category_key(text): category for text, category in self.spellings.items()}


class Vote(NamedTuple):
    """One row of an export of votes, as received."""

    file: str
    row: int
    vote_id: str
    member_id: str
    category: str
    submission_id: str
    cast_at: str
    right_width: bool
    """Whether it has as many cells as the header; a cell too few is an empty text here."""

    @property
    def text(self) -> tuple[str, ...]:
        """The five fields."""
        return self[2:7]


@dataclass(frozen=True)
class Records:
    """All that the votes are held against."""

    members: Mapping[str, Person]
    """By member_id."""
    nominees: Mapping[str, Person]
    """By submission_id."""
    same_names: Mapping[str, int] = field(default_factory=dict)
    """Names (as `name_key` has them) that a person declared to be one organization have one number."""
    same_voter: Mapping[str, int] = field(default_factory=dict)
    """Accounts (member_id) that a person declared to be one voter's have one number."""

    @cached_property
    def accounts(self) -> Mapping[int, list[str]]:
        """Of each such voter the accounts."""
        accounts: dict[int, list[str]] = {}
        for member_id, number in self.same_voter.items():
            accounts.setdefault(number, []).append(member_id)
        return accounts


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
    """By file and row."""
    voters: int
    """How many people had a vote counted."""
    complete_ballots: int
    """How many of them had one in every category that has nominees."""


def recount(cast: Iterable[Vote], records: Records, settings: Settings) -> Recount:
    """Count the votes. Raises Unusable where one id stands for two different votes.

    The files come in the order of their names, so that the order in which somebody lists them cannot matter.
    """
    votes = list(cast)
    votes.sort(key=lambda vote: (vote.file, vote.row))
    reasons = judge(votes, records, settings)
    counted = [vote for vote, reason in zip(votes, reasons, strict=True) if reason is None]
    rejected = [
        Rejection(vote.vote_id, reason, vote.file, vote.row)
        for vote, reason in zip(votes, reasons, strict=True)
        if reason is not None
    ]
    by_reason = Counter(rejection.reason for rejection in rejected)
    of_each = Counter(vote.submission_id for vote in counted)
    covered = covered_categories(counted, records, settings)
    demanded = contested_categories(records, settings)
    return Recount(
        votes={
            "read": len(votes),
            "counted": len(counted),
            "rejected": len(rejected),
            "rejected_by_reason": {
                reason: by_reason[reason] for reason in settings.reasons if by_reason[reason]
            },
        },
        categories=[
            category_result(category, of_each, records, settings)
            for category in settings.categories
        ],
        rejected=rejected,
        voters=len(covered),
        complete_ballots=sum(demanded <= each for each in covered.values()),
    )


# --- Why a vote is not counted -------------------------------------------------------------------


def judge(votes: Sequence[Vote], records: Records, settings: Settings) -> list[str | None]:
    """For each vote the first reason that applies, None where it counts.

    First what is wrong with a vote by itself, in the order of the rules; then, member by member, what is
    wrong with it beside the other votes of its ballot.
    """
    instants = [instant_of(vote.cast_at, settings.zone) for vote in votes]
    reasons: list[str | None] = [
        "malformed" if malformed(vote, instant) else None
        for vote, instant in zip(votes, instants, strict=True)
    ]
    for place in repeated_rows(votes, reasons):
        reasons[place] = "repeated_row"
    for place, vote in enumerate(votes):
        if reasons[place] is None:
            reasons[place] = reason_by_itself(vote, instants[place], records, settings)
    whole = "incomplete_ballot" in settings.reasons
    demanded = contested_categories(records, settings) if whole else set()
    for ballot in ballots(votes, reasons, records):
        if not demanded <= {category_of(votes[place].category, settings) for place in ballot}:
            for place in ballot:
                reasons[place] = "incomplete_ballot"
        else:
            for place in second_votes(ballot, votes, instants, settings):
                reasons[place] = "second_vote"
    return reasons


def malformed(vote: Vote, instant: Instant | None) -> bool:
    """Whether a field is empty, the time is none, or the row is of another width."""
    has_blank = any(not text.strip() for text in vote.text)
    return has_blank or instant is None or not vote.right_width


def repeated_rows(votes: Sequence[Vote], reasons: Sequence[str | None]) -> Iterator[int]:
    """The places of rows whose text is that of an earlier one. A vote id stands for one text."""
    first: dict[str, Vote] = {}
    for place, vote in enumerate(votes):
        if reasons[place] is not None:
            continue
        known = first.setdefault(vote.vote_id, vote)
        if known.text != vote.text:
            raise Unusable(
                f"{vote.file}:{vote.row}: vote_id {vote.vote_id} stands here again with another "
                f"content; it was first at {known.file}:{known.row}"
            )
        if known is not vote:
            yield place


def reason_by_itself(
    vote: Vote, instant: Instant | None, records: Records, settings: Settings
) -> str | None:
    """The first reason that needs no look at other votes."""
    assert instant is not None  # noqa: S101 - else it was malformed
    if outside_window(instant, settings):
        return "outside_window"
    voter = records.members.get(vote.member_id)
    if voter is None:
        return "unregistered"
    if "incomplete_profile" in settings.reasons and incomplete_profile(voter, settings):
        return "incomplete_profile"
    project = records.nominees.get(vote.submission_id)
    if project is None:
        return "not_nominated"
    if category_of(vote.category, settings) != category_of(project["category"], settings):
        return "wrong_category"
    if "own_project" in settings.reasons and own_project(vote, project, records):
        return "own_project"
    return None


def outside_window(instant: Instant, settings: Settings) -> bool:
    """Before the opening or after the deadline; fractions of a second are dropped for this."""
    return not settings.opens <= instant // 1 <= settings.closes


def incomplete_profile(voter: Person, settings: Settings) -> bool:
    """The voter's profile lacks something that the contest requires."""
    return any(not voter.get(column, "").strip() for column in settings.profile)


def own_project(vote: Vote, project: Person, records: Records) -> bool:
    """The organization of the voter, or of another of the voter's accounts, owns the project or sent it in."""
    owner = organization(project.get("entity", ""), records)
    sender = organization(project.get("submitter_organization", ""), records)
    for member_id in accounts_of(vote, records):
        mine = organization(records.members[member_id].get("organization", ""), records)
        if mine != "" and mine in (owner, sender):
            return True
    return False


def accounts_of(vote: Vote, records: Records) -> Sequence[str]:
    """The accounts of whoever cast the vote; one, unless a person declared several to be one voter's."""
    if vote.member_id not in records.same_voter:
        return (vote.member_id,)
    named = records.accounts[records.same_voter[vote.member_id]]
    return [member_id for member_id in named if member_id in records.members]


def ballots(
    votes: Sequence[Vote], reasons: Sequence[str | None], records: Records
) -> Iterable[list[int]]:
    """The places of the votes without a reason so far, one list for each voter."""
    found: dict[str | int, list[int]] = {}
    for place, vote in enumerate(votes):
        if reasons[place] is None:
            found.setdefault(voter_of(vote, records), []).append(place)
    return found.values()


def voter_of(vote: Vote, records: Records) -> str | int:
    """Whose vote it is: the account's, unless a person declared several accounts to be one voter's."""
    return records.same_voter.get(vote.member_id, vote.member_id)


def second_votes(
    ballot: Iterable[int],
    votes: Sequence[Vote],
    instants: Sequence[Instant | None],
    settings: Settings,
) -> Iterator[int]:
    """The places of votes of a ballot that give way to another one in the same category."""

    in_category: dict[str | None, list[int]] = {}
    for place in ballot:
        category = category_of(votes[place].category, settings)
        in_category.setdefault(category, []).append(place)
    for places in in_category.values():
        if len(places) == 1:
            continue
        places.sort(key=lambda place: (instants[place], votes[place].vote_id))
        if settings.second_vote == "first":
            yield from places[1:]
        elif settings.second_vote == "last":
            yield from places[:-1]
        else:
            yield from places


# --- Categories and organizations ----------------------------------------------------------------

DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))


@cache
def name_key(name: str) -> str:
    """What two spellings of one name share: NFKC, full case folding, single spaces.

    Folding takes some letters apart (`ΐ`), so that the form is NFKC only after a second pass.
    """
    folded = normalize("NFKC", name).casefold()
    return " ".join(normalize("NFKC", folded).split())


def category_of(text: str, settings: Settings) -> str | None:
    """The id of the category that a text names, whatever its case and its dashes; None if none."""
    return settings.category_keys.get(category_key(text))


@cache
def category_key(text: str) -> str:
    """What two spellings of one category share."""
    return name_key(text.translate(DASHES))


def contested_categories(records: Records, settings: Settings) -> set[str | None]:
    """The categories that have nominees."""
    return {category_of(each["category"], settings) for each in records.nominees.values()}


def organization(name: str, records: Records) -> str | int:
    """What all names of one organization share; empty for an empty name."""
    key = name_key(name)
    return records.same_names.get(key, key)


def declared_names(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Names that mean one organization, each with its number.

    An empty name equals nothing: it declares nothing either, and must not link two others.
    """
    keys = ([name_key(name) for name in pair] for pair in pairs)
    return joined(pair for pair in keys if "" not in pair)


def joined(groups: Iterable[Iterable[str]]) -> dict[str, int]:
    """A number for each text; one for all that are in one group, or in groups that share a text."""
    numbers: dict[str, int] = {}
    members: dict[int, set[str]] = {}
    for number, group in enumerate(groups):
        together = set(group)
        for earlier in {numbers[text] for text in together if text in numbers}:
            together |= members.pop(earlier)
        members[number] = together
        numbers.update(dict.fromkeys(together, number))
    return numbers


# --- Places --------------------------------------------------------------------------------------


def covered_categories(
    counted: Iterable[Vote], records: Records, settings: Settings
) -> dict[str | int, set[str | None]]:
    """For each voter the categories in which a vote counts."""
    covered: dict[str | int, set[str | None]] = {}
    for vote in counted:
        covered.setdefault(voter_of(vote, records), set()).add(category_of(vote.category, settings))
    return covered


def category_result(
    category: str, of_each: Mapping[str, int], records: Records, settings: Settings
) -> dict[str, Any]:
    """A category as `tally.json` shows it, without what people decided about ties."""
    votes = {
        submission_id: of_each.get(submission_id, 0)
        for submission_id, nominee in records.nominees.items()
        if category_of(nominee["category"], settings) == category
    }
    in_order = sorted(votes, key=lambda submission_id: (-votes[submission_id], submission_id))
    honoured, honoured_tie = cut(in_order, votes, "honoured", settings.honoured)
    pool, pool_tie = cut(in_order, votes, "pool", settings.pool)
    # Cuts at the same place have the same tie; it is told once, as that of the honoured.
    ties = [honoured_tie] if settings.honoured == settings.pool else [honoured_tie, pool_tie]
    numbers = sorted(votes.values())
    return {
        "category": category,
        "votes": sum(numbers),
        "standings": [
            # One more than there are projects with more votes: 1, 2, 2, 4.
            {
                "rank": 1 + len(numbers) - bisect_right(numbers, votes[submission_id]),
                "submission_id": submission_id,
                "votes": votes[submission_id],
            }
            for submission_id in in_order
        ],
        "honoured": honoured,
        "pool": pool,
        "ties": [tie for tie in ties if tie is not None],
    }


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


# --- Times ---------------------------------------------------------------------------------------

TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})"
    r"(?::([0-9]{2})(?:[.,]([0-9]+))?)?"
    r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
"""Year, month, day, hour, minute, second, decimals, offset."""


def instant_of(text: str, zone: tzinfo) -> Instant | None:
    """The seconds since 1970 that `text` means, exact; None where it is no time."""
    found = TIME.fullmatch(text)
    if found is None:
        return None
    *day_and_clock, decimals, offset = found.groups()
    try:
        local = datetime(*[int(number or "0") for number in day_and_clock])  # type: ignore[arg-type]
    except ValueError:
        return None
    ahead = seconds_in_zone(local, zone) if offset is None else seconds(offset)
    if ahead is None:
        return None
    since_1970 = local - datetime(1970, 1, 1)
    whole = since_1970.days * 86400 + since_1970.seconds - ahead
    return whole + Fraction(int(decimals), 10 ** len(decimals)) if decimals else whole


def seconds(offset: str) -> int | None:
    """`+05:30` in seconds; None where a clock has no such hour or minute."""
    if offset == "Z":
        return 0
    hours, minutes = int(offset[1:3]), int(offset[3:].strip(":") or "0")
    if hours > 23 or minutes > 59:
        return None
    return (hours * 3600 + minutes * 60) * (-1 if offset[0] == "-" else 1)


def seconds_in_zone(local: datetime, zone: tzinfo) -> int | None:
    """How far the clocks of `zone` are ahead of UTC at `local`; None where they skipped it.

    `fold` 0 asks with the rule before a change of the clocks, `fold` 1 with the rule after it.
    Both say the same but in an hour that is repeated (the clock goes back, the earlier one holds)
    or skipped (the clock goes forward).
    """
    before = local.replace(tzinfo=zone, fold=0).utcoffset()
    after = local.replace(tzinfo=zone, fold=1).utcoffset()
    if before is None or after is None or before < after:
        return None
    return before.days * 86400 + before.seconds


# --- Reading -------------------------------------------------------------------------------------


def read_rows(path: Path, told: Callable[[int], None] = lambda _: None) -> Iterator[list[str]]:
    """The cells of each row of a UTF-8 CSV file, the header first.

    Excel puts a byte order mark before the header. A line with nothing on it is no row: files end
    with such lines, and readers of CSV pass over them. `told` learns how many more bytes have been read.
    """
    with path.open("rb") as file:
        before = 0
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        try:
            for number, cells in enumerate(csv.reader(text, strict=True)):
                if number % 10_000 == 0:
                    told(file.tell() - before)
                    before = file.tell()
                if cells:
                    yield cells
        except (csv.Error, UnicodeError) as error:
            raise Unusable(f"{path.name}: no readable UTF-8 CSV: {error}") from error
        told(file.tell() - before)


def header_of(name: str, rows: Iterator[list[str]], needed: Iterable[str]) -> list[str]:
    """The first row, which must name the columns needed."""
    header = next(rows, None)
    if header is None:
        raise Unusable(f"{name}: the file is empty")
    for column in needed:
        if header.count(column) != 1:
            raise Unusable(f"{name}: the column '{column}' is missing, or there twice")
    return header


def votes_of(name: str, rows: Iterator[list[str]]) -> Iterator[Vote]:
    """Every row of an export of votes as a vote; the header is row 1."""
    header = header_of(name, rows, FIELDS)
    places = [header.index(column) for column in FIELDS]
    for number, cells in enumerate(rows, start=2):
        right_width = len(cells) == len(header)
        padded = cells if right_width else [*cells, *[""] * len(header)]
        vote_id, member_id, category, submission_id, cast_at = (padded[place] for place in places)
        yield Vote(name, number, vote_id, member_id, category, submission_id, cast_at, right_width)


def read_records(path: Path, needed: Iterable[str]) -> Iterator[dict[str, str]]:
    """The rows of a file of members, nominees or spellings, by column."""
    rows = read_rows(path)
    header = header_of(path.name, rows, needed)
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(header):
            raise Unusable(f"{path.name}:{number}: {len(cells)} cells, not {len(header)}")
        yield dict(zip(header, cells, strict=True))


def read_people(path: Path, id_column: str, needed: Iterable[str]) -> dict[str, Person]:
    """Members or nominees by id. An equal row is the same record once more."""
    people: dict[str, Person] = {}
    for person in read_records(path, (id_column, *needed)):
        known = people.setdefault(person[id_column], person)
        if known != person:
            raise Unusable(f"{path.name}: '{person[id_column]}' stands for two different records")
    return people


def recount_files(
    votes: Sequence[Path],
    members: Path,
    nominees: Path,
    organizations: Path | None,
    settings: Settings,
    same_voter: Iterable[Sequence[str]] = (),
) -> Recount:
    """Count the votes of bare CSV files. Each is called by as much of its path as tells it from the others.

    `same_voter`: accounts that a person declared to be one voter's.
    """
    projects = read_people(nominees, "submission_id", ["category"])
    for project in projects.values():
        if category_of(project["category"], settings) is None:
            raise Unusable(f"{nominees.name}: '{project['category']}' is no category")
    spellings = read_records(organizations, ["name", "same_as"]) if organizations else ()
    records = Records(
        read_people(members, "member_id", settings.profile),
        projects,
        declared_names((each["name"], each["same_as"]) for each in spellings),
        joined(same_voter),
    )
    every = [path.absolute() for path in (*votes, members, nominees, organizations) if path]
    cast = (
        vote
        for path in votes
        for vote in votes_of(short_name(path.absolute(), every), read_rows(path))
    )
    return recount(cast, records, settings)


def short_name(path: Path, others: Iterable[Path]) -> str:
    """The shortest tail of `path` that none of `others` ends with."""
    different = [other for other in others if other != path]
    for length in range(1, len(path.parts)):
        tail = path.parts[-length:]
        if all(other.parts[-length:] != tail for other in different):
            return "/".join(tail)
    return path.as_posix()


# --- Alone ---------------------------------------------------------------------------------------


def settings_of(document: Mapping[str, Any]) -> Settings:
    """The settings as a file of JSON has them."""
    try:
        zone = ZoneInfo(document["time_zone"])
        opens, closes = (instant_of(document[end], zone) for end in ("opens", "closes"))
        if opens is None or closes is None:
            raise Unusable("settings: 'opens' or 'closes' is no time")
        return Settings(
            zone,
            int(opens),
            int(closes),
            tuple(document["profile"]),
            tuple(document["reasons"]),
            document["second_vote"],
            tuple(document["categories"]),
            {
                spelling: category
                for category, others in document["categories"].items()
                for spelling in (category, *others)
            },
            document["honoured"],
            document["pool"],
        )
    except KeyError as error:
        raise Unusable(f"settings: {error} is missing or unknown") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the votes of bare CSV files, and print the outcome as `tally.json` has it."""
    parser = argparse.ArgumentParser(
        description="Count the votes once more, with nothing but Python's own library. Files are UTF-8 CSV with "
        "commas. Prints what tally.json says as long as nobody has decided about a tie.",
        epilog="Exit status: 0 done; 1 done, with a tie across a cut; 3 a file cannot be used.",
    )
    parser.add_argument("--settings", type=Path, required=True, help="the contest's rules (JSON)")
    parser.add_argument("--members", type=Path, required=True)
    parser.add_argument("--nominees", type=Path, required=True)
    parser.add_argument("--organizations", type=Path, help="names that are the same organization")
    parser.add_argument("--rejected", type=Path, help="write each vote that does not count there")
    parser.add_argument("votes", type=Path, nargs="+", metavar="VOTES")
    given = parser.parse_args(arguments)
    try:
        written = json.loads(given.settings.read_text(encoding="utf-8"))
        settings = settings_of(written)
        others = given.members, given.nominees, given.organizations
        outcome = recount_files(given.votes, *others, settings, written.get("same_voter", ()))
    except (Unusable, OSError, json.JSONDecodeError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 3
    if given.rejected:
        with given.rejected.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([Rejection._fields, *outcome.rejected])
    document = {
        "contest": written["contest"],
        "window": {
            end: datetime.fromtimestamp(getattr(settings, end), settings.zone).isoformat()
            for end in ("opens", "closes")
        },
        "votes": outcome.votes,
        "categories": outcome.categories,
    }
    sys.stdout.buffer.write((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    return int(any(category["ties"] for category in outcome.categories))


if __name__ == "__main__":
    sys.exit(main())
