"""Hostile files: each is refused with a clear answer or read as what it is, and memory is bounded."""

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pytest

from tests import workbooks
from tests.hostile import contents, in_own_process, patience
from tests.support import (
    ALL_EXAMPLES,
    REPOSITORY,
    SELECTION,
    Result,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from wsisctl import yaml_file
from wsisctl.errors import UnusableInput
from wsisctl.folder import incoming
from wsisctl.readers import (
    archive,
    columns,
    csv_grid,
    encoding,
    json_table,
    unpack,
    workbook,
    xlsx_sheet,
)
from wsisctl.readers.csv_grid import CsvGrid
from wsisctl.readers.files import InputFile
from wsisctl.readers.profile import read_profile
from wsisctl.records import footers, record

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
        monkeypatch.setattr(csv_grid, "LONGEST_ROW", longest)
        with CsvGrid(InputFile(file, "t.csv")) as grid:
            assert len(list(grid.rows())) == 2
        monkeypatch.setattr(csv_grid, "LONGEST_ROW", longest - 1)
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
    most = "records.record.MOST_CELLS" if ending == "csv" else "readers.json_table.MOST_CELLS"
    monkeypatch.setattr(f"wsisctl.{most}", 70)
    assert wsisctl("import-members", file, "--folder", folder, "--dry-run").status == 0
    monkeypatch.setattr(f"wsisctl.{most}", 59)
    import_refused(folder, "import-members", file, "its rows and columns make more than")


def test_more_text_than_memory_should_hold_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [member("m1"), member("m2")]
    file = write_csv(tmp_path / "members.csv", rows)
    length = sum(len(text) for row in rows for text in row.values())
    monkeypatch.setattr(record, "MOST_CHARACTERS", length)
    assert wsisctl("import-members", file, "--folder", folder, "--dry-run").status == 0
    monkeypatch.setattr(record, "MOST_CHARACTERS", length - 1)
    import_refused(folder, "import-members", file, "members.csv:3: the texts until here have more")


@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
@pytest.mark.parametrize("command", COMMANDS)
def test_objects_with_nothing_in_them_are_no_records(
    command: str, name: str, folder: Path, tmp_path: Path
) -> None:
    """Votes would have been lost without a word, and anything else was a defect."""
    file = tmp_path / name
    file.write_text("[{}, {}]" if name == "t.json" else "\n{}\n{}\n")
    place = f"{name}:{1 if name == 't.json' else 2}"
    import_refused(folder, command, file, f"{place}: an object with nothing in it stands here")


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
        ("LARGEST", size, "larger than"),
        ("MOST_VALUES", values, "it holds more than"),
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
    for option in ("--decisions", "--corrections"):
        result = validated(file, option, bomb)
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


# --- Formulas in what we write

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1")
STARTS = frozenset("=+-@\t\r")


def _formulas(row: dict[str, str], *kept: str) -> dict[str, str]:
    """The row with a formula in every column but those kept."""
    signs = iter(FORMULAS * len(row))
    return {name: text if name in kept else next(signs) + text for name, text in row.items()}


def cells_of(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text, newline="")):
        yield from row


def assert_no_formulas(text: str, where: object) -> None:
    found = [cell for cell in cells_of(text) if cell[:1] in STARTS and cell]
    assert not found, (where, found[:3])


def written_csv(*places: Path) -> list[Path]:
    return sorted(path for place in places for path in place.rglob("*.csv"))


