"""A new contest folder, with the files that people write in."""

from pathlib import Path

from wsisctl.errors import Refused
from wsisctl.folder.layout import CONTEST, DECISIONS, ROOMS, ContestFolder

_FILES_FOR_PEOPLE = {
    "decisions.yaml": """\
# What people decided: one entry for each decision, with who, when and why.
# `wsisctl schema decisions` shows every kind. For example:
# - {kind: review, submission_id: 17734472422205614, rule: past-winner, verdict: dismiss, by: A. Person, on: 2030-01-31, reason: another project of the same name}
""",
    "corrections.yaml": """\
# Fields that people put right; exports themselves are never edited. `from` is what stands there now.
# `wsisctl schema corrections` shows every key. For example:
# - {record: 17734472422205614, field: country, from: Kenia, to: KEN, by: A. Person, on: 2030-01-31, reason: the coordinator's e-mail of today}
""",
    "organizations.csv": "name,same_as\n",
    "panel.csv": "panelist,name,organization,country\n",
}


_AMENDMENTS = """\

# What was changed after the letter: each with who, when and why; the edition itself stays as it is.
# `wsisctl schema contest-folder` shows every key. For example:
# amendments:
#   - {on: 2030-01-20, by: A. Person, reason: the deadline is extended, phases: {submission: {closes: 2030-01-31T23:00:00}}}
"""
_GIT_ATTRIBUTES = ".gitattributes"
_AS_RECEIVED = b"# Exports stay byte for byte as they were received, on every system.\n* -text\n"


def extension(edition: str, name: str) -> bytes:
    """The contest.yaml of a folder that follows a shipped edition."""
    return (
        f"# The contest of this folder: {name}. `wsisctl rules` shows every clause and what enforces it.\n"
        f'extends: "{edition}"\n{_AMENDMENTS}'
    ).encode()


def create_folder(root: Path, contest: bytes) -> ContestFolder:
    """Make a contest folder at `root`; what is there already is left as it is.

    Raises Refused where there is a contest already, or something stands where a room should be.
    """
    folder = ContestFolder(root)
    if folder.holds(CONTEST):
        raise Refused(
            f"{folder.path(CONTEST)}: there is a contest here already",
            hint=f"go into it and run `wsisctl status`, or name another folder than {root}",
        )
    for room in ROOMS:
        if folder.holds(room) and not folder.path(room).is_dir():
            raise Refused(
                f"{folder.path(room)}: stands where a folder of the contest belongs",
                hint="move it away, or name another folder",
            )
    try:
        for room in ROOMS:
            folder.path(room).mkdir(parents=True, exist_ok=True)
        for name, text in _FILES_FOR_PEOPLE.items():
            if not folder.holds(f"{DECISIONS}/{name}"):
                folder.path(f"{DECISIONS}/{name}").write_text(text, encoding="utf-8", newline="\n")
        if not folder.holds(_GIT_ATTRIBUTES):
            folder.path(_GIT_ATTRIBUTES).write_bytes(_AS_RECEIVED)
        folder.path(CONTEST).write_bytes(contest)
    except OSError as error:
        raise Refused(
            f"{error.filename}: {error.strerror}", hint="name another folder, or clear the way"
        ) from error
    return folder
