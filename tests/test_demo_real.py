"""The demo's big edition looks like a real year, and holds everything that the stages must cope with."""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from tests.support import REPOSITORY, wsisctl
from wsisctl.commands.shell import open_contest
from wsisctl.contest.model import Contest
from wsisctl.demo.export import Nominees
from wsisctl.demo.mixer import mixed
from wsisctl.demo.real.edition import RealEdition
from wsisctl.demo.real.roll import Part, Roll
from wsisctl.demo.real.size import REAL
from wsisctl.names import name_key
from wsisctl.readers.files import InputFile
from wsisctl.records.cells import Care, Role, cleaned
from wsisctl.records.people import Nominee, read_nominees
from wsisctl.times import read_time

FEW = replace(REAL, members=2_000, votes=20_000)
"""Members and votes that a test has time for; everything else as big as it is."""
SIGNED = {"by": "the panel", "on": "2021-02-26", "reason": "decided"}


@dataclass(frozen=True)
class Played:
    """The edition and what the stages made of it, up to the votes."""

    edition: RealEdition
    folder: Path
    validation: Any
    ties: Sequence[str]
    """Categories in which scores tie at the quota."""
    nominees: Nominees
    tally: Any

    def records(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def contest() -> Contest:
    return open_contest("2021")


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, contest: Contest) -> Played:
    folder = tmp_path_factory.mktemp("real")
    edition = RealEdition(contest, FEW)
    edition.submissions().write(folder / "submissions.csv")
    edition.past_winners().write(folder / "past-winners.csv")
    edition.panel().write(folder / "panel.csv")
    edition.scores(by_category(edition), contest.panel.nomination).write(folder / "scores.csv")
    entered = ("submissions.csv", "--past-winners", "past-winners.csv")
    validation = document(folder, "validate", *entered, "--format", "json")
    ties = nominated(folder)
    nominees = read(folder, contest)
    edition.members(nominees).write(folder / "members.csv")
    first, second = edition.write_votes(nominees, folder)
    tally = document(
        folder, "tally", "--votes", first, "--votes", second, "--members", "members.csv",
        "--nominees", "nominees.csv", "--format", "json",
    )  # fmt: skip
    return Played(edition, folder, validation, ties, nominees, tally)


def by_category(edition: RealEdition) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    for entry in edition.entries:
        ids.setdefault(entry.category.id, []).append(entry.cells["submission_id"])
    return ids


def document(folder: Path, command: str, *arguments: str | Path) -> Any:
    result = wsisctl(command, "--contest", "2021", *arguments, cwd=folder)
    assert result.status == 1, result.err
    return json.loads(result.out)


def nominated(folder: Path) -> list[str]:
    """Write the nominees to the folder, the ties broken; the categories that had one."""
    arguments = (
        "--submissions", "submissions.csv", "--past-winners", "past-winners.csv",
        "--scores", "scores.csv", "--panel", "panel.csv",
    )  # fmt: skip
    open_cuts = document(folder, "nominate", *arguments, "--format", "json")["categories"]
    decisions = [
        {
            "kind": "tie-break",
            "stage": "nominate",
            "cut": item["cut"],
            "category": category["category"],
            "order": item["submission_ids"],
            **SIGNED,
        }
        for category in open_cuts
        for item in category["unresolved"]
    ]
    (folder / "decisions.yaml").write_text(yaml.safe_dump(decisions), encoding="utf-8")
    decided = ("--decisions", "decisions.yaml", "--out", ".")
    result = wsisctl("nominate", "--contest", "2021", *arguments, *decided, cwd=folder)
    assert result.status == 0, result.err
    return [str(decision["category"]) for decision in decisions]


def read(folder: Path, contest: Contest) -> Nominees:
    shortlist = InputFile(folder / "nominees.csv", "nominees.csv")
    nominees, _ = read_nominees([shortlist], contest)
    return {
        category.id: [nominee for nominee in nominees if nominee.category == category.id]
        for category in contest.categories
    }


# --- Submissions ---------------------------------------------------------------------------------


def test_as_many_as_in_2021_from_as_many_countries(played: Played) -> None:
    rows = played.records("submissions.csv")
    different = {tuple(row.values()) for row in rows}
    assert len(different) == 1300
    assert 1300 < len(rows) < 1320, "an export repeats a few rows"
    assert 120 <= len({row["country"] for row in rows} - {""}) <= 140
    assert all(len(row["country"].strip()) in {0, 3} for row in rows)


def test_categories_are_crowded_unevenly(played: Played) -> None:
    sizes = Counter(entry.category.id for entry in played.edition.entries)
    assert len(sizes) == 18
    assert min(sizes.values()) < 30
    assert max(sizes.values()) > 120


def test_half_come_in_the_last_three_days(played: Played, contest: Contest) -> None:
    closes = contest.phases["submission"].closes
    assert closes is not None
    instants = [
        read_time(entry.cells["submitted_at"], contest.zone).instant
        for entry in played.edition.entries
        if entry.fault not in {"late", "early", "empty"}
    ]
    last = [item for item in instants if item and item.second > closes.second - 3 * 86_400]
    assert 0.5 < len(last) / len(instants) < 0.65


@pytest.mark.parametrize(
    ("column", "typical", "longest"), [("title", range(25, 30), 122), ("entity", range(28, 33), 84)]
)
def test_names_are_as_long_as_real_ones(
    column: str, typical: range, longest: int, played: Played
) -> None:
    lengths = [len(entry.cells[column]) for entry in played.edition.entries if not entry.fault]
    assert round(median(lengths)) in typical
    assert min(lengths) <= 4
    assert longest - 12 <= max(lengths) <= longest


@pytest.mark.parametrize("signs", [*"&@“’:(=-+<#", r"\[", "[؀-ۿ]", "[А-я]", "[一-鿿]", "[à-ÿ]"])
def test_names_have_the_signs_of_real_ones(signs: str, played: Played) -> None:
    names = [entry.cells[box] for entry in played.edition.entries for box in ("title", "entity")]
    pattern = re.compile(re.escape(signs) if len(signs) == 1 else signs)
    assert any(pattern.search(name) for name in names)


def test_names_have_the_habits_of_real_ones(played: Played) -> None:
    names = [entry.cells[box] for entry in played.edition.entries for box in ("title", "entity")]
    assert any(name.endswith(" ") for name in names)
    assert any(name.isupper() and " " in name for name in names)
    spellings = Counter(
        name_key(name).replace(" ", "") for name in {name_key(name) for name in names}
    )
    assert max(spellings.values()) > 1, "closed up and not"


def test_an_entity_calls_itself_by_more_than_one_name(played: Played) -> None:
    spellings: dict[str, set[str]] = {}
    for entry in played.edition.entries:
        if not entry.fault:
            spellings.setdefault(entry.entity.name, set()).add(name_key(entry.cells["entity"]))
    assert sum(len(names) > 1 for names in spellings.values()) > 20


def test_ids_have_seventeen_digits_and_some_lead_with_zeros(played: Played) -> None:
    ids = [entry.cells["submission_id"] for entry in played.edition.entries]
    assert all(len(identity) == 17 and identity.isdigit() for identity in ids)
    assert len(set(ids)) == 1300
    assert sum(identity.startswith("00") for identity in ids) > 5


def test_every_rule_finds_something(played: Played, contest: Contest) -> None:
    found = Counter(finding["rule"] for finding in played.validation["findings"])
    assert found.keys() == contest.rules.keys()
    assert min(found.values()) >= 5


def test_about_three_of_four_are_eligible(played: Played) -> None:
    assert 0.73 <= len(played.validation["eligible"]) / 1300 <= 0.78
    assert len(played.validation["review"]) > 40


