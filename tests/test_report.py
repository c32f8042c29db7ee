"""`wsisctl report`: the documents, from results that hold, in a folder and on bare files."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.support import Result, wsisctl
from tests.test_folder import GOLDEN, contents, made, run_all
from wsisctl.contest.schema import load_schema, schema_problems

DOCUMENTS = {
    "validation.md", "validation.csv", "validation-by-rule.csv", "validation-corrections.csv",
    "shortlist.md", "shortlist.csv", "tally.md", "tally.csv", "tally-corrections.csv",
    "selection.md", "selection.csv",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("report") / "prizes")
    run_all(folder)
    result = wsisctl("report", cwd=folder)
    assert (result.status, result.err) == (0, "")
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"manifest.json"}


def test_each_stage_has_its_documents(whole: Path) -> None:
    assert written(whole / "reports") == DOCUMENTS
    manifest = json.loads((whole / "reports" / "manifest.json").read_text("utf-8"))
    assert schema_problems(manifest, load_schema("manifest")) == []


def test_documents_name_titles_that_results_do_not_hold(whole: Path) -> None:
    with (whole / "reports" / "validation.csv").open(encoding="utf-8", newline="") as file:
        titles = {row["submission_id"]: row["title"] for row in csv.DictReader(file)}
    with (GOLDEN / "submissions.csv").open(encoding="utf-8", newline="") as file:
        assert titles == {row["submission_id"]: row["title"] for row in csv.DictReader(file)}


def test_the_two_languages_lie_side_by_side(copy: Path) -> None:
    english = contents(copy / "reports")
    assert wsisctl("report", "--lang", "zh", cwd=copy).status == 0
    chinese = {name.replace(".", ".zh.") for name in DOCUMENTS}
    assert written(copy / "reports") == DOCUMENTS | chinese
    for name in DOCUMENTS:
        assert (copy / "reports" / name).read_bytes() == english[name]
    assert "提名项目名单" in (copy / "reports" / "shortlist.zh.md").read_text("utf-8")


def test_the_same_results_give_the_same_bytes(copy: Path) -> None:
    before = contents(copy / "reports")
    shutil.rmtree(copy / "reports")
    shutil.rmtree(copy / "records")
    assert wsisctl("report", "--folder", copy).status == 0
    assert contents(copy / "reports") == before


def test_bare_files_give_the_same_documents(whole: Path, tmp_path: Path) -> None:
    """Equal but for the names of files."""
    results = Path(shutil.copytree(whole / "results", tmp_path / "results"))
    command = ("report", "--contest", "2021", "--results", results, "--out", tmp_path / "out")
    submissions = ("--submissions", GOLDEN / "submissions.csv")
    result = wsisctl(*command, *submissions)
    assert result.status == 0, result.err
    for name in DOCUMENTS:
        expected = (whole / "reports" / name).read_bytes()
        assert (tmp_path / "out" / name).read_bytes() == expected


def test_without_submissions_the_shortlist_gives_the_titles(whole: Path, tmp_path: Path) -> None:
    command = ("report", "--contest", "2021", "--results", whole / "results", "--out", tmp_path)
    assert wsisctl(*command).status == 0
    for name in ("tally.csv", "shortlist.csv", "selection.csv"):
        assert (tmp_path / name).read_bytes() == (whole / "reports" / name).read_bytes()


def test_only_what_has_run_is_reported(tmp_path: Path) -> None:
    folder = made(tmp_path / "prizes")
    run_all(folder, "validate")
    result = wsisctl("report", "--format", "json", cwd=folder)
    assert {item["stage"] for item in json.loads(result.out)["documents"]} == {"validate"}


def test_a_result_that_no_longer_holds_is_told(copy: Path) -> None:
    (copy / "decisions" / "organizations.csv").write_text("name,same_as\na,b\n", "utf-8")
    result = wsisctl("report", cwd=copy)
    assert result.status == 1
    told = [line.partition(" is out of date: ") for line in result.err.splitlines()]
    changed = {stage: files for stage, found, files in told if found}
    assert "decisions/organizations.csv" in changed["warning: validate"]
    assert "results/tally.json" in changed["warning: select-winners"]
    for name in ("validation.md", "shortlist.md", "tally.md", "selection.md"):
        third_line = (copy / "reports" / name).read_text("utf-8").splitlines()[2]
        assert "OUT OF DATE" in third_line, "on paper too"
    quiet = wsisctl("report", "--quiet", cwd=copy)
    assert "warning: validate is out of date" in quiet.err, "or nobody knows why the status is 1"


@pytest.mark.parametrize("name", ["validation.json", "tally.json"])
def test_an_edited_result_is_refused(name: str, copy: Path) -> None:
    path = copy / "results" / name
    path.write_text(path.read_text("utf-8").replace('"read": ', '"read":  '), "utf-8")
    before = contents(copy / "reports")
    result = wsisctl("report", cwd=copy)
    assert result.status == 3
    assert f"results/{name}: changed since" in result.err
    assert contents(copy / "reports") == before


def test_an_edited_document_is_never_overwritten(copy: Path) -> None:
    path = copy / "reports" / "tally.md"
    path.write_text(path.read_text("utf-8") + "my remark\n", "utf-8")
    before = contents(copy / "reports")
    result = wsisctl("report", cwd=copy)
    assert result.status == 4
    assert contents(copy / "reports") == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "no readable JSON"),
        (b"[]", "a list stands here; expected a mapping"),
        (b'{"contest": "2018", "categories": []}', "a result of contest 2018"),
    ],
)
def test_what_no_stage_wrote_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    (results / "nominees.json").write_bytes(content)
    command = ("report", "--contest", "2021", "--results", results, "--out", tmp_path / "out")
    result = wsisctl(*command)
    assert result.status == 3
    assert f"results/nominees.json: {says}" in result.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        "--results results",
        "--submissions s.csv",
        "--members m.csv",
        "--corrections c.yaml",
        "--contest 2021 --results results",
        "--contest 2021 --out out",
        "--contest 2021 --results results --out out --folder .",
    ],
)
def test_half_a_command_line_is_wrong(words: str, whole: Path) -> None:
    assert wsisctl("report", *words.split(), cwd=whole).status == 2


# Corrections.

CORRECTIONS = """\
- {record: "011", field: country, from: CHE, to: KEN, by: Ann, on: 2021-03-01, reason: moved}
- {record: "17734472422200001", field: title, from: Project 17734472422200001, to: Village Radio, by: Bo, on: 2021-02-01, reason: their e-mail}
"""
OF_SUBMISSIONS = (
    "17734472422200001,title,Project 17734472422200001,Village Radio,Bo,2021-02-01,their e-mail\n"
)
OF_MEMBERS = "011,country,CHE,KEN,Ann,2021-03-01,moved\n"
COLUMNS = "record,field,from,to,by,on,reason\n"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("corrected") / "prizes")
    (folder / "decisions" / "corrections.yaml").write_text(CORRECTIONS, "utf-8")
    run_all(folder)
    assert wsisctl("report", cwd=folder).status == 0
    return folder


@pytest.fixture
def recorrected(corrected: Path, tmp_path: Path) -> Path:
    """The same folder, to change."""
    return Path(shutil.copytree(corrected, tmp_path / "copy"))


def sheets(reports: Path) -> list[str]:
    names = ("validation-corrections.csv", "tally-corrections.csv")
    return [(reports / name).read_text("utf-8") for name in names]


def next_step(folder: Path) -> str:
    return str(json.loads(wsisctl("status", "--format", "json", cwd=folder).out)["next"])


def test_documents_tell_the_corrections_of_their_records(corrected: Path, whole: Path) -> None:
    assert sheets(corrected / "reports") == [COLUMNS + OF_SUBMISSIONS, COLUMNS + OF_MEMBERS]
    assert sheets(whole / "reports") == [COLUMNS, COLUMNS]
    for name, told in {"validation": 1, "tally": 1, "shortlist": 0, "selection": 0}.items():
        text = (corrected / "reports" / f"{name}.md").read_text("utf-8")
        assert text.count("## Corrections: 1\n") == told
    assert "| Village Radio  " in (corrected / "reports" / "tally.md").read_text("utf-8")


def test_documents_follow_from_the_corrections(corrected: Path, whole: Path) -> None:
    for folder, members in ((corrected, ["records/members.csv"]), (whole, [])):
        stages = json.loads((folder / "reports" / "manifest.json").read_text("utf-8"))["stages"]
        read = {name: [item["file"] for item in entry["inputs"]] for name, entry in stages.items()}
        assert read["validation-en"] == [
            "decisions/corrections.yaml",
            "records/submissions.csv",
            "results/validation.json",
        ]
        assert read["tally-en"] == [
            "decisions/corrections.yaml",
            *members,
            "records/submissions.csv",
            "results/same-emails.csv",
            "results/tally.json",
        ]


def test_a_reason_that_changes_nothing_else_is_reported_anew(recorrected: Path) -> None:
    assert next_step(recorrected) == "nothing is left to do"
    path = recorrected / "decisions" / "corrections.yaml"
    path.write_text(CORRECTIONS.replace("their e-mail", "a call"), "utf-8")
    before = (recorrected / "results" / "validation.json").read_bytes()
    result = wsisctl("report", cwd=recorrected)
    assert result.status == 1
    assert "validate is out of date: decisions/corrections.yaml changed since it ran" in result.err
    path.write_text(CORRECTIONS.replace("their e-mail", "a letter"), "utf-8")
    run_all(recorrected)
    assert (recorrected / "results" / "validation.json").read_bytes() == before
    assert next_step(recorrected) == "wsisctl report", "the result is the same, the document not"
    assert wsisctl("report", cwd=recorrected).status == 0
    assert "a letter" in sheets(recorrected / "reports")[0]
    assert next_step(recorrected) == "nothing is left to do"


def test_an_amended_definition_is_reported_anew(recorrected: Path) -> None:
    path = recorrected / "contest.yaml"
    path.write_text(path.read_text("utf-8") + "# seen\n", "utf-8")
    run_all(recorrected)
    assert next_step(recorrected) == "wsisctl report"


def on_files(corrected: Path, folder: Path, *options: str | Path) -> Result:
    """`report` on bare files in a folder with the golden exports and the corrections."""
    (folder / "corrections.yaml").write_text(CORRECTIONS, "utf-8")
    shutil.copytree(corrected / "results", folder / "results")
    command = ("report", "--contest", "2021", "--results", "results", "--out", "out")
    return wsisctl(*command, "--corrections", "corrections.yaml", *options, cwd=folder)


def test_bare_files_take_corrections(corrected: Path, tmp_path: Path) -> None:
    files = ("--submissions", GOLDEN / "submissions.csv", "--members", GOLDEN / "members.csv")
    result = on_files(corrected, tmp_path, *files)
    assert (result.status, result.err) == (0, "")
    for name in DOCUMENTS:
        expected = (corrected / "reports" / name).read_text("utf-8")
        assert (tmp_path / "out" / name).read_text("utf-8") == expected


def test_without_records_the_result_tells_whose_corrections_they_are(
    corrected: Path, tmp_path: Path
) -> None:
    result = on_files(corrected, tmp_path)
    assert result.status == 0
    assert sheets(tmp_path / "out") == [COLUMNS + OF_SUBMISSIONS, COLUMNS]
    assert (
        "note: 1 correction is in none of these documents; those of members need --members\n"
        in result.err
    )


def test_corrections_that_do_not_fit_are_refused(corrected: Path, tmp_path: Path) -> None:
    members = (GOLDEN / "members.csv").read_text("utf-8").replace("academia,CHE", "academia,FRA")
    (tmp_path / "members.csv").write_text(members, "utf-8")
    result = on_files(corrected, tmp_path, "--members", "members.csv")
    assert result.status == 3
    assert "corrections.yaml:1: country of 011 is 'FRA'" in result.err
    assert not (tmp_path / "out").exists()
