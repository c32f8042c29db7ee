"""Files as they really arrive: broken, ruined, malicious. Each is refused with its place, or a finding."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import (
    ALL_EXAMPLES,
    SELECTION,
    VOTE_COLUMNS,
    Result,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)

CONTEST = ("--contest", "2021")
FEW = 8
"""Generated examples of each kind of file where CI waits for them."""

Row = dict[str, str]
GOOD: Mapping[str, list[Row]] = {
    "submissions": [submission("a"), submission("b"), submission("c", category="C2")],
    "scores": [sheet("ana", name, 3) for name in "abc"],
    "panel": [{"panelist": "ana", "organization": "Institute"}],
    "past-winners": [{"year": "2019", "title": "Another project"}],
    "organizations": [{"name": "Ministry", "same_as": "Ministère"}],
    "votes": [vote("v1", "m1", "a"), vote("v2", "m2", "a"), vote("v3", "m1", "c", category="C2")],
    "members": [member("m1"), member("m2")],
    "nominees": [nominee("a"), nominee("b"), nominee("c", "C2")],
    "selection": [sheet("ana", name, score, SELECTION) for name, score in zip("abc", (3, 4, 5), strict=True)],
}  # fmt: skip
DECIDED = """\
- {kind: withdraw, submission_id: b, by: the entity, on: 2021-01-24, reason: a letter}
- {kind: nominate, category: C2, submission_ids: [c], by: panel, on: 2021-02-20, reason: 'the only one'}
- kind: tie-break
  stage: nominate
  cut: quota
  category: "1"
  order: [a, b]
  by: panel
  on: 2021-02-21
  reason: reach
"""

# Each role of a file in the commands that read it; the file itself comes last.
ROLES: Mapping[str, tuple[str, ...]] = {
    "submissions": ("validate",),
    "past-winners": ("validate", "{submissions}", "--past-winners"),
    "decisions": ("nominate", "--submissions", "{submissions}", "--decisions"),
    "scores": ("nominate", "--submissions", "{submissions}", "--scores"),
    "panel": ("nominate", "--submissions", "{submissions}", "--scores", "{scores}", "--panel"),
    "votes": ("tally", "--members", "{members}", "--nominees", "{nominees}", "--votes"),
    "members": ("tally", "--votes", "{votes}", "--nominees", "{nominees}", "--members"),
    "nominees": ("tally", "--votes", "{votes}", "--members", "{members}", "--nominees"),
    "organizations": (
        *("tally", "--votes", "{votes}", "--members", "{members}", "--nominees", "{nominees}"),
        "--organizations",
    ),
    "selection": ("select-winners", "--tally", "{tally}", "--scores"),
    "tally": ("select-winners", "--scores", "{selection}", "--tally"),
}
TABLES = [role for role in ROLES if role in GOOD]


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Right inputs for every command."""
    folder = tmp_path_factory.mktemp("good")
    for name, rows in GOOD.items():
        write_csv(folder / f"{name}.csv", rows)
    (folder / "decisions.yaml").write_text(DECIDED, "utf-8")
    assert read(good=folder, role="votes", file=folder / "votes.csv", out=folder).status == 0
    return folder


def read(
    good: Path, role: str, file: Path, *, form: str = "plain", out: Path | None = None
) -> Result:
    """Run the command that reads `file` in this role, the other inputs being right."""
    others = {name: good / f"{name}.csv" for name in GOOD} | {"tally": good / "tally.json"}
    words = [word.format(**others) for word in ROLES[role]]
    more: list[str | Path] = ["--out", out] if out else []
    return wsisctl(*words, file, *CONTEST, "--format", form, *more)


