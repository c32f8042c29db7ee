"""Members who share an e-mail address: told to people, and one voter only where they decide so."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

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
from tests.test_folder import made
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Domains, SameEmail
from wsisctl.joined import Joined
from wsisctl.voting.same_email import address_key

SIGNED = "by: Ana, on: 2021-04-01, reason: looked at"
Row = dict[str, str]
NOMINEES = (
    nominee("p1", entity="Ministry of ICT"),
    nominee("p2"),
    nominee("q1", "C2", submitter_organization="Ministry of ICT"),
)


@dataclass(frozen=True)
class Counted:
    """What a tally left behind."""

    result: Result
    tally: Mapping[str, Any]
    rejected: Mapping[str, str]
    """By vote_id, the reason."""
    shared: Sequence[Sequence[str]]
    """The rows of same-emails.csv."""


def counted(
    folder: Path,
    members: Sequence[Row],
    votes: Sequence[Row] = (),
    decisions: str = "",
    contest: str | Path = "2021",
) -> Counted:
    write_csv(folder / "members.csv", members)
    write_csv(folder / "nominees.csv", NOMINEES)
    write_csv(folder / "votes.csv", votes, VOTE_COLUMNS)
    (folder / "decisions.yaml").write_text(decisions, "utf-8")
    result = wsisctl(
        "tally", "--contest", contest, "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--decisions", "decisions.yaml", "--out", "out", cwd=folder,
    )  # fmt: skip
    assert result.status in {0, 1}, result.err
    out = folder / "out"
    with (out / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        rejected = {row["vote_id"]: row["reason"] for row in csv.DictReader(file)}
    with (out / "same-emails.csv").open(encoding="utf-8", newline="") as file:
        header, *shared = csv.reader(file)
    assert header == ["group", "member_id", "votes", "counted", "in_common"]
    tally = json.loads((out / "tally.json").read_text("utf-8"))
    return Counted(result, tally, rejected, shared)


def same(*ids: str, verdict: str = "confirm") -> str:
    return (
        f"- {{kind: same-member, member_ids: [{', '.join(ids)}], verdict: {verdict}, {SIGNED}}}\n"
    )


def edition(folder: Path, old: str, new: str) -> Path:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    assert old in text
    path = folder / "edition.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


# --- When two addresses are one ------------------------------------------------------------------

CASE_ALONE = SameEmail()
DOTS = SameEmail(dots=Domains(frozenset({"mail.example"})))
PLUS = SameEmail(plus=Domains(every=True))
BOTH = SameEmail(Domains(every=True), Domains(every=True))


@pytest.mark.parametrize(
    ("one", "other", "policy", "equal"),
    [
        ("Ana.Kim@Example.ORG", "ana.kim@example.org", CASE_ALONE, True),
        (" ana@example.org\u00a0", "ana@example.org", CASE_ALONE, True),
        ("ｓtrasse@example.org", "STRAẞE@example.org", CASE_ALONE, True),
        ("ana.kim@example.org", "anakim@example.org", CASE_ALONE, False),
        ("ana+b@example.org", "ana@example.org", CASE_ALONE, False),
        ("ana@example.org", "ana@example.com", BOTH, False),
        ("a.n.a@mail.example", "ana@MAIL.example", DOTS, True),
        ("a.n.a@mail.example.org", "ana@mail.example.org", DOTS, False),
        ("ana@mail.example", "ana@mailexample", BOTH, False),
        ('"a.b@c"@mail.example', '"ab@c"@mail.example', DOTS, True),
        ("ana+b@mail.example", "ana@mail.example", DOTS, False),
        ("ana+b+c@example.org", "ana@example.org", PLUS, True),
        ("a.na+b@example.org", "ana@example.org", PLUS, False),
        ("a.na+b.c@example.org", "an.a@example.org", BOTH, True),
        ("+a@example.org", "+b@example.org", BOTH, False),
        (".@example.org", "..@example.org", BOTH, False),
        ("ana.kim", "anakim", BOTH, False),
        ("N/A", "n/a", BOTH, True),
    ],
)
def test_two_addresses_are_one_or_not(one: str, other: str, policy: SameEmail, equal: bool) -> None:
    assert (address_key(one, policy) == address_key(other, policy)) == equal


@pytest.mark.parametrize("empty", ["", " ", "\u3000"])
def test_an_empty_address_is_nobodys(empty: str) -> None:
    assert address_key(empty, BOTH) == ""


@pytest.mark.parametrize("name", ["2018", "2021"])
def test_the_shipped_editions_fold_case_alone(name: str) -> None:
    assert load_contest(name).voting.same_email == CASE_ALONE


POLICY = "same_email: {dots: false, plus: false}"


@pytest.mark.parametrize(
    ("policy", "says"),
    [
        ("same_email: {dots: [MAIL.example], plus: true}", ""),
        ("", ""),
        ("same_email: {}", "empty; expected at least one of dots and plus"),
        ("same_email: {case: true}", "unknown key 'case'"),
        ("same_email: {dots: yes please}", "expected true, false, or a list of domains"),
        ('same_email: {dots: ["@mail.example"]}', "expected true, false, or a list of domains"),
    ],
)
def test_a_definition_declares_it(policy: str, says: str, tmp_path: Path) -> None:
    path = edition(tmp_path, POLICY, policy)
    result = wsisctl("rules", "--contest", path)
    assert (result.status, says in result.err) == (3 if says else 0, True)


def test_dots_and_plus_by_a_declared_policy_and_an_amendment(tmp_path: Path) -> None:
    members = [
        member("m1", email="ana.kim@mail.example"),
        member("m2", email="AnaKim+vote@mail.example"),
        member("m3", email="ana.kim@example.org"),
        member("m4", email="anakim@example.org"),
    ]
    assert counted(tmp_path, members).shared == []
    declared = edition(tmp_path, POLICY, "same_email: {dots: [Mail.Example], plus: true}")
    rows = [["1", "m1", "0", "0", "0"], ["1", "m2", "0", "0", "0"]]
    assert counted(tmp_path, members, contest=declared).shared == rows
    amended = tmp_path / "contest.yaml"
    amended.write_text(
        dedent("""\
        extends: "2021"
        amendments:
          - on: 2021-02-01
            by: A
            reason: accounts made by script
            voting: {same_email: {dots: [mail.example], plus: true}}
        """)
    )
    told = counted(tmp_path, members, contest=amended)
    assert told.shared == rows
    assert "Under the amendment" not in told.result.out, "it counts no vote otherwise"


# --- What people are told ------------------------------------------------------------------------

SHARING = [
    member("m1", email="ana@example.org"),
    member("m2", email="Ana@Example.org"),
    member("m3", email="bela@example.org"),
    member("m4", email="ANA@example.org"),
    member("m5", email="BELA@example.org"),
]
VOTES = [
    vote("v1", "m1", "p2", cast_at="2021-03-10T10:00:00Z"),
    vote("v2", "m2", "p2", cast_at="2021-03-09T10:00:00Z"),
    vote("v3", "m2", "q1", category="C2"),
    vote("v4", "m4", "p2", cast_at="2021-05-10T10:00:00Z"),
    vote("v5", "m5", "p2"),
    vote("v6", "stranger", "p2"),
]


def test_by_case_two_members_share_an_address_and_nothing_else_follows(tmp_path: Path) -> None:
    told = counted(tmp_path, SHARING, VOTES)
    assert told.rejected == {"v4": "outside_window", "v6": "unregistered"}
    assert told.shared == [
        ["1", "m1", "1", "1", "1"],
        ["1", "m2", "2", "2", "1"],
        ["1", "m4", "1", "0", "0"],
        ["2", "m3", "0", "0", "0"],
        ["2", "m5", "1", "1", "0"],
    ]
    assert "2 groups of members with one e-mail address: m1, m2, m4; m3, m5. All" in told.result.err
    written = told.result.err + (tmp_path / "out" / "same-emails.csv").read_text("utf-8")
    assert "example.org" not in written.casefold(), "ids are enough"


def test_the_group_with_most_votes_in_common_comes_first_and_three_are_named(
    tmp_path: Path,
) -> None:
    members = [member(f"{end}{n}", email=f"{n}@x.org") for n in range(1, 6) for end in "ab"]
    votes = [vote("v1", "a4", "p2"), vote("v2", "b4", "p2"), vote("v3", "a2", "p2")]
    told = counted(tmp_path, members, votes)
    assert [row[1] for row in told.shared[:4]] == ["a4", "b4", "a1", "b1"]
    assert (
        "5 groups of members with one e-mail address: a4, b4; a1, b1; a2, b2; and 2 more. All"
        in (told.result.err)
    )


def test_an_edition_that_does_not_ask_for_addresses_compares_those_it_gets(tmp_path: Path) -> None:
    assert len(counted(tmp_path, SHARING, contest="2018").shared) == 5
    without = [{"member_id": row["member_id"]} for row in SHARING]
    assert counted(tmp_path, without, contest="2018").shared == []


def test_members_without_an_address_share_none(tmp_path: Path) -> None:
    told = counted(tmp_path, [member("m1", email=""), member("m2", email=" ")])
    assert (told.shared, "e-mail" in told.result.err) == ([], False)


# --- One person, by decision ---------------------------------------------------------------------


def standings(told: Counted) -> dict[str, int]:
    return {
        place["submission_id"]: place["votes"]
        for category in told.tally["categories"]
        for place in category["standings"]
    }


def test_confirmed_their_votes_share_one_ballot(tmp_path: Path) -> None:
    told = counted(tmp_path, SHARING, VOTES, same("m2", "m1", "m4"))
    assert told.rejected == {"v1": "second_vote", "v4": "outside_window", "v6": "unregistered"}
    assert standings(told) == {"p1": 0, "p2": 2, "q1": 1}
    assert told.shared == [["1", "m3", "0", "0", "0"], ["1", "m5", "1", "1", "0"]]
    assert "3 accounts count as 1 voter, by recorded decisions" in told.result.err
    assert "Votes of 2 members counted; 1 of them voted in every" in told.result.out


@pytest.mark.parametrize(("policy", "rejected"), [("last", {"v2"}), ("none", {"v1", "v2"})])
def test_every_policy_of_second_votes_sees_one_person(
    policy: str, rejected: set[str], tmp_path: Path
) -> None:
    path = edition(tmp_path, "second_vote: first", f"second_vote: {policy}")
    told = counted(tmp_path, SHARING, VOTES, same("m1", "m2"), path)
    assert {identity for identity, why in told.rejected.items() if why == "second_vote"} == rejected


def test_a_complete_ballot_may_come_from_several_accounts(tmp_path: Path) -> None:
    old = "    own_project: {clause: 2021-V3}"
    path = edition(tmp_path, old, f"{old}\n    incomplete_ballot:")
    votes = [vote("v1", "m1", "p2"), vote("v2", "m2", "q1", category="C2")]
    apart = counted(tmp_path, SHARING, votes, contest=path)
    assert apart.rejected == {"v1": "incomplete_ballot", "v2": "incomplete_ballot"}
    assert counted(tmp_path, SHARING, votes, same("m1", "m2"), path).rejected == {}


OF_THE_MINISTRY = [*SHARING[:3], member("m4", organization="MINISTRY of ict")]
OWN = [
    vote("entity", "m1", "p1"),
    vote("submitter", "m1", "q1", category="C2"),
    vote("other", "m2", "p2", cast_at="2021-03-11T10:00:00Z"),
]


def test_nobody_votes_for_the_own_project_through_another_account(tmp_path: Path) -> None:
    assert counted(tmp_path, OF_THE_MINISTRY, OWN).rejected == {}
    told = counted(tmp_path, OF_THE_MINISTRY, OWN, same("m1", "m2", "m4"))
    assert told.rejected == {"entity": "own_project", "submitter": "own_project"}


def test_the_story_of_a_vote_names_the_other_accounts_and_all_organizations(
    tmp_path: Path,
) -> None:
    told = counted(tmp_path, OF_THE_MINISTRY, OWN, same("m4", "m1", "m2"))
    assert told.rejected["entity"] == "own_project"

    def story(vote_id: str) -> str:
        result = wsisctl(
            "explain-vote", vote_id, "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
            "--nominees", "nominees.csv", "--decisions", "decisions.yaml", cwd=tmp_path,
        )  # fmt: skip
        return " ".join(result.out.split())

    barred = story("entity")
    assert "m1 is a registered member, by decision one person with m2, m4." in barred
    names = "of the voter's organizations 'Organization of m1', 'Organization of m2' and 'MINISTRY of ict'"
    assert f"{names} one is the entity 'Ministry of ICT'." in barred
    other = story("other")
    assert "m2 is a registered member, by decision one person with m1, m4." in other
    assert "'Organization of m1' and 'MINISTRY of ict' none is the entity 'Entity p2'." in other


def test_where_own_projects_may_be_voted_for_accounts_do_not_bar_either(tmp_path: Path) -> None:
    votes = [{**row, "cast_at": "2018-01-20T12:00:00+01:00"} for row in OWN[:2]]
    assert counted(tmp_path, OF_THE_MINISTRY, votes, same("m1", "m4"), "2018").rejected == {}


def test_each_vote_is_judged_by_the_profile_of_its_own_account(tmp_path: Path) -> None:
    members = [member("m1", country=""), member("m2")]
    votes = [vote("v1", "m1", "p2"), vote("v2", "m2", "p2", cast_at="2021-03-20T10:00:00Z")]
    told = counted(tmp_path, members, votes, same("m1", "m2"))
    assert told.rejected == {"v1": "incomplete_profile"}, "and a vote that is none is no first vote"


def test_decisions_join_what_they_share_in_whatever_order(tmp_path: Path) -> None:
    members = [member(f"m{n}") for n in range(1, 6)]
    votes = [vote(f"v{n}", f"m{n}", "p2", cast_at=f"2021-03-1{n}T10:00:00Z") for n in range(1, 6)]
    chain = [same("m4", "m5"), same("m2", "m1"), same("m2", "m4")]
    for text in ("".join(chain), "".join(reversed(chain))):
        told = counted(tmp_path, members, votes, text)
        assert told.rejected == dict.fromkeys(("v2", "v4", "v5"), "second_vote")


# --- Not one person, by decision -----------------------------------------------------------------


def test_dismissed_a_group_is_not_told_again(tmp_path: Path) -> None:
    told = counted(tmp_path, SHARING, VOTES, same("m1", "m2", "m4", verdict="dismiss"))
    assert {row[1] for row in told.shared} == {"m3", "m5"}
    assert told.rejected == {"v4": "outside_window", "v6": "unregistered"}


def test_a_dismissal_need_name_one_account_of_each_person(tmp_path: Path) -> None:
    decisions = same("m1", "m2") + same("m2", "m4", verdict="dismiss")
    told = counted(tmp_path, SHARING, VOTES, decisions)
    assert {row[1] for row in told.shared} == {"m3", "m5"}


def test_somebody_who_joined_the_group_since_is_looked_at(tmp_path: Path) -> None:
    told = counted(tmp_path, SHARING, VOTES, same("m1", "m2", verdict="dismiss"))
    assert {row[1] for row in told.shared} == {"m1", "m2", "m3", "m4", "m5"}
    assert "decisions.yaml:1: this decision settles nothing" in told.result.err


# --- Decisions that do not fit -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decisions", "says"),
    [
        (same("m1", "x"), "decisions.yaml:1: not among the members: x"),
        (same("m1", "x"), "decisions.yaml:1: this decision joins no two members"),
        (same("m1", "m2", "x", "y"), "decisions.yaml:1: not among the members: x, y"),
        (same("m1", "m2") + same("m2", "m3") + same("m3", "m1"), "decisions.yaml:3: this decision joins no"),
        (same("m3", "M5", verdict="dismiss"), "decisions.yaml:1: not among the members: M5"),
        (same("m1", "m3", verdict="dismiss"), "decisions.yaml:1: this decision settles nothing"),
    ],
)  # fmt: skip
def test_a_decision_that_does_nothing_says_so(decisions: str, says: str, tmp_path: Path) -> None:
    assert says in counted(tmp_path, SHARING, VOTES, decisions).result.err


def test_a_stranger_in_a_decision_does_not_keep_the_others_apart(tmp_path: Path) -> None:
    told = counted(tmp_path, SHARING, VOTES, same("m1", "x", "m2"))
    assert told.rejected["v1"] == "second_vote"
    assert "joins no two" not in told.result.err


def test_accounts_are_joined_through_one_that_is_gone(tmp_path: Path) -> None:
    told = counted(tmp_path, SHARING, VOTES, same("m1", "x") + same("x", "m2"))
    assert told.rejected["v1"] == "second_vote"
    assert "joins no two" not in told.result.err
    assert "2 accounts count as 1 voter" in told.result.err


@pytest.mark.parametrize(
    ("decisions", "lines"),
    [
        (same("m1", "m2") + same("m2", "m1", verdict="dismiss"), (1, 2)),
        (same("m1", "m2", "m3", verdict="dismiss") + same("m3", "m2"), (1, 2)),
        (same("m4", "m5") + same("m1", "m2") + same("m2", "m3") + same("m1", "m3", verdict="dismiss"), (2, 4)),
    ],
)  # fmt: skip
def test_accounts_are_not_both_one_person_and_several(
    decisions: str, lines: tuple[int, int], tmp_path: Path
) -> None:
    counted(tmp_path, SHARING)
    (tmp_path / "decisions.yaml").write_text(decisions, "utf-8")
    result = wsisctl(
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--decisions", "decisions.yaml", cwd=tmp_path,
    )  # fmt: skip
    assert (result.status, result.out) == (3, "")
    assert all(f"decisions.yaml:{line}" in result.err for line in lines), result.err


# --- In a folder ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The golden contest, in which somebody changed an address since the votes were cast."""
    home = made(tmp_path / "prizes")
    (home / "decisions" / "decisions.yaml").write_text("# Ours.\n", "utf-8")
    changed = [member("010"), member("011", email="010@EXAMPLE.org")]
    newer = write_csv(tmp_path / "newer.csv", changed)
    assert wsisctl("import-members", newer, "--folder", home).status == 0
    wsisctl("nominate", cwd=home)
    return home


