"""Whether a submission came in while its phase was open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from wsisctl.contest.model import MovedEnd, Phase
from wsisctl.records.submissions import SUBMITTED_AT, Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.specimen import Specimen, after_closing
from wsisctl.times import Instant, written

_PASSED = "nothing can be done about a date that has passed"
_IN_TIME = "nothing needs to be done: the submission is in time"


def _deadline(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    ends = _ends(context.contest.phases[settings["phase"]])
    for submission in submissions:
        instant = submission.submitted.instant
        if instant is None:
            yield _unreadable(submission)
            continue
        if submission.submitted.repeated:
            yield _repeated(submission)
        if fault := _outside(submission, instant, ends, context.contest.zone):
            yield fault


@dataclass(frozen=True)
class _End:
    """One end of the phase."""

    name: str
    side: str
    sign: int
    at: Instant | None
    moved: MovedEnd | None

    def beyond(self, instant: Instant, end: Instant) -> int:
        """How many whole seconds outside; fractions are dropped, and the end itself is inside."""
        return max(0, self.sign * (instant.second - end.second))


def _ends(phase: Phase) -> tuple[_End, _End]:
    return (
        _End("deadline", "after", 1, phase.closes, phase.closing_moved),
        _End("opening", "before", -1, phase.opens, phase.opening_moved),
    )


def _outside(
    submission: Submission, instant: Instant, ends: tuple[_End, _End], zone: ZoneInfo
) -> Fault | None:
    """An error beyond an end as it is; a warning beyond the letter's, where an amendment moved it."""
    submitted = f"submitted {written(instant, zone)}"
    for end in ends:
        if end.at and (seconds := end.beyond(instant, end.at)):
            place = f"the {end.name} of {written(end.at, zone)}"
            because = f", set by the {end.moved.amendment.name}" if end.moved else ""
            message = f"{submitted}, {_duration(seconds)} {end.side} {place}{because}"
            return Fault(submission, message, _PASSED, SUBMITTED_AT)
    for end in ends:
        letter = end.moved.letter if end.moved else None
        if end.moved and letter and (seconds := end.beyond(instant, letter)):
            place = f"the {end.name} of the letter ({written(letter, zone)})"
            because = f"in time under the {end.moved.amendment.name}"
            message = f"{submitted}, {_duration(seconds)} {end.side} {place}; {because}"
            return Fault(submission, message, _IN_TIME, SUBMITTED_AT, severity="warning")
    return None


def _duration(seconds: int) -> str:
    units = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
    unit, size = next((unit, size) for unit, size in units.items() if seconds >= size)
    number = seconds // size
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _unreadable(submission: Submission) -> Fault:
    text = submission.text(SUBMITTED_AT)
    if submission.submitted.skipped:
        what = f"'{text}' never existed: summer time skipped that hour"
    elif text:
        what = f"'{text}' is no time"
    else:
        what = "the time of submission is missing"
    expected = "find out when it came in; expected ISO 8601 such as 2030-12-31T23:00:00+01:00"
    return Fault(submission, what, expected, SUBMITTED_AT, severity="error")


def _repeated(submission: Submission) -> Fault:
    text = submission.text(SUBMITTED_AT)
    return Fault(
        submission,
        f"'{text}' lies in the hour that autumn repeats; the earlier one was taken",
        "write the time with its offset if the later one is meant",
        SUBMITTED_AT,
        severity="warning",
    )


DEADLINE = Rule(
    code="deadline",
    severity="error",
    check=_deadline,
    checks="The submission came in while the `phase` was open: both ends are inclusive to the "
    "second, and fractions of a second are dropped. A time without an offset is contest time. What is "
    "in time only since an amendment moved the phase gets a warning that names the amendment.",
    why="The deadline is the same for everyone, wherever they are.",
    example="The phase closes at 23:00:00 and `submitted_at` is one second later.",
    specimen=Specimen(({"submitted_at": after_closing(1)},)),
    mend="Nothing: late submissions are not accepted. If the clock was wrong, correct the record.",
    settings={
        "type": "object",
        "additionalProperties": False,
        "required": ["phase"],
        "properties": {"phase": {"type": "string"}},
    },
)
