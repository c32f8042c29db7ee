"""The shortlist by example: scores worked out by hand, cuts and ties, and what only people decide."""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import (
    NOMINATION,
    REPOSITORY,
    Result,
    member,
    sheet,
    submission,
    submission_2018,
    vote,
    write_csv,
    wsisctl,
)

SIGNED = {"by": "the panel", "on": "2021-02-20", "reason": "after discussion"}
CRITERIA_2018 = ("rules", "criteria")

Row = Mapping[str, str]
Place = tuple[str, int | None, str | None]


@dataclass(frozen=True)
class Shortlist:
    """What `nominate` said and wrote."""

    result: Result
    document: Any
    rows: list[dict[str, str]]
    """nominees.csv"""

    def places(self, category: str = "C1") -> list[Place]:
        nominees = self._category(category)["nominees"]
        return [(item["submission_id"], item["rank"], item["score"]) for item in nominees]

    def ids(self, category: str = "C1") -> list[str]:
        return [identity for identity, _, _ in self.places(category)]

    def unresolved(self, category: str = "C1") -> list[tuple[str, int | None, list[str]]]:
        return [
            (item["cut"], item["place"], item["submission_ids"])
            for item in self._category(category)["unresolved"]
        ]

    def why(self, category: str = "C1") -> str:
        return "\n".join(item["why"] for item in self._category(category)["unresolved"])

    def _category(self, name: str) -> Any:
        return next(item for item in self.document["categories"] if item["category"] == name)


def arguments(
    folder: Path,
    submissions: Iterable[Row],
    sheets: Iterable[Row] = (),
    decisions: Sequence[Mapping[str, object]] = (),
    panel: Sequence[str] = (),
    contest: str | Path = "2021",
) -> list[str | Path]:
    """The command line for these records, written as files."""
    entered = write_csv(folder / "submissions.csv", submissions)
    words: list[str | Path] = ["nominate", "--contest", contest, "--submissions", entered]
    if sheets := list(sheets):
        words += ["--scores", write_csv(folder / "scores.csv", sheets)]
    if decisions:
        decided = folder / "decisions.yaml"
        decided.write_text(yaml.safe_dump([{**SIGNED, **item} for item in decisions]), "utf-8")
        words += ["--decisions", decided]
    if panel:
        experts = [{"panelist": name, "organization": f"Institute {name}"} for name in panel]
        words += ["--panel", write_csv(folder / "panel.csv", experts)]
    return words


def nominate(folder: Path, *records: Any, **further: Any) -> Shortlist:
    """Run `nominate` on records that can be used."""
    out = folder / "results"
    result = wsisctl(*arguments(folder, *records, **further), "--out", out, "--format", "json")
    assert result.status in (0, 1), result.err
    document = json.loads(result.out)
    assert result.out == (out / "nominees.json").read_text("utf-8")
    with (out / "nominees.csv").open(encoding="utf-8", newline="") as file:
        return Shortlist(result, document, list(csv.DictReader(file)))


def with_quota(folder: Path, quota: int) -> Path:
    """The edition of 2021 with another number of nominees, so that a test stays readable."""
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    path = folder / "edition.yaml"
    changed, number = re.subn(r"^  quota: 20\b", f"  quota: {quota}", text, flags=re.MULTILINE)
    assert number == 1
    path.write_text(changed, "utf-8")
    return path


def adding_up_to(total: int) -> list[int]:
    """Scores from 1 to 5 for the nine criteria, as equal as can be."""
    each, rest = divmod(total, len(NOMINATION))
    return [each + 1] * rest + [each] * (len(NOMINATION) - rest)


def one_each(**totals: int) -> list[Row]:
    """One sheet for each submission, whose nine scores add up to so much."""
    return [sheet("ana", identity, adding_up_to(total)) for identity, total in totals.items()]


def sheets_for(identity: str, *sheets: int | Sequence[int]) -> list[Row]:
    """A sheet of one panelist after the other."""
    return [sheet(f"panelist{n}", identity, scores) for n, scores in enumerate(sheets)]


