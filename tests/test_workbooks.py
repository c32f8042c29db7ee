"""XLSX: cells as the text that CSV would have, under the numbers that Excel gives to rows, or a refusal."""

import datetime
import io
import re
import tempfile
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import ALL_EXAMPLES, submission
from tests.workbooks import (
    DATE,
    DATE_TIME,
    DURATION,
    TIME,
    ZEROS,
    cell,
    parts,
    row,
    sheet_xml,
    text,
    write_parts,
)
from wsisctl.errors import UnusableInput
from wsisctl.readers import archive, workbook, xlsx_sheet
from wsisctl.readers.files import InputFile
from wsisctl.readers.xlsx_cells import kind_of_format, number_text
from wsisctl.readers.xlsx_grid import XlsxGrid
from wsisctl.records.record import is_ruined

ONE = {"Votes": sheet_xml(row(1, text("A1", "id")))}
Rows = list[tuple[int, list[str]]]


def opened(path: Path, sheet: str = "") -> tuple[Rows, str, tuple[str, ...]]:
    """The rows, the sheet's name, and the remarks."""
    with XlsxGrid(InputFile(path, f"exports/{path.name}"), sheet) as grid:
        return list(grid.rows()), grid.sheet, grid.remarks


def rows_of(folder: Path, *rows: str, texts: str = "", since_1904: bool = False) -> Rows:
    """The rows of a workbook with one sheet."""
    members = parts({"Votes": sheet_xml(*rows)}, texts=texts, since_1904=since_1904)
    return opened(write_parts(folder / "t.xlsx", members))[0]


def refusal(path: Path, sheet: str = "") -> UnusableInput:
    with pytest.raises(UnusableInput) as refused:
        opened(path, sheet)
    assert refused.value.message.startswith(f"exports/{path.name}:")
    return refused.value


@pytest.mark.parametrize(
    ("written", "kind", "style", "read"),
    [
        ("017734472422205614", "str", 0, "017734472422205614"),
        (" a\n b ", "str", 0, " a\n b "),
        ("a_x000D_\nb", "str", 0, "a\r\nb"),
        ("_x005F_x000D_", "str", 0, "_x000D_"),
        ("_xD83D__xDE00_", "str", 0, "😀"),
        ("=1+1", "str", 0, "=1+1"),
        ("17", "n", 0, "17"),
        ("17.0", "n", 0, "17"),
        ("-3", "n", 0, "-3"),
        ("-0", "n", 0, "0"),
        ("999999999999999", "n", 0, "999999999999999"),
        ("1000000000000000", "n", 0, "1E+15"),
        ("1.77344724222056E+16", "n", 0, "1.77344724222056E+16"),
        ("17734472422205614", "n", 0, "1.77344724222056E+16"),
        ("-1.5E+20", "n", 0, "-1.5E+20"),
        ("4.4000000000000004", "n", 0, "4.4"),
        ("0.1", "n", 0, "0.1"),
        ("1E-7", "n", 0, "0.0000001"),
        ("1", "b", 0, "true"),
        ("0", "b", 0, "false"),
        ("#N/A", "e", 0, "#N/A"),
        ("2021-01-25T23:00:00", "d", 0, "2021-01-25T23:00:00"),
        ("44221.958333333336", "n", DATE_TIME, "2021-01-25T23:00:00"),
        ("44221.95833333334", "n", DATE_TIME, "2021-01-25T23:00:00"),
        ("44221.958344907407", "n", DATE_TIME, "2021-01-25T23:00:01"),
        ("44221.958339120372", "n", DATE_TIME, "2021-01-25T23:00:00.5"),
        ("44221.999999999999", "n", DATE_TIME, "2021-01-26T00:00:00"),
        ("44221", "n", DATE_TIME, "2021-01-25T00:00:00"),
        ("44221", "n", DATE, "2021-01-25"),
        ("44221.5", "n", DATE, "2021-01-25T12:00:00"),
        ("44221", "n", TIME, "2021-01-25T00:00:00"),
        ("0.75", "n", TIME, "18:00:00"),
        ("0.75", "n", DATE_TIME, "18:00:00"),
        ("0", "n", TIME, "00:00:00"),
        ("0", "n", DATE, "0"),
        ("1", "n", DATE, "1900-01-01"),
        ("59", "n", DATE, "1900-02-28"),
        ("60", "n", DATE, "60"),
        ("61", "n", DATE, "1900-03-01"),
        ("2958465", "n", DATE, "9999-12-31"),
        ("2958465.9999999999", "n", DATE_TIME, "2958466"),
        ("2958465.999999998", "n", DATE_TIME, "2958465.999999998"),
        ("2958465.5", "n", DATE_TIME, "9999-12-31T12:00:00"),
        ("2958466", "n", DATE, "2958466"),
        ("-1", "n", DATE, "-1"),
        ("1.5", "n", DURATION, "36:00:00"),
        ("-0.25", "n", DURATION, "-06:00:00"),
        ("42", "n", ZEROS, "00042"),
        ("1234567", "n", ZEROS, "1234567"),
        ("0.5", "n", ZEROS, "0.5"),
        ("1.77344724222056E+16", "n", ZEROS, "1.77344724222056E+16"),
    ],
)
def test_a_value_is_the_text_that_a_person_sees(
    written: str, kind: str, style: int, read: str, tmp_path: Path
) -> None:
    assert rows_of(tmp_path, row(1, cell("A1", written, kind, style))) == [(1, [read])]


