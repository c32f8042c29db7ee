"""How much memory the count may take; what does not fit goes to disk."""

import os
import re
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from wsisctl.errors import UsageError

_SIZE = re.compile(r"([0-9]{1,9})(?:[.]([0-9]{1,9}))? ?([KMGT])(I?)B", re.IGNORECASE)
_POWERS = "KMGT"
LEAST = 512 << 20
"""Bytes; with less even a small count may fail."""
_SHARE = 4
"""The usual limit is this part of the machine's memory."""
_BESIDES = 512 << 20
"""What the process takes besides the database, which is told a limit that is lower by so much."""
_DATABASE = Fraction(3, 4)
"""Of a great limit the database is told this part: where it groups a hundred million ids it holds a fifth more than
it knows of, and the lines of rejected votes stand beside it."""
_OF_CONTAINER = Path("/sys/fs/cgroup/memory.max")


def memory_limit(written: str) -> int:
    """Bytes, of a size such as `2GiB` or `512MB`; raises UsageError for what is none, or is too small."""
    match = _SIZE.fullmatch(written.strip())
    if match is None:
        raise UsageError(
            f"--memory-limit {written}: no size", hint="give one such as 2GiB, 1.5GB or 800MB"
        )
    whole, decimals, power, binary = match.groups()
    number = Fraction(f"{whole}.{decimals or 0}")
    size = int(number * (1024 if binary else 1000) ** (_POWERS.index(power.upper()) + 1))
    if size < LEAST:
        raise UsageError(
            f"--memory-limit {written}: too little to count in", hint="give 512MiB or more"
        )
    return size


def usual_limit() -> int:
    """A quarter of what the machine, or the container, has."""
    has = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # no container, or one without a limit
        has = min(has, int(_OF_CONTAINER.read_text(encoding="ascii")))
    return max(has // _SHARE, LEAST)


def of_database(asked: int | None) -> int:
    """What the database may take, so that the whole process stays below the limit asked for, or the usual one."""
    limit = asked or usual_limit()
    return max(min(limit - _BESIDES, int(limit * _DATABASE)), limit // 3)
