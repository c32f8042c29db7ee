"""From the tally and score sheets to winners and champions."""

from wsisctl.contest.model import Contest
from wsisctl.panel.select import select_winners
from wsisctl.readers.files import Advance
from wsisctl.records.decisions import read_decisions
from wsisctl.records.kinds import SCORES_SELECTION
from wsisctl.reports.render import as_json
from wsisctl.reports.results import results_report
from wsisctl.rules import ALL_RULES
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.sheets import read_assessments
from wsisctl.voting.outcome import read_outcomes


def run_select_winners(
    contest: Contest, inputs: Inputs, _advance: Advance, language: str
) -> Outcome:
    """The stage `select-winners`."""
    decisions = read_decisions(inputs.decisions, contest, [rule.code for rule in ALL_RULES])
    seed = decisions.seed.text if decisions.seed else None
    outcomes = read_outcomes(inputs.tally[0], contest, seed)
    voted_on = {identity for outcome in outcomes for identity in outcome.standings}
    assessments, of_sheets = read_assessments(
        contest, inputs, SCORES_SELECTION, voted_on, "in the tally"
    )
    selection = select_winners(contest, outcomes, assessments, decisions)
    report = results_report(selection, contest, language)
    return Outcome(
        report,
        {"results.json": as_json(report.document).encode()},
        to_act_upon=selection.unresolved,
        remarks=(*of_sheets, *selection.remarks),
    )
