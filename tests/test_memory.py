"""How much memory the count may take, as people write it."""

from pathlib import Path

import pytest

from tests.support import REPOSITORY, wsisctl
from wsisctl.errors import UsageError
from wsisctl.voting.memory import LEAST, memory_limit, of_database, usual_limit

CASE = REPOSITORY / "tests" / "golden" / "2021-whole"


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("2GiB", 2 << 30),
        ("2 gib", 2 << 30),
        ("512MiB", LEAST),
        ("537MB", 537_000_000),
        ("1.5GB", 1_500_000_000),
        ("0.5GiB", LEAST),
        ("1TB", 10**12),
    ],
)
def test_a_size_is_read(written: str, size: int) -> None:
    assert memory_limit(written) == size


@pytest.mark.parametrize(
    "written", ["", "2", "2G", "GiB", "-2GiB", "2,5GiB", "2GiB 3", "1e3MB", "\u0662GiB"]
)
def test_what_is_no_size_is_told(written: str) -> None:
    with pytest.raises(UsageError, match="no size"):
        memory_limit(written)


@pytest.mark.parametrize("written", ["511MiB", "0GB", "536MB"])
def test_too_little_is_told(written: str) -> None:
    with pytest.raises(UsageError, match="too little"):
        memory_limit(written)


def test_the_database_leaves_room_for_the_rest_of_the_process() -> None:
    assert LEAST // 4 < of_database(LEAST) < LEAST
    gib = 1 << 30
    assert of_database(gib) == gib // 2  # the rest of the process takes half a GiB
    assert of_database(2 * gib) == 3 * gib // 2
    assert of_database(8 * gib) == 6 * gib  # and the database itself more than it knows of
    assert usual_limit() >= LEAST


def tally(folder: Path, *more: str) -> int:
    files = ("votes.csv", "members.csv", "expected/nominees.csv")
    given = [word for name in files for word in (f"--{Path(name).stem}", str(CASE / name))]
    return wsisctl("tally", "--contest", "2021", *given, "--out", folder, *more).status


def test_the_limit_changes_no_result(tmp_path: Path) -> None:
    tally(tmp_path / "usual")
    tally(tmp_path / "small", "--memory-limit", "512MiB")
    for file in (tmp_path / "usual").iterdir():
        assert file.read_bytes() == (tmp_path / "small" / file.name).read_bytes()


def test_a_wrong_limit_is_a_wrong_command_line(tmp_path: Path) -> None:
    assert tally(tmp_path / "new", "--memory-limit", "much") == 2
    assert not (tmp_path / "new").exists()
