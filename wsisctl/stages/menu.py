"""The stages in the order of the contest."""

from collections.abc import Callable
from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.records.table import Advance
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.nominate import run_nominate
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.select_winners import run_select_winners
from wsisctl.stages.tally import run_tally
from wsisctl.stages.validate import run_validate

Run = Callable[[Contest, Inputs, Advance, str], Outcome]


@dataclass(frozen=True)
class Stage:
    """A stage and the files it writes."""

    name: str
    files: tuple[str, ...]
    run: Run
    """From the contest, the inputs, a progress callback and the language of names."""


_STAGES = (
    Stage("validate", ("validation.json",), run_validate),
    Stage("nominate", ("nominees.json", "nominees.csv"), run_nominate),
    Stage("tally", ("tally.json", "standings.csv", "rejected-votes.csv"), run_tally),
    Stage("select-winners", ("results.json",), run_select_winners),
)
STAGES = {stage.name: stage for stage in _STAGES}
