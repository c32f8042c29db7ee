"""Bringing exports into a folder: kept as received, accounted for, all or nothing."""

import csv
import json
import os
import socket
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support import (
    NOMINATION,
    SELECTION,
    VOTE_COLUMNS,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from tests.test_folder import contents
from wsisctl.folder import outputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "prizes"
    assert wsisctl("init", root, "--contest", "2021").status == 0
    return root


def imported(folder: Path, command: str, *files: Path, status: int = 0) -> Any:
    result = wsisctl(command, *files, "--folder", folder, "--format", "json")
    assert result.status == status, result.err
    return json.loads(result.out)


def counts(entry: Any) -> tuple[int, int, int, int]:
    rows = entry["rows"]
    read, accepted, repeated, rejected = (
        rows[key] for key in ("read", "accepted", "repeated", "rejected")
    )
    assert read == accepted + repeated + rejected
    return read, accepted, repeated, rejected


def record_rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "records" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- What comes in -------------------------------------------------------------------------------


def test_an_export_is_kept_as_received(folder: Path, tmp_path: Path) -> None:
    export = tmp_path / "Form export (final) ü.csv"
    write_csv(export, [submission("s1")])
    export.write_bytes(b"\xef\xbb\xbf" + export.read_bytes())
    imported(folder, "import-submissions", export)
    kept = folder / "exports" / "submissions" / export.name
    assert kept.read_bytes() == export.read_bytes()


def test_records_know_their_export_and_row_and_what_repeats_them(
    folder: Path, tmp_path: Path
) -> None:
    rows = [submission("s2"), submission("s1"), submission("s2")]
    imported(folder, "import-submissions", write_csv(tmp_path / "b.csv", rows))
    imported(folder, "import-submissions", write_csv(tmp_path / "a.csv", [submission("s1"), submission("s3")]))  # fmt: skip
    found = [
        (row["submission_id"], row["source_file"], row["source_row"], row["source_repeats"])
        for row in record_rows(folder, "submissions.csv")
    ]
    assert found == [
        ("s1", "exports/submissions/a.csv", "2", "1"),
        ("s3", "exports/submissions/a.csv", "3", "0"),
        ("s2", "exports/submissions/b.csv", "2", "1"),
    ]
    validation = json.loads(wsisctl("validate", "--folder", folder, "--format", "json").out)
    assert validation["read"] == 5


def test_each_export_is_accounted_for_in_the_order_in_which_it_came(
    folder: Path, tmp_path: Path
) -> None:
    first = write_csv(tmp_path / "z.csv", [member("m1"), member("m2"), member("m2")])
    second = write_csv(tmp_path / "a.csv", [member("m2"), member("m3")])
    told = imported(folder, "import-members", first, second)
    assert [counts(entry) for entry in told["imported"]] == [(3, 2, 1, 0), (2, 1, 1, 0)]


def test_votes_are_accounted_for_row_by_row(folder: Path, tmp_path: Path) -> None:
    first = write_csv(tmp_path / "week1.csv", [vote("v1", "m1", "p1"), vote("v2", "m2", "p1")])
    rows = [vote("v1", "m1", "p1"), vote("v3", "m3", "p2"), vote("v4", "", "p2")]
    second = write_csv(tmp_path / "week2.csv", rows)
    second.write_text(
        second.read_text("utf-8") + "v5,m5,C1,p1,2021-03-10T12:00:00Z,more\n", "utf-8"
    )
    told = imported(folder, "import-votes", first, second)
    assert [counts(entry) for entry in told["imported"]] == [(2, 2, 0, 0), (4, 2, 1, 1)]
    result = wsisctl("import-votes", first, second, "--folder", folder)
    assert "another number of cells" not in result.err, "that was said before"


def test_the_votes_are_parquet_and_lose_nothing(folder: Path, tmp_path: Path) -> None:
    rows = [
        vote("v1", "017734472422205614", " p1 ", cast_at="yesterday"),
        vote("v2", "m\n2", "名\u202ep", category="Ｃ１"),
    ]
    imported(folder, "import-votes", write_csv(tmp_path / "votes.csv", rows, VOTE_COLUMNS))
    path = str(folder / "records" / "votes.parquet")
    with duckdb.connect() as database:
        found = database.execute(f"select * from read_parquet('{path}')").fetchall()  # noqa: S608
    source = "exports/votes/votes.csv"
    assert found == [(*rows[0].values(), True, source, 2), (*rows[1].values(), True, source, 3)]


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_the_votes_have_the_same_bytes_on_any_number_of_threads(
    threads: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = duckdb.connect
    monkeypatch.setattr(
        duckdb,
        "connect",
        lambda database, config: connect(database, config={**config, "threads": str(threads)}),
    )
    rows = [vote(f"v{n}", f"m{n % 997}", f"p{n % 7}") for n in range(400_000)]
    exports = (
        write_csv(tmp_path / "week-1.csv", rows[:250_000]),
        write_csv(tmp_path / "week-2.csv", rows[240_000:]),
    )
    imported(folder, "import-votes", *exports)
    usual = tmp_path / "usual"
    wsisctl("init", usual, "--contest", "2021")
    monkeypatch.undo()
    imported(usual, "import-votes", *exports)
    assert contents(folder / "records") == contents(usual / "records")


def test_hostile_text_comes_through_unchanged_and_is_no_formula(
    folder: Path, tmp_path: Path
) -> None:
    titles = ["=1+1", "'=1", "''x", "a\r\nb", "\ta", "-", '"', "\x1b[31m", "[bold]", "\u202e", "\r"]
    rows = [submission(f"s{n}", title=title) for n, title in enumerate(titles)]
    dump = write_csv(tmp_path / "dump.csv", rows)
    imported(folder, "import-submissions", dump)
    cells = [row["title"] for row in record_rows(folder, "submissions.csv")]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    in_folder = json.loads(wsisctl("validate", "--folder", folder, "--format", "json").out)
    bare = json.loads(wsisctl("validate", dump, "--contest", "2021", "--format", "json").out)
    for finding in (*in_folder["findings"], *bare["findings"]):
        del finding["source"]
    assert in_folder == bare


def test_further_columns_are_kept(folder: Path, tmp_path: Path) -> None:
    export = write_csv(tmp_path / "dump.csv", [{**submission("s1"), "phone": "0041 22"}])
    imported(folder, "import-submissions", export)
    assert record_rows(folder, "submissions.csv")[0]["phone"] == "0041 22"


def test_two_exports_of_one_name_are_both_kept(folder: Path, tmp_path: Path) -> None:
    for day in ("monday", "tuesday", "friday"):
        (tmp_path / day).mkdir()
        dump = write_csv(tmp_path / day / "Dump.csv", [submission(day)])
        imported(folder, "import-submissions", dump)
    names = sorted(path.name for path in (folder / "exports" / "submissions").iterdir())
    assert names == ["Dump.csv", "Dump_2.csv", "Dump_3.csv"]


# --- The same again ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["votes.csv", "another name.csv"])
def test_the_same_bytes_again_do_nothing_and_say_so(
    name: str, folder: Path, tmp_path: Path
) -> None:
    export = write_csv(tmp_path / "votes.csv", [vote("v1", "m1", "p1")])
    imported(folder, "import-votes", export)
    before = {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}
    again = tmp_path / name
    again.write_bytes(export.read_bytes())
    result = wsisctl("import-votes", again, "--folder", folder)
    assert result.status == 0
    assert "the same bytes are there as exports/votes/votes.csv" in result.err
    after = {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}
    assert after == before


def test_the_same_file_twice_in_one_command_is_one_export(folder: Path, tmp_path: Path) -> None:
    export = write_csv(tmp_path / "members.csv", [member("m1")])
    told = imported(folder, "import-members", export, export)
    assert [entry["file"] for entry in told["imported"]] == ["exports/members/members.csv"] * 2
    assert counts(told["imported"][0]) == (1, 1, 0, 0)
    assert told["imported"][1]["rows"] is None
    assert len(list((folder / "exports" / "members").iterdir())) == 1


# --- What is refused -----------------------------------------------------------------------------

GOOD = submission("s1")
BROKEN: dict[str, tuple[str, bytes, str]] = {
    "a missing column": ("import-submissions", b"submission_id,title\ns1,x\n", "submitted_at"),
    "an unclosed quote": ("import-past-winners", b'title\n"m1\n', "never closed"),
    "an undecodable byte": ("import-past-winners", b"title\nm1,\xff\n", "0xff"),
    "a ruined id": (
        "import-votes",
        b"vote_id,member_id,category,submission_id,cast_at\nv1,m1,C1,1.77345E+16,x\n",
        "Excel",
    ),
    "an empty id": ("import-past-winners", b"", "empty"),
    "a workbook": ("import-past-winners", b"PK\x03\x04rest", "the ZIP archive is broken"),
    "no criteria": ("import-scores", b"panelist,submission_id,scale\na,s1,3\n", "development"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_used_leaves_the_folder_as_it_was(
    case: str, folder: Path, tmp_path: Path
) -> None:
    command, content, says = BROKEN[case]
    imported(folder, "import-submissions", write_csv(tmp_path / "good.csv", [GOOD]))
    imported(folder, "import-votes", write_csv(tmp_path / "votes.csv", [vote("v1", "m", "p")]))
    before = contents(folder)
    bad = tmp_path / "bad.csv"
    bad.write_bytes(content)
    result = wsisctl(command, bad, "--folder", folder)
    assert result.status == 3
    assert says in result.err
    assert "bad.csv" in result.err
    assert "exports/" not in result.err, "the file is named as the person gave it"
    assert contents(folder) == before


def test_one_bad_file_among_good_ones_brings_in_none(folder: Path, tmp_path: Path) -> None:
    good = write_csv(tmp_path / "good.csv", [member("m1")])
    bad = write_csv(tmp_path / "bad.csv", [{"member": "m2"}])
    before = contents(folder)
    assert wsisctl("import-members", good, bad, "--folder", folder).status == 3
    assert contents(folder) == before


def test_a_record_that_contradicts_another_of_the_same_command_names_both_rows(
    folder: Path, tmp_path: Path
) -> None:
    imported(folder, "import-submissions", write_csv(tmp_path / "first.csv", [submission("s0")]))
    before = contents(folder)
    old = write_csv(tmp_path / "old.csv", [submission("s1")])
    new = write_csv(tmp_path / "new.csv", [submission("s2"), submission("s1", title="Renamed")])
    result = wsisctl("import-submissions", new, old, "--folder", folder)
    assert result.status == 3
    assert f"{new}:3" in result.err
    assert f"{old}:2" in result.err
    assert "nothing was imported" in result.err
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"submission_id": "p2"}, 3),
        ({"category": "C2"}, 3),
        ({"member_id": "m2"}, 3),
        ({"cast_at": "2021-03-10T12:00:01+01:00"}, 3),
        ({"cast_at": "yesterday"}, 0),  # malformed: the tally says so
        ({"member_id": " "}, 0),
        ({}, 0),
    ],
)
def test_two_votes_with_one_id_are_refused_before_they_are_in_the_folder(
    change: dict[str, str], status: int, folder: Path, tmp_path: Path
) -> None:
    """As the count would, or the folder could never be counted."""
    votes = [vote("v1", "m1", "p1"), vote("v0", "m0", "p1"), {**vote("v1", "m1", "p1"), **change}]
    export = write_csv(tmp_path / "votes.csv", votes)
    result = wsisctl("import-votes", export, "--folder", folder)
    assert result.status == status
    write_csv(tmp_path / "members.csv", [member("m1")])
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    bare = wsisctl(
        "tally", "--contest", "2021", "--votes", export, "--members", tmp_path / "members.csv",
        "--nominees", tmp_path / "nominees.csv",
    )  # fmt: skip
    assert bare.status == status
    if status:
        assert f"{export}:4: vote_id v1 stands here again" in result.err


