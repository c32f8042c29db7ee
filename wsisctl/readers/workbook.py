"""An XLSX workbook as its parts: which sheets it has, its texts, and which of its numbers are dates."""

import posixpath
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from wsisctl.errors import UnusableInput
from wsisctl.readers.archive import (
    begins_like_zip,
    blocks_of,
    is_office_document,
    most_unfolded,
    open_archive,
    part_name,
)
from wsisctl.readers.files import Advance, InputFile, open_input
from wsisctl.readers.xlsx_cells import kind_of_format, text_of
from wsisctl.readers.xlsx_xml import Handler, broken, read_xml, refuse_long_text

MOST_UNFOLDED = 2 << 30
"""Bytes of all parts of a workbook together."""
MOST_TEXT = 1 << 30
"""Bytes of memory that the texts of a workbook may take."""
_OLE_MARK = b"\xd0\xcf\x11\xe0"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_BLOCK = 1 << 20
_TRUE = frozenset({"1", "true", "on"})
_SAVE_AS = "save it in Excel as an Excel workbook (.xlsx), or the sheet as UTF-8 CSV"


def is_true(written: str | None) -> bool:
    """Whether an attribute says yes."""
    return written is not None and written.lower() in _TRUE


@dataclass(frozen=True)
class Sheet:
    """A sheet with cells; charts have none."""

    name: str
    part: str
    """Where it lies in the archive."""
    hidden: bool


class Memory:
    """How much of it the texts of a workbook take."""

    def __init__(self, file: InputFile) -> None:
        self._left = MOST_TEXT
        self._name = file.name

    def hold(self, text: str) -> str:
        """The text; raises UnusableInput where it is one too many."""
        self._left -= sys.getsizeof(text)
        if self._left < 0:
            raise UnusableInput(
                f"{self._name}: its texts take more than {MOST_TEXT >> 20} MiB of memory",
                hint="save the sheet as UTF-8 CSV, or its records in several files",
            )
        return text


class Workbook:
    """An open workbook."""

    def __init__(self, file: InputFile, archive: zipfile.ZipFile, advance: Advance) -> None:
        self.file = file
        self.memory = Memory(file)
        self._archive = archive
        self._advance = advance
        self._members = _parts(file, archive)
        main = self._main_part()
        related = self._related(main)
        contents = _Contents()
        self.read(main, contents)
        self.since_1904 = contents.since_1904
        """Whether days count from 1904, as on old Macs."""
        self.sheets = tuple(
            Sheet(name, related[key][1], hidden)
            for name, key, hidden in contents.sheets
            if related.get(key, ("",))[0] == "worksheet"
        )
        self._of_kind = dict(related.values())

    def read(
        self, part: str, handler: Handler, place: str = "", *, tell_progress: bool = False
    ) -> None:
        """Give the elements of a part to a handler; `place` it is called in messages."""
        member = self._members.get(part_name(part))
        if member is None:
            raise broken(self.file.name, f"it has no part '{part}'")
        blocks = blocks_of(self._archive, member, self.file)
        if tell_progress:
            blocks = self._telling_progress(blocks, member)
        read_xml(blocks, handler, place or f"{self.file.name}: {part}")

    def texts(self) -> list[str]:
        """The texts that cells name by number."""
        part = self._of_kind.get("sharedStrings")
        texts = _Texts(self.memory, f"{self.file.name}: {part}")
        if part:
            self.read(part, texts, tell_progress=True)
        return texts.found

    def formats(self) -> tuple[str, ...]:
        """For each style that cells name by number, what `kind_of_format` says of it."""
        styles = _Styles()
        if part := self._of_kind.get("styles"):
            self.read(part, styles)
        return tuple(
            kind_of_format(number, styles.codes.get(number, "")) for number in styles.cells
        )

    def _telling_progress(
        self, blocks: Iterator[bytes], member: zipfile.ZipInfo
    ) -> Iterator[bytes]:
        """The blocks; of the packed file as much has been read as of the part in it."""
        read = told = 0
        for block in blocks:
            yield block
            read += len(block)
            packed = member.compress_size * read // member.file_size
            self._advance(packed - told)
            told = packed

    def _main_part(self) -> str:
        kinds = dict(self._related("").values())
        main = kinds.get("officeDocument", "xl/workbook.xml")
        if part_name(main).endswith(".bin"):
            raise UnusableInput(
                f"{self.file.name}: this is a binary Excel workbook (.xlsb); expected .xlsx",
                hint=_SAVE_AS,
            )
        if not part_name(main).startswith("xl/"):
            raise UnusableInput(
                f"{self.file.name}: this is an office document, but no workbook", hint=_SAVE_AS
            )
        return main

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part, or of the whole, the parts that it names: key → what it is, where it lies."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = _Relations(folder)
        if part_name(relations) in self._members:
            self.read(relations, found)
        return found.parts


