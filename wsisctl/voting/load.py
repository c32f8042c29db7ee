"""What the count is given besides the votes: `count.sql` names each table."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wsisctl.contest.model import Contest
from wsisctl.names import SameNames
from wsisctl.records.people import Member, Nominee
from wsisctl.times import TIME_PATTERN, Instant, clock_spans
from wsisctl.voting.database import WHITE_SPACE, fill
from wsisctl.voting.roll import Roll
from wsisctl.voting.window import voting_window

if TYPE_CHECKING:
    import duckdb


def load_people(
    database: "duckdb.DuckDBPyConnection",
    members: Sequence[Member] | Roll,
    nominees: Sequence[Nominee],
    organizations: SameNames,
) -> None:
    """Fill `member` and `nominee`; one voter's accounts, or names, get equal numbers, an empty name none."""
    numbers: dict[str, int] = {}
    races: dict[str, int] = {}

    def number(name: str) -> int | None:
        key = organizations.key(name)
        return numbers.setdefault(key, len(numbers)) if key else None

    if isinstance(members, Roll):
        members.fill_members(database, number)
    else:
        _fill_members(database, members, number)
    fill(
        database,
        "nominee",
        {
            "number": "int",
            "submission_id": "varchar",
            "category": "varchar",
            "race": "int",
            "entity": "int",
            "submitter": "int",
        },
        [
            (
                place,
                nominee.id,
                nominee.category,
                races.setdefault(nominee.category, len(races)),
                number(nominee.entity),
                number(nominee.submitter_organization),
            )
            for place, nominee in enumerate(nominees)
        ],
    )
    database.execute("set variable races = $1", [len(races)])


def _fill_members(
    database: "duckdb.DuckDBPyConnection",
    members: Sequence[Member],
    number_of: Callable[[str], int | None],
) -> None:
    voters: dict[str, int] = {}
    fill(
        database,
        "member",
        {
            "account": "int",
            "member_id": "varchar",
            "voter": "int",
            "profile_complete": "boolean",
            "organization": "int",
        },
        [
            (
                account,
                member.id,
                voters.setdefault(member.person, len(voters)),
                not member.missing,
                number_of(member.organization),
            )
            for account, member in enumerate(members)
        ],
    )


def load_contest_rules(
    database: "duckdb.DuckDBPyConnection", contest: Contest, as_of: Instant | None = None
) -> None:
    """What the definition says, as the count reads it; `as_of` closes the window earlier."""
    spellings = [
        text for category in contest.categories for text in (category.id, *category.aliases)
    ]
    fill(
        database,
        "category_name",
        {"number": "int", "written": "varchar", "category": "varchar"},
        [
            (number, text, contest.category_of(text))
            for number, text in enumerate(dict.fromkeys(spellings))
        ],
    )
    fill(
        database,
        "clock",
        {
            "local_from": "timestamp",
            "local_until": "timestamp",
            "utc_offset": "int",
            "repeated": "boolean",
        },
        [
            (span.local_from, span.local_until, span.utc_offset, span.repeated)
            for span in clock_spans(contest.zone)
        ],
    )
    opens, closes = voting_window(contest)
    reasons = contest.voting.reasons
    fill(
        database,
        "rule",
        {
            "opens": "bigint",
            "closes": "bigint",
            "asks_profile": "boolean",
            "bars_own_project": "boolean",
            "asks_whole_ballot": "boolean",
            "second_vote": "varchar",
        },
        [
            (
                opens.second,
                min(closes.second, as_of.second) if as_of else closes.second,
                "incomplete_profile" in reasons,
                "own_project" in reasons,
                "incomplete_ballot" in reasons,
                contest.voting.second_vote,
            )
        ],
    )
    database.execute("set variable time_pattern = $1", [f"^{TIME_PATTERN}$"])
    database.execute("set variable white_space = $1", [WHITE_SPACE])


def add_category_names(database: "duckdb.DuckDBPyConnection", contest: Contest) -> None:
    """What categories are meant by the votes of `vote` that call them by no name of the definition."""
    others = database.execute(
        "select distinct other_category from vote where other_category is not null"
    ).fetchall()
    fill(
        database,
        "other_name",
        {"written": "varchar", "category": "varchar"},
        [(text, contest.category_of(text)) for (text,) in others],
    )
    database.execute(
        "insert into category_name select (select count(*) from category_name) + rowid, * from other_name"
    )
