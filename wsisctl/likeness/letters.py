"""The words of a name or title, without what people write in several ways."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from wsisctl.names import name_key

Words = tuple[str, ...]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""As it stands in a text, not folded."""
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´ʼ"))
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
"""The dot between the letters of `I.C.T.`"""
_PREFIX = re.compile(r"\b([a-z])[-‐](?=[^\W\d_]{2})")
"""The `e-` of `e-Government`."""
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"}
)
_CYRILLIC = str.maketrans("авсеніікморѕтухј", "abcehiikmopstyxj")
"""Cyrillic letters that look Latin, in small letters."""
_DIAERESIS = "\u0308"
_ROMAN = re.compile(r"(?=[ivx]{2,}$)x{0,3}(?:ix|iv|v?i{0,3})")
_DIGITS = re.compile(r"\d+")
_SCRIPTS_WITHOUT = ("LATIN", "GREEK", "HEBREW", "ARABIC")
"""In them people leave accents and vowel signs out, or set them otherwise."""
_LATIN = re.compile("[a-z]")
_ALPHABETIC = re.compile("[a-z\u00aa-\u052f]+")
"""Not the scripts in which a single character may be a word like any other."""


class _Signs(dict[int, str]):
    """Anything that is no letter, digit or mark of one becomes a space; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char.isalnum() or unicodedata.category(char).startswith("M")
        return self.setdefault(code, char if kept else " ")


_SIGNS = _Signs()


def words(text: str) -> Words:
    """Folded words without accents and signs; `&` is `and`, `I.C.T.` one word, and so is `e-Health`."""
    plain = without_accents(name_key(text)).translate(_APOSTROPHES).replace("&", " and ")
    if "." in plain:
        plain = _INITIALS.sub(r"\1", plain)
    if "-" in plain or "‐" in plain:
        plain = _PREFIX.sub(r"\1", plain)
    found = tuple(plain.translate(_SIGNS).split())
    return found if plain.isascii() else tuple(map(_of_one_script, found))


@lru_cache(maxsize=8192)
def closed_up(text: str) -> str:
    """Its folded words without spaces between them; mostly of one word, which comes again."""
    return "".join(words(text))


def without_accents(text: str) -> str:
    """Folded text without the marks that people leave out; in scripts that need theirs they stay."""
    if text.isascii():
        return text
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(char):
            base = char
        elif char == _DIAERESIS or unicodedata.name(base, "").startswith(_SCRIPTS_WITHOUT):
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def _of_one_script(word: str) -> str:
    """Where Cyrillic letters stand among Latin ones, the Latin ones that they look like."""
    if word.isascii():
        return word
    latin = word.translate(_CYRILLIC)
    return latin if latin.isascii() and _LATIN.search(word) else word


def marks(found: Iterable[str]) -> Words:
    """What no two spellings of one name differ in: numbers, Roman ones too, and single letters."""
    told: list[str] = []
    for word in found:
        if (len(word) == 1 and is_alphabetic(word)) or _ROMAN.fullmatch(word):
            told.append(word)
        else:
            told += _DIGITS.findall(word)
    return tuple(sorted(told))


def is_number(word: str) -> bool:
    """Whether the word is a number, be it a Roman one."""
    return word.isdecimal() or _ROMAN.fullmatch(word) is not None


def is_alphabetic(word: str) -> bool:
    """Whether its letters are those of an alphabet in which one letter more or less may be a slip."""
    return word.isalpha() and _ALPHABETIC.fullmatch(word) is not None


_SPELLED = {
    "centre": "center", "theatre": "theater", "programme": "program", "labour": "labor",
    "defence": "defense", "behaviour": "behavior", "colour": "color", "catalogue": "catalog",
}  # fmt: skip
_SHORTEST_PLURAL = 5


def stem(word: str) -> str:
    """The word in the singular and in American spelling, as well as its ending tells."""
    if (
        len(word) >= _SHORTEST_PLURAL
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
    ):
        word = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
    return _SPELLED.get(word, word).replace("isation", "ization")
