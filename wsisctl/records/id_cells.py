"""Ids that a spreadsheet has destroyed, or that are not what they look like."""

import re
from datetime import date

from wsisctl.records.changes import Wrong
from wsisctl.records.characters import invisible_character

RUINED_ID = r"-?[0-9](?:[.,][0-9]+[eE]\+?|[eE]\+)[0-9]{2,}"
"""An id that a spreadsheet has turned into a number, such as 1.77345E+16."""
_RUINED_ID = re.compile(RUINED_ID)
_CLOCK = r"(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/])(?P<month>\d\d)\2(?P<day>\d\d)" + _CLOCK)
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})([./])(?P<two>\d{1,2})\2\d{4}" + _CLOCK)
_MONTH = (
    "Jan|Feb|Mar|Mrz|Apr|May|Mai|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|"
    "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"
)
"""As Excel writes them in English, German and French."""
_NAMED = re.compile(
    rf"\d{{1,2}}(?:-|\. )(?:{_MONTH})(?:[- ](?:\d\d)?\d\d)?|(?:{_MONTH})[- ](?:\d\d)?\d\d"
)
_MOST_MONTHS, _MOST_DAYS = 12, 31

_NUMBER = Wrong(
    "was an id before Excel made a number of it; digits are lost",
    "an id as text, all its digits in it",
    "export the file again and do not open it in Excel, or import the column as text",
)
_DATE = Wrong(
    "was an id before Excel made a date of it, as it makes 1-Feb of 1-2; what stood there is lost",
    "an id as text",
    "export the file again and do not open it in Excel, or import the column as text",
)


def is_ruined(text: str) -> bool:
    """Whether this was an id that Excel has turned into a number, such as 1.77345E+16."""
    return _RUINED_ID.fullmatch(text.strip()) is not None


def wrong_with_id(text: str) -> Wrong | None:
    """Why the text, which is not empty, can be nobody's id; None where it can."""
    plain = text.strip()
    if plain.isascii() and plain.isalnum():
        return None
    if is_ruined(plain):
        return _NUMBER
    if _is_date(plain):
        return _DATE
    if code := invisible_character(plain):
        return Wrong(
            f"has a character in it that cannot be seen ({code}); to the eye it is another id",
            "an id of characters that can be seen",
            "look where the id was copied from, and type it anew in the file",
        )
    return None


def _is_date(text: str) -> bool:
    """Whether it looks as a date does that Excel wrote: 2021-02-01, 01.02.2021, 2/1/2021, 1-Feb."""
    if match := _YEAR_FIRST.fullmatch(text):
        try:
            date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return False
        return True
    if match := _YEAR_LAST.fullmatch(text):
        parts = sorted((int(match["one"]), int(match["two"])))
        return 1 <= parts[0] <= _MOST_MONTHS and parts[1] <= _MOST_DAYS
    return _NAMED.fullmatch(text) is not None