def submissions(identities: Iterable[str]) -> list[Row]:
    return [submission(identity) for identity in identities]


def tie_break(*order: str, category: str = "C1") -> Mapping[str, object]:
    return {
        "kind": "tie-break",
        "stage": "nominate",
        "cut": "quota",
        "category": category,
        "order": list(order),
    }


def chosen(*identities: str, category: str = "C1") -> Mapping[str, object]:
    return {"kind": "nominate", "category": category, "submission_ids": list(identities)}


# --- Scores -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheets", "score"),
    [
        pytest.param([1], "1.000", id="lowest"),
        pytest.param([5], "5.000", id="highest"),
        pytest.param([[5, 4, 3, 2, 1, 5, 4, 3, 2]], "3.222", id="29 of 9"),
        pytest.param([adding_up_to(30)], "3.333", id="a third is rounded down"),
        pytest.param([adding_up_to(33)], "3.667", id="two thirds are rounded up"),
        pytest.param([5, 2], "3.500", id="two panelists"),
        pytest.param([5, 2, 2], "3.000", id="three panelists"),
        # 65/16: a float printed with three decimals, and rounding half to even, give 4.062.
        pytest.param([*[4] * 15, 5], "4.063", id="4.0625 half up"),
        pytest.param([*[3] * 13, 4, 4, 4], "3.188", id="3.1875 half up"),
        # 577/144 = 4.00694...
        pytest.param([*[4] * 15, [5, *[4] * 8]], "4.007", id="one point among sixteen panelists"),
    ],
)
def test_the_score_is_the_mean_of_the_panelists_means(
    sheets: Sequence[int | Sequence[int]], score: str, tmp_path: Path
) -> None:
    shortlist = nominate(tmp_path, submissions("a"), sheets_for("a", *sheets))
    assert (shortlist.result.status, shortlist.places()) == (0, [("a", 1, score)])


def test_the_number_of_panelists_gives_no_advantage(tmp_path: Path) -> None:
    sheets = [*sheets_for("a", 4), *sheets_for("b", 4, 4, 4, 4), *sheets_for("c", 5, 3, 5)]
    shortlist = nominate(tmp_path, submissions("abc"), sheets)
    assert shortlist.places() == [("c", 1, "4.333"), ("a", 2, "4.000"), ("b", 2, "4.000")]


def test_a_difference_behind_the_third_decimal_ranks(tmp_path: Path) -> None:
    """577/144 = 4.00694 and 613/153 = 4.00654 are shown alike and are not equal."""
    one_point_more = [5, *[4] * 8]
    sheets = [
        *sheets_for("a", *[4] * 16, one_point_more),
        *sheets_for("b", *[4] * 15, one_point_more),
    ]
    shortlist = nominate(tmp_path, submissions("ab"), sheets)
    assert shortlist.places() == [("b", 1, "4.007"), ("a", 2, "4.007")]


def test_equal_scores_that_floats_tell_apart_are_a_tie(tmp_path: Path) -> None:
    first, second = (adding_up_to(10), adding_up_to(45)), (adding_up_to(11), adding_up_to(44))
    as_floats = {sum(sum(scores) / 9 for scores in sheets) / 2 for sheets in (first, second)}
    assert len(as_floats) == 2, "this example does not show what it is for"
    sheets = [*sheets_for("a", *first), *sheets_for("b", *second)]
    shortlist = nominate(tmp_path, submissions("ab"), sheets, contest=with_quota(tmp_path, 1))
    assert shortlist.unresolved() == [("quota", 1, ["a", "b"])]


def test_sheets_may_come_in_several_files(tmp_path: Path) -> None:
    words = arguments(tmp_path, submissions("a"), sheets_for("a", 5))
    further = write_csv(tmp_path / "late.csv", [sheet("zoe", "a", 2)])
    result = wsisctl(*words, "--scores", further, "--format", "json")
    assert json.loads(result.out)["categories"][0]["nominees"] == [
        {"submission_id": "a", "rank": 1, "score": "3.500"}
    ]


# --- Ranks and the quota ------------------------------------------------------------------------


