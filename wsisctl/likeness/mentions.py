"""Where a text speaks of a project by its title, and not only in the same words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wsisctl.likeness.letters import WORD, words
from wsisctl.likeness.titles import is_brand, is_telling
from wsisctl.likeness.vocabulary import SMALL, distinctive

_LONGEST_SENTENCE = 300

_AND = "and"
_BETWEEN = rf"[\W_]{{1,5}}(?:{_AND}[\W_]{{1,5}})?"
_LARGE = re.compile(r"[^\W\d_a-z]\w*")
_SENTENCE_ENDS = re.compile(r"[.!?。！？]\s+|\n+")
_ANOTHER_NAME = re.compile(
    r"\b(?:formerly|renamed|rebranded|known as|(?:former|old|earlier|previous|original) "
    r"(?:name|title)|under the (?:name|title)|(?:previously|originally|earlier|once|first) "
    r"(?:called|named|titled|launched|submitted)|continuation of|successor (?:of|to)|relaunch(?:ed|es)? "
    r"|(?:new|next|second|third) (?:version|phase|edition) of)\b",
    re.IGNORECASE,
)
"""What a sentence says where a project has, or had, another name."""
_QUOTES = frozenset("\"'“”‘’«»„")


@dataclass(frozen=True)
class Mention:
    """Where a text speaks of a project."""

    sentence: str
    says_another_name: bool
    """The sentence says that it is another name of something."""


class Name:
    """What a text may call a project, and words without which it does not."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tuple(WORD.findall(text))
        self.longest = max((word.casefold() for word in self.words), key=len, default="")
        self.large = large_words(text)

    @cached_property
    def is_telling(self) -> bool:
        """Whether nobody calls anything else so."""
        return is_telling(self.text) or is_brand(*self.words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Its words with anything between them but other words; `and` may be written or be a sign."""
        told = [word for word in self.words if word.casefold() != _AND] or self.words[:1]
        together = _BETWEEN.join(map(re.escape, told))
        return re.compile(rf"(?<![^\W_]){together}(?![^\W_])", re.IGNORECASE)


def mention(text: str, names: Iterable[Name]) -> Mention | None:
    """Where a text speaks of the project of one of these names, not only in the same words."""
    for name in names:
        for match in name.pattern.finditer(text):
            sentence = _sentence(text, *match.span())
            another = _ANOTHER_NAME.search(sentence) is not None
            if _is_meant(match, name, another=another):
                return Mention(sentence, another)
    return None


def large_words(text: str) -> frozenset[str]:
    """The words that begin with a capital letter, or have one within, from there on; folded.

    A text without all those of a name does not mention the name, whatever else is in it.
    """
    found = (word.casefold() for word in set(_LARGE.findall(text)))
    return frozenset(word for word in found if word not in SMALL)


def _is_meant(match: re.Match[str], name: Name, *, another: bool) -> bool:
    """Whether it is written as a name is: in capitals as the title is, or in quotes."""
    text, (start, end) = match.string, match.span()
    if text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES:
        return True
    if len(name.words) == 1:
        (word,), (written,) = name.words, WORD.findall(text[start:end])
        if is_brand(word) or word.isupper():
            return bool(written == word)
        begins = not text[:start].strip() or _SENTENCE_ENDS.search(text[:start][-3:]) is not None
        return another or (
            match[0][0].isupper() and not begins and bool(distinctive(words(name.text)))
        )
    if name.text == name.text.lower():
        return another or is_telling(name.text)
    titled = {word.casefold() for word in name.words if word[0].isupper()} - SMALL
    return all(word[0].isupper() for word in WORD.findall(match[0]) if word.casefold() in titled)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place in a text; of a long one what stands near.

    No more of the text is looked at: it may have the place's words thousands of times.
    """
    spare = max(0, _LONGEST_SENTENCE - (end - start)) // 2
    earliest, latest = max(0, start - spare), min(len(text), end + spare)
    before = _SENTENCE_ENDS.finditer(text, max(0, earliest - 2), start)
    begins = [match.end() for match in before if match.end() >= earliest]
    ends = _SENTENCE_ENDS.search(text, end, latest + 1)
    first, last = begins[-1] if begins else earliest, ends.start() + 1 if ends else latest
    cut = " ".join(text[first:last].split())
    begun = "… " if earliest and not begins else ""
    return f"{begun}{cut}{'' if ends or latest == len(text) else ' …'}"
