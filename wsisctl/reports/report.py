"""What a command shows: one document for machines, and blocks for people."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Cell = str | int | None


@dataclass(frozen=True)
class Table:
    """Rows under column names; the machine-readable form is CSV."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Heading:
    """The title of what follows."""

    text: str
    level: int = 2
    """1 is a whole document's, 2 a section's, 3 a part's of it. Only Markdown shows the difference."""


@dataclass(frozen=True)
class Lines:
    """Sentences, each on a line of its own."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One thing to look at: where and what in one line, then sentences about it."""

    head: str
    body: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part of a page under its title; what stands between backticks is code."""

    title: str
    texts: tuple[str, ...] = ()
    """Empty where other blocks follow."""


@dataclass(frozen=True)
class Verbatim:
    """A line to copy into a file, exactly as it stands."""

    text: str


Block = Heading | Lines | Entry | Section | Table | Verbatim


@dataclass(frozen=True)
class Annotation:
    """A remark that a CI service shows beside a line of a file."""

    level: Literal["error", "warning", "notice"]
    file: str
    """As the service knows it: from where the command was run."""
    line: int | None
    """None where a record stands on no line of its own."""
    title: str
    text: str
    """May have several lines."""


@dataclass(frozen=True)
class Report:
    """A result in every form it can be shown in."""

    document: Mapping[str, Any] | Sequence[Any]
    """For `--format json`, and the JSON file."""
    data: Table
    """For `--format csv`."""
    details: tuple[Block, ...]
    """For people: table, plain and markdown."""
    summary: tuple[Block, ...] = ()
    """The outcome in a few lines; shown last, where a terminal stands when it is done."""
    annotations: tuple[Annotation, ...] = ()
    """For `--format github`, where a command has it; the summary follows them."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything people are shown, in order."""
        return (*self.details, *self.summary)


_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


def visible(text: str) -> str:
    """The text with every character that a terminal would obey, or that reorders it, spelled out."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def one_line(text: str) -> str:
    """The visible text on one line."""
    return visible(" ".join(text.split()))