def test_equal_scores_share_a_rank(tmp_path: Path) -> None:
    sheets = one_each(d=36, a=27, c=45, b=36)
    shortlist = nominate(tmp_path, submissions("abcd"), sheets)
    expected = [("c", 1, "5.000"), ("b", 2, "4.000"), ("d", 2, "4.000"), ("a", 4, "3.000")]
    assert shortlist.places() == expected


def test_the_quota_of_2021_takes_the_best_twenty(tmp_path: Path) -> None:
    totals = {f"p{place:02}": 46 - place for place in range(1, 23)}
    shortlist = nominate(tmp_path, submissions(totals), one_each(**totals))
    assert shortlist.result.status == 0
    assert shortlist.ids() == [f"p{place:02}" for place in range(1, 21)]
    assert [rank for _, rank, _ in shortlist.places()] == list(range(1, 21))


def test_fewer_eligible_than_the_quota_are_all_nominated(tmp_path: Path) -> None:
    shortlist = nominate(tmp_path, submissions("ab"), one_each(a=9, b=10))
    assert (shortlist.result.status, shortlist.ids()) == (0, ["b", "a"])


def test_each_category_has_its_own_ranking(tmp_path: Path) -> None:
    entered = [submission("a"), submission("b", category="2"), submission("c", category="C2")]
    shortlist = nominate(
        tmp_path, entered, one_each(a=9, b=18, c=27), contest=with_quota(tmp_path, 1)
    )
    assert shortlist.places("C1") == [("a", 1, "1.000")]
    assert shortlist.places("C2") == [("c", 1, "3.000")]


def test_every_category_is_listed_in_the_definitions_order(tmp_path: Path) -> None:
    shortlist = nominate(tmp_path, submissions("a"), one_each(a=9))
    definition = yaml.safe_load((REPOSITORY / "contests" / "2021.yaml").read_text("utf-8"))
    names = [item["category"] for item in shortlist.document["categories"]]
    assert names == [item["id"] for item in definition["categories"]]
    assert (shortlist.places("C11"), shortlist.unresolved("C11")) == ([], [])


def test_a_tie_inside_the_quota_blocks_nothing(tmp_path: Path) -> None:
    sheets = one_each(a=45, b=36, c=36, d=9)
    shortlist = nominate(tmp_path, submissions("abcd"), sheets, contest=with_quota(tmp_path, 3))
    assert (shortlist.result.status, shortlist.ids()) == (0, ["a", "b", "c"])


TIED = {"a": 45, "b": 36, "c": 36, "d": 36, "e": 9}


def test_a_tie_at_the_quota_is_left_to_people(tmp_path: Path) -> None:
    quota = with_quota(tmp_path, 3)
    shortlist = nominate(tmp_path, submissions(TIED), one_each(**TIED), contest=quota)
    assert shortlist.result.status == 1
    assert shortlist.places() == [("a", 1, "5.000")]
    assert shortlist.unresolved() == [("quota", 3, ["b", "c", "d"])]
    assert [row["submission_id"] for row in shortlist.rows] == ["a"]


def test_a_tie_for_every_place_nominates_nobody(tmp_path: Path) -> None:
    quota = with_quota(tmp_path, 1)
    shortlist = nominate(tmp_path, submissions("ab"), one_each(a=9, b=9), contest=quota)
    assert (shortlist.places(), shortlist.unresolved()) == ([], [("quota", 1, ["a", "b"])])


def test_a_recorded_tie_break_completes_the_list(tmp_path: Path) -> None:
    quota = with_quota(tmp_path, 3)
    decisions = [tie_break("d", "b", "c")]
    shortlist = nominate(tmp_path, submissions(TIED), one_each(**TIED), decisions, contest=quota)
    assert (shortlist.result.status, shortlist.unresolved()) == (0, [])
    assert shortlist.places() == [("a", 1, "5.000"), ("d", 2, "4.000"), ("b", 2, "4.000")]


