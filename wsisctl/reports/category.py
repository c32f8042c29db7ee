"""One category of the vote in depth."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.reports.report import Block, Cell, Heading, Lines, Report, Table
from wsisctl.reports.tally import amended_lines, category_blocks, category_document
from wsisctl.voting.in_depth import CategoryInDepth
from wsisctl.voting.tally import CategoryTally, Tally
from wsisctl.wording import counted

_HUNDRED_PERCENT = 1000
"""In tenths of a percent."""


def category_report(
    depth: CategoryInDepth,
    tally: Tally,
    contest: Contest,
    titles: Mapping[str, str],
    language: str,
) -> Report:
    """What `tally --category` shows: the category's own part of `tally.json`, and what stands behind it."""
    outcome = next(item for item in tally.categories if item.category == depth.category)
    names = {item.id: item.name.in_language(language) for item in contest.categories}
    standings = Table(
        ("rank", "submission_id", "votes", *_weeks(depth), "rejected"),
        tuple(
            (
                place.rank,
                place.submission_id,
                int(place.value),
                *depth.nominees[place.submission_id].counted_by_week,
                sum(depth.nominees[place.submission_id].rejected_by_reason.values()),
            )
            for place in outcome.standings
        ),
    )
    details: tuple[Block, ...] = (
        *category_blocks(outcome, contest, names[depth.category], titles),
        *_by_week(depth, outcome),
        *_rejected_for_nominees(depth, outcome),
        *_spellings(depth),
    )
    return Report(
        _document(depth, outcome, tally), standings, details, tuple(_summary(depth, tally, contest))
    )


def _document(depth: CategoryInDepth, outcome: CategoryTally, tally: Tally) -> dict[str, Any]:
    return {
        "contest": tally.contest,
        "window": tally.window,
        **({"as_of": tally.as_of} if tally.as_of else {}),
        **category_document(outcome),
        "cast": {
            "read": depth.read,
            "counted": depth.counted,
            "rejected": depth.read - depth.counted,
            "rejected_by_reason": dict(depth.rejected_by_reason),
            "as": dict(depth.cast_as),
        },
        "voters": depth.voters,
        "nominees": [
            {
                "submission_id": place.submission_id,
                "counted_by_week": list(depth.nominees[place.submission_id].counted_by_week),
                "rejected_by_reason": dict(depth.nominees[place.submission_id].rejected_by_reason),
            }
            for place in outcome.standings
        ],
    }


def _weeks(depth: CategoryInDepth) -> tuple[str, ...]:
    most = max((len(item.counted_by_week) for item in depth.nominees.values()), default=0)
    return tuple(f"week-{number}" for number in range(1, most + 1))


def _by_week(depth: CategoryInDepth, outcome: CategoryTally) -> Iterator[Block]:
    """Counted votes week by week, and their share of the category's."""
    if not outcome.standings:
        return
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            place.submission_id,
            *depth.nominees[place.submission_id].counted_by_week,
            int(place.value),
            _share(int(place.value), outcome.votes),
        )
        for place in outcome.standings
    )
    yield Heading("Counted votes by week of the vote")
    yield Table(("submission", *_weeks(depth), "votes", "share"), rows)


def _share(part: int, whole: int) -> str:
    """To a tenth of a percent, half up."""
    if not whole:
        return "-"
    tenths = (2 * part * _HUNDRED_PERCENT + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10} %"


def _rejected_for_nominees(depth: CategoryInDepth, outcome: CategoryTally) -> Iterator[Block]:
    rows = tuple(
        (place.submission_id, reason, votes)
        for place in outcome.standings
        for reason, votes in depth.nominees[place.submission_id].rejected_by_reason.items()
    )
    if rows:
        yield Heading("Rejected votes for its nominees, in whichever category they were cast")
        yield Table(("submission", "reason", "rejected"), rows)


def _spellings(depth: CategoryInDepth) -> Iterator[Block]:
    if set(depth.cast_as) - {depth.category}:
        yield Heading("How the exports write the category")
        yield Table(("written", "votes"), tuple(depth.cast_as.items()))


def _summary(depth: CategoryInDepth, tally: Tally, contest: Contest) -> Iterator[Block]:
    rejected = depth.read - depth.counted
    yield Heading("Summary")
    yield Lines(
        (
            *amended_lines(tally, contest),
            f"{counted(depth.read, 'vote')} cast in {depth.category} = {depth.counted} counted + "
            f"{rejected} rejected, by {counted(depth.voters, 'voter')}.",
        )
    )
    rows = tuple(
        (reason, contest.voting.reasons[reason] or "-", number)
        for reason, number in depth.rejected_by_reason.items()
    )
    if rows:
        yield Table(("reason", "clause", "rejected"), rows)
