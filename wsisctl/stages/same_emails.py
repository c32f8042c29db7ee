"""Members who share an e-mail address, told beside the tally."""

from dataclasses import replace

from wsisctl.contest.model import Contest
from wsisctl.reports.render import as_csv
from wsisctl.reports.same_email import SAME_EMAILS, same_emails_remark, same_emails_table
from wsisctl.stages.electorate import Electorate
from wsisctl.stages.outcome import Outcome
from wsisctl.voting.count import BallotBox
from wsisctl.voting.same_email import UndecidedGroups, shared_addresses, undecided_groups


def groups_of_electorate(electorate: Electorate, contest: Contest) -> UndecidedGroups:
    """Those of whom nobody has decided yet."""
    return undecided_groups(
        electorate.members, contest.voting.same_email, electorate.decisions.same_members
    )


def outcome_with_same_emails(outcome: Outcome, found: UndecidedGroups, box: BallotBox) -> Outcome:
    """The outcome with those of whom nobody has decided yet, and what came of their votes."""
    groups, of_groups = found
    shared = shared_addresses(box, groups)
    table = as_csv(same_emails_table(shared)).encode()
    told = outcome.told((*of_groups, *same_emails_remark(shared)))
    return replace(told, files={**outcome.files, SAME_EMAILS: table})
