"""A small synthetic edition: submissions with every kind of fault, a panel, members and votes.

Everything follows from the definition: its dates, limits, categories and numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wsisctl.contest.model import Contest, Criterion
from wsisctl.demo import invent
from wsisctl.demo.export import Export, Nominees, Row
from wsisctl.records.kinds import VOTE_COLUMNS
from wsisctl.times import Instant, written
from wsisctl.voting.window import voting_window

_PANEL = ("amara", "bela", "chen")
_FIRST_ID = 17_734_472_422_205_614
_CROWDED = 2
"""So many categories have more submissions than the quota."""
_FEW = 8
_MEMBERS = 240
_ONE_DAY = 86_400


@dataclass(frozen=True)
class SmallEdition:
    """Everything that people and forms send in, small enough to read."""

    contest: Contest

    def submissions(self) -> Export:
        """Good submissions in every category, then one for each fault that the rules find."""
        return _submissions(self.contest)

    def past_winners(self) -> Export:
        """One winner of an earlier edition."""
        return _past_winners(self.contest)

    def panel(self) -> Export:
        """Three experts."""
        return _panel()

    def scores(
        self, ids_by_category: Mapping[str, Sequence[str]], criteria: Sequence[Criterion]
    ) -> Export:
        """Sheets of all experts; in a crowded category four tie for the last two places."""
        return _scores(self.contest, ids_by_category, criteria)

    def members(self, nominees: Nominees) -> Export:
        """Members with complete profiles, one without organization, one of a nominee's entity."""
        return _members(self.contest, next(iter(nominees.values()))[0].entity)

    def votes(self, nominees: Nominees) -> Export:
        """A clear order in most categories, a tie at the fifth place, each reason once."""
        return _votes(
            self.contest,
            {category: [item.id for item in group] for category, group in nominees.items()},
        )

    def write_votes(self, nominees: Nominees, folder: Path) -> tuple[Path, ...]:
        """As one export."""
        path = folder / "votes.csv"
        self.votes(nominees).write(path)
        return (path,)


def _submissions(contest: Contest) -> Export:
    good: list[dict[str, str]] = []
    for place, category in enumerate(contest.categories):
        crowd = (contest.panel.quota or _FEW) + 4 if place < _CROWDED else _FEW
        good += [_submission(contest, len(good) + offset, category.id) for offset in range(crowd)]
    faulty = _faulty_submissions(contest, len(good), good)
    columns = ("submission_id", "submitted_at", *(box.id for box in contest.form))
    return Export.of(columns, (*good, *faulty))


def _deadline(contest: Contest) -> Instant:
    closes = contest.phases[contest.rules["deadline"].settings["phase"]].closes
    assert closes is not None  # noqa: S101 - the shipped editions have one
    return closes


def _submission(contest: Contest, index: int, category: str) -> dict[str, str]:
    submitted = Instant(
        _deadline(contest).second - invent.number(1, 30 * _ONE_DAY, "submitted", index)
    )
    values = {
        "submission_id": str(_FIRST_ID + 7 * index),
        "submitted_at": written(submitted, contest.zone),
        "title": invent.title(index),
        "category": category,
        "entity": invent.entity(index),
        "entity_type": invent.pick(tuple(contest.stakeholder_types), "type", index),
        "country": invent.pick(("CHE", "KEN", "MNG", "COL", "NZL", "DZA"), "country", index),
        "submitter_organization": "",
        "coordinator_name": f"Coordinator {index}",
        "coordinator_email": f"coordinator{index}@example.org",
        "status": "completed",
        "sdgs": f"{invent.number(1, 8, 'sdg', index)};{invent.number(9, 17, 'sdg', index)}",
    }
    for box in contest.form:
        values.setdefault(box.id, invent.text(_length(contest, box.id, index), box.id, index))
    if "sdg_linkages" in values:
        values["sdg_linkages"] = _linked(values["sdgs"], values["sdg_linkages"])
    return values


def _linked(sdgs: str, text: str) -> str:
    return f"SDGs {sdgs.replace(';', ' and ')}: {text}"


def _length(contest: Contest, box: str, index: int) -> int:
    use = contest.rules.get("word-count")
    limits = use.settings.get(box, {}) if use else {}
    low = limits.get("min", 40)
    return invent.number(low, limits.get("max", low + 40), "length", box, index)


def _faulty_submissions(
    contest: Contest, first: int, good: Sequence[dict[str, str]]
) -> Iterator[Row]:
    """Each with one fault and otherwise good."""
    deadline = _deadline(contest)
    limited, limits = next(iter(contest.rules["word-count"].settings.items()))
    faults: tuple[dict[str, str], ...] = (
        {"submitted_at": written(replace(deadline, second=deadline.second + 1), contest.zone)},
        {limited: invent.text(limits["min"] - 1, "short")},
        {limited: invent.french(limits["min"])},
        {contest.form[-1].id: " "},
        {"category": "; ".join(category.id for category in contest.categories[:2])},
        {"sdgs": "4;18", "sdg_linkages": _linked("4", invent.text(40, "linked"))},
        {"sdg_linkages": invent.text(60, "not linked")},
        {"impact": invent.without_figures(60, "impact")},
        {"status": "ongoing"},
        {"title": PAST_WINNER},
        {"title": good[0]["title"].upper()},
        {"entity": good[1]["entity"].upper(), "category": good[1]["category"]},
        {"entity_type": "company"},
        {"title": "=HYPERLINK(bad) [bold red]not markup[/]"},
    )
    for number, fault in enumerate(faults):
        category = contest.categories[-1 - number % 4].id
        yield {**_submission(contest, first + number, category), **fault}


