"""The same inputs give the same bytes: whatever the row order, files, folder, zone, locale or threads."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support import wsisctl

CASE = Path(__file__).parent / "golden" / "2021-whole"
COMMANDS = (
    "validate submissions.csv --past-winners past-winners.csv --decisions decisions.yaml",
    "nominate --submissions submissions.csv --past-winners past-winners.csv --scores scores.csv "
    "--panel panel.csv --decisions decisions.yaml",
    "tally --votes votes.csv --members members.csv --nominees results/nominees.csv "
    "--decisions decisions.yaml",
    "select-winners --tally results/tally.json --scores selection.csv --decisions decisions.yaml",
)
ROW_BY_ROW = {"validation.json", "rejected-votes.csv", "manifest.json"}
"""Name rows of the input, or its sum: another order of rows is another content."""


def play(folder: Path, environment: Mapping[str, str]) -> dict[str, bytes]:
    """All stages in processes of their own; every file and everything printed."""
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns("expected", "case.yaml"))
    printed = b""
    for command in COMMANDS:
        words = [*command.split(), "--contest", "2021", "--out", "results", "--format", "json"]
        run = subprocess.run(
            [sys.executable, "-m", "wsisctl", *words],
            cwd=folder, env=os.environ | environment, capture_output=True,
        )  # fmt: skip
        assert run.returncode in {0, 1}, run.stderr
        printed += run.stdout
    files = {path.name: path.read_bytes() for path in sorted((folder / "results").iterdir())}
    return {**files, "stdout": printed}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return play(tmp_path_factory.mktemp("usual") / "contest", {})


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
    ],
    ids=["Auckland", "8 bits"],
)
def test_another_machine_gives_the_same_bytes(
    environment: dict[str, str], usual: dict[str, bytes], tmp_path: Path
) -> None:
    assert play(tmp_path / "elsewhere" / "another name", environment) == usual


def shuffled(folder: Path) -> list[str]:
    rng = random.Random(7)  # noqa: S311 - no secret
    for name in ("submissions", "scores", "selection", "votes", "members", "panel"):
        path = folder / f"{name}.csv"
        header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        rng.shuffle(rows)
        path.write_text("".join([header, *rows]), encoding="utf-8")
    return []


def split(folder: Path) -> list[str]:
    path = folder / "votes.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "a.csv").write_text("".join([header, *rows[::2]]), encoding="utf-8")
    path.write_text("".join([header, *rows[1::2]]), encoding="utf-8")
    return ["--votes", "a.csv"]


@pytest.mark.parametrize("change", [shuffled, split])
def test_row_order_and_files_change_no_result(
    change: Callable[[Path], list[str]], usual: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "contest"
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns("expected", "case.yaml"))
    more = change(folder)
    for command in COMMANDS:
        extra = more if command.startswith("tally") else []
        words = [*command.split(), *extra, "--contest", "2021", "--out", "results"]
        result = wsisctl(*words, cwd=folder)
        assert result.status in {0, 1}, result.err
    for name in usual.keys() - ROW_BY_ROW - {"stdout"}:
        assert (folder / "results" / name).read_bytes() == usual[name], name


@pytest.mark.parametrize("threads", [1, 8])
def test_the_number_of_threads_changes_nothing(
    threads: int, usual: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import duckdb

    connect = duckdb.connect
    used = []

    def with_threads(database: str, config: dict[str, str]) -> duckdb.DuckDBPyConnection:
        used.append(threads)
        return connect(database, config={**config, "threads": str(threads)})

    monkeypatch.setattr(duckdb, "connect", with_threads)
    shutil.copytree(CASE, tmp_path / "contest", ignore=shutil.ignore_patterns("case.yaml"))
    (tmp_path / "contest" / "expected").rename(tmp_path / "contest" / "results")
    words = [*COMMANDS[2].split(), "--contest", "2021", "--out", "new"]
    wsisctl(*words, cwd=tmp_path / "contest")
    assert set(used) == {threads}
    for name in ("tally.json", "standings.csv", "rejected-votes.csv"):
        assert (tmp_path / "contest" / "new" / name).read_bytes() == usual[name]
