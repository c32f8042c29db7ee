"""Every reason why a vote is not counted, by example, and their order by votes with several faults."""

import csv
import json
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.support import REPOSITORY, VOTE_COLUMNS, member, nominee, vote, write_csv, wsisctl
from wsisctl.voting.reasons import REASONS

MEMBERS = (
    member("m1"),
    member("m2"),
    member("poor", organization=" "),
    member("owner", organization="ENTITY  p1"),
    member("sender", organization="Straße & Söhne"),
    member("nobody", organization="STRASSE & SÖHNE AG"),
)
NOMINEES = (
    nominee("p1", submitter_organization="STRASSE & söhne"),
    nominee("p2"),
    nominee("q1", "C2", entity=""),
)
OWN_PROJECT_ALLOWED = "2018"


@dataclass(frozen=True)
class Example:
    """Votes of which the last is the one looked at, and the reason it gets, if any."""

    reason: str
    is_a: Literal["pass", "fail", "boundary"]
    says: str
    votes: tuple[dict[str, str], ...]
    verdict: str | None = None
    changes: dict[str, str] = field(default_factory=dict)
    """Texts of the edition of 2021 to replace."""

    def __str__(self) -> str:
        return f"{self.reason}: {self.says}"


def v(number: int = 1, who: str = "m1", what: str = "p1", **changes: str) -> dict[str, str]:
    return vote(f"v{number}", who, what, **changes)


ALL_CATEGORIES = {
    "    own_project: {clause: 2021-V3}": "    own_project: {clause: 2021-V3}\n    incomplete_ballot:"
}
LAST = {"second_vote: first": "second_vote: last"}
NONE = {"second_vote: first": "second_vote: none"}
AT_10 = "2021-03-10T10:00:00Z"
AT_10_ELSEWHERE = "2021-03-10T19:00:00+09:00"
AT_11 = "2021-03-10T11:00:00Z"