def test_no_cell_that_we_write_is_a_formula(folder: Path, tmp_path: Path) -> None:
    """In no file of any stage: records, results, reports, copies, the list of letters, problems."""
    ids = ("submitted_at", "category", "entity_type", "country", "status", "sdgs")
    rows = [
        {**_formulas(submission(name), *ids, "submission_id"), "=further": "=1"}
        for name in ("=a1", "+a2", "-a3", "@a4")
    ]
    rows[3]["country"] = "=KEN"
    exports = {
        "submissions": [*rows],
        "members": [_formulas(member("@m1"), "member_id")],
        "votes": [vote("-v1", "@m1", "=a1"), vote("+v2", "=m2", "+a2", category="=C9")],
        "scores": [sheet("=p1", row["submission_id"], 4, comment="=1") for row in rows],
        "past-winners": [_formulas(COMMANDS["import-past-winners"], "year", "category", "country")],
    }
    for kind, records in exports.items():
        file = write_csv(tmp_path / f"={kind}.csv", records)
        result = wsisctl(f"import-{kind}", file, "--folder", folder, "--format", "csv")
        assert result.status == 0, result.err
        assert_no_formulas(result.out, kind)
    selection = [sheet("=p1", "=a1", 5, SELECTION, comment="=1")]
    file = write_csv(tmp_path / "=selection.csv", selection)
    assert wsisctl("import-scores", file, "--folder", folder).status == 0
    (folder / "decisions/decisions.yaml").write_text(
        "- {kind: nominate, category: C1, submission_ids: ['=a1', +a2, -a3], by: '=b', on: 2021-02-20, reason: '=r'}\n"
        "- {kind: winner, category: C1, submission_ids: ['=a1'], by: '=b', on: 2021-04-20, reason: '=r'}\n"
    )
    (folder / "decisions/corrections.yaml").write_text(
        "- {record: '=a1', field: country, from: KEN, to: CHE, by: '=b', on: 2021-02-02, reason: '=r'}\n"
    )
    written = tmp_path / "written"
    runs: Sequence[Sequence[str | Path]] = (
        ["validate"],
        ["validate", "--annotate", written / "annotated", "--letters", written / "letters"],
        ["nominate"],
        ["tally"],
        ["select-winners"],
        ["report"],
        ["report", "--lang", "zh"],
        ["status"],
    )
    for words in runs:
        result = wsisctl(*words, "--folder", folder, "--format", "csv")
        assert result.status in {0, 1}, result.err
        assert_no_formulas(result.out, words)
    wrong = write_csv(tmp_path / "=wrong.csv", [rows[0] | {"submission_id": ""}, rows[1]])
    problems: list[str | Path] = [
        "--errors",
        written / "errors.csv",
        "--annotate",
        written / "wrong",
    ]
    assert wsisctl("import-submissions", wrong, "--folder", folder, *problems).status == 3
    files = written_csv(*(folder / room for room in ("records", "results", "reports")), written)
    names = {path.name for path in files}
    assert {
        "submissions.csv", "members.csv", "past-winners.csv", "nominees.csv", "standings.csv", "rejected-votes.csv",
        "letters.csv", "errors.csv", "=wrong.annotated.csv", "=submissions.annotated.csv",
    } <= names  # fmt: skip
    for path in files:
        with path.open(encoding="utf-8", newline="") as file_written:
            text = file_written.read()
        assert_no_formulas(text, path)
    with_guards = [path for path in files if ",'=" in path.read_text() or ",'+" in path.read_text()]
    assert len(with_guards) > 6  # the formulas have come so far at all


# --- Terminals

EVIL = "\x1b]0;x\x07\x1b[2J\x9b31m\u202e\u2066evil\u200f\x7f\x08"
_ACTS = frozenset("\x1b\x9b\x07\x08\x7f\u202e\u2066\u200f")


def assert_shown_as_text(result: Result) -> None:
    assert not _ACTS & set(result.out + result.err), (result.out, result.err)


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv", "markdown"])
def test_nothing_acts_on_a_terminal(form: str, folder: Path, tmp_path: Path) -> None:
    """In titles, in names of files, sheets and columns, and in ids that are refused for it."""
    place = tmp_path / "in"
    place.mkdir()
    row = submission("a1", title=EVIL, entity=EVIL, country=EVIL, coordinator_name=EVIL)
    file = write_csv(place / f"{EVIL.replace('/', '')}.csv", [row | {EVIL: EVIL}])
    results = [
        validated(file, "--format", form),
        wsisctl("import-submissions", file, "--folder", folder, "--format", form),
        validated(write_csv(place / "i.csv", [submission(EVIL)]), "--format", form),
        validated(write_csv(place / "m.csv", [{EVIL: "1", "x": EVIL}]), "--format", form),
        validated(place / f"{EVIL}.none", "--format", form),
    ]
    sheets = {
        name: workbooks.sheet_xml(workbooks.row(1, workbooks.text("A1", "x")))
        for name in ("\u202eevil\u2066", "\u200fother")
    }
    book = workbooks.write_parts(place / "b.xlsx", workbooks.parts(sheets))
    results.append(validated(book, "--format", form))
    results.append(validated(book, "--sheet", "\u202eevil\u2066", "--format", form))
    right = write_csv(place / "right.csv", [row])
    assert wsisctl("import-submissions", right, "--folder", folder).status == 0
    results += [
        wsisctl(words, "--folder", folder, "--format", form)
        for words in ("validate", "status", "report")
    ]
    assert {result.status for result in results} <= {0, 1, 3}
    for result in results:
        assert_shown_as_text(result)


