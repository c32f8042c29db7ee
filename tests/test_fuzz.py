"""Whatever bytes are in a file, a command ends as the contract says, and a refusal changes nothing.

The bytes are any, or those of right files of every kind and format, damaged: within archives too,
since the sums of an archive would catch most damage before anybody reads what is in it.
"""

import gzip
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import workbooks
from tests.support import (
    ALL_EXAMPLES,
    REPOSITORY,
    Result,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)

Rows = Sequence[Mapping[str, str]]
Bytes = Callable[[Rows], bytes]

_SHORT = 24
"""Characters of a cell: damage shall hit what is around the cells as often as what is in them."""


def _short(row: Mapping[str, str]) -> dict[str, str]:
    return {name: text[:_SHORT] if "_at" not in name else text for name, text in row.items()}


SEEDS: Mapping[str, Rows] = {
    "submissions": [
        _short(submission("017734472422205614", title='"Zürich", so\nto say')),
        _short(submission("a2", category="AL C1. x", entity="Société Générale")),
        _short(submission("a3", submitted_at="20.01.2021 10:00", sdgs="")),
    ],
    "members": [member("m1"), member("m2", organization="Zürich"), member("m1")],
    "votes": [vote("v1", "m1", "a1"), vote("v2", "m2", "a1"), vote("v2", "m2", "a1")],
    "scores": [sheet("p1", "a1", 4), sheet("p2", "a1", 5, comment="Très bien; à voir")],
    "past-winners": [
        {"year": "2016", "category": "C1", "title": "Élan", "entity": "E", "country": "CHE"},
        {"year": "2017", "category": "C2", "title": "Two", "entity": "F", "country": "KEN"},
    ],
}
"""Right records of each kind, by the ending of the command that imports them."""


def _delimited(delimiter: str, encoding: str, end: str = "\r\n") -> Bytes:
    def written(rows: Rows) -> bytes:
        lines = [list(rows[0]), *(list(row.values()) for row in rows)]
        quoted = (['"{}"'.format(cell.replace('"', '""')) for cell in line] for line in lines)
        return "".join(f"{delimiter.join(line)}{end}" for line in quoted).encode(encoding)

    return written


def _plain_lines(rows: Rows) -> bytes:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    simple = (
        ",".join(cell.translate({34: None, 44: None, 10: 32}) for cell in line) for line in lines
    )
    return ("\n".join(simple) + "\n").encode()


def _json_lines(rows: Rows) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def _parts(rows: Rows) -> dict[str, bytes]:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    made = [
        workbooks.row(
            number,
            *(
                workbooks.text(f"{workbooks_column(place)}{number}", cell)
                for place, cell in enumerate(line)
            ),
        )
        for number, line in enumerate(lines, 1)
    ]
    return {
        name: part.encode()
        for name, part in workbooks.parts({"One": workbooks.sheet_xml(*made)}).items()
    }


def workbooks_column(place: int) -> str:
    return chr(ord("A") + place)


def _archive(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _parquet(rows: Rows) -> bytes:
    import duckdb

    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place, "rows.json"), Path(place, "rows.parquet")
        source.write_text(json.dumps(list(rows)))
        database = duckdb.connect()
        database.execute(f"copy (from read_json('{source}')) to '{target}' (format parquet)")
        database.close()
        return target.read_bytes()


WRITERS: Mapping[str, Bytes] = {
    "plain.csv": _plain_lines,
    "utf8.csv": _delimited(",", "utf-8"),
    "bom.csv": _delimited(";", "utf-8-sig"),
    "western.csv": _delimited(";", "cp1252", "\r"),
    "wide.csv": _delimited(",", "utf-16"),
    "tabs.tsv": _delimited("\t", "utf-8", "\n"),
    "array.json": lambda rows: json.dumps(list(rows)).encode(),
    "within.json": lambda rows: json.dumps({"total": 9, "data": list(rows)}).encode(),
    "lines.jsonl": _json_lines,
    "sheet.xlsx": lambda rows: _archive(_parts(rows)),
    "packed.csv.gz": lambda rows: gzip.compress(_plain_lines(rows), mtime=0),
    "packed.zip": lambda rows: _archive({"in/rows.csv": _delimited(",", "utf-8")(rows)}),
    "votes.parquet": _parquet,
}
"""A file's name, and what makes its bytes of rows."""


