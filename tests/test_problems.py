"""Files that cannot be used: everything that is wrong is told at once, and written where a person asks."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import (
    SELECTION,
    Result,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)  # fmt: skip
from wsisctl.contest.load import load_contest
from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.readers.files import InputFile
from wsisctl.records.footers import LONGEST_FOOTER, Footers
from wsisctl.records.kinds import MEMBERS
from wsisctl.records.problems import MOST_SHOWN, Gathered, Problem, UnusableRecords
from wsisctl.stages.all_at_once import READERS
from wsisctl.stages.menu import STAGES
from wsisctl.voting import received

CONTEST = ("--contest", "2021")
RUINED = "1.77345E+16"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    wsisctl("init", tmp_path / "prizes", *CONTEST)
    return tmp_path / "prizes"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def errors_of(result: Result) -> list[str]:
    lines = result.err.splitlines()
    return [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]


def helps_of(result: Result) -> list[str]:
    lines = result.err.splitlines()
    return [line.removeprefix("help: ") for line in lines if line.startswith("help: ")]


def refused(*words: str | Path, cwd: Path | None = None, status: int = 3) -> Result:
    result = wsisctl(*words, cwd=cwd)
    assert (result.status, result.out) == (status, ""), result
    return result


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def append(path: Path, text: str) -> Path:
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    return path


def ragged(path: Path, number: int) -> Path:
    """Members, of which so many rows have a cell too few."""
    write_csv(path, [member("m0")])
    return append(path, "".join(f"m{place},x\n" for place in range(number)))


# --- Everything at once --------------------------------------------------------------------------


def test_all_kinds_of_problems_in_all_files_are_told_at_once(folder: Path, tmp_path: Path) -> None:
    rows = [member("m1"), member(RUINED), member(" "), member("m1", country="KEN")]
    append(write_csv(tmp_path / "a.csv", rows), "m5,x\n")
    write_csv(tmp_path / "b.csv", [member("m1", country="FRA"), member("m9")])
    write_csv(tmp_path / "c.csv", [{"member_id": "m7", "name": "N"}])
    write_csv(tmp_path / "d.csv", [{"member": "m8"}])
    (tmp_path / "e.csv").write_text('member_id,organization\nm,"x\n')
    (tmp_path / "f.csv").write_bytes(b"member_id\n\xff\x81\n")
    before = contents(folder)
    names = [f"../{name}.csv" for name in "abcdef"]
    result = refused("import-members", *names, cwd=folder)
    assert f"../a.csv:3: member_id '{RUINED}' was an id before Excel" in result.err
    assert "../a.csv:4: member_id is empty" in result.err
    assert "../a.csv:5: member_id m1 has another country here than at ../a.csv:2" in result.err
    assert "../a.csv:6: 2 cells in this row, and 6 columns in the header" in result.err
    assert "../b.csv:2: member_id m1 has another country here than at ../a.csv:2" in result.err
    assert "../c.csv:1: 5 columns are missing" in result.err
    assert "../d.csv:1: 6 columns are missing" in result.err
    assert "../e.csv" in result.err
    assert "../f.csv" in result.err
    assert len(errors_of(result)) == 9
    assert "exports/" not in result.err
    assert helps_of(result)[-1].endswith("; nothing was imported")
    assert contents(folder) == before


def test_a_right_file_beside_a_wrong_one_is_not_complained_about(tmp_path: Path) -> None:
    write_csv(tmp_path / "good.csv", [submission("p1")])
    write_csv(tmp_path / "bad.csv", [submission("")])
    told = errors_of(refused("validate", "good.csv", "bad.csv", *CONTEST, cwd=tmp_path))
    assert told == ["bad.csv:2: submission_id is empty"]


def test_what_was_found_before_a_file_breaks_off_is_told_too(tmp_path: Path) -> None:
    """Where it breaks off far below its header: the first rows are read together, to find that."""
    rows = [submission(RUINED), *(submission(f"p{place}") for place in range(100))]
    append(write_csv(tmp_path / "s.csv", rows), 'p2,"never closed\n')
    told = errors_of(refused("validate", "s.csv", *CONTEST, cwd=tmp_path))
    assert len(told) == 2
    assert told[0].startswith("s.csv: line 103: a quote is opened")
    assert told[1].startswith("s.csv:2: submission_id")


def test_what_is_wrong_in_two_kinds_of_record_is_told_at_once(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("")])
    write_csv(tmp_path / "x.csv", [sheet("ana", RUINED, 4)])
    write_csv(tmp_path / "w.csv", [{"name": "N"}])
    (tmp_path / "d.yaml").write_text("- {kind: dance}\n")
    command = ["nominate", *CONTEST, "--submissions", "s.csv", "--scores", "x.csv"]
    command += ["--past-winners", "w.csv", "--decisions", "d.yaml", "--errors", "e.csv"]
    result = refused(*command, cwd=tmp_path)
    told = errors_of(result)
    assert [line.split(": ")[0] for line in told] == [
        "d.yaml:1:10", "s.csv:2", "w.csv:1", "x.csv:2",
    ]  # fmt: skip
    assert len(helps_of(result)) == 4
    assert [row["file"] for row in table(tmp_path / "e.csv")] == [
        "d.yaml",
        "s.csv",
        "w.csv",
        "x.csv",
    ]


def test_what_is_wrong_in_votes_and_members_is_told_at_once(tmp_path: Path) -> None:
    write_csv(tmp_path / "m.csv", [member("")])
    write_csv(tmp_path / "v.csv", [vote(RUINED, "m1", "p1"), vote(RUINED, "m2", "p1")])
    write_csv(tmp_path / "n.csv", [nominee("p1")])
    command = ["tally", *CONTEST, "--votes", "v.csv", "--members", "m.csv", "--nominees", "n.csv"]
    told = errors_of(refused(*command, cwd=tmp_path))
    assert [line.split(": ")[0] for line in told] == ["m.csv:2", "v.csv:2", "v.csv:3"]


def test_what_shows_only_between_two_inputs_is_told_with_the_rest(tmp_path: Path) -> None:
    """A correction that does not fit its record is wrong in neither file by itself."""
    write_csv(tmp_path / "s.csv", [submission("p1")])
    write_csv(tmp_path / "x.csv", [sheet("", "p1", 4)])
    (tmp_path / "c.yaml").write_text(
        "- {record: p1, field: country, from: FRA, to: CHE, by: J, on: 2021-01-27, reason: mail}\n"
    )
    command = ["nominate", *CONTEST, "--submissions", "s.csv", "--corrections", "c.yaml"]
    alone = refused(*command, cwd=tmp_path)
    assert errors_of(alone) == ["c.yaml:1: country of p1 is 'KEN' (s.csv:2), not 'FRA'"]
    both = refused(*command, "--scores", "x.csv", cwd=tmp_path)
    assert errors_of(both) == [*errors_of(alone), "x.csv:2: panelist is empty"]
    assert helps_of(both)[0] == helps_of(alone)[0]


def test_files_of_two_kinds_are_copied_each_with_its_own_names(tmp_path: Path) -> None:
    row = submission("")
    path = write_csv(tmp_path / "s.csv", [row])
    path.write_text(path.read_text().replace("submission_id", "Project ID", 1))
    (tmp_path / "w.csv").write_text("Project name,year\nVillage Radio\n")
    command = ["validate", "s.csv", *CONTEST, "--past-winners", "w.csv", "--annotate", "notes"]
    refused(*command, cwd=tmp_path)
    assert table(tmp_path / "notes" / "s.annotated.csv")[0]["problems"] == "submission_id is empty"
    (winner,) = table(tmp_path / "notes" / "w.annotated.csv")
    assert winner["problems"] == "1 cell in this row, and 2 columns in the header"


def test_in_a_folder_files_that_are_named_are_told_at_once_too(
    folder: Path, tmp_path: Path
) -> None:
    """The folder's own records have been looked at when they came."""
    good = write_csv(tmp_path / "s.csv", [submission("p1")])
    assert wsisctl("import-submissions", good, "--folder", folder).status == 0
    write_csv(tmp_path / "w.csv", [{"name": "N"}])
    write_csv(tmp_path / "x.csv", [sheet("", "p1", 4)])
    command = ["nominate", "--past-winners", "../w.csv", "--scores", "../x.csv"]
    told = errors_of(refused(*command, cwd=folder))
    assert [line.split(": ")[0] for line in told] == ["w.csv:1", "x.csv:2"]