def text_of(rows: Sequence[Mapping[str, str]], **dialect: Any) -> str:
    """The rows as CSV."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def refused(result: Result, *told: str) -> None:
    """An input that cannot be used, and these words say where and why."""
    assert (result.status, result.out) == (3, ""), (result.out[:200], result.err)
    assert result.err.startswith("error: ")
    assert "Traceback" not in result.err
    assert [word for word in told if word not in result.err] == []


# --- Files that cannot be read ------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_a_file_that_is_not_there(role: str, good: Path, tmp_path: Path) -> None:
    refused(read(good, role, tmp_path / "nowhere.csv"), "nowhere.csv")


@pytest.mark.parametrize("role", ["submissions", "votes", "decisions", "tally"])
def test_a_folder_is_no_file(role: str, good: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    refused(read(good, role, tmp_path / "folder.csv"), "folder.csv")


@pytest.mark.parametrize("role", ["submissions", "decisions", "tally", "contest"])
def test_a_name_longer_than_any_file_has(role: str, good: Path, tmp_path: Path) -> None:
    name = "x" * 300
    if role == "contest":
        refused(wsisctl("rules", "--contest", tmp_path / name), name)
    else:
        refused(read(good, role, tmp_path / name), name)


@pytest.mark.parametrize("role", TABLES)
def test_an_undecodable_byte_is_named_with_its_offset(
    role: str, good: Path, tmp_path: Path
) -> None:
    """As Excel writes `é` in Western Europe."""
    content = text_of(GOOD[role]).encode() + "Caf\u00e9".encode("cp1252")
    (tmp_path / "hostile.csv").write_bytes(content)
    offset = str(len(content) - 1)
    refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv", "0xe9", offset)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_no_utf_8(encoding: str, good: Path, tmp_path: Path) -> None:
    """`utf-16-le` has no byte that UTF-8 forbids, only NULs: then the columns have strange names."""
    for role in ("submissions", "votes"):
        (tmp_path / "hostile.csv").write_bytes(text_of(GOOD[role]).encode(encoding))
        refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv")


@pytest.mark.parametrize("role", TABLES)
def test_an_unclosed_quote_is_named_with_the_line_where_it_opens(
    role: str, good: Path, tmp_path: Path
) -> None:
    """It swallows the rest of the file; the line is that of the file, whatever the records."""
    lines = text_of(GOOD[role]).splitlines()
    lines[1:1] = [""]
    content = "\n".join([*lines, f'"{lines[-1]}', *lines[2:], "more"])
    (tmp_path / "hostile.csv").write_text(content, "utf-8")
    refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv", f"line {len(lines) + 1}:", "quote")  # fmt: skip


@pytest.mark.parametrize("role", ["submissions", "votes"])
def test_text_after_a_closing_quote_is_named_with_its_line(
    role: str, good: Path, tmp_path: Path
) -> None:
    lines = text_of(GOOD[role]).splitlines()
    (tmp_path / "hostile.csv").write_text("\n".join([*lines, f'"a"b,{lines[-1]}']), "utf-8")
    refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv", f"line {len(lines) + 1}")


@pytest.mark.parametrize("change", [lambda line: f"{line},more", lambda line: line[: line.rindex(",")]], ids=["wide", "narrow"])  # fmt: skip
@pytest.mark.parametrize("role", [role for role in TABLES if role != "votes"])
def test_a_row_of_another_width_is_named(
    role: str, change: Callable[[str], str], good: Path, tmp_path: Path
) -> None:
    header, first, *rest = text_of(GOOD[role]).splitlines()
    if "," not in change(first) and "," not in header:
        pytest.skip("one column")
    (tmp_path / "hostile.csv").write_text("\n".join([header, first, change(first), *rest]), "utf-8")
    refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv:3", "cells", "columns")


@pytest.mark.parametrize("row", ["v9,m2,C2,c", "v9,m2,C2,c,2021-03-10T12:00:00Z,more", "v9", "Total: 3"])  # fmt: skip
def test_a_vote_of_another_width_is_malformed(row: str, good: Path, tmp_path: Path) -> None:
    (tmp_path / "hostile.csv").write_text(f"{text_of(GOOD['votes'])}{row}\n", "utf-8")
    result = read(good, "votes", tmp_path / "hostile.csv", form="json", out=tmp_path / "out")
    assert result.status == 0
    assert json.loads(result.out)["votes"] == {
        "read": 4,
        "counted": 3,
        "rejected": 1,
        "rejected_by_reason": {"malformed": 1},
    }
    told = (tmp_path / "out" / "rejected-votes.csv").read_text("utf-8").splitlines()[1]
    assert told.endswith("malformed,,hostile.csv,5")


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", "\r\n", ",,,\n"], ids=ascii)
@pytest.mark.parametrize("role", ["submissions", "votes", "members"])
def test_a_file_without_a_header_is_named(
    role: str, content: str, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "hostile.csv").write_bytes(content.encode())
    refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv")


@pytest.mark.parametrize("role", TABLES)
def test_a_header_alone_is_a_file_without_records(role: str, good: Path, tmp_path: Path) -> None:
    (tmp_path / "hostile.csv").write_text(text_of(GOOD[role]).splitlines()[0], "utf-8")
    result = read(good, role, tmp_path / "hostile.csv", form="json")
    assert result.status in (0, 1), result.err
    assert json.loads(result.out)["contest"] == "2021"


MISSPELT = {
    "submissions": ("short_description", "short_descripton"),
    "past-winners": ("title", "titel"),
    "scores": ("submission_id", "submision_id"),
    "panel": ("panelist", "panellist"),
    "votes": ("cast_at", "casted_at"),
    "members": ("organization", "organisation"),
    "nominees": ("submitter_organization", "submitter_organisation"),
    "organizations": ("same_as", "same as"),
    "selection": ("development", "developement"),
}


@pytest.mark.parametrize("role", TABLES)
def test_a_missing_column_is_named_with_the_nearest(role: str, good: Path, tmp_path: Path) -> None:
    column, written = MISSPELT[role]
    header, rows = text_of(GOOD[role]).split("\r\n", 1)
    changed = ",".join(written if name == column else name for name in header.split(","))
    (tmp_path / "hostile.csv").write_text(f"{changed}\r\n{rows}", "utf-8")
    refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv:1", f"'{column}'", f"'{written}'")  # fmt: skip


def test_every_missing_column_is_named_at_once(good: Path, tmp_path: Path) -> None:
    (tmp_path / "hostile.csv").write_text("vote_id;member_id;category\n1;2;3\n", "utf-8")
    refused(read(good, "votes", tmp_path / "hostile.csv"), *(f"'{name}'" for name in VOTE_COLUMNS))


@pytest.mark.parametrize("role", ["submissions", "votes"])
def test_a_column_that_is_there_twice_is_named(role: str, good: Path, tmp_path: Path) -> None:
    """Which of the two holds the category? Spaces around a name make no other name."""
    lines = text_of(GOOD[role]).splitlines()
    doubled = [f"{lines[0]}, category ", *(f"{line},C9" for line in lines[1:])]
    (tmp_path / "hostile.csv").write_text("\n".join(doubled), "utf-8")
    refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv:1", "'category'")


# --- Ids ----------------------------------------------------------------------------------------

ID_COLUMNS = [
    ("submissions", "submission_id"),
    ("votes", "vote_id"),
    ("votes", "member_id"),
    ("votes", "submission_id"),
    ("members", "member_id"),
    ("nominees", "submission_id"),
    ("scores", "submission_id"),
    ("scores", "panelist"),
    ("selection", "submission_id"),
    ("panel", "panelist"),
]


@pytest.mark.parametrize("ruined", ["1.77345E+16", "1,77345E+16"])
@pytest.mark.parametrize(("role", "column"), ID_COLUMNS)
def test_an_id_that_excel_ruined_is_named(
    role: str, column: str, ruined: str, good: Path, tmp_path: Path
) -> None:
    """A comma inside stands in quotes, and so a vote file takes the other of its two readers."""
    rows = [*GOOD[role], {**GOOD[role][0], column: ruined}]
    write_csv(tmp_path / "hostile.csv", rows)
    place = f"hostile.csv:{len(rows) + 1}"
    refused(read(good, role, tmp_path / "hostile.csv"), place, column, f"'{ruined}'", "Excel")


@pytest.mark.parametrize("text", ["", " \t"], ids=["empty", "blank"])
@pytest.mark.parametrize(
    ("role", "column"), [pair for pair in ID_COLUMNS if pair[0] not in ("votes", "selection")]
)
def test_a_record_needs_its_id(
    role: str, column: str, text: str, good: Path, tmp_path: Path
) -> None:
    write_csv(tmp_path / "hostile.csv", [*GOOD[role], {**GOOD[role][0], column: text}])
    place = f"hostile.csv:{len(GOOD[role]) + 2}"
    refused(read(good, role, tmp_path / "hostile.csv"), place, column)


HARMLESS = (
    "17734472422205614", "00017", "1E5", "E+16", "2E+", "1-2", "0x1F", "1e999", "NaN", "true", "null",
    "2021-03-01", "../../etc/passwd", "[red]", "[/]", "{0}", "%s", "`id`", "$(id)", "<b>", "a|b", "a b",
    "é", "id\u0301", "名", "\U0001f600", "#", "''", "\\", "C:\\x", "a;b",
)  # fmt: skip


def test_ids_are_text_and_stay_as_they_are(tmp_path: Path) -> None:
    """Numbers keep their digits, markup and paths do nothing, and no two are taken for the same."""
    entered = [submission(name, title=f"Project {n}", entity=f"Entity {n}") for n, name in enumerate(HARMLESS)]  # fmt: skip
    scores = [sheet("ana", name, 3) for name in HARMLESS[:20]]
    votes = [vote(f"v{name}", "m", name) for name in HARMLESS]
    for name, rows in {"submissions": entered, "scores": scores, "votes": votes}.items():
        write_csv(tmp_path / f"{name}.csv", rows)
    write_csv(tmp_path / "members.csv", [member("m")])
    write_csv(tmp_path / "nominees.csv", [nominee(name, entity=f"{n}") for n, name in enumerate(HARMLESS)])  # fmt: skip
    before = sorted(tmp_path.parent.iterdir())

    def run(*words: str) -> Any:
        result = wsisctl(*words, *CONTEST, "--out", "out", "--format", "json", cwd=tmp_path)
        assert result.status in (0, 1), result.err
        return json.loads(result.out)

    assert run("validate", "submissions.csv")["eligible"] == sorted(HARMLESS)
    shortlist = run("nominate", "--submissions", "submissions.csv", "--scores", "scores.csv")
    nominated = [item["submission_id"] for item in shortlist["categories"][0]["nominees"]]
    assert nominated == sorted(HARMLESS[:20])
    words = ("--votes", "votes.csv", "--members", "members.csv", "--nominees", "nominees.csv")
    tally = run("tally", *words)["categories"][0]
    assert sorted(item["submission_id"] for item in tally["standings"]) == sorted(HARMLESS)
    first = min(HARMLESS, key=lambda name: f"v{name}".encode())
    assert tally["standings"][0] == {"rank": 1, "submission_id": first, "votes": 1}
    with (tmp_path / "out" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        rejected = [row["vote_id"] for row in csv.DictReader(file)]
    assert sorted(rejected) == sorted(f"v{name}" for name in HARMLESS if name != first)
    assert sorted(tmp_path.parent.iterdir()) == before


@pytest.mark.parametrize("role", ["submissions", "members", "nominees"])
@pytest.mark.parametrize("several", [False, True], ids=["one file", "two files"])
def test_equal_rows_are_merged_and_that_is_said(
    several: bool, role: str, good: Path, tmp_path: Path
) -> None:
    write_csv(tmp_path / "hostile.csv", [*GOOD[role], GOOD[role][0]] if not several else GOOD[role])
    usual = read(good, role, good / f"{role}.csv", form="json")
    if several:
        words = [word.format(**{name: good / f"{name}.csv" for name in GOOD}) for word in ROLES[role]]  # fmt: skip
        option = [] if role == "submissions" else [f"--{role}"]
        both: list[str | Path] = [good / f"{role}.csv", *option]
        result = wsisctl(*words, *both, tmp_path / "hostile.csv", *CONTEST, "--format", "json")
    else:
        result = read(good, role, tmp_path / "hostile.csv", form="json")
    assert result.status == usual.status
    assert role in result.err
    assert "merged" in result.err
    expected, document = json.loads(usual.out), json.loads(result.out)
    assert document.pop("read", None) in (None, 6 if several else 4)
    expected.pop("read", None)
    assert document == expected


@pytest.mark.parametrize("role", ["submissions", "members", "nominees"])
def test_different_rows_with_one_id_are_refused(role: str, good: Path, tmp_path: Path) -> None:
    rows = [*GOOD[role], {**GOOD[role][0], "country": "PER"}]
    write_csv(tmp_path / "hostile.csv", rows)
    places = ("hostile.csv:2", f"hostile.csv:{len(rows) + 1}")
    refused(read(good, role, tmp_path / "hostile.csv"), *places, "country")


def test_different_votes_with_one_id_are_refused(good: Path, tmp_path: Path) -> None:
    rows = [*GOOD["votes"], {**GOOD["votes"][0], "submission_id": "b"}]
    write_csv(tmp_path / "hostile.csv", rows)
    refused(read(good, "votes", tmp_path / "hostile.csv"), "hostile.csv:2", "hostile.csv:5", "v1")


# --- Spellings of one content -------------------------------------------------------------------


def _lines(end: str) -> Callable[[Sequence[Row]], str]:
    return lambda rows: text_of(rows, lineterminator=end)


def _blank_lines(rows: Sequence[Row]) -> str:
    return "\n\n" + text_of(rows, lineterminator="\r\n\n\r") + "\n\n"


def _other_columns(rows: Sequence[Row]) -> str:
    return text_of([{"extra": "x", **dict(reversed(row.items())), "ip": ""} for row in rows])


SPELLINGS: Mapping[str, Callable[[Sequence[Row]], str]] = {
    "LF": _lines("\n"),
    "CR": _lines("\r"),
    "CRLF": _lines("\r\n"),
    "no last line end": lambda rows: text_of(rows).rstrip("\r\n"),
    "BOM": lambda rows: "\ufeff" + text_of(rows),
    "BOM, all quoted": lambda rows: "\ufeff" + text_of(rows, quoting=csv.QUOTE_ALL),
    "blank lines": _blank_lines,
    "other columns, another order": _other_columns,
    "spaces in the header": lambda rows: text_of(rows).replace(",", " , ", len(rows[0]) - 1),
}


FAULTY: Mapping[str, list[Row]] = {
    "submissions": [submission("d", impact=""), submission("e", title="Two,\nlines", sdgs="18")],
    "votes": [vote("w1", "m1", "nobody"), vote("w2", "m9", "a"), vote("w3", "m2", "a", cast_at="")],
}
"""Something to find in the last rows, so that their numbers show."""


def outcome(good: Path, role: str, folder: Path, spell: Callable[[Sequence[Row]], str]) -> Any:
    """What is shown and written about records spelled in this way."""
    content = spell([*GOOD[role], *FAULTY[role]])
    (folder / "records.csv").write_bytes(content.encode())
    result = read(good, role, folder / "records.csv", form="json", out=folder / "out")
    assert result.status in (0, 1), result.err
    tables = {path.name: path.read_bytes() for path in (folder / "out").glob("*.csv")}
    return result.out, tables


@cache
def usual_outcome(good: Path, role: str) -> Any:
    folder = good / f"usual-{role}"
    folder.mkdir()
    return outcome(good, role, folder, text_of)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("role", FAULTY)
def test_the_same_content_has_the_same_result(
    role: str, spelling: str, good: Path, tmp_path: Path
) -> None:
    usual = usual_outcome(good, role)
    assert "records.csv" in str(usual), "no row number is compared"
    assert outcome(good, role, tmp_path, SPELLINGS[spelling]) == usual


LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", "\u2028", "\x85", "\x0b", "\x1c")


def test_a_record_is_numbered_not_its_lines(good: Path, tmp_path: Path) -> None:
    """Line breaks inside quotes, and a blank line, count for no record."""
    rows = [submission(f"s{n}", challenges=f"one{end}two") for n, end in enumerate(LINE_ENDS)]
    rows.append(submission("last", impact=""))
    content = text_of(rows, lineterminator="\n", quoting=csv.QUOTE_ALL)
    content = content.replace('\n"s3"', '\n\n\n"s3"')
    (tmp_path / "hostile.csv").write_bytes(content.encode())
    document = json.loads(read(good, "submissions", tmp_path / "hostile.csv", form="json").out)
    places = [(item["rule"], item["source"]["row"]) for item in document["findings"]]
    assert places == [("required-field", len(rows) + 1)]
    assert document["read"] == len(rows)


@pytest.mark.parametrize("column", VOTE_COLUMNS)
def test_line_ends_in_a_vote_are_text(column: str, good: Path, tmp_path: Path) -> None:
    """One strange cell is one vote that does not count, or counts, and never the end of the tally."""
    rows = [{**vote(f"w{n}", "m1", "a"), column: f"{n}{end}x"} for n, end in enumerate(LINE_ENDS)]
    (tmp_path / "hostile.csv").write_bytes(text_of([*GOOD["votes"], *rows]).encode())
    result = read(good, "votes", tmp_path / "hostile.csv", form="json")
    assert result.status == 0, result.err
    votes = json.loads(result.out)["votes"]
    assert votes["read"] == 3 + len(rows) == votes["counted"] + votes["rejected"]
    assert votes["counted"] == 3


# --- Cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["submissions", "votes", "members"])
def test_a_cell_beyond_the_limit_is_named_with_its_line(
    role: str, good: Path, tmp_path: Path
) -> None:
    column = {"submissions": "impact", "votes": "category", "members": "organization"}[role]
    rows = [*GOOD[role], {**GOOD[role][0], column: "x" * (csv.field_size_limit() + 1)}]
    write_csv(tmp_path / "hostile.csv", rows)
    line = f"line {len(rows) + 1}"
    refused(read(good, role, tmp_path / "hostile.csv"), "hostile.csv", line, str(csv.field_size_limit()))  # fmt: skip


@pytest.mark.parametrize("character", ["x", '"', "\U0001f600"])
def test_cells_up_to_the_limit_are_read(character: str, good: Path, tmp_path: Path) -> None:
    """Five of them side by side are more than two megabytes in one row."""
    large = character * csv.field_size_limit()
    write_csv(tmp_path / "hostile.csv", [*GOOD["votes"], dict.fromkeys(VOTE_COLUMNS, large)])
    result = read(good, "votes", tmp_path / "hostile.csv", form="json")
    assert result.status == 0, result.err[:500]
    assert json.loads(result.out)["votes"]["rejected_by_reason"] == {"malformed": 1}


STRANGE = ("\x00", "\x01", "a\x00b", "\ufeff", "\ufffe", "\U0010ffff", "\ud7ff", "\u0000" * 9)


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_strange_characters_are_text(text: str, tmp_path: Path) -> None:
    """NUL too: an id that ends with one is not the id without."""
    named = f"p{text}"
    write_csv(tmp_path / "n.csv", [nominee("p"), nominee(named, entity=text)])
    write_csv(tmp_path / "m.csv", [member("m"), member(f"m{text}", organization=f"x{text}")])
    votes = [vote("v", "m", named), vote(f"v{text}", f"m{text}", named), vote("w", f"n{text}", "p")]
    write_csv(tmp_path / "v.csv", votes)
    words = ("tally", "--votes", "v.csv", "--members", "m.csv", "--nominees", "n.csv", *CONTEST)
    result = wsisctl(*words, "--format", "json", cwd=tmp_path)
    assert result.status == 0, result.err
    tally = json.loads(result.out)
    assert tally["votes"]["rejected_by_reason"] == {"unregistered": 1}
    assert tally["categories"][0]["standings"] == [
        {"rank": 1, "submission_id": named, "votes": 2},
        {"rank": 2, "submission_id": "p", "votes": 0},
    ]


TIMES = (
    "0000-00-00T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9999-12-31",
    "2021-03-28T02:30:00", "2020-10-25T02:30:00", "24:00", "2021-01-20T24:00:00Z", "2021-01-20T23:59:60Z",
    "2021-01-20T10:00:00+99:99", "２０２１-01-20T10:00:00Z", "now", "1" * 5000, "2021-W03-3T10:00:00Z",
    "2021-01-20T10:00:00." + "9" * 5000 + "Z", "-2021-01-20T10:00:00Z", "+002021-01-20T10:00:00Z",
)  # fmt: skip


def test_no_time_is_too_strange(good: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission(f"s{n}", submitted_at=text) for n, text in enumerate(TIMES)])  # fmt: skip
    result = read(good, "submissions", tmp_path / "s.csv", form="json")
    assert result.status == 1, result.err
    in_time = {f"s{n}" for n, text in enumerate(TIMES) if text.startswith("2021-01-20T10:00:00.")}
    assert set(json.loads(result.out)["eligible"]) == in_time
    write_csv(tmp_path / "v.csv", [vote(f"v{n}", "m1", "a", cast_at=text) for n, text in enumerate(TIMES)])  # fmt: skip
    result = read(good, "votes", tmp_path / "v.csv", form="json")
    assert result.status in (0, 1), result.err
    assert json.loads(result.out)["votes"]["counted"] == 0


# --- Text that would act ------------------------------------------------------------------------

CONTROLS = "".join(map(chr, [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)]))
"""C0, DEL and C1, without the tab and the line feed that a page may hold."""
NO_RETURN = CONTROLS.replace("\r", "")
"""The carriage return has a test of its own below."""
BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What Unicode calls Bidi_Control: they let `1st` look like `ts1`."""
ACTING = f"=1+1 \x1b[31mred\x1b]0;title\x07 {NO_RETURN} {BIDI} [bold red]x[/] [/] :smile: | `c` *b* <i> &amp; \\ #"
FORMS = ("table", "plain", "json", "csv", "markdown")


