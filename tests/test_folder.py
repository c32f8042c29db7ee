"""A contest folder: every stage without arguments, with the same result as on bare files."""

import csv
import json
import re
import shutil
from collections.abc import Mapping
from hashlib import sha256
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
)
from wsisctl.commands.shell import open_folder
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.folder.lock import at_work
from wsisctl.stages import menu
from wsisctl.stages.in_folder import run_in_folder, size_as_it_is
from wsisctl.yaml_file import read_yaml

GOLDEN = Path(__file__).parent / "golden" / "2021-whole"
STAGES = ("validate", "nominate", "tally", "select-winners")
EXPORTS = {
    "submissions.csv": "import-submissions",
    "past-winners.csv": "import-past-winners",
    "scores.csv": "import-scores",
    "selection.csv": "import-scores",
    "members.csv": "import-members",
    "votes.csv": "import-votes",
}
KEPT_IN = {
    "submissions.csv": "submissions",
    "past-winners.csv": "past-winners",
    "scores.csv": "scores-nomination",
    "selection.csv": "scores-selection",
    "members.csv": "members",
    "votes.csv": "votes",
}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, and every folder as nothing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def made(folder: Path, exports: Path = GOLDEN, names: Mapping[str, str] = EXPORTS) -> Path:
    """A contest folder with these exports and the decisions beside them."""
    assert wsisctl("init", folder, "--contest", "2021").status == 0
    for name, command in names.items():
        result = wsisctl(command, exports / name, "--folder", folder)
        assert result.status == 0, result.err
    for name in ("decisions.yaml", "panel.csv"):
        if (exports / name).exists():
            shutil.copy(exports / name, folder / "decisions")
    return folder


