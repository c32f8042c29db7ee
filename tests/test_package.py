"""What a user installs: the wheel carries the editions and schemas and works without the repository."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import REPOSITORY


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_everything_that_ships_is_in_the_wheel(installed: Path) -> None:
    for room in ("contests", "schemas"):
        names = {path.name for path in (REPOSITORY / room).iterdir()}
        assert {path.name for path in (installed / "wsisctl" / "shipped" / room).iterdir()} == names
    assert (installed / "wsisctl" / "voting" / "count.sql").is_file()


@pytest.mark.parametrize("edition", ["2018", "2021"])
def test_the_wheel_runs_without_the_repository(
    installed: Path, edition: str, tmp_path: Path
) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(installed)!r}); import wsisctl; "
        f"assert wsisctl.__file__.startswith({str(installed)!r}); "
        f"from wsisctl.cli import run; sys.exit(run(['rules', '--contest', '{edition}']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": ""},
        capture_output=True, text=True,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert f"{edition}-S1 (machine)" in result.stdout