def test_the_rules_find_those_with_a_fault_and_hardly_any_other(played: Played) -> None:
    """A fault that is none, or a name that two honest projects share by chance, shows here."""
    entries = played.edition.entries
    faulty = {entry.cells["submission_id"] for entry in entries if entry.fault}
    copies = {entry.cells["submission_id"] for entry in entries if entry.like is not None}
    found = {
        finding["submission_id"]
        for finding in played.validation["findings"]
        if finding["rule"] != "organization-spelling"  # honest entities have several spellings
    }
    assert faulty - found == set()
    assert len(copies) > 30
    assert len(copies - found) <= 1, "one is told again in mostly new sentences, as a second phase"
    assert len(found - faulty - copies) <= 3


def test_a_category_that_is_none_or_several(played: Played) -> None:
    of_category = [
        finding["message"]
        for finding in played.validation["findings"]
        if finding["rule"] == "category"
    ]
    assert any(" is no category of this contest" in message for message in of_category)
    assert any("names 2 categories" in message for message in of_category)


def test_categories_are_written_in_many_accepted_ways(played: Played, contest: Contest) -> None:
    care = Care({}, contest.zone, contest.category_of)
    written = {
        cleaned(entry.cells["category"], Role.CATEGORY, care).text
        for entry in played.edition.entries
        if not entry.fault
    }
    assert {contest.category_of(text) for text in written} == {
        category.id for category in contest.categories
    }
    assert len(written) > 4 * 18


def test_a_category_with_a_cyrillic_letter_is_that_category(played: Played) -> None:
    odd = {
        entry.cells["submission_id"]
        for entry in played.edition.entries
        if "С" in entry.cells["category"]
    }
    assert odd
    wrong = {
        finding["submission_id"]
        for finding in played.validation["findings"]
        if finding["rule"] == "category"
    }
    assert odd & wrong == set()


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = text.casefold().split()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)


def test_honest_texts_differ_and_copied_ones_do_not(played: Played) -> None:
    """Otherwise no detector of near-duplicates could be measured on them."""
    entries = [entry for entry in played.edition.entries if entry.fault not in {"short", "empty"}]
    texts = {entry.number: shingles(entry.cells["short_description"]) for entry in entries}
    copied = {entry.number: entry.like for entry in entries if entry.like in texts}
    assert len(copied) > 25
    likeness = [alike(texts[number], texts[model]) for number, model in copied.items() if model]
    assert 0.15 < min(likeness) < 0.5 < median(likeness)
    honest = [
        entry
        for entry in entries
        if entry.like is None and entry.fault not in {"language"} and entry.number not in copied
    ]
    for category in {entry.category.id for entry in honest}:
        numbers = [entry.number for entry in honest if entry.category.id == category]
        assert all(alike(texts[a], texts[b]) < 0.45 for a, b in combinations(numbers, 2))


# --- The panel -----------------------------------------------------------------------------------


def test_twenty_nominees_in_every_category_and_ties_at_the_quota(played: Played) -> None:
    assert {len(nominees) for nominees in played.nominees.values()} == {20}
    assert 3 <= len(played.ties) <= 10


def test_experts_of_entities_that_take_part_recuse_themselves(played: Played) -> None:
    sheets = played.records("scores.csv")
    recused = [sheet for sheet in sheets if sheet["recused"]]
    assert len(sheets) == 3 * 1300
    assert sum(sheet["comment"] == "my own institution" for sheet in recused) >= 3
    result = wsisctl(
        "nominate", "--contest", "2021", "--submissions", "submissions.csv", "--scores",
        "scores.csv", "--panel", "panel.csv", cwd=played.folder,
    )  # fmt: skip
    assert "without recusal" not in result.err


