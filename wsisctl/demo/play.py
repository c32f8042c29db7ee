"""The demo: a contest folder from `init` to `report`, with people's decisions in between."""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from wsisctl.contest.load import load_contest_file
from wsisctl.contest.model import Contest
from wsisctl.demo.export import Export, Nominees
from wsisctl.demo.invented import Invented
from wsisctl.errors import ExitStatus
from wsisctl.folder.create import create_folder, extension
from wsisctl.folder.layout import CONTEST, DECISIONS_FILE, PANEL_FILE, RESULTS
from wsisctl.readers.files import Advance
from wsisctl.records.cells import Care, Role, cleaned
from wsisctl.records.kinds import (
    MEMBERS,
    PAST_WINNERS,
    SCORES_NOMINATION,
    SCORES_SELECTION,
    SUBMISSIONS,
    VOTES,
    Kind,
)
from wsisctl.records.people import Nominee, read_nominees
from wsisctl.reports.report import Block, Entry, Heading, Lines, Report, Table
from wsisctl.stages.imports import run_import
from wsisctl.stages.in_folder import run_in_folder
from wsisctl.stages.menu import STAGES
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.report import report_in_folder

Show = Callable[[Report], None]
Decision = dict[str, Any]
Decide = Callable[[Any], Iterable[Decision]]

_SIGNED = {"by": "the panel's secretary", "on": "2030-01-31", "reason": "decided for the demo"}


class Demo:
    """A play in a folder that does not exist yet."""

    def __init__(self, contest: Contest, root: Path, show: Show, advance: Advance) -> None:
        """`contest` is a shipped edition."""
        self._root = root
        self._show = show
        self._advance = advance
        self._folder = create_folder(root, extension(contest.id, contest.name.en))
        self._contest = load_contest_file(root / CONTEST, CONTEST)
        self._decisions: list[Decision] = []

    def play(self, invented: Invented) -> ExitStatus:
        """Every stage in order, again where people had to decide; the last exit status."""
        self._tell(Heading(f"$ wsisctl init {self._root.name} --contest {self._contest.id}"))
        self._tell(Heading(f"$ cd {self._root.name}"))
        self._folder.path(PANEL_FILE).unlink()
        invented.panel().write(self._folder.path(PANEL_FILE))
        with tempfile.TemporaryDirectory(prefix="wsisctl-demo-") as inbox:
            last = self._play(invented, Path(inbox))
        self._report()
        return last.status

    def _play(self, invented: Invented, inbox: Path) -> Outcome:
        criteria = self._contest.panel
        entries = invented.submissions()
        self._import(SUBMISSIONS, self._received(entries, inbox / "submissions.csv"))
        self._import(
            PAST_WINNERS, self._received(invented.past_winners(), inbox / "past-winners.csv")
        )
        self._until_decided("validate", _review)
        sheets = invented.scores(_ids_by_category(entries, self._contest), criteria.nomination)
        self._import(SCORES_NOMINATION, self._received(sheets, inbox / "nomination-scores.csv"))
        self._until_decided("nominate", _break_ties("nominate"))
        nominees = self._nominees()
        self._import(MEMBERS, self._received(invented.members(nominees), inbox / "members.csv"))
        self._import(VOTES, invented.write_votes(nominees, inbox))
        tally = self._until_decided("tally", _break_ties("tally")).report.document
        pools = {item["category"]: item["pool"] for item in _categories(tally)}
        sheets = invented.scores(pools, criteria.selection)
        self._import(SCORES_SELECTION, self._received(sheets, inbox / "selection-scores.csv"))
        return self._until_decided("select-winners", _break_ties("select"))

    def _received(self, export: Export, path: Path) -> tuple[Path]:
        export.write(path)
        return (path,)

    def _import(self, kind: Kind, files: Sequence[Path]) -> None:
        outcome = run_import(self._folder, self._contest, kind, files, self._advance)
        names = " ".join(file.name for file in files)
        self._tell_run(f"{kind.command} {names}", outcome)

    def _until_decided(self, stage: str, decide: Decide) -> Outcome:
        """Run the stage; where it leaves something open, let people decide and run it again."""
        outcome = self._run(stage)
        decisions = [{**entry, **_SIGNED} for entry in decide(outcome.report.document)]
        if not decisions:
            return outcome
        self._decisions += decisions
        text = yaml.safe_dump(self._decisions, sort_keys=False, allow_unicode=True)
        self._folder.path(DECISIONS_FILE).write_text(text, encoding="utf-8")
        example = ", ".join(f"{key}: {value}" for key, value in decisions[0].items())
        told = f"People decide: {len(decisions)} new in {DECISIONS_FILE}, such as"
        self._tell(Entry(told, (example,)))
        return self._run(stage)

    def _run(self, name: str) -> Outcome:
        outcome = run_in_folder(STAGES[name], self._folder, self._contest, self._advance)
        self._tell_run(name, outcome)
        return outcome

    def _nominees(self) -> Nominees:
        shortlist = self._folder.file(f"{RESULTS}/nominees.csv")
        by_category: dict[str, list[Nominee]] = defaultdict(list)
        for nominee in read_nominees([shortlist], self._contest)[0]:
            by_category[nominee.category].append(nominee)
        return {item.id: by_category[item.id] for item in self._contest.categories}

    def _report(self) -> None:
        outcome = report_in_folder(self._folder, self._contest, None, "en", self._advance)
        self._tell_run("report", outcome)

    def _tell_run(self, words: str, outcome: Outcome) -> None:
        _heading, *summary = outcome.report.summary
        told = summary or [_heading]
        ending = Lines((f"exit status {int(outcome.status)}",))
        self._tell(Heading(f"$ wsisctl {words}"), *told, ending)

    def _tell(self, *blocks: Block) -> None:
        self._show(Report({}, Table((), ()), (*blocks, Lines(("",)))))


def _categories(document: Any) -> list[dict[str, Any]]:
    return list(document["categories"])


def _ids_by_category(entries: Export, contest: Contest) -> Mapping[str, list[str]]:
    by_category: dict[str, list[str]] = defaultdict(list)
    care = Care({}, contest.zone, contest.category_of)
    for record in entries.records:
        written = cleaned(record["category"], Role.CATEGORY, care).text
        category = contest.category_of(written)
        if category is not None:
            by_category[category].append(record["submission_id"])
    return {category: list(dict.fromkeys(ids)) for category, ids in by_category.items()}


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
