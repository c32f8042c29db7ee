"""`explain-vote`: the story of one vote agrees with the tally, and says what was looked at."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.support import Result, wsisctl
from tests.test_reasons import ALL_CATEGORIES, EXAMPLES, LAST, Example, definition, tally, v
from wsisctl.contest.schema import load_schema
from wsisctl.findings import Source
from wsisctl.voting.place import place_of
from wsisctl.voting.reasons import REASONS

FILES = ("--votes", "votes.csv", "--members", "members.csv", "--nominees", "nominees.csv")


def explain(vote_id: str, folder: Path, contest: str | Path = "2021", *more: str) -> Result:
    return wsisctl("explain-vote", vote_id, "--contest", contest, *FILES, *more, cwd=folder)


def rows_of(vote_id: str, folder: Path, contest: str | Path = "2021") -> list[dict[str, Any]]:
    """What is told of each row with the vote_id; the document is as its schema has it."""
    result = explain(vote_id, folder, contest, "--format", "json")
    assert result.status == 0, result.err
    document = json.loads(result.out)
    Draft202012Validator(load_schema("vote")).validate(document)
    rows: list[dict[str, Any]] = document["rows"]
    return rows


def told(check: str, row: dict[str, Any]) -> str:
    (text,) = [item["told"] for item in row["checks"] if item["check"] == check]
    return str(text)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_story_ends_where_the_count_did(example: Example, tmp_path: Path) -> None:
    contest = definition(tmp_path, example.changes)
    tally(tmp_path, example.votes, contest)
    row = rows_of(example.votes[-1]["vote_id"], tmp_path, contest)[-1]
    assert row["source"] == {"file": "votes.csv", "row": len(example.votes) + 1}
    assert (row["counts"], row["reason"]) == (example.verdict is None, example.verdict)
    asked = [item for item in row["checks"] if item["outcome"] != "not_asked"]
    outcomes = [item["outcome"] for item in asked]
    if example.verdict is None:
        assert set(outcomes) == {"passed"}
    else:
        place = [item["check"] for item in asked].index(example.verdict)
        assert outcomes[: place + 1] == ["passed"] * place + ["failed"]
        assert set(outcomes[place + 1 :]) <= {"not_reached"}
    assert all(bool(item["told"]) == (item["outcome"] in {"passed", "failed"}) for item in asked)


def test_checks_stand_in_the_order_in_which_they_are_made(tmp_path: Path) -> None:
    tally(tmp_path, (v(),), "2021")
    (row,) = rows_of("v1", tmp_path)
    assert [item["check"] for item in row["checks"]] == [reason.code for reason in REASONS]


SENTENCES = (
    (v(who=""), "malformed", "member_id is empty"),
    (v(cast_at="yesterday"), "malformed", "cast_at 'yesterday' is no time"),
    (v(cast_at="2021-03-28T02:30:00"), "malformed",
     "cast_at '2021-03-28T02:30:00' names an hour that summer time skipped"),
    (v(cast_at="2021-03-31T23:00:01+02:00"), "outside_window",
     "cast 2021-03-31T23:00:01+02:00, 1 second after voting closed: "
     "2021-03-01T00:00:00+01:00 to 2021-03-31T23:00:00+02:00"),
    (v(cast_at="2021-02-27T22:58:59Z"), "outside_window",
     "cast 2021-02-27T23:58:59+01:00, 1 day 1 minute 1 second before voting opened: "
     "2021-03-01T00:00:00+01:00 to 2021-03-31T23:00:00+02:00"),
    (v(cast_at="2021-03-31T21:00:00.9Z"), "outside_window",
     "cast 2021-03-31T23:00:00+02:00, within "
     "2021-03-01T00:00:00+01:00 to 2021-03-31T23:00:00+02:00"),
    (v(who="M1"), "unregistered", "M1 is none of 6 members"),
    (v(who="poor"), "incomplete_profile", "the profile lacks organization"),
    (v(what="zz"), "not_nominated", "zz is none of 3 nominees"),
    (v(category="2"), "wrong_category",
     "cast in '2', which is C2; the project is nominated in C1"),
    (v(category="C7"), "wrong_category",
     "cast in 'C7', which is no category of this contest; the project is nominated in C1"),
    (v(who="sender"), "own_project",
     "the voter's organization 'Straße & Söhne' is the entity 'Entity p1' or who sent it in, "
     "'STRASSE & söhne'"),
    (v(), "second_vote", "the voter's only valid vote in C1"),
)  # fmt: skip


@pytest.mark.parametrize(("cast", "check", "sentence"), SENTENCES)
def test_each_check_says_what_it_looked_at(
    cast: dict[str, str], check: str, sentence: str, tmp_path: Path
) -> None:
    tally(tmp_path, (cast,), "2021")
    (row,) = rows_of("v1", tmp_path)
    assert told(check, row) == sentence


def test_every_row_of_a_repeated_vote_is_told_with_its_place(tmp_path: Path) -> None:
    tally(tmp_path, (v(), v(2, "m2"), v(), v()), "2021")
    first, second, third = rows_of("v1", tmp_path)
    assert told("repeated_row", first) == "the first of equal rows: votes.csv:4, votes.csv:5"
    for row in (second, third):
        assert told("repeated_row", row) == "the same in every field as votes.csv:2, which goes on"


@pytest.mark.parametrize(("changes", "counts"), [({}, "v1"), (LAST, "v2")])
def test_a_second_vote_names_the_one_that_counts(
    changes: dict[str, str], counts: str, tmp_path: Path
) -> None:
    contest = definition(tmp_path, changes)
    tally(
        tmp_path,
        (v(1, cast_at="2021-03-10T10:00:00Z"), v(2, what="p2", cast_at="2021-03-10T11:00:00Z")),
        contest,
    )
    for vote_id in ("v1", "v2"):
        (row,) = rows_of(vote_id, tmp_path, contest)
        assert row["counts"] == (vote_id == counts)
        policy = "the first counts" if counts == "v1" else "the last counts"
        assert told("second_vote", row) == (
            f"one of 2 otherwise valid votes of the voter in C1, of which {policy}: "
            "v1 (2021-03-10T11:00:00+01:00) and v2 (2021-03-10T12:00:00+01:00)"
        )


def test_an_incomplete_ballot_names_what_it_lacks(tmp_path: Path) -> None:
    contest = definition(tmp_path, ALL_CATEGORIES)
    tally(tmp_path, (v(), v(2, "m2"), v(3, "m2", "q1", category="C2")), contest)
    (lacking,) = rows_of("v1", tmp_path, contest)
    assert told("incomplete_ballot", lacking) == "the voter has no valid vote in C2"
    (whole,) = rows_of("v2", tmp_path, contest)
    assert told("incomplete_ballot", whole) == (
        "the voter has a valid vote in all 2 categories with nominees"
    )


def test_a_vote_without_an_id_is_asked_for_by_its_place(tmp_path: Path) -> None:
    tally(tmp_path, (v(), {**v(), "vote_id": ""}), "2021")
    (row,) = rows_of("votes.csv:3", tmp_path)
    assert told("malformed", row) == "vote_id is empty"


def test_a_repeated_row_is_asked_for_by_its_place(tmp_path: Path) -> None:
    tally(tmp_path, (v(), v(2, "m2"), v(), v()), "2021")
    (first,) = rows_of("votes.csv:2", tmp_path)
    assert told("repeated_row", first) == "the first of equal rows: votes.csv:4, votes.csv:5"
    (last,) = rows_of("votes.csv:5", tmp_path)
    assert told("repeated_row", last) == "the same in every field as votes.csv:2, which goes on"


def test_the_places_of_equal_rows_are_told_in_full(tmp_path: Path) -> None:
    name = "votes-as-received-from-the-site-in-march.csv"
    tally(tmp_path, (v(),) * 13, "2021")
    (tmp_path / "votes.csv").rename(tmp_path / name)
    given = ("--votes", name, *FILES[2:])
    result = wsisctl(
        "explain-vote", "v1", "--contest", "2021", *given, "--format", "json", cwd=tmp_path
    )
    first = json.loads(result.out)["rows"][0]
    places = ", ".join(f"{name}:{row}" for row in range(3, 13))
    assert told("repeated_row", first) == f"the first of equal rows: {places} and 2 more"


FILES_OF_VOTES = ("exports/votes/a.csv", "exports/votes/b.csv", "c/b.csv")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("exports/votes/a.csv:17", Source("exports/votes/a.csv", 17)),
        ("a.csv:17", Source("exports/votes/a.csv", 17)),
        ("/home/ana/exports/votes/a.csv:17", Source("exports/votes/a.csv", 17)),
        ("votes/b.csv:2", Source("exports/votes/b.csv", 2)),
        ("b.csv:2", None),
        ("other/a.csv:17", None),
        ("ta.csv:17", None),
        ("a.csv", None),
        ("a.csv:x", None),
        (":17", None),
        ("a.csv:1234567890123456789", None),
    ],
)
def test_a_place_is_the_end_of_a_path_and_a_row(text: str, place: Source | None) -> None:
    assert place_of(text, FILES_OF_VOTES) == place


def test_a_file_that_is_the_end_of_another_path_is_itself() -> None:
    assert place_of("b.csv:2", ("a/b.csv", "b.csv")) == Source("b.csv", 2)


def test_where_nothing_stands_the_files_are_named(tmp_path: Path) -> None:
    tally(tmp_path, (v(),), "2021")
    for place in ("votes.csv:1", "votes.csv:3", "other.csv:2"):
        result = explain(place, tmp_path)
        assert (result.status, result.out) == (3, "")
        assert (
            f"error: no vote has the vote_id '{place}', and it is the place of none\n" in result.err
        )
        assert "the votes are in votes.csv\n" in result.err


def test_an_unknown_vote_is_refused_with_the_ids_that_are_like_it(tmp_path: Path) -> None:
    tally(tmp_path, ({**v(), "vote_id": "0017"},), "2021")
    result = explain("17", tmp_path)
    assert (result.status, result.out) == (3, "")
    assert "error: no vote has the vote_id '17'; did you mean '0017'?\n" in result.err
    assert explain("votes.csv:9", tmp_path).status == 3


def test_bytes_that_are_no_text_are_a_wrong_command_line(tmp_path: Path) -> None:
    tally(tmp_path, (v(),), "2021")
    result = explain("v\udce9", tmp_path)
    assert (result.status, result.out) == (2, "")
    assert "is not UTF-8" in result.err


def test_what_is_missing_is_in_its_own_help(tmp_path: Path) -> None:
    result = wsisctl("explain-vote", "v1", "--contest", "2021", cwd=tmp_path)
    assert result.status == 2
    assert "help: `wsisctl explain-vote --help` shows what it reads\n" in result.err


def test_nobodys_name_or_address_is_shown(tmp_path: Path) -> None:
    tally(tmp_path, (v(),), "2021")
    members = (tmp_path / "members.csv").read_text(encoding="utf-8")
    assert "m1@example.org" in members
    for form in ("json", "plain", "csv", "markdown"):
        assert "@" not in explain("v1", tmp_path, "2021", "--format", form).out


def test_in_a_folder_it_asks_the_folders_own_files_and_writes_nothing(tmp_path: Path) -> None:
    assert wsisctl("demo", "edition", cwd=tmp_path).status == 0
    folder = tmp_path / "edition"
    rejected = (folder / "results" / "rejected-votes.csv").read_text(encoding="utf-8").splitlines()
    vote_id, reason, *_ = rejected[-1].split(",")
    before = sorted(path.stat().st_mtime_ns for path in folder.rglob("*"))
    result = wsisctl("explain-vote", vote_id, cwd=folder)
    assert result.status == 0, result.err
    assert f"does not count: {reason}" in result.out
    assert result.err == ""
    assert sorted(path.stat().st_mtime_ns for path in folder.rglob("*")) == before