def test_two_are_the_best_where_experts_cannot_decide(played: Played, contest: Contest) -> None:
    pools = {category: [item.id for item in five[:5]] for category, five in played.nominees.items()}
    sheets = played.edition.scores(pools, contest.panel.selection).records
    marks: Counter[str] = Counter()
    for sheet in sheets:
        for criterion in contest.panel.selection:
            marks[sheet["submission_id"]] += int(sheet[criterion.id] or 0)
    tied = [
        category
        for category, pool in pools.items()
        if marks[pool[0]] == marks[pool[1]] == max(marks[identity] for identity in pool)
    ]
    assert len(tied) >= 2


def test_past_winners_of_nine_years(played: Played, contest: Contest) -> None:
    winners = played.records("past-winners.csv")
    assert len(winners) == 18 * 9
    assert {winner["category"] for winner in winners} == {item.id for item in contest.categories}


# --- Members and votes ---------------------------------------------------------------------------


def test_every_reason_of_the_edition_occurs_in_plausible_proportions(
    played: Played, contest: Contest
) -> None:
    votes = played.tally["votes"]
    assert votes["rejected_by_reason"].keys() == contest.voting.reasons.keys()
    assert min(votes["rejected_by_reason"].values()) >= 20
    assert 0.10 < votes["rejected"] / votes["read"] < 0.15
    assert 0.97 < votes["read"] / FEW.votes < 1.05


def test_ties_at_the_last_place_of_the_honoured(played: Played) -> None:
    """Exact ones: a vote too many that counts, or one that does not, and they are gone."""
    tied = {item["category"]: item["ties"] for item in played.tally["categories"] if item["ties"]}
    arranged = {"C3": 2, "C7-e-learning": 3, "C7-e-science": 2}
    for category, contenders in arranged.items():
        (tie,) = tied[category]
        assert (tie["cut"], tie["place"]) == ("honoured", 5)
        assert len(tie["submission_ids"]) == contenders


def test_a_few_favourites_and_a_long_tail(played: Played) -> None:
    for category in played.tally["categories"]:
        numbers = [line["votes"] for line in category["standings"]]
        assert numbers[0] > 5 * numbers[-8]


def test_one_script_votes_for_one_project(played: Played) -> None:
    roll = Roll(played.edition.contest, FEW, played.nominees)
    accounts = {roll.member_id(place) for place in roll.scripted}
    cast = [
        vote
        for name in ("votes-1.csv", "votes-2.csv")
        for vote in played.records(name)
        if vote["member_id"] in accounts
    ]
    assert len({vote["member_id"] for vote in cast}) == len(accounts) > 40
    (beneficiary, votes), *others = Counter(vote["submission_id"] for vote in cast).most_common()
    assert votes > 40 > 5 * sum(number for _, number in others)
    hours = {vote["cast_at"][:13] for vote in cast if vote["submission_id"] == beneficiary}
    assert len(hours) <= 2
    (category,) = [item for item in played.tally["categories"] if beneficiary in item["honoured"]]
    counted = {line["submission_id"]: line["votes"] for line in category["standings"]}
    sixth = sorted(counted.values(), reverse=True)[5]
    assert counted[beneficiary] - votes < sixth, "without the script it would not be honoured"


def test_times_are_written_in_many_ways_and_in_the_hour_that_spring_skips(played: Played) -> None:
    times = [vote["cast_at"] or "" for vote in played.records("votes-2.csv")]
    for ending in ("+01:00", "+02:00", "Z", "+05:30", "-0500"):
        assert any(time.endswith(ending) for time in times), ending
    assert any(" " in time for time in times)
    assert any("." in time for time in times)
    assert any(len(time) == 19 for time in times)
    assert "2021-03-28T02:17:05" in times


def test_the_second_export_begins_before_the_end_of_the_first(played: Played) -> None:
    first, second = (played.records(name) for name in ("votes-1.csv", "votes-2.csv"))
    assert first[-FEW.repeated_votes :] == second[: FEW.repeated_votes]
    assert len(first) > FEW.repeated_votes


