"""The hard input of the count, each by example: what arrives, and what becomes of every vote.

| what arrives                                     | below                        | and                                            |
|--------------------------------------------------|------------------------------|------------------------------------------------|
| NULL or malformed times and ids, Parquet's too   | "Nothing, or nonsense"       | test_times, test_reasons, test_imports         |
| members listed twice, equal and different        | "Members twice"              | test_merging (newer exports), test_recount     |
| one e-mail address under two member ids          | tests/test_same_email.py     | golden/one-person-several-accounts             |
| votes across several files, overlapping exports  | "Several files"              | test_recount (any split), test_imports         |
| the hours that summer time skips or repeats      | "Hours"                      | test_times (every zone, both ways to read)     |
| ids of 17 digits                                 | "Long ids"                   | corpus/rejected/votes, test_recount            |
| categories under any alias                       | "Categories"                 | test_definitions (what each spelling means)    |
| an empty file, a file with a header alone        | "Nothing in a file"          | test_inputs_people_send                        |
| the three policies of second votes               | "Second votes"               | test_reasons, test_recount                     |
| complete ballots                                 | "Complete ballots"           | test_editions, golden/every-category-demanded  |
| window limits to the second, with amendments     | "The window"                 | test_amendments, test_reasons                  |
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support import (
    REPOSITORY,
    VOTE_COLUMNS,
    Result,
    member,
    nominee,
    vote,
    write_csv,
    wsisctl,
)
from wsisctl.contest.load import load_contest

Row = Mapping[str, str | None]
TESTS = Path(__file__).parent


# --- Files of votes ------------------------------------------------------------------------------


def as_csv(rows: Sequence[Row], path: Path) -> None:
    write_csv(path, rows, VOTE_COLUMNS)


def as_quoted_csv(rows: Sequence[Row], path: Path) -> None:
    """Another way into the count: DuckDB itself splits a CSV file only where nothing is quoted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, VOTE_COLUMNS, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)


def as_json(rows: Sequence[Row], path: Path) -> None:
    path.write_text(json.dumps(rows), "utf-8")


def as_json_lines(rows: Sequence[Row], path: Path) -> None:
    """A value that is not there has no key."""
    given = ({key: value for key, value in row.items() if value is not None} for row in rows)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in given), "utf-8")


def as_parquet(rows: Sequence[Row], path: Path) -> None:
    with duckdb.connect() as database:
        columns = ", ".join(f"{column} varchar" for column in VOTE_COLUMNS)
        database.execute(f"create table votes ({columns})")
        for row in rows:
            database.execute(
                "insert into votes values (?, ?, ?, ?, ?)", [row[column] for column in VOTE_COLUMNS]
            )
        database.execute(f"copy votes to '{path}' (format parquet)")


FORMS: Mapping[str, Callable[[Sequence[Row], Path], None]] = {
    "plain.csv": as_csv,
    "quoted.csv": as_quoted_csv,
    "votes.json": as_json,
    "votes.jsonl": as_json_lines,
    "votes.parquet": as_parquet,
}
FIRST_ROW = {"votes.json": 1, "votes.jsonl": 1, "votes.parquet": 1}
every_form = pytest.mark.parametrize("form", FORMS)


# --- Counting them -------------------------------------------------------------------------------

MEMBERS = tuple(member(f"m{number}") for number in range(1, 8))
NOMINEES = (nominee("p1"), nominee("p2"), nominee("q1", "C2"))


@dataclass(frozen=True)
class Counted:
    """What a tally left behind."""

    result: Result
    tally: Mapping[str, Any]
    reasons: Mapping[tuple[str, int], str]
    """By file and row."""

    @property
    def standings(self) -> dict[str, int]:
        """Each nominee's votes."""
        return {
            place["submission_id"]: place["votes"]
            for category in self.tally["categories"]
            for place in category["standings"]
        }


def run_tally(folder: Path, files: Sequence[str], contest: str | Path = "2021") -> Result:
    options = [word for name in files for word in ("--votes", name)]
    return wsisctl(
        "tally", "--contest", contest, *options, "--members", "members.csv",
        "--nominees", "nominees.csv", "--out", "out", cwd=folder,
    )  # fmt: skip


