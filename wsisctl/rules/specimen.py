"""A submission without fault in any edition, and what it takes to make one that fails a rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import cycle, islice

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.records.decisions import NO_DECISIONS, Decisions
from wsisctl.records.people import PastWinner
from wsisctl.records.record import Record
from wsisctl.records.submissions import ID, SUBMITTED_AT, Submission
from wsisctl.times import Instant, read_time, written

Text = str | Callable[[Contest], str]
"""What stands in a box, or how to find it out in an edition."""

FILE = "submissions.csv"


@dataclass(frozen=True)
class Specimen:
    """Submissions of which the rule finds fault with the last, and with nothing else."""

    changes: tuple[Mapping[str, Text], ...]
    """For each submission, earliest first, what stands there other than in one without fault.

    A box that an edition's form does not have is left out there.
    """
    past_winners: tuple[PastWinner, ...] = ()
    decisions: Decisions = NO_DECISIONS

    def submissions(self, contest: Contest) -> tuple[Submission, ...]:
        """The submissions as an edition's form would have them."""
        return tuple(
            _submission(place, faultless(contest, place) | _in(contest, changes), contest)
            for place, changes in enumerate(self.changes)
        )


FAULTLESS = Specimen(({}, {}))
"""Two submissions with which no rule finds fault."""


def _submission_id(place: int) -> str:
    return f"example-{place + 1}"


FIRST = _submission_id(0)
"""The id of a specimen's first submission."""


def in_words(number: int, text: str) -> str:
    """The text, over and over, up to so many words."""
    return " ".join(islice(cycle(text.split()), number))


def after_closing(seconds: int) -> Callable[[Contest], str]:
    """A time of submission so long after the deadline."""
    return lambda contest: written(Instant(_closing(contest).second + seconds), contest.zone)


def faultless(contest: Contest, place: int) -> dict[str, str]:
    """The cells of a submission without fault: of one project, or of quite another."""
    project = _PROJECTS[place]
    known = {
        "category": contest.categories[0].id,
        "entity_type": next(iter(contest.stakeholder_types), ""),
        "status": _accepted_status(contest),
    }
    cells = {
        box.id: _fitted(
            project.get(box.id) or known.get(box.id) or project["text"], box.id, contest
        )
        for box in contest.form
        if box.required
    }
    return cells | {SUBMITTED_AT: after_closing(place - len(_PROJECTS))(contest)}


def _in(contest: Contest, changes: Mapping[str, Text]) -> dict[str, str]:
    boxes = {SUBMITTED_AT, *(box.id for box in contest.form)}
    return {
        name: text if isinstance(text, str) else text(contest)
        for name, text in changes.items()
        if name in boxes
    }


def _submission(place: int, cells: Mapping[str, str], contest: Contest) -> Submission:
    identity = _submission_id(place)
    record = Record({ID: identity, **cells}, Source(FILE, place + 2))
    return Submission(
        identity,
        record,
        contest.category_of(record.text("category")),
        read_time(record.text(SUBMITTED_AT), contest.zone),
    )


def _closing(contest: Contest) -> Instant:
    """The deadline; where there is none, an end that every edition has."""
    use = contest.rules.get("deadline")
    closes = contest.phases[use.settings["phase"] if use else contest.voting.phase].closes
    assert closes is not None  # noqa: S101 - else the definition was refused
    return closes


def _accepted_status(contest: Contest) -> str:
    use = contest.rules.get("status")
    return next(iter(use.settings["accepted"])) if use else "completed"


def _fitted(text: str, box: str, contest: Contest) -> str:
    """The text, as long as the box must have it."""
    use = contest.rules.get("word-count")
    limits = use.settings.get(box, {}) if use else {}
    words = len(text.split())
    enough = max(words, limits.get("min", words))
    return in_words(min(enough, limits.get("max", enough)), text)


_PROJECTS: tuple[Mapping[str, str], ...] = (
    {
        "title": "Solar Classrooms",
        "entity": "Ministry of Education",
        "country": "KEN",
        "coordinator_name": "Wanjiru Kamau",
        "coordinator_email": "wanjiru@example.org",
        "sdgs": "1;4",
        "photo": "solar-classrooms.jpg",
        "text": "Thirty village schools without electricity now have panels on the roof, a small "
        "server and forty tablets each. Teachers were trained for two weeks, and pupils learn to "
        "read and count with lessons in their own language. ",
        "sdg_linkages": "SDG 1: families no longer buy lamp oil, which took a tenth of what "
        "they earned. SDG 4: since the lessons came, 1,200 more children finished school. ",
        "impact": "Pupils who passed the final test rose from 41 % to 68 % in three years, parents "
        "pay nothing, and the diesel that lamps burnt before, 9,000 litres a year, is saved. ",
    },
    {
        "title": "Harvest Calls",
        "entity": "Riverbank Farmers' Union",
        "country": "NPL",
        "coordinator_name": "Sita Rai",
        "coordinator_email": "sita@example.org",
        "sdgs": "1;4",
        "photo": "harvest-calls.jpg",
        "text": "Farmers along the river get a phone call before heavy rain and another with the "
        "day's prices at three markets. Volunteers record the messages every evening; a computer "
        "at the cooperative dials all numbers within an hour. ",
        "sdg_linkages": "SDG 1: who knows the price earns a fifth more, for example in Bardiya. "
        "SDG 4: 300 young people have learnt to run the exchange. ",
        "impact": "Losses by flood fell by a third, incomes grew by 12 % on average, and 5,400 "
        "households use the service, which costs each of them less than a kilogram of rice. ",
    },
)
