"""The nominees of each category: from `nominees.json`."""

from collections.abc import Iterable, Mapping
from typing import Any

from wsisctl.reports import labels
from wsisctl.reports.documents import parts
from wsisctl.reports.documents.document import Document
from wsisctl.reports.documents.open_places import number_open, open_place, why_open
from wsisctl.reports.documents.scribe import NOTHING, PROJECT, Scribe
from wsisctl.reports.report import Block, Heading, Lines, Table
from wsisctl.reports.so_many import NOMINEES, so_many

_RANKED = ("rank", "score", "submission_id", *PROJECT)
_SHEET = ("category", "category_name", "status", *_RANKED, "basis", "why")

_Category = Mapping[str, Any]


def shortlist_document(scribe: Scribe, result: Mapping[str, Any]) -> Document:
    """The shortlist: how it comes about, an overview, and each category's nominees."""
    categories = result["categories"]
    told = [item for item in categories if item["nominees"] or item["unresolved"]]
    panel = scribe.contest.panel
    cited = [*panel.clauses.quota, *(criterion.clause for criterion in panel.nomination)]
    blocks = [
        *parts.head(scribe, labels.SHORTLIST, "nominees.json"),
        *parts.amendments(scribe),
        *_rules(scribe),
        *parts.criteria(scribe, panel.nomination),
        *_overview(scribe, categories),
        *(block for category in told for block in _category(scribe, category)),
        *parts.clauses(scribe, labels.CLAUSES, cited, "nominate"),
    ]
    return Document("shortlist", tuple(blocks), {"shortlist": _sheet(scribe, categories)})


def _rules(scribe: Scribe) -> list[Block]:
    panel, clauses = scribe.contest.panel, scribe.cite_cut("quota")
    if panel.quota is None:
        frame = scribe.say(labels.NO_QUOTA, clauses=clauses)
    else:
        nominees = so_many(scribe.language, NOMINEES, panel.quota)
        frame = scribe.say(labels.QUOTA, nominees=nominees, clauses=clauses)
    told = [scribe.say(labels.ONLY_ELIGIBLE), frame]
    if panel.quota is not None:  # without a quota, scores nominate nobody
        scale = {"lowest": panel.lowest_score, "highest": panel.highest_score}
        told.append(scribe.say(labels.SCORING, **scale))
    return [Heading(scribe.say(labels.HOW_NOMINATED)), Lines(tuple(told))]


def _overview(scribe: Scribe, categories: list[_Category]) -> list[Block]:
    rows = [
        (
            item["category"],
            len(item["nominees"]),
            scribe.contest.panel.quota or NOTHING,
            scribe.named(labels.SHORT_BASES, _basis(item)) or NOTHING,
            len(item["unresolved"]),
            scribe.category_name(item["category"]),
        )
        for item in categories
    ]
    columns = ("category", "nominees", "quota", "basis", "unresolved", "category_name")
    empty = [c["category"] for c in categories if not c["nominees"] and not c["unresolved"]]
    return [
        Heading(scribe.say(labels.OVERVIEW)),
        Lines((parts.state(scribe, number_open(categories)),)),
        scribe.table(columns, rows),
        *parts.empty_categories(scribe, empty),
    ]


def _basis(category: _Category) -> str:
    """`nominees.json` tells it by the ranks: those whom a decision named have none."""
    if not category["nominees"]:
        return ""
    return "decision" if category["nominees"][0]["rank"] is None else "scores"


def _category(scribe: Scribe, category: _Category) -> list[Block]:
    nominees = category["nominees"]
    blocks: list[Block] = [
        Heading(scribe.category(category["category"])),
        Lines((*_told(scribe, category),)),
    ]
    if nominees:
        rows = [
            (
                item["rank"] or NOTHING,
                item["score"] or NOTHING,
                item["submission_id"],
                *scribe.shown(item["submission_id"], *PROJECT),
            )
            for item in nominees
        ]
        blocks.append(scribe.table(_RANKED, rows))
    for item in category["unresolved"]:
        blocks += open_place(scribe, category["category"], item)
    return blocks


def _told(scribe: Scribe, category: _Category) -> Iterable[str]:
    number, quota = len(category["nominees"]), scribe.contest.panel.quota
    if quota is None:
        yield scribe.say(labels.NOMINATED, number=number)
    else:
        clauses = scribe.cite_cut("quota")
        yield scribe.say(labels.NOMINATED_OF, number=number, quota=quota, clauses=clauses)
    if basis := _basis(category):
        judged_by = scribe.cite(criterion.clause for criterion in scribe.contest.panel.nomination)
        named = scribe.named(labels.BASES, basis)
        yield scribe.say(labels.NOMINATED_BY, basis=named, clauses=judged_by)


def _sheet(scribe: Scribe, categories: list[_Category]) -> Table:
    rows: list[tuple[str | int | None, ...]] = []
    for category in categories:
        named = (category["category"], scribe.category_name(category["category"]))
        basis = scribe.coded(labels.SHORT_BASES, _basis(category))
        nominated = scribe.coded(labels.STATES, "nominated")
        for item in category["nominees"]:
            identity = item["submission_id"]
            about = (identity, *scribe.cells(identity, *PROJECT))
            rows.append((*named, nominated, item["rank"], item["score"], *about, basis, None))
        for item in category["unresolved"]:
            unresolved = scribe.coded(labels.STATES, "unresolved")
            for identity in item["submission_ids"]:
                about = (identity, *scribe.cells(identity, *PROJECT))
                why = why_open(scribe, item)
                rows.append((*named, unresolved, None, None, *about, None, why))
    return scribe.sheet(_SHEET, rows)
