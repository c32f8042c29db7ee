"""Texts of an invented project: plausible, in so many words, and each unlike any other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, cycle

from wsisctl.demo.mixer import Dice
from wsisctl.demo.real.gaps import Gaps, Scene
from wsisctl.demo.real.words import lists
from wsisctl.rules.form import count_words

_STORIES = (
    ("opening", "problem", "approach", "deed", "result", "deed", "approach", "result", "future"),
    ("opening", "approach", "deed", "deed", "result", "problem", "approach", "result", "future"),
    ("opening", "deed", "approach", "problem", "deed", "result", "result", "approach", "future"),
    ("problem", "opening", "approach", "approach", "deed", "result", "deed", "future", "result"),
    ("opening", "result", "problem", "approach", "deed", "approach", "deed", "result", "future"),
    ("result", "opening", "approach", "deed", "problem", "deed", "approach", "future", "deed"),
)
_OTHER_BOXES: Mapping[str, Sequence[str]] = {
    "sdg_linkages": ("linkage",),
    "impact": ("impact", "result", "impact"),
    "partnerships": ("partnership",),
    "challenges": ("challenge", "challenge", "future"),
}
_NEW_SENTENCES = (0, 0, 120, 300)
"""Of a thousand sentences of a text that is told again, those that are new."""
_BOILERPLATE, _ABOUT = 160, 250
"""Of a thousand projects and of a thousand entities, those that close with it."""


def story(scene: Scene, low: int, high: int, dice: Dice) -> str:
    """A description of `low` to `high` words.

    Some end with a phrase that many use, or with what their entity writes under all its projects.
    """
    closing = ""
    if dice.chance(_BOILERPLATE):
        closing = dice.pick(lists("sentences")["boilerplate"])
    about = Dice("about", scene.short)
    if about.chance(_ABOUT):
        closing = about.pick(lists("sentences")["about"]).format_map(Gaps(scene, about))
    told = _told(scene, dice.pick(_STORIES), dice)
    room = count_words(closing)
    return f"{_fitted(told, low - room, high - room, dice)} {closing}".strip()


def box(name: str, scene: Scene, low: int, high: int, dice: Dice) -> str:
    """The text of another box of the questionnaire."""
    plan = _OTHER_BOXES.get(name) or dice.pick(_STORIES)
    return _fitted(_told(scene, plan, dice), low, high, dice)


def links(scene: Scene, low: int, high: int, dice: Dice) -> str:
    """The text of the box on the goals; what it leaves out is added, each goal in a sentence."""
    text = box("sdg_linkages", scene, low, high, dice)
    gaps = Gaps(scene, Dice("links", text))
    left = (goal for goal in scene.goals if not re.search(rf"SDG {goal[0]}\b", text))
    more = (f"SDG {number} ({name}): {gaps['tool']} gives {gaps['gain']}." for number, name in left)
    return " ".join((text, *more))


def about_one_goal(scene: Scene, low: int, high: int, dice: Dice) -> str:
    """The same, silent on every goal but the first."""
    return box("sdg_linkages", replace(scene, goals=scene.goals[:1]), low, high, dice)


def without_figures(scene: Scene, words: int, dice: Dice) -> str:
    """What has changed, but not how much."""
    gaps = Gaps(scene, dice)
    told = cycle(dice.shuffled(lists("sentences")["vague"]))
    return cut_to(words, (sentence.format_map(gaps) for sentence in told))


def foreign(language: str, scene: Scene, words: int, dice: Dice) -> str:
    """The same in another language."""
    gaps = Gaps(scene, dice)
    sentences = cycle(dice.shuffled(lists("foreign")[language]))
    return cut_to(words, (sentence.format_map(gaps) for sentence in sentences))


def cut_to(words: int, sentences: Iterator[str]) -> str:
    """Exactly so many words, as if the form had cut the rest off."""
    tokens: list[str] = []
    counted = 0
    for sentence in sentences:
        for token in sentence.split():
            tokens.append(token)
            counted += count_words(token)
            if counted == words:
                return " ".join(tokens).rstrip(",;:") + ("" if token.endswith(".") else ".")
    return " ".join(tokens)


def exactly(words: int, scene: Scene, dice: Dice) -> str:
    """A description of exactly so many words."""
    return cut_to(words, _told(scene, dice.pick(_STORIES), dice))


def reworded(text: str, scene: Scene, low: int, high: int, dice: Dice) -> str:
    """The same said again: words give way to others, sentences change places, some are new."""
    synonyms = dict(pair.split("=") for pair in lists("titles")["synonym"])
    sentences = [f"{part.strip().rstrip('.')}." for part in text.split(". ")]
    here, there = dice.number(0, len(sentences) - 1), dice.number(0, len(sentences) - 1)
    sentences[here], sentences[there] = sentences[there], sentences[here]
    fresh = _told(scene, dice.pick(_STORIES), dice)
    new = dice.pick(_NEW_SENTENCES)
    kept = [next(fresh) if dice.chance(new) else sentence for sentence in sentences]
    words = (synonyms.get(word, word) for word in " ".join(kept).split())
    return _fitted(chain((" ".join(words),), fresh), low, high, dice)


def _told(scene: Scene, plan: Sequence[str], dice: Dice) -> Iterator[str]:
    """Sentence after sentence without end, none twice before all have come."""
    gaps = Gaps(scene, dice)
    left: dict[str, list[str]] = {}
    for kind in cycle(plan):
        if not left.get(kind):
            left[kind] = dice.shuffled(lists("sentences")[kind])
        gaps.next_sentence()
        yield left[kind].pop().format_map(gaps)


def _fitted(sentences: Iterator[str], low: int, high: int, dice: Dice) -> str:
    """Whole sentences where they fit, else cut at the limit."""
    wanted = dice.number(low, max(low, high - 8))
    text: list[str] = []
    counted = 0
    for sentence in sentences:
        length = count_words(sentence)
        if counted + length > high:
            if counted >= low:
                break
            text.append(cut_to(high - counted, iter((sentence,))))
            break
        text.append(sentence)
        counted += length
        if counted >= wanted:
            break
    return " ".join(text)
