"""HTML in texts, as web forms and rich text editors leave it: tags and entities.

Only what is certainly HTML goes: `a < b`, `x<y>z`, `<name@example.org>` and `AT&T` are text.
"""

import re
from html import unescape
from html.entities import html5

_BLOCKS = (
    "address|article|blockquote|body|br|center|dd|div|dl|dt|figure|figcaption|footer|h[1-6]|header|hr|"
    "html|li|main|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
"""Elements that begin on a line of their own."""
_INLINE = (
    "a|abbr|acronym|b|big|cite|code|colgroup|col|del|em|font|i|img|ins|label|mark|o:p|q|s|small|span|strike|"
    "strong|sub|sup|tt|u|wbr"
)
_CELLS = "td|th"
# No `<` within a value: a quote that was never closed must not swallow the text up to the next one.
_ATTRIBUTE = r"""\s+[a-z][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>=]+)"""


def _tags(elements: str) -> re.Pattern[str]:
    return re.compile(rf"</?(?:{elements})(?:{_ATTRIBUTE})*\s*/?>", re.IGNORECASE)


_BLOCK, _CELL, _OTHER = _tags(_BLOCKS), _tags(_CELLS), _tags(_INLINE)
_OPENING = re.compile(rf"<!--|<(script|style)(?:{_ATTRIBUTE})*\s*>", re.IGNORECASE)
_CLOSING = {
    "": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_SPACES = " \t\r\n"
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NO_CHARACTER = "\ufffd"


def without_tags(text: str) -> str:
    """The text without tags of rich text, comments, and scripts and styles with what is in them.

    A block of the page begins a new line; the cells of a table have a space between them.
    """
    lines = _between(_BLOCK, _without_elements(text))
    return "\n".join(_OTHER.sub("", " ".join(_between(_CELL, line))) for line in lines)


def _between(tag: re.Pattern[str], text: str) -> list[str]:
    """What stands between such tags, without white space around it; the whole text without any."""
    parts = tag.split(text)
    if len(parts) == 1:
        return parts
    stripped = (part.strip(_SPACES) for part in parts)
    return [part for part in stripped if part]


def _without_elements(text: str) -> str:
    """Without comments, scripts and styles; one that never ends stays."""
    kept: list[str] = []
    endless: set[str] = set()
    start = place = 0
    while opening := _OPENING.search(text, place):
        name = (opening[1] or "").lower()
        closing = None if name in endless else _CLOSING[name].search(text, opening.end())
        if closing is None:
            endless.add(name)
            place = opening.end()
            continue
        kept.append(text[start : opening.start()])
        start = place = closing.end()
    return "".join((*kept, text[start:]))


def with_entities_written_out(text: str) -> str:
    """The text with each whole entity that HTML knows as its character; done once, not twice."""
    return _ENTITY.sub(_character, text)


def _character(entity: re.Match[str]) -> str:
    written = entity[0]
    if not written.startswith("&#") and written[1:] not in html5:
        return written
    character = unescape(written)
    return written if character in {"", _NO_CHARACTER} else character
