"""Working in a contest folder alone, and without what an earlier process left when it was killed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from wsisctl.folder.handwritten import DRAFT_OF
from wsisctl.folder.layout import (
    CONTEST,
    DECISIONS_FILE,
    EXPORTS,
    RECORDS,
    REPORTS,
    RESULTS,
    ContestFolder,
)
from wsisctl.folder.lock import at_work

DRAFTS = ".wsisctl-"
"""How the folders begin in which exports wait until they are kept."""


@contextmanager
def at_work_in(folder: ContestFolder) -> Iterator[None]:
    """Hold the folder; raises Refused where another process does."""
    with at_work(folder.path(CONTEST)):
        _clear(folder)
        yield


def _clear(folder: ContestFolder) -> None:
    """Drafts that nobody is writing any more: they may hold personal data that nobody looks for."""
    for drafts in folder.path(EXPORTS).glob(f"{DRAFTS}*"):
        shutil.rmtree(drafts, ignore_errors=True)
    for room in (EXPORTS, RECORDS, RESULTS, REPORTS):
        for draft in folder.path(room).glob(".*.draft"):
            draft.unlink(missing_ok=True)
    decisions = folder.path(DECISIONS_FILE)
    for draft in decisions.parent.glob(DRAFT_OF.format(name=decisions.name, process="*")):
        draft.unlink(missing_ok=True)
