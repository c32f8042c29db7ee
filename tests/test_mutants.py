"""The mutation run itself: what it changes, that it tells caught from survived, and a sample of the mutants."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.__main__ import explained, key
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.tests_of import TESTS_OF
from tests.support import ALL_EXAMPLES, REPOSITORY

SOURCE = '''"""A docstring with 3 in it."""
from typing import Literal

Word = Literal["error"]

def late(second: int, closes: int = 5) -> bool:
    if not closes or second in (1,):
        return False
    return second > closes
'''


def test_every_comparison_and_default_is_mutated_once_in_each_way() -> None:
    found = [(mutant.line, mutant.what) for mutant in mutants_of("late.py", SOURCE)]
    assert sorted(found) == [
        (6, "5 → 6"),
        (7, "1 → 2"),
        (7, "in → not in"),
        (7, "or → and"),
        (8, "False → True"),
        (9, "> → <="),
        (9, "> → >="),
    ]


@pytest.mark.parametrize(
    ("source", "what", "mutated"),
    [
        ("x = a < b", "< → <=", "x = a <= b"),
        ("x = a < b", "< → >=", "x = a >= b"),
        ("x = a is not b", "is not → is", "x = a is b"),
        ("x = a + 1", "add → sub", "x = a - 1"),
        ("x = [a for a in b if a]", "x → not x", "x = [a for a in b if not a]"),
        ("x = 1 if not a else c", "not x → x", "x = 1 if a else c"),
        ("x = f('review')", "'review' → 'error'", "x = f('error')"),
        ("x = any(a)", "any → all", "x = all(a)"),
    ],
)
def test_a_mutant_differs_in_that_alone(source: str, what: str, mutated: str) -> None:
    assert mutated in [item.source for item in mutants_of("x.py", source) if item.what == what]


def test_every_module_of_the_rules_is_mutated() -> None:
    modules = {
        path.relative_to(REPOSITORY).as_posix()
        for room in ("rules", "likeness")
        for path in (REPOSITORY / "wsisctl" / room).glob("*.py")
    }
    assert {path for path in modules if any(mutants(path))} <= set(TESTS_OF)
    assert all((REPOSITORY / test).is_file() for tests in TESTS_OF.values() for test in tests)


def test_every_explained_survivor_is_a_mutant_there_still_is() -> None:
    there = {key(mutant) for path in TESTS_OF for mutant in mutants(path)}
    assert set(explained()) <= there


def mutants(path: str) -> list[Mutant]:
    return list(mutants_of(path, (REPOSITORY / path).read_text("utf-8")))


def run(*arguments: str, cwd: Path = REPOSITORY) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.mutation", *arguments],
        cwd=cwd, capture_output=True, text=True,
    )  # fmt: skip
    return ended.returncode, ended.stdout + ended.stderr


def test_the_mutants_are_caught_by_tests_or_their_survival_is_explained() -> None:
    status, told = run(*(() if ALL_EXAMPLES else ("--every", "40")))
    assert status == 0, told
