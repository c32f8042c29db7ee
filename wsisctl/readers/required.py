"""Columns that a file must have, and those that show that it is of another kind."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from wsisctl.errors import UnusableInput
from wsisctl.readers.columns import Column
from wsisctl.readers.guess import LIKENESS_OF_COLUMNS, guesses
from wsisctl.readers.naming import Naming
from wsisctl.readers.table import Table
from wsisctl.wording import listed, shortened

_FEW = 3


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


def place_of_header(table: Table) -> str:
    """Where the names of the columns stand; a JSON file has them everywhere."""
    return f"{table.file.name}:{table.header.row or 1}"


def require_columns(table: Table, required: Iterable[str]) -> None:
    """Raise WrongColumns that names every missing column and the one there is that may be meant."""
    if table.columns:
        place, columns = place_of_header(table), table.header.columns
        refuse_missing_columns(place, columns, tuple(required), table.naming)


def refuse_missing_columns(
    place: str, columns: Sequence[Column], required: Sequence[str], naming: Naming
) -> None:
    """Raise WrongColumns where a file, whose header is at `place`, has not all columns required."""
    present = {column.name for column in columns}
    missing = [column for column in required if column not in present]
    if not missing:
        return
    spare = [column.written for column in columns if column.written and not column.known]
    found = guesses(spare, missing, naming, LIKENESS_OF_COLUMNS)
    written_for = {name: written for written, name in found.items()}
    meant = {column: written_for.get(column, "") for column in missing}
    raise WrongColumns(
        "\n".join(f"{place}: {complaint}" for complaint in _complaints(meant)),
        hint=f"{_remedy(missing)}; the file has {listed(_as_written(columns))}",
        place=place,
        present=present,
        missing=missing,
    )


def _as_written(columns: Iterable[Column]) -> Iterator[str]:
    """As the person who looks for them finds them in the file."""
    return (column.written or column.name for column in columns)


def _remedy(missing: Sequence[str]) -> str:
    """What to do about columns that are missing; many may have other names in all of the file."""
    if len(missing) <= _FEW:
        return "add what is missing, or rename the column that holds it"
    return (
        "add what is missing, rename the columns that hold it, or say in a profile what they mean "
        "(--make-profile of the import commands drafts one)"
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
            place = place_of_header(table)
            raise WrongColumns(
                f"{place}: the column '{column}' stands here; a file of {what} has none",
                hint="look whether this is the right file",
                place=place,
                present=table.columns,
            )