def test_votes_of_two_exports_contradict_each_other_too(folder: Path, tmp_path: Path) -> None:
    imported(folder, "import-votes", write_csv(tmp_path / "a.csv", [vote("v1", "m1", "p1")]))
    second = write_csv(tmp_path / "b.csv", [vote("v1", "m1", "p2")])
    result = wsisctl("import-votes", second, "--folder", folder)
    assert result.status == 3
    assert f"{second}:2" in result.err
    assert "exports/votes/a.csv:2" in result.err


def test_our_own_records_are_no_export(folder: Path, tmp_path: Path) -> None:
    imported(folder, "import-members", write_csv(tmp_path / "members.csv", [member("m1")]))
    copy = tmp_path / "copy.csv"
    copy.write_bytes((folder / "records" / "members.csv").read_bytes())
    result = wsisctl("import-members", copy, "--folder", folder)
    assert result.status == 3
    assert "source_file" in result.err


def test_an_edited_record_file_stops_an_import(folder: Path, tmp_path: Path) -> None:
    imported(folder, "import-members", write_csv(tmp_path / "members.csv", [member("m1")]))
    record = folder / "records" / "members.csv"
    record.write_text(record.read_text("utf-8").replace("CHE", "KEN"), "utf-8")
    before = contents(folder)
    more = write_csv(tmp_path / "more.csv", [member("m2")])
    assert wsisctl("import-members", more, "--folder", folder).status == 4
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing", "does not exist"),
        ("folder", "is a folder, not a file"),
        ("pipe", "is a pipe (FIFO), not a file"),
        ("socket", "is a socket, not a file"),
        ("device", "is a device, not a file"),
    ],
)
def test_what_is_no_file_is_refused_and_called_what_it_is(
    name: str, says: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/null")
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        for command in ("import-members", "import-scores"):
            result = wsisctl(command, tmp_path / name, "--folder", folder)
            assert result.status == 3
            assert f"error: {tmp_path / name}: {says}\n" in result.err


def test_a_name_that_is_not_utf8_is_refused(folder: Path, tmp_path: Path) -> None:
    export = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))
    export.write_text("member_id\nm1\n")
    result = wsisctl("import-past-winners", export, "--folder", folder)
    assert result.status == 3
    assert "rename" in result.err