# --- What is no file

OTHER_THINGS: dict[str, Callable[[Path], None]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link that leads nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.fixture
def right(tmp_path: Path) -> dict[str, Path]:
    """A right file of each kind that is given to a stage."""
    made = {
        "submissions": [submission("a1")],
        "members": [member("m1")],
        "votes": [vote("v1", "m1", "a1")],
        "nominees": [nominee("a1")],
        "scores": [sheet("p1", "a1", 3)],
    }
    return {name: write_csv(tmp_path / f"{name}.csv", rows) for name, rows in made.items()}


@pytest.mark.parametrize("what", OTHER_THINGS)
def test_what_is_no_file_is_refused_by_every_option(
    what: str, folder: Path, right: dict[str, Path], tmp_path: Path
) -> None:
    thing = tmp_path / "thing.csv"
    OTHER_THINGS[what](thing)
    submissions, votes = right["submissions"], right["votes"]
    people: list[str | Path] = ["--members", right["members"], "--nominees", right["nominees"]]
    bare: Sequence[Sequence[str | Path]] = (
        ["validate", thing],
        ["validate", submissions, "--past-winners", thing],
        ["validate", submissions, "--organizations", thing],
        ["validate", submissions, "--decisions", thing],
        ["validate", submissions, "--corrections", thing],
        ["nominate", "--submissions", submissions, "--scores", thing],
        ["nominate", "--submissions", submissions, "--scores", right["scores"], "--panel", thing],
        ["tally", "--votes", thing, *people],
        ["tally", "--votes", votes, "--members", thing, *people[2:]],
        ["tally", "--votes", votes, *people[:2], "--nominees", thing],
        ["select-winners", "--tally", thing],
    )
    out = tmp_path / "out"
    for words in bare:
        with patience():
            result = wsisctl(*words, "--contest", "2021", "--out", out)
        assert (result.status, result.out) == (3, ""), (words, result.err)
        assert "thing.csv" in result.err
        assert not out.exists()
    for command in COMMANDS:
        import_refused(folder, command, thing, "thing.csv")
    with patience():
        assert wsisctl("validate", submissions, "--contest", thing).status == 3
        assert wsisctl("decide", "--from", thing, "--folder", folder).status == 3


@pytest.mark.parametrize("what", ["a folder", "a pipe", "a link that leads nowhere"])
@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("contest.yaml", {3}),
        ("exports/imports.yaml", {3}),
        ("exports/submissions/submissions.csv", {3}),
        ("decisions/decisions.yaml", {3}),
        ("decisions/corrections.yaml", {3}),
        ("decisions/organizations.csv", {3}),
        ("records/submissions.csv", {4}),
        ("records/manifest.json", {4}),
        ("results/manifest.json", {4}),
        ("results/validation.json", {4}),
    ],
)
def test_what_is_no_file_in_a_folder_stops_the_command(
    name: str, statuses: set[int], what: str, folder: Path, right: dict[str, Path]
) -> None:
    assert wsisctl("import-submissions", right["submissions"], "--folder", folder).status == 0
    assert wsisctl("validate", "--folder", folder).status == 0
    (folder / name).unlink()
    OTHER_THINGS[what](folder / name)
    for command in ("validate", "import-submissions"):
        files = [right["submissions"]] if command != "validate" else []
        with patience():
            result = wsisctl(command, *files, "--folder", folder)
        if command == "validate":
            assert result.status in statuses, result.err
            assert Path(name).name in result.err
        else:
            assert result.status in {0, 1, 3, 4}, result.err
        assert "internal error" not in result.err
    with patience():
        assert wsisctl("status", "--folder", folder).status in {0, 1, 3, 4}


# --- Links


