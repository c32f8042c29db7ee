"""Packed files: the plain file comes out, or a refusal; nothing of an archive is trusted."""

import gzip
import io
import tarfile
import tempfile
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from wsisctl.errors import UnusableInput
from wsisctl.readers import archive, unpack
from wsisctl.readers.files import InputFile
from wsisctl.readers.unpack import unpacked

TABLE = b"id,title\n1,One\n2,\xe4\xb8\xad\n"


def gzipped(content: bytes) -> bytes:
    """The same bytes at any time: they are part of the names of tests."""
    return gzip.compress(content, mtime=0)


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def given(content: bytes, name: str, folder: Path) -> InputFile:
    path = folder / name
    path.write_bytes(content)
    return InputFile(path, f"exports/{name}")


def unpack_all(content: bytes, name: str, folder: Path) -> tuple[bytes, str, str]:
    """The plain bytes, how they were packed, and the ending of the plain file."""
    with unpacked(given(content, name, folder)) as (plain, how):
        assert plain.name == f"exports/{name}"
        return plain.path.read_bytes(), how, plain.format


def refusal(content: bytes, name: str, folder: Path) -> str:
    with (
        pytest.raises(UnusableInput) as refused,
        unpacked(given(content, name, folder)) as (plain, _),
    ):
        plain.path.read_bytes()
    assert refused.value.message.startswith(f"exports/{name}")
    assert refused.value.hint
    return refused.value.message


