"""What stands below a list of votes: every row counts as one, and what looks like none is told."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wsisctl.readers.files import InputFile, open_input
from wsisctl.readers.formats import CSV
from wsisctl.readers.table import Table
from wsisctl.records.footers import LONGEST_FOOTER, Footers
from wsisctl.records.kinds import VOTE_COLUMNS

if TYPE_CHECKING:
    import duckdb

_FOOTERS = Footers(VOTE_COLUMNS, VOTE_COLUMNS[:1], VOTE_COLUMNS[0])
_COLUMNS = ", ".join(VOTE_COLUMNS)
_END = 1 << 12
"""Bytes. More than the longest footer has."""


def footers_told(
    database: "duckdb.DuckDBPyConnection", part: str, file: InputFile
) -> Iterator[str]:
    """What looks like a sum or a note at the end of the rows that a query gives; it is malformed."""
    last = database.execute(
        f"""
        with part as ({part})
        select "row", well_formed, {_COLUMNS} from part
        where "row" > (select max("row") from part) - $most order by "row"
        """,  # noqa: S608 - our own names
        {"most": LONGEST_FOOTER},
    ).fetchall()
    rows = [(row, texts) for row, _, *texts in last]
    malformed = {row for row, whole, *texts in last if not whole or not all(map(str.strip, texts))}
    for row, why in _FOOTERS.at_the_end(rows):
        if row in malformed:
            yield (
                f"{file.name}:{row}: this row at the end {why}; every row of votes counts as one, and this one "
                "as malformed"
            )


def may_end_in_footer(table: Table) -> bool:
    """Whether the end of a text file without quotes looks like one; to be asked before its rows are read."""
    if table.dialect.format != CSV:
        return False
    with open_input(table.plain) as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _END))
        lines = stream.read().decode("utf-8", "ignore").splitlines()
    places = [table.columns.index(column) for column in VOTE_COLUMNS]
    padding = [""] * len(table.columns)
    cells = (line.split(table.dialect.delimiter) + padding for line in lines)
    rows = [(0, [row[place] for place in places]) for row in cells]
    return any(_FOOTERS.at_the_end(rows))
