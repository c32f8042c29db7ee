"""Every format says the same, and whatever stands at the other end of a pipe or terminal is served."""

import csv
import io
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support import (
    SELECTION,
    VOTE_COLUMNS,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from wsisctl.cli import MENU
from wsisctl.rules import ALL_RULES
from wsisctl.rules.card import Rule
from wsisctl.voting.reasons import REASONS, Reason

PROGRAM = (sys.executable, "-m", "wsisctl")
CONTEST = ("--contest", "2021")
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "validate": ("validate", "submissions.csv", *CONTEST),
    "nominate": ("nominate", "--submissions", "submissions.csv", "--scores", "scores.csv", *CONTEST),
    "tally": (
        *("tally", "--votes", "votes.csv", "--members", "members.csv"),
        *("--nominees", "nominees.csv", *CONTEST),
    ),
    "select-winners": (
        *("select-winners", "--tally", "out/tally.json", "--scores", "selection.csv"),
        *("--decisions", "decisions.yaml", *CONTEST),
    ),
    "rules": ("rules", *CONTEST),
    "explain": ("explain", "word-count", *CONTEST),
}  # fmt: skip
STATUS = {"validate": 1, "nominate": 1, "tally": 1, "select-winners": 0, "rules": 0, "explain": 0}
NAMES = ("提交", "Žižkov")
ESCAPE = "\x1b"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs for every command, with something to find for each."""
    folder = tmp_path_factory.mktemp("work")
    submissions = [
        submission("s1", title="智慧图书馆 – «Bibliothèque»"),
        submission("s2", category="2"),
        submission("s3", impact="", short_description="too short", sdgs="4;18"),
        submission("s4", status="ongoing"),
        submission("s5", category="C9"),
    ]
    write_csv(folder / "submissions.csv", submissions)
    scores = [sheet("ana", "s1", 4), sheet("bob", "s1", 3), sheet("ana", "s2", 5)]
    write_csv(folder / "scores.csv", [*scores, scores[0]])
    nominees = [nominee(f"p{n}") for n in range(1, 8)]
    write_csv(folder / "nominees.csv", nominees)
    voters = [f"m{n}" for n in range(12)]
    write_csv(folder / "members.csv", [member(voter) for voter in [*voters, voters[0]]])
    favourites = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6)
    votes = [vote(f"v{n:02}", m, f"p{f}") for n, (m, f) in enumerate(zip(voters, favourites, strict=True))]  # fmt: skip
    votes += [vote("w1", "m0", "p2"), vote("w2", "stranger", "p1"), vote("w3", "m1", "p9")]
    write_csv(folder / "votes.csv", votes, VOTE_COLUMNS)
    assert wsisctl(*COMMANDS["tally"], "--out", "out", cwd=folder).status == 1
    write_csv(folder / "selection.csv", [sheet("ana", f"p{n}", 3, SELECTION) for n in range(1, 8)])
    decisions = [
        "{kind: tie-break, stage: tally, cut: honoured, category: C1, order: [p6, p5, p4]}",
        "{kind: winner, category: C1, submission_ids: [p2, p1]}",
    ]
    signed = "by: the panel, on: 2021-04-01, reason: talked over}"
    lines = [f"- {decision[:-1]}, {signed}\n" for decision in decisions]
    (folder / "decisions.yaml").write_text("".join(lines), "utf-8")
    # The ties of the vote are resolved only now, so that `tally` above still has one to show.
    decided = (*COMMANDS["tally"], "--decisions", "decisions.yaml", "--out", "out")
    assert wsisctl(*decided, cwd=folder).status == 0
    return folder


@cache
def shown(work: Path, command: str, form: str) -> str:
    result = wsisctl(*COMMANDS[command], "--format", form, cwd=work)
    assert result.status == STATUS[command], result.err
    return result.out


# --- Every format says the same -----------------------------------------------------------------

Rows = list[tuple[str, ...]]


def _cell(value: object) -> str:
    return "" if value is None else str(value)


FINDING = ("severity", "rule", "clause", "field", "file", "row", "message", "help", "decision")


def validation_rows(document: Any) -> Rows:
    """A row for each finding, and one for each submission without any."""
    verdicts = ("eligible", "ineligible", "review")
    verdict_of = {identity: verdict for verdict in verdicts for identity in document[verdict]}
    rows = []
    for item in document["findings"]:
        identity, decision = item["submission_id"], item.get("decision", {}).get("verdict")
        texts = {**item, **item["source"], "decision": decision}
        rows.append((identity, verdict_of[identity], *(_cell(texts[name]) for name in FINDING)))
    clean = verdict_of.keys() - {row[0] for row in rows}
    return [*rows, *((identity, verdict_of[identity], *[""] * len(FINDING)) for identity in clean)]


def shortlist_rows(document: Any) -> Rows:
    return [
        (category["category"], item["submission_id"], _cell(item["rank"]), _cell(item["score"]))
        for category in document["categories"]
        for item in category["nominees"]
    ]


def standing_rows(document: Any) -> Rows:
    return [
        (category["category"], str(item["rank"]), item["submission_id"], str(item["votes"]))
        for category in document["categories"]
        for item in category["standings"]
    ]


def honour_rows(document: Any) -> Rows:
    return [
        (category["category"], honour, identity)
        for category in document["categories"]
        for honour in ("winner", "champion")
        for identity in category[f"{honour}s"]
    ]


def clause_rows(document: Any) -> Rows:
    return [
        (item["clause"], item["decided_by"], " ".join(item["enforced_by"]), item["says"])
        for item in document
    ]


ROWS: Mapping[str, tuple[Callable[[Any], Rows], tuple[str, ...]]] = {
    "nominate": (shortlist_rows, ("category", "submission_id", "rank", "score")),
    "tally": (standing_rows, ("category", "rank", "submission_id", "votes")),
    "select-winners": (honour_rows, ("category", "honour", "submission_id")),
    "rules": (clause_rows, ("clause", "decided_by", "enforced_by", "says")),
}


def csv_rows(text: str) -> list[dict[str, str]]:
    header, *rows = csv.reader(io.StringIO(text), strict=True)
    assert {len(row) for row in rows} <= {len(header)}, "a row of another width than the header"
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("command", ROWS)
def test_csv_holds_what_json_holds(command: str, work: Path) -> None:
    of_json, columns = ROWS[command]
    expected = of_json(json.loads(shown(work, command, "json")))
    rows = [tuple(row[name] for name in columns) for row in csv_rows(shown(work, command, "csv"))]
    assert rows == expected
    assert rows


def test_csv_holds_every_finding_and_every_verdict(work: Path) -> None:
    expected = validation_rows(json.loads(shown(work, "validate", "json")))
    assert {row[1] for row in expected} == {"eligible", "ineligible", "review"}, "a poor example"
    columns = ("submission_id", "verdict", *FINDING)
    rows = csv_rows(shown(work, "validate", "csv"))
    assert sorted(tuple(row[name] for name in columns) for row in rows) == sorted(expected)


def test_csv_holds_the_whole_page(work: Path) -> None:
    page = json.loads(shown(work, "explain", "json"))
    rows = {row["key"]: row["value"] for row in csv_rows(shown(work, "explain", "csv"))}
    assert rows.keys() == page.keys()
    texts = {name: text for name, text in page.items() if isinstance(text, str)}
    assert {name: rows[name] for name in texts} == texts


def words_of_json(command: str, document: Any) -> list[str]:
    """What people must be able to read: ids, sentences, numbers."""
    if command == "validate":
        return [text for item in document["findings"] for text in (item["submission_id"], item["rule"], item["message"], item["help"])]  # fmt: skip
    if command == "explain":
        return [document[name] for name in ("code", "checks", "why", "example", "mend", "clause")]
    if command == "rules":
        return [text for row in clause_rows(document) for text in (row[0], row[1], row[3])]
    rows, _ = ROWS[command]
    still_open = [
        text
        for category in document["categories"]
        for item in category.get("unresolved", [])
        for text in (item["why"], *item["submission_ids"])
    ]
    return [*still_open, *(row[-2 if command == "tally" else 1] for row in rows(document))]


@pytest.mark.parametrize("form", ["table", "plain", "markdown"])
@pytest.mark.parametrize("command", COMMANDS)
def test_people_read_what_programs_get(command: str, form: str, work: Path) -> None:
    def flat(text: str) -> str:
        return re.sub(r"\s+", "", re.sub(r"\\([\\`*_\[\]<>|#&~])", r"\1", text))

    document = json.loads(shown(work, command, "json"))
    page = flat(shown(work, command, form))
    wanted = words_of_json(command, document)
    assert wanted
    assert [text for text in wanted if flat(text) not in page] == []


def test_language_changes_names_and_not_data(work: Path) -> None:
    """But for `rules`, where the letter's own words are what is asked for: tests/test_clauses.py."""
    for form in ("json", "csv"):
        in_chinese = wsisctl(*COMMANDS["nominate"], "--format", form, "--lang", "zh", cwd=work)
        assert in_chinese.out == shown(work, "nominate", form)


