"""The mutation run itself: what it changes, that it tells caught from survived, and a sample of the mutants."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.__main__ import explained, key, mutants_in
from tests.mutation.mutants import mutants_of
from tests.mutation.sql_mutants import sql_mutants_of
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


PAGE = """
-- A comment, with and or = in it.
create table judged as
select distinct
    case
        when v.second not between rule.opens and rule.closes then 'late'
        when m.id is null then 'unknown'
        else 'and' end as "left join",
    row_number() over (partition by voter, category order by second, id desc) as place
from v
cross join rule
left join m on m.id = v.id
where place > 1 and x is not true;
"""


def test_every_comparison_join_reason_and_order_of_a_page_is_mutated() -> None:
    found = [mutant.what for mutant in sql_mutants_of("page.sql", PAGE)]
    assert len(found) == len(set(found))
    assert {what.split(" in: ")[0] for what in found} >= {
        "dropped: when m.id is null then 'unknown'",
        "turned round: when m.id is null then 'unknown'",
        "swapped: when v.second not between rule…ns and rule.closes then 'late', and the next",
        "not → nothing",
        "opens → opens + 1",
        "opens → opens - 1",
        "closes → closes + 1",
        "closes → closes - 1",
        "'late' → 'late?'",
        "'and' → 'and?'",
        "is → is not",
        "distinct → nothing",
        "without voter",
        "without category",
        "second → second desc",
        "without second",
        "desc → asc",
        "cross → left",
        "left → nothing",
        "left → right",
        "= → <>",
        "> → >=",
        "> → <=",
        "1 → 2",
        "and → or",
        "true → false",
        "without: where place > 1 and x is not true",
    }
    # The `and` of a span, and what only looks like a word of the language, stay as they are.
    assert [what for what in found if what.startswith("and →")] == ["and → or in: 1 and x"]


@pytest.mark.parametrize(
    ("page", "what", "mutated"),
    [
        ("a <= b", "<= → < in: a <= b", "a < b"),
        ("a is not null", "not → nothing in: is not null", "a is  null"),
        ("a is null", "is → is not in: a is null", "a is not null"),
        ("a in (b)", "in → not in in: a in (", "a not in (b)"),
        ("a not in (b)", "not → nothing in: a not in", "a  in (b)"),
        ("a join b", "join → left join in: a join b", "a left join b"),
        ("a union all b", "all → nothing in: union all b", "a union  b"),
        ("a cross join b as c d", "cross → left in: a cross join c on false", "a left join b as c on false d"),
        ("order by a, b)", "without a in: order by", "order by b)"),
        ("order by a, b)", "without b in: order by", "order by a)"),
        ("order by f(a, b))", "f(a, b) → f(a, b) desc", "order by f(a, b) desc)"),
        ("case when a then b when c then d end", "swapped: when a then b, and the next",
         "case when c then d when a then b end"),
        ("case when a then b else c end", "dropped: when a then b", "case when false then b else c end"),
        ("where a = (select b where c) group by d", "without: where a = (select b where c)",
         "where true group by d"),
        ("a = 1 and b = 1", "= → <> in: b = 1", "a = 1 and b <> 1"),
        ("a = 1 and a = 1", "= → <> in: a = 1, number 2", "a = 1 and a <> 1"),
    ],
)  # fmt: skip
def test_a_mutant_of_a_page_differs_in_that_alone(page: str, what: str, mutated: str) -> None:
    assert [item.source for item in sql_mutants_of("x.sql", page) if item.what == what] == [mutated]


def test_every_module_of_the_rules_and_all_sql_is_mutated() -> None:
    files = {
        path.relative_to(REPOSITORY).as_posix()
        for room in ("rules/*.py", "likeness/*.py", "**/*.sql")
        for path in (REPOSITORY / "wsisctl").glob(room)
    }
    assert {path for path in files if any(mutants_in(path))} <= set(TESTS_OF)
    named = {test.split("::")[0] for tests in TESTS_OF.values() for test in tests}
    assert all((REPOSITORY / test).is_file() for test in named)


def test_every_explained_survivor_is_a_mutant_there_still_is() -> None:
    there = {key(mutant) for path in TESTS_OF for mutant in mutants_in(path)}
    assert set(explained()) <= there


def run(*arguments: str, cwd: Path = REPOSITORY) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.mutation", *arguments],
        cwd=cwd, capture_output=True, text=True,
    )  # fmt: skip
    return ended.returncode, ended.stdout + ended.stderr


def test_the_mutants_are_caught_by_tests_or_their_survival_is_explained() -> None:
    status, told = run(*(() if ALL_EXAMPLES else ("--every", "40")))
    assert status == 0, told
