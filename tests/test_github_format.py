"""`validate --format github`: lines that a CI service shows beside a file (docs/ci.md)."""

import json
import re
from pathlib import Path

import pytest

from tests.support import submission, words, write_csv, wsisctl
from wsisctl.commands.options import AnyFormat, FormatName

CONTEST = ("--contest", "2021")
COMMAND = re.compile(r"^::(\w+) file=([^,:]*)(?:,line=([0-9]+))?,title=([^,:]*)::(.*)$")


def commands(text: str) -> list[tuple[str, ...]]:
    """Every line that the service would obey, taken apart as it does."""
    lines = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    found = [COMMAND.match(line) for line in lines]
    assert all(found), lines
    return [match.groups("") for match in found if match]


def github(folder: Path, *arguments: str | Path) -> list[tuple[str, ...]]:
    result = wsisctl("validate", *arguments, "--format", "github", cwd=folder)
    assert result.status in {0, 1}, result.err
    return commands(result.out)


def test_each_finding_is_a_line_with_its_place(tmp_path: Path) -> None:
    rows = [submission("p1"), submission("p2", short_description=words(149, "p2"))]
    write_csv(tmp_path / "submissions.csv", rows)
    result = wsisctl("validate", "submissions.csv", *CONTEST, "--format", "github", cwd=tmp_path)
    assert commands(result.out) == [
        (
            "error",
            "submissions.csv",
            "3",
            "word-count (2021-S7)",
            "p2: short_description has 149 words; expected 150 to 200 words%0A"
            "help: add to the text until it has 150 to 200 words",
        )
    ]
    assert "1 eligible, 1 ineligible, 0 to be reviewed." in result.out
    assert result.status == 1


