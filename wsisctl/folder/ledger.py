"""What was brought into a contest folder: `exports/imports.yaml`, one entry for each export.

The exports and this list are the input that everything else follows from. An export is in the
contest as long as it stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.folder.layout import EXPORTS, IMPORTS_FILE, ContestFolder
from wsisctl.folder.manifest import is_unchanged
from wsisctl.readers.files import InputFile
from wsisctl.records.kinds import Kind
from wsisctl.yaml_file import Problem, read_yaml, refuse

_HEADER = (
    "# What was imported, in the order in which it came. wsisctl writes this; to take an export back,\n"
    "# remove its entry and its file.\n"
)


@dataclass(frozen=True)
class Import:
    """One export that was brought in."""

    file: str
    """Where it is kept, from the folder."""
    kind: str
    received_as: str
    sha256: str


Ledger = tuple[Import, ...]


def read_ledger(folder: ContestFolder) -> Ledger:
    """Every import in order; raises UnusableInput for a list that nobody can have written so."""
    if not folder.holds(IMPORTS_FILE):
        return ()
    document = read_yaml(folder.path(IMPORTS_FILE), IMPORTS_FILE)
    entries: list[dict[str, Any]] = [] if document.data is None else document.data
    hint = "restore the file; its schema is `wsisctl schema imports`"
    refuse(document, schema_problems(entries, load_schema("imports")), hint=hint)
    refuse(document, list(_sense_problems(entries)), hint=hint)
    return tuple(Import(**entry) for entry in entries)


def _sense_problems(entries: list[dict[str, Any]]) -> Iterator[Problem]:
    """An export stands where its kind belongs, and once."""
    seen: set[tuple[str, str]] = set()
    for index, entry in enumerate(entries):
        if not entry["file"].startswith(f"{EXPORTS}/{entry['kind']}/"):
            expected = f"{EXPORTS}/{entry['kind']}/NAME"
            yield Problem((index, "file"), f"'{entry['file']}' stands here; expected {expected}")
        for key in ("file", "sha256"):
            identity = (entry["kind"], entry[key].casefold())
            if identity in seen:
                yield Problem((index, key), f"'{entry[key]}' is listed a second time")
            seen.add(identity)


def written_ledger(ledger: Ledger) -> bytes:
    """The file's bytes."""
    entries = [vars(entry) for entry in ledger]
    text = yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=1000)
    return f"{_HEADER}{text}".encode()


def of_kind(ledger: Ledger, kind: Kind) -> Ledger:
    """The imports of one kind."""
    return tuple(entry for entry in ledger if entry.kind == kind.name)


def intact_exports(folder: ContestFolder, entries: Ledger) -> tuple[InputFile, ...]:
    """The kept exports; raises UnusableInput for one that is gone or has changed since it came."""
    exports = []
    for entry in entries:
        export = folder.file(entry.file)
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
        exports.append(export)
    return tuple(exports)


def free_name(
    folder: ContestFolder, taken: set[str], kind: Kind, received_as: str, sha256: str
) -> str:
    """Where to keep a new export: under its own name, or with the first number that is free.

    A file that was put there and never listed is the export itself if it has these bytes. `_2` sorts behind the name without it: equal rows belong to the export that came first.
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
