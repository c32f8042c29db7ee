"""Margins, and what contested votes could change: held against every way in which they can be resolved."""

import csv
import itertools
import json
import shutil
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import (
    ALL_EXAMPLES,
    Result,
    member,
    nominee,
    vote,
    write_csv,
    wsisctl,
)
from tests.test_folder import contents, made, run_all
from wsisctl import recount
from wsisctl.contest.model import SecondVotePolicy
from wsisctl.ranking import rank
from wsisctl.reports.margins import with_margins
from wsisctl.reports.render import render
from wsisctl.reports.report import Report, Table
from wsisctl.voting.margins import (
    ContestedVotes,
    Margin,
    Margins,
    Robustness,
    least_to_doubt,
    margin,
)
from wsisctl.voting.resolutions import CastVote, Resolution, resolutions

POLICIES: tuple[SecondVotePolicy, ...] = ("first", "last", "none")
BY_OTHERS = ("second_vote", "incomplete_ballot")
AS_COUNTED, STRUCK, UPHELD = "as counted", "struck", "upheld"


# --- Every way to resolve them, by trying all ------------------------------------------------------


def ways(reason: str | None) -> tuple[str, ...]:
    """How a contested vote may be resolved, by what the count made of it."""
    if reason is None:
        return (AS_COUNTED, STRUCK)
    return (AS_COUNTED, STRUCK, UPHELD) if reason in BY_OTHERS else (AS_COUNTED, UPHELD)


def settled(
    ballot: Sequence[CastVote],
    how: Sequence[str],
    policy: SecondVotePolicy,
    whole: Collection[str],
) -> list[CastVote]:
    """Which votes of one voter count; `how` says of each in which way it is resolved."""
    valid = [
        (cast, way)
        for cast, way in zip(ballot, how, strict=True)
        if way != STRUCK and (way == UPHELD or cast.reason in (None, *BY_OTHERS))
    ]
    if not set(whole) <= {cast.category for cast, _ in valid}:
        valid = [(c, way) for c, way in valid if way == UPHELD and c.reason == "incomplete_ballot"]
    counting = []
    for category in {cast.category for cast, _ in valid}:
        here = [(cast, way) for cast, way in valid if cast.category == category]
        upheld = [c for c, way in here if way == UPHELD and c.reason in BY_OTHERS]
        votes = upheld or [cast for cast, _ in here]
        if len(votes) == 1 or policy != "none":
            counting.append(votes[-1 if policy == "last" else 0])
    return counting


def in_doubt(votes: Mapping[str, int], base: Sequence[str], places: int) -> bool:
    """Whether somebody out has as many votes as somebody in, or more."""
    inside, outside = base[:places], base[places:]
    return bool(outside) and max(votes[i] for i in outside) >= min(votes[i] for i in inside)


PROJECTS = {"A": ("a1", "a2", "a3"), "B": ("b1", "b2")}


@st.composite
def voters(draw: st.DrawFn, whole: bool) -> list[list[CastVote]]:
    """Some voters' votes as cast, each with a reason of its own against it, or none; few are contested."""
    ballots = []
    for _ in range(draw(st.integers(1, 4))):
        ballot = []
        for _ in range(draw(st.integers(0, 4))):
            category = draw(st.sampled_from(["A", "A", "B"] if not whole else ["A", "B"]))
            project = draw(st.sampled_from(PROJECTS[category]))
            reason = draw(st.sampled_from([None, None, "outside_window", "own_project"]))
            ballot.append(CastVote(category, project, reason, draw(st.booleans())))
        ballots.append(ballot)
    return ballots


def judged(
    ballot: Sequence[CastVote], policy: SecondVotePolicy, whole: Collection[str]
) -> list[CastVote]:
    """The ballot with the reasons that come from the voter's other votes."""
    counting = settled(ballot, [AS_COUNTED] * len(ballot), policy, whole)
    covered = {cast.category for cast in ballot if cast.reason is None}
    by_others = "second_vote" if set(whole) <= covered else "incomplete_ballot"
    return [
        cast
        if cast.reason or any(cast is one for one in counting)
        else replace(cast, reason=by_others)
        for cast in ballot
    ]


