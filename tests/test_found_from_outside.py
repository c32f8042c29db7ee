"""What a tester who knew only the contract found; each was once wrong."""

import json
from pathlib import Path

import pytest

from tests.support import (
    SELECTION,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)

SIGNED = "by: panel, on: 2021-04-01, reason: seen"


def tally(folder: Path, votes: Path, nominees: str = "nominees.csv") -> dict[str, object]:
    write_csv(folder / "members.csv", [member("m1")])
    result = wsisctl(
        *("tally", "--contest", "2021", "--votes", votes, "--members", "members.csv"),
        *("--nominees", nominees, "--format", "json"),
        cwd=folder,
    )
    assert result.status == 0, result.err
    document: dict[str, object] = json.loads(result.out)["votes"]
    return document


def test_a_folder_named_like_a_column_changes_no_vote(tmp_path: Path) -> None:
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    (tmp_path / "c1=final").mkdir()
    votes = write_csv(tmp_path / "c1=final" / "votes.csv", [vote("v1", "m1", "p1")])
    assert tally(tmp_path, votes)["counted"] == 1


def test_a_title_with_a_carriage_return_can_be_read_again(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1", title="A project\rwith a break")])
    nominate = f"- {{kind: nominate, category: C1, submission_ids: [p1], {SIGNED}}}\n"
    (tmp_path / "d.yaml").write_text(nominate, encoding="utf-8")
    wsisctl(
        *("nominate", "--contest", "2021", "--submissions", "s.csv"),
        *("--decisions", "d.yaml", "--out", "out"),
        cwd=tmp_path,
    )
    votes = write_csv(tmp_path / "votes.csv", [vote("v1", "m1", "p1")])
    assert tally(tmp_path, votes, "out/nominees.csv")["counted"] == 1


@pytest.mark.parametrize(
    "decisions",
    [
        "- {kind: winner, category: C1, submission_ids: [b], SIGNED}\n"
        "- {kind: tie-break, stage: select, cut: winner, category: C1, order: [c, b], SIGNED}\n",
        "- {kind: tie-break, stage: tally, cut: pool, category: C1, order: [e, d, f], SIGNED}\n"
        "- {kind: tie-break, stage: tally, cut: honoured, category: C1, order: [f, e, d], SIGNED}\n",
    ],
    ids=["winner and tie-break", "two orders of the same contenders"],
)
def test_decisions_of_two_kinds_contradict_each_other(decisions: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1")])
    (tmp_path / "d.yaml").write_text(decisions.replace("SIGNED", SIGNED), encoding="utf-8")
    result = wsisctl(
        "validate", "s.csv", "--contest", "2021", "--decisions", "d.yaml", cwd=tmp_path
    )
    assert result.status == 3
    assert "d.yaml:1" in result.err
    assert "d.yaml:2" in result.err


def test_a_faulty_sheet_moves_without_changing_the_result(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1"), submission("p2", entity="Other")])
    sheets = [sheet("a", "p1", 4), sheet("a", "p2", 4, values="6"), sheet("b", "p1", 4)]
    seen = []
    for order in (sheets, sheets[::-1]):
        write_csv(tmp_path / "scores.csv", order)
        result = wsisctl(
            *("nominate", "--contest", "2021", "--submissions", "s.csv"),
            *("--scores", "scores.csv", "--format", "json"),
            cwd=tmp_path,
        )
        seen.append(result.out)
        row = order.index(sheets[1]) + 2
        assert f"note: scores.csv:{row}: a: values is '6'" in result.err
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    "ruined",
    [
        "1.77345E+16",
        "1.77345e+16",
        "1,77345E+16",
        "1.77345E16",
        "2021-02-01",
        "2/1/2021",
        "1-Feb",
        "01-févr",
    ],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_an_id_ruined_in_any_spelling_is_refused(ruined: str, quote: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    write_csv(tmp_path / "members.csv", [member("m1")])
    cell = f'"{ruined}"' if "," in ruined or quote else ruined
    header = "vote_id,member_id,category,submission_id,cast_at"
    text = f"{header}\nv1,m1,C1,p1,2021-03-10T12:00:00Z\nv2,m1,C1,{cell},2021-03-10T12:00:00.5Z\n"
    (tmp_path / "votes.csv").write_text(text, encoding="utf-8")
    result = wsisctl(
        *("tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv"),
        *("--nominees", "nominees.csv"),
        cwd=tmp_path,
    )
    assert result.status == 3
    assert f"votes.csv:3: submission_id '{ruined}'" in result.err


@pytest.mark.parametrize(
    "identity", ["12E4", "1E16", "E+16", "2021-0001", "1-2", "017734472422205614"]
)
def test_ids_that_only_look_odd_are_ids(identity: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "nominees.csv", [nominee(identity)])
    votes = write_csv(tmp_path / "votes.csv", [vote("v1", "m1", identity)])
    assert tally(tmp_path, votes)["counted"] == 1


def test_a_rules_page_tells_its_severity_in_the_contest(tmp_path: Path) -> None:
    words = ("explain", "word-count", "--contest", "2018")
    assert "(rule, warning)" in wsisctl(*words, cwd=tmp_path).out
    unused = wsisctl("explain", "own_project", "--contest", "2018", cwd=tmp_path).out
    assert "Not used in 2018" in unused


def test_unscored_criteria_of_another_stage_are_no_columns(tmp_path: Path) -> None:
    """A sheet of the selection cannot be taken for one of the nomination."""
    write_csv(tmp_path / "s.csv", [submission("p1")])
    write_csv(tmp_path / "scores.csv", [sheet("a", "p1", 4, SELECTION)])
    result = wsisctl(
        *("nominate", "--contest", "2021", "--submissions", "s.csv", "--scores", "scores.csv"),
        cwd=tmp_path,
    )
    assert result.status == 3
    assert "these look like score sheets of the selection, not like" in result.err
