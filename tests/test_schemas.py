"""The schemas: each is one, says what every field is, and tells right records from wrong ones."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.support import (
    NOMINATION,
    SELECTION,
    VOTE_COLUMNS,
    member,
    nominee,
    sheet,
    submission,
    submission_2018,
    vote,
    wsisctl,
)
from wsisctl.contest.load import load_contest
from wsisctl.contest.schema import load_schema
from wsisctl.records.record import PROVENANCE
from wsisctl.shipped import editions, schema_text, schemas

GOLDEN = Path(__file__).resolve().parent / "golden"

Rows = list[dict[str, Any]]

RECORDS: Mapping[str, Rows] = {
    "submissions": [submission("s1"), submission_2018("s2")],
    "members": [member("m1")],
    "votes": [vote("v1", "m1", "s1")],
    "nominee-records": [nominee("s1") | {"rank": "1", "score": "4.250"}],
    "scores": [sheet("ana", "s1", 4), sheet("ana", "s1", 4, SELECTION)],
    "panel": [{"panelist": "ana", "name": "Ana", "organization": "", "country": "CHE"}],
    "past-winners": [{"year": "2019", "category": "C3", "title": "T", "entity": "E", "country": ""}],
    "organizations": [{"name": "SDAIA", "same_as": "Saudi Data & AI Authority"}],
}  # fmt: skip
"""Of each kind of record, some that are right."""

GOLDEN_INPUTS: Mapping[str, str] = {
    "submissions.csv": "submissions",
    "members.csv": "members",
    "votes*.csv": "votes",
    "nominees.csv": "nominee-records",
    "scores.csv": "scores",
    "selection.csv": "scores",
    "panel.csv": "panel",
    "past-winners.csv": "past-winners",
    "organizations.csv": "organizations",
}

CORRECTION = {
    "record": "17734472422205614",
    "field": "country",
    "from": "Kenya",
    "to": "KEN",
    "by": "A. Person",
    "on": "2021-02-03",
    "reason": "the export has names",
}


def fits(name: str, document: object) -> bool:
    return Draft202012Validator(load_schema(name)).is_valid(document)


# --- Each is a schema that explains itself --------------------------------------------------------


@pytest.mark.parametrize("name", schemas())
def test_every_schema_is_one(name: str) -> None:
    schema = load_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def parts(schema: object, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every schema of a property or of items inside a schema."""
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            yield f"{path}/{name}", part
            yield from parts(part, f"{path}/{name}")
        for key in ("items", "additionalProperties"):
            if isinstance(part := schema.get(key), dict):
                yield from parts(part, f"{path}/{key}")


@pytest.mark.parametrize("name", [*RECORDS, "corrections"])
def test_every_field_is_described(name: str) -> None:
    found = list(parts(load_schema(name)))
    assert len(found) >= 4, "the search for properties finds none"
    assert [path for path, part in found if len(part.get("description", "")) < 10] == []
    assert load_schema(name)["description"]


@pytest.mark.parametrize("name", [*RECORDS, "corrections"])
def test_every_example_is_right(name: str) -> None:
    for path, part in parts(load_schema(name)):
        for example in part.get("examples", []):
            assert Draft202012Validator(part).is_valid(example), (path, example)


@pytest.mark.parametrize("edition", editions())
def test_every_column_of_the_editions_is_described(edition: str) -> None:
    contest = load_contest(edition)
    criteria = (*contest.panel.nomination, *contest.panel.selection)
    columns = {
        "submissions": [box.id for box in contest.form],
        "members": contest.voting.profile,
        "scores": [criterion.id for criterion in criteria],
    }
    for name, wanted in columns.items():
        assert set(wanted) <= load_schema(name)["items"]["properties"].keys()


@pytest.mark.parametrize("name", RECORDS)
def test_what_a_folder_adds_is_described_alike_everywhere(name: str) -> None:
    properties = load_schema(name)["items"]["properties"]
    of_votes = load_schema("votes")["items"]["properties"]
    assert tuple(properties)[-len(PROVENANCE) :] == PROVENANCE
    assert all(properties[column] == of_votes[column] for column in PROVENANCE)


