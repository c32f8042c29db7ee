"""Stages run with decisions that are not recorded yet; nothing in the folder changes."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.folder.layout import ContestFolder
from wsisctl.folder.ledger import Ledger
from wsisctl.readers.files import Advance, InputFile
from wsisctl.reports.decided import Change
from wsisctl.stages.in_folder import refuse_missing
from wsisctl.stages.inputs import Files, Inputs
from wsisctl.stages.menu import STAGES, Reads, Stage
from wsisctl.stages.nominate import nominate_validated
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.records import records_now
from wsisctl.stages.select_winners import run_select_winners
from wsisctl.stages.tally import run_tally
from wsisctl.stages.validate import Validated, validate_inputs

Standings = Mapping[tuple[str, str], str]
"""By category and submission, where it stands."""


@dataclass(frozen=True)
class Performance:
    """What the stages gave with certain decisions."""

    of_submissions: Validated | None
    """None where no decision concerns who is eligible."""
    outcomes: Mapping[str, Outcome]
    """By stage; of `validate` there is only what is `validated`."""
    inputs: Mapping[str, Inputs]

    @property
    def validated(self) -> Validated:
        """The submissions with their verdicts, where a decision concerns these."""
        assert self.of_submissions is not None  # noqa: S101 - the stages follow from the decisions
        return self.of_submissions

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the stages tell, each sentence once."""
        verdicts = self.of_submissions.remarks if self.of_submissions else ()
        others = (text for outcome in self.outcomes.values() for text in outcome.remarks)
        return tuple(dict.fromkeys([*verdicts, *others]))

    def pool(self, category: str) -> tuple[str, ...]:
        """Those among whom the panel selects, as the tally says that was read."""
        (tally,) = self.inputs["select-winners"].tally
        document = json.loads(tally.path.read_bytes())
        found = next(part for part in document["categories"] if part["category"] == category)
        return tuple(found["pool"])

    @property
    def votes_counted(self) -> int | None:
        """How many votes count; None where no decision concerns the tally."""
        if "tally" not in self.outcomes:
            return None
        document: Any = self.outcomes["tally"].report.document
        return int(document["votes"]["counted"])

    def categories(self, stage: str) -> Mapping[str, Any]:
        """The parts of a stage's result by category."""
        document: Any = self.outcomes[stage].report.document
        return {part["category"]: part for part in document["categories"]}

    def standings(self, stage: str) -> Standings:
        """Where each submission stands after a stage; those that stand nowhere are left out."""
        if stage == "validate":
            return _verdicts(self.validated)
        marks: dict[tuple[str, str], list[str]] = defaultdict(list)
        for category, part in self.categories(stage).items():
            for identity, mark in _MARKS[stage](part):
                marks[category, identity].append(mark)
        return {key: ", ".join(dict.fromkeys(found)) for key, found in marks.items()}