@pytest.fixture(scope="module")
def acting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs with such text in every place that is shown."""
    folder = tmp_path_factory.mktemp("acting")
    ids = [f"{ACTING}{n}" for n in range(8)]
    submissions = [
        submission(ids[n], title=f"{n}{ACTING}", entity=f"{n}{ACTING}", country=ACTING) for n in (0, 1)
    ]  # fmt: skip
    wrong = dict.fromkeys(("category", "entity_type", "sdgs", "status", "submitted_at"), ACTING)
    submissions += [submission(ids[2], **wrong), submission(ids[3], title=f"0{ACTING}")]
    write_csv(folder / "submissions.csv", submissions)
    sheets = [sheet(ACTING, ids[0], 3), sheet("ana", ids[1], 3, values=ACTING)]
    write_csv(folder / "scores.csv", sheets)
    write_csv(folder / "nominees.csv", [nominee(name, title=ACTING) for name in ids])
    write_csv(folder / "members.csv", [member(ACTING)])
    votes = [vote(ACTING, ACTING, ids[0]), vote(f"{ACTING}2", ACTING, ACTING, category=ACTING)]
    write_csv(folder / "votes.csv", votes)
    write_csv(folder / "selection.csv", [sheet(ACTING, ids[0], 3, SELECTION, scale=ACTING)])
    tally = ("tally", "--votes", "votes.csv", "--members", "members.csv", "--nominees", "nominees.csv")  # fmt: skip
    assert wsisctl(*tally, *CONTEST, "--out", "out", cwd=folder).status == 1
    return folder


ON_ACTING: Mapping[str, tuple[str, ...]] = {
    "validate": ("submissions.csv",),
    "nominate": ("--submissions", "submissions.csv", "--scores", "scores.csv"),
    "tally": ("--votes", "votes.csv", "--members", "members.csv", "--nominees", "nominees.csv"),
    "select-winners": ("--tally", "out/tally.json", "--scores", "selection.csv"),
}


@pytest.mark.parametrize("form", [form for form in FORMS if form != "csv"])
@pytest.mark.parametrize("command", ON_ACTING)
def test_text_is_shown_and_never_obeyed(command: str, form: str, acting: Path) -> None:
    """A CSV is for programs and keeps every character; whatever people look at has none that acts."""
    result = wsisctl(command, *ON_ACTING[command], *CONTEST, "--format", form, cwd=acting)
    assert result.status == 1, result.err
    assert sorted({*CONTROLS, *BIDI} & {*result.out, *result.err}) == []
    assert "\\u001b" in result.out
    assert "\\u202e" in result.out
    shown = {"markdown": r"\[bold red\]x\[/\]"}.get(form, "[bold red]x[/]")
    assert shown in " ".join(result.out.split())
    if form == "json":
        assert ACTING in flattened(json.loads(result.out)), "spelled out is not changed"


def flattened(value: Any) -> str:
    """All text in a document."""
    if isinstance(value, dict):
        return "\n".join(flattened(item) for pair in value.items() for item in pair)
    return "\n".join(map(flattened, value)) if isinstance(value, list) else str(value)


def test_the_arabic_letter_mark_is_a_bidi_control_too(tmp_path: Path, good: Path) -> None:
    """Unicode's Bidi_Control has it beside the marks for left-to-right and right-to-left."""
    path = write_csv(tmp_path / "s.csv", [submission("a", status="12\u061c34")])
    assert "12\\u061c34" in read(good, "submissions", path).out