PAST_WINNER = "The Library That Travels"


def _past_winners(contest: Contest) -> Export:
    row = {
        "year": str(int(written(_deadline(contest), contest.zone)[:4]) - 2),
        "category": contest.categories[0].id,
        "title": PAST_WINNER,
        "entity": "Travelling Libraries of Antioquia",
        "country": "COL",
    }
    return Export.of(("year", "category", "title", "entity", "country"), (row,))


def _panel() -> Export:
    rows = tuple(
        {"panelist": name, "name": name.capitalize(), "organization": f"Institute {name}"}
        for name in _PANEL
    )
    return Export.of(("panelist", "name", "organization", "country"), rows)


def _scores(
    contest: Contest, ids_by_category: Mapping[str, Sequence[str]], criteria: Sequence[Criterion]
) -> Export:
    quota = contest.panel.quota or 0
    rows = [
        _sheet(contest, panelist, identity, criteria, place if len(ids) > quota else None)
        for ids in ids_by_category.values()
        for place, identity in enumerate(ids)
        for panelist in _PANEL
    ]
    columns = ("panelist", "submission_id", "recused", "comment", *(item.id for item in criteria))
    return Export.of(columns, rows)


def _sheet(
    contest: Contest,
    panelist: str,
    identity: str,
    criteria: Sequence[Criterion],
    place: int | None,
) -> Row:
    key = {"panelist": panelist, "submission_id": identity}
    if invent.number(1, 25, "recused", panelist, identity) == 1 and panelist != _PANEL[0]:
        return {**key, "recused": "yes", "comment": "a former colleague leads the project"}
    low, high = contest.panel.lowest_score, contest.panel.highest_score
    last_certain = (contest.panel.quota or 0) - 2
    if place is not None and last_certain <= place < last_certain + 4:
        return {**key, **{item.id: low + 1 for item in criteria}}
    floor = low + 2 if place is None or place < last_certain else low
    ceiling = high if place is None or place < last_certain else low
    return {
        **key,
        **{
            item.id: invent.number(floor, ceiling, panelist, identity, item.id) for item in criteria
        },
    }


def _members(contest: Contest, entity_of_nominee: str) -> Export:
    rows: list[dict[str, str]] = [
        {
            "member_id": f"{index:05}",
            "username": f"member{index}",
            "email": f"member{index}@example.org",
            "organization": f"Association {index}",
            "organization_type": invent.pick(tuple(contest.stakeholder_types), "member", index),
            "country": "CHE",
        }
        for index in range(_MEMBERS)
    ]
    rows[-1]["organization"] = " "
    rows[-2]["organization"] = entity_of_nominee.swapcase()
    columns = ("member_id", "username", "email", "organization", "organization_type", "country")
    return Export.of(columns, rows)


def _votes(contest: Contest, nominees: Mapping[str, Sequence[str]]) -> Export:
    opens, closes = voting_window(contest)
    rows: list[Row] = []
    for category, projects in nominees.items():
        voters = iter(range(_MEMBERS - 2))
        for place, project in enumerate(projects):
            tied = place == contest.panel.honoured and category == contest.categories[0].id
            wanted = max(1, 24 - 3 * (place - tied))
            for _, voter in zip(range(wanted), voters, strict=False):
                cast = Instant(invent.number(opens.second, closes.second, category, voter))
                rows.append(
                    _vote(len(rows), f"{voter:05}", category, project, written(cast, contest.zone))
                )
    rows += _rejected_votes(contest, nominees, rows, closes)
    return Export.of(VOTE_COLUMNS, rows)


def _vote(number: int, member: str, category: str, project: str, cast_at: str) -> dict[str, str]:
    values = (f"v{number:06}", member, category, project, cast_at)
    return dict(zip(VOTE_COLUMNS, values, strict=True))


def _rejected_votes(
    contest: Contest,
    nominees: Mapping[str, Sequence[str]],
    rows: Sequence[Row],
    closes: Instant,
) -> Iterator[Row]:
    (first, projects), (second, _) = list(nominees.items())[:2]
    project = projects[0]
    in_time, late = written(closes, contest.zone), written(Instant(closes.second + 1), contest.zone)
    yield rows[0]  # again
    faults = (
        ("00300", first, project, "yesterday"),
        ("00301", first, project, late),
        ("not-a-member", first, project, in_time),
        (f"{_MEMBERS - 1:05}", first, project, in_time),
        ("00001", first, "no-such-project", in_time),
        ("00001", second, project, in_time),
        (f"{_MEMBERS - 2:05}", first, project, in_time),
        ("00000", first, projects[1], in_time),
    )
    for number, fault in enumerate(faults, start=len(rows)):
        yield _vote(number, *fault)
