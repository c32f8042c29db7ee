"""What was brought into a contest folder: `exports/imports.yaml`, one entry for each export.

The exports and this list are the input that everything else follows from. An export is in the
contest as long as it stands here.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.folder.layout import EXPORTS, IMPORTS_FILE, ContestFolder
from wsisctl.folder.manifest import is_unchanged
from wsisctl.readers.dialect import ReadAs
from wsisctl.readers.files import InputFile
from wsisctl.readers.profile import Profile, read_profile
from wsisctl.records.kinds import Kind
from wsisctl.yaml_file import Problem, read_yaml, refuse

_NOTHING: Mapping[str, Path] = MappingProxyType({})
_UNKNOWN: Mapping[str, int] = MappingProxyType({})
_HEADER = (
    "# What was imported, in the order in which it came; files of one command have the same number after\n"
    "# `import`. wsisctl writes this; to take an export back, remove its entry and its file.\n"
)


@dataclass(frozen=True)
class Import:
    """One export that was brought in."""

    file: str
    """Where it is kept, from the folder."""
    kind: str
    received_as: str
    sha256: str
    number: int = 0
    """The command that brought it, counted from 1: its files came together, and none of them is newer.
    0 where the list does not say so: nothing in such files contradicts each other."""
    read_as: ReadAs = ReadAs()
    """What it takes to read it again as it was read."""
    dialect: Mapping[str, str | int] = field(default_factory=lambda: _UNKNOWN, compare=False)
    """How it was read when it came. Nothing follows from it, nor from `rows`; older lists have neither."""
    rows: Mapping[str, int] = field(default_factory=lambda: _UNKNOWN, compare=False)
    """What became of its rows when it came: read = accepted + repeated + rejected."""

    @classmethod
    def of_entry(cls, entry: dict[str, Any], folder: ContestFolder) -> "Import":
        """From the entry in the file; raises UnusableInput for a profile that is no longer there."""
        said = dict(entry.get("read_as", {}))
        if name := said.get("profile"):
            said["profile"] = kept_profile(folder, name)
        return cls(
            entry["file"],
            entry["kind"],
            entry["received_as"],
            entry["sha256"],
            entry.get("import", 0),
            ReadAs(**said),
            entry.get("dialect", _UNKNOWN),
            entry.get("rows", _UNKNOWN),
        )

    @property
    def entry(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {
            "file": self.file,
            "kind": self.kind,
            "received_as": self.received_as,
            "sha256": self.sha256,
            **({"import": self.number} if self.number else {}),
            **({"read_as": _said(self.read_as)} if self.read_as else {}),
            **({"dialect": dict(self.dialect)} if self.dialect else {}),
            **({"rows": dict(self.rows)} if self.rows else {}),
        }


_USUAL = ReadAs(encoding="utf-8", delimiter=",", header_row=1)


def unusual(read_as: ReadAs) -> ReadAs:
    """What of it has to be said: the rest is so anyway."""
    return replace(
        read_as,
        **{
            key: type(value)()
            for key, value in vars(_USUAL).items()
            if value and value == getattr(read_as, key)
        },
    )


def contradicts(said: ReadAs, kept: ReadAs) -> bool:
    """Whether a person says of an export something else than how it is read."""
    named, meant = vars(said), vars(unusual(said))
    return any(named[key] and meant[key] != value for key, value in vars(kept).items())


def _said(read_as: ReadAs) -> dict[str, str | int]:
    """As the list has it: of a profile its place."""
    said = {key: value for key, value in vars(read_as).items() if value}
    return said | {"profile": read_as.profile.name} if read_as.profile else said


Ledger = tuple[Import, ...]


def kept_profile(folder: ContestFolder, name: str) -> Profile:
    """A profile of the folder; raises UnusableInput where it is not there, or is none."""
    try:
        content = folder.path(name).read_bytes()
    except OSError as error:
        raise UnusableInput(
            f"{name}: cannot be read, but {IMPORTS_FILE} names it: {error.strerror}",
            hint="restore the file",
        ) from error
    return read_profile(name, content)


def profiles_of(entries: Ledger) -> dict[str, str]:
    """The profiles by which exports are read, each with the sum of its bytes."""
    profiles = (entry.read_as.profile for entry in entries)
    return {
        profile.name: hashlib.sha256(profile.content).hexdigest() for profile in profiles if profile
    }


def read_ledger(folder: ContestFolder) -> Ledger:
    """Every import in order; raises UnusableInput for a list that nobody can have written so."""
    if not folder.holds(IMPORTS_FILE):
        return ()
    document = read_yaml(folder.path(IMPORTS_FILE), IMPORTS_FILE)
    entries: list[dict[str, Any]] = [] if document.data is None else document.data
    hint = "restore the file; its schema is `wsisctl schema imports`"
    refuse(document, schema_problems(entries, load_schema("imports")), hint=hint)
    refuse(document, list(_sense_problems(entries)), hint=hint)
    return tuple(Import.of_entry(entry, folder) for entry in entries)


def _sense_problems(entries: list[dict[str, Any]]) -> Iterator[Problem]:
    """An export stands where its kind belongs, and once; what came later stands below; rows add up."""
    seen: set[tuple[str, str]] = set()
    highest = 0
    for index, entry in enumerate(entries):
        if (number := entry.get("import", 0)) < highest:
            what = f"import {number}" if number else "an entry without a number"
            told = f"{what} stands below import {highest}; expected what came later below"
            yield Problem((index, "import") if number else (index,), told)
        highest = max(highest, number)
        if not entry["file"].startswith(f"{EXPORTS}/{entry['kind']}/"):
            expected = f"{EXPORTS}/{entry['kind']}/NAME"
            yield Problem((index, "file"), f"'{entry['file']}' stands here; expected {expected}")
        if (rows := entry.get("rows")) and 2 * rows["read"] != sum(rows.values()):
            what = "these do not add up; expected read = accepted + repeated + rejected"
            yield Problem((index, "rows"), what)
        for key in ("file", "sha256"):
            identity = (entry["kind"], entry[key].casefold())
            if identity in seen:
                yield Problem((index, key), f"'{entry[key]}' is listed a second time")
            seen.add(identity)


def written_ledger(ledger: Ledger) -> bytes:
    """The file's bytes."""
    entries = [entry.entry for entry in ledger]
    text = yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=1000)
    return f"{_HEADER}{text}".encode()


