"""What every line that a person signs has in common."""

from dataclasses import dataclass
from datetime import date

from wsisctl.wording import shortened


@dataclass(frozen=True)
class Signed:
    """Who said so, when and why, and where it is written."""

    by: str
    on: str
    reason: str
    place: str
    """file:line."""


def date_problem(text: str) -> str:
    """What is wrong with the day on which somebody decided; nothing where it is a date."""
    try:
        good = date.fromisoformat(text).isoformat() == text
    except ValueError:
        good = False
    return "" if good else f"'{shortened(text)}' is no date; expected one such as 2030-12-31"
