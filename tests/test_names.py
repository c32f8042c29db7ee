"""When two names are the same: Unicode NFKC, full case folding, white space, and people's own list."""

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support import ALL_EXAMPLES
from wsisctl.names import SameNames, name_key

examples = settings(derandomize=True, deadline=None, max_examples=1000 if ALL_EXAMPLES else 100)

SAME = (
    ("Ministry of ICT", "MINISTRY OF ICT"),
    ("Ministry of ICT", "  ministry\tof \n ICT "),
    ("Ministry of ICT", "Ministry\N{NO-BREAK SPACE}of\N{IDEOGRAPHIC SPACE}ICT"),
    ("Ministry of ICT", "Ministry\N{EN SPACE}of\N{NARROW NO-BREAK SPACE}ICT\N{LINE SEPARATOR}"),
    ("Straße", "STRASSE"),
    ("Straße", "STRAẞE"),
    ("straße", "strasse"),
    ("Office", "O\N{LATIN SMALL LIGATURE FFI}ce"),
    ("First", "\N{LATIN SMALL LIGATURE FI}rst"),
    ("ITU", "ＩＴＵ"),
    ("ITU 2021", "ｉｔｕ\N{IDEOGRAPHIC SPACE}２０２１"),
    ("カナ", "ｶﾅ"),
    ("Côte d'Ivoire", "Co\N{COMBINING CIRCUMFLEX ACCENT}te d'Ivoire"),
    ("Åland", "\N{ANGSTROM SIGN}land"),
    ("ΟΔΟΣ", "οδος"),
    ("ΟΔΟΣ", "οδοσ"),
    ("İstanbul", "I\N{COMBINING DOT ABOVE}stanbul"),
    ("İSTANBUL", "i\N{COMBINING DOT ABOVE}stanbul"),
    ("H₂O №1", "h2o no1"),
    ("ǰ", "J\N{COMBINING CARON}"),
)
DIFFERENT = (
    ("Ministry of ICT", "Ministry of ICTs"),
    ("Ministry of ICT", "MinistryofICT"),
    ("University of Lagos", "University of Laos"),
    ("Ministry of Health, Oman", "Ministry of Health, Kenya"),
    ("YoungInnovations", "Young Innovations"),
    ("İstanbul", "Istanbul"),
    ("ısparta", "Isparta"),
    ("Côte", "Cote"),
    ("Müller", "Mueller"),
    ("Media", "Мedia"),  # typed with a Cyrillic letter
    ("O'Reilly", "O\N{RIGHT SINGLE QUOTATION MARK}Reilly"),
    ("e-health", "e\N{EN DASH}health"),
    ("zero\N{ZERO WIDTH SPACE}width", "zerowidth"),
)
EMPTY = ("", " ", "\t\n", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}\N{EM SPACE}")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_differ_only_in_form_are_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_anything_looser_is_another_name(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_name_has_no_key(name: str) -> None:
    assert (name_key(name), SameNames().key(name)) == ("", "")


names = st.one_of(
    st.text(max_size=12),
    st.text("aAßẞſﬁIİıiǰΣσςÅåＡ　 \N{NO-BREAK SPACE}\t\u0307\u030a\u0301\u0345\u03b9", max_size=8),
)


@examples
@given(names)
def test_a_key_is_folded_by_nfkc_case_and_white_space_and_stays_so(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert key == " ".join(key.split())
    assert unicodedata.normalize("NFKC", key) == key


@examples
@given(names, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_no_normal_form_of_unicode_changes_a_name(name: str, form: str) -> None:
    assert name_key(unicodedata.normalize(form, name)) == name_key(name)  # type: ignore[arg-type]


@examples
@given(names, names)
def test_names_that_agree_after_nfkc_and_case_folding_have_one_key(one: str, other: str) -> None:
    def agreed(name: str) -> list[str]:
        return unicodedata.normalize("NFKC", name).casefold().split()

    for pair in ((one, other), (one, one.casefold()), (one, f"  {one}\t")):
        if agreed(pair[0]) == agreed(pair[1]):
            assert name_key(pair[0]) == name_key(pair[1])


# People's own list.


def groups(pairs: Sequence[tuple[str, str]], asked: Sequence[str]) -> list[set[int]]:
    """Which of the names asked for share a key; an empty one is in no group."""
    same = SameNames(pairs)
    keys = [same.key(name) for name in asked]
    return [{n for n, key in enumerate(keys) if key == one} for one in keys if one]


@pytest.mark.parametrize(
    ("pairs", "one", "other", "same"),
    [
        ([("ITU", "UIT")], "ITU", "UIT", True),
        ([("ITU", "UIT")], "UIT", "ITU", True),
        ([("ITU", "UIT")], " itu ", "ｕｉｔ", True),
        ([("ITU", "UIT")], "ITU", "IEEE", False),
        ([("a", "b"), ("b", "c")], "a", "c", True),
        ([("a", "b"), ("c", "d"), ("d", "a")], "b", "c", True),
        ([("a", "x"), ("b", "x")], "a", "b", True),
        ([("a", "b"), ("c", "d")], "a", "c", False),
        ([("Straße", "Rue")], "STRASSE", "rue", True),
        ([("a", "a")], "a", "b", False),
    ],
)
def test_the_list_is_symmetric_and_transitive(
    pairs: list[tuple[str, str]], one: str, other: str, same: bool
) -> None:
    names = SameNames(pairs)
    assert (names.key(one) == names.key(other)) is same


@pytest.mark.parametrize("empty", EMPTY)
def test_an_empty_name_in_the_list_equals_nothing(empty: str) -> None:
    names = SameNames([("a", empty), (empty, "b"), (empty, empty)])
    assert [names.key(name) for name in ("a", "b", empty)] == ["a", "b", ""]


few = st.sampled_from(["a", "A ", "b", "B", "c", "d", "ß", "SS", "e", "f", "", " "])
pair_lists = st.lists(st.tuples(few, few), max_size=8)
ASKED = ("a", "b", "c", "d", "ss", "e", "f", "g", "")


def reachable(pairs: Sequence[tuple[str, str]], start: str) -> set[str]:
    """Every name that a chain of pairs leads to, by walking it."""
    steps = {(name_key(one), name_key(other)) for one, other in pairs}
    steps |= {(other, one) for one, other in steps}
    found, waiting = set[str](), [name_key(start)]
    while waiting:
        name = waiting.pop()
        if name and name not in found:
            found.add(name)
            waiting += [other for one, other in steps if one == name]
    return found


@examples
@given(pair_lists)
@example([("a", "b"), ("c", "d"), ("b", "c")])
def test_two_names_are_the_same_where_a_chain_of_pairs_leads_from_one_to_the_other(
    pairs: list[tuple[str, str]],
) -> None:
    names = SameNames(pairs)
    for one in ASKED:
        same = {other for other in ASKED if other and names.key(one) == names.key(other)}
        assert same == reachable(pairs, one) & set(ASKED)


@examples
@given(pair_lists.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_neither_the_order_of_the_list_nor_of_a_pair_changes_a_key(
    lists: tuple[list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    pairs, shuffled = lists
    turned = [(other, one) for one, other in shuffled]
    keys = [
        [SameNames(variant).key(name) for name in ASKED] for variant in (pairs, shuffled, turned)
    ]
    assert keys[0] == keys[1] == keys[2]