@settings(max_examples=3000 if ALL_EXAMPLES else 400, deadline=None)
@given(
    data=st.data(), policy=st.sampled_from(POLICIES), whole=st.booleans(), places=st.integers(1, 2)
)
def test_the_least_number_is_the_least_of_all_ways(
    data: st.DataObject, policy: SecondVotePolicy, whole: bool, places: int
) -> None:
    demanded = tuple(PROJECTS) if whole else ()
    ballots = [judged(ballot, policy, demanded) for ballot in data.draw(voters(whole))]
    ballots = [few_contested(ballot, 3) for ballot in ballots]

    def count(how: Sequence[Sequence[str]]) -> dict[str, int]:
        votes = dict.fromkeys(PROJECTS["A"], 0)
        for ballot, ways_of in zip(ballots, how, strict=True):
            for cast in settled(ballot, ways_of, policy, demanded):
                if cast.category == "A":
                    votes[cast.submission_id] += 1
        return votes

    standings = rank(count([[AS_COUNTED] * len(ballot) for ballot in ballots]))
    base = [place.submission_id for place in standings]
    each = [
        list(itertools.product(*(ways(c.reason) if c.contested else (AS_COUNTED,) for c in ballot)))
        for ballot in ballots
    ]
    # Each voter's cheapest way to each outcome is enough: the outcomes of voters do not depend on each other.
    cheapest = [cheapest_ways(b, w, policy, demanded) for b, w in zip(ballots, each, strict=True)]
    found = [
        sum(way != AS_COUNTED for ways_of in how for way in ways_of)
        for how in itertools.product(*cheapest)
        if in_doubt(count(how), base, places)
    ]
    may_be = Counter(
        found_for["A"]
        for ballot in ballots
        if "A" in (found_for := resolutions(ballot, policy, demanded))
    )
    assert least_to_doubt(standings, places, may_be) == min(found, default=None)


def few_contested(ballot: list[CastVote], most: int) -> list[CastVote]:
    numbers = itertools.count()
    return [replace(cast, contested=cast.contested and next(numbers) < most) for cast in ballot]


def cheapest_ways(
    ballot: Sequence[CastVote],
    every: Sequence[tuple[str, ...]],
    policy: SecondVotePolicy,
    whole: Collection[str],
) -> list[tuple[str, ...]]:
    best: dict[str, tuple[str, ...]] = {}
    for how in sorted(every, key=lambda one: sum(way != AS_COUNTED for way in one)):
        counting = settled(ballot, how, policy, whole)
        outcome = next((c.submission_id for c in counting if c.category == "A"), "")
        best.setdefault(outcome, how)
    return list(best.values())


COSTS = st.lists(
    st.tuples(
        st.sampled_from([None, "a1", "a2", "a3"]),
        st.dictionaries(st.sampled_from([None, "a1", "a2", "a3"]), st.integers(1, 4), max_size=3),
    ),
    max_size=5,
)


@settings(max_examples=5000 if ALL_EXAMPLES else 500, deadline=None)
@given(
    voters=COSTS,
    certain=st.lists(st.integers(0, 5), min_size=3, max_size=3),
    places=st.integers(1, 2),
)
def test_whatever_a_resolution_costs_the_least_sum_is_found(
    voters: list[tuple[str | None, dict[str | None, int]]], certain: list[int], places: int
) -> None:
    """Votes may cost more than one, and two together less than twice one: no greedy choice is enough."""
    counted = Counter(dict(zip(PROJECTS["A"], certain, strict=True)))
    counted.update(present for present, _ in voters if present)
    standings = rank({project: counted[project] for project in PROJECTS["A"]})
    base = [place.submission_id for place in standings]
    choices = [
        [(present, 0), *((o, c) for o, c in costs.items() if o != present)]
        for present, costs in voters
    ]
    found = []
    for chosen in itertools.product(*choices):
        votes = Counter(dict(zip(PROJECTS["A"], certain, strict=True)))
        votes.update(outcome for outcome, _ in chosen if outcome)
        if in_doubt(votes, base, places):
            found.append(sum(cost for _, cost in chosen))
    may_be = Counter(
        Resolution(present, tuple((o, c) for o, c in costs.items() if o != present))
        for present, costs in voters
    )
    assert least_to_doubt(standings, places, may_be) == min(found, default=None)


# --- The same, from files, recounted by the independent counter -----------------------------------

