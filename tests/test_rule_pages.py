"""The pages of rules, reasons and clauses: what `explain` prints is the documentation.

`make docs` writes them anew into docs/rules and docs/clauses; whoever runs it reads the difference.
"""

import csv
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support import REPOSITORY, submission, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Clause, Contest
from wsisctl.reports import labels
from wsisctl.reports.clauses import clause_page
from wsisctl.reports.pages import page_report
from wsisctl.reports.render import render
from wsisctl.rules import ALL_RULES, ALWAYS
from wsisctl.rules.card import Rule
from wsisctl.rules.fit import fit_problems
from wsisctl.rules.specimen import FAULTLESS
from wsisctl.rules.trial import tried, validated
from wsisctl.shipped import editions
from wsisctl.voting.reasons import REASONS, Reason

WRITE = os.environ.get("WSISCTL_DOCS") == "write"
DOCS = REPOSITORY / "docs"
EDITIONS: Mapping[str, Contest] = {name: load_contest(name, fit_problems) for name in editions()}
CARDS: tuple[Rule | Reason, ...] = (*ALL_RULES, *REASONS)
NAMES = {**labels.RULES, **labels.REASONS}
INDEX = "README.md"


# --- The pages as documentation -------------------------------------------------------------------


def explained(code: str) -> str:
    return render(page_report(code, None), "markdown")


def cited(card: Rule | Reason, contest: Contest) -> str | None:
    use = contest.rules.get(card.code)
    return use.clause if use else contest.voting.reasons.get(card.code)


def used(card: Rule | Reason, contest: Contest) -> bool:
    return card in ALWAYS or card.code in {*contest.rules, *contest.voting.reasons}


def link_to_clause(clause: str, edition: str) -> str:
    return f"[{clause}](../clauses/{edition}.md#{clause.lower()})"


def card_page(card: Rule | Reason) -> str:
    clauses = [
        link_to_clause(clause, name)
        for name, contest in EDITIONS.items()
        if (clause := cited(card, contest))
    ]
    links = " · ".join([f"[All rules and reasons]({INDEX})", *clauses])
    source = f"Written by `make docs`: it is what `wsisctl explain {card.code}` prints."
    return f"{explained(card.code)}\n---\n\n{links}\n\n{source}\n"


def index_row(card: Rule | Reason) -> str:
    cells = [f"[`{card.code}`]({card.code}.md)"]
    if isinstance(card, Rule):
        cells.append(card.severity)
    cells.append(NAMES[card.code].en)
    for name, contest in EDITIONS.items():
        clause = cited(card, contest)
        by_none = "always" if used(card, contest) else ""
        cells.append(link_to_clause(clause, name) if clause else by_none)
    return f"| {' | '.join(cells)} |"


def table(columns: Sequence[str], rows: Sequence[str]) -> str:
    return "\n".join([f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *rows])


def index() -> str:
    rules, reasons = map(index_row, ALL_RULES), map(index_row, REASONS)
    return (
        "# Rules and reasons\n\n"
        "What `validate` looks at, and why `tally` does not count a vote; with the clause that asks for "
        "it in each shipped edition. `wsisctl explain CODE` prints each page; with `--contest NAME`, or in a "
        "contest folder, as it is used there. An edition uses a rule only where it lists it.\n\n"
        f"## Rules\n\n{table(['rule', 'severity', 'looks at', *EDITIONS], list(rules))}\n\n"
        "## Reasons why a vote is not counted\n\nA vote has one reason: the first that applies, in "
        f"this order.\n\n{table(['reason', 'says', *EDITIONS], list(reasons))}\n\n"
        f"Written by `make docs`. The clauses: {listed_editions('../clauses/')}.\n"
    )


def listed_editions(room: str) -> str:
    return ", ".join(f"[{name}]({room}{name}.md)" for name in EDITIONS)


def enforcer(name: str, contest: Contest) -> str:
    has_page = name in {*contest.rules, *contest.voting.reasons}
    return f"[`{name}`](../rules/{name}.md)" if has_page else f"`{name}`"


def clause_row(clause: Clause, contest: Contest) -> str:
    enforced_by = ", ".join(enforcer(name, contest) for name in clause.enforced_by)
    link = f"[{clause.id}](#{clause.id.lower()})"
    return f"| {link} | {clause.where} | {clause.decided_by} | {enforced_by} |"