def counted(
    folder: Path,
    files: Mapping[str, Sequence[Row]],
    members: Sequence[Mapping[str, str]] = MEMBERS,
    nominees: Sequence[Mapping[str, str]] = NOMINEES,
    contest: str | Path = "2021",
) -> Counted:
    """Each file is written in the form that its name says."""
    write_csv(folder / "members.csv", members)
    write_csv(folder / "nominees.csv", nominees)
    for name, rows in files.items():
        write = as_quoted_csv if name.startswith("quoted") else FORM_OF[Path(name).suffix]
        write(rows, folder / name)
    result = run_tally(folder, list(files), contest)
    assert result.status in {0, 1}, result.err
    with (folder / "out" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        reasons = {(row["file"], int(row["row"])): row["reason"] for row in csv.DictReader(file)}
    tally = json.loads((folder / "out" / "tally.json").read_text("utf-8"))
    assert tally["votes"]["read"] == sum(map(len, files.values()))
    assert tally["votes"]["rejected"] == len(reasons)
    return Counted(result, tally, reasons)


FORM_OF = {Path(name).suffix: write for name, write in FORMS.items() if name != "quoted.csv"}


def verdicts(folder: Path, rows: Sequence[Row], contest: str | Path = "2021") -> list[str | None]:
    """The reason against each vote of one file, None for one that counts."""
    told = counted(folder, {"votes.csv": rows}, contest=contest)
    return [told.reasons.get(("votes.csv", number)) for number, _ in enumerate(rows, 2)]


def edition(folder: Path, *changes: tuple[str, str]) -> Path:
    """The edition of 2021 with other texts in it."""
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "edition.yaml"
    path.write_text(text, "utf-8")
    return path


# --- Nothing, or nonsense ------------------------------------------------------------------------


@every_form
@pytest.mark.parametrize("nothing", [None, "", " ", "\u00a0\u3000"])
def test_a_vote_without_one_of_its_five_fields_is_malformed_whatever_the_file(
    form: str, nothing: str | None, tmp_path: Path
) -> None:
    spoilt = [
        {**vote(f"v{number}", f"m{number}", "p1"), column: nothing}
        for number, column in enumerate(VOTE_COLUMNS, 1)
    ]
    told = counted(tmp_path, {form: [*spoilt, vote("v6", "m6", "p1")]})
    first = FIRST_ROW.get(form, 2)
    assert told.reasons == {(form, first + number): "malformed" for number in range(5)}
    assert told.standings["p1"] == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        "yesterday",
        "2021-03-10",
        "10/03/2021 12:00",
        "2021-02-30T12:00:00",
        "2021-03-10T24:00:00",
        "2021-03-10T12:00:60",
        "2021-03-10T12:00:00+25:00",
        "2021-03-10T12:00:00 CET",
        "1615374000",
        "44265.5",
        "0000-00-00 00:00:00",
        "NULL",
    ],
)
def test_what_is_no_time_is_malformed(nonsense: str, tmp_path: Path) -> None:
    rows = [vote("v1", "m1", "p1", cast_at=nonsense), vote("v2", "m1", "p1")]
    assert verdicts(tmp_path, rows) == ["malformed", None], "and it is no first vote"


def test_null_written_out_is_an_id_like_any_other(tmp_path: Path) -> None:
    """Some people's ids are such; whoever takes them for nothing loses a vote."""
    words = ("NULL", "null", "None", "NaN", "NA", "0", "-")
    members = [member(word) for word in words]
    rows = [vote(word, word, "p1") for word in words]
    for form in FORMS:
        assert counted(tmp_path, {form: rows}, members).reasons == {}


def test_ids_are_compared_sign_by_sign(tmp_path: Path) -> None:
    near = ("M1", "m1 ", " m1", "m\u200b1", "ｍ1", "01", "m01")
    assert verdicts(tmp_path, [vote(f"v{n}", text, "p1") for n, text in enumerate(near)]) == [
        "unregistered"
    ] * len(near)


def test_malformed_rows_that_share_a_vote_id_contradict_nobody(tmp_path: Path) -> None:
    rows = [
        vote("v1", "m1", "p1"),
        vote("v1", "m2", "p2", cast_at="yesterday"),
        vote("v1", "m1", "p1"),
        vote("v1", "", "p2"),
    ]
    assert verdicts(tmp_path, rows) == [None, "malformed", "repeated_row", "malformed"]


# --- Members twice -------------------------------------------------------------------------------


def test_a_member_listed_twice_with_equal_rows_is_one_voter(tmp_path: Path) -> None:
    rows = [vote("v1", "m1", "p1"), vote("v2", "m1", "p2", cast_at="2021-03-11T12:00:00Z")]
    told = counted(tmp_path, {"votes.csv": rows}, [*MEMBERS, member("m1"), member("m1")])
    assert told.tally["votes"]["counted"] == 1
    assert told.reasons == {("votes.csv", 3): "second_vote"}
    assert "2 rows that repeat others were merged in the members" in told.result.err
    assert "Votes of 1 member counted" in told.result.out


