"""The members: who they are, and to what part of the electorate each belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from wsisctl.contest.model import Contest
from wsisctl.demo.export import Cells, Export, Nominees, Stream
from wsisctl.demo.mixer import Dice, mixed, seed
from wsisctl.demo.real import names
from wsisctl.demo.real.gaps import Gaps, Scene
from wsisctl.demo.real.size import Size
from wsisctl.demo.real.words import Country, families, lists
from wsisctl.names import name_key
from wsisctl.records.people import Nominee

COLUMNS = ("member_id", "username", "email", "organization", "organization_type", "country")
_FIRST_ID = 10_300_000_000_000_000
_OLD_IDS = 40
"""Of a hundred members, those with an id of eight digits."""
_SCRIPTED = 22
"""Of a thousand members, accounts that one script has opened."""
_BLANKS = ("", "", " ", "\u00a0", "  ")
_MEMBERS_PER_ORGANIZATION = 18
_MAIL = ("example.org", "example.com", "mail.example.org", "post.example.com")


class Part(Enum):
    """A part of the electorate."""

    ORDINARY = auto()
    INCOMPLETE = auto()
    """Something in the profile is missing."""
    OWNER = auto()
    """Of the organization of a nominee."""
    LATE = auto()
    """Votes in the last minutes."""
    SCRIPTED = auto()
    """An account that a script has opened and uses."""


_PARTS = (
    *[Part.INCOMPLETE] * 32, *[Part.OWNER] * 45, *[Part.LATE] * 30, *[Part.ORDINARY] * 893,
)  # fmt: skip


@dataclass(frozen=True)
class Roll:
    """All members, by their place on the roll."""

    contest: Contest
    size: Size
    nominees: Nominees

    def part(self, place: int) -> Part:
        """The part of the electorate this member belongs to."""
        if place in self.scripted:
            return Part.SCRIPTED
        return _PARTS[self._bits(place) % len(_PARTS)]

    @cached_property
    def scripted(self) -> range:
        """The places of the accounts that a script has opened, one after the other."""
        first = self.size.members * 3 // 5
        return range(first, first + self.size.members * _SCRIPTED // 1000)

    def member_id(self, place: int) -> str:
        """Eight digits with leading zeros, or seventeen."""
        if self._has_old_id(place):
            return f"{place + 1:08}"
        return str(_FIRST_ID + 7_919 * place)

    def unknown_id(self, number: int) -> str:
        """Of nobody: an account that was closed, or an id that has lost its zeros."""
        place = number % self.size.members
        if self._has_old_id(place):
            return str(place + 1)
        return self.member_id(self.size.members + number)

    def organization_of_owner(self, place: int) -> str:
        """Of a member who belongs to those that own a nominee or sent it in."""
        bits = self._bits(place)
        nominee = self._all_nominees[(bits >> 20) % len(self._all_nominees)]
        submitter = nominee.submitter_organization
        return submitter if submitter.strip() and bits >> 33 & 1 else nominee.entity

    def members(self) -> Export:
        """Their profiles as the registry exports them."""
        return Export(COLUMNS, Stream(self._rows))

    def _has_old_id(self, place: int) -> bool:
        return (self._bits(place) >> 12) % 100 < _OLD_IDS

    @cached_property
    def _seed(self) -> int:
        return seed("members", self.contest.id)

    def _bits(self, place: int) -> int:
        return mixed(self._seed + place)

    @cached_property
    def _all_nominees(self) -> tuple[Nominee, ...]:
        return tuple(nominee for group in self.nominees.values() for nominee in group)

    @cached_property
    def _organizations(self) -> tuple[tuple[str, str, Country], ...]:
        """Name, type and country of organizations that no nominee belongs to."""
        types = tuple(self.contest.stakeholder_types)
        return tuple(
            self._organization(Dice("organization", self.contest.id, number), types)
            for number in range(self.size.members // _MEMBERS_PER_ORGANIZATION + 1)
        )

    @staticmethod
    def _organization(dice: Dice, types: Sequence[str]) -> tuple[str, str, Country]:
        country = names.draw_country(dice)
        pattern = dice.pick(lists("titles")["member-organization"])
        gaps = Gaps(Scene({}, country, "", 0), dice)
        return pattern.format_map(gaps), dice.pick(types), country

    def _rows(self) -> Iterator[Cells]:
        for place in range(self.size.members):
            part = self.part(place)
            if part is Part.SCRIPTED:
                yield self._scripted(place)
            elif part is Part.INCOMPLETE:
                yield self._with_a_blank(place)
            else:
                yield self._profile(place, part)

    def _profile(self, place: int, part: Part) -> tuple[str, ...]:
        bits = self._bits(place)
        organization, kind, country = self._organizations[bits % len(self._organizations)]
        people = families("people")["given"][country.people]
        given = people[(bits >> 30) % len(people)]
        if part is Part.OWNER:
            organization = _disguised(self.organization_of_owner(place), bits >> 34)
        user = f"{given.casefold()}.{place}"
        mail = f"{user}@{_MAIL[(bits >> 44) % len(_MAIL)]}"
        return (self.member_id(place), user, mail, organization, kind, country.code)

    def _with_a_blank(self, place: int) -> tuple[str, ...]:
        bits = self._bits(place) >> 24
        columns = [column for column in self.contest.voting.profile if column in COLUMNS]
        missing = columns[bits % len(columns)] if columns else "organization"
        profile = dict(zip(COLUMNS, self._profile(place, Part.INCOMPLETE), strict=True))
        profile[missing] = _BLANKS[(bits >> 8) % len(_BLANKS)]
        return tuple(profile.values())

    def _scripted(self, place: int) -> tuple[str, ...]:
        """Names with consecutive numbers, one organization, one host."""
        number = place - self.scripted.start + 1
        kind = next(iter(self.contest.stakeholder_types))
        user, country = f"visitor{number:04}", self._organizations[0][2].code
        return (self.member_id(place), user, f"{user}@mail.example.com", "Visitors", kind, country)


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def _disguised(name: str, bits: int) -> str:
    """The same name in capitals, in full width or with other white space; the same all the same."""
    forms = (name, name, name.upper(), name.translate(_WIDE), name.replace(" ", "  "), f" {name}")
    form = forms[bits % len(forms)]
    return form if name_key(form) == name_key(name) else name