EXAMPLES = (
    Example("malformed", "pass", "all there", (v(),)),
    Example("malformed", "fail", "no time", (v(cast_at="yesterday"),), "malformed"),
    Example("malformed", "fail", "no voter", (v(who=""),), "malformed"),
    Example("malformed", "boundary", "white space", (v(category="\u00a0\t"),), "malformed"),
    Example("malformed", "boundary", "skipped hour", (v(cast_at="2021-03-28T02:30:00"),), "malformed"),
    Example("malformed", "boundary", "just after it", (v(cast_at="2021-03-28T03:00:00"),)),
    Example("malformed", "boundary", "30 February", (v(cast_at="2021-02-30T12:00:00"),), "malformed"),
    Example("repeated_row", "pass", "another vote_id", (v(1), v(2, "m2"))),
    Example("repeated_row", "fail", "the same row", (v(), v()), "repeated_row"),
    Example(
        "repeated_row", "boundary", "both malformed", (v(who=""), v(who="")), "malformed",
    ),
    Example(
        "repeated_row", "boundary", "both too late: one goes on",
        (v(cast_at="2021-04-01T00:00:00Z"),) * 2, "repeated_row",
    ),
    Example("outside_window", "pass", "in March", (v(),)),
    Example("outside_window", "boundary", "23:00:00", (v(cast_at="2021-03-31T23:00:00+02:00"),)),
    Example("outside_window", "boundary", "23:00:00.9", (v(cast_at="2021-03-31T21:00:00.9Z"),)),
    Example(
        "outside_window", "boundary", "23:00:01", (v(cast_at="2021-03-31T23:00:01"),), "outside_window"
    ),
    Example("outside_window", "boundary", "the opening", (v(cast_at="2021-02-28T23:00:00Z"),)),
    Example(
        "outside_window", "boundary", "before it",
        (v(cast_at="2021-02-28T23:59:59.999999999+01:00"),), "outside_window",
    ),
    Example("outside_window", "fail", "in April", (v(cast_at="2021-04-10T12:00:00Z"),), "outside_window"),
    Example("unregistered", "pass", "a member", (v(),)),
    Example("unregistered", "fail", "a stranger", (v(who="x"),), "unregistered"),
    Example("unregistered", "boundary", "ids keep their case", (v(who="M1"),), "unregistered"),
    Example("unregistered", "boundary", "and their zeros", (v(who="0m1"),), "unregistered"),
    Example("incomplete_profile", "pass", "complete", (v(),)),
    Example("incomplete_profile", "fail", "only a blank", (v(who="poor"),), "incomplete_profile"),
    Example(
        "incomplete_profile", "boundary", "not asked for", (v(who="poor"),), None,
        {"profile: [organization, organization_type, country, username, email]":
         "profile: [organization_type, organization]",
         "    incomplete_profile: {clause: 2021-V2}\n": "",
         "enforced_by: [unregistered, incomplete_profile, own_project, second_vote]":
         "enforced_by: [unregistered]",
         "enforced_by: [unregistered, incomplete_profile]": "enforced_by: [unregistered]"},
    ),
    Example("not_nominated", "pass", "a nominee", (v(),)),
    Example("not_nominated", "fail", "another", (v(what="zz"),), "not_nominated"),
    Example("not_nominated", "boundary", "before the category", (v(what="zz", category="C99"),), "not_nominated"),
    Example("wrong_category", "pass", "its own", (v(what="q1", category="C2"),)),
    Example("wrong_category", "fail", "another", (v(category="C2"),), "wrong_category"),
    Example("wrong_category", "boundary", "an alias of its own", (v(category="1"),)),
    Example("wrong_category", "boundary", "an unknown one", (v(category="C7"),), "wrong_category"),
    Example("own_project", "pass", "another's", (v(who="owner", what="p2"),)),
    Example("own_project", "fail", "the entity's", (v(who="owner"),), "own_project"),
    Example("own_project", "boundary", "the submitter's", (v(who="sender"),), "own_project"),
    Example("own_project", "boundary", "nearly the submitter's", (v(who="nobody"),)),
    Example("own_project", "boundary", "an empty name", (v(what="q1", category="C2"),)),
    Example(
        "incomplete_ballot", "pass", "both categories",
        (v(2, what="q1", category="C2"), v()), None, ALL_CATEGORIES,
    ),
    Example("incomplete_ballot", "fail", "one of two", (v(),), "incomplete_ballot", ALL_CATEGORIES),
    Example(
        "incomplete_ballot", "boundary", "the other one was late",
        (v(2, what="q1", category="C2", cast_at="2021-04-10T12:00:00Z"), v()),
        "incomplete_ballot", ALL_CATEGORIES,
    ),
    Example(
        "incomplete_ballot", "boundary", "a second vote completes nothing",
        (v(2, what="p2"), v()), "incomplete_ballot", ALL_CATEGORIES,
    ),
    Example("incomplete_ballot", "boundary", "nobody asks", (v(),)),
    Example("second_vote", "pass", "another category", (v(2, what="q1", category="C2"), v())),
    Example("second_vote", "fail", "later", (v(1, cast_at=AT_10), v(2, cast_at=AT_11)), "second_vote"),
    Example("second_vote", "fail", "not the first", (v(2, cast_at=AT_11), v(1, cast_at=AT_10))),
    Example(
        "second_vote", "boundary", "the same instant: the id decides",
        (v(1, cast_at=AT_10), v(2, what="p2", cast_at=AT_10_ELSEWHERE)), "second_vote",
    ),
    Example(
        "second_vote", "boundary", "a nanosecond later",
        (v(2, cast_at="2021-03-10T10:00:00.000000001Z"), v(1, cast_at="2021-03-10T10:00:00.000000002Z")),
        "second_vote",
    ),
    Example(
        "second_vote", "boundary", "the first was invalid",
        (v(1, cast_at=AT_10, category="C2"), v(2, cast_at=AT_11)),
    ),
    Example(
        "second_vote", "boundary", "the last counts",
        (v(2, cast_at=AT_11), v(1, cast_at=AT_10)), "second_vote", LAST,
    ),
    Example(
        "second_vote", "boundary", "none counts", (v(2, cast_at=AT_11), v(1, cast_at=AT_10)),
        "second_vote", NONE,
    ),
)  # fmt: skip


def definition(folder: Path, changes: dict[str, str]) -> Path:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / "edition.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def tally(folder: Path, votes: tuple[dict[str, str], ...], contest: str | Path) -> dict[str, Any]:
    write_csv(folder / "members.csv", MEMBERS)
    write_csv(folder / "nominees.csv", NOMINEES)
    write_csv(folder / "votes.csv", votes, VOTE_COLUMNS)
    result = wsisctl(
        "tally", "--contest", contest, "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--out", "out", cwd=folder,
    )  # fmt: skip
    assert result.status in {0, 1}, result.err
    document: dict[str, Any] = json.loads(
        (folder / "out" / "tally.json").read_text(encoding="utf-8")
    )
    return document


