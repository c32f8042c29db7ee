"""How far the last in is from the first out, and what contested votes could change."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from wsisctl.reports.report import Block, Cell, Heading, Lines, Report, Table
from wsisctl.voting.margins import ContestedVotes, Margin, Margins
from wsisctl.wording import counted

_COLUMNS = ("category", "cut", "place", "last_in", "first_out", "distance")
_CONTESTED = ("contested", "least", "holds")
_NOTHING = "-"
_WHAT_IS_TOLD = (
    "least: so many contested votes, resolved otherwise than counted, put the last place in doubt.",
    "holds: the same are in under every resolution of ties and contested votes.",
)


def margins_document(margins: Margins) -> dict[str, Any]:
    """`margins.json`."""
    contested = margins.contested
    return {
        "contest": margins.contest,
        **({"as_of": margins.as_of} if margins.as_of else {}),
        "contested": _list_document(contested) if contested else None,
        "categories": [
            {"category": category, "cuts": [_cut_document(item) for item in cuts]}
            for category, cuts in margins.categories.items()
        ],
    }


def _list_document(contested: ContestedVotes) -> dict[str, Any]:
    return {
        "votes": contested.given,
        "unknown": list(contested.unknown),
        "without_effect": list(contested.without_effect),
    }


def _cut_document(margin: Margin) -> dict[str, Any]:
    document: dict[str, Any] = {
        "cut": margin.cut,
        "place": margin.place,
        "last_in": margin.inside,
        "first_out": margin.outside,
        "distance": margin.distance,
    }
    if robustness := margin.robustness:
        document["contested"] = robustness.votes
        document["least"] = robustness.least
        document["holds"] = robustness.holds
    return document


def margins_table(margins: Margins) -> Table:
    """`margins.csv`."""
    columns = (*_COLUMNS, *(_CONTESTED if margins.contested else ()))
    rows = tuple(
        (category, *_cells(item)) for category, cuts in margins.categories.items() for item in cuts
    )
    return Table(columns, rows)


def _cells(margin: Margin) -> tuple[Cell, ...]:
    cells = (margin.cut, margin.place, margin.inside, margin.outside, margin.distance)
    if (robustness := margin.robustness) is None:
        return cells
    return (*cells, robustness.votes, robustness.least, "yes" if robustness.holds else "no")


def with_margins(report: Report, margins: Margins, categories: Collection[str]) -> Report:
    """The report of a tally with the margins of some categories below its details."""
    shown = replace(
        margins,
        categories={
            category: cuts
            for category, cuts in margins.categories.items()
            if category in categories and cuts[0].inside is not None
        },
    )
    table = margins_table(shown)
    if not table.rows:
        return report
    rows = tuple(tuple(_NOTHING if cell is None else cell for cell in row) for row in table.rows)
    columns = tuple(name.replace("_", " ") for name in table.columns)
    blocks: list[Block] = [Heading("Margins"), Table(columns, rows)]
    if contested := margins.contested:
        number = f"{counted(contested.given, 'contested vote')} given."
        blocks.append(Lines((number, *_WHAT_IS_TOLD)))
    return replace(report, details=(*report.details, *blocks))
