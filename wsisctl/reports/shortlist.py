"""The nominees of each category."""

from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.panel.assessment import shown
from wsisctl.panel.nominate import CategoryShortlist, Nominated, Shortlist
from wsisctl.panel.unresolved import Unresolved
from wsisctl.reports import numbers
from wsisctl.reports.lots import lot_blocks
from wsisctl.reports.report import Block, Entry, Heading, Lines, Report, Table
from wsisctl.wording import counted

NOMINEE_COLUMNS = (
    "submission_id",
    "category",
    "title",
    "entity",
    "submitter_organization",
    "country",
)


def shortlist_report(shortlist: Shortlist, contest: Contest, language: str) -> Report:
    """`nominees.json`, `nominees.csv` and their other forms (contract, Results)."""
    document = {
        "contest": shortlist.contest,
        "categories": [_document(category) for category in shortlist.categories],
    }
    names = {item.id: item.name.in_language(language) for item in contest.categories}
    blocks: list[Block] = []
    for category in shortlist.categories:
        if category.nominees or category.unresolved:
            blocks += _blocks(category, names[category.category])
            blocks += lot_blocks(category.lot, contest)
    return Report(document, _data(shortlist), tuple(blocks), tuple(_summary(shortlist, contest)))


def _document(category: CategoryShortlist) -> dict[str, Any]:
    return {
        "category": category.category,
        "nominees": [
            {
                "submission_id": nominee.submission.id,
                "rank": nominee.rank,
                "score": shown(nominee.score),
            }
            for nominee in category.nominees
        ],
        "unresolved": [unresolved_document(item) for item in category.unresolved],
    }


def unresolved_document(item: Unresolved) -> dict[str, Any]:
    """An open place as the result files write it."""
    return {
        "cut": item.cut,
        "place": item.place,
        "submission_ids": list(item.submission_ids),
        "why": item.why,
    }


def unresolved_entry(item: Unresolved) -> Entry:
    """An open place as people read it."""
    place = f", place {item.place}" if item.place is not None else ""
    return Entry(
        f"unresolved ({item.cut}{place}): {item.why}", (f"among: {', '.join(item.submission_ids)}",)
    )


def _data(shortlist: Shortlist) -> Table:
    rows = tuple(
        (*_nominee_cells(nominee, category.category), nominee.rank, shown(nominee.score))
        for category in shortlist.categories
        for nominee in category.nominees
    )
    return Table((*NOMINEE_COLUMNS, "rank", "score"), rows)


def _nominee_cells(nominee: Nominated, category: str) -> tuple[str, ...]:
    submission = nominee.submission
    texts = (submission.record.cells.get(column, "") for column in NOMINEE_COLUMNS[2:])
    return (submission.id, category, *texts)


def _blocks(category: CategoryShortlist, name: str) -> list[Block]:
    rows = tuple(
        (
            nominee.rank if nominee.rank is not None else "-",
            shown(nominee.score) or "-",
            nominee.submission.id,
            nominee.submission.text("title"),
        )
        for nominee in category.nominees
    )
    blocks: list[Block] = [Heading(f"{category.category}  {name}")]
    if rows:
        blocks.append(Table(("rank", "score", "submission", "title"), rows))
    return [*blocks, *map(unresolved_entry, category.unresolved)]


def _summary(shortlist: Shortlist, contest: Contest) -> list[Block]:
    nominees = sum(len(category.nominees) for category in shortlist.categories)
    still_open = sum(len(category.unresolved) for category in shortlist.categories)
    told = f"Contest {shortlist.contest}: {counted(nominees, 'nominee')}; {still_open} unresolved."
    return [Heading("Summary"), Lines((told, numbers.quota(contest)))]
