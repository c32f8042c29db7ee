"""How the columns and values of somebody's export become ours: `exports/profiles/*.yaml`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.readers.columns import Column
from wsisctl.readers.naming import Naming
from wsisctl.times import load_zone
from wsisctl.wording import listed
from wsisctl.yaml_file import Problem, YamlFile, refuse

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Profile:
    """What a person wrote about the exports of some system."""

    name: str = field(compare=False)
    """The file in which it stands, as messages call it."""
    content: bytes = field(compare=False, repr=False)
    """That of the file."""
    kind: str
    columns: Mapping[str, str]
    """As the header has them, to our names; empty for one that keeps its own."""
    constants: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    """By our name of the column: what stands in the file, and what is meant."""
    dates: str = ""
    zone: str = ""

    def named(self, naming: Naming) -> Naming:
        """The naming in which the profile's columns come before all labels."""
        return naming.with_columns(self.columns)

    @property
    def only_renames(self) -> bool:
        """Whether it leaves all cells as they are."""
        return not (self.constants or self.values)

    def missing(self, columns: Iterable[Column]) -> list[str]:
        """The columns of the file that it speaks of and that are not there."""
        there = {column.written for column in columns}
        return [written for written in self.columns if written not in there]

    def added(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """The file's columns, and those that are the same for every record."""
        constant = (Column(name, name, known=True) for name in self.constants)
        return (*columns, *constant)

    def applied(self, rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[Row]:
        """The records with what their values mean; rows of another width are left as they are."""
        names = [column.name for column in columns]
        maps = [
            (place, self.values[name]) for place, name in enumerate(names) if name in self.values
        ]
        constants = [self.constants[name] for name in names[len(names) - len(self.constants) :]]
        width = len(names) - len(constants)
        for row, cells in rows:
            if len(cells) != width:
                yield row, cells
                continue
            complete = [*cells, *constants]
            for place, meant in maps:
                complete[place] = meant.get(complete[place].strip(), complete[place])
            yield row, complete


def read_profile(name: str, content: bytes) -> Profile:
    """From the bytes of the file `name`; raises UnusableInput for what is no profile."""
    document = YamlFile(name, content, text_only=True)
    hint = "its schema is `wsisctl schema profile`"
    data = document.data
    refuse(document, schema_problems(data, load_schema("profile")), hint=hint)
    refuse(document, list(_sense_problems(data)), hint=hint)
    return Profile(
        name,
        content,
        data["kind"],
        MappingProxyType(data.get("columns", {})),
        MappingProxyType(data.get("constants", {})),
        MappingProxyType(data.get("values", {})),
        data.get("dates", ""),
        data.get("zone", ""),
    )


def _sense_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """One column of ours comes from one place, and a zone is one that there is."""
    meant: dict[str, str] = {}
    for written, name in data.get("columns", {}).items():
        if name in meant:
            yield Problem(("columns", written), f"'{name}' is '{meant[name]}' already")
        elif name:
            meant[name] = written
    for name in data.get("constants", {}):
        if name in meant:
            what = f"'{name}' is the column '{meant[name]}' already"
            yield Problem(("constants", name), what, at_key=True)
    if zone := data.get("zone"):
        try:
            load_zone(zone)
        except KeyError:
            yield Problem(("zone",), f"'{zone}' is no IANA time zone")


def refuse_other_file(profile: Profile, columns: Sequence[Column], place: str) -> None:
    """Raise UnusableInput where a profile does not fit the file whose header is at `place`."""
    if there := [column.name for column in columns if column.name in profile.constants]:
        raise UnusableInput(
            f"{place}: {profile.name} has a constant for {listed(there)}, which is a column here",
            hint="take it out of the constants, or say in columns what that column is",
        )
    if missing := profile.missing(columns):
        raise UnusableInput(
            f"{place}: {profile.name} speaks of columns that are not there: {listed(missing)}",
            hint="look whether the profile is for this file, or mend its columns",
        )
