"""Workflow commands: lines of a log that GitHub Actions, and services like it, show beside a file.

A line that begins with `::` is obeyed there, so that no character of a text may end its own line.
"""

from collections.abc import Iterable, Mapping

from wsisctl.reports.report import Annotation, visible

_IN_DATA: Mapping[int, str] = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_IN_PROPERTIES: Mapping[int, str] = {**_IN_DATA, ord(":"): "%3A", ord(","): "%2C"}


def as_commands(annotations: Iterable[Annotation]) -> str:
    """A line for each; nothing for none."""
    return "".join(f"{_command(annotation)}\n" for annotation in annotations)


def _command(annotation: Annotation) -> str:
    line = "" if annotation.line is None else f",line={annotation.line}"
    file, title = _property(annotation.file), _property(annotation.title)
    return f"::{annotation.level} file={file}{line},title={title}::{_data(annotation.text)}"


def _property(text: str) -> str:
    return visible(text.translate(_IN_PROPERTIES))


def _data(text: str) -> str:
    return visible(text.translate(_IN_DATA))
