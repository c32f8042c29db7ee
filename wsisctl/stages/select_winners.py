"""From the tally and score sheets to winners and champions."""

from wsisctl.contest.model import Contest
from wsisctl.panel.assessment import Assessments
from wsisctl.panel.select import select_winners
from wsisctl.readers.files import Advance
from wsisctl.records.decisions import read_decisions
from wsisctl.records.kinds import SCORES_SELECTION
from wsisctl.records.people import read_panel
from wsisctl.records.scores import read_scores
from wsisctl.reports.render import as_json
from wsisctl.reports.results import results_report
from wsisctl.rules import ALL_RULES
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.validate import repeated_rows
from wsisctl.voting.outcome import read_outcomes


def run_select_winners(
    contest: Contest, inputs: Inputs, _advance: Advance, language: str
) -> Outcome:
    """The stage `select-winners`."""
    decisions = read_decisions(inputs.decisions, contest, [rule.code for rule in ALL_RULES])
    outcomes = read_outcomes(inputs.tally[0], contest)
    sheets, merged = read_scores(inputs.scores, contest, SCORES_SELECTION)
    assessments = Assessments(sheets, read_panel(inputs.panel, contest))
    selection = select_winners(contest, outcomes, assessments, decisions)
    report = results_report(selection, contest, language)
    told = (f"{repeated_rows(merged)} in the score sheets merged",) if merged else ()
    return Outcome(
        report,
        {"results.json": as_json(report.document).encode()},
        to_act_upon=selection.unresolved,
        remarks=(*told, *assessments.faults, *selection.remarks),
    )
