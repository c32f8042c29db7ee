"""Whether a recorded tie-break fits the tie it was recorded for."""

from wsisctl.ranking import CutResult
from wsisctl.records.decisions import TieBreak

NO_TIE = "there is no tie at that cut"


def fitting_tie_break(
    result: CutResult, decision: TieBreak | None, remarks: list[str]
) -> TieBreak | None:
    """The recorded tie-break if it orders exactly the contenders of this tie; else a remark says why not."""
    if decision is None:
        return None
    if result.tie is None:
        unused_tie_break(decision, NO_TIE, remarks)
        return None
    if tuple(sorted(decision.order)) != result.tie.submission_ids:
        contenders = ", ".join(result.tie.submission_ids)
        remarks.append(f"{_place(decision)} does not order exactly the contenders {contenders}")
        return None
    return decision


def unused_tie_break(decision: TieBreak | None, why: str, remarks: list[str]) -> None:
    """Tell of a recorded tie-break, if there is one, that it changes nothing."""
    if decision is not None:
        remarks.append(f"{_place(decision)} changes nothing: {why}")


def _place(decision: TieBreak) -> str:
    return f"{decision.signed.place}: the tie-break for {decision.cut} in {decision.category}"