def test_every_input_of_a_stage_can_be_looked_at_by_itself() -> None:
    """A new one must be named there, or its faults would wait for the others to be mended."""
    roles = {reads.role for stage in STAGES.values() for reads in stage.reads}
    assert roles == {*READERS, "scores"}


def test_a_file_of_another_kind_is_told_so_among_other_problems(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [member("m1")])
    write_csv(tmp_path / "b.csv", [submission(RUINED)])
    told = errors_of(refused("validate", "a.csv", "b.csv", *CONTEST, cwd=tmp_path))
    assert told[0].startswith("a.csv:1: these look like members, not like submissions")
    assert told[1].startswith("b.csv:2: submission_id")
    assert len(told) == 2


def test_one_problem_is_told_as_ever(tmp_path: Path) -> None:
    """The message is one line and the hint another: nothing is counted where there is nothing to count."""
    ragged(tmp_path / "m.csv", 1)
    with pytest.raises(UnusableInput) as caught:
        raise UnusableRecords([_problem(2)])
    assert (caught.value.message, caught.value.hint) == ("s.csv:2: wrong 2", "mend it")
    result = refused(*tally(tmp_path, members="m.csv"), cwd=tmp_path)
    assert result.err == (
        "error: m.csv:3: 2 cells in this row, and 6 columns in the header\n"
        "help: look for a separator or a quote that is missing or too many in this row\n"
    )


# --- Grouped and counted -------------------------------------------------------------------------


def _problem(
    row: int, column: str = "", called: str = "row gone wrong", file: str = "s.csv"
) -> Problem:
    return Problem(Source(file, row), column, "", f"wrong {row}", "", "mend it", called)  # fmt: skip


def test_twenty_problems_are_all_told_and_the_twenty_first_is_counted(tmp_path: Path) -> None:
    ragged(tmp_path / "m.csv", MOST_SHOWN)
    told = errors_of(refused(*tally(tmp_path, members="m.csv"), cwd=tmp_path))
    assert len(told) == MOST_SHOWN == 20
    assert "more" not in told[-1]
    ragged(tmp_path / "m.csv", MOST_SHOWN + 1)
    told = errors_of(refused(*tally(tmp_path, members="m.csv"), cwd=tmp_path))
    assert len(told) == MOST_SHOWN + 1
    assert told[-1] == (
        "and 1 more: 1 row with another number of cells (m.csv); --errors FILE writes all of them"
    )