def test_a_link_as_an_input_is_read_and_its_bytes_are_kept(folder: Path, tmp_path: Path) -> None:
    """The folder holds a file of its own, whatever the link leads to later."""
    target = write_csv(tmp_path / "target.csv", [member("m1")])
    link = tmp_path / "members.csv"
    link.symlink_to(target)
    assert wsisctl("import-members", link, "--folder", folder).status == 0
    kept = folder / "exports/members/members.csv"
    assert not kept.is_symlink()
    assert kept.read_bytes() == target.read_bytes()


def test_a_link_to_a_file_of_the_system_is_no_table(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "members.csv"
    link.symlink_to("/etc/passwd")
    import_refused(folder, "import-members", link, "columns are missing")


@pytest.mark.parametrize("room", ["exports", "records", "results"])
def test_a_room_that_is_a_link_elsewhere_is_used_as_it_is(
    room: str, folder: Path, right: dict[str, Path], tmp_path: Path
) -> None:
    """People keep large exports on another disk; what lies there besides stays."""
    elsewhere = tmp_path / "elsewhere"
    shutil.move(folder / room, elsewhere)
    (elsewhere / "mine.txt").write_text("mine")
    (folder / room).symlink_to(elsewhere)
    assert wsisctl("import-submissions", right["submissions"], "--folder", folder).status == 0
    assert wsisctl("validate", "--folder", folder).status == 0
    assert (elsewhere / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("room", ["exports", "exports/members", "records"])
@pytest.mark.parametrize("what", ["a link that leads nowhere", "a link to itself", "a pipe"])
def test_a_room_that_is_no_folder_is_refused(
    what: str, room: str, folder: Path, right: dict[str, Path]
) -> None:
    if (folder / room).exists():
        shutil.rmtree(folder / room)
    OTHER_THINGS[what](folder / room)
    before = contents(folder)
    with patience():
        result = wsisctl("import-members", right["members"], "--folder", folder)
    assert result.status in {3, 4}, result.err
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["records/members.csv", "exports/members/members.csv"])
def test_a_link_in_the_way_is_never_written_through(
    name: str, folder: Path, right: dict[str, Path], tmp_path: Path
) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).symlink_to(precious)
    result = wsisctl("import-members", right["members"], "--folder", folder)
    assert result.status in {0, 4}, result.err
    assert precious.read_text() == "precious"
    assert (folder / name).is_symlink()


# --- Files that change while they are read


@pytest.fixture
def changing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, bytes], None]:
    """Let a file have other bytes as soon as it has been read once as a table."""

    def change(path: Path, after: bytes) -> None:
        leave = CsvGrid.__exit__

        def changed(self: CsvGrid, *details: object) -> None:
            leave(self, *details)
            path.write_bytes(after)

        monkeypatch.setattr(CsvGrid, "__exit__", changed)

    return change


@pytest.mark.parametrize("grows", [True, False])
@pytest.mark.parametrize("role", ["submissions", "votes", "members"])
def test_a_bare_file_that_changes_while_it_is_read_is_refused(
    role: str,
    grows: bool,
    right: dict[str, Path],
    changing: Callable[[Path, bytes], None],
    tmp_path: Path,
) -> None:
    content = right[role].read_bytes()
    changing(right[role], content + content.split(b"\n", 1)[1] if grows else content[:-9])
    out = tmp_path / "out"
    people: list[str | Path] = ["--members", right["members"], "--nominees", right["nominees"]]
    words: list[str | Path] = (
        ["validate", right[role]]
        if role == "submissions"
        else ["tally", "--votes", right["votes"], *people]
    )
    result = wsisctl(*words, "--contest", "2021", "--out", out)
    refused(result, f"{role}.csv: changed while it was read")
    assert not out.exists()