@pytest.mark.parametrize("digits", [16, 17, 20, 101])
def test_an_id_that_lost_its_digits_is_known_as_ruined(digits: int) -> None:
    """Ten to some power is the shortest that Excel shows of one; the others have their decimals."""
    for number in (10 ** (digits - 1), int("17734472422205614".ljust(digits, "3")[:digits])):
        assert is_ruined(number_text(str(float(number)), ""))
    assert not is_ruined(number_text("999999999999999", ""))


@pytest.mark.parametrize(
    ("number", "code", "kind"),
    [
        (0, "", ""),
        (9, "", ""),
        (14, "", "date"),
        (21, "", "time"),
        (22, "", "date and time"),
        (46, "", "duration"),
        (57, "", "date"),
        (164, "General", ""),
        (164, "@", ""),
        (164, "0", ""),
        (164, "000", "000"),
        (164, "0" * 99, "0" * 15),
        (164, "0.00E+00", ""),
        (164, '#,##0 "days"', ""),
        (164, r"0\d", ""),
        (164, "[Red]0;[$SSD-409]0", ""),
        (164, "0_d", ""),
        (164, "[$-F800]dddd, mmmm dd, yyyy", "date"),
        (164, "mmm", "date"),
        (164, "mm:ss", "time"),
        (164, "h:mm AM/PM", "time"),
        (164, 'yyyy"年"m"月"d"日" h:mm', "date and time"),
        (164, "yyyy-mm-dd;@", "date"),
        (164, "[mm]:ss", "duration"),
        (14, "0.00", ""),
    ],
)
def test_a_format_says_what_a_number_is(number: int, code: str, kind: str) -> None:
    assert kind_of_format(number, code) == kind


def test_old_macs_count_days_from_1904(tmp_path: Path) -> None:
    cells = (
        cell("A1", "0", "n", DATE),
        cell("B1", "42759.5", "n", DATE_TIME),
        cell("C1", "0.5", "n", TIME),
    )
    told = rows_of(tmp_path, row(1, *cells), since_1904=True)
    assert told == [(1, ["1904-01-01", "2021-01-25T12:00:00", "12:00:00"])]