def test_the_first_of_each_group_comes_before_all_others(tmp_path: Path) -> None:
    path = ragged(tmp_path / "m.csv", 300)
    with path.open("a", encoding="utf-8", newline="") as file:
        rows = [member(RUINED), member(RUINED, country="KEN"), member("")]
        csv.DictWriter(file, list(rows[0])).writerows(rows)
    told = errors_of(refused(*tally(tmp_path, members="m.csv"), cwd=tmp_path))
    assert told[0].startswith("m.csv:3: 2 cells")
    assert told[1].startswith("m.csv:303: member_id '1.77")
    assert told[2] == "m.csv:305: member_id is empty"
    assert told[3].startswith("m.csv:4: 2 cells")
    assert told[-1] == (
        "and 283 more: 282 rows with another number of cells (m.csv), 1 id ruined by Excel "
        "(member_id, m.csv); --errors FILE writes all of them"
    )


def test_a_command_without_the_option_does_not_offer_it() -> None:
    error = UnusableRecords([_problem(row) for row in range(2, 24)])
    assert error.message.endswith("\nand 2 more: 2 rows gone wrong (s.csv)")


def test_more_groups_than_lines_are_counted_too() -> None:
    error = UnusableRecords([_problem(2, f"c{place}") for place in range(30)])
    *lines, last = error.message.split("\n")
    assert len(lines) == MOST_SHOWN
    assert last.startswith("and 10 more: 1 row gone wrong (c20, s.csv), ")
    assert last.endswith("(c24, s.csv), 5 problems of another kind")


def test_a_value_with_line_ends_stays_on_its_line(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("a\nb"), submission("a\nb", title="T")])
    told = errors_of(refused("validate", "s.csv", *CONTEST, cwd=tmp_path))
    assert told == ["s.csv:3: submission_id a b has another title here than at s.csv:2"]


@pytest.mark.parametrize(("number", "kept"), [(3, 3), (4, 3)])
def test_memory_is_bounded_and_the_number_is_not(number: int, kept: int) -> None:
    gathered = Gathered(most=3)
    for row in range(2, number + 2):
        gathered.add(_problem(row))
    gathered.add(_problem(9, "c"))
    with pytest.raises(UnusableRecords) as caught:
        gathered.refuse([])
    assert len(caught.value.problems) == kept + 1, "the first of each group is always kept"
    assert caught.value.number == number + 1


def test_nothing_gathered_refuses_nothing() -> None:
    Gathered().refuse([InputFile(Path("s.csv"), "s.csv")])


# --- Votes ---------------------------------------------------------------------------------------


def tally(
    folder: Path, members: str = "members.csv", votes: Sequence[str] = ("votes.csv",)
) -> list[str]:
    """Its command line; what is not there yet is written."""
    for name, rows in {"members": [member("m1")], "nominees": [nominee("p1")],
                       "votes": [vote("v1", "m1", "p1")]}.items():  # fmt: skip
        if not (folder / f"{name}.csv").exists():
            write_csv(folder / f"{name}.csv", rows)
    of_votes = [word for name in votes for word in ("--votes", name)]
    return ["tally", *CONTEST, *of_votes, "--members", members, "--nominees", "nominees.csv"]


@pytest.mark.parametrize("quoted", [False, True], ids=["split by DuckDB", "row by row"])
def test_all_ruined_ids_of_votes_are_told(quoted: bool, tmp_path: Path) -> None:
    rows = [
        vote("v1", "m1", "p1"),
        vote(RUINED, "m1", "p1"),
        vote("v3", "2,5e17", "\u00a01.7E+17 "),
        vote("v4", "m1", "1E+5"),  # one digit after E is none that Excel writes
    ]
    if not quoted:
        rows[2]["member_id"] = "2.5E+17"
    write_csv(tmp_path / "votes.csv", rows)
    write_csv(tmp_path / "more.csv", [vote(RUINED, "m2", "p1")])
    command = tally(tmp_path, votes=("votes.csv", "more.csv"))
    told = [line.split(" ")[:2] for line in errors_of(refused(*command, cwd=tmp_path))]
    assert sorted(told) == [
        ["more.csv:2:", "vote_id"],
        ["votes.csv:3:", "vote_id"],
        ["votes.csv:4:", "member_id"],
        ["votes.csv:4:", "submission_id"],
    ]


