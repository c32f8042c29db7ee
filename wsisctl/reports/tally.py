"""The outcome of the vote."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.contest.model import Amendment, Contest
from wsisctl.reports import numbers
from wsisctl.reports.amendments import amendment_lines
from wsisctl.reports.lots import lot_blocks
from wsisctl.reports.report import Block, Entry, Heading, Lines, Report, Table
from wsisctl.voting.tally import CategoryTally, TalliedTie, Tally
from wsisctl.wording import counted


def tally_report(
    tally: Tally, contest: Contest, titles: Mapping[str, str], language: str
) -> Report:
    """`tally.json` and its other forms (contract, Results)."""
    document = {
        "contest": tally.contest,
        "window": tally.window,
        **({"as_of": tally.as_of} if tally.as_of else {}),
        "votes": {
            "read": tally.read,
            "counted": tally.read - len(tally.rejected),
            "rejected": len(tally.rejected),
            "rejected_by_reason": dict(tally.rejected.by_reason),
        },
        "categories": [category_document(category) for category in tally.categories],
    }
    names = {item.id: item.name.in_language(language) for item in contest.categories}
    blocks: list[Block] = []
    for category in tally.categories:
        if category.standings:
            blocks += category_blocks(category, contest, names[category.category], titles)
    return Report(document, standings_table(tally), tuple(blocks), tuple(_summary(tally, contest)))


def standings_table(tally: Tally) -> Table:
    """`standings.csv`."""
    rows = tuple(
        (category.category, place.rank, place.submission_id, int(place.value))
        for category in tally.categories
        for place in category.standings
    )
    return Table(("category", "rank", "submission_id", "votes"), rows)


def category_document(category: CategoryTally) -> dict[str, Any]:
    """A category's part of `tally.json`."""
    return {
        "category": category.category,
        "votes": category.votes,
        "standings": [
            {"rank": place.rank, "submission_id": place.submission_id, "votes": int(place.value)}
            for place in category.standings
        ],
        "honoured": list(category.honoured),
        "pool": list(category.pool),
        "ties": [_tie_document(tie) for tie in category.ties],
    }


def _tie_document(tie: TalliedTie) -> dict[str, Any]:
    document: dict[str, Any] = {
        "cut": tie.cut,
        "place": tie.tie.place,
        "votes": int(tie.tie.value),
        "submission_ids": list(tie.tie.submission_ids),
    }
    if tie.settled is None:
        return document
    return {**document, "resolved_by": "lot" if tie.settled.lot else "decision"}


def category_blocks(
    category: CategoryTally, contest: Contest, name: str, titles: Mapping[str, str]
) -> list[Block]:
    """The standings of a category and its ties, with the steps of each lot."""
    contended = {
        identity for tie in category.ties if not tie.resolved for identity in tie.tie.submission_ids
    }

    def standing(identity: str) -> str:
        marks = {
            "pool": identity in category.pool and category.pool != category.honoured,
            "honoured": identity in category.honoured,
            "tie": identity in contended,
        }
        return ", ".join(mark for mark, holds in marks.items() if holds)

    rows = tuple(
        (
            place.rank,
            int(place.value),
            place.submission_id,
            standing(place.submission_id),
            titles.get(place.submission_id, ""),
        )
        for place in category.standings
    )
    table = Table(("rank", "votes", "submission", "standing", "title"), rows)
    ties = [block for tie in category.ties for block in _tie_blocks(tie, contest)]
    return [Heading(f"{category.category}  {name}"), table, *ties]


def _tie_blocks(tie: TalliedTie, contest: Contest) -> list[Block]:
    lot = tie.settled.lot if tie.settled else None
    by = "a lot" if lot else "a decision"
    state = f"resolved by {by}" if tie.resolved else "unresolved"
    votes = counted(int(tie.tie.value), "vote")
    told = Entry(
        f"tie at {votes} across place {tie.tie.place} ({tie.cut}): {state}",
        (f"among: {', '.join(tie.tie.submission_ids)}",),
    )
    return [told, *lot_blocks(lot, contest)]


def amended_lines(tally: Tally, contest: Contest) -> Iterator[str]:
    """When people could vote, up to when is counted, and what of it is an amendment's doing."""
    yield f"Contest {tally.contest}: voting from {tally.opens} to {tally.closes}."
    if tally.as_of:
        yield f"Counted as of {tally.as_of}: where the vote stood then, and no result."
    yield from (f"Under the {line}." for line in amendment_lines(_amendments(contest)))


def _amendments(contest: Contest) -> tuple[Amendment, ...]:
    """Those without which the vote would have been counted otherwise."""
    window = f"phases.{contest.voting.phase}"
    voting = ("voting.profile", "voting.second_vote", "voting.reasons")
    return contest.amended_at(window, *voting, "panel.honoured", "panel.pool")


def _summary(tally: Tally, contest: Contest) -> list[Block]:
    rejected = len(tally.rejected)
    still_open = sum(not tie.resolved for item in tally.categories for tie in item.ties)
    told = (
        *amended_lines(tally, contest),
        f"{counted(tally.read, 'vote')} read = {tally.read - rejected} counted + {rejected} rejected; "
        f"{counted(still_open, 'unresolved tie')}.",
        f"Votes of {counted(tally.voters, 'member')} counted; {tally.complete_ballots} of them voted in every "
        "category with nominees.",
        *numbers.cuts_of_the_vote(contest),
    )
    rows = tuple(
        (reason, contest.voting.reasons[reason] or "-", number)
        for reason, number in tally.rejected.by_reason.items()
    )
    blocks: list[Block] = [Heading("Summary"), Lines(told)]
    return [*blocks, Table(("reason", "clause", "rejected"), rows)] if rows else blocks
