"""Why files cannot be used, as a table."""

from collections.abc import Iterable

from wsisctl.records.problems import Problem
from wsisctl.reports.report import Table


def problems_table(problems: Iterable[Problem]) -> Table:
    """A row for each problem; no row number where it is the whole file's."""
    columns = ("file", "row", "column", "value", "expected", "problem", "remedy")
    rows = (
        (
            problem.source.file,
            problem.source.row or None,
            problem.column,
            problem.value,
            problem.expected,
            problem.what,
            problem.remedy,
        )
        for problem in problems
    )
    return Table(columns, tuple(rows))
