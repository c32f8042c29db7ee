"""`tally --as-of` and `tally --category`: other views of the same count."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.support import VOTE_COLUMNS, Result, member, nominee, vote, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.contest.schema import load_schema
from wsisctl.times import written
from wsisctl.voting.as_of import AsOf, week_ends

NOMINEES = (nominee("p1"), nominee("p2"), nominee("q1", "C2"))
END_OF_WEEK_1 = "2021-03-07T23:59:59+01:00"


def cast(number: int, what: str, when: str, category: str = "C1", who: str = "") -> dict[str, str]:
    return vote(f"v{number}", who or f"m{number}", what, category=category, cast_at=when)


VOTES = (
    cast(1, "p1", "2021-03-07T23:59:59+01:00"),
    cast(2, "p1", "2021-03-08T00:00:00+01:00"),
    cast(3, "p2", "2021-03-02T10:00:00", "AL C1. The role of governments and all stakeholders in "
         "the promotion of ICTs for development"),
    cast(4, "p2", "2021-03-07T23:59:59.999+01:00"),
    cast(5, "p2", "2021-03-20T10:00:00", who="m4"),
    cast(6, "q1", "2021-02-01T10:00:00", "C2"),
    cast(6, "q1", "2021-02-01T10:00:00", "C2"),
    cast(7, "q1", "2021-03-20T10:00:00", "C1"),
    cast(8, "q1", "2021-03-21T10:00:00", "C2"),
    cast(8, "q1", "2021-03-21T10:00:00", "C2"),
    cast(9, "q1", "no time", "C2"),
)  # fmt: skip


def tally(folder: Path, *more: str) -> Result:
    write_csv(folder / "members.csv", [member(f"m{number}") for number in range(1, 10)])
    write_csv(folder / "nominees.csv", NOMINEES)
    write_csv(folder / "votes.csv", VOTES, VOTE_COLUMNS)
    return wsisctl(
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", *more, cwd=folder,
    )  # fmt: skip


def document(folder: Path, *more: str) -> dict[str, Any]:
    result = tally(folder, *more, "--format", "json")
    assert result.status == 0, result.err
    shown: dict[str, Any] = json.loads(result.out)
    return shown


# --- as of a moment --------------------------------------------------------------------------------


def votes_of(shown: dict[str, Any]) -> dict[str, int]:
    return {
        place["submission_id"]: place["votes"]
        for item in shown["categories"]
        for place in item["standings"]
    }


@pytest.mark.parametrize(
    ("as_of", "votes", "read"),
    [
        pytest.param("2021-03-07", {"p1": 1, "p2": 2, "q1": 0}, 6, id="a day, to its end"),
        pytest.param("week-1", {"p1": 1, "p2": 2, "q1": 0}, 6, id="the first week of the vote"),
        pytest.param(END_OF_WEEK_1, {"p1": 1, "p2": 2, "q1": 0}, 6, id="a time, to the second"),
        pytest.param("2021-03-07T23:59:58", {"p1": 0, "p2": 1, "q1": 0}, 4, id="a second earlier"),
        pytest.param("2021-03-08T00:00:00", {"p1": 2, "p2": 2, "q1": 0}, 7, id="a second later"),
        pytest.param("2021-03-07T22:59:59Z", {"p1": 1, "p2": 2, "q1": 0}, 6, id="in UTC"),
        pytest.param("2021-12-31", {"p1": 2, "p2": 2, "q1": 1}, 11, id="after the vote"),
    ],
)
def test_what_was_cast_until_then_is_counted(
    as_of: str, votes: dict[str, int], read: int, tmp_path: Path
) -> None:
    shown = document(tmp_path, "--as-of", as_of)
    assert votes_of(shown) == votes
    assert shown["votes"]["read"] == read
    assert shown["votes"]["read"] == shown["votes"]["counted"] + shown["votes"]["rejected"]
    Draft202012Validator(load_schema("tally")).validate(shown)


def test_later_votes_are_left_out_and_not_rejected(tmp_path: Path) -> None:
    shown = document(tmp_path, "--as-of", "week-1", "--out", "out")
    assert shown["as_of"] == END_OF_WEEK_1
    assert shown["votes"]["rejected_by_reason"] == {
        "malformed": 1, "repeated_row": 1, "outside_window": 1
    }  # fmt: skip
    rejected = (tmp_path / "out" / "rejected-votes.csv").read_text(encoding="utf-8")
    assert [line.split(",")[0] for line in rejected.splitlines()[1:]] == ["v6", "v6", "v9"]
    assert "note: 5 votes were cast later and are left out" in tally(
        tmp_path, "--as-of", "week-1"
    ).err  # fmt: skip


def test_it_is_the_tally_of_an_export_that_ended_then(tmp_path: Path) -> None:
    shown = document(tmp_path, "--as-of", "week-1")
    del shown["as_of"]
    until = [row for row in VOTES if row["vote_id"] in {"v1", "v3", "v4", "v6", "v9"}]
    write_csv(tmp_path / "until.csv", until, VOTE_COLUMNS)
    ended = wsisctl(
        "tally", "--contest", "2021", "--votes", "until.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--format", "json", cwd=tmp_path,
    )  # fmt: skip
    assert json.loads(ended.out) == shown


def test_without_it_nothing_is_said_of_a_moment(tmp_path: Path) -> None:
    assert "as_of" not in document(tmp_path)


def test_a_tie_while_people_vote_is_nothing_to_act_upon(tmp_path: Path) -> None:
    many = [nominee(f"n{number}") for number in range(9)]
    tally(tmp_path)
    write_csv(tmp_path / "nominees.csv", many)
    words = (
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv",
    )  # fmt: skip
    assert wsisctl(*words, cwd=tmp_path).status == 1
    assert wsisctl(*words, "--as-of", "week-2", cwd=tmp_path).status == 0


@pytest.mark.parametrize(
    ("as_of", "message"),
    [
        ("yesterday", "error: --as-of 'yesterday': no such time\n"),
        ("", "error: --as-of '': no such time\n"),
        ("2021-02-30", "error: --as-of '2021-02-30': no such time\n"),
        (
            "2021-03-28T02:30:00",
            "error: --as-of '2021-03-28T02:30:00': summer time skipped that hour\n",
        ),
        ("week-0", "error: --as-of 'week-0': no such time\n"),
        (
            "2021-02-28T23:59:59",
            "error: --as-of '2021-02-28T23:59:59': voting opens at 2021-03-01T00:00:00+01:00\n",
        ),
    ],
)
def test_no_moment_of_the_vote_is_refused(as_of: str, message: str, tmp_path: Path) -> None:
    result = tally(tmp_path, "--as-of", as_of)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_weeks_go_by_the_contests_clock_and_the_last_ends_with_the_vote() -> None:
    contest = load_contest("2021")
    assert [written(end, contest.zone) for end in week_ends(contest)] == [
        END_OF_WEEK_1,
        "2021-03-14T23:59:59+01:00",
        "2021-03-21T23:59:59+01:00",
        "2021-03-28T23:59:59+02:00",
        "2021-03-31T23:00:00+02:00",
    ]
    assert AsOf("week-4").instant(contest) == week_ends(contest)[3]


def test_the_panel_does_not_choose_from_a_count_that_goes_on(tmp_path: Path) -> None:
    assert tally(tmp_path, "--as-of", "week-1", "--out", "out").status == 0
    result = wsisctl(
        "select-winners", "--contest", "2021", "--tally", "out/tally.json", cwd=tmp_path
    )
    assert (result.status, result.out) == (3, "")
    assert f"counted as of {END_OF_WEEK_1}, while people still voted" in result.err


def test_in_a_folder_the_result_is_left_as_it_is(tmp_path: Path) -> None:
    assert wsisctl("demo", "edition", cwd=tmp_path).status == 0
    folder = tmp_path / "edition"
    before = (folder / "results" / "tally.json").read_bytes()
    result = wsisctl("tally", "--as-of", "week-2", cwd=folder)
    assert result.status == 0
    assert "results/ is left as it is, since --as-of counts a part of the vote" in result.err
    assert (folder / "results" / "tally.json").read_bytes() == before
    assert "voting closed" not in result.err
    whole = wsisctl("tally", "--as-of", "week-9", "--format", "json", cwd=folder)
    assert "voting closed at 2021-03-31T23:00:00+02:00, before this moment" in whole.err
    shown = json.loads(whole.out)
    assert shown.pop("as_of").startswith("2021-05-02")
    unbroken = json.loads(before)
    for item in (*shown["categories"], *unbroken["categories"]):
        del item["ties"], item["honoured"], item["pool"]  # tie-breaks are for the end
    assert shown == unbroken


# --- one category ----------------------------------------------------------------------------------


def test_one_category_is_shown_in_depth(tmp_path: Path) -> None:
    shown = document(tmp_path, "--category", "1")
    Draft202012Validator(load_schema("tally-category")).validate(shown)
    assert shown["category"] == "C1"
    assert shown["cast"] == {
        "read": 6,
        "counted": 4,
        "rejected": 2,
        "rejected_by_reason": {"wrong_category": 1, "second_vote": 1},
        "as": {
            "AL C1. The role of governments and all stakeholders in the promotion of ICTs for "
            "development": 1,
            "C1": 5,
        },
    }
    assert shown["voters"] == 4
    assert shown["nominees"] == [
        {"submission_id": "p1", "counted_by_week": [1, 1, 0, 0, 0], "rejected_by_reason": {}},
        {"submission_id": "p2", "counted_by_week": [2, 0, 0, 0, 0],
         "rejected_by_reason": {"second_vote": 1}},
    ]  # fmt: skip


def test_votes_for_a_nominee_are_told_in_whichever_category_they_were_cast(tmp_path: Path) -> None:
    (nominee_of_c2,) = document(tmp_path, "--category", "C2")["nominees"]
    assert nominee_of_c2["rejected_by_reason"] == {
        "malformed": 1, "repeated_row": 2, "outside_window": 1, "wrong_category": 1
    }  # fmt: skip
    assert nominee_of_c2["counted_by_week"] == [0, 0, 1, 0, 0]


def test_its_part_of_the_tally_is_that_of_the_whole(tmp_path: Path) -> None:
    whole = document(tmp_path)["categories"]
    for item in whole:
        depth = document(tmp_path, "--category", item["category"])
        assert {key: depth[key] for key in item} == item


def test_the_files_are_those_of_the_whole_tally(tmp_path: Path) -> None:
    tally(tmp_path, "--out", "whole")
    tally(tmp_path, "--out", "one", "--category", "C1")
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / "one" / path.name).read_bytes() == path.read_bytes()


def test_it_is_shown_for_people_with_shares(tmp_path: Path) -> None:
    shown = tally(tmp_path, "--category", "C1").out
    assert "6 votes cast in C1 = 4 counted + 2 rejected, by 4 voters." in shown
    assert "50.0 %" in shown
    assert "C2" not in shown


@pytest.mark.parametrize("word", ["C77", ""])
def test_an_unknown_category_is_refused(word: str, tmp_path: Path) -> None:
    result = tally(tmp_path, "--category", word)
    assert (result.status, result.out) == (2, "")
    assert f"error: --category '{word}': no category of this contest" in result.err


def test_one_category_as_of_a_moment_has_its_last_second(tmp_path: Path) -> None:
    shown = document(tmp_path, "--category", "C1", "--as-of", END_OF_WEEK_1)
    Draft202012Validator(load_schema("tally-category")).validate(shown)
    assert shown["cast"]["counted"] == shown["votes"] == 3
