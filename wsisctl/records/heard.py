"""Which recorded decisions a stage hears.

A decision about the winners does not make the shortlist out of date; the file as a whole would.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wsisctl.readers.files import InputFile
from wsisctl.yaml_file import read_yaml


@dataclass(frozen=True)
class Hears:
    """The decisions that concern one stage."""

    kinds: tuple[str, ...] = ()
    ties_of: str = ""
    """The stage whose tie-breaks these are, as decisions name it."""

    def digest(self, files: Sequence[InputFile]) -> str:
        """The SHA-256 sum, in hexadecimal, of what it hears, each with its place; raises UnusableInput."""
        entries = [
            (file.name, line, entry)
            for file in sorted(files, key=lambda file: file.name)
            for line, entry in _entries(file)
        ]
        draws = any(self.concerns(entry) and "lot" in entry for _, _, entry in entries)
        heard = [item for item in entries if self.concerns(item[2]) or (draws and _seed(item[2]))]
        text = json.dumps(heard, ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def concerns(self, entry: Mapping[str, Any]) -> bool:
        """Whether the stage hears this entry."""
        if entry.get("kind") == "tie-break":
            return entry.get("stage") == self.ties_of
        return entry.get("kind") in self.kinds


def _seed(entry: Mapping[str, Any]) -> bool:
    """A seed alone changes nothing: only a stage that draws a lot hears it."""
    return entry.get("kind") == "lot-seed"


def _entries(file: InputFile) -> Iterable[tuple[int, dict[str, Any]]]:
    document = read_yaml(file.path, file.name, text_only=True)
    for index, entry in enumerate(document.data if isinstance(document.data, list) else ()):
        if isinstance(entry, dict):
            yield document.position((index,)).line, entry
