"""Projects as entities enter them through the form, without any fault."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wsisctl.contest.model import Category, Contest
from wsisctl.demo.mixer import Dice
from wsisctl.demo.real import names, texts
from wsisctl.demo.real.gaps import Scene
from wsisctl.demo.real.size import Size
from wsisctl.demo.real.words import Lists, families
from wsisctl.names import name_key
from wsisctl.times import Instant, written

_DAY = 86_400
_FIRST_ID = 17_734_472_400_000_000
_ODD_EVERY, _LONG_EVERY, _OLD_FORM_EVERY, _CYRILLIC_EVERY = 170, 60, 130, 90
_SAME_ENTITY_IN_THOUSAND = 240
_DAYS_BEFORE_DEADLINE = (430, 90, 30, 30, 25, 20, 18, 15, 14, 12)
"""Of a thousand that come in the last days, how many so many days before; the rest earlier."""
_TIME_STYLES = (78, 10, 6, 6)
_ACCEPTED = ("completed", "completed", "completed", "phase_completed", "phase_completed")
_OTHER_BOX_WORDS = (40, 140)


@dataclass(frozen=True)
class Project:
    """A submission, and what is needed to make another like it."""

    number: int
    category: Category
    entity: names.Entity
    scene: Scene
    cells: dict[str, str]
    fault: str = ""
    """What is wrong with it, by name."""
    like: int | None = None
    """The number of the earlier one that it was written from: what a search for doubles should find."""


class Registry:
    """Who and what has been entered so far, so that nothing comes twice by chance."""

    def __init__(self, contest: Contest) -> None:
        self._types = tuple(contest.stakeholder_types)
        self._entities: list[names.Entity] = []
        self._taken: set[str] = set()
        self._entered: set[tuple[str, str]] = set()

    def entity(self, category: str, dice: Dice) -> names.Entity:
        """An entity that has not entered this category yet; it may have entered another."""
        if self._entities and dice.chance(_SAME_ENTITY_IN_THOUSAND):
            known = dice.pick(self._entities)
            if (known.name, category) not in self._entered:
                self._entered.add((known.name, category))
                return known
        fresh = self._fresh(dice)
        self._entities.append(fresh)
        self._entered.add((fresh.name, category))
        return fresh

    def _fresh(self, dice: Dice) -> names.Entity:
        while True:
            entity = names.entity(self._types, names.draw_country(dice), dice)
            if self._is_new(entity.name, entity.acronym):
                return entity
            longer = f"{entity.name}, {entity.city}"
            if self._is_new(longer, entity.acronym):
                return replace(entity, name=longer)
            if self._is_new(longer):
                return replace(entity, name=longer, acronym="")

    def _is_new(self, *spellings: str) -> bool:
        keys = {name_key(text) for text in spellings if text}
        new = not keys & self._taken
        self._taken |= keys if new else set()
        return new

    def title(self, scene: Scene, number: int, dice: Dice) -> str:
        """A title that no other project has."""
        if number % _ODD_EVERY == _ODD_EVERY - 1:
            return names.odd_title(number // _ODD_EVERY)
        make = names.longest_title if number % _LONG_EVERY == 1 else names.title
        for _ in range(9):
            text = make(scene, dice)
            if len(text) >= names.FEWEST_LETTERS and self._is_new(f"title {text}"):
                return text
        return f"{text.strip()} {number}"


def projects(contest: Contest, size: Size) -> tuple[Project, ...]:
    """In the order in which they came in."""
    numbers = size.in_categories(len(contest.categories))
    categories = [
        category
        for category, number in zip(contest.categories, numbers, strict=True)
        for _ in range(number)
    ]
    categories = Dice("categories", contest.id).shuffled(categories)
    registry = Registry(contest)
    times = sorted(_times(contest, len(categories)))
    return tuple(
        _project(contest, registry, number, category, times[number])
        for number, category in enumerate(categories)
    )


def deadline(contest: Contest) -> Instant:
    """When submission closes; the shipped editions say so."""
    closes = contest.phases[contest.rules["deadline"].settings["phase"]].closes
    assert closes is not None  # noqa: S101 - the shipped editions have one
    return closes


def _times(contest: Contest, number: int) -> Iterator[int]:
    """More each day, and half of all in the last three days."""
    closes = deadline(contest).second
    opens = contest.phases[contest.rules["deadline"].settings["phase"]].opens
    days = (closes - opens.second) // _DAY if opens else len(_DAYS_BEFORE_DEADLINE)
    dice = Dice("submitted", contest.id)
    rest = 1000 - sum(_DAYS_BEFORE_DEADLINE)
    for _ in range(number):
        day = dice.weighted((*_DAYS_BEFORE_DEADLINE, rest))
        if day == len(_DAYS_BEFORE_DEADLINE) or day >= days:
            day = dice.number(0, max(0, days - 1))
        before = dice.number(0, _DAY - 1)
        # On the last day, the closer to the deadline the more.
        yield closes - (before * before // _DAY if day == 0 else day * _DAY + before)


def _project(
    contest: Contest, registry: Registry, number: int, category: Category, second: int
) -> Project:
    dice = Dice("project", contest.id, number)
    entity = registry.entity(category.id, dice)
    goals = _goals(contest, dice)
    year = int(written(deadline(contest), contest.zone)[:4])
    scene = Scene(theme(contest, category), entity.country, entity.city, year)
    scene = replace(
        scene,
        title=registry.title(scene, number, dice),
        short=entity.acronym or entity.name.strip(),
        action=category.name.en,
        goals=tuple((str(goal), contest.sdgs[goal].en) for goal in goals),
    )
    cells = {
        "submission_id": _id(number),
        "submitted_at": _time(contest, Instant(second), dice),
        "title": scene.title,
        "category": _category(category, number, dice),
        "entity": entity.spelled(dice),
        "entity_type": entity.type,
        "country": entity.country.code,
        "submitter_organization": _submitter(entity, dice),
        "coordinator_name": names.person(entity.country, dice),
        "coordinator_email": f"project{number:04}@example.{dice.pick(('org', 'com'))}",
        "status": dice.pick(_ACCEPTED),
        "sdgs": ";".join(map(str, goals)),
    }
    scene = replace(scene, title=scene.title.strip())
    for form_field in contest.form:
        if form_field.id not in cells:
            cells[form_field.id] = _text(contest, form_field.id, scene, cells, dice)
    return Project(number, category, entity, scene, cells)


def theme(contest: Contest, category: Category) -> Lists:
    """What projects of the category are about; a category we do not know borrows another's theme."""
    themes = families("themes")
    place = contest.categories.index(category) % len(themes)
    return themes.get(category.id) or tuple(themes.values())[place]


