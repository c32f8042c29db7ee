"""Winners and champions by example: scores worked out by hand, ties, decisions, and tallies that are none."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import (
    REPOSITORY,
    SELECTION,
    VOTE_COLUMNS,
    Result,
    member,
    nominee,
    sheet,
    vote,
    write_csv,
    wsisctl,
)

SIGNED = {"by": "the panel", "on": "2021-04-10", "reason": "after discussion"}
WINDOWS = {
    "2018": {"opens": "2018-01-12T00:00:00+01:00", "closes": "2018-02-04T23:00:00+01:00"},
    "2021": {"opens": "2021-03-01T00:00:00+01:00", "closes": "2021-03-31T23:00:00+02:00"},
}
CUTS = {"2018": {"honoured": 5, "pool": 3}, "2021": {"honoured": 5, "pool": 5}}
SEVEN = {"p1": 7, "p2": 6, "p3": 5, "p4": 4, "p5": 3, "p6": 2, "p7": 1}
"""Seven nominees with 28 votes among them and no two alike."""
HONOURED = ["p1", "p2", "p3", "p4", "p5"]

Row = Mapping[str, str]
Decision = Mapping[str, object]


@cache
def categories(contest: str) -> tuple[str, ...]:
    definition = yaml.safe_load((REPOSITORY / "contests" / f"{contest}.yaml").read_text("utf-8"))
    return tuple(item["id"] for item in definition["categories"])


def tally_of(
    votes: Mapping[str, int],
    contest: str = "2021",
    orders: Mapping[str, Sequence[str]] | None = None,
    category: str = "C1",
) -> dict[str, Any]:
    """The document that `tally` writes for these votes in one category and none elsewhere.

    `orders`: by cut, the tie-break that was recorded.
    """
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    counts = [number for _, number in ranked]
    lists: dict[str, list[str]] = {"honoured": [], "pool": []}
    ties = []
    for cut, places in CUTS[contest].items():
        if cut == "pool" and places == CUTS[contest]["honoured"]:
            lists["pool"] = lists["honoured"]
            continue
        last = counts[places - 1] if len(counts) > places else -1
        if last not in counts[places:]:
            lists[cut] = [identity for identity, _ in ranked[:places]]
            continue
        certain = [identity for identity, number in ranked if number > last]
        contenders = [identity for identity, number in ranked if number == last]
        order = list((orders or {}).get(cut, ()))
        lists[cut] = [*certain, *order[: places - len(certain)]]
        tie = {"cut": cut, "place": places, "votes": last, "submission_ids": contenders}
        ties.append({**tie, "resolved_by": "decision"} if order else tie)
    filled = {
        "category": category,
        "votes": sum(counts),
        "standings": [
            {"rank": counts.index(number) + 1, "submission_id": identity, "votes": number}
            for identity, number in ranked
        ],
        **lists,
        "ties": ties,
    }
    empty = {"votes": 0, "standings": [], "honoured": [], "pool": [], "ties": []}
    return {
        "contest": contest,
        "window": WINDOWS[contest],
        "votes": {
            "read": sum(counts),
            "counted": sum(counts),
            "rejected": 0,
            "rejected_by_reason": {},
        },
        "categories": [
            filled if name == category else {"category": name, **empty}
            for name in categories(contest)
        ],
    }


@dataclass(frozen=True)
class Selection:
    """What `select-winners` said."""

    result: Result
    document: Any

    def of(self, category: str = "C1") -> dict[str, Any]:
        return next(item for item in self.document["categories"] if item["category"] == category)

    def outcome(self, category: str = "C1") -> tuple[list[str], list[str], str | None]:
        item = self.of(category)
        return item["winners"], item["champions"], item["basis"]

    def unresolved(self, category: str = "C1") -> list[tuple[str, int, list[str]]]:
        return [
            (item["cut"], item["place"], item["submission_ids"])
            for item in self.of(category)["unresolved"]
        ]

    def why(self) -> str:
        return "\n".join(item["why"] for item in self.of()["unresolved"])


NO_RESULT: tuple[list[str], list[str], None] = ([], [], None)


def arguments(
    folder: Path,
    tally: object,
    sheets: Iterable[Row] = (),
    decisions: Sequence[Decision] = (),
    panel: Sequence[str] = (),
    contest: str = "2021",
) -> list[str | Path]:
    """The command line for these records, written as files."""
    stored = folder / "tally.json"
    stored.write_text(json.dumps(tally, indent=2), "utf-8")
    words: list[str | Path] = ["select-winners", "--contest", contest, "--tally", stored]
    if sheets := list(sheets):
        words += ["--scores", write_csv(folder / "scores.csv", sheets)]
    if decisions:
        decided = folder / "decisions.yaml"
        decided.write_text(yaml.safe_dump([{**SIGNED, **item} for item in decisions]), "utf-8")
        words += ["--decisions", decided]
    if panel:
        rows = [{"panelist": name} for name in panel]
        words += ["--panel", write_csv(folder / "panel.csv", rows)]
    return words


def select(folder: Path, tally: object, *records: Any, **further: Any) -> Selection:
    """Run `select-winners` on records that can be used."""
    out = folder / "results"
    words = arguments(folder, tally, *records, **further)
    result = wsisctl(*words, "--out", out, "--format", "json")
    assert result.status in (0, 1), result.err
    assert result.out == (out / "results.json").read_text("utf-8")
    return Selection(result, json.loads(result.out))


def adding_up_to(total: int) -> list[int]:
    """Scores for scale, impact and development."""
    each, rest = divmod(total, len(SELECTION))
    return [each + 1] * rest + [each] * (len(SELECTION) - rest)


def scored(*panelists: str, **totals: int) -> list[Row]:
    """Each panelist's three scores for a submission add up to so much."""
    return [
        sheet(panelist, identity, adding_up_to(total), SELECTION)
        for panelist in panelists or ("ana",)
        for identity, total in totals.items()
    ]


