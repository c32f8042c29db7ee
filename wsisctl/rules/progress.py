"""Whether the work is completed or at the end of a major phase.

The words looked for are English; in a text without them nothing is found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.passages import any_of, quoted, sentences, sentences_with
from wsisctl.rules.specimen import Specimen

_PROGRESS = any_of(
    "complete completed completes completion conclud* finish* finali[sz]ed launch* ended phase phases stage "
    "milestone* pilot* prototype* evaluat* ongoing underway will shall plan plans planned intend*",
    r"|since (?:19|20)\d\d|rolled out|under way",
)
_PROMISE = any_of(
    "will shall",
    r"|(?:is|are) (?:going|planned|expected|intended|scheduled|due) to"
    r"|(?:plan|intend|aim|hope|propose)s? to",
)
_ACHIEVED = any_of("was were has had did since already achieved", r"|have \w+ed|have been")
_PAST_TENSE = re.compile(r"\b[a-z]{2,}[^\We]ed\b", re.IGNORECASE)
"""Words such as `trained`; unlike `need` and `speed`."""
_FEWEST_PROMISES = 3


def _status(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], _: Context
) -> Iterator[Fault]:
    accepted, boxes = settings["accepted"], settings.get("read", [])
    for submission in submissions:
        written = submission.text("status")
        if written and written not in accepted:
            yield Fault(
                submission,
                f"the work's status is '{written}'; expected {' or '.join(accepted)}",
                "look whether the work is completed or at the end of a major phase, and decide",
                "status",
                evidence=quoted(sentences_with(_PROGRESS, submission, boxes)),
            )
        elif written and _only_promises(submission, boxes):
            yield Fault(
                submission,
                f"the work's status is '{written}', but all that {' and '.join(boxes)} tell of is still to come",
                "ask what has been achieved, if the texts do not show it",
                "status",
                severity="warning",
                evidence=quoted(sentences_with(_PROMISE, submission, boxes)),
            )


def _only_promises(submission: Submission, boxes: Iterable[str]) -> bool:
    """Whether most sentences speak of the future, and none of anything achieved."""
    told = [sentence for box in boxes for sentence in sentences(submission.text(box))]
    if any(map(_ACHIEVED.search, told)):
        return False
    others = [sentence for sentence in told if not _PROMISE.search(sentence)]
    promises = len(told) - len(others)
    if promises < max(_FEWEST_PROMISES, len(others)):
        return False
    return not any(map(_PAST_TENSE.search, others))


def _boxes(settings: Mapping[str, Any]) -> Iterator[str]:
    yield "status"
    yield from settings.get("read", ())


STATUS = Rule(
    code="status",
    severity="review",
    check=_status,
    checks="The work is in one of the `accepted` states; any other state is put before a person, with "
    "the sentences of the boxes to `read` that tell how far the work is. An accepted state is a "
    "warning where those sentences only promise what is still to come.",
    why="Only work that is completed, or at the end of a major phase, can show results.",
    example="`status` is `ongoing`.",
    specimen=Specimen(({"status": "ongoing"},)),
    mend="Explain which major phase has ended.",
    settings={
        "type": "object",
        "additionalProperties": False,
        "required": ["accepted"],
        "properties": {
            "accepted": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "read": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        },
    },
    needs=_boxes,
)
