"""How far the last in is from the first out, and what contested votes could change."""

from collections.abc import Collection, Iterable, Sequence
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
        (category, *_distance(item), *_worth(item))
        for category, cuts in margins.categories.items()
        for item in cuts
    )
    return Table(columns, rows)


def _distance(margin: Margin) -> tuple[Cell, ...]:
    return (margin.cut, margin.place, margin.inside, margin.outside, margin.distance)


def _worth(margin: Margin) -> tuple[Cell, ...]:
    if (robustness := margin.robustness) is None:
        return ()
    return (robustness.votes, robustness.least, "yes" if robustness.holds else "no")


def with_margins(report: Report, margins: Margins, categories: Collection[str]) -> Report:
    """The report of a tally with the margins of some categories below its details.

    The document has them only where a list of contested votes asks what it is worth: else it is `tally.json`.
    """
    if margins.contested:
        assert isinstance(report.document, dict)  # noqa: S101
        document = {**report.document, "margins": margins_document(margins)}
        report = replace(report, document=document)
    cuts = [
        (category, item)
        for category, items in margins.categories.items()
        for item in items
        if category in categories and item.inside is not None
    ]
    if not cuts:
        return report
    distances = [(category, *_distance(item)) for category, item in cuts]
    blocks: list[Block] = [Heading("Margins"), _for_people(_COLUMNS, distances)]
    if contested := margins.contested:
        given = Lines((f"{counted(contested.given, 'contested vote')} given.",))
        worth = [(category, item.cut, item.distance, *_worth(item)) for category, item in cuts]
        table = _for_people(("category", "cut", "distance", *_CONTESTED), worth)
        blocks += [Heading("Contested votes"), given, table, Lines(_WHAT_IS_TOLD)]
    return replace(report, details=(*report.details, *blocks))


def _for_people(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    return Table(
        tuple(name.replace("_", " ") for name in columns),
        tuple(tuple(_NOTHING if cell is None else cell for cell in row) for row in rows),
    )