def run_all(folder: Path, *stages: str) -> list[Result]:
    return [wsisctl(stage, cwd=folder) for stage in stages or STAGES]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden contest in a folder, every stage run. Tests that change it take a copy."""
    folder = made(tmp_path_factory.mktemp("folder") / "prizes")
    assert [result.status for result in run_all(folder)] == [1, 0, 0, 0]
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


# --- init ----------------------------------------------------------------------------------------


def test_a_new_folder_holds_what_the_contract_shows(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "prizes"
    result = wsisctl("init", folder, "--contest", "2018")
    assert (result.status, result.err) == (0, "")
    rooms = {"exports", "decisions", "records", "results", "reports", "public"}
    assert {path.name for path in folder.iterdir()} == {*rooms, "contest.yaml", ".gitattributes"}
    rules = json.loads(wsisctl("rules", "--format", "json", cwd=folder).out)
    of_edition = json.loads(wsisctl("rules", "--contest", "2018", "--format", "json").out)
    assert [item | {"bit": {}} for item in rules] == [item | {"bit": {}} for item in of_edition]


@pytest.mark.parametrize("stage", ["validate", "tally"])
def test_the_files_for_people_can_be_used_as_they_come(stage: str, tmp_path: Path) -> None:
    """The comments in them are comments, and the headers are those that are read."""
    folder = made(tmp_path / "prizes")
    assert wsisctl("init", tmp_path / "new", "--contest", "2021").status == 0
    shutil.rmtree(folder / "decisions")
    shutil.copytree(tmp_path / "new" / "decisions", folder / "decisions")
    run_all(folder, "validate", "nominate")
    assert wsisctl(stage, cwd=folder).status in {0, 1}


def test_a_definition_of_ones_own_is_copied_whole(tmp_path: Path) -> None:
    edition = Path(__file__).parent / "editions" / "poznan.yaml"
    assert wsisctl("init", tmp_path / "prizes", "--contest", edition).status == 0
    assert (tmp_path / "prizes" / "contest.yaml").read_bytes() == edition.read_bytes()
    assert wsisctl("status", "--folder", tmp_path / "prizes").status == 0


def test_a_contest_is_never_overwritten(tmp_path: Path) -> None:
    assert wsisctl("init", tmp_path, "--contest", "2021").status == 0
    before = contents(tmp_path)
    result = wsisctl("init", tmp_path, "--contest", "2018")
    assert result.status == 4
    assert contents(tmp_path) == before


def test_what_is_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("mine")
    result = wsisctl("init", tmp_path, "--contest", "2021")
    assert result.status == 4
    assert "exports" in result.err
    assert not (tmp_path / "contest.yaml").exists()


def test_files_that_people_wrote_before_stay(tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "panel.csv").write_text("panelist\nana\n")
    assert wsisctl("init", tmp_path, "--contest", "2021").status == 0
    assert (tmp_path / "decisions" / "panel.csv").read_text() == "panelist\nana\n"


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ('extends: "2O21"\n', "contest.yaml:1:10", "did you mean '2021'"),
        ('extends: "2021"\nphase: {}\n', "contest.yaml:2:1", "unknown key 'phase'"),
        ("extends: 2021\n", "contest.yaml:1:10", "in quotes"),
        ("[]\n", "contest.yaml:1:1", "expected"),
    ],
)
def test_mistakes_in_contest_yaml_are_refused_at_their_place(
    text: str, where: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "contest.yaml").write_text(text)
    result = wsisctl("status", cwd=tmp_path)
    assert result.status == 3
    assert where in result.err
    assert says in result.err


# --- The same result as on bare files ------------------------------------------------------------


def named_as_bare(content: bytes) -> bytes:
    """A result as bare files would have it: the contract allows the names of files to differ."""
    for name, kind in KEPT_IN.items():
        content = content.replace(f"exports/{kind}/{name}".encode(), name.encode())
    return content.replace(b"decisions/decisions.yaml", b"decisions.yaml")


@pytest.mark.parametrize(
    "name",
    [
        "validation.json", "nominees.json", "nominees.csv", "tally.json", "standings.csv",
        "rejected-votes.csv", "margins.json", "margins.csv", "results.json",
    ],
)  # fmt: skip
def test_results_are_those_of_bare_files(name: str, whole: Path) -> None:
    found = (whole / "results" / name).read_bytes()
    assert named_as_bare(found) == (GOLDEN / "expected" / name).read_bytes()


def test_findings_and_votes_name_the_export_and_its_row(whole: Path) -> None:
    validation = json.loads((whole / "results" / "validation.json").read_text("utf-8"))
    lines = (GOLDEN / "submissions.csv").read_text("utf-8").splitlines()
    for finding in validation["findings"]:
        assert finding["source"]["file"] == "exports/submissions/submissions.csv"
        assert lines[finding["source"]["row"] - 1].startswith(finding["submission_id"])
    votes = (GOLDEN / "votes.csv").read_text("utf-8").splitlines()
    with (whole / "results" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["file"] == "exports/votes/votes.csv"
            assert votes[int(row["row"]) - 1].startswith(row["vote_id"])


def test_records_and_results_come_back_byte_for_byte(copy: Path) -> None:
    before = contents(copy)
    shutil.rmtree(copy / "records")
    shutil.rmtree(copy / "results")
    run_all(copy)
    assert contents(copy) == before


def test_results_do_not_depend_on_when_people_decided(tmp_path: Path, whole: Path) -> None:
    """Decision by decision, or all at the end: the same bytes, manifests too."""
    folder = made(tmp_path / "prizes")
    path = folder / "decisions" / "decisions.yaml"
    text = path.read_text("utf-8")
    path.write_text("".join(line for line in text.splitlines(True) if "review" in line), "utf-8")
    run_all(folder, "validate", "nominate")
    path.write_text(text, "utf-8")
    run_all(folder, "validate", "nominate", "tally", "select-winners")
    assert contents(folder / "results") == contents(whole / "results")


def test_a_folder_moved_elsewhere_gives_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(whole, tmp_path / "another name" / "deep"))
    shutil.rmtree(moved / "records")
    for stage in STAGES:
        wsisctl(stage, "--folder", moved, cwd=tmp_path)
    assert contents(moved) == contents(whole)


def test_the_order_of_imports_changes_no_result(tmp_path: Path, whole: Path) -> None:
    turned = dict(reversed(EXPORTS.items()))
    folder = made(tmp_path / "prizes", names=turned)
    run_all(folder)
    for room in ("records", "results"):
        assert contents(folder / room) == contents(whole / room)


def test_every_file_it_writes_fits_its_schema(whole: Path) -> None:
    for room in ("records", "results"):
        manifest = json.loads((whole / room / "manifest.json").read_text("utf-8"))
        assert schema_problems(manifest, load_schema("manifest")) == []
    imports = read_yaml(whole / "exports" / "imports.yaml", "imports.yaml").data
    assert schema_problems(imports, load_schema("imports")) == []
    for name in ("submissions", "past-winners", "members"):
        with (whole / "records" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert schema_problems(list(csv.DictReader(file)), load_schema(name)) == []


# --- Finding the folder --------------------------------------------------------------------------


def test_the_folder_is_found_upwards(copy: Path) -> None:
    deep = copy / "exports" / "votes"
    result = wsisctl("validate", "--format", "json", cwd=deep)
    assert result.out.encode() == (copy / "results" / "validation.json").read_bytes()
    assert not (deep / "results").exists()


def test_without_folder_and_contest_the_command_line_is_wrong(tmp_path: Path) -> None:
    for command in (*STAGES, "status", "rules", "report", "import-votes votes.csv"):
        result = wsisctl(*command.split(), cwd=tmp_path)
        assert result.status == 2, command
        assert "--folder" in result.err


def test_a_folder_without_contest_is_no_folder(tmp_path: Path) -> None:
    result = wsisctl("validate", "--folder", tmp_path)
    assert result.status == 3
    assert "wsisctl init" in result.err


def test_contest_and_folder_contradict_each_other(whole: Path) -> None:
    for command in ("validate", "rules"):
        result = wsisctl(command, "--contest", "2021", "--folder", whole)
        assert result.status == 2


@pytest.mark.parametrize(
    ("stage", "missing"),
    [
        ("validate", "--submissions"),
        ("nominate", "--submissions"),
        ("tally", "--votes, --members, --nominees"),
        ("select-winners", "--tally"),
    ],
)
def test_bare_files_that_are_missing_are_named(stage: str, missing: str, whole: Path) -> None:
    """A folder around does not help: `--contest` asks for bare files."""
    result = wsisctl(stage, "--contest", "2021", cwd=whole)
    assert result.status == 2
    assert missing in result.err


# --- Files named inside a folder -----------------------------------------------------------------


def test_files_named_in_a_folder_are_only_looked_at(copy: Path, tmp_path: Path) -> None:
    before = contents(copy)
    dump = write_csv(tmp_path / "dump.csv", [submission("s1"), submission("s2", impact="")])
    result = wsisctl("validate", dump, "--format", "json", cwd=copy)
    assert json.loads(result.out)["ineligible"] == ["s2"]
    assert "left as it is" in result.err
    assert contents(copy) == before


def test_named_files_take_the_place_of_one_kind_only(copy: Path, tmp_path: Path) -> None:
    nominees = write_csv(tmp_path / "published.csv", [nominee("17734472422200001")])
    result = wsisctl("tally", "--nominees", nominees, "--format", "json", cwd=copy)
    tally = json.loads(result.out)
    own = json.loads((copy / "results" / "tally.json").read_text("utf-8"))
    assert tally["votes"]["read"] == own["votes"]["read"]
    assert tally["categories"][0]["standings"] != own["categories"][0]["standings"]


def test_out_takes_the_results_elsewhere(copy: Path, tmp_path: Path) -> None:
    before = contents(copy)
    assert wsisctl("validate", "--out", tmp_path / "out", cwd=copy).status == 1
    assert contents(copy) == before
    written = (tmp_path / "out" / "validation.json").read_bytes()
    assert written == (copy / "results" / "validation.json").read_bytes()


# --- What is missing, and what people touched ----------------------------------------------------


@pytest.mark.parametrize(
    ("imported", "stage", "provides"),
    [
        ((), "validate", "wsisctl import-submissions FILE"),
        ((), "nominate", "wsisctl import-submissions FILE"),
        ((), "tally", "wsisctl import-votes FILE"),
        (("votes.csv",), "tally", "wsisctl import-members FILE"),
        (("votes.csv", "members.csv"), "tally", "`wsisctl nominate` writes it"),
        ((), "select-winners", "`wsisctl tally` writes it"),
        ((), "report", "wsisctl validate"),
    ],
)
def test_a_missing_input_names_the_command_that_provides_it(
    imported: tuple[str, ...], stage: str, provides: str, tmp_path: Path
) -> None:
    folder = made(tmp_path / "prizes", names={name: EXPORTS[name] for name in imported})
    before = contents(folder / "results")
    result = wsisctl(stage, cwd=folder)
    assert result.status == 3
    assert provides in result.err
    assert contents(folder / "results") == before


def test_a_changed_export_is_refused(copy: Path) -> None:
    export = copy / "exports" / "submissions" / "submissions.csv"
    export.write_text(export.read_text("utf-8").replace("completed", "ongoing"), "utf-8")
    told = "exports/submissions/submissions.csv: changed since it was imported"
    for command in ("validate", "nominate", "report"):
        result = wsisctl(command, cwd=copy)
        assert result.status == 3
        assert told in result.err
    result = wsisctl(
        "import-submissions", write_csv(copy / "more.csv", [submission("s1")]), cwd=copy
    )
    assert result.status == 3
    assert told in result.err
    status = wsisctl("status", cwd=copy)
    assert status.status == 0
    assert told in status.out
    assert "Next: put right" in status.out


def test_an_export_that_is_gone_is_refused_until_its_entry_goes_too(copy: Path) -> None:
    (copy / "exports" / "past-winners" / "past-winners.csv").unlink()
    result = wsisctl("validate", cwd=copy)
    assert result.status == 3
    assert "exports/imports.yaml" in result.err
    ledger = copy / "exports" / "imports.yaml"
    entries = ledger.read_text("utf-8").split("- file: ")
    kept = [entry for entry in entries if not entry.startswith("exports/past-winners/")]
    ledger.write_text("- file: ".join(kept), "utf-8")
    result = wsisctl("validate", cwd=copy)
    assert result.status == 1
    assert "past winners were not checked" in result.err
    assert not (copy / "records" / "past-winners.csv").exists()


def test_an_edited_record_is_never_used_nor_overwritten(copy: Path) -> None:
    record = copy / "records" / "submissions.csv"
    edited = record.read_text("utf-8").replace("completed", "ongoing")
    record.write_text(edited, "utf-8")
    for command in ("validate", "nominate"):
        result = wsisctl(command, cwd=copy)
        assert result.status == 4
        assert "decisions/corrections.yaml" in result.err
    assert record.read_text("utf-8") == edited


@pytest.mark.parametrize(
    ("name", "stage", "writer"),
    [("nominees.csv", "tally", "nominate"), ("tally.json", "select-winners", "tally")],
)
def test_an_edited_result_is_no_input(name: str, stage: str, writer: str, copy: Path) -> None:
    path = copy / "results" / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    result = wsisctl(stage, cwd=copy)
    assert result.status == 3
    assert f"`wsisctl {writer}`" in result.err


def test_a_new_decision_is_heard_at_the_next_run(copy: Path) -> None:
    validation = json.loads((copy / "results" / "validation.json").read_text("utf-8"))
    first = validation["eligible"][0]
    decisions = copy / "decisions" / "decisions.yaml"
    line = f"- {{kind: withdraw, submission_id: {first}, by: A, on: 2021-02-03, reason: asked}}\n"
    decisions.write_text(decisions.read_text("utf-8") + line, "utf-8")
    result = wsisctl("validate", "--format", "json", cwd=copy)
    assert first in json.loads(result.out)["ineligible"]


# --- status --------------------------------------------------------------------------------------


def next_step(folder: Path) -> str:
    result = wsisctl("status", "--format", "json", cwd=folder)
    assert result.status == 0, result.err
    step = json.loads(result.out)["next"]
    assert isinstance(step, str)
    return step


def test_status_leads_through_a_contest(tmp_path: Path) -> None:
    """Whoever does what it says, and decides where it says so, gets to the end."""
    folder = tmp_path / "prizes"
    wsisctl("init", folder, "--contest", "2021")
    shutil.copy(GOLDEN / "panel.csv", folder / "decisions")
    exports = {command: [GOLDEN / name] for name, command in EXPORTS.items()}
    exports["import-scores"] = [GOLDEN / "selection.csv", GOLDEN / "scores.csv"]
    for _ in range(20):
        step = next_step(folder)
        if step == "nothing is left to do":
            return
        if "decide on" in step:
            shutil.copy(GOLDEN / "decisions.yaml", folder / "decisions")
        for command in re.findall(r"wsisctl ([a-z-]+)", step):
            files = [exports[command].pop()] if command in exports else []
            assert wsisctl(command, *files, cwd=folder).status in {0, 1}, step
    raise AssertionError(step)


def test_status_says_what_changed_and_what_no_longer_holds(copy: Path) -> None:
    assert next_step(copy) == "wsisctl report"
    wsisctl("report", cwd=copy)
    assert next_step(copy) == "nothing is left to do"
    decisions = copy / "decisions" / "decisions.yaml"
    decisions.write_text(decisions.read_text("utf-8") + "# seen\n", "utf-8")
    assert next_step(copy) == "nothing is left to do", "a remark decides nothing"
    line = (
        "- {kind: winner, category: C2, submission_ids: [], by: A, on: 2021-04-09, reason: none}\n"
    )
    decisions.write_text(decisions.read_text("utf-8") + line, "utf-8")
    status = json.loads(wsisctl("status", "--format", "json", cwd=copy).out)
    states = [stage["state"] for stage in status["stages"]]
    assert states == ["current", "current", "current", "out of date"]
    assert status["stages"][3]["changed"] == ["decisions/decisions.yaml"]
    assert status["next"] == "wsisctl select-winners"


@pytest.mark.parametrize(
    ("line", "concerned"),
    [
        ("kind: review, submission_id: s, rule: status, verdict: confirm", "1111"),
        ("kind: withdraw, submission_id: s", "1111"),
        ("kind: nominate, category: C2, submission_ids: [s]", "0111"),
        ("kind: tie-break, stage: nominate, cut: quota, category: C2, order: [a, b]", "0111"),
        ("kind: tie-break, stage: tally, cut: honoured, category: C2, order: [a, b]", "0011"),
        ("kind: tie-break, stage: select, cut: winner, category: C2, order: [a, b]", "0001"),
        ("kind: winner, category: C2, submission_ids: []", "0001"),
    ],
)
def test_a_decision_makes_out_of_date_what_hears_it_and_what_follows(
    line: str, concerned: str, copy: Path
) -> None:
    decisions = copy / "decisions" / "decisions.yaml"
    entry = f"- {{{line}, by: A, on: 2021-04-09, reason: none}}\n"
    decisions.write_text(decisions.read_text("utf-8") + entry, "utf-8")
    status = json.loads(wsisctl("status", "--format", "json", cwd=copy).out)
    states = "".join(str(int(stage["state"] != "current")) for stage in status["stages"])
    assert states == concerned


def test_a_decision_on_another_line_is_another_one(copy: Path) -> None:
    """Results name the lines of decisions."""
    decisions = copy / "decisions" / "decisions.yaml"
    decisions.write_text("# a remark above\n" + decisions.read_text("utf-8"), "utf-8")
    status = json.loads(wsisctl("status", "--format", "json", cwd=copy).out)
    assert status["stages"][0]["changed"] == ["decisions/decisions.yaml"]


def test_status_sees_records_that_do_not_follow_any_more(copy: Path) -> None:
    correction = "- {record: 17734472422200001, field: country, from: X, to: Y, by: A, on: 2021-01-01, reason: r}\n"
    (copy / "decisions" / "corrections.yaml").write_text(correction, "utf-8")
    status = json.loads(wsisctl("status", "--format", "json", cwd=copy).out)
    states = {item["kind"]: item["state"] for item in status["exports"]}
    assert (states["submissions"], states["votes"]) == ("out of date", "current")
    assert status["stages"][0]["changed"] == ["decisions/corrections.yaml"]


def test_status_changes_nothing(copy: Path) -> None:
    shutil.rmtree(copy / "records")
    before = contents(copy)
    assert wsisctl("status", cwd=copy).status == 0
    assert contents(copy) == before


def test_status_tells_what_people_have_to_decide(tmp_path: Path) -> None:
    folder = made(tmp_path / "prizes", names={"submissions.csv": "import-submissions"})
    (folder / "decisions" / "decisions.yaml").unlink()
    run_all(folder, "validate")
    assert "decide on" in next_step(folder)
    assert "decisions/decisions.yaml" in next_step(folder)


MEND = "complete or mend the score sheets and wsisctl import-scores FILE, or decide on "


@pytest.mark.parametrize(
    ("sheets", "step"),
    [
        pytest.param([sheet("ana", "1", 4), sheet("ben", "1", 5)], MEND, id="one has none"),
        pytest.param([sheet("ana", "1", 4), sheet("ana", "2", 9)], MEND, id="one has a wrong one"),
        pytest.param(
            [sheet("ana", "1", 4), sheet("ana", "2", 4, recused="yes")], MEND, id="all recused"
        ),
        pytest.param([sheet("ana", "1", 4), sheet("ana", "2", 4)], "decide on ", id="a tie"),
        pytest.param([sheet("ana", "1", 4), sheet("ana", "2", 5)], "wsisctl import-", id="whole"),
    ],
)
def test_status_tells_where_score_sheets_spare_a_decision(
    sheets: list[dict[str, str]], step: str, tmp_path: Path
) -> None:
    folder = tmp_path / "prizes"
    wsisctl("init", folder, "--contest", "2021")
    with (folder / "contest.yaml").open("a", encoding="utf-8") as file:
        file.write("amendments: [{on: 2021-01-01, by: A, reason: r, panel: {quota: 1}}]\n")
    projects = write_csv(tmp_path / "projects.csv", [submission("1"), submission("2")])
    wsisctl("import-submissions", projects, cwd=folder)
    wsisctl("import-scores", write_csv(tmp_path / "scores.csv", sheets), cwd=folder)
    run_all(folder, "validate", "nominate")
    assert next_step(folder).startswith(step)


# --- A whole contest whose exports are not CSV -----------------------------------------------------


def test_json_and_json_lines_give_the_same_results_as_csv(tmp_path: Path) -> None:
    """All three formats through the same door; rows count from 1, or by lines."""
    tables = {
        "submissions": ("import-submissions", [submission("s1"), submission("s2", sdgs="1;9")]),
        "members": ("import-members", [member("0001"), member("0002")]),
        "scores": ("import-scores", [sheet("ana", "s1", 4), sheet("ana", "s2", 3)]),
        "votes": ("import-votes", [vote("v1", "0001", "s1"), vote("v2", "0002", "s2")]),
        "selection": (
            "import-scores",
            [sheet("ana", "s1", 4, SELECTION), sheet("ana", "s2", 3, SELECTION)],
        ),
    }
    results = {}
    for form in ("csv", "json", "jsonl"):
        folder = tmp_path / form
        wsisctl("init", folder, "--contest", "2021")
        for name, (command, rows) in tables.items():
            export = tmp_path / f"{name}.{form}"
            if form == "csv":
                write_csv(export, rows)
            elif form == "json":
                export.write_text(json.dumps(rows), "utf-8")
            else:
                export.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
            result = wsisctl(command, export, cwd=folder)
            assert result.status == 0, result.err
        assert [result.status for result in run_all(folder)] == [0, 0, 0, 0]
        names = ("nominees.json", "nominees.csv", "tally.json", "results.json")
        results[form] = {name: (folder / "results" / name).read_bytes() for name in names}
    assert results["csv"] == results["json"] == results["jsonl"]


# --- Whatever people and machines do to it ---------------------------------------------------------


def test_a_stage_tells_that_its_input_no_longer_holds(copy: Path) -> None:
    """A project withdrawn after the nomination must not win unnoticed."""
    line = (
        "- {kind: withdraw, submission_id: 17734472422200003, by: A, on: 2021-04-03, reason: r}\n"
    )
    decisions = copy / "decisions" / "decisions.yaml"
    decisions.write_text(decisions.read_text("utf-8") + line, "utf-8")
    result = wsisctl("tally", cwd=copy)
    assert result.status == 1
    assert "results/nominees.csv is out of date, since decisions/decisions.yaml" in result.err
    result = wsisctl("select-winners", cwd=copy)
    assert result.status == 1
    assert "results/tally.json is out of date" in result.err
    states = json.loads(wsisctl("status", "--format", "json", cwd=copy).out)["stages"]
    assert [item["state"] for item in states] == ["out of date"] * 4


def test_a_stage_tells_that_its_input_is_not_final(tmp_path: Path) -> None:
    names = {name: EXPORTS[name] for name in ("submissions.csv", "members.csv", "votes.csv")}
    folder = made(tmp_path / "prizes", names=names)
    run_all(folder, "nominate")
    result = wsisctl("tally", cwd=folder)
    assert "results/nominees.csv is not final: 2 open questions" in result.err


@pytest.mark.parametrize(
    ("room", "done"),
    [("records", 0), ("records", 1), ("results", 0), ("results", 1), ("results", 2)],
)
def test_a_crash_while_files_are_put_in_place_blocks_nothing(
    room: str, done: int, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many files are in place when it happens; the first is the manifest."""
    before = contents(copy)
    (copy / "decisions" / "corrections.yaml").write_text(
        "- {record: 17734472422200001, field: title, from: Project 17734472422200001, to: New, "
        "by: A, on: 2021-02-01, reason: r}\n",
        "utf-8",
    )
    replace, calls = Path.replace, iter(range(99))

    def cut_off(draft: Path, target: Path) -> Path:
        if target.parent.name == room and next(calls) >= done:
            raise KeyboardInterrupt
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", cut_off)
    (result,) = run_all(copy, "nominate")
    assert result.status not in {0, 1}
    monkeypatch.undo()
    (copy / "decisions" / "corrections.yaml").write_bytes(before["decisions/corrections.yaml"])
    assert [result.status for result in run_all(copy)] == [1, 0, 0, 0]
    assert contents(copy) == before