OPENS, CLOSES = "2021-03-01T00:00:00+01:00", "2021-03-31T23:00:00+02:00"
BEFORE, WITHIN, AFTER = "2021-02-20T{}", "2021-03-10T{}", "2021-04-10T{}"


def lenient(policy: SecondVotePolicy) -> recount.Settings:
    """A contest in which nothing is wrong with a vote by itself."""
    return recount.Settings(
        zone=ZoneInfo("Europe/Zurich"),
        opens=-(10**12),
        closes=10**12,
        profile=(),
        reasons=("second_vote",),
        second_vote=policy,
        categories={"C1": ()},
        honoured=2,
        pool=2,
    )


@st.composite
def small_votes(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[str]]:
    """Up to ten votes of five voters in one category, and which are contested."""
    votes = []
    for number in range(draw(st.integers(3, 10))):
        voter = draw(st.sampled_from(["m1", "m2", "m3", "bare", "stranger"]))
        when = draw(st.sampled_from([WITHIN, WITHIN, WITHIN, BEFORE, AFTER]))
        cast_at = when.format(f"12:00:{draw(st.integers(0, 59)):02}")
        project = draw(st.sampled_from(["p1", "p2", "p3"]))
        votes.append(vote(f"v{number}", voter, project, cast_at=cast_at))
    ids = [cast["vote_id"] for cast in votes]
    return votes, draw(st.lists(st.sampled_from(ids), max_size=5, unique=True))


def definition(place: Path, policy: str) -> str:
    text = (Path(__file__).parent.parent / "contests" / "2021.yaml").read_text("utf-8")
    text = text.replace("second_vote: first", f"second_vote: {policy}")
    text = text.replace("honoured: 5", "honoured: 2").replace("pool: 5", "pool: 2")
    text = text.replace("winners: {least: 0, most: 2}", "winners: {least: 0, most: 1}")
    (place / f"{policy}.yaml").write_text(text, "utf-8")
    return f"{policy}.yaml"


def tally(place: Path, contest: str, votes: Sequence[Mapping[str, str]], *words: str) -> Result:
    write_csv(place / "votes.csv", votes)
    write_csv(
        place / "members.csv", [member(f"m{n}") for n in (1, 2, 3)] + [member("bare", country="")]
    )
    write_csv(place / "nominees.csv", [nominee(f"p{n}") for n in (1, 2, 3)])
    files = [f"--{name}={name}.csv" for name in ("votes", "members", "nominees")]
    return wsisctl(
        "tally", "--contest", contest, *files, "--out", "out", "--quiet", *words, cwd=place
    )


@settings(max_examples=150 if ALL_EXAMPLES else 20, deadline=None)
@given(drawn=small_votes(), policy=st.sampled_from(POLICIES))
def test_every_subset_recounted_from_files_gives_the_same_least_number(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[list[dict[str, str]], list[str]],
    policy: SecondVotePolicy,
) -> None:
    place = tmp_path_factory.mktemp("subsets")
    votes, contested = drawn
    (place / "contested.txt").write_text("".join(f"{i}\n" for i in contested), "utf-8")
    contest = definition(place, policy)
    assert tally(place, contest, votes, "--contested", "contested.txt").status in (0, 1)
    (found,) = json.loads((place / "out" / "margins.json").read_bytes())["categories"][0]["cuts"]
    reasons = reasons_of(place, votes)
    base = standings_of(place)
    expected = []
    for how in itertools.product(*(ways(reasons[i]) for i in contested)):
        taken = dict(zip(contested, how, strict=True))
        counted = recounted(list(left(votes, reasons, taken)), policy)
        if in_doubt(counted, base, 2):
            expected.append(sum(way != AS_COUNTED for way in how))
    assert found["least"] == min(expected, default=None)
    assert found["holds"] is (found["least"] is None)


