"""Two texts side by side: of long ones the stretch in which they begin to differ."""

from wsisctl.wording import shortened

_IN_COMMON = 30
"""So many characters are shown before the first that differs, more where there is room."""


def beside(here: str, there: str, most: int) -> tuple[str, str]:
    """Both texts on one line; where one is longer than so many characters, `…` for what is left out."""
    one, other = (" ".join(text.split()) for text in (here, there))
    excess = max(len(one), len(other)) - most
    start = _start(one, other, excess) if excess > 0 else 0
    return _from(one, start, most), _from(other, start, most)


def _start(one: str, other: str, excess: int) -> int:
    """Where to begin: at a word not far before the first difference; at 0 where there is none."""
    pairs = enumerate(zip(one, other, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
    if one == other or same <= _IN_COMMON:
        return 0
    near = min(same - _IN_COMMON, excess + 1)
    return one.find(" ", near - 1, same) + 1 or near


def _from(text: str, start: int, most: int) -> str:
    return shortened(f"…{text[start:]}" if start else text, most)
