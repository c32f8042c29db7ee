"""What is wrong with JSON that cannot be read, in words for who has to mend it."""

import json
import re

DEEPEST = 100
"""So many objects and arrays may stand in one another before a text is no list of records."""

_SAID = {
    "Expecting value": "a value is expected",
    "Expecting ',' delimiter": "a comma or the closing bracket is expected",
    "Expecting ':' delimiter": "a colon is expected",
    "Expecting property name enclosed in double quotes": "a key in double quotes is expected",
    "Unterminated string starting at": "the text that begins here is never closed",
    "Invalid control character at": "a line break or another control character stands in a text",
    "Invalid \\escape": "a backslash stands before a character that needs none",
    "Invalid \\escape: ": "a backslash stands before a character that needs none",
    "Invalid \\uXXXX escape": "four hexadecimal digits are expected after \\u",
    "Extra data": "more stands here, after the end of what was read",
}
"""By the words of the standard library."""
_OTHERWISE = "something else is expected"
_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.)*")(?P<is_key>\s*:)?|[\[{\]}]|NaN|-?Infinity', re.DOTALL
)
"""Texts too, so that what stands in them does not count."""


def broken_json(text: str, said: str, at: int) -> str:
    """What is wrong at a place, given what the standard library says; that it is the end, where it is."""
    what = _SAID.get(said, _OTHERWISE)
    return f"the file ends here, and {what}" if not text[at:].strip() else what


def place_of_depth(text: str) -> int:
    """Where the first object or array stands in so many others that a person would lose count."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > DEEPEST:
            return token.start()
    return 0


def place_of_constant(name: str, text: str) -> int:
    """Where a word such as NaN stands first."""
    return next((token.start() for token in _TOKEN.finditer(text) if token[0] == name), 0)


def place_of_double_key(key: str, text: str) -> int:
    """Where an object has the key for the second time."""
    objects: list[bool] = []
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            objects.append(False)
        elif token[0] in "]}":
            objects.pop()
        elif token["is_key"] and json.loads(token["text"]) == key:
            if objects[-1]:
                return token.start()
            objects[-1] = True
    return 0