def test_rows_keep_the_numbers_of_excel_and_the_width_in_use(tmp_path: Path) -> None:
    """Rows and columns in which there is nothing but formats are no part of the table."""
    told = rows_of(
        tmp_path,
        row(3, cell("B3", "x", "str"), text("D3", "y")),
        row(4, '<c r="A4" s="1"/><c r="G4" s="1"/>'),
        row(5),
        row(9, text("A9", ""), text("C9", "z"), text("F9", "")),
        "<row><c><v>1</v></c><c><v>2</v></c></row>",
    )
    assert told == [(3, ["", "x", "", "y"]), (9, ["", "", "z", ""]), (10, ["1", "2", "", ""])]
    told = rows_of(tmp_path, row(2, text("C2", "a")), row(7, text("XFD7", "b")))
    assert [(number, len(cells), cells[0], cells[-1]) for number, cells in told] == [
        (2, 16_382, "a", ""),
        (7, 16_382, "", "b"),
    ]


def test_nothing_but_a_sheet_without_cells(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "t.xlsx", parts({"Votes": sheet_xml()}))
    assert opened(path, "Votes") == ([], "Votes", ())
    assert "the workbook is empty" in refusal(path).message


def test_the_list_of_texts(tmp_path: Path) -> None:
    """Formats within a text, and how it is pronounced, are no part of it."""
    texts = (
        "<si><t>one</t></si><si><r><rPr><b/></rPr><t>t</t></r><r><t xml:space='preserve'>wo </t></r></si>"
        "<si><t/></si><si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>\n<si>\n<t>\nfive</t></si>"
    )
    cells = (cell(f"{column}1", str(place), "s") for place, column in enumerate("ABCDE"))
    assert rows_of(tmp_path, row(1, *cells), texts=texts) == [
        (1, ["one", "two ", "", "東京", "\nfive"])
    ]


def test_hidden_rows_are_read_and_counted(tmp_path: Path) -> None:
    """Rows that a filter hides are written in the same way; those in which nothing stands do not count."""
    rows = [row(1, text("A1", "id"))]
    path = tmp_path / "t.xlsx"
    for hidden, remarks in enumerate(
        ((), ("1 hidden row was read too",), ("2 hidden rows were read too",))
    ):
        told = opened(write_parts(path, parts({"Votes": sheet_xml(*rows, row(9, hidden=True))})))
        assert (len(told[0]), told[2]) == (1 + hidden, remarks)
        rows.append(row(len(rows) + 1, text(f"A{len(rows) + 1}", "x"), hidden=True))


def test_errors_and_formulas_that_nothing_computed_are_told_once(tmp_path: Path) -> None:
    formula = "<f>A1</f>"
    rows = (
        row(1, cell("A1", "#REF!", "e"), f'<c r="B1">{formula}</c>'),
        row(2, cell("A2", "#N/A", "e"), f'<c r="B2">{formula}<v></v></c>'),
        row(3, f'<c r="A3" t="str">{formula}<v></v></c>', f'<c r="B3">{formula}<v>7</v></c>'),
    )
    cells, _, remarks = opened(write_parts(tmp_path / "t.xlsx", parts({"Votes": sheet_xml(*rows)})))
    assert cells == [(1, ["#REF!", ""]), (2, ["#N/A", ""]), (3, ["", "7"])]
    assert remarks == (
        "2 cells with an error of a formula, the first #REF! in A1",
        "2 formulas without a stored value, read as empty, the first in B1; "
        "open the workbook in Excel and save it anew",
    )


FILLED, BLANK = sheet_xml(row(1, text("A1", "id"))), sheet_xml(row(1, '<c r="A1" s="1"/>'))


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [("Votes", "Votes"), (" votes ", "Votes"), ("2", "Votes"), ("3", "3"), ("1", "2021"), ("2021", "2021")],
)  # fmt: skip
def test_a_sheet_is_chosen_by_name_or_by_number(asked: str, chosen: str, tmp_path: Path) -> None:
    sheets = {"2021": FILLED, "Votes": FILLED, "3": FILLED}
    assert opened(write_parts(tmp_path / "t.xlsx", parts(sheets)), asked)[1] == chosen


