"""The shipped editions say what the letters say, and a wrong definition is refused at its mistake."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.support import REPOSITORY, SHARED, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import (
    ALWAYS_IN_FORCE,
    STAGES,
    Category,
    Contest,
    PanelClauses,
    TitleClauses,
)
from wsisctl.rules import ALL_RULES, ALWAYS
from wsisctl.rules.fit import fit_problems, rules_schema
from wsisctl.shipped import editions, example_edition, schema_text
from wsisctl.times import Instant, written

EDITIONS = ("2018", "2021")
TEXT_OF_2021 = (REPOSITORY / "contests" / "2021.yaml").read_text(encoding="utf-8")


@cache
def edition(name: str) -> Contest:
    return load_contest(name, fit_problems)


@pytest.fixture(params=EDITIONS)
def contest(request: pytest.FixtureRequest) -> Contest:
    return edition(request.param)


def shared(path: str) -> Path:
    file = SHARED / path
    if not file.is_file():
        pytest.skip(f"the letters' own clauses are not beside this checkout: no {path}")
    return file


def instant(text: str) -> Instant:
    return Instant(int(datetime.fromisoformat(text).timestamp()))


def test_two_editions_are_shipped() -> None:
    assert set(EDITIONS) <= set(editions())


def test_the_example_is_an_edition_that_the_demo_can_play() -> None:
    """It invents more submissions than the quota, and sheets of both stages."""
    panel = edition(example_edition()).panel
    assert panel.quota
    assert panel.nomination
    assert panel.selection


def test_every_clause_of_the_letter_is_in_the_edition_and_no_other(contest: Contest) -> None:
    letters = yaml.safe_load(shared("clauses.yaml").read_text(encoding="utf-8"))
    keys = ("id", "decided_by", "where", "says")
    ours = [{key: getattr(clause, key) for key in keys} for clause in contest.clauses]
    assert ours == letters[int(contest.id)]["clauses"]


def test_categories_and_goals_have_the_letters_own_chinese_names(contest: Contest) -> None:
    lines = shared("letters/2018.zh.txt").read_text(encoding="utf-8").split("\n")
    letter = "".join(line.strip() for line in lines)
    numbered = [
        f"{number}) WSIS {category.action_line}行动方面：{category.name.zh}"
        for number, category in enumerate(contest.categories, start=1)
    ]
    goals = [f"目标{number} {name.zh}" for number, name in contest.sdgs.items()]
    assert [text for text in (*numbered, *goals) if text not in letter] == []


# What `rules` shows.


@cache
def rules_of(name: str) -> list[dict[str, Any]]:
    result = wsisctl("rules", "--contest", name, "--format", "json")
    assert (result.status, result.err) == (0, "")
    shown: list[dict[str, Any]] = json.loads(result.out)
    return shown


@pytest.mark.parametrize("name", EDITIONS)
def test_rules_shows_every_clause_in_the_shape_of_the_contract(name: str) -> None:
    shown = rules_of(name)
    Draft202012Validator(json.loads(schema_text("rules"))).validate(shown)
    assert [list(item) for item in shown] == [
        ["clause", "decided_by", "enforced_by", "settings", "says"]
    ] * len(shown)
    assert [(item["clause"], item["decided_by"], item["says"]) for item in shown] == [
        (clause.id, clause.decided_by, clause.says) for clause in edition(name).clauses
    ]


@pytest.mark.parametrize("name", EDITIONS)
def test_only_a_clause_of_context_is_enforced_by_nothing(name: str) -> None:
    for item in rules_of(name):
        assert bool(item["enforced_by"]) == (item["decided_by"] != "context"), item["clause"]


@pytest.mark.parametrize("name", EDITIONS)
def test_what_enforces_a_clause_exists(name: str) -> None:
    contest = edition(name)
    known = {*(rule.code for rule in ALL_RULES), *contest.voting.reasons}
    known |= {*STAGES, *contest.documents}
    assert {one for item in rules_of(name) for one in item["enforced_by"]} <= known


VOTING_2021 = {"opens": "2021-03-01T00:00:00+01:00", "closes": "2021-03-31T23:00:00+02:00"}
SUBMISSION_2021 = {"opens": "2020-11-05T00:00:00+01:00", "closes": "2021-01-25T23:00:00+01:00"}
PROFILE = ["organization", "organization_type", "country", "username", "email"]


@pytest.mark.parametrize(
    ("clause", "settings"),
    [
        ("2021-S7", {"short_description": {"min": 150, "max": 200}}),
        ("2021-S9", {"phase": "submission", **SUBMISSION_2021}),
        (
            "2021-S0a",
            {
                "types": [
                    "government",
                    "private_sector",
                    "international_organization",
                    "civil_society",
                    "academia",
                ]
            },
        ),
        ("2021-P3", {"outside_window": VOTING_2021, "tally": {"honoured": 5, "pool": 5}}),
        ("2021-V2", {"profile": PROFILE}),
        ("2021-V3", {}),
        ("2021-V5", {"policy": "first"}),
        ("2021-N2", {"quota": 20, "criteria": ["relevance"]}),
        (
            "2021-W1",
            {
                "pool": 5,
                "winners": {"least": 0, "most": 2},
                "criteria": ["scale", "impact", "development"],
            },
        ),
        (
            "2018-S1",
            {"executive_summary": {"max": 100}, "project_information": {"min": 1500, "max": 2000}},
        ),
        ("2018-V3", {"honoured": 5, "pool": 3}),
        ("2018-N1", {"quota": None, "criteria": ["rules", "criteria"]}),
        ("2018-G1", {}),
    ],
)
def test_rules_shows_the_settings_that_enforce_a_clause(
    clause: str, settings: dict[str, Any]
) -> None:
    by_clause = {item["clause"]: item["settings"] for item in rules_of(clause[:4])}
    assert by_clause[clause] == settings


def test_a_copy_of_a_shipped_definition_means_the_same(tmp_path: Path) -> None:
    copy = write(tmp_path, TEXT_OF_2021)
    assert wsisctl("rules", "--contest", copy, "--format", "json") == wsisctl(
        "rules", "--contest", "2021", "--format", "json"
    )


# The schema of a definition.


def test_the_schema_of_definitions_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text("contest")))


def test_the_rules_part_of_the_schema_is_composed_from_the_rules_own_settings() -> None:
    schema = json.loads(schema_text("contest"))
    assert schema["properties"]["rules"]["properties"] == rules_schema()


def test_a_folders_schema_and_that_of_definitions_say_the_same_of_amendments() -> None:
    folder, whole = (json.loads(schema_text(name)) for name in ("contest-folder", "contest"))
    assert folder["$defs"] == whole["$defs"]
    assert folder["properties"]["amendments"] == whole["properties"]["amendments"]


# What the letters say, number by number.

CATEGORIES = (
    "C1", "C2", "C3", "C4", "C5", "C6", "C7-e-government", "C7-e-business", "C7-e-learning",
    "C7-e-health", "C7-e-employment", "C7-e-environment", "C7-e-agriculture", "C7-e-science",
    "C8", "C9", "C10", "C11",
)  # fmt: skip


def test_eighteen_categories_stand_in_the_letters_order(contest: Contest) -> None:
    assert tuple(category.id for category in contest.categories) == CATEGORIES


def test_every_category_belongs_to_one_of_eleven_action_lines(contest: Contest) -> None:
    lines = [f"C{number}" for number in range(1, 12)]
    assert list(contest.action_lines) == lines
    assert [category.action_line for category in contest.categories] == [
        category.id.split("-")[0] for category in contest.categories
    ]


def test_there_are_seventeen_goals_with_a_name_in_both_languages(contest: Contest) -> None:
    assert list(contest.sdgs) == list(range(1, 18))
    assert all(name.en and name.zh for name in contest.sdgs.values())


def test_five_types_of_stakeholders_may_take_part(contest: Contest) -> None:
    assert list(contest.stakeholder_types) == [
        "government", "private_sector", "international_organization", "civil_society", "academia",
    ]  # fmt: skip


COMMON_BOXES = [
    "title", "category", "entity", "entity_type", "country", "submitter_organization",
    "coordinator_name", "coordinator_email",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "boxes"),
    [
        (
            "2021",
            [
                "status",
                "sdgs",
                "short_description",
                "sdg_linkages",
                "impact",
                "partnerships",
                "challenges",
            ],
        ),
        ("2018", ["executive_summary", "project_information", "photo"]),
    ],
)
def test_every_box_of_the_form_is_required_but_who_sent_it(name: str, boxes: list[str]) -> None:
    assert {box.id: box.required for box in edition(name).form} == {
        box: box != "submitter_organization" for box in (*COMMON_BOXES, *boxes)
    }


@pytest.mark.parametrize(
    ("name", "phase", "opens", "closes"),
    [
        ("2018", "submission", "2017-09-11T00:00:00+02:00", "2018-01-02T23:00:00+01:00"),
        ("2018", "nomination", "2018-01-03T00:00:00+01:00", "2018-01-12T23:59:59+01:00"),
        ("2018", "voting", "2018-01-12T00:00:00+01:00", "2018-02-04T23:00:00+01:00"),
        ("2018", "selection", "2018-02-05T00:00:00+01:00", "2018-02-09T23:59:59+01:00"),
        ("2018", "announcement", "2018-03-19T00:00:00+01:00", "2018-03-23T23:59:59+01:00"),
        ("2021", "submission", "2020-11-05T00:00:00+01:00", "2021-01-25T23:00:00+01:00"),
        ("2021", "nomination", "2021-02-01T00:00:00+01:00", "2021-02-26T23:59:59+01:00"),
        # summer time began on 28 March, while voting was open
        ("2021", "voting", "2021-03-01T00:00:00+01:00", "2021-03-31T21:00:00Z"),
        ("2021", "selection", "2021-04-01T00:00:00+02:00", "2021-04-12T23:59:59+02:00"),
    ],
)
def test_a_phase_opens_and_closes_in_geneva_time(
    name: str, phase: str, opens: str, closes: str
) -> None:
    found = edition(name).phases[phase]
    assert (found.opens, found.closes) == (instant(opens), instant(closes))


def test_no_further_phase_and_no_date_of_a_ceremony_that_the_letter_does_not_name() -> None:
    phases = ["submission", "nomination", "voting", "selection", "announcement"]
    assert [list(edition(name).phases) for name in EDITIONS] == [phases, phases]
    announcement = edition("2021").phases["announcement"]
    assert (announcement.opens, announcement.closes) == (None, None)


@pytest.mark.parametrize(
    ("name", "quota", "honoured", "pool"), [("2021", 20, 5, 5), ("2018", None, 5, 3)]
)
def test_quota_honoured_and_pool(name: str, quota: int | None, honoured: int, pool: int) -> None:
    panel = edition(name).panel
    assert (panel.quota, panel.honoured, panel.pool) == (quota, honoured, pool)


@pytest.mark.parametrize(
    ("name", "numbers", "titles"),
    [
        (
            "2021",
            PanelClauses(
                quota=("2021-P2", "2021-N0a"),
                honoured=("2021-P3", "2021-V0a", "2021-V1"),
                pool=("2021-W1",),
                winners=("2021-W1",),
            ),
            TitleClauses(
                winner=("2021-W5",), champion=("2021-W5",), before_announcement=("2021-W6",)
            ),
        ),
        (
            "2018",
            PanelClauses(
                quota=("2018-N2",),
                honoured=("2018-V3", "2018-P5"),
                pool=("2018-P3", "2018-W1"),
                winners=("2018-W1",),
            ),
            TitleClauses(winner=("2018-P5",), champion=("2018-P5",), before_announcement=()),
        ),
    ],
)
def test_the_panels_numbers_and_the_titles_name_their_clauses(
    name: str, numbers: PanelClauses, titles: TitleClauses
) -> None:
    contest = edition(name)
    assert contest.titles is not None
    assert (contest.panel.clauses, contest.titles.clauses) == (numbers, titles)


def test_an_edition_may_cite_no_clause_for_its_numbers(tmp_path: Path) -> None:
    blocks = re.findall(r"  clauses:\n(?:    \w+: \[.+\]\n)+|  clauses: \{.+\}\n", TEXT_OF_2021)
    contest = load_contest(str(write(tmp_path, edited(dict.fromkeys(blocks, "")))), fit_problems)
    assert len(blocks) == 2
    assert contest.panel.clauses == PanelClauses((), (), (), ())
    assert contest.titles is not None
    assert contest.titles.clauses == TitleClauses((), (), ())


def test_a_category_may_end_without_a_winner_or_with_two(contest: Contest) -> None:
    assert (contest.panel.fewest_winners, contest.panel.most_winners) == (0, 2)


@pytest.mark.parametrize(
    ("name", "nomination"),
    [
        (
            "2021",
            {
                "completeness": "2021-N1",
                "relevance": "2021-N2",
                "results": "2021-N3",
                "empowerment": "2021-N3",
                "sdgs": "2021-N3",
                "replicability": "2021-N3",
                "sustainability": "2021-N3",
                "partnerships": "2021-N3",
                "values": "2021-N3",
            },
        ),
        ("2018", {"rules": "2018-N1", "criteria": "2018-N1"}),
    ],
)
def test_the_panels_criteria_and_scale(name: str, nomination: dict[str, str]) -> None:
    panel = edition(name).panel
    assert {item.id: item.clause for item in panel.nomination} == nomination
    assert {item.id: item.clause for item in panel.selection} == dict.fromkeys(
        ("scale", "impact", "development"), f"{name}-W1"
    )
    assert (panel.lowest_score, panel.highest_score) == (1, 5)


def test_voters_of_2021_need_a_complete_profile_and_may_not_vote_for_their_own() -> None:
    voting = edition("2021").voting
    assert voting.profile == tuple(PROFILE)
    assert voting.reasons == {
        "malformed": None,
        "repeated_row": None,
        "outside_window": "2021-P3",
        "unregistered": "2021-V2",
        "incomplete_profile": "2021-V2",
        "not_nominated": "2021-N0a",
        "wrong_category": "2021-S2",
        "own_project": "2021-V3",
        "second_vote": "2021-V5",
    }


def test_voters_of_2018_need_no_profile_and_may_vote_for_their_own() -> None:
    voting = edition("2018").voting
    assert voting.profile == ()
    assert voting.reasons == {
        "malformed": None,
        "repeated_row": None,
        "outside_window": "2018-P3",
        "unregistered": "2018-V1",
        "not_nominated": "2018-N2",
        "wrong_category": "2018-C1",
        "second_vote": "2018-V1",
    }


def test_of_two_votes_the_first_valid_one_counts(contest: Contest) -> None:
    assert contest.voting.second_vote == "first"


def test_reasons_stand_in_the_order_of_the_contract(contest: Contest) -> None:
    order = (
        "malformed", "repeated_row", "outside_window", "unregistered", "incomplete_profile",
        "not_nominated", "wrong_category", "own_project", "incomplete_ballot", "second_vote",
    )  # fmt: skip
    assert list(contest.voting.reasons) == [one for one in order if one in contest.voting.reasons]


RULES_2021 = {
    "required-field": ("2021-S5", None),
    "category": ("2021-S2", None),
    "entity-type": ("2021-S0a", None),
    "sdgs": ("2021-S8", None),
    "word-count": ("2021-S7", None),
    "deadline": ("2021-S9", None),
    "status": ("2021-S6", None),
    "language": ("2021-S10", None),
    # 0008-judgement: the letter asks for them and refuses nobody for the lack of them
    "sdg-examples": ("2021-S8", "warning"),
    "impact-figures": ("2021-S8", "warning"),
    "same-project": ("2021-S4", None),
    "past-winner": ("2021-S11", None),
    "organization-spelling": ("2021-S3", None),
    "one-per-entity": ("2021-S3", None),
}
RULES_2018 = {
    "required-field": ("2018-S1", None),
    "category": ("2018-C1", None),
    "entity-type": ("2018-S2", None),
    # 2018-T3: no sentence of the letter rejects a text that is too long
    "word-count": ("2018-S1", "warning"),
    "photo": ("2018-S1", None),
    "deadline": ("2018-P1", None),
    "organization-spelling": ("2018-S3", None),
    "one-per-entity": ("2018-S3", None),
}


@pytest.mark.parametrize(("name", "rules"), [("2021", RULES_2021), ("2018", RULES_2018)])
def test_every_rule_cites_its_clause_and_few_are_milder_than_their_own(
    name: str, rules: dict[str, tuple[str, str | None]]
) -> None:
    used = edition(name).rules
    assert {rule: (use.clause, use.severity) for rule, use in used.items()} == rules


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("2021", {"short_description": {"min": 150, "max": 200}}),
        (
            "2018",
            {"executive_summary": {"max": 100}, "project_information": {"min": 1500, "max": 2000}},
        ),
    ],
)
def test_only_the_letters_own_limits_of_words_hold(
    name: str, limits: dict[str, dict[str, int]]
) -> None:
    assert edition(name).rules["word-count"].settings == limits


def test_work_in_2021_is_completed_or_at_the_end_of_a_phase_and_told_in_english() -> None:
    rules = edition("2021").rules
    assert rules["status"].settings["accepted"] == ["completed", "phase_completed"]
    assert rules["language"].settings["language"] == "en"


def test_nothing_tells_winners_from_champions_before_the_announcement() -> None:
    shown = {}
    for name in EDITIONS:
        embargo, titles = edition(name).embargo, edition(name).titles
        assert embargo is not None
        assert titles is not None
        shown[name] = (embargo.until, embargo.clauses, titles.before_announcement)
    assert shown == {
        "2018": ("announcement", ("2018-W2",), None),
        "2021": ("announcement", ("2021-W2", "2021-W6"), "champion"),
    }


# Every spelling of a category.


def spellings(number: int, category: Category) -> Iterator[str]:
    yield category.id
    yield category.id.upper()
    yield str(number)
    yield category.name.en
    yield category.name.en.upper()
    yield category.name.zh
    yield f"AL {category.action_line}. {category.name.en}"
    yield f"WSIS {category.action_line}行动方面：{category.name.zh}"


def test_a_category_is_known_by_id_number_name_and_the_spellings_of_site_and_letter(
    contest: Contest,
) -> None:
    for number, category in enumerate(contest.categories, start=1):
        meant = {text: contest.category_of(text) for text in spellings(number, category)}
        assert meant == dict.fromkeys(meant, category.id)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("AL C7. ICT applications: benefits in all aspects of life — E-health", "C7-e-health"),
        ("AL C7. ICT applications: benefits in all aspects of life - E-health", "C7-e-health"),
        ("WSIS C7行动方面：电子政务", "C7-e-government"),
        ("  al c4.  capacity\N{NO-BREAK SPACE}building ", "C4"),
        ("Ｃ４", "C4"),
        ("Building confidence and security in use of ICTs", "C5"),
        ("E‑health", "C7-e-health"),
        ("C7", None),
        ("AL C7", None),
        ("WSIS C7行动方面", None),
        ("ICT applications: benefits in all aspects of life", None),
        ("0", None),
        ("19", None),
        ("C12", None),
        ("С1", None),  # typed with a Cyrillic letter: a person decides, not we
        ("C1;C3", None),
        ("", None),
        (" ", None),
    ],
)
def test_a_spelling_names_one_category_or_none(
    contest: Contest, text: str, category: str | None
) -> None:
    assert contest.category_of(text) == category


# A wrong definition is refused, exit 3, at its mistake.

HERE = "¦"
"""In an edited text: the line and column that the error must name."""
SOMEWHERE_IN_THIS_LINE = "¶"
NAME = "edition.yaml"


@dataclass(frozen=True)
class Mistake:
    """An edition of 2021 with edits, one of which marks the mistake."""

    what: str
    edits: Mapping[str, str]
    says: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return self.what


def mistake(what: str, old: str, new: str, *says: str) -> Mistake:
    return Mistake(what, {old: new}, says)


def edited(edits: Mapping[str, str]) -> str:
    text = TEXT_OF_2021
    for old, new in edits.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def write(folder: Path, text: str) -> Path:
    path = folder / NAME
    path.write_text(text, encoding="utf-8")
    return path


def places(marked: str) -> list[str]:
    """For each mark, the pattern of the place that the error must name."""
    found = []
    for number, line in enumerate(marked.split("\n"), start=1):
        marks = re.finditer(f"[{HERE}{SOMEWHERE_IN_THIS_LINE}]", line)
        for before, mark in enumerate(marks):
            column = str(mark.start() - before + 1) if mark.group() == HERE else "[0-9]+"
            found.append(f"{NAME}:{number}:{column}")
    return found


def unmarked(text: str) -> str:
    return text.replace(HERE, "").replace(SOMEWHERE_IN_THIS_LINE, "")


def refused(folder: Path, text: str) -> list[str]:
    """The errors with which a definition is refused."""
    write(folder, text)
    result = wsisctl("rules", "--contest", NAME, cwd=folder)
    assert (result.status, result.out) == (3, ""), result
    return [line for line in result.err.splitlines() if line.startswith("error: ")]


FIRST_CLAUSE = """\
  - id: 2021-L1
    where: "letter"
    decided_by: machine
    enforced_by: """
C1_ON_THE_SITE = (
    '"AL C1. The role of governments and all stakeholders in the promotion of ICTs for development"'
)

STAKEHOLDER_TYPES = TEXT_OF_2021[
    TEXT_OF_2021.index("stakeholder_types:") : TEXT_OF_2021.index("\n# The questionnaire.")
]

MISTAKES = (
    *(
        mistake(
            f"a column that every submission has, {column}",
            "- {id: coordinator_name, label",
            f"- {{id: ¦{column}, label",
            f"'{column}'",
            "every submission",
        )
        for column in (
            "submission_id",
            "submitted_at",
            "source_file",
            "source_row",
            "source_repeats",
        )
    ),
    *(
        mistake(
            f"a column that every score sheet has, {column}",
            "{id: relevance, clause: 2021-N2,",
            f"{{id: ¦{column}, clause: 2021-N2,",
            f"'{column}'",
            "every score sheet",
        )
        for column in ("panelist", "submission_id", "recused", "comment")
    ),
    *(
        mistake(
            f"a document called as a {kind}",
            "\ndocuments:\n",
            f"\ndocuments:\n  - {{id: ¦{name}, name: x}}\n",
            f"'{name}' is the name of a {kind}",
        )
        for name, kind in (
            ("tally", "stage"),
            ("photo", "rule"),
            ("withdrawn", "rule"),
            ("own_project", "reason"),
        )
    ),
    mistake(
        "a rule that is always in force",
        "  past-winner: {clause",
        "  withdrawn: ¦{clause: 2021-S11}\n  past-winner: {clause",
        "withdrawn is always in force; leave it out",
    ),
    mistake(
        "neither of the titles",
        "before_announcement: champion",
        "before_announcement: ¦chumps",
        '"chumps"',
        "expected one of: champion, null, winner",
    ),
    mistake(
        "a year of two digits",
        "nomination: {opens: 2021-02-01",
        "nomination: {opens: ¦21-02-01",
        "'21-02-01'",
        "such as 2030-12-31",
    ),
    mistake(
        "a language by its name",
        "language: en,",
        "language: ¦English,",
        '"English"',
        "expected a language code in small letters, such as en or fr",
    ),
    mistake(
        "a language by a code that its pattern forbids",
        "language: en,",
        "language: ¦xx,",
        "'xx' is no language",
    ),
    Mistake(
        "a field that no setting names",
        {"- {id: entity_type,": "- {id: type,", "entity-type: {clause": "¦entity-type: {clause"},
        ("the form does not have: add it to `form`, or leave the rule out",),
    ),
    mistake("an unknown key", "edition: 10", "edition: 10\n¦colour: green", "'colour'"),
    mistake(
        "a misspelled key", "embargo: {", "¦embarko: {", "'embarko'", "did you mean 'embargo'?"
    ),
    mistake(
        "a misspelled key inside",
        "voting: {opens: 2021-03-01",
        "voting: {¦opns: 2021-03-01",
        "'opns'",
        "did you mean 'opens'?",
    ),
    mistake(
        "the same key twice",
        "edition: 10",
        'edition: 10\n¦contest: "2022"',
        "'contest'",
        f"line {TEXT_OF_2021[: TEXT_OF_2021.index('contest: ')].count(chr(10)) + 1}",
    ),
    Mistake(
        "a key is missing",
        {"  second_vote: first\n": "", "  phase: voting\n": "  ¦phase: voting\n"},
        ("missing: second_vote",),
    ),
    mistake(
        "a date that does not exist",
        "nomination: {opens: 2021-02-01",
        "nomination: {opens: ¦2021-02-30",
        "'2021-02-30'",
        "expected",
    ),
    mistake(
        "no time of day",
        "closes: 2021-03-31T23:00:00",
        "closes: ¦2021-03-31T24:00:00",
        "'2021-03-31T24:00:00'",
        "expected",
    ),
    mistake(
        "a phase that closes before it opens",
        "closes: 2021-02-26",
        "closes: ¦2021-01-26",
        "2021-01-26",
        "2021-02-01",
        "before it opens",
    ),
    mistake(
        "an hour that summer time skips",
        "closes: 2021-03-31T23:00:00",
        "closes: ¦2021-03-28T02:30:00",
        "'2021-03-28T02:30:00'",
        "summer time",
    ),
    mistake(
        "an unknown time zone",
        "time_zone: Europe/Zurich",
        "time_zone: ¦Europe/Geneva",
        "'Europe/Geneva'",
        "expected",
    ),
    mistake(
        "an id of digits without quotes",
        'contest: "2021"',
        "contest: ¦2021",
        "2021 stands here",
        "text (in quotes)",
    ),
    mistake(
        "an id with a blank", 'contest: "2021"', 'contest: ¦"WSIS 2021"', "WSIS 2021", "expected"
    ),
    mistake("text for a number", "honoured: 5 ", "honoured: ¦five ", '"five"', "a whole number"),
    mistake("a fraction", "honoured: 5 ", "honoured: ¦4.5 ", '"4.5"', "a whole number"),
    mistake("no places at all", "honoured: 5 ", "honoured: ¦0 ", "0", "at least 1"),
    mistake("text for a list", f"profile: [{', '.join(PROFILE)}]", "profile: ¦email", "a list"),
    mistake(
        "text for a mapping",
        "scale: {lowest: 1, highest: 5}",
        "scale: ¦1-5",
        '"1-5"',
        "a mapping",
    ),
    mistake(
        "neither true nor false",
        '"提交方"}, required: false',
        '"提交方"}, required: ¦no',
        '"no"',
        "true or false",
    ),
    mistake(
        "a name without English",
        '{en: "Media", zh: "媒体"}\n    aliases',
        '¦{zh: "媒体"}\n    aliases',
        "'en'",
    ),
    mistake(
        "an unknown field of the profile",
        "profile: [organization, ",
        "profile: [¦organisation, ",
        "organisation",
        "did you mean 'organization'?",
    ),
    mistake(
        "an unknown policy",
        "second_vote: first\n",
        "second_vote: ¦second\n",
        '"second"',
        "first, last, none",
    ),
    mistake(
        "an unknown reason",
        "    own_project: {",
        "    ¦own_projects: {",
        "'own_projects'",
        "did you mean 'own_project'?",
    ),
    mistake(
        "a reason that every contest needs is missing",
        "    malformed: {clause: null}\n    repeated_row",
        "    ¦repeated_row",
        "missing: malformed",
    ),
    mistake(
        "an unknown rule",
        "  past-winner: {clause",
        "  ¦past-winers: {clause",
        "'past-winers'",
        "did you mean 'past-winner'?",
    ),
    mistake(
        "a limit of a field that the form does not have",
        "      short_description: {min: 150, max: 200}",
        "      ¦short_descripton: {min: 150, max: 200}",
        "word-count needs the field 'short_descripton'",
        "did you mean 'short_description'?",
    ),
    mistake(
        "a field to compare that the form does not have",
        "{compare: [title, short_description]}",
        "{compare: [title, ¦description]}",
        "same-project needs the field 'description'",
    ),
    mistake(
        "a field to read that the form does not have",
        "settings: {field: impact}",
        "settings: {field: ¦impacts}",
        "impact-figures needs the field 'impacts'",
    ),
    mistake(
        "limits that nothing can keep",
        "short_description: {min: 150, max: 200}",
        "short_description: ¦{min: 151, max: 150}",
        "'min' is more than 'max'",
    ),
    mistake(
        "an unknown severity",
        "past-winner: {clause: 2021-S11}",
        "past-winner: {clause: 2021-S11, severity: ¦fatal}",
        '"fatal"',
        "error, review, warning",
    ),
    mistake(
        "an unknown setting",
        "{min: 150, max: 200}",
        "{min: 150, ¦maximum: 200}",
        "'maximum'",
        "max",
    ),
    mistake(
        "a setting of another rule",
        "past-winner: {clause: 2021-S11}",
        "past-winner: {clause: 2021-S11, settings: {¦phase: submission}}",
        "'phase'",
    ),
    mistake("a setting of a wrong kind", "{min: 150,", "{min: ¦many,", '"many"', "a whole number"),
    mistake(
        "a rule without its settings",
        "deadline: {clause: 2021-S9, settings: {phase: submission}}",
        "deadline: ¦{clause: 2021-S9}",
        "missing: settings",
    ),
    Mistake(
        "a rule that compares with a list that is not there",
        {
            STAKEHOLDER_TYPES: "stakeholder_types: []\n",
            "entity-type: {clause": "entity-type: ¦{clause",
        },
        ("entity-type", "'stakeholder_types'"),
    ),
    mistake("limits that exclude each other", "{min: 150,", "¶{min: 250,", "'min'", "'max'"),
    mistake(
        "a rule that compares a box that the form lacks",
        "compare: [title, short_description]",
        "compare: [title, ¶short_descripton]",
        "same-project",
        "'short_descripton'",
        "did you mean 'short_description'?",
    ),
    mistake(
        "a rule that counts the words of a box that the form lacks",
        "short_description: {min",
        "¶short_descripton: {min",
        "word-count",
        "'short_descripton'",
        "did you mean 'short_description'?",
    ),
    mistake(
        "a rule with a phase that is none",
        "settings: {phase: submission}",
        "settings: {phase: ¦submision}",
        "'submision'",
        "did you mean 'submission'?",
    ),
    mistake(
        "a vote in a phase that is none",
        "  phase: voting\n",
        "  phase: ¦votting\n",
        "'votting'",
        "did you mean 'voting'?",
    ),
    mistake(
        "an embargo until a phase that is none",
        "until: announcement",
        "until: ¦announcment",
        "'announcment'",
        "did you mean 'announcement'?",
    ),
    mistake(
        "a vote that never ends",
        "voting: {opens: 2021-03-01, closes: 2021-03-31T23:00:00,",
        "voting: ¦{opens: 2021-03-01,",
        "'closes'",
    ),
    mistake(
        "a clause cited that is none",
        "past-winner: {clause: 2021-S11}",
        "past-winner: {clause: ¦2021-S12}",
        "'2021-S12'",
        "no clause",
    ),
    mistake(
        "a phase's clause that is none",
        "clause: 2021-P4}",
        "clause: ¦2021-P9}",
        "'2021-P9'",
    ),
    mistake(
        "a criterion's clause that is none",
        "{id: relevance, clause: 2021-N2,",
        "{id: relevance, clause: ¦2021-N9,",
        "'2021-N9'",
    ),
    mistake(
        "an embargo's clause that is none",
        "clauses: [2021-W2, 2021-W6]",
        "clauses: [2021-W2, ¦2021-W99]",
        "'2021-W99'",
    ),
    mistake(
        "a title's clause that is none",
        "champion: [2021-W5]",
        "champion: [¦2021-W55]",
        "'2021-W55'",
        "no clause",
    ),
    *(
        mistake(
            f"a clause of the panel's {number} that is none",
            f"    {number}: [{clause}",
            f"    {number}: [¦{clause}9",
            f"'{clause}9'",
            "no clause",
        )
        for number, clause in (
            ("quota", "2021-P2"),
            ("honoured", "2021-P3"),
            ("pool", "2021-W1"),
            ("winners", "2021-W1"),
        )
    ),
    mistake(
        "a clause of the panel's second in its list",
        "honoured: [2021-P3, 2021-V0a,",
        "honoured: [2021-P3, ¦2021-V0z,",
        "'2021-V0z'",
    ),
    mistake(
        "clauses of a number that the panel does not have",
        "    quota: [",
        "    ¦quotas: [",
        "'quotas'",
        "did you mean 'quota'?",
    ),
    mistake(
        "a clause cited twice for one number",
        "quota: [2021-P2, 2021-N0a]",
        "quota: [2021-P2, ¦2021-P2]",
        "2021-P2",
        "twice",
    ),
    mistake(
        "clauses of a title that there is not",
        "champion: [2021-W5]",
        "¦champions: [2021-W5]",
        "'champions'",
        "did you mean 'champion'?",
    ),
    mistake(
        "one clause for a list of them", "pool: [2021-W1]", "pool: ¦2021-W1", "2021-W1", "a list"
    ),
    mistake(
        "a clause that nothing enforces",
        f"{FIRST_CLAUSE}[deadline]",
        f"{FIRST_CLAUSE}¦[]",
        "2021-L1",
        "context",
    ),
    mistake(
        "an enforcer that does not exist",
        f"{FIRST_CLAUSE}[deadline]",
        f"{FIRST_CLAUSE}[¦deadlines]",
        "'deadlines'",
        "did you mean 'deadline'?",
    ),
    mistake(
        "a rule that its clause does not name",
        "deadline: {clause: 2021-S9,",
        "deadline: {clause: ¦2021-S10,",
        "deadline",
        "2021-S10, whose enforced_by does not name deadline: add it there",
    ),
    mistake(
        "a reason that its clause does not name",
        "own_project: {clause: 2021-V3}",
        "own_project: {clause: ¦2021-V4}",
        "own_project",
        "2021-V4",
    ),
    mistake(
        "two categories with one alias",
        '"AL C2. Information and communication infrastructure"',
        f"¶{C1_ON_THE_SITE.upper()}",
        "AL C1.",
        "category C1",
    ),
    mistake(
        "two categories with one number",
        "number: 2\n    action_line",
        "number: ¶1\n    action_line",
        "'1'",
        "category C1",
    ),
    mistake(
        "an id that is another category's name",
        "- id: C11\n    number",
        "- id: ¶media\n    number",
        "'media'",
        "category C9",
    ),
    mistake("two categories with one id", "- id: C2\n", "- id: ¦C1\n", "'C1'", "second time"),
    mistake(
        "two boxes with one id",
        "- {id: coordinator_name, label",
        "- {id: ¦title, label",
        "'title'",
        "second time",
    ),
    mistake(
        "an action line that is none",
        "number: 2\n    action_line: C2",
        "number: 2\n    action_line: ¦C12",
        "'C12'",
    ),
    mistake("a pool larger than those honoured", "  pool: 5 ", "  pool: ¦6 ", "(6)", "(5)"),
    mistake(
        "more winners than the pool holds",
        "winners: {least: 0, most: 2}",
        "winners: {least: 0, most: ¦6}",
        "(5)",
    ),
    mistake(
        "more winners at least than at most",
        "winners: {least: 0, most: 2}",
        "winners: ¶{least: 3, most: 2}",
        "'least'",
        "'most'",
    ),
    mistake(
        "a scale upside down",
        "scale: {lowest: 1, highest: 5}",
        "scale: ¶{lowest: 5, highest: 1}",
        "'lowest'",
        "'highest'",
    ),
    Mistake(
        "organizations compared that no profile has",
        {
            "profile: [organization, ": "profile: [",
            "    own_project: {": "    ¦own_project: {",
        },
        ("own_project", "'organization'", "voting.profile"),
    ),
    Mistake(
        "a profile asked for that is empty",
        {
            f"profile: [{', '.join(PROFILE)}]": "profile: []",
            "    incomplete_profile: {": "    ¦incomplete_profile: {",
            "    own_project: {clause: 2021-V3}\n": "",
            "[unregistered, incomplete_profile, own_project, second_vote]": "[unregistered]",
            "[one-per-entity, own_project]": "[one-per-entity]",
            "enforced_by: [own_project]": "enforced_by: [tally]",
        },
        ("incomplete_profile", "voting.profile"),
    ),
)


@pytest.mark.parametrize("case", MISTAKES, ids=str)
def test_a_wrong_definition_is_refused_at_its_mistake(case: Mistake, tmp_path: Path) -> None:
    marked = edited(case.edits)
    (place,) = places(marked)
    error = "\n".join(refused(tmp_path, unmarked(marked)))
    assert re.fullmatch(f"error: {place}: .+", error), error
    assert [word for word in case.says if word not in error] == [], error


def test_an_error_says_what_to_do_next(tmp_path: Path) -> None:
    write(tmp_path, edited({"edition: 10": "editon: 10"}))
    result = wsisctl("rules", "--contest", NAME, cwd=tmp_path)
    assert re.search(r"^help: .+", result.err, re.MULTILINE)


def test_no_suggestion_is_one_that_would_be_refused(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, edited({"language: en,": "language: zh-Han,"}))
    assert "did you mean" not in error


def test_a_clause_may_name_the_rule_that_is_always_in_force(tmp_path: Path) -> None:
    assert {rule.code for rule in ALWAYS} == {*ALWAYS_IN_FORCE}
    write(tmp_path, edited({f"{FIRST_CLAUSE}[deadline]": f"{FIRST_CLAUSE}[deadline, withdrawn]"}))
    result = wsisctl("rules", "--contest", NAME, cwd=tmp_path)
    assert "enforced by: rule withdrawn (Withdrawn)" in result.out
    page = wsisctl("explain", "2021-L1", "--contest", NAME, cwd=tmp_path)
    assert "`wsisctl explain withdrawn`" in page.out


ALIAS_BOMB = "\n".join(
    ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    + [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        pytest.param("contest: [1\nname¶: 2\n", "expected", id="a bracket that is never closed"),
        pytest.param("contest: a\n¦\tname: b\n", "tab", id="a tab"),
        pytest.param("contest: a\n--- ¶\ncontest: b\n", "another document", id="two documents"),
        pytest.param("contest: ¦*nobody\n", "undefined alias", id="an alias of nothing"),
        pytest.param("contest: a\n? ¦[a]\n: b\n", "a key must be", id="a list as a key"),
        pytest.param('contest: a\nname: "a¶\x07b"\n', "", id="a control character"),
        pytest.param("¦", "the file is empty; expected a mapping", id="an empty file"),
        pytest.param("¦# to be written\n", "a mapping", id="nothing but a comment"),
        pytest.param("¦- contest: a\n", "a mapping", id="a list"),
        pytest.param('¦"2021"\n', "a mapping", id="a text"),
    ],
)
def test_what_is_no_definition_at_all_is_refused(marked: str, says: str, tmp_path: Path) -> None:
    (place,) = places(marked)
    error = "\n".join(refused(tmp_path, unmarked(marked)))
    assert re.fullmatch(f"error: {place}: .+", error), error
    assert says in error


def test_a_document_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, ALIAS_BOMB)
    assert re.fullmatch(rf"error: {NAME}:[1-9]:[0-9]+: .*too many values", error)


def test_a_document_that_contains_itself_is_refused(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, "contest: &a [*a]\n")
    assert re.fullmatch(rf"error: {NAME}:1:[0-9]+: .*too many values", error)


def test_a_bottomless_document_is_refused(tmp_path: Path) -> None:
    # in a process of its own: what goes wrong here takes the whole process with it
    write(tmp_path, "[" * 100_000)
    program = [sys.executable, "-m", "wsisctl", "rules", "--contest", NAME]
    result = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith(f"error: {NAME}:1:")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(TEXT_OF_2021.encode("gb18030"))
    result = wsisctl("rules", "--contest", NAME, cwd=tmp_path)
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith(f"error: {NAME}: not UTF-8")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(TEXT_OF_2021, encoding="utf-8-sig")
    assert wsisctl("rules", "--contest", NAME, cwd=tmp_path).status == 0


@pytest.mark.parametrize("name", ["2020", "nowhere.yaml", "."])
def test_a_contest_that_is_neither_shipped_nor_a_file_is_refused(name: str) -> None:
    result = wsisctl("rules", "--contest", name)
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith(f"error: {name}: ")
    assert "2018, 2021" in result.err


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param(
            {
                "edition: 10": "¦editon: 10",
                "honoured: 5 ": "honoured: ¦five ",
                "scale: {lowest: 1, highest: 5}": "scale: ¦{lowest: 1}",
                "  past-winner: {clause": "  ¦past-winers: {clause",
            },
            id="of shape",
        ),
        pytest.param(
            {
                "nomination: {opens: 2021-02-01": "nomination: {opens: ¦2021-02-30",
                "closes: 2021-03-31T23:00:00": "closes: ¦2021-03-28T02:30:00",
            },
            id="of time",
        ),
        pytest.param(
            {
                "  pool: 5 ": "  pool: ¦6 ",
                "  phase: voting\n": "  phase: ¦votting\n",
                "until: announcement": "until: ¦never",
                "past-winner: {clause: 2021-S11}": "past-winner: {clause: ¦2021-S12}",
                "settings: {phase: submission}": "settings: {phase: ¦submision}",
            },
            id="of sense",
        ),
    ],
)
def test_several_mistakes_are_told_at_once_from_top_to_bottom(
    edits: dict[str, str], tmp_path: Path
) -> None:
    marked = edited(edits)
    told = [error.split(": ")[1] for error in refused(tmp_path, unmarked(marked))]
    assert told == places(marked)


# A phase given by date.


def phase_in(zone: str, dates: str, folder: Path) -> tuple[str, str]:
    """When the selection opens and closes, on the clock of another zone."""
    changed = {
        "time_zone: Europe/Zurich": f"time_zone: {zone}",
        "opens: 2021-04-01, closes: 2021-04-12": dates,
    }
    contest = load_contest(str(write(folder, edited(changed))), fit_problems)
    phase = contest.phases["selection"]
    assert phase.opens is not None
    assert phase.closes is not None
    return written(phase.opens, contest.zone), written(phase.closes, contest.zone)


@pytest.mark.parametrize(
    ("zone", "day", "opens", "closes"),
    [
        # in Santiago spring skips the first hour of a day, and autumn repeats the last one
        ("America/Santiago", "2021-09-05", "01:00:00-03:00", "23:59:59-03:00"),
        ("America/Santiago", "2021-04-03", "00:00:00-03:00", "23:59:59-04:00"),
        ("America/Havana", "2021-11-07", "00:00:00-04:00", "23:59:59-05:00"),
        ("Europe/Zurich", "2021-03-28", "00:00:00+01:00", "23:59:59+02:00"),
        ("Asia/Kathmandu", "2021-06-01", "00:00:00+05:45", "23:59:59+05:45"),
    ],
)
def test_a_date_alone_means_the_whole_day_of_the_contests_clock(
    zone: str, day: str, opens: str, closes: str, tmp_path: Path
) -> None:
    assert phase_in(zone, f"opens: {day}, closes: {day}", tmp_path) == (
        f"{day}T{opens}",
        f"{day}T{closes}",
    )


@pytest.mark.parametrize(
    "dates",
    [
        "opens: 2021-04-01, closes: 9999-12-31",
        "opens: 2021-04-01, closes: 9999-12-31T23:59:59-01:00",
        "opens: 0001-01-01, closes: 2021-04-12",
        "opens: 0001-01-01T00:00:00, closes: 2021-04-12",
    ],
)
def test_the_first_and_last_days_of_the_calendar_break_nothing(dates: str, tmp_path: Path) -> None:
    old = "selection: {opens: 2021-04-01, closes: 2021-04-12"
    window = "voting: {opens: 2021-03-01, closes: 2021-03-31T23:00:00"
    write(tmp_path, edited({old: f"selection: {{{dates}", window: f"voting: {{{dates}"}))
    result = wsisctl("rules", "--contest", NAME, cwd=tmp_path)
    assert result.status in {0, 3}, result.err


# One program, any contest.


def test_no_edition_is_named_in_the_program() -> None:
    sources = sorted((REPOSITORY / "wsisctl").rglob("*.py"))
    assert sources
    named = [
        f"{source.relative_to(REPOSITORY).as_posix()}:{number}"
        for source in sources
        for number, line in enumerate(source.read_text(encoding="utf-8").split("\n"), start=1)
        if re.search("|".join(EDITIONS), line)
    ]
    assert named == []


@pytest.mark.parametrize("limits", ["{min: 150, max: 150}", "{max: 1}", "{min: 2}"])
def test_limits_that_a_text_can_keep(limits: str, tmp_path: Path) -> None:
    edits = {"short_description: {min: 150, max: 200}": f"short_description: {limits}"}
    write(tmp_path, edited(edits))
    assert wsisctl("rules", "--contest", NAME, cwd=tmp_path).status == 0
