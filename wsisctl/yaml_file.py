"""YAML as data that knows its lines.

Only what a person would call plain YAML is read: mappings, lists, text, whole numbers, true, false
and null. A date stays the text that was written, `on` is a word and not a truth value, and an id
such as 0123 or 17734472422205614 can be had exactly as it stands in the file.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wsisctl.errors import UnusableInput
from wsisctl.wording import shortened

KeyPath = tuple[str | int, ...]
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
LARGEST = 16 << 20
_MOST_NODES = 200_000
_DEEPEST = 50
_LONG_COMPLAINT = 120
_LOOK = "look at the quotes, colons and indentation of this line and the one before it"
_FLATTER = "write it out in fewer values, and without aliases (& and *) that stand for others"
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fastest reader of plain YAML that there is here."""


@dataclass(frozen=True)
class Position:
    """A place in a file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """Something wrong at a place in a YAML document."""

    path: KeyPath
    message: str
    at_key: bool = False
    """The place is the key's, not its value's."""


class YamlFile:
    """A document's data and the position of each of its keys and values."""

    def __init__(self, name: str, content: bytes, *, text_only: bool = False) -> None:
        """Read `content`; with `text_only` every scalar stays the text that was written, null none.

        Raises UnusableInput for what is no YAML, a duplicate key, or a document that unfolds without end.
        """
        self.name = name
        self.sha256 = hashlib.sha256(content).hexdigest()
        self._text_only = text_only
        self._values: dict[KeyPath, Position] = {}
        self._keys: dict[KeyPath, Position] = {}
        self._nodes = 0
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            where = f"the byte at offset {error.start}, on line {line},"
            raise UnusableInput(f"{name}: not UTF-8: {where} cannot be read") from error
        try:
            self._refuse_depth(text)
            root = yaml.compose(text, Loader=Loader)
        except yaml.reader.ReaderError as error:
            lines = text[: error.position].split("\n")
            place = f"{name}:{len(lines)}:{len(lines[-1]) + 1}"
            raise UnusableInput(f"{place}: no readable YAML: {error.reason}") from error
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._broken(
                mark, f"no readable YAML: {_complaint(error)}", hint=_LOOK
            ) from error
        self.data: Any = None if root is None else self._convert(root, ())

    def position(self, path: KeyPath, *, at_key: bool = False) -> Position:
        """Where the value (or key) at `path` stands; the nearest enclosing one for what is absent."""
        table = self._keys if at_key and path in self._keys else self._values
        while path and path not in table:
            path, table = path[:-1], self._values
        return table.get(path, Position(1, 1))

    def place(self, problem: Problem) -> str:
        """`file:line:column`, as editors open it."""
        position = self.position(problem.path, at_key=problem.at_key)
        return f"{self.name}:{position.line}:{position.column}"

    def _refuse_depth(self, text: str) -> None:
        """Before anything recurses into it: the composer would exhaust the process's stack."""
        depth = 0
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                what = "the document is nested too deeply"
                raise self._broken(event.start_mark, what, hint=_FLATTER)

    def _convert(self, node: yaml.Node, path: KeyPath) -> Any:
        self._nodes += 1
        if self._nodes > _MOST_NODES or len(path) > _DEEPEST:
            what = "the document unfolds into too many values"
            raise self._broken(node.start_mark, what, hint=_FLATTER)
        self._values[path] = _position(node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self._convert_mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._convert(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - YAML has no fourth kind of node
        return self._scalar(node)

    def _convert_mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._broken(key_node.start_mark, "a key must be a plain word")
            key = str(key_node.value)
            if key in result:
                first = self._keys[(*path, key)].line
                raise self._broken(
                    key_node.start_mark,
                    f"the key '{shortened(key)}' stands here again; it was set on line {first}",
                )
            self._keys[(*path, key)] = _position(key_node.start_mark)
            result[key] = self._convert(value_node, (*path, key))
        return result

    def _scalar(self, node: yaml.ScalarNode) -> str | int | bool | None:
        value = str(node.value)
        if node.style:  # quoted, or a block
            return value
        if self._text_only:
            return "" if value in {"null", "~"} else value
        if value in _WORDS:
            return _WORDS[value]
        return int(value) if _INTEGER.fullmatch(value) and len(value) < 16 else value

    def _broken(self, mark: Any, what: str, *, hint: str = "") -> UnusableInput:
        position = _position(mark) if mark else Position(1, 1)
        return UnusableInput(f"{self.name}:{position.line}:{position.column}: {what}", hint=hint)


def _complaint(error: yaml.MarkedYAMLError) -> str:
    """What is wrong, and where that began to be read in which it is."""
    since = f", {error.context}" if error.context else ""
    if since and error.context_mark:
        since += f" that begins on line {error.context_mark.line + 1}"
    return shortened(f"{error.problem}{since}", _LONG_COMPLAINT)


def _position(mark: yaml.Mark) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def read_yaml(path: Path, name: str, *, text_only: bool = False) -> YamlFile:
    """Read a YAML file; `name` is what messages call it."""
    hint = "check the path; expected a YAML file"
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for its other end
            what = "a folder" if path.is_dir() else "no file"
            raise UnusableInput(f"{name}: cannot be read: it is {what}", hint=hint)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UnusableInput(f"{name}: cannot be read: {error.strerror}", hint=hint) from error
    if len(content) > LARGEST:
        raise UnusableInput(
            f"{name}: larger than {LARGEST >> 20} MiB; nobody wrote that", hint=hint
        )
    return YamlFile(name, content, text_only=text_only)


def date_problem(text: str) -> str:
    """What is wrong with a day that somebody wrote; nothing where it is a date."""
    try:
        good = date.fromisoformat(text).isoformat() == text
    except ValueError:
        good = False
    return "" if good else f"'{shortened(text)}' is no date; expected one such as 2030-12-31"


def refuse(file: YamlFile, problems: list[Problem], *, hint: str = "") -> None:
    """Raise UnusableInput that lists every problem with its place, in the file's order; none: return."""
    if not problems:
        return

    def in_file_order(problem: Problem) -> tuple[int, int, str]:
        position = file.position(problem.path, at_key=problem.at_key)
        return position.line, position.column, problem.message

    lines = dict.fromkeys(
        f"{file.place(p)}: {p.message}" for p in sorted(problems, key=in_file_order)
    )
    raise UnusableInput("\n".join(lines), hint=hint)
