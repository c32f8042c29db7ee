"""A file as it came, with what was found beside each row. The terminal obeys no character of what we add."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from wsisctl.findings import Finding, by_submission
from wsisctl.readers.columns import Column
from wsisctl.records.problems import Problem
from wsisctl.records.submissions import ID
from wsisctl.reports.report import visible
from wsisctl.reports.validation import named
from wsisctl.rules.engine import Validation

Row = Sequence[str]
VERDICT, FINDINGS, PROBLEMS = "verdict", "findings", "problems"
_NO_VERDICT = "no submission"
_BETWEEN = " |\n"
_PACKED = frozenset({".gz", ".gzip", ".zip"})
_TEXT = frozenset({".tsv", ".tab", ".txt"})
"""Endings by which a program knows how a text file is to be read; any other copy is CSV."""


def annotated(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], validation: Validation
) -> Iterator[Row]:
    """Header and rows: every cell in its place, then the verdict and all findings of the submission.

    A row at the end of a file that is no record gets no verdict.
    """
    findings = by_submission(validation.findings)
    written = _written(columns)
    place = next((place for place, column in enumerate(columns) if column.name == ID), 0)
    yield (*written, *_free(written, (VERDICT, FINDINGS)))
    for cells in rows:
        whole = _as_wide(cells, len(columns))
        verdict = validation.verdicts.get(whole[place], _NO_VERDICT)
        told = _BETWEEN.join(map(_sentence, findings.get(whole[place], ())))
        yield (*whole, verdict, visible(told))


def annotated_with_problems(
    columns: Sequence[Column],
    rows: Iterable[tuple[int, Sequence[str]]],
    width: int,
    problems: Mapping[int, Sequence[Problem]],
) -> Iterator[Row]:
    """Header and rows: every cell in its place, then why the row cannot come in.

    `width` is that of the widest row: all of them are made so wide. `problems` are by row number.
    """
    written = _written(columns)
    yield (*_as_wide(written, width), *_free(written, (PROBLEMS,)))
    for row, cells in rows:
        told = _BETWEEN.join(problem.what for problem in problems.get(row, ()))
        yield (*_as_wide(cells, width), visible(told))


def _written(columns: Iterable[Column]) -> Row:
    """The names of the columns as they stand in the file."""
    return tuple(column.written for column in columns)


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
        path = PurePosixPath(file)
        plain = path.with_suffix("") if path.suffix.lower() in _PACKED else path
        ending = plain.suffix if plain.suffix.lower() in _TEXT else ".csv"
        names[file] = _first_free(plain.stem, f".annotated{ending}", taken)
        taken.add(names[file].casefold())
    return names


def _first_free(stem: str, ending: str, taken: set[str]) -> str:
    name, number = f"{stem}{ending}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_{number}{ending}"
    return name
