"""What a rule takes as settings and needs from a form, in words, before anybody has written any."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Never

from wsisctl.contest.model import Contest
from wsisctl.rules.card import Rule


class _AskedForSettings(Exception):
    """What a rule needs depends on its settings."""


class _NoSettingsYet(Mapping[str, Any]):
    """Settings that nobody has written yet: whoever looks at them is found out."""

    def __getitem__(self, key: str) -> Never:
        raise _AskedForSettings

    def __iter__(self) -> Iterator[str]:
        raise _AskedForSettings

    def __len__(self) -> int:
        raise _AskedForSettings


@dataclass(frozen=True)
class Needed:
    """The form's fields without which a rule cannot work."""

    fields: tuple[str, ...]
    """As far as they are known without settings."""
    settings_name_more: bool

    @property
    def document(self) -> list[str] | None:
        """For programs; None where settings will name some of them."""
        return None if self.settings_name_more else list(self.fields)

    @property
    def in_words(self) -> str:
        """For people."""
        known = ", ".join(self.fields)
        more = "those that its settings name"
        if self.settings_name_more:
            return f"{known}, and {more}" if known else more
        return known or "none"


def needed_fields(rule: Rule, contest: Contest | None) -> Needed:
    """What the rule needs in the contest; without one that uses it, what it needs with any settings."""
    use = contest.rules.get(rule.code) if contest else None
    known: list[str] = []
    try:
        for name in rule.needs(use.settings if use else _NoSettingsYet()):
            known.append(name)  # noqa: PERF402 - what came before the settings were asked for stays
    except _AskedForSettings:
        return Needed(tuple(known), settings_name_more=True)
    return Needed(tuple(known), settings_name_more=False)


def told_settings(schema: Mapping[str, Any]) -> Iterator[str]:
    """A line for each setting that a JSON Schema allows: its name, its type, whether it must be there."""
    required = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        yield f"{name}: {_type(part)}, {'required' if name in required else 'optional'}"
    if isinstance(part := schema.get("additionalProperties"), dict):
        number = schema.get("minProperties", 0)
        at_least = f"at least {number} required" if number else "optional"
        yield f"{schema.get('description', 'any name')}: {_type(part)}, {at_least}"


def _type(schema: Mapping[str, Any]) -> str:
    match schema.get("type"):
        case "integer":
            return f"whole number{_limits(schema)}"
        case "array":
            return f"list of {_type(schema.get('items', {}))}"
        case "object":
            return f"({'; '.join(told_settings(schema))})"
        case "string":
            return "text"
        case "boolean":
            return "true or false"
        case _:
            return f"one of {', '.join(map(str, schema['enum']))}" if "enum" in schema else "value"


def _limits(schema: Mapping[str, Any]) -> str:
    limits = ((" from", "minimum"), (" to", "maximum"))
    return "".join(f"{word} {schema[key]}" for word, key in limits if key in schema)
