"""Every sentence of the letters: quoted as it stands there, enforced, and counted where it bites."""

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.support import REPOSITORY, SHARED, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Clause, Contest
from wsisctl.contest.schema import load_schema
from wsisctl.rules import ALL_RULES, ALWAYS
from wsisctl.rules.fit import fit_problems
from wsisctl.shipped import editions

EDITIONS: Mapping[str, Contest] = {name: load_contest(name, fit_problems) for name in editions()}
CLAUSES = [
    pytest.param(clause, contest, id=clause.id)
    for contest in EDITIONS.values()
    for clause in contest.clauses
]
BETWEEN = " … "
"""Stands between passages that are apart in the letter."""


def shared(path: str) -> Path:
    file = SHARED / path
    if not file.is_file():
        pytest.skip(f"the letters are not beside this checkout: no {path}")
    return file


# --- The letter's own words -----------------------------------------------------------------------


def compact(text: str) -> str:
    """Without white space: Chinese has none, and the transcription breaks lines anywhere."""
    return "".join(text.split())


@cache
def letter(name: str) -> str:
    """The letter without the Markdown of its transcription: `**bold**`, `[a link](#)`."""
    text = shared(f"letters/{name}.zh.txt").read_text("utf-8")
    return compact(re.sub(r"\[([^\]]*)\]\(#\)", r"\1", text).replace("**", ""))


@pytest.mark.parametrize(("clause", "contest"), CLAUSES)
def test_a_clause_quotes_the_letter_word_for_word(clause: Clause, contest: Contest) -> None:
    written = letter(contest.id)
    places = [written.find(compact(passage)) for passage in clause.original.split(BETWEEN)]
    assert -1 not in places, clause.original
    assert places == sorted(places), "passages stand in the letter's order"


@pytest.mark.parametrize(("clause", "contest"), CLAUSES)
def test_a_quotation_is_a_sentence_or_more(clause: Clause, contest: Contest) -> None:
    for passage in clause.original.split(BETWEEN):
        assert len(compact(passage)) >= len("项目应以英文提交。"), passage
        assert re.search(r"[\u4e00-\u9fff]", passage)


@pytest.mark.parametrize(("clause", "contest"), CLAUSES)
def test_a_quotation_ends_where_the_letter_ends_a_sentence_or_a_line(
    clause: Clause, contest: Contest
) -> None:
    lines = {compact(line.replace("**", "")) for line in shared(f"letters/{contest.id}.zh.txt").read_text("utf-8").split("\n")}  # fmt: skip
    for passage in clause.original.split(BETWEEN):
        end = compact(passage)
        assert end.endswith("。") or any(line and end.endswith(line) for line in lines), passage


NOT_IN_THE_LETTER = {
    "2021-P3": {"28", "21:00"},  # our note on summer time
    "2021-C1": {"2018", "17"},  # our note on whence the lists are
}


def numbers(text: str) -> set[str]:
    """Days, times of day, and numbers of two digits or more."""
    return set(re.findall(r"\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|\d{2,}", text))


@pytest.mark.parametrize(("clause", "contest"), CLAUSES)
def test_numbers_of_the_paraphrase_stand_in_the_quotation(clause: Clause, contest: Contest) -> None:
    original = compact(clause.original)

    def stands(number: str) -> bool:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", number):
            return number in original
        _, month, day = map(int, number.split("-"))
        return bool(re.search(rf"(?<!\d){month}月(\d+[-至])?{day}(日|[-至]\d+日)", original))

    missing = {number for number in numbers(clause.says) if not stands(number)}
    assert missing == NOT_IN_THE_LETTER.get(clause.id, set())


# --- Everything is covered ------------------------------------------------------------------------


def test_every_clause_of_the_letters_has_its_own_words_in_the_edition() -> None:
    """tests/test_definitions.py holds that ids, deciders, places and paraphrases are the same."""
    letters = yaml.safe_load(shared("clauses.yaml").read_text("utf-8"))
    for name, contest in EDITIONS.items():
        quoted = [clause.id for clause in contest.clauses if clause.original]
        assert quoted == [clause["id"] for clause in letters[int(name)]["clauses"]]