def test_a_member_listed_twice_with_different_rows_stops_the_count(tmp_path: Path) -> None:
    counted(tmp_path, {"votes.csv": [vote("v1", "m1", "p1")]})
    write_csv(tmp_path / "members.csv", [*MEMBERS, member("m1", country="KEN")])
    result = run_tally(tmp_path, ["votes.csv"])
    assert (result.status, result.out) == (3, "")
    assert "members.csv:9" in result.err
    assert "members.csv:2" in result.err


# --- Several files -------------------------------------------------------------------------------


def test_overlapping_exports_of_every_form_count_each_vote_once(tmp_path: Path) -> None:
    cast = [vote(f"v{number}", f"m{number}", "p1") for number in range(1, 7)]
    files = {
        "a.parquet": cast[:3],
        "b.csv": [cast[1], cast[3]],
        "c.jsonl": [cast[0], cast[4], cast[4]],
        "d.json": cast,
    }
    told = counted(tmp_path, files)
    assert told.standings["p1"] == 6
    repeated = {("b.csv", 2), ("c.jsonl", 1), ("c.jsonl", 3), *(("d.json", n) for n in range(1, 6))}
    assert told.reasons == dict.fromkeys(repeated, "repeated_row"), (
        "the first file by name keeps it"
    )


@every_form
def test_one_file_given_twice_under_two_names_counts_once(form: str, tmp_path: Path) -> None:
    cast = [vote(f"v{number}", f"m{number}", "p1") for number in range(1, 4)]
    (tmp_path / "monday").mkdir()
    (tmp_path / "tuesday").mkdir()
    write_csv(tmp_path / "members.csv", MEMBERS)
    told = counted(tmp_path, {f"{day}/{form}": cast for day in ("tuesday", "monday")})
    assert told.standings["p1"] == 3
    assert {file for file, _ in told.reasons} == {f"tuesday/{form}"}


def test_a_second_vote_in_another_file_is_a_second_vote(tmp_path: Path) -> None:
    late = vote("v1", "m1", "p1", cast_at="2021-03-11T12:00:00Z")
    files = {"a.csv": [late], "b.csv": [vote("v2", "m1", "p2", cast_at="2021-03-10T12:00:00Z")]}
    assert counted(tmp_path, files).reasons == {("a.csv", 2): "second_vote"}


def test_one_vote_spelled_otherwise_in_another_file_is_a_broken_export(tmp_path: Path) -> None:
    """The same instant under another offset: nobody can tell whether somebody touched it."""
    counted(tmp_path, {"a.csv": [vote("v1", "m1", "p1", cast_at="2021-03-10T12:00:00+01:00")]})
    as_parquet([vote("v1", "m1", "p1", cast_at="2021-03-10T11:00:00Z")], tmp_path / "b.parquet")
    result = run_tally(tmp_path, ["b.parquet", "a.csv"])
    assert (result.status, result.out) == (3, "")
    assert "b.parquet:1: vote_id v1 stands here again" in result.err
    assert "a.csv:2" in result.err


# --- Hours ---------------------------------------------------------------------------------------


def test_in_the_hour_that_spring_skips_nothing_was_cast(tmp_path: Path) -> None:
    times = (
        "2021-03-28T01:59:59.999",
        "2021-03-28T02:00:00",
        "2021-03-28T02:59:59.999999999",
        "2021-03-28T03:00:00",
        "2021-03-28T02:30:00+02:00",
        "2021-03-28T02:30:00Z",
    )
    rows = [vote(f"v{n}", f"m{n}", "p1", cast_at=text) for n, text in enumerate(times, 1)]
    assert verdicts(tmp_path, rows) == [None, "malformed", "malformed", None, None, None]


UNTIL_AUTUMN = (
    "closes: 2021-03-31T23:00:00, clause: 2021-P3",
    "closes: 2021-10-31T02:30:00, clause: 2021-P3",
)
TO_APRIL = (
    "selection: {opens: 2021-04-01, closes: 2021-04-12", "selection: {opens: 2021-11-01, closes: 2021-11-12"
)  # fmt: skip


