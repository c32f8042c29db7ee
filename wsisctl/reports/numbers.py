"""Where the lists are cut, each number in a line with the clauses it comes from."""

from collections.abc import Sequence

from wsisctl.contest.model import Contest
from wsisctl.wording import counted


def quota(contest: Contest) -> str:
    """How many are nominated."""
    panel = contest.panel
    if panel.quota is None:
        return _cited("No quota: only a recorded decision nominates", panel.clauses.quota)
    return _cited(f"Quota: {counted(panel.quota, 'nominee')} per category", panel.clauses.quota)


def cuts_of_the_vote(contest: Contest) -> tuple[str, str]:
    """How many are honoured, and how many the panel chooses among."""
    panel = contest.panel
    first = "the first {} of each category by votes".format
    return (
        _cited(f"Honoured: {first(panel.honoured)}", panel.clauses.honoured),
        _cited(f"Pool: {first(panel.pool)}", panel.clauses.pool),
    )


def winners(contest: Contest) -> str:
    """How many win."""
    panel = contest.panel
    least, most = panel.fewest_winners, panel.most_winners
    number = "one per category, by scores or by a recorded decision"
    if (least, most) != (1, 1):
        allowed = f"{most}" if least == most else f"{least} to {most}"
        number = f"one per category by scores, {allowed} by a recorded decision"
    return _cited(f"Winners: {number}", panel.clauses.winners)


def _cited(statement: str, clauses: Sequence[str]) -> str:
    return f"{statement} ({', '.join(clauses)})." if clauses else f"{statement}."
