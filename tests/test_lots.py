"""A tie resolved by a lot: who can redo it, when its seed may be declared, and what contradicts it."""

import hashlib
import json
import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support import (
    REPOSITORY,
    Result,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from tests.test_decide import C1, HOME, TIED, decide, folder, whole  # noqa: F401
from tests.test_folder import run_all
from wsisctl.lot import draw
from wsisctl.readers.files import InputFile
from wsisctl.records.heard import Hears

GOLDEN = REPOSITORY / "tests" / "golden" / "ties-by-lot"
SIGNED = "by: panel, on: 2021-04-02, reason: equal in every respect"
HONOURED_BY_LOT = (
    f"- {{kind: tie-break, stage: tally, cut: honoured, category: C1, lot: true, {SIGNED}}}\n"
)


def seed(text: str = "Lotto 7", on: str = "2021-01-10") -> str:
    return f"- {{kind: lot-seed, seed: {text}, by: office, on: {on}, reason: published}}\n"


def by_hand(seed: str, category: str, ids: Sequence[str]) -> list[str]:
    """The order, in the words of the docs."""
    return sorted(ids, key=lambda i: hashlib.sha256(f"{seed}|{category}|{i}".encode()).hexdigest())


@pytest.fixture
def vote_of_six(tmp_path: Path) -> Path:
    """Six nominees of C1, one vote each, for five places; and one of C2 without a vote."""
    ids = [f"p{number}" for number in range(1, 7)]
    write_csv(tmp_path / "votes.csv", [vote(f"v{i}", f"m{i}", i) for i in ids])
    write_csv(tmp_path / "members.csv", [member(f"m{i}") for i in ids])
    write_csv(tmp_path / "nominees.csv", [*map(nominee, ids), nominee("q1", "C2")])
    return tmp_path


def tally(place: Path, decisions: str, *words: str, contest: str = "2021") -> Result:
    (place / "decisions.yaml").write_text(decisions, "utf-8")
    files = [f"--{name}={name}.csv" for name in ("votes", "members", "nominees")]
    given = (*files, "--decisions", "decisions.yaml", "--format", "json", *words)
    return wsisctl("tally", "--contest", contest, *given, cwd=place)


def category(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.out)["categories"][0]
    return found


# --- The order -----------------------------------------------------------------------------------


def test_the_order_is_that_of_the_digests_lowest_first() -> None:
    ids = [f"{number:017}" for number in range(40)]
    tickets = draw("Größe 7", "C7-e-health", ids)
    assert [ticket.submission_id for ticket in tickets] == by_hand("Größe 7", "C7-e-health", ids)
    assert [ticket.digest for ticket in tickets] == sorted(ticket.digest for ticket in tickets)
    assert draw("Größe 7", "C7-e-health", reversed(ids)) == tickets, "not in the order given"
    others = (draw("Größe 8", "C7-e-health", ids), draw("Größe 7", "C8", ids))
    assert all(
        [t.submission_id for t in other] != by_hand("Größe 7", "C7-e-health", ids)
        for other in others
    )


def test_a_known_digest() -> None:
    """Not from any code of ours: `printf '%s' 'seed|C1|1' | sha256sum`."""
    (ticket,) = draw("seed", "C1", ["1"])
    assert ticket.text == "seed|C1|1"
    assert ticket.digest == "ea5a114207da631907376c0d76fce8d989c3a5086fae05e9e8b1bfa633714e5b"


@pytest.mark.parametrize("shown", ["tally.txt", "results.txt"])
def test_the_commands_that_are_printed_give_the_digests_that_are_printed(shown: str) -> None:
    text = (GOLDEN / "expected" / shown).read_text("utf-8")
    commands = re.findall(r"^ +(printf .+ \| sha256sum)$", text, re.MULTILINE)
    assert len(commands) >= 3
    drawn = {}
    for command in commands:
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
        identity = shlex.split(command)[2].rpartition("|")[2]
        drawn[identity] = done.stdout.split()[0]
    rows = re.findall(r"^ +(\d+) +(in|out) +(\S+) +([0-9a-f]{64})$", text, re.MULTILINE)
    assert {identity: digest for _, _, identity, digest in rows} == drawn
    assert [int(place) for place, *_ in rows[:4]][:3] == [1, 2, 3]


def test_a_lot_completes_the_honoured_and_is_named_as_what_did(vote_of_six: Path) -> None:
    result = tally(vote_of_six, seed() + HONOURED_BY_LOT)
    order = by_hand("Lotto 7", "C1", [f"p{number}" for number in range(1, 7)])
    found = category(result)
    assert (result.status, found["honoured"], found["pool"]) == (0, order[:5], order[:5])
    assert [tie["resolved_by"] for tie in found["ties"]] == ["lot"]


def test_a_lot_decides_over_the_last_places_of_the_shortlist(tmp_path: Path) -> None:
    ids = [f"s{number:02}" for number in range(21)]
    entries = [submission(i, title=f"Title {i}", entity=f"Entity {i}") for i in ids]
    write_csv(tmp_path / "submissions.csv", entries)
    write_csv(tmp_path / "scores.csv", [sheet("ana", i, 3) for i in ids])
    (tmp_path / "decisions.yaml").write_text(
        seed()
        + f"- {{kind: tie-break, stage: nominate, cut: quota, category: C1, lot: true, {SIGNED}}}\n"
    )
    shown = wsisctl(
        "nominate", "--contest", "2021", "--submissions", "submissions.csv", "--scores", "scores.csv",
        "--decisions", "decisions.yaml", "--out", "out", cwd=tmp_path,
    )  # fmt: skip
    document = json.loads((tmp_path / "out" / "nominees.json").read_bytes())
    chosen = [item["submission_id"] for item in document["categories"][0]["nominees"]]
    assert chosen == by_hand("Lotto 7", "C1", ids)[:20]
    assert "lot (quota) with the seed: Lotto 7" in shown.out
    assert "before submissions close on 2021-01-25" in " ".join(shown.out.split())


def test_without_a_decision_nothing_is_drawn(vote_of_six: Path) -> None:
    result = tally(vote_of_six, seed())
    assert (result.status, category(result)["honoured"]) == (1, [])


def test_without_a_seed_the_tie_stays_open_and_a_note_says_why(vote_of_six: Path) -> None:
    result = tally(vote_of_six, HONOURED_BY_LOT)
    assert (result.status, category(result)["honoured"]) == (1, [])
    assert (
        "decisions.yaml:1: the tie-break for honoured in C1 changes nothing: no seed" in result.err
    )


def test_a_lot_where_there_is_no_tie_changes_nothing(vote_of_six: Path) -> None:
    result = tally(vote_of_six, seed() + HONOURED_BY_LOT.replace("C1", "C2"))
    assert result.status == 1
    assert (
        "decisions.yaml:2: the tie-break for honoured in C2 changes nothing: there is no tie"
        in result.err
    )


# --- The seed ------------------------------------------------------------------------------------

TERMS = [
    ("nominate", "quota", "2021-01-24", "2021-01-25", "submissions close"),
    ("tally", "honoured", "2021-02-28", "2021-03-01", "voting opens"),
    ("tally", "pool", "2021-02-28", "2021-03-01", "voting opens"),
    ("select", "winner", "2021-03-30", "2021-03-31", "voting closes"),
]


@pytest.mark.parametrize(("stage", "cut", "last", "late", "what"), TERMS)
def test_a_seed_must_be_declared_on_a_day_before(
    stage: str, cut: str, last: str, late: str, what: str, vote_of_six: Path
) -> None:
    lot = f"- {{kind: tie-break, stage: {stage}, cut: {cut}, category: C1, lot: true, {SIGNED}}}\n"
    assert tally(vote_of_six, seed(on=last) + lot).status in (0, 1)
    result = tally(vote_of_six, seed(on=late) + lot, "--out", "out")
    assert (result.status, result.out, (vote_of_six / "out").exists()) == (3, "", False)
    told = f"error: decisions.yaml:2: no lot can be drawn for {cut} with the seed at decisions.yaml:1: "
    assert result.err.startswith(f"{told}it was declared on {late}, and {what} on {late}\n")


def test_a_late_seed_that_no_lot_is_drawn_with_harms_nobody(vote_of_six: Path) -> None:
    assert tally(vote_of_six, seed(on="2021-04-01")).status == 1


def defined(place: Path, text: str) -> str:
    """The edition of 2021 with a seed of its own."""
    edition = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    (place / "own.yaml").write_text(f"{edition}\nlot: {text}\n", "utf-8")
    return "own.yaml"


def test_the_definition_may_declare_the_seed(vote_of_six: Path) -> None:
    own = defined(vote_of_six, "{seed: Lotto 8, on: 2020-11-05}")
    order = by_hand("Lotto 8", "C1", [f"p{number}" for number in range(1, 7)])
    assert category(tally(vote_of_six, HONOURED_BY_LOT, contest=own))["honoured"] == order[:5]
    shown = tally(vote_of_six, HONOURED_BY_LOT, "--format", "plain", contest=own)
    assert "declared on 2020-11-05 by the definition (own.yaml: lot)" in " ".join(shown.out.split())
    late = defined(vote_of_six, "{seed: Lotto 8, on: 2021-03-01}")
    result = tally(vote_of_six, HONOURED_BY_LOT, contest=late)
    assert (result.status, result.out) == (3, "")
    assert "with the seed at own.yaml: lot: it was declared on 2021-03-01" in result.err


def test_whether_it_was_beforehand_is_said_to_be_unknown_where_no_deadline_is(
    tmp_path: Path,
) -> None:
    ids = [f"s{number:02}" for number in range(21)]
    edition = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    without = re.sub(r"(?m)^  deadline: .*$", "", edition).replace("[deadline]", "[validate]")
    (tmp_path / "own.yaml").write_text(without, "utf-8")
    write_csv(tmp_path / "submissions.csv", [submission(i, title=f"Title {i}") for i in ids])
    write_csv(tmp_path / "scores.csv", [sheet("ana", i, 3) for i in ids])
    (tmp_path / "decisions.yaml").write_text(
        seed(on="2021-12-01")
        + f"- {{kind: tie-break, stage: nominate, cut: quota, category: C1, lot: true, {SIGNED}}}\n"
    )
    shown = wsisctl(
        "nominate", "--contest", "own.yaml", "--submissions", "submissions.csv", "--scores", "scores.csv",
        "--decisions", "decisions.yaml", cwd=tmp_path,
    )  # fmt: skip
    told = " ".join(shown.out.split())
    assert "whether that is before submissions close cannot be known" in told


def test_an_amendment_that_moves_the_opening_moves_the_last_day_for_the_seed(
    vote_of_six: Path,
) -> None:
    edition = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    moved = "{on: 2021-02-20, by: office, reason: late, phases: {voting: {opens: 2021-03-08}}}"
    (vote_of_six / "own.yaml").write_text(f"{edition}\namendments:\n  - {moved}\n", "utf-8")
    in_time = tally(vote_of_six, seed(on="2021-03-07") + HONOURED_BY_LOT, contest="own.yaml")
    assert in_time.status == 0
    late = tally(vote_of_six, seed(on="2021-03-08") + HONOURED_BY_LOT, contest="own.yaml")
    assert (late.status, "voting opens on 2021-03-08" in late.err) == (3, True)


CONTRADICTING = [
    (seed() + seed("Lotto 8"), "decisions.yaml:2", "decisions.yaml:1"),
    (seed() + seed("lotto 7"), "decisions.yaml:2", "decisions.yaml:1"),
]


@pytest.mark.parametrize(("decisions", "second", "first"), CONTRADICTING)
def test_two_seeds_contradict_each_other(
    decisions: str, second: str, first: str, vote_of_six: Path
) -> None:
    result = tally(vote_of_six, decisions, "--out", "out")
    assert (result.status, result.out, (vote_of_six / "out").exists()) == (3, "", False)
    assert f"error: {second}: this decision contradicts the one at {first}\n" in result.err


def test_a_seed_contradicts_another_one_of_the_definition(vote_of_six: Path) -> None:
    own = defined(vote_of_six, "{seed: Lotto 8, on: 2020-11-05}")
    result = tally(vote_of_six, seed(), contest=own)
    assert result.status == 3
    assert "decisions.yaml:1: this decision contradicts the one at own.yaml: lot\n" in result.err


def test_the_same_seed_twice_holds_since_the_first_day(vote_of_six: Path) -> None:
    twice = seed(on="2021-03-15") + seed(on="2021-02-01")
    assert tally(vote_of_six, twice + HONOURED_BY_LOT).status == 0


@pytest.mark.parametrize(
    "text", ['" a"', '"a "', '"a  b"', "a|b", '"a\\tb"', '"a\\nb"', '"a\\u200bb"', '""']
)
def test_a_seed_is_what_everybody_types_alike(text: str, vote_of_six: Path) -> None:
    result = tally(vote_of_six, seed(text))
    assert result.status == 3
    assert (
        "expected words and numbers with one blank between them, on one line, without |"
        in result.err
    )
    assert tally(vote_of_six, seed("'7-13-22 Größe 数'")).status == 1


# --- The decision ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("order: [p1, p2], lot: true", "order and lot contradict each other; give one of them"),
        ("", "missing: order or lot"),
        ("lot: false", '"false" is unknown; expected one of: true\n'),
    ],
)
def test_either_an_order_or_a_lot(what: str, message: str, vote_of_six: Path) -> None:
    result = tally(
        vote_of_six, seed() + HONOURED_BY_LOT.replace("lot: true", what).replace(", ,", ",")
    )
    assert result.status == 3
    assert message in result.err


