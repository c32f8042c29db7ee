"""Which accounts people took for one person's, and which not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wsisctl.joined import Joined
from wsisctl.records.signed import Signed


@dataclass(frozen=True)
class SameMember:
    """A person's verdict on accounts that may be one voter's."""

    member_ids: tuple[str, ...]
    verdict: Literal["confirm", "dismiss"]
    """Confirmed, they are one person; dismissed, no two of them are."""
    signed: Signed


def contradicting(decisions: Sequence[SameMember]) -> Iterator[tuple[SameMember, SameMember]]:
    """Each dismissal that keeps apart what others join, with one of those."""
    confirmed = [item for item in decisions if item.verdict == "confirm"]
    persons = joined_persons(confirmed)
    for item in decisions:
        if item.verdict == "confirm":
            continue
        seen: set[str] = set()
        for person in map(persons.first, item.member_ids):
            if person in seen:
                yield next(other for other in confirmed if _is_of(person, other, persons)), item
            seen.add(person)


def joined_persons(decisions: Iterable[SameMember]) -> Joined:
    """The accounts that the decisions join, all of them confirmed."""
    persons = Joined()
    for decision in decisions:
        persons.join(decision.member_ids)
    return persons


def _is_of(person: str, decision: SameMember, persons: Joined) -> bool:
    return persons.first(decision.member_ids[0]) == person
