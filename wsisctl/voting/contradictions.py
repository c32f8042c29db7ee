"""Votes that share an id and differ: nobody can tell which of them was cast."""

from collections.abc import Iterable, Sequence

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.readers.files import InputFile
from wsisctl.records.kinds import VOTES
from wsisctl.records.problems import Gathered, Problem

_MOST = 1_000
"""So many are told; of the others only the number is."""

Contradiction = tuple[str, Source, Source]
"""A vote_id, where it stands first, and where it stands with another content."""


def refuse_contradictions(
    found: Iterable[Contradiction], files: Sequence[InputFile], contest: Contest
) -> None:
    """Raise UnusableRecords where there is any; `files` are those that were read."""
    gathered = Gathered(_MOST)
    for vote_id, first, again in found:
        gathered.add(_problem(vote_id, first, again))
    gathered.refuse(files, VOTES.naming(contest))


def _problem(vote_id: str, first: Source, again: Source) -> Problem:
    return Problem(
        again,
        "vote_id",
        vote_id,
        f"vote_id {vote_id} stands here again with another content; it was first at {first}",
        f"the same vote as at {first}",
        "the export is broken: ask for it anew",
        "vote with the id of another",
    )