def test_two_at_work_at_once_are_refused(copy: Path) -> None:
    with at_work(copy / "contest.yaml"):
        for command in ("validate", "report", f"import-votes {GOLDEN / 'votes.csv'}"):
            result = wsisctl(*command.split(), cwd=copy)
            assert result.status == 4
            assert "another wsisctl is at work" in result.err
        assert wsisctl("status", cwd=copy).status == 0
    assert wsisctl("validate", cwd=copy).status == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("exports/votes/votes.csv", "exports/../secret.csv", "exports/votes/NAME"),
        ("exports/votes/votes.csv", "exports/votes/..", "expected"),
        ("exports/votes/votes.csv", "exports/members/votes.csv", "exports/votes/NAME"),
        ("kind: votes", "kind: vote", "did you mean"),
        ("received_as: votes.csv\n", "receive_as: votes.csv\n", "missing: received_as"),
    ],
)
def test_a_list_of_imports_written_by_hand_is_checked(
    old: str, new: str, says: str, copy: Path
) -> None:
    ledger = copy / "exports" / "imports.yaml"
    text = ledger.read_text("utf-8")
    assert old in text
    ledger.write_text(text.replace(old, new), "utf-8")
    for command in ("validate", "status"):
        result = wsisctl(command, cwd=copy)
        assert result.status == 3
        assert "exports/imports.yaml:" in result.err
        assert says in result.err


