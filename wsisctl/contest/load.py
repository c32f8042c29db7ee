"""A contest definition from its file, or a refusal that names every mistake and its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wsisctl.contest.amend import AMENDMENTS, amended, day_problems, lay
from wsisctl.contest.build import build
from wsisctl.contest.check import check
from wsisctl.contest.model import Amendment, Contest, DefinitionFile
from wsisctl.contest.order import out_of_order
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.shipped import edition_bytes, editions
from wsisctl.suggest import suggestion
from wsisctl.yaml_file import Problem, YamlFile, read_yaml, refuse

FurtherCheck = Callable[[Contest], list[Problem]]
_HINT = (
    "mend the definition; how to write one is in docs/editions.md, and `wsisctl schema contest` shows "
    "every key"
)


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
    return _load(edition, further_check, extended, (edition, file))


def _extension_problems(data: dict[str, Any]) -> list[Problem]:
    if problems := schema_problems(data, load_schema("contest-folder")):
        return problems
    edition = data["extends"]
    if edition in editions():
        return []
    known = suggestion(edition, editions())
    return [Problem(("extends",), f"'{edition}' is no shipped edition{known}")]


def _load(
    file: YamlFile,
    further_check: FurtherCheck,
    definition: DefinitionFile | None = None,
    amending: Sequence[YamlFile] = (),
) -> Contest:
    """The contest of a whole definition, with the amendments of the files given, or else its own."""
    if file.data is None:
        refuse(file, [Problem((), "the file is empty; expected a mapping")], hint=_HINT)
    refuse(file, schema_problems(file.data, load_schema("contest")), hint=_HINT)
    letter, problems = _checked(file.data, definition or _definition(file), further_check)
    refuse(file, problems, hint=_HINT)
    assert letter is not None  # noqa: S101 - build gives a contest or problems
    return _amended(letter, file.data, amending or (file,), further_check)


def _checked(
    data: Mapping[str, Any], definition: DefinitionFile, further_check: FurtherCheck
) -> tuple[Contest | None, list[Problem]]:
    contest, problems = build(data, definition)
    if contest is not None:
        problems = [*check(contest, data), *further_check(contest)]
    return contest, problems


def _amended(
    letter: Contest, data: Mapping[str, Any], files: Sequence[YamlFile], further_check: FurtherCheck
) -> Contest:
    """The contest with the files' amendments, one after the other; after each it must be whole."""
    contest: Contest | None = letter
    amendments: list[Amendment] = []
    homes: list[tuple[YamlFile, int]] = []
    day = data.get("letter", {}).get("dated", "")
    for file in files:
        items = file.data.get(AMENDMENTS, ())
        whose = "the last amendment of the edition" if amendments else "the letter"
        refuse(file, list(day_problems(items, day, whose)), hint=_HINT)
        for index, item in enumerate(items):
            laid = lay(item, data, letter.zone)
            data, day = laid.data, laid.amendment.on
            problems = [*laid.problems, *schema_problems(data, load_schema("contest"))]
            if not problems:
                contest, problems = _checked(data, letter.definition, further_check)
            refuse(file, [_placed(problem, index) for problem in problems], hint=_HINT)
            amendments.append(laid.amendment)
            homes.append((file, index))
    assert contest is not None  # noqa: S101 - build gives a contest or problems
    whole = amended(contest, letter, tuple(amendments))
    return replace(whole, warnings=tuple(_warnings(letter, whole, homes)))


def _warnings(
    letter: Contest, contest: Contest, homes: Sequence[tuple[YamlFile, int]]
) -> Iterator[str]:
    """What the amendments bring out of order, at the last one of those that did."""
    for fault in out_of_order(letter, contest):
        moved = [
            (*home, end)
            for home, amendment in zip(homes, contest.amendments, strict=True)
            for end in fault.ends
            if amendment.touches(end)
        ]
        file, index, end = moved[-1]
        problem = _placed(Problem(tuple(end.split(".")), fault.message), index)
        yield f"{file.place(problem)}: {problem.message}"


def _placed(problem: Problem, index: int) -> Problem:
    """Where an amendment is at fault: it has the shape of the definition, so the path leads to the nearest."""
    return replace(problem, path=(AMENDMENTS, index, *problem.path))


def _shipped(name: str) -> YamlFile:
    return YamlFile(f"{name}.yaml", edition_bytes(name))


def _definition(file: YamlFile) -> DefinitionFile:
    return DefinitionFile(Path(file.name).name, file.sha256)