def test_in_the_hour_that_autumn_repeats_the_earlier_one_is_meant(tmp_path: Path) -> None:
    """The window closes in it, so that an hour more or less is in time or late."""
    times = {
        "2021-10-31T02:30:00": None,
        "2021-10-31T02:30:01": "outside_window",
        "2021-10-31T00:30:00Z": None,
        "2021-10-31T00:30:01Z": "outside_window",
        "2021-10-31T02:30:00+01:00": "outside_window",
        "2021-10-31T02:30:00+02:00": None,
        "2021-10-31T03:00:00": "outside_window",
    }
    rows = [vote(f"v{n}", f"m{n}", "p1", cast_at=text) for n, text in enumerate(times, 1)]
    contest = edition(tmp_path, UNTIL_AUTUMN, TO_APRIL)
    assert verdicts(tmp_path, rows, contest) == list(times.values())
    told = run_tally(tmp_path, ["votes.csv"], contest).err
    assert "2 votes without an offset in the hour that autumn repeats: the earlier hour" in told


def test_first_is_who_was_first_by_the_instant_and_not_by_the_text(tmp_path: Path) -> None:
    rows = [
        vote("v1", "m1", "p1", cast_at="2021-03-28T03:00:00"),
        vote("v2", "m1", "p2", cast_at="2021-03-28T00:59:59.9Z"),
    ]
    assert verdicts(tmp_path, rows) == ["second_vote", None]


# --- Long ids ------------------------------------------------------------------------------------

TWINS = ("20210000000000017", "20210000000000018")
"""As numbers of a spreadsheet, or of JavaScript, they are one."""


@every_form
def test_ids_of_17_digits_that_are_one_number_to_others_are_two(form: str, tmp_path: Path) -> None:
    members = [member(text) for text in (*TWINS, f"0{TWINS[0]}")]
    nominees = [nominee(text) for text in (*TWINS, f"0{TWINS[0]}")]
    pairs = zip(members, nominees, strict=True)
    rows = [
        vote(f"0{TWINS[0]}" if n == 2 else TWINS[n], who["member_id"], what["submission_id"])
        for n, (who, what) in enumerate(pairs)
    ]
    told = counted(tmp_path, {form: rows}, members, nominees)
    assert told.reasons == {}
    assert set(told.standings.values()) == {1}


def test_ids_of_17_digits_stay_whole_where_a_file_has_them_as_numbers(tmp_path: Path) -> None:
    members, nominees = [member(text) for text in TWINS], [nominee(text) for text in TWINS]
    numbers = ", ".join(
        f"{{\"vote_id\": {text}, \"member_id\": {text}, \"category\": 1, \"submission_id\": {text}, "
        '"cast_at": "2021-03-10T12:00:00Z"}'
        for text in TWINS
    )  # fmt: skip
    counted(tmp_path, {"none.csv": []}, members, nominees)
    (tmp_path / "votes.json").write_text(f"[{numbers}]", "utf-8")
    with duckdb.connect() as database:
        database.execute(
            "create table votes as select id as vote_id, id as member_id, 1 as category, "
            "id as submission_id, timestamptz '2021-03-10 12:00:00Z' as cast_at "
            "from unnest([$one::bigint, $other::bigint]) as ids(id)",
            {"one": int(TWINS[0]), "other": int(TWINS[1])},
        )
        database.execute(f"copy votes to '{tmp_path}/votes.parquet'")
    for name in ("votes.json", "votes.parquet"):
        result = run_tally(tmp_path, [name])
        assert "2 votes read = 2 counted + 0 rejected" in result.out, result.err


# --- Categories ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["2018", "2021"])
def test_a_vote_counts_under_every_spelling_of_its_category(name: str, tmp_path: Path) -> None:
    contest = load_contest(name)
    cast_at = {"2018": "2018-01-20T12:00:00Z", "2021": "2021-03-10T12:00:00Z"}[name]
    spelled = [
        (category.id, text)
        for category in contest.categories
        for alias in (category.id, *category.aliases)
        for text in (alias, alias.swapcase(), f" {alias}\u00a0", alias.replace("-", "\u2011"))
    ]
    assert len(spelled) >= 18 * 5 * 4, "id, number, two names, the site's and the letters'"
    nominees = [nominee(f"p-{category.id}", category.id) for category in contest.categories]
    members = [member(f"m{number}") for number, _ in enumerate(spelled)]
    rows = [
        vote(f"v{n}", f"m{n}", f"p-{identity}", category=text, cast_at=cast_at)
        for n, (identity, text) in enumerate(spelled)
    ]
    told = counted(tmp_path, {"votes.csv": rows}, members, nominees, name)
    assert told.reasons == {}
    assert told.standings == Counter(f"p-{identity}" for identity, _ in spelled)


