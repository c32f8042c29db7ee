"""Every command in the README and the docs is run, and what it prints is what stands there.

A block

    ```console
    $ wsisctl …
    what it prints
    ```

is a piece of a session in a shell; the blocks of one page follow each other. It begins in a folder that has
`docs/examples/`, as a clone has, and that is also the home of whoever types. `make docs` writes what the
commands print now; whoever runs it reads the difference before committing it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import REPOSITORY
from wsisctl.cli import MENU

WRITE = os.environ.get("WSISCTL_DOCS") == "write"
PAGES = sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *REPOSITORY.glob("docs/**/*.md")])  # fmt: skip
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANY_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = "--- end of output ---"


def commands(block: str) -> Iterator[str]:
    """What a person types: the lines after `$ `, with those after `> ` up to the END of its text."""
    typed: list[str] = []
    for line in block.split("\n"):
        if line.startswith("$ "):
            typed.append(line[2:])
        elif line.startswith("> ") and typed and _unfinished(typed[-1]):
            typed[-1] += f"\n{line[2:]}"
    yield from typed


def _unfinished(command: str) -> bool:
    first, *text = command.split("\n")
    return first.endswith("<<'END'") and text[-1:] != ["END"]


def shown(command: str) -> str:
    """A command as it stands on the page."""
    return "$ " + command.replace("\n", "\n> ")


def session(typed: list[str], folder: Path) -> list[str]:
    """What a shell prints after each command; both ends of a command in one stream, as on a screen."""
    shutil.copytree(REPOSITORY / "docs" / "examples", folder / "docs" / "examples")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{_keeping_status(typed)}"],
        cwd=folder,
        env={**os.environ, "PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
    )
    outputs = run.stdout.split(f"{_END}\n")
    assert len(outputs) == len(typed) + 1, run.stdout
    return outputs[:-1]


def _keeping_status(typed: list[str]) -> str:
    """A script that marks where each output ends, and leaves `$?` to the next command."""
    return "".join(f"{command}\nkept=$?; echo '{_END}'; (exit $kept)\n" for command in typed)


def as_it_is_now(page: str, folder: Path) -> str:
    """The page with what its commands print now."""
    blocks = [list(commands(match[1])) for match in _BLOCK.finditer(page)]
    outputs = iter(session([command for block in blocks for command in block], folder))
    written = iter(
        "```console\n" + "".join(f"{shown(command)}\n{next(outputs)}" for command in block) + "```"
        for block in blocks
    )
    return _BLOCK.sub(lambda _: next(written), page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_commands_print_what_the_page_shows(path: Path, tmp_path: Path) -> None:
    page = path.read_text("utf-8")
    now = as_it_is_now(page, tmp_path)
    if WRITE:
        path.write_text(now, "utf-8")
    else:
        assert page == now


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_no_command_stands_where_it_would_not_be_run(path: Path) -> None:
    """In a block of another kind, or in an indented one, nobody would see it go wrong."""
    page = path.read_text("utf-8")
    for language, block in _ANY_BLOCK.findall(page):
        if language != "console":
            assert "wsisctl " not in block, block
    for line in _ANY_BLOCK.sub("", page).split("\n"):
        assert not re.match(r"( {4}|\t)\s*(\$ )?wsisctl ", line), line


def test_a_wrong_output_is_noticed(tmp_path: Path) -> None:
    page = "```console\n$ echo one\ntwo\n$ false\n$ echo $?\n1\n```\n"
    now = as_it_is_now(page, tmp_path)
    assert now == "```console\n$ echo one\none\n$ false\n$ echo $?\n1\n```\n"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_no_page_leaves_anything_in_the_clone(path: Path) -> None:
    """What git does not know would stand there, and the next page would find its folder taken."""
    typed = [
        command
        for match in _BLOCK.finditer(path.read_text("utf-8"))
        for command in commands(match[1])
    ]
    leaving = [place for place, command in enumerate(typed) if command.startswith("cd ~/")]
    for command in typed[: leaving[0] if leaving else len(typed)]:
        assert re.match(r"export |(cp -r docs/examples/\w+|mkdir) ~/[\w/-]+$", command), command


def test_every_page_has_a_place_of_its_own() -> None:
    places = re.findall(
        r"^\$ (?:cp -r docs/examples/\w+|mkdir) (~/\S+)$",
        "\n".join(page.read_text("utf-8") for page in PAGES),
        re.MULTILINE,
    )
    assert len(places) > 3
    assert [place for place, number in Counter(places).items() if number > 1] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_no_page_is_empty(path: Path) -> None:
    """Nor does a section of it have nothing below its heading, or a last line that promises more."""
    page = _ANY_BLOCK.sub("…", path.read_text("utf-8")).strip()
    assert re.match(r"# \S", page)
    assert not page.endswith(":")
    for section in re.split(r"^#", page, flags=re.MULTILINE)[1:]:
        assert section.partition("\n")[2].strip() or f"{section.strip()}\n\n##" in page, section


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_every_file_of_the_repository_that_a_page_names_is_there(path: Path) -> None:
    """`NAME` in a path stands for what the reader chooses."""
    named = re.findall(
        r"`((?:wsisctl|tests|contests|schemas|scripts|docs|benchmarks)/[^`\s]*)`",
        path.read_text("utf-8"),
    )
    missing = [name for name in named if "NAME" not in name and not (REPOSITORY / name).exists()]
    assert missing == []


def test_the_readme_lists_the_commands_that_there_are() -> None:
    page = (REPOSITORY / "README.md").read_text("utf-8")
    _, _, after = page.partition("| command | does |\n")
    table, _, _ = after.partition("\n\n")
    listed = [
        name.split()[0]
        for row in table.split("\n")
        for name in re.findall(r"`([^`]+)`", row.split("|")[1])
    ]
    assert listed == [name for _, entries in MENU for name, _, _ in entries]


def test_links_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(REPOSITORY)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
