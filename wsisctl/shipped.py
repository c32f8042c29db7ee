"""The definitions and schemas that come with wsisctl.

In a wheel they lie inside the package; in a checkout they stand at its top.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

_DEFINITION, _SCHEMA = ".yaml", ".schema.json"
_EXAMPLE = "example.txt"
"""Beside the definitions: the name of one of them."""


def _room(name: str) -> Traversable:
    inside = resources.files("wsisctl").joinpath("shipped", name)
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / name


def _names(room: str, ending: str) -> tuple[str, ...]:
    files = (item.name for item in _room(room).iterdir())
    return tuple(sorted(name.removesuffix(ending) for name in files if name.endswith(ending)))


def editions() -> tuple[str, ...]:
    """The names of the shipped contest definitions."""
    return _names("contests", _DEFINITION)


def example_edition() -> str:
    """The shipped edition that examples name and the demo plays."""
    return _room("contests").joinpath(_EXAMPLE).read_text(encoding="utf-8").strip()


def edition_bytes(name: str) -> bytes:
    """A shipped definition."""
    return _room("contests").joinpath(name + _DEFINITION).read_bytes()


def schemas() -> tuple[str, ...]:
    """The names of the shipped JSON Schemas."""
    return _names("schemas", _SCHEMA)


def schema_text(name: str) -> str:
    """The text of a shipped JSON Schema."""
    return _room("schemas").joinpath(name + _SCHEMA).read_text(encoding="utf-8")
