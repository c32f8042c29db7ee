"""What may be done to a cell on its way in, and what may be wrong with it."""

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """A kind of change; as text what is told of it, with a place for the number of cells."""

    TAGS = "HTML tags taken out of {cells}"
    ENTITIES = "HTML entities written out in {cells}"
    CONTROLS = "control characters taken out of {cells}"
    BYTE_ORDER_MARKS = "byte order marks taken out of {cells}"
    DIRECTIONS = "marks that turn the direction of writing taken out of {cells}"
    COMPOSED = "accents joined to their letters (NFC) in {cells}"
    LOOKALIKES = "letters that only look Latin replaced in {cells}"
    TIMES = "times written as ISO 8601 in {cells}"
    SERIALS = "Excel's numbers for dates read as times in {cells}"
    DAY_FIRST = "the day read before the month, as other cells show, in {cells}"
    MONTH_FIRST = "the month read before the day, as other cells show, in {cells}"
    OTHER_CLOCK = "the offset of the profile's time zone put to {cells}"
    CONTRADICTING_ZONES = "a time zone that does not hold at that time of year left out, and contest time read, in {cells}"


@dataclass(frozen=True)
class Wrong:
    """Why a cell cannot be used."""

    what: str
    """What goes after the column and the value: `was an id before Excel made a date of it`."""
    expected: str
    remedy: str
    called: str = "cell that cannot be used"
    """What such cells are, one of them."""


@dataclass(frozen=True)
class Cleaned:
    """A cell as it comes in."""

    text: str
    changes: tuple[Change, ...] = ()
    """What was done to it, in the order in which it was done."""
    problem: Wrong | None = None
    """Why it cannot be used; then the text is as it was received."""
