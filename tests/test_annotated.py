"""`validate --annotate`: the input as it came, with a verdict and all findings beside each row."""

import codecs
import csv
import io
import json
from pathlib import Path

import pytest
import xlsxwriter

from tests.support import Result, submission, words, write_csv, wsisctl
from wsisctl.reports.annotated import annotated_names

CONTEST = ("--contest", "2021")


def annotate(folder: Path, *arguments: str | Path, status: int = 1) -> Result:
    result = wsisctl("validate", *arguments, *CONTEST, "--annotate", "notes", cwd=folder)
    assert result.status == status, result.err
    return result


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_row_and_cell_stays_and_two_columns_come(tmp_path: Path) -> None:
    """In the order of the file, with columns that mean nothing to us, and rows that repeat."""
    rows = [
        submission("p3", note=" mine ", short_description=words(149, "p3"), impact="", status="ongoing"),
        submission("p1", note="a,\"b\"\nc"),
        submission("p2", note="", sdgs="18"),
        submission("p1", note="a,\"b\"\nc"),
        submission("p4", note="", status="ongoing"),
    ]  # fmt: skip
    before = table(write_csv(tmp_path / "s.csv", rows))
    result = annotate(tmp_path, "s.csv")
    assert "note: s.annotated.csv written to notes" in result.err
    after = table(tmp_path / "notes" / "s.annotated.csv")
    assert [row[:-2] for row in after] == before
    assert [row[-2:] for row in after] == [
        ["verdict", "findings"],
        [
            "ineligible",
            "error required-field (2021-S5): the box 'Qualitative and quantitative impact' is empty |\n"
            "error word-count (2021-S7): short_description has 149 words; expected 150 to 200 words |\n"
            "review status (2021-S6): the work's status is 'ongoing'; expected completed or phase_completed",
        ],
        ["eligible", ""],
        ["ineligible", "error sdgs (2021-S8): '18' names 18, which is no SDG"],
        ["eligible", ""],
        [
            "review",
            "review status (2021-S6): the work's status is 'ongoing'; expected completed or phase_completed",
        ],
    ]  # fmt: skip


def test_cells_stand_as_they_came_and_not_as_corrected(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1", sdgs="18", country="Kenya ")])
    (tmp_path / "c.yaml").write_text(
        "- {record: p1, field: sdgs, from: '18', to: '8', by: J, on: 2021-01-27, reason: mail}\n"
    )
    annotate(tmp_path, "s.csv", "--corrections", "c.yaml", status=0)
    header, row = table(tmp_path / "notes" / "s.annotated.csv")
    cells = dict(zip(header, row, strict=True))
    assert (cells["sdgs"], cells["country"], cells["verdict"]) == ("18", "Kenya ", "eligible")


def test_json_becomes_csv(tmp_path: Path) -> None:
    rows = [submission("007"), submission("008", impact="")]
    (tmp_path / "s.json").write_text(json.dumps([rows[0] | {"sdgs": [4, 9]}, rows[1]]))
    (tmp_path / "t.jsonl").write_text(json.dumps(submission("009")))
    annotate(tmp_path, "s.json", "t.jsonl")
    assert (tmp_path / "notes" / "s.annotated.csv").read_bytes().startswith(codecs.BOM_UTF8)
    header, first, second = table(tmp_path / "notes" / "s.annotated.csv")
    assert header == [*rows[0], "verdict", "findings"]
    assert (first[0], first[header.index("sdgs")], first[-2]) == ("007", "4;9", "eligible")
    assert second[-2] == "ineligible"
    assert table(tmp_path / "notes" / "t.annotated.csv")[1][0] == "009"


LABELS = {"submission_id": "Project ID *", "title": "项目名称"}


def written(path: Path, encoding: str, delimiter: str, first: str = "", **cells: str) -> Path:
    """Two submissions under labels of the form, the second with an empty box."""
    rows = [submission("p1", **cells), submission("p2", impact="")]
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(first)
        out = csv.writer(file, delimiter=delimiter)
        labels = LABELS if encoding != "cp1252" else {"submission_id": "Project ID *"}
        out.writerow([labels.get(name, name) for name in rows[0]])
        out.writerows(row.values() for row in rows)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", codecs.BOM_UTF8),
        ("utf-16", codecs.BOM_UTF16),
        ("utf-16-le", b""),
        ("cp1252", b""),
    ],
)
def test_a_copy_is_written_as_the_file_was(
    encoding: str, mark: bytes, delimiter: str, tmp_path: Path
) -> None:
    """With its own names of the columns, so that a Swiss Excel opens it as it opens its own."""
    path = written(tmp_path / "s.csv", encoding, delimiter, title="Café à Genève")
    annotate(tmp_path, "s.csv")
    copy = (tmp_path / "notes" / "s.annotated.csv").read_bytes()
    plain = mark or codecs.BOM_UTF8
    assert copy.startswith(mark)
    assert mark or not copy.startswith(plain)
    before = list(csv.reader(path.read_text(encoding).splitlines(), delimiter=delimiter))
    after = list(csv.reader(io.StringIO(copy.decode(encoding)), delimiter=delimiter))
    assert [row[:-2] for row in after] == before
    assert [row[-2] for row in after] == ["verdict", "eligible", "ineligible"]