@pytest.mark.parametrize("text", ["{}\n", "false\n", "0\n", "''\n"])
def test_what_is_no_list_of_imports_is_not_taken_for_an_empty_one(text: str, copy: Path) -> None:
    (copy / "exports" / "imports.yaml").write_text(text)
    assert wsisctl("validate", cwd=copy).status == 3


def test_an_export_is_listed_once(copy: Path) -> None:
    ledger = copy / "exports" / "imports.yaml"
    header, *entries = ledger.read_text("utf-8").split("- file: ")
    ledger.write_text("- file: ".join([header, *entries, entries[-1]]), "utf-8")
    result = wsisctl("validate", cwd=copy)
    assert result.status == 3
    assert "is listed a second time" in result.err


def test_an_export_taken_back_is_gone_from_all_counts(tmp_path: Path) -> None:
    folder = tmp_path / "prizes"
    wsisctl("init", folder, "--contest", "2021")
    for name, ids in {"a": ("s1", "s2"), "b": ("s1", "s3")}.items():
        dump = write_csv(tmp_path / f"{name}.csv", [submission(identity) for identity in ids])
        assert wsisctl("import-submissions", dump, "--folder", folder).status == 0
    ledger = folder / "exports" / "imports.yaml"
    header, _, kept = ledger.read_text("utf-8").split("- file: ")
    ledger.write_text(f"{header}- file: {kept}", "utf-8")
    (folder / "exports" / "submissions" / "a.csv").unlink()
    wsisctl("validate", "--folder", folder)
    status = json.loads(wsisctl("status", "--folder", folder, "--format", "json").out)
    assert status["exports"][0] == {
        "kind": "submissions", "files": 1, "records": 2, "state": "current",
    }  # fmt: skip


