"""In which encoding a text file is written. Nothing is ever replaced: what cannot be decoded is refused."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from wsisctl.errors import UnusableInput, UsageError
from wsisctl.readers.files import InputFile, open_input

UTF_8, CP1252 = "utf-8", "cp1252"
ENCODINGS = (
    UTF_8, "utf-16", "utf-16-le", "utf-16-be", "utf-32", CP1252, "cp1250", "cp1251", "cp1253", "cp1254",
    "cp1255", "cp1256", "cp1257", "cp1258", "cp437", "cp850", "iso-8859-1", "iso-8859-2", "iso-8859-5",
    "iso-8859-6", "iso-8859-7", "iso-8859-9", "iso-8859-15", "koi8-r", "koi8-u", "mac-roman", "gb18030", "big5",
    "shift_jis", "euc-jp", "euc-kr", "tis-620",
)  # fmt: skip
"""What a person may ask for."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF8, UTF_8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
"""Byte order marks, what they begin, and in what the bytes behind them are."""
_BLOCK = 1 << 20
_BEGINNING = 4096
_NEVER_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d\xff")
"""Five mean nothing, and the last is hardly ever written: where they stand, it is no such text."""


def asked_encoding(name: str) -> str:
    """Python's name of an encoding that a person named; raises UsageError for an unknown one."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        found = ""
    known = {codecs.lookup(one).name: one for one in ENCODINGS}
    if found not in known:
        raise UsageError(
            f"--encoding '{name}' is not known", hint=f"known are: {', '.join(ENCODINGS)}"
        )
    return known[found]


def find_encoding(file: InputFile) -> str:
    """By the byte order mark, else UTF-8, else cp1252.

    Raises UnusableInput where it is neither: with a byte that is not UTF-8 among others that are, or
    one that stands for nothing in cp1252.
    """
    if encoding := marked_encoding(file):
        return encoding
    utf8 = _Utf8()
    for block in _blocks(file.path):
        utf8.look_at(block)
    utf8.look_at(b"", last=True)
    if not utf8.is_broken:
        return UTF_8
    if utf8.is_elsewhere or not _may_be_cp1252(file.path):
        raise undecodable(file, UTF_8)
    return CP1252


def marked_encoding(file: InputFile) -> str:
    """By the byte order mark, or by the NULs of UTF-16; empty where there are neither."""
    with open_input(file) as stream:
        beginning = stream.read(_BEGINNING)
    marked = (encoding for mark, encoding, _ in _MARKS if beginning.startswith(mark))
    return next(marked, _without_mark(beginning))


def byte_order_mark(file: InputFile) -> str:
    """The encoding of the bytes behind the mark at the beginning of a file; empty where there is none."""
    with open_input(file) as stream:
        beginning = stream.read(4)
    return next((behind for mark, _, behind in _MARKS if beginning.startswith(mark)), "")


def _without_mark(beginning: bytes) -> str:
    """UTF-16 that does not say so: every second byte of Western text is NUL."""
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    half = len(beginning) // 4
    if odd > half and not even:
        return "utf-16-le"
    return "utf-16-be" if even > half and not odd else ""


class _Utf8:
    """What of a file is UTF-8, looked at block by block."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder(UTF_8)("surrogateescape")
        self.is_broken = False
        """Bytes were met that are none."""
        self.is_elsewhere = False
        """Characters of several bytes were met that are."""

    def look_at(self, block: bytes, *, last: bool = False) -> None:
        """The next block of the file."""
        if block.isascii() and not last and not self._decoder.getstate()[0]:
            return
        text = self._decoder.decode(block, last)
        if text.isascii():
            return
        try:
            text.encode()
            self.is_elsewhere = True
        except UnicodeEncodeError:
            self.is_broken = True
            self.is_elsewhere |= not text.encode(errors="ignore").isascii()


def _may_be_cp1252(path: Path) -> bool:
    return not any(_NEVER_IN_CP1252.intersection(block) or 0 in block for block in _blocks(path))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block


def undecodable(file: InputFile, encoding: str) -> UnusableInput:
    """The refusal of a file that is not in an encoding, with its first byte that is not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    what, told = "the file", 0
    try:
        for block in _blocks(file.path):
            pending = len(decoder.getstate()[0])
            decoder.decode(block)
            told += len(block)
        pending = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        offset = told - pending + error.start
        line, byte = _line_at(file.path, offset), error.object[error.start]
        what = f"line {line}: the byte 0x{byte:02x} at offset {offset}"
    except UnicodeError:  # UTF-16 and UTF-32 that do not begin with their mark
        what = "without a byte order mark at its beginning the file"
    return UnusableInput(
        f"{file.name}: {what} is not {encoding.upper()}",
        hint="export the file anew as UTF-8, or name its encoding with --encoding",
    )


def _line_at(path: Path, offset: int) -> int:
    """The line on which a byte stands; lines end with LF, CR or both."""
    line, after_return = 1, False
    for block in _blocks(path):
        before = block[:offset]
        line += before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
        line -= after_return and before.startswith(b"\n")
        after_return = before.endswith(b"\r")
        offset -= len(before)
        if not offset:
            break
    return line
