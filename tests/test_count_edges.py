"""The count where one second, one digit or one letter decides; both counters, and what must come of it.

Small and quick: each mutant of the count's SQL meets these contests first.
"""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.support import VOTE_COLUMNS, Result, member, nominee, vote, write_csv, wsisctl
from wsisctl import recount
from wsisctl.contest.load import load_contest
from wsisctl.readers.files import InputFile
from wsisctl.stages.electorate import open_box, read_electorate
from wsisctl.stages.inputs import name_all
from wsisctl.stages.tally import TallyViews
from wsisctl.voting.second_count import settings_of


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Many members, and some nominees of C1."""
    write_csv(tmp_path / "members.csv", [member(f"m{number}") for number in range(1, 100)])
    write_csv(tmp_path / "nominees.csv", [nominee(f"p{number}") for number in range(1, 4)])
    return tmp_path


def tally(place: Path, *further: str) -> Result:
    given = ("--votes", "votes.csv", "--members", "members.csv", "--nominees", "nominees.csv")
    return wsisctl("tally", "--contest", "2021", *given, "--recount", *further, cwd=place)


def rejected(place: Path, *further: str) -> dict[str, str]:
    """The reason against each vote that does not count; both counters agree."""
    told = tally(place, "--out", "out", *further)
    assert "no difference" in told.err, told.err
    rows = (place / "out" / "rejected-votes.csv").read_text("utf-8").splitlines()[1:]
    return {row.split(",")[0]: row.split(",")[1] for row in rows}


IN_TIME = (
    "2021-03-31T21:00:00Z", "2021-03-31 21:00:00Z", "2021-03-31T21:00:00.999Z", "2021-03-31T21:00Z",
    "2021-03-31T23:00:00", "2021-03-31T23:00", "2021-03-31 23:00:00,5", "2021-03-31T23:00:00+02:00",
    "2021-04-01T02:45:00+0545", "2021-04-01T02:45+05:45", "2021-03-31T17:30:00-0330", "2021-03-31T17:30:00-03:30",
    "2021-03-31T09:00:00-12", "2021-04-01T11:00:00+14", "2021-03-31T21:00:00-00:00",
    "2021-02-28T23:00:00Z", "2021-03-01T00:00:00", "2021-03-01T00:00:00+01:00", "2021-02-28T11:00:00-12:00",
    "2021-03-28T01:59:59", "2021-03-28T03:00:00", "2021-03-28T02:30:00+01:00", "2021-03-10T09:59:59Z",
)  # fmt: skip
OUTSIDE = (
    "2021-03-31T21:00:01Z", "2021-03-31 21:00:01Z", "2021-03-31T21:00:01.000Z", "2021-03-31T21:01Z",
    "2021-03-31T23:00:01", "2021-03-31T23:01", "2021-03-31 23:00:01,5", "2021-03-31T23:00:01+02:00",
    "2021-04-01T02:45:01+0545", "2021-04-01T02:46+05:45", "2021-03-31T17:30:01-0330", "2021-03-31T17:30:01-03:30",
    "2021-03-31T09:00:01-12", "2021-04-01T11:00:01+14", "2021-03-31T21:00:01-00:00",
    "2021-02-28T22:59:59Z", "2021-02-28T23:59:59", "2021-02-28T23:59:59.999+01:00", "2021-02-28T10:59:59-12:00",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
)  # fmt: skip
NO_TIME = (
    "2021-03-10T10:00.5", "2021-03-10T10:00.5Z", "0000-06-01T10:00:00Z", "0000-06-01 10:00", "2021-03-28T02:00:00",
    "2021-03-28T02:59:59.9", "2021-02-29T10:00:00Z", "2021-04-31T10:00:00Z", "2021-03-10T24:00:00Z",
    "2021-03-10T10:60:00Z", "2021-03-10T10:00:60Z", "2021-03-10T10:00:00+24:00", "2021-03-10T10:00:00+02:60", "2021-03-10T10:00:00z",
    "2021-03-10t10:00:00Z", " 2021-03-10T10:00:00Z", "2021-3-10T10:00:00Z", "2021-13-10T10:00:00Z",
)  # fmt: skip


def test_every_way_to_write_a_time(place: Path) -> None:
    texts = (*IN_TIME, *OUTSIDE, *NO_TIME)
    votes = [vote(f"v{n}", f"m{n}", "p1", cast_at=text) for n, text in enumerate(texts, start=1)]
    write_csv(place / "votes.csv", votes)
    reasons = rejected(place)
    found = [reasons.get(f"v{n}") for n, _ in enumerate(texts, start=1)]
    expected = (
        [None] * len(IN_TIME) + ["outside_window"] * len(OUTSIDE) + ["malformed"] * len(NO_TIME)
    )
    assert dict(zip(texts, found, strict=True)) == dict(zip(texts, expected, strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((".05", "v9"), (".5", "v1")),
        ((".5", "v1"), (".50", "v2")),
        ((".50", "v1"), (".5", "v2")),
        (("", "v1"), (".0", "v2")),
        ((".0", "v1"), ("", "v2")),
        (("", "v9"), (".000000000001", "v1")),
        ((".1", "v10"), (".1", "v9")),
        ((".09", "v9"), (".1", "v1")),
        ((".9", "v9"), ("1", "v1")),
    ],
)
def test_of_two_votes_the_first(one: tuple[str, str], other: tuple[str, str], place: Path) -> None:
    """By the exact instant, and then by vote_id, as text; `1` is a second later."""
    votes = [
        vote(
            vote_id, "m1", project, cast_at=f"2021-03-10T10:00:0{'1' if end == '1' else '0' + end}Z"
        )
        for project, (end, vote_id) in (("p2", other), ("p1", one))
    ]
    write_csv(place / "votes.csv", votes)
    assert rejected(place) == {other[1]: "second_vote"}


def test_rows_that_repeat_nearly(place: Path) -> None:
    """Each of two votes comes twice, and they differ in the id alone: nothing else tells them apart."""
    one, other = vote("v1", "m1", "p1"), vote("v2", "m1", "p1")
    write_csv(place / "votes.csv", [one, other, one, other])
    assert "no difference" in tally(place, "--out", "out").err
    rows = (place / "out" / "rejected-votes.csv").read_text("utf-8").splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == ["second_vote", *["repeated_row"] * 2]


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        ("member_id", ("m1", "m2")),
        ("member_id", ("m1", "nobody")),
        ("member_id", ("nobody", "no one")),
        ("category", ("C1", "C2")),
        ("category", ("C1", "c1")),
        ("category", ("C1", "none")),
        ("category", ("none", "None")),
        ("submission_id", ("p1", "p2")),
        ("submission_id", ("p1", "nothing")),
        ("submission_id", ("nothing", "Nothing")),
        ("cast_at", ("2021-03-10T12:00:00Z", "2021-03-10T12:00:01Z")),
        ("cast_at", ("2021-03-10T12:00:00Z", "2021-03-10 12:00:00Z")),
        ("cast_at", ("2021-03-10T12:00:00+01:00", "2021-03-10T12:00:00.0+01:00")),
        ("cast_at", ("2021-03-10T12:00:00", "2021-03-10T12:00:01")),
    ],
)
def test_one_vote_id_for_two_texts(column: str, texts: tuple[str, str], place: Path) -> None:
    """Known or not, as usual or not: whatever the texts are, they differ."""
    write_csv(place / "votes.csv", [vote("v1", "m1", "p1") | {column: text} for text in texts])
    told = tally(place)
    assert told.status == 3
    assert "vote_id v1 stands here again with another content" in told.err
    votes = [("votes.csv", place / "votes.csv")]
    paths = (place / "members.csv", place / "nominees.csv", None)
    with pytest.raises(recount.Unusable, match="vote_id v1 stands here again"):
        recount.recount_files(votes, *paths, settings_of(load_contest("2021")))


def test_of_equal_rows_the_first_goes_on_however_they_are_stored(place: Path) -> None:
    """A contest folder's own votes need not lie there in the order of their rows."""
    rows = [(*vote("v1", "m1", "p1").values(), True, "votes.csv", row) for row in (4, 3, 2)]
    names = [*VOTE_COLUMNS, "well_formed", "source_file", "source_row"]
    with duckdb.connect() as database:
        kinds = ["varchar"] * 5 + ["boolean", "varchar", "bigint"]
        columns = [f"{name} {kind}" for name, kind in zip(names, kinds, strict=True)]
        database.execute(f"create table t ({', '.join(columns)})")
        database.executemany("insert into t values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        database.table("t").to_parquet(str(place / "votes.parquet"))
    contest = load_contest("2021")
    inputs = {"members": [place / "members.csv"], "nominees": [place / "nominees.csv"]}
    stored = InputFile(place / "votes.parquet", "votes.parquet", canonical=True)
    named = replace(name_all(inputs), votes=(stored,))
    outcome = TallyViews(recount=True).run(contest, named, lambda _: None, "en")
    assert outcome.warnings == ()
    assert outcome.files["rejected-votes.csv"].decode().splitlines()[1:] == [
        "v1,repeated_row,,votes.csv,3",
        "v1,repeated_row,,votes.csv,4",
    ]


def test_an_organization_that_several_accounts_of_a_voter_share(place: Path) -> None:
    """It owns the project and sent it in: one reason for one vote, however often it applies."""
    people = [member(f"m{number}", organization="Entity p1") for number in (1, 2)]
    write_csv(place / "members.csv", [*people, member("m3"), member("m4")])
    projects = [nominee("p1", submitter_organization="ENTITY P1"), nominee("p2"), nominee("p3")]
    write_csv(place / "nominees.csv", projects)
    (place / "decisions.yaml").write_text(
        "- {kind: same-member, member_ids: [m1, m2, m3], verdict: confirm, by: a, on: 2021-04-01, reason: b}\n"
    )
    cast = [("v1", "m1", "p1"), ("v2", "m3", "p1"), ("v3", "m3", "p2"), ("v4", "m4", "p1")]
    write_csv(place / "votes.csv", [vote(*fields) for fields in cast])
    assert rejected(place, "--decisions", "decisions.yaml") == {"v1": "own_project", "v2": "own_project"}  # fmt: skip


@pytest.mark.parametrize("role", ["entity", "submitter_organization"])
def test_the_organization_of_a_voters_other_account(role: str, place: Path) -> None:
    write_csv(
        place / "members.csv", [member("m1", organization="Acme"), member("m2"), member("m3")]
    )
    write_csv(place / "nominees.csv", [nominee("p1", **{role: "ACME"})])
    (place / "decisions.yaml").write_text(
        "- {kind: same-member, member_ids: [m1, m2], verdict: confirm, by: a, on: 2021-04-01, reason: b}\n"
    )
    write_csv(place / "votes.csv", [vote("v2", "m2", "p1"), vote("v3", "m3", "p1")])
    assert rejected(place, "--decisions", "decisions.yaml") == {"v2": "own_project"}


def test_a_whole_row_does_not_repeat_one_that_was_cut_short(place: Path) -> None:
    """All that the count looks at is equal: a cell is missing in a column that it does not know."""
    row = ",".join(vote("v1", "m1", "p1").values())
    text = f"{','.join(VOTE_COLUMNS)},browser\n{row}\n{row},x\n{row},x\n"
    (place / "votes.csv").write_text(text)
    assert "no difference" in tally(place, "--out", "out").err
    rows = (place / "out" / "rejected-votes.csv").read_text("utf-8").splitlines()[1:]
    assert rows == ["v1,malformed,,votes.csv,2", "v1,repeated_row,,votes.csv,4"]


def test_the_verdict_in_full(place: Path) -> None:
    """What stories of votes are told from: numbers have become texts again, known or not."""
    second = 1_615_374_000  # 2021-03-10T11:00:00Z
    write_csv(
        place / "votes.csv",
        [
            vote("v1", "m1", "p1", cast_at="2021-03-10T11:00:00Z"),
            vote("v2", "nobody", "p2", category="c2", cast_at="2021-03-10T12:00:00.50"),
            vote("v3", "m2", "nothing", category="none", cast_at="yesterday"),
        ],
    )
    contest = load_contest("2021")
    given = {name: [place / f"{name}.csv"] for name in ("votes", "members", "nominees")}
    inputs = name_all(given)
    electorate = read_electorate(contest, inputs, lambda _: None)
    with open_box(contest, inputs, electorate, lambda _: None) as box:
        found = box.database.execute(
            "select vote_id, member_id, cast_as, category, submission_id, second, decimals, reason "
            "from considered order by vote_id"
        ).fetchall()
    assert found == [
        ("v1", "m1", "C1", "C1", "p1", second, "", None),
        ("v2", "nobody", "c2", "C2", "p2", second, "5", "unregistered"),
        ("v3", "m2", "none", "", "nothing", None, "", "malformed"),
    ]