@pytest.mark.parametrize("asked", ["4", "0", "-1", "Vote", "²", "9" * 5000])
def test_an_unknown_sheet_is_refused_with_those_that_there_are(asked: str, tmp_path: Path) -> None:
    members = parts({"Votes": FILLED, "Old": FILLED}, states={"Old": "veryHidden"})
    told = refusal(write_parts(tmp_path / "t.xlsx", members), asked)
    assert "there is 1 'Votes', 2 'Old' (hidden)" in told.message
    assert "--sheet" in told.hint


def test_without_a_choice_the_only_sheet_that_holds_anything(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    sheets = {"Notes": BLANK, "Votes": FILLED, "Sheet3": sheet_xml()}
    assert opened(write_parts(path, parts(sheets)))[1:] == ("Votes", ())
    sheets["Sheet3"] = FILLED
    told = refusal(write_parts(path, parts(sheets)))
    assert "2 sheets of this workbook hold something: 2 'Votes', 3 'Sheet3'" in told.message
    assert "--sheet" in told.hint
    hidden = parts(sheets, states={"Sheet3": "hidden"})
    remarks = ("the hidden sheet 'Sheet3' was not read",)
    assert opened(write_parts(path, hidden))[1:] == ("Votes", remarks)
    both = parts(sheets, states={"Sheet3": "hidden", "Votes": "veryHidden"})
    assert "2 sheets of this workbook hold" in refusal(write_parts(path, both)).message
    alone = parts({"Notes": BLANK, "Votes": FILLED}, states={"Votes": "hidden"})
    remarks = ("the sheet 'Votes' is hidden",)
    assert opened(write_parts(path, alone))[1:] == ("Votes", remarks)
    assert opened(path, "2")[1:] == ("Votes", remarks)


def test_a_chart_is_no_sheet(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Votes!$A$1:$A$2"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.add_worksheet("Votes").write("A1", "id")
    book.close()
    for asked in ("", "1"):
        assert opened(tmp_path / "t.xlsx", asked)[:2] == ([(1, ["id"])], "Votes")


def test_other_programs_write_other_prefixes_slashes_and_letters(tmp_path: Path) -> None:
    members = parts(ONE, texts="<si><t>x</t></si>")
    sheet = '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    members["XL\\Worksheets\\Sheet1.xml"] = sheet
    del members["xl/worksheets/sheet1.xml"]
    assert opened(write_parts(tmp_path / "t.xlsx", members))[0] == [(2, ["x"])]


def test_a_workbook_without_the_parts_that_it_does_not_need(tmp_path: Path) -> None:
    members = parts(ONE)
    for name in ("xl/styles.xml", "xl/sharedStrings.xml"):
        del members[name]
    related = members["xl/_rels/workbook.xml.rels"]
    members["xl/_rels/workbook.xml.rels"] = re.sub('<Relationship Id="[st]"[^>]*>', "", related)
    assert opened(write_parts(tmp_path / "t.xlsx", members))[0] == [(1, ["id"])]


def test_progress_adds_up_to_no_more_than_the_file(tmp_path: Path) -> None:
    """What it has for formats and the like is read on the way."""
    rows = [row(number, text(f"A{number}", f"{number:x}" * 99)) for number in range(1, 15_000)]
    path = write_parts(tmp_path / "t.xlsx", parts({"Votes": sheet_xml(*rows)}))
    told: list[int] = []
    with XlsxGrid(InputFile(path, "t.xlsx"), "", told.append):
        assert len([number for number in told if number]) > 3
        assert path.stat().st_size * 0.9 < sum(told) <= path.stat().st_size


SPOILED = [
    (row(1, cell("A1", "5", "s")), "the cell A1 names a text that is not there: 5"),
    (row(1, cell("A1", "-1", "s")), "names a text that is not there"),
    (row(1, cell("A1", "²", "s")), "names a text that is not there"),
    (row(1, cell("A1", "9" * 5000, "s")), "names a text that is not there"),
    (row(1, cell("A1", "nan")), "the cell A1 holds 'nan', which is no number"),
    (row(1, cell("A1", "1e999")), "holds '1e999', which is no number"),
    (row(1, cell("A1", "1_0")), "holds '1_0', which is no number"),
    (row(1, cell("A1", "x")), "holds 'x', which is no number"),
    (row(1, cell("A2", "1")), "the cell A2 stands in row 1"),
    (row(1, cell("XFE1", "1")), "'XFE' is no column"),
    (row(1, cell("AAAAA1", "1")), "'AAAAA' is no column"),
    (row(1, cell("a1", "1")), "'a' is no column"),
    (row(1, cell("1", "1")), "'' is no column"),
    (row(1, cell("B1", "1"), cell("B1", "2")), "the cell B1 stands out of order"),
    (row(1, cell("B1", "1"), cell("A1", "2")), "the cell A1 stands out of order"),
    (cell("A1", "1"), "stands in row 0"),
    (row(2) + row(2), "row 2 comes after row 2"),
    (row(2) + row(1), "row 1 comes after row 2"),
    (row(1_048_577), "row 1048577 comes after"),
    ('<row r="x"/>', "'x' is no whole number"),
    ('<row r="-1"/>', "'-1' is no whole number"),
    (row(1, row(2)), "row 2 comes after row 1"),
    (row(1, '<c r="A1"><c r="B1"/></c>'), "the cell B1 stands out of order"),
    (row(1, cell("A1", "_xD800_", "str")), "half of a character"),
    ("<row>", "no readable XML"),
    ("\x07", "no readable XML"),
]


@pytest.mark.parametrize(("rows", "says"), SPOILED)
def test_a_broken_sheet_is_refused(rows: str, says: str, tmp_path: Path) -> None:
    path = write_parts(tmp_path / "t.xlsx", parts({"Votes": sheet_xml(rows)}))
    told = refusal(path, "Votes")
    assert says in told.message
    assert "sheet 'Votes'" in told.message
    assert told.hint


def test_the_last_cell_of_excel_can_be_read(tmp_path: Path) -> None:
    told = rows_of(tmp_path, row(1_048_576, text("XFD1048576", "x")))
    assert told == [(1_048_576, ["x"])]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_is_missing_or_there_twice_is_refused(part: str, tmp_path: Path) -> None:
    members = parts(ONE)
    path = write_parts(tmp_path / "t.xlsx", members | {part.upper(): members[part]})
    assert f"it has the part '{part.upper()}' twice" in refusal(path).message
    del members[part]
    path = write_parts(tmp_path / "t.xlsx", members)
    assert f"it has no part '{part}'" in refusal(path).message


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])  # fmt: skip
def test_entities_are_refused(part: str, tmp_path: Path) -> None:
    """A few hundred bytes of them unfold to gigabytes, or fetch a file from this machine."""
    members = parts(ONE)
    body = members[part].removeprefix('<?xml version="1.0"?>')
    for declared in ('<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">'):
        members[part] = f"<!DOCTYPE x [{declared}]>{body.replace('id', '&a;')}"
        assert "DOCTYPE" in refusal(write_parts(tmp_path / "t.xlsx", members)).message