def test_big_endian_text_stays_so(tmp_path: Path) -> None:
    path = written(tmp_path / "s.csv", "utf-16-be", ",", "\ufeff")
    annotate(tmp_path, "s.csv")
    copy = (tmp_path / "notes" / "s.annotated.csv").read_bytes()
    assert copy.startswith(codecs.BOM_UTF16_BE + "Project ID *,".encode("utf-16-be"))
    assert path.read_bytes().startswith(copy[:20])


def test_the_line_that_names_the_separator_stays(tmp_path: Path) -> None:
    written(tmp_path / "s.csv", "cp1252", ";", "sep=;\n")
    annotate(tmp_path, "s.csv")
    assert (tmp_path / "notes" / "s.annotated.csv").read_bytes().startswith(b"sep=;\nProject ID *;")


def test_a_note_in_letters_that_the_encoding_has_not_makes_the_copy_utf_8(tmp_path: Path) -> None:
    """None of it is lost, and Excel reads it by its mark."""
    written(tmp_path / "s.csv", "cp1252", ";", title="Café")
    (tmp_path / "d.yaml").write_text(
        "- {kind: withdraw, submission_id: p1, by: 王, on: 2021-02-01, reason: 撤回}\n", "utf-8"
    )
    annotate(tmp_path, "s.csv", "--decisions", "d.yaml")
    copy = (tmp_path / "notes" / "s.annotated.csv").read_bytes()
    assert copy.startswith(codecs.BOM_UTF8 + b"Project ID *;")
    assert "Café" in copy.decode()
    assert "撤回" in copy.decode()


def test_a_workbook_becomes_csv_that_excel_reads(tmp_path: Path) -> None:
    rows = [submission("p1", title="项目"), submission("p2", impact="")]
    with xlsxwriter.Workbook(tmp_path / "s.xlsx") as book:
        sheet = book.add_worksheet("Export")
        for place, cells in enumerate(([*rows[0]], *([*row.values()] for row in rows))):
            sheet.write_row(place, 0, cells)
    annotate(tmp_path, "s.xlsx")
    copy = (tmp_path / "notes" / "s.annotated.csv").read_bytes()
    assert copy.startswith(codecs.BOM_UTF8 + b"submission_id,submitted_at,title,")
    assert "项目".encode() in copy


def test_a_text_file_keeps_the_ending_by_which_it_is_known(tmp_path: Path) -> None:
    written(tmp_path / "s.tsv", "utf-8", "\t")
    annotate(tmp_path, "s.tsv")
    assert sorted(path.name for path in (tmp_path / "notes").glob("*.t*")) == ["s.annotated.tsv"]
    assert annotated_names(["a.txt.gz", "b.csv.gz", "c.xlsx", "d.TAB"]) == {
        "a.txt.gz": "a.annotated.txt",
        "b.csv.gz": "b.annotated.csv",
        "c.xlsx": "c.annotated.csv",
        "d.TAB": "d.annotated.TAB",
    }


