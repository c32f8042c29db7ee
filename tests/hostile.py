"""Running a command against something hostile: with a limit of time, and with its memory measured."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from types import FrameType
from typing import IO

from tests.support import REPOSITORY, Result

_PATIENCE = 60
"""Seconds, on a machine that others use too."""


@dataclass(frozen=True)
class Measured(Result):
    """What a process of its own left behind."""

    memory: int
    """Bytes that it held at most."""


def in_own_process(*arguments: str | Path, cwd: Path) -> Measured:
    """Run the command line in a process of its own; one that hangs is ended, with status -9."""
    command = [sys.executable, "-m", "wsisctl", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with TemporaryFile() as out, TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=cwd, env=environment)
        timer = threading.Timer(_PATIENCE, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        printed, said = (_written(stream) for stream in (out, err))
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(process.returncode, printed, said, usage.ru_maxrss * unit)


def _written(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode()


class HangsError(Exception):
    """It waits for something that never comes."""


@contextmanager
def patience(seconds: int = _PATIENCE) -> Iterator[None]:
    """Raise HangsError where what runs inside takes longer: also where it waits for a pipe."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise HangsError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def contents(folder: Path) -> dict[str, bytes]:
    """What is in a folder, by path from it; of a link where it leads."""
    return {
        str(path.relative_to(folder)): (
            str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }
