"""A file of submissions as it came, with what was found beside each row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from wsisctl.findings import Finding, by_submission
from wsisctl.records.submissions import ID
from wsisctl.reports.render import csv_lines
from wsisctl.reports.validation import named
from wsisctl.rules.engine import Validation

VERDICT, FINDINGS = "verdict", "findings"
_BETWEEN = " |\n"


def annotated(
    columns: Sequence[str], rows: Iterable[Sequence[str]], validation: Validation
) -> Iterator[str]:
    """As lines of CSV: every cell in its place, then the verdict and all findings of the submission."""
    findings = by_submission(validation.findings)
    place = columns.index(ID) if columns else 0
    noted = (
        (
            *cells,
            validation.verdicts[cells[place]],
            _BETWEEN.join(map(_sentence, findings.get(cells[place], ()))),
        )
        for cells in rows
    )
    return csv_lines((*columns, *_free(columns)), noted)


def _sentence(finding: Finding) -> str:
    return f"{finding.severity} {named(finding)}: {finding.message}"


def _free(columns: Sequence[str]) -> Iterable[str]:
    """The names of the two columns; of one that the file has already, with the first free number."""
    for name in (VERDICT, FINDINGS):
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
