"""The count against a second one: whole small contests, generated to be trouble.

`recount` is the other count; it knows nothing of the code under test. Here contests are drawn,
written as the files that a person would hand in, and both counts must agree to the last row.
"""

import csv
import io
import json
import os
import re
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import HealthCheck, Phase, assume, find, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.support import SHRINK
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.recount import (
    FIELDS,
    Recount,
    Rejection,
    Settings,
    Unusable,
    category_of,
    instant_of,
    name_key,
    recount_files,
)
from wsisctl.stages.inputs import name_all
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.tally import TallyViews

ALL = os.environ.get("WSISCTL_EXAMPLES") == "all"
# Without `all` the same examples every time: a red build must be red again when run again. There
# the counts run once, in the other tests two or three times.
PHASES = [phase for phase in Phase if phase != Phase.shrink or os.environ.get(SHRINK) != "no"]
AGREEMENT = examples(
    max_examples=600 if ALL else 60,
    phases=PHASES,
    derandomize=not ALL,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PROPERTY = examples(AGREEMENT, max_examples=600 if ALL else 20)


@pytest.fixture(autouse=True, scope="module")
def _same_clocks_on_every_machine() -> Iterator[None]:
    """Take time zones from the package that is locked, not from the machine."""
    zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath()
    ZoneInfo.clear_cache()


T = TypeVar("T")

# --- What contests are made of -------------------------------------------------------------------

VOTE_ID, MEMBER_ID, CATEGORY, SUBMISSION_ID, CAST_AT = range(5)

ALWAYS = (
    "malformed",
    "repeated_row",
    "outside_window",
    "unregistered",
    "not_nominated",
    "wrong_category",
    "second_vote",
)
OPTIONAL = ("incomplete_profile", "own_project", "incomplete_ballot")
CLAUSES = {"outside_window": "X-1", "own_project": "X-2", "second_vote": "X-2"}

CATEGORIES: tuple[dict[str, Any], ...] = (
    {"id": "C1", "number": 1, "name": {"en": "Governments", "zh": "政府"}},
    {
        "id": "C7-e-health",
        "number": 14,
        "name": {"en": "E-health", "zh": "电子卫生"},
        "aliases": ["AL C7. E-health", "WSIS C7行动方面：电子卫生"],
    },
    {"id": "third", "name": "The third"},
)

# The clocks: forward, back, by half an hour, at midnight, twice within a window, never; and
# windows that open or close within the hour that is repeated or a second beside the skipped one.
WINDOWS = (
    ("Europe/Zurich", "2021-03-01", "2021-03-31T23:00:00"),
    ("Europe/Zurich", "2018-01-12", "2018-02-04T23:00:00"),
    ("Europe/Zurich", "2021-03-28T01:59:59", "2021-03-28T03:00:00"),
    ("Europe/Zurich", "2021-10-01", "2021-10-31T02:30:00"),
    ("Europe/Zurich", "2021-10-31T02:30:00", "2021-10-31T02:59:59"),
    ("America/New_York", "2021-03-13", "2021-03-14"),
    ("America/Sao_Paulo", "2018-11-03", "2018-11-04T23:00:00"),
    ("Australia/Lord_Howe", "2021-04-03", "2021-04-04T12:00:00"),
    ("Africa/Casablanca", "2021-04-10", "2021-05-17T23:00:00"),
    ("Asia/Kathmandu", "2021-03-01T12:00:00", "2021-03-01T12:00:01"),
    ("UTC", "2021-03-01", "2021-03-31T23:00:00"),
)

# No time at all, or none on the clocks of Zurich: 1981 saw the first summer time of our days, 2045
# has one that only a rule foretells. The last two are times, far away.
ODD_TIMES = (
    "",
    " ",
    "yesterday",
    "2021-03-10",
    "10:00:00",
    "2021-02-29T10:00:00",
    "2021-04-31 10:00:00",
    "2021-03-10T25:00:00",
    "2021-03-10T10:60:00",
    "2021-03-10T10:00:00+25:00",
    "2021-03-10T10:00:00Zurich",
    "10/03/2021 10:00",
    "２０２１-03-10T10:00:00",
    "1981-03-29T02:30:00",
    "2045-03-26T02:30:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999-12:00",
)

# Spellings of one name, and beside them names that only look alike.
NAMES = (
    ("Straße AG", "STRASSE AG", " strasse\u00a0 ag", "ＳＴＲＡＳＳＥ\u3000AG", "Strase AG"),
    ("İstanbul Üni", "i\u0307stanbul u\u0308ni", "Istanbul Üni", "ıstanbul üni"),
    ("Oﬃce of Finance", "OFFICE OF FINANCE", "office\tof\nﬁnance", "Office ofFinance"),
    ("Δρόμος", "ΔΡΌΜΟΣ", "δρόμοσ", "Δρομος"),
    ("Κα\u0390κι", "ΚΑ\u03aa\u0301ΚΙ", "Καικι"),
    ("Ministry of ICT", "MINISTRY OF ICT", "MoICT", "M.o.ICT", "the ministry"),
    ("Acme", "ACME", "Ac\u00adme", "Acme\u200b"),
)

# Ids that are one and the same to whoever takes them for numbers or words, or trims them.
VOTE_IDS: tuple[str, ...] = (
    "9",
    "10",
    "v-2",
    "V-2",
    "00000000000000001",
    "1",
    "01",
    "14881234567890124",
    "ﬁ",
)
VOTE_IDS += (
    "fi",
    "\U0001d7d9",
    "é",
    "e\u0301",
    "v 1",
    "v,1",
    'v"1',
    "v 1 ",
    "v\n2",
    "null",
    "ſ",
    "s",
)
MEMBER_IDS: tuple[str, ...] = ("m1", "M1", "00042", "42", "é", "e\u0301", "20210000000000017")
MEMBER_IDS += ("20210000000000018", "m 1", "m 1 ", "ß", "SS", "ss", "ａ", "a", "A", "K", "\u212a")
PROJECT_IDS = ("00000000000000017", "17", "14881234567890123", "014881234567890123", "p", "P", "p ")
UNNAMED = "a vote without an id so far"
BLANKS = ("", " ", "\u00a0", "\u3000\t")


@dataclass(frozen=True)
class Row:
    """A row of an export of votes."""

    cells: tuple[str, ...]
    """In the order of FIELDS; each file has an order of its own."""
    missing: int = 0
    """So many cells are cut off at the end of the row."""
    added: tuple[str, ...] = ()

    def but(self, field: int, text: str) -> "Row":
        """The row with another text in one field."""
        return replace(self, cells=(*self.cells[:field], text, *self.cells[field + 1 :]))

    def in_columns(self, order: Sequence[int]) -> list[str]:
        """The cells as a file with these columns has them."""
        cells = [self.cells[field] for field in order]
        return [*cells[: len(cells) - self.missing], *self.added]


@dataclass(frozen=True)
class Export:
    """How a system writes an export of votes."""

    name: str
    columns: tuple[int, ...] = (0, 1, 2, 3, 4)
    line_end: str = "\n"
    mark: bool = False
    """With a byte order mark."""
    quote_all: bool = False
    blank_lines: bool = False


PLAIN = Export("votes.csv")
# A lone carriage return is not put into quotes by itself.
QUOTED = replace(PLAIN, quote_all=True)


@dataclass(frozen=True)
class Election:
    """A contest with all that its vote is counted from."""

    definition: str
    settings: Settings
    rows: tuple[tuple[int, Row], ...]
    """Each row of votes with the export that it is in."""
    exports: tuple[Export, ...]
    members: tuple[tuple[str, ...], ...]
    nominees: tuple[tuple[str, ...], ...]
    organizations: tuple[tuple[str, str], ...] | None
    same_members: tuple[tuple[str, ...], ...] = ()
    """Accounts of which a decision says that they are one person's."""

    @property
    def votes(self) -> tuple[Row, ...]:
        """The rows of all exports."""
        return tuple(row for _, row in self.rows)


MEMBERS_HEADER = (
    "member_id",
    "username",
    "email",
    "organization",
    "organization_type",
    "country",
)
NOMINEES_HEADER = (
    "submission_id",
    "category",
    "title",
    "entity",
    "submitter_organization",
    "country",
)

# --- Drawing them --------------------------------------------------------------------------------


def in_seconds(text: str, zone: str) -> int:
    """A time of a definition, in seconds since 1970."""
    instant = instant_of(text, ZoneInfo(zone))
    assert instant is not None
    return instant[0]


def further_spellings_of(category: dict[str, Any]) -> list[str]:
    """Every way to write a category but its id: number, names, aliases."""
    name = category["name"]
    return [
        *([str(category["number"])] if "number" in category else []),
        *(name.values() if isinstance(name, dict) else [name]),
        *category.get("aliases", ()),
    ]


def spellings_of(settings: Settings) -> list[str]:
    """Every way to write any category."""
    return [text for id_, others in settings.categories.items() for text in (id_, *others)]


def defined(
    window: tuple[str, str, str],
    categories: Sequence[dict[str, Any]],
    optional: Iterable[str],
    further_profile: Iterable[str],
    second_vote: Literal["first", "last", "none"],
    cuts: tuple[int, int],
) -> tuple[str, Settings]:
    """A definition as YAML, and what it says."""
    zone, opens, closes = window
    honoured, pool = cuts
    reasons = frozenset({*ALWAYS, *optional})
    has_profile = reasons & {"incomplete_profile", "own_project"}
    profile = ["organization", *further_profile] if has_profile else []
    definition = {
        "contest": "drawn",
        "name": "A drawn contest",
        "time_zone": zone,
        "phases": {"voting": {"opens": opens, "closes": closes}},
        "categories": categories,
        "voting": {
            "phase": "voting",
            "profile": profile,
            "second_vote": second_vote,
            "reasons": {reason: {"clause": CLAUSES.get(reason)} for reason in sorted(reasons)},
        },
        "panel": {"honoured": honoured, "pool": pool},
        "clauses": [
            {
                "id": clause,
                "where": "here",
                "decided_by": "machine",
                "enforced_by": sorted(each for each in reasons if CLAUSES.get(each) == clause),
                "says": "So it is.",
            }
            for clause in sorted(set(CLAUSES.values()))
        ],
    }
    settings = Settings(
        zone=ZoneInfo(zone),
        opens=in_seconds(opens if "T" in opens else f"{opens}T00:00:00", zone),
        closes=in_seconds(closes if "T" in closes else f"{closes}T23:59:59", zone),
        profile=tuple(profile),
        reasons=tuple(sorted(reasons)),
        second_vote=second_vote,
        categories={category["id"]: further_spellings_of(category) for category in categories},
        honoured=honoured,
        pool=pool,
    )
    return yaml.safe_dump(definition, allow_unicode=True, sort_keys=False), settings


def drawn_definition(dice: Random) -> tuple[str, Settings]:
    """A definition, with everything that one may say otherwise than another."""
    honoured = dice.randint(1, 4)
    return defined(
        dice.choice(WINDOWS),
        dice.sample(CATEGORIES, dice.randint(1, 3)),
        [reason for reason in OPTIONAL if dice.random() < 0.6],
        [field for field in ("email", "country") if dice.random() < 0.5],
        dice.choice(["first", "last", "none"]),
        (honoured, dice.choice([honoured, dice.randint(1, honoured)])),
    )


def ahead(second: int, zone: tzinfo) -> int:
    """How many seconds the clocks of a zone are ahead of UTC."""
    offset = datetime.fromtimestamp(second, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


@cache
def changes(zone: tzinfo, opens: int, closes: int) -> tuple[tuple[int, int, int], ...]:
    """When the clocks change in or near a window, and how far ahead they are before and after."""
    found = []
    for second in range(opens - opens % 1800 - 86400, closes + 86400, 1800):
        before, after = ahead(second - 1, zone), ahead(second, zone)
        if before != after:
            found.append((second, before, after))
    return tuple(found)


def clock(second: int, between: str) -> str:
    """What a clock shows that is `second` seconds after the first of January 1970."""
    shown = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    return f"{shown:%Y-%m-%d}{between}{shown:%H:%M:%S}"


class Times:
    """The times of an election: a few instants, so that votes meet in them, written in many ways.

    They lie at and around both ends of the window, around changes of the clocks, and within.
    """

    def __init__(self, dice: Random, settings: Settings) -> None:
        self.settings = settings
        self.changes = changes(settings.zone, settings.opens, settings.closes)
        within = [settings.opens, settings.closes, (settings.opens + settings.closes) // 2]
        near = within + [change[0] for change in self.changes]
        digits = ["", "", "0", "5", "000000001", "000000002", "999999999999"]
        off = [0, 1, -1, 900, -1800, 3599]
        seconds = [dice.choice(within), dice.choice(within), dice.choice(near) + dice.choice(off)]
        self.instants = [(second, end) for second in seconds for end in dice.sample(digits, 3)]

    def text(self, dice: Random) -> str:
        """Mostly one of the instants, else an hour that is skipped or repeated, else no time."""
        chance = dice.random()
        if chance < 0.03:
            return dice.choice(ODD_TIMES)
        if chance < 0.1 and self.changes:
            second, before, after = dice.choice(self.changes)
            off = dice.choice([-1, 0, 1, 900, 1799, -1800, 3599, 3600])
            return clock(second + off + dice.choice([before, after]), "T")
        return self.written(dice, *dice.choice(self.instants))

    def written(self, dice: Random, second: int, digits: str) -> str:
        """One of the ways to write an instant."""
        offsets = {"Z": 0, "+00:00": 0, "+02:00": 7200, "-0530": -19800, "+14": 50400}
        # Without an offset, on the contest's clock.
        offsets[""] = ahead(second, self.settings.zone)
        offset = dice.choice(["", "", *offsets])
        shown = clock(second + offsets[offset], dice.choice("T "))
        digits += dice.choice(["", "", "0"])
        return shown + (dice.choice(".,") + digits if digits else "") + offset


def drawn_member(dice: Random, member_id: str, names: Sequence[str]) -> tuple[str, ...]:
    """A member, perhaps with gaps in the profile."""
    profile = ["x" if dice.random() < 0.95 else dice.choice(BLANKS) for _ in range(5)]
    if dice.random() < 0.8:
        profile[MEMBERS_HEADER.index("organization") - 1] = dice.choice(names)
    return (member_id, *profile)


def drawn_nominee(
    dice: Random, project: str, settings: Settings, names: Sequence[str]
) -> tuple[str, ...]:
    """A nominee, perhaps of an organization that voters are of."""
    category = otherwise(dice, dice.choice([*settings.categories, *spellings_of(settings)]))
    entity, submitter = (
        dice.choice(names) if dice.random() < 0.5 else dice.choice(["Nobody else", *BLANKS])
        for _ in range(2)
    )
    return (project, category, "A title", entity, submitter, "CHE")


def drawn_visit(dice: Random, election: Election, times: Times) -> list[Row]:
    """What one person leaves behind: votes, second votes, and votes with one fault or several."""
    settings = election.settings
    member_id = dice.choice([row[0] for row in election.members] or MEMBER_IDS)
    ballot = dice.sample(election.nominees, min(len(election.nominees), dice.randint(1, 4)))
    if dice.random() < 0.5:
        # Something in every category, for contests that demand it.
        ballot += {meant(row[1], settings): row for row in election.nominees}.values()
    rows = []
    for project, category, *_ in ballot or [("p", next(iter(settings.categories)))]:
        id_ = meant(category, settings)
        written = otherwise(dice, dice.choice([id_, *settings.categories[id_]]))
        row = Row((UNNAMED, member_id, written, project, times.text(dice)))
        for _ in range(dice.choice([0, 0, 0, 0, 0, 0, 1, 1, 2, 3])):
            row = with_fault(dice, row, settings)
        rows.append(row)
    return rows


def meant(category: str, settings: Settings) -> str:
    """The id of a category that there is."""
    found = category_of(category, settings)
    assert found is not None
    return found


def otherwise(dice: Random, category: str) -> str:
    """A category as people write it: now and then in another case, with another dash, with spaces."""
    if dice.random() < 0.8:
        return category
    category = dice.choice([category.upper(), category.lower(), category.replace("-", "–")])
    return dice.choice(["", " ", "\u00a0"]) + category


SPOILS = ("time", "blank", "width")


def with_fault(dice: Random, row: Row, settings: Settings) -> Row:
    """The row with one more reason not to be counted, but perhaps it is none."""
    fault = dice.choice(["stranger", "project", "project", "category", "category", *SPOILS])
    if fault == "stranger":
        return row.but(MEMBER_ID, dice.choice([*MEMBER_IDS, "nobody"]))
    if fault == "project":
        return row.but(SUBMISSION_ID, dice.choice([*PROJECT_IDS, "nothing"]))
    if fault == "category":
        return row.but(CATEGORY, dice.choice([*spellings_of(settings), "C7", "政", "0"]))
    if fault == "time":
        return row.but(CAST_AT, dice.choice(ODD_TIMES))
    if fault == "blank":
        return row.but(dice.choice(range(5)), dice.choice(BLANKS))
    missing, added = dice.choice([(1, ()), (4, ()), (0, ("",)), (0, ("x", "")), (1, ("",))])
    return replace(row, missing=missing, added=added)


def drawn_votes(election: Election, visits: Sequence[int], times: Times) -> tuple[Row, ...]:
    """The rows of all visits, each with an id of its own but where a row is sent again."""
    rows: list[Row] = []
    ids = [*VOTE_IDS, *(f"v{number}" for number in range(1000))]
    for visit in visits:
        dice = seeded(visit)
        for row in drawn_visit(dice, election, times):
            vote_id = ids.pop(dice.randrange(len(VOTE_IDS)))
            rows.append(row.but(VOTE_ID, vote_id) if row.cells[VOTE_ID] == UNNAMED else row)
        if dice.random() < 0.2:
            rows.append(dice.choice(rows))
        if dice.random() < 0.1:
            # The id of a good row on one with a cell too many: such a row contradicts nobody.
            rows.append(replace(dice.choice(rows), missing=0, added=("",)).but(MEMBER_ID, "M1"))
    if seeded(sum(visits)).random() < 0.5:
        # Files in which each comma parts two cells may be read by another way, and must be too.
        of_width = [row for row in rows if not row.missing and not row.added]
        rows = [Row(tuple(without_marks(text) for text in row.cells)) for row in of_width]
    return tuple(rows)


def without_marks(text: str) -> str:
    """The text without what makes CSV put it in quotes."""
    return text.replace(",", ".").replace('"', "'").replace("\n", " ")


def split(dice: Random, election: Election) -> Election:
    """The same votes in one file or several, in other places."""
    # The same file name in several folders, as exports of several systems have it.
    names = dice.choice([("c.csv",), ("b.csv", "a.csv"), ("b/v.csv", "a/v.csv", "v.csv")])
    return replace(
        election,
        rows=tuple((dice.randrange(len(names)), row) for row in shuffled(dice, election.votes)),
        exports=tuple(
            Export(
                name,
                columns=shuffled(dice, range(5)),
                line_end=dice.choice(["\n", "\r\n"]),
                mark=dice.random() < 0.3,
                quote_all=dice.random() < 0.3,
                blank_lines=dice.random() < 0.1,
            )
            for name in names
        ),
    )


def shuffled(dice: Random, things: Iterable[T]) -> tuple[T, ...]:
    """The things in another order."""
    listed = list(things)
    return tuple(dice.sample(listed, len(listed)))


def seeded(seed: int) -> Random:
    """Dice that fall the same way every time."""
    return Random(seed)  # noqa: S311 - these are no secrets


SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def elections(draw: st.DrawFn) -> Election:
    """A whole contest.

    Each member, nominee and visit is thrown with dice of its own: they can be left out one by one
    when a failure is made small, and the others stay as they are.
    """
    dice = seeded(draw(SEEDS))
    definition, settings = drawn_definition(dice)
    names = [name for family in dice.sample(NAMES, 2) for name in family]
    links = [*names, "a link", "", " "]
    election = Election(
        definition,
        settings,
        rows=(),
        exports=(PLAIN,),
        members=tuple(
            drawn_member(seeded(seed), member_id, [*names, *names, *BLANKS])
            for member_id, seed in zip(
                dice.sample(MEMBER_IDS, len(MEMBER_IDS)),
                draw(st.lists(SEEDS, min_size=8, max_size=len(MEMBER_IDS))),
                strict=False,
            )
        ),
        nominees=tuple(
            drawn_nominee(seeded(seed), project, settings, names)
            for project, seed in zip(
                dice.sample(PROJECT_IDS, len(PROJECT_IDS)),
                draw(st.lists(SEEDS, min_size=3, max_size=len(PROJECT_IDS))),
                strict=False,
            )
        ),
        organizations=dice.choice(
            [None, tuple((dice.choice(links), dice.choice(links)) for _ in range(4))]
        ),
        same_members=tuple(
            tuple(dice.sample([*MEMBER_IDS, "no member"], dice.choice([2, 2, 3])))
            for _ in range(dice.choice([0, 0, 1, 3]))
        ),
    )
    times = Times(dice, settings)
    votes = drawn_votes(election, draw(st.lists(SEEDS, min_size=8, max_size=40)), times)
    # Equal rows of members or nominees are one record.
    again = dice.sample(election.members, min(len(election.members), dice.choice([0, 0, 1, 2])))
    election = replace(
        election,
        rows=tuple((0, row) for row in votes),
        members=shuffled(dice, [*election.members, *again]),
        nominees=shuffled(dice, [*election.nominees, *election.nominees[: dice.choice([0, 0, 1])]]),
    )
    return split(dice, election)


# --- Running both counts -------------------------------------------------------------------------


@dataclass(frozen=True)
class Files:
    """Where the inputs of an election were written."""

    votes: tuple[Path, ...]
    members: Path
    nominees: Path
    organizations: Path | None
    decisions: Path

    @property
    def roles(self) -> dict[str, Sequence[Path]]:
        """The files of each option."""
        return {
            "votes": self.votes,
            "members": [self.members],
            "nominees": [self.nominees],
            "organizations": [self.organizations] if self.organizations else [],
            "decisions": [self.decisions],
        }


def write(path: Path, rows: Iterable[Sequence[str]], export: Export = PLAIN) -> Path:
    """Write rows as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(
        text,
        lineterminator=export.line_end,
        quoting=csv.QUOTE_ALL if export.quote_all else csv.QUOTE_MINIMAL,
    )
    for number, row in enumerate(rows):
        writer.writerow(row)
        if export.blank_lines and number:
            text.write(export.line_end)
    encoding = "utf-8-sig" if export.mark else "utf-8"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_all(election: Election, folder: Path) -> Files:
    """Write all inputs of an election."""
    organizations = election.organizations
    return Files(
        tuple(
            write(
                folder / export.name,
                [
                    [FIELDS[field] for field in export.columns],
                    *(row.in_columns(export.columns) for at, row in election.rows if at == index),
                ],
                export,
            )
            for index, export in enumerate(election.exports)
        ),
        write(folder / "members.csv", [MEMBERS_HEADER, *election.members], QUOTED),
        write(folder / "nominees.csv", [NOMINEES_HEADER, *election.nominees]),
        None
        if organizations is None
        else write(folder / "organizations.csv", [("name", "same_as"), *organizations]),
        write_decisions(folder / "decisions.yaml", election),
    )


def write_decisions(path: Path, election: Election) -> Path:
    """Write which accounts are one person's."""
    signed = {"verdict": "confirm", "by": "the panel", "on": "2021-04-01", "reason": "asked them"}
    entries = [
        {"kind": "same-member", "member_ids": list(dict.fromkeys(ids)), **signed}
        for ids in dict.fromkeys(election.same_members)
    ]
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


@cache
def contest_of(definition: str) -> Contest:
    """Load a definition as from a file; to read one takes as long as to count."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.yaml"
        path.write_text(definition, encoding="utf-8")
        return load_contest(str(path))


def count(election: Election) -> Outcome:
    """The count under test."""
    with TemporaryDirectory() as folder:
        # In a folder of a known name: it is part of a file's name where nothing else tells.
        files = write_all(election, Path(folder) / "in")
        inputs = name_all(files.roles)
        views = TallyViews(recount=True)
        return views.run(contest_of(election.definition), inputs, lambda _: None, "en")


def count_again(election: Election) -> Recount:
    """The count it is held against."""
    with TemporaryDirectory() as folder:
        files = write_all(election, Path(folder) / "in")
        return recount_files(
            [(file.name, file.path) for file in name_all(files.roles).votes],
            files.members,
            files.nominees,
            files.organizations,
            election.settings,
            election.same_members,
        )


def tally_of(outcome: Outcome) -> dict[str, Any]:
    """What `tally.json` says."""
    tally: dict[str, Any] = json.loads(outcome.files["tally.json"])
    return tally


def table_of(outcome: Outcome, name: str) -> list[list[str]]:
    """The rows of a CSV result, the header first."""
    return list(csv.reader(io.StringIO(outcome.files[name].decode(), newline="")))


def rejections_of(outcome: Outcome) -> list[Rejection]:
    """The rejected votes, without the clauses."""
    return [
        Rejection(file, int(row), vote_id, reason)
        for vote_id, reason, _, file, row in table_of(outcome, "rejected-votes.csv")[1:]
    ]


def assert_agreement(election: Election) -> None:
    """Both counts say the same in every particular."""
    expected = count_again(election)
    outcome = count(election)
    tally = tally_of(outcome)
    settings = election.settings

    def in_zone(second: int) -> str:
        return datetime.fromtimestamp(second, settings.zone).isoformat()

    assert rejections_of(outcome) == expected.rejected
    assert tally == {
        "contest": "drawn",
        "window": {"opens": in_zone(settings.opens), "closes": in_zone(settings.closes)},
        "votes": expected.votes,
        "categories": expected.categories,
    }
    assert table_of(outcome, "rejected-votes.csv") == [
        ["vote_id", "reason", "clause", "file", "row"],
        *(
            [each.vote_id, each.reason, CLAUSES.get(each.reason, ""), each.file, str(each.row)]
            for each in expected.rejected
        ),
    ]
    assert table_of(outcome, "standings.csv") == [
        ["category", "rank", "submission_id", "votes"],
        *(
            [category["category"], str(place["rank"]), place["submission_id"], str(place["votes"])]
            for category in expected.categories
            for place in category["standings"]
        ),
    ]
    assert outcome.to_act_upon == any(category["ties"] for category in expected.categories)
    # As the product holds one beside the other: with numbers that no file has, and files read anew.
    assert outcome.warnings == ()
    assert any("no difference" in remark for remark in outcome.remarks)
    twice = in_repeated_hour(election)
    told = [remark for remark in outcome.remarks if "the hour that autumn repeats" in remark]
    assert [remark.split()[0] for remark in told] == [str(twice)] * (twice > 0)


def in_repeated_hour(election: Election) -> int:
    """How many votes say a time without an offset that was on the clock twice."""
    number = 0
    for at, row in election.rows:
        columns = election.exports[at].columns
        text = dict(zip(columns, row.in_columns(columns), strict=False)).get(CAST_AT, "")
        zone = election.settings.zone
        has_offset = re.search("(Z|[+-][0-9]{2}(:?[0-9]{2})?)$", text[len("2021-10-31") :])
        if instant_of(text, zone) is not None and not has_offset:
            local = datetime.fromisoformat(text[: len("2021-10-31T02:00")])
            first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
            number += first != second
    return number


# --- The tests -----------------------------------------------------------------------------------


@AGREEMENT
@given(elections())
def test_both_counts_agree(election: Election) -> None:
    assert_agreement(election)


@PROPERTY
@given(elections(), SEEDS)
def test_one_vote_id_for_two_texts_is_refused_by_both(election: Election, seed: int) -> None:
    dice = seeded(seed)
    good = [row for row in election.votes if not row.missing and not row.added]
    assume(good)
    row = dice.choice(good)
    field = dice.choice([MEMBER_ID, CATEGORY, SUBMISSION_ID, CAST_AT])
    text = "2021-03-10T10:00:00Z" if field == CAST_AT else row.cells[field] + "x"
    rows = shuffled(dice, [*election.rows, (0, row.but(field, text))])
    election = replace(election, rows=rows)
    try:
        count_again(election)
    except Unusable:
        with pytest.raises(UnusableInput, match="vote_id"):
            count(election)
    else:
        # The row was malformed already: then nothing is broken.
        assert_agreement(election)


@PROPERTY
@given(elections(), SEEDS)
def test_order_and_files_change_nothing(election: Election, seed: int) -> None:
    dice = seeded(seed)
    other = replace(
        split(dice, election),
        members=shuffled(dice, election.members),
        nominees=shuffled(dice, election.nominees),
        organizations=election.organizations and shuffled(dice, election.organizations),
    )
    one, two = count(election), count(other)
    assert one.files["tally.json"] == two.files["tally.json"]
    assert one.files["standings.csv"] == two.files["standings.csv"]


@PROPERTY
@given(elections(), SEEDS)
def test_other_member_ids_change_nothing(election: Election, seed: int) -> None:
    """Who is called how decides nothing: nor which id comes first, nor whether it looks like a number."""
    dice = seeded(seed)
    ids = sorted(
        {row.cells[MEMBER_ID] for row in election.votes} | {row[0] for row in election.members}
    )
    named = [identity for identity in ids if identity.strip()]
    fresh = [f"{number:04} m" for number in range(len(named))]
    others = dict(zip(named, dice.sample([*named, *fresh], len(named)), strict=True))
    other = replace(
        election,
        rows=tuple(
            (at, row.but(MEMBER_ID, others.get(row.cells[MEMBER_ID], row.cells[MEMBER_ID])))
            for at, row in election.rows
        ),
        members=tuple((others[identity], *rest) for identity, *rest in election.members),
        same_members=tuple(
            tuple(others.get(identity, identity) for identity in ids)
            for ids in election.same_members
        ),
    )
    one, two = count(election), count(other)
    for name in ("tally.json", "standings.csv", "rejected-votes.csv"):
        assert one.files[name] == two.files[name]


@PROPERTY
@given(elections(), SEEDS)
def test_a_rejected_vote_changes_no_place(election: Election, seed: int) -> None:
    dice = seeded(seed)
    new = dice.choice(drawn_visit(dice, election, Times(dice, election.settings)))
    if dice.random() < 0.5:
        new = with_fault(dice, new, election.settings)
    new = new.but(VOTE_ID, "the new one")
    added = replace(election, rows=shuffled(dice, [*election.rows, (0, new)]))
    reasons = {
        each.reason for each in count_again(added).rejected if each.vote_id == new.cells[VOTE_ID]
    }
    if new.missing or new.added:
        # Its id may be cut off.
        reasons = {"malformed"}
    assume(reasons)
    # Where no second vote counts, the first one falls with it.
    assume(reasons != {"second_vote"} or election.settings.second_vote != "none")
    assert tally_of(count(election))["categories"] == tally_of(count(added))["categories"]


@PROPERTY
@given(elections(), SEEDS)
def test_a_vote_more_never_lowers_a_rank(election: Election, seed: int) -> None:
    assume(election.nominees)
    dice, settings = seeded(seed), election.settings
    # A newcomer votes for one project in every category: complete where that is demanded.
    ballot = {
        meant(category, settings): project
        for project, category, *_ in shuffled(dice, election.nominees)
    }
    cast_at = clock(settings.opens, "T") + "Z"
    new = [
        (0, Row((f"new {category}", "newcomer", category, project, cast_at)))
        for category, project in ballot.items()
    ]
    newcomer = ("newcomer", "n", "n@n", "The newcomer's own", "n", "CHE")
    more = replace(
        election,
        members=(*election.members, newcomer),
        rows=shuffled(dice, [*election.rows, *new]),
    )
    before, after = places(count(election)), places(count(more))
    for project, was in before.items():
        gain = 1 if project in ballot.values() else 0
        assert after[project].votes == was.votes + gain
        if gain:
            assert after[project].rank <= was.rank
            assert after[project].honoured >= was.honoured
            assert after[project].pool >= was.pool


@dataclass(frozen=True)
class Place:
    """Where a project stands."""

    rank: int
    votes: int
    honoured: bool
    pool: bool


def places(outcome: Outcome) -> dict[str, Place]:
    """Every nominee's place."""
    return {
        place["submission_id"]: Place(
            place["rank"],
            place["votes"],
            place["submission_id"] in category["honoured"],
            place["submission_id"] in category["pool"],
        )
        for category in tally_of(outcome)["categories"]
        for place in category["standings"]
    }


def simple_election() -> Election:
    """One member, one nominee, one vote that counts."""
    definition, settings = defined(WINDOWS[0], CATEGORIES[:1], (), (), "first", (1, 1))
    return Election(
        definition,
        settings,
        rows=((0, Row(("v1", "m1", "C1", "p1", "2021-03-10T10:00:00"))),),
        exports=(QUOTED,),
        members=(("m1", "u", "e", "An organization", "t", "CHE"),),
        nominees=(("p1", "C1", "A title", "An entity", "", "CHE"),),
        organizations=None,
    )


@pytest.mark.parametrize(
    "cast_at", ["1942-05-04T01:30:00", "1981-03-29T02:30:00", "2105-03-29T02:30:00"]
)
def test_an_hour_that_any_spring_skipped(cast_at: str) -> None:
    simple = simple_election()
    skipped = simple.rows[0][1].but(VOTE_ID, "v2").but(CAST_AT, cast_at)
    assert_agreement(replace(simple, rows=((0, skipped), *simple.rows)))


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("field", [VOTE_ID, MEMBER_ID, CATEGORY, SUBMISSION_ID, CAST_AT])
def test_a_line_break_within_a_cell(field: int, line_break: str) -> None:
    simple = simple_election()
    broken = simple.rows[0][1].but(VOTE_ID, "v2").but(field, f"a{line_break}b")
    assert_agreement(replace(simple, rows=((0, broken), *simple.rows)))


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_line_break_within_a_profile(line_break: str) -> None:
    member = ("m1", "u", "e", f"An{line_break}organization", "t", "CHE")
    assert_agreement(replace(simple_election(), members=(member,)))


# The recount is only as good as its own reading of the contract: what it says of times and names
# is pinned to values that a person can work out.
@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2021-03-31T23:00:00", "2021-03-31 21:00:00"),
        ("2021-03-31 23:00:00+02:00", "2021-03-31 21:00:00"),
        ("2021-03-31T23:00", "2021-03-31 21:00:00"),
        ("2021-03-28T01:59:59", "2021-03-28 00:59:59"),
        ("2021-03-28T02:00:00", None),
        ("2021-03-28T02:59:59.999", None),
        ("2021-03-28T03:00:00", "2021-03-28 01:00:00"),
        ("2021-03-28T02:30:00+01:00", "2021-03-28 01:30:00"),
        ("2021-10-31T02:00:00", "2021-10-31 00:00:00"),
        ("2021-10-31T02:59:59", "2021-10-31 00:59:59"),
        ("2021-10-31T03:00:00", "2021-10-31 02:00:00"),
        ("2021-03-31", None),
        ("2021-02-29T00:00:00", None),
    ],
)
def test_the_recount_reads_times(text: str, utc: str | None) -> None:
    instant = instant_of(text, ZoneInfo("Europe/Zurich"))
    assert (None if instant is None else clock(instant[0], " ")) == utc


def test_the_recount_keeps_every_digit_of_a_second() -> None:
    one, two = (
        instant_of(f"2021-03-10T10:00:00.{'0' * 11}{end}Z", ZoneInfo("UTC")) for end in "12"
    )
    assert one is not None
    assert two is not None
    assert one < two


def test_the_recount_takes_any_number_of_digits() -> None:
    """More than Python makes a number of."""
    assert instant_of(f"2021-03-10T10:00:00.{'1' * 5000}Z", ZoneInfo("UTC")) is not None


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("1894-06-01T00:00:00", None),
        ("1894-06-01T00:30:13", None),
        ("1894-06-01T00:30:14", 3600),
        ("1894-06-01T00:29:14", None),
        ("1894-05-31T23:59:59", 1786),
    ],
)
def test_the_recount_knows_a_clock_that_changed_within_a_minute(
    text: str, ahead: int | None
) -> None:
    """Zurich went from its own time, 29 minutes and 46 seconds ahead, to that of Central Europe."""
    here, there = (instant_of(text, ZoneInfo(zone)) for zone in ("Europe/Zurich", "UTC"))
    assert there is not None
    assert (there[0] - here[0] if here else None) == ahead


