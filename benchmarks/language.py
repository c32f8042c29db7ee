"""How well the rule `language` tells English from what is not, or not wholly, English.

    .venv/bin/python -m benchmarks.language

writes a table in Markdown to stdout, and on stderr every text that was judged wrongly. The texts are in
tests/texts/language.yaml; the mixed ones are made of them: a foreign passage, of a fifth or a tenth of the
words, at the beginning, in the middle, at the end, sentence by sentence among the English ones, or clause by
clause within them.
"""

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from wsisctl.rules.foreign import foreign_passages

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "texts" / "language.yaml"
_SENTENCE = re.compile(r"(?<=[.!?。።।]) ?")
_CLAUSE = re.compile(r"[.,;，、。।።؛،] ?")
_CHARACTERS_A_WORD = {"zh": 2, "ja": 2, "th": 5}
"""Of scripts without spaces."""
_LETTERS = re.compile(r"\w")


@dataclass(frozen=True)
class Sample:
    """A text, and whether it is English from beginning to end."""

    group: str
    name: str
    text: str
    english: bool


def samples() -> Iterator[Sample]:
    """Every text of the measurement."""
    texts = yaml.safe_load(TEXTS.read_text("utf-8"))
    hosts = texts["hosts"]
    yield from _english(texts, hosts)
    for language, foreign in texts["foreign"].items():
        yield Sample("foreign, whole", language, foreign, english=False)
        yield Sample("foreign, twenty words", language, cut(language, foreign, 20), english=False)
        for share, name in ((5, "a fifth"), (10, "a tenth")):
            for number, host in enumerate(hosts):
                passage = cut(language, foreign, len(host.split()) // (share - 1))
                for place, mixed in _mixed(host, passage):
                    label = f"{language}, host {number}, {place}"
                    yield Sample(f"mixed, {name} foreign", label, mixed, english=False)
                label = f"{language}, host {number}"
                group = f"mixed, {name} foreign, within sentences"
                yield Sample(group, label, _within(host, passage), english=False)


def _english(texts: dict[str, Any], hosts: list[str]) -> Iterator[Sample]:
    for name, text in texts["english"].items():
        yield Sample("English, hard", name, text, english=True)
        for number, host in enumerate(hosts):
            label = f"{name}, host {number}"
            yield Sample("English, hard, in a longer text", label, f"{host} {text}", english=True)
    for language, foreign in texts["foreign"].items():
        title = cut(language, foreign, 6).rstrip("., ")
        for number, host in enumerate(hosts):
            for quoted in (f"({title})", f"“{title}”"):
                first, rest = host.split(". ", 1)
                label = f"{language}, host {number}"
                text = f"{first} {quoted}. {rest}"
                yield Sample("English with a title in another language", label, text, english=True)


def cut(language: str, text: str, words: int) -> str:
    """The first words of a text."""
    each = _CHARACTERS_A_WORD.get(language)
    return text[: words * each] if each else " ".join(text.split()[:words])


def _mixed(host: str, passage: str) -> Iterator[tuple[str, str]]:
    sentences = host.split(". ")
    middle = len(sentences) // 2
    foreign = passage.rstrip(".")
    for place, at in (("beginning", 0), ("middle", middle), ("end", len(sentences))):
        yield place, ". ".join([*sentences[:at], foreign, *sentences[at:]])
    pieces = [piece for piece in _SENTENCE.split(passage) if _LETTERS.search(piece)]
    step = len(sentences) // len(pieces)
    scattered = list(sentences)
    for number, piece in enumerate(pieces):
        scattered.insert(number * (step + 1), piece.rstrip("."))
    yield "scattered", ". ".join(scattered)


def _within(host: str, passage: str) -> str:
    """The clauses of the passage, each after an English one."""
    clauses = [piece for piece in _CLAUSE.split(passage) if _LETTERS.search(piece)]
    words = host.split(", ")
    for number, clause in enumerate(clauses):
        words.insert(2 * number + 1, clause)
    return ", ".join(words)


def main() -> None:
    """Print the table."""
    judged: dict[str, list[bool]] = {}
    alarms = true_alarms = found = foreign = 0
    begun = time.process_time()
    everything = list(samples())
    for sample in everything:
        alarm = foreign_passages(sample.text, "en") is not None
        right = alarm is not sample.english
        judged.setdefault(sample.group, []).append(right)
        alarms += alarm
        true_alarms += alarm and not sample.english
        foreign += not sample.english
        found += alarm and not sample.english
        if not right:
            sys.stderr.write(f"wrong: {sample.group}: {sample.name}\n")
    spent = time.process_time() - begun
    print("| texts | number | judged rightly |")
    print("|---|--:|--:|")
    for group, rights in judged.items():
        print(f"| {group} | {len(rights)} | {sum(rights)} |")
    print(f"\nPrecision {true_alarms}/{alarms}, recall {found}/{foreign}.")
    each = 1_000_000 * spent / len(everything)
    sys.stderr.write(f"{each:.0f} µs of CPU a text\n")


if __name__ == "__main__":
    main()