def test_files_that_nobody_imported_are_told(copy: Path) -> None:
    (copy / "exports" / "votes" / "late.csv").write_text("vote_id\n")
    assert "exports/votes/late.csv: not imported" in wsisctl("status", cwd=copy).out
    assert wsisctl("import-votes", copy / "exports" / "votes" / "late.csv", cwd=copy).status == 3
    assert (copy / "exports" / "votes" / "late.csv").exists()


def test_status_shows_what_cannot_be_used_and_goes_on(copy: Path) -> None:
    record = copy / "records" / "members.csv"
    record.write_text(record.read_text("utf-8") + "\n", "utf-8")
    result = wsisctl("status", "--format", "json", cwd=copy)
    assert result.status == 0
    status = json.loads(result.out)
    assert {item["kind"]: item["state"] for item in status["exports"]}["members"] == "not usable"
    assert "corrections.yaml" in status["troubles"][0]
    assert status["stages"][2]["changed"] == ["records/members.csv"]
    assert status["next"] == "put right what stands above"


def test_an_edited_result_is_told_by_status(copy: Path) -> None:
    path = copy / "results" / "tally.json"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    status = json.loads(wsisctl("status", "--format", "json", cwd=copy).out)
    assert status["troubles"][0].startswith("results/tally.json: changed since it was written")
    assert (status["stages"][2]["result"], status["stages"][2]["state"]) == ("", "out of date")
    path.unlink()
    assert json.loads(wsisctl("status", "--format", "json", cwd=copy).out)["troubles"] == []