@cache
def right_file(kind: str, name: str) -> bytes:
    return WRITERS[name](SEEDS[kind])


CASES = [
    (kind, name)
    for kind in SEEDS
    for name in WRITERS
    if kind == "votes" or not name.endswith("parquet")
]

_PIECES = (
    b"\0", b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b[31m",
    b"\xed\xa0\x80", b"\\ud800", b"[", b"{", b"}", b"]", b"1e999", b"9" * 5000, b"null", b"<", b"&#0;", b"=1+1",
    b"\xe2\x80\xae", b"\n\n\n", b"sep=;\n", b"1.77345E+16", b"\x1f\x8b", b"PK\x03\x04", b" " * 300, b"\xc2\x85",
    b"\xe2\x80\xa8", b"\x1a", b"source_row", b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-14:00",
)  # fmt: skip
"""What has a meaning to some reader."""


@st.composite
def damaged(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    """The content with up to a few places flipped, cut out, doubled, overwritten, or of another file."""
    data = bytearray(content)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        size = draw(st.sampled_from((1, 2, 7, 64, 1000)))
        kind = draw(st.sampled_from(("flip", "cut", "double", "splice", "put", "end")))
        if kind == "flip" and start < len(data):
            data[start] ^= draw(st.integers(1, 255))
        elif kind == "cut":
            del data[start : start + size]
        elif kind == "double":
            data[start:start] = data[start : start + size]
        elif kind == "splice":
            place = draw(st.integers(0, len(other)))
            data[start:start] = other[place : place + size]
        elif kind == "put":
            piece = draw(st.sampled_from(_PIECES))
            data[start : start + draw(st.sampled_from((0, len(piece))))] = piece
        elif kind == "end":
            del data[start:]
    return bytes(data)


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@st.composite
def damaged_within(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    """An archive that is whole, with damage to what is in it."""
    if content.startswith(b"\x1f\x8b"):
        return gzip.compress(draw(damaged(gzip.decompress(content), other)), mtime=0)
    if not content.startswith(b"PK"):
        return draw(damaged(content, other))
    members = _members(content)
    name = draw(st.sampled_from(sorted(members)))
    return _archive({**members, name: draw(damaged(members[name], other))})


@st.composite
def hostile_files(draw: st.DrawFn) -> tuple[str, str, bytes]:
    """A kind of record, a file's name and its bytes."""
    kind, name = draw(st.sampled_from(CASES))
    content = right_file(kind, name)
    other = right_file(*draw(st.sampled_from(CASES)))
    how = damaged_within if draw(st.booleans()) else damaged
    called = name if draw(st.integers(0, 9)) else draw(st.sampled_from(sorted(WRITERS)))
    return kind, called, draw(how(content, other))


_CELLS = (
    "", " ", "\0", "\ud7ff", "\ufeff", "\ufdd0", "\u2028", "\r", '"', "'=1", "=1", "1e999", "-0", "9" * 5000, "1.77E+16",
    "C1", "С1", "&#0;", "&#xd800;", "&#x110000;", "<b", "<!--", "&amp;" * 50, "\u202e", "e\u0301" * 40, "\U0010ffff",
    "0000-00-00", "2021-02-30", "9999-12-31T23:59:59.999999999-14:00", "0001-01-01T00:00:00+14:00", "44216.5",
    "2021-03-28T02:30:00", "31/12/2020", "12/11/2020", "1-2", "24:00", "Total", "2958466", "-1", "1e5", "true",
    "20:00 CEST", "2021-01-20T10:00:00 CEST", "1;2;;99;x", "٣", "Ⅳ", "½", "ﬀ", "İ", "ß", "a" * 9000,
)  # fmt: skip
"""What has a meaning to whoever reads a cell."""


@st.composite
def odd_rows(draw: st.DrawFn) -> tuple[str, str, bytes]:
    """A file that is written well, with odd text in some cells, or in the header."""
    kind, name = draw(st.sampled_from(CASES))
    rows = [dict(row) for row in SEEDS[kind]]
    text = st.sampled_from(_CELLS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.sampled_from(rows))
        row[draw(st.sampled_from(sorted(row)))] = draw(text)
    if draw(st.integers(0, 4)) == 0:
        old, new = draw(st.sampled_from(sorted(rows[0]))), draw(text)
        rows = [{new if key == old else key: value for key, value in row.items()} for row in rows]
    try:
        return kind, name, WRITERS[name](rows)
    except UnicodeEncodeError:  # not in cp1252
        return kind, "utf8.csv", WRITERS["utf8.csv"](rows)


any_bytes = st.tuples(
    st.sampled_from(sorted(SEEDS)), st.sampled_from(sorted(WRITERS)), st.binary(max_size=400)
)
_names = st.sampled_from(sorted({name for rows in SEEDS.values() for name in rows[0]}))
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=4),
    max_leaves=8,
)
any_json = st.tuples(
    st.sampled_from(sorted(SEEDS)),
    st.sampled_from(["array.json", "lines.jsonl"]),
    _values.map(lambda value: json.dumps(value).encode()),
)

YAML: Mapping[str, bytes] = {
    "--decisions": b"""\
- {kind: review, submission_id: a1, rule: past-winner, verdict: dismiss, by: A, on: 2021-02-03, reason: r}
- {kind: withdraw, submission_id: "017734472422205614", by: A, on: 2021-02-03, reason: "r: s"}
- kind: nominate
  category: C1
  submission_ids: [a1, a2]
  by: &b A
  on: 2021-02-03
  reason: |
    because
- {kind: winner, category: C1, submission_ids: [], by: *b, on: 2021-02-03, reason: r}
""",
    "--corrections": b"""\
# by the coordinator's e-mail
- {record: a1, field: country, from: KEN, to: CHE, by: A, on: 2021-02-02, reason: r}
- {record: a1, field: title, from: Project a1, to: "=1", by: A, on: 2021-02-02, reason: r}
""",
    "--contest": (REPOSITORY / "contests" / "2021.yaml").read_bytes(),
}


@st.composite
def damaged_yaml(draw: st.DrawFn) -> tuple[str, bytes]:
    """An option, and the damaged bytes of the file that it names."""
    option = draw(st.sampled_from(sorted(YAML)))
    return option, draw(damaged(YAML[option], YAML["--contest"]))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contest folder in which something of every kind is already."""
    place = tmp_path_factory.mktemp("template")
    folder = place / "contest"
    assert wsisctl("init", folder, "--contest", "2021").status == 0
    rows: Mapping[str, Rows] = {
        "submissions": [submission("a1")],
        "members": [member("m9")],
        "votes": [vote("v9", "m9", "a1")],
        "scores": [sheet("p9", "a1", 3)],
        "past-winners": [
            {"year": "2015", "category": "C1", "title": "T", "entity": "E", "country": "FRA"}
        ],
    }
    for kind, records in rows.items():
        file = write_csv(place / f"{kind}.csv", records)
        assert wsisctl(f"import-{kind}", file, "--folder", folder, *stage(kind)).status == 0
    write_csv(place / "nominees.csv", [nominee("a1")])
    return place


def stage(kind: str) -> list[str]:
    """An empty array could be sheets of either stage."""
    return ["--stage", "nomination"] if kind == "scores" else []


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextmanager
def place_of(template: Path, name: str, content: bytes) -> Iterator[tuple[Path, Path]]:
    """A copy of the folder, and the hostile file beside it."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(template / "contest", Path(place, "contest"))
        file = Path(place, name)
        file.write_bytes(content)
        yield Path(place, "contest"), file


def assert_ended_well(result: Result) -> None:
    assert result.status in {0, 1, 3}, result.err
    assert "Traceback" not in result.err
    assert not set("\x1b\x9b\x00\u202e") & set(result.out + result.err)
    if result.status == 3:
        assert result.err.splitlines()[-1].startswith(("error: ", "help: "))
        assert not result.out


def import_it(template: Path, kind: str, name: str, content: bytes) -> None:
    with place_of(template, name, content) as (folder, file):
        before = contents(folder)
        result = wsisctl(f"import-{kind}", file, "--folder", folder, *stage(kind))
        assert_ended_well(result)
        if result.status == 3:
            assert contents(folder) == before
            return
        assert wsisctl("status", "--folder", folder).status in {0, 1}
        again = wsisctl(f"import-{kind}", file, "--folder", folder, *stage(kind))
        assert again.status == 0, again.err


def read_bare(template: Path, kind: str, name: str, content: bytes) -> None:
    with place_of(template, name, content) as (_, file):
        people: list[str | Path] = [
            "--members",
            template / "members.csv",
            "--nominees",
            template / "nominees.csv",
        ]
        commands: Mapping[str, Sequence[Sequence[str | Path]]] = {
            "submissions": [["validate", file]],
            "past-winners": [["validate", template / "submissions.csv", "--past-winners", file]],
            "votes": [["tally", "--votes", file, *people]],
            "members": [
                ["tally", "--votes", template / "votes.csv", "--members", file, *people[2:]]
            ],
            "scores": [
                ["nominate", "--submissions", template / "submissions.csv", "--scores", file]
            ],
        }
        for command in commands[kind]:
            assert_ended_well(wsisctl(*command, "--contest", "2021", "--format", "json"))


def read_yaml_file(template: Path, option: str, content: bytes) -> None:
    with place_of(template, "damaged.yaml", content) as (_, file):
        others = [] if option == "--contest" else ["--contest", "2021"]
        submissions = template / "submissions.csv"
        assert_ended_well(wsisctl("validate", submissions, option, file, *others))


def examples(in_ci: int) -> settings:
    return settings(
        derandomize=True,
        deadline=None,
        max_examples=20 * in_ci if ALL_EXAMPLES else in_ci,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(autouse=True)
def _defects_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a failure shows where it comes from."""
    monkeypatch.setenv("WSISCTL_TRACEBACK", "1")


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_the_seeds_are_right(kind: str, name: str, template: Path) -> None:
    """Damage to what nobody can read anyway would show nothing."""
    with place_of(template, name, right_file(kind, name)) as (folder, file):
        result = wsisctl(f"import-{kind}", file, "--folder", folder, *stage(kind), "--dry-run")
        assert result.status == 0, result.err


@examples(40)
@given(hostile=hostile_files())
def test_a_damaged_file_is_imported_or_refused(
    template: Path, hostile: tuple[str, str, bytes]
) -> None:
    import_it(template, *hostile)


@examples(40)
@given(hostile=hostile_files())
def test_a_damaged_bare_file_is_read_or_refused(
    template: Path, hostile: tuple[str, str, bytes]
) -> None:
    read_bare(template, *hostile)


@examples(20)
@given(hostile=odd_rows())
def test_odd_cells_are_read_or_refused(template: Path, hostile: tuple[str, str, bytes]) -> None:
    import_it(template, *hostile)
    read_bare(template, *hostile)


@examples(20)
@given(hostile=any_bytes | any_json)
def test_any_bytes_are_read_or_refused(template: Path, hostile: tuple[str, str, bytes]) -> None:
    import_it(template, *hostile)
    read_bare(template, *hostile)


@examples(20)
@given(hostile=damaged_yaml())
def test_a_damaged_yaml_file_is_read_or_refused(template: Path, hostile: tuple[str, bytes]) -> None:
    read_yaml_file(template, *hostile)
