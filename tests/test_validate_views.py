"""`validate` by rule, by entity, and only what has changed: the same findings under other headings."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import Result, submission, words, write_csv, wsisctl
from wsisctl.findings import Decision, Evidence, Finding, Passage, Source
from wsisctl.reports.validation_compared import Change, Earlier, compare
from wsisctl.rules.engine import Validation, Verdict

CONTEST = ("--contest", "2021")
ROWS = [
    submission("p1", title="Alpha", impact="", entity="Ministry of ICT"),
    submission("p2", title="Beta", short_description=words(149, "p2"), entity="Zebra Trust"),
    submission("p3", title="Gamma", impact="", partnerships="", entity="ministry  of ict", category="C2"),
    submission("p4", title="Delta", entity="Ministry of ICT", category="C3"),
    submission("p5", title="Epsilon", entity="Quiet Fund"),
]  # fmt: skip


@pytest.fixture
def work(tmp_path: Path) -> Path:
    write_csv(tmp_path / "s.csv", ROWS)
    return tmp_path


def validate(folder: Path, *arguments: str | Path) -> Result:
    result = wsisctl("validate", "s.csv", *CONTEST, "--quiet", *arguments, cwd=folder)
    assert result.status in {0, 1}, result.err
    return result


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# --- By rule, by entity ---------------------------------------------------------------------------


def test_by_rule_puts_the_submissions_of_a_rule_together(work: Path) -> None:
    assert validate(work, "--by", "rule").out.startswith(
        "required-field (2021-S5), Required boxes are filled in: 2 submissions\n\n"
        "s.csv:2: error: p1 'Alpha'\n"
        "    the box 'Qualitative and quantitative impact' is empty\n"
        "    help: fill in impact; incomplete submissions are not accepted\n\n"
        "s.csv:4: error: p3 'Gamma'\n"
        "    the box 'Qualitative and quantitative impact' is empty\n"
        "    help: fill in impact; incomplete submissions are not accepted\n\n"
        "s.csv:4: error: p3 'Gamma'\n"
        "    the box 'Partnership activities' is empty\n"
        "    help: fill in partnerships; incomplete submissions are not accepted\n\n"
        "word-count (2021-S7), Number of words: 1 submission\n\n"
        "s.csv:3: error: p2 'Beta'\n"
    )


def test_by_rule_names_rules_in_the_language_asked_for(work: Path) -> None:
    assert "word-count (2021-S7), 字数: 1 submission" in validate(work, "--by", "rule", "--lang", "zh").out  # fmt: skip


def test_by_entity_puts_all_spellings_of_an_entity_together(work: Path) -> None:
    out = validate(work, "--by", "entity").out
    assert out.startswith(
        "Ministry of ICT: 3 submissions\n\n"
        "s.csv:2: ineligible: p1 'Alpha'\n"
        "    error: required-field (2021-S5): the box 'Qualitative and quantitative\n"
        "    impact' is empty\n"
        "    help: fill in impact; incomplete submissions are not accepted\n\n"
        "s.csv:4: ineligible: p3 'Gamma'\n"
    )
    assert "\n\ns.csv:5: eligible: p4 'Delta'\n\nZebra Trust: 1 submission\n" in out
    assert "\nNothing was found in the submissions of 1 other entity.\n" in out
    assert "Quiet Fund" not in out


def test_by_entity_knows_the_spellings_that_people_listed(work: Path) -> None:
    write_csv(work / "o.csv", [{"name": "Zebra Trust", "same_as": "Ministry of ICT"}])
    out = validate(work, "--by", "entity", "--organizations", "o.csv").out
    assert out.startswith("Ministry of ICT: 4 submissions\n")


def test_submissions_without_an_entity_come_last(work: Path) -> None:
    write_csv(work / "s.csv", [submission("p1", entity=""), submission("p2", impact="")])
    headings = [line for line in validate(work, "--by", "entity").out.split("\n") if line.endswith(": 1 submission")]  # fmt: skip
    assert headings == ["Entity p2: 1 submission", "(no entity): 1 submission"]


@pytest.mark.parametrize("by", ["rule", "entity"])
@pytest.mark.parametrize("form", ["table", "plain", "markdown"])
def test_every_view_ends_with_the_same_summary_and_status(work: Path, by: str, form: str) -> None:
    usual, other = (validate(work, "--format", form, "--by", view) for view in ("submission", by))
    assert other.status == usual.status == 1
    end = usual.out[usual.out.index("Summary") :]
    assert other.out.endswith(end)
    assert other.out != usual.out


@pytest.mark.parametrize("by", ["submission", "rule", "entity"])
def test_json_is_the_same_whatever_the_view(work: Path, by: str) -> None:
    usual = validate(work, "--format", "json")
    asked = wsisctl(
        "validate", "s.csv", *CONTEST, "--format", "json", "--by", by, "--out", "out", cwd=work
    )
    assert asked.out == usual.out == (work / "out" / "validation.json").read_text("utf-8")
    assert ("--format json is always the whole result" in asked.err) is (by != "submission")


def test_csv_has_the_same_rows_in_the_order_of_the_view(work: Path) -> None:
    usual = table(validate(work, "--format", "csv").out)
    rules = table(validate(work, "--format", "csv", "--by", "rule").out)
    assert [(row["rule"], row["submission_id"]) for row in rules] == [
        ("required-field", "p1"),
        ("required-field", "p3"),
        ("required-field", "p3"),
        ("word-count", "p2"),
        ("", "p4"),
        ("", "p5"),
    ]
    entities = table(validate(work, "--format", "csv", "--by", "entity").out)
    assert [(row.pop("entity"), row["submission_id"]) for row in entities] == [
        ("Ministry of ICT", "p1"),
        ("Ministry of ICT", "p3"),
        ("Ministry of ICT", "p3"),
        ("Ministry of ICT", "p4"),
        ("Quiet Fund", "p5"),
        ("Zebra Trust", "p2"),
    ]

    def in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return sorted(rows, key=lambda row: sorted(row.items()))

    assert in_order(entities) == in_order(rules) == in_order(usual)


def test_nothing_found_leaves_the_summary(work: Path) -> None:
    write_csv(work / "s.csv", [submission("p1")])
    assert validate(work, "--by", "rule").out.startswith("Summary\n")
    assert validate(work, "--by", "entity").out.startswith(
        "Nothing was found in the submissions of 1 other entity.\n"
    )


# --- What has changed -----------------------------------------------------------------------------


def finding(rule: str = "word-count", message: str = "short", **more: Any) -> Finding:
    known = {"clause": None, "severity": "error", "submission_id": "a", "field": "title", "help": "-"}  # fmt: skip
    return Finding(**{**known, "rule": rule, "message": message, "source": Source("s.csv", 2), **more})  # fmt: skip


def change(then: list[Finding], now: list[Finding], after: Verdict = "ineligible") -> list[Change]:
    earlier = Earlier("before.json", {"a": "ineligible"}, tuple(then))
    return list(compare(earlier, Validation("x", 1, {"a": after}, tuple(now))))


def test_the_same_finding_on_another_row_is_no_change() -> None:
    assert change([finding()], [finding(source=Source("t.csv", 9), help="other")]) == []


def test_another_message_is_the_same_finding_changed() -> None:
    then, now = finding(message="149 words"), finding(message="150 words")
    (found,) = change([then], [now])
    assert (found.new, found.gone, found.altered) == ((), (), ((then, now),))


@pytest.mark.parametrize("more", [{"field": "impact"}, {"rule": "language"}])
def test_another_box_or_rule_is_another_finding(more: dict[str, str]) -> None:
    then, now = finding(), finding(**{"rule": "word-count", **more})
    (found,) = change([then], [now])
    assert (found.new, found.gone, found.altered) == ((now,), (then,), ())


def test_another_record_compared_with_is_another_finding() -> None:
    then, now = finding(evidence=Evidence((), "b", 90)), finding(evidence=Evidence((), "c", 90))
    (found,) = change([then], [now])
    assert (found.new, found.gone) == ((now,), (then,))


@pytest.mark.parametrize(
    "more",
    [
        {"severity": "warning"},
        {"clause": "2021-S1"},
        {"decision": Decision("dismiss", "J", "2021-02-01", "-")},
        {"evidence": Evidence((Passage("title", "x"),))},
    ],
    ids=lambda more: next(iter(more)),
)
def test_every_other_part_of_a_finding_counts(more: dict[str, Any]) -> None:
    (found,) = change([finding()], [finding(**more)])
    assert len(found.altered) == 1


def test_of_several_in_one_box_those_that_are_equal_meet() -> None:
    """Were they paired in order, both would seem changed."""
    one, two, three = (finding(message=text) for text in ("one", "two", "three"))
    (found,) = change([one, two], [two, three])
    assert (found.new, found.gone, found.altered) == ((), (), ((one, three),))
    (found,) = change([two], [one, two])
    assert (found.new, found.gone, found.altered) == ((one,), (), ())


def test_equal_findings_are_counted() -> None:
    (found,) = change([finding()], [finding(), finding()])
    assert (len(found.new), found.gone, found.altered) == (1, (), ())


def test_a_verdict_alone_is_a_change() -> None:
    (found,) = change([], [], after="eligible")
    assert found.of_submission == "verdict-changed"


@pytest.fixture
def folder(work: Path) -> Path:
    wsisctl("init", "prizes", *CONTEST, cwd=work)
    wsisctl("import-submissions", "../s.csv", cwd=work / "prizes")
    return work / "prizes"


def test_changes_since_the_last_run_in_a_folder(folder: Path) -> None:
    first = wsisctl("validate", "--changed", cwd=folder)
    assert "No earlier run to compare with (results/validation.json): everything is new" in first.out  # fmt: skip
    assert first.out.startswith("p1 'Alpha': new, ineligible\n\nnew: exports/submissions/s.csv:2: ")
    again = wsisctl("validate", "--changed", "--quiet", cwd=folder)
    assert "\nNothing has changed since results/validation.json.\n" in again.out
    assert again.out.startswith("Summary\n")
    assert again.status == first.status == 1
    text = (
        "- {record: p1, field: impact, from: '', to: many, by: J, on: 2021-01-27, reason: mail}\n"
        "- {record: p2, field: status, from: completed, to: ongoing, by: J, on: 2021-01-27, reason: x}\n"
    )
    (folder / "decisions" / "corrections.yaml").write_text(text)
    write_csv(folder / "new.csv", [submission("p6", title="Zeta")])
    wsisctl("import-submissions", "new.csv", cwd=folder)
    changed = wsisctl("validate", "--changed", "--quiet", cwd=folder)
    assert changed.out.startswith(
        "p1 'Alpha': was ineligible, is eligible\n\n"
        "gone: error: required-field (2021-S5)\n"
        "    the box 'Qualitative and quantitative impact' is empty\n\n"
        "p2 'Beta': still ineligible\n\n"
        "new: exports/submissions/s.csv:3: review: status (2021-S6)\n"
    )
    assert "\n\np6 'Zeta': new, eligible\n\nSummary\n" in changed.out
    assert (
        "\nCompared with results/validation.json:\n"
        "Submissions: 1 new, 0 gone, 1 with another verdict.\n"
        "Findings: 1 new, 1 gone, 0 changed.\n"
    ) in changed.out


def test_a_decision_is_a_change(folder: Path) -> None:
    write_csv(folder / "n.csv", [submission("p7", title="Eta", status="ongoing")])
    wsisctl("import-submissions", "n.csv", cwd=folder)
    wsisctl("validate", cwd=folder)
    (folder / "decisions" / "decisions.yaml").write_text(
        "- {kind: review, submission_id: p7, rule: status, verdict: dismiss, by: J. Staff, on: 2021-02-01, reason: a phase has ended}\n"
    )
    out = wsisctl("validate", "--changed", "--quiet", cwd=folder).out
    head, _, rest = out.partition("\n\n")
    assert head == "p7 'Eta': was to be reviewed, is eligible"
    assert rest.startswith(
        "changed: exports/submissions/n.csv:2: warning: status (2021-S6)\n    was review, is warning: the "
    )
    assert "    dismissed by J. Staff on 2021-02-01: a phase has ended\n" in out
    (folder / "decisions" / "decisions.yaml").write_text("")
    out = wsisctl("validate", "--changed", "--quiet", cwd=folder).out
    assert "    the decision was taken back\n" in out


def test_changes_since_a_file(work: Path) -> None:
    validate(work, "--out", "old")
    write_csv(work / "s.csv", [ROWS[0], submission("p2", short_description=words(140)), *ROWS[4:]])
    result = validate(work, "--since", "old/validation.json", "--format", "csv")
    assert result.status == 1
    told = [(r["submission_id"], r["change"], r["verdict_before"], r["verdict"], r["rule"]) for r in table(result.out)]  # fmt: skip
    assert told == [
        ("p2", "finding-changed", "ineligible", "ineligible", "word-count"),
        ("p3", "submission-gone", "ineligible", "", ""),
        ("p3", "finding-gone", "ineligible", "", "required-field"),
        ("p3", "finding-gone", "ineligible", "", "required-field"),
        ("p4", "submission-gone", "eligible", "", ""),
    ]
    shown = validate(work, "--since", "old/validation.json").out
    assert "\n\np3: gone, was ineligible\n\np4: gone, was eligible\n\n" in shown
    assert "    was: error: short_description has 149 words; expected 150 to 200 words\n" in shown


def test_on_bare_files_the_last_run_is_the_one_in_out(work: Path) -> None:
    first = validate(work, "--changed", "--out", "out")
    assert "No earlier run to compare with (out/validation.json)" in first.out
    assert "Nothing has changed since out/validation.json." in validate(work, "--changed", "--out", "out").out  # fmt: skip
    write_csv(work / "s.csv", ROWS[1:])
    assert validate(work, "--changed", "--out", "out").out.startswith("p1: gone, was ineligible\n")
    assert "Nothing has changed" in validate(work, "--changed", "--out", "out").out


def test_the_files_and_json_are_whole_whatever_is_shown(work: Path) -> None:
    whole = validate(work, "--format", "json").out
    validate(work, "--out", "out")
    result = wsisctl(
        "validate", "s.csv", *CONTEST, "--changed", "--out", "out", "--format", "json", cwd=work
    )
    assert result.out == whole == (work / "out" / "validation.json").read_text("utf-8")
    assert "--format json is always the whole result" in result.err


def test_a_result_of_a_json_export_can_be_compared_with(work: Path) -> None:
    """Its first record is row 1."""
    (work / "s.json").write_text(json.dumps([ROWS[0]]))
    for _ in range(2):
        result = wsisctl("validate", "s.json", *CONTEST, "--changed", "--out", "o", cwd=work)
        assert result.status == 1, result.err
    assert "Nothing has changed" in result.out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "does not exist"),
        (b"", "no readable JSON"),
        (b"\xff", "no readable JSON"),
        (b"[1]", "expected a mapping"),
        (b'{"contest": "2021"}', "missing: read, eligible"),
        (
            b'{"contest":"2018","read":0,"eligible":[],"ineligible":[],"review":[],"findings":[]}',
            "of contest 2018, not of 2021",
        ),
        (
            b'{"contest":"2021","read":0,"eligible":["\\ud800"],"ineligible":[],"review":[],"findings":[]}',
            "no readable JSON",
        ),
    ],
)
def test_an_earlier_result_that_cannot_be_used(
    work: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        (work / "old.json").write_bytes(content)
    result = wsisctl("validate", "s.csv", *CONTEST, "--since", "old.json", "--out", "out", cwd=work)
    assert (result.status, result.out) == (3, "")
    assert "old.json" in result.err
    assert told in result.err
    assert not (work / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--changed",), "--changed needs the result of the last run"),
        (("--changed", "--since", "x"), "contradict each other"),
        (("--since", "x", "--by", "rule"), "not by rule"),
        (("--changed", "--by", "entity", "--out", "o"), "not by entity"),
        (("--by", "title"), "--by 'title' is unknown"),
    ],
)
def test_a_view_that_cannot_be(work: Path, arguments: tuple[str, ...], told: str) -> None:
    result = wsisctl("validate", "s.csv", *CONTEST, *arguments, cwd=work)
    assert (result.status, result.out) == (2, "")
    assert told in result.err


@pytest.mark.parametrize(
    "view", [("--by", "rule"), ("--by", "entity"), ("--changed", "--out", "o")]
)
@pytest.mark.parametrize("form", ["table", "plain", "csv", "markdown"])
def test_hostile_text_is_text_in_every_view(work: Path, view: tuple[str, ...], form: str) -> None:
    hostile = "=cmd|' /c calc'!A1 [red]\x1b[31m\u202eevil\n::error::<b>| # x"
    row = submission("=p1", title=hostile, entity=hostile, impact="")
    write_csv(work / "s.csv", [row, row | {"submission_id": "p2", "category": hostile}])
    out = validate(work, *view, "--format", form).out
    assert not set("\x1b\u202e") & set(out)
    if form == "csv":
        cells = (cell for row in csv.reader(io.StringIO(out)) for cell in row)
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]


@pytest.mark.parametrize("by", ["rule", "entity"])
def test_a_view_tells_corrections_as_the_usual_one_does(work: Path, by: str) -> None:
    (work / "c.yaml").write_text(
        "- {record: p1, field: impact, from: '', to: many, by: J. Staff, on: 2021-01-27, reason: mail}\n"
    )
    usual, other = (validate(work, "--corrections", "c.yaml", "--by", view).out for view in ("submission", by))  # fmt: skip
    told = usual[usual.index("Corrected\n") :]
    assert "J. Staff" in told
    assert other.endswith(told)
