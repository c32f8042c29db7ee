"""`manifest.json`: for each stage, the sums of what it read and of what it wrote beside it."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wsisctl import __version__
from wsisctl.contest.model import DefinitionFile
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import Refused
from wsisctl.readers.files import InputFile

MANIFEST = "manifest.json"
Accounts = Sequence[Mapping[str, str | int]]
"""For each export, its file and what became of its rows: read, accepted, repeated, rejected, changed."""
_HINT = "move it away, or name another folder"


@dataclass(frozen=True)
class Origin:
    """All that a stage's files follow from; two equal origins give the same files."""

    definition: DefinitionFile
    inputs: tuple[tuple[str, str], ...]
    """Each input's name and SHA-256 sum in hexadecimal, by name."""
    heard: str = ""
    """The sum of the recorded decisions that concern the stage; empty where it hears none."""
    imports: tuple[tuple[str, str], ...] = ()
    """By kind of record, the sum of the order in which its exports came, where that decides too."""

    @classmethod
    def of(
        cls, definition: DefinitionFile, inputs: Iterable[InputFile], heard: str = ""
    ) -> "Origin":
        """The origin as the files are now."""
        sums = {file.name: file.sha256() for file in inputs}
        return cls(definition, tuple(sorted(sums.items())), heard)

    @property
    def document(self) -> dict[str, Any]:
        """As the manifest writes it."""
        return {
            "wsisctl": __version__,
            "definition": self.definition.sums,
            "inputs": [{"file": name, "sha256": digest} for name, digest in self.inputs],
            **({"decisions_heard": self.heard} if self.heard else {}),
            **({"imports": dict(self.imports)} if self.imports else {}),
        }


@dataclass(frozen=True)
class Manifest:
    """The stages that have written into one folder."""

    stages: Mapping[str, Mapping[str, Any]]

    @property
    def sums(self) -> dict[str, str]:
        """The sum of every file written, by its name."""
        return {
            name: digest
            for stage in self.stages.values()
            for name, digest in stage["results"].items()
        }

    def origin_of(self, stage: str) -> dict[str, Any] | None:
        """What the stage's files follow from, as `Origin.document`; None where it has not run."""
        entry = self.stages.get(stage)
        if entry is None:
            return None
        return {key: value for key, value in entry.items() if key not in {"results", "accounts"}}

    def accounts_of(self, stage: str) -> Accounts:
        """What became of the rows of each export."""
        return tuple(self.stages.get(stage, {}).get("accounts", ()))

    def with_stage(
        self, stage: str, origin: Origin, results: Mapping[str, str], accounts: Accounts = ()
    ) -> "Manifest":
        """The manifest after a stage has written these files."""
        entry = {**origin.document, "results": dict(sorted(results.items()))}
        if accounts:
            entry["accounts"] = [dict(account) for account in accounts]
        return Manifest({**self.stages, stage: entry})

    def without_stage(self, stage: str) -> "Manifest":
        """The manifest after a stage's files were taken away."""
        return Manifest({name: entry for name, entry in self.stages.items() if name != stage})

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        document = {"stages": dict(sorted(self.stages.items()))}
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder, empty where there is none; raises Refused for somebody else's file."""
    path = folder / MANIFEST
    if not os.path.lexists(path):
        return Manifest({})
    try:
        data: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
        json.dumps(data, ensure_ascii=False).encode()  # what JSON can spell and UTF-8 cannot
    except (OSError, ValueError, RecursionError):
        data = {}
    if path.is_symlink() or schema_problems(data, load_schema("manifest")):
        raise Refused(f"{path}: not a manifest of wsisctl; it is left as it is", hint=_HINT)
    return Manifest(data["stages"])


def sum_of_file(path: Path) -> str:
    """The SHA-256 sum of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_unchanged(path: Path, known_sum: str | None) -> bool:
    """Whether this is the file that we wrote, byte for byte."""
    if known_sum is None or path.is_symlink() or not path.is_file():
        return False
    return sum_of_file(path) == known_sum
