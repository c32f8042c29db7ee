"""Ranks, cuts and ties against the plainest definition of them."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support import ALL_EXAMPLES
from wsisctl.ranking import CutResult, Place, Tie, cut, rank

Value = int | Fraction
examples = settings(derandomize=True, deadline=None, max_examples=1000 if ALL_EXAMPLES else 100)

votes = st.integers(0, 4)
scores = st.fractions(1, 5, max_denominator=6)
ids = st.text("abc019", min_size=1, max_size=3)
ballots = st.one_of(
    st.dictionaries(ids, votes, max_size=12), st.dictionaries(ids, scores, max_size=12)
)
places = st.integers(1, 14)


def naive_ranking(values: Mapping[str, Value]) -> tuple[Place, ...]:
    """A rank is one more than the number of those who are better; equals come by id."""
    found = [
        Place(1 + sum(other > value for other in values.values()), name, value)
        for name, value in values.items()
    ]
    return tuple(sorted(found, key=lambda place: (place.rank, place.submission_id)))


def naive_cut(values: Mapping[str, Value], number: int) -> CutResult:
    """Certain: even last among its equals it has a place. Out: even first among them it has none."""
    better = {name: sum(other > values[name] for other in values.values()) for name in values}
    as_good = {name: sum(other >= values[name] for other in values.values()) for name in values}
    certain = [name for name in values if as_good[name] <= number]
    contenders = sorted(name for name in values if better[name] < number < as_good[name])
    tie = Tie(number, values[contenders[0]], tuple(contenders)) if contenders else None
    in_order = tuple(sorted(certain, key=lambda name: (-values[name], name)))
    return CutResult(in_order, tie, number - len(certain) if tie else 0)


@examples
@given(ballots)
def test_a_rank_is_one_more_than_the_number_of_the_better(values: dict[str, Value]) -> None:
    assert rank(values) == naive_ranking(values)


@examples
@given(ballots, places)
@example({}, 1)
@example({"a": 0, "b": 0}, 1)
def test_a_cut_parts_the_certain_the_contenders_and_the_rest(
    values: dict[str, Value], number: int
) -> None:
    assert cut(rank(values), number) == naive_cut(values, number)


@examples
@given(ballots.flatmap(lambda b: st.tuples(st.just(b), st.permutations(list(b)))), places)
def test_the_order_of_the_entries_decides_nothing(
    drawn: tuple[dict[str, Value], list[str]], number: int
) -> None:
    values, order = drawn
    shuffled = {name: values[name] for name in order}
    assert rank(shuffled) == rank(values)
    assert cut(rank(shuffled), number) == cut(rank(values), number)


@examples
@given(ballots, places, st.randoms(use_true_random=False))
def test_a_completed_cut_fills_every_place_with_the_best_in_the_order_decided(
    values: dict[str, Value], number: int, chance: Random
) -> None:
    result = cut(rank(values), number)
    order = list(result.tie.submission_ids) if result.tie else []
    chance.shuffle(order)
    completed = result.completed(order)
    assert len(completed) == min(number, len(values))
    assert completed == result.certain + tuple(order)[: number - len(result.certain)]
    left_out = [values[name] for name in values if name not in completed]
    assert all(values[name] >= value for name in completed for value in left_out)


@pytest.mark.parametrize(
    ("values", "ranks"),
    [
        ({}, []),
        ({"a": 0}, [(1, "a")]),
        ({"b": 3, "a": 5}, [(1, "a"), (2, "b")]),
        ({"d": 1, "c": 2, "b": 2, "a": 9}, [(1, "a"), (2, "b"), (2, "c"), (4, "d")]),
        ({"c": 7, "a": 7, "b": 7}, [(1, "a"), (1, "b"), (1, "c")]),
        ({"b": 0, "a": 0, "c": 1}, [(1, "c"), (2, "a"), (2, "b")]),
        # ids are text: neither their length nor their number counts
        ({"9": 1, "10": 1, "010": 1}, [(1, "010"), (1, "10"), (1, "9")]),
        ({"a": Fraction(4, 2), "b": 2, "c": Fraction(2)}, [(1, "a"), (1, "b"), (1, "c")]),
        # a difference that no float sees
        ({"a": Fraction(13, 3), "b": Fraction(13, 3) + Fraction(1, 10**30)}, [(1, "b"), (2, "a")]),
    ],
)
def test_equal_values_share_a_rank_and_come_by_id(
    values: dict[str, Value], ranks: list[tuple[int, str]]
) -> None:
    assert [(place.rank, place.submission_id) for place in rank(values)] == ranks


@pytest.mark.parametrize(
    ("values", "number", "result"),
    [
        pytest.param({}, 5, CutResult((), None, 0), id="nobody"),
        pytest.param({"a": 0}, 1, CutResult(("a",), None, 0), id="one for one place, no votes"),
        pytest.param({"a": 3, "b": 1}, 5, CutResult(("a", "b"), None, 0), id="fewer than places"),
        pytest.param({"b": 1, "a": 1}, 2, CutResult(("a", "b"), None, 0), id="as many as places"),
        pytest.param(
            {"a": 3, "b": 2, "c": 1}, 2, CutResult(("a", "b"), None, 0), id="no tie at all"
        ),
        pytest.param(
            {"a": 3, "b": 3, "c": 1}, 2, CutResult(("a", "b"), None, 0), id="a tie inside"
        ),
        pytest.param({"a": 3, "b": 1, "c": 1}, 1, CutResult(("a",), None, 0), id="a tie outside"),
        pytest.param(
            {"a": 3, "c": 1, "b": 1, "d": 0},
            2,
            CutResult(("a",), Tie(2, 1, ("b", "c")), 1),
            id="a tie across",
        ),
        pytest.param(
            {"a": 9, "b": 4, "c": 4, "d": 4, "e": 4},
            3,
            CutResult(("a",), Tie(3, 4, ("b", "c", "d", "e")), 2),
            id="four for two places",
        ),
        pytest.param(
            {"c": 7, "a": 7, "b": 7},
            1,
            CutResult((), Tie(1, 7, ("a", "b", "c")), 1),
            id="all equal",
        ),
        pytest.param(
            {"a": 5, "b": 0, "c": 0},
            2,
            CutResult(("a",), Tie(2, 0, ("b", "c")), 1),
            id="at 0 votes",
        ),
        pytest.param(
            {"a": Fraction(13, 3), "b": Fraction(13, 3) + Fraction(1, 10**30)},
            1,
            CutResult(("b",), None, 0),
            id="a difference that no float sees",
        ),
        pytest.param(
            {"a": Fraction(1, 10) + Fraction(2, 10), "b": Fraction(3, 10)},
            1,
            CutResult((), Tie(1, Fraction(3, 10), ("a", "b")), 1),
            id="an equality that no float sees",
        ),
    ],
)
def test_a_tie_across_a_cut_is_never_broken(
    values: dict[str, Value], number: int, result: CutResult
) -> None:
    assert cut(rank(values), number) == result


def test_a_decided_order_gives_the_open_places_and_no_more() -> None:
    result = cut(rank({"a": 9, "b": 4, "c": 4, "d": 4}), 3)
    assert result.completed(("d", "b", "c")) == ("a", "d", "b")
    assert result.completed(()) == ("a",)
