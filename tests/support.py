"""What several tests need: the command line in this process, and small records that are right."""

import csv
import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from wsisctl.cli import run

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"

ALL_EXAMPLES = os.environ.get("WSISCTL_EXAMPLES") == "all"
"""`make test-all` generates many more examples than CI has time for."""

SHRINK = "WSISCTL_SHRINK"
"""Set to `no` where it is enough to know that a generated example fails."""


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    status: int
    out: str
    err: str


def wsisctl(*arguments: str | Path, cwd: Path | None = None) -> Result:
    """Run the command line as in a pipe."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with (
        chdir(cwd or Path.cwd()),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        status = run([str(argument) for argument in arguments])
        out.flush()
    buffer = out.buffer
    assert isinstance(buffer, io.BytesIO)
    return Result(int(status), buffer.getvalue().decode(), err.getvalue())


def words(number: int, tag: str = "") -> str:
    """English text of exactly so many words, different for each tag."""
    sentence = (
        "The project trains teachers in rural schools and gives them tablets so that children "
        "learn to read and count with good results every year"
    )
    return " ".join([*tag.split(), *sentence.split() * number][:number])


def submission(submission_id: str, **changes: str) -> dict[str, str]:
    """A submission to the edition of 2021 without any fault, but for the changes."""
    return {
        "submission_id": submission_id,
        "submitted_at": "2021-01-20T10:00:00+01:00",
        "title": f"Project {submission_id}",
        "category": "C1",
        "entity": f"Entity {submission_id}",
        "entity_type": "civil_society",
        "country": "KEN",
        "submitter_organization": "",
        "coordinator_name": "Wanjiru Kamau",
        "coordinator_email": "wanjiru@example.org",
        "status": "completed",
        "sdgs": "4;9",
        "short_description": words(160, f"Project {submission_id}"),
        "sdg_linkages": words(30, f"Goals of {submission_id}"),
        "impact": words(30, f"Impact of {submission_id}"),
        "partnerships": words(30, f"Partners of {submission_id}"),
        "challenges": words(30, f"Challenges of {submission_id}"),
    } | changes


def submission_2018(submission_id: str, **changes: str) -> dict[str, str]:
    """A submission to the edition of 2018 without any fault, but for the changes."""
    later = {"status", "sdgs", "short_description", "sdg_linkages", "impact", "partnerships"}
    later |= {"challenges"}
    common = {name: text for name, text in submission(submission_id).items() if name not in later}
    return {
        **common,
        "submitted_at": "2017-12-20T10:00:00+01:00",
        "executive_summary": words(90, submission_id),
        "project_information": words(1600, submission_id),
        "photo": f"{submission_id}.jpg",
    } | changes


VOTE_COLUMNS = ("vote_id", "member_id", "category", "submission_id", "cast_at")


def member(member_id: str, **changes: str) -> dict[str, str]:
    """A member with a complete profile."""
    return {
        "member_id": member_id,
        "username": f"user-{member_id}",
        "email": f"{member_id}@example.org",
        "organization": f"Organization of {member_id}",
        "organization_type": "academia",
        "country": "CHE",
    } | changes


def nominee(submission_id: str, category: str = "C1", **changes: str) -> dict[str, str]:
    """A nominee of an entity of its own."""
    return {
        "submission_id": submission_id,
        "category": category,
        "title": f"Project {submission_id}",
        "entity": f"Entity {submission_id}",
        "submitter_organization": "",
        "country": "KEN",
    } | changes


def vote(vote_id: str, member_id: str, submission_id: str, **changes: str) -> dict[str, str]:
    """A vote in C1 while voting is open in 2021."""
    return {
        "vote_id": vote_id,
        "member_id": member_id,
        "category": "C1",
        "submission_id": submission_id,
        "cast_at": "2021-03-10T12:00:00+01:00",
    } | changes


NOMINATION = (
    "completeness", "relevance", "results", "empowerment", "sdgs",
    "replicability", "sustainability", "partnerships", "values",
)  # fmt: skip
SELECTION = ("scale", "impact", "development")


def sheet(
    panelist: str,
    submission_id: str,
    scores: int | Sequence[int],
    criteria: Sequence[str] = NOMINATION,
    **changes: str,
) -> dict[str, str]:
    """A score sheet: one score for all criteria, or one for each."""
    values = [scores] * len(criteria) if isinstance(scores, int) else scores
    marks = {name: str(score) for name, score in zip(criteria, values, strict=True)}
    return {
        "panelist": panelist,
        "submission_id": submission_id,
        "recused": "",
        "comment": "",
        **marks,
    } | changes


def write_csv(
    path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None
) -> Path:
    """Write rows under the columns given, or those of the first row."""
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
