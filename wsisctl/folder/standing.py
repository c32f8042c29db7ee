"""Where a contest stands: what is in its folder, what follows from it, and what is next."""

from dataclasses import dataclass
from typing import Literal

from wsisctl.contest.model import Contest
from wsisctl.records.kinds import Kind

State = Literal["current", "out of date", "not run"]
RecordState = Literal["none", "current", "out of date", "not usable"]


@dataclass(frozen=True)
class KindStatus:
    """The exports of one kind and the records made from them."""

    kind: Kind
    files: int
    records: int
    """In the record file as it is."""
    state: RecordState
    trouble: str = ""
    """Why they cannot be used, and what to do."""


@dataclass(frozen=True)
class StageStatus:
    """What a stage has computed, and whether it still holds."""

    stage: str
    state: State
    changed: tuple[str, ...]
    """The inputs that are not as they were when it ran."""
    missing: tuple[str, ...]
    """What it needs and does not find: for each, the command that provides it."""
    could_use: tuple[str, ...]
    """The same for what it can do without."""
    outcome: str
    """Its result in a few words; empty where it has not run."""
    to_decide: str
    """What only people can settle; empty where nothing is left open."""
    sheets: str
    """The command that brings in score sheets, where these too could settle something of it."""


@dataclass(frozen=True)
class Standing:
    """Where a contest stands."""

    contest: Contest
    kinds: tuple[KindStatus, ...]
    stages: tuple[StageStatus, ...]
    troubles: tuple[str, ...]
    """What has to be put right before anything else, each with what to do."""
    unlisted: tuple[str, ...]
    """Files among the exports that were never imported."""
    reported: bool
    """Whether the documents say what the results say."""

    @property
    def next_step(self) -> str:
        """What to do now."""
        if self.troubles:
            return "put right what stands above"
        for stage in self.stages:
            if step := _step(stage):
                return step
        if self.unlisted:
            return "import what is not imported, or take it away"
        return "nothing is left to do" if self.reported else "wsisctl report"


def _step(stage: StageStatus) -> str:
    if stage.missing:
        return f"wsisctl {stage.missing[0]}"
    if stage.state == "not run" and stage.could_use:
        return f"wsisctl {stage.could_use[0]}, if there is one; then wsisctl {stage.stage}"
    if stage.state != "current":
        return f"wsisctl {stage.stage}"
    if not stage.to_decide:
        return ""
    return (
        f"{_instead(stage)}decide on {stage.to_decide} in decisions/decisions.yaml; "
        f"then wsisctl {stage.stage}"
    )


def _instead(stage: StageStatus) -> str:
    """What may spare people a decision."""
    if stage.could_use:
        return f"wsisctl {stage.could_use[0]}, or "
    if stage.sheets:
        return f"complete or mend the score sheets and wsisctl {stage.sheets}, or "
    return ""
