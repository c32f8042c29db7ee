"""What meets someone who does not know the program yet: its help, its corrections, its completion."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import Result, submission, write_csv, wsisctl
from wsisctl.cli import MENU
from wsisctl.commands.decide import Kind
from wsisctl.commands.options import FormatName, LanguageName
from wsisctl.rules import ALL_RULES
from wsisctl.shipped import editions, schemas
from wsisctl.suggest import nearest, suggestion
from wsisctl.voting.reasons import REASONS

COMMANDS = [name for _, entries in MENU for name, _, _ in entries]
EVERY_HELP = [(), *((name,) for name in COMMANDS)]
CODES = [*(rule.code for rule in ALL_RULES), *(reason.code for reason in REASONS)]
ESCAPE = "\x1b"
BASH, FISH = shutil.which("bash") or "", shutil.which("fish") or ""


def page(*words: str) -> str:
    result = wsisctl(*words, "--help")
    assert (result.status, result.err) == (0, "")
    return result.out


def sections(text: str) -> dict[str, list[str]]:
    """The lines under each heading of a help page."""
    found: dict[str, list[str]] = {}
    for block in text.split("\n\n"):
        heading, *lines = block.splitlines()
        if re.fullmatch(r"[A-Z][^:]*:", heading) and lines:
            assert heading not in found, f"{heading} stands there twice"
            found[heading.removesuffix(":")] = lines
    return found


def entries_of(lines: Sequence[str]) -> list[str]:
    """The first words of a section's entries, without the lines that go on."""
    return [line.split()[0].rstrip(",") for line in lines if re.match(r"  \S", line)]


# --- Help -----------------------------------------------------------------------------------------


def test_commands_stand_under_their_stage_of_the_contest() -> None:
    found = sections(page())
    expected = {heading: [name for name, _, _ in entries] for heading, entries in MENU if entries}
    assert {heading: entries_of(found[heading]) for heading in expected} == expected
    assert list(found)[: len(expected)] == list(expected), "commands come before options"
    assert not {heading for heading, entries in MENU if not entries} & found.keys()


def test_every_command_is_registered_once() -> None:
    assert [name for name, count in Counter(COMMANDS).items() if count > 1] == []
    assert all(page(name).startswith(f"Usage: wsisctl {name} ") for name in COMMANDS)


def test_no_summary_is_cut_off() -> None:
    assert [line for line in page().splitlines()[1:] if "..." in line] == []
    summaries = " ".join(page().split())
    for name in COMMANDS:
        first_sentence = " ".join(page(name).split("\n\n")[1].split()).split(". ")[0].rstrip(".")
        assert f"{name} {first_sentence}." in summaries


@pytest.mark.parametrize("words", EVERY_HELP, ids=" ".join)
def test_help_is_plain_text_as_wide_as_a_terminal(words: Sequence[str]) -> None:
    text = page(*words)
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert ESCAPE not in text
    assert not re.search(r"[\u2500-\u257f]", text), "a box"
    assert "<str>" not in text


@pytest.mark.parametrize("words", EVERY_HELP, ids=" ".join)
def test_explanations_begin_in_one_column(words: Sequence[str]) -> None:
    for group in (COMMANDS, None):
        columns = set()
        for lines in sections(page(*words)).values():
            of_commands = bool({*entries_of(lines)} & {*COMMANDS})
            if of_commands == (group is not None):
                columns |= {
                    match.end() for line in lines if (match := re.match(r"  \S.*?  +", line))
                }
        assert len(columns) <= 1


@pytest.mark.parametrize("name", COMMANDS)
def test_options_stand_under_what_they_are_for(name: str) -> None:
    found = {heading: entries_of(lines) for heading, lines in sections(page(name)).items()}
    assert {"--plain", "--quiet", "--no-color"} <= {*found["Output"]}
    assert found["Options"][-1] == "-h"
    assert not {"--out", "--format", "--lang"} & {*found["Options"]}
    headings = [
        heading for heading in ("Arguments", "Input", "Output", "Options") if heading in found
    ]
    assert [heading for heading in found if heading in headings] == headings
    options = Counter(option for entries in found.values() for option in entries)
    assert [option for option, count in options.items() if count > 1] == []