POOL_SCORES = {"p1": 9, "p2": 12, "p3": 14, "p4": 6, "p5": 12}
"""p3 is the best of the five, p2 and p5 share the second place."""


def winners(*identities: str, category: str = "C1") -> Decision:
    return {"kind": "winner", "category": category, "submission_ids": list(identities)}


def tie_break(*order: str) -> Decision:
    return {"kind": "tie-break", "stage": "select", "cut": "winner", "category": "C1", "order": list(order)}  # fmt: skip


# --- By scores ----------------------------------------------------------------------------------


def test_the_tallies_here_are_those_of_the_product(tmp_path: Path) -> None:
    votes = [
        vote(f"v{place}{n}", f"m{place}{n}", identity)
        for place, (identity, number) in enumerate(SEVEN.items())
        for n in range(number)
    ]
    members = [member(row["member_id"]) for row in votes]
    result = wsisctl(
        *("tally", "--contest", "2021", "--format", "json"),
        *("--votes", write_csv(tmp_path / "votes.csv", votes, VOTE_COLUMNS)),
        *("--members", write_csv(tmp_path / "members.csv", members)),
        *("--nominees", write_csv(tmp_path / "nominees.csv", map(nominee, SEVEN))),
    )
    assert json.loads(result.out) == tally_of(SEVEN)


def test_the_highest_score_in_the_pool_wins(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of(SEVEN), scored(**POOL_SCORES))
    assert (selection.result.status, selection.unresolved()) == (0, [])
    assert selection.outcome() == (["p3"], ["p1", "p2", "p4", "p5"], "scores")


def test_one_winner_is_one_winner(tmp_path: Path) -> None:
    sheets = scored(p1=9, p2=12)
    words = arguments(tmp_path, tally_of({"p1": 2, "p2": 1}), sheets)
    assert "Contest 2021: 1 winner, 1 champion; 0 unresolved." in wsisctl(*words, "--quiet").out


