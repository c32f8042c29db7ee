"""What was changed after the letter, wherever a result rests on it."""

from collections.abc import Iterable
from typing import Any

from wsisctl.contest.model import Amendment


def amendment_lines(amendments: Iterable[Amendment]) -> tuple[str, ...]:
    """A line for each: who, when, why, and where it was published."""
    return tuple(
        f"{item.name} ({item.source})" if item.source else item.name for item in amendments
    )


def amendment_documents(amendments: Iterable[Amendment]) -> list[dict[str, Any]]:
    """Each for programs, with every value before and after."""
    return [
        {
            "on": item.on,
            "by": item.by,
            "reason": item.reason,
            "source": item.source or None,
            "changes": [
                {"place": change.place, "before": change.before, "after": change.after}
                for change in item.changes
            ],
        }
        for item in amendments
    ]
