"""One project per entity and category, and no project twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wsisctl.names import name_key
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.specimen import Specimen


def _one_per_entity(
    submissions: tuple[Submission, ...], _: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    entries: dict[tuple[str, str], list[Submission]] = defaultdict(list)
    for submission in submissions:
        entity = context.organizations.key(submission.text("entity"))
        if entity and submission.category and submission.id not in context.out_of_contest:
            entries[entity, submission.category].append(submission)
    for (_entity, category), rivals in entries.items():
        earliest, *later = sorted(rivals, key=lambda item: item.order)
        for submission in later:
            yield Fault(
                submission,
                f"'{submission.text('entity')}' has already submitted {earliest.id} "
                f"('{earliest.text('title')}') in {category}",
                f"one project per entity and category: the earliest stays; withdrawing {earliest.id} "
                "lets the next one in",
                "entity",
            )


def _same_project(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], _: Context
) -> Iterator[Fault]:
    for group in _sets_with_equal_text(submissions, settings["compare"]):
        earliest, *later = sorted(group, key=lambda item: item.order)
        for submission in later:
            boxes = [
                box
                for box in settings["compare"]
                if any(_same(submission, other, box) for other in group if other is not submission)
            ]
            yield Fault(
                submission,
                f"looks like the project {earliest.id} ('{earliest.text('title')}') of "
                f"'{earliest.text('entity')}': equal {' and '.join(boxes)}",
                "compare the two and decide; a project may be submitted once, by whomever",
                boxes[0],
            )


def _sets_with_equal_text(
    submissions: Iterable[Submission], boxes: Iterable[str]
) -> list[list[Submission]]:
    """Submissions joined by an equal text in any of the boxes, in sets of two or more."""
    sets: dict[str, list[Submission]] = {}
    for box in boxes:
        by_text: dict[str, list[Submission]] = defaultdict(list)
        for submission in submissions:
            if text := name_key(submission.text(box)):
                by_text[text].append(submission)
        for alike in by_text.values():
            joined = {member.id: member for one in alike for member in sets.get(one.id, [one])}
            group = list(joined.values())
            sets |= dict.fromkeys(joined, group)
    distinct = {id(group): group for group in sets.values()}
    return [group for group in distinct.values() if len(group) > 1]


def _same(one: Submission, other: Submission, box: str) -> bool:
    text = name_key(one.text(box))
    return bool(text) and text == name_key(other.text(box))


ONE_PER_ENTITY = Rule(
    code="one-per-entity",
    severity="error",
    check=_one_per_entity,
    checks="Among an entity's submissions in one category that have no other error and are not "
    "withdrawn, the earliest stays and each later one is refused. The entity is the owner; names "
    "are equal by Unicode NFKC, case folding and white space, or by organizations.csv.",
    why="Each entity has the same chance in a category.",
    example="Two projects of `Ministry of ICT` in the same category.",
    specimen=Specimen(({"entity": "Ministry of ICT"}, {"entity": "MINISTRY OF ICT"})),
    mend="Withdraw the earlier one, or enter the later one in another category.",
    needs=lambda _: ("entity", "category"),
)
SAME_PROJECT = Rule(
    code="same-project",
    severity="review",
    check=_same_project,
    checks="No other submission, in any category and by anyone, has the same text in one of the "
    "boxes to `compare`; of those that do, all but the earliest are put before a person.",
    why="A project may not be submitted twice.",
    example="Two submissions with the same `title`.",
    specimen=Specimen(({"title": "Solar Classrooms"}, {"title": "SOLAR CLASSROOMS"})),
    mend="Withdraw one of the two, or show that they are different projects.",
    settings={
        "type": "object",
        "additionalProperties": False,
        "required": ["compare"],
        "properties": {"compare": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
    },
    needs=lambda settings: settings["compare"],
)