def test_a_higher_score_outside_the_pool_does_not_win(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of(SEVEN), scored(**POOL_SCORES, p6=15))
    assert selection.outcome()[0] == ["p3"]


def test_the_pool_of_2018_is_smaller_than_those_honoured(tmp_path: Path) -> None:
    sheets = scored(p1=9, p2=12, p3=6, p4=15, p5=15)
    selection = select(tmp_path, tally_of(SEVEN, "2018"), sheets, contest="2018")
    assert selection.outcome() == (["p2"], ["p1", "p3", "p4", "p5"], "scores")


@pytest.mark.parametrize("winner", ["p1", "p3", "p5"])
def test_champions_stand_in_the_order_of_the_votes(winner: str, tmp_path: Path) -> None:
    sheets = scored(**{**dict.fromkeys(HONOURED, 9), winner: 10})
    selection = select(tmp_path, tally_of(SEVEN), sheets)
    assert selection.outcome() == (
        [winner],
        [identity for identity in HONOURED if identity != winner],
        "scores",
    )


def test_champions_of_equal_votes_stand_by_id_whatever_the_tie_break(tmp_path: Path) -> None:
    """The recorded order says who is honoured; the standings say in which order they are shown."""
    votes = {"p1": 9, "p2": 9, "p3": 9, "p4": 1, "p5": 1, "p6": 1}
    tally = tally_of(votes, orders={"honoured": ("p6", "p4", "p5")})
    assert tally["categories"][0]["honoured"] == ["p1", "p2", "p3", "p6", "p4"]
    sheets = scored(p1=3, p2=15, p3=3, p4=3, p6=3)
    assert select(tmp_path, tally, sheets).outcome()[1] == ["p1", "p3", "p4", "p6"]


def test_fewer_nominees_than_places(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of({"p1": 1, "p2": 0}), scored(p1=9, p2=10))
    assert (selection.result.status, selection.outcome()) == (0, (["p2"], ["p1"], "scores"))


def test_the_only_nominee_wins_with_any_score(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of({"p1": 0}), scored(p1=3))
    assert (selection.result.status, selection.outcome()) == (0, (["p1"], [], "scores"))


def test_a_category_without_nominees_has_no_result_and_nothing_open(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of({}))
    assert selection.result.status == 0
    assert selection.document == {
        "contest": "2021",
        "categories": [
            {"category": name, "winners": [], "champions": [], "basis": None, "unresolved": []}
            for name in categories("2021")
        ],
    }


def test_a_difference_behind_the_third_decimal_wins(tmp_path: Path) -> None:
    """229/57 = 4.01754 and 446/111 = 4.01802 are both 4.018 with three decimals."""
    experts = [f"e{n}" for n in range(37)]
    first = [*scored(*experts[:18], p1=12), *scored(experts[18], p1=13)]
    second = [*scored(*experts[:35], p2=12), *scored(*experts[35:], p2=13)]
    selection = select(tmp_path, tally_of({"p1": 0, "p2": 0}), [*first, *second])
    assert selection.outcome() == (["p2"], ["p1"], "scores")


def test_equal_scores_that_floats_tell_apart_are_a_tie(tmp_path: Path) -> None:
    first, second = (4, 13), (3, 14)
    assert sum(n / 3 for n in first) / 2 != sum(n / 3 for n in second) / 2, "shows nothing"
    sheets = [
        *(row for name, total in zip("ab", first, strict=True) for row in scored(name, p1=total)),
        *(row for name, total in zip("ab", second, strict=True) for row in scored(name, p2=total)),
    ]
    selection = select(tmp_path, tally_of({"p1": 0, "p2": 0}), sheets)
    assert selection.unresolved() == [("winner", 1, ["p1", "p2"])]


def test_the_number_of_panelists_gives_no_advantage(tmp_path: Path) -> None:
    sheets = [*scored("a", "b", "c", p1=12), *scored("a", p2=13)]
    selection = select(tmp_path, tally_of({"p1": 0, "p2": 0}), sheets)
    assert selection.outcome()[0] == ["p2"]


