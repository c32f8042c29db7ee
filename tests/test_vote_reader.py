"""Two ways into the count, DuckDB's and ours, must give the same rows for every file both can read."""

import csv
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import ALL_EXAMPLES, VOTE_COLUMNS
from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile
from wsisctl.readers.naming import Naming
from wsisctl.readers.table import open_table
from wsisctl.voting import received as reader
from wsisctl.voting import split

NAMING = Naming.of(VOTE_COLUMNS)
HEADER = ",".join(VOTE_COLUMNS)
PLAIN = "v1,m1,C1,p1,2021-03-10T12:00:00Z"


def received(path: Path, *, row_by_row: bool) -> list[tuple[Any, ...]] | str:
    """What arrives in the count's table, or the complaint."""
    file = InputFile(path, "votes.csv")
    with duckdb.connect() as database, pytest.MonkeyPatch.context() as patch:
        if row_by_row:
            patch.setattr(split, "_is_simple", lambda _: False)
        try:
            read = reader.load_votes(database, [file], NAMING, lambda _: None)
        except UnusableInput as error:
            return error.message
        rows = database.execute('select * from received order by "row"').fetchall()
    assert read.read == (len(rows),)
    return rows


def is_simple(path: Path) -> bool:
    with open_table(InputFile(path, "votes.csv"), NAMING) as table:
        return split._is_simple(table)


def by_csv(path: Path) -> list[list[str]]:
    """An independent third opinion: the standard library, rows as wide as the header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = [row for row in csv.reader(file) if row]
    places = [header.index(column) for column in VOTE_COLUMNS]
    return [[row[place] for place in places] for row in rows if len(row) == len(header)]


CELLS = st.text(
    st.sampled_from([*"abC10_ \t#\\;'|=-+é\u00a0\u200b名\u2028", "\x0b", "\x1c", "\x85"]),
    max_size=6,
)
LINES = st.one_of(
    st.lists(CELLS, min_size=5, max_size=5).map(",".join),
    st.lists(CELLS, min_size=0, max_size=7).map(",".join),
    st.just(PLAIN),
    st.just(""),
)


@settings(deadline=None, derandomize=True, max_examples=1000 if ALL_EXAMPLES else 150)
@given(
    lines=st.lists(LINES, max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
    mark=st.sampled_from(["", "\ufeff"]),
    header=st.sampled_from([HEADER, "cast_at,submission_id,category,member_id,vote_id,ip"]),
)
def test_both_ways_give_the_same_rows(
    lines: list[str],
    end: str,
    last: bool,
    mark: str,
    header: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("votes") / "votes.csv"
    text = mark + end.join([header, *lines]) + (end if last else "")
    path.write_bytes(text.encode())
    rows = received(path, row_by_row=True)
    assert received(path, row_by_row=False) == rows
    assert isinstance(rows, list)
    assert [list(row[3:]) for row in rows if row[2]] == by_csv(path)


@pytest.mark.parametrize(
    ("content", "simple"),
    [
        (f"{HEADER}\n{PLAIN}\n", True),
        (f"{HEADER}\r\n{PLAIN}\r\n", True),
        (f"{HEADER}\r\n{PLAIN}\n", False),
        (f"{HEADER}\n{PLAIN}\r", False),
        (f'{HEADER}\n"v1"{PLAIN[2:]}\n', False),
        (f"{HEADER}\n{PLAIN}\0\n", False),
        (f"{HEADER}\n{PLAIN},\n", True),
        (f"{HEADER}\n{PLAIN},", True),
    ],
)
def test_duckdb_splits_only_what_cannot_be_misunderstood(
    content: str, simple: bool, tmp_path: Path
) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(content.encode())
    assert is_simple(path) == simple


def test_line_ends_at_the_border_of_a_block_stay_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(f"{HEADER}\r\n{PLAIN}\r\n".encode())
    for size in range(1, 60):
        monkeypatch.setattr(split, "_BLOCK", size)
        assert is_simple(path)


@pytest.mark.parametrize("rest", [",", ",,,,,", ",more", ",,,,,,,,,", ",,,,,,,,,,more"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comma_too_many_makes_a_row_too_wide(rest: str, end: str, tmp_path: Path) -> None:
    """By itself DuckDB takes one at the end of a row for nothing, and there is room for eight."""
    path = tmp_path / "votes.csv"
    path.write_bytes(f"{HEADER}{end}{PLAIN}{rest}{end}{PLAIN}{end}{PLAIN}{rest}".encode())
    rows = received(path, row_by_row=False)
    assert isinstance(rows, list)
    assert [row[1:3] for row in rows] == [(2, False), (3, True), (4, False)]
    assert received(path, row_by_row=True) == rows


def test_duckdb_splits_a_file_with_rows_too_wide_and_too_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(f"{HEADER}\n{PLAIN},more\nv2\n\n{PLAIN}\n", encoding="utf-8")
    monkeypatch.delattr(reader, "_rows_of")
    rows = received(path, row_by_row=False)
    assert [row[1:4] for row in rows] == [(2, False, "v1"), (3, False, "v2"), (4, True, "v1")]


def test_a_wide_row_among_many_keeps_its_number(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    lines = [f"v{n},m,C1,p,2021-03-10T12:00:00Z" for n in range(30_000)]
    lines[20_000] += ",more"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    rows = received(path, row_by_row=False)
    assert isinstance(rows, list)
    assert [row[1] for row in rows] == list(range(2, 30_002))
    assert [row[1] for row in rows if not row[2]] == [20_002]


def test_many_rows_keep_their_numbers_on_many_threads(tmp_path: Path) -> None:
    """Large enough for DuckDB to read the file in several pieces at once."""
    path = tmp_path / "votes.csv"
    lines = [f"v{n:07},m{n % 977},C1,p{n % 20},2021-03-10T12:00:00Z" for n in range(400_000)]
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    rows = received(path, row_by_row=False)
    assert isinstance(rows, list)
    assert all(f"v{row[1] - 2:07}" == row[3] for row in rows)
    assert len(rows) == 400_000


def test_an_undecodable_byte_is_named_either_way(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(f"{HEADER}\n{PLAIN}\nv2,m\xff,C1,p1,x\n".encode("latin-1"))
    complaint = received(path, row_by_row=False)
    assert complaint == received(path, row_by_row=True)
    assert "0xff" in complaint
    assert str(path.read_bytes().index(0xFF)) in complaint