@pytest.mark.parametrize(
    "text", ["C7", "C12", "0", "19", "C1.", "the role of governments", "\u0421\u0031"]
)
def test_what_names_no_category_is_a_wrong_one(text: str, tmp_path: Path) -> None:
    assert verdicts(tmp_path, [vote("v1", "m1", "p1", category=text)]) == ["wrong_category"]


def test_two_spellings_are_one_category_when_votes_are_second_votes(tmp_path: Path) -> None:
    rows = [
        vote("v1", "m1", "p1", category="C1"),
        vote("v2", "m1", "p2", category="WSIS C1行动方面：公共管理部门以及各利益相关方在推动ICT促发展方面的作用"),
        vote("v3", "m1", "q1", category="2"),
    ]  # fmt: skip
    assert verdicts(tmp_path, rows) == [None, "second_vote", None]


# --- Nothing in a file ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["votes", "members", "nominees"])
def test_an_empty_file_is_no_export(name: str, tmp_path: Path) -> None:
    counted(tmp_path, {"votes.csv": [vote("v1", "m1", "p1")]})
    (tmp_path / f"{name}.csv").write_bytes(b"")
    before = (tmp_path / "out" / "tally.json").read_bytes()
    result = run_tally(tmp_path, ["votes.csv"])
    assert (result.status, result.out) == (3, "")
    assert re.search(rf"{name}\.csv(:1)?: (the file )?(is )?empty", result.err), result.err
    assert (tmp_path / "out" / "tally.json").read_bytes() == before


def test_a_header_alone_is_an_export_without_votes(tmp_path: Path) -> None:
    told = counted(tmp_path, {"votes.csv": []})
    assert told.tally["votes"] == {"read": 0, "counted": 0, "rejected": 0, "rejected_by_reason": {}}
    assert told.standings == {"p1": 0, "p2": 0, "q1": 0}
    assert "votes.csv: no records in it" in told.result.err


def test_among_other_files_a_header_alone_adds_nothing(tmp_path: Path) -> None:
    rows = [vote("v1", "m1", "p1"), vote("v2", "m2", "p1")]
    alone = counted(tmp_path, {"b.csv": rows}).tally
    told = counted(tmp_path, {"a.parquet": [], "b.csv": rows, "c.csv": [], "d.json": []})
    assert (told.tally, told.reasons) == (alone, {})


def test_members_with_a_header_alone_leave_every_voter_unregistered(tmp_path: Path) -> None:
    counted(tmp_path, {"votes.csv": [vote("v1", "m1", "p1")]})
    write_csv(tmp_path / "members.csv", [], list(MEMBERS[0]))
    result = run_tally(tmp_path, ["votes.csv"])
    assert "unregistered" in result.out
    assert "members.csv: no records in it" in result.err


# --- Second votes --------------------------------------------------------------------------------

BALLOT = (
    vote("v3", "m1", "p1", cast_at="2021-03-10T10:00:00Z"),
    vote("v2", "m1", "p2", cast_at="2021-03-10T11:00:00+01:00"),  # the same instant, a smaller id
    vote("v1", "m1", "p2", cast_at="2021-03-10T10:00:00.001Z"),
    vote("v4", "m1", "zz", cast_at="2021-03-09T10:00:00Z"),  # for nobody: no vote of the ballot
    vote("v5", "m1", "q1", category="C2", cast_at="2021-03-10T10:00:00Z"),
    vote("v6", "m2", "p1", cast_at="2021-03-10T10:00:00Z"),
)


@pytest.mark.parametrize(
    ("policy", "standing"),
    [("first", {"v2", "v5", "v6"}), ("last", {"v1", "v5", "v6"}), ("none", {"v5", "v6"})],
)
def test_each_policy_of_second_votes(policy: str, standing: set[str], tmp_path: Path) -> None:
    contest = edition(tmp_path, ("second_vote: first", f"second_vote: {policy}"))
    found = verdicts(tmp_path, BALLOT, contest)
    ids = [row["vote_id"] for row in BALLOT]
    assert {i for i, reason in zip(ids, found, strict=True) if reason is None} == standing
    assert found[3] == "not_nominated"
    told = set(found) - {None, "not_nominated"}
    assert told == {"second_vote"}


# --- Complete ballots ----------------------------------------------------------------------------