@pytest.mark.parametrize("by", ["submission", "rule", "entity"])
def test_that_they_are_not_put_together_otherwise_is_told(by: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1", impact=""), submission("p2", status="")])
    command = ("validate", "s.csv", *CONTEST, "--format", "github")
    asked = wsisctl(*command, "--by", by, cwd=tmp_path)
    assert asked.out == wsisctl(*command, cwd=tmp_path).out
    assert ("--by changes nothing there" in asked.err) is (by != "submission")


def test_nothing_found_is_the_summary_alone(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1")])
    result = wsisctl("validate", "s.csv", *CONTEST, "--format", "github", cwd=tmp_path)
    assert result.status == 0
    assert result.out.startswith("Summary\n")
    assert commands(result.out) == []


def test_a_review_is_a_warning_and_a_warning_a_notice(tmp_path: Path) -> None:
    rows = [
        submission("p1", status="ongoing"),
        submission("p2", submitted_at="2020-11-05 00:00"),
        submission("p3", impact=""),
    ]
    write_csv(tmp_path / "s.csv", rows)
    (tmp_path / "d.yaml").write_text(
        "- {kind: review, submission_id: p1, rule: status, verdict: dismiss, by: Secret Person, on: 2021-02-01, reason: private}\n"
    )
    assert [found[0] for found in github(tmp_path, "s.csv", *CONTEST)] == ["warning", "error"]
    decided = wsisctl(
        "validate", "s.csv", *CONTEST, "--decisions", "d.yaml", "--format", "github", cwd=tmp_path
    )
    assert [found[0] for found in commands(decided.out)] == ["notice", "error"]
    assert "Secret Person" not in decided.out
    assert "private" not in decided.out


def test_the_line_is_the_one_on_which_the_record_begins(tmp_path: Path) -> None:
    """Cells have several lines, and blank lines are no records."""
    rows = [
        submission("p1", challenges=words(20) + "\nand more\n" + words(20)),
        submission("p2", impact=""),
    ]
    path = write_csv(tmp_path / "s.csv", rows)
    path.write_bytes(path.read_bytes().replace(b"\r\np2,", b"\r\n\r\np2,"))
    assert [found[2] for found in github(tmp_path, "s.csv", *CONTEST)] == ["6"]
    document = json.loads(wsisctl("validate", path, *CONTEST, "--format", "json").out)
    assert document["findings"][0]["source"]["row"] == 3


def test_records_of_json_lines_have_lines_and_those_of_an_array_have_none(tmp_path: Path) -> None:
    rows = [submission("p1"), submission("p2", impact="")]
    (tmp_path / "s.json").write_text(json.dumps(rows))
    (tmp_path / "s.jsonl").write_text("\n\n".join(map(json.dumps, rows)))
    (found,) = github(tmp_path, "s.json", *CONTEST)
    assert found[1:3] == ("s.json", "")
    assert found[4].startswith("p2 (row 2): ")
    (found,) = github(tmp_path, "s.jsonl", *CONTEST)
    assert found[1:3] == ("s.jsonl", "3")


def test_a_file_is_named_from_where_the_job_runs(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    write_csv(tmp_path / "data" / "s.csv", [submission("p1", impact="")])
    assert github(tmp_path, "data/s.csv", *CONTEST)[0][1] == "data/s.csv"
    wsisctl("init", "prizes", *CONTEST, cwd=tmp_path)
    wsisctl("import-submissions", "--folder", "prizes", "data/s.csv", cwd=tmp_path)
    export = "exports/submissions/s.csv"
    assert github(tmp_path, "--folder", "prizes")[0][1] == f"prizes/{export}"
    assert github(tmp_path / "prizes")[0][1] == export


def test_a_text_cannot_give_commands(tmp_path: Path) -> None:
    hostile = "::error::x\n::set-output name=a::b\r\n::stop-commands::100%25 \u202eevil\x1b[31m"
    rows = [
        submission("p,1:%\n::warning::id", title=hostile, category=hostile),
        submission("p2", entity=hostile),
        submission("p3", entity=hostile, title="\n::error::alone"),
    ]
    write_csv(tmp_path / "s,:%.csv", rows)
    result = wsisctl("validate", "s,:%.csv", *CONTEST, "--format", "github", cwd=tmp_path)
    assert not set("\r\x1b\u202e") & set(result.out)
    found = commands(result.out)
    assert {item[1] for item in found} == {"s%2C%3A%25.csv"}
    assert {item[0] for item in found} == {"error"}
    assert any(item[4].startswith("p,1:%25%0A::warning::id: ") for item in found)
    assert any("%0D%0A::stop-commands::100%2525 " in item[4] for item in found)


def test_only_what_has_changed_is_told_when_that_is_asked(tmp_path: Path) -> None:
    rows = [submission("p1", impact=""), submission("p2")]
    write_csv(tmp_path / "s.csv", rows)
    wsisctl("validate", "s.csv", *CONTEST, "--out", "out", cwd=tmp_path)
    assert github(tmp_path, "s.csv", *CONTEST, "--since", "out/validation.json") == []
    write_csv(tmp_path / "s.csv", [rows[0], submission("p2", challenges="")])
    (found,) = github(tmp_path, "s.csv", *CONTEST, "--since", "out/validation.json")
    assert found[4].startswith("p2: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nominate", "--submissions", "s.csv", *CONTEST),
        ("rules", *CONTEST),
        ("status",),
    ],
    ids=["nominate", "rules", "status"],
)
def test_no_other_command_has_it(arguments: tuple[str, ...]) -> None:
    result = wsisctl(*arguments, "--format", "github")
    assert result.status == 2
    assert result.out == ""
    assert "--format 'github' is unknown; expected one of: csv, json, markdown" in result.err


def test_it_contradicts_plain(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1")])
    result = wsisctl("validate", "s.csv", *CONTEST, "--plain", "--format", "github", cwd=tmp_path)
    assert result.status == 2
    assert "contradict each other" in result.err


def test_validate_has_every_other_format_too(tmp_path: Path) -> None:
    assert [*AnyFormat] == [*FormatName, "github"]
    write_csv(tmp_path / "s.csv", [submission("p1")])
    before = wsisctl("--format", "json", "validate", "s.csv", *CONTEST, cwd=tmp_path)
    after = wsisctl("validate", "s.csv", *CONTEST, "--format", "json", cwd=tmp_path)
    assert before.out == after.out
    assert json.loads(after.out)["eligible"] == ["p1"]