WITHOUT_CLAUSE = {"malformed", "repeated_row"}
"""No letter speaks of rows that cannot be read or that came twice."""


@pytest.mark.parametrize("contest", EDITIONS.values(), ids=EDITIONS)
def test_every_rule_and_reason_has_its_clause(contest: Contest) -> None:
    cited = {
        **{rule: use.clause for rule, use in contest.rules.items()},
        **contest.voting.reasons,
    }
    assert {code for code, clause in cited.items() if clause is None} == WITHOUT_CLAUSE


@pytest.mark.parametrize("contest", EDITIONS.values(), ids=EDITIONS)
def test_every_list_that_is_computed_has_its_clause(contest: Contest) -> None:
    panel = contest.panel.clauses
    assert all((panel.quota, panel.honoured, panel.pool, panel.winners))
    assert contest.titles is not None
    assert contest.titles.clauses.winner
    assert contest.titles.clauses.champion
    assert all(phase.clause for phase in contest.phases.values())
    criteria = (*contest.panel.nomination, *contest.panel.selection)
    assert all(criterion.clause for criterion in criteria)


def test_only_a_withdrawal_is_in_force_without_a_clause() -> None:
    assert [rule.code for rule in ALL_RULES if rule in ALWAYS] == ["withdrawn"]


# --- wsisctl rules --------------------------------------------------------------------------------

KEYS = ["clause", "decided_by", "enforced_by", "settings", "says"]


def rules(*words: str | Path, cwd: Path | None = None) -> list[dict[str, Any]]:
    result = wsisctl("rules", "--format", "json", *words, cwd=cwd)
    assert (result.status, result.err) == (0, "")
    shown: list[dict[str, Any]] = json.loads(result.out)
    Draft202012Validator(load_schema("rules")).validate(shown)
    return shown


def plain(*words: str | Path, cwd: Path | None = None) -> dict[str, str]:
    """What people read of each clause, on one line; `Summary` too."""
    result = wsisctl("rules", "--format", "plain", *words, cwd=cwd)
    assert (result.status, result.err) == (0, "")
    blocks = (" ".join(block.split()) for block in result.out.split("\n\n"))
    return {re.split(r"[ （]", block)[0]: block for block in blocks}


@pytest.mark.parametrize("name", EDITIONS)
def test_in_chinese_a_clause_is_shown_in_the_letters_own_words(name: str) -> None:
    english, chinese = (rules("--contest", name, "--lang", language) for language in ("en", "zh"))
    assert [list(item) for item in chinese] == [KEYS] * len(chinese)
    assert [item["says"] for item in chinese] == [
        clause.original for clause in EDITIONS[name].clauses
    ]
    assert [item | {"says": ""} for item in chinese] == [item | {"says": ""} for item in english]


def test_an_edition_without_quotations_shows_its_paraphrase(tmp_path: Path) -> None:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    without = re.sub(r"    original: >-\n.*\n", "", text)
    assert "original" not in without
    (tmp_path / "own.yaml").write_text(without, "utf-8")
    english, chinese = (
        rules("--contest", "own.yaml", "--lang", language, cwd=tmp_path)
        for language in ("en", "zh")
    )
    assert chinese == english


def test_people_see_where_who_and_with_which_settings() -> None:
    shown = plain("--contest", "2021")
    assert shown["2021-S7"] == (
        "2021-S7 (machine): Annex 2, submission, 7 The short description has 150 to 200 words; "
        "recommended: concise, relevant, clear and attractive to voters, highlighting the ICT "
        "component and the impact. enforced by: rule word-count (Number of words) with "
        "short_description: min 150, max 200"
    )
    assert shown["2021-V7"].endswith(
        "document progress-notice (Weekly progress of the vote, to coordinators)"
    )
    assert shown["2021-L2"].endswith("binds nothing")


def test_in_chinese_people_see_who_decides_and_what_enforces_it() -> None:
    shown = plain("--contest", "2021", "--lang", "zh")
    assert shown["2021-S10"].startswith("2021-S10（证据核查）：Annex 2, submission, 10")
    assert "规则 language（项目语文），设置：" in shown["2021-S10"]
    assert "不计票原因 own_project（投给本实体的项目）" in shown["2021-V3"]