@pytest.mark.parametrize("change", ["definition", "version"])
def test_another_definition_or_version_makes_everything_out_of_date(
    change: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if change == "version":
        monkeypatch.setattr("wsisctl.folder.manifest.__version__", "9.9")
    else:
        contest = copy / "contest.yaml"
        contest.write_text(contest.read_text("utf-8") + "# a remark\n", "utf-8")
    status = json.loads(wsisctl("status", "--format", "json", cwd=copy).out)
    assert {item["state"] for item in status["stages"]} == {"out of date"}
    assert status["stages"][0]["changed"] == (
        ["contest.yaml"] if change == "definition" else ["wsisctl 0.1.0"]
    )


def test_a_results_manifest_names_the_exports_it_came_from(copy: Path) -> None:
    stages = json.loads((copy / "results" / "manifest.json").read_text("utf-8"))["stages"]
    inputs = {item["file"]: item["sha256"] for item in stages["tally"]["inputs"]}
    assert set(inputs) == {
        "decisions/corrections.yaml", "decisions/organizations.csv", "exports/members/members.csv",
        "exports/votes/votes.csv", "results/nominees.csv",
    }  # fmt: skip
    for name, digest in inputs.items():
        assert sha256((copy / name).read_bytes()).hexdigest() == digest


def test_a_result_that_no_manifest_knows_is_no_input(copy: Path) -> None:
    (copy / "results" / "manifest.json").unlink()
    for command in ("tally", "select-winners", "report"):
        assert wsisctl(command, cwd=copy).status == 3


def test_a_missing_record_file_is_made_anew(copy: Path) -> None:
    before = contents(copy)
    (copy / "records" / "members.csv").unlink()
    assert wsisctl("tally", cwd=copy).status == 0
    assert contents(copy) == before


def test_votes_of_another_width_stay_malformed_in_a_folder(tmp_path: Path) -> None:
    """And of two exports, the row of the later one repeats."""
    folder = made(tmp_path / "prizes", names={"members.csv": "import-members", "submissions.csv": "import-submissions", "scores.csv": "import-scores"})  # fmt: skip
    run_all(folder, "nominate")
    good = vote("v1", "m1", "17734472422200001")
    first = write_csv(tmp_path / "a.csv", [good, vote("v2", "m2", "17734472422200001")])
    first.write_bytes(first.read_bytes().rstrip() + b",more\r\n")
    second = write_csv(tmp_path / "b.csv", [good])
    wsisctl("import-votes", second, first, "--folder", folder)
    wsisctl("tally", "--folder", folder)
    rejected = (folder / "results" / "rejected-votes.csv").read_text("utf-8").splitlines()
    assert "v2,malformed,,exports/votes/a.csv,3" in rejected
    assert "v1,repeated_row,,exports/votes/b.csv,2" in rejected


# --- What an outsider tried ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", ["public", "exports", "decisions", "records/deep", "results", "."]
)
@pytest.mark.parametrize("command", ["select-winners", "report", "bare"])
def test_nothing_else_is_written_where_the_folder_keeps_its_own(
    command: str, place: str, copy: Path
) -> None:
    """Least of all winners to `public/`."""
    before = contents(copy)
    words = ["validate", GOLDEN / "submissions.csv", "--contest", "2021"]
    result = wsisctl(*(words if command == "bare" else [command]), "--out", place, cwd=copy)
    assert result.status == 4
    assert "keeps this place for itself" in result.err
    assert contents(copy) == before


