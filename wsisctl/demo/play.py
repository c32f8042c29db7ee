"""The demo: each stage on the synthetic edition, with people's decisions in between."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from wsisctl.contest.model import Contest
from wsisctl.demo import edition
from wsisctl.errors import ExitStatus
from wsisctl.folder.outputs import OutputFolder
from wsisctl.reports.report import Entry, Heading, Lines, Report, Table
from wsisctl.stages.inputs import name_all
from wsisctl.stages.menu import STAGES
from wsisctl.stages.outcome import Outcome

Show = Callable[[Report], None]
Decision = dict[str, Any]
Decide = Callable[[Any], Iterable[Decision]]

DECISIONS = "decisions.yaml"
RESULTS = "results"
_SIGNED = {"by": "the panel's secretary", "on": "2030-01-31", "reason": "decided for the demo"}


class Demo:
    """A play in one empty folder: exports and decisions come there, and what the stages make of them."""

    def __init__(self, contest: Contest, folder: Path, show: Show) -> None:
        self._contest = contest
        self._folder = folder
        self._show = show
        self._decisions: list[Decision] = []

    def play(self) -> ExitStatus:
        """Every stage in order, again where people had to decide; the last exit status."""
        entries = edition.submissions(self._contest)
        self._write("submissions.csv", entries)
        self._write("past-winners.csv", edition.past_winners(self._contest))
        self._write("panel.csv", edition.panel())
        entered = {"submissions": "submissions.csv", "past_winners": "past-winners.csv"}
        self._until_decided("validate", entered, _review)

        shortlist = self._nominate(entered, _ids_by_category(entries.rows))
        nominees = {
            item["category"]: [nominee["submission_id"] for nominee in item["nominees"]]
            for item in shortlist["categories"]
        }
        entity_of = {row["submission_id"]: str(row["entity"]) for row in entries.rows}
        pools = {
            item["category"]: item["pool"]
            for item in self._tally(nominees, entity_of)["categories"]
        }
        return self._select(pools).status

    def _nominate(self, entered: Mapping[str, str], ids: Mapping[str, list[str]]) -> Any:
        sheets = edition.scores(self._contest, ids, self._contest.panel.nomination)
        self._write("nomination-scores.csv", sheets)
        files = {**entered, "scores": "nomination-scores.csv", "panel": "panel.csv"}
        return self._until_decided("nominate", files, _break_ties("nominate")).report.document

    def _tally(self, nominees: Mapping[str, list[str]], entity_of: Mapping[object, str]) -> Any:
        favourite = nominees[self._contest.categories[0].id][0]
        self._write("members.csv", edition.members(self._contest, entity_of[favourite]))
        self._write("votes.csv", edition.votes(self._contest, nominees))
        shortlist = f"{RESULTS}/nominees.csv"
        files = {"votes": "votes.csv", "members": "members.csv", "nominees": shortlist}
        return self._until_decided("tally", files, _break_ties("tally")).report.document

    def _select(self, pools: Mapping[str, list[str]]) -> Outcome:
        sheets = edition.scores(self._contest, pools, self._contest.panel.selection)
        self._write("selection-scores.csv", sheets)
        tally = f"{RESULTS}/tally.json"
        files = {"tally": tally, "scores": "selection-scores.csv", "panel": "panel.csv"}
        return self._until_decided("select-winners", files, _break_ties("select"))

    def _until_decided(self, stage: str, files: Mapping[str, str], decide: Decide) -> Outcome:
        """Run the stage; where it leaves something open, let people decide and run it again."""
        outcome = self._run(stage, files)
        decisions = [{**entry, **_SIGNED} for entry in decide(outcome.report.document)]
        if not decisions:
            return outcome
        self._decisions += decisions
        text = yaml.safe_dump(self._decisions, sort_keys=False)
        (self._folder / DECISIONS).write_text(text, encoding="utf-8")
        example = ", ".join(f"{key}: {value}" for key, value in decisions[0].items())
        told = f"People decide: {len(decisions)} new in {DECISIONS}, such as"
        self._tell(Entry(told, (example,)))
        return self._run(stage, files)

    def _run(self, name: str, files: Mapping[str, str]) -> Outcome:
        if self._decisions:
            files = {**files, "decisions": DECISIONS}
        inputs = name_all(**{role: [self._folder / file] for role, file in files.items()})
        stage = STAGES[name]
        outcome = stage.run(self._contest, inputs, lambda _: None, "en")
        folder = OutputFolder(self._folder / RESULTS, name, stage.files, inputs.all_files)
        folder.write(outcome.files, self._contest.definition)
        _heading, *summary = outcome.report.summary
        ending = Lines((f"exit status {int(outcome.status)}",))
        self._tell(Heading(self._command(name, files)), *summary, ending)
        return outcome

    def _command(self, name: str, files: Mapping[str, str]) -> str:
        """What a person would type for this run."""
        words = [f"$ wsisctl {name} --contest {self._contest.id}"]
        for role, file in files.items():
            bare = name == "validate" and role == "submissions"
            words.append(file if bare else f"--{role.replace('_', '-')} {file}")
        return " ".join([*words, f"--out {RESULTS}"])

    def _tell(self, *blocks: Heading | Entry | Lines | Table) -> None:
        self._show(Report({}, Table((), ()), (*blocks, Lines(("",)))))

    def _write(self, name: str, export: edition.Export) -> None:
        with (self._folder / name).open("x", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, export.columns, restval="")
            writer.writeheader()
            writer.writerows(export.rows)


def _ids_by_category(rows: Iterable[edition.Row]) -> Mapping[str, list[str]]:
    by_category: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_category[str(row["category"])].append(str(row["submission_id"]))
    return by_category


def _review(validation: Any) -> Iterable[Decision]:
    """Every second review is confirmed, the others are dismissed."""
    reviews = {
        (item["submission_id"], item["rule"])
        for item in validation["findings"]
        if item["severity"] == "review"
    }
    for number, (identity, rule) in enumerate(sorted(reviews)):
        verdict = "confirm" if number % 2 else "dismiss"
        yield {"kind": "review", "submission_id": identity, "rule": rule, "verdict": verdict}


def _break_ties(stage: str) -> Decide:
    """The contenders of every tie, in the order of their ids."""

    def decide(document: Any) -> Iterable[Decision]:
        for category in document["categories"]:
            for item in category.get("ties", category.get("unresolved")):
                yield {
                    "kind": "tie-break",
                    "stage": stage,
                    "cut": item["cut"],
                    "category": category["category"],
                    "order": list(item["submission_ids"]),
                }

    return decide