TOP_TIE = {**POOL_SCORES, "p1": 14}


def test_a_tie_at_the_top_is_left_to_people(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of(SEVEN), scored(**TOP_TIE))
    assert selection.result.status == 1
    assert selection.outcome() == NO_RESULT
    assert selection.unresolved() == [("winner", 1, ["p1", "p3"])]


def test_a_recorded_tie_break_names_the_winner(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of(SEVEN), scored(**TOP_TIE), [tie_break("p3", "p1")])
    assert (selection.result.status, selection.unresolved()) == (0, [])
    assert selection.outcome() == (["p3"], ["p1", "p2", "p4", "p5"], "decision")


@pytest.mark.parametrize("order", [("p3",), ("p3", "p1", "p2"), ("p3", "p9")], ids="-".join)
def test_a_tie_break_of_other_contenders_breaks_nothing(
    order: tuple[str, ...], tmp_path: Path
) -> None:
    selection = select(tmp_path, tally_of(SEVEN), scored(**TOP_TIE), [tie_break(*order)])
    assert (selection.result.status, selection.outcome()) == (1, NO_RESULT)
    assert "decisions.yaml:1" in selection.result.err


def test_a_tie_break_without_a_tie_changes_nothing(tmp_path: Path) -> None:
    decisions = [tie_break("p1", "p3")]
    selection = select(tmp_path, tally_of(SEVEN), scored(**POOL_SCORES), decisions)
    assert selection.outcome() == (["p3"], ["p1", "p2", "p4", "p5"], "scores")
    assert "decisions.yaml:1" in selection.result.err


# --- Scores that are not there ------------------------------------------------------------------

NO_SHEET_FOR_P4: list[Row] = scored(p1=9, p2=12, p3=14, p5=12)
OPEN_SHEETS: Mapping[str, list[Row]] = {
    "no sheet": [],
    "blank": [sheet("ana", "p4", 1, SELECTION, **dict.fromkeys(SELECTION, ""))],
    "recused": [
        sheet("ana", "p4", 1, SELECTION, **dict.fromkeys(SELECTION, ""), recused="yes"),
    ],
    "too high": [sheet("ana", "p4", 1, SELECTION, impact="6")],
    "half a point": [sheet("ana", "p4", 1, SELECTION, impact="4.5")],
    "empty among filled": [sheet("ana", "p4", 1, SELECTION, impact="")],
    "no number": [sheet("ana", "p4", 1, SELECTION, impact="abc")],
    "bad beside good": [*scored("bob", p4=3), sheet("ana", "p4", 1, SELECTION, impact="x")],
    "not on the panel": scored("stranger", p4=3),
}


@pytest.mark.parametrize("case", OPEN_SHEETS)
def test_without_a_score_for_all_of_the_pool_nobody_wins(case: str, tmp_path: Path) -> None:
    """The panel looks at every project of the pool (2021-W1), so one sheet too few leaves it open."""
    sheets = [*NO_SHEET_FOR_P4, *OPEN_SHEETS[case]]
    selection = select(tmp_path, tally_of(SEVEN), sheets, panel=["ana", "bob"])
    assert (selection.result.status, selection.outcome()) == (1, NO_RESULT)
    assert selection.unresolved() == [("winner", 1, ["p4"])]
    assert selection.why()


def test_without_any_scores_the_whole_pool_is_open(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of(SEVEN))
    assert (selection.result.status, selection.outcome()) == (1, NO_RESULT)
    assert selection.unresolved() == [("winner", 1, HONOURED)]


def test_one_recusal_beside_other_scores_blocks_nothing(tmp_path: Path) -> None:
    blank = dict.fromkeys(SELECTION, "")
    recused = sheet("bob", "p3", 1, SELECTION, **blank, recused="yes")
    selection = select(tmp_path, tally_of(SEVEN), [*scored(**POOL_SCORES), recused])
    assert selection.outcome()[0] == ["p3"]


