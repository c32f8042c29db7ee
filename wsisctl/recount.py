"""The second counter: the vote counted once more, to hold against the count.

For the auditor. This file is all there is of it. It is written from the public rules of the count, in
plain loops, with nothing but Python's own library; it shares no line with the count that it checks,
which is SQL run by a database. From top to bottom:

1. What goes in and what comes out.
2. `recount` goes through the votes once. `reason_by_itself` has the rules in their order; `judge_ballot`
   looks at the votes of one voter beside each other.
3. `category_result` ranks what is left and makes the two cuts. A tie at a cut stays a tie here: what
   people decide about it is no matter of counting.
4. Which names are equal, what a member and a nominee are, and when a vote was cast.
5. Reading files; `main` is for whoever runs this file alone:

    python recount.py --settings settings.json --members members.csv --nominees nominees.csv votes.csv
"""

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache, cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from unicodedata import normalize
from zoneinfo import ZoneInfo


class Unusable(Exception):
    """No result can come of such files."""


@dataclass(frozen=True)
class Settings:
    """What a contest's definition says about its vote."""

    zone: tzinfo  # the contest's clock
    opens: int  # the first second in which a vote may be cast, in seconds since 1970
    closes: int  # the last such second
    profile: Sequence[str]  # the columns in which a voter must have something
    reasons: Sequence[str]  # those that apply, in order
    second_vote: str  # which of several counts: `first`, `last` or `none`
    categories: Mapping[str, Sequence[str]]  # of each id, in order, the other ways to write it
    honoured: int
    pool: int

    @cached_property
    def category_keys(self) -> Mapping[str, str]:
        """The key of each way to write a category, to its id."""
        return {
            category_key(text): category
            for category, others in self.categories.items()
            for text in (category, *others)
        }


FIELDS = ("vote_id", "member_id", "category", "submission_id", "cast_at")
Vote = tuple[str, int, str, str, str, str, str, bool]
"""One row of an export of votes: file, row, the five fields as received, and whether it has as many cells
as the header (a cell too few is an empty text here). A bare tuple, for there are millions."""


class Account(NamedTuple):
    """What the rules ask of a member."""

    voter: str | int  # its own id, or a number where people declared accounts to be one voter's
    complete: bool  # whether the profile has all that the contest requires
    organizations: Sequence[str | int]  # the voter's: one for each account


class Project(NamedTuple):
    """What the rules ask of a nominee."""

    category: str
    owners: Set[str | int]  # the organizations that own it or sent it in


class Records(NamedTuple):
    """All that the votes are held against."""

    settings: Settings
    accounts: Mapping[str, Account]  # by member_id
    projects: Mapping[str, Project]  # by submission_id


class Rejection(NamedTuple):
    """A vote that does not count, and where it stands."""

    file: str
    row: int
    vote_id: str
    reason: str


@dataclass(frozen=True)
class Recount:
    """The outcome, in the words of `tally.json`."""

    votes: dict[str, Any]
    categories: list[dict[str, Any]]
    rejected: list[Rejection]  # by file and row
    voters: int  # how many people had a vote counted
    complete_ballots: int  # how many of them had one in every category that has nominees


# --- Why a vote is not counted -------------------------------------------------------------------


def recount(cast: Iterable[Vote], records: Records) -> Recount:
    """Count the votes. Raises Unusable where one id stands for two different votes.

    The files come in the order of their names, so that the order in which somebody lists them cannot matter.
    """
    votes = sorted(cast)
    seen: dict[str, Vote] = {}
    ballots: dict[str | int, list[Vote]] = defaultdict(list)
    rejected: list[Rejection] = []
    for vote in votes:
        reason = reason_by_itself(vote, seen, records)
        if reason:
            rejected.append(Rejection(*vote[:3], reason))
        else:
            ballots[records.accounts[vote[3]].voter].append(vote)
    demanded = {project.category for project in records.projects.values()}
    of_each: Counter[str] = Counter()
    voters = complete_ballots = 0
    for ballot in ballots.values():
        counted, others, reason = judge_ballot(ballot, demanded, records)
        rejected += [Rejection(*vote[:3], reason) for vote in others]
        for vote in counted.values():
            of_each[vote[5]] += 1
        voters += bool(counted)
        complete_ballots += counted.keys() == demanded
    by_reason = Counter(rejection.reason for rejection in rejected)
    return Recount(
        votes={
            "read": len(votes),
            "counted": of_each.total(),
            "rejected": len(rejected),
            "rejected_by_reason": {
                each: by_reason[each] for each in records.settings.reasons if by_reason[each]
            },
        },
        categories=[
            category_result(category, of_each, records) for category in records.settings.categories
        ],
        rejected=sorted(rejected),
        voters=voters,
        complete_ballots=complete_ballots,
    )


