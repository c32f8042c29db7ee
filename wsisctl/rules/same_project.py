"""No project twice, in any category, by anyone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wsisctl.findings import Evidence, Passage
from wsisctl.likeness.passages import differences
from wsisctl.records.submissions import Submission
from wsisctl.rules.bonds import EQUAL, TITLE, Bonds, bonds_of
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.specimen import Specimen
from wsisctl.wording import counted, listed

_LEAST = 40
"""Hundredths; docs/likeness.md has the figures that speak for it."""


def _same_project(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    entered = sorted(submissions, key=lambda item: item.order)
    least = settings.get("alike", _LEAST)
    bonds = bonds_of(entered, settings["compare"], least, context.organizations)
    for place, primary in enumerate(bonds.primaries(len(entered))):
        if place != primary:
            yield _fault(entered, bonds, place, primary)


def _fault(entered: Sequence[Submission], bonds: Bonds, place: int, primary: int) -> Fault:
    partner = bonds.partner(place, primary)
    here, there = entered[place], entered[partner]
    shared = bonds.shared(place, partner)
    alike = {name: much for name, much in shared.items() if much < EQUAL}
    found = {name: differences(here.text(name), there.text(name)) for name in alike}
    more = sum(item.more for item in found.values())
    passages = tuple(
        Passage(name, one, other) for name, item in found.items() for one, other in item.passages
    )
    return Fault(
        here,
        f"looks like the project {there.id} ('{there.text('title')}') of '{there.text('entity')}'"
        + ("" if partner == primary else f", in a set that begins with {entered[primary].id}")
        + f": {_in_common(bonds, place, partner)}{_further(entered, bonds, place, partner)}",
        "compare the two "
        + (f"({counted(more, 'further passage')} of the text differ too) " if more else "")
        + "and decide; a project may be submitted once, by whomever",
        next(iter(shared), TITLE),
        evidence=Evidence(passages, there.id, max((alike or shared).values(), default=None)),
    )


def _in_common(bonds: Bonds, place: int, partner: int) -> str:
    """In words: `87 % alike in short_description, equal title`."""
    shared = bonds.shared(place, partner)
    told = [f"{much} % alike in {name}" for name, much in shared.items() if much < EQUAL]
    equal = [name for name, much in shared.items() if much == EQUAL]
    if equal:
        told.append(f"equal {' and '.join(equal)}")
    if TITLE not in shared and bonds.have_near_titles(place, partner):
        told.append("the title is all but equal")
    return ", ".join(told)


def _further(entered: Sequence[Submission], bonds: Bonds, place: int, partner: int) -> str:
    """Earlier ones that are like it in another box than the one it is compared with."""
    boxes = bonds.shared(place, partner).keys()
    ids = [
        entered[other].id
        for other in bonds.earlier(place)
        if bonds.shared(place, other).keys() - boxes
    ]
    return f"; see also {listed(ids)}" if ids else ""


SAME_PROJECT = Rule(
    code="same-project",
    severity="review",
    check=_same_project,
    checks="No other submission, in any category and by anyone, has the same text in one of the "
    "boxes to `compare`, or one of which so many percent are `alike` (40 unless the edition says "
    "otherwise): renamed, reworded, with parts added, left out or moved. What many submissions share "
    "counts little, and so does text that repeats itself; texts under 30 words are compared for "
    "equality alone. A title that is all but equal (signs, accents, order, small words, an acronym "
    "in brackets, a subtitle, one letter of a long word, but never a number) counts where the owner "
    "or the sender is the same, or the texts are half as much alike. All but the earliest of a set "
    "are put before a person.",
    why="A project may not be submitted twice.",
    example="Two submissions with the same `title`.",
    specimen=Specimen(({"title": "Solar Classrooms"}, {"title": "SOLAR CLASSROOMS"})),
    mend="Withdraw one of the two, or show that they are different projects.",
    settings={
        "type": "object",
        "additionalProperties": False,
        "required": ["compare"],
        "properties": {
            "compare": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "alike": {"type": "integer", "minimum": 1, "maximum": 100},
        },
    },
    needs=lambda settings: settings["compare"],
)