def test_equal_sheets_are_merged_and_that_is_said(tmp_path: Path) -> None:
    """Counted twice, ana's sheet would carry p1 to 14/3 on average and so past p2."""
    sheets = [*scored("ana", p1=15), *scored("bob", p1=9), *scored("ana", p1=15)]
    tally = tally_of({"p1": 0, "p2": 0})
    selection = select(tmp_path, tally, [*sheets, *scored("ana", "bob", p2=12)])
    assert selection.unresolved() == [("winner", 1, ["p1", "p2"])]
    assert "merged" in selection.result.err


def test_two_different_sheets_of_one_panelist_are_refused(tmp_path: Path) -> None:
    sheets = [*scored("ana", p1=15), *scored("bob", p1=9), *scored("ana", p1=14)]
    result = wsisctl(*arguments(tmp_path, tally_of(SEVEN), sheets), "--out", tmp_path / "out")
    assert (result.status, result.out) == (3, "")
    assert "scores.csv:2" in result.err
    assert "scores.csv:4" in result.err
    assert not (tmp_path / "out").exists()


# --- By decision --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "found", "champions"),
    [
        pytest.param(["p5"], ["p5"], ["p1", "p2", "p3", "p4"], id="one"),
        pytest.param([], [], HONOURED, id="none"),
        pytest.param(["p4", "p2"], ["p2", "p4"], ["p1", "p3", "p5"], id="two"),
    ],
)
@pytest.mark.parametrize("scores", [{}, POOL_SCORES], ids=["unscored", "scored"])
def test_a_decision_names_the_winners(
    scores: Mapping[str, int],
    named: list[str],
    found: list[str],
    champions: list[str],
    tmp_path: Path,
) -> None:
    selection = select(tmp_path, tally_of(SEVEN), scored(**scores), [winners(*named)])
    assert (selection.result.status, selection.unresolved()) == (0, [])
    assert selection.outcome() == (found, champions, "decision")


def test_a_decision_resolves_a_tie_at_the_top(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of(SEVEN), scored(**TOP_TIE), [winners("p1")])
    assert (selection.result.status, selection.outcome()[0]) == (0, ["p1"])


def test_a_decision_may_name_its_category_by_number(tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of(SEVEN), [], [winners("p1", category="1")])
    assert selection.outcome()[0] == ["p1"]


def test_a_decision_speaks_for_its_category_alone(tmp_path: Path) -> None:
    sheets = scored(**POOL_SCORES)
    selection = select(tmp_path, tally_of(SEVEN), sheets, [winners(category="C2")])
    assert selection.outcome("C1") == (["p3"], ["p1", "p2", "p4", "p5"], "scores")
    assert selection.outcome("C2") == ([], [], "decision")


@pytest.mark.parametrize("named", [["p6"], ["p1", "p6"], ["p6", "x"]], ids="-".join)
def test_who_is_not_in_the_pool_cannot_win(named: list[str], tmp_path: Path) -> None:
    selection = select(tmp_path, tally_of(SEVEN), scored(**POOL_SCORES), [winners(*named)])
    assert (selection.result.status, selection.outcome()) == (1, NO_RESULT)
    outside = [identity for identity in named if identity not in HONOURED]
    assert selection.unresolved() == [("winner", 1, outside)]


def test_in_2018_the_fourth_by_votes_cannot_win(tmp_path: Path) -> None:
    tally = tally_of(SEVEN, "2018")
    selection = select(tmp_path, tally, [], [winners("p4")], contest="2018")
    assert (selection.result.status, selection.outcome()) == (1, NO_RESULT)
    assert selection.unresolved() == [("winner", 1, ["p4"])]


def test_more_winners_than_the_definition_allows_are_refused(tmp_path: Path) -> None:
    words = arguments(tmp_path, tally_of(SEVEN), [], [winners("p1", "p2", "p3")])
    result = wsisctl(*words)
    assert (result.status, result.out) == (3, "")
    assert "decisions.yaml:" in result.err