# --- Score sheets --------------------------------------------------------------------------------


def test_score_sheets_go_to_the_stage_whose_criteria_they_have(
    folder: Path, tmp_path: Path
) -> None:
    nomination = write_csv(tmp_path / "n.csv", [sheet("ana", "s1", 4)])
    selection = write_csv(tmp_path / "s.csv", [sheet("ana", "s1", 4, SELECTION)])
    assert imported(folder, "import-scores", nomination)["kind"] == "scores-nomination"
    assert imported(folder, "import-scores", selection)["kind"] == "scores-selection"


def test_sheets_for_both_stages_need_a_word(folder: Path, tmp_path: Path) -> None:
    export = write_csv(tmp_path / "both.csv", [sheet("ana", "s1", 4, (*NOMINATION, *SELECTION))])
    result = wsisctl("import-scores", export, "--folder", folder)
    assert result.status == 2
    assert "--stage nomination or --stage selection" in result.err
    for stage in ("nomination", "selection"):
        result = wsisctl("import-scores", export, "--stage", stage, "--folder", folder)
        assert result.status == 0
        assert (folder / "records" / f"scores-{stage}.csv").is_file()


def test_an_array_without_sheets_may_be_for_either_stage(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]")
    result = wsisctl("import-scores", tmp_path / "none.json", "--folder", folder)
    assert result.status == 2
    assert "--stage" in result.err