@pytest.mark.parametrize("words", EVERY_HELP, ids=" ".join)
def test_examples_can_be_pasted_into_a_shell(words: Sequence[str]) -> None:
    _, _, shown = page(*words).partition("Examples:\n")
    commands = shown.replace("\\\n", " ").strip().splitlines()
    assert commands
    for command in commands:
        program, *given = shlex.split(command)
        assert program == "wsisctl"
        assert given[: len(words)] == list(words)
    folded = [line for line in shown.splitlines() if line.endswith("\\")]
    assert not [line for line in folded if re.search(r" --[a-z-]+ \\$", line)], (
        "torn from its value"
    )


@pytest.mark.parametrize(
    ("name", "usage"),
    [
        ("explain", "[OPTIONS] CODE"),
        ("schema", "[OPTIONS] [NAME]"),
        ("rules", "[OPTIONS]"),
        ("demo", "[OPTIONS] [DIR]"),
    ],
)
def test_the_usage_says_what_is_needed(name: str, usage: str) -> None:
    assert page(name).splitlines()[0] == f"Usage: wsisctl {name} {usage}"


@pytest.mark.parametrize("name", COMMANDS)
def test_arguments_have_no_signs_of_the_parser(name: str) -> None:
    usage = page(name).splitlines()[0]
    assert not re.search(r"[{}]|\[\[|\.\.\.\S", usage)
    assert not [line for line in sections(page(name)).get("Arguments", []) if "..." in line]


def test_without_a_word_the_help_is_no_result() -> None:
    result = wsisctl()
    assert (result.status, result.out) == (2, "")
    assert result.err == page()


# --- A wrong command line -------------------------------------------------------------------------


def refused(*words: str) -> tuple[str, str]:
    """The error and the help, where the command line is wrong."""
    result = wsisctl(*words)
    assert (result.status, result.out) == (2, "")
    lines = re.fullmatch(r"error: (.+)\nhelp: (.+)\n", result.err)
    assert lines, f"expected an error and what to do next: {result.err}"
    assert "Traceback" not in result.err
    assert ESCAPE not in result.err
    return lines[1], lines[2]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("valdate", "'validate'"),  # misspelt
        ("sel", "'select-winners'"),  # begun
        ("winners", "'select-winners'"),  # a part
        ("Tally", "'tally'"),
        ("explian", "'explain'"),
    ],
)
def test_a_command_is_suggested(word: str, meant: str) -> None:
    error, help_ = refused(word)
    assert error.startswith(f"no such command '{word}'; did you mean ")
    assert meant.strip("'") in error
    assert "`wsisctl --help`" in help_


@pytest.mark.parametrize("word", ["xyzzy", "", "42", "--", "提交"])
def test_a_word_like_no_command_is_told_which_there_are(word: str) -> None:
    _, help_ = refused("--", word)
    assert all(name in help_ for name in COMMANDS)
    assert "`wsisctl --help`" in help_


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("rules", "--contst", "2021"), "--contest"),
        (("rules", "--form", "json"), "--format"),
        (("rules", "--color"), "--no-color"),
        (("--versoin",), "--version"),
        (("demo", "--quite"), "--quiet"),
    ],
)
def test_an_option_is_suggested(words: Sequence[str], meant: str) -> None:
    error, help_ = refused(*words)
    unknown = next(word for word in words if word.startswith("--"))
    assert error == f"no such option '{unknown}'; did you mean '{meant}'?"
    assert "--help`" in help_


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--format", "tabel"), "--format 'tabel' is unknown; did you mean 'table'?"),
        (("--format", "xml"), "--format 'xml' is unknown; expected one of: csv, json, markdown"),
        (("--format", ""), "--format '' is unknown; expected one of: csv, json, markdown"),
        (("--lang", "fr"), "--lang 'fr' is unknown; expected one of: en, zh"),
        (("--lang", "a\"b'c\\d"), "--lang 'a\"b'c\\d' is unknown; expected one of: en, zh"),
        (
            ("--format", "it's"),
            "--format 'it's' is unknown; expected one of: csv, json, markdown, plain, table",
        ),
    ],
)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_a_choice_is_suggested(words: Sequence[str], says: str, first: bool) -> None:
    line = (*words, "explain", "deadline") if first else ("explain", "deadline", *words)
    error, _ = refused(*line)
    assert says in error
    assert "Value error" not in error, "the validator's own words"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("explain",), "missing: CODE"),
        (("explain", "deadline", "word-count"), "word-count"),
        (("explain", "--contest"), "'--contest'"),
        (("explain", "--plain=yes", "deadline"), "'--plain'"),
        (("--plain",), "missing command"),
    ],
)
def test_whatever_else_is_wrong_is_said_in_one_shape(words: Sequence[str], says: str) -> None:
    error, help_ = refused(*words)
    assert says in error
    assert "--help`" in help_