def reasons_by_row(folder: Path) -> dict[int, str]:
    with (folder / "out" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["row"]): row["reason"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_vote_gets_the_reason_its_example_says(example: Example, tmp_path: Path) -> None:
    tally(tmp_path, example.votes, definition(tmp_path, example.changes))
    assert reasons_by_row(tmp_path).get(len(example.votes) + 1) == example.verdict


@pytest.mark.parametrize("reason", [reason.code for reason in REASONS])
def test_every_reason_has_an_example_of_each_kind(reason: str) -> None:
    kinds = {example.is_a for example in EXAMPLES if example.reason == reason}
    assert kinds == {"pass", "fail", "boundary"}


IN_ORDER = (
    ("outside_window", {"cast_at": "2021-04-10T12:00:00Z"}),
    ("unregistered", {"member_id": "stranger"}),
    ("incomplete_profile", {"member_id": "poor"}),
    ("not_nominated", {"submission_id": "zz"}),
    ("wrong_category", {"category": "C2"}),
    ("own_project", {"member_id": "owner"}),
)


PAIRS = [
    pytest.param(earlier, later, id=f"{earlier[0]}-{later[0]}")
    for earlier, later in combinations(IN_ORDER, 2)
    if not earlier[1].keys() & later[1].keys()  # one cell cannot have two faults
]


@pytest.mark.parametrize(("earlier", "later"), PAIRS)
def test_of_two_faults_the_first_in_the_contracts_order_is_the_reason(
    earlier: tuple[str, dict[str, str]], later: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    tally(tmp_path, ({**v(), **earlier[1], **later[1]},), "2021")
    assert reasons_by_row(tmp_path) == {2: earlier[0]}


def test_the_edition_without_profiles_counts_votes_for_ones_own_project(tmp_path: Path) -> None:
    in_2018 = "2018-01-20T12:00:00+01:00"
    votes = (v(1, "owner", cast_at=in_2018), v(2, "poor", cast_at=in_2018))
    document = tally(tmp_path, votes, OWN_PROJECT_ALLOWED)
    assert document["votes"]["counted"] == 2


def test_rows_of_another_width_are_malformed(tmp_path: Path) -> None:
    tally(tmp_path, (v(),), "2021")
    with (tmp_path / "votes.csv").open("a", encoding="utf-8") as file:
        file.write("v2,m2,C1\nv3,m2,C1,p1,2021-03-10T12:00:00Z,more\n")
    wsisctl(
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--out", "out", cwd=tmp_path,
    )  # fmt: skip
    assert reasons_by_row(tmp_path) == {3: "malformed", 4: "malformed"}


def test_two_different_votes_with_one_id_are_a_broken_export(tmp_path: Path) -> None:
    tally(tmp_path, (v(),), "2021")
    write_csv(tmp_path / "votes.csv", (v(1), v(2, "m2"), v(1, "m2", "p2")))
    result = wsisctl(
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", cwd=tmp_path,
    )  # fmt: skip
    assert result.status == 3
    assert "votes.csv:4" in result.err
    assert "votes.csv:2" in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("number", "left"), [(20, ""), (21, "and 1 more: 1 vote with the id of another")]
)
def test_all_votes_that_share_an_id_are_told_up_to_the_usual_cap(
    number: int, left: str, tmp_path: Path
) -> None:
    """By the count and by the import alike; a row that repeats another is none of them."""
    tally(tmp_path, (v(),), "2021")
    differing = [
        row for place in range(number) for row in (v(place), v(place, "m2"), v(place, "m2"))
    ]
    write_csv(tmp_path / "votes.csv", differing)
    counted = wsisctl(
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", cwd=tmp_path,
    )  # fmt: skip
    wsisctl("init", "prizes", "--contest", "2021", cwd=tmp_path)
    imported = wsisctl("import-votes", "votes.csv", "--folder", "prizes", cwd=tmp_path)
    for result in (counted, imported):
        errors = [line for line in result.err.splitlines() if line.startswith("error: ")]
        assert (result.status, len(errors)) == (3, 20 + bool(left))
        assert errors[1].startswith("error: votes.csv:6: vote_id")
        assert errors[1].endswith(
            "stands here again with another content; it was first at votes.csv:5"
        )
        assert left in errors[-1]


def test_three_contents_of_one_id_are_each_told_with_the_first(tmp_path: Path) -> None:
    tally(tmp_path, (v(),), "2021")
    write_csv(tmp_path / "votes.csv", (v(1), v(1, "m2"), v(1, "m3"), v(1, "m4", cast_at="never")))
    wsisctl("init", "prizes", "--contest", "2021", cwd=tmp_path)
    counted = wsisctl(
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", cwd=tmp_path,
    )  # fmt: skip
    imported = wsisctl("import-votes", "votes.csv", "--folder", "prizes", cwd=tmp_path)
    for result in (counted, imported):
        errors = [
            line.split(":")[2] for line in result.err.splitlines() if line.startswith("error: ")
        ]
        assert errors == ["3", "4"]
