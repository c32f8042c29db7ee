"""The whole `tally` of many votes, against DuckDB's bare count of the same file, Polars and pandas.

    make benchmark-tally
    make benchmark-tally VOTES="200000 2000000 10000000 100000000"

writes a table in Markdown to stdout. Each measurement is a process of its own, all of it: from its start to its
last file. Of small ones the best of several counts. Seconds differ from machine to machine and from hour to hour;
the last column does less so: CPU time as a multiple of the bare count's in the same run.

The bare count is `select category, submission_id, count(*) … group by all` and applies no rule. The analysts'
scripts apply the same rules (`analyst_polars.py`, `analyst_pandas.py`) and must reject the same votes.
"""

import csv
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.stages import PROGRAM, Cost, cost
from benchmarks.votes import Invented, invent

VOTES = (200_000, 2_000_000, 10_000_000)
MOST_OF_ANALYSTS = 10_000_000
"""With more votes their scripts need more memory than most machines have."""
FORMS = ("csv", "parquet")
BARE = """
import duckdb, sys
path = sys.argv[1]
source = f"read_parquet('{path}')" if path.endswith("parquet") else f"read_csv('{path}', all_varchar = true)"
duckdb.sql(f"select category, submission_id, count(*) from {source} group by all").fetchall()
"""
HERE = Path(__file__).parent


def measured(
    votes: int, form: str, analysts: str, folder: Path, limit: str | None
) -> Iterator[Cost]:
    """The bare count first, then ours and the analysts'."""
    files = invent(votes, folder, form)
    runs = 3 if votes < MOST_OF_ANALYSTS else 1

    def best(what: str, *command: str | Path) -> Cost:
        return min((cost(what, *command, cwd=folder) for _ in range(runs)), key=lambda it: it.cpu)

    yield best("bare count", sys.executable, "-c", BARE, files.votes)
    ours = folder / "wsisctl"
    more = ("--memory-limit", limit) if limit else ()
    yield best("wsisctl tally", *PROGRAM, *tally(files), "--out", ours, *more)
    if votes <= MOST_OF_ANALYSTS and analysts:
        for name in ("polars", "pandas"):
            theirs = folder / name
            theirs.mkdir(exist_ok=True)
            script = HERE / f"analyst_{name}.py"
            yield best(name, analysts, script, files.votes, files.members, files.nominees, theirs)
            if reasons(ours) != reasons(theirs):
                sys.exit(f"{name} rejects other votes than wsisctl")
    for path in (files.votes, files.members):
        path.unlink()


def tally(files: Invented) -> tuple[str | Path, ...]:
    """Our command."""
    return (
        *("tally", "--contest", "2021", "--quiet"),
        *("--votes", files.votes, "--members", files.members, "--nominees", files.nominees),
    )


def reasons(folder: Path) -> Counter[str]:
    """How many votes were rejected for each reason."""
    with (folder / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        return Counter(row["reason"] for row in csv.DictReader(file))


def main() -> None:
    """Print the table."""
    analysts, *words = sys.argv[1:]
    analysts = str(Path(analysts).absolute())
    numbers = tuple(map(int, words)) or VOTES
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print("| votes | file | what | CPU s | wall s | peak MiB | CPU / bare count |")
    print("|--:|---|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="wsisctl-benchmark-") as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))  # as any user has them
        for votes in numbers:
            for form in FORMS:
                bare: Cost | None = None
                limit = os.environ.get("MEMORY_LIMIT")
                for item in measured(votes, form, analysts, Path(folder), limit):
                    bare = bare or item
                    print(
                        f"| {votes:,} | {form} | {item.what} | {item.cpu:.2f} | {item.wall:.2f} | {item.peak} "
                        f"| {item.cpu / bare.cpu:.1f} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