@pytest.mark.parametrize("order", [("b", "c"), ("b", "c", "d", "e"), ("b", "c", "x")], ids="".join)
def test_a_tie_break_of_other_contenders_breaks_nothing(
    order: tuple[str, ...], tmp_path: Path
) -> None:
    quota = with_quota(tmp_path, 3)
    decisions = [tie_break(*order)]
    shortlist = nominate(tmp_path, submissions(TIED), one_each(**TIED), decisions, contest=quota)
    assert shortlist.result.status == 1
    assert shortlist.unresolved() == [("quota", 3, ["b", "c", "d"])]
    assert "decisions.yaml:1" in shortlist.result.err


@pytest.mark.parametrize("category", ["C1", "C2"])
def test_a_tie_break_without_a_tie_moves_nobody(category: str, tmp_path: Path) -> None:
    decisions = [tie_break("b", "a", category=category)]
    shortlist = nominate(tmp_path, submissions("ab"), one_each(a=45, b=9), decisions)
    assert (shortlist.result.status, shortlist.ids()) == (0, ["a", "b"])


# --- Sheets that do not count, and sheets that are wrong ----------------------------------------


@pytest.mark.parametrize("recused", ["yes", "Yes", "TRUE", "1", "x"])
def test_a_recused_panelist_does_not_count(recused: str, tmp_path: Path) -> None:
    blank = dict.fromkeys(NOMINATION, "")
    sheets = [*sheets_for("a", 4), sheet("kin", "a", 1, **blank, recused=recused)]
    shortlist = nominate(tmp_path, submissions("a"), sheets)
    assert (shortlist.result.status, shortlist.places()) == (0, [("a", 1, "4.000")])


def test_a_blank_sheet_does_not_count(tmp_path: Path) -> None:
    blank = sheet("absent", "a", 1, **dict.fromkeys(NOMINATION, " "))
    shortlist = nominate(tmp_path, submissions("a"), [*sheets_for("a", 4), blank])
    assert (shortlist.result.status, shortlist.places()) == (0, [("a", 1, "4.000")])


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([{"recused": "yes"}], id="one panelist, recused"),
        pytest.param([{"recused": "yes"}, {"recused": "yes"}], id="all recused"),
        pytest.param([{}, {}], id="all blank"),
        pytest.param([{"recused": "yes"}, {}], id="recused and blank"),
    ],
)
def test_without_any_score_a_submission_is_unresolved(
    changes: Sequence[dict[str, str]], tmp_path: Path
) -> None:
    blank = dict.fromkeys(NOMINATION, "")
    sheets = [sheet(f"p{n}", "b", 1, **blank, **change) for n, change in enumerate(changes)]
    shortlist = nominate(tmp_path, submissions("ab"), [*sheets_for("a", 3), *sheets])
    assert shortlist.result.status == 1
    assert shortlist.places() == [("a", 1, "3.000")]
    assert shortlist.unresolved() == [("quota", 20, ["b"])]


def test_an_eligible_submission_that_nobody_scored_is_unresolved(tmp_path: Path) -> None:
    shortlist = nominate(tmp_path, submissions("ab"), sheets_for("a", 3))
    assert shortlist.result.status == 1
    assert (shortlist.ids(), shortlist.unresolved()) == (["a"], [("quota", 20, ["b"])])


@pytest.mark.parametrize(
    "cell",
    ["6", "0", "-1", "4.5", "4,5", "4.0", "abc", "", "５", "=4", "nan", "9" * 5000],
    ids=lambda cell: cell[:9] or "empty",
)
def test_a_bad_cell_leaves_its_submission_open(cell: str, tmp_path: Path) -> None:
    """A bad cell is not a bad file; a mean without it would be a guess, other panelists or not."""
    sheets = [*sheets_for("a", 3), *sheets_for("b", 5), sheet("bob", "b", 5, results=cell)]
    shortlist = nominate(tmp_path, submissions("ab"), sheets)
    assert shortlist.result.status == 1
    assert shortlist.places() == [("a", 1, "3.000")]
    assert shortlist.unresolved() == [("quota", 20, ["b"])]
    for word in ("results", f"'{cell}'", "1 to 5"):
        assert word in shortlist.why()
    assert "scores.csv:4" in shortlist.result.err


