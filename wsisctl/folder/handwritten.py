"""Files that people write, where the program adds something: no other hand's work is lost."""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from wsisctl.errors import Refused

DRAFT_OF = ".{name}.{process}.draft"
"""What a draft beside its target is called."""


def read_handwritten(path: Path) -> bytes | None:
    """The file's bytes, None where there is none; raises Refused for what could not be replaced."""
    if not os.path.lexists(path):
        return None
    if path.is_symlink() or not path.is_file():
        what = "a link" if path.is_symlink() else "no file"
        raise Refused(f"{path}: {what}; it is left as it is", hint="put the file itself there")
    try:
        if not path.stat().st_mode & stat.S_IWUSR:
            raise Refused(
                f"{path}: write-protected; it is left as it is", hint="allow writing to it"
            )
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from error


def replace_handwritten(path: Path, before: bytes | None, after: bytes) -> None:
    """Write the file whole or not at all, with the permissions that it had.

    Raises Refused where it is no longer what it was `before`, or cannot be written.
    """
    draft = path.with_name(DRAFT_OF.format(name=path.name, process=os.getpid()))
    try:
        path.parent.mkdir(exist_ok=True)
        with draft.open("xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if before is not None:
            shutil.copymode(path, draft)
        if read_handwritten(path) != before:
            raise Refused(
                f"{path}: somebody has changed it meanwhile; nothing was written",
                hint="save it in your editor, then run this again",
            )
        draft.replace(path)
    except OSError as error:
        raise Refused(
            f"{path}: cannot be written: {error.strerror}",
            hint="look at the disk's space and the folder's permissions; nothing was written",
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()