def of_kind(ledger: Ledger, kind: Kind) -> Ledger:
    """The imports of one kind."""
    return tuple(entry for entry in ledger if entry.kind == kind.name)


def next_number(ledger: Ledger) -> int:
    """Of the next command that brings exports in."""
    return max((entry.number for entry in ledger), default=0) + 1


def is_overtaken(entry: Import, of_its_kind: Ledger) -> bool:
    """Whether exports of its kind came after it."""
    return entry.number < of_its_kind[-1].number


def one_by_one(entries: Ledger, exports: Sequence[InputFile]) -> tuple[tuple[InputFile, ...], ...]:
    """The exports of these entries, those that came together together."""
    numbered = zip((entry.number for entry in entries), exports, strict=True)
    return tuple(
        tuple(export for _, export in together)
        for _, together in groupby(numbered, key=lambda pair: pair[0])
    )


def sum_of_order(entries: Ledger) -> str:
    """Of the imports of one kind: the sum of the order in which they came and of how they are read.

    Their records follow from it, besides the files. Empty for files that came together and are read
    without a word: nothing but the files decides then.
    """
    numbers = sorted({entry.number for entry in entries})
    said = [_said(entry.read_as) for entry in entries]
    if len(numbers) < 2 and not any(said):
        return ""
    places = (numbers.index(entry.number) for entry in entries)
    told = [[entry.file, *rest] for entry, *rest in zip(entries, places, said, strict=True)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def intact_exports(
    folder: ContestFolder, entries: Ledger, found_again: Mapping[str, Path] = _NOTHING
) -> tuple[InputFile, ...]:
    """The kept exports; raises UnusableInput for one that is gone or has changed since it came.

    `found_again`: by the name of an export that was lost, where it is now.
    """
    exports = []
    for entry in entries:
        export = InputFile(found_again.get(entry.file, folder.path(entry.file)), entry.file)
        if not export.path.is_file():
            raise UnusableInput(
                f"{entry.file}: not there, but listed in {IMPORTS_FILE}",
                hint="restore the file, or take its entry out of the list",
            )
        if export.sha256() != entry.sha256:
            raise UnusableInput(
                f"{entry.file}: changed since it was imported; exports are never edited",
                hint="restore the file as received; what is wrong in it goes into "
                "decisions/corrections.yaml",
            )
        exports.append(replace(export, read_as=entry.read_as))
    return tuple(exports)


def free_name(
    folder: ContestFolder, taken: set[str], kind: Kind, received_as: str, sha256: str
) -> str:
    """Where to keep a new export: under its own name, or with the first number that is free.

    A file that was put there and never listed is the export itself if it has these bytes. `_2` sorts
    behind the name without it: equal rows belong to the export that came first.
    """
    stem, dot, ending = received_as.rpartition(".")
    if not stem:
        stem, dot, ending = received_as, "", ""
    used = {name.casefold() for name in taken}
    number = 1
    while True:
        name = received_as if number == 1 else f"{stem}_{number}{dot}{ending}"
        candidate = f"{EXPORTS}/{kind.name}/{name}"
        if candidate.casefold() not in used and (
            not folder.holds(candidate) or is_unchanged(folder.path(candidate), sha256)
        ):
            return candidate
        number += 1
