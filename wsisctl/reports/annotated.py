"""A file as it came, with what was found beside each row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from wsisctl.findings import Finding, by_submission
from wsisctl.records.problems import Problem
from wsisctl.records.submissions import ID
from wsisctl.reports.render import csv_lines
from wsisctl.reports.validation import named
from wsisctl.rules.engine import Validation

VERDICT, FINDINGS, PROBLEMS = "verdict", "findings", "problems"
_NO_VERDICT = "no submission"
_BETWEEN = " |\n"


def annotated(
    columns: Sequence[str], rows: Iterable[Sequence[str]], validation: Validation
) -> Iterator[str]:
    """As lines of CSV: every cell in its place, then the verdict and all findings of the submission.

    The row of sums at the end of a file gets no verdict.
    """
    findings = by_submission(validation.findings)
    place = columns.index(ID) if columns else 0
    whole = (_as_wide(cells, len(columns)) for cells in rows)
    noted = (
        (
            *cells,
            validation.verdicts.get(cells[place], _NO_VERDICT),
            _BETWEEN.join(map(_sentence, findings.get(cells[place], ()))),
        )
        for cells in whole
    )
    return csv_lines((*columns, *_free(columns, (VERDICT, FINDINGS))), noted)


def annotated_with_problems(
    columns: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    width: int,
    problems: Mapping[int, Sequence[Problem]],
) -> Iterator[str]:
    """As lines of CSV: every cell in its place, then why the row cannot come in.

    `width` is that of the widest row: all of them are made so wide. `problems` are by row number.
    """
    noted = (
        (*_as_wide(cells, width), _BETWEEN.join(problem.what for problem in problems.get(row, ())))
        for row, cells in rows
    )
    return csv_lines((*_as_wide(columns, width), *_free(columns, (PROBLEMS,))), noted)


def _as_wide(cells: Sequence[str], width: int) -> Sequence[str]:
    return (*cells, *[""] * (width - len(cells)))


def _sentence(finding: Finding) -> str:
    return f"{finding.severity} {named(finding)}: {finding.message}"


def _free(columns: Sequence[str], names: Iterable[str]) -> Iterable[str]:
    """The names of further columns; of one that the file has already, with the first free number."""
    for name in names:
        taken = {column.casefold() for column in columns}
        yield _first_free(name, "", taken)


def annotated_names(files: Iterable[str]) -> Mapping[str, str]:
    """For each file, by the name that results give it, the name of its copy."""
    taken: set[str] = set()
    names: dict[str, str] = {}
    for file in sorted(set(files)):
        names[file] = _first_free(PurePosixPath(file).stem, ".annotated.csv", taken)
        taken.add(names[file].casefold())
    return names


def _first_free(stem: str, ending: str, taken: set[str]) -> str:
    name, number = f"{stem}{ending}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_{number}{ending}"
    return name
