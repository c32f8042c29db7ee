"""Where a contest stands: what is in its folder, what follows from it, and what is next."""

from dataclasses import dataclass
from typing import Literal

from wsisctl.contest.model import Contest
from wsisctl.records.kinds import Kind

State = Literal["current", "out of date", "not run"]


@dataclass(frozen=True)
class KindStatus:
    """The exports of one kind."""

    kind: Kind
    files: int
    records: int
    current: bool
    """Whether the record file follows from the exports and corrections as they are now."""


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


@dataclass(frozen=True)
class Standing:
    """Where a contest stands."""

    contest: Contest
    kinds: tuple[KindStatus, ...]
    stages: tuple[StageStatus, ...]

    @property
    def next_step(self) -> str:
        """What to do now."""
        for stage in self.stages:
            if stage.missing:
                return f"wsisctl {stage.missing[0]}"
            if stage.state == "not run" and stage.could_use:
                return f"wsisctl {stage.could_use[0]}, if there is one; then wsisctl {stage.stage}"
            if stage.state != "current":
                return f"wsisctl {stage.stage}"
            if stage.to_decide:
                return (
                    f"decide on {stage.to_decide} in decisions/decisions.yaml, then "
                    f"wsisctl {stage.stage}"
                )
        return "wsisctl report"