def test_names_of_categories_in_chinese(work: Path) -> None:
    assert "信息通信基础设施" in wsisctl(*COMMANDS["nominate"], "--lang", "zh", cwd=work).out
    assert "信息通信基础设施" not in shown(work, "nominate", "plain")


@pytest.mark.parametrize(
    ("command", "told"),
    [("validate", "5 rows read"), ("tally", "15 votes read = 12 counted + 3 rejected")],
)
def test_the_summary_says_how_many_rows_were_read(command: str, told: str, work: Path) -> None:
    assert told in " ".join(shown(work, command, "plain").split())


PAGES: tuple[Rule | Reason, ...] = (*ALL_RULES, *REASONS)


@pytest.mark.parametrize("page", PAGES, ids=[page.code for page in PAGES])
def test_every_rule_and_reason_has_its_page_in_plain_words(page: Rule | Reason) -> None:
    result = wsisctl("explain", page.code)
    assert (result.status, result.err) == (0, "")
    text = " ".join(result.out.split())
    for part in (page.code, page.checks, page.why, page.example, page.mend):
        assert part in text


@pytest.mark.parametrize(
    ("code", "settings", "needs"),
    [
        ("deadline", "phase: text, required", "none"),
        (
            "status",
            "accepted: list of text, required read: list of text, optional",
            "status, and those that its settings name",
        ),
        (
            "word-count",
            "field → its limits: (min: whole number from 1, optional; "
            "max: whole number from 1, optional), at least 1 required",
            "those that its settings name",
        ),
        (
            "language",
            "language: text, required fields: list of text, required",
            "those that its settings name",
        ),
        (
            "same-project",
            "compare: list of text, required alike: whole number from 1 to 100, optional",
            "those that its settings name",
        ),
        ("past-winner", "texts: list of text, optional", "title, and those that its settings name"),
        ("one-per-entity", "none", "entity, category"),
    ],
)
def test_the_page_of_a_rule_says_what_it_takes_and_needs(
    code: str, settings: str, needs: str
) -> None:
    """Whoever writes a definition has no contest yet to look at."""
    text = " ".join(wsisctl("explain", code).out.split())
    assert f" Settings {settings} Needs the fields {needs} " in text


