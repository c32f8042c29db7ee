"""A contest definition from its file, or a refusal that names every mistake and its place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from wsisctl.contest.build import build
from wsisctl.contest.check import check
from wsisctl.contest.model import Contest, DefinitionFile
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.shipped import edition_bytes, editions
from wsisctl.suggest import suggestion
from wsisctl.yaml_file import Problem, YamlFile, read_yaml, refuse

FurtherCheck = Callable[[Contest], list[Problem]]
_HINT = "mend the definition; `wsisctl schema contest` shows every key"


def load_contest(name_or_path: str, further_check: FurtherCheck = lambda _: []) -> Contest:
    """Load a shipped edition by name, or any definition by path.

    `further_check` adds what an upper room knows, such as what a rule needs from the form.
    Raises UnusableInput naming file, line, column, value and what was expected, all at once.
    """
    if name_or_path in editions():
        return _load(_shipped(name_or_path), further_check)
    path = Path(name_or_path)
    if not path.is_file():
        known = suggestion(name_or_path, editions())
        raise UnusableInput(
            f"{name_or_path}: neither a shipped edition nor a definition file{known}",
            hint=f"shipped editions: {', '.join(editions())}; or give the path of a YAML file",
        )
    return load_contest_file(path, name_or_path, further_check)


def load_contest_file(path: Path, name: str, further_check: FurtherCheck = lambda _: []) -> Contest:
    """Load a definition file that messages call `name`; it may extend a shipped edition."""
    file = read_yaml(path, name)
    if not isinstance(file.data, dict) or "extends" not in file.data:
        return _load(file, further_check)
    refuse(file, _extension_problems(file.data), hint=_HINT)
    edition = _shipped(file.data["extends"])
    extended = DefinitionFile(path.name, file.sha256, _definition(edition))
    return _load(edition, further_check, extended)


def _extension_problems(data: dict[str, Any]) -> list[Problem]:
    if problems := schema_problems(data, load_schema("contest-folder")):
        return problems
    edition = data["extends"]
    if edition in editions():
        return []
    known = suggestion(edition, editions())
    return [Problem(("extends",), f"'{edition}' is no shipped edition{known}")]


def _load(
    file: YamlFile, further_check: FurtherCheck, definition: DefinitionFile | None = None
) -> Contest:
    refuse(file, schema_problems(file.data, load_schema("contest")), hint=_HINT)
    contest, problems = build(file.data, definition or _definition(file))
    if contest is not None:
        problems = [*check(contest, file.data), *further_check(contest)]
    refuse(file, problems, hint=_HINT)
    assert contest is not None  # noqa: S101 - build gives a contest or problems
    return contest


def _shipped(name: str) -> YamlFile:
    return YamlFile(f"{name}.yaml", edition_bytes(name))


def _definition(file: YamlFile) -> DefinitionFile:
    return DefinitionFile(Path(file.name).name, file.sha256)
