"""Everything that can be wrong with a submission, in the proportions of a real year."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.demo.mixer import Dice
from wsisctl.demo.real import texts
from wsisctl.demo.real.projects import Project, deadline, limited_boxes, limits
from wsisctl.times import Instant, written

Changes = Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """A submission about to get a fault."""

    contest: Contest
    project: Project
    earlier: Project
    """Another one, without fault, that came in before it."""
    same_category: Project
    """The same, in its own category where there is one."""
    past_title: str
    """Of a past winner that no other submission is called after."""
    dice: Dice


@dataclass(frozen=True)
class Fault:
    """What goes wrong, and how often in relation to others."""

    weight: int
    make: Callable[[Draft], Changes]


def _late(draft: Draft) -> Changes:
    after = draft.dice.pick((1, 1, 47, 240, 1_260, 3_599, 9_000, 80_000, 130_000, 600_000))
    late = Instant(deadline(draft.contest).second + after)
    return {"submitted_at": written(late, draft.contest.zone)}


def _early(draft: Draft) -> Changes:
    opens = draft.contest.phases[draft.contest.rules["deadline"].settings["phase"]].opens
    if opens is None:
        return _late(draft)
    early = Instant(opens.second - draft.dice.pick((1, 3_000, 50_000, 700_000)))
    return {"submitted_at": written(early, draft.contest.zone)}


def _short(draft: Draft) -> Changes:
    box, low, _ = _limited(draft)
    words = draft.dice.pick((low - 1, low - 2, low - 9, low * 3 // 4, low // 2, low // 5, 3))
    return {box: texts.exactly(words, draft.project.scene, draft.dice)}


def _long(draft: Draft) -> Changes:
    box, _, high = _limited(draft)
    words = draft.dice.pick((high + 1, high + 2, high + 13, high * 5 // 4, high * 2, high * 3))
    return {box: texts.exactly(words, draft.project.scene, draft.dice)}


def _limited(draft: Draft) -> tuple[str, int, int]:
    box = limited_boxes(draft.contest)[0]
    return box, *limits(draft.contest, box)


def _empty(draft: Draft) -> Changes:
    boxes = [box.id for box in draft.contest.form if box.required and box.id != "category"]
    first, second = draft.dice.pick(boxes), draft.dice.pick(boxes)
    blank = draft.dice.pick(("", "", " ", "\n", "\u00a0"))
    return {first: blank} if draft.dice.chance(800) else {first: blank, second: ""}


def _category(draft: Draft) -> Changes:
    own, other = draft.project.category, draft.earlier.category
    line = own.action_line
    wrong = (
        f"{own.id}?",
        f"{own.id} or {other.id}",
        f"{own.id}; {other.id}" if own.id != other.id else f"{own.id}+",
        f"{line}-e-Everything",
        "Other",
        f"AL {line}",
    )
    return {"category": draft.dice.pick(wrong)}


def _sdgs(draft: Draft) -> Changes:
    return {"sdgs": draft.dice.pick(("SDG 4", "4, 9", "4;18", "0;3", "all", "9;;five", "4-9"))}


def _entity_type(draft: Draft) -> Changes:
    wrong = ("company", "NGO", "Government", "Academia/University", "individual", "startup")
    return {"entity_type": draft.dice.pick(wrong)}


def _status(draft: Draft) -> Changes:
    return {"status": draft.dice.pick(("ongoing", "ongoing", "ongoing", "planned", "pilot"))}


def _language(draft: Draft) -> Changes:
    box, low, high = _limited(draft)
    language = draft.dice.pick(("fr", "fr", "es", "es", "es", "pt", "ru"))
    words = draft.dice.number(low, high)
    return {box: texts.foreign(language, draft.project.scene, words, draft.dice)}


def _sdg_examples(draft: Draft) -> Changes:
    """Another goal is named, of which nothing is said."""
    box, scene = "sdg_linkages", draft.project.scene
    first, _ = scene.goals[0]
    others = [str(number) for number in draft.contest.sdgs if str(number) != first]
    _, high = limits(draft.contest, box)
    text = texts.about_one_goal(scene, high // 2, high, draft.dice)
    return {"sdgs": f"{first};{draft.dice.pick(others)}", box: text}


def _impact_figures(draft: Draft) -> Changes:
    _, high = limits(draft.contest, "impact")
    words = draft.dice.number(high // 2, high)
    return {"impact": texts.without_figures(draft.project.scene, words, draft.dice)}


def _past_winner(draft: Draft) -> Changes:
    title = draft.past_title
    return {"title": draft.dice.pick((title, title.upper(), f" {title} "))}


def _same_title(draft: Draft) -> Changes:
    title = draft.earlier.cells["title"]
    return {"title": draft.dice.pick((title, title.swapcase(), f"{title} "))}


def _same_text(draft: Draft) -> Changes:
    """The same text, sent in by another entity under another title."""
    box = limited_boxes(draft.contest)[0]
    return {box: draft.earlier.cells[box]}


def _same_entity(draft: Draft) -> Changes:
    entity = draft.same_category.cells["entity"]
    return {
        "entity": draft.dice.pick((entity, entity.upper(), f"{entity} ")),
        "country": draft.same_category.cells["country"],
    }


FAULTS: Mapping[str, Fault] = {
    "late": Fault(40, _late),
    "early": Fault(6, _early),
    "short": Fault(36, _short),
    "long": Fault(44, _long),
    "empty": Fault(34, _empty),
    "category": Fault(22, _category),
    "sdgs": Fault(14, _sdgs),
    "entity-type": Fault(14, _entity_type),
    "same-entity": Fault(17, _same_entity),
    "status": Fault(26, _status),
    "language": Fault(20, _language),
    "sdg-examples": Fault(9, _sdg_examples),
    "impact-figures": Fault(9, _impact_figures),
    "past-winner": Fault(9, _past_winner),
    "same-title": Fault(12, _same_title),
    "same-text": Fault(8, _same_text),
}


def in_proportion(number: int, dice: Dice) -> list[str]:
    """So many names of faults, each at least once and as often as its weight says, shuffled."""
    total = sum(fault.weight for fault in FAULTS.values())
    counted = [
        name
        for name, fault in FAULTS.items()
        for _ in range(max(1, fault.weight * number // total))
    ]
    filled: Sequence[str] = [*counted, *["empty"] * (number - len(counted))]
    return dice.shuffled(filled[:number])