def reason_by_itself(vote: Vote, seen: dict[str, Vote], records: Records) -> str | None:
    """The first reason that applies, but for those that need a look at the other votes of the voter.

    `seen` has the first row with each vote_id so far that was not malformed.
    """
    settings = records.settings
    file, row, vote_id, member_id, category, submission_id, cast_at, right_width = vote
    instant = instant_of(cast_at, settings.zone)
    if instant is None or not right_width or not all(map(str.strip, vote[2:7])):
        return "malformed"
    first = seen.setdefault(vote_id, vote)
    if first is not vote:
        if first[2:7] != vote[2:7]:
            raise Unusable(
                f"{file}:{row}: vote_id {vote_id} stands here again with another content; "
                f"it was first at {first[0]}:{first[1]}"
            )
        return "repeated_row"
    second, _ = instant  # decimals do not matter here
    if not settings.opens <= second <= settings.closes:
        return "outside_window"
    account = records.accounts.get(member_id)
    if account is None:
        return "unregistered"
    if not account.complete and "incomplete_profile" in settings.reasons:
        return "incomplete_profile"
    project = records.projects.get(submission_id)
    if project is None:
        return "not_nominated"
    if category_of(category, settings) != project.category:
        return "wrong_category"
    if not project.owners.isdisjoint(account.organizations) and "own_project" in settings.reasons:
        return "own_project"
    return None


def judge_ballot(
    ballot: Sequence[Vote], demanded: Set[str], records: Records
) -> tuple[Mapping[str, Vote], Sequence[Vote], str]:
    """Of the votes of one voter that have no reason so far: those that count, by category; the others, and why."""
    settings = records.settings
    in_category: dict[str, list[Vote]] = defaultdict(list)
    for vote in ballot:
        in_category[records.projects[vote[5]].category].append(vote)
    if "incomplete_ballot" in settings.reasons and in_category.keys() != demanded:
        return {}, ballot, "incomplete_ballot"
    counted: dict[str, Vote] = {}
    others: list[Vote] = []
    for category, votes in in_category.items():
        if len(votes) > 1:  # by instant, then by vote_id
            votes.sort(key=lambda vote: (instant_of(vote[6], settings.zone), vote[2]))
        if len(votes) == 1 or settings.second_vote == "first":
            counted[category] = votes.pop(0)
        elif settings.second_vote == "last":
            counted[category] = votes.pop()
        others += votes
    return counted, others, "second_vote"


# --- Places --------------------------------------------------------------------------------------


def category_result(category: str, of_each: Mapping[str, int], records: Records) -> dict[str, Any]:
    """A category as `tally.json` shows it, without what people decided about ties."""
    votes = {
        submission_id: of_each.get(submission_id, 0)
        for submission_id, project in records.projects.items()
        if project.category == category
    }
    in_order = sorted(votes, key=lambda submission_id: (-votes[submission_id], submission_id))
    ranks: dict[int, int] = {}  # equal votes share the first of their places: 1, 2, 2, 4
    for place, submission_id in enumerate(in_order, start=1):
        ranks.setdefault(votes[submission_id], place)
    places = records.settings.honoured, records.settings.pool
    honoured, ties = cut(in_order, votes, "honoured", places[0])
    pool, further_ties = cut(in_order, votes, "pool", places[1])
    return {
        "category": category,
        "votes": sum(votes.values()),
        "standings": [
            {"rank": ranks[votes[each]], "submission_id": each, "votes": votes[each]}
            for each in in_order
        ],
        "honoured": honoured,
        "pool": pool,
        # Of cuts at the same place the tie is the same, and told once.
        "ties": ties if places[0] == places[1] else ties + further_ties,
    }


