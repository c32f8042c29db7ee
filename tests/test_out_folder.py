"""What `--out` may replace, and what it leaves as it is (contract, Commands)."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import Result, wsisctl
from wsisctl.contest.schema import load_schema, schema_problems

CASE = Path(__file__).parent / "golden" / "2021-whole"


@pytest.fixture
def contest(tmp_path: Path) -> Path:
    folder = tmp_path / "contest"
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns("case.yaml"))
    (folder / "expected").rename(folder / "before")
    return folder


def tally(contest: Path, *more: str) -> Result:
    return wsisctl(
        *("tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv"),
        *("--nominees", "before/nominees.csv", "--decisions", "decisions.yaml", *more),
        cwd=contest,
    )


def contents(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_without_it_nothing_is_written(contest: Path) -> None:
    before = contents(contest)
    assert tally(contest).status == 0
    assert contents(contest) == before


def test_it_is_created_with_its_parents_and_a_rerun_gives_the_same_bytes(contest: Path) -> None:
    assert tally(contest, "--out", "new/deep").status == 0
    first = contents(contest / "new")
    assert sorted(first) == [
        "deep", "deep/manifest.json", "deep/rejected-votes.csv", "deep/standings.csv", "deep/tally.json",
    ]  # fmt: skip
    assert tally(contest, "--out", "new/deep").status == 0
    assert contents(contest / "new") == first


def test_the_manifest_has_the_sums_of_inputs_and_results(contest: Path) -> None:
    tally(contest, "--out", "new")
    manifest = json.loads((contest / "new" / "manifest.json").read_text(encoding="utf-8"))
    assert schema_problems(manifest, load_schema("manifest")) == []
    stage = manifest["stages"]["tally"]
    for name, digest in stage["results"].items():
        assert hashlib.sha256((contest / "new" / name).read_bytes()).hexdigest() == digest
    assert {item["file"] for item in stage["inputs"]} == {
        "votes.csv", "members.csv", "nominees.csv", "decisions.yaml",
    }  # fmt: skip
    votes = next(item for item in stage["inputs"] if item["file"] == "votes.csv")
    assert votes["sha256"] == hashlib.sha256((contest / "votes.csv").read_bytes()).hexdigest()


def test_our_own_files_are_replaced_and_others_left_alone(contest: Path) -> None:
    tally(contest, "--out", "new")
    (contest / "new" / "notes.txt").write_text("mine", encoding="utf-8")
    with (contest / "votes.csv").open("a", encoding="utf-8") as votes:
        votes.write("v999,005,C1,17734472422200006,2021-03-12T00:00:00Z\n")
    before = (contest / "new" / "tally.json").read_bytes()
    assert tally(contest, "--out", "new").status == 0
    assert (contest / "new" / "tally.json").read_bytes() != before
    assert (contest / "new" / "notes.txt").read_text(encoding="utf-8") == "mine"


def edit(folder: Path) -> None:
    with (folder / "standings.csv").open("a", encoding="utf-8") as file:
        file.write("a note\n")


def lose_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def break_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"mine": true}', encoding="utf-8")


def put_a_folder_in_the_way(folder: Path) -> None:
    (folder / "tally.json").unlink()
    (folder / "tally.json").mkdir()


def put_a_link_in_the_way(folder: Path) -> None:
    (folder / "tally.json").rename(folder / "elsewhere.json")
    (folder / "tally.json").symlink_to("elsewhere.json")


def put_a_dangling_link_in_the_way(folder: Path) -> None:
    (folder / "tally.json").unlink()
    (folder / "tally.json").symlink_to("nowhere")


@pytest.mark.parametrize(
    "change",
    [
        edit,
        lose_the_manifest,
        break_the_manifest,
        put_a_folder_in_the_way,
        put_a_link_in_the_way,
        put_a_dangling_link_in_the_way,
    ],
)
def test_what_is_not_ours_is_never_replaced(change: Callable[[Path], None], contest: Path) -> None:
    tally(contest, "--out", "new")
    change(contest / "new")
    before = contents(contest)
    result = tally(contest, "--out", "new")
    assert (result.status, result.out) == (4, "")
    assert "help: " in result.err
    assert contents(contest) == before


def test_a_file_is_no_folder(contest: Path) -> None:
    result = tally(contest, "--out", "votes.csv")
    assert result.status == 4
    assert (contest / "votes.csv").read_bytes() == (CASE / "votes.csv").read_bytes()


@pytest.mark.parametrize("spelling", ["tally.json", "../contest/tally.json", "link.json"])
def test_an_input_is_never_a_target(spelling: str, contest: Path) -> None:
    shutil.copy(contest / "before" / "tally.json", contest / "tally.json")
    (contest / "link.json").symlink_to("tally.json")
    shutil.copy(contest / "votes.csv", contest / "standings.csv")
    before = contents(contest)
    result = wsisctl(
        *("tally", "--contest", "2021", "--votes", spelling, "--members", "members.csv"),
        *("--nominees", "before/nominees.csv", "--out", "."),
        cwd=contest,
    )
    assert (result.status, result.out) == (4, "")
    assert "input" in result.err
    assert contents(contest) == before


def test_stages_share_a_folder(contest: Path) -> None:
    tally(contest, "--out", "new")
    selection = (
        *("select-winners", "--contest", "2021", "--tally", "new/tally.json"),
        *("--scores", "selection.csv", "--decisions", "decisions.yaml", "--out", "new"),
    )
    assert wsisctl(*selection, cwd=contest).status == 0
    assert tally(contest, "--out", "new").status == 0
    assert wsisctl(*selection, cwd=contest).status == 0
    manifest = json.loads((contest / "new" / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["stages"]) == ["select-winners", "tally"]


@pytest.mark.parametrize(
    ("file", "content", "status"),
    [
        ("votes.csv", "vote_id,member_id\n", 3),
        ("decisions.yaml", "- {kind: nothing}\n", 3),
        ("members.csv", 'member_id\n"open\n', 3),
    ],
)
def test_on_error_nothing_is_written(file: str, content: str, status: int, contest: Path) -> None:
    tally(contest, "--out", "new")
    (contest / file).write_text(content, encoding="utf-8")
    before = contents(contest)
    result = tally(contest, "--out", "new")
    assert (result.status, result.out) == (status, "")
    assert contents(contest) == before