def test_sheets_of_two_stages_are_not_mixed(folder: Path, tmp_path: Path) -> None:
    nomination = write_csv(tmp_path / "n.csv", [sheet("ana", "s1", 4)])
    selection = write_csv(tmp_path / "s.csv", [sheet("ana", "s1", 4, SELECTION)])
    result = wsisctl("import-scores", nomination, selection, "--folder", folder)
    assert result.status == 3
    assert "each stage" in result.err


# --- Parquet -------------------------------------------------------------------------------------


def test_votes_in_parquet_count_as_votes_in_csv_do(tmp_path: Path) -> None:
    rows = [vote("v1", "01", "p1"), vote("v2", "02", "p1"), vote("v2", "02", "p1")]
    write_csv(tmp_path / "votes.csv", rows)
    write_csv(tmp_path / "members.csv", [member("01")])
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    duckdb.sql(
        f"copy (from read_csv('{tmp_path}/votes.csv', all_varchar = true)) to '{tmp_path}/votes.parquet'"
    )
    told = []
    for form in ("csv", "parquet"):
        result = wsisctl(
            "tally", "--contest", "2021", "--members", "members.csv", "--nominees", "nominees.csv",
            "--votes", f"votes.{form}", "--out", form, cwd=tmp_path,
        )  # fmt: skip
        assert result.status == 0, result.err
        told.append((tmp_path / form / "tally.json").read_bytes())
    assert told[0] == told[1]
    rejected = (tmp_path / "parquet" / "rejected-votes.csv").read_text("utf-8")
    assert "v2,repeated_row,,votes.parquet,3" in rejected, "rows of Parquet count from 1"


