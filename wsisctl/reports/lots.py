"""The steps of a lot, so that anyone can redo them by hand."""

import shlex

from wsisctl.contest.model import Contest
from wsisctl.records.seed import term_of
from wsisctl.reports.report import Block, Entry, Table, Verbatim
from wsisctl.tie_breaks import DrawnLot


def lot_blocks(lot: DrawnLot | None, contest: Contest) -> list[Block]:
    """The seed and since when it is known, what each contender drew, and the commands that show it."""
    if lot is None:
        return []
    body = (
        _declared(lot, contest),
        "each draws the SHA-256 of seed|category|submission, in UTF-8; the lowest comes first:",
    )
    rows = tuple(
        (place, "in" if place <= lot.open_places else "out", ticket.submission_id, ticket.digest)
        for place, ticket in enumerate(lot.tickets, start=1)
    )
    return [
        Entry(f"lot ({lot.cut}) with the seed: {lot.seed.text}", body),
        Table(("drawn", "", "submission", "sha256"), rows),
        *(
            Verbatim(f"printf '%s' {shlex.quote(ticket.text)} | sha256sum")
            for ticket in lot.tickets
        ),
    ]


def _declared(lot: DrawnLot, contest: Contest) -> str:
    term = term_of(lot.cut, contest)
    seed = lot.seed.signed
    told = f"declared on {seed.on} by {seed.by} ({seed.place})"
    if term.day is None:
        unknown = "cannot be known, since the definition does not say when they do"
        return f"{told}; whether that is before {term.what} {unknown}"
    return f"{told}, before {term.what} on {term.day}"
