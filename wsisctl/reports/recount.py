"""What came of counting twice, beside the tally."""

from dataclasses import replace
from typing import Any

from wsisctl.reports.report import Block, Heading, Lines, Report, Table
from wsisctl.voting.differences import Comparison
from wsisctl.wording import counted


def with_recount(report: Report, comparison: Comparison) -> Report:
    """The tally's report with what the second counter says; its files stay as they are."""
    assert isinstance(report.document, dict)  # noqa: S101
    document = {**report.document, "recount": _document(comparison)}
    return replace(report, document=document, summary=(*report.summary, *_blocks(comparison)))


def agreement(comparison: Comparison) -> str:
    """Whether both say the same, in a sentence."""
    votes = counted(comparison.recounted, "vote")
    if comparison.agrees:
        return f"recounted by the second counter: {votes}, no difference"
    differing = counted(len(comparison.votes) + comparison.further, "vote")
    places = counted(len(comparison.results), "place")
    return (
        f"recounted by the second counter: {votes}, and it says otherwise of {differing} and in {places} of the "
        "result; one of the two counters is wrong: announce nothing, and report it"
    )


def _document(comparison: Comparison) -> dict[str, Any]:
    return {
        "votes": comparison.recounted,
        "agrees": comparison.agrees,
        "results": list(comparison.results),
        "differing_votes": [
            {
                "vote_id": vote.vote_id,
                "file": vote.source.file,
                "row": vote.source.row,
                "count": vote.count,
                "recount": vote.recount,
            }
            for vote in comparison.votes
        ],
        "further_votes": comparison.further,
    }


def _blocks(comparison: Comparison) -> list[Block]:
    if comparison.agrees:
        return []
    blocks: list[Block] = [Heading("The second counter says otherwise")]
    if comparison.results:
        blocks.append(Lines(comparison.results))
    if comparison.votes:
        rows = tuple(
            (vote.vote_id, str(vote.source), vote.count, vote.recount) for vote in comparison.votes
        )
        blocks.append(Table(("vote", "at", "count", "second counter"), rows))
    if comparison.further:
        blocks.append(Lines((f"and {counted(comparison.further, 'vote')} more",)))
    return blocks
