"""Whatever a text file is written in, its records are the same; what was found is said, and can be overruled."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from tests.support import VOTE_COLUMNS, member, nominee, submission, vote, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.errors import UnusableInput
from wsisctl.readers.dialect import ReadAs
from wsisctl.readers.files import InputFile, ignore_progress
from wsisctl.readers.lines import lines_of_rows
from wsisctl.readers.naming import Naming
from wsisctl.readers.table import open_table
from wsisctl.records.kinds import MEMBERS, SCORES_NOMINATION, SUBMISSIONS, VOTES
from wsisctl.voting.database import open_database
from wsisctl.voting.received import load_votes

NAMING = Naming.of(
    ("member_id", "organization", "country"), [("机构", "organization"), ("Pays", "country")]
)
HEADER = ["member_id", "organization", "country"]
ROWS = [
    ["017734472422205614", "Société Générale; Genève", "CHE"],
    ["2", 'The "Other", Ltd', "KEN"],
    ["3", "two\nlines", ""],
]


def text(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    if end == "\r":  # the writer would leave \n bare
        csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
            rows
        )
    else:
        csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def read(
    path: Path, naming: Naming = NAMING, **asked: Any
) -> tuple[tuple[str, ...], list[tuple[int, list[str]]], tuple[str, ...]]:
    """Columns, rows, remarks."""
    with open_table(InputFile(path, path.name, read_as=ReadAs(**asked)), naming) as table:
        return table.columns, list(table.rows()), table.remarks


def records(path: Path, **asked: Any) -> list[dict[str, str]]:
    columns, rows, _ = read(path, **asked)
    return [dict(zip(columns, cells, strict=True)) for _, cells in rows]


EXPECTED = [dict(zip(HEADER, row, strict=True)) for row in ROWS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("packed", ["", "gz", "zip"])
def test_the_same_records_whatever_they_are_written_in(
    encoding: str, delimiter: str, end: str, packed: str, tmp_path: Path
) -> None:
    data = text([HEADER, *ROWS], delimiter, end).encode(encoding)
    path = tmp_path / ("m.csv" + (f".{packed}" if packed else ""))
    if packed == "gz":
        path.write_bytes(gzip.compress(data))
    elif packed == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("m.csv", data)
    else:
        path.write_bytes(data)
    assert records(path) == EXPECTED
    told = " ".join(read(path)[2])
    assert ("encoding" in told) == (not encoding.startswith("utf-8"))
    assert ("cells separated by" in told) == (delimiter != ",")
    assert ("unpacked" in told) == bool(packed)


def test_json_and_json_lines_too(tmp_path: Path) -> None:
    lines = [json.dumps(row) for row in EXPECTED]
    for name, content in {
        "m.json": f"[{','.join(lines)}]",
        "m.jsonl": "\n".join(lines),
        "n.json": json.dumps({"data": EXPECTED, "next": None}),
    }.items():
        (tmp_path / name).write_text(content, "utf-8")
        assert records(tmp_path / name) == EXPECTED


def workbook(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """With every cell as text."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Members")
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell)
    return path