def test_a_sheet_with_too_many_cells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two cells in opposite corners are enough: they would be 17 thousand million."""
    monkeypatch.setattr(xlsx_sheet, "MOST_CELLS", 100)
    column = [row(number, text(f"A{number}", "x")) for number in range(1, 50)]
    assert len(rows_of(tmp_path, *column, row(50, text("B50", "x")))) == 50
    far_away = (row(1, text("CV1", "x")), row(2, text("CV2", "x")))
    for rows in ((*column, row(50, text("C50", "x"))), far_away):
        with pytest.raises(UnusableInput, match="more than 100 cells"):
            rows_of(tmp_path, *rows)


def test_what_the_dimension_claims_is_not_trusted(tmp_path: Path) -> None:
    sheet = sheet_xml(row(1, text("A1", "x")), before='<dimension ref="A1:XFD1048576"/>')
    assert opened(write_parts(tmp_path / "t.xlsx", parts({"V": sheet})))[0] == [(1, ["x"])]


@pytest.mark.parametrize("form", ["inline", "pieces", "shared", "shared pieces", "value"])
def test_a_cell_that_is_too_long_is_refused(form: str, tmp_path: Path) -> None:
    """In whatever way it is written; 131,072 characters are what CSV and JSON may have."""

    def read(length: int) -> Rows:
        half, rest = "x" * (length // 2), "x" * (length - length // 2)
        pieces = f"<r><t>{half}</t></r><r><t>{rest}</t></r>"
        whole = f"<t>{half}{rest}</t>"
        shared = cell("A1", "0", "s")
        made = {
            "inline": (f'<c r="A1" t="inlineStr"><is>{whole}</is></c>', ""),
            "pieces": (f'<c r="A1" t="inlineStr"><is>{pieces}</is></c>', ""),
            "shared": (shared, f"<si>{whole}</si>"),
            "shared pieces": (shared, f"<si>{pieces}</si>"),
            "value": (cell("A1", half + rest, "str"), ""),
        }
        content, texts = made[form]
        return rows_of(tmp_path, row(1, content), texts=texts)

    assert read(131_072) == [(1, ["x" * 131_072])]
    with pytest.raises(UnusableInput, match="more than 131072 characters"):
        read(131_073)


def test_long_texts_are_each_as_long_as_they_are(tmp_path: Path) -> None:
    long = "x" * 100_000
    texts = f"<si><t>{long}</t></si><si><r><t>{long}</t></r></si>"
    rows = row(1, text("A1", long), text("B1", long), cell("C1", "0", "s"), cell("D1", "1", "s"))
    assert rows_of(tmp_path, rows, texts=texts) == [(1, [long] * 4)]


def test_one_text_named_a_thousand_times_is_in_memory_once(tmp_path: Path) -> None:
    rows = [row(number, cell(f"A{number}", "0", "s")) for number in range(1, 1001)]
    told = rows_of(tmp_path, *rows, texts=f"<si><t>{'x' * 100_000}</t></si>")
    assert len({id(cells[0]) for _, cells in told}) == 1


def test_texts_that_fill_the_memory_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_TEXT", 10_000)
    assert rows_of(tmp_path, row(1, text("A1", "x" * 9_000)))
    for rows, texts in (
        ((row(1, text("A1", "x" * 9_000), text("B1", "x" * 1_000)),), ""),
        ((), f"<si><t>{'x' * 9_000}</t></si>" * 2),
        ((row(1, text("A1", "x" * 2_600 + "😀")),), ""),
    ):
        with pytest.raises(UnusableInput, match="of memory"):
            rows_of(tmp_path, row(1, text("A1", "id")) * (not rows), *rows, texts=texts)


def test_a_tag_without_end_is_refused(tmp_path: Path) -> None:
    sheet = sheet_xml(f'<row r="1" x="{"y" * (6 << 20)}"/>')
    told = refusal(write_parts(tmp_path / "t.xlsx", parts({"Votes": sheet})))
    assert "a tag is longer than 4 MiB" in told.message


def test_a_bomb_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "FREE_SIZE", 1 << 19)
    path = write_parts(tmp_path / "t.xlsx", parts(ONE) | {"xl/media/x": bytes(1 << 24)})
    assert "unfold to more than" in refusal(path).message
    monkeypatch.setattr(archive, "FREE_SIZE", 1 << 25)
    assert opened(path)[0] == [(1, ["id"])]


def ole(*streams: str) -> bytes:
    """The first bytes of an OLE file, and the names of its streams far behind."""
    names = b"".join(name.encode("utf-16-le") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes((1 << 20) - 20) + names


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ole("EncryptionInfo", "EncryptedPackage"), "protected by a password"),
        (ole("EncryptedPackage"), "protected by a password"),
        (ole("Workbook"), "an old Excel workbook (.xls)"),
        (b"id,title\n", "this is no XLSX workbook"),
        (b"", "this is no XLSX workbook"),
        (b"PK\x03\x04", "the workbook is broken or cut off"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(content)
    told = refusal(tmp_path / "t.xlsx")
    assert says in told.message
    assert told.hint


@pytest.mark.parametrize(
    ("main", "says"),
    [
        ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
        ("word/document.xml", "an office document, but no workbook"),
    ],
)
def test_other_office_documents_are_refused(main: str, says: str, tmp_path: Path) -> None:
    members = parts(ONE)
    members["_rels/.rels"] = members["_rels/.rels"].replace("xl/workbook.xml", main)
    told = refusal(write_parts(tmp_path / "t.xlsx", members | {main: "x"}))
    assert says in told.message
    path = write_parts(tmp_path / "t.xlsx", {"mimetype": "application/x", "content.xml": "<a/>"})
    assert "this is no XLSX workbook" in refusal(path).message


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "t.xlsx", parts(ONE))
    content = path.read_bytes()
    for length in range(4, len(content), 97):
        path.write_bytes(content[:length])
        refusal(path)


def test_a_workbook_with_a_byte_changed_is_read_or_refused(tmp_path: Path) -> None:
    """Never a traceback."""
    path = write_parts(tmp_path / "t.xlsx", parts(ONE))
    content = path.read_bytes()
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        try:
            opened(path)
        except UnusableInput:
            continue


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=12),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(-1e300, 1e300),
    st.booleans(),
    st.datetimes(datetime.datetime(1900, 3, 1), datetime.datetime(9999, 12, 31)).map(
        lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    ),
)  # fmt: skip


@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=6))
@settings(derandomize=True, max_examples=500 if ALL_EXAMPLES else 40, deadline=None)
def test_calamine_reads_the_same(table: list[list[object]]) -> None:
    """Another reader, of other authors in another language, is asked for the same cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    written = book.add_worksheet("Table")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
    for number, values in enumerate(table):
        for column, value in enumerate(["#", *values, "#"]):
            if isinstance(value, str):
                written.write_string(number, column, value)
            else:
                style = moment if isinstance(value, datetime.datetime) else None
                written.write(number, column, value, style)
    book.close()
    buffer.seek(0)
    sheet = python_calamine.load_workbook(buffer).get_sheet_by_index(0)
    theirs = [[_as_text(value) for value in values] for values in sheet.to_python()]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "t.xlsx").write_bytes(buffer.getvalue())
        ours = [cells for _, cells in opened(Path(folder) / "t.xlsx", "Table")[0]]
    assert ours == theirs


