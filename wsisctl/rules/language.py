"""Whether a submission is written in the contest's language."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.foreign import foreign_passages
from wsisctl.rules.passages import quoted
from wsisctl.rules.specimen import Specimen

_WHOLE_PERCENT = 90
"""Of a text that is so much in another language, the rest are names."""
_NAMES = ("title", "entity", "submitter_organization", "coordinator_name")
"""Boxes whose own text says nothing about the language of the others, wherever it comes again."""


def _language(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], _: Context
) -> Iterator[Fault]:
    for submission in submissions:
        names = [submission.text(box) for box in _NAMES]
        for box in settings["fields"]:
            text = submission.text(box)
            foreign = foreign_passages(text, settings["language"], names)
            if foreign is not None:
                whole = foreign.percent >= _WHOLE_PERCENT
                share = box if whole else f"about {foreign.percent} % of {box}"
                passages = (text[one.start : one.end] for one in foreign.stretches)
                yield Fault(
                    submission,
                    f"{share} looks like {foreign.languages}; expected the language "
                    f"'{settings['language']}'",
                    "read it and decide",
                    box,
                    evidence=quoted((box, passage) for passage in passages),
                )


LANGUAGE_CODE = "^[a-z]{2,3}$"
LANGUAGE = Rule(
    code="language",
    severity="review",
    check=_language,
    checks="The text of each of the `fields` is in the `language`; one of which a twentieth or more, "
    "and about eight words or more, is certainly in another is put before a person with these "
    "passages. Names, addresses, numbers, and titles in quotation marks or brackets are no evidence. "
    "Texts of less than about twenty words get no verdict, unless they are in another script.",
    why="Voters and experts must be able to read every project.",
    example="`impact` is in French.",
    specimen=Specimen(
        (
            {
                "impact": "Le projet forme des enseignants dans les écoles rurales et leur donne des "
                "tablettes afin que les enfants apprennent à lire et à compter.",
            },
        )
    ),
    mend="Submit the project in the language of the contest.",
    settings={
        "type": "object",
        "additionalProperties": False,
        "required": ["language", "fields"],
        "properties": {
            "language": {
                "type": "string",
                "pattern": LANGUAGE_CODE,
                "description": "a language code in small letters, such as en or fr",
            },
            "fields": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        },
    },
    needs=lambda settings: settings["fields"],
)