def test_pool_and_honoured_by_one_lot_agree_with_each_other_only(tmp_path: Path) -> None:
    """2018 has two cuts; the lot at one and an order at the other may leave a pool outside the honoured."""
    for name in ("votes", "members", "nominees"):
        (tmp_path / f"{name}.csv").write_bytes((GOLDEN / f"{name}.csv").read_bytes())
    lots = (GOLDEN / "decisions.yaml").read_text("utf-8")
    assert tally(tmp_path, lots, contest="2018").status == 0
    (first,) = set(draw_of(lots)[:1])
    last = [i for i in ("p3", "p4", "p5", "p6") if i != first]
    order = f"order: [{', '.join([*last, first])}]"
    mixed = lots.replace(
        "cut: honoured, category: C1, lot: true", f"cut: honoured, category: C1, {order}"
    )
    result = tally(tmp_path, mixed, contest="2018")
    assert (result.status, result.out) == (3, "")
    assert "the pool of C1 would hold a project that is not honoured" in result.err


def draw_of(decisions: str) -> list[str]:
    text = re.search("seed: ([^,]+),", decisions)
    assert text
    return by_hand(text[1], "C1", ["p3", "p4", "p5", "p6"])


def test_only_a_stage_that_draws_hears_the_seed(tmp_path: Path) -> None:
    hears = Hears(ties_of="tally")

    def digest(text: str) -> str:
        (tmp_path / "decisions.yaml").write_text(text, "utf-8")
        return hears.digest([InputFile(tmp_path / "decisions.yaml", "decisions.yaml")])

    ordered = HONOURED_BY_LOT.replace("lot: true", "order: [a, b]")
    of_select = HONOURED_BY_LOT.replace("stage: tally, cut: honoured", "stage: select, cut: winner")
    for drawing_nothing in ("", ordered, of_select):
        assert digest(drawing_nothing + seed()) == digest(drawing_nothing + seed("Lotto 8"))
    assert digest(HONOURED_BY_LOT + seed()) != digest(HONOURED_BY_LOT + seed("Lotto 8"))


