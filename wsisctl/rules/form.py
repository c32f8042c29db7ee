"""What the questionnaire asks for: boxes filled in, lengths, and values from its lists."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wsisctl.contest.model import Label, category_key
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.specimen import Specimen, in_words
from wsisctl.suggest import near_miss, suggestion

Submissions = tuple[Submission, ...]
Settings = Mapping[str, Any]

_WORD = re.compile(r"[^\W_]\S*")
"""The first letter or digit of a token, and the rest of it; other tokens have none."""


def count_words(text: str) -> int:
    """White-space tokens with a letter or digit in them (contract, Words)."""
    return len(_WORD.findall(text))


def _required_field(submissions: Submissions, _: Settings, context: Context) -> Iterator[Fault]:
    for submission in submissions:
        for box in context.contest.form:
            if box.required and not submission.text(box.id):
                yield Fault(
                    submission,
                    f"the box '{box.label.en}' is empty",
                    f"fill in {box.id}; incomplete submissions are not accepted",
                    box.id,
                )


def _word_count(submissions: Submissions, settings: Settings, _: Context) -> Iterator[Fault]:
    for submission in submissions:
        counts = {box: count_words(submission.text(box)) for box in settings}
        for box, limits in settings.items():
            words = counts[box]
            if _fits(words, limits) or not submission.text(box):
                continue  # an empty box is required-field's to report, once
            remedy = "shorten" if words > limits.get("max", words) else "add to"
            yield Fault(
                submission,
                f"{box} has {_words(words)}; expected {_expected(limits)}",
                f"{remedy} the text until it has {_expected(limits)}{_swapped(box, counts, settings)}",
                box,
            )


def _fits(words: int, limits: Mapping[str, int]) -> bool:
    return limits.get("min", 0) <= words <= limits.get("max", words)


def _swapped(box: str, counts: Mapping[str, int], settings: Settings) -> str:
    """The other boxes whose text would fit here, while this one would fit there."""
    others = [
        other
        for other, limits in settings.items()
        if other != box and _fits(counts[box], limits) and _fits(counts[other], settings[box])
    ]
    return f"; {box} and {others[0]} may have changed places" if others else ""


def _words(number: int) -> str:
    return "1 word" if number == 1 else f"{number} words"


def _expected(limits: Mapping[str, int]) -> str:
    if "min" in limits and "max" in limits:
        return f"{limits['min']} to {limits['max']} words"
    return (
        f"at least {limits['min']} words" if "min" in limits else f"at most {limits['max']} words"
    )


def _category(submissions: Submissions, _: Settings, context: Context) -> Iterator[Fault]:
    contest = context.contest
    ids = [category.id for category in contest.categories]
    for submission in submissions:
        written = submission.text("category")
        if submission.category is not None or not written:
            continue
        several = [part for part in _parts(written) if contest.category_of(part)]
        if len(several) > 1:
            what = f"'{written}' names {len(several)} categories; expected exactly one"
        else:
            what = f"'{written}' is no category of this contest{suggestion(written, ids)}"
        yield Fault(submission, what, "choose exactly one category of the contest", "category")


def _parts(text: str) -> list[str]:
    for separator in (",", "/", "|", "+", "&", "\n"):
        text = text.replace(separator, ";")
    return [part.strip() for part in text.split(";")]


def _entity_type(submissions: Submissions, _: Settings, context: Context) -> Iterator[Fault]:
    types = context.contest.stakeholder_types
    for submission in submissions:
        written = submission.text("entity_type")
        if written and written not in types:
            meant = _type_meant(written, types)
            yield Fault(
                submission,
                f"'{written}' is no stakeholder type",
                f"expected one of: {', '.join(types)}"
                + (f"; did you mean '{meant}'?" if meant else ""),
                "entity_type",
            )


def _type_meant(written: str, types: Mapping[str, Label]) -> str:
    """The id of the one type that goes by this name, or nearly; empty where none does, or several."""
    names = [
        (name, code) for code, label in types.items() for name in (code, label.en, label.zh) if name
    ]
    equal = {code for name, code in names if category_key(name) == category_key(written)}
    meant = equal or {code for name, code in names if near_miss(written, [name])}
    return meant.pop() if len(meant) == 1 else ""


def _sdgs(submissions: Submissions, _: Settings, context: Context) -> Iterator[Fault]:
    known = {str(number) for number in context.contest.sdgs}
    for submission in submissions:
        written = submission.text("sdgs")
        named = [part.strip() for part in written.split(";") if part.strip()]
        unknown = [part for part in named if part not in known]
        if unknown or (written and not named):
            yield Fault(
                submission,
                f"'{written}' names {', '.join(unknown) or 'nothing'}, which is no SDG",
                f"expected numbers from 1 to {len(known)} with ';' between them, such as 1;9;16",
                "sdgs",
            )


def _fields_of_limits(settings: Settings) -> Iterable[str]:
    return settings


_LIMIT = {"type": "integer", "minimum": 1}

REQUIRED_FIELD = Rule(
    code="required-field",
    severity="error",
    check=_required_field,
    checks="Every box of the form that is not optional has something in it besides white space.",
    why="An incomplete submission cannot be compared with a complete one.",
    example="`impact` is empty.",
    specimen=Specimen(({"impact": "", "photo": ""},)),
    mend="Fill in the box and submit again before the deadline.",
)
WORD_COUNT = Rule(
    code="word-count",
    severity="error",
    check=_word_count,
    checks="A text has at least `min` and at most `max` words. A word is a white-space token with a "
    "letter or digit in it. An empty box is left to required-field.",
    why="Voters and experts read every text at the same length.",
    example="`short_description` has 149 words where 150 to 200 are asked for.",
    specimen=Specimen(
        (
            {
                "short_description": in_words(149, "Every village school has its own tablets."),
                "executive_summary": in_words(101, "Every village school has its own tablets."),
            },
        )
    ),
    mend="Lengthen or shorten the text.",
    settings={
        "type": "object",
        "description": "field → its limits",
        "minProperties": 1,
        "additionalProperties": {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {"min": _LIMIT, "max": _LIMIT},
        },
    },
    needs=_fields_of_limits,
)
CATEGORY = Rule(
    code="category",
    severity="error",
    check=_category,
    checks="The category is exactly one of the contest's: by id, number, name or alias.",
    why="A project competes in one category only, and staff must not guess which.",
    example="`category` is `C7`, which could be any of several categories, or `C1;C3`.",
    specimen=Specimen(({"category": "C7"},)),
    mend="Name one category.",
    needs=lambda _: ("category",),
)
ENTITY_TYPE = Rule(
    code="entity-type",
    severity="error",
    check=_entity_type,
    checks="The stakeholder type is one of the contest's list.",
    why="The letter names who may take part; the list is read as complete.",
    example="`entity_type` is `company`.",
    specimen=Specimen(({"entity_type": "company"},)),
    mend="Choose a type from the list.",
    needs=lambda _: ("entity_type",),
)
SDGS = Rule(
    code="sdgs",
    severity="error",
    check=_sdgs,
    checks="Every Sustainable Development Goal is given by its number.",
    why="The panel looks at the link between the project and each goal named.",
    example="`sdgs` is `1;18`.",
    specimen=Specimen(({"sdgs": "1;18"},)),
    mend="Give numbers of goals with `;` between them.",
    needs=lambda _: ("sdgs",),
)
