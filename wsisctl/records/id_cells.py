"""Ids that a spreadsheet has destroyed, or that are not what they look like."""

import re
from collections.abc import Iterable

from wsisctl.records.changes import Wrong
from wsisctl.records.characters import invisible_character

# The count uses the same text as regular expressions of RE2.
_NUMBER_OF_EXCEL = r"-?[0-9](?:[.,][0-9]+[eE]\+?|[eE]\+)[0-9]{2,}"
_DAY, _MONTH = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_NAME = (
    "(?:Jan|Feb|Mar|Mrz|Apr|May|Mai|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|"
    "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)"
)
"""As Excel writes them in English, German and French."""
_DATE_OF_EXCEL = (
    r"(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])-|/(?:0[1-9]|1[0-2])/)(?:0[1-9]|[12][0-9]|3[01])"
    rf"|(?:{_DAY}/{_MONTH}/|{_MONTH}/{_DAY}/|{_DAY}\.{_MONTH}\.)[0-9]{{4}})"
    r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
    rf"|[0-9]{{1,2}}(?:-|\. ){_NAME}(?:[- ](?:[0-9]{{2}})?[0-9]{{2}})?"
    rf"|{_NAME}[- ](?:[0-9]{{2}})?[0-9]{{2}}"
)
RUINED_ID = f"{_NUMBER_OF_EXCEL}|{_DATE_OF_EXCEL}"
"""An id that Excel has turned into a number, such as 1.77345E+16, or a date, such as 2030-02-01 or 1-Feb."""
SIGNS_OF_RUIN = "-.,+/ "
"""One of them is in each such id."""
_NUMERIC, _RUINED = re.compile(_NUMBER_OF_EXCEL), re.compile(RUINED_ID)

_FAILED = re.compile(
    r"#(?:N/A|NV|NAME\?|REF!|BEZUG!|VALUE!|WERT!|VALEUR!|NUM!|ZAHL!|NOMBRE!|NULL!|DIV/0!|#{2,})"
)
"""What Excel shows where a formula fails or a column is too narrow, in English, German and French."""

_ROUNDED = re.compile(r"[1-9][0-9]{14}0+")

_NUMBER = Wrong(
    "was an id before Excel made a number of it; digits are lost",
    "an id as text, all its digits in it",
    "export the file again and do not open it in Excel, or import the column as text",
    "id ruined by Excel",
)
_DATE = Wrong(
    "was an id before Excel made a date of it, as it makes 1-Feb of 1-2; what stood there is lost",
    "an id as text",
    "export the file again and do not open it in Excel, or import the column as text",
    "id ruined by Excel",
)
_FAILURE = Wrong(
    "is what Excel shows where a formula fails or a column is too narrow; the id itself is not there",
    "an id as text",
    "mend the formula or widen the column, and export the file again",
    "id ruined by Excel",
)


def ruined(text: str) -> Wrong | None:
    """What Excel has made of this id; None where it may well be one."""
    plain = text.strip()
    if _RUINED.fullmatch(plain) is None:
        return None
    return _NUMBER if _NUMERIC.fullmatch(plain) else _DATE


def wrong_with_id(text: str) -> Wrong | None:
    """Why the text, which is not empty, can be nobody's id; None where it can."""
    plain = text.strip()
    if plain.isascii() and plain.isalnum():
        return None
    if lost := ruined(plain):
        return lost
    if _FAILED.fullmatch(plain):
        return _FAILURE
    if code := invisible_character(plain):
        return Wrong(
            f"has a character in it that cannot be seen ({code}); to the eye it is another id",
            "an id of characters that can be seen",
            "look where the id was copied from, and type it anew in the file",
        )
    return None


_DIGITS_KEPT = 15
_LONG = re.compile(r"[1-9][0-9]{15,}")
_BY_CHANCE = 5
"""So many zeros after fifteen digits may stand there by chance, in all ids of a file together."""


def may_be_rounded(text: str) -> bool:
    """Whether an id is a number whose digits after the fifteenth are zeros, as Excel leaves them."""
    return _ROUNDED.fullmatch(text.strip()) is not None


def look_rounded(texts: Iterable[str]) -> int:
    """How many ids of more than 15 digits there are, if Excel seems to have rounded all of them; else 0."""
    long = [text.strip() for text in texts if _LONG.fullmatch(text.strip())]
    zeros = sum(len(text) - _DIGITS_KEPT for text in long)
    return len(long) if zeros > _BY_CHANCE and all(map(may_be_rounded, long)) else 0
