"""What may stand in the columns of which a contest has a list, and what people call it."""

from collections.abc import Iterable, Mapping

from wsisctl.contest.model import Contest, Label

ONGOING = "ongoing"
Choices = Mapping[str, Mapping[str, str]]
"""By column: what people call its values, and the values."""


def choices(contest: Contest) -> Choices:
    """Of the categories, the types of entities, and the states of the work."""
    categories = _called((item.id, item.name) for item in contest.categories)
    types = _called(contest.stakeholder_types.items())
    return {
        "category": categories,
        "entity_type": types,
        "organization_type": types,
        "status": {value: value for value in _states(contest)},
    }


def _states(contest: Contest) -> Iterable[str]:
    """None where the contest asks for no state."""
    status = contest.rules.get("status")
    return (*status.settings["accepted"], ONGOING) if status else ()


def _called(items: Iterable[tuple[str, Label]]) -> dict[str, str]:
    return {
        name: identity
        for identity, label in items
        for name in (identity, label.en, label.zh)
        if name
    }
