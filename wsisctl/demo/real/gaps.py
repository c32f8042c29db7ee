"""What fills the gaps of a sentence, a title or a name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wsisctl.demo.mixer import Dice
from wsisctl.demo.real.words import Country, Lists, lists

_REGIONS = (
    "the north", "the south", "the east", "the west", "the highlands", "the coastal districts",
    "the border region", "the poorest provinces", "the islands and lake shores", "the suburbs",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_LISTED = ("topic", "tool", "audience", "problem", "deed", "gain")
_TITLE_LISTS = ("brand", "ending", "word", "quality", "acronym", "field")
_TLDS = ("org", "net", "tech")


@dataclass(frozen=True)
class Scene:
    """What a text is about."""

    theme: Lists
    country: Country
    city: str
    year: int
    """Of the contest's deadline; everything told lies before it, every plan after it."""
    title: str = ""
    short: str = ""
    """How the entity calls itself within a text."""
    action: str = ""
    """The category's name."""
    goals: tuple[tuple[str, str], ...] = (("17", "Partnerships for the Goals"),)
    """The Sustainable Development Goals it names, each by number and name."""


class Gaps:
    """Words for the gaps of one text, by the gap's name; no word comes twice before all have come.

    A digit after the name asks for another word, `_c` for a capital letter.
    """

    def __init__(self, scene: Scene, dice: Dice) -> None:
        self._scene = scene
        self._dice = dice
        self._left: dict[str, list[str]] = {}
        self._goal = scene.goals[0]

    def next_sentence(self) -> None:
        """From here on another goal is spoken of."""
        self._goal = self._dice.pick(self._scene.goals)

    def __getitem__(self, gap: str) -> str:
        if gap in _NUMBERS:
            return _NUMBERS[gap](self._dice, self._scene.year)
        name = gap.removesuffix("_c").rstrip("0123456789")
        word = self._word(name)
        return word[:1].upper() + word[1:] if gap.endswith("_c") else word

    def _word(self, name: str) -> str:
        if name in ("sdg", "goal"):
            return self._goal[name == "goal"]
        if name in _OF_SCENE:
            return _OF_SCENE[name](self._scene)
        if not self._left.get(name):
            self._left[name] = self._dice.shuffled(self._options(name))
        return self._left[name].pop()

    def _options(self, name: str) -> tuple[str, ...]:
        if name in _LISTED:
            return self._scene.theme[f"{name}s"]
        if name in _TITLE_LISTS:
            return lists("titles")[name]
        return {
            "city": self._scene.country.cities,
            "region": _REGIONS,
            "month": _MONTHS,
            "tld": _TLDS,
        }[name]


_OF_SCENE: Mapping[str, Callable[[Scene], str]] = {
    "title": lambda scene: scene.title,
    "action": lambda scene: scene.action,
    "short": lambda scene: scene.short,
    "country": lambda scene: scene.country.name,
    "demonym": lambda scene: scene.country.adjective,
}
_NUMBERS: Mapping[str, Callable[[Dice, int], str]] = {
    "n1": lambda dice, _: f"{dice.number(120, 9_999) * dice.pick((1, 1, 7, 31)):,}",
    "n2": lambda dice, _: f"{dice.number(35, 4_800):,}",
    "percent": lambda dice, _: str(dice.number(11, 94)),
    "small": lambda dice, _: str(dice.number(2, 29)),
    "district": lambda dice, _: str(dice.number(30, 90)),
    "year": lambda dice, deadline: str(dice.number(deadline - 12, deadline - 3)),
    "year2": lambda dice, deadline: str(dice.number(deadline - 2, deadline - 1)),
    "year3": lambda dice, deadline: str(dice.number(deadline + 1, deadline + 5)),
}
