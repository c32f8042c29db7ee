"""What joins submissions: an equal text, texts that are alike, titles that are all but equal.

Submissions are named by their places in time here: 0 is the earliest of the contest.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wsisctl.likeness.texts import Places, alike
from wsisctl.likeness.titles import Title
from wsisctl.likeness.typos import one_slip_apart
from wsisctl.names import SameNames, name_key
from wsisctl.records.submissions import Submission

_Form = tuple[Hashable, str]

TITLE = "title"
EQUAL = 100
"""Hundredths; texts that are not equal have fewer."""


def bonds_of(
    entered: Sequence[Submission], compare: Sequence[str], least: int, organizations: SameNames
) -> "Bonds":
    """Compare the boxes of all submissions, given from the earliest to the latest."""
    titles = _near_titles(entered, organizations) if TITLE in compare else {}
    boxes = [_box(name, entered, least, titles) for name in compare]
    by_title: dict[int, set[int]] = defaultdict(set)
    for one, other in _evident(titles, boxes, least):
        by_title[one].add(other)
        by_title[other].add(one)
    return Bonds(boxes, by_title, least)


@dataclass(frozen=True)
class _Box:
    """What stands in one box of all submissions."""

    name: str
    text_of: Mapping[int, int]
    """Of each submission with something in the box, the number of its text."""
    holders: Sequence[Sequence[int]]
    """Of each text, the submissions that have it."""
    found: Mapping[Places, int]
    """How much texts are alike, in hundredths, of those that were compared."""
    neighbours: Mapping[int, Sequence[int]]
    """Of each text, those enough like it."""

    def likeness(self, one: int, other: int) -> int:
        """How much two submissions are alike here."""
        if one not in self.text_of or other not in self.text_of:
            return 0
        texts = sorted((self.text_of[one], self.text_of[other]))
        return EQUAL if texts[0] == texts[1] else self.found.get((texts[0], texts[1]), 0)

    def like(self, place: int) -> Iterator[int]:
        """Others with the same text, and the first of each text like it."""
        if place in self.text_of:
            text = self.text_of[place]
            yield from (other for other in self.holders[text][:2] if other != place)
            yield from (self.holders[other][0] for other in self.neighbours.get(text, ()))


def _box(name: str, entered: Sequence[Submission], least: int, asked: Iterable[Places]) -> _Box:
    """Compare what stands in a box; those asked for also where they are not alike."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for place, submission in enumerate(entered):
        if text := name_key(submission.text(name)):
            by_text[text].append(place)
    holders = tuple(by_text.values())
    text_of = {place: text for text, places in enumerate(holders) for place in places}
    pairs = (tuple(sorted({text_of[it] for it in pair if it in text_of})) for pair in asked)
    texts = (entered[places[0]].text(name) for places in holders)
    found = alike(texts, least, ((pair[0], pair[1]) for pair in pairs if len(pair) > 1))
    neighbours: dict[int, list[int]] = defaultdict(list)
    for (one, other), hundredths in found.items():
        if hundredths >= least:
            neighbours[one].append(other)
            neighbours[other].append(one)
    return _Box(name, text_of, holders, found, neighbours)


def _near_titles(entered: Sequence[Submission], organizations: SameNames) -> Mapping[Places, bool]:
    """Those whose title is all but that of an earlier one; True: of one owner or sender."""
    first: dict[Hashable, tuple[int, str]] = {}
    near: dict[Places, bool] = {}
    for later, submission in enumerate(entered):
        own, sought = _forms(Title(submission.text(TITLE)))
        owners = {
            organizations.key(submission.text(box)) for box in ("entity", "submitter_organization")
        }
        for owner in owners | {""}:
            for form, word in sought:
                earlier, theirs = first.get((owner, form), (later, ""))
                if earlier != later and (word == theirs or one_slip_apart(word, theirs)):
                    near[earlier, later] = near.get((earlier, later), False) or owner != ""
            for form, word in own:
                first.setdefault((owner, form), (later, word))
    return near


def _forms(title: Title) -> tuple[list[_Form], list[_Form]]:
    """The forms by which a title is found, and those by which it finds others.

    Each has its numbers, so that titles with other numbers are not found, and the word in which a
    letter may be wrong.
    """
    if not title.core:
        return [], []
    whole = tuple(sorted(title.core))
    own: list[_Form] = [(("whole", whole, title.marks), "")]
    head = Title(title.head)
    if title.head == title.main:
        sought: list[_Form] = [*own, (("head", whole, title.marks), "")]
    elif head.marks == title.marks:
        before = tuple(sorted(head.core))
        sought = [*own, (("whole", before, title.marks), "")]
        own = [*own, (("head", before, title.marks), "")]
    else:
        sought = own
    slips: list[_Form] = list(title.frames())
    return [*own, *slips], [*sought, *slips]


def _evident(titles: Mapping[Places, bool], boxes: Sequence[_Box], least: int) -> Iterator[Places]:
    """Of titles all but equal, those that something else speaks for: the owner, or half the likeness."""
    for (one, other), related in titles.items():
        if related or any(
            box.likeness(one, other) * 2 >= least for box in boxes if box.name != TITLE
        ):
            yield one, other


@dataclass(frozen=True)
class Bonds:
    """All that joins the submissions of a contest."""

    boxes: Sequence[_Box]
    by_title: Mapping[int, set[int]]
    """Of each submission, those it is joined with by a title that is all but equal."""
    least: int

    def shared(self, one: int, other: int) -> dict[str, int]:
        """The boxes in which two are equal or alike, and how much, in hundredths."""
        found = {box.name: box.likeness(one, other) for box in self.boxes}
        return {name: much for name, much in found.items() if much >= self.least}

    def have_near_titles(self, one: int, other: int) -> bool:
        """Whether their titles are all but equal, and that counts."""
        return other in self.by_title.get(one, ())

    def earlier(self, place: int) -> list[int]:
        """Those before it that anything joins it with; of equal texts only the first."""
        return sorted(other for other in self._others(place) if other < place)

    def _others(self, place: int) -> set[int]:
        by_text = {other for box in self.boxes for other in box.like(place)}
        return by_text | self.by_title.get(place, set())

    def partner(self, place: int, primary: int) -> int:
        """With which one of its set a submission is compared: the earliest, if it is like that."""
        if self.shared(place, primary) or self.have_near_titles(place, primary):
            return primary
        return self._nearest(place, self.earlier(place) or self._others(place))

    def _nearest(self, place: int, others: Iterable[int]) -> int:
        """The one it has most in common with, the earliest of several."""
        return min(others, key=lambda other: (-sum(self.shared(place, other).values()), other))

    def primaries(self, number: int) -> list[int]:
        """Of each submission the earliest of its set, which is itself where it has no set.

        Equal texts join, also through a third submission. Likeness joins a submission, or what is
        equal to it, only to an earlier one: two that a later one resembles remain apart.
        """
        primary = list(range(number))

        def earliest(place: int) -> int:
            while primary[place] != place:
                primary[place] = primary[primary[place]]
                place = primary[place]
            return place

        for box in self.boxes:
            for first, *rest in box.holders:
                for place in rest:
                    one, other = sorted((earliest(first), earliest(place)))
                    primary[other] = one
        for place in range(number):
            earlier = self.earlier(place)
            if primary[place] == place and earlier:
                primary[place] = earliest(self._nearest(place, earlier))
        return [earliest(place) for place in range(number)]
