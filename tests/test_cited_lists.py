"""At the terminal each list names the clause that its number comes from."""

from pathlib import Path

import pytest

from tests.support import REPOSITORY, wsisctl
from tests.test_documents import SMALL, load
from wsisctl.reports import numbers

WHOLE = REPOSITORY / "tests" / "golden" / "2021-whole"
VOTED = (
    "Honoured: the first 5 of each category by votes (2021-P3, 2021-V0a, 2021-V1).",
    "Pool: the first 5 of each category by votes (2021-W1).",
)


def test_lists_of_2021(tmp_path: Path) -> None:
    commands = {
        "nominate --submissions submissions.csv --scores scores.csv --decisions decisions.yaml": (
            "Quota: 20 nominees per category (2021-P2, 2021-N0a).",
        ),
        f"tally --votes votes.csv --members members.csv --nominees {tmp_path}/nominees.csv "
        "--decisions decisions.yaml": VOTED,
        f"select-winners --tally {tmp_path}/tally.json --scores selection.csv": (
            *VOTED,
            "Winners: one per category by scores, 0 to 2 by a recorded decision (2021-W1).",
        ),
    }
    for command, told in commands.items():
        words = command.split()
        result = wsisctl(*words, "--contest", "2021", "--out", tmp_path, cwd=WHOLE)
        lines = " ".join(result.out.split("Summary\n")[1].split())
        assert [line for line in told if line not in lines] == [], command


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("quota: 3", "quota: 3", "Quota: 3 nominees per category (N1)."),
        ("  quota: 3\n", "", "No quota: only a recorded decision nominates (N1)."),
        ("quota: [N1], ", "", "Quota: 3 nominees per category."),
    ],
)
def test_the_quota(written: str, instead: str, told: str, tmp_path: Path) -> None:
    assert written in SMALL
    assert numbers.quota(load(tmp_path, SMALL.replace(written, instead))) == told


@pytest.mark.parametrize(
    ("winners", "told"),
    [
        ("", "one per category by scores, 0 to 1 by a recorded decision"),
        ("winners: {least: 1, most: 1}", "one per category, by scores or by a recorded decision"),
        ("winners: {least: 2, most: 2}", "one per category by scores, 2 by a recorded decision"),
        (
            "winners: {least: 0, most: 2}",
            "one per category by scores, 0 to 2 by a recorded decision",
        ),
    ],
)
def test_the_winners(winners: str, told: str, tmp_path: Path) -> None:
    text = SMALL.replace("  pool: 1\n", f"  pool: 2\n  {winners}\n")
    assert numbers.winners(load(tmp_path, text)) == f"Winners: {told} (W1)."