def test_lines_of_chinese_are_no_wider_than_a_terminal() -> None:
    """Each of its characters is two columns wide."""
    out = wsisctl("rules", "--contest", "2018", "--lang", "zh", "--format", "plain").out
    wide = re.compile(r"[\u2e80-\ua4cf\uff01-\uff60]")
    too_wide = [line for line in out.splitlines() if len(line) + len(wide.findall(line)) > 80]
    assert too_wide == []
    begun = [line for line in out.splitlines() if re.match(r" *[。，、；：）》”]", line)]
    assert begun == [], "closing punctuation stays with what it closes"


def test_csv_has_where_and_settings_too() -> None:
    printed = wsisctl("rules", "--contest", "2018", "--format", "csv").out
    rows = {row["clause"]: row for row in csv.DictReader(io.StringIO(printed))}
    assert list(rows["2018-S1"]) == [*("clause", "decided_by", "enforced_by", "says"), "where", "settings"]  # fmt: skip
    assert rows["2018-S1"]["where"] == "Annex 1, phase 1"
    assert rows["2018-S1"]["settings"] == (
        "word-count (executive_summary: max 100; project_information: min 1500, max 2000)"
    )


# --- How often each bit ---------------------------------------------------------------------------

GOLDEN = REPOSITORY / "tests" / "golden" / "2021-whole"
STAGES = ("validate", "nominate", "tally", "select-winners")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contest folder with everything in it, and nothing computed yet."""
    folder = tmp_path_factory.mktemp("clauses") / "prizes"
    assert wsisctl("init", folder, "--contest", "2021").status == 0
    imports = {
        "submissions.csv": "import-submissions",
        "votes.csv": "import-votes",
        "members.csv": "import-members",
    }
    for name, command in imports.items():
        assert wsisctl(command, GOLDEN / name, "--folder", folder).status == 0
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "prizes"))


def run(folder: Path, *stages: str) -> None:
    for stage in stages:
        assert wsisctl(stage, cwd=folder).status in {0, 1}


def bites(folder: Path) -> dict[str, dict[str, Any]]:
    """By enforcer; it is the same beside every clause."""
    found: dict[str, dict[str, Any]] = {}
    for item in rules(cwd=folder):
        assert list(item) == [*KEYS, "bit"]
        assert item["bit"].keys() <= set(item["enforced_by"])
        for name, bite in item["bit"].items():
            assert found.setdefault(name, bite) == bite
    return found


def test_before_anything_has_run_nothing_is_counted(folder: Path) -> None:
    assert {bite["state"] for bite in bites(folder).values()} == {"not run"}
    assert {bite["count"] for bite in bites(folder).values()} == {None}
    assert plain(cwd=folder)["2021-S7"].endswith("found: word-count: not run yet")


def test_findings_and_rejected_votes_are_counted_as_the_results_have_them(folder: Path) -> None:
    run(folder, *STAGES)
    found = bites(folder)
    validation = json.loads((folder / "results" / "validation.json").read_text("utf-8"))
    tally = json.loads((folder / "results" / "tally.json").read_text("utf-8"))
    by_rule = Counter(item["rule"] for item in validation["findings"])
    rejected = tally["votes"]["rejected_by_reason"]
    assert by_rule
    assert rejected
    contest = EDITIONS["2021"]
    enforcing = {name for clause in contest.clauses for name in clause.enforced_by}
    counts = {name: bite["count"] for name, bite in found.items()}
    for name in enforcing & contest.rules.keys():
        assert counts[name] == by_rule[name]
    for name in enforcing & contest.voting.reasons.keys():
        assert counts[name] == rejected.get(name, 0)
    assert {bite["state"] for bite in found.values()} == {"current"}


def test_a_stage_is_shown_with_what_it_left_open(folder: Path) -> None:
    run(folder, "validate", "nominate")
    nominees = json.loads((folder / "results" / "nominees.json").read_text("utf-8"))
    unresolved = sum(len(item["unresolved"]) for item in nominees["categories"])
    assert unresolved
    assert bites(folder)["nominate"] == {"stage": "nominate", "state": "current", "count": unresolved}  # fmt: skip
    assert f"nominate: {unresolved} open question" in plain(cwd=folder)["2021-P2"]


def decide(folder: Path, **decision: str) -> None:
    signed = {"by": "the secretary", "on": "2021-02-03", "reason": "looked at it"}
    with (folder / "decisions" / "decisions.yaml").open("a", encoding="utf-8") as file:
        file.write("\n" + yaml.safe_dump([decision | signed]))


def test_findings_are_counted_after_decisions(folder: Path) -> None:
    """A confirmed review is an error, a dismissed one a warning."""
    run(folder, "validate")
    validation = json.loads((folder / "results" / "validation.json").read_text("utf-8"))
    review = next(item for item in validation["findings"] if item["severity"] == "review")
    rule = review["rule"]
    before = bites(folder)[rule]["severities"]
    decide(folder, kind="review", submission_id=review["submission_id"], rule=rule, verdict="dismiss")  # fmt: skip
    run(folder, "validate")
    assert bites(folder)[rule]["severities"] == {
        "error": before["error"],
        "review": before["review"] - 1,
        "warning": before["warning"] + 1,
    }


def test_what_no_longer_holds_is_shown_as_such(folder: Path) -> None:
    run(folder, "validate")
    before = bites(folder)["word-count"]
    decide(folder, kind="withdraw", submission_id="anyone")
    assert bites(folder)["word-count"] == before | {"state": "out of date"}
    shown = plain(cwd=folder)
    assert shown["2021-S7"].endswith("(out of date)")
    assert any(
        "validate is out of date: decisions/decisions.yaml changed since it ran." in block
        for block in shown.values()
    )


def test_a_result_that_somebody_has_edited_is_not_believed(folder: Path) -> None:
    run(folder, "validate")
    result = folder / "results" / "validation.json"
    result.write_text(result.read_text("utf-8").replace('"error"', '"warning"'), "utf-8")
    bite = bites(folder)["word-count"]
    assert (bite["state"], bite["count"]) == ("out of date", None)
    assert "word-count: not known" in plain(cwd=folder)["2021-S7"]


def test_people_read_how_often_in_words(folder: Path) -> None:
    """One error is no errors, and nothing found is said too."""
    run(folder, "validate")
    words = {block.rpartition("found: ")[2] for block in plain(cwd=folder).values()}
    said = {part for text in words for part in text.split("; ")}
    for name, bite in bites(folder).items():
        if bite["count"] == 0 and "severities" in bite:
            assert f"{name}: 0 findings" in said
        if bite["count"] == 1 and "severities" in bite and bite["severities"]["error"]:
            assert f"{name}: 1 error in 1 submission" in said
    chinese = plain("--lang", "zh", cwd=folder)
    assert "own_project：尚未运行" in chinese["2021-V3"]


def test_with_a_contest_named_no_folder_is_looked_at(folder: Path) -> None:
    run(folder, "validate")
    assert rules("--contest", "2021", cwd=folder) == rules("--contest", "2021")
    assert [list(item) for item in rules("--contest", "2021", cwd=folder)] == [KEYS] * 53


def test_csv_in_a_folder_says_how_often_it_bit(folder: Path) -> None:
    run(folder, "validate")
    printed = wsisctl("rules", "--format", "csv", cwd=folder).out
    rows = {row["clause"]: row["bit"] for row in csv.DictReader(io.StringIO(printed))}
    assert rows["2021-V3"] == "own_project: not run yet"
    assert rows["2021-L2"] == ""


def test_the_schema_says_what_each_key_of_a_bite_is() -> None:
    clause = load_schema("rules")["items"]
    assert clause["required"] == KEYS
    bite = clause["properties"]["bit"]["additionalProperties"]
    assert list(bite["properties"]) == ["stage", "state", "count", "severities", "submissions"]
    assert all(part["description"] for part in bite["properties"].values())