@pytest.fixture(autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where unpacked files go: empty before and after each test."""
    folder = tmp_path_factory.mktemp("unpacked")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("name", "content", "how", "ending"),
    [
        ("t.csv", TABLE, "", "csv"),
        ("t.csv.gz", gzipped(TABLE), "gzip", "csv"),
        ("t.CSV.GZ", gzipped(TABLE), "gzip", "csv"),
        ("t.gz", gzipped(TABLE), "gzip", ""),
        ("t.csv", gzipped(TABLE), "gzip", "csv"),
        ("t.csv.zip", gzipped(TABLE), "gzip", "csv"),
        ("t.csv.gz", gzipped(TABLE[:9]) + gzipped(TABLE[9:]), "gzip", "csv"),
        ("t.gz.zip", zipped({"x.csv": TABLE}), "zip", "csv"),
        ("t.zip", zipped({"x": TABLE}), "zip", ""),
        ("t.csv", zipped({"in/it/x.jsonl": TABLE}), "zip", "jsonl"),
        ("t.zip", zipped({"../../x.csv": TABLE}), "zip", "csv"),
        ("t.zip", zipped({"/etc/x.csv": TABLE}), "zip", "csv"),
        ("t.zip", zipped({"C:\\..\\x.csv": TABLE}), "zip", "csv"),
        ("t.zip", zipped({"x.csv/..": TABLE}), "zip", ""),
        ("t.zip", zipped({"x.c\x1b[1mv": TABLE}), "zip", ""),
        ("t.zip", zipped({"x.csv": TABLE}, zipfile.ZIP_STORED), "zip", "csv"),
        (
            "t.zip",
            zipped({
                "in/": b"", "in/x.csv": TABLE, "__MACOSX/in/._x.csv": b"1", "in/.DS_Store": b"1",
                "Thumbs.db": b"1",
            }),
            "zip",
            "csv",
        ),
    ],
)  # fmt: skip
def test_the_plain_file(
    name: str, content: bytes, how: str, ending: str, tmp_path: Path, place: Path
) -> None:
    assert unpack_all(content, name, tmp_path) == (TABLE, how, ending)
    assert list(place.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_nothing_is_copied_of_what_is_not_packed(tmp_path: Path) -> None:
    file = given(TABLE, "t.csv", tmp_path)
    with unpacked(file) as (plain, how):
        assert (plain, how) == (file, "")


def test_a_workbook_is_no_archive_to_unpack(tmp_path: Path) -> None:
    """Neither alone, nor in an archive, nor in a gzip file."""
    workbook = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    assert unpack_all(workbook, "t.xlsx", tmp_path) == (workbook, "", "xlsx")
    assert unpack_all(zipped({"t.xlsx": workbook}), "t.zip", tmp_path) == (workbook, "zip", "xlsx")
    packed = gzipped(workbook)
    assert unpack_all(packed, "t.xlsx.gz", tmp_path) == (workbook, "gzip", "xlsx")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.zip"):
        with pytest.raises(UnusableInput), unpacked(InputFile(path, path.name)):
            """Never reached."""


def _encrypted() -> bytes:
    """The flag of encryption in the member's own header and in the list of members."""
    content = bytearray(zipped({"x.csv": TABLE}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _method(number: int) -> bytes:
    content = bytearray(zipped({"x.csv": TABLE}))
    content[8] = content[content.index(b"PK\x01\x02") + 10] = number
    return bytes(content)


def _spoiled() -> bytes:
    content = bytearray(zipped({"x.csv": TABLE * 9}, zipfile.ZIP_STORED))
    content[content.index(TABLE) + 3] ^= 1
    return bytes(content)


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as file:
        file.addfile(tarfile.TarInfo("x.csv"), io.BytesIO())
    return buffer.getvalue()


LONG = bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.zip", zipped({}), "no file is in this ZIP archive"),
        ("t.zip", zipped({"in/": b""}), "no file is in this ZIP archive"),
        ("t.zip", zipped({"a.csv": b"", "b.csv": b""}), "2 files are in this ZIP archive; expected one: 'a.csv', 'b.csv'"),
        ("t.zip", zipped({f"{n:02}": b"" for n in range(12)}), "'09' and 2 more"),
        ("t.zip", _encrypted(), "'x.csv' in it is protected by a password"),
        ("t.zip", _method(9), "packed in a way that is not known here"),
        ("t.zip", zipped({"x.csv": TABLE}, zipfile.ZIP_BZIP2), "packed in a way that is not known"),
        ("t.zip", zipped({"x.csv": TABLE}, zipfile.ZIP_LZMA), "packed in a way that is not known"),
        ("t.zip", _method(99), "packed in a way that is not known here"),
        ("t.zip", _spoiled(), "is broken or cut off"),
        ("t.zip", zipped({"x.csv": LONG})[:-40], "is broken or cut off"),
        ("t.zip", b"PK\x03\x04", "is broken or cut off"),
        ("t.gz", gzipped(LONG)[:-9], "is broken or cut off"),
        ("t.gz", gzipped(LONG)[:-8] + b"12345678", "is broken or cut off"),
        ("t.gz", gzipped(LONG) + b"and more", "is broken or cut off"),
        ("t.gz", b"\x1f\x8b", "is broken or cut off"),
        ("t.gz", gzipped(gzipped(TABLE)), "a gzip file is in this gzip file"),
        ("t.gz", gzipped(zipped({"x.csv": TABLE})), "a ZIP archive is in this gzip file"),
        ("t.zip", zipped({"y.zip": zipped({"x.csv": TABLE})}), "a ZIP archive is in this zip file"),
        ("t.zip", zipped({"x.csv.gz": gzipped(TABLE)}), "a gzip file is in this zip file"),
        ("t.tar.gz", gzipped(_tar()), "a tar archive is in this gzip file"),
        (
            "t.ods",
            zipped({"mimetype": b"application/vnd.oasis", "content.xml": b"<a/>", "meta.xml": b""}),
            "this is an OpenDocument file",
        ),
    ],
)  # fmt: skip
def test_an_archive_that_gives_no_one_file_is_refused(
    name: str, content: bytes, says: str, tmp_path: Path, place: Path
) -> None:
    assert says in refusal(content, name, tmp_path)
    assert list(place.iterdir()) == []


def test_a_bomb_ends_soon_and_leaves_nothing(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be 64 MiB; a hundredth of that may be written, and memory holds a few blocks."""
    monkeypatch.setattr(archive, "FREE_SIZE", 1 << 19)
    zeros = bytes(1 << 26)
    tracemalloc.start()
    try:
        for name, content in (
            ("t.gz", gzipped(zeros)),
            ("t.zip", zipped({"x": zeros})),
        ):
            file = given(content, name, tmp_path)
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            with (
                pytest.raises(UnusableInput, match="unfold to more than"),
                unpacked(file),
            ):
                """Never reached."""
            _, peak = tracemalloc.get_traced_memory()
            assert peak - before < 16 << 20
            assert list(place.iterdir()) == []
    finally:
        tracemalloc.stop()


def test_the_bound_is_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MOST_UNPACKED", 1000)
    assert unpack_all(gzipped(bytes(1000)), "t.gz", tmp_path)[0] == bytes(1000)
    assert "more than" in refusal(gzipped(bytes(1001)), "t.gz", tmp_path)


def test_a_great_file_may_unfold_to_many_times_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "FREE_SIZE", 10)
    packed = gzipped(TABLE * 100)
    assert unpack_all(packed, "t.gz", tmp_path)[1] == "gzip"
    monkeypatch.setattr(archive, "MOST_TIMES", 1)
    assert "unfold" in refusal(packed, "t.gz", tmp_path)


def test_a_list_of_members_without_end_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_LARGEST_DIRECTORY", 1000)
    content = zipped({f"{number:03}": b"" for number in range(100)})
    assert "its list of members is too long" in refusal(content, "t.zip", tmp_path)


def test_a_member_that_says_that_it_is_smaller_is_refused(tmp_path: Path) -> None:
    """Of a thousand bytes the list says that they are ten."""
    content = bytearray(zipped({"x": bytes(1000)}))
    size_at = content.index(b"PK\x01\x02") + 24
    content[size_at : size_at + 4] = (10).to_bytes(4, "little")
    assert "is broken or cut off" in refusal(bytes(content), "t.zip", tmp_path)


def test_no_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no full device here")

    class Full(tempfile.TemporaryDirectory[str]):
        def __enter__(self) -> str:
            folder = super().__enter__()
            (Path(folder) / "unpacked.csv").symlink_to("/dev/full")
            return folder

    monkeypatch.setattr(tempfile, "TemporaryDirectory", Full)
    assert "cannot be unpacked: No space left" in refusal(gzipped(TABLE), "t.csv.gz", tmp_path)
