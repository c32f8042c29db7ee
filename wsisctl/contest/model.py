"""A contest definition as frozen values. How an edition writes them down: docs/editions.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

from wsisctl.names import name_key
from wsisctl.times import Instant

Severity = Literal["error", "review", "warning"]
DecidedBy = Literal["machine", "evidence", "panel", "output", "context"]
SecondVotePolicy = Literal["first", "last", "none"]

STAGES = (
    "import-submissions",
    "validate",
    "nominate",
    "tally",
    "select-winners",
    "report",
    "publish",
)
"""The stages a clause can name as what enforces it."""
ALWAYS_IN_FORCE = ("withdrawn",)
"""The rules that no edition lists, and that a clause can name all the same."""


@dataclass(frozen=True)
class Label:
    """A name in the languages of the contest."""

    en: str
    zh: str = ""

    def in_language(self, language: str) -> str:
        """The Chinese name where asked for and known, else the English one."""
        return self.zh if language == "zh" and self.zh else self.en

    def filled(self, language: str, /, **values: object) -> str:
        """The same, with what its places in braces name."""
        return self.in_language(language).format(**values)


@dataclass(frozen=True)
class Change:
    """A value of the definition before an amendment and after it."""

    place: str
    """Keys from the top, with dots between them, such as phases.submission.closes."""
    before: str | None
    """None where nothing stood there."""
    after: str | None


@dataclass(frozen=True)
class Amendment:
    """A change to an edition that was made after its letter."""

    on: str
    """The day, as ISO 8601."""
    by: str
    reason: str
    source: str
    """Where it was published; empty where nobody said."""
    changes: tuple[Change, ...]

    @property
    def name(self) -> str:
        """What it is called wherever something rests on it."""
        return f"amendment of {self.on} by {self.by}: {self.reason}"

    def touches(self, place: str) -> bool:
        """Whether it changes what stands at the place, or something inside it."""
        return any(
            change.place == place or change.place.startswith(f"{place}.") for change in self.changes
        )


@dataclass(frozen=True)
class MovedEnd:
    """An end of a phase that was moved after the letter."""

    letter: Instant | None
    """Where the letter has it; None where it names none."""
    amendment: Amendment
    """The last one that moved it."""


@dataclass(frozen=True)
class Phase:
    """A span of the contest; an instant to the second, both ends inclusive, None where not announced."""

    id: str
    opens: Instant | None
    closes: Instant | None
    clause: str | None
    opening_moved: MovedEnd | None = None
    closing_moved: MovedEnd | None = None


@dataclass(frozen=True)
class Category:
    """What a project competes in."""

    id: str
    name: Label
    action_line: str
    aliases: tuple[str, ...]
    """Every other spelling that means this category: its number, its names, the site's, the letters'."""


@dataclass(frozen=True)
class FormField:
    """A box of the questionnaire."""

    id: str
    label: Label
    required: bool


@dataclass(frozen=True)
class RuleUse:
    """A rule as an edition uses it."""

    rule: str
    clause: str | None
    severity: Severity | None
    """None: the rule's own."""
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Domains:
    """Some domains of e-mail addresses, or all."""

    named: frozenset[str] = frozenset()
    """Each in the form in which equal names are equal text."""
    every: bool = False

    def __contains__(self, domain: str) -> bool:
        return self.every or domain in self.named


@dataclass(frozen=True)
class SameEmail:
    """When two e-mail addresses are one: case never matters, and at some domains less does."""

    dots: Domains = Domains()
    """Where dots before the @ mean nothing."""
    plus: Domains = Domains()
    """Where a plus sign before the @ means nothing, nor what follows it."""


@dataclass(frozen=True)
class Voting:
    """How votes are counted."""

    phase: str
    profile: tuple[str, ...]
    """The columns of a member's profile that the edition uses."""
    second_vote: SecondVotePolicy
    reasons: Mapping[str, str | None]
    """Each reason that applies, in the definition's order, with its clause."""
    same_email: SameEmail = SameEmail()