def test_a_place_of_ones_own_in_the_folder_is_free(copy: Path) -> None:
    assert wsisctl("select-winners", "--out", "mine", cwd=copy).status == 0
    assert (copy / "mine" / "results.json").is_file()


def test_what_a_killed_process_left_is_cleared_away(copy: Path) -> None:
    """It may hold personal data, and nobody would look for it."""
    before = contents(copy)
    (copy / "exports" / ".wsisctl-abc").mkdir()
    (copy / "exports" / ".wsisctl-abc" / "0.csv").write_text("member_id\n")
    for room in ("exports", "records", "results", "reports"):
        (copy / room).mkdir(exist_ok=True)
        (copy / room / ".x.csv.123.draft").write_text("half")
    assert wsisctl("validate", cwd=copy).status == 1
    assert contents(copy) == before


def test_an_unlisted_export_with_the_same_bytes_is_the_export(copy: Path) -> None:
    """An import that was cut off leaves one."""
    late = write_csv(copy.parent / "late.csv", [vote("late", "m1", "p1")])
    shutil.copy(late, copy / "exports" / "votes" / "late.csv")
    result = wsisctl("import-votes", late, "--format", "json", cwd=copy)
    assert result.status == 0
    assert json.loads(result.out)["imported"][0]["file"] == "exports/votes/late.csv"
    names = sorted(path.name for path in (copy / "exports" / "votes").iterdir())
    assert names == ["late.csv", "votes.csv"]