PLACES = [
    ((*first, f"--{option}", ""), f"--{option} is empty")
    for first, options in (
        (("validate", "--contest", "2021"), "out annotate letters since submissions decisions"),
        (("nominate", "--contest", "2021"), "submissions scores panel organizations past-winners"),
        (("tally", "--contest", "2021"), "votes members nominees corrections"),
        (("select-winners", "--contest", "2021"), "tally"),
        (("report",), "results folder"),
        (("decide",), "from"),
        (("rules",), "contest"),
    )
    for option in options.split()
]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        *PLACES,
        (("status", "--folder="), "--folder is empty"),
        (("validate", "a.csv", "", "--contest", "2021"), "FILE is empty"),
        (("import-votes", ""), "FILE is empty"),
        (("init", "", "--contest", "2021"), "DIR is empty"),
        (("demo", ""), "DIR is empty"),
    ],
)
def test_an_empty_path_is_not_the_folder_we_are_in(
    words: Sequence[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    error, help_ = refused(*words)
    assert error == says
    assert "--help`" in help_
    assert list(tmp_path.iterdir()) == []


def test_the_folder_we_are_in_has_a_name(tmp_path: Path) -> None:
    projects = write_csv(tmp_path / "projects.csv", [submission("1")])
    command = ("validate", projects, "--contest", "2021", "--out", ".", "--quiet")
    assert wsisctl(*command, cwd=tmp_path).status == 0
    assert (tmp_path / "validation.json").exists()


def test_everything_that_is_missing_is_named_at_once_and_nothing_that_is_there() -> None:
    assert refused("init")[0] == "missing: DIR, --contest"
    assert refused("init", "--contest", "2021")[0] == "missing: DIR"
    error, help_ = refused("explain", "--contest", "2021")
    assert error == "missing: CODE"
    assert "for example: wsisctl explain word-count" in help_


def test_a_code_without_a_page_is_told_where_those_are_that_have_one() -> None:
    error, help_ = refused("explain", "word-cuont")
    assert error == "'word-cuont' is no rule, no reason and no clause; did you mean 'word-count'?"
    assert "`wsisctl rules`" in help_
    assert "docs/rules/README.md" in help_
    _, help_ = refused("explain", "2021-Z9")
    assert re.search("the clauses are 2021-L1, .+ and [0-9]+ more; `wsisctl rules`", help_)


def test_a_far_option_brings_no_list() -> None:
    assert refused("schema", "-x")[0] == "no such option '-x'"


@pytest.mark.parametrize("words", [(f"{ESCAPE}[31mred",), ("rules", f"--{ESCAPE}[31m"), ("explain", "a", f"{ESCAPE}[31m"), ("--lang", f"{ESCAPE}[31m", "demo")])  # fmt: skip
def test_a_word_cannot_act_on_the_terminal(words: Sequence[str]) -> None:
    refused(*words)


# --- Suggestions ----------------------------------------------------------------------------------

WORDS = ("import-members", "import-votes", "select-winners", "tally", "report")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("import", ["import-members", "import-votes"]),
        ("votes", ["import-votes"]),
        ("taly", ["tally"]),
        ("al", []),  # too short to be a part
        ("xyzzy", []),
        ("", []),
    ],
)
def test_what_is_nearest(word: str, meant: list[str]) -> None:
    assert nearest(word, WORDS) == meant