def test_cells_keep_their_control_characters_and_our_notes_have_none(tmp_path: Path) -> None:
    """A copy comes back, mended: nothing else may have changed in it."""
    written(tmp_path / "s.csv", "utf-8", ",", title="\x1b[31mRed", status="\u202eongoing")
    annotate(tmp_path, "s.csv")
    header, row, _ = table(tmp_path / "notes" / "s.annotated.csv")
    cells = dict(zip(header, row, strict=True))
    assert cells["项目名称"] == "\x1b[31mRed"
    assert cells["status"] == "\u202eongoing"
    assert r"\u202eongoing" in cells["findings"]
    assert "\u202e" not in cells["findings"]


def test_cells_stand_as_they_came_and_not_as_a_profile_reads_them(tmp_path: Path) -> None:
    path = written(tmp_path / "s.csv", "utf-8", ",", status="fertig")
    path.write_text(path.read_text().replace(",country,", ",Land,"))
    (tmp_path / "p.yaml").write_text(
        "kind: submissions\ncolumns: {Land: country}\nvalues: {status: {fertig: completed}}\n"
    )
    annotate(tmp_path, "s.csv", "--profile", "p.yaml")
    header, row, _ = table(tmp_path / "notes" / "s.annotated.csv")
    cells = dict(zip(header, row, strict=True))
    assert (cells["Land"], cells["status"], cells["verdict"]) == ("KEN", "fertig", "eligible")


def test_a_file_that_has_such_columns_keeps_them(tmp_path: Path) -> None:
    rows = [submission("p1", verdict="good", Findings="none", findings_2="x")]
    write_csv(tmp_path / "s.csv", rows)
    annotate(tmp_path, "s.csv", status=0)
    header, row = table(tmp_path / "notes" / "s.annotated.csv")
    assert header[-5:] == ["verdict", "Findings", "findings_2", "verdict_2", "findings_3"]
    assert row[-5:] == ["good", "none", "x", "eligible", ""]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    row = submission("=p1", title="=1+1", category="\u200b@x") | {"+more": "\t-1"}
    write_csv(tmp_path / "s.csv", [row])
    annotate(tmp_path, "s.csv")
    content = table(tmp_path / "notes" / "s.annotated.csv")
    assert content[1][:3] == ["'=p1", row["submitted_at"], "'=1+1"]
    cells = [cell for line in content for cell in line]
    assert {"'+more", "'\t-1", "'\u200b@x"} <= set(cells)
    assert not [cell for cell in cells if cell.strip(" \t\u200b")[:1] in {"=", "+", "-", "@"}]


def test_the_exports_of_a_folder_are_annotated_and_stay(tmp_path: Path) -> None:
    """The records are one file; the copies are of what people sent, repeated rows included."""
    wsisctl("init", "prizes", *CONTEST, cwd=tmp_path)
    folder = tmp_path / "prizes"
    first, second = [submission("p1"), submission("p2", sdgs="18")], [submission("p2", sdgs="18")]
    write_csv(tmp_path / "s.csv", first)
    write_csv(tmp_path / "late.csv", [*second, submission("p0", impact="")])
    wsisctl("import-submissions", "../s.csv", "../late.csv", cwd=folder)
    (folder / "decisions" / "corrections.yaml").write_text(
        "- {record: p2, field: sdgs, from: '18', to: '8', by: J, on: 2021-01-27, reason: mail}\n"
    )
    exports = snapshot(folder / "exports")
    result = wsisctl("validate", "--annotate", "notes", cwd=folder)
    assert result.status == 1
    assert snapshot(folder / "exports") == exports
    assert (folder / "results" / "validation.json").exists()
    names = sorted(path.name for path in (folder / "notes").iterdir())
    assert names == ["late.annotated.csv", "manifest.json", "s.annotated.csv"]
    rows = table(folder / "notes" / "late.annotated.csv")[1:]
    assert [(row[0], row[-2]) for row in rows] == [("p2", "eligible"), ("p0", "ineligible")]
    rows = table(folder / "notes" / "s.annotated.csv")
    assert dict(zip(rows[0], rows[2], strict=True))["sdgs"] == "18"


