"""The moment up to which a count goes while people still vote."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from wsisctl.contest.model import Contest
from wsisctl.errors import UsageError
from wsisctl.times import Instant, read_time, written
from wsisctl.voting.window import voting_window

_WEEK = re.compile(r"week-([1-9][0-9]{0,2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXPECTED = "give a time such as 2030-03-08T12:00, a day such as 2030-03-08 (to its end), or week-1"


@dataclass(frozen=True)
class AsOf:
    """A moment as a person writes it."""

    text: str

    def instant(self, contest: Contest) -> Instant:
        """The last second that is counted.

        A day goes to its end, and a week of the vote, counted from the opening, to its own, both on the
        contest's clock: coordinators are told the progress at the end of each voting week. Raises UsageError for
        what is no moment, and for one before the opening.
        """
        opens, _ = voting_window(contest)
        if week := _WEEK.fullmatch(self.text):
            return _end_of_week(int(week[1]), contest, opens)
        time = read_time(_whole(self.text), contest.zone)
        moment = time.instant
        if moment is None:
            why = "summer time skipped that hour" if time.skipped else "no such time"
            raise UsageError(f"--as-of '{self.text}': {why}", hint=_EXPECTED)
        if moment.second < opens.second:
            begins = written(opens, contest.zone)
            raise UsageError(f"--as-of '{self.text}': voting opens at {begins}", hint=_EXPECTED)
        return Instant(moment.second)


def _whole(text: str) -> str:
    """A day alone means all of it."""
    return f"{text}T23:59:59" if _DAY.fullmatch(text) else text


def week_ends(contest: Contest) -> tuple[Instant, ...]:
    """The last second of each week of the vote, from the opening; the last week ends with the vote."""
    opens, closes = voting_window(contest)
    ends: list[Instant] = []
    while not ends or ends[-1] < closes:
        ends.append(_end_of_week(len(ends) + 1, contest, opens))
    return (*ends[:-1], closes)


def _end_of_week(number: int, contest: Contest, opens: Instant) -> Instant:
    """By the contest's clock, not by hours: the week in which the clock goes forward is shorter.

    An hour that the clock skips has no such second; the week ends with the hour before it then.
    """
    on_the_clock = datetime.fromisoformat(written(opens, contest.zone)).replace(tzinfo=None)
    end = on_the_clock + timedelta(weeks=number) - timedelta(seconds=1)
    while (instant := read_time(end.isoformat(), contest.zone).instant) is None:
        end -= timedelta(minutes=30)
    return instant
