"""The submissions of an edition: honest ones, faulty ones, near-duplicates, and rows that come twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wsisctl.contest.model import Contest
from wsisctl.demo.mixer import Dice
from wsisctl.demo.real import names, texts
from wsisctl.demo.real.faults import FAULTS, Draft, in_proportion
from wsisctl.demo.real.projects import Project, limited_boxes, limits, projects
from wsisctl.demo.real.size import Size
from wsisctl.demo.real.winners import past_titles

_LOOKALIKES_IN_THOUSAND = 25
_REPEATED_EVERY = 185


@dataclass(frozen=True)
class _Year:
    """What a faulty submission may refer to."""

    contest: Contest
    good: Sequence[Project]
    """Those that are what they seem."""
    past_titles: Sequence[str]


def entries(contest: Contest, size: Size) -> tuple[Project, ...]:
    """Each submission once, in the order of their numbers."""
    honest = projects(contest, size)
    faults = _faults(contest, size, honest)
    dice = Dice("lookalikes", contest.id)
    lookalikes = {
        project.number
        for group in _rivals(honest).values()
        for project in group[1:]
        if project.number not in faults and dice.chance(_LOOKALIKES_IN_THOUSAND)
    }
    good = [item for item in honest if item.number not in faults and item.number not in lookalikes]
    year = _Year(contest, good, past_titles(contest, size))
    result = []
    used = Counter[str]()
    for project in honest:
        fault = faults.get(project.number)
        if fault is not None:
            result.append(_with_fault(year, project, fault, used[fault]))
            used[fault] += 1
        elif project.number in lookalikes:
            result.append(_lookalike(contest, project, _before(project, good), dice))
        else:
            result.append(project)
    return tuple(result)


def with_repeated_rows(rows: Sequence[dict[str, str]]) -> Iterator[dict[str, str]]:
    """As exports are: now and then a row comes again, at once or at the end."""
    for number, row in enumerate(rows):
        yield row
        if number % _REPEATED_EVERY == _REPEATED_EVERY - 1:
            yield row
    yield from rows[:1]


def _faults(contest: Contest, size: Size, honest: Sequence[Project]) -> Mapping[int, str]:
    """The numbers of those with a fault, and which; every category keeps enough without."""
    dice = Dice("faults", contest.id)
    needed = (contest.panel.quota or 0) + size.spare
    chosen = [
        project.number
        for group in _rivals(honest).values()
        for project in dice.shuffled(group[1:])[
            : max(0, min(len(group) * size.faulty // 1000, len(group) - needed))
        ]
    ]
    return dict(zip(sorted(chosen), in_proportion(len(chosen), dice), strict=True))


def _rivals(honest: Sequence[Project]) -> Mapping[str, Sequence[Project]]:
    """By category. The first of each stays as it is, so that every other has an earlier one."""
    rivals: dict[str, list[Project]] = defaultdict(list)
    for project in honest:
        rivals[project.category.id].append(project)
    return rivals


def _with_fault(year: _Year, project: Project, fault: str, order: int) -> Project:
    neighbours = [other for other in year.good if other.category == project.category]
    draft = Draft(
        year.contest,
        project,
        _before(project, year.good),
        _before(project, neighbours or year.good),
        year.past_titles[order % len(year.past_titles)],
        Dice("fault", year.contest.id, project.number),
    )
    like = draft.earlier.number if fault == "same-text" else None
    cells = {**project.cells, **FAULTS[fault].make(draft)}
    return replace(project, cells=cells, fault=fault, like=like)


def _before(project: Project, others: Sequence[Project]) -> Project:
    """One of the others that came in earlier, or the first of them."""
    earlier = [other for other in others if other.number < project.number]
    return Dice("before", project.number).pick(earlier) if earlier else others[0]


def _lookalike(contest: Contest, project: Project, model: Project, dice: Dice) -> Project:
    """Renamed and reworded, by the same entity or by another: near an earlier one, nowhere equal."""
    changes = {
        box: texts.reworded(model.cells[box], model.scene, *limits(contest, box), dice)
        for box in limited_boxes(contest)
    }
    title = model.scene.title
    renamed = dice.pick((f"{title} II", f"The {title}", f"{title} (second phase)"))
    changes["title"] = renamed[: names.LONGEST_TITLE]
    changes["category"] = project.cells["category"]
    if dice.chance(400) and model.category != project.category:
        changes["entity"] = model.entity.name
        changes["country"] = model.entity.country.code
    return replace(project, cells={**project.cells, **changes}, like=model.number)