def test_with_a_contest_the_page_names_the_fields_of_its_settings() -> None:
    shown_in_contest = wsisctl("explain", "language", *CONTEST, "--format", "json").out
    document = json.loads(shown_in_contest)
    assert document["needs"] == document["settings"]["fields"]
    assert json.loads(wsisctl("explain", "language", "--format", "json").out)["needs"] is None


@pytest.mark.parametrize("page", ALL_RULES, ids=[page.code for page in ALL_RULES])
def test_every_setting_of_a_rule_is_on_its_page(page: Rule) -> None:
    _, _, shown_settings = wsisctl("explain", page.code).out.partition("\nSettings\n")
    for name in page.settings.get("properties", {}):
        assert f"    {name}: " in shown_settings


@pytest.mark.parametrize("code", ["word-cuont", "own-project", "", "[red]", "--"])
def test_an_unknown_code_has_no_page(code: str) -> None:
    result = wsisctl("explain", code)
    assert (result.status, result.out) == (2, "")
    assert result.err


def test_a_misspelt_code_is_suggested() -> None:
    assert "'word-count'" in wsisctl("explain", "word-cuont").err
    assert "own_project" in wsisctl("explain", "own-project").err


# --- Widths -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["validate", "rules", "explain"])
def test_plain_sentences_are_at_most_eighty_columns_wide(command: str, work: Path) -> None:
    too_wide = [line for line in shown(work, command, "plain").splitlines() if len(line) > 80]
    assert [line for line in too_wide if len(line.split()) > 1] == []