def limits(contest: Contest, box: str) -> tuple[int, int]:
    """The fewest and the most words of a box."""
    use = contest.rules.get("word-count")
    found = use.settings.get(box, {}) if use else {}
    low = found.get("min", _OTHER_BOX_WORDS[0])
    return low, found.get("max", max(low + 60, _OTHER_BOX_WORDS[1]))


def _text(contest: Contest, box: str, scene: Scene, cells: dict[str, str], dice: Dice) -> str:
    if box == "photo":
        return f"{cells['submission_id']}.jpg"
    low, high = limits(contest, box)
    if box == next(iter(limited_boxes(contest)), None):
        return texts.story(scene, low, high, dice)
    if box == "sdg_linkages":
        return texts.links(scene, low, high, dice)
    return texts.box(box, scene, low, high, dice)


def limited_boxes(contest: Contest) -> tuple[str, ...]:
    """The boxes whose length is limited."""
    use = contest.rules.get("word-count")
    return tuple(use.settings) if use else ()


def _id(number: int) -> str:
    """17 digits; some from an older form begin with zeros."""
    identity = _FIRST_ID + 1_000_003 * number
    if number % _OLD_FORM_EVERY == _OLD_FORM_EVERY // 2:
        identity %= 10**14
    return f"{identity:017}"


def _time(contest: Contest, instant: Instant, dice: Dice) -> str:
    local = written(instant, contest.zone)
    style = dice.weighted(_TIME_STYLES)
    if style == 1:
        return local[:19]
    if style == 2:
        return local[:19].replace("T", " ")
    if style == 3:
        return f"{local[:19]}.{dice.number(1, 999):03}{local[19:]}"
    return local


def _category(category: Category, number: int, dice: Dice) -> str:
    """Mostly the id, else another spelling that the definition accepts; some with a Cyrillic letter."""
    text = category.id if dice.chance(640) else dice.pick((category.id, *category.aliases))
    return text.replace("C", "С") if number % _CYRILLIC_EVERY == 1 else text


def _submitter(entity: names.Entity, dice: Dice) -> str:
    if not dice.chance(70):
        return ""
    return f"{dice.pick(('Embassy', 'UN country team', 'Chamber of Commerce'))} in {entity.city}"


def _goals(contest: Contest, dice: Dice) -> list[int]:
    return sorted(dice.shuffled(tuple(contest.sdgs))[: dice.number(1, 5)])
