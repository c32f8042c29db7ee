"""What a cell holds, and how it is cleaned on its way in: docs/cells.md."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from wsisctl.readers.profile import Profile
from wsisctl.records.changes import Change, Cleaned
from wsisctl.records.characters import (
    BYTE_ORDER_MARK,
    CONTROLS,
    DIRECTIONS,
    without_controls,
)
from wsisctl.records.dates import DayOrder
from wsisctl.records.id_cells import wrong_with_id
from wsisctl.records.markup import with_entities_written_out, without_tags
from wsisctl.records.time_cells import cleaned_time, on_its_clock
from wsisctl.times import load_zone


class Role(StrEnum):
    """What a column holds, so far as its cells are cleaned."""

    ID = "id"
    TIME = "time"
    TEXT = "text"
    """Long texts."""
    LINE = "line"
    """Names and titles: one line."""
    CATEGORY = "category"
    OTHER = "other"
    """Codes, numbers, addresses: only what nobody can see is taken out."""


@dataclass(frozen=True)
class Care:
    """What cells mean in one kind of record of one contest."""

    roles: Mapping[str, Role]
    """By column; any other column is kept as it was received."""
    zone: ZoneInfo
    category_of: Callable[[str], str | None]
    date_format: str = ""
    """Of the file, where a person said it: `DD/MM/YYYY`."""
    clock: ZoneInfo | None = None
    """That of times without an offset, where a person said that it is not the contest's."""

    def of_file(self, profile: Profile | None) -> "Care":
        """The same for a file of which a person wrote a profile."""
        if profile is None:
            return self
        clock = load_zone(profile.zone) if profile.zone else None
        return replace(self, date_format=profile.dates, clock=clock)


def is_clean(text: str) -> bool:
    """Whether there is certainly nothing in it to take out or to write otherwise, save in ids and times."""
    return text.isascii() and text.isprintable() and "&" not in text and "<" not in text


def cleaned(text: str, role: Role, care: Care, seen: DayOrder = DayOrder.UNKNOWN) -> Cleaned:
    """The cell as it comes in; `seen` is the order of day and month that its column shows."""
    if role is Role.ID:
        return Cleaned(text, problem=wrong_with_id(text) if text.strip() else None)
    if role is Role.TIME:
        return on_its_clock(cleaned_time(text, care.zone, seen, care.date_format), care.clock)
    if is_clean(text):
        return Cleaned(text)
    if role is Role.CATEGORY:
        return _category(text, care)
    return _in_steps(text, _STEPS[role])


Step = tuple[Change, Callable[[str], str]]


def _in_steps(text: str, steps: tuple[Step, ...]) -> Cleaned:
    changes = []
    for change, step in steps:
        after = step(text)
        if after != text:
            changes.append(change)
            text = after
    return Cleaned(text, tuple(changes))


def _without_tags(text: str) -> str:
    return without_tags(text) if "<" in text else text


def _without_tags_in_line(text: str) -> str:
    """The line breaks that stood for tags are spaces in what is one line."""
    after = _without_tags(text)
    return text if after == text else " ".join(after.split("\n"))


def _without_entities(text: str) -> str:
    return with_entities_written_out(text) if "&" in text else text


def _without_controls(text: str) -> str:
    return without_controls(text) if CONTROLS.search(text) else text


def _without_byte_order_marks(text: str) -> str:
    return text.replace(BYTE_ORDER_MARK, "")


def _without_directions(text: str) -> str:
    return text if text.isascii() else DIRECTIONS.sub("", text)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


_UNSEEN: tuple[Step, ...] = (
    (Change.CONTROLS, _without_controls),
    (Change.BYTE_ORDER_MARKS, _without_byte_order_marks),
)
# Tags before entities: `&lt;p&gt;` is how somebody wrote about a tag.
_STEPS: Mapping[Role, tuple[Step, ...]] = {
    Role.TEXT: (
        (Change.TAGS, _without_tags),
        (Change.ENTITIES, _without_entities),
        *_UNSEEN,
        (Change.COMPOSED, _composed),
    ),
    Role.LINE: (
        (Change.TAGS, _without_tags_in_line),
        (Change.ENTITIES, _without_entities),
        *_UNSEEN,
        (Change.DIRECTIONS, _without_directions),
        (Change.COMPOSED, _composed),
    ),
    Role.OTHER: _UNSEEN,
}
_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxhdqwABEZHIKMNOPTYXo",
)
"""Cyrillic and Greek letters by the Latin ones they look like."""


def _latin(text: str) -> str:
    return text.translate(_LATIN)


def _category(text: str, care: Care) -> Cleaned:
    """As it is where it names a category; else what names one when cleaned; else as it is."""
    if care.category_of(text):
        return Cleaned(text)
    line = _in_steps(text, (*_STEPS[Role.LINE], (Change.LOOKALIKES, _latin)))
    return line if care.category_of(line.text) else Cleaned(text)