@pytest.mark.parametrize("grows", [True, False])
def test_a_file_that_changes_while_it_is_copied_is_not_imported(
    grows: bool, folder: Path, right: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = right["members"]
    whole = file.read_bytes()
    copy = incoming._copied

    def copied(source: BinaryIO, target: BinaryIO) -> str:
        found = copy(source, target)
        file.write_bytes(whole * 2 if grows else whole[:9])
        return found

    monkeypatch.setattr(incoming, "_copied", copied)
    before = contents(folder)
    refused(wsisctl("import-members", file, "--folder", folder), "changed while it was read")
    assert contents(folder) == before


def test_after_it_is_copied_an_import_reads_the_copy(
    folder: Path, right: dict[str, Path], changing: Callable[[Path, bytes], None]
) -> None:
    file = right["members"]
    whole = file.read_bytes()
    changing(file, b"other bytes")
    assert wsisctl("import-members", file, "--folder", folder).status == 0
    assert (folder / "exports/members/members.csv").read_bytes() == whole


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unreadable_file_is_refused(
    command: str, folder: Path, right: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by its mode: the tests may run as somebody who can read everything."""
    file = right["members"]
    opened = Path.open

    def no_right(path: Path, *details: object, **more: object) -> object:
        if path == file:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *details, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", no_right)
    import_refused(folder, command, file, "members.csv: cannot be read: Permission denied")


@pytest.mark.parametrize("block", [1, 2, 3, 1 << 20])
def test_the_line_of_an_undecodable_byte_is_found_block_by_block(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "_BLOCK", block)
    file = tmp_path / "t.csv"
    for content, line in ((b"\x81", 1), (b"a\r\nb\r\n\x81\r\n", 3), (b"a\r\r\nb\n\r\x81\n", 5)):
        file.write_bytes(content)
        error = encoding.undecodable(InputFile(file, "t.csv"), "utf-8")
        assert f"t.csv: line {line}: the byte 0x81" in error.message


# --- Names


@pytest.mark.parametrize(
    "name",
    [b"n" * 251 + b".csv", b"two\nlines.csv", b"\xff\xfe.csv", "\u202eevil.csv".encode(), b"--help.csv", b" .csv"],
)  # fmt: skip
def test_bare_files_may_have_any_name(name: bytes, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    try:
        write_csv(path, [submission("a1", country="")])
    except OSError:
        pytest.skip("there is no such name on this system")
    result = validated(path, "--format", "json")
    assert result.status == 1
    assert_shown_as_text(result)
    told = json.loads(result.out)["findings"][0]["source"]["file"]
    assert told.encode()


def test_a_name_that_no_system_has_is_refused(folder: Path, tmp_path: Path) -> None:
    for name in ("n" * 300 + ".csv", "n/" * 3000):
        result = validated(tmp_path / name)
        assert (result.status, result.out) == (3, "")
        assert wsisctl("import-members", tmp_path / name, "--folder", folder).status == 3
        assert wsisctl("validate", "--contest", tmp_path / name).status in {2, 3}


# --- Odd content


def _lines(rows: Iterable[Sequence[str]], end: str = "\n") -> str:
    return "".join(f"{','.join(row)}{end}" for row in rows)


MEMBER = [list(member("m1")), list(member("m1").values())]
RIGHT = _lines(MEMBER)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.csv", b"", "t.csv: the file is empty"),
        ("t.csv", bytes(10_000), "columns are missing"),
        ("t.csv", b"\n" * 1_000_000, "t.csv: the file is empty"),
        ("t.csv", b"\r\n" * 100_000, "t.csv: the file is empty"),
        ("t.csv", b" \n" * 100, "t.csv: the file is empty"),
        ("t.jsonl", b"\n" * 1_000_000, "t.jsonl: the file is empty"),
        ("t.json", b"[" * 100_000 + b"]" * 100_000, "no readable JSON"),
        ("t.json", b'[{"a":' * 100_000, "no readable JSON"),
        ("t.jsonl", b'{"a":' * 100_000, "no readable JSON"),
        ("t.json", b'[{"member_id": ' + b"9" * 200_000 + b"}]", "more than 131072 characters"),
        ("t.json", b'[{"member_id": NaN}]', "NaN is no JSON"),
        ("t.json", b'[{"member_id": -Infinity}]', "-Infinity is no JSON"),
        ("t.json", b'[{"member_id": "\\ud800"}]', "is half of a character"),
        ("t.json", b'[{"\\udfff": "x"}]', "is half of a character"),
        ("t.json", b'[{"member_id": "\xed\xa0\x80"}]', "the byte 0xed at offset 16 is not UTF-8"),
        ("t.csv", RIGHT.encode("utf-16")[:-1], "is not UTF-16"),
        ("t.csv", RIGHT.encode("utf-16-le")[:-1], "is not UTF-16"),
        ("t.csv", RIGHT.encode("utf-16")[:3], "is not UTF-16"),
        ("t.csv", RIGHT.encode("cp500"), "the byte 0x94 at offset 0 is not UTF-8"),
        ("t.csv", RIGHT.encode("cp037"), "the byte 0x94 at offset 0 is not UTF-8"),
        ("t.csv", (RIGHT + '"' + "x" * 65_520).encode(), "a quote is opened in the record that begins"),
        ("t.csv", (RIGHT + '"' + "x" * 65_536).encode(), "a quote is opened in the record that begins"),
        ("t.csv", (RIGHT + '"' + "x\n" * 65_536).encode(), "quote"),
        ("t.csv", ('"' + RIGHT).encode(), "quote"),
        ("t.csv", RIGHT.replace("m1,", "m1\0,").encode(), "U+0000"),
    ],
)  # fmt: skip
def test_odd_content_is_refused_for_what_it_is(
    name: str, content: bytes, says: str, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    before = contents(folder)
    with patience():
        result = wsisctl("import-members", file, "--folder", folder)
    assert result.status == 3, result.err
    assert says in result.err
    assert contents(folder) == before


@pytest.mark.parametrize(
    "content",
    [
        RIGHT.encode(),
        RIGHT.encode("utf-16"),
        RIGHT.encode("utf-7"),
        _lines(MEMBER, "\r").encode(),
        (_lines(MEMBER[:1], "\r\n") + _lines(MEMBER[1:], "\r")).encode(),
        (_lines(MEMBER[:1], "\n") + _lines(MEMBER[1:], "\r\n\n\r")).encode(),
        ("x" * 30_000 + ",\n" * 20 + RIGHT).encode(),
    ],
)
def test_odd_content_that_can_be_read_gives_the_same_record(
    content: bytes, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(content)
    result = wsisctl("import-members", file, "--folder", folder)
    assert result.status == 0, result.err
    with (folder / "records/members.csv").open(encoding="utf-8", newline="") as made:
        (record,) = csv.DictReader(made)
    assert {name: record[name] for name in member("m1")} == member("m1")


def test_the_page_names_the_bounds_that_hold() -> None:
    page = (REPOSITORY / "docs" / "files.md").read_text("utf-8")
    million = 1_000_000
    for told in (
        f"{archive.FREE_SIZE >> 20} MiB, or {archive.MOST_TIMES} times its size",
        f"never more than {unpack.MOST_UNPACKED >> 30} GiB",
        f"{csv_grid.LONGEST_ROW:,} characters",
        f"{columns.MOST_COLUMNS:,} cells",
        f"{LONGEST_CELL:,} characters",
        f"{json_table.LARGEST >> 20} MiB, {json_table.MOST_VALUES // million} million values, "
        f"{json_table.MOST_CELLS // million} million cells",
        f"{workbook.MOST_UNFOLDED >> 30} GiB, and texts that take {workbook.MOST_TEXT >> 30} GiB of memory; "
        f"{xlsx_sheet.MOST_CELLS // million} million cells",
        f"{record.MOST_CELLS // million} million cells, {record.MOST_CHARACTERS // million} million characters",
        f"{yaml_file.LARGEST >> 20} MiB",
        f"{footers.LONGEST_FOOTER} rows",
    ):
        assert f" {told}" in page, told


@pytest.mark.parametrize("place", range(-2, 3))
def test_a_quoted_cell_across_64_kib_is_one_cell(place: int, folder: Path, tmp_path: Path) -> None:
    """What is looked at to find the separator ends there."""
    filler = "x" * ((1 << 16) - len(RIGHT) + place)
    row = dict(zip(member("m1"), member("m2").values(), strict=True)) | {
        "organization": filler + '", "'
    }
    file = write_csv(tmp_path / "members.csv", [member("m1"), row])
    assert wsisctl("import-members", file, "--folder", folder).status == 0
    with (folder / "records/members.csv").open(encoding="utf-8", newline="") as made:
        records = {record["member_id"]: record for record in csv.DictReader(made)}
    assert records["m2"]["organization"] == filler + '", "'
