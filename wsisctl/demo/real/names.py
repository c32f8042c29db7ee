"""Entities and titles, with every habit that real ones have."""

from collections.abc import Callable
from dataclasses import dataclass

from wsisctl.demo.mixer import Dice
from wsisctl.demo.real.gaps import Gaps, Scene
from wsisctl.demo.real.words import Country, countries, families, lists

LONGEST_TITLE = 122
"""Characters that the form lets through."""
_LONGEST_ENTITY = 84
_SMALL_WORDS = frozenset(
    ("a", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_PERSONS, _LOCAL = 5, 5
"""Of a hundred entities and titles."""
_ODD_TITLES = (
    '=HYPERLINK("https://example.org","Vote")', "[bold]Digital[/bold] Village", "@Home Learning",
    "-50% Paper", "+Skills", "<b>Open Court Records</b>", "=1+1 Coding Club", "e2i",
)  # fmt: skip
FEWEST_LETTERS = 3
_TYPES = ("civil_society", "government", "private_sector", "academia", "international_organization")
_TYPE_WEIGHTS = (30, 28, 22, 16, 4)


@dataclass(frozen=True)
class Entity:
    """Who owns projects."""

    name: str
    acronym: str
    type: str
    country: Country
    city: str

    def spelled(self, dice: Dice) -> str:
        """The full name, the acronym, both, or the name closed up or in capitals."""
        form = dice.number(0, 9)
        if len(self.acronym) >= FEWEST_LETTERS and form <= 4:
            return f"{self.name} ({self.acronym})" if form else self.acronym
        if form == 5:
            return self.name.upper()
        if form == 6 and len(self.name) < 2 * len("YoungInnovations"):
            return self.name.replace(" ", "")
        if form == 7:
            return f"{self.name} "
        return self.name


def draw_country(dice: Dice) -> Country:
    """A country, as likely as it takes part."""
    return countries()[dice.weighted([country.share for country in countries()])]


def person(country: Country, dice: Dice) -> str:
    """The name of nobody."""
    people = families("people")
    given, family = (people[part][country.people] for part in ("given", "family"))
    return f"{dice.pick(given)} {dice.pick(family)}"


def entity(types: tuple[str, ...], country: Country, dice: Dice) -> Entity:
    """An entity of one of the contest's types of stakeholder."""
    kind = _TYPES[dice.weighted(_TYPE_WEIGHTS)]
    kind = kind if kind in types else dice.pick(types)
    city = dice.pick(country.cities)
    name = _entity_name(kind, Scene({}, country, city, 0), dice)
    return Entity(name, acronym(name), kind, country, city)


def _entity_name(kind: str, scene: Scene, dice: Dice) -> str:
    form = dice.number(0, 99)
    if form < _PERSONS:
        return person(scene.country, dice)
    if form < _PERSONS + _LOCAL and scene.country.people in families("local")["entity"]:
        return dice.pick(families("local")["entity"][scene.country.people])
    patterns = lists("titles").get(f"entity-{kind}") or lists("titles")["entity-civil_society"]
    return dice.pick(patterns).format_map(Gaps(scene, dice))[:_LONGEST_ENTITY].strip()


def acronym(name: str) -> str:
    """The capital letters of the words; empty where that makes none."""
    letters = [word[0] for word in name.replace("“", "").split() if word[0].isupper()]
    return "".join(letters) if FEWEST_LETTERS <= len(letters) <= 7 else ""


def title(scene: Scene, dice: Dice) -> str:
    """A project's title."""
    form = dice.number(0, 99)
    local = families("local")["title"].get(scene.country.people)
    if form < _LOCAL and local:
        text = dice.pick(local)
        return text if dice.chance(500) else f"{_composed(scene, dice)} ({text})"
    return _STYLES.get(form, str)(_composed(scene, dice))[:LONGEST_TITLE]


def odd_title(number: int) -> str:
    """A title that a program could take for something else; the number tells equal ones apart."""
    text = _ODD_TITLES[number % len(_ODD_TITLES)]
    return text if number < len(_ODD_TITLES) else f"{text} {number}"


def longest_title(scene: Scene, dice: Dice) -> str:
    """A title as long as the form lets through."""
    subtitle = dice.pick(lists("titles")["subtitle"])
    return f"{_composed(scene, dice)}: {subtitle} of {scene.country.name}"[:LONGEST_TITLE].strip()


def _composed(scene: Scene, dice: Dice) -> str:
    pattern = dice.pick(lists("titles")["pattern"])
    text = pattern.format_map(Gaps(scene, dice))
    return _capitalised(text)[:LONGEST_TITLE].strip()


def _capitalised(text: str) -> str:
    words = text.split(" ")
    return " ".join(
        word if word in _SMALL_WORDS and place else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
        if word
    ).replace("E-", "e-")


_STYLES: dict[int, Callable[[str], str]] = {
    **dict.fromkeys(range(5, 9), str.upper),
    **dict.fromkeys(range(9, 13), lambda text: f"{text} "),
    **dict.fromkeys(range(13, 15), lambda text: f"  {text}"),
    **dict.fromkeys(range(15, 18), lambda text: text.replace("’", "'")),
    **dict.fromkeys(range(18, 20), str.lower),
    **dict.fromkeys(range(20, 22), lambda text: text.replace(" ", "  ", 1)),
}