# --- In a folder ----------------------------------------------------------------------------------


def test_decide_records_the_seed_then_the_lot(folder: Path) -> None:  # noqa: F811
    declared = decide(folder, "lot-seed", "Lotto 7", "--format", "json")
    assert (declared.status, json.loads(declared.out)["next"]) == (0, [])
    assert "- {kind: lot-seed, seed: Lotto 7, by: Ana Kim" in (folder / HOME).read_text("utf-8")
    again = decide(folder, "lot-seed", "Lotto 8")
    assert again.status == 3
    assert f"the seed of lots was declared by Ana Kim on 2021-02-03 at {HOME}:2" in again.err
    drawn = decide(folder, "tie-break", "C1", "--cut", "honoured", "--lot", "--format", "json")
    line = "- {kind: tie-break, stage: tally, cut: honoured, category: C1, lot: true, by: Ana Kim"
    assert drawn.status == 0
    assert line in (folder / HOME).read_text("utf-8")
    first = by_hand("Lotto 7", "C1", TIED)[0]
    (tallied,) = run_all(folder, "tally")
    assert tallied.status == 0
    result = json.loads((folder / "results" / "tally.json").read_bytes())
    assert result["categories"][0]["honoured"] == [*C1[:4], first]


def test_decide_refuses_a_lot_without_a_seed_or_with_one_too_late(folder: Path) -> None:  # noqa: F811
    lot = ("tie-break", "C1", "--cut", "honoured", "--lot")
    none = decide(folder, *lot)
    assert (none.status, "no seed was declared" in none.err) == (3, True)
    late = ("--by", "Ana Kim", "--on", "2021-03-01", "--reason", "published")
    assert decide(folder, "lot-seed", "Lotto 7", signed=late).status == 0
    refused = decide(folder, *lot)
    assert (refused.status, "voting opens on 2021-03-01" in refused.err) == (3, True)
    assert "nothing was recorded" in refused.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("tie-break", "C1", "p1", "--cut", "pool", "--lot"),
            "tie-break --lot takes a category alone",
        ),
        (("tie-break", "--cut", "pool", "--lot"), "tie-break --lot takes a category alone"),
        (("winner", "C1", "--lot"), "--lot is not for winner"),
        (("lot-seed", "Lotto", "7"), "lot-seed takes one text, in quotes"),
        (("lot-seed",), "lot-seed takes one text, in quotes"),
    ],
)
def test_a_wrong_command_line_says_what_it_takes(words: tuple[str, ...], message: str) -> None:
    result = wsisctl("decide", *words, "--by", "a", "--reason", "b")
    assert (result.status, message in result.err) == (2, True)