def cut(
    in_order: Sequence[str], votes: Mapping[str, int], name: str, places: int
) -> tuple[Sequence[str], list[dict[str, Any]]]:
    """Those certain to be among the first `places`, and the tie across the cut if there is one."""
    inside, outside = in_order[:places], in_order[places:]
    if not outside or votes[inside[-1]] > votes[outside[0]]:
        return inside, []
    contended = votes[outside[0]]
    tied = sorted(each for each in in_order if votes[each] == contended)
    tie = {"cut": name, "place": places, "votes": contended, "submission_ids": tied}
    return [each for each in inside if votes[each] > contended], [tie]


# --- Names, members, nominees --------------------------------------------------------------------

DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))


@cache
def name_key(name: str) -> str:
    """What two spellings of one name share: NFKC, full case folding, single spaces.

    Folding takes some letters apart (`ΐ`), so that the form is NFKC only after a second pass.
    """
    folded = normalize("NFKC", name).casefold()
    return " ".join(normalize("NFKC", folded).split())


@cache
def category_key(text: str) -> str:
    """What two spellings of one category share: as with names, and any dash is a hyphen."""
    return name_key(text.translate(DASHES))


def category_of(text: str, settings: Settings) -> str | None:
    """The id of the category that a text names; None if none."""
    return settings.category_keys.get(category_key(text))


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


def records_of(
    members: Mapping[str, Mapping[str, str]],
    nominees: Mapping[str, Mapping[str, str]],
    settings: Settings,
    same_names: Iterable[tuple[str, str]] = (),
    same_voter: Iterable[Iterable[str]] = (),
) -> Records:
    """What the rules ask of members and nominees. Each comes by its id, as a row: column to text.

    People declared the rest: pairs of names that are one organization's, accounts that are one voter's.
    """
    keys = [[name_key(name) for name in pair] for pair in same_names]
    # An empty name equals nothing: it declares nothing either, and must not link two others.
    number_of_name = joined(pair for pair in keys if "" not in pair)
    number_of_voter = joined(same_voter)

    def organization(row: Mapping[str, str], column: str) -> str | int:
        key = name_key(row.get(column, ""))
        return number_of_name.get(key, key)

    organizations: dict[str | int, list[str | int]] = defaultdict(list)
    accounts = {}
    for member_id, row in members.items():
        voter = number_of_voter.get(member_id, member_id)
        organizations[voter].append(organization(row, "organization"))
        complete = all(row.get(column, "").strip() for column in settings.profile)
        accounts[member_id] = Account(voter, complete, organizations[voter])
    projects = {}
    for submission_id, row in nominees.items():
        category = category_of(row["category"], settings)
        if category is None:
            raise Unusable(f"nominee {submission_id}: '{row['category']}' is no category")
        owners = {organization(row, column) for column in ("entity", "submitter_organization")}
        projects[submission_id] = Project(category, owners - {""})
    return Records(settings, accounts, projects)


# --- Times ---------------------------------------------------------------------------------------

MINUTE = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})")
REST = re.compile(r"(?::([0-9]{2})(?:[.,]([0-9]+))?)?(?:(Z)|([+-])([0-9]{2})(?::?([0-9]{2}))?)?")
"""Second and decimals; `Z`, or the sign, hours and minutes of an offset."""
EPOCH = datetime(1970, 1, 1)
SECOND = timedelta(seconds=1)
MANY = 1 << 17  # texts to remember: a month has 44,640 minutes, with an end each


