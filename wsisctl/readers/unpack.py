"""A file that came packed, as the plain file it was: told by its first bytes, never by its name."""

import gzip
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from wsisctl.errors import UnusableInput
from wsisctl.readers.archive import (
    BLOCK,
    begins_like_zip,
    blocks_of,
    is_office_document,
    is_workbook,
    most_unfolded,
    open_archive,
)
from wsisctl.readers.files import InputFile, open_input
from wsisctl.wording import shortened

GZIP, ZIP = "gzip", "zip"
MOST_UNPACKED = 8 << 30
"""Bytes. Ten million votes are one."""
_GZIP_MARK = b"\x1f\x8b"
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257
_PACKED_ENDINGS = frozenset({".gz", ".gzip", ".zip"})
_PLAIN_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}")
_ADDED_BY_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_FEW = 10
_ONE_ONLY = "unpack it, and give the file that holds the records"


@contextmanager
def unpacked(file: InputFile) -> Iterator[tuple[InputFile, str]]:
    """The plain file, and how it was packed: `gzip`, `zip`, or empty where it was not.

    Messages go on calling it by its own name, but its path is that of a temporary file, which ends as
    the packed file's name did and is gone afterwards. Raises UnusableInput for an archive that is broken,
    protected, holds another number of files than one, or unfolds to more than it may.
    """
    with open_input(file) as stream:
        beginning = stream.read(4)
    if beginning.startswith(_GZIP_MARK):
        with _temporary(file, _ending_within(file.path)) as plain:
            _write(plain, _gunzipped(file), file)
            _refuse_packed_again(plain, GZIP)
            yield plain, GZIP
    elif begins_like_zip(beginning):
        with open_archive(file, "the ZIP archive") as archive:
            if is_office_document(archive):
                yield file, ""
                return
            member = _only_member(archive, file)
            with _temporary(file, PurePosixPath(member.filename).suffix) as plain:
                _write(plain, blocks_of(archive, member, file), file)
                _refuse_packed_again(plain, ZIP)
                yield plain, ZIP
    else:
        yield file, ""


@contextmanager
def _temporary(file: InputFile, ending: str) -> Iterator[InputFile]:
    """A place for the plain file; of the name that it had nothing but a harmless ending is taken."""
    ending = ending if _PLAIN_ENDING.fullmatch(ending) else ""
    with tempfile.TemporaryDirectory(prefix="wsisctl-") as folder:
        yield replace(file, path=Path(folder) / f"unpacked{ending}")


def _ending_within(path: Path) -> str:
    """`.csv` of `votes.csv.gz`, and of a `votes.csv` that is packed without saying so."""
    return Path(path.stem).suffix if path.suffix.lower() in _PACKED_ENDINGS else path.suffix


def _write(plain: InputFile, blocks: Iterable[bytes], file: InputFile) -> None:
    packed = file.path.stat().st_size
    most = most_unfolded(packed, MOST_UNPACKED)
    written = 0
    try:
        with plain.path.open("wb") as target:
            for block in blocks:
                written += len(block)
                if written > most:
                    raise UnusableInput(
                        f"{file.name}: {packed} bytes unfold to more than {most >> 20} MiB; no export does that",
                        hint="do not open it; ask who sent it for the file itself",
                    )
                target.write(block)
    except OSError as error:
        raise UnusableInput(
            f"{file.name}: cannot be unpacked: {error.strerror}",
            hint=f"make room in {tempfile.gettempdir()}, or unpack it elsewhere",
        ) from error


def _gunzipped(file: InputFile) -> Iterator[bytes]:
    """What a gzip file holds; several packed one after the other are one."""
    with open_input(file) as packed, gzip.GzipFile(fileobj=packed) as stream:
        try:
            while block := stream.read(BLOCK):
                yield block
        except (OSError, EOFError, zlib.error) as error:
            raise UnusableInput(
                f"{file.name}: the gzip file is broken or cut off: {error}",
                hint="ask for the file anew; a transfer may have ended too soon",
            ) from error


def _only_member(archive: zipfile.ZipFile, file: InputFile) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if _holds_data(member)]
    names = [member.filename for member in members]
    if "mimetype" in names and "content.xml" in names:
        raise UnusableInput(
            f"{file.name}: this is an OpenDocument file; expected CSV, JSON or XLSX",
            hint="save it as an Excel workbook (.xlsx) or as UTF-8 CSV",
        )
    if len(members) == 1:
        return members[0]
    if not members:
        raise UnusableInput(
            f"{file.name}: no file is in this ZIP archive", hint="ask for the file anew"
        )
    shown = ", ".join(f"'{shortened(name)}'" for name in names[:_FEW])
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    raise UnusableInput(
        f"{file.name}: {len(names)} files are in this ZIP archive; expected one: {shown}{more}",
        hint=_ONE_ONLY,
    )


def _holds_data(member: zipfile.ZipInfo) -> bool:
    """Whether a person put it there: no folder, and nothing that a system leaves in archives."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    if member.is_dir() or not parts or parts[0] == "__MACOSX":
        return False
    return parts[-1].lower() not in _ADDED_BY_SYSTEMS


def _refuse_packed_again(plain: InputFile, outer: str) -> None:
    with plain.path.open("rb") as stream:
        beginning = stream.read(_TAR_MARK_AT + len(_TAR_MARK))
    inner = ""
    if beginning.startswith(_GZIP_MARK):
        inner = "gzip file"
    elif begins_like_zip(beginning) and not is_workbook(plain):
        inner = "ZIP archive"
    elif beginning[_TAR_MARK_AT:] == _TAR_MARK:
        inner = "tar archive"
    if inner:
        raise UnusableInput(f"{plain.name}: a {inner} is in this {outer} file", hint=_ONE_ONLY)
