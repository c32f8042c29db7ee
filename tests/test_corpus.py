"""Files as they really arrive, each with what must come of it. Adding a file adds a test.

`tests/corpus/README.md` says how. A file without an expectation fails, and shows what was found.
"""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.corpus_case import (
    CORPUS,
    ENDING,
    KINDS,
    Case,
    as_expectation,
    expectation_of,
    imported,
    read_bare,
)
from tests.support import wsisctl

EDITIONS = ("2018", "2021")
FILES = sorted(
    path
    for outcome in ("accepted", "rejected")
    for path in (CORPUS / outcome).glob("*/*")
    if path.is_file() and not path.name.endswith(ENDING)
)


@pytest.fixture(scope="session")
def new_folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A contest folder of each edition, as `init` leaves it."""
    place = tmp_path_factory.mktemp("new")
    for contest in EDITIONS:
        assert wsisctl("init", place / contest, "--contest", contest).status == 0
    return {contest: place / contest for contest in EDITIONS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORPUS)))
def test_what_comes_of_a_file(path: Path, new_folders: Mapping[str, Path], tmp_path: Path) -> None:
    case = Case.of(path)
    place = tmp_path / "imported"
    place.mkdir()
    by_import = imported(case, new_folders[case.contest], place)
    bare = read_bare(case, tmp_path)
    said = {name: value for name, value in case.said.items() if name != "about"}
    verdict = "accepted" if by_import.status == 0 else "rejected"
    if said != expectation_of(case, by_import, bare) or not case.name.startswith(verdict):
        found = as_expectation(case, by_import, bare)
        pytest.fail(
            f"{case.name} is {verdict}, and not what {case.expectation.name} says. "
            f"This was found; is it what it should be?\n\n{found}\n{_difference(case, found)}",
            pytrace=False,
        )


def _difference(case: Case, found: str) -> str:
    """The lines of an expectation that do not hold, and those that would."""
    if not case.said:
        return ""
    said = case.expectation.read_text(encoding="utf-8")
    lines = unified_diff(said.splitlines(), found.splitlines(), "said", "found", n=0, lineterm="")
    return "\n".join(lines)


def test_every_file_is_a_case_with_its_own_expectation() -> None:
    """A misplaced file would test nothing."""
    expectations = sorted(CORPUS.glob(f"*/*/*{ENDING}"))
    assert sorted(Case.of(path).expectation for path in FILES) == expectations
    assert {path.parent.name for path in FILES} <= KINDS.keys()
    assert all(Case.of(path).said.get("about") for path in FILES)
    used = {earlier for path in FILES for earlier in Case.of(path).earlier}
    assert used == set(CORPUS.glob("*/*/earlier/*"))
    named = {profile for path in FILES for profile in Case.of(path).profiles}
    assert named == set(CORPUS.glob("*/*/profiles/*"))


def test_an_import_and_a_stage_never_differ() -> None:
    differences = {"by_import", "on_bare_files", "records_on_bare_files"}
    assert not [path for path in FILES if differences & Case.of(path).said.keys()]


def test_there_are_enough_cases() -> None:
    assert len(FILES) >= 70
