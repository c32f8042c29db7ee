"""Passages of a text: its sentences, those that hold a word, and those that a finding shows as evidence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wsisctl.findings import Evidence, Passage
from wsisctl.records.submissions import Submission
from wsisctl.wording import shortened

_END = re.compile(r"[.!?…。！？।።؟۔\n](?:(?<![.!?…])[。！？।።؟۔\n]*|(?=\s))")
"""A set of signs first, which is looked for fast; Western ones end a sentence only before a space."""
_LONGEST = 200
"""Characters; about two lines at the terminal."""
_MOST = 5
_FEWEST_WORDS = 40
_FEWEST_DIFFERENT = 30
_LEAST_VARIETY = 3
"""One word in so many is new, in any text that says something."""
_WORD = re.compile(r"[^\W\d_]+")

TOO_SHORT = (
    f"A text of less than {_FEWEST_WORDS} words, of less than {_FEWEST_DIFFERENT} different ones, or of the "
    "same ones again and again gets no verdict."
)
ONE_FIELD: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["field"],
    "properties": {"field": {"type": "string"}},
}
"""The settings of a rule that reads one box."""


def sentence_ends(text: str) -> Iterator[int]:
    """Where each sentence ends but the last."""
    for match in _END.finditer(text):
        yield match.end()


def sentences(text: str) -> list[str]:
    """The sentences of a text, each once."""
    ends = [*sentence_ends(text), len(text)]
    pieces = (text[start:end] for start, end in zip([0, *ends], ends, strict=False))
    return list(dict.fromkeys(filter(None, (" ".join(piece.split()) for piece in pieces))))


def quoted(passages: Iterable[tuple[str, str]]) -> Evidence | None:
    """The first passages as evidence, each with its box and cut where it is long; None if there are none."""
    shown = dict.fromkeys(
        Passage(box, shortened(" ".join(passage.split()), _LONGEST)) for box, passage in passages
    )
    return Evidence(tuple(shown)[:_MOST]) if shown else None


def says_enough(text: str) -> bool:
    """Whether there is something to judge: neither a few words nor the same ones again and again."""
    words = _WORD.findall(text.casefold())
    different = len(set(words))
    enough = len(words) >= _FEWEST_WORDS and different >= _FEWEST_DIFFERENT
    return enough and different * _LEAST_VARIETY >= len(words)


def any_of(words: str, also: str = "") -> re.Pattern[str]:
    """One of the words, as a whole; `*` at the end of one stands for any ending."""
    alternatives = "|".join(words.replace("*", r"\w*").split())
    return re.compile(rf"\b(?:{alternatives}{also})\b", re.IGNORECASE)


def sentences_with(
    pattern: re.Pattern[str], submission: Submission, boxes: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Box and sentence, wherever the pattern is met."""
    for box in boxes:
        for sentence in sentences(submission.text(box)):
            if pattern.search(sentence):
                yield box, sentence
