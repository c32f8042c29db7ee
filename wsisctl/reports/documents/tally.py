"""The outcome of the vote: from `tally.json`."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.reports import labels
from wsisctl.reports.documents import parts
from wsisctl.reports.documents.corrections import corrections, corrections_sheet
from wsisctl.reports.documents.cuts import Category, cuts, tie_blocks
from wsisctl.reports.documents.document import Document
from wsisctl.reports.documents.scribe import NOTHING, PROJECT, Scribe
from wsisctl.reports.report import Block, Heading, Lines, Table
from wsisctl.reports.same_email import SAME_EMAILS

_STANDINGS = ("rank", "votes", "standing", "submission_id", *PROJECT)
_SHEET = ("category", "category_name", *_STANDINGS)


def tally_document(scribe: Scribe, result: Mapping[str, Any]) -> Document:
    """The vote: window, balance, rejected votes, and each category's standings and cuts."""
    contest, categories = scribe.contest, result["categories"]
    told = [item for item in categories if item["standings"]]
    numbers = contest.panel.clauses
    window = contest.phases[contest.voting.phase].clause
    cited = [window, *contest.voting.reasons.values(), *numbers.honoured, *numbers.pool]
    blocks = [
        *parts.head(scribe, labels.TALLY, "tally.json"),
        *parts.amendments(scribe),
        *_vote(scribe, result),
        *_rejected(scribe, result["votes"]["rejected_by_reason"]),
        *corrections(scribe),
        *_frame(scribe),
        *_overview(scribe, categories),
        *(block for category in told for block in _category(scribe, category)),
        *parts.clauses(scribe, labels.CLAUSES, cited, "tally"),
    ]
    sheets = {"tally": _sheet(scribe, categories), "tally-corrections": corrections_sheet(scribe)}
    return Document("tally", tuple(blocks), sheets)


def _vote(scribe: Scribe, result: Mapping[str, Any]) -> list[Block]:
    contest, votes = scribe.contest, result["votes"]
    told = (
        scribe.say(
            labels.WINDOW,
            opens=result["window"]["opens"],
            closes=result["window"]["closes"],
            zone=contest.zone.key,
            clauses=scribe.cite([contest.phases[contest.voting.phase].clause]),
        ),
        scribe.say(
            labels.BALANCE,
            read=votes["read"],
            counted=votes["counted"],
            rejected=votes["rejected"],
        ),
        scribe.say(
            labels.SECOND_VOTE[contest.voting.second_vote],
            clauses=scribe.cite([contest.voting.reasons.get("second_vote")]),
        ),
    )
    return [Heading(scribe.say(labels.THE_VOTE)), Lines((*told, *_shared(scribe)))]


def _shared(scribe: Scribe) -> Iterator[str]:
    if scribe.shared and scribe.shared.groups:
        yield scribe.say(labels.SAME_EMAIL, **vars(scribe.shared), file=SAME_EMAILS)


def _rejected(scribe: Scribe, numbers: Mapping[str, int]) -> list[Block]:
    """Every reason the contest knows, in the order in which they are tried; also those that met no vote."""
    clauses = scribe.contest.voting.reasons
    strangers = sorted(numbers.keys() - clauses.keys())
    rows = [
        (
            scribe.named(labels.REASONS, reason),
            reason,
            clauses.get(reason) or NOTHING,
            numbers.get(reason, 0),
        )
        for reason in (*clauses, *strangers)
    ]
    return [
        Heading(scribe.say(labels.REJECTED)),
        Lines((scribe.say(labels.ONE_REASON),)),
        scribe.table(("reason_name", "code", "clause", "rejected"), rows),
    ]


def _frame(scribe: Scribe) -> list[Block]:
    panel = scribe.contest.panel
    told = (
        scribe.say(labels.HONOURED, place=panel.honoured, clauses=scribe.cite_cut("honoured")),
        scribe.say(labels.POOL, place=panel.pool, clauses=scribe.cite_cut("pool")),
        scribe.say(labels.RANKING),
    )
    return [Heading(scribe.say(labels.CUTS)), Lines(told)]


def _open_ties(category: Category) -> list[Mapping[str, Any]]:
    return [tie for tie in category["ties"] if "resolved_by" not in tie]


def _overview(scribe: Scribe, categories: list[Category]) -> list[Block]:
    rows = [
        (
            item["category"],
            len(item["standings"]),
            item["votes"],
            len(item["honoured"]),
            len(item["pool"]),
            len(_open_ties(item)),
            scribe.category_name(item["category"]),
        )
        for item in categories
    ]
    columns = ("category", "nominees", "votes", "honoured", "pool", "unresolved", "category_name")
    still_open = sum(len(_open_ties(item)) for item in categories)
    empty = [item["category"] for item in categories if not item["standings"]]
    return [
        Heading(scribe.say(labels.OVERVIEW)),
        Lines((parts.state(scribe, still_open),)),
        scribe.table(columns, rows),
        *parts.empty_categories(scribe, empty),
    ]


def _category(scribe: Scribe, category: Category) -> list[Block]:
    rows = [
        (
            place["rank"],
            place["votes"],
            _told(scribe, _standing(category, place["submission_id"])),
            place["submission_id"],
            *scribe.shown(place["submission_id"], *PROJECT),
        )
        for place in category["standings"]
    ]
    blocks: list[Block] = [
        Heading(scribe.category(category["category"])),
        Lines((scribe.say(labels.VOTES_COUNTED, votes=category["votes"]),)),
        scribe.table(_STANDINGS, rows),
        Lines(tuple(cuts(scribe, category))),
    ]
    for tie in category["ties"]:
        blocks += tie_blocks(scribe, category["category"], tie)
    return blocks


def _standing(category: Category, identity: str) -> tuple[str, ...]:
    ties = [tie for tie in category["ties"] if identity in tie["submission_ids"]]
    marks = {
        "honoured": identity in category["honoured"],
        "pool": identity in category["pool"],
        "tie": any("resolved_by" not in tie for tie in ties),
        "tie-resolved": any("resolved_by" in tie for tie in ties),
    }
    return tuple(mark for mark, holds in marks.items() if holds)


def _told(scribe: Scribe, standing: tuple[str, ...]) -> str:
    named = (scribe.named(labels.STANDINGS, mark) for mark in standing)
    return scribe.say(labels.COMMA).join(named) or NOTHING


def _coded(scribe: Scribe, standing: tuple[str, ...]) -> str:
    """In an English CSV a list, as the contract writes lists there."""
    if scribe.language == "en":
        return ";".join(standing)
    return _told(scribe, standing) if standing else ""


def _sheet(scribe: Scribe, categories: list[Category]) -> Table:
    rows = [
        (
            category["category"],
            scribe.category_name(category["category"]),
            place["rank"],
            place["votes"],
            _coded(scribe, _standing(category, place["submission_id"])),
            place["submission_id"],
            *scribe.cells(place["submission_id"], *PROJECT),
        )
        for category in categories
        for place in category["standings"]
    ]
    return scribe.sheet(_SHEET, rows)
