"""What a recorded tie-break makes of the tie it was recorded for."""

from dataclasses import dataclass

from wsisctl.lot import Ticket, draw
from wsisctl.ranking import CutResult
from wsisctl.records.decisions import Cut, Decisions, TieBreak
from wsisctl.records.seed import Seed

NO_TIE = "there is no tie at that cut"


@dataclass(frozen=True)
class DrawnLot:
    """A lot as it was drawn."""

    cut: Cut
    open_places: int
    """For how many of those who drew there is a place."""
    seed: Seed
    tickets: tuple[Ticket, ...]
    """In the order drawn."""


@dataclass(frozen=True)
class Settled:
    """The order of a tie's contenders that a person's decision gives, itself or by a lot."""

    order: tuple[str, ...]
    lot: DrawnLot | None = None
    """None where the decision gives the order itself."""


def settled(
    result: CutResult, cut: Cut, category: str, decisions: Decisions, remarks: list[str]
) -> Settled | None:
    """How the recorded tie-break settles this tie; None if none does, and a remark says why not."""
    decision = decisions.tie_breaks.get((cut, category))
    if decision is None:
        return None
    if result.tie is None:
        unused_tie_break(decision, NO_TIE, remarks)
        return None
    contenders = result.tie.submission_ids
    if decision.order is None:
        return _drawn(result, contenders, decision, decisions.seed, remarks)
    if tuple(sorted(decision.order)) != contenders:
        named = ", ".join(contenders)
        remarks.append(f"{_place(decision)} does not order exactly the contenders {named}")
        return None
    return Settled(decision.order)


def _drawn(
    result: CutResult,
    contenders: tuple[str, ...],
    decision: TieBreak,
    seed: Seed | None,
    remarks: list[str],
) -> Settled | None:
    if seed is None:
        unused_tie_break(decision, "no seed was declared from which a lot could be drawn", remarks)
        return None
    tickets = draw(seed.text, decision.category, contenders)
    lot = DrawnLot(decision.cut, result.open_places, seed, tickets)
    return Settled(tuple(ticket.submission_id for ticket in tickets), lot)


def unused_tie_break(decision: TieBreak | None, why: str, remarks: list[str]) -> None:
    """Tell of a recorded tie-break, if there is one, that it changes nothing."""
    if decision is not None:
        remarks.append(f"{_place(decision)} changes nothing: {why}")


def _place(decision: TieBreak) -> str:
    return f"{decision.signed.place}: the tie-break for {decision.cut} in {decision.category}"
