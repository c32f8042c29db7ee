"""A lot that anyone can redo by hand: order by SHA-256 of `seed|category|submission_id`."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ticket:
    """What one contender draws."""

    submission_id: str
    text: str
    """`seed|category|submission_id`; its UTF-8 bytes, without an end of line, are what is hashed."""
    digest: str
    """Its SHA-256 in lower-case hexadecimal."""


def draw(seed: str, category: str, submission_ids: Iterable[str]) -> tuple[Ticket, ...]:
    """One ticket for each contender, in the order of the digests: the lowest comes first."""
    texts = {identity: f"{seed}|{category}|{identity}" for identity in submission_ids}
    tickets = [
        Ticket(identity, text, hashlib.sha256(text.encode()).hexdigest())
        for identity, text in texts.items()
    ]
    return tuple(sorted(tickets, key=lambda ticket: ticket.digest))