def shared_in(folder: Path) -> str:
    return (folder / "results" / "same-emails.csv").read_text("utf-8")


@pytest.mark.parametrize("kind", ["same-member", "different-members"])
def test_what_is_decided_in_a_folder_is_not_told_again(kind: str, folder: Path) -> None:
    told = wsisctl("tally", cwd=folder)
    assert "1 group of members with one e-mail address: 010, 011. All are in" in told.err
    assert "`wsisctl decide same-member`, or `different-members`" in told.err
    assert shared_in(folder).splitlines()[1:] == ["1,010,1,1,1", "1,011,1,1,1"]
    decided = wsisctl("decide", kind, "010", "011", "--by", "A", "--reason", "b", cwd=folder)
    assert (decided.status, "Next: wsisctl tally" in decided.out) == (0, True)
    status = wsisctl("status", "--format", "json", cwd=folder)
    states = {item["stage"]: item["state"] for item in json.loads(status.out)["stages"]}
    assert (states["nominate"], states["tally"]) == ("current", "out of date"), (
        "only the tally hears it"
    )
    told = wsisctl("tally", cwd=folder)
    assert ("e-mail address" in told.err, shared_in(folder).count("\n")) == (False, 1)


def test_a_decision_for_both_words_is_refused_with_the_first(folder: Path) -> None:
    signed = ("--by", "A", "--on", "2021-04-01", "--reason", "b")
    assert wsisctl("decide", "same-member", "010", "011", *signed, cwd=folder).status == 0
    other = wsisctl("decide", "different-members", "011", "010", *signed, cwd=folder)
    assert other.status == 3
    assert "whether 010 and 011 are one person was confirmed by A on 2021-04-01" in other.err


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "groups 1, members 2, votes counted beside one of the same group in the same category 2."),
        ("zh", "1 组，2 名，同组会员在同一类别内均计入的投票 2 票"),
    ],
)  # fmt: skip
def test_the_secretariats_document_says_how_much_there_is_to_decide(
    language: str, says: str, folder: Path
) -> None:
    suffix = "" if language == "en" else ".zh"

    def document() -> str:
        assert wsisctl("report", "--lang", language, cwd=folder).status in {0, 1}
        return (folder / "reports" / f"tally{suffix}.md").read_text("utf-8")

    wsisctl("tally", cwd=folder)
    assert says in " ".join(document().split())
    (folder / "decisions" / "decisions.yaml").write_text(same("'010'", "'011'"), "utf-8")
    wsisctl("tally", cwd=folder)
    assert "same-emails.csv" not in document()


