"""Submissions against every rule of the contest."""

from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.readers.files import Advance
from wsisctl.records.corrections import read_corrections
from wsisctl.records.decisions import read_decisions
from wsisctl.records.people import read_organizations, read_past_winners
from wsisctl.records.submissions import Submission, Submissions, read_submissions
from wsisctl.reports.render import as_json
from wsisctl.reports.validation import validation_report
from wsisctl.rules import ALL_RULES
from wsisctl.rules.card import Context
from wsisctl.rules.engine import Validation, unused_decisions, validate
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.outcome import Outcome

_NO_PAST_WINNERS = (
    "past winners were not checked: give their list with --past-winners, or in a contest folder with "
    "`wsisctl import-past-winners`"
)


@dataclass(frozen=True)
class Validated:
    """Submissions with their verdicts, as `validate` shows them and `nominate` builds on them."""

    submissions: Submissions
    context: Context
    validation: Validation
    of_files: tuple[str, ...]
    """What to tell of the other files that were read, as sentences."""

    @property
    def eligible(self) -> tuple[Submission, ...]:
        """The submissions that may be nominated."""
        eligible = set(self.validation.with_verdict("eligible"))
        return tuple(item for item in self.submissions.records if item.id in eligible)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be told of the files, what could not be checked, and verdicts that changed nothing."""
        remarks = [*self.of_files, *self.submissions.told]
        if "past-winner" in self.context.contest.rules and not self.context.past_winners:
            remarks.append(_NO_PAST_WINNERS)
        return (
            *remarks,
            *unused_decisions(self.validation, self.context),
        )


def validate_inputs(contest: Contest, inputs: Inputs, advance: Advance) -> Validated:
    """Read the submissions and all context, and apply the rules."""
    past_winners, of_winners = read_past_winners(inputs.past_winners, contest)
    organizations, of_organizations = read_organizations(inputs.organizations, contest)
    told = (*of_winners, *of_organizations)
    context = Context(
        contest,
        past_winners,
        organizations,
        read_decisions(inputs.decisions, contest, [rule.code for rule in ALL_RULES]),
    )
    corrections = read_corrections(inputs.corrections)
    submissions = read_submissions(inputs.submissions, contest, corrections, advance)
    return Validated(submissions, context, validate(submissions, context), told)


def run_validate(contest: Contest, inputs: Inputs, advance: Advance, _language: str) -> Outcome:
    """The stage `validate`."""
    return outcome_of(validate_inputs(contest, inputs, advance))


def outcome_of(validated: Validated) -> Outcome:
    """What the stage shows and writes."""
    report = validation_report(validated.validation, validated.submissions.corrections)
    severities = {finding.severity for finding in validated.validation.findings}
    return Outcome(
        report,
        {"validation.json": as_json(report.document).encode()},
        to_act_upon=bool(severities & {"error", "review"}),
        remarks=validated.remarks,
    )
