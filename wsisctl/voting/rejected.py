"""The votes that do not count, each with its one reason: there may be millions of them."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.spreadsheet import csv_lines, from_cell
from wsisctl.voting.database import fill
from wsisctl.voting.received import Received
from wsisctl.voting.split import quoted

if TYPE_CHECKING:
    import duckdb

REJECTED_PARQUET = "rejected-votes.parquet"
COLUMNS = ("vote_id", "reason", "clause", "file", "row")
_AT_ONCE = 100_000
_PLAIN_ID = "[0-9A-Za-z][0-9A-Za-z_.:-]*"
"""A cell that needs neither quotes nor an apostrophe."""


@dataclass(frozen=True)
class RejectedVote:
    """A vote that does not count, and the one reason why."""

    vote_id: str
    reason: str
    source: Source


@dataclass(frozen=True)
class RejectedVotes:
    """All of them, by file and row, held as the lines of a table: as values they would fill the memory."""

    by_reason: Mapping[str, int]
    """Only reasons that occur, in the definition's order."""
    table: bytes
    """`rejected-votes.csv`."""

    def __len__(self) -> int:
        return sum(self.by_reason.values())

    def __iter__(self) -> Iterator[RejectedVote]:
        rows = csv.reader(io.StringIO(self.table.decode(), newline=""), strict=True)
        next(rows)
        for vote_id, reason, _clause, file, row in rows:
            source = Source(from_cell(file), int(row))
            yield RejectedVote(from_cell(vote_id), reason, source)


def rejected_votes(
    database: "duckdb.DuckDBPyConnection", contest: Contest, received: Received
) -> RejectedVotes:
    """Every vote with a reason in the verdict, as `rejected-votes.csv` has them."""
    found = dict(
        database.execute("select reason, count(*) from rejected group by reason").fetchall()
    )
    by_reason = {reason: found[reason] for reason in contest.voting.reasons if reason in found}
    _fill_cells(database, contest, received)
    rows = database.execute(_LINES)
    table = io.BytesIO()  # holds millions of lines once, and gives them without a copy
    table.write("".join(csv_lines([COLUMNS])).encode())
    while some := rows.fetchmany(_AT_ONCE):
        table.write("".join(line for (line,) in some).encode())
    return RejectedVotes(by_reason, table.getvalue())


def _fill_cells(
    database: "duckdb.DuckDBPyConnection", contest: Contest, received: Received
) -> None:
    """Everything in the table but ids without anything odd in them, as its cells are written."""
    odd = database.execute(
        "select distinct vote_id from rejected where not regexp_full_match(vote_id, $1)",
        [_PLAIN_ID],
    ).fetchall()
    fill(
        database,
        "id_cell",
        {"vote_id": "varchar", "cell": "varchar"},
        ((vote_id, _cells(vote_id)) for (vote_id,) in odd),
    )
    fill(
        database,
        "reason_cells",
        {"file": "int", "reason": "varchar", "clause": "varchar", "cells": "varchar"},
        (
            (number, reason, clause, _cells(reason, clause or "", file))
            for number, file in enumerate(received.names)
            for reason, clause in contest.voting.reasons.items()
        ),
    )


def rejected_parquet(database: "duckdb.DuckDBPyConnection", received: Received) -> bytes:
    """The same table as Parquet, once the other is made; one thread, so that its bytes are the same anywhere."""
    with tempfile.TemporaryDirectory(prefix="wsisctl-") as folder:
        path = Path(folder, REJECTED_PARQUET)
        database.execute("set threads = 1")
        database.execute(
            f"copy ({_ROWS}) to {quoted(path)} (format parquet, compression zstd)",
            {"names": list(received.names)},
        )
        database.execute("reset threads")
        return path.read_bytes()


_ROWS = """
    select
        rejected.vote_id,
        rejected.reason,
        reason_cells.clause,
        list_extract($names, rejected.file + 1) as file,
        rejected."row"
    from rejected
    join reason_cells on reason_cells.file = rejected.file and reason_cells.reason = rejected.reason
    order by rejected.file, rejected."row"
"""
_LINES = """
    select coalesce(id_cell.cell, rejected.vote_id) || ',' || reason_cells.cells || ',' || rejected."row" || chr(10)
    from rejected
    left join id_cell on id_cell.vote_id = rejected.vote_id
    join reason_cells on reason_cells.file = rejected.file and reason_cells.reason = rejected.reason
    order by rejected.file, rejected."row"
"""


def _cells(*texts: str) -> str:
    """Cells as they stand in a row before others."""
    return next(csv_lines([(*texts, 0)])).removesuffix(",0\n")
