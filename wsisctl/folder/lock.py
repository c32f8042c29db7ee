"""One process at a time: two that write the same folder would lose each other's work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wsisctl.errors import Refused

try:
    import fcntl
except ImportError:  # a system without such locks: there, people take turns themselves
    fcntl = None  # type: ignore[assignment]


@contextmanager
def at_work(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold a file or folder; the system lets go of it whenever the process ends.

    Raises Refused where another process holds it, or with `wait` waits its turn.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Refused(
                f"{path}: another wsisctl is at work here", hint="run it again when that is done"
            ) from error
        yield
    finally:
        os.close(handle)