def test_columns_of_parquet_that_are_no_vote_s_are_told(folder: Path, tmp_path: Path) -> None:
    values = ", ".join(f"{value} as {name}" for name, value in PARQUET_COLUMNS.items())
    duckdb.sql(f"copy (select {values}, 'x' as ip) to '{tmp_path}/votes.parquet'")
    result = wsisctl("import-votes", "votes.parquet", "--folder", folder, cwd=tmp_path)
    assert result.err == "note: votes.parquet:1: columns that nothing here uses: ip\n"


PARQUET_COLUMNS = {
    "vote_id": "'v1'", "member_id": "'01'", "category": "'C1'", "submission_id": "'p1'",
    "cast_at": "'2021-03-10T12:00:00Z'",
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("cast_at", "timestamp '2021-03-31 23:00:00'", None),  # contest time, the last second
        ("cast_at", "timestamp '2021-03-31 23:00:01'", "outside_window"),
        ("cast_at", "timestamptz '2021-03-31 23:00:00+02'", None),
        ("cast_at", "timestamptz '2021-03-31 23:00:01+02'", "outside_window"),
        ("cast_at", "null", "malformed"),
        ("member_id", "1::bigint", "unregistered"),
    ],
)
def test_typed_columns_of_parquet_become_the_same_text_anywhere(
    column: str, value: str, reason: str | None, tmp_path: Path
) -> None:
    columns = ", ".join(f"{v} as {k}" for k, v in {**PARQUET_COLUMNS, column: value}.items())
    duckdb.sql(f"copy (select {columns}) to '{tmp_path}/votes.parquet'")
    write_csv(tmp_path / "members.csv", [member("01")])
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    result = wsisctl(
        "tally", "--contest", "2021", "--members", "members.csv", "--nominees", "nominees.csv",
        "--votes", "votes.parquet", "--format", "json", cwd=tmp_path,
    )  # fmt: skip
    rejected = json.loads(result.out)["votes"]["rejected_by_reason"]
    assert rejected == ({reason: 1} if reason else {})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"member_id": "1.5"}, "'member_id' holds DECIMAL"),
        ({"member_id": "1e16"}, "'member_id' holds DOUBLE"),
        ({"submission_id": "'1.77345E+16'"}, "Excel"),
        ({"cast_at": None}, "'cast_at' is missing"),
    ],
)
def test_parquet_that_cannot_be_used_is_refused(
    changes: dict[str, str | None], says: str, folder: Path, tmp_path: Path
) -> None:
    columns = {name: value for name, value in {**PARQUET_COLUMNS, **changes}.items() if value}
    selected = ", ".join(f"{value} as {name}" for name, value in columns.items())
    duckdb.sql(f"copy (select {selected}) to '{tmp_path}/votes.parquet'")
    result = wsisctl("import-votes", tmp_path / "votes.parquet", "--folder", folder)
    assert result.status == 3
    assert says in result.err


def test_what_only_calls_itself_parquet_is_refused(folder: Path, tmp_path: Path) -> None:
    export = tmp_path / "votes.parquet"
    export.write_text("vote_id\n")
    before = contents(folder)
    result = wsisctl("import-votes", export, "--folder", folder)
    assert result.status == 3
    assert "its name says that this is a Parquet file, and it is none" in result.err
    assert contents(folder) == before


# --- What a reviewer tried ------------------------------------------------------------------------


def test_two_files_of_one_name_in_one_command_are_both_kept(folder: Path, tmp_path: Path) -> None:
    files = []
    for day in ("monday", "tuesday"):
        (tmp_path / day).mkdir()
        files.append(write_csv(tmp_path / day / "dump.csv", [member(day)]))
    told = imported(folder, "import-members", *files)
    kept = [entry["file"] for entry in told["imported"]]
    assert kept == ["exports/members/dump.csv", "exports/members/dump_2.csv"]
    for file, name in zip(files, kept, strict=True):
        assert (folder / name).read_bytes() == file.read_bytes()


def test_names_that_differ_only_in_case_are_kept_apart(folder: Path, tmp_path: Path) -> None:
    """On some systems one would replace the other."""
    names = []
    for name in ("Dump.csv", "dump.CSV"):
        told = imported(folder, "import-members", write_csv(tmp_path / name, [member(name)]))
        names.append(told["imported"][0]["file"].casefold())
    assert len(set(names)) == 2


