"""The stages in the order of the contest: what each reads, and the files it writes."""

from collections.abc import Callable
from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.folder.layout import (
    CONTESTED_FILE,
    CORRECTIONS_FILE,
    DECISIONS_FILE,
    ORGANIZATIONS_FILE,
    PANEL_FILE,
    records_file,
)
from wsisctl.readers.files import Advance
from wsisctl.records.heard import Hears
from wsisctl.records.kinds import (
    MEMBERS,
    PAST_WINNERS,
    SCORES_NOMINATION,
    SCORES_SELECTION,
    SUBMISSIONS,
    VOTES,
    Kind,
)
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.nominate import run_nominate
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.select_winners import run_select_winners
from wsisctl.stages.tally import run_tally
from wsisctl.stages.validate import run_validate

Run = Callable[[Contest, Inputs, Advance, str], Outcome]


@dataclass(frozen=True)
class Reads:
    """One of a stage's inputs, and where it is found in a contest folder."""

    role: str
    """The field of `Inputs`; on the command line an option of the same name."""
    home: str
    """The file in the folder."""
    kind: Kind | None = None
    """Of the folder's records; None for other files."""
    command: str = ""
    """What provides it; empty for what people write."""
    required: bool = False

    @property
    def is_result(self) -> bool:
        """Whether an earlier stage writes it."""
        return self.kind is None and bool(self.command)


def _records(role: str, kind: Kind, *, required: bool = False) -> Reads:
    return Reads(role, records_file(kind), kind, f"{kind.command} FILE", required)


@dataclass(frozen=True)
class Stage:
    """A stage, what it reads, and the files it writes."""

    name: str
    reads: tuple[Reads, ...]
    files: tuple[str, ...]
    hears: Hears
    """The recorded decisions that concern it."""
    run: Run
    """From the contest, the inputs, a progress callback and the language of names."""


_VERDICTS = ("review", "withdraw")
_DECISIONS = Reads("decisions", DECISIONS_FILE)
_CORRECTIONS = Reads("corrections", CORRECTIONS_FILE)
_ORGANIZATIONS = Reads("organizations", ORGANIZATIONS_FILE)
_PANEL = Reads("panel", PANEL_FILE)
_VALIDATE = (
    _records("submissions", SUBMISSIONS, required=True),
    _records("past_winners", PAST_WINNERS),
    _ORGANIZATIONS,
    _CORRECTIONS,
    _DECISIONS,
)

_STAGES = (
    Stage("validate", _VALIDATE, ("validation.json",), Hears(_VERDICTS), run_validate),
    Stage(
        "nominate",
        (*_VALIDATE, _records("scores", SCORES_NOMINATION), _PANEL),
        ("nominees.json", "nominees.csv"),
        Hears((*_VERDICTS, "nominate"), ties_of="nominate"),
        run_nominate,
    ),
    Stage(
        "tally",
        (
            _records("votes", VOTES, required=True),
            _records("members", MEMBERS, required=True),
            Reads("nominees", "results/nominees.csv", command="nominate", required=True),
            _ORGANIZATIONS,
            _CORRECTIONS,
            _DECISIONS,
            Reads("contested", CONTESTED_FILE),
        ),
        (
            "tally.json",
            "standings.csv",
            "rejected-votes.csv",
            "same-emails.csv",
            "margins.json",
            "margins.csv",
        ),
        Hears(("same-member",), ties_of="tally"),
        run_tally,
    ),
    Stage(
        "select-winners",
        (
            Reads("tally", "results/tally.json", command="tally", required=True),
            _records("scores", SCORES_SELECTION),
            _PANEL,
            _DECISIONS,
        ),
        ("results.json",),
        Hears(("winner",), ties_of="select"),
        run_select_winners,
    ),
)
STAGES = {stage.name: stage for stage in _STAGES}
