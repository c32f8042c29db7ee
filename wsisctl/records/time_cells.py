"""Times as people and programs write them, made into ISO 8601; nothing in them is guessed.

What is no time at all stays as it is: the rules report it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wsisctl.records.changes import Change, Cleaned
from wsisctl.records.characters import DIRECTIONS
from wsisctl.records.dates import ISO, Date, DayOrder, read_date
from wsisctl.times import load_zone

_LONGEST = 64
"""No time is longer, be it ever so wordy."""
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:[.,]([0-9]{1,20}))?")
"""Days since the end of 1899; five digits, so that neither a year nor seconds since 1970 are one."""
_SERIAL_START = datetime(1899, 12, 30)
_SECONDS_A_DAY = 86_400
_ENOUGH_DECIMALS = 5
"""Fewer tell no second, except where they are all there are."""
_CLOCK = re.compile(
    r"(?:[Tt]|,? )(?:at )?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?([AaPp])\.?[Mm]\.?)?"
    r"(?: ?([A-Za-z]{1,4}))?(?: ?([+-])(\d{1,2})(?::?(\d\d))?)?",
    re.ASCII,
)
_NOON = 12
_UNIVERSAL = ("Z", "UTC", "GMT")
_CENTRAL_EUROPEAN = ("CET", "CEST")
_HOME_OF_CENTRAL_EUROPEAN = "Europe/Zurich"
_YEARS = range(1900, 2200)


def cleaned_time(
    text: str, zone: ZoneInfo, seen: DayOrder = DayOrder.UNKNOWN, date_format: str = ""
) -> Cleaned:
    """The time in ISO 8601. `seen` is the order in its column, `date_format` the one a person said."""
    if len(text) > _LONGEST or ISO.fullmatch(text.strip()):
        return Cleaned(text)
    plain = " ".join(DIRECTIONS.sub("", text).split())
    if serial := _SERIAL.fullmatch(plain):
        return _from_serial(text, serial)
    read = read_date(plain, seen, date_format)
    clock = _CLOCK.fullmatch(plain, read.end) if read else None
    if read is None or clock is None:
        return Cleaned(text)
    at = _time_of_day(clock)
    if at is None:
        return Cleaned(text)
    if read.problem:  # only now: of what is no time, the date may be as unclear as it likes
        return Cleaned(text, problem=read.problem)
    return _written(text, read, at, clock, zone)


def on_its_clock(cell: Cleaned, clock: ZoneInfo | None) -> Cleaned:
    """A time without an offset, with that of the clock on which a person said it was read.

    Of the hour that autumn repeats it is the earlier one; a time that the clock never showed stays.
    """
    match = ISO.fullmatch(cell.text.strip())
    if clock is None or cell.problem or match is None or match[4]:
        return cell
    try:
        local = datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=clock)
    except ValueError:
        return cell
    if local.astimezone(UTC).astimezone(clock).replace(tzinfo=None) != local.replace(tzinfo=None):
        return cell
    offset = local.strftime("%z")
    text = f"{cell.text.strip()}{offset[:3]}:{offset[3:5]}"
    return Cleaned(text, (*cell.changes, Change.OTHER_CLOCK))


def _from_serial(text: str, serial: re.Match[str]) -> Cleaned:
    days, decimals = int(serial[1]), serial[2] or ""
    scale = 10 ** len(decimals)
    seconds, rest = divmod(int(decimals or 0) * _SECONDS_A_DAY, scale)
    if rest and len(decimals) < _ENOUGH_DECIMALS:
        return Cleaned(text)
    nearest = seconds + (2 * rest >= scale)
    moment = _SERIAL_START + timedelta(days=days, seconds=nearest)
    return Cleaned(moment.isoformat(), (Change.SERIALS,))


def _time_of_day(clock: re.Match[str]) -> time | None:
    hour = int(clock[1])
    if clock[5]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if clock[5] in "Pp" else 0)
    try:
        return time(hour, int(clock[2]), int(clock[3] or 0))
    except ValueError:
        return None


def _written(text: str, read: Date, at: time, clock: re.Match[str], zone: ZoneInfo) -> Cleaned:
    try:
        local = datetime.combine(date(*read.parts), at)
    except ValueError:
        return Cleaned(text)
    if local.year not in _YEARS:
        return Cleaned(text)
    offset = _offset(clock, local, zone)
    if offset is None:
        return Cleaned(text)
    decimals = f".{clock[4]}" if clock[4] else ""
    how = Change.CONTRADICTING_ZONES if offset.contradicting else Change.TIMES
    changes = (read.change, how) if read.change else (how,)
    return Cleaned(f"{local.isoformat()}{decimals}{offset.text}", changes)


@dataclass(frozen=True)
class _Offset:
    """What follows the clock."""

    text: str
    """As ISO 8601 has it; empty for contest time."""
    contradicting: bool = False
    """What stood there does not hold at that time of year."""


def _offset(clock: re.Match[str], local: datetime, zone: ZoneInfo) -> _Offset | None:
    """What the words and signs after a clock mean; None where they mean nothing."""
    word, sign, hours, minutes = (clock[6] or "").upper(), clock[7], clock[8], clock[9]
    if sign:
        if word not in {"", "UTC", "GMT"} or (not word and len(hours) == 1):
            return None
        text = f"{sign}{hours.zfill(2)}:{minutes or '00'}"
        return _Offset(text) if ISO.fullmatch(f"2030-12-31T23:00{text}") else None
    if not word:
        return _Offset("")
    if word in _UNIVERSAL:
        return _Offset("Z")
    return _central_european(word, local, zone) if word in _CENTRAL_EUROPEAN else None


def _central_european(word: str, local: datetime, zone: ZoneInfo) -> _Offset | None:
    """The offset where the word holds at that local time.

    Where it does not, on the contest's own clock the contest's time is meant; on any other clock
    nobody knows what is.
    """
    own = any(_names(local.replace(month=month, day=1), zone) & {word} for month in (1, 7))
    holds = _names(local, zone if own else load_zone(_HOME_OF_CENTRAL_EUROPEAN))
    if word in holds:
        return _Offset("+01:00" if word == "CET" else "+02:00")
    return _Offset("", contradicting=True) if own else None


def _names(local: datetime, zone: ZoneInfo) -> set[str]:
    """What the clock is called at that local time: two names in the hour that autumn repeats."""
    there = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return {
        str(moment.tzname())
        for moment in there
        if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
    }