def test_names_are_shown_in_the_language_asked_for(copy: Path) -> None:
    assert "项目奖" in wsisctl("status", "--lang", "zh", cwd=copy).out
    assert "项目奖" in wsisctl("--lang", "zh", "status", cwd=copy).out
    result = wsisctl("init", copy.parent / "new", "--contest", "2021", "--lang", "zh")
    assert "项目奖" in result.out


def test_a_panel_that_names_nobody_is_told_once(tmp_path: Path) -> None:
    names = {name: EXPORTS[name] for name in ("submissions.csv", "past-winners.csv", "scores.csv")}
    folder = made(tmp_path / "prizes", names=names)
    (folder / "decisions" / "panel.csv").write_text("panelist,name,organization,country\n", "utf-8")
    told = [line for line in wsisctl("nominate", cwd=folder).err.splitlines() if "panel" in line]
    assert told == ["note: the panel names nobody: panelists are not checked"]


def test_a_progress_bar_expects_what_a_stage_reads(copy: Path) -> None:
    folder, contest = open_folder(copy, takes_files=True)
    expected, read = [], []
    for stage in (menu.STAGES["validate"], menu.STAGES["tally"]):
        expected.append(size_as_it_is(stage, folder, {}))
        parts: list[int] = []
        run_in_folder(stage, folder, contest, parts.append)
        read.append(sum(parts))
    # Only what people write, and lists of nominees, are read without a word.
    for whole, part in zip(expected, read, strict=True):
        assert whole / 2 < part <= whole