def instant_of(text: str, zone: tzinfo) -> tuple[int, str] | None:
    """When it is that `text` says; None where it is no time.

    In whole seconds since 1970, and the decimals, which compare as text once they have no zeros at the end.
    The minute is sixteen characters. It, and the rest, are the same in many votes, and looked at once.
    """
    minute, rest = minute_of(text[:16]), rest_of(text[16:])
    if minute is None or rest is None:
        return None
    second, decimals, ahead = rest
    if ahead is None:  # the same for the whole minute if it is so at both ends
        ahead, at_the_end = ahead_in_zone(minute, zone), ahead_in_zone(minute + 59, zone)
        if ahead != at_the_end:
            ahead = ahead_in_zone(minute + second, zone)
        if ahead is None:
            return None
    return minute + second - ahead, decimals


@lru_cache(MANY)
def minute_of(text: str) -> int | None:
    """The seconds that a clock counts from 1970 until `2030-03-31T23:00`."""
    found = MINUTE.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute = map(int, found.groups())
    try:
        return (datetime(year, month, day, hour, minute) - EPOCH) // SECOND
    except ValueError:
        return None


@lru_cache(MANY)
def rest_of(text: str) -> tuple[int, str, int | None] | None:
    """Of `:59.50+02:00` the second, the decimals, and by how many seconds such clocks are ahead of UTC.

    None in the last place stands for the contest's clock, None alone for what no clock shows.
    """
    found = REST.fullmatch(text)
    if found is None:
        return None
    second, hours, minutes = (int(found[group] or 0) for group in (1, 5, 6))
    if second > 59 or hours > 23 or minutes > 59:
        return None
    ahead = (hours * 3600 + minutes * 60) * (-1 if found[4] == "-" else 1)
    return second, (found[2] or "").rstrip("0"), ahead if found[3] or found[4] else None


@lru_cache(MANY)
def ahead_in_zone(second: int, zone: tzinfo) -> int | None:
    """By how many seconds the clocks of `zone` that show `second` are ahead of UTC; None where they skipped it.

    `fold` 0 asks with the rule before a change of the clocks, `fold` 1 with the rule after it. Both say the same
    but in an hour that is repeated (the clock goes back, the earlier one holds) or skipped (it goes forward).
    """
    local = (EPOCH + second * SECOND).replace(tzinfo=zone)
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    if before is None or after is None or before < after:
        return None
    return before // SECOND


# --- Reading -------------------------------------------------------------------------------------

Rows = Iterable[tuple[int, list[str]]]
"""The cells of each row, and its number."""


def read_rows(path: Path, watched: Callable[[TextIO], Iterable[str]] = iter) -> Iterator[list[str]]:
    """The cells of each row of a UTF-8 CSV file, the header first.

    Excel puts a byte order mark before the header. A line with nothing on it is no row: files end
    with such lines, and readers of CSV pass over them. `watched` may look at the lines as they are read.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield from filter(None, csv.reader(watched(file), strict=True))
        except (csv.Error, UnicodeError) as error:
            raise Unusable(f"{path.name}: no readable UTF-8 CSV: {error}") from error


def read_table(path: Path, needed: Iterable[str]) -> tuple[list[str], Rows]:
    """The header, which must name the columns needed, and the rows below it, of which the first is row 2."""
    rows = read_rows(path)
    header = next(rows, None)
    if header is None:
        raise Unusable(f"{path.name}: the file is empty")
    for column in needed:
        if header.count(column) != 1:
            raise Unusable(f"{path.name}: the column '{column}' is missing, or there twice")
    return header, enumerate(rows, start=2)


def votes_of(file: str, header: Sequence[str], rows: Rows) -> Iterator[Vote]:
    """Every row of an export of votes as a vote."""
    fields = itemgetter(*map(header.index, FIELDS))
    once = sys.intern  # texts that many votes have are held once
    for row, cells in rows:
        right_width = len(cells) == len(header)
        padded = cells if right_width else [*cells, *[""] * len(header)]
        vote_id, member, category, project, cast_at = fields(padded)
        yield file, row, vote_id, once(member), once(category), once(project), cast_at, right_width


def read_records(path: Path, needed: Iterable[str]) -> Iterator[dict[str, str]]:
    """The rows of a file of members, nominees or spellings, by column."""
    header, rows = read_table(path, needed)
    for number, cells in rows:
        if len(cells) != len(header):
            raise Unusable(f"{path.name}:{number}: {len(cells)} cells, not {len(header)}")
        yield dict(zip(header, cells, strict=True))


def read_by_id(path: Path, column: str, needed: Iterable[str]) -> dict[str, dict[str, str]]:
    """Members or nominees by id. An equal row is the same record once more."""
    found: dict[str, dict[str, str]] = {}
    for record in read_records(path, (column, *needed)):
        if found.setdefault(record[column], record) != record:
            raise Unusable(f"{path.name}: '{record[column]}' stands for two different records")
    return found


def recount_files(
    votes: Iterable[tuple[str, Path]],
    members: Path,
    nominees: Path,
    organizations: Path | None,
    settings: Settings,
    same_voter: Iterable[Sequence[str]] = (),
) -> Recount:
    """Count the votes of bare CSV files; those of votes come with what they are to be called."""
    spellings = read_records(organizations, ("name", "same_as")) if organizations else ()
    records = records_of(
        read_by_id(members, "member_id", settings.profile),
        read_by_id(nominees, "submission_id", ("category",)),
        settings,
        ((each["name"], each["same_as"]) for each in spellings),
        same_voter,
    )
    exports = (votes_of(name, *read_table(path, FIELDS)) for name, path in votes)
    return recount(chain.from_iterable(exports), records)


# --- Alone ---------------------------------------------------------------------------------------


def read_settings(path: Path) -> dict[str, Any]:
    """The file of settings, which is JSON."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Unusable(f"{path}: no readable JSON in UTF-8: {error}") from error
    if not isinstance(document, dict) or "contest" not in document:
        raise Unusable(f"{path}: expected an object with 'contest' and the rest of the settings")
    return document