def test_a_workbook_too_packed_or_not(tmp_path: Path) -> None:
    path = workbook(tmp_path / "m.xlsx", [["Members of 2021"], [], HEADER, *ROWS])
    assert records(path) == EXPECTED
    assert read(path)[2] == ("m.xlsx: read as sheet 'Members' and header in row 3",)
    (tmp_path / "m.xlsx.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert records(tmp_path / "m.xlsx.gz") == EXPECTED


# --- Encodings -----------------------------------------------------------------------------------


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "m.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFF])
def test_a_byte_that_means_nothing_in_cp1252_is_refused(byte: int, tmp_path: Path) -> None:
    path = written(
        tmp_path, b"member_id,organization,country\n1,Caf\xe9,\n2,a" + bytes([byte]) + b",\n"
    )
    with pytest.raises(UnusableInput, match="line 2: the byte 0xe9 at offset 36 is not UTF-8"):
        read(path)


def test_broken_utf_8_is_not_taken_for_cp1252(tmp_path: Path) -> None:
    good, broken = "1,Genève,CHE".encode(), b"2,Gen\xe8ve,CHE"
    path = written(tmp_path, b"\n".join([b"member_id,organization,country", good, broken]))
    offset = path.read_bytes().index(b"\xe8")
    with pytest.raises(
        UnusableInput, match=f"line 3: the byte 0xe8 at offset {offset} is not UTF-8"
    ):
        read(path)
    assert records(path, encoding="cp1252")[0]["organization"] == "GenÃ¨ve"  # as asked


def test_an_undecodable_byte_after_megabytes_is_found(tmp_path: Path) -> None:
    rows = text([HEADER, *([str(n), "Ünïted", "CHE"] for n in range(120_000))]).encode()
    path = written(tmp_path, rows + b"x,\xc3(,CHE\n")
    assert len(rows) > 2 << 20
    with pytest.raises(
        UnusableInput, match=f"line 120002: the byte 0xc3 at offset {len(rows) + 2} "
    ):
        read(path)


def test_a_character_across_the_border_of_two_blocks(tmp_path: Path) -> None:
    filler = b"member_id,organization,country\n1," + b"a" * ((1 << 17) - 40) + b",\n"
    rows = b"2," + b"b" * ((1 << 20) - len(filler) - 3) + "é,\n".encode()
    assert (filler + rows)[: 1 << 20][-1:] == b"\xc3"
    path = tmp_path / "m.csv"
    path.write_bytes(filler + b"x" * 0 + rows)
    with pytest.raises(UnusableInput, match="a cell holds more than"):  # but it is UTF-8
        read(path)


def test_an_encoding_that_was_asked_for_is_used(tmp_path: Path) -> None:
    path = written(tmp_path, text([HEADER, ["1", "Жизнь", "RUS"]]).encode("cp1251"))
    assert records(path, encoding="cp1251")[0]["organization"] == "Жизнь"
    with pytest.raises(UnusableInput, match=r"m\.csv: without a byte order mark .* is not UTF-16$"):
        read(path, encoding="utf-16")


# --- Separators ----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_in_which_excel_names_the_separator_is_no_row(
    line: str, encoding: str, end: str, tmp_path: Path
) -> None:
    """Nor is it one in Excel: there the header is row 1, and so it is here."""
    content = f"{line}{end}member_id;organization;country{end}1;a, b, c, d;CHE{end}"
    path = written(tmp_path, content.encode(encoding))
    columns, rows, remarks = read(path)
    assert (columns, rows) == (tuple(HEADER), [(2, ["1", "a, b, c, d", "CHE"])])
    assert not any("header in row" in remark for remark in remarks)
    assert read(path, header_row=1)[1] == rows


def test_that_line_is_no_row_where_another_separator_was_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, b"sep=;\nmember_id,organization,country\n1,A,CHE\n")
    assert read(path, delimiter=",")[1] == [(2, ["1", "A", "CHE"])]


def test_a_tab_may_be_named_too_and_other_words_are_cells(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"sep=\t\nmember_id\tcountry\n1\tCHE\n"))[1] == [
        (2, ["1", "CHE"])
    ]
    assert read(written(tmp_path, b"sep=x\nmember_id,country\n1,CHE\n"))[1] == [(3, ["1", "CHE"])]
    assert read(written(tmp_path, b"sep\nsep=;\n"))[:2] == (("sep",), [(2, ["sep=;"])])


def test_lines_in_messages_are_those_of_the_file_all_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, b'sep=;\nmember_id;organization\n1;A\n2;"x\n')
    with pytest.raises(UnusableInput, match=r"^m.csv: line 4: a quote is opened"):
        read(path)
    right = written(tmp_path, b'sep=;\nmember_id;organization\n1;"A\nB"\n2;C\n')
    assert lines_of_rows(InputFile(right, "m.csv"), NAMING) == {2: 3, 3: 5}


@pytest.mark.parametrize(("sign", "asked"), [(";", ""), (",", ",")])
def test_votes_of_which_excel_names_the_separator_are_split_alike(
    sign: str, asked: str, tmp_path: Path
) -> None:
    """By DuckDB the line could be the header, and the header a vote."""
    rows = "\n".join([sign.join(VOTE_COLUMNS), sign.join(vote("v1", "m1", "p1").values())])
    path = written(tmp_path, f"sep=;\n{rows}\n".encode())
    file = InputFile(path, "v.csv", read_as=ReadAs(delimiter=asked))
    with open_database() as database:
        naming = VOTES.naming(load_contest("2021"))
        received = load_votes(database, [file], naming, ignore_progress)
        found = database.execute('select "row", vote_id from received').fetchall()
    assert (received.read, found) == ((1,), [(2, "v1")])


