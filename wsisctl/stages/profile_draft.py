"""A profile of somebody's export, drafted from the file for a person to look at."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.errors import Refused, UnusableInput
from wsisctl.likeness.countries import names_of_countries
from wsisctl.readers.files import InputFile, readable_name
from wsisctl.readers.formats import PARQUET
from wsisctl.readers.table import Table, open_table
from wsisctl.records.cells import Role
from wsisctl.records.choices import choices
from wsisctl.records.dates import DayOrder, order_among
from wsisctl.records.kinds import VOTES, Kind
from wsisctl.stages.draft_guesses import Guess, guessed
from wsisctl.suggest import near_miss, squashed

_MOST_VALUES = 60
"""A column of more different unknown values is no list of choices."""
_LIKENESS = 0.6
"""Of values."""
_FORMATS = {DayOrder.DAY: "DD/MM/YYYY", DayOrder.MONTH: "MM/DD/YYYY"}
_NO_TIMES = ("", "")


def draft_profile(contest: Contest, kind: Kind, file: InputFile) -> str:
    """What can be told of a file, and guesses, as YAML; raises UnusableInput for what cannot be read."""
    naming = kind.naming(contest)
    with open_table(file, naming, parquet=kind is VOTES) as table:
        if table.dialect.format == PARQUET:
            raise UnusableInput(
                f"{file.name}: a profile cannot say what is in a Parquet file",
                hint="export it as UTF-8 CSV, or name its columns as ours are",
            )
        found = guessed(contest, kind, table)
    mapping = {written: guess.name for written, guess in found.items()}
    with open_table(file, naming) as table:
        values, dates = _looked_at(contest, kind, table, mapping)
    missing = [name for name in kind.columns(contest) if name not in mapping.values()]
    lines = [
        f"# Drafted from {_comment(readable_name(file.path.name))}. Look at every line: what has a question mark is a guess.",
        "# Its schema: wsisctl schema profile",
        f"kind: {kind.name}",
        *_columns(found),
        *_constants(missing),
        *_values(values),
        *_dates(dates),
    ]
    return "".join(f"{line}\n" for line in lines)


def _looked_at(
    contest: Contest, kind: Kind, table: Table, mapping: Mapping[str, str]
) -> tuple[dict[str, dict[str, str]], dict[str, DayOrder]]:
    """Values that nobody knows, with what they may mean, and the order of day and month in times."""
    ours = [mapping.get(column.written, column.name) for column in table.header.columns]
    roles = kind.roles(contest)
    called = {**choices(contest), "country": names_of_countries()}
    known = {
        name: {squashed(label): value for label, value in labels.items()}
        for name, labels in called.items()
    }
    meanings = {name: frozenset(labels.values()) for name, labels in known.items()}
    asked = [(place, name) for place, name in enumerate(ours) if name in known]
    times = [(place, name) for place, name in enumerate(ours) if roles.get(name) is Role.TIME]
    unknown: dict[str, dict[str, str]] = {name: {} for _, name in asked}
    cells_of: dict[str, list[str]] = {name: [] for _, name in times}
    for _, cells in table.rows():
        for place, name in asked:
            text = cells[place].strip() if place < len(cells) else ""
            if text and text not in unknown[name] and len(unknown[name]) <= _MOST_VALUES:
                meant = known[name]
                if text not in meanings[name] and not _is_category(contest, name, text):
                    unknown[name][text] = meant.get(near_miss(text, meant, _LIKENESS), "")
        for place, name in times:
            cells_of[name] += cells[place : place + 1]
    orders = {name: order_among(cells) for name, cells in cells_of.items()}
    return {name: found for name, found in unknown.items() if found}, orders


def _is_category(contest: Contest, name: str, text: str) -> bool:
    return name == "category" and contest.category_of(text) is not None


def _columns(found: Mapping[str, Guess]) -> Iterator[str]:
    yield "# The file's column: our name for it; nothing for one that keeps its own."
    yield "columns:"
    for written, guess in found.items():
        why = f"   # {guess.why}" if guess.why else ""
        yield f"  {_text(written)}:{' ' * bool(guess.name)}{guess.name}{why}"


def _constants(missing: Sequence[str]) -> Iterator[str]:
    if missing:
        yield "# Columns that are needed and not there: name them above, or say here what all records have."
        yield "#constants:"
        yield from (f'#  {name}: ""' for name in missing)


def _values(values: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    if not values:
        return
    yield "# What stands in the file: what is meant. Values that are not listed stay as they are."
    yield "values:"
    for name, found in values.items():
        yield f"  {name}:"
        for written, meant in list(found.items())[:_MOST_VALUES]:
            guess = "   # ?" if meant else "   # not known"
            yield f"    {_text(written)}: {_text(meant or written)}{guess}"
        if len(found) > _MOST_VALUES:
            yield "    # and more"


def _dates(orders: Mapping[str, DayOrder]) -> Iterator[str]:
    known = {_FORMATS[order] for order in orders.values() if order in _FORMATS}
    if len(known) == 1:
        yield f"dates: {known.pop()}"
    elif orders:
        yield "#dates: DD/MM/YYYY   # say it where day and month are numbers"
    if orders:
        yield "#zone: Europe/Zurich   # of times without an offset, where that is not the contest's"


def _text(text: str) -> str:
    """As YAML, on one line."""
    return json.dumps(text, ensure_ascii=False)


def _comment(text: str) -> str:
    return " ".join(text.split())


def write_draft(path: Path, text: str) -> None:
    """Write a draft where nothing is yet; raises Refused where something is, or cannot be."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise Refused(f"{path}: already there", hint="name another file") from error
    except OSError as error:
        raise Refused(
            f"{path}: cannot be written: {error.strerror}", hint="name another place"
        ) from error
