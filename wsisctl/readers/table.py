"""One way to read every format: `open_table` gives columns and rows of text."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from wsisctl.errors import UnusableInput
from wsisctl.readers.csv_table import CsvTable
from wsisctl.readers.files import Advance, InputFile, ignore_progress
from wsisctl.readers.json_table import JsonLinesTable, JsonTable
from wsisctl.readers.mistaken import refuse_other_formats
from wsisctl.suggest import near_miss
from wsisctl.wording import listed, shortened

LIKENESS_OF_COLUMNS = 0.7
"""How much alike a column's name and the one meant must be: `recusal` and `recused` are."""
_FEW = 3


class Table(Protocol):
    """An open file of records."""

    @property
    def file(self) -> InputFile:
        """Where it is read from."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the cells; none for a file that can say nothing of them, an empty JSON array."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its row number, whatever its width.

        In CSV the header is row 1; a JSON array counts from 1, JSON Lines by lines.
        """


_READERS: Mapping[str, Callable[[InputFile, Advance], AbstractContextManager[Table]]] = {
    "json": JsonTable,
    "jsonl": JsonLinesTable,
    "ndjson": JsonLinesTable,
}
"""By the ending of the file's name; any other is CSV."""


def is_csv(file: InputFile) -> bool:
    """Whether the file is read as CSV."""
    return file.format not in _READERS


def open_table(
    file: InputFile, advance: Advance = ignore_progress
) -> AbstractContextManager[Table]:
    """Open CSV, JSON or JSON Lines by the ending of its name.

    Raises UnusableInput for a file that cannot be read or is not what its name says.
    """
    refuse_other_formats(file, as_json=not is_csv(file))
    return _READERS.get(file.format, CsvTable)(file, advance)


class WrongColumns(UnusableInput):
    """The columns of a file are not those of its kind of record."""

    def __init__(
        self,
        message: str,
        *,
        hint: str,
        place: str,
        present: Collection[str],
        missing: Sequence[str] = (),
    ) -> None:
        super().__init__(message, hint=hint)
        self.place = place
        self.present = frozenset(present)
        self.missing = tuple(missing)


def require_columns(table: Table, required: Iterable[str]) -> None:
    """Raise WrongColumns that names every missing column and the one there is that may be meant."""
    if table.columns:
        refuse_missing_columns(f"{table.file.name}:1", table.columns, tuple(required))


def refuse_missing_columns(place: str, present: Collection[str], required: Sequence[str]) -> None:
    """Raise WrongColumns where a file, whose header is at `place`, has not all columns required."""
    missing = [column for column in required if column not in present]
    if not missing:
        return
    spare = [column for column in present if column not in required]
    meant = {column: near_miss(column, spare, LIKENESS_OF_COLUMNS) for column in missing}
    raise WrongColumns(
        "\n".join(f"{place}: {complaint}" for complaint in _complaints(meant)),
        hint=f"add what is missing, or rename the column that holds it; the file has {listed(present)}",
        place=place,
        present=present,
        missing=missing,
    )


def _complaints(meant: Mapping[str, str]) -> Iterator[str]:
    """Of each missing column, with the one that may be meant; many in one sentence."""
    if len(meant) <= _FEW:
        for column, other in meant.items():
            told = f"; did you mean '{shortened(other)}'?" if other else ""
            yield f"the column '{column}' is missing{told}"
        return
    names = (
        f"{column} (did you mean '{shortened(other)}'?)" if other else column
        for column, other in meant.items()
    )
    yield f"{len(meant)} columns are missing: {', '.join(names)}"


def refuse_foreign_columns(table: Table, foreign: Iterable[str], what: str) -> None:
    """Raise WrongColumns where a column shows that the file is something else than `what`."""
    for column in foreign:
        if column in table.columns:
            place = f"{table.file.name}:1"
            raise WrongColumns(
                f"{place}: the column '{column}' stands here; a file of {what} has none",
                hint="look whether this is the right file",
                place=place,
                present=table.columns,
            )