def test_a_table_that_tally_did_not_write_is_no_input(folder: Path, tmp_path: Path) -> None:
    wsisctl("tally", cwd=folder)
    table = folder / "results" / "same-emails.csv"
    table.write_text("group,member_id\n1,m1\n", "utf-8")
    edited = wsisctl("report", cwd=folder)
    assert (edited.status, "same-emails.csv: changed since" in edited.err) == (3, True)
    (folder / "results" / "manifest.json").unlink()
    bare = wsisctl(
        "report", "--contest", "2021", "--results", folder / "results", "--out", tmp_path / "out"
    )
    assert (bare.status, "same-emails.csv: no table of members" in bare.err) == (3, True)


# --- Sets of texts -------------------------------------------------------------------------------


def test_sets_grow_together_and_say_whether_they_did() -> None:
    joined = Joined()
    assert joined.join(["d", "c"])
    assert joined.join(["b", "e"])
    assert not joined.join(["c", "d", "c"])
    assert not joined.join(["a"])
    assert not joined.join([])
    assert [joined.first(text) for text in "abcde"] == ["a", "b", "c", "c", "b"]
    assert joined.join(["e", "c"])
    assert not joined.join(["b", "d"])
    assert [joined.first(text) for text in "abcde"] == ["a", "b", "b", "b", "b"]