def test_only_an_unbreakable_word_is_wider(tmp_path: Path) -> None:
    """An id or a URL must stay whole, so that it can be copied and clicked."""
    identity, word = "1" * 90, "https://example.org/" + "x" * 90
    entered = [submission(identity, status=f"see {word} please", category=word)]
    path = write_csv(tmp_path / "submissions.csv", entered)
    lines = wsisctl("validate", path, *CONTEST).out.splitlines()
    too_wide = [line.split() for line in lines if len(line) > 80]
    assert too_wide
    assert all(len(tokens) == 1 for tokens in too_wide)


# --- stdout, stderr, statuses, options ----------------------------------------------------------


@pytest.mark.parametrize("command", ["validate", "nominate", "tally", "explain"])
def test_only_the_result_goes_to_stdout(command: str, work: Path) -> None:
    loud = wsisctl(*COMMANDS[command], cwd=work)
    quiet = wsisctl(*COMMANDS[command], "--quiet", cwd=work)
    assert (loud.status, loud.out) == (STATUS[command], quiet.out)
    assert quiet.err == ""
    assert not re.search(r"^(note|error|help|warning): ", loud.out, re.MULTILINE)
    assert loud.out.endswith("\n")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("explain", "nothing"), 2),
        (("rules", *CONTEST, "--format", "xml"), 2),
        (("rules", *CONTEST, "--lang", "fr"), 2),
        (("rules", *CONTEST, "--plain", "--format", "json"), 2),
        (("tally", *CONTEST), 2),
        ((), 2),
        (("rules", "--contest", "1999"), 3),
        (("validate", "nowhere.csv", *CONTEST), 3),
        ((*COMMANDS["validate"], "--out", "votes.csv"), 4),
        (("demo", "out"), 4),
    ],
)
def test_errors_are_said_though_quiet(words: Sequence[str], status: int, work: Path) -> None:
    quiet = ("--quiet",) if words else ()
    result = wsisctl(*quiet, *words, cwd=work)
    assert (result.status, result.out) == (status, "")
    assert result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "json"),
        ("--format", "csv"),
        ("--plain",),
        ("--quiet",),
        ("--no-color", "--format", "table"),
        ("--lang", "zh"),
    ],
    ids=" ".join,
)
def test_global_options_stand_before_or_after_the_command(
    options: Sequence[str], work: Path
) -> None:
    command, *words = COMMANDS["nominate"]
    after = wsisctl(command, *words, *options, cwd=work)
    assert wsisctl(*options, command, *words, cwd=work) == after
    assert wsisctl(command, *options, *words, cwd=work) == after


def test_the_option_after_the_command_prevails(work: Path) -> None:
    words = COMMANDS["explain"]
    assert wsisctl("--format", "json", *words, "--format", "csv") == wsisctl(
        *words, "--format", "csv"
    )


@pytest.mark.parametrize("plain", [("--plain",), ("--plain", "--format", "plain")], ids=len)
def test_plain_is_short_for_format_plain(plain: Sequence[str]) -> None:
    words = COMMANDS["explain"]
    assert wsisctl(*words, *plain) == wsisctl(*words) == wsisctl(*words, "--format", "plain")


def examples() -> Iterable[str]:
    """What the helps say that people type, each once."""
    found: dict[str, None] = {}
    for words in ([], *([name] for _, entries in MENU for name, _, _ in entries)):
        result = wsisctl(*words, "--help")
        assert (result.status, result.err) == (0, "")
        _, _, shown_examples = result.out.partition("Examples:")
        unfolded = shown_examples.replace("\\\n", " ")
        lines = " ".join(unfolded.split()).split("wsisctl ")[1:]
        assert lines, f"{words} has no example"
        assert all(not words or line.startswith(words[0]) for line in lines)
        found |= dict.fromkeys(line.strip() for line in lines)
    return found


