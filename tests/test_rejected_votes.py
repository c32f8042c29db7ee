"""Rejected votes as files: the same table in each format, whatever the ids look like."""

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support import REPOSITORY, VOTE_COLUMNS, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.findings import Source
from wsisctl.names import SameNames
from wsisctl.readers.files import InputFile
from wsisctl.spreadsheet import from_cell
from wsisctl.voting.count import count_votes
from wsisctl.voting.rejected import RejectedVote

CASE = REPOSITORY / "tests" / "golden" / "2021-whole"
PARQUET = "rejected-votes.parquet"


def tally(folder: Path, *more: str) -> int:
    files = ("votes.csv", "members.csv", "expected/nominees.csv")
    given = [word for name in files for word in (f"--{Path(name).stem}", str(CASE / name))]
    return wsisctl("tally", "--contest", "2021", *given, "--out", folder, *more).status


def test_parquet_has_the_rows_of_the_csv(tmp_path: Path) -> None:
    tally(tmp_path, "--rejected-votes", "parquet")
    with (tmp_path / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    found = duckdb.read_parquet(str(tmp_path / PARQUET))
    assert found.columns == columns
    assert rows
    assert [[str(cell) for cell in row] for row in found.fetchall()] == [
        [from_cell(cell) for cell in row] for row in rows
    ]
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert PARQUET in manifest["stages"]["tally"]["results"]


@pytest.mark.parametrize("threads", [1, 8])
def test_parquet_has_the_same_bytes_on_any_number_of_threads(
    threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally(tmp_path / "usual", "--rejected-votes", "parquet")
    connect = duckdb.connect

    def with_threads(database: str, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        return connect(database, config={**config, "threads": str(threads)})

    monkeypatch.setattr(duckdb, "connect", with_threads)
    tally(tmp_path / "new", "--rejected-votes", "parquet")
    assert (tmp_path / "new" / PARQUET).read_bytes() == (tmp_path / "usual" / PARQUET).read_bytes()


def test_a_run_that_does_not_write_it_takes_it_away(tmp_path: Path) -> None:
    tally(tmp_path, "--rejected-votes", "parquet")
    tally(tmp_path)
    assert not (tmp_path / PARQUET).exists()


def test_what_a_person_changed_is_not_taken_away(tmp_path: Path) -> None:
    tally(tmp_path, "--rejected-votes", "parquet")
    (tmp_path / PARQUET).write_bytes(b"mine")
    assert tally(tmp_path) == 4
    assert (tmp_path / PARQUET).read_bytes() == b"mine"


def test_what_is_not_ours_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / PARQUET).write_text("mine")
    assert tally(tmp_path, "--rejected-votes", "parquet") == 4
    assert [path.name for path in tmp_path.iterdir()] == [PARQUET]
    assert (tmp_path / PARQUET).read_text() == "mine"


def test_ids_of_every_look_come_back(tmp_path: Path) -> None:
    """Those that the lines hold in quotes or behind an apostrophe too."""
    ids = [
        "v1",
        "=1+1",
        "'=x",
        "-5",
        "a,b",
        'say "x"',
        "two\nlines",
        " v",
        "投票",
        "'v",
        "\tv",
        "a.b:c-d_e",
    ]
    votes = [dict.fromkeys(VOTE_COLUMNS, "x") | {"vote_id": vote_id} for vote_id in ids]
    path = write_csv(tmp_path / "votes.csv", votes, VOTE_COLUMNS)
    file = InputFile(path, "=votes, all.csv")
    count = count_votes(load_contest("2021"), [file], [], [], SameNames())
    assert len(count.rejected) == len(ids)
    assert list(count.rejected) == [
        RejectedVote(vote_id, "malformed", Source(file.name, row))
        for row, vote_id in enumerate(ids, start=2)
    ]
    rows = csv.reader(count.rejected.table.decode().splitlines(keepends=True))
    assert [row[2:] for row in rows][1:] == [
        ["", "'=votes, all.csv", str(row)] for row in range(2, 14)
    ]
