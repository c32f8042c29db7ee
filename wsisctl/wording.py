"""How messages say numbers, and texts and lists that are too long to be shown whole."""

from collections.abc import Iterable

_LONG_TEXT = 60
_LONG_WORD = 30
_LONG_LIST = 120


def counted(number: int, singular: str) -> str:
    """`1 row`, `3 rows`."""
    return f"{number} {singular}" if number == 1 else f"{number} {singular}s"


def shortened(text: str, most: int = _LONG_TEXT) -> str:
    """The text, or its beginning and `…` where it is longer than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def listed(words: Iterable[str]) -> str:
    """The words with `, ` between them; of many or long ones the first, and how many more there are."""
    shown: list[str] = []
    left = [shortened(" ".join(word.split()), _LONG_WORD) for word in words]
    while left and (not shown or len(", ".join([*shown, left[0]])) <= _LONG_LIST):
        shown.append(left.pop(0))
    return ", ".join(shown) + (f" and {len(left)} more" if left else "")


def joined(words: Iterable[object], conjunction: str = "and") -> str:
    """`one`, `one and two`, `one, two and three`."""
    *first, last = map(str, words)
    return f"{', '.join(first)} {conjunction} {last}" if first else last