def test_the_recount_joins_spellings_and_nothing_else() -> None:
    keys = [{name_key(name) for name in family} for family in NAMES]
    assert [len(family) for family in keys] == [2, 3, 2, 2, 2, 4, 3]
    assert {name_key(name) for name in BLANKS} == {""}


def has(election: Election, what: str) -> bool:
    """Whether a reason, or a tie at a cut, occurs in an election."""
    result = count_again(election)
    ties = [tie["cut"] for category in result.categories for tie in category["ties"]]
    return what in result.votes["rejected_by_reason"] or what in ties


@pytest.mark.parametrize("reason", ["own_project", "incomplete_ballot", "second_vote"])
def test_in_drawn_contests_it_matters_who_is_one_person(reason: str) -> None:
    def given(election: Election) -> set[Rejection]:
        return {vote for vote in count_again(election).rejected if vote.reason == reason}

    find(
        elections(),
        lambda election: given(election) != given(replace(election, same_members=())),
        settings=examples(AGREEMENT, max_examples=200, derandomize=True, phases=[Phase.generate]),
    )


@pytest.mark.parametrize("what", [*ALWAYS, *OPTIONAL, "honoured", "pool"])
def test_drawn_contests_are_trouble(what: str) -> None:
    # Agreement on contests in which nothing happens would prove nothing.
    find(
        elections(),
        lambda election: has(election, what),
        settings=examples(AGREEMENT, max_examples=200, derandomize=True, phases=[Phase.generate]),
    )
