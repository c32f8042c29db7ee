"""Hostile files: each is refused with a clear answer or read as what it is, and memory is bounded."""

import csv
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import workbooks
from tests.hostile import contents, in_own_process, patience
from tests.support import (
    ALL_EXAMPLES,
    Result,
    member,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from wsisctl.errors import UnusableInput
from wsisctl.readers import archive, columns, csv_grid, json_table
from wsisctl.readers.csv_grid import CsvGrid
from wsisctl.readers.files import InputFile
from wsisctl.readers.profile import read_profile

GIB = 1 << 30
LONGEST_CELL = csv.field_size_limit()
COMMANDS = {
    "import-submissions": submission("a1"),
    "import-members": member("m1"),
    "import-votes": vote("v1", "m1", "a1"),
    "import-scores": sheet("p1", "a1", 3),
    "import-past-winners": {
        "year": "2016", "category": "C1", "title": "T", "entity": "E", "country": "CHE",
    },
}  # fmt: skip
"""Every command that imports, with a right row for it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert wsisctl("init", tmp_path / "contest", "--contest", "2021").status == 0
    return tmp_path / "contest"


def refused(result: Result, says: str) -> None:
    assert result.status == 3, result.err
    assert says in result.err
    assert result.out == ""
    assert result.err.splitlines()[-1].startswith("help: ")
    assert not set("\x1b\x9b\x00\u202e") & set(result.err)


def import_refused(folder: Path, command: str, file: Path, says: str) -> None:
    """Refused within a bounded time, and the folder is byte for byte as it was."""
    before = contents(folder)
    with patience():
        refused(wsisctl(command, file, "--folder", folder), says)
    assert contents(folder) == before


def validated(file: Path, *more: str | Path) -> Result:
    with patience():
        return wsisctl("validate", file, "--contest", "2021", *more)


# --- Archives


@pytest.mark.parametrize("command", COMMANDS)
def test_a_zip_bomb_is_refused(
    command: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "FREE_SIZE", 1 << 20)
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("votes.csv", bytes(16 << 20))
    import_refused(folder, command, file, "unfold to more than")


def test_a_member_that_leads_out_of_the_folder_is_just_a_name(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "members.zip"
    rows = write_csv(tmp_path / "m.csv", [member("m1")]).read_bytes()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("../../decisions/panel.csv", rows)
    before = contents(folder)
    assert wsisctl("import-members", file, "--folder", folder).status == 0
    made = set(contents(folder)) - set(before)
    assert made == {
        "exports/imports.yaml", "exports/members/members.zip", "records/members.csv", "records/manifest.json",
    }  # fmt: skip
    assert (folder / "exports/members/members.zip").read_bytes() == file.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["contest", "m.csv", "members.zip"]


# --- Many columns


def wide_csv(path: Path, further: int, rows: int) -> Path:
    """Right submissions, with so many further columns."""
    with path.open("w") as file:
        file.write(
            ",".join([*submission("a"), *(f"c{number}" for number in range(further))]) + "\n"
        )
        for number in range(rows):
            file.write(",".join(submission(f"a{number}").values()) + ",x" * further + "\n")
    return path


@pytest.mark.parametrize(
    ("further", "rows", "says"),
    [(1_000_000, 1, "more than 4194304 characters"), (100_000, 50, "100017 columns; expected at most 16384")],
)  # fmt: skip
def test_a_csv_file_with_a_hundred_thousand_columns_is_refused_at_once(
    further: int, rows: int, says: str, folder: Path, tmp_path: Path
) -> None:
    file = wide_csv(tmp_path / "wide.csv", further, rows)
    before = contents(folder)
    found = in_own_process("import-submissions", file, "--folder", folder, cwd=tmp_path)
    refused(found, says)
    assert contents(folder) == before
    assert found.memory < GIB / 2


def test_json_with_a_million_keys_is_refused(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "wide.json"
    file.write_text(json.dumps([{f"key{number}": "" for number in range(1_000_000)}]))
    found = in_own_process("import-submissions", file, "--folder", folder, cwd=tmp_path)
    refused(found, "wide.json:1: 1000000 columns; expected at most 16384")
    assert found.memory < GIB


@pytest.mark.parametrize("command", COMMANDS)
def test_the_bound_of_columns_is_exact(
    command: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nobody reads the cells of it."""
    row = COMMANDS[command]
    monkeypatch.setattr(columns, "MOST_COLUMNS", len(row) + 3)
    for ending in ("csv", "json"):
        for further in (3, 4):
            whole = row | {f"c{number}": "" for number in range(further)}
            file = tmp_path / f"{ending}{further}.{ending}"
            if ending == "csv":
                write_csv(file, [whole])
            else:
                file.write_text(json.dumps([whole]))
            if further == 4:
                import_refused(folder, command, file, f"{len(row) + 4} columns; expected at most")
            else:
                result = wsisctl(command, file, "--folder", folder, "--dry-run", *stage(command))
                assert result.status == 0, result.err


def stage(command: str) -> Sequence[str]:
    return ("--stage", "nomination") if command == "import-scores" else ()


def test_a_row_as_long_as_a_row_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the line counts too; rows with line ends in their cells are one row all the same."""
    for text in ("a,b\nxxxx,yyyy\n", 'a,b\n"x\nx","y"\n'):
        file = tmp_path / "t.csv"
        file.write_text(text, newline="")
        longest = len(text) - len("a,b\n")
        monkeypatch.setattr(csv_grid, "_LONGEST_ROW", longest)
        with CsvGrid(InputFile(file, "t.csv")) as grid:
            assert len(list(grid.rows())) == 2
        monkeypatch.setattr(csv_grid, "_LONGEST_ROW", longest - 1)
        with (
            CsvGrid(InputFile(file, "t.csv")) as grid,
            pytest.raises(UnusableInput, match=f"line 2: the row .* more than {longest - 1} char"),
        ):
            list(grid.rows())


def test_a_column_beyond_the_last_of_excel_is_refused(folder: Path, tmp_path: Path) -> None:
    rows = workbooks.row(1, workbooks.text("XFE1", "x"))
    file = workbooks.write_parts(
        tmp_path / "wide.xlsx", workbooks.parts({"One": workbooks.sheet_xml(rows)})
    )
    import_refused(folder, "import-members", file, "the workbook is broken: 'XFE' is no column")


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl"])
def test_more_cells_than_memory_should_hold_are_refused(
    ending: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few columns in one object make as many cells in each of the others."""
    rows = [member(f"m{number}") for number in range(10)]
    file = tmp_path / f"members.{ending}"
    if ending == "csv":
        write_csv(file, rows)
    elif ending == "json":
        file.write_text(json.dumps([*rows[:9], rows[9] | {"further": ""}]))
    else:
        file.write_text("\n".join(json.dumps(row) for row in rows))
    module = "wsisctl.records.record" if ending == "csv" else "wsisctl.readers.json_table"
    monkeypatch.setattr(f"{module}.MOST_CELLS", 70)
    assert wsisctl("import-members", file, "--folder", folder, "--dry-run").status == 0
    monkeypatch.setattr(f"{module}.MOST_CELLS", 59)
    import_refused(folder, "import-members", file, "its rows and columns make more than")


# --- Large cells and files


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_cell_that_is_too_long_is_refused(
    command: str, ending: str, folder: Path, tmp_path: Path
) -> None:
    for length in (LONGEST_CELL, LONGEST_CELL + 1):
        row = COMMANDS[command] | {"further": "x" * length}
        file = tmp_path / f"{length}.{ending}"
        if ending == "csv":
            write_csv(file, [row])
        else:
            file.write_text(json.dumps([row] if ending == "json" else row))
        if length == LONGEST_CELL:
            result = wsisctl(command, file, "--folder", folder, "--dry-run", *stage(command))
            assert result.status == 0, result.err
        else:
            import_refused(folder, command, file, f"more than {LONGEST_CELL} characters")


@pytest.mark.skipif(not ALL_EXAMPLES, reason="200 MB are written")
@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("command", ["import-submissions", "import-votes"])
def test_a_cell_of_200_million_bytes_is_refused(
    command: str, quoted: bool, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "great.csv"
    with file.open("w") as stream:
        stream.write(",".join(COMMANDS[command]) + "\n" + '"' * quoted)
        stream.writelines("x" * 999_999 + "\n" * quoted for _ in range(200))
        stream.write('"\n' * quoted)
    found = in_own_process(command, file, "--folder", folder, cwd=tmp_path)
    refused(found, "more than")
    assert found.memory < GIB / 2


@pytest.mark.skipif(not ALL_EXAMPLES, reason="each byte of them is read")
def test_a_sparse_file_of_a_gigabyte_is_refused(folder: Path, tmp_path: Path) -> None:
    """Nothing but NULs, as after a transfer that broke off."""
    for name, says in (("s.csv", "more than 4194304 char"), ("s.json", "larger than 256 MiB")):
        file = tmp_path / name
        with file.open("wb") as stream:
            stream.truncate(GIB)
        found = in_own_process("import-members", file, "--folder", folder, cwd=tmp_path)
        refused(found, says)
        assert found.memory < 1.5 * GIB


def test_json_is_bounded_by_its_size_and_by_what_it_holds(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "members.json"
    file.write_text(json.dumps([member("m1")]))
    size, values = file.stat().st_size, 1 + 1 + 5
    for name, most, says in (
        ("_LARGEST", size, "larger than"),
        ("_MOST_VALUES", values, "it holds more than"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(json_table, name, most)
            assert wsisctl("import-members", file, "--folder", folder, "--dry-run").status == 0
            patched.setattr(json_table, name, most - 1)
            import_refused(folder, "import-members", file, says)


def test_one_key_twice_among_very_many_is_found_soon(folder: Path, tmp_path: Path) -> None:
    """Counting each key anew would take hours."""
    file = tmp_path / "members.json"
    keys = ", ".join(f'"k{number}": 1' for number in range(200_000))
    file.write_text(f'[{{{keys}, "k199999": 2}}]')
    import_refused(folder, "import-members", file, "an object has the key 'k199999' twice")


def test_blanks_within_a_header_take_no_time(folder: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "m.csv", [member("m1") | {f"x{' ' * 100_000}x": "1"}])
    with patience(20):
        assert wsisctl("import-members", file, "--folder", folder).status == 0


# --- YAML

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{letter}: &{letter} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, letter in zip("abcdefghi", "bcdefghij", strict=True)
)
"""A billion values in ten lines."""


@pytest.mark.parametrize(
    "name",
    ["decisions/decisions.yaml", "decisions/corrections.yaml", "contest.yaml", "exports/imports.yaml"],
)  # fmt: skip
def test_aliases_that_unfold_without_end_are_refused(
    name: str, folder: Path, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "s.csv", [submission("a1")])
    assert wsisctl("import-submissions", file, "--folder", folder).status == 0
    (folder / name).write_text(BOMB)
    before = contents(folder)
    with patience():
        result = wsisctl("validate", "--folder", folder)
    assert result.status == 3
    assert "the document unfolds into too many values" in result.err
    assert contents(folder) == before


def test_aliases_in_bare_files_are_refused_too(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.yaml"
    bomb.write_text(BOMB)
    file = write_csv(tmp_path / "s.csv", [submission("a1")])
    for words in (["--decisions", bomb], ["--corrections", bomb]):
        result = validated(file, *words)
        assert (result.status, result.out) == (3, "")
        assert "unfolds into too many values" in result.err
    with patience():
        result = wsisctl("validate", file, "--contest", bomb)
    assert result.status == 3
    assert "unfolds into too many values" in result.err
    with pytest.raises(UnusableInput, match="unfolds into too many values"):
        read_profile("profile.yaml", BOMB.encode())


def test_yaml_is_bounded_by_its_size(tmp_path: Path) -> None:
    great = tmp_path / "great.yaml"
    with great.open("wb") as stream:
        stream.truncate((16 << 20) + 1)
    file = write_csv(tmp_path / "s.csv", [submission("a1")])
    result = validated(file, "--decisions", great)
    assert result.status == 3
    assert "great.yaml: larger than 16 MiB" in result.err
