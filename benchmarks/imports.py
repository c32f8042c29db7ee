"""Importing submissions and votes, against DuckDB reading the same CSV into Parquet.

    make benchmark-imports

writes a table in Markdown to stdout; numbers after the command are other numbers of votes. The yardstick
reads every cell as text, checks nothing, and writes Parquet with the same compression. Each measurement is
a process of its own; the last column is the yardstick's wall time as a share of the import's: a half
or more is what we hold it to.
"""

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.stages import PROGRAM, Cost, cost
from wsisctl.contest.load import load_contest
from wsisctl.demo.real.edition import RealEdition
from wsisctl.demo.real.size import REAL

CONTEST = "2021"
SUBMISSIONS = 50_000
VOTES = (1_000_000, 10_000_000)
YARDSTICK = """
import duckdb, sys
source, target = sys.argv[1:]
duckdb.sql(
    f"copy (from read_csv('{source}', all_varchar = true, header = true)) "
    f"to '{target}' (format parquet, compression zstd)"
)
"""
INVENT = """
import duckdb, sys
number, target = sys.argv[1:]
duckdb.sql(
    "copy (select format('{:08d}', i) as vote_id, format('m{:07d}', hash(i) % 2000000) as member_id, "
    "'C' || (1 + i % 6) as category, format('177344724222{:05d}', i % 360) as submission_id, "
    "strftime(timestamp '2021-03-01 00:00:00' + to_seconds((i * 7919) % 2600000), '%Y-%m-%dT%H:%M:%SZ') "
    f"as cast_at from range({number}) t(i)) to '{target}' (header)"
)
"""


def both(what: str, command: str, export: Path, folder: Path) -> tuple[Cost, Cost]:
    """The yardstick on an export, and its import into a new contest folder."""
    parquet = folder / f"{export.stem}.parquet"
    bare = cost(f"DuckDB: {what}", sys.executable, "-c", YARDSTICK, export, parquet, cwd=folder)
    contest = folder / f"contest-{export.stem}"
    subprocess.run(
        [*PROGRAM, "init", contest, "--contest", CONTEST], check=True, stdout=subprocess.DEVNULL
    )
    words = (command, export, "--folder", contest, "--quiet")
    return bare, cost(f"{command}: {what}", *PROGRAM, *words, cwd=folder)


def costs(numbers: tuple[int, ...], folder: Path) -> list[tuple[Cost, Cost]]:
    """Of the submissions, and of each number of votes."""
    submissions = folder / "submissions.csv"
    edition = RealEdition(load_contest(CONTEST), replace(REAL, submissions=SUBMISSIONS))
    edition.submissions().write(submissions)
    found = [both(f"{SUBMISSIONS:,} submissions", "import-submissions", submissions, folder)]
    for number in numbers:
        votes = folder / f"votes-{number}.csv"
        subprocess.run([sys.executable, "-c", INVENT, str(number), votes], check=True)
        found.append(both(f"{number:,} votes", "import-votes", votes, folder))
        votes.unlink()
    return found


def main() -> None:
    """Print the table."""
    numbers = tuple(map(int, sys.argv[1:])) or VOTES
    with tempfile.TemporaryDirectory(prefix="wsisctl-benchmark-") as folder:
        measured = costs(numbers, Path(folder))
    print("| what | CPU s | wall s | peak MiB | speed of DuckDB's |")
    print("|---|--:|--:|--:|--:|")
    for bare, ours in measured:
        for item in (bare, ours):
            share = f"{bare.wall / item.wall:.2f}"
            print(f"| {item.what} | {item.cpu:.1f} | {item.wall:.1f} | {item.peak} | {share} |")


if __name__ == "__main__":
    main()
