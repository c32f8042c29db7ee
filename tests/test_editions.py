"""Other editions are YAML: what earlier and later contests did differently, run without a line of code."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support import Result, write_csv, wsisctl

EDITIONS = Path(__file__).parent / "editions"
SIGNED = "by: the panel, on: 2025-03-10, reason: minutes"

Row = Mapping[str, str]


@dataclass(frozen=True)
class Edition:
    """One of the definitions, and a place to run its stages in."""

    name: str
    place: Path

    @property
    def definition(self) -> Path:
        return EDITIONS / f"{self.name}.yaml"

    def run(
        self, stage: str, decisions: Sequence[str] = (), **inputs: Iterable[Row] | Path
    ) -> Result:
        """Run a stage on these rows, and write what it computes."""
        options: list[str | Path] = []
        for role, rows in inputs.items():
            path = rows if isinstance(rows, Path) else write_csv(self.place / f"{role}.csv", rows)
            options += [f"--{role}", path]
        if decisions:
            path = self.place / "decisions.yaml"
            entries = "".join(f"- {{{entry}, {SIGNED}}}\n" for entry in decisions)
            path.write_text(entries, encoding="utf-8")
            options += ["--decisions", path]
        out = ("--out", self.results, "--quiet")
        return wsisctl(stage, "--contest", self.definition, *options, *out)

    @property
    def results(self) -> Path:
        return self.place / "results"

    def result(self, name: str) -> Any:
        return json.loads((self.results / name).read_text("utf-8"))

    def rejected(self) -> dict[str, tuple[str, str]]:
        """Vote id → reason and clause."""
        with (self.results / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
            return {row["vote_id"]: (row["reason"], row["clause"]) for row in csv.DictReader(file)}


def votes(cast_at: str, *cast: str) -> list[Row]:
    """A vote for each `member category submission`, numbered v1, v2 and so on."""
    rows: list[Row] = []
    for number, words in enumerate(cast, 1):
        member_id, category, submission_id = words.split()
        rows.append(
            {
                "vote_id": f"v{number}",
                "member_id": member_id,
                "category": category,
                "submission_id": submission_id,
                "cast_at": cast_at,
            }
        )
    return rows


def rows_of(columns: str, *rows: str) -> list[Row]:
    """Rows of cells, with `|` between them."""
    names = columns.split("|")
    return [dict(zip(names, row.split("|"), strict=True)) for row in rows]


@pytest.mark.parametrize("path", sorted(EDITIONS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_edition_can_be_loaded_and_shown(path: Path) -> None:
    assert wsisctl("rules", "--contest", path, "--format", "json").status == 0


# 2013: a vote in every category, or none counts.


def test_a_ballot_that_leaves_a_category_out_does_not_count(tmp_path: Path) -> None:
    edition = Edition("complete-ballots", tmp_path)
    nominees = rows_of(
        "submission_id|category|entity|submitter_organization",
        "p1|C1|E1|",
        "p2|C2|E2|",
        "p3|C3|E3|",
    )
    members = rows_of("member_id|organization", "whole|O1", "part|O2", "own|E3")
    cast = votes(
        "2013-03-10T12:00:00+01:00",
        "whole C1 p1", "whole C2 p2", "whole C3 p3",
        "part C1 p1", "part C2 p2",
        "own C1 p1", "own C2 p2", "own C3 p3",
    )  # fmt: skip
    assert edition.run("tally", votes=cast, members=members, nominees=nominees).status == 0
    assert edition.rejected() == {
        "v4": ("incomplete_ballot", "V2"),
        "v5": ("incomplete_ballot", "V2"),
        "v6": ("incomplete_ballot", "V2"),
        "v7": ("incomplete_ballot", "V2"),
        "v8": ("own_project", ""),
    }


def test_a_category_without_nominees_is_not_asked_for(tmp_path: Path) -> None:
    edition = Edition("complete-ballots", tmp_path)
    nominees = rows_of(
        "submission_id|category|entity|submitter_organization", "p1|C1|E1|", "p2|C2|E2|"
    )
    cast = votes("2013-03-10T12:00:00+01:00", "m1 C1 p1", "m1 C2 p2")
    members = rows_of("member_id|organization", "m1|O1")
    assert edition.run("tally", votes=cast, members=members, nominees=nominees).status == 0
    assert edition.result("tally.json")["votes"]["counted"] == 2


# 2018 and 2019: no quota.

ENTRIES_2019 = rows_of(
    "submission_id|submitted_at|title|category|entity|country",
    "p1|2018-10-01T10:00:00+02:00|Rural Libraries|C1|E1|KEN",
    "p2|2018-10-02T10:00:00+02:00|Fibre for Schools|C1|E2|PER",
    "p3|2019-01-10T23:00:01+01:00|Too Late|C1|E3|IND",
)
SHEETS_2019 = rows_of("panelist|submission_id|merit", "a|p1|5", "a|p2|4")


def test_without_a_quota_scores_nominate_nobody(tmp_path: Path) -> None:
    edition = Edition("no-quota", tmp_path)
    ended = edition.run("nominate", submissions=ENTRIES_2019, scores=SHEETS_2019)
    assert ended.status == 1
    first, _ = edition.result("nominees.json")["categories"]
    assert first["nominees"] == []
    assert first["unresolved"]


def test_without_a_quota_a_decision_nominates_as_many_as_it_likes(tmp_path: Path) -> None:
    edition = Edition("no-quota", tmp_path)
    everybody = "kind: nominate, category: C1, submission_ids: [p2, p1]"
    nobody = "kind: nominate, category: C2, submission_ids: []"
    ended = edition.run("nominate", [everybody, nobody], submissions=ENTRIES_2019)
    assert ended.status == 0
    first, _ = edition.result("nominees.json")["categories"]
    assert [item["submission_id"] for item in first["nominees"]] == ["p1", "p2"]
    assert all(item["rank"] is None and item["score"] is None for item in first["nominees"])


def test_without_a_quota_what_is_not_eligible_is_not_nominated(tmp_path: Path) -> None:
    edition = Edition("no-quota", tmp_path)
    late = "kind: nominate, category: C1, submission_ids: [p1, p3]"
    assert edition.run("nominate", [late], submissions=ENTRIES_2019).status == 1


def test_five_are_honoured_and_three_are_in_the_pool(tmp_path: Path) -> None:
    edition = Edition("no-quota", tmp_path)
    nominees = rows_of("submission_id|category", *(f"p{number}|C1" for number in range(1, 7)))
    members = rows_of("member_id", *(f"m{number}" for number in range(21)))
    order = (number for number in range(1, 7) for _ in range(7 - number))
    cast = [f"m{voter} C1 p{number}" for voter, number in enumerate(order)]
    ended = edition.run(
        "tally", votes=votes("2019-02-28T23:00:00+01:00", *cast), members=members, nominees=nominees
    )
    assert ended.status == 0
    first, _ = edition.result("tally.json")["categories"]
    assert (first["honoured"], first["pool"]) == (
        ["p1", "p2", "p3", "p4", "p5"],
        ["p1", "p2", "p3"],
    )


# 2014 and 2025: a category without a winner, and one with two.


@pytest.fixture
def counted(tmp_path: Path) -> Edition:
    """The edition with two winners or none, its votes counted: three honoured in each category."""
    edition = Edition("two-winners-or-none", tmp_path)
    ids = [f"{category.lower()}{letter}" for category in ("C4", "C5", "C6") for letter in "abc"]
    nominees = rows_of("submission_id|category", *(f"{i}|{i[:2].upper()}" for i in ids))
    members = rows_of("member_id", *(f"m{number}" for number in range(6)))
    ballot = "aaabbc"
    cast = [
        f"m{voter} {category} {category.lower()}{letter}"
        for category in ("C4", "C5", "C6")
        for voter, letter in enumerate(ballot)
    ]
    when = "2025-02-10T12:00:00+01:00"
    assert (
        edition.run("tally", votes=votes(when, *cast), members=members, nominees=nominees).status
        == 0
    )
    return edition


SHEETS_2025 = rows_of(
    "panelist|submission_id|scale|impact",
    *(f"a|{category}{letter}|{score}|{score}" for category in ("c4", "c5", "c6") for letter, score in zip("abc", (2, 5, 3), strict=True)),
)  # fmt: skip


def selected(
    edition: Edition, *decisions: str
) -> tuple[Result, dict[str, tuple[list[str], list[str]]]]:
    """Category → winners and champions."""
    ended = edition.run(
        "select-winners", decisions, tally=edition.results / "tally.json", scores=SHEETS_2025
    )
    path = edition.results / "results.json"
    found = edition.result("results.json")["categories"] if path.exists() else []
    return ended, {item["category"]: (item["winners"], item["champions"]) for item in found}


def test_two_winners_in_one_category_none_in_another_and_one_by_scores(counted: Edition) -> None:
    ended, found = selected(
        counted,
        "kind: winner, category: C4, submission_ids: []",
        "kind: winner, category: C5, submission_ids: [c5b, c5c]",
    )
    assert ended.status == 0
    assert found == {
        "C4": ([], ["c4a", "c4b", "c4c"]),
        "C5": (["c5b", "c5c"], ["c5a"]),
        "C6": (["c6b"], ["c6a", "c6c"]),
    }


def test_three_winners_are_more_than_the_edition_allows(counted: Edition) -> None:
    ended, found = selected(counted, "kind: winner, category: C5, submission_ids: [c5a, c5b, c5c]")
    assert (ended.status, found) == (3, {})


# 2026: several projects of one entity in one category.


def test_without_the_rule_an_entity_may_enter_two_projects_in_a_category(tmp_path: Path) -> None:
    edition = Edition("several-per-entity", tmp_path)
    entries = rows_of(
        "submission_id|submitted_at|title|category|entity",
        "p1|2025-12-01T10:00:00+01:00|Rural Libraries|C1|Ministry of ICT",
        "p2|2025-12-02T10:00:00+01:00|Fibre for Schools|C1|Ministry of ICT",
        "p3|2026-01-31T23:00:00+01:00|Open Data|C2|Ministry of ICT",
    )
    assert edition.run("validate", submissions=entries).status == 0
    assert edition.result("validation.json")["eligible"] == ["p1", "p2", "p3"]
    sheets = rows_of("panelist|submission_id|merit", "a|p1|5", "a|p2|4", "a|p3|3")
    assert edition.run("nominate", submissions=entries, scores=sheets).status == 0
    first, _ = edition.result("nominees.json")["categories"]
    assert [item["submission_id"] for item in first["nominees"]] == ["p1", "p2"]


# Another contest: other boxes, categories, participants, time zone, scale and titles.

PROGRAMMES = (
    "submission_id|submitted_at|title|category|entity|entity_type|pitch|recording|frequency"
)


def programmes(*rows: str) -> list[Row]:
    return rows_of(PROGRAMMES, *rows)


GOOD = "r1|2024-06-01 10:00|Morning Voices|Nkhani|Radio Ntcheu|station|News of the village read by those who made it|archive/1|"


def test_another_form_is_validated_by_its_own_boxes_and_words(tmp_path: Path) -> None:
    edition = Edition("village-radio", tmp_path)
    entries = programmes(
        GOOD,
        "r2|2024-07-01 00:00|Drums|music|Radio Dowa|station|All drums of the district in one long night|archive/2|99.5",
        "r3|2024-06-30 23:59:59|Choir|Nyimbo|Radio Zomba|choir|Singing|archive/1|",
        "r4|2024-06-02 10:00|Sport|sports|Radio Salima|station|Who won and who lost in the district league|archive/4|",
    )
    assert edition.run("validate", submissions=entries).status == 1
    result = edition.result("validation.json")
    found = {(item["submission_id"], item["rule"]) for item in result["findings"]}
    assert found == {
        ("r2", "deadline"),
        ("r3", "entity-type"),
        ("r3", "word-count"),
        ("r3", "same-project"),
        ("r4", "category"),
    }
    assert result["eligible"] == ["r1"]


def test_another_scale_and_another_policy_for_second_votes(tmp_path: Path) -> None:
    edition = Edition("village-radio", tmp_path)
    entries = programmes(
        GOOD,
        "r2|2024-06-02 10:00|Night News|news|Radio Dowa|station|What happened while the whole village was asleep|archive/2|",
        "r3|2024-06-03 10:00|Noon News|news|Radio Zomba|station|What happened while the whole village was eating|archive/3|",
    )  # fmt: skip
    sheets = rows_of("panelist|submission_id|sound|story", "a|r1|0|1", "a|r2|10|9", "a|r3|5|5")
    assert edition.run("nominate", submissions=entries, scores=sheets).status == 0
    news, music = edition.result("nominees.json")["categories"]
    ranked = [(item["submission_id"], item["score"]) for item in news["nominees"]]
    assert ranked == [("r2", "9.500"), ("r3", "5.000")]
    assert music == {"category": "music", "nominees": [], "unresolved": []}

    cast = votes(
        "2024-07-15T06:00:00+02:00", "m1 news r2", "m2 Nkhani r3", "m2 news r2", "m3 news r3"
    )
    cast.append({**cast[0], "vote_id": "v5", "member_id": "m4", "cast_at": "2024-07-15 05:59:59"})
    members = rows_of("member_id|country", "m1|MWI", "m2|MWI", "m3|", "m4|MWI")
    shortlist = edition.results / "nominees.csv"
    assert edition.run("tally", votes=cast, members=members, nominees=shortlist).status == 0
    assert edition.rejected() == {
        "v2": ("second_vote", ""),
        "v4": ("incomplete_profile", ""),
        "v5": ("outside_window", ""),
    }
    assert edition.result("tally.json")["categories"][0]["pool"] == ["r2"]