KINDS = {str: "text", list: "array", dict: "object", int: "number"}
WINDOW = dict.fromkeys(("time_zone", "opens", "closes"), str)
RULES = {
    "profile": list,
    "reasons": list,
    "second_vote": str,
    "categories": dict,
    "honoured": int,
    "pool": int,
}


def settings_of(document: Mapping[str, Any]) -> Settings:
    """The settings as a file of JSON has them."""
    for name, kind in (WINDOW | RULES).items():
        if not isinstance(document.get(name), kind):
            raise Unusable(f"settings: '{name}' is missing, or no {KINDS[kind]}")
    try:
        zone = ZoneInfo(document["time_zone"])
    except (KeyError, ValueError) as error:
        raise Unusable(f"settings: no such time zone: {document['time_zone']}") from error
    opens, closes = (instant_of(document[end], zone) for end in ("opens", "closes"))
    if opens is None or closes is None:
        raise Unusable("settings: 'opens' or 'closes' is no time")
    return Settings(zone, opens[0], closes[0], **{name: document[name] for name in RULES})


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the votes of bare CSV files, and print the outcome as `tally.json` has it."""
    parser = argparse.ArgumentParser(
        description="Count the votes once more, with nothing but Python's own library. Files are UTF-8 CSV with "
        "commas. Prints what tally.json says as long as nobody has decided about a tie.",
        epilog="Exit status: 0 done; 1 done, with a tie across a cut; 3 a file cannot be used.",
    )
    for name in ("--settings", "--members", "--nominees"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--organizations", type=Path, help="names that are the same organization")
    parser.add_argument("--rejected", type=Path, help="write each vote that does not count there")
    parser.add_argument("votes", type=Path, nargs="+", metavar="VOTES")
    given = parser.parse_args(arguments)
    try:
        written = read_settings(given.settings)
        settings = settings_of(written)
        others = given.members, given.nominees, given.organizations
        votes = [(path.as_posix(), path) for path in given.votes]
        outcome = recount_files(votes, *others, settings, written.get("same_voter", ()))
    except Unusable as error:
        sys.stderr.write(f"error: {error}\n")
        return 3
    except OSError as error:
        sys.stderr.write(f"error: {error.filename}: {error.strerror}\n")
        return 3
    if given.rejected:
        with given.rejected.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(("vote_id", "reason", "file", "row"))
            table.writerows((it.vote_id, it.reason, it.file, it.row) for it in outcome.rejected)
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
