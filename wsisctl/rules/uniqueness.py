"""One project per entity and category."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

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
