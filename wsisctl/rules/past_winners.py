"""Which past winner a submission may be, and what tells so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wsisctl.likeness.countries import country_code
from wsisctl.likeness.letters import stem, words
from wsisctl.likeness.mentions import Mention, Name, large_words, mention
from wsisctl.likeness.name_forms import Spelling
from wsisctl.likeness.names import Directory
from wsisctl.likeness.titles import Catalogue, Chance, Title, contains, shared_words
from wsisctl.names import SameNames, name_key
from wsisctl.records.people import PastWinner
from wsisctl.records.submissions import Submission

ENTITIES = ("entity", "submitter_organization")


@dataclass(frozen=True)
class Match:
    """How a submission is like a past winner."""

    rank: int
    """The best first."""
    says: str
    field: str = "title"
    sentence: str = ""
    """Of the box `field`, where that speaks of the winner."""


_LONG_TITLE = 3
"""Words; in one country hardly two projects agree in so many."""
_EQUAL, _ALIKE, _MENTIONED, _SHARED, _MENTIONED_BY_OTHERS = range(5)


class PastWinners:
    """All winners, in the ways in which a submission may be like one."""

    def __init__(
        self, winners: Sequence[PastWinner], organizations: SameNames, boxes: Sequence[str]
    ) -> None:
        self._names = organizations
        self._boxes = boxes
        self.winners = tuple(winner for winner in winners if name_key(winner.title))
        self._titles = [Title(winner.title) for winner in self.winners]
        self._catalogue = Catalogue(self._titles)
        self._called = [tuple(map(Name, title.names)) for title in self._titles]
        self._entities = Directory(
            [_spelling(winner.entity, winner.country) for winner in self.winners]
        )
        self._equal: dict[str, list[int]] = defaultdict(list)
        self._declared: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[tuple[int, Name]]] = defaultdict(list)
        for place, winner in enumerate(self.winners):
            self._equal[name_key(winner.title)].append(place)
            self._declared[self._names.key(winner.entity)].append(place)
            for name in self._titles[place].full_names:
                called = Name(name)
                key = max(called.large, key=lambda word: (len(word), word), default="")
                self._by_word[key].append((place, called))
        self._owned: dict[tuple[str, str], frozenset[int]] = {}

    def matches(self, submission: Submission) -> list[tuple[PastWinner, Match]]:
        """The winners that a submission may be, the best match first; of equal titles only the best."""
        title = Title(submission.text("title"))
        own = self._of_entity(submission)
        texts = _Texts(submission, self._boxes)
        found: dict[int, Match] = {}
        for match_of in (
            self._equal_titles(title),
            self._alike_titles(submission, title, own),
            self._of_the_entity(submission, title, texts, own),
            self._of_others(submission, texts, own),
        ):
            for place, match in match_of:
                found.setdefault(place, match)
        best: dict[str, int] = {}
        for place in sorted(found, key=lambda one: (found[one].rank, one not in own, one)):
            best.setdefault(name_key(self.winners[place].title), place)
        return [(self.winners[place], found[place]) for place in best.values()]

    def _of_entity(self, submission: Submission) -> frozenset[int]:
        """The winners whose entity this is, as far as names tell."""
        country = submission.text("country")
        return frozenset(
            place
            for box in ENTITIES
            if (name := submission.text(box))
            for place in self._of_name(name, country)
        )

    def _of_name(self, name: str, country: str) -> frozenset[int]:
        known = name_key(name), country_code(country)
        if known not in self._owned:
            # Equal names of two countries are one ministry of health and another one.
            declared = {
                place
                for place in self._declared.get(self._names.key(name), ())
                if name_key(self.winners[place].entity) != known[0]
            }
            self._owned[known] = self._entities.like(_spelling(name, country)) | declared
        return self._owned[known]

    def _equal_titles(self, title: Title) -> Iterator[tuple[int, Match]]:
        for place in self._equal.get(name_key(title.text), ()):
            yield place, Match(_EQUAL, "")

    def _alike_titles(
        self, submission: Submission, title: Title, own: frozenset[int]
    ) -> Iterator[tuple[int, Match]]:
        for place, likeness in self._catalogue.like(title).items():
            near = self._same_country(submission, place)
            shorter = min(len(title.words), len(self._titles[place].words))
            said_here = near and (shorter >= _LONG_TITLE or likeness.chance is Chance.ELSEWHERE)
            if place in own or said_here or likeness.chance is Chance.HARDLY:
                yield place, Match(_ALIKE, f": {likeness.kind}")

    def _same_country(self, submission: Submission, place: int) -> bool:
        code = country_code(submission.text("country"))
        return bool(code) and code == country_code(self.winners[place].country)

    def _of_the_entity(
        self, submission: Submission, title: Title, texts: "_Texts", own: frozenset[int]
    ) -> Iterator[tuple[int, Match]]:
        for place in sorted(own):
            old, whose = self._titles[place], self._whose(submission, place)
            if contains(title, old):
                yield place, Match(_MENTIONED, f" {whose}, and stands in this title")
            elif spoken := texts.speak_of(self._called[place]):
                box, found = spoken
                says = f" {whose}, and {box} speaks of it"
                yield place, Match(_MENTIONED, says, box, found.sentence)
            elif shared := shared_words(old, title, _known(submission, self.winners[place])):
                told = ", ".join(f"'{word}'" for word in shared)
                yield place, Match(_SHARED, f" {whose}, and the titles share {told}")

    def _whose(self, submission: Submission, place: int) -> str:
        theirs = self.winners[place].entity
        if self._names.key(theirs) in {self._names.key(submission.text(box)) for box in ENTITIES}:
            return "for the same entity"
        return f"for '{theirs}', which may be the same entity"

    def _of_others(
        self, submission: Submission, texts: "_Texts", own: frozenset[int]
    ) -> Iterator[tuple[int, Match]]:
        """Only where the text says that it is another name, or where the title is like no other."""
        for word in sorted(self._by_word.keys() & {"", *texts.words}):
            for place, name in self._by_word[word]:
                spoken = None if place in own else texts.speak_of((name,))
                if spoken is None:
                    continue
                box, found = spoken
                near = self._same_country(submission, place) and name.is_telling
                if found.says_another_name or (near and box != "title"):
                    says = f", and {box} speaks of it"
                    yield place, Match(_MENTIONED_BY_OTHERS, says, box, found.sentence)


class _Texts:
    """What may speak of a past winner: the title and the boxes that describe the project."""

    def __init__(self, submission: Submission, boxes: Sequence[str]) -> None:
        self._texts = {box: submission.text(box) for box in ("title", *boxes)}
        together = "\n".join(self._texts.values())
        self.words = large_words(together)
        self._folded = together.casefold()

    def speak_of(self, names: Sequence[Name]) -> tuple[str, Mention] | None:
        """The first box that speaks of a project of one of these names, and how."""
        there = [
            name for name in names if name.large <= self.words and name.longest in self._folded
        ]
        for box, text in self._texts.items():
            if there and (found := mention(text, there)):
                return box, found
        return None


def _spelling(name: str, country: str) -> Spelling:
    code = country_code(country)
    return Spelling(name, (code,) if code else ())


def _known(submission: Submission, winner: PastWinner) -> frozenset[str]:
    """Stems of the names of entities: that they stand in both titles says nothing."""
    names = (*(submission.text(box) for box in ENTITIES), winner.entity)
    return frozenset(stem(word) for name in names for word in words(name))