def test_a_suggestion_names_what_is_near_or_all_where_they_are_few() -> None:
    assert suggestion("taly", WORDS) == "; did you mean 'tally'?"
    assert suggestion("import", WORDS) == "; did you mean one of: import-members, import-votes?"
    assert suggestion("xyzzy", WORDS) == f"; expected one of: {', '.join(sorted(WORDS))}"
    assert suggestion("xyzzy", [f"{number}" for number in range(13)]) == ""
    assert suggestion("xyzzy", []) == ""


# --- Completion -----------------------------------------------------------------------------------


def ask(shell: str, line: str, *flags: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What the shell runs when someone presses Tab at the end of the line."""
    request = {"_WSISCTL_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        request |= {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    else:
        request |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return subprocess.run(
        [sys.executable, *flags, "-m", "wsisctl"],
        env=os.environ | request | more, capture_output=True, text=True,
    )  # fmt: skip


def offered(shell: str, line: str) -> list[str]:
    """The words that are offered, in the shell's own form."""
    result = ask(shell, line)
    assert "Traceback" not in result.stderr
    if shell == "bash":
        return result.stdout.split()
    if shell == "fish":
        return [item.split("\t")[0] for item in result.stdout.splitlines()]
    return re.findall(r'^.*?"([^"]+)"(?::".*")?', result.stdout, re.MULTILINE)


TABS: list[tuple[str, Sequence[str]]] = [
    ("wsisctl ", COMMANDS),
    ("wsisctl sel", ["select-winners"]),
    ("wsisctl rules --cont", ["--contest"]),
    ("wsisctl rules --contest ", editions()),
    ("wsisctl rules --contest 2018", ["2018"]),
    ("wsisctl explain ", CODES),
    ("wsisctl explain own", ["own_project"]),
    ("wsisctl explain deadline --contest ", editions()),
    ("wsisctl schema ", schemas()),
    ("wsisctl schema past", ["past-winners"]),
    ("wsisctl decide ", list(Kind)),
    ("wsisctl decide dismiss s1 --rule past", ["past-winner"]),
    ("wsisctl decide tie-break C1 --cut ", ["quota", "honoured", "pool", "winner"]),
    ("wsisctl --format ", list(FormatName)),
    ("wsisctl rules --lang ", list(LanguageName)),
    ("wsisctl rules --lang fr --for", ["--format"]),
    ("wsisctl rules --nonsense x --for", ["--format"]),
]


@pytest.mark.parametrize(("line", "words"), TABS, ids=[line for line, _ in TABS])
def test_tab_offers(line: str, words: Sequence[str]) -> None:
    assert sorted(offered("bash", line)) == sorted(words)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize(("line", "words"), [TABS[0], TABS[3], TABS[6]], ids=["command", "contest", "code"])  # fmt: skip
def test_other_shells_offer_the_same(shell: str, line: str, words: Sequence[str]) -> None:
    assert sorted(offered(shell, line)) == sorted(words)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_shell_that_can_show_it_gets_the_whole_summary(shell: str) -> None:
    result = ask(shell, "wsisctl val")
    assert "Check submissions against every rule of the contest." in result.stdout
    assert "..." not in ask(shell, "wsisctl ").stdout


def test_files_stay_possible_as_contest() -> None:
    """Without an offer of ours, the shell makes its own: files."""
    assert ask("bash", "wsisctl rules --contest my").stdout.strip() == ""
    assert ask("zsh", "wsisctl rules --contest my").stdout.strip() == "_files"
    no_offer = {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    assert ask("fish", "wsisctl rules --contest my", **no_offer).returncode == 1
    assert ask("fish", "wsisctl rules --contest 20", **no_offer).returncode == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    "line", ["wsisctl ", "wsisctl explain ", "wsisctl schema ", "wsisctl tally --"]
)
def test_nothing_heavy_is_loaded_at_a_press_of_tab(shell: str, line: str) -> None:
    told = ask(shell, line, "-X", "importtime").stderr
    loaded = {name.split("|")[-1].strip().split(".")[0] for name in told.splitlines()}
    assert "typer" in loaded, "the list of imports is not what it was"
    assert not loaded & {
        "duckdb",
        "jsonschema",
        "yaml",
        "rich",
        "tabulate",
        "pycld2",
        "markdown_it",
    }


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_can_be_had_without_being_in_that_shell(shell: str) -> None:
    request = {"_WSISCTL_COMPLETE": f"source_{shell}"}
    result = subprocess.run(
        [sys.executable, "-m", "wsisctl"],
        env=os.environ | request, capture_output=True, text=True,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    assert f"complete_{shell}" in result.stdout


def test_an_empty_request_is_none() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "wsisctl", "explain", "deadline", "--format", "table"],
        env=os.environ | {"_WSISCTL_COMPLETE": ""}, capture_output=True, text=True,
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (
        0,
        wsisctl("explain", "deadline", "--format", "table").out,
    )


def program_on_path(tmp_path: Path) -> dict[str, str]:
    """An environment in which `wsisctl` is this program."""
    program = tmp_path / "wsisctl"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m wsisctl "$@"\n')
    program.chmod(0o755)
    return os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)}