def reasons_of(place: Path, votes: Sequence[Mapping[str, str]]) -> dict[str, str | None]:
    with (place / "out" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        rejected = {row["vote_id"]: row["reason"] for row in csv.DictReader(file)}
    return {cast["vote_id"]: rejected.get(cast["vote_id"]) for cast in votes}


def standings_of(place: Path) -> list[str]:
    document = json.loads((place / "out" / "tally.json").read_bytes())
    return [item["submission_id"] for item in document["categories"][0]["standings"]]


def left(
    votes: Sequence[dict[str, str]], reasons: Mapping[str, str | None], how: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """The valid votes of such a resolution, for a counter that looks at second votes alone."""
    displacing = {
        cast["member_id"]
        for cast in votes
        if how.get(cast["vote_id"]) == UPHELD and reasons[cast["vote_id"]] == "second_vote"
    }
    for cast in votes:
        reason, way = reasons[cast["vote_id"]], how.get(cast["vote_id"], AS_COUNTED)
        if way == STRUCK or (way != UPHELD and reason not in (None, "second_vote")):
            continue
        if cast["member_id"] in displacing and not (way == UPHELD and reason == "second_vote"):
            continue
        yield cast


def recounted(votes: Sequence[Mapping[str, str]], policy: SecondVotePolicy) -> dict[str, int]:
    cast: list[recount.Vote] = []
    for row, item in enumerate(votes, start=2):
        vote_id, member_id, race, submission_id, cast_at = (item[name] for name in recount.FIELDS)
        cast.append(("left.csv", row, vote_id, member_id, race, submission_id, cast_at, True))
    everybody = {i: member(i) for i in ("m1", "m2", "m3", "bare", "stranger")}
    nominees = {i: nominee(i) for i in ("p1", "p2", "p3")}
    rules = lenient(policy)
    records = recount.records_of(everybody, nominees, rules)
    found = recount.recount(cast, records)
    (category,) = found.categories
    return {item["submission_id"]: item["votes"] for item in category["standings"]}


# --- Boundaries -----------------------------------------------------------------------------------


def many(
    project: str, number: int, *, contested: int = 0, reason: str | None = None
) -> list[CastVote]:
    return [CastVote("A", project, reason, n < contested) for n in range(number)]


def least(*votes: list[CastVote], places: int = 1) -> int | None:
    """Of voters with one vote each."""
    cast = [one for group in votes for one in group]
    counted = Counter({"a1": 0, "a2": 0})
    counted.update(one.submission_id for one in cast if one.reason is None)
    may_be = Counter(resolutions([one], "first", ())["A"] for one in cast)
    return least_to_doubt(rank(counted), places, may_be)


def test_striking_one_closes_a_distance_of_one() -> None:
    assert least(many("a1", 4, contested=1), many("a2", 3)) == 1
    assert least(many("a1", 4), many("a2", 3, contested=3)) is None, "it makes the distance greater"


def test_exactly_as_many_as_the_distance_are_needed_and_one_short_is_not_enough() -> None:
    assert least(many("a1", 7, contested=3), many("a2", 4)) == 3
    assert least(many("a1", 7, contested=2), many("a2", 4)) is None
    late = many("a2", 3, contested=3, reason="outside_window")
    assert least(many("a1", 7), many("a2", 4), late) == 3
    assert least(many("a1", 7), many("a2", 4), late[:2]) is None
    assert least(many("a1", 7, contested=1), many("a2", 4), late[:2]) == 3


def test_a_second_vote_that_comes_in_closes_two() -> None:
    first, second = CastVote("A", "a1", None, True), CastVote("A", "a2", "second_vote", False)
    counted = {"a1": 3, "a2": 1}
    may_be = Counter(resolutions([first, second], "first", ()).values())
    assert least_to_doubt(rank(counted), 1, may_be) == 1
    assert least_to_doubt(rank({"a1": 4, "a2": 1}), 1, may_be) is None


def test_a_tie_needs_no_contested_vote_and_with_all_in_no_number_is_enough() -> None:
    assert least(many("a1", 2), many("a2", 2)) == 0
    assert least(many("a1", 2, contested=2), places=2) is None
    assert margin("honoured", 2, rank({"a1": 2, "a2": 0})).distance is None
    assert margin("honoured", 1, rank({"a1": 2, "a2": 0})).distance == 2
    assert margin("honoured", 1, rank({})).inside is None


@pytest.mark.parametrize("reason", ["second_vote", "incomplete_ballot"])
def test_what_other_votes_rejected_may_be_upheld(reason: str) -> None:
    other = CastVote("A", "a1", None if reason == "second_vote" else reason, False)
    found = resolutions([other, CastVote("A", "a2", reason, True)], "first", ())
    assert ("a2", 1) in found["A"].costs


def test_emptying_one_category_takes_a_whole_ballot_out_of_all() -> None:
    ballot = [CastVote("A", "a1", None, False), CastVote("B", "b1", None, True)]
    assert resolutions(ballot, "first", ("A", "B"))["A"] == Resolution("a1", ((None, 1),))
    assert resolutions(ballot, "first", ())["A"] == Resolution("a1", ())
    late = [
        replace(ballot[0], reason="incomplete_ballot"),
        replace(ballot[1], reason="outside_window"),
    ]
    assert resolutions(late, "first", ("A", "B"))["A"] == Resolution(None, (("a1", 1),))


def test_a_million_votes_of_which_half_are_contested_are_no_matter() -> None:
    """By kind of voter, not voter by voter."""
    may_be = {
        Resolution("a1", ((None, 1),)): 300_000,
        Resolution("a1", (("a2", 2), (None, 1))): 200_000,
    }
    standings = rank({"a1": 600_000, "a2": 200_000, **{f"x{n}": n for n in range(300)}})
    assert least_to_doubt(standings, 5, may_be) is None
    assert least_to_doubt(standings, 1, may_be) == 400_000


# --- The command ----------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """p1 3 votes, p2 2, p3 1, of whom two are honoured; a late vote for p3, and one by a stranger."""
    definition(tmp_path, "first")
    return tmp_path


VOTES = [
    vote("v1", "m1", "p1"), vote("v2", "m2", "p1"), vote("v3", "m3", "p2"),
    vote("v4", "m1", "p2", cast_at="2021-03-11T12:00:00"),
    vote("v5", "stranger", "p3"), vote("v6", "m4", "p9"), vote("v7", "", "p1"),
]  # fmt: skip


def cuts(place: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((place / "out" / "margins.json").read_bytes())
    return document


def test_the_distance_is_told_without_any_list(place: Path) -> None:
    result = tally(place, "first.yaml", VOTES, "--plain")
    assert "C1          honoured        2          1            0           1" in result.out
    document = cuts(place)
    assert document["contested"] is None
    assert document["categories"][0]["cuts"] == [
        {"cut": "honoured", "place": 2, "last_in": 1, "first_out": 0, "distance": 1}
    ]
    with (place / "out" / "margins.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:2] == [
        ["category", "cut", "place", "last_in", "first_out", "distance"],
        ["C1", "honoured", "2", "1", "0", "1"],
    ]
    assert rows[2] == ["C2", "honoured", "2", "", "", ""]


def test_a_list_is_a_table_or_a_text_and_its_strangers_are_named(place: Path) -> None:
    (place / "list.csv").write_text("who,vote_id\nx,v5\nx,v6\nx,v7\nx,v99\nx,v5\n", "utf-8")
    (place / "list.txt").write_bytes("vote_id\r\nv5\r\n\r\nv6\r\nv7\r\nv99\r\n".encode("utf-16"))
    documents = []
    for name in ("list.csv", "list.txt"):
        result = tally(place, "first.yaml", VOTES, "--contested", name)
        assert result.status == 1
        assert "warning: no vote has the id of 1 contested vote: v99;" in result.err
        documents.append(cuts(place))
    assert documents[0] == documents[1]
    assert documents[0]["contested"] == {
        "votes": 4,
        "unknown": ["v99"],
        "without_effect": ["v6", "v7"],
    }
    assert (
        documents[0]["categories"][0]["cuts"][0] | {"contested": 1, "least": 1, "holds": False}
        == (documents[0]["categories"][0]["cuts"][0])
    )


def test_a_list_that_changes_nothing_holds_and_blocks_nothing(place: Path) -> None:
    (place / "list.csv").write_text("vote_id\nv1\n", "utf-8")
    result = tally(place, "first.yaml", VOTES, "--contested", "list.csv", "--plain")
    assert (result.status, result.err) == (0, "")
    assert cuts(place)["categories"][0]["cuts"][0]["holds"] is True
    assert "C1          honoured        2          1            0           1\n" in result.out
    assert "C1          honoured           1            1  -        yes\n" in result.out


def test_the_rejected_votes_are_a_list_also_where_some_have_no_id(place: Path) -> None:
    votes = [*VOTES, {**VOTES[0], "vote_id": ""}, {**VOTES[0], "vote_id": " "}]
    assert tally(place, "first.yaml", votes).status == 0
    shutil.copy(place / "out" / "rejected-votes.csv", place / "contested.csv")
    files = [f"--{name}={name}.csv" for name in ("votes", "members", "nominees", "contested")]
    result = wsisctl("tally", "--contest", "first.yaml", *files, cwd=place)
    assert result.status == 0
    assert (
        "note: 2 malformed votes without an id are left out of the contested ones\n" in result.err
    )


def test_what_a_list_is_worth_is_in_the_document_too(place: Path) -> None:
    (place / "list.csv").write_text("vote_id\nv1\n", "utf-8")
    given = ("--contested", "list.csv", "--format", "json")
    shown = json.loads(tally(place, "first.yaml", VOTES, *given).out)
    assert shown.pop("margins") == cuts(place)
    assert shown == json.loads((place / "out" / "tally.json").read_text("utf-8"))
    assert shown == json.loads(tally(place, "first.yaml", VOTES, "--format", "json").out)


def test_at_eighty_columns_no_heading_and_no_category_is_cut(place: Path) -> None:
    """With the longest category that an edition has, and millions of votes."""
    cut = Margin("honoured", 20, 1234567, 1234566, Robustness(1234567, 1234567))
    found = Margins("2021", "", ContestedVotes(1, (), (), {}), {"C7-e-environment": (cut,)})
    report = with_margins(Report({}, Table((), ()), (), ()), found, ["C7-e-environment"])
    lines = render(report, "table", width=80).splitlines()
    for heading in ("first out  distance", "distance  contested"):
        assert any(heading in line for line in lines)
    assert sum("C7-e-environment" in line for line in lines) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "vote_id\n1.77E+16\n",
            "list.csv:2: '1.77E+16' was an id before Excel made a number of it",
        ),
        ("vote_id,x\n,1\n", "list.csv:2: vote_id is empty"),
        ("id\nv1\n", "list.csv:1"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(content: str, message: str, place: Path) -> None:
    (place / "list.csv").write_text(content, "utf-8")
    result = tally(place, "first.yaml", VOTES, "--contested", "list.csv")
    assert (result.status, (place / "out").exists()) == (3, False)
    assert message in result.err


def test_a_part_of_the_vote_cannot_be_contested(place: Path) -> None:
    (place / "list.csv").write_text("vote_id\nv1\n", "utf-8")
    result = tally(place, "first.yaml", VOTES, "--contested", "list.csv", "--as-of", "week-1")
    assert (result.status, "--contested and --as-of contradict each other" in result.err) == (
        2,
        True,
    )


def test_votes_of_different_categories_of_one_voter_stand_apart(place: Path) -> None:
    """In the same file, with the same voter contested in one category only."""
    both = [*VOTES, vote("v8", "m3", "q1", category="C2"), vote("v9", "m2", "q2", category="C2")]
    (place / "list.csv").write_text("vote_id\nv3\nv8\n", "utf-8")
    write_csv(place / "votes.csv", both)
    write_csv(place / "members.csv", [member(f"m{n}") for n in (1, 2, 3)])
    rows = [nominee(f"p{n}") for n in (1, 2, 3)] + [nominee(f"q{n}", "C2") for n in (1, 2, 3)]
    write_csv(place / "nominees.csv", rows)
    files = [f"--{name}={name}.csv" for name in ("votes", "members", "nominees")]
    command = (
        "tally",
        "--contest",
        "first.yaml",
        *files,
        "--contested",
        "list.csv",
        "--out",
        "out",
    )
    assert wsisctl(*command, cwd=place).status == 0
    found = [item["cuts"][0] for item in cuts(place)["categories"][:2]]
    assert [(item["contested"], item["least"]) for item in found] == [(1, 1), (1, 1)]


# --- In a contest folder --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("margins") / "prizes")
    assert [result.status for result in run_all(folder)] == [1, 0, 0, 0]
    return folder


def test_in_a_folder_a_list_that_is_named_only_looks(whole: Path, tmp_path: Path) -> None:
    before = contents(whole)
    (tmp_path / "list.txt").write_text("v1\n", "utf-8")
    result = wsisctl("tally", "--contested", tmp_path / "list.txt", "--plain", cwd=whole)
    assert "least" in result.out
    assert "results/ is left as it is" in result.err
    assert contents(whole) == before


def test_in_a_folder_too_a_stranger_in_the_list_is_named(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("nobodys\n", "utf-8")
    result = wsisctl("tally", "--contested", tmp_path / "list.txt", "--quiet", cwd=whole)
    assert result.status == 1
    assert "warning: no vote has the id of 1 contested vote: nobodys;" in result.err


def test_in_a_folder_a_recorded_list_is_an_input_of_the_tally_alone(
    whole: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "prizes"))
    before = contents(folder)
    with (folder / "results" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        rejected = next(csv.DictReader(file))["vote_id"]
    recorded = folder / "decisions" / "contested-votes.csv"
    recorded.write_text(f"vote_id,why\n{rejected},so\n", "utf-8")
    shown = wsisctl("status", cwd=folder).out
    assert "decisions/contested-votes.csv" in shown
    (result,) = run_all(folder, "tally")
    assert result.status == 0
    after = contents(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "decisions/contested-votes.csv", "results/margins.json", "results/margins.csv",
        "results/manifest.json",
    }  # fmt: skip
    document = json.loads(after["results/margins.json"])
    assert document["contested"]["votes"] == 1
    recorded.unlink()
    run_all(folder, "tally")
    assert contents(folder) == before


WHOLE = """\
vote_id,member_id,category,submission_id,cast_at
1,m1,1,a,2013-04-27T10:00:00
2,m1,two,c,2013-04-27T10:00:00
3,m3,1,a,2013-04-27T10:00:00
4,m3,two,c,2013-04-27T10:00:00
5,m4,1,b,2013-04-27T10:00:00
6,m4,two,d,2013-04-29T10:00:00
"""


@pytest.mark.parametrize(
    ("ids", "least_of_first"),
    [("2", None), ("2 4", 2), ("2 6", 2), ("6", None), ("5", None), ("2 5", 2), ("1 2 3", 2)],
)
def test_where_whole_ballots_are_asked_for_a_vote_matters_in_other_categories(
    ids: str, least_of_first: int | None, tmp_path: Path
) -> None:
    """a has two votes, b none: the ballot of m4 is not whole, since its other vote was late."""
    golden = Path(__file__).parent / "golden" / "every-category-demanded"
    for name in ("edition.yaml", "members.csv", "nominees.csv"):
        shutil.copy(golden / name, tmp_path)
    (tmp_path / "votes.csv").write_text(WHOLE, "utf-8")
    (tmp_path / "list.txt").write_text(ids.replace(" ", "\n"), "utf-8")
    files = [f"--{name}={name}.csv" for name in ("votes", "members", "nominees")]
    command = (
        "tally",
        "--contest",
        "edition.yaml",
        *files,
        "--contested",
        "list.txt",
        "--out",
        "out",
    )
    assert wsisctl(*command, cwd=tmp_path).status in (0, 1)
    honoured, pool = cuts(tmp_path)["categories"][0]["cuts"]
    assert (honoured["distance"], honoured["least"], honoured["holds"]) == (None, None, True)
    assert (pool["distance"], pool["least"]) == (2, least_of_first)


def to_nobody(cost: int) -> Resolution:
    return Resolution("a1", ((None, cost),))


def to_the_other(cost: int, to_nobody: int | None = None) -> Resolution:
    further = () if to_nobody is None else ((None, to_nobody),)
    return Resolution("a1", (("a2", cost), *further))


@pytest.mark.parametrize(
    ("voters", "distance", "expected"),
    [
        # One of the two cheap ones is left over, since two pairs and the other are enough.
        ({to_nobody(1): 2, to_the_other(2): 3}, 5, 2 + 2 + 1),
        # One dear one is taken, since a second pair for it and a cheap one would cost more.
        ({to_nobody(1): 2, to_nobody(3): 10, to_the_other(5, 4): 2}, 5, 5 + 1 + 1 + 3),
        # One who could give both gives one.
        ({to_the_other(3, 2): 2}, 3, 3 + 2),
        ({to_the_other(3, 2): 2}, 5, None),
    ],
)
def test_singles_and_pairs_are_weighed_against_each_other(
    voters: dict[Resolution, int], distance: int, expected: int | None
) -> None:
    assert least_to_doubt(rank({"a1": 100 + distance, "a2": 100}), 1, voters) == expected
