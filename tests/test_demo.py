"""The demo is a whole edition, ends well, and leaves files that our own commands accept."""

import json
import re
from pathlib import Path

import pytest

from tests.support import REPOSITORY, Result, wsisctl
from tests.test_folder import contents
from wsisctl.contest.schema import load_schema, schema_problems


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    folder = tmp_path_factory.mktemp("demo") / "deep" / "demo"
    return wsisctl("demo", folder), folder


def test_it_ends_with_eighteen_winners_and_seventy_two_champions(
    played: tuple[Result, Path],
) -> None:
    result, folder = played
    assert result.status == 0, result.err
    assert result.out.rstrip().endswith("exit status 0")
    results = json.loads((folder / "results" / "results.json").read_text(encoding="utf-8"))
    assert sum(len(item["winners"]) for item in results["categories"]) == 18
    assert sum(len(item["champions"]) for item in results["categories"]) == 72


def test_it_shows_every_stage_and_every_way_to_be_wrong(played: tuple[Result, Path]) -> None:
    result, folder = played
    for stage in ("validate", "nominate", "tally", "select-winners"):
        assert f"$ wsisctl {stage}" in result.out
    validation = json.loads((folder / "results" / "validation.json").read_text(encoding="utf-8"))
    rules = {finding["rule"] for finding in validation["findings"]}
    edition = json.loads(
        wsisctl("rules", "--contest", validation["contest"], "--format", "json").out
    )
    enforcers = {name for clause in edition for name in clause["enforced_by"]}
    tally = json.loads((folder / "results" / "tally.json").read_text(encoding="utf-8"))
    reasons = set(tally["votes"]["rejected_by_reason"])
    assert rules == {
        "required-field", "category", "entity-type", "sdgs", "word-count", "deadline",
        "status", "language", "sdg-examples", "impact-figures", "same-project", "past-winner",
        "one-per-entity",
    }  # fmt: skip
    assert reasons == {
        "malformed", "repeated_row", "outside_window", "unregistered", "incomplete_profile",
        "not_nominated", "wrong_category", "own_project", "second_vote",
    }  # fmt: skip
    assert rules | (reasons - {"malformed", "repeated_row"}) <= enforcers


def test_only_the_invented_faults_are_found(played: tuple[Result, Path]) -> None:
    _, folder = played
    validation = json.loads((folder / "results" / "validation.json").read_text(encoding="utf-8"))
    assert len(validation["findings"]) == 13


def test_its_past_winner_is_one_as_people_list_them(played: tuple[Result, Path]) -> None:
    _, folder = played
    validation = json.loads((folder / "results" / "validation.json").read_text(encoding="utf-8"))
    (found,) = (item for item in validation["findings"] if item["rule"] == "past-winner")
    assert re.search(r" won in 20[0-9]{2} ", found["message"])
    assert [passage["field"] for passage in found["evidence"]["passages"]] == ["title", "entity"]


@pytest.mark.parametrize("name", ["validation", "nominees", "tally", "results", "manifest"])
def test_every_file_it_writes_fits_its_schema(name: str, played: tuple[Result, Path]) -> None:
    document = json.loads((played[1] / "results" / f"{name}.json").read_text(encoding="utf-8"))
    assert schema_problems(document, load_schema(name)) == []


def test_the_commands_it_shows_can_be_typed(played: tuple[Result, Path]) -> None:
    """And nothing is left to do: what it leaves is what they give."""
    result, folder = played
    commands = [
        line.split()[2:] for line in result.out.splitlines() if line.startswith("$ wsisctl")
    ]
    before = contents(folder)
    for command, *words in commands:
        if command in {"validate", "nominate", "tally", "select-winners", "report"}:
            assert words == []
            assert wsisctl(command, cwd=folder).status in {0, 1}
    assert contents(folder) == before
    status = json.loads(wsisctl("status", "--format", "json", cwd=folder).out)
    assert {stage["state"] for stage in status["stages"]} == {"current"}
    assert status["next"] == "nothing is left to do"


def test_it_leaves_nothing_behind_without_a_folder(tmp_path: Path) -> None:
    result = wsisctl("demo", "--quiet", cwd=tmp_path)
    assert (result.status, result.err, list(tmp_path.iterdir())) == (0, "", [])


def test_it_never_plays_in_a_folder_that_exists(tmp_path: Path) -> None:
    result = wsisctl("demo", tmp_path)
    assert result.status == 4
    assert list(tmp_path.iterdir()) == []


def test_the_readme_names_the_commands_that_there_are() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    help_text = wsisctl("--help").out
    for command in ("validate", "nominate", "tally", "select-winners", "rules", "explain", "demo"):
        assert f"`{command}" in readme
        assert f"  {command}  " in help_text
