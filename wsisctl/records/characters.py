"""Characters that nobody sees: in texts they are taken out, in ids they are refused."""

import re
import unicodedata

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""All but tab, line feed and carriage return."""
BYTE_ORDER_MARK = "\ufeff"
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x85"), "\n")
_SPACES = dict.fromkeys(range(0x1C, 0x20), " ")
"""They are white space to whoever counts words: so that words stay apart."""
_OUT = dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0)])
_WITHOUT_CONTROLS: dict[int, str | None] = {**_OUT, **_BREAKS, **_SPACES}
_NOTHING_TO_SEE = frozenset({"Cc", "Cf", "Zl", "Zp"})
_WHITE_SPACE = frozenset("\t\n\r")
_FILLERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and marks by their kind that show nothing."""


def without_controls(text: str) -> str:
    """The text without control characters; of those that part words or lines, a space or line break stays."""
    return text.translate(_WITHOUT_CONTROLS)


def invisible_character(text: str) -> str:
    """The first character in it that shows nothing and parts nothing, as `U+202E`; empty without any."""
    if text.isascii() and text.isprintable():
        return ""
    for character in text:
        if character in _WHITE_SPACE:
            continue
        if character in _FILLERS or unicodedata.category(character) in _NOTHING_TO_SEE:
            return f"U+{ord(character):04X}"
    return ""
