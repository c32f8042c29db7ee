"""The letters as files: a letter for each submission that cannot take part or of which something is asked."""

import hashlib
import re
from collections.abc import Iterable

from wsisctl.contest.model import Contest
from wsisctl.findings import by_submission
from wsisctl.records.submissions import Submission
from wsisctl.reports.letter import Letter
from wsisctl.reports.render import as_csv
from wsisctl.reports.report import Cell, Table
from wsisctl.rules.engine import Validation

_INDEX = (
    "submission_id", "verdict", "coordinator_name", "coordinator_email", "title", "file"
)  # fmt: skip
_LONG_NAME = 120


def letters(
    contest: Contest, submissions: Iterable[Submission], validation: Validation, language: str
) -> dict[str, bytes]:
    """File name → content: the letters, and a list of them for whoever sends them."""
    findings = by_submission(item for item in validation.findings if item.severity != "warning")
    tag = "" if language == "en" else f".{language}"
    files: dict[str, bytes] = {}
    rows: list[tuple[Cell, ...]] = []
    for submission in submissions:
        if submission.id in findings:
            name = f"{file_stem(submission.id)}{tag}.txt"
            text = Letter(contest, submission, findings[submission.id], language).text
            files[name] = text.encode()
            about = (submission.text(column) for column in _INDEX[2:-1])
            rows.append((submission.id, validation.verdicts[submission.id], *about, name))
    return {f"letters{tag}.csv": as_csv(Table(_INDEX, tuple(rows))).encode(), **files}


def file_stem(identity: str) -> str:
    """A file's name for an id, whatever text it is: another for each id, on every system.

    Small letters, digits and `-` stand for themselves; `_` makes the letter after it a capital, so
    that no two names differ in that alone; any other character is written byte by byte. Of a very
    long one only the beginning is, with the id's sum.
    """
    name = "".join(map(_safe, identity))
    if len(name) > _LONG_NAME:
        digest = hashlib.sha256(identity.encode()).hexdigest()
        name = f"{name[: _LONG_NAME // 2]}___{digest}"
    return f"letter-{name}"


def _safe(character: str) -> str:
    if re.fullmatch("[a-z0-9-]", character):
        return character
    if re.fullmatch("[A-Z]", character):
        return f"_{character.lower()}"
    return "".join(f"__{byte:02x}" for byte in character.encode())
