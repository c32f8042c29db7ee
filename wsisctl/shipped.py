"""The definitions and schemas that come with wsisctl.

In a wheel they lie inside the package; in a checkout they stand at its top.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def _room(name: str) -> Traversable:
    inside = resources.files("wsisctl").joinpath("shipped", name)
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / name


def editions() -> tuple[str, ...]:
    """The names of the shipped contest definitions."""
    files = (item.name for item in _room("contests").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in files if name.endswith(".yaml")))


def edition_bytes(name: str) -> bytes:
    """A shipped definition."""
    return _room("contests").joinpath(f"{name}.yaml").read_bytes()


def schema_text(name: str) -> str:
    """The text of a shipped JSON Schema."""
    return _room("schemas").joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
