"""The story of one vote."""

from collections.abc import Iterator, Sequence
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.reports.report import Block, Heading, Lines, Report, Table
from wsisctl.voting.story import Check, VoteStory

_MARKS = {"passed": "passed", "failed": "FAILED", "not reached": "-", "not asked": "not asked here"}


def vote_report(
    vote_id: str, stories: Sequence[VoteStory], contest: Contest, language: str
) -> Report:
    """Each row with this vote_id: as received, check by check, and the verdict."""
    names = {item.id: item.name.in_language(language) for item in contest.categories}
    document = {
        "contest": contest.id,
        "vote_id": vote_id,
        "rows": [_document(story, contest) for story in stories],
    }
    rows = tuple(
        (story.source.file, story.source.row, check.reason, check.outcome, check.told)
        for story in stories
        for check in story.checks
    )
    details: list[Block] = []
    for story in stories:
        details += _blocks(story, contest)
    verdicts = tuple(f"{story.source}: {_verdict(story, contest, names)}" for story in stories)
    return Report(
        document,
        Table(("file", "row", "check", "outcome", "told"), rows),
        tuple(details),
        (Heading("Verdict"), Lines(verdicts)),
    )


def _document(story: VoteStory, contest: Contest) -> dict[str, Any]:
    return {
        "source": {"file": story.source.file, "row": story.source.row},
        "received": dict(story.cells),
        "cast": story.cast or None,
        "category": story.category,
        "checks": [
            {
                "check": check.reason,
                "clause": contest.voting.reasons.get(check.reason),
                "outcome": check.outcome.replace(" ", "_"),
                "told": check.told,
            }
            for check in story.checks
        ],
        "counts": story.reason is None,
        "reason": story.reason,
    }


def _blocks(story: VoteStory, contest: Contest) -> Iterator[Block]:
    yield Heading(f"As received: {story.source}")
    cast = (("cast, contest time", story.cast),) if story.cast else ()
    yield Table(("field", "text"), (*story.cells.items(), *cast))
    yield Heading("Checks, in their order")
    yield Table(
        ("check", "clause", "outcome"), tuple(_row(check, contest) for check in story.checks)
    )
    yield Lines(tuple(f"{check.reason}: {check.told}." for check in story.checks if check.told))


def _row(check: Check, contest: Contest) -> tuple[str, str, str]:
    return check.reason, contest.voting.reasons.get(check.reason) or "-", _MARKS[check.outcome]


def _verdict(story: VoteStory, contest: Contest, names: dict[str, str]) -> str:
    if story.reason is None:
        assert story.category is not None  # noqa: S101 - else it were in a wrong category
        return f"counts for {story.cells['submission_id']} in {story.category}, {names[story.category]}."
    clause = contest.voting.reasons[story.reason]
    by = f" ({clause})" if clause else ""
    return f"does not count: {story.reason}{by}. `wsisctl explain {story.reason}` says why, and what mends it."
