"""`wsisctl validate` with every rule, from the submissions of a contest to many times as many.

    make benchmark-validate

writes a table in Markdown to stdout; numbers after the command are other sizes. CPU is what goes
beyond starting up, which is the same command on a single submission; the last column, CPU per
thousand submissions, tells how it grows.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.stages import PROGRAM, Cost, cost
from wsisctl.contest.load import load_contest
from wsisctl.demo.export import Export
from wsisctl.demo.real.edition import RealEdition
from wsisctl.demo.real.size import REAL

CONTEST = "2021"
SIZES = (1_000, 1_300, 10_000, 50_000)


def validated(export: Export, past_winners: Path, number: int) -> Cost:
    """Validating an export, written to the folder in which the past winners are."""
    folder = past_winners.parent
    submissions = folder / f"submissions-{number}.csv"
    export.write(submissions)
    command = ("validate", submissions, "--contest", CONTEST, "--past-winners", past_winners)
    return cost(f"{number:,}", *PROGRAM, *command, "--quiet", cwd=folder)


def costs(sizes: tuple[int, ...], folder: Path) -> list[Cost]:
    """Of one submission, and of each number of them."""
    contest = load_contest(CONTEST)
    past_winners = folder / "past-winners.csv"
    RealEdition(contest).past_winners().write(past_winners)
    smallest = RealEdition(contest).submissions()
    one = replace(smallest, rows=tuple(smallest.rows)[:1])
    measured = [validated(one, past_winners, 1)]
    for number in sizes:
        export = RealEdition(contest, replace(REAL, submissions=number)).submissions()
        measured.append(validated(export, past_winners, number))
    return measured


def main() -> None:
    """Print the table."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    with tempfile.TemporaryDirectory(prefix="wsisctl-benchmark-") as folder:
        starting_up, *measured = costs(sizes, Path(folder))
    print(f"Starting up: {starting_up.cpu:.2f} s CPU, {starting_up.peak} MiB.\n")
    print("| submissions | CPU s beyond starting up | wall s | peak MiB | CPU s per thousand |")
    print("|--:|--:|--:|--:|--:|")
    for number, item in zip(sizes, measured, strict=True):
        cpu = item.cpu - starting_up.cpu
        print(
            f"| {item.what} | {cpu:.2f} | {item.wall:.1f} | {item.peak} | {1000 * cpu / number:.2f} |"
        )


if __name__ == "__main__":
    main()
