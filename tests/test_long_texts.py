"""Texts that keep a rule busy: a time that grows with the square of their length would never end."""

from time import process_time

import pytest

from wsisctl.contest.load import load_contest
from wsisctl.contest.model import RuleUse
from wsisctl.findings import Source
from wsisctl.likeness.mentions import Name, mention
from wsisctl.records.people import PastWinner
from wsisctl.rules import ALL_RULES
from wsisctl.rules.card import Context
from wsisctl.rules.fit import fit_problems
from wsisctl.rules.specimen import Specimen

_LENGTH = 100_000
_SECONDS = 5
"""Ten times what any takes; where it grows with the square, minutes are not enough."""
CONTEST = load_contest("2021", fit_problems)
WINNERS = (PastWinner("Solar Classrooms", "2015", Source("past-winners.csv", 2)),)
RULES = {rule.code: rule for rule in ALL_RULES}
USES = {**CONTEST.rules, "photo": RuleUse("photo", None, None, {"field": "title"})}


@pytest.mark.parametrize("code", USES)
@pytest.mark.parametrize(
    "text",
    [
        "goal 1" + "-" * _LENGTH,
        "goal " + "# " * (_LENGTH // 2),
        "://" * (_LENGTH // 3),
        "".join(f"We will go {number}. " for number in range(_LENGTH // 16)),
        "Classrooms Solar. " + "solar classrooms " * (_LENGTH // 17),
        "in 2000 and " * (_LENGTH // 12),
        "(a) " * (_LENGTH // 4),
        "1;" * (_LENGTH // 2),
        "1" * _LENGTH,
        "x" * _LENGTH,
    ],
    ids=lambda text: text[:12],
)
def test_each_rule_is_done_with_a_long_text_in_any_box(code: str, text: str) -> None:
    boxes = [box.id for box in CONTEST.form]
    submissions = Specimen((dict.fromkeys(boxes, text) | {"status": "completed"}, {})).submissions(
        CONTEST
    )
    begun = process_time()
    list(RULES[code].check(submissions, USES[code].settings, Context(CONTEST, WINNERS)))
    assert process_time() - begun < _SECONDS


def test_a_title_of_the_word_that_may_be_a_sign() -> None:
    begun = process_time()
    assert mention("And " * 60 + "y", [Name("and " * 40 + "x")]) is None
    assert process_time() - begun < _SECONDS


@pytest.mark.parametrize("text", ["our Health & Wealth desk", "our Health and Wealth desk"])
def test_and_may_be_a_sign_in_a_name(text: str) -> None:
    assert mention(text, [Name("Health and Wealth")])
    assert mention(text, [Name("Health & Wealth")])


def test_a_title_of_that_word_alone() -> None:
    assert mention("See “And” there", [Name("And")])