def test_every_example_in_the_help_is_a_command_that_runs(tmp_path: Path) -> None:
    """In a new contest folder, or for bare files beside one: no input is there (3), and never is the
    command line wrong (2)."""
    told = list(examples())
    assert len(told) > len(COMMANDS)
    assert wsisctl("init", "new", "--contest", "2021", cwd=tmp_path).status == 0
    needs_nothing = {"init", "status", "rules", "explain", "schema", "demo"}
    for example in told:
        words = shlex.split(example)
        bare = "--contest" in words and words[0] not in needs_nothing
        result = wsisctl(*words, cwd=tmp_path if bare else tmp_path / "new")
        alone = words[0] in needs_nothing or words[:2] == ["decide", "lot-seed"]
        assert result.status == (0 if alone else 3), (example, result.err)


# --- Other programs at the other end ------------------------------------------------------------


def process(
    *words: str | Path, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *words], cwd=cwd, capture_output=True, env={**os.environ, **environment}
    )


def on_terminal(
    command: Sequence[str], cwd: Path, end: str = "stdout", **environment: str
) -> tuple[str, bytes]:
    """What a terminal gets that stands at this end, and what the pipe at the other end gets."""
    ours, theirs = pty.openpty()
    plugs = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | {end: theirs}
    with subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm-256color", **environment},
        stdout=plugs["stdout"],
        stderr=plugs["stderr"],
    ) as child:
        os.close(theirs)
        seen = b""
        try:
            while block := os.read(ours, 65536):
                seen += block
        except OSError:
            pass  # Linux: the other side has closed
        pipe = child.stderr if end == "stdout" else child.stdout
        assert pipe is not None
        other: bytes = pipe.read()
    os.close(ours)
    return seen.decode().replace("\r\n", "\n"), other


def test_a_terminal_gets_the_table_and_a_pipe_does_not(work: Path) -> None:
    words = COMMANDS["tally"]
    seen, notes = on_terminal([*PROGRAM, *words], work)
    assert ESCAPE in seen
    assert ESCAPE.encode() not in notes
    in_pipe = wsisctl(*words, "--format", "table", cwd=work).out
    assert ESCAPE not in in_pipe
    # Nothing is told by colour alone: without it, the same text is there.
    without = re.sub(rf"{ESCAPE}\[[0-9;]*m", "", seen)
    assert [line.rstrip() for line in without.splitlines()] == in_pipe.splitlines()


@pytest.mark.parametrize(
    ("options", "environment"),
    [((), {"TERM": "dumb"}), (("--no-color",), {}), ((), {"NO_COLOR": "1"})],
    ids=["dumb", "--no-color", "NO_COLOR"],
)
def test_a_terminal_without_colours_gets_the_same_table(
    options: Sequence[str], environment: dict[str, str], work: Path
) -> None:
    words = ("explain", "deadline")
    seen, _ = on_terminal([*PROGRAM, *words, *options], work, **environment)
    assert seen == wsisctl(*words, "--format", "table", cwd=work).out


# The bar waits for a second so that short work never shows it; here it waits for nothing.
IMPATIENT = (
    "import sys; from wsisctl.commands import progress; progress._PATIENCE_SECONDS = 0; "
    "from wsisctl.cli import run; sys.exit(run(sys.argv[1:]))"
)


def test_a_progress_bar_is_for_terminals_and_never_for_the_quiet(work: Path) -> None:
    words = COMMANDS["nominate"]
    usual = wsisctl(*words, cwd=work)
    command = [sys.executable, "-c", IMPATIENT, *words]
    seen, result = on_terminal(command, work, end="stderr")
    assert ESCAPE in seen
    assert "nominate: " in seen
    assert result.decode() == usual.out
    assert on_terminal([*command, "--quiet"], work, end="stderr") == ("", result)
    in_pipe = subprocess.run(command, cwd=work, capture_output=True)
    assert (in_pipe.stdout, in_pipe.stderr.decode()) == (result, usual.err)