# --- Open ties of the vote ----------------------------------------------------------------------

FIFTH_OPEN = {**SEVEN, "p6": 3}


@pytest.mark.parametrize("decisions", [[], [winners("p1")], [winners()]], ids=["", "one", "none"])
def test_without_a_complete_honoured_list_there_is_no_result(
    decisions: list[Decision], tmp_path: Path
) -> None:
    sheets = scored(**POOL_SCORES, p6=3)
    selection = select(tmp_path, tally_of(FIFTH_OPEN), sheets, decisions)
    assert (selection.result.status, selection.outcome()) == (1, NO_RESULT)
    assert selection.unresolved() == [("honoured", 5, ["p5", "p6"])]


def test_a_resolved_tie_of_the_vote_blocks_nothing(tmp_path: Path) -> None:
    tally = tally_of(FIFTH_OPEN, orders={"honoured": ("p6", "p5")})
    selection = select(tmp_path, tally, scored(p1=3, p2=3, p3=3, p4=3, p6=12))
    assert (selection.result.status, selection.unresolved()) == (0, [])
    assert selection.outcome() == (["p6"], ["p1", "p2", "p3", "p4"], "scores")


THIRD_OPEN = {**SEVEN, "p4": 5}
"""In 2018: p3 and p4 for the last place of the pool; who is honoured is clear."""


def test_an_open_pool_leaves_only_the_winner_open(tmp_path: Path) -> None:
    tally = tally_of(THIRD_OPEN, "2018")
    assert tally["categories"][0]["honoured"] == HONOURED
    selection = select(tmp_path, tally, scored(**POOL_SCORES), contest="2018")
    assert selection.result.status == 1
    assert selection.outcome() == NO_RESULT
    assert selection.unresolved() == [("pool", 3, ["p3", "p4"])]


def test_a_decision_among_those_certain_needs_no_complete_pool(tmp_path: Path) -> None:
    tally = tally_of(THIRD_OPEN, "2018")
    selection = select(tmp_path, tally, [], [winners("p2")], contest="2018")
    assert (selection.result.status, selection.unresolved()) == (0, [])
    assert selection.outcome() == (["p2"], ["p1", "p3", "p4", "p5"], "decision")


def test_a_decision_cannot_name_who_still_contends_for_the_pool(tmp_path: Path) -> None:
    tally = tally_of(THIRD_OPEN, "2018")
    selection = select(tmp_path, tally, [], [winners("p3")], contest="2018")
    assert (selection.result.status, selection.outcome()) == (1, NO_RESULT)
    assert selection.unresolved() == [("pool", 3, ["p3", "p4"]), ("winner", 1, ["p3"])]


def test_both_cuts_of_the_vote_may_be_open(tmp_path: Path) -> None:
    votes = {"p1": 9, **dict.fromkeys(("p2", "p3", "p4", "p5", "p6"), 2)}
    selection = select(tmp_path, tally_of(votes, "2018"), contest="2018")
    contenders = ["p2", "p3", "p4", "p5", "p6"]
    assert selection.unresolved() == [("honoured", 5, contenders), ("pool", 3, contenders)]


# --- Files that are no tally of this contest ----------------------------------------------------


def refusal(folder: Path, content: bytes, contest: str = "2021") -> str:
    """The complaint about such a tally.json; nothing may come of it."""
    words = arguments(folder, {}, scored(**POOL_SCORES, p6=15), contest=contest)
    (folder / "tally.json").write_bytes(content)
    result = wsisctl(*words, "--out", folder / "out")
    assert (result.status, result.out) == (3, ""), result.err
    assert not (folder / "out").exists()
    assert "tally.json" in result.err
    return result.err


