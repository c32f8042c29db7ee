"""Whether a recorded tie-break fits the tie it was recorded for."""

from wsisctl.ranking import CutResult
from wsisctl.records.decisions import TieBreak


def fitting_tie_break(
    result: CutResult, decision: TieBreak | None, remarks: list[str]
) -> TieBreak | None:
    """The recorded tie-break if it orders exactly the contenders of this tie; else a remark says why not."""
    if decision is None:
        return None
    place = f"{decision.signed.place}: the tie-break for {decision.cut} in {decision.category}"
    if result.tie is None:
        remarks.append(f"{place} changes nothing: there is no tie at that cut")
        return None
    if tuple(sorted(decision.order)) != result.tie.submission_ids:
        contenders = ", ".join(result.tie.submission_ids)
        remarks.append(f"{place} does not order exactly the contenders {contenders}")
        return None
    return decision
