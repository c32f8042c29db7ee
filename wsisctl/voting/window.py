"""When votes may be cast."""

from wsisctl.contest.model import Contest
from wsisctl.times import Instant


def voting_window(contest: Contest) -> tuple[Instant, Instant]:
    """When voting opens and closes; the definition's check makes sure that both are there."""
    phase = contest.phases[contest.voting.phase]
    assert phase.opens is not None  # noqa: S101
    assert phase.closes is not None  # noqa: S101
    return phase.opens, phase.closes