@pytest.mark.skipif(not BASH, reason="no bash")
def test_bash_itself_completes(tmp_path: Path) -> None:
    press = (
        'eval "$(_WSISCTL_COMPLETE=source_bash wsisctl)"; complete -p wsisctl; '
        "COMP_WORDS=(wsisctl rules --contest ''); COMP_CWORD=3; _wsisctl_completion wsisctl; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    result = subprocess.run(
        [BASH, "--norc", "-c", press],
        env=program_on_path(tmp_path), capture_output=True, text=True,
    )  # fmt: skip
    registered, *words = result.stdout.splitlines()
    assert "-o default" in registered, "files are offered where we offer nothing"
    assert words == list(editions()), result.stderr


@pytest.mark.skipif(not FISH, reason="no fish")
def test_fish_itself_completes(tmp_path: Path) -> None:
    press = "env _WSISCTL_COMPLETE=source_fish wsisctl | source; complete -C 'wsisctl schema past'"
    result = subprocess.run(
        [FISH, "--no-config", "-c", press],
        env=program_on_path(tmp_path), capture_output=True, text=True,
    )  # fmt: skip
    assert result.stdout.split() == ["past-winners"], result.stderr


def under(shell: str, option: str, tmp_path: Path) -> Result:
    """The option's outcome when this shell runs the program."""
    line = f"wsisctl {option}; echo $?"  # a second command, or the shell would make way for it
    result = subprocess.run(
        [shell, "-c", line], env=program_on_path(tmp_path), capture_output=True, text=True
    )
    *out, status = result.stdout.splitlines()
    return Result(int(status), "\n".join(out), result.stderr)


@pytest.mark.skipif(not BASH, reason="no bash")
def test_completion_installs_itself_into_the_users_shell(tmp_path: Path) -> None:
    shown = under(BASH, "--show-completion", tmp_path)
    assert (shown.status, shown.err) == (0, "")
    installed = under(BASH, "--install-completion", tmp_path)
    assert (installed.status, installed.err) == (0, "")
    assert ESCAPE not in installed.out
    script = tmp_path / ".bash_completions" / "wsisctl.sh"
    assert script.read_text("utf-8").strip() == shown.out.strip()
    assert str(script) in (tmp_path / ".bashrc").read_text("utf-8")


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
@pytest.mark.parametrize("shell", ["dash", "tcsh", None])
def test_a_shell_without_completion_is_told_what_to_do(
    option: str, shell: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in CI, where no shell may be found at all."""
    import shellingham  # type: ignore[import-untyped]

    def detect_shell() -> tuple[str, str]:
        if shell is None:
            raise shellingham.ShellDetectionFailure
        return shell, f"/bin/{shell}"

    monkeypatch.setattr(shellingham, "detect_shell", detect_shell)
    error, help_ = refused(option)
    assert option in error
    assert (shell or "no shell") in error
    assert "_WSISCTL_COMPLETE=source_bash wsisctl" in help_


def test_no_request_makes_completion_fail() -> None:
    """What stands on the line so far may be anything."""
    for line in ("wsisctl '", "wsisctl rules --contest=", "wsisctl x y z ", "wsisctl -- ", ""):
        result = ask("bash", line)
        assert "error" not in result.stderr, (line, result.stderr)
        assert "Traceback" not in result.stderr, (line, result.stderr)
