"""A contest definition from its file, or a refusal that names every mistake and its place."""

from collections.abc import Callable
from pathlib import Path

from wsisctl.contest.build import build
from wsisctl.contest.check import check
from wsisctl.contest.model import Contest, DefinitionFile
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.shipped import edition_bytes, editions
from wsisctl.suggest import suggestion
from wsisctl.yaml_file import Problem, YamlFile, read_yaml, refuse

FurtherCheck = Callable[[Contest], list[Problem]]
_HINT = "mend the definition; docs/editions.md describes every key"


def load_contest(name_or_path: str, further_check: FurtherCheck = lambda _: []) -> Contest:
    """Load a shipped edition by name, or any definition by path.

    `further_check` adds what an upper room knows, such as what a rule needs from the form.
    Raises UnusableInput naming file, line, column, value and what was expected, all at once.
    """
    file = _open(name_or_path)
    refuse(file, schema_problems(file.data, load_schema("contest")), hint=_HINT)
    definition = DefinitionFile(Path(file.name).name, file.sha256)
    contest, problems = build(file.data, definition)
    if contest is not None:
        problems = [*check(contest, file.data), *further_check(contest)]
    refuse(file, problems, hint=_HINT)
    assert contest is not None  # noqa: S101 - build gives a contest or problems
    return contest


def _open(name_or_path: str) -> YamlFile:
    if name_or_path in editions():
        return YamlFile(f"{name_or_path}.yaml", edition_bytes(name_or_path))
    path = Path(name_or_path)
    if not path.is_file():
        known = suggestion(name_or_path, editions())
        raise UnusableInput(
            f"{name_or_path}: neither a shipped edition nor a definition file{known}",
            hint=f"shipped editions: {', '.join(editions())}; or give the path of a YAML file",
        )
    return read_yaml(path, name_or_path)