# --- Right records fit, wrong ones do not ---------------------------------------------------------


@pytest.mark.parametrize("name", RECORDS)
def test_right_records_fit(name: str) -> None:
    assert fits(name, RECORDS[name])
    assert fits(name, []), "no record yet is no mistake"
    provenance = {"source_file": "exports/a.csv", "source_row": "2", "source_repeats": "0"}
    assert fits(name, [row | provenance for row in RECORDS[name]])
    assert fits(name, [row | {"a further column": "kept"} for row in RECORDS[name]])


def golden_files() -> list[tuple[Path, str]]:
    patterns = GOLDEN_INPUTS.items()
    return [
        (path, name) for pattern, name in patterns for path in sorted(GOLDEN.glob(f"*/{pattern}"))
    ]


@pytest.mark.parametrize(
    ("path", "name"), golden_files(), ids=lambda value: str(value).removeprefix(f"{GOLDEN}/")
)
def test_golden_inputs_fit(path: Path, name: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    complete = [row for row in rows if None not in row and None not in row.values()]
    assert fits(name, complete)


def test_every_kind_of_record_has_golden_rows() -> None:
    filled = (name for path, name in golden_files() if path.read_text("utf-8").count("\n") > 1)
    assert set(filled) == RECORDS.keys()


def mistakes(name: str) -> Iterator[tuple[str, object]]:
    """The first right record with one mistake, each time another."""
    right = RECORDS[name][0]
    yield "an object in place of the list", right
    yield "text in place of a record", ["text"]
    for key in load_schema(name)["items"]["required"]:
        yield f"without {key}", [{column: text for column, text in right.items() if column != key}]
    for key in right:
        yield f"a number as {key}", [right | {key: 1}]
        yield f"null as {key}", [right | {key: None}]
    yield "a number in a further column", [right | {"further": 1}]
    yield "a header as the row", [right | {"source_row": "0"}]
    yield "a word as the row", [right | {"source_row": "two"}]
    yield "fewer than no repeats", [right | {"source_repeats": "-1"}]


@pytest.mark.parametrize("name", RECORDS)
def test_single_mistakes_do_not_fit(name: str) -> None:
    assert [what for what, document in mistakes(name) if fits(name, document)] == []


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("submissions", ["submission_id"]),
        ("members", ["member_id"]),
        ("nominee-records", ["submission_id"]),
        ("scores", ["panelist", "submission_id"]),
        ("panel", ["panelist"]),
    ],
)
def test_an_id_is_never_empty(name: str, ids: list[str]) -> None:
    for key in ids:
        assert not fits(name, [RECORDS[name][0] | {key: " "}])


def test_an_empty_cell_of_a_vote_is_a_bad_vote_and_no_bad_file() -> None:
    assert all(fits("votes", [vote("v1", "m1", "s1") | {key: ""}]) for key in VOTE_COLUMNS)


@pytest.mark.parametrize("sdgs", ["", "1;9;16", [], ["1", "9"], [1, 9]])
def test_goals_are_text_or_a_list(sdgs: object) -> None:
    assert fits("submissions", [{**submission("s1"), "sdgs": sdgs}])


@pytest.mark.parametrize("sdgs", [9, None, {"4": "9"}, [None], [["1"]], [1.5]])
def test_goals_are_nothing_else(sdgs: object) -> None:
    assert not fits("submissions", [{**submission("s1"), "sdgs": sdgs}])


def test_what_only_some_editions_ask_for_is_not_required() -> None:
    required = {name: load_schema(name)["items"]["required"] for name in RECORDS}
    assert required == {
        "submissions": ["submission_id", "submitted_at"],
        "members": ["member_id"],
        "votes": list(VOTE_COLUMNS),
        "nominee-records": ["submission_id", "category"],
        "scores": ["panelist", "submission_id"],
        "panel": ["panelist"],
        "past-winners": ["title"],
        "organizations": ["name", "same_as"],
    }
    assert {*NOMINATION, *SELECTION} <= load_schema("scores")["items"]["properties"].keys()


