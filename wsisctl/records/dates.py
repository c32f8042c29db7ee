"""Dates as people write them: which number is the day, and which the month."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from wsisctl.records.changes import Change, Wrong
from wsisctl.times import TIME_PATTERN

ISO = re.compile(TIME_PATTERN)
EXPECTED = "a time such as 2030-12-31T23:00:00"
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_CHINESE = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日", re.ASCII)
_ORDINAL = "(?:st|nd|rd|th)?"
_DAY_NAMED = re.compile(
    rf"(\d{{1,2}}){_ORDINAL}[ .-]*([A-Za-z]{{3,9}})\.?[ ,-]+(\d{{4}}|\d\d)(?!\d)", re.ASCII
)
_MONTH_NAMED = re.compile(
    rf"([A-Za-z]{{3,9}})\.?[ -]+(\d{{1,2}}){_ORDINAL}(?:, ?| )(\d{{4}})(?!\d)", re.ASCII
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_OF = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
_MOST_MONTHS = 12
_REMEDY = "export dates as YYYY-MM-DD HH:MM, or say in a profile which date format the file has"
_TWO_DIGITS = Wrong("has a year of two digits", EXPECTED, _REMEDY)
_DIGITS_OF_A_YEAR = 4


class DayOrder(Enum):
    """Which of day and month comes first where both are numbers."""

    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"
    BOTH = "both"
    """Cells of one column contradict each other."""


def order_in(date_format: str) -> DayOrder:
    """The order that a date format such as `DD/MM/YYYY HH:mm` says; UNKNOWN where it says none."""
    day, month = date_format.find("D"), date_format.find("M")
    if min(day, month) < 0:
        return DayOrder.UNKNOWN
    return DayOrder.DAY if day < month else DayOrder.MONTH


def order_among(texts: Iterable[str]) -> DayOrder:
    """The order that the cells of one column show: one of the two numbers is more than 12."""
    found = {_own_order(match) for text in texts if (match := _numeric(text))}
    found.discard(DayOrder.UNKNOWN)
    if len(found) > 1:
        return DayOrder.BOTH
    return found.pop() if found else DayOrder.UNKNOWN


def _numeric(text: str) -> re.Match[str] | None:
    plain = text.strip()
    return None if ISO.fullmatch(plain) else _NUMERIC.match(plain)


def _own_order(date: re.Match[str]) -> DayOrder:
    first, second = int(date[1]), int(date[3])
    if max(first, second) <= _MOST_MONTHS or min(first, second) > _MOST_MONTHS:
        return DayOrder.UNKNOWN
    return DayOrder.DAY if first > _MOST_MONTHS else DayOrder.MONTH


@dataclass(frozen=True)
class Date:
    """A day at the beginning of a text, which the calendar need not have."""

    parts: tuple[int, int, int]
    """Year, month and day."""
    end: int
    """Where in the text what follows begins."""
    change: Change | None = None
    """How the order of day and month was found, where the date alone does not show it."""
    problem: Wrong | None = None
    """Why it is not known which day is meant."""


def read_date(text: str, seen: DayOrder, date_format: str) -> Date | None:
    """The date at the beginning of a text; None where there is none.

    `seen` is the order in its column, `date_format` the one a person said.
    """
    if match := _YEAR_FIRST.match(text):
        return Date((int(match[1]), int(match[3]), int(match[4])), match.end())
    if match := _CHINESE.match(text):
        return Date((int(match[1]), int(match[2]), int(match[3])), match.end())
    if match := _NUMERIC.match(text):
        return _numeric_date(match, seen, date_format)
    if match := _DAY_NAMED.match(text):
        day, month, year = match.groups()
    elif match := _MONTH_NAMED.match(text):
        month, day, year = match.groups()
    else:
        return None
    if month.lower() not in _MONTH_OF:
        return None
    problem = _TWO_DIGITS if len(year) < _DIGITS_OF_A_YEAR else None
    return Date((int(year), _MONTH_OF[month.lower()], int(day)), match.end(), problem=problem)


def _numeric_date(match: re.Match[str], seen: DayOrder, date_format: str) -> Date:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    own, said = _own_order(match), order_in(date_format)
    problem = _doubt(match, own, seen, said)
    change = None
    if len(match[4]) < _DIGITS_OF_A_YEAR:
        if "YY" in date_format and "YYYY" not in date_format:
            year += 2000
        else:
            problem = problem or _TWO_DIGITS
    order = own
    if own is DayOrder.UNKNOWN:
        order = seen if said is DayOrder.UNKNOWN else said
        if said is DayOrder.UNKNOWN and first != second:
            change = Change.DAY_FIRST if seen is DayOrder.DAY else Change.MONTH_FIRST
    day, month = (second, first) if order is DayOrder.MONTH else (first, second)
    return Date((year, month, day), match.end(), change=change, problem=problem)


def _doubt(date: re.Match[str], own: DayOrder, seen: DayOrder, said: DayOrder) -> Wrong | None:
    """Why it is not known which number is the day, if it is not."""
    if said is not DayOrder.UNKNOWN:
        if own in {DayOrder.UNKNOWN, said}:
            return None
        what = f"does not fit the date format that was said: the {said.value} comes first there"
        return Wrong(what, EXPECTED, "say the date format that the file has")
    if seen is DayOrder.BOTH and int(date[1]) != int(date[3]):
        what = "is in a column where the day comes first in some cells and the month in others"
        return Wrong(what, EXPECTED, _REMEDY)
    first, second = int(date[1]), int(date[3])
    both_are_months = 1 <= min(first, second) < max(first, second) <= _MOST_MONTHS
    if both_are_months and seen is DayOrder.UNKNOWN:
        days = f"{_in_words(first, second)} or {_in_words(second, first)}"
        what = f"may be {days}, and no other cell of the column shows which"
        return Wrong(what, EXPECTED, _REMEDY)
    return None


def _in_words(day: int, month: int) -> str:
    return f"{day} {_MONTHS[month - 1].capitalize()}"
