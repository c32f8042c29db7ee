"""Every command of a contest as big as that of 2021: what each costs as a whole process.

    make benchmark

writes a table in Markdown to stdout. Seconds differ from machine to machine and from hour to hour;
the last column does less so: the CPU time of a command as a multiple of the yardstick's, which
counts the same votes and applies no rule.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PROGRAM = (sys.executable, "-m", "wsisctl")
YARDSTICK = """
import duckdb, sys
duckdb.sql(
    "select category, submission_id, count(*) from "
    f"read_csv({sys.argv[1:]!r}, all_varchar = true, ignore_errors = true) group by all"
).fetchall()
"""
COMMANDS = {
    "submissions": "import-submissions",
    "past-winners": "import-past-winners",
    "scores-nomination": "import-scores",
    "members": "import-members",
    "votes": "import-votes",
    "scores-selection": "import-scores",
}
AFTER_IMPORT = ("validate", "nominate", "tally", "select-winners", "report", "status")


@dataclass(frozen=True)
class Cost:
    """What a process took."""

    what: str
    cpu: float
    wall: float
    peak: int
    """Mebibytes."""


def cost(what: str, *command: str | Path, cwd: Path) -> Cost:
    """Run a command to its end; anything but done or something to act upon is a failure."""
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        sys.exit(f"{what} failed")
    return Cost(what, usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss // 1024)


def costs(folder: Path) -> list[Cost]:
    """Of the demo's making, and of each command in a new folder with the same exports and decisions."""
    played = folder / "played"
    found = [cost("demo --size real", *PROGRAM, "demo", played, "--size", "real", cwd=folder)]
    votes = sorted((played / "exports" / "votes").iterdir())
    yardstick = cost("yardstick", sys.executable, "-c", YARDSTICK, *votes, cwd=folder)
    fresh = folder / "fresh"
    subprocess.run(
        [*PROGRAM, "init", fresh, "--contest", "2021"], check=True, stdout=subprocess.DEVNULL
    )
    shutil.copytree(played / "decisions", fresh / "decisions", dirs_exist_ok=True)
    for kind, command in COMMANDS.items():
        exports = sorted((played / "exports" / kind).iterdir())
        found.append(cost(f"{command} ({kind})", *PROGRAM, command, *exports, cwd=fresh))
    found += [cost(command, *PROGRAM, command, cwd=fresh) for command in AFTER_IMPORT]
    found.append(cost("tally on bare files", *PROGRAM, *bare_tally(fresh), cwd=fresh))
    if (fresh / "bare" / "tally.json").read_bytes() != (
        fresh / "results" / "tally.json"
    ).read_bytes():
        sys.exit("the tally in the folder and that on bare files differ")
    return [yardstick, *found]


def bare_tally(folder: Path) -> list[str | Path]:
    """The tally of a contest folder, as if it were bare files."""
    votes = sorted((folder / "exports" / "votes").iterdir())
    (members,) = (folder / "exports" / "members").iterdir()
    return [
        *("tally", "--contest", "2021", "--out", "bare"),
        *(word for path in votes for word in ("--votes", path)),
        *("--members", members, "--nominees", folder / "results" / "nominees.csv"),
        *("--decisions", folder / "decisions" / "decisions.yaml"),
    ]


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="wsisctl-benchmark-") as folder:
        measured = costs(Path(folder))
    print("| command | CPU s | wall s | peak MiB | CPU / yardstick |")
    print("|---|--:|--:|--:|--:|")
    for item in measured:
        ratio = item.cpu / measured[0].cpu
        print(f"| {item.what} | {item.cpu:.1f} | {item.wall:.1f} | {item.peak} | {ratio:.1f} |")


if __name__ == "__main__":
    main()
