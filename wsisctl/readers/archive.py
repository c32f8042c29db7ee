"""ZIP archives as they are received: opened with care, and never trusted as to size or names."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile, open_input

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
"""What a ZIP archive begins with; the second one where nothing is in it."""
BLOCK = 1 << 20
"""How many bytes of a packed file are in memory at once."""
FREE_SIZE = 256 << 20
"""Up to so many bytes a file may unfold from however few: a sheet with one text a thousand times is harmless."""
MOST_TIMES = 200
"""Past them it may unfold to so many times its size: real exports have been seen at 30."""
_BOUNDED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What everybody packs with. Of other ways zipfile unfolds all it has read at once, however much that is."""
_LARGEST_DIRECTORY = 4 << 20
_CONTENT_TYPES = "[content_types].xml"
_PACK_ANEW = "ask for the file anew, or unpack it yourself and give the file that was in it"


class _Careful(io.FileIO):
    """A file of which nobody reads a great piece at once: a directory of millions of members."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LARGEST_DIRECTORY:
            raise zipfile.BadZipFile("its list of members is too long")
        return super().read(-1 if size is None else size)


@contextmanager
def open_archive(file: InputFile, what: str) -> Iterator[zipfile.ZipFile]:
    """The archive; raises UnusableInput where it is broken. `what` it is called in messages."""
    open_input(file).close()
    with _Careful(file.path) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        # `zipfile` meets a broken list of members with any of these: an offset before the file's beginning,
        # a name that cannot be decoded, a version that it does not know.
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnusableInput(
                f"{file.name}: {what} is broken or cut off: {error}", hint=_PACK_ANEW
            ) from error
        with archive:
            yield archive


def blocks_of(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: InputFile
) -> Iterator[bytes]:
    """What a member holds, block by block, never more than the archive says of it.

    Raises UnusableInput for a member that is encrypted, broken, or packed in an unknown way.
    """
    place = f"{file.name}: '{member.filename}' in it"
    if member.flag_bits & 1:
        raise UnusableInput(
            f"{place} is protected by a password", hint="unpack it, and give the file that is in it"
        )
    if member.compress_type not in _BOUNDED:
        raise UnusableInput(f"{place} is packed in a way that is not known here", hint=_PACK_ANEW)
    try:
        with archive.open(member) as stream:
            while block := stream.read(BLOCK):
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise UnusableInput(f"{place} is broken or cut off: {error}", hint=_PACK_ANEW) from error


def begins_like_zip(beginning: bytes) -> bool:
    """Whether the first bytes of a file are those of a ZIP archive."""
    return beginning.startswith(ZIP_MARKS)


def part_name(name: str) -> str:
    """A member's name as office documents compare them: some write other slashes, or letters."""
    return name.replace("\\", "/").lstrip("/").lower()


def is_office_document(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is a workbook, or a document of the same family, and not a box of files."""
    return any(part_name(name) == _CONTENT_TYPES for name in archive.namelist())


def is_workbook(file: InputFile) -> bool:
    """Whether the file is a ZIP archive that is read as a workbook; raises UnusableInput if broken."""
    with open_input(file) as stream:
        beginning = stream.read(4)
    if not begins_like_zip(beginning):
        return False
    with open_archive(file, "the archive") as archive:
        return is_office_document(archive)


def most_unfolded(packed: int, most: int) -> int:
    """How many bytes a file of so many may unfold to, and never more than `most`."""
    return min(most, max(FREE_SIZE, MOST_TIMES * packed))
