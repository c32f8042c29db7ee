"""What it costs to ask for the version, or for help."""

import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage

CLOCK_TICK = 0.01  # what the operating system's accounting cannot see
PROGRAM = (sys.executable, "-m", "wsisctl")


def cpu_seconds(*command: str) -> float:
    """The least of several runs: what the machine can do when nothing else disturbs it."""
    times = []
    for _ in range(7):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def test_version_costs_at_most_twice_bare_python() -> None:
    bare = cpu_seconds(sys.executable, "-c", "pass")
    assert cpu_seconds(*PROGRAM, "--version") <= 2 * bare + CLOCK_TICK


def test_help_costs_at_most_twice_typer() -> None:
    typer = cpu_seconds(sys.executable, "-c", "import typer")
    assert cpu_seconds(*PROGRAM, "--help") <= 2 * typer + CLOCK_TICK