def test_a_recusal_that_is_neither_yes_nor_no_leaves_its_submission_open(tmp_path: Path) -> None:
    sheets = [*sheets_for("a", 3), sheet("bob", "b", 5, recused="perhaps")]
    shortlist = nominate(tmp_path, submissions("ab"), sheets)
    assert (shortlist.result.status, shortlist.ids()) == (1, ["a"])
    assert "perhaps" in shortlist.why()


def test_who_is_not_on_the_panel_cannot_move_a_place(tmp_path: Path) -> None:
    sheets = [sheet("ana", "a", 3), sheet("ana", "b", 2), sheet("stranger", "b", 5)]
    shortlist = nominate(tmp_path, submissions("ab"), sheets, panel=["ana"])
    assert shortlist.result.status == 1
    assert shortlist.places() == [("a", 1, "3.000")]
    assert shortlist.unresolved() == [("quota", 20, ["b"])]
    assert "stranger is not on the panel" in shortlist.why()


def test_without_a_panel_every_panelist_counts(tmp_path: Path) -> None:
    sheets = [sheet("ana", "a", 2), sheet("stranger", "a", 5)]
    assert nominate(tmp_path, submissions("a"), sheets).places() == [("a", 1, "3.500")]


def test_a_panelist_who_scores_the_own_organization_is_told(tmp_path: Path) -> None:
    entered = [submission("a", entity="INSTITUTE  Ana")]
    shortlist = nominate(tmp_path, entered, [sheet("ana", "a", 5)], panel=["ana"])
    assert shortlist.places() == [("a", 1, "5.000")]
    assert "without recusal" in shortlist.result.err


def test_equal_rows_are_merged_and_that_is_said(tmp_path: Path) -> None:
    sheets = [sheet("ana", "a", 5), sheet("bob", "a", 2), sheet("bob", "a", 2)]
    shortlist = nominate(tmp_path, submissions("a"), sheets)
    assert shortlist.places() == [("a", 1, "3.500")]
    assert "merged" in shortlist.result.err
    assert "score sheets" in shortlist.result.err


@pytest.mark.parametrize("change", [{"values": "3"}, {"comment": "other"}, {"recused": "yes"}])
def test_two_different_sheets_of_one_panelist_are_refused(
    change: dict[str, str], tmp_path: Path
) -> None:
    sheets = [sheet("bob", "a", 2), sheet("ana", "a", 5), sheet("bob", "a", 2, **change)]
    result = wsisctl(*arguments(tmp_path, submissions("a"), sheets), "--out", tmp_path / "out")
    assert (result.status, result.out) == (3, "")
    assert "scores.csv:2" in result.err
    assert "scores.csv:4" in result.err
    assert "Traceback" not in result.err
    assert not (tmp_path / "out").exists()


def test_two_different_sheets_in_two_files_are_refused(tmp_path: Path) -> None:
    words = arguments(tmp_path, submissions("a"), [sheet("bob", "a", 2)])
    further = write_csv(tmp_path / "late.csv", [sheet("ana", "a", 5), sheet("bob", "a", 3)])
    result = wsisctl(*words, "--scores", further)
    assert result.status == 3
    assert "scores.csv:2" in result.err
    assert "late.csv:3" in result.err


# --- Decisions ----------------------------------------------------------------------------------


def test_a_decision_replaces_the_ranking_of_its_category(tmp_path: Path) -> None:
    entered = [*submissions("abc"), submission("d", category="C2")]
    sheets = one_each(a=45, b=36, c=9, d=27)
    shortlist = nominate(tmp_path, entered, sheets, [chosen("a", "c")])
    assert shortlist.result.status == 0
    assert shortlist.places("C1") == [("a", None, None), ("c", None, None)]
    assert shortlist.places("C2") == [("d", 1, "3.000")]
    assert [(row["submission_id"], row["rank"], row["score"]) for row in shortlist.rows] == [
        ("a", "", ""),
        ("c", "", ""),
        ("d", "1", "3.000"),
    ]


