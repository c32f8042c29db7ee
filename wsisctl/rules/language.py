"""Whether a submission is written in the contest's language."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.specimen import Specimen

_FEWEST_BYTES = 120
"""About twenty English words, or forty Chinese characters."""


def _language(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], _: Context
) -> Iterator[Fault]:
    for submission in submissions:
        for box in settings["fields"]:
            name = foreign_language(submission.text(box), settings["language"])
            if name:
                yield Fault(
                    submission,
                    f"{box} looks like {name}; expected the language '{settings['language']}'",
                    "read it and decide",
                    box,
                )


def foreign_language(text: str, expected: str) -> str:
    """The name of the language the text is mostly in, where that is certain and not the expected one.

    Short texts get no verdict: among a handful of words, names of people and places decide.
    """
    import pycld2

    if len(text.encode()) < _FEWEST_BYTES:
        return ""
    try:
        reliable, _, languages = pycld2.detect(text, bestEffort=False)
    except pycld2.error:
        return ""  # bytes it cannot read, such as control characters: no verdict
    name, code, _, _ = languages[0]
    return "" if not reliable or code in {expected, "un"} else str(name).capitalize()


LANGUAGE = Rule(
    code="language",
    severity="review",
    check=_language,
    checks="The text of each of the `fields` is in the `language`; one that is certainly in "
    "another is put before a person. Texts of less than about twenty words get no verdict.",
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
            "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},
            "fields": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        },
    },
    needs=lambda settings: settings["fields"],
)
