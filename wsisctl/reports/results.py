"""Winners and champions."""

from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.panel.select import CategoryResult, Selection
from wsisctl.reports import numbers
from wsisctl.reports.lots import lot_blocks
from wsisctl.reports.report import Block, Heading, Lines, Report, Table
from wsisctl.reports.shortlist import unresolved_document, unresolved_entry
from wsisctl.wording import counted


def results_report(selection: Selection, contest: Contest, language: str) -> Report:
    """`results.json` and its other forms (contract, Results)."""
    document = {
        "contest": selection.contest,
        "categories": [_document(category) for category in selection.categories],
    }
    names = {item.id: item.name.in_language(language) for item in contest.categories}
    blocks: list[Block] = []
    for category in selection.categories:
        if category.winners or category.champions or category.unresolved:
            blocks += _blocks(category, names[category.category])
            blocks += lot_blocks(category.lot, contest)
    return Report(document, _data(selection), tuple(blocks), tuple(_summary(selection, contest)))


def _document(category: CategoryResult) -> dict[str, Any]:
    return {
        "category": category.category,
        "winners": list(category.winners),
        "champions": list(category.champions),
        "basis": category.basis,
        "unresolved": [unresolved_document(item) for item in category.unresolved],
    }


def _honours(category: CategoryResult) -> tuple[tuple[str, str, str], ...]:
    basis = category.basis or ""
    return (
        *(("winner", identity, basis) for identity in category.winners),
        *(("champion", identity, "") for identity in category.champions),
    )


def _data(selection: Selection) -> Table:
    rows = tuple(
        (category.category, honour, identity, basis)
        for category in selection.categories
        for honour, identity, basis in _honours(category)
    )
    return Table(("category", "honour", "submission_id", "basis"), rows)


def _blocks(category: CategoryResult, name: str) -> list[Block]:
    blocks: list[Block] = [Heading(f"{category.category}  {name}")]
    if rows := _honours(category):
        blocks.append(Table(("honour", "submission", "basis"), rows))
    if category.basis == "decision" and not category.winners:
        blocks.append(Lines(("No winner, by a recorded decision.",)))
    return [*blocks, *map(unresolved_entry, category.unresolved)]


def _summary(selection: Selection, contest: Contest) -> list[Block]:
    winners = sum(len(category.winners) for category in selection.categories)
    champions = sum(len(category.champions) for category in selection.categories)
    still_open = sum(len(category.unresolved) for category in selection.categories)
    told = (
        f"Contest {selection.contest}: {counted(winners, 'winner')}, "
        f"{counted(champions, 'champion')}; "
        f"{still_open} unresolved."
    )
    cuts = (*numbers.cuts_of_the_vote(contest), numbers.winners(contest))
    return [Heading("Summary"), Lines((told, *cuts))]