def test_that_line_is_no_header_even_where_nobody_knows_the_names(tmp_path: Path) -> None:
    path = written(tmp_path, b"sep=;\r\nProjekt-ID;Titel\r\n1;x\r\n")
    assert read(path)[:2] == (("Projekt-ID", "Titel"), [(2, ["1", "x"])])


def test_commas_within_cells_do_not_decide(tmp_path: Path) -> None:
    path = written(tmp_path, b"member_id;organization;country\n1;a,b,c,d;CHE\n2;e,f,g,h;KEN\n")
    assert [record["organization"] for record in records(path)] == ["a,b,c,d", "e,f,g,h"]


def test_a_single_column_needs_no_separator(tmp_path: Path) -> None:
    path = written(tmp_path, b"member_id\nA; B\n")
    assert read(path)[:2] == (("member_id",), [(2, ["A; B"])])


def test_a_separator_that_was_asked_for_is_used(tmp_path: Path) -> None:
    path = written(tmp_path, b"member_id;x,organization\n1,2\n")
    assert read(path, delimiter=",")[0] == ("member_id;x", "organization")


# --- The header ----------------------------------------------------------------------------------


def test_titles_and_blank_lines_above_the_header(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        b"Members of 2021\n\nas of 3 March,,\nmember_id,organization,country\n1,A,CHE\n\n2,B,KEN\n",
    )
    columns, rows, remarks = read(path)
    assert columns == tuple(HEADER)
    assert rows == [(5, ["1", "A", "CHE"]), (6, ["2", "B", "KEN"])]
    assert remarks == ("m.csv: read as header in row 4",)


def test_a_row_that_was_asked_for_is_the_header(tmp_path: Path) -> None:
    path = written(tmp_path, b"member_id,organization,country\nid,org,land\n1,A,CHE\n")
    columns, rows, _ = read(path, header_row=2)
    assert columns == ("id", "org", "land")
    assert rows == [(3, ["1", "A", "CHE"])]
    with pytest.raises(UnusableInput, match="nothing in row 4, which was to be the header"):
        read(path, header_row=4)


def test_two_rows_of_names_are_one_header(tmp_path: Path) -> None:
    path = written(tmp_path, "member_id,organization,country\n编号,机构,Pays\n1,A,CHE\n".encode())
    columns, rows, remarks = read(path)
    assert (columns, rows) == (tuple(HEADER), [(3, ["1", "A", "CHE"])])
    assert "m.csv:2: a second row of the header; no record" in remarks


def test_a_cell_merged_with_the_one_above_has_its_name_there(tmp_path: Path) -> None:
    path = written(tmp_path, b"member_id,Where,\n,organization,country\n1,A,CHE\n")
    assert read(path)[:2] == (tuple(HEADER), [(3, ["1", "A", "CHE"])])


def test_a_record_of_names_in_other_places_is_no_header(tmp_path: Path) -> None:
    path = written(tmp_path, b"member_id,organization,country\ncountry,organization,member_id\n")
    assert read(path)[1] == [(2, ["country", "organization", "member_id"])]


def test_labels_are_known_and_it_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "Member ID *,机构（全称）,PAYS\n1,A,CHE\n".encode())
    columns, _, remarks = read(path)
    assert columns == tuple(HEADER)
    assert remarks == (
        "m.csv:1: columns known by other names: 'Member ID *' is member_id, '机构（全称）' is "
        "organization, 'PAYS' is country",
    )


def test_our_own_name_comes_before_a_label(tmp_path: Path) -> None:
    path = written(tmp_path, "member_id,机构,organization,country\n1,x,A,CHE\n".encode())
    assert read(path)[0] == ("member_id", "机构", "organization", "country")


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("member_id,organization,organization", "more than one column is called 'organization'"),
        ("member_id,机构,Organization", "two columns mean the same: '机构' and 'Organization'"),
    ],
)
def test_two_columns_for_one_thing_are_refused(header: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=says):
        read(written(tmp_path, f"{header}\n1,A,B\n".encode()))


def test_further_columns_keep_their_names_and_doubles_get_a_number(tmp_path: Path) -> None:
    path = written(tmp_path, b"member_id,note,,note,country,\n1,a,b,c,CHE,\n")
    columns, _, remarks = read(path)
    assert columns == ("member_id", "note", "column C", "note (2)", "country", "column F")
    assert remarks == ("m.csv:1: a name stands there more than once, so there are now note (2)",)


