"""`tally` of many votes, with and without the second counter, and the second counter alone.

    make benchmark-recount
    make benchmark-recount VOTES="200000 2000000"

writes a table in Markdown to stdout. Each measurement is a process of its own, all of it.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.stages import PROGRAM, cost
from benchmarks.tally import tally
from benchmarks.votes import invent

VOTES = (200_000, 2_000_000)
SETTINGS = Path(__file__).parent.parent / "docs" / "examples" / "recount" / "2021.json"


def main() -> None:
    """Print the table."""
    print("| votes | what | CPU s | wall s | peak MiB |\n|--:|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="wsisctl-benchmark-") as name:
        folder = Path(name)
        for votes in map(int, sys.argv[1:] or VOTES):
            files = invent(votes, folder, "csv")
            alone = (
                *("--settings", SETTINGS, "--members", files.members),
                "--nominees",
                files.nominees,
            )
            commands: dict[str, tuple[str | Path, ...]] = {
                "tally": (*PROGRAM, *tally(files)),
                "tally --recount": (*PROGRAM, *tally(files), "--recount"),
                "the second counter alone": (sys.executable, "-m", "wsisctl.recount", *alone, files.votes),
            }  # fmt: skip
            for what, command in commands.items():
                item = cost(what, *command, cwd=folder)
                print(
                    f"| {votes:,} | {what} | {item.cpu:.1f} | {item.wall:.1f} | {item.peak} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