@pytest.mark.parametrize("quoted", [False, True], ids=["split by DuckDB", "row by row"])
def test_of_very_many_ruined_ids_the_first_are_kept_and_all_are_counted(
    quoted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(received, "_MOST_PROBLEMS", 30)
    rows = [vote(RUINED, f"m{place}", "p1") for place in range(50)]
    rows[-1]["submission_id"] = RUINED
    if quoted:
        rows[0]["category"] = 'C"1'
    write_csv(tmp_path / "votes.csv", rows)
    result = refused(*tally(tmp_path), "--errors", "e.csv", cwd=tmp_path)
    assert errors_of(result)[-1] == "and 31 more: 31 ids ruined by Excel (vote_id, votes.csv)"
    assert "note: the first 31 of 51 problems written to e.csv" in result.err
    assert [row["row"] for row in table(tmp_path / "e.csv")] == [
        *map(str, range(2, 32)), "51",
    ]  # fmt: skip


def test_votes_without_columns_and_ruined_ones_are_told_together(tmp_path: Path) -> None:
    write_csv(tmp_path / "votes.csv", [vote(RUINED, "m1", "p1")])
    write_csv(tmp_path / "members.csv", [member("m1")])
    (tmp_path / "other.csv").write_text("vote_id,category\nv,C1\n")
    command = tally(tmp_path, votes=("votes.csv", "other.csv", "members.csv"))
    told = errors_of(refused(*command, cwd=tmp_path))
    assert [line.split(": ")[0] for line in told if "missing" not in line] == [
        "members.csv:1", "votes.csv:2",
    ]  # fmt: skip
    assert len([line for line in told if line.startswith("other.csv:1")]) == 3


# --- --errors FILE -------------------------------------------------------------------------------


def test_all_problems_are_written_with_value_expected_and_remedy(
    folder: Path, tmp_path: Path
) -> None:
    long = "=" + "x" * 500
    rows = [member(long), member(long, country="KEN"), member(RUINED)]
    append(write_csv(tmp_path / "m.csv", rows), "m5,x\n" * 30)
    before = contents(folder)
    result = refused("import-members", "../m.csv", "--errors", "../e.csv", cwd=folder)
    assert "note: 32 problems written to ../e.csv" in result.err
    assert "--errors FILE" not in result.err
    assert "and 12 more: 12 rows with another number of cells" in result.err
    found = table(tmp_path / "e.csv")
    assert list(found[0]) == ["file", "row", "column", "value", "expected", "problem", "remedy"]
    assert found[0] | {"remedy": "", "problem": ""} == {
        "file": "../m.csv", "row": "3", "column": "member_id", "value": f"'{long}",
        "expected": "the same country as at ../m.csv:2", "problem": "", "remedy": "",
    }  # fmt: skip
    assert found[0]["problem"].endswith("has another country here than at ../m.csv:2")
    assert found[0]["remedy"].startswith("only one of the two can be right")
    assert (found[1]["value"], found[1]["expected"]) == (
        RUINED,
        "an id as text, all its digits in it",
    )
    assert found[2] | {"remedy": "", "problem": ""} == {
        "file": "../m.csv", "row": "5", "column": "", "value": "2 cells", "expected": "6 cells",
        "problem": "", "remedy": "",
    }  # fmt: skip
    assert len(found) == 32
    assert contents(folder) == before


def test_a_file_that_cannot_be_read_is_written_too(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text('submission_id\n"x\n')
    refused("validate", "s.csv", *CONTEST, "--errors", "e.csv", cwd=tmp_path)
    assert [row["file"] for row in table(tmp_path / "e.csv")][-1] == "s.csv"


@pytest.mark.parametrize(
    ("left_out", "columns"),
    [
        (("username", "email", "country"), ["username", "email", "country"]),
        (
            ("username", "email", "country", "organization"),
            ["organization, country, username, email"],
        ),
    ],
)
def test_missing_columns_are_named_in_their_column(
    left_out: Sequence[str], columns: Sequence[str], folder: Path, tmp_path: Path
) -> None:
    row = {name: cell for name, cell in member("m1").items() if name not in left_out}
    write_csv(tmp_path / "m.csv", [row])
    refused("import-members", "../m.csv", "--errors", "../e.csv", cwd=folder)
    found = table(tmp_path / "e.csv")
    assert sorted(row["column"] for row in found) == sorted(columns)
    assert {(row["row"], row["expected"]) for row in found} == {("1", "a column of this name")}


def test_sheets_without_criteria_are_told_of_each_file(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_csv(tmp_path / f"{name}.csv", [{"panelist": "ana", "submission_id": "p1"}])
    write_csv(tmp_path / "c.csv", [sheet("ana", "p1", 4)])
    command = ["import-scores", "a.csv", "c.csv", "b.csv", "--folder", str(folder)]
    told = errors_of(refused(*command, "--errors", "e.csv", cwd=tmp_path))
    assert {line.split(": ")[0] for line in told} == {"a.csv:1", "b.csv:1"}
    assert {row["file"] for row in table(tmp_path / "e.csv")} == {"a.csv", "b.csv"}


def test_a_missing_file_is_written_too(tmp_path: Path) -> None:
    refused("validate", "s.csv", *CONTEST, "--errors", "e.csv", cwd=tmp_path)
    assert "s.csv" in (tmp_path / "e.csv").read_text("utf-8")


def test_the_same_problems_are_the_same_bytes_and_replace_our_own_file(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [submission(RUINED)])
    write_csv(tmp_path / "b.csv", [submission("")])
    command = ["validate", *CONTEST, "--errors", "e.csv"]
    refused(*command, "a.csv", "b.csv", cwd=tmp_path)
    first = contents(tmp_path)
    refused(*command, "b.csv", "a.csv", cwd=tmp_path)
    assert contents(tmp_path) == first
    refused(*command, "a.csv", cwd=tmp_path)
    assert len(table(tmp_path / "e.csv")) == 1


def test_where_all_files_can_be_used_nothing_is_written_and_that_is_said(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1")])
    result = wsisctl("validate", "s.csv", *CONTEST, "--errors", "e.csv", cwd=tmp_path)
    assert result.status == 0
    assert "note: every file could be used: e.csv was not written\n" in result.err
    assert not (tmp_path / "e.csv").exists()


def test_an_old_file_of_problems_is_said_to_be_old(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("")])
    command = ["validate", "s.csv", *CONTEST, "--errors", "e.csv"]
    refused(*command, cwd=tmp_path)
    write_csv(tmp_path / "s.csv", [submission("p1")])
    result = wsisctl(*command, cwd=tmp_path)
    assert result.status == 0
    assert "e.csv was not written; what is there is of an earlier run" in result.err


@pytest.mark.parametrize("wrong", [True, False])
def test_what_a_person_wrote_is_never_a_target(wrong: bool, tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("" if wrong else "p1")])
    (tmp_path / "e.csv").write_text("file,row,column,value,expected,problem,remedy\nmine\n")
    before = contents(tmp_path)
    result = refused(
        "validate", "s.csv", *CONTEST, "--errors", "e.csv", "--out", "out", cwd=tmp_path, status=4
    )
    assert "not written by wsisctl, or changed since" in result.err
    assert contents(tmp_path) == before


def test_our_own_file_with_a_persons_changes_is_not_replaced(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("")])
    command = ["validate", "s.csv", *CONTEST, "--errors", "e.csv"]
    refused(*command, cwd=tmp_path)
    append(tmp_path / "e.csv", "asked Ana\n")
    before = contents(tmp_path)
    refused(*command, cwd=tmp_path, status=4)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("target", ["s.csv", "manifest.json", ".", "results/e.csv"])
def test_an_input_a_folder_and_a_room_of_the_contest_are_refused(target: str, folder: Path) -> None:
    write_csv(folder / "s.csv", [submission("")])
    before = contents(folder)
    refused("import-submissions", "s.csv", "--errors", target, cwd=folder, status=4)
    assert contents(folder) == before


def test_a_contest_folder_holds_the_file_at_its_top_and_works_on(folder: Path) -> None:
    write_csv(folder / "s.csv", [submission("")])
    refused("import-submissions", "s.csv", "--errors", "e.csv", cwd=folder)
    write_csv(folder / "s.csv", [submission("p1")])
    assert wsisctl("import-submissions", "s.csv", cwd=folder).status == 0
    assert wsisctl("status", cwd=folder).status == 0
    assert (folder / "e.csv").exists()


def test_every_command_that_reads_records_takes_the_option(folder: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1")])
    write_csv(tmp_path / "scores.csv", [sheet("ana", "", 4)])
    write_csv(tmp_path / "selection.csv", [sheet("ana", "", 4, SELECTION)])
    ragged(tmp_path / "ragged.csv", 1)
    write_csv(tmp_path / "winners.csv", [{"name": "x"}])
    (tmp_path / "tally.json").write_text("{}")
    commands = {
        "nominate": ["nominate", *CONTEST, "--submissions", "s.csv", "--scores", "scores.csv"],
        "tally": tally(tmp_path, members="ragged.csv"),
        "select": [
            "select-winners",
            *CONTEST,
            "--tally",
            "tally.json",
            "--scores",
            "selection.csv",
        ],
        "import-scores": ["import-scores", "selection.csv", "--folder", str(folder)],
        "import-past-winners": ["import-past-winners", "winners.csv", "--folder", str(folder)],
        "import-votes": ["import-votes", "ragged.csv", "--folder", str(folder)],
    }
    for name, words in commands.items():
        refused(*words, "--errors", f"{name}.errors.csv", cwd=tmp_path)
        assert table(tmp_path / f"{name}.errors.csv"), name


# --- --annotate DIR ------------------------------------------------------------------------------


def test_the_files_come_back_with_their_problems_beside_each_row(
    folder: Path, tmp_path: Path
) -> None:
    rows = [member("m1"), member("=1", username=" a "), member(""), member("m1", country="KEN")]
    append(write_csv(tmp_path / "m.csv", rows), "m5,x\na,b,c,d,e,f,g\n")
    write_csv(tmp_path / "good.csv", [member("m9")])
    (tmp_path / "broken.csv").write_text('member_id\n"x\n')
    before = contents(folder)
    command = ["import-members", "../m.csv", "../good.csv", "../broken.csv"]
    result = refused(*command, "--annotate", "../notes", cwd=folder)
    assert "note: m.annotated.csv written to ../notes" in result.err
    assert "no annotated copy of ../broken.csv" in result.err
    assert contents(folder) == before
    assert sorted(path.name for path in (tmp_path / "notes").iterdir()) == [
        "m.annotated.csv", "manifest.json",
    ]  # fmt: skip
    with (tmp_path / "notes" / "m.annotated.csv").open(encoding="utf-8", newline="") as file:
        header, *found = csv.reader(file, strict=True)
    assert header == [*rows[0], "", "problems"]
    assert found[0] == [*rows[0].values(), "", ""]
    assert found[1][:2] == ["'=1", " a "]
    assert [row[-1] for row in found] == [
        "",
        "",
        "member_id is empty",
        "member_id m1 has another country here than at ../m.csv:2",
        "2 cells in this row, and 6 columns in the header",
        "7 cells in this row, and 6 columns in the header",
    ]
    assert found[4][:3] == ["m5", "x", ""]
    assert found[5][:7] == ["a", "b", "c", "d", "e", "f", "g"]


def test_two_problems_of_a_row_stand_in_one_cell_and_a_column_of_that_name_stays(
    tmp_path: Path,
) -> None:
    rows = [sheet("", RUINED, 4), sheet("ana", "p1", 4)]
    write_csv(tmp_path / "x.csv", [row | {"Problems": "mine"} for row in rows])
    wsisctl("init", "prizes", *CONTEST, cwd=tmp_path)
    command = ["import-scores", "x.csv", "--folder", "prizes", "--annotate", "notes"]
    refused(*command, cwd=tmp_path)
    first, second = table(tmp_path / "notes" / "x.annotated.csv")
    assert first["Problems"] == second["Problems"] == "mine"
    assert first["problems_2"].startswith(
        "panelist is empty |\nsubmission_id '1.77345E+16' was an id"
    )
    assert second["problems_2"] == ""


def test_validate_writes_problems_until_the_file_is_usable_and_then_findings(
    tmp_path: Path,
) -> None:
    (tmp_path / "s.json").write_text(json.dumps([submission("p1"), submission("")]))
    command = ["validate", "s.json", *CONTEST, "--annotate", "notes"]
    refused(*command, cwd=tmp_path)
    assert [row["problems"] for row in table(tmp_path / "notes" / "s.annotated.csv")] == [
        "", "submission_id is empty",
    ]  # fmt: skip
    (tmp_path / "s.json").write_text(json.dumps([submission("p1"), submission("p2")]))
    assert wsisctl(*command, cwd=tmp_path).status == 0
    assert [row["verdict"] for row in table(tmp_path / "notes" / "s.annotated.csv")] == [
        "eligible", "eligible",
    ]  # fmt: skip


def test_votes_are_annotated_but_not_as_parquet(folder: Path, tmp_path: Path) -> None:
    import duckdb

    write_csv(tmp_path / "v.csv", [vote("v1", "m1", "p1"), vote(RUINED, "m1", "p1")])
    duckdb.sql(
        f"copy (from read_csv('{tmp_path}/v.csv', all_varchar=true)) to '{tmp_path}/w.parquet'"
    )
    command: list[str | Path] = [
        "import-votes",
        tmp_path / "v.csv",
        tmp_path / "w.parquet",
        "--folder",
        folder,
    ]
    result = refused(*command, "--annotate", tmp_path / "notes")
    assert f"no annotated copy of {tmp_path}/w.parquet" in result.err
    found = table(tmp_path / "notes" / "v.annotated.csv")
    assert [bool(row["problems"]) for row in found] == [False, True]


def test_what_is_wrong_with_the_header_alone_needs_no_copy(folder: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "m.csv", [{"member_id": "m1"}])
    result = refused("import-members", "../m.csv", "--annotate", "../notes", cwd=folder)
    assert "no annotated copy of ../m.csv: what is wrong is in no row" in result.err
    assert not (tmp_path / "notes").exists()


def test_an_import_of_right_files_annotates_nothing(folder: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "m.csv", [member("m1")])
    command: list[str | Path] = ["import-members", tmp_path / "m.csv", "--folder", folder]
    result = wsisctl(*command, "--annotate", tmp_path / "notes")
    assert result.status == 0
    assert f"nothing was written to {tmp_path / 'notes'}" in result.err
    assert not (tmp_path / "notes").exists()


def test_a_copy_never_replaces_what_a_person_changed(folder: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "m.csv", [member("")])
    command: list[str | Path] = ["import-members", tmp_path / "m.csv", "--folder", folder]
    command += ["--annotate", tmp_path / "notes"]
    refused(*command)
    append(tmp_path / "notes" / "m.annotated.csv", "mine\n")
    before = contents(tmp_path)
    refused(*command, status=4)
    assert contents(tmp_path) == before


# --- The row of sums -----------------------------------------------------------------------------


COLUMNS = ("submission_id", "title", "votes", "mean")
SUM = "only sums up the others"


@pytest.mark.parametrize(
    ("cells", "is_sum"),
    [
        (["Total", "", "45", "4.5"], True),
        (["", "Grand  TOTAL:", "1'234,50", ""], True),
        (["", "Totals", "", ""], True),
        (["Total: 45", "", "", ""], True),
        (["Total 45", "", "", ""], True),
        (["Summe", "", "12 %", "-3"], True),
        (["合计", "", "３", ""], True),
        (["合计：", "", "3", ""], True),
        (["总计", "", "3", ""], True),
        (["Gesamt", "", "3"], True),
        (["Somme", "", "3"], True),
        (["suma"], True),
        (["Sum", "Count", "3", "Anzahl"], True),
        (["Total", "", "45", "4.5", "1"], False),
        (["total-1", "", "45", ""], False),
        (["Total1", "", "45", ""], False),
        (["Total Access", "", "45", ""], False),
        (["p1", "Total", "45", ""], False),
        (["", "Total Access", "45", ""], False),
        (["Total", "", "45 votes", ""], False),
        (["Total", "Total Access", "", ""], False),
        (["45", "", "", ""], False),
        (["", "", "", ""], False),
        ([], False),
        (["Average", "", "4", ""], False),
        (["Total " + "1" * 94, "", "", ""], True),
        (["Total " + "1" * 95, "", "", ""], False),
    ],
)
def test_what_a_row_of_sums_is(cells: list[str], is_sum: bool) -> None:
    assert Footers(COLUMNS, ("submission_id",), "submission_id").why(cells) == SUM * is_sum


@pytest.mark.parametrize(
    ("number", "is_sum"), [("17734472422205614", False), ("Total", True), ("", True)]
)
def test_a_project_called_total_that_has_an_id_is_one(number: str, is_sum: bool) -> None:
    footers = Footers(("title", "submission_id", "votes"), ("submission_id",), "submission_id")
    assert footers.why(["Total", number, "45"]) == SUM * is_sum


@pytest.mark.parametrize(
    ("cells", "is_sum"),
    [
        (["Total", "2019"], False),
        (["Total", ""], False),
        (["Total:", "45"], True),
        (["Total 45", ""], True),
        (["", "Total"], True),
    ],
)
def test_without_ids_a_title_must_say_more_to_be_a_sum(cells: list[str], is_sum: bool) -> None:
    """A project called Total that won in 2019 is a record."""
    assert Footers(("title", "year"), (), "title").why(cells) == SUM * is_sum


@pytest.mark.parametrize(
    ("cells", "is_note"),
    [
        (["Exported by Ana on 3 March", "", "", ""], True),
        (["", "EXPORTED  on 2021-02-01", "", ""], True),
        (["Report generated: 2021-02-01"], True),
        (["Exported 2021-02-01"], True),
        (["Exported by:", "Ana", "", ""], True),
        (["Exported on", "", "", "2021-02-01"], True),
        (["Export date", "2021-02-01"], True),
        (["Exportiert am 1.2.2021", "", ""], True),
        (["Stand: 01.02.2021"], True),
        (["Exporté le 1 février 2021"], True),
        (["导出时间：2021-02-01", ""], True),
        (["Page 1 of 3"], True),
        (["第 1 页，共 3 页"], True),
        (["© ITU"], True),
        (["Copyright (c) 2021 ITU"], True),
        (["45 records", ""], True),
        (["Number of records: 45"], True),
        (["", "Exported by", "Ana", ""], True),
        (["exported", "", "", ""], False),
        (["exported-17", "", "", ""], False),
        (["Copyright-17", "", "", ""], False),
        (["Stand 5", "", "", ""], False),
        (["Printed Books", "", "", ""], False),
        (["p1", "Exported by Ana", "", ""], False),
        (["p1", "Page 1 of 3", "", ""], False),
        (["Exported by Ana", "Village Radio", "", ""], False),
        (["Exported by:", "Ana", "3", ""], False),
        (["Exported by Ana", "", "", "", "x"], False),
        (["Exported by " + "a" * 88], True),
        (["Exported by " + "a" * 89], False),
    ],
)
def test_what_a_note_below_a_list_is(cells: list[str], is_note: bool) -> None:
    why = Footers(COLUMNS, ("submission_id",), "submission_id").why(cells)
    assert why.startswith("only says '") is is_note, why


def test_a_label_before_an_id_is_no_note() -> None:
    """A project of that title may be: it has an id."""
    footers = Footers(("title", "submission_id"), ("submission_id",), "submission_id")
    assert footers.why(["Exported by:", "p1"]) == ""
    assert footers.why(["Exported by:", ""]) == ""
    assert Footers(("panelist", "submission_id"), ("panelist", "submission_id"), "panelist").why(
        ["Exported by:", "Ana"]
    )


@pytest.mark.parametrize(
    ("cells", "is_note"),
    [
        (["Generated by women", ""], False),
        (["Generated by 3.5 million women", ""], False),
        (["Exported by", "2019"], False),
        (["Page 17", ""], False),
        (["45 projects", ""], False),
        (["© Culture", ""], False),
        (["Exported on 2021-02-01", ""], True),
        (["Exported on 1 February 2021", ""], True),
        (["Exported on:", "2021-02-01"], True),
        (["Page 1 of 3", ""], True),
        (["© 2021 ITU", ""], True),
        (["", "Exported by Ana"], True),
    ],
)
def test_without_ids_a_title_must_say_more_to_be_a_note(cells: list[str], is_note: bool) -> None:
    """Past winners are known by their titles alone."""
    assert bool(Footers(("title", "year"), (), "title").why(cells)) is is_note


def _with_last_row(path: Path, last: str, after: str = "") -> Path:
    write_csv(
        path, [submission("p1"), submission("p2", title="Total Access"), submission("total-1")]
    )
    return append(path, last + after)


SUMS = "Total,,,45" + "," * 13 + "\n"
EMPTY = "," * 16 + "\n"


def test_a_row_of_sums_is_told_and_counted_as_rejected(folder: Path, tmp_path: Path) -> None:
    export = _with_last_row(tmp_path / "s.csv", SUMS)
    result = wsisctl("import-submissions", export, "--folder", folder, "--format", "json")
    assert result.status == 0, result.err
    rows = json.loads(result.out)["imported"][0]["rows"]
    assert rows == {"read": 4, "accepted": 3, "repeated": 0, "rejected": 1, "changed": 0}
    assert (
        f"note: {export}:5: this row at the end only sums up the others; it is no record, and left out"
        in result.err
    )
    records = table(folder / "records" / "submissions.csv")
    assert [row["submission_id"] for row in records] == ["p1", "p2", "total-1"]
    manifest = json.loads((folder / "records" / "manifest.json").read_text())
    account = manifest["stages"]["submissions"]["accounts"][0]
    assert (account["read"], account["rejected"]) == (4, 1)


def test_bare_files_and_the_folder_count_the_same_submissions(folder: Path, tmp_path: Path) -> None:
    export = _with_last_row(tmp_path / "s.csv", SUMS)
    wsisctl("import-submissions", export, "--folder", folder)
    bare = wsisctl("validate", export, *CONTEST, "--format", "json")
    inside = wsisctl("validate", "--folder", folder, "--format", "json")
    assert bare.status == inside.status == 0, bare.err
    assert bare.out == inside.out
    assert json.loads(bare.out)["read"] == 3
    assert "note: s.csv:5: this row at the end only sums up the others" in bare.err


def test_an_annotated_copy_keeps_the_row_of_sums_without_a_verdict(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "s.csv", [submission("p1")])
    append(path, "Total,45\n")
    result = wsisctl("validate", "s.csv", *CONTEST, "--annotate", "notes", cwd=tmp_path)
    assert result.status == 0, result.err
    assert [row["verdict"] for row in table(tmp_path / "notes" / "s.annotated.csv")] == [
        "eligible", "no submission",
    ]  # fmt: skip


def test_a_short_row_of_sums_is_in_the_way_of_no_correction(tmp_path: Path) -> None:
    row = submission("p1", sdgs="18")
    columns = [name for name in row if name != "submission_id"]
    append(write_csv(tmp_path / "s.csv", [row], [*columns, "submission_id"]), "2021,Total\n")
    append(write_csv(tmp_path / "t.csv", [row], [*columns, "submission_id"]), "Total,45\n")
    (tmp_path / "c.yaml").write_text(
        "- {record: p1, field: sdgs, from: '18', to: '8', by: J, on: 2021-01-27, reason: mail}\n"
    )
    command = ["validate", *CONTEST, "--corrections", "c.yaml"]
    assert wsisctl(*command, "t.csv", cwd=tmp_path).status == 0
    refused(*command, "s.csv", cwd=tmp_path)


def test_blank_rows_are_no_records_and_told(tmp_path: Path) -> None:
    _with_last_row(tmp_path / "s.csv", EMPTY + SUMS, EMPTY)
    result = wsisctl("validate", "s.csv", *CONTEST, cwd=tmp_path)
    assert result.status in {0, 1}
    assert "note: s.csv: 2 blank rows left out, the first is row 5\n" in result.err
    assert "note: s.csv:6: this row at the end only sums up" in result.err


def test_a_row_of_sums_in_the_middle_is_a_row(tmp_path: Path) -> None:
    path = _with_last_row(tmp_path / "s.csv", ",Total" + SUMS.removeprefix("Total,"))
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(",".join(f'"{cell}"' for cell in submission("p9").values()) + "\n")
    result = refused("validate", "s.csv", *CONTEST, cwd=tmp_path)
    assert errors_of(result)[0] == "s.csv:5: submission_id is empty"


NOTE = "Exported by Ana on 2021-02-01\n"


def test_a_footer_of_several_rows_with_blank_ones_between(folder: Path, tmp_path: Path) -> None:
    export = _with_last_row(tmp_path / "s.csv", SUMS + "\n" + EMPTY, NOTE + EMPTY)
    result = wsisctl("import-submissions", export, "--folder", folder, "--format", "json")
    assert result.status == 0, result.err
    imported = json.loads(result.out)["imported"][0]
    assert imported["rows"] == {
        "read": 5,
        "accepted": 3,
        "repeated": 0,
        "rejected": 2,
        "changed": 0,
    }
    assert [told.removeprefix(f"{export}") for told in imported["told"]] == [
        ": 2 blank rows left out, the first is row 6",
        ":5: this row at the end only sums up the others; it is no record, and left out",
        ":7: this row at the end only says 'Exported by Ana on 2021-02-01'; it is no record, and left out",
    ]


def test_what_looks_like_a_footer_and_is_followed_by_records_comes_in_and_is_told(
    tmp_path: Path,
) -> None:
    total = dict.fromkeys(member("m1"), "") | {"member_id": "Total", "country": "1"}
    path = write_csv(tmp_path / "m.csv", [member("m1"), total, member("m2")])
    batch = MEMBERS.read([InputFile(path, "m.csv")], load_contest("2021"))
    assert [record.cells["member_id"] for record in batch.records] == ["m1", "Total", "m2"]
    assert batch.remarks == (
        "m.csv: 1 row like a sum or a note below a list came in, since records follow; the first is row 3",
    )


@pytest.mark.parametrize(("number", "left"), [(LONGEST_FOOTER, 0), (LONGEST_FOOTER + 1, 21)])
def test_a_footer_is_short(number: int, left: int, tmp_path: Path) -> None:
    """A file full of such rows is something else, and no reason to hold all of it."""
    path = write_csv(tmp_path / "m.csv", [member("m1")])
    append(path, "".join(f"Total {place},,,,,\n" for place in range(number)))
    batch = MEMBERS.read([InputFile(path, "m.csv")], load_contest("2021"))
    assert len(batch.records) == 1 + max(0, number - len(batch.left_out))
    assert len(batch.left_out) == (LONGEST_FOOTER if not left else 1)


def test_members_scores_and_past_winners_have_such_rows_too(folder: Path, tmp_path: Path) -> None:
    append(write_csv(tmp_path / "m.csv", [member("m1")]), "Anzahl,1,,,,\n")
    append(write_csv(tmp_path / "x.csv", [sheet("ana", "p1", 4)]), "Sum,,,,4,4,4,4,4,4,4,4,4\n")
    append(write_csv(tmp_path / "w.csv", [{"title": "T", "year": "2019"}]), "Total: 1,\n")
    for command, name in {"members": "m", "scores": "x", "past-winners": "w"}.items():
        words: list[str | Path] = [
            f"import-{command}",
            tmp_path / f"{name}.csv",
            "--folder",
            folder,
        ]
        result = wsisctl(*words, "--format", "json")
        assert result.status == 0, result.err
        rows = json.loads(result.out)["imported"][0]["rows"]
        assert rows == {"read": 2, "accepted": 1, "repeated": 0, "rejected": 1, "changed": 0}, (
            command
        )


@pytest.mark.parametrize(
    "footer", ["Total,1,,,\n", "Total,1\n", '"Total",1,,,\n', "\nTotal,1,,,\n,,,,\n"]
)
def test_in_votes_a_row_of_sums_is_malformed_as_ever_and_told(footer: str, tmp_path: Path) -> None:
    """However it is read: the contract counts every row."""
    append(write_csv(tmp_path / "votes.csv", [vote("v1", "m1", "p1")]), footer)
    result = wsisctl(*tally(tmp_path), "--format", "json", cwd=tmp_path)
    votes = json.loads(result.out)["votes"]
    assert votes["rejected_by_reason"] == {"malformed": 2 if ",,,,\n" in footer else 1}
    assert votes["read"] == votes["counted"] + votes["rejected"]
    assert (
        "note: votes.csv:3: this row at the end only sums up the others; every row of votes counts as one, and "
        "this one as malformed\n" in result.err
    )


def test_a_vote_is_never_told_to_be_a_sum(tmp_path: Path) -> None:
    """Also where its ids are such words."""
    rows = [vote("Total", "45", "p1"), vote("v1", "m1", "p1")]
    write_csv(tmp_path / "votes.csv", rows)
    assert "sums up" not in wsisctl(*tally(tmp_path), cwd=tmp_path).err
    append(
        write_csv(tmp_path / "votes.csv", rows[1:]), "Total,1,,,\nv2,m1,C9,p1,2021-03-10T12:00\n"
    )
    assert "sums up" not in wsisctl(*tally(tmp_path), cwd=tmp_path).err