@pytest.mark.parametrize("command", ON_ACTING)
def test_no_cell_of_a_csv_is_a_formula(command: str, acting: Path, tmp_path: Path) -> None:
    words = (*ON_ACTING[command], *CONTEST, "--format", "csv")
    texts = [wsisctl(command, *words, "--out", tmp_path / "out", cwd=acting).out]
    texts += [path.read_bytes().decode() for path in (tmp_path / "out").glob("*.csv")]
    for text in texts:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("command", ["validate", "nominate", "tally", "select-winners"])
def test_a_table_in_markdown_keeps_its_columns(command: str, acting: Path) -> None:
    result = wsisctl(command, *ON_ACTING[command], *CONTEST, "--format", "markdown", cwd=acting)
    for line in result.out.splitlines():
        if line.startswith("|"):
            assert line.endswith("|")
            bare = line.replace("\\\\", "").replace("\\|", "")
            assert bare.count("|") in (4, 5, 6), line


BREAKING = ("\n", "\r\n", ",", '"', '",x,"', "'", "\x00", "\np9,C1,Injected,x,,KEN,1,5.000")
BREAKING_AS_ON_OLD_MACS = ("\r", "\n\r", "\rp9,C1,Injected,x,,KEN,1,5.000")


@pytest.mark.parametrize("breaking", [BREAKING, BREAKING_AS_ON_OLD_MACS], ids=["usual", "CR"])
def test_nominees_csv_holds_any_text(breaking: Sequence[str], tmp_path: Path, good: Path) -> None:
    """A line end or a quote in a title must not become a row or a column of its own."""
    texts = [f"{n} title{text}end" for n, text in enumerate(breaking)]
    entered = [
        submission(f"s{n}", title=text, entity=f"Entity {text}") for n, text in enumerate(texts)
    ]
    (tmp_path / "submissions.csv").write_bytes(text_of(entered, quoting=csv.QUOTE_ALL).encode())
    scores = write_csv(tmp_path / "scores.csv", [sheet("ana", row["submission_id"], 3) for row in entered])  # fmt: skip
    result = wsisctl(
        *("nominate", *CONTEST, "--submissions", tmp_path / "submissions.csv"),
        *("--scores", scores, "--out", tmp_path / "out"),
    )
    assert result.status == 0, result.err
    shortlist = tmp_path / "out" / "nominees.csv"
    with shortlist.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [(row["submission_id"], row["title"], row["entity"]) for row in rows] == [
        (row["submission_id"], row["title"], row["entity"]) for row in entered
    ]
    fed = read(good, "nominees", shortlist, form="json")
    assert fed.status in (0, 1), fed.err
    standings = json.loads(fed.out)["categories"][0]["standings"]
    assert sorted(item["submission_id"] for item in standings) == sorted(row["submission_id"] for row in entered)  # fmt: skip