def test_a_decision_may_name_the_category_as_the_site_does(tmp_path: Path) -> None:
    named = chosen("a", category="AL C1. The role of governments and all stakeholders in the "
                   "promotion of ICTs for development")  # fmt: skip
    assert nominate(tmp_path, submissions("a"), [], [named]).ids() == ["a"]


def test_a_decision_may_leave_a_category_empty(tmp_path: Path) -> None:
    shortlist = nominate(tmp_path, submissions("a"), one_each(a=45), [chosen()])
    assert (shortlist.result.status, shortlist.places()) == (0, [])


def test_more_nominees_than_the_quota_are_refused(tmp_path: Path) -> None:
    words = arguments(tmp_path, submissions("ab"), [], [chosen("a", "b")])
    words[words.index("2021")] = with_quota(tmp_path, 1)
    result = wsisctl(*words)
    assert (result.status, result.out) == (3, "")
    assert "decisions.yaml:" in result.err


BARRED: Mapping[str, tuple[list[Row], list[Mapping[str, object]]]] = {
    "ineligible": ([submission("x", impact="")], []),
    "late": ([submission("x", submitted_at="2021-01-25T23:00:01+01:00")], []),
    "withdrawn": ([submission("x")], [{"kind": "withdraw", "submission_id": "x"}]),
    "undecided": ([submission("x", status="ongoing")], []),
    "confirmed": (
        [submission("x", status="ongoing")],
        [{"kind": "review", "submission_id": "x", "rule": "status", "verdict": "confirm"}],
    ),
    "second of its entity": (
        [submission("x", entity="Entity a", submitted_at="2021-01-20T10:00:01+01:00")],
        [],
    ),
}
ELSEWHERE: Mapping[str, tuple[list[Row], list[Mapping[str, object]]]] = {
    "in another category": ([submission("x", category="C2")], [chosen(category="C2")]),
    "never submitted": ([], []),
    "another spelling": ([submission("X", category="C2")], [chosen(category="C2")]),
}


@pytest.mark.parametrize("case", [*BARRED, *ELSEWHERE])
def test_a_decision_cannot_nominate_who_is_not_eligible(case: str, tmp_path: Path) -> None:
    entered, decisions = {**BARRED, **ELSEWHERE}[case]
    decisions = [*decisions, chosen("a", "x")]
    shortlist = nominate(tmp_path, [submission("a"), *entered], [], decisions)
    assert shortlist.result.status == 1
    assert shortlist.places() == [("a", None, None)]
    assert shortlist.unresolved() == [("quota", 20, ["x"])]
    assert [row["submission_id"] for row in shortlist.rows] == ["a"]


@pytest.mark.parametrize("case", BARRED)
def test_the_highest_score_does_not_make_eligible(case: str, tmp_path: Path) -> None:
    entered, decisions = BARRED[case]
    sheets = one_each(a=9, x=45)
    shortlist = nominate(tmp_path, [submission("a"), *entered], sheets, decisions)
    assert shortlist.places() == [("a", 1, "1.000")]


def test_who_waits_for_a_verdict_is_told(tmp_path: Path) -> None:
    entered = [submission("a"), submission("x", status="ongoing")]
    shortlist = nominate(tmp_path, entered, one_each(a=9))
    assert "decides on their reviews: x" in shortlist.result.err


def test_a_dismissed_review_makes_eligible(tmp_path: Path) -> None:
    verdict = {"kind": "review", "submission_id": "x", "rule": "status", "verdict": "dismiss"}
    entered = [submission("x", status="ongoing")]
    assert nominate(tmp_path, entered, one_each(x=18), [verdict]).places() == [("x", 1, "2.000")]


def test_neither_scores_nor_a_decision_leaves_all_open(tmp_path: Path) -> None:
    shortlist = nominate(tmp_path, submissions("ab"))
    assert shortlist.result.status == 1
    assert (shortlist.places(), shortlist.unresolved()) == ([], [("quota", 20, ["a", "b"])])


