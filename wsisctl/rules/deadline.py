"""Whether a submission came in while its phase was open."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.contest.model import Phase
from wsisctl.records.submissions import SUBMITTED_AT, Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.times import written


def _deadline(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    phase = context.contest.phases[settings["phase"]]
    for submission in submissions:
        if submission.submitted.instant is None:
            yield _unreadable(submission)
            continue
        if submission.submitted.repeated:
            yield _repeated(submission)
        if complaint := _outside(submission, phase, context):
            yield Fault(
                submission,
                complaint,
                "nothing can be done about a date that has passed",
                SUBMITTED_AT,
            )


def _outside(submission: Submission, phase: Phase, context: Context) -> str:
    """Compares whole seconds, both ends inclusive; fractions of a second are dropped."""
    instant, zone = submission.submitted.instant, context.contest.zone
    assert instant is not None  # noqa: S101 - the caller has looked
    if phase.closes and instant.second > phase.closes.second:
        late = _duration(instant.second - phase.closes.second)
        return (
            f"submitted {written(instant, zone)}, {late} after the deadline of "
            f"{written(phase.closes, zone)}"
        )
    if phase.opens and instant.second < phase.opens.second:
        early = _duration(phase.opens.second - instant.second)
        return (
            f"submitted {written(instant, zone)}, {early} before the opening of "
            f"{written(phase.opens, zone)}"
        )
    return ""


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
    "second, and fractions of a second are dropped. A time without an offset is contest time.",
    why="The deadline is the same for everyone, wherever they are.",
    example="The phase closes at 23:00:00 and `submitted_at` is one second later.",
    mend="Nothing: late submissions are not accepted. If the clock was wrong, correct the record.",
    settings={
        "type": "object",
        "additionalProperties": False,
        "required": ["phase"],
        "properties": {"phase": {"type": "string"}},
    },
)