# --- corrections.yaml -----------------------------------------------------------------------------


def test_a_correction_fits() -> None:
    assert fits("corrections", [])
    assert fits("corrections", [CORRECTION, CORRECTION | {"from": "", "to": ""}])


@pytest.mark.parametrize("key", CORRECTION)
def test_a_correction_is_whole(key: str) -> None:
    assert not fits("corrections", [{k: text for k, text in CORRECTION.items() if k != key}])
    assert not fits("corrections", [CORRECTION | {key: None}])
    assert not fits("corrections", [CORRECTION | {key: 1}])


@pytest.mark.parametrize("key", ["record", "field", "by", "reason"])
def test_a_correction_is_signed_and_names_its_cell(key: str) -> None:
    assert not fits("corrections", [CORRECTION | {key: " "}])


@pytest.mark.parametrize(
    "day", ["", "3 February 2021", "2021-2-3", "03/02/2021", "2021-02-03T10:00"]
)
def test_a_correction_has_its_day(day: str) -> None:
    assert not fits("corrections", [CORRECTION | {"on": day}])


def test_a_misspelt_key_of_a_correction_is_no_further_column() -> None:
    assert not fits("corrections", [CORRECTION | {"form": "Kenya"}])
    assert not fits("corrections", CORRECTION)


# --- wsisctl schema -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", schemas())
def test_the_command_prints_the_file_itself(name: str) -> None:
    result = wsisctl("schema", name)
    assert (result.status, result.err) == (0, "")
    assert result.out == schema_text(name)


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv", "markdown"])
def test_a_schema_is_json_whatever_the_format(form: str) -> None:
    assert wsisctl("schema", "votes", "--format", form).out == schema_text("votes")


def test_the_list_names_every_schema_and_its_title() -> None:
    titles = {name: load_schema(name)["title"] for name in schemas()}
    assert {*RECORDS, "corrections", "contest", "tally", "nominees"} <= titles.keys()
    as_json = json.loads(wsisctl("schema", "--format", "json").out)
    assert {item["schema"]: item["title"] for item in as_json} == titles
    as_csv = csv.DictReader(wsisctl("schema", "--format", "csv").out.splitlines())
    assert {row["schema"]: row["title"] for row in as_csv} == titles
    for form in ("table", "plain", "markdown"):
        page = flat(wsisctl("schema", "--format", form).out)
        missing = [name for name, title in titles.items() if flat(f"{name} {title}") not in page]
        assert missing == [], form


def flat(text: str) -> str:
    """The text without what a table adds to it."""
    return re.sub(r"[\s|\\]", "", text)


@pytest.mark.parametrize("name", [*RECORDS, "corrections"])
def test_a_title_fits_beside_its_name(name: str) -> None:
    widest = max(map(len, [*RECORDS, "corrections"]))
    assert widest + len("  ") + len(load_schema(name)["title"]) <= 80


@pytest.mark.parametrize(
    ("word", "meant"),
    [("submisions", "'submissions'"), ("nominee", "nominees, nominee-records"), ("winners", "'past-winners'")],
)  # fmt: skip
def test_a_misspelt_schema_is_suggested(word: str, meant: str) -> None:
    result = wsisctl("schema", word)
    assert (result.status, result.out) == (2, "")
    assert all(name in result.err for name in meant.split(", "))
    assert "`wsisctl schema`" in result.err


@pytest.mark.parametrize("word", ["../contests/2021", "", "votes.schema.json", "\x1b[31m", "Votes"])
def test_an_unknown_schema_is_a_wrong_command_line(word: str) -> None:
    result = wsisctl("schema", word)
    assert (result.status, result.out) == (2, "")
    assert "is no schema" in result.err
    assert "\x1b" not in result.err
