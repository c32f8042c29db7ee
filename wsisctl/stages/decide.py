"""Recording decisions: each must refer to something that exists and is open; one that does not stops all."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.folder.handwritten import read_handwritten, replace_handwritten
from wsisctl.folder.layout import DECISIONS_FILE, ContestFolder
from wsisctl.folder.ledger import of_kind, read_ledger
from wsisctl.folder.leftovers import at_work_in
from wsisctl.readers.files import Advance, InputFile, open_input, readable_name
from wsisctl.records.decisions import read_decisions
from wsisctl.records.decisions_file import Entry, entry_line, with_entries
from wsisctl.records.kinds import SCORES_NOMINATION
from wsisctl.reports.decided import Recorded, decided_report
from wsisctl.rules import ALL_RULES
from wsisctl.stages.in_folder import earlier_stages
from wsisctl.stages.inputs import Files
from wsisctl.stages.menu import STAGES
from wsisctl.stages.misfits import misfits, only_open_review
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.proposed import Proposed, decided_already
from wsisctl.stages.rehearsal import Performance, Rehearsal
from wsisctl.yaml_file import YamlFile

_TYPED = "the decision given"
"""What a decision from the command line is called until no message needs a name for it."""
_RULES = tuple(rule.code for rule in ALL_RULES)


def run_decide(
    folder: ContestFolder,
    contest: Contest,
    asked: Entry | Path,
    advance: Advance,
    *,
    dry_run: bool,
) -> Outcome:
    """Record one decision, or those of a file, behind those that stand in the folder; all or none.

    A review's rule may be left out where the submission has one open review. Raises UnusableInput
    for a decision that does not fit, Refused where the file cannot be added to.
    """
    with at_work_in(folder), tempfile.TemporaryDirectory(prefix="wsisctl-") as drafts:
        desk = _Desk(folder, contest, Path(drafts), advance)
        with _told_of(asked):
            return desk.decide(asked, dry_run=dry_run)


@contextmanager
def _told_of(asked: Entry | Path) -> Iterator[None]:
    """A decision from the command line has no file and no line."""
    try:
        yield
    except UnusableInput as error:
        message = error.message
        if not isinstance(asked, Path):
            place = rf"{_TYPED}:1(?::\d+)?"
            message = re.sub(rf"(?m)^{place}: ", "", message)
            message = re.sub(place, _TYPED, message)
        hint = f"{error.hint}; nothing was recorded" if error.hint else "nothing was recorded"
        raise UnusableInput(message, hint=hint) from error


class _Desk:
    """Where decisions are looked at before they are recorded."""

    def __init__(
        self, folder: ContestFolder, contest: Contest, drafts: Path, advance: Advance
    ) -> None:
        self._folder = folder
        self._contest = contest
        self._drafts = drafts
        self._advance = advance
        self._target = folder.path(DECISIONS_FILE)
        self._content = read_handwritten(self._target)
        self._present = self._draft(DECISIONS_FILE, self._content) if self._content else ()
        self._recorded = read_decisions(self._present, contest, _RULES)
        self._before: dict[tuple[str, ...], tuple[Rehearsal, Performance]] = {}

    def _draft(self, name: str, content: bytes) -> Files:
        """The content as an input that nobody else can change any more."""
        draft = self._drafts / f"{len(list(self._drafts.iterdir()))}.yaml"
        draft.write_bytes(content)
        return (InputFile(draft, name),)

    def decide(self, asked: Entry | Path, *, dry_run: bool) -> Outcome:
        new = self._from_file(asked) if isinstance(asked, Path) else self._typed(asked)
        proposed = self._proposed(new)
        _refuse(list(decided_already(proposed, self._recorded)))
        read_decisions((*self._present, *new), self._contest, _RULES)
        entries = [item.entry for item in proposed]
        rehearsal, before = self._rehearsal(entries)
        after = rehearsal.with_decisions((*self._present, *new))
        stale, unfinished = earlier_stages(rehearsal.results, self._folder, self._contest)
        unfit = [text for item in proposed for text in misfits(item, after)]
        _refuse(unfit, hint="; ".join(stale))
        content = with_entries(self._content or b"", DECISIONS_FILE, entries)
        if not dry_run:
            replace_handwritten(self._target, self._content, content)
        report = decided_report(
            self._contest.id,
            _recorded(content, entries),
            rehearsal.changes(before, after),
            rehearsal.stages,
            (before.votes_counted, after.votes_counted),
            dry_run=dry_run,
        )
        told = (*_now_void(before, after), *unfinished)
        return Outcome(report, {}, to_act_upon=bool(stale), remarks=told, warnings=tuple(stale))

    def _from_file(self, path: Path) -> Files:
        name = readable_name(str(path))
        if name == DECISIONS_FILE:
            name = f"./{name}"  # no two inputs share a name
        try:
            with open_input(InputFile(path, name)) as file:
                content = file.read()
        except OSError as error:
            raise UnusableInput(f"{name}: cannot be read: {error.strerror}") from error
        return self._draft(name, content)

    def _typed(self, entry: Entry) -> Files:
        """The entry as a file; a review without a rule gets the one that is open."""
        if entry["kind"] == "review" and "rule" not in entry:
            _, before = self._rehearsal([entry])
            entry = {**entry, "rule": only_open_review(str(entry["submission_id"]), before)}
        return self._draft(_TYPED, f"{entry_line(entry)}\n".encode())

    def _proposed(self, new: Files) -> list[Proposed]:
        read_decisions(new, self._contest, _RULES)
        (file,) = new
        document = YamlFile(file.name, file.path.read_bytes(), text_only=True)
        entries = document.data or []
        if not entries:
            raise UnusableInput(f"{file.name}: no decision in it")
        return [
            Proposed(self._in_our_words(entry), f"{file.name}:{document.position((index,)).line}")
            for index, entry in enumerate(entries)
        ]

    def _in_our_words(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """The entry with its category's id, however it was spelled."""
        if "category" not in entry:
            return entry
        return {**entry, "category": self._contest.category_of(entry["category"])}

    def _rehearsal(self, entries: Sequence[Mapping[str, Any]]) -> tuple[Rehearsal, Performance]:
        """The stages that these decisions concern, and what they give without them."""
        ledger = read_ledger(self._folder)
        concerned = [
            stage.name
            for stage in STAGES.values()
            if any(stage.hears.concerns(entry) for entry in entries)
        ]
        listed = of_kind(ledger, SCORES_NOMINATION) or self._recorded.nominations
        if not listed and all(entry["kind"] in {"review", "withdraw"} for entry in entries):
            concerned = [name for name in concerned if name != "nominate"]
        key = tuple(concerned)
        if key not in self._before:
            rehearsal = Rehearsal(
                self._folder, self._contest, ledger, key, self._drafts, self._advance
            )
            self._before[key] = rehearsal, rehearsal.with_decisions(self._present)
        return self._before[key]


def _refuse(problems: Sequence[str], *, hint: str = "") -> None:
    if problems:
        raise UnusableInput("\n".join(problems), hint=hint)


def _recorded(content: bytes, entries: Sequence[Mapping[str, Any]]) -> list[Recorded]:
    document = YamlFile(DECISIONS_FILE, content, text_only=True)
    first = len(document.data) - len(entries)
    return [
        Recorded(
            entry,
            entry_line(entry),
            f"{DECISIONS_FILE}:{document.position((first + index,)).line}",
        )
        for index, entry in enumerate(entries)
    ]


def _now_void(before: Performance, after: Performance) -> Iterator[str]:
    """What the stages newly tell of decisions that stood in the folder before."""
    for text in after.remarks:
        if text.startswith(f"{DECISIONS_FILE}:") and text not in before.remarks:
            yield text