def clause_part(clause: Clause, contest: Contest) -> str:
    """Its page, one level down, under a heading that a link can name."""
    page = render(clause_page(clause, contest), "markdown")
    _, _, body = page.partition("\n")
    body = body.replace(f"{contest.name.en}: ", "", 1)
    body = re.sub(r"^#", "##", body, flags=re.MULTILINE)
    body = re.sub(r"`wsisctl explain (\S+)`", r"[`\1`](../rules/\1.md)", body)
    return f"## {clause.id}\n{body}"


def clauses_page(contest: Contest) -> str:
    rows = [clause_row(clause, contest) for clause in contest.clauses]
    parts = "\n".join(clause_part(clause, contest) for clause in contest.clauses)
    return (
        f"# {contest.name.en}: every clause of the call letter\n\n"
        "The English is a paraphrase; the letter's own words decide. Written by `make docs`: it is what "
        "`wsisctl explain CLAUSE` prints of each.\n\n"
        f"{table(['clause', 'where', 'decided by', 'enforced by'], rows)}\n\n{parts}"
    )


def pages() -> dict[Path, str]:
    return {
        DOCS / "rules" / INDEX: index(),
        **{DOCS / "rules" / f"{card.code}.md": card_page(card) for card in CARDS},
        **{DOCS / "clauses" / f"{name}.md": clauses_page(of) for name, of in EDITIONS.items()},
    }


def test_the_pages_are_what_explain_prints() -> None:
    """And no page is left over from a rule that is gone."""
    now = pages()
    there = {path for room in ("rules", "clauses") for path in (DOCS / room).glob("*")}
    if WRITE:
        for path in there - now.keys():
            path.unlink()
        for path, text in now.items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return
    assert there == now.keys(), "make docs"
    old = [path.name for path, text in now.items() if path.read_text("utf-8") != text]
    assert old == [], "make docs"


@pytest.mark.parametrize("code", ["word-count", "own_project", "2021-s7"])
def test_the_command_prints_just_these_pages(code: str) -> None:
    result = wsisctl("explain", code, "--format", "markdown")
    assert (result.status, result.out, result.err) == (0, explained(code), "")


