"""From votes to standings, those honoured, and the panel's pool."""

from wsisctl.contest.model import Contest
from wsisctl.readers.files import Advance
from wsisctl.records.corrections import read_corrections
from wsisctl.records.decisions import read_decisions
from wsisctl.records.people import read_members, read_nominees, read_organizations
from wsisctl.records.record import no_records
from wsisctl.reports.render import as_csv, as_json
from wsisctl.reports.tally import rejected_table, standings_table, tally_report
from wsisctl.rules import ALL_RULES
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.outcome import Outcome
from wsisctl.voting.count import count_votes
from wsisctl.voting.tally import tally
from wsisctl.wording import counted


def run_tally(contest: Contest, inputs: Inputs, advance: Advance, language: str) -> Outcome:
    """The stage `tally`."""
    decisions = read_decisions(inputs.decisions, contest, [rule.code for rule in ALL_RULES])
    organizations = read_organizations(inputs.organizations, contest)
    nominees, of_nominees = read_nominees(inputs.nominees, contest)
    corrections = read_corrections(inputs.corrections)
    members, of_members = read_members(inputs.members, contest, corrections, advance)
    count = count_votes(contest, inputs.votes, members, nominees, organizations, advance)
    result = tally(contest, count, decisions)
    titles = {nominee.id: nominee.title for nominee in nominees}
    report = tally_report(result, contest, titles, language)
    repeated_hour = (
        f"{counted(count.in_repeated_hour, 'vote')} without an offset in the hour that autumn "
        "repeats: the earlier hour was taken",
    )
    return Outcome(
        report,
        {
            "tally.json": as_json(report.document).encode(),
            "standings.csv": as_csv(standings_table(result)).encode(),
            "rejected-votes.csv": as_csv(rejected_table(result, contest)).encode(),
        },
        to_act_upon=result.unresolved,
        remarks=(
            *count.remarks,
            *(() if count.read else no_records(inputs.votes)),
            *of_nominees,
            *of_members,
            *(repeated_hour if count.in_repeated_hour else ()),
            *result.remarks,
        ),
    )
