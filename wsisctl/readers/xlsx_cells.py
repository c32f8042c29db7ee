"""What stands in a cell of a workbook, as the text that CSV would have."""

import math
import re
from datetime import datetime, timedelta
from decimal import Decimal

DATE, TIME, DATE_TIME, DURATION = "date", "time", "date and time", "duration"
_BUILT_IN = (
    dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 59)), DATE)
    | dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47), TIME)
    | {22: DATE_TIME, 46: DURATION}
)
"""Numbers of formats that no workbook spells out; 27-36 and 50-58 in East Asia."""
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LOST_DIGITS = 10**15
_PLAIN_DIGITS = 15
_DAY = 86_400_000
_LAST_DAY = 2_958_465
"""31 December 9999, where Excel's calendar ends."""
_NO_SUCH_DAY = 60
"""29 February 1900, which Excel has and the calendar has not."""
_DAYS_1904 = 1462
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def kind_of_format(number: int, code: str = "") -> str:
    """Whether a number format shows a date, a time, both, a duration, or (empty) a number.

    A format of nothing but zeros is its own kind: `00000` shows as many digits as it has.
    """
    if not code:
        return _BUILT_IN.get(number, "")
    if code.lower() == "general":
        return ""
    if len(code) > 1 and not code.strip("0"):
        return code[:_PLAIN_DIGITS]
    shown = _NO_CODE.sub("", code).split(";")[0]
    if _ELAPSED.search(shown):
        return DURATION
    letters = set(shown.lower())
    has_time = bool(letters & set("hs"))
    if letters & set("yd") or ("m" in letters and not has_time):
        return DATE_TIME if has_time else DATE
    return TIME if has_time else ""


def number_text(written: str, kind: str, *, since_1904: bool = False) -> str:
    """A number as the workbook has it, as text: by its format a date, a time, a duration or a number.

    Raises ValueError for what is no number.
    """
    if not kind and len(written) <= _PLAIN_DIGITS and written.isascii() and written.isdigit():
        return str(int(written))
    value = float(written)
    if not math.isfinite(value) or "_" in written:
        raise ValueError(written)
    if kind == DURATION:
        return _duration(value)
    if kind.startswith("0"):
        return _number(value).zfill(len(kind)) if value.is_integer() else _number(value)
    return (kind and _moment(value, kind, since_1904)) or _number(value)


def _number(value: float) -> str:
    """The shortest text that is this number; of a whole one so long that Excel lost digits, a ruined id."""
    if abs(value) >= _LOST_DIGITS:
        digits, _, power = f"{value:.14E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{power}"
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _moment(value: float, kind: str, since_1904: bool) -> str:
    """ISO 8601, to the millisecond; empty for a number that is no day of Excel's calendar.

    A midnight keeps its time where the format shows one: a vote may have been cast then.
    """
    if not 0 <= value < _LAST_DAY + 1:
        return ""
    days, rest = divmod(round(value * _DAY), _DAY)
    time = _clock(rest)
    if days == 0 and not since_1904:
        return time if rest or kind != DATE else ""
    if kind == TIME and days == 0:
        return time
    if since_1904:
        days += _DAYS_1904
    if days == _NO_SUCH_DAY or days > _LAST_DAY:
        return ""
    date = datetime(1899, 12, 31 if days < _NO_SUCH_DAY else 30) + timedelta(days)
    day = date.date().isoformat()
    return day if kind == DATE and not rest else f"{day}T{time}"


def _duration(value: float) -> str:
    """Hours, minutes and seconds, however many hours."""
    clock = _clock(round(abs(value) * _DAY))
    return f"-{clock}" if value < 0 else clock


def _clock(milliseconds: int) -> str:
    """`23:00:00`, with a fraction only where there is one."""
    seconds, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03d}".rstrip("0").rstrip(".")
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"


def text_of(written: str) -> str:
    """A text as a person sees it: XML cannot hold every character, so that some are spelled `_x000D_`.

    Raises ValueError for half of a character.
    """
    if "_x" not in written:
        return written
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)
    return text.encode("utf-16", "surrogatepass").decode("utf-16")
