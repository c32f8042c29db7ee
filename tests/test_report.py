"""`wsisctl report`: the documents, from results that hold, in a folder and on bare files."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.support import wsisctl
from tests.test_folder import GOLDEN, contents, made, run_all
from wsisctl.contest.schema import load_schema, schema_problems

DOCUMENTS = {
    "validation.md", "validation.csv", "validation-by-rule.csv", "shortlist.md", "shortlist.csv",
    "tally.md", "tally.csv", "selection.md", "selection.csv",
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
        "--contest 2021 --results results",
        "--contest 2021 --out out",
        "--contest 2021 --results results --out out --folder .",
    ],
)
def test_half_a_command_line_is_wrong(words: str, whole: Path) -> None:
    assert wsisctl("report", *words.split(), cwd=whole).status == 2