def test_links_to_clauses_lead_to_their_headings() -> None:
    headings = {
        (path.stem, heading.lower())
        for path in (DOCS / "clauses").glob("*.md")
        for heading in re.findall(r"^## (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    }
    linked = {
        found
        for path in (DOCS / "rules").glob("*.md")
        for found in re.findall(r"\(\.\./clauses/(\w+)\.md#([\w-]+)\)", path.read_text("utf-8"))
    }
    assert linked
    assert linked <= headings


# --- The example on each page ---------------------------------------------------------------------

USED = [
    pytest.param(rule, contest, id=f"{rule.code}-{name}")
    for name, contest in EDITIONS.items()
    for rule in ALL_RULES
    if used(rule, contest)
]


def test_every_rule_has_an_example_to_run() -> None:
    assert [rule.code for rule in ALL_RULES if rule.specimen is None] == []


@pytest.mark.parametrize(("rule", "contest"), USED)
def test_the_example_fails_by_its_rule_and_by_no_other(rule: Rule, contest: Contest) -> None:
    """The last of its submissions, once."""
    assert rule.specimen is not None
    found = validated(rule.specimen, contest)
    assert found == tried(rule, contest)
    last = f"example-{len(rule.specimen.changes)}"
    assert [(item.rule, item.submission_id) for item in found.findings] == [(rule.code, last)]
    severity = (contest.rules[rule.code].severity if rule not in ALWAYS else None) or rule.severity
    assert found.findings[0].severity == severity


@pytest.mark.parametrize("contest", EDITIONS.values(), ids=EDITIONS)
def test_without_its_changes_the_example_passes_every_rule(contest: Contest) -> None:
    assert validated(FAULTLESS, contest).findings == ()


def test_the_example_is_as_long_as_an_edition_asks(tmp_path: Path) -> None:
    """Shorter in a box that may hold little, longer where much is wanted."""
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    limits = "short_description: {min: 150, max: 200}"
    assert limits in text
    path = tmp_path / "own.yaml"
    others = "\n      impact: {max: 10}\n      partnerships: {min: 90}"
    path.write_text(text.replace(limits, limits + others), "utf-8")
    assert validated(FAULTLESS, load_contest(str(path), fit_problems)).findings == ()


def test_the_example_needs_no_deadline(tmp_path: Path) -> None:
    path = REPOSITORY / "tests" / "editions" / "poznan.yaml"
    contest = load_contest(str(path), fit_problems)
    assert "deadline" not in contest.rules
    assert validated(FAULTLESS, contest).findings == ()


def test_the_page_prints_what_validate_would(tmp_path: Path) -> None:
    """From the same cells in a file."""
    (rule,) = (rule for rule in ALL_RULES if rule.code == "word-count")
    assert rule.specimen is not None
    (record,) = (item.record for item in rule.specimen.submissions(EDITIONS["2021"]))
    write_csv(tmp_path / "submissions.csv", [{"submitter_organization": "", **record.cells}])
    printed = wsisctl("validate", "submissions.csv", "--contest", "2021", cwd=tmp_path).out
    finding, _, _ = printed.partition("\n\nSummary")
    assert finding.startswith("submissions.csv:2: error: example-1 word-count (2021-S7)")
    assert finding in wsisctl("explain", "word-count", cwd=tmp_path).out


def test_the_example_is_run_in_the_contest_that_is_asked_for() -> None:
    page = wsisctl("explain", "word-count", "--contest", "2018").out
    assert "What is found in it in 2018" in page
    assert "warning: example-1 word-count (2018-S1)" in page
    assert "executive_summary has 101 words" in page
    assert "2021" not in page


def test_where_a_rule_is_not_used_nothing_is_found() -> None:
    page = wsisctl("explain", "past-winner", "--contest", "2018").out
    assert "Not used in 2018" in page
    assert "found in it" not in page


def test_a_form_without_the_boxes_of_the_example_shows_it_in_words(tmp_path: Path) -> None:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    (tmp_path / "own.yaml").write_text(text.replace("short_description", "abstract"), "utf-8")
    page = wsisctl("explain", "word-count", "--contest", "own.yaml", cwd=tmp_path)
    assert page.status == 0
    assert "An example that fails" in page.out
    assert "found in it" not in page.out


# --- What a page holds ----------------------------------------------------------------------------


def document(*words: str, cwd: Path | None = None) -> dict[str, Any]:
    result = wsisctl("explain", *words, "--format", "json", cwd=cwd)
    assert result.status == 0, result.err
    page: dict[str, Any] = json.loads(result.out)
    return page


def shown(*words: str) -> str:
    """The page without its white space, so that no line end is in the way."""
    return "".join(wsisctl("explain", *words).out.split())


def test_without_a_contest_the_page_tells_every_edition() -> None:
    uses = document("word-count")["editions"]
    assert [(use["contest"], use["clause"]) for use in uses] == [
        ("2018", "2018-S1"), ("2021", "2021-S7"),
    ]  # fmt: skip
    assert uses[0]["severity"] == "warning"
    assert "severity" not in uses[1]
    assert uses[1]["settings"] == {"short_description": {"min": 150, "max": 200}}
    assert document("own_project")["editions"][0] == {"contest": "2018", "used": False}


def test_a_reason_has_its_settings_too() -> None:
    assert document("second_vote", "--contest", "2021")["settings"] == {"policy": "first"}
    window = document("outside_window", "--contest", "2021")["settings"]
    assert window["closes"] == "2021-03-31T23:00:00+02:00"


def test_a_rule_without_a_clause_is_in_force_everywhere() -> None:
    page = document("withdrawn", "--contest", "2018")
    assert (page["used"], page["clause"]) == (True, None)
    assert "no clause of the letter asks for it" in wsisctl("explain", "withdrawn").out


def test_in_chinese_the_clause_is_in_the_letters_own_words() -> None:
    page = shown("one-per-entity", "--contest", "2021", "--lang", "zh")
    assert "每个实体在每个类别下只能提交一个项目。" in page
    assert "atmostoneproject" not in page


def test_in_a_contest_folder_the_page_is_that_contests(tmp_path: Path) -> None:
    assert wsisctl("init", tmp_path / "prizes", "--contest", "2018").status == 0
    inside = tmp_path / "prizes" / "exports"
    assert document("word-count", cwd=inside)["contest"] == "2018"
    assert document("word-count", "--contest", "2021", cwd=inside)["contest"] == "2021"


def test_a_folder_that_is_refused_does_not_withhold_the_page(tmp_path: Path) -> None:
    (tmp_path / "contest.yaml").write_text("extends: nowhere\n", "utf-8")
    result = wsisctl("explain", "deadline", cwd=tmp_path)
    assert result.status == 0
    assert "In 2021" in result.out
    assert "note: shown as in the shipped editions, since here contest.yaml:1" in result.err


AMENDED = """\
extends: "2018"
amendments:
  - on: 2017-12-28
    by: the secretariat
    reason: Submission extended
    phases: {submission: {closes: 2018-01-10T23:00:00}}
"""


def test_in_a_contest_folder_its_amendments_are_named(tmp_path: Path) -> None:
    (tmp_path / "contest.yaml").write_text(AMENDED, "utf-8")
    told = "amendment of 2017-12-28 by the secretariat: Submission extended"
    for code in ("deadline", "2018-P1"):
        page = wsisctl("explain", code, cwd=tmp_path).out
        assert told in page
        assert "closes: 2018-01-10T23:00:00+01:00" in " ".join(page.split())
    assert "1 second after the deadline of" in wsisctl("explain", "deadline", cwd=tmp_path).out
    assert "amendment" not in wsisctl("explain", "category", cwd=tmp_path).out
    assert told in wsisctl("rules", cwd=tmp_path).out


@pytest.mark.parametrize("words", [("2021-S9",), ("2021-s9", "--contest", "2018")])
def test_a_clause_has_its_page(words: Sequence[str]) -> None:
    page = document(*words)
    assert page["code"] == "2021-S9"
    assert page["contest"] == "2021"
    assert page["says"].startswith("The deadline is strict")
    assert page["original"] == "应严格遵守项目提交截止日期。逾期提交将不被接受。"
    assert page["enforced_by"] == ["deadline"]
    assert page["settings"]["phase"] == "submission"


def test_the_page_of_a_clause_shows_both_languages_and_names_the_pages_behind_it() -> None:
    for language, decides in (("en", "apersondecides"), ("zh", "由工作人员根据所示证据决定")):
        page = shown("2021-S11", "--lang", language)
        assert "WINNINGprojectsofearliercontestsarenoteligible." in page
        assert "以往WSIS项目奖大赛的获奖项目没有资格参加此次大赛。" in page
        assert "`wsisctlexplainpast-winner`" in page
        assert decides in page


def test_the_page_of_a_clause_as_csv_holds_what_json_holds() -> None:
    page = document("2021-S7")
    printed = wsisctl("explain", "2021-S7", "--format", "csv").out
    rows = {row["key"]: row["value"] for row in csv.DictReader(io.StringIO(printed))}
    assert rows.keys() == page.keys()
    assert rows["says"] == page["says"]
    assert rows["settings"] == "word-count (short_description: min 150, max 200)"


def test_a_clause_of_an_edition_of_ones_own_has_its_page(tmp_path: Path) -> None:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    (tmp_path / "own.yaml").write_text(
        text.replace("The deadline is strict", "Be in time"), "utf-8"
    )
    page = document("2021-S9", "--contest", "own.yaml", cwd=tmp_path)
    assert page["says"].startswith("Be in time")


def test_a_clause_that_is_nearly_one_is_suggested() -> None:
    result = wsisctl("explain", "2021-S77")
    assert result.status == 2
    assert "is no rule, no reason and no clause; did you mean '2021-S7'?" in result.err


def test_text_between_backticks_is_code_and_nothing_else_is(tmp_path: Path) -> None:
    """Also where a definition of one's own says something that Markdown would obey."""
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    evil = "Be *in* time `code` <b>now</b> ` # no"
    (tmp_path / "own.yaml").write_text(
        text.replace("The deadline is strict; late submissions are not accepted.", evil), "utf-8"
    )
    page = wsisctl(
        *("explain", "2021-S9", "--contest", "own.yaml", "--format", "markdown"), cwd=tmp_path
    ).out
    assert r"Be \*in\* time `code` \<b\>now\</b\> \` \# no" in page


def test_submissions_of_the_example_are_as_the_tests_know_them() -> None:
    """Every box of the form but the one that may stay empty."""
    (cells, _) = (item.record.cells for item in FAULTLESS.submissions(EDITIONS["2021"]))
    assert {*cells, "submitter_organization"} == submission("a1").keys()
