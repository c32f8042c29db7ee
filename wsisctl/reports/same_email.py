"""Members who share an e-mail address, as people are told of them: by id, never by address."""

from collections.abc import Sequence
from dataclasses import dataclass

from wsisctl.reports.report import Table
from wsisctl.voting.same_email import Shared
from wsisctl.wording import counted, listed

SAME_EMAILS = "same-emails.csv"
_SHOWN = 3
"""So many groups are named in the remark."""


@dataclass(frozen=True)
class SharedTotals:
    """How much there is to decide."""

    groups: int
    members: int
    in_common: int
    """Counted votes of theirs that another one of the group has in the same category."""


def same_emails_table(shared: Sequence[Shared]) -> Table:
    """`same-emails.csv`: a row for each account, those of one group together."""
    rows = tuple(
        (number, account.member_id, account.votes, account.counted, account.in_common)
        for number, group in enumerate(shared, 1)
        for account in group.accounts
    )
    return Table(("group", "member_id", "votes", "counted", "in_common"), rows)


def same_emails_remark(shared: Sequence[Shared]) -> tuple[str, ...]:
    """What to tell of them, if there are any."""
    if not shared:
        return ()
    named = [listed(account.member_id for account in group.accounts) for group in shared[:_SHOWN]]
    left = [f"and {len(shared) - _SHOWN} more"] if len(shared) > _SHOWN else []
    return (
        f"{counted(len(shared), 'group')} of members with one e-mail address: "
        f"{'; '.join([*named, *left])}. All are in {SAME_EMAILS}. They count as different voters until somebody decides: "
        "`wsisctl decide same-member`, or `different-members`",
    )
