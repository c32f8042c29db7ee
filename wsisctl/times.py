"""Instants, and the contest's own clock (contract, Times).

One table of clock spans serves the rules, written in Python, and the count, written in SQL, so that
both read the same text as the same instant.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

# Groups: day, clock, fraction, offset. The count uses the same text as a regular expression of RE2.
TIME_PATTERN = (
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]"
    r"((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)"
    r"(?:[.,]([0-9]+))?"
    r"(Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?"
)
_TIME = re.compile(TIME_PATTERN)
_EPOCH = datetime(1970, 1, 1)
_CLOCK_FROM, _CLOCK_UNTIL = datetime(1850, 1, 1), datetime(2200, 1, 1)
_STEP = timedelta(days=14)  # shorter than any time between two changes of a clock


@dataclass(frozen=True, order=True)
class Instant:
    """A point in time, exact at any precision."""

    second: int
    """Whole seconds since 1970-01-01T00:00:00Z. Deadlines compare this alone."""
    fraction: str = ""
    """The decimals of the second without trailing zeros: as text they sort as numbers."""


@dataclass(frozen=True)
class ClockReading:
    """What a written time means."""

    instant: Instant | None
    """None where the text is no time, or names an hour that summer time skipped."""
    skipped: bool = False
    repeated: bool = False
    """In the hour that autumn repeats; the earlier one is meant."""


@dataclass(frozen=True)
class ClockSpan:
    """From one local time up to another, the contest's clock differs from UTC by so many seconds."""

    local_from: datetime
    local_until: datetime
    utc_offset: int
    repeated: bool = False


@cache
def load_zone(name: str) -> ZoneInfo:
    """The zone as the pinned `tzdata` package has it, so that every machine agrees.

    Raises KeyError for a name that is no IANA zone.
    """
    parts = name.split("/")
    if not all(re.fullmatch(r"[A-Za-z0-9_+-]{1,40}", part) for part in parts):
        raise KeyError(name)
    path = resources.files("tzdata").joinpath("zoneinfo", *parts)
    if not path.is_file():
        raise KeyError(name)
    with path.open("rb") as file:
        try:
            return ZoneInfo.from_file(file, key=name)
        except ValueError as error:
            raise KeyError(name) from error


@cache
def clock_spans(zone: ZoneInfo) -> tuple[ClockSpan, ...]:
    """The zone's clock over all of the calendar, in order, without overlaps.

    What lies between two spans are local times that never existed. Before 1850 and after 2200 the
    offset is taken to stay as it was.
    """
    spans: list[ClockSpan] = []
    local_from = datetime.min
    for moment, before, after in _changes(zone):
        leaves, arrives = moment + timedelta(seconds=before), moment + timedelta(seconds=after)
        spans.append(ClockSpan(local_from, min(leaves, arrives), before))
        if arrives < leaves:
            spans.append(ClockSpan(arrives, leaves, before, repeated=True))
        local_from = max(leaves, arrives)
    last_offset = _offset(zone, _CLOCK_UNTIL)
    return (*spans, ClockSpan(local_from, datetime.max, last_offset))


def _changes(zone: ZoneInfo) -> list[tuple[datetime, int, int]]:
    """Every change of the clock: the moment in UTC, the offset before it, the offset after it."""
    changes = []
    second = timedelta(seconds=1)
    start, before = _CLOCK_FROM, _offset(zone, _CLOCK_FROM)
    while start < _CLOCK_UNTIL:
        end = min(start + _STEP, _CLOCK_UNTIL)
        after = _offset(zone, end)
        if after != before:
            low, high = start, end
            while high - low > second:
                middle = low + (high - low) // (2 * second) * second
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            changes.append((high, before, after))
        start, before = end, after
    return changes


def _offset(zone: ZoneInfo, utc: datetime) -> int:
    offset = zone.fromutc(utc.replace(tzinfo=zone)).utcoffset()
    return int((offset or timedelta()).total_seconds())


def read_time(text: str, zone: ZoneInfo) -> ClockReading:
    """Read ISO 8601, with an offset or on the contest's clock; a space may stand for `T`."""
    match = _TIME.fullmatch(text)
    if match is None:
        return ClockReading(None)
    day, clock, fraction, offset = match.groups()
    if fraction and len(clock) == len("23:59"):
        return ClockReading(None)
    try:
        local = datetime.fromisoformat(f"{day}T{clock}")
    except ValueError:
        return ClockReading(None)
    seconds = (local - _EPOCH) // timedelta(seconds=1)
    decimals = (fraction or "").rstrip("0")
    if offset:
        return ClockReading(Instant(seconds - _offset_seconds(offset), decimals))
    spans = clock_spans(zone)
    span = spans[bisect_right(spans, local, key=lambda span: span.local_from) - 1]
    if local >= span.local_until:
        return ClockReading(None, skipped=True)
    return ClockReading(Instant(seconds - span.utc_offset, decimals), repeated=span.repeated)


def _offset_seconds(offset: str) -> int:
    if offset == "Z":
        return 0
    digits = offset[1:].replace(":", "").ljust(4, "0")
    seconds = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return -seconds if offset[0] == "-" else seconds


def written(instant: Instant, zone: ZoneInfo) -> str:
    """The instant to the second on the contest's clock, with its offset: 2030-12-31T23:00:00+01:00."""
    try:
        utc = _EPOCH + timedelta(seconds=instant.second)
        return zone.fromutc(utc.replace(tzinfo=zone)).isoformat()
    except OverflowError:
        return "outside the calendar"