class Rehearsal:
    """The stages that some decisions concern, in a contest folder."""

    def __init__(
        self,
        folder: ContestFolder,
        contest: Contest,
        ledger: Ledger,
        stages: Sequence[str],
        drafts: Path,
        advance: Advance,
    ) -> None:
        """Raises UnusableInput for an input that is not there yet, and says what provides it."""
        self._contest = contest
        self.stages = stages
        self._drafts = drafts
        self._advance = advance
        self.results: list[Reads] = []
        """What is read of the results in the folder."""
        self._inputs = {
            stage: self._inputs_of(STAGES[stage], folder, ledger)
            for stage in ("nominate", "tally", "select-winners")
            if stage in stages or (stage == "nominate" and "validate" in stages)
        }

    def _inputs_of(self, stage: Stage, folder: ContestFolder, ledger: Ledger) -> Inputs:
        """Its inputs without decisions; the tally of the same rehearsal is there only later."""
        made_here = {"decisions", *(name for name in self.stages if name == "tally")}
        reads = [item for item in stage.reads if item.role not in made_here]
        for item in reads:
            refuse_missing(item, folder, ledger)
        self.results += [item for item in reads if item.is_result]
        kinds = [item.kind for item in reads if item.kind]
        records = records_now(folder, self._contest, ledger, kinds, self._drafts, self._advance)
        found: dict[str, Files] = {}
        for item in reads:
            if item.kind is None:
                found[item.role] = folder.files(item.home)
            elif item.kind in records:
                found[item.role] = (records[item.kind],)
        return Inputs(**found)

    def with_decisions(self, decisions: Files) -> Performance:
        """Every stage with these decisions; raises UnusableInput where they contradict each other."""
        contest, advance = self._contest, self._advance
        inputs = {
            stage: replace(given, decisions=decisions) for stage, given in self._inputs.items()
        }
        validated, outcomes = None, {}
        if "nominate" in inputs:
            given = inputs["nominate"]
            validated = validate_inputs(contest, given, advance)
            if "nominate" in self.stages:
                outcomes["nominate"] = nominate_validated(contest, given, validated, "en")
        if "tally" in inputs:
            outcomes["tally"] = run_tally(contest, inputs["tally"], advance, "en")
        if "select-winners" in inputs:
            if "tally" in outcomes:
                tally = self._draft_of_tally(outcomes["tally"])
                inputs["select-winners"] = replace(inputs["select-winners"], tally=(tally,))
            outcomes["select-winners"] = run_select_winners(
                contest, inputs["select-winners"], advance, "en"
            )
        return Performance(validated, outcomes, inputs)

    def _draft_of_tally(self, outcome: Outcome) -> InputFile:
        home = next(item.home for item in STAGES["select-winners"].reads if item.role == "tally")
        draft = self._drafts / f"{len(list(self._drafts.iterdir()))}-tally.json"
        draft.write_bytes(outcome.files["tally.json"])
        return InputFile(draft, home)

    def changes(self, before: Performance, after: Performance) -> tuple[Change, ...]:
        """Every submission that stands elsewhere, by stage, category and id."""
        order = {category.id: place for place, category in enumerate(self._contest.categories)}
        changes = []
        for stage in self.stages:
            then, now = before.standings(stage), after.standings(stage)
            moved = [key for key in then.keys() | now.keys() if then.get(key) != now.get(key)]
            moved.sort(key=lambda key: (order.get(key[0], len(order)), key[1]))
            changes += [Change(stage, *key, then.get(key, ""), now.get(key, "")) for key in moved]
        return tuple(changes)


def _verdicts(validated: Validated) -> Standings:
    return {
        (item.category or "", item.id): validated.validation.verdicts[item.id]
        for item in validated.submissions.records
    }


Marks = Iterator[tuple[str, str]]
"""A submission, and what it is."""


def _unresolved(part: Mapping[str, Any]) -> Marks:
    return (
        (identity, "unresolved")
        for item in part["unresolved"]
        for identity in item["submission_ids"]
    )


def _of_shortlist(part: Mapping[str, Any]) -> Marks:
    yield from ((nominee["submission_id"], "nominee") for nominee in part["nominees"])
    yield from _unresolved(part)


def _of_tally(part: Mapping[str, Any]) -> Marks:
    yield from ((identity, "honoured") for identity in part["honoured"])
    if part["pool"] != part["honoured"]:
        yield from ((identity, "pool") for identity in part["pool"])
    for tie in part["ties"]:
        if "resolved_by" not in tie:
            yield from ((identity, "unresolved") for identity in tie["submission_ids"])


def _of_selection(part: Mapping[str, Any]) -> Marks:
    yield from ((identity, "winner") for identity in part["winners"])
    yield from ((identity, "champion") for identity in part["champions"])
    yield from _unresolved(part)


_MARKS = {
    "nominate": _of_shortlist,
    "tally": _of_tally,
    "select-winners": _of_selection,
}