# --- A stored tally --------------------------------------------------------------------------------


def select(place: Path, decisions: str, edit: tuple[str, str] | None = None) -> Result:
    text = (GOLDEN / "expected" / "tally.json").read_text("utf-8")
    document = json.loads(text)
    if edit:
        cut, chosen = edit
        document["categories"][0][cut] = chosen.split()
    (place / "tally.json").write_text(json.dumps(document), "utf-8")
    (place / "decisions.yaml").write_text(decisions, "utf-8")
    scores = GOLDEN / "scores.csv"
    return wsisctl(
        "select-winners", "--contest", "2018", "--tally", "tally.json", "--scores", scores,
        "--decisions", "decisions.yaml", cwd=place,
    )  # fmt: skip


def test_a_stored_tally_whose_lot_was_another_is_refused(tmp_path: Path) -> None:
    decisions = (GOLDEN / "decisions.yaml").read_text("utf-8")
    _, second, *_ = draw_of(decisions)
    assert select(tmp_path, decisions).status == 1
    edited = select(tmp_path, decisions, ("pool", f"p1 p2 {second}"))
    assert edited.status == 3
    assert "C1: its pool are not in the order of the lot" in edited.err
    no_seed = select(tmp_path, "[]", ("pool", f"p1 p2 {second}"))
    assert no_seed.status == 3
    assert "C1: its pool and its honoured are not in the order of one lot" in no_seed.err
    assert select(tmp_path, "[]").status == 1


def test_the_documents_say_that_a_lot_was_drawn_and_how_to_redo_it(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    stored = (GOLDEN / "expected" / "tally.json").read_bytes()
    (tmp_path / "results" / "tally.json").write_bytes(stored)
    command = ("report", "--contest", "2018", "--results", "results", "--out", "reports")
    assert wsisctl(*command, cwd=tmp_path).status == 0
    english = (tmp_path / "reports" / "tally.md").read_text("utf-8")
    assert english.count("resolved by a lot that a recorded decision called for") == 2
    assert ", resolved by a recorded decision" not in english
    assert english.count("The lot: the order of the SHA-256 of seed") == 2
    assert wsisctl(*command[:-1], "zh", "--lang", "zh", cwd=tmp_path).status == 0
    (chinese,) = (tmp_path / "zh").glob("tally*.md")
    assert chinese.read_text("utf-8").count("抽签确定先后") == 2