def test_an_unlisted_file_is_never_replaced(folder: Path, tmp_path: Path) -> None:
    room = folder / "exports" / "members"
    room.mkdir(parents=True)
    (room / "members.csv").write_text("mine")
    imported(folder, "import-members", write_csv(tmp_path / "members.csv", [member("m1")]))
    assert (room / "members.csv").read_text() == "mine"


@pytest.mark.parametrize("room", ["exports/members", "exports", "records"])
def test_an_import_that_cannot_be_kept_leaves_nothing(
    room: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the second file, at the list, or at the records."""
    imported(folder, "import-members", write_csv(tmp_path / "old.csv", [member("m0")]))
    before = contents(folder)
    files = [write_csv(tmp_path / f"{name}.csv", [member(name)]) for name in ("m1", "m2")]
    replace, add = Path.replace, outputs._Drafts.add

    def no_space(draft: Path, target: Path) -> Path:
        if target.parent == folder / room and target.name != "m1.csv":
            raise OSError(28, "No space left on device")
        return replace(draft, target)

    def no_draft(drafts: outputs._Drafts, name: str, content: outputs.Content) -> None:
        if drafts._folder == folder / room:
            raise OSError(28, "No space left on device")
        add(drafts, name, content)

    monkeypatch.setattr(Path, "replace", no_space)
    monkeypatch.setattr(outputs._Drafts, "add", no_draft)
    result = wsisctl("import-members", *files, "--folder", folder)
    assert result.status == 4
    assert "No space left" in result.err
    assert contents(folder) == before


def test_a_lost_export_comes_back(folder: Path, tmp_path: Path) -> None:
    export = write_csv(tmp_path / "members.csv", [member("m1")])
    imported(folder, "import-members", export)
    before = contents(folder)
    kept = folder / "exports" / "members" / "members.csv"
    kept.unlink()
    result = wsisctl("import-members", export, "--folder", folder)
    assert result.status == 0
    assert "was lost, and is there again" in result.err
    assert contents(folder) == before


def test_a_damaged_export_is_not_said_to_be_there(folder: Path, tmp_path: Path) -> None:
    export = write_csv(tmp_path / "members.csv", [member("m1")])
    imported(folder, "import-members", export)
    (folder / "exports" / "members" / "members.csv").write_text("member_id\n")
    result = wsisctl("import-members", export, "--folder", folder)
    assert result.status == 3
    assert "changed since it was imported" in result.err


@pytest.mark.parametrize("name", ["a\x85b.csv", "a\nb.csv", f"{'n' * 220}.csv"])
def test_a_name_that_no_list_can_hold_is_refused(name: str, folder: Path, tmp_path: Path) -> None:
    export = write_csv(tmp_path / name, [member("m1")])
    before = contents(folder)
    result = wsisctl("import-members", export, "--folder", folder)
    assert result.status == 3
    assert "rename it" in result.err
    assert contents(folder) == before


def test_what_could_not_be_read_again_is_refused(folder: Path, tmp_path: Path) -> None:
    """The apostrophe that keeps a spreadsheet from executing it makes the cell too long."""
    export = write_csv(tmp_path / "dump.csv", [submission("s1", impact="=" + "x" * 131_071)])
    before = contents(folder)
    assert wsisctl("import-submissions", export, "--folder", folder).status == 3
    assert contents(folder) == before


@pytest.mark.parametrize("keys", [("title", "title "), ("", " ")])
def test_keys_that_would_be_one_column_are_refused(
    keys: tuple[str, str], folder: Path, tmp_path: Path
) -> None:
    export = tmp_path / "dump.json"
    export.write_text(json.dumps([{**submission("s1"), **dict.fromkeys(keys, "x")}]), "utf-8")
    result = wsisctl("import-submissions", export, "--folder", folder)
    assert result.status == 3
    assert "more than one key" in result.err


def test_the_folders_own_votes_are_no_export(folder: Path, tmp_path: Path) -> None:
    """Their malformed rows would count."""
    imported(folder, "import-votes", write_csv(tmp_path / "votes.csv", [vote("v1", "m1", "p1")]))
    copy = tmp_path / "votes.parquet"
    copy.write_bytes((folder / "records" / "votes.parquet").read_bytes())
    result = wsisctl("import-votes", copy, "--folder", folder)
    assert result.status == 3
    assert "source_file" in result.err


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_named_like_a_column_changes_no_vote(form: str, tmp_path: Path) -> None:
    place = tmp_path / "category=C9" / "vote_id=7"
    place.mkdir(parents=True)
    write_csv(place / "votes.csv", [vote("v1", "m1", "p1")])
    source = f"read_csv('{place}/votes.csv', all_varchar = true, hive_partitioning = false)"
    duckdb.sql(f"copy (from {source}) to '{place}/votes.parquet'")
    write_csv(tmp_path / "members.csv", [member("m1")])
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    result = wsisctl(
        "tally", "--contest", "2021", "--members", tmp_path / "members.csv", "--nominees",
        tmp_path / "nominees.csv", "--votes", place / f"votes.{form}", "--format", "json",
    )  # fmt: skip
    assert json.loads(result.out)["votes"]["counted"] == 1
    prizes = place / "prizes"
    wsisctl("init", prizes, "--contest", "2021")
    told = imported(prizes, "import-votes", place / f"votes.{form}")
    assert counts(told["imported"][0]) == (1, 1, 0, 0)


@pytest.mark.parametrize("value", ["['p1']", "{'a': 'p1'}", "'p1'::blob", "date '2021-03-10'"])
def test_parquet_of_another_type_is_refused(value: str, folder: Path, tmp_path: Path) -> None:
    columns = {**PARQUET_COLUMNS, "submission_id": value}
    selected = ", ".join(f"{text} as {name}" for name, text in columns.items())
    duckdb.sql(f"copy (select {selected}) to '{tmp_path}/votes.parquet'")
    result = wsisctl("import-votes", tmp_path / "votes.parquet", "--folder", folder)
    assert result.status == 3
    assert "expected text" in result.err


@pytest.mark.parametrize("quoted", [False, True])
def test_a_ruined_id_is_refused_whichever_way_the_file_is_read(
    quoted: bool, folder: Path, tmp_path: Path
) -> None:
    row = vote("v1", "\u00a01.77345E+16 ", "p1")
    export = write_csv(tmp_path / "votes.csv", [row, vote("v2", '"', "p1")] if quoted else [row])
    result = wsisctl("import-votes", export, "--folder", folder)
    assert result.status == 3
    assert "Excel" in result.err


def test_equal_rows_merge_whatever_their_columns(folder: Path, tmp_path: Path) -> None:
    """An extra empty column, or another order of columns, makes no other record."""
    first = write_csv(tmp_path / "a.csv", [{"title": "T", "year": "2019"}])
    second = write_csv(tmp_path / "b.csv", [{"year": "2019", "entity": "", "title": "T"}])
    told = imported(folder, "import-past-winners", first, second)
    assert counts(told["imported"][1]) == (1, 0, 1, 0)
    rows = [{**member("m1")}, {**member("m2")}]
    more = [{**member("m1"), "phone": ""}]
    told = imported(
        folder, "import-members", write_csv(tmp_path / "m.csv", rows), write_csv(tmp_path / "n.csv", more)
    )  # fmt: skip
    assert counts(told["imported"][1]) == (1, 0, 1, 0)


def test_a_cell_boundary_cannot_be_faked(folder: Path, tmp_path: Path) -> None:
    rows = [{"title": "t", "a=b": "c", "a": ""}, {"title": "t", "a=b": "", "a": "b=c"}]
    told = imported(folder, "import-past-winners", write_csv(tmp_path / "w.csv", rows))
    assert counts(told["imported"][0]) == (2, 2, 0, 0)


def test_an_export_without_records_is_told(folder: Path, tmp_path: Path) -> None:
    export = tmp_path / "members.csv"
    write_csv(export, [], list(member("m1")))
    result = wsisctl("import-members", export, "--folder", folder)
    assert result.status == 0
    assert "no records in it" in result.err


def test_a_column_name_is_no_formula_either(folder: Path, tmp_path: Path) -> None:
    export = write_csv(tmp_path / "members.csv", [{**member("m1"), "=HYPERLINK(1)": "x"}])
    imported(folder, "import-members", export)
    header = (folder / "records" / "members.csv").read_text("utf-8").splitlines()[0]
    assert "'=HYPERLINK(1)" in header
    (folder / "records" / "members.csv").unlink()
    assert wsisctl("status", "--folder", folder).status == 0
