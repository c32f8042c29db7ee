"""What every line that a person signs has in common."""

from datetime import date

from wsisctl.wording import shortened


def date_problem(text: str) -> str:
    """What is wrong with the day on which somebody decided; nothing where it is a date."""
    try:
        good = date.fromisoformat(text).isoformat() == text
    except ValueError:
        good = False
    return "" if good else f"'{shortened(text)}' is no date; expected one such as 2030-12-31"
