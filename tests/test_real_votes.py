"""Real votes with a published result (../shared/real): the count must reproduce it."""

import csv
import json
from pathlib import Path

import pytest

from tests.support import SHARED, wsisctl

POZNAN = SHARED / "real" / "poznan-2024"
EDITION = Path(__file__).parent / "editions" / "poznan.yaml"


@pytest.mark.skipif(not POZNAN.is_dir(), reason="the real votes are not beside this clone")
def test_every_published_number_is_reproduced(tmp_path: Path) -> None:
    result = wsisctl(
        "tally", "--contest", EDITION, "--votes", POZNAN / "votes.csv",
        "--members", POZNAN / "members.csv", "--nominees", POZNAN / "nominees.csv",
        "--out", tmp_path,
    )  # fmt: skip
    with (POZNAN / "published.csv").open(encoding="utf-8") as file:
        published = {row["submission_id"]: int(row["votes"]) for row in csv.DictReader(file)}
    tally = json.loads((tmp_path / "tally.json").read_text(encoding="utf-8"))
    counted = {
        place["submission_id"]: place["votes"]
        for category in tally["categories"]
        for place in category["standings"]
    }
    assert len(published) == 135
    assert counted == published
    assert tally["votes"] == {
        "read": 191_017,
        "counted": 191_017,
        "rejected": 0,
        "rejected_by_reason": {},
    }
    assert result.status == 0