def test_a_tally_of_another_contest_is_refused(tmp_path: Path) -> None:
    told = refusal(tmp_path, json.dumps(tally_of(SEVEN, "2018")).encode())
    assert "2018" in told
    assert "2021" in told


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff\xfe", id="bytes"),
        pytest.param(b"submission_id,votes\np1,3\n", id="CSV"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"contest": "2021", "categories": []}', id="half"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b"9" * 100_000, id="a long number"),
        pytest.param(json.dumps(tally_of(SEVEN)).encode("utf-16"), id="UTF-16"),
        # What JSON can spell and UTF-8 cannot: it would come out again in results.json.
        pytest.param(json.dumps(tally_of({"\ud800": 1})).encode(), id="lone surrogate"),
    ],
)
def test_what_is_no_tally_is_refused(content: bytes, tmp_path: Path) -> None:
    refusal(tmp_path, content)


@pytest.mark.parametrize("what", ["missing", "folder"])
def test_no_file_is_no_tally(what: str, tmp_path: Path) -> None:
    if what == "folder":
        (tmp_path / "tally.json").mkdir()
    result = wsisctl("select-winners", "--contest", "2021", "--tally", tmp_path / "tally.json")
    assert (result.status, result.out) == (3, "")
    assert "tally.json" in result.err


Edit = Callable[[dict[str, Any], dict[str, Any]], object]


def _swap_fifth_and_sixth(_: dict[str, Any], c1: dict[str, Any]) -> None:
    c1["honoured"][-1] = c1["pool"][-1] = "p6"


def _hide_a_tie(_: dict[str, Any], c1: dict[str, Any]) -> None:
    c1.update(tally_of(FIFTH_OPEN)["categories"][0], ties=[])


def _resolve_a_tie_by_nobody(_: dict[str, Any], c1: dict[str, Any]) -> None:
    c1.update(tally_of(FIFTH_OPEN)["categories"][0])
    c1["ties"][0]["resolved_by"] = "decision"


EDITS: Mapping[str, Edit] = {
    "the sixth is honoured": _swap_fifth_and_sixth,
    "in the pool and not honoured": lambda _, c1: c1.update(pool=[*HONOURED[:4], "p6"]),
    "fewer honoured than places": lambda _, c1: c1.update(honoured=["p1"], pool=["p1"]),
    "nobody honoured": lambda _, c1: c1.update(honoured=[], pool=[]),
    "more votes for the sixth": lambda _, c1: c1["standings"][5].update(votes=99),
    "another total of the category": lambda _, c1: c1.update(votes=27),
    "another total of the vote": lambda tally, _: tally["votes"].update(read=27),
    "standings upside down": lambda _, c1: c1["standings"].reverse(),
    "another rank": lambda _, c1: c1["standings"][1].update(rank=1),
    "a line of the standings twice": lambda _, c1: c1["standings"].append(c1["standings"][0]),
    "a project in two categories": lambda tally, c1: tally["categories"][1].update(
        {key: deepcopy(value) for key, value in c1.items() if key != "category"}
    ),
    "honoured without a line": lambda _, c1: c1["standings"].pop(0),
    "a tie hidden": _hide_a_tie,
    "a tie resolved by nobody": _resolve_a_tie_by_nobody,
    "a tie of strangers": lambda _, c1: c1.update(
        ties=[{"cut": "honoured", "place": 5, "votes": 3, "submission_ids": ["x", "y"]}]
    ),
    "an unknown key": lambda _, c1: c1.update(note="checked"),
    "a key missing": lambda _, c1: c1.pop("ties"),
    "a category missing": lambda tally, _: tally["categories"].pop(),
    "categories in another order": lambda tally, _: tally["categories"].reverse(),
    "votes as text": lambda _, c1: c1.update(votes="28"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_tally_that_contradicts_itself_is_refused(edit: str, tmp_path: Path) -> None:
    """Whoever edits one number of a tally must not thereby choose who wins."""
    tally = deepcopy(tally_of(SEVEN))
    EDITS[edit](tally, tally["categories"][0])
    assert tally != tally_of(SEVEN)
    refusal(tmp_path, json.dumps(tally).encode())
