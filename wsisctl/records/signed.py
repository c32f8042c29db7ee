"""What every line that a person signs has in common."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Signed:
    """Who said so, when and why, and where it is written."""

    by: str
    on: str
    reason: str
    place: str
    """file:line."""
