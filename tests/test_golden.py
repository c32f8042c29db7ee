"""Golden folders: definition, inputs, decisions, expected results. Adding a folder adds a test.

A folder holds `case.yaml`, a list of commands with the exit status each must have, and `expected/`,
the files that must be in `results/` afterwards, byte for byte. `stdout` of a command names the file
there that keeps what it prints, `says` lines that must be on stderr.
`make golden` writes what is now; whoever runs it reads the difference before committing it.
"""

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import wsisctl

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("WSISCTL_GOLDEN") == "write"
CASES = sorted(path.parent for path in GOLDEN.glob("*/case.yaml"))


def contents(folder: Path) -> Mapping[str, str]:
    """What a folder holds; git keeps no empty folder, so that none is the same as an empty one."""
    files = sorted(path for path in folder.glob("*") if path.name != "manifest.json")
    return {path.name: path.read_bytes().decode() for path in files}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_folder(case: Path, tmp_path: Path) -> None:
    work = tmp_path / "case"
    shutil.copytree(case, work, ignore=shutil.ignore_patterns("expected"))
    results = work / "results"
    results.mkdir()
    steps: list[dict[str, Any]] = yaml.safe_load((case / "case.yaml").read_text(encoding="utf-8"))
    for step in steps:
        result = wsisctl(*shlex.split(step["run"]), cwd=work)
        assert result.status == step["status"], (
            f"{step}\nended with {result.status}\nstdout:\n{result.out}\nstderr:\n{result.err}"
        )
        for line in step.get("says", []):
            assert line in result.err, f"{step}\nstderr:\n{result.err}"
        if "stdout" in step:
            (results / step["stdout"]).write_bytes(result.out.encode())
    if WRITE:
        shutil.rmtree(case / "expected", ignore_errors=True)
        shutil.copytree(results, case / "expected", ignore=shutil.ignore_patterns("manifest.json"))
    assert contents(results) == contents(case / "expected")


def test_there_are_golden_folders() -> None:
    assert len(CASES) >= 6