def test_scores_for_one_category_leave_the_others_open(tmp_path: Path) -> None:
    entered = [submission("a"), submission("b", category="C2")]
    shortlist = nominate(tmp_path, entered, one_each(a=9))
    assert shortlist.result.status == 1
    assert shortlist.unresolved("C1") == []
    assert shortlist.unresolved("C2") == [("quota", 20, ["b"])]


def test_without_submissions_nothing_is_open(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "submissions.csv", [], list(submission("a")))
    result = wsisctl("nominate", "--contest", "2021", "--submissions", path, "--format", "json")
    assert result.status == 0
    assert all(not item["unresolved"] for item in json.loads(result.out)["categories"])


# --- 2018: no quota -----------------------------------------------------------------------------


def test_without_a_quota_scores_do_not_nominate(tmp_path: Path) -> None:
    entered = [submission_2018("a"), submission_2018("b")]
    sheets = [sheet("ana", identity, 5, CRITERIA_2018) for identity in ("a", "b")]
    shortlist = nominate(tmp_path, entered, sheets, contest="2018")
    assert shortlist.result.status == 1
    assert (shortlist.places(), shortlist.unresolved()) == ([], [("quota", None, ["a", "b"])])


def test_without_a_quota_a_decision_nominates(tmp_path: Path) -> None:
    entered = [submission_2018(f"p{n:02}") for n in range(25)]
    identities = [row["submission_id"] for row in entered]
    shortlist = nominate(tmp_path, entered, [], [chosen(*identities)], contest="2018")
    assert shortlist.result.status == 0
    assert shortlist.places() == [(identity, None, None) for identity in identities]


# --- nominees.csv -------------------------------------------------------------------------------


def test_nominees_csv_holds_what_the_vote_needs(tmp_path: Path) -> None:
    entered = [submission("a", category="1", submitter_organization="Sender")]
    shortlist = nominate(tmp_path, entered, one_each(a=29))
    assert shortlist.rows == [
        {
            "submission_id": "a",
            "category": "C1",
            "title": "Project a",
            "entity": "Entity a",
            "submitter_organization": "Sender",
            "country": "KEN",
            "rank": "1",
            "score": "3.222",
        }
    ]


@pytest.mark.parametrize("column", ["entity", "submitter_organization"])
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["=1+1", "+44 Trust", "-Minus", "@home", "\t=1", "O'Neil"], id="formulas"),
        pytest.param(["'=quoted", "''+twice", "'plain"], id="apostrophes"),
    ],
)
def test_nominees_csv_feeds_back_into_tally(
    names: Sequence[str], column: str, tmp_path: Path
) -> None:
    """A name gets a mark so that no spreadsheet runs it, and is itself again when names are compared."""
    entered = [
        submission(f"-{n}", title=f"{name}!", **{column: name}) for n, name in enumerate(names)
    ]
    shortlist = nominate(
        tmp_path, entered, one_each(**{row["submission_id"]: 36 for row in entered})
    )
    cells = [cell for row in shortlist.rows for cell in row.values() if cell]
    assert [cell for cell in cells if cell[0] in "=+-@\t"] == []
    members, votes = [], []
    for n, name in enumerate(names):
        members += [member(f"own{n}", organization=name)]
        members += [member(f"other{n}", organization=name.strip()[1:])]
        votes += [vote(f"own{n}", f"own{n}", f"-{n}"), vote(f"other{n}", f"other{n}", f"-{n}")]
    result = wsisctl(
        *("tally", "--contest", "2021", "--out", tmp_path / "results"),
        *("--votes", write_csv(tmp_path / "votes.csv", votes)),
        *("--members", write_csv(tmp_path / "members.csv", members)),
        *("--nominees", tmp_path / "results" / "nominees.csv"),
    )
    assert result.status == (1 if len(names) > 5 else 0), (
        "all have one vote: a tie at the fifth place"
    )
    with (tmp_path / "results" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        rejected = [(row["vote_id"], row["reason"]) for row in csv.DictReader(file)]
    assert rejected == [(f"own{n}", "own_project") for n in range(len(names))]
