"""JSON and JSON Lines through the room of readers: the same records as CSV, or a refusal with its place."""

import json
from pathlib import Path

import pytest

from tests.support import submission, write_csv, wsisctl
from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile
from wsisctl.readers.json_table import JsonTable
from wsisctl.readers.required import require_columns
from wsisctl.readers.table import open_table


def table(path: Path) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    with open_table(InputFile(path, path.name)) as opened:
        return opened.columns, list(opened.rows())


def read(content: str | bytes, name: str, folder: Path) -> list[tuple[int, dict[str, str]]]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    columns, rows = table(path)
    return [(row, dict(zip(columns, cells, strict=True))) for row, cells in rows]


def remarks(content: str, folder: Path) -> tuple[str, ...]:
    path = folder / "remarks.json"
    path.write_text(content, "utf-8")
    with JsonTable(InputFile(path, path.name)) as opened:
        return opened.remarks


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('"text"', "text"),
        ('" 0012 "', " 0012 "),
        ("17734472422205614", "17734472422205614"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1.50", "1.50"),
        ("1.77E+16", "1.77E+16"),
        ("null", ""),
        ("true", "true"),
        ("[1, 9, 16]", "1;9;16"),
        ('["C1", "C3"]', "C1;C3"),
        ("[]", ""),
        (r'"a\nb\u0000\u00e9\ud83d\ude00"', "a\nb\0é😀"),
    ],
)
def test_a_value_is_the_text_that_stands_in_the_file(value: str, cell: str, tmp_path: Path) -> None:
    """No number is rounded on its way in: ids of 17 digits must survive."""
    assert read(f'[{{"a": {value}}}]', "t.json", tmp_path) == [(1, {"a": cell})]
    assert read(f'{{"a": {value}}}\n', "t.jsonl", tmp_path) == [(1, {"a": cell})]


def test_keys_that_some_records_lack_are_empty_cells(tmp_path: Path) -> None:
    records = '[{"b": "1"}, {"a": "2", "c": "3"}, {}]'
    assert read(records, "t.json", tmp_path) == [
        (1, {"b": "1", "a": "", "c": ""}),
        (2, {"b": "", "a": "2", "c": "3"}),
        (3, {"b": "", "a": "", "c": ""}),
    ]


def test_json_lines_count_by_lines_and_skip_blank_ones(tmp_path: Path) -> None:
    lines = '\ufeff{"a": "1"}\r\n\r\n  \n{"a": "4"}'
    assert read(lines, "t.ndjson", tmp_path) == [(1, {"a": "1"}), (4, {"a": "4"})]


def test_an_empty_array_is_an_export_without_records(tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]")
    with open_table(InputFile(tmp_path / "none.json", "none.json")) as opened:
        require_columns(opened, ("submission_id",))
        assert list(opened.rows()) == []
    wsisctl("init", tmp_path / "prizes", "--contest", "2021")
    for command in ("import-submissions", "import-votes"):
        result = wsisctl(command, tmp_path / "none.json", "--folder", tmp_path / "prizes")
        assert result.status == 0, result.err
    result = wsisctl("validate", "--folder", tmp_path / "prizes", "--format", "json")
    assert json.loads(result.out)["read"] == 0


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.json", "", "the file is empty"),
        ("t.jsonl", " \n\n", "the file is empty"),
        (
            "t.json",
            '{"a": "1"}',
            "t.json: an object stands here, with no array of objects in it; its keys are 'a'",
        ),
        ("t.json", '["a"]', "t.json:1: text stands here; expected an object"),
        ("t.json", '[{"a": "1"}, 7]', "t.json:2: a number stands here"),
        ("t.json", "[{}, null]", "t.json:2: null stands here"),
        ("t.json", '[{"a": {"b": 1}}]', "t.json:1: a: an object stands here; expected text"),
        ("t.json", '[{"a": [[1]]}]', "t.json:1: a: a list stands here; expected text"),
        ("t.json", '[{"a": "1", "a": "2"}]', "line 1, column 13: an object has the key 'a' twice"),
        (
            "t.json",
            '[{"b": "\\"a\\": {", "a": {"a": 1}},\n {"a": "a",\n"\\u0061" : "2"}]',
            "line 3, column 1: an object has the key 'a' twice",
        ),
        ("t.json", '[{"a": NaN}]', "line 1, column 8: NaN is no JSON"),
        ("t.json", '[{"a": "NaN",\n"b": -Infinity}]', "line 2, column 6: -Infinity is no JSON"),
        (
            "t.json",
            '[{"a": "1"}',
            "line 1, column 12: the file ends here, and a comma or the closing bracket is expected",
        ),
        (
            "t.json",
            '[{"a": "1"},\n',
            "line 2, column 1: the file ends here, and a value is expected",
        ),
        ("t.json", '[{"a": "1', "line 1, column 8: the text that begins here is never closed"),
        (
            "t.json",
            '[{"a": 1}\n {"a": 2}]',
            "line 2, column 2: a comma or the closing bracket is expected",
        ),
        ("t.json", '[{"a" 1}]', "line 1, column 7: a colon is expected"),
        ("t.json", "[{a: 1}]", "line 1, column 3: a key in double quotes is expected"),
        (
            "t.json",
            '[{"a": "\n"}]',
            "column 9: a line break or another control character stands in a text",
        ),
        (
            "t.json",
            r'[{"a": "C:\Users"}]',
            "column 11: a backslash stands before a character that needs none",
        ),
        ("t.json", r'[{"a": "\u12"}]', "column 10: four hexadecimal digits are expected after \\u"),
        ("t.json", "[]\n[]", "line 2, column 1: more stands here, after the end of what was read"),
        (
            "t.jsonl",
            '{"a": "1"}\n{"a": \n',
            "t.jsonl:2: no readable JSON at column 7: the file ends here, and a value is expected",
        ),
        (
            "t.jsonl",
            '{"a": "1"} {"a": "2"}\n',
            "t.jsonl:1: no readable JSON at column 12: more stands here, after the end of what was read",
        ),
        ("t.json", r'[{"a": "\ud800"}]', r"\ud800 is half of a character"),
        ("t.json", r'[{"\ud800": "a"}]', r"\ud800 is half of a character"),
        ("t.json", f'[{{"a": "{"x" * 131_073}"}}]', "more than 131072 characters"),
        (
            "t.json",
            "[" * 100_000,
            "line 1, column 101: more than 100 objects and arrays stand in one another",
        ),
        ("t.json", '[{"a":\n' * 100_000, "line 51, column 1: more than 100 objects"),
        (
            "t.jsonl",
            '{"[[[":' * 100_000,
            "t.jsonl:1: no readable JSON at column 701: more than 100",
        ),
    ],
)
def test_what_is_no_table_is_refused_at_its_place(
    name: str, content: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(UnusableInput) as refusal:
        read(content, name, tmp_path)
    assert says in refusal.value.message


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        ('{"data": [{"a": "1"}, {"a": "2"}], "count": 2, "next": null}', "read the array 'data'"),
        (
            '{"result": {"items": [{"a": 1}, {"a": 2}], "ids": [1, 2]}}',
            "read the array 'result.items'",
        ),
        ('{"errors": [], "data": [{"a": "1"}, {"a": "2"}]}', "read the array 'data'"),
    ],
)
def test_the_one_array_in_an_object_is_read(content: str, remark: str, tmp_path: Path) -> None:
    assert read(content, "t.json", tmp_path) == [(1, {"a": "1"}), (2, {"a": "2"})]
    assert remarks(content, tmp_path) == (remark,)