def _as_text(value: object) -> str:
    """What calamine gives; of a moment at midnight, and of a second, it drops what is nought."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(repr(value), "")
    if isinstance(value, datetime.datetime):
        return re.sub(r"(\.[0-9]*[1-9])0+$", r"\1", value.isoformat())
    if isinstance(value, datetime.date):
        return f"{value.isoformat()}T00:00:00"
    assert isinstance(value, str), value
    return value


def test_the_same_table_from_a_workbook_as_a_person_makes_it(tmp_path: Path) -> None:
    """Submissions in a workbook with formats, a filter and a frozen header: the same cells as in CSV."""
    rows = [
        submission(f"{number:017d}", impact="东京 «é»\n😀") for number in (17734472422205614, 2)
    ]
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    sheet = book.add_worksheet("Submissions")
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "d/m/yy h:mm"})
    for column, name in enumerate(rows[0]):
        sheet.write(0, column, name, bold)
        for number, record in enumerate(rows, start=1):
            if name == "submitted_at":
                sheet.write_datetime(number, column, datetime.datetime(2021, 1, 20, 10), moment)
            else:
                sheet.write_string(number, column, record[name])
    sheet.autofilter(0, 0, 2, len(rows[0]) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_row(1, options={"hidden": True})
    book.close()
    for record in rows:
        record["submitted_at"] = "2021-01-20T10:00:00"
    cells, name, remarks = opened(tmp_path / "t.xlsx")
    assert cells == list(enumerate([[*rows[0]], *([*record.values()] for record in rows)], start=1))
    assert (name, remarks) == ("Submissions", ("1 hidden row was read too",))