# A count that nobody lives to see the end of. A shell's background jobs, and their children, are deaf to the keyboard.
ENDLESS = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from wsisctl.voting import count; "
    "count._statements = lambda: ('select sum(range) from range(10000000);' * 10_000, ''); "
    "from wsisctl.__main__ import main; main()"
)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=lambda sign: sign.name)
def test_a_count_that_is_stopped_leaves_nothing_behind(
    sign: signal.Signals, work: Path, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, *COMMANDS["tally"], "--out", "stopped"],
        cwd=work,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch)},
    ) as child:
        while not list(scratch.glob("wsisctl-*")) and child.poll() is None:
            time.sleep(0.01)
        time.sleep(0.3)
        assert list(scratch.glob("wsisctl-*"))
        child.send_signal(sign)
        try:
            assert child.communicate(timeout=60) == (b"", b"")
        finally:
            child.kill()
    assert child.returncode == 130
    assert not list(scratch.iterdir())
    assert not (work / "stopped").exists()


def nobody_reads(command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """As `… | head -0`, where the reader has gone before the first byte."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(command, cwd=cwd, stdout=writer, stderr=subprocess.PIPE)
    finally:
        os.close(writer)


def disk_is_full(command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[bytes]:
    with Path("/dev/full").open("wb") as full:
        return subprocess.run(command, cwd=cwd, stdout=full, stderr=subprocess.PIPE)


def stdout_is_closed(command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """As `… >&-`."""
    shell = ("sh", "-c", 'exec "$@" >&-', "sh")
    return subprocess.run([*shell, *command], cwd=cwd, stderr=subprocess.PIPE)


Sink = Callable[[Sequence[str], Path], subprocess.CompletedProcess[bytes]]
no_full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")


@pytest.mark.parametrize(
    "words", [("--version",), ("--help",), ("explain", "deadline")], ids=lambda words: words[0]
)
@pytest.mark.parametrize(
    "sink", [nobody_reads, pytest.param(disk_is_full, marks=no_full_disk), stdout_is_closed]
)
def test_no_traceback_where_the_result_cannot_be_written(
    sink: Sink, words: Sequence[str], work: Path
) -> None:
    """No defect of ours, and nothing that a user could read as one."""
    result = sink([*PROGRAM, *words], work)
    told = result.stderr.decode()
    assert not re.search(r"Traceback|Exception ignored|internal error|  File ", told), told
    assert result.returncode not in (0, 70), "the result is lost, and not through a defect"


def test_an_eight_bit_locale_gets_utf_8(work: Path) -> None:
    words = (*COMMANDS["nominate"], "--lang", "zh")
    result = process(*words, cwd=work, LC_ALL="C", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    expected = wsisctl(*words, cwd=work)
    assert (result.returncode, result.stdout) == (expected.status, expected.out.encode())


def test_a_file_name_is_the_same_in_every_locale(work: Path, tmp_path: Path) -> None:
    """Results are the same on every machine, and files have names in every script."""
    name = "".join(NAMES) + ".csv"
    (tmp_path / name).write_bytes((work / "submissions.csv").read_bytes())
    words = ("validate", name, *CONTEST, "--format", "json", "--out", "out")
    seen = {}
    for locale in ({"LC_ALL": "C.UTF-8"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
        result = process(*words, cwd=tmp_path, **locale)
        assert result.returncode == 1, result.stderr
        assert name.encode() in result.stdout
        seen[locale["LC_ALL"]] = result.stdout, (tmp_path / "out" / "manifest.json").read_bytes()
    assert seen["C"] == seen["C.UTF-8"]


def test_a_file_name_of_other_bytes_is_no_defect(work: Path, tmp_path: Path) -> None:
    """A name that is no UTF-8 is rare and legal; it can be shown only with its bytes spelled out."""
    name = os.fsdecode(b"caf\xe9.csv")
    (tmp_path / name).write_bytes((work / "submissions.csv").read_bytes())
    result = process("validate", name, *CONTEST, "--format", "json", cwd=tmp_path)
    assert result.returncode in (1, 3), result.stderr
    assert b"Traceback" not in result.stderr
    if result.returncode == 1:
        json.loads(result.stdout)


def test_the_shell_completes_commands(work: Path) -> None:
    request = {"_WSISCTL_COMPLETE": "complete_bash", "COMP_WORDS": "wsisctl sel", "COMP_CWORD": "1"}
    assert process(cwd=work, **request).stdout.split() == [b"select-winners"]
