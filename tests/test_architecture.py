"""The rooms of the house: an upper one may import a lower one, never the other way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import REPOSITORY

PACKAGE = REPOSITORY / "wsisctl"

# From the ground up; rooms on one line may not import each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "joined", "times", "suggest", "spreadsheet", "shipped", "wording", "recount"),
    ("names", "yaml_file"),
    ("likeness",),
    ("contest",),
    ("findings",),
    ("ranking", "lot"),
    ("readers",),
    ("records",),
    ("tie_breaks", "rules"),
    ("voting",),
    ("panel",),
    ("folder",),
    ("reports",),
    ("stages",),
    ("demo",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# What a room must never touch, whatever floor it lies on.
FORBIDDEN = {
    "contest": {"typer", "rich", "tabulate", "duckdb", "csv"},
    "rules": {"typer", "rich", "tabulate", "duckdb", "csv", "pathlib", "os", "time", "random"},
    "ranking": {"typer", "rich", "duckdb", "csv", "pathlib", "random", "decimal", "math"},
    "lot": {"typer", "rich", "duckdb", "csv", "pathlib", "random", "time"},
    "voting": {"typer", "rich", "tabulate", "random"},
    "panel": {"typer", "rich", "tabulate", "duckdb", "csv", "pathlib", "random", "decimal", "math"},
    "records": {"typer", "rich", "tabulate", "duckdb", "random"},
    "reports": {"typer", "duckdb", "random", "time"},
    "stages": {"typer", "rich", "duckdb", "random", "time"},
    "demo": {"typer", "rich", "duckdb", "random", "time"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute, so that this test can read them"
            names = (alias.name for alias in node.names)
            is_package = node.module == "wsisctl"
            yield from (f"wsisctl.{name}" for name in names) if is_package else (node.module or "",)


def test_every_room_is_on_the_plan() -> None:
    rooms = {room_of(path) for path in modules()} - {"__init__"}
    assert rooms == FLOOR.keys()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    room = room_of(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "wsisctl" and len(parts) > 1 and parts[1] in FLOOR and parts[1] != room:
            assert FLOOR[parts[1]] < FLOOR[room], f"{room} imports {name}"
        assert parts[0] not in FORBIDDEN.get(room, set()), f"{room} imports {name}"


def test_the_plan_has_bitten() -> None:
    """The reader of imports sees the imports that there are."""
    seen = {name for path in modules() for name in imported(path)}
    assert {"wsisctl.rules.card", "wsisctl.contest.model", "duckdb", "typer"} <= seen


def test_ranking_knows_no_float() -> None:
    for room in ("ranking.py", "panel", "voting"):
        paths = [PACKAGE / room] if room.endswith(".py") else sorted((PACKAGE / room).rglob("*.py"))
        for path in paths:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
                assert not (isinstance(node, ast.Name) and node.id == "round"), path