@dataclass(frozen=True)
class Criterion:
    """A column of a score sheet."""

    id: str
    name: Label
    clause: str | None


@dataclass(frozen=True)
class PanelClauses:
    """From which clauses the panel's numbers come; empty where no clause speaks."""

    quota: tuple[str, ...]
    honoured: tuple[str, ...]
    pool: tuple[str, ...]
    winners: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """Numbers and criteria of the expert group."""

    quota: int | None
    """Nominees per category; None where the letter names no number."""
    honoured: int
    pool: int
    """The winner is chosen among so many with most votes."""
    fewest_winners: int
    most_winners: int
    lowest_score: int
    highest_score: int
    nomination: tuple[Criterion, ...]
    selection: tuple[Criterion, ...]
    clauses: PanelClauses


@dataclass(frozen=True)
class Clause:
    """A sentence of the letter that binds."""

    id: str
    where: str
    decided_by: DecidedBy
    enforced_by: tuple[str, ...]
    says: str
    """An English paraphrase."""
    original: str = ""
    """The letter's own words, which decide."""

    def text(self, language: str) -> str:
        """The letter's own words where they are asked for and known, else the paraphrase."""
        return self.original if language == "zh" and self.original else self.says


@dataclass(frozen=True)
class Document:
    """A document that a clause calls for."""

    id: str
    name: Label


@dataclass(frozen=True)
class TitleClauses:
    """From which clauses the titles come; empty where no clause speaks."""

    winner: tuple[str, ...]
    champion: tuple[str, ...]
    before_announcement: tuple[str, ...]


@dataclass(frozen=True)
class Titles:
    """What honoured projects are called."""

    winner: Label
    champion: Label
    before_announcement: str | None
    """Which of the two all honoured projects are called until then; None where no clause says."""
    clauses: TitleClauses


@dataclass(frozen=True)
class Embargo:
    """Until the named phase opens, nothing may tell winners from champions."""

    until: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Lot:
    """The public text from which every lot is drawn, and since when it is public."""

    seed: str
    on: str
    """The day, as ISO 8601."""


@dataclass(frozen=True)
class DefinitionFile:
    """The file a definition was read from, as a manifest names it."""

    name: str
    sha256: str
    extends: "DefinitionFile | None" = None
    """The shipped edition on which it builds."""

    @property
    def sums(self) -> dict[str, Any]:
        """The file and its sum in hexadecimal, and those of what it extends."""
        own = {"file": self.name, "sha256": self.sha256}
        return own if self.extends is None else {**own, "extends": self.extends.sums}


@dataclass(frozen=True)
class Contest:
    """One edition, whole."""

    id: str
    definition: DefinitionFile
    name: Label
    zone: ZoneInfo
    phases: Mapping[str, Phase]
    categories: tuple[Category, ...]
    action_lines: Mapping[str, Label]
    sdgs: Mapping[int, Label]
    stakeholder_types: Mapping[str, Label]
    form: tuple[FormField, ...]
    rules: Mapping[str, RuleUse]
    voting: Voting
    panel: Panel
    titles: Titles | None
    embargo: Embargo | None
    documents: Mapping[str, Document]
    clauses: tuple[Clause, ...]
    amendments: tuple[Amendment, ...] = ()
    """In the order in which they were made."""
    lot: Lot | None = None
    """None where the definition declares no seed."""
    warnings: tuple[str, ...] = ()
    """What is allowed but hardly meant, each with file, line and column."""
    _spellings: Mapping[str, str] = field(repr=False, default_factory=dict)

    def category_of(self, text: str) -> str | None:
        """The id of the category that `text` names by id, number, name or alias; None if none."""
        return self._spellings.get(category_key(text))

    def amended_at(self, *places: str) -> tuple[Amendment, ...]:
        """The amendments that change what stands at one of the places, or inside it."""
        return tuple(
            amendment for amendment in self.amendments if any(map(amendment.touches, places))
        )


def category_key(text: str) -> str:
    """The form in which two spellings of a category are equal: as names, and every dash the same."""
    return name_key(text.translate(_DASHES))


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
