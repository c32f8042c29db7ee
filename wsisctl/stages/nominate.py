"""From submissions and score sheets to the shortlist."""

from wsisctl.contest.model import Contest
from wsisctl.panel.assessment import Assessments
from wsisctl.panel.nominate import nominate
from wsisctl.readers.files import Advance
from wsisctl.records.corrections import remark_on
from wsisctl.records.kinds import SCORES_NOMINATION
from wsisctl.reports.render import as_csv, as_json
from wsisctl.reports.shortlist import shortlist_report
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.sheets import read_assessments
from wsisctl.stages.validate import Validated, validate_inputs


def run_nominate(contest: Contest, inputs: Inputs, advance: Advance, language: str) -> Outcome:
    """The stage `nominate`."""
    return nominate_validated(contest, inputs, validate_inputs(contest, inputs, advance), language)


def nominate_validated(
    contest: Contest, inputs: Inputs, validated: Validated, language: str
) -> Outcome:
    """The stage `nominate`, where its submissions have been validated."""
    entered = {item.id for item in validated.submissions.records}
    assessments, of_sheets = read_assessments(
        contest, inputs, SCORES_NOMINATION, entered, "among the submissions"
    )
    shortlist = nominate(contest, validated.eligible, assessments, validated.context.decisions)
    report = shortlist_report(shortlist, contest, language)
    return Outcome(
        report,
        {
            "nominees.json": as_json(report.document).encode(),
            "nominees.csv": as_csv(report.data).encode(),
        },
        to_act_upon=shortlist.unresolved,
        remarks=(
            *validated.remarks,
            *remark_on(validated.submissions.corrections, "submission"),
            *_undecided(validated),
            *of_sheets,
            *_conflicts(validated, assessments),
            *shortlist.remarks,
        ),
    )


def _undecided(validated: Validated) -> tuple[str, ...]:
    waiting = validated.validation.with_verdict("review")
    if not waiting:
        return ()
    return (f"not eligible until someone decides on their reviews: {', '.join(waiting)}",)


def _conflicts(validated: Validated, assessments: Assessments) -> list[str]:
    names = {
        item.id: (item.text("entity"), item.text("submitter_organization"))
        for item in validated.eligible
    }
    return assessments.conflicts(names, validated.context.organizations)
