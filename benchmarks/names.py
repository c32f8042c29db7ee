"""How well names of organizations and titles of past winners are recognized, and how fast.

    .venv/bin/python -m benchmarks.names

writes three tables in Markdown. But for the seconds they are the same on every machine.
"""

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from wsisctl.commands.shell import open_contest
from wsisctl.contest.model import Contest
from wsisctl.demo.mixer import Dice
from wsisctl.demo.real import names as invented
from wsisctl.demo.real.edition import RealEdition
from wsisctl.findings import Source
from wsisctl.likeness.name_forms import Spelling
from wsisctl.likeness.names import pairs, similarity
from wsisctl.names import name_key
from wsisctl.records.people import PastWinner
from wsisctl.records.record import Record
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context
from wsisctl.rules.eligibility import PAST_WINNER
from wsisctl.times import read_time

PAIRS = Path(__file__).parent / "name_pairs.csv"


@dataclass(frozen=True)
class NamePair:
    """Two names, and whether a person who knows them says that they are one organization's."""

    one: Spelling
    other: Spelling
    same: bool

    @property
    def proposed(self) -> str:
        """The kind of evidence for which they are proposed; empty where they are not."""
        found = pairs([self.one, self.other], [1, 2])
        return found[0].kind if found else ""


def name_pairs() -> list[NamePair]:
    """The list made by hand."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [
            NamePair(
                Spelling(row["one"], (row["country"],)),
                Spelling(row["other"], (row["other_country"],)),
                row["same"] == "yes",
            )
            for row in csv.DictReader(file)
        ]


def organizations(contest: Contest) -> Iterator[str]:
    """Precision and recall on the list, and on the invented edition, where the owner is known."""
    told = name_pairs()
    yield "| pairs | same | proposed of them | different | proposed of them |"
    yield "|---|--:|--:|--:|--:|"
    yield _line("made by hand", told, lambda pair: bool(pair.proposed))
    for least in (80, 90, 95):
        yield _line(f"a score of {least} or more instead", told, _scored(least))
    yield _line("names of the invented edition", *_of_the_edition(contest))
    yield ""
    kinds = Counter((pair.proposed, pair.same) for pair in told if pair.proposed)
    yield "| evidence | same | different |"
    yield "|---|--:|--:|"
    for kind in dict.fromkeys(kind for kind, _ in sorted(kinds)):
        yield f"| {kind} | {kinds[kind, True]} | {kinds[kind, False]} |"
    yield ""
    yield "Not proposed: " + "; ".join(
        f"`{pair.one.text}` / `{pair.other.text}`"
        for pair in told
        if pair.same and not pair.proposed
    )


def _scored(least: int) -> Callable[[NamePair], bool]:
    return lambda pair: similarity(pair.one.text, pair.other.text) >= least


def _line(what: str, told: list[NamePair], is_proposed: Callable[[NamePair], bool]) -> str:
    found = Counter((pair.same, is_proposed(pair)) for pair in told)
    same, different = (found[kind, True] + found[kind, False] for kind in (True, False))
    return f"| {what} | {same} | {found[True, True]} | {different} | {found[False, True]} |"


def _of_the_edition(contest: Contest) -> tuple[list[NamePair], Callable[[NamePair], bool]]:
    """Every two names of one country, and whether proposals join them."""
    owners: dict[str, tuple[str, Spelling]] = {}
    for entry in RealEdition(contest).entries:
        text, country = entry.cells["entity"], entry.cells["country"]
        if not entry.fault and country == entry.entity.country.code:
            owners.setdefault(name_key(text), (entry.entity.name, Spelling(text, (country,))))
    everyone = list(owners.values())
    sets = {place: {place} for place in range(len(everyone))}
    for pair in pairs([spelling for _, spelling in everyone], range(len(everyone))):
        joined = sets[pair.earlier] | sets[pair.later]
        sets |= dict.fromkeys(joined, joined)
    place_of = {spelling: place for place, (_, spelling) in enumerate(everyone)}
    told = [
        NamePair(one, other, owner == another)
        for (owner, one), (another, other) in combinations(everyone, 2)
        if one.countries == other.countries
    ]
    return told, lambda pair: place_of[pair.other] in sets[place_of[pair.one]]


@dataclass(frozen=True)
class Draft:
    """An honest submission of the edition, the past winner that it is made to be, and another one."""

    cells: Mapping[str, str]
    winner: PastWinner
    title: str
    """Another title."""

    def text(self, sentence: str) -> dict[str, str]:
        """The description with a sentence in the middle."""
        begin, end, rest = self.cells["short_description"].partition(". ")
        return {"short_description": f"{begin}{end}{sentence} {rest}"}


Edit = Callable[[Draft], Mapping[str, str]]


def _of_the_winner(draft: Draft) -> dict[str, str]:
    return {"entity": draft.winner.entity, "country": draft.winner.country}


def _without_a_letter(title: str) -> str:
    longest = max(title.split(), key=len)
    return title.replace(longest, longest[:3] + longest[4:])


SAME: Mapping[str, Edit] = {
    "in capitals, with dashes for colons": lambda draft: {
        "title": draft.winner.title.upper().replace(": ", " - ")
    },
    "an acronym in brackets": lambda draft: {"title": f"{draft.winner.title} (QZX)"},
    "an article": lambda draft: {"title": f"The {draft.winner.title}"},
    "a letter left out of the longest word": lambda draft: {
        "title": _without_a_letter(draft.winner.title)
    },
    "a subtitle of five words": lambda draft: {
        "title": f"{draft.winner.title} - a service for every district"
    },
    "renamed, the text says what it was called": lambda draft: {
        **draft.text(f"The project, formerly {draft.winner.title}, has grown."),
    },
    "renamed, same entity, the text speaks of it": lambda draft: {
        **_of_the_winner(draft),
        **draft.text(f"{draft.winner.title} won in {draft.winner.year}."),
    },
    "renamed, same entity spelled otherwise, the same": lambda draft: {
        "entity": f"The {draft.winner.entity.upper()} (QZX)",
        "country": draft.winner.country,
        **draft.text(f"{draft.winner.title} won in {draft.winner.year}."),
    },
    "another edition, same entity": lambda draft: {
        **_of_the_winner(draft),
        "title": f"{draft.winner.title} 2.0",
    },
    "renamed, same entity, nothing is said": _of_the_winner,
}
DIFFERENT: Mapping[str, Edit] = {
    "an honest project": lambda _: {},
    "another entity's second edition": lambda draft: {"title": f"{draft.winner.title} 2"},
    "the same title in another country, which it names": lambda draft: {
        "title": f"{draft.winner.title} Wakanda"
    },
    "builds on the work of the winner": lambda draft: draft.text(
        f"It builds on the work of {draft.winner.title}, a winner of {draft.winner.year}."
    ),
    "the same words in a sentence": lambda draft: draft.text(
        f"People here know about {draft.winner.title.lower()} and more."
    ),
}


def past_winners(contest: Contest) -> Iterator[str]:
    """What is found of each kind of edit."""
    edition = RealEdition(contest)
    winners = tuple(
        PastWinner(
            row["title"], row["year"], Source("past.csv", place), "", row["entity"], row["country"]
        )
        for place, row in enumerate(edition.past_winners().records, start=2)
    )
    honest = [entry.cells for entry in edition.entries if not entry.fault and entry.like is None]
    drafts = [
        Draft(cells, winner, cells["title"])
        for winner, cells in zip(winners, honest, strict=False)
        if cells["country"] != winner.country
    ]
    yield "| made into the winner by | made | found |"
    yield "|---|--:|--:|"
    yield from _found(contest, winners, drafts, SAME)
    yield ""
    yield "| another project, though | made | found |"
    yield "|---|--:|--:|"
    everyone = [Draft(cells, winners[0], cells["title"]) for cells in honest]
    yield from _found(contest, winners, everyone, dict([*DIFFERENT.items()][:1]))
    yield from _found(contest, winners, drafts, dict([*DIFFERENT.items()][1:]))


def _found(
    contest: Contest,
    winners: tuple[PastWinner, ...],
    drafts: list[Draft],
    edits: Mapping[str, Edit],
) -> Iterator[str]:
    context = Context(contest, winners)
    for what, edit in edits.items():
        made = tuple(
            _submission(f"{place:05}", {**draft.cells, **edit(draft)}, contest)
            for place, draft in enumerate(drafts)
        )
        found = {fault.submission.id for fault in PAST_WINNER.check(made, {}, context)}
        yield f"| {what} | {len(made)} | {len(found)} |"


def _submission(identity: str, cells: Mapping[str, str], contest: Contest) -> Submission:
    record = Record({**cells, "submission_id": identity}, Source("submissions.csv", 2))
    return Submission(identity, record, None, read_time(cells["submitted_at"], contest.zone))


def speed(contest: Contest) -> Iterator[str]:
    """CPU seconds for so many different names."""
    yield "| different names | CPU s | pairs |"
    yield "|--:|--:|--:|"
    spellings: dict[str, Spelling] = {}
    draws = 0
    for number in (1_300, 10_000, 50_000):
        while len(spellings) < number:
            dice = Dice("names", draws)
            draws += 1
            entity = invented.entity(
                tuple(contest.stakeholder_types), invented.draw_country(dice), dice
            )
            # The invented names repeat themselves; a second one in front tells them apart.
            owner = invented.person(entity.country, dice) if draws > number else ""
            text = f"{owner} {entity.spelled(dice)}".strip()
            spellings.setdefault(name_key(text), Spelling(text, (entity.country.code,)))
        some = list(spellings.values())[:number]
        begun = time.process_time()
        found = pairs(some, range(number))
        yield f"| {number} | {time.process_time() - begun:.1f} | {len(found)} |"


def main() -> None:
    """Print the tables."""
    contest = open_contest("2021")
    for part in (organizations, past_winners, speed):
        print(*part(contest), sep="\n", end="\n\n")


if __name__ == "__main__":
    main()