def test_members_belong_to_owners_of_nominees_under_other_spellings(played: Played) -> None:
    entities = {item.entity for group in played.nominees.values() for item in group}
    keys = {name_key(entity) for entity in entities} - {""}
    members = played.records("members.csv")
    related = [item["organization"] for item in members if name_key(item["organization"]) in keys]
    assert 40 < len(related) < 200
    assert set(related) - entities
    assert any(ord(character) > 0xFF00 for name in related for character in name)


def test_member_ids_and_gaps_in_profiles(played: Played, contest: Contest) -> None:
    members = played.records("members.csv")
    assert len({member["member_id"] for member in members}) == FEW.members
    assert {len(member["member_id"]) for member in members} == {8, 17}
    for column in contest.voting.profile:
        assert any(not member[column].strip() for member in members), column
    assert all("@" in member["email"] or not member["email"].strip() for member in members)
    addresses = [member["email"] for member in members]
    addresses += [entry.cells["coordinator_email"] for entry in played.edition.entries]
    hosts = {address.partition("@")[2] for address in addresses} - {""}
    assert all(host.endswith(("example.org", "example.com")) for host in hosts)


def test_every_part_of_the_electorate_is_there(played: Played) -> None:
    roll = Roll(played.edition.contest, FEW, played.nominees)
    assert {roll.part(place) for place in range(FEW.members)} == set(Part)


# --- The same everywhere -------------------------------------------------------------------------


def test_the_mixer_is_splitmix64() -> None:
    """Its first numbers from zero, as other implementations print them."""
    assert [mixed(step) for step in (1, 2, 3, 4)] == [
        0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC,
    ]  # fmt: skip


def test_votes_are_made_anew_each_time_and_never_held(played: Played) -> None:
    votes = played.edition.votes(played.nominees)
    once, again = (list(islice(votes.rows, 500)) for _ in range(2))
    assert once == again
    assert not isinstance(votes.rows, Sequence | Iterator)


_DIGEST = """
import hashlib, sys
from dataclasses import replace
from wsisctl.commands.shell import open_contest
from wsisctl.demo.real.edition import RealEdition
from wsisctl.demo.real.size import REAL
from wsisctl.records.people import Nominee

contest = open_contest("2021")
edition = RealEdition(contest, replace(REAL, submissions=500, members=300, votes=2_000))
ids = {}
for entry in edition.entries:
    ids.setdefault(entry.category.id, []).append(entry)
nominees = {
    category: [Nominee(e.cells["submission_id"], category, "", e.cells["entity"], "") for e in group]
    for category, group in ids.items()
}
plain = {category: [nominee.id for nominee in group] for category, group in nominees.items()}
sum = hashlib.sha256()
for export in (
    edition.submissions(), edition.past_winners(), edition.panel(), edition.members(nominees),
    edition.scores(plain, contest.panel.nomination), edition.votes(nominees),
):
    for row in export.rows:
        sum.update(repr(tuple(row)).encode())
print(sum.hexdigest())
"""


def test_the_same_bytes_whatever_the_seed_of_hashes() -> None:
    digests = [
        subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert digests[0] == digests[1]
    assert len(digests[0]) == hashlib.sha256().digest_size * 2


def test_another_edition_has_data_too() -> None:
    """2018 asks for other boxes, other phases and no quota; nothing is taken from 2021."""
    contest = open_contest("2018")
    edition = RealEdition(contest, replace(FEW, submissions=400))
    rows: list[Mapping[str, str]] = [entry.cells for entry in edition.entries]
    assert {box.id for box in contest.form} <= rows[0].keys()
    assert len(rows) == 400
    years = Counter(row["submitted_at"][:4] for row in rows)
    assert years.keys() >= {"2017", "2018"}
    ids = by_category(edition)
    assert len(edition.scores(ids, contest.panel.nomination).records) == 3 * 400
    nominees = {
        category: [Nominee(identity, category, "", "", "") for identity in group]
        for category, group in ids.items()
    }
    assert sum(1 for _ in edition.votes(nominees).rows) > FEW.votes * 0.9
