"""Where the vote cuts a category, and the ties across its cuts."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.reports import labels
from wsisctl.reports.documents.open_places import contenders, tie_break
from wsisctl.reports.documents.scribe import Scribe
from wsisctl.reports.report import Block, Entry, Lines

Category = Mapping[str, Any]
"""A category as `tally.json` has it."""


def cuts(scribe: Scribe, category: Category) -> Iterator[str]:
    """Where each cut falls; one sentence for both where they are the same number."""
    panel = scribe.contest.panel
    if panel.honoured == panel.pool:
        yield _cut(scribe, category, ("honoured", "pool"), panel.honoured)
    else:
        yield _cut(scribe, category, ("honoured",), panel.honoured)
        yield _cut(scribe, category, ("pool",), panel.pool)


def _cut(scribe: Scribe, category: Category, lists: tuple[str, ...], place: int) -> str:
    name = scribe.named(labels.CUT_NAMES, "-".join(lists))
    clauses, standings = scribe.cite_cut(*lists), category["standings"]
    certain = category[lists[0]]
    if len(standings) <= place:
        number = len(standings)
        return scribe.say(labels.ALL_IN, cut=name, number=number, place=place, clauses=clauses)
    if len(certain) < place:
        known = len(certain)
        return scribe.say(labels.CUT_OPEN, cut=name, place=place, clauses=clauses, certain=known)
    inside = min(item["votes"] for item in standings if item["submission_id"] in certain)
    outside = max(item["votes"] for item in standings if item["submission_id"] not in certain)
    return scribe.say(
        labels.CUT_FALLS,
        cut=name,
        place=place,
        clauses=clauses,
        inside=inside,
        outside=outside,
        margin=inside - outside,
    )


def tie_blocks(scribe: Scribe, category: str, tie: Mapping[str, Any]) -> list[Block]:
    """A tie across a cut: who contends, and what settles it if nothing has."""
    resolved = tie.get("resolved_by")
    panel = scribe.contest.panel
    both = tie["cut"] == "honoured" and panel.honoured == panel.pool
    lists = ("honoured", "pool") if both else (tie["cut"],)
    headline = scribe.say(
        _TIES[resolved],
        cut=scribe.named(labels.CUT_NAMES, "-".join(lists)),
        place=tie["place"],
        clauses=scribe.cite_cut(*lists),
        votes=tie["votes"],
    )
    blocks: list[Block] = [Entry(headline, ()), contenders(scribe, tie["submission_ids"])]
    if resolved == "lot":
        return [*blocks, Lines((scribe.say(labels.REDO_THE_LOT),))]
    return blocks if resolved else [*blocks, *tie_break(scribe, category, tie["cut"])]


_TIES = {None: labels.TIE_OPEN, "decision": labels.TIE_RESOLVED, "lot": labels.TIE_BY_LOT}
"""What is said of a tie, by what resolved it."""
