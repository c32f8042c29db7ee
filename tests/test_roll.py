"""Members left in their file and members held as values are the same members, whatever stands in the file."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import ALL_EXAMPLES
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Domains, SameEmail
from wsisctl.errors import NoRoom, UnusableInput
from wsisctl.readers.files import InputFile
from wsisctl.records.corrections import NO_CORRECTIONS, Correction, Corrections
from wsisctl.records.people import Member, read_members
from wsisctl.records.signed import Signed
from wsisctl.voting.roll import Roll, read_roll
from wsisctl.voting.same_email import undecided_groups

CONTEST = load_contest("2021")
HEADER = "member_id,username,email,organization,organization_type,country"
PLAIN = "m1,amina,amina@example.org,Ministry of ICT,government,KEN"
SIGNED = Signed("Amina", "2021-03-01", "A typing error.", "corrections.yaml:1")
Answer = tuple[list[Member], tuple[str, ...]] | str


def held(path: Path, corrections: Corrections) -> Answer:
    try:
        return read_members([InputFile(path, "members.csv")], CONTEST, corrections)
    except UnusableInput as error:
        return error.message


def left(path: Path, corrections: Corrections) -> tuple[Answer, bool]:
    """The same by the other way, and whether the members did stay in their file."""
    file = InputFile(path, "members.csv")
    try:
        members, told = read_roll([file], CONTEST, corrections, lambda _: None, 1 << 30)
    except UnusableInput as error:
        return error.message, False
    return (list(members), told), isinstance(members, Roll)


def assert_same(path: Path, corrections: Corrections = NO_CORRECTIONS) -> bool:
    answer, stayed = left(path, corrections)
    assert answer == held(path, corrections)
    return stayed


CELLS = st.text(
    st.sampled_from(
        [*"abC10 \t;&<>'=-+@", "é", "\u0301", "\u00a0", "\u200b", "名", "\x0b", "\x85", "\ufeff"]
    ),
    max_size=5,
)
IDS = st.one_of(
    st.integers(1, 12).map(lambda number: f"m{number}"),
    st.sampled_from(
        ["1.5E+16", "", "Total", "m 1", "é", "1770000000000000000", "17712345678901234"]
    ),
)
ROWS = st.one_of(
    st.tuples(IDS, st.lists(CELLS, min_size=5, max_size=5)).map(lambda row: ",".join([row[0], *row[1]])),
    st.lists(CELLS, max_size=8).map(",".join),
    st.integers(1, 99).map(lambda number: f"m{number}{PLAIN[2:]}"),
    st.sampled_from(["Total,,,,,12", ",,,,,", ""]),
)  # fmt: skip


@settings(deadline=None, derandomize=True, max_examples=1000 if ALL_EXAMPLES else 100)
@given(
    rows=st.lists(ROWS, max_size=5),
    end=st.sampled_from(["\n", "\r\n"]),
    header=st.sampled_from(
        [
            HEADER,
            HEADER.replace("organization,", "organisation,"),
            f"{HEADER},phone",
            f"{HEADER},cuntry",
            HEADER.removesuffix(",country"),
        ]
    ),
)
def test_both_ways_give_the_same_members(
    rows: list[str], end: str, header: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("members") / "members.csv"
    path.write_bytes(end.join([header, PLAIN, *rows, ""]).encode())
    assert_same(path)


ADDRESSES = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "@",
            "ａ@x",
            "A.B+c@x",
            "a+b@y@x",
            "...@x",
            "+a@x",
            "a b@x",
            "aB@X.",
            "ß@x",
            "a@x y",
            "a@x  y",
        ]
    ),
    st.text(st.sampled_from("aAbB.+@x ß"), max_size=6),
)
POLICIES = st.builds(
    SameEmail,
    *(st.builds(Domains, st.frozensets(st.sampled_from(["x", "y"])), st.booleans()) for _ in "12"),
)


@settings(deadline=None, derandomize=True, max_examples=1000 if ALL_EXAMPLES else 100)
@given(addresses=st.lists(ADDRESSES, min_size=2, max_size=6), policy=POLICIES)
def test_both_ways_find_who_shares_an_address(
    addresses: list[str], policy: SameEmail, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("members") / "members.csv"
    rows = [f"m{number},x,{address},X,academia,FRA" for number, address in enumerate(addresses)]
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    file = InputFile(path, "members.csv")
    in_file, _ = read_roll([file], CONTEST, NO_CORRECTIONS, lambda _: None, 1 << 30)
    assert isinstance(in_file, Roll)
    as_values, _ = read_members([file], CONTEST)
    one, other = (undecided_groups(members, policy, ())[0] for members in (in_file, as_values))
    assert sorted(one) == sorted(other)


@pytest.mark.parametrize(
    ("rows", "stays"),
    [
        ([], True),
        (["m2,bo,bo@example.org,Écoles & Cie <b>,academia,FRA"], True),
        (["m2,bo,bo@example.org, ,academia,FRA", "m3,,,,,"], True),
        (["m2,bo,bo@example.org,Acme,academia"], False),
        (['m2,bo,bo@example.org,"Acme, Inc.",academia,FRA'], False),
        ([PLAIN], False),
        (["m-2,bo,bo@example.org,Acme,academia,FRA"], False),
        (["177000000000000000,bo,bo@example.org,Acme,academia,FRA"], False),
        (["17712345678901234,bo,bo@example.org,Acme,academia,FRA"], True),
        (["Total,,,,,2"], False),
    ],
)
def test_members_stay_in_a_file_that_holds_no_riddle(
    rows: list[str], stays: bool, tmp_path: Path
) -> None:
    path = tmp_path / "members.csv"
    path.write_text("\n".join([HEADER, PLAIN, *rows, ""]), encoding="utf-8")
    assert assert_same(path) == stays


@pytest.mark.parametrize(("record", "stays"), [("m1", False), ("17734472422283999", True)])
def test_a_correction_is_made_either_way(record: str, stays: bool, tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(f"{HEADER}\n{PLAIN}\n", encoding="utf-8")
    correction = Correction(record, "organization", "Ministry of ICT", "Ministry of Health", SIGNED)
    assert assert_same(path, Corrections((correction,))) == stays


def test_where_memory_is_too_little_nobody_takes_more(tmp_path: Path) -> None:
    """A limit that is too small for DuckDB is no reason to hold the members as values, which take more."""
    path = tmp_path / "members.csv"
    rows = [f"m{number},bo,bo@example.org,Acme,academia,FRA" for number in range(20_000)]
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    with pytest.raises(NoRoom, match="members cannot be held") as caught:
        read_roll(
            [InputFile(path, "members.csv")], CONTEST, NO_CORRECTIONS, lambda _: None, 1 << 20
        )
    assert "--memory-limit" in caught.value.hint
