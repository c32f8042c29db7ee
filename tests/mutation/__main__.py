"""`python -m tests.mutation`: every mutant of the rules and of the count, and the test that catches it.

`--every N` takes each Nth mutant only, `--only TEXT` those whose place or change holds the text. Ends with status
1 where a mutant survives that survivors.yaml does not explain, or where it explains one that does not.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.sql_mutants import sql_mutants_of
from tests.mutation.tests_of import TESTS_OF
from tests.mutation.trials import Trial, run_trials

TOP = Path(__file__).resolve().parent.parent.parent
SURVIVORS = Path(__file__).with_name("survivors.yaml")
Key = tuple[str, str, str]
"""Of a mutant: its file, the line's text, the change. Line numbers move."""


def every_mutant() -> Iterator[Trial]:
    """Every mutant of every file that has tests to catch them."""
    for path, tests in TESTS_OF.items():
        for mutant in mutants_in(path):
            yield Trial(mutant, tests)


def mutants_in(path: str) -> Iterator[Mutant]:
    """Every mutant of a file, by its path from the top of the repository."""
    source = (TOP / path).read_text("utf-8")
    yield from (sql_mutants_of if path.endswith(".sql") else mutants_of)(path, source)


def explained() -> dict[Key, str]:
    """The survivors that change nothing, and why."""
    entries = yaml.safe_load(SURVIVORS.read_text("utf-8")) or []
    return {(entry["file"], entry["line"], entry["change"]): entry["why"] for entry in entries}


def key(mutant: Mutant) -> Key:
    """By which survivors.yaml names it."""
    return mutant.path, mutant.text, mutant.what


def main() -> int:
    """List the mutants and who catches them; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    os.chdir(TOP)
    chosen = [trial for trial in every_mutant() if asked.only in str(trial.mutant)][:: asked.every]
    reasons = explained()
    unexplained = caught = 0
    for verdict in run_trials(chosen, asked.jobs):
        reason = reasons.get(key(verdict.mutant))
        told = verdict.caught_by or (f"survives: {reason}" if reason else "SURVIVES")
        if verdict.caught_by and reason:
            told += " (survivors.yaml says that it survives)"
        sys.stdout.write(f"{verdict.mutant}: {told}\n")
        sys.stdout.flush()
        caught += verdict.caught_by is not None
        unexplained += bool(verdict.caught_by) == bool(reason)
    survived = len(chosen) - caught
    sys.stdout.write(f"{len(chosen)} mutants: {caught} caught, {survived} survived; ")
    sys.stdout.write(f"{unexplained} not as survivors.yaml has it\n")
    return int(unexplained > 0)


if __name__ == "__main__":
    sys.exit(main())