WHOLE = (
    "    own_project: {clause: 2021-V3}",
    "    own_project: {clause: 2021-V3}\n    incomplete_ballot:",
)


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("first", [None, "second_vote", None]),
        ("last", ["second_vote", None, None]),
        ("none", ["second_vote", "second_vote", None]),
    ],
)
def test_a_ballot_is_complete_before_second_votes_are_taken_out(
    policy: str, found: list[str | None], tmp_path: Path
) -> None:
    contest = edition(tmp_path, WHOLE, ("second_vote: first", f"second_vote: {policy}"))
    rows = [
        vote("v1", "m1", "p1"),
        vote("v2", "m1", "p2", cast_at="2021-03-11T12:00:00Z"),
        vote("v3", "m1", "q1", category="C2"),
    ]
    assert verdicts(tmp_path, rows, contest) == found


def test_a_ballot_without_a_category_counts_nothing_and_only_nominees_make_categories(
    tmp_path: Path,
) -> None:
    contest = edition(tmp_path, WHOLE)
    rows = [
        vote("v1", "m1", "p1"),
        vote("v2", "m2", "p1"),
        vote("v3", "m2", "q1", category="2"),
        vote("v4", "m3", "p1"),
        vote("v5", "m3", "q1", category="C1"),
    ]
    wrong = [None, "incomplete_ballot", "wrong_category"]
    found = verdicts(tmp_path, rows, contest)
    assert found == ["incomplete_ballot", None, *wrong]


# --- The window ----------------------------------------------------------------------------------

EXTENDED = """\
extends: "2021"
amendments:
  - on: 2021-03-20
    by: the secretariat
    reason: extended
    phases:
      voting: {opens: 2021-03-02T08:00:00, closes: 2021-03-31T22:00:00}
  - on: 2021-03-30
    by: the secretariat
    reason: extended again
    phases:
      voting: {closes: 2021-04-01T23:00:00}
      selection: {opens: 2021-04-02}
"""


@pytest.mark.parametrize(
    ("cast_at", "reason"),
    [
        ("2021-03-01T00:00:00", "outside_window"),  # the opening of the letter
        ("2021-03-02T07:59:59.999999999", "outside_window"),
        ("2021-03-02T08:00:00", None),
        ("2021-03-31T22:00:01", None),  # late by the first amendment alone
        ("2021-03-31T23:00:01", None),  # late by the letter
        ("2021-04-01T23:00:00", None),
        ("2021-04-01T23:00:00.000", None),
        ("2021-04-01T23:00:00.999999999999", None),
        ("2021-04-01T23:00", None),
        ("2021-04-01 23:00:00+02:00", None),
        ("2021-04-01T21:00:00.5Z", None),
        ("2021-04-02T06:00:00,9+09:00", None),
        ("2021-04-01T23:00:01", "outside_window"),
        ("2021-04-01T21:00:01Z", "outside_window"),
        ("2021-04-01T23:00:00+01:00", "outside_window"),
        ("2021-04-01T23:01", "outside_window"),
    ],
)
def test_the_window_is_the_amended_one_to_the_second(
    cast_at: str, reason: str | None, tmp_path: Path
) -> None:
    contest = tmp_path / "contest.yaml"
    contest.write_text(EXTENDED, "utf-8")
    assert verdicts(tmp_path, [vote("v1", "m1", "p1", cast_at=cast_at)], contest) == [reason]


def test_a_late_vote_is_no_first_vote(tmp_path: Path) -> None:
    rows = [
        vote("v1", "m1", "p1", cast_at="2021-02-28T23:59:59.999"),
        vote("v2", "m1", "p2", cast_at="2021-03-01T00:00:00"),
    ]
    assert verdicts(tmp_path, rows) == ["outside_window", None]


# --- The table above -----------------------------------------------------------------------------


def test_the_table_names_what_is_there() -> None:
    assert __doc__
    own = Path(__file__).read_text("utf-8")
    _, _, *rows = (line for line in __doc__.splitlines() if line.startswith("|"))
    assert len(rows) == 11
    for _, _, below, others, _ in (row.split("|") for row in rows):
        section = below.strip()
        if section.startswith('"'):
            assert f"# --- {section.strip(chr(34))} ---" in own, section
        else:
            assert (REPOSITORY / section).is_file(), section
        for name in re.sub(r"\(.*?\)", "", others).split(","):
            path = TESTS / name.strip()
            assert path.is_dir() or path.with_suffix(".py").is_file(), name