@contextmanager
def open_workbook(file: InputFile, advance: Advance) -> Iterator[Workbook]:
    """Open an XLSX workbook; raises UnusableInput for what is none, is broken, protected, or a trap."""
    with open_input(file) as stream:
        beginning = stream.read(4)
    if beginning == _OLE_MARK:
        raise _old_or_protected(file)
    if not begins_like_zip(beginning):
        raise UnusableInput(f"{file.name}: this is no XLSX workbook", hint=_SAVE_AS)
    with open_archive(file, "the workbook") as archive:
        yield Workbook(file, archive, advance)


def _old_or_protected(file: InputFile) -> UnusableInput:
    """Both are OLE files; the second has its workbook in a stream of a name of its own."""
    kept = b""
    with open_input(file) as stream:
        while block := stream.read(_BLOCK):
            if _PROTECTED in kept + block:
                return UnusableInput(
                    f"{file.name}: this workbook is protected by a password",
                    hint="open it in Excel, take the password away, and save it anew",
                )
            kept = block[-len(_PROTECTED) :]
    return UnusableInput(
        f"{file.name}: this is an old Excel workbook (.xls); expected .xlsx", hint=_SAVE_AS
    )


def _parts(file: InputFile, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by the names that the parts name each other by; none may be there twice."""
    if not is_office_document(archive):
        raise UnusableInput(f"{file.name}: this is no XLSX workbook", hint=_SAVE_AS)
    members: dict[str, zipfile.ZipInfo] = {}
    for member in archive.infolist():
        name = part_name(member.filename)
        if name in members:
            raise broken(file.name, f"it has the part '{member.filename}' twice")
        members[name] = member
    packed = file.path.stat().st_size
    most = most_unfolded(packed, MOST_UNFOLDED)
    if sum(member.file_size for member in members.values()) > most:
        raise UnusableInput(
            f"{file.name}: {packed} bytes unfold to more than {most >> 20} MiB; "
            "no workbook does that",
            hint="do not open it; ask who sent it for the sheet as UTF-8 CSV",
        )
    return members


class _Relations:
    def __init__(self, folder: str) -> None:
        self.parts: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "Relationship":
            where = posixpath.join("/", self._folder, attributes.get("Target", ""))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.parts[attributes.get("Id", "")] = (kind, posixpath.normpath(where).lstrip("/"))
        return False

    def end(self, name: str, text: str) -> None:
        """Everything is in the attributes."""


class _Contents:
    """What the workbook says of its sheets."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "sheet":
            keys = (value for key, value in attributes.items() if key.rpartition(":")[2] == "id")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), next(keys, ""), hidden))
        elif name == "workbookPr":
            self.since_1904 = is_true(attributes.get("date1904"))
        return False

    def end(self, name: str, text: str) -> None:
        """Everything is in the attributes."""


class _Texts:
    """The texts; how they are to be pronounced is no part of them."""

    def __init__(self, memory: Memory, place: str) -> None:
        self.found: list[str] = []
        self._memory = memory
        self._place = place
        self._pieces: list[str] = []
        self._length = 0
        self._phonetic = False

    def start(self, name: str, _: Mapping[str, str]) -> bool:
        if name == "rPh":
            self._phonetic = True
        return name == "t" and not self._phonetic

    def end(self, name: str, text: str) -> None:
        if name == "t":
            self._pieces.append(text)
            self._length += len(text)
            refuse_long_text(self._length, self._place)
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            whole = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
            self._pieces.clear()
            self._length = 0
            self.found.append(self._memory.hold(readable(whole, self._place)))


class _Styles:
    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.cells: list[int] = []
        self._in_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "numFmt":
            self.codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.cells.append(_whole(attributes.get("numFmtId")))
        return False

    def end(self, name: str, text: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


def readable(written: str, place: str) -> str:
    """The text of a cell; raises UnusableInput for half of a character."""
    try:
        return text_of(written)
    except ValueError as error:
        raise broken(place, f"half of a character in a text: {error}") from error


def _whole(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() else 0