# --- At the command line -------------------------------------------------------------------------


def labelled(rows: Sequence[dict[str, str]], language: str) -> list[dict[str, str]]:
    form = {box.id: getattr(box.label, language) for box in load_contest("2021").form}
    return [{form.get(name, name): cell for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_labels_of_the_form_are_columns(language: str, tmp_path: Path) -> None:
    rows = [submission("s1"), submission("s2", category="C2")]
    write_csv(tmp_path / "plain.csv", rows)
    write_csv(tmp_path / "form.csv", labelled(rows, language))
    plain, form = (
        wsisctl("validate", name, "--contest", "2021", "--format", "json", cwd=tmp_path)
        for name in ("plain.csv", "form.csv")
    )
    assert form.out == plain.out
    assert "form.csv:1: columns known by other names: " in form.err


def test_votes_may_come_in_any_dialect(tmp_path: Path) -> None:
    write_csv(tmp_path / "members.csv", [member("m1"), member("m2")])
    write_csv(tmp_path / "nominees.csv", [nominee("s1")])
    cast = [vote("v1", "m1", "s1"), vote("v2", "m2", "s1"), vote("v2", "m2", "s1")]
    names = list(cast[0])
    rows = [names, *([row[name] for name in names] for row in cast)]
    (tmp_path / "a.csv").write_text(text(rows), "utf-8")
    (tmp_path / "b.tsv").write_text(text(rows, "\t"), "utf-8")
    (tmp_path / "c.csv").write_text(text(rows, ";"), "utf-16")
    (tmp_path / "d.csv.gz").write_bytes(gzip.compress(f"Votes\n{text(rows)}".encode()))
    outs = set()
    for name in ("a.csv", "b.tsv", "c.csv", "d.csv.gz"):
        result = wsisctl(
            "tally", "--contest", "2021", "--votes", name, "--members", "members.csv",
            "--nominees", "nominees.csv", "--format", "json", cwd=tmp_path,
        )  # fmt: skip
        assert result.status == 0, result.err
        outs.add(result.out)
    assert len(outs) == 1
    assert json.loads(outs.pop())["votes"] == {
        "read": 3, "counted": 2, "rejected": 1, "rejected_by_reason": {"repeated_row": 1},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (("--encoding", "klingon"), "--encoding 'klingon' is not known"),
        (("--encoding", "unicode_escape"), "is not known"),
        (("--delimiter", "x"), "--delimiter 'x' is not known"),
        (("--header-row", "0"), "--header-row"),
    ],
)
def test_what_cannot_be_asked_for(option: tuple[str, str], says: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "dump.csv", [submission("s1")])
    result = wsisctl("validate", "dump.csv", "--contest", "2021", *option, cwd=tmp_path)
    assert result.status == 2
    assert says in result.err


def test_what_is_asked_for_is_done(tmp_path: Path) -> None:
    write_csv(tmp_path / "dump.csv", [submission("s1", title="Bücher für alle")])
    data = (tmp_path / "dump.csv").read_text("utf-8").replace(",", "|")
    (tmp_path / "dump.csv").write_bytes(f"x\n{data}".encode("cp850"))
    words = ("validate", "dump.csv", "--contest", "2021", "--format", "json")
    asked = ("--encoding", "cp850", "--delimiter", "pipe", "--header-row", "2")
    result = wsisctl(*words, *asked, cwd=tmp_path)
    assert json.loads(result.out)["eligible"] == ["s1"], result.err
    assert "encoding cp850, cells separated by '|' and header in row 2" in result.err


def test_every_kind_knows_its_own_names() -> None:
    contest = load_contest("2021")
    for kind in (SUBMISSIONS, MEMBERS):
        naming = kind.naming(contest)
        assert all(naming.meant(column) == column for column in kind.columns(contest))
        assert naming.meant("国家") == "country"


# --- A second row of the header ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "is_header"),
    [
        ("Member number,,", True),
        ("member_id,text,", True),
        (",organization,", False),
        ("M-1,organization,", False),
        ("organization,,", False),
        ("member,,", False),
    ],
)
def test_a_name_where_an_id_should_be_tells_a_second_header(
    second: str, is_header: bool, tmp_path: Path
) -> None:
    path = written(tmp_path, f"member_id,organization,country\n{second}\n1,A,CHE\n".encode())
    _, rows, remarks = read(path, MEMBERS.naming(load_contest("2021")))
    assert len(rows) == 2 - is_header
    assert ("m.csv:2: a second row of the header; no record" in remarks) is is_header