def test_a_second_run_writes_anew_and_takes_away_what_is_no_longer_made(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1", impact="")])
    write_csv(tmp_path / "t.csv", [submission("p2", impact="")])
    annotate(tmp_path, "s.csv", "t.csv", "--out", "notes")
    write_csv(tmp_path / "s.csv", [submission("p1")])
    annotate(tmp_path, "s.csv", "--out", "notes", status=0)
    names = sorted(path.name for path in (tmp_path / "notes").iterdir())
    assert names == ["manifest.json", "s.annotated.csv", "validation.json"]
    assert table(tmp_path / "notes" / "s.annotated.csv")[1][-2] == "eligible"


def test_what_a_person_has_changed_is_left_as_it_is(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1", impact="")])
    annotate(tmp_path, "s.csv")
    (tmp_path / "notes" / "s.annotated.csv").write_text("mine")
    before = snapshot(tmp_path)
    result = annotate(tmp_path, "s.csv", "--out", "out", status=4)
    assert "not written by wsisctl, or changed since" in result.err
    assert result.out == ""
    assert snapshot(tmp_path) == before


def test_an_input_is_never_a_target(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    write_csv(tmp_path / "s.csv", [submission("p1")])
    write_csv(tmp_path / "notes" / "s.annotated.csv", [submission("p2")])
    before = snapshot(tmp_path)
    result = annotate(tmp_path, "s.csv", "notes/s.annotated.csv", status=4)
    assert "an input of this command; it would be overwritten" in result.err
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("place", ["exports", "reports/notes", "."])
@pytest.mark.parametrize("option", ["--annotate", "--letters"])
def test_a_contest_folder_keeps_its_rooms(tmp_path: Path, place: str, option: str) -> None:
    wsisctl("init", "prizes", *CONTEST, cwd=tmp_path)
    write_csv(tmp_path / "s.csv", [submission("p1")])
    wsisctl("import-submissions", "../s.csv", cwd=tmp_path / "prizes")
    before = snapshot(tmp_path)
    result = wsisctl("validate", option, place, cwd=tmp_path / "prizes")
    assert result.status == 4
    assert "keeps this place for itself" in result.err
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("option", ["--annotate", "--letters"])
def test_a_file_in_the_way_is_told_before_any_work(tmp_path: Path, option: str) -> None:
    (tmp_path / "taken").write_text("mine")
    write_csv(tmp_path / "s.csv", [submission("p1")])
    result = wsisctl("validate", "s.csv", *CONTEST, option, "taken", "--out", "out", cwd=tmp_path)
    assert result.status == 4
    assert "taken: not a folder" in result.err
    assert not (tmp_path / "out").exists()


def test_two_files_never_share_a_copy() -> None:
    names = annotated_names(["b/s.csv", "a/S.json", "a/s.csv", "s_2.csv", "c/.csv", "b/s.csv"])
    assert names == {
        "a/S.json": "S.annotated.csv",
        "a/s.csv": "s_2.annotated.csv",
        "b/s.csv": "s_3.annotated.csv",
        "c/.csv": ".csv.annotated.csv",
        "s_2.csv": "s_2_2.annotated.csv",
    }


def test_the_order_of_arguments_changes_nothing(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write_csv(tmp_path / folder / "s.csv", [submission(f"p{folder}", impact="")])
    annotate(tmp_path, "a/s.csv", "b/s.csv")
    first = snapshot(tmp_path / "notes")
    annotate(tmp_path, "b/s.csv", "a/s.csv")
    assert snapshot(tmp_path / "notes") == first
    assert table(tmp_path / "notes" / "s.annotated.csv")[1][0] == "pa"
