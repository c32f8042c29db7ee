"""Score sheets of the expert group, as they were filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wsisctl.contest.model import Contest, Panel
from wsisctl.findings import Source
from wsisctl.readers.files import InputFile
from wsisctl.records.kinds import Kind
from wsisctl.records.record import Record

_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class ScoreSheet:
    """What one panelist wrote about one submission."""

    panelist: str
    submission_id: str
    source: Source
    recused: bool
    mean: Fraction | None
    """Over the stage's criteria; None where recused, left blank, or faulty."""
    faults: tuple[str, ...]
    """Each cell that cannot be used: column, value, what was expected."""


def read_scores(
    files: Sequence[InputFile], contest: Contest, kind: Kind
) -> tuple[list[ScoreSheet], tuple[str, ...]]:
    """Every sheet of a `kind` by panelist and submission, and what to tell of the files.

    Without a column `recused` nobody is.
    A bad cell is a fault of its sheet, not of the file. One panelist's two different sheets for
    one submission raise UnusableInput.
    """
    batch = kind.read(files, contest)
    criteria = kind.columns(contest)[len(kind.key) :]
    sheets = [_sheet(record, contest.panel, criteria) for record in batch.records]
    return sheets, kind.remarks(batch)


def _sheet(record: Record, panel: Panel, criteria: Sequence[str]) -> ScoreSheet:
    recusal = record.text("recused").casefold()
    recused = recusal in _YES
    cells = {criterion: record.text(criterion) for criterion in criteria}
    faults = [] if recusal in _YES | _NO else [f"recused '{recusal}' is neither yes nor no"]
    mean = None
    if not recused and any(cells.values()):
        faults += _bad_cells(cells, panel)
        mean = None if faults else Fraction(sum(map(int, cells.values())), len(cells))
    return ScoreSheet(
        record.cells["panelist"],
        record.cells["submission_id"],
        record.source,
        recused,
        mean,
        tuple(faults),
    )


def _bad_cells(cells: dict[str, str], panel: Panel) -> list[str]:
    scale = [str(score) for score in range(panel.lowest_score, panel.highest_score + 1)]
    expected = f"expected a whole number from {scale[0]} to {scale[-1]}"
    bad = {criterion: cell for criterion, cell in cells.items() if cell not in scale}
    return [f"{name} is '{cell}'; {expected}" for name, cell in bad.items()]