def test_nothing_is_said_of_an_array_alone(tmp_path: Path) -> None:
    assert remarks('[{"a": "1"}]', tmp_path) == ()


def test_half_of_a_character_in_a_key_can_be_told(tmp_path: Path) -> None:
    assert remarks(r'{"\ud800": [{"a": "1"}]}', tmp_path) == (r"read the array '\ud800'",)


def test_one_page_of_several_is_told(tmp_path: Path) -> None:
    """An interface that gives 100 at a time says so only beside them."""
    told = remarks('{"data": [{"a": "1"}], "meta": {"total_count": 300}}', tmp_path)
    assert told[1:] == ("'meta.total_count' says 300, but the array holds 1 object",)


def test_an_object_with_an_empty_array_is_an_export_without_records(tmp_path: Path) -> None:
    assert read('{"data": [], "count": 0}', "t.json", tmp_path) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"a": [{"x": 1}], "b": {"c": [{"x": 1}]}}', "2 arrays stand in this object: 'a', 'b.c'"),
        ('{"a.b": [{"x": 1}], "a": {"b": [{"x": 1}]}}', "2 arrays stand in this object"),
        (r'{"\ud800": 1}', r"its keys are '\ud800'"),
        ('{"a": [], "b": []}', "2 arrays stand in this object: 'a', 'b'"),
        ('{"r": {"q": {"items": [{"x": 1}]}}}', "no array of objects in it; its keys are 'r'"),
        ('{"ids": [1, 2]}', "no array of objects in it; its keys are 'ids'"),
        ("{}", "its keys are none"),
        ('{"data": [{"x": 1}, null]}', "t.json:2: null stands here"),
        (
            '{"data": [{"x": ' + "[" * 500 + "]" * 500 + "}]}",
            "t.json:1: x: a list stands here; expected text",
        ),
        ('{"data": ' * 100_000 + "1" + "}" * 100_000, "no readable JSON"),
    ],
)
def test_an_object_without_one_such_array_is_refused(
    content: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(UnusableInput) as refusal:
        read(content, "t.json", tmp_path)
    assert says in refusal.value.message


def test_an_undecodable_byte_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=r"0xff at offset 8"):
        read(b'[{"a": "\xff"}]', "t.json", tmp_path)


@pytest.mark.parametrize(
    ("name", "mark", "says"),
    [
        ("t.csv", b"PK\x03\x04", "the ZIP archive is broken"),
        ("t.json", b"\x1f\x8b", "the gzip file is broken"),
        ("t.csv", b"PAR1", "this is a Parquet file"),
    ],
)
def test_another_format_is_recognized(name: str, mark: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=says):
        read(mark + b"rest", name, tmp_path)


def test_bare_files_may_be_json_too(tmp_path: Path) -> None:
    """The same findings; only the file and its rows are named otherwise."""
    rows = [submission("s1", impact=""), submission("s2"), submission("s3", sdgs="4;18")]
    write_csv(tmp_path / "dump.csv", rows)
    for row in rows:
        row["sdgs"] = [int(goal) for goal in row["sdgs"].split(";")]  # type: ignore[assignment]
    (tmp_path / "dump.json").write_text(json.dumps(rows), "utf-8")
    told = []
    for name in ("dump.csv", "dump.json"):
        result = wsisctl("validate", name, "--contest", "2021", "--format", "json", cwd=tmp_path)
        told.append(json.loads(result.out))
    for by_csv, by_json in zip(*(document["findings"] for document in told), strict=True):
        assert by_csv.pop("source")["row"] == by_json.pop("source")["row"] + 1
    assert told[0] == told[1]