ANY_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6).filter(
    lambda text: bool(text.strip()) and "E+" not in text
)


@settings(derandomize=True, deadline=None, max_examples=300 if ALL_EXAMPLES else 12)
@given(names=st.lists(ANY_TEXT, min_size=1, max_size=12, unique=True))
def test_every_rejected_vote_is_listed_as_it_was_cast(
    names: list[str], good: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("votes")
    rows = [vote(name, "stranger", "a") for name in names]
    (folder / "v.csv").write_bytes(text_of(rows, quoting=csv.QUOTE_ALL).encode())
    assert read(good, "votes", folder / "v.csv", out=folder / "out").status in (0, 1)
    with (folder / "out" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        listed = [
            (row["vote_id"], row["reason"], row["row"]) for row in csv.DictReader(file, strict=True)
        ]
    assert [(reason, row) for _, reason, row in listed] == [
        ("unregistered", str(n)) for n in range(2, len(names) + 2)
    ]
    # An apostrophe may stand before what a spreadsheet would run, and before nothing else.
    for (told, _, _), name in zip(listed, names, strict=True):
        assert told == name or (told == f"'{name}" and not name[0].isalnum())


# --- Anything at all ----------------------------------------------------------------------------

PIECES: Sequence[bytes] = (
    b'"', b'""', b",", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"1.77345E+16", b"=1+1", b"\x1b[31m", b"9" * 400, b"-1", b"2021-03-28T02:30:00", b"9999-12-31T23:59:59-23:00",
    b"C7", b"C1;C2", "\u202e".encode(), "①".encode(), b"- ", b"[", b"{", b": ", b"&a *a", b"!!python/name:os.system ",
    b"null", b"yes", b"'", b"\t", b"|", b"%", b"\x85", b"submission_id", b"kind",
)  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with a few pieces cut out, put in or put in place of others; or any bytes."""
    if draw(st.integers(0, 7)) == 0:
        return draw(st.binary(max_size=300))
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(changed)))
        length = draw(st.sampled_from([0, 0, 1, 2, 10, 200]))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4)))
        changed[start : start + length] = piece
    return bytes(changed)


def survives(good: Path, role: str, folder: Path, content: bytes) -> None:
    """A result or a refusal, and never an accident."""
    file = folder / ("input.yaml" if role == "decisions" else "input.csv")
    file.write_bytes(content)
    result = read(good, role, file, form="json", out=folder / "out")
    assert result.status in (0, 1, 3), result.err
    assert "Traceback" not in result.out + result.err
    if result.status == 3:
        refused(result, "input")
        assert not (folder / "out").exists()
    else:
        assert json.loads(result.out)["contest"] == "2021"
        assert sorted({*CONTROLS} & {*result.out, *result.err}) == []


@pytest.mark.parametrize("role", ROLES)
@settings(derandomize=True, deadline=None, max_examples=400 if ALL_EXAMPLES else FEW)
@given(data=st.data())
def test_no_bytes_end_in_an_accident(
    role: str, data: st.DataObject, good: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    suffix = {"decisions": "yaml", "tally": "json"}.get(role, "csv")
    content = data.draw(mutations((good / f"{role}.{suffix}").read_bytes()))
    survives(good, role, tmp_path_factory.mktemp("any"), content)


JSON_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-2, 10**20),
        st.floats(),
        st.sampled_from(["", "a", "b", "C1", "honoured", "pool", "decision", "2021", "\ud800", "\x00"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["cut", "place", "votes", "submission_ids", "rank", "x"]), inner, max_size=3),
    ),
    max_leaves=4,
)  # fmt: skip


def places_in(document: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a document and a key of it."""
    keys = document if isinstance(document, dict) else range(len(document) if isinstance(document, list) else 0)  # fmt: skip
    for key in list(keys):
        yield document, key
        yield from places_in(document[key])


@settings(derandomize=True, deadline=None, max_examples=600 if ALL_EXAMPLES else 3 * FEW)
@given(data=st.data())
def test_no_tally_ends_in_an_accident(
    data: st.DataObject, good: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Well-formed JSON with a value replaced or taken out, mostly where something stands."""
    document = json.loads((good / "tally.json").read_bytes())
    document["categories"], rest = document["categories"][:2], document["categories"][2:]
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(list(places_in(document))))
        if data.draw(st.booleans()):
            container[key] = data.draw(JSON_VALUES)
        else:
            del container[key]
    if isinstance(document.get("categories"), list):
        document["categories"] += rest
    survives(good, "tally", tmp_path_factory.mktemp("any"), json.dumps(document).encode())
