"""Writing results: only over our own unchanged files, all or none, with a manifest beside them."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wsisctl import __version__
from wsisctl.contest.model import DefinitionFile
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import Refused
from wsisctl.records.table import InputFile

MANIFEST = "manifest.json"


class OutputFolder:
    """The `--out` folder of one stage (contract, Commands)."""

    def __init__(
        self, path: Path, stage: str, names: Iterable[str], inputs: Iterable[InputFile]
    ) -> None:
        """Raises Refused at once where one of `names` could not be written."""
        self.path = path
        self._stage = stage
        self._names = tuple(names)
        self._inputs = tuple(inputs)
        self._refuse_targets_in_the_way()

    def write(self, contents: Mapping[str, bytes], definition: DefinitionFile) -> None:
        """Replace the stage's files and its part of the manifest.

        Raises Refused if meanwhile anything came in the way, or the folder cannot be written.
        """
        self._refuse_targets_in_the_way()
        stages = dict(self._manifest().get("stages", {}))
        stages[self._stage] = {
            "definition": {"file": definition.name, "sha256": definition.sha256},
            "inputs": _sums_of_inputs(self._inputs),
            "results": {name: _sum(content) for name, content in sorted(contents.items())},
        }
        manifest = {"wsisctl": __version__, "stages": dict(sorted(stages.items()))}
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        try:
            _replace_all(self.path, {**contents, MANIFEST: text.encode()})
        except OSError as error:
            raise Refused(f"{self.path}: cannot be written: {error.strerror}") from error

    def _refuse_targets_in_the_way(self) -> None:
        if not os.path.lexists(self.path):
            return
        if not self.path.is_dir():
            raise Refused(f"{self.path}: not a folder", hint="name another folder with --out")
        for file in self._inputs:
            for name in (*self._names, MANIFEST):
                if _is_same_file(file.path, self.path / name):
                    raise Refused(
                        f"{self.path / name}: an input of this command; it would be overwritten",
                        hint="name another folder with --out",
                    )
        sums = self._sums_in_manifest()
        for name in self._names:
            target = self.path / name
            if os.path.lexists(target) and not _is_ours(target, sums.get(name)):
                raise Refused(
                    f"{target}: not written by wsisctl, or changed since; it is left as it is",
                    hint="move it away, or name another folder with --out",
                )

    def _sums_in_manifest(self) -> dict[str, str]:
        stages = self._manifest().get("stages", {})
        return {
            name: digest for stage in stages.values() for name, digest in stage["results"].items()
        }

    def _manifest(self) -> dict[str, Any]:
        path = self.path / MANIFEST
        if not os.path.lexists(path):
            return {}
        try:
            data: dict[str, Any] = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            data = {}
        if path.is_symlink() or schema_problems(data, load_schema("manifest")):
            raise Refused(
                f"{path}: not a manifest of wsisctl; it is left as it is",
                hint="move it away, or name another folder with --out",
            )
        return data


def _is_same_file(one: Path, other: Path) -> bool:
    return other.exists() and one.exists() and one.samefile(other)


def _is_ours(target: Path, known_sum: str | None) -> bool:
    if target.is_symlink() or not target.is_file():
        return False
    return known_sum == _sum(target.read_bytes())


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sums_of_inputs(inputs: Iterable[InputFile]) -> list[dict[str, str]]:
    ordered = sorted(inputs, key=lambda file: file.name)
    return [{"file": file.name, "sha256": file.sha256()} for file in ordered]


def _replace_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write everything beside its target first, then rename, the manifest last."""
    folder.mkdir(parents=True, exist_ok=True)
    drafts: list[tuple[Path, Path]] = []
    try:
        for name, content in contents.items():
            draft = folder / f".{name}.{os.getpid()}.draft"
            drafts.append((draft, folder / name))
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for draft, target in drafts:
            draft.replace(target)
    finally:
        for draft, _ in drafts:
            draft.unlink(missing_ok=True)
