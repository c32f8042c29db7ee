"""The command line as people and pipes meet it."""

import csv
import io
import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from tests.support import submission, write_csv, wsisctl
from wsisctl.rules import ALL_RULES
from wsisctl.voting.reasons import REASONS

CASE = Path(__file__).parent / "golden" / "2021-whole"
COMMANDS = ("validate", "nominate", "tally", "select-winners", "rules", "explain", "demo")
STAGES = {
    "validate": "validate submissions.csv --decisions decisions.yaml",
    "nominate": "nominate --submissions submissions.csv --scores scores.csv",
    "tally": "tally --votes votes.csv --members members.csv --nominees expected/nominees.csv",
    "select-winners": "select-winners --tally expected/tally.json --scores selection.csv",
    "rules": "rules",
}
HOSTILE = "[red]=cmd|' /c calc'!A1 \x1b[31m\x9b31m\u202eevil[/] <b> | `x`"


@pytest.mark.parametrize("stage", STAGES)
def test_every_format_is_what_it_says(stage: str) -> None:
    words = [*shlex.split(STAGES[stage]), "--contest", "2021"]
    plain = wsisctl(*words, cwd=CASE)
    assert plain == wsisctl(*words, "--plain", cwd=CASE)
    assert plain == wsisctl(*words, "--format", "plain", cwd=CASE)
    assert json.loads(wsisctl(*words, "--format", "json", cwd=CASE).out)
    rows = list(csv.DictReader(io.StringIO(wsisctl(*words, "--format", "csv", cwd=CASE).out)))
    assert rows
    assert None not in rows[0]
    assert "## Summary" in wsisctl(*words, "--format", "markdown", cwd=CASE).out
    assert not set("│─┃━╭") & set(plain.out)


def test_findings_are_at_most_eighty_columns_wide() -> None:
    result = wsisctl(*shlex.split(STAGES["validate"]), "--contest", "2021", cwd=CASE)
    assert max(map(len, result.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("validate submissions.csv --contest 2021", 1),
        ("rules --contest 2021", 0),
        ("rules", 2),
        ("validate --contest 2021", 2),
        ("rules --contest 2021 --format xml", 2),
        ("rules --contest 2021 --plain --format json", 2),
        ("nonsense", 2),
        ("explain nonsense", 2),
        ("rules --contest 2020", 3),
        ("validate nowhere.csv --contest 2021", 3),
        ("validate . --contest 2021", 3),
    ],
)
def test_exit_status(words: str, status: int) -> None:
    result = wsisctl(*words.split(), cwd=CASE)
    assert result.status == status
    assert "Traceback" not in result.err
    if status > 1:
        assert result.out == ""
        assert result.err


def test_options_may_stand_before_the_command() -> None:
    after = wsisctl("rules", "--contest", "2021", "--format", "json")
    assert wsisctl("--format", "json", "rules", "--contest", "2021") == after


def test_an_unknown_command_is_suggested() -> None:
    assert "'tally'" in wsisctl("taly").err


def test_quiet_keeps_the_result_and_says_nothing_else() -> None:
    words = [*STAGES["validate"].split(), "--contest", "2021"]
    loud, quiet = wsisctl(*words, cwd=CASE), wsisctl(*words, "--quiet", cwd=CASE)
    assert "past winners were not checked" in loud.err
    assert (quiet.out, quiet.err) == (loud.out, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_that_can_be_parsed(command: str) -> None:
    text = wsisctl(command, "--help").out
    examples = " ".join(text[text.index("Examples:") :].split()).split("wsisctl ")[1:]
    assert examples
    for example in examples:
        name, *rest = example.split()
        assert name == command
        assert wsisctl(name, *rest, "--help").status == 0


CODES = [*(rule.code for rule in ALL_RULES), *(reason.code for reason in REASONS)]


@pytest.mark.parametrize("code", CODES)
def test_explain_prints_a_page_for_every_rule_and_reason(code: str) -> None:
    result = wsisctl("explain", code, "--contest", "2021", "--format", "json")
    page = json.loads(result.out)
    assert result.status == 0
    assert all(page[part] for part in ("checks", "why", "example", "mend"))


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv", "markdown"])
@pytest.mark.parametrize("command", ["validate", "nominate"])
def test_hostile_text_is_shown_as_text(command: str, form: str, tmp_path: Path) -> None:
    rows = [submission("a1", title=HOSTILE), submission("a2", title=HOSTILE, entity="=1+1")]
    write_csv(tmp_path / "s.csv", rows)
    (tmp_path / "d.yaml").write_text(
        "- {kind: nominate, category: C1, submission_ids: [a1], by: x, on: 2021-02-01, reason: x}\n"
    )
    words = (
        ["s.csv"] if command == "validate" else ["--submissions", "s.csv", "--decisions", "d.yaml"]
    )
    result = wsisctl(command, *words, "--contest", "2021", "--format", form, cwd=tmp_path)
    assert result.status in {0, 1}
    if form != "csv":  # a CSV for a program keeps every character
        assert not set("\x1b\x9b\u202e") & set(result.out)
    if form in {"table", "plain"}:
        assert "[red]=cmd" in result.out
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(result.out)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def on_terminal(*words: str, **environment: str) -> bytes:
    """What a terminal of 80 columns gets to see."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "wsisctl", *words],
        cwd=CASE, stdout=theirs, stderr=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm-256color", **environment},
    ) as process:  # fmt: skip
        os.close(theirs)
        seen = b""
        while True:
            try:
                block = os.read(ours, 65536)
            except OSError:
                break
            if not block:
                break
            seen += block
        process.wait()
    os.close(ours)
    return seen


def test_a_terminal_gets_colours_unless_it_asks_for_none() -> None:
    words = ("validate", "submissions.csv", "--contest", "2021")
    assert b"\x1b[1m" in on_terminal(*words)
    assert b"\x1b" not in on_terminal(*words, "--no-color")
    assert b"\x1b" not in on_terminal(*words, NO_COLOR="1")
    assert b"\x1b" not in on_terminal(*words, "--plain")


def cpu_seconds(*command: str) -> float:
    """The least of several runs: what the machine can do when nothing else disturbs it."""
    times = []
    for _ in range(7):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def test_version_and_help_cost_next_to_nothing() -> None:
    program = (sys.executable, "-m", "wsisctl")
    clock_tick = 0.01  # what the operating system's accounting cannot see
    bare = cpu_seconds(sys.executable, "-c", "pass")
    assert cpu_seconds(*program, "--version") <= 2 * bare + clock_tick
    typer = cpu_seconds(sys.executable, "-c", "import typer")
    assert cpu_seconds(*program, "--help") <= 2 * typer + clock_tick


def test_a_closed_pipe_is_no_error_to_look_at() -> None:
    command = f"{shlex.quote(sys.executable)} -m wsisctl rules --contest 2021 | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True)  # noqa: S602
    assert result.stdout.startswith("2021-L1")
    assert result.stderr == ""


def test_an_eight_bit_locale_still_gets_utf_8() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "wsisctl", *STAGES["validate"].split(), "--contest", "2021"],
        cwd=CASE, capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert "Smart SÓLLER" in result.stdout.decode()