def test_of_two_ids_both_must_be_names(tmp_path: Path) -> None:
    """A panelist may be called Expert."""
    naming = SCORES_NOMINATION.naming(load_contest("2018"))
    for second, left in (("Expert,s1,4,5", 1), ("Expert,Project ID,,", 0), ("Expert,,,", 0)):
        path = written(tmp_path, f"panelist,submission_id,rules,criteria\n{second}\n".encode())
        assert len(read(path, naming)[1]) == left


# --- Options that do not fit the file ------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        (
            b"member_id,organization\n1,A\n",
            ["--delimiter", ";"],
            "--delimiter was given for semicolons; without it the file is read with commas; add what is",
        ),
        (
            "member_id,organization\n1,Genève\n".encode("cp1252"),
            ["--encoding", "utf-8"],
            "--encoding utf-8 was given; without it the file is read as cp1252; export the file anew",
        ),
        (
            "member_id,organization\n1,Genève\n".encode(),
            ["--encoding", "utf-16"],
            "--encoding utf-16 was given; without it the file is read as utf-8; export the file anew",
        ),
        (
            "member_id;organization\n1;Genève\n".encode("utf-16"),
            ["--encoding", "cp1252", "--delimiter", "comma"],
            "--encoding cp1252 was given; without it the file is read as utf-16; --delimiter was given for "
            "commas; without it the file is read with semicolons; add what is",
        ),
    ],
)
def test_an_option_that_does_not_fit_is_named_in_the_help(
    content: bytes, options: list[str], says: str, tmp_path: Path
) -> None:
    wsisctl("init", tmp_path / "prizes", "--contest", "2018")
    path = written(tmp_path, content)
    right = wsisctl("import-members", path, "--folder", tmp_path / "prizes", "--dry-run")
    wrong = wsisctl("import-members", path, "--folder", tmp_path / "prizes", *options)
    assert (right.status, wrong.status) == (0, 3)
    assert f"help: {says}" in wrong.err


def test_an_option_that_fits_is_not_doubted(tmp_path: Path) -> None:
    """Nor is an encoding that no file tells from cp1252."""
    wsisctl("init", tmp_path / "prizes", "--contest", "2018")
    path = written(tmp_path, "mail;organization\n1;Женева\n".encode("cp1251"))
    options = ("--delimiter", ";", "--encoding", "cp1251")
    wrong = wsisctl("import-members", path, "--folder", tmp_path / "prizes", *options)
    assert "help: add what is missing" in wrong.err


def test_a_wrong_encoding_of_json_is_named_too(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_bytes('[{"member_id": "Genève"}]'.encode("utf-8-sig"))
    with pytest.raises(UnusableInput) as refusal:
        read(path, encoding="utf-16")
    assert refusal.value.hint.startswith(
        "--encoding utf-16 was given; without it the file is read as utf-8"
    )


def test_a_sheet_of_no_workbook_is_a_wrong_command_line(tmp_path: Path) -> None:
    """Where one of the files is a workbook it is told of the others."""
    wsisctl("init", tmp_path / "prizes", "--contest", "2021")
    plain = write_csv(tmp_path / "m.csv", [member("m1")])
    book = tmp_path / "n.xlsx"
    workbook(book, [list(member("m2")), list(member("m2").values())])
    options = ("--folder", tmp_path / "prizes", "--sheet", "Members")
    alone = wsisctl("import-members", plain, *options)
    assert alone.status == 2
    assert f"--sheet does not apply: no workbook is among {plain}" in alone.err
    both = wsisctl("import-members", plain, book, *options)
    assert both.status == 0, both.err
    assert f"note: {plain}: --sheet does not apply: this is no workbook\n" in both.err
    kept = yaml.safe_load((tmp_path / "prizes" / "exports" / "imports.yaml").read_text("utf-8"))
    assert [entry.get("read_as") for entry in kept] == [None, {"sheet": "Members"}]
    missing = wsisctl("import-members", tmp_path / "x.csv", *options)
    assert missing.status == 3
    bare = wsisctl("validate", plain, "--contest", "2021", "--sheet", "1")
    inside = wsisctl("validate", plain, "--folder", tmp_path / "prizes", "--sheet", "1")
    assert (bare.status, inside.status) == (2, 2)
