"""Recording decisions: each must refer to something that exists and is open; one that does not stops all."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.folder.handwritten import read_handwritten, replace_handwritten
from wsisctl.folder.layout import DECISIONS_FILE, ContestFolder
from wsisctl.folder.ledger import of_kind, read_ledger
from wsisctl.folder.leftovers import at_work_in
from wsisctl.readers.files import Advance, InputFile, open_input, readable_name
from wsisctl.records.decisions import Decisions, read_decisions
from wsisctl.records.decisions_file import Entry, entry_line, with_entries
from wsisctl.records.kinds import SCORES_NOMINATION
from wsisctl.records.signed import Signed
from wsisctl.reports.decided import Recorded, decided_report
from wsisctl.rules import ALL_RULES
from wsisctl.stages.in_folder import earlier_stages
from wsisctl.stages.inputs import Files
from wsisctl.stages.menu import STAGES
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.rehearsal import Performance, Rehearsal
from wsisctl.stages.validate import Validated
from wsisctl.suggest import near_miss
from wsisctl.wording import joined
from wsisctl.yaml_file import YamlFile

_TYPED = "the decision given"
"""What a decision from the command line is called until no message needs a name for it."""
_RULES = tuple(rule.code for rule in ALL_RULES)


@dataclass(frozen=True)
class Proposed:
    """A decision that is not recorded yet."""

    entry: Mapping[str, Any]
    place: str
    """file:line."""


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
        _refuse(list(_decided_already(proposed, self._recorded)))
        read_decisions((*self._present, *new), self._contest, _RULES)
        entries = [item.entry for item in proposed]
        rehearsal, before = self._rehearsal(entries)
        after = rehearsal.with_decisions((*self._present, *new))
        stale, unfinished = earlier_stages(rehearsal.results, self._folder, self._contest)
        misfits = [text for item in proposed for text in _misfits(item, after)]
        _refuse(misfits, hint="; ".join(stale))
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
            entry = {**entry, "rule": _only_open_review(str(entry["submission_id"]), before)}
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


def _decided_already(proposed: Sequence[Proposed], recorded: Decisions) -> Iterator[str]:
    """Decisions about what somebody has decided, here or in the same file, be it in the same way."""
    decided = _decided(recorded)
    places: dict[tuple[str, ...], str] = {}
    for item in proposed:
        key, called = _about(item.entry)
        if key in decided:
            how, signed = decided[key]
            yield (
                f"{item.place}: {called} {how} by {signed.by} on {signed.on} at {signed.place}; "
                "to decide otherwise, take that entry out"
            )
        elif key in places:
            yield f"{item.place}: {called} is decided at {places[key]} already"
        else:
            places[key] = item.place


def _decided(recorded: Decisions) -> Mapping[tuple[str, ...], tuple[str, Signed]]:
    """How each thing was decided and who signed it, by what `_about` says."""
    verdicts = {"confirm": "was confirmed", "dismiss": "was dismissed"}
    return {
        **{
            ("review", *key): (verdicts[item.verdict], item.signed)
            for key, item in recorded.reviews.items()
        },
        **{
            ("withdraw", key): ("was withdrawn", item.signed)
            for key, item in recorded.withdrawals.items()
        },
        **{
            ("tie-break", *key): ("was broken", item.signed)
            for key, item in recorded.tie_breaks.items()
        },
        **{
            ("nominate", key): ("was made", item.signed)
            for key, item in recorded.nominations.items()
        },
        **{("winner", key): ("was made", item.signed) for key, item in recorded.winners.items()},
        **{
            ("same-member", *sorted(item.member_ids)): (verdicts[item.verdict], item.signed)
            for item in recorded.same_members
        },
        **({("lot-seed",): ("was declared", recorded.seed.signed)} if recorded.seed else {}),
    }


def _about(entry: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """What a decision decides, for the program and for people; no two may decide the same."""
    match entry["kind"]:
        case "review":
            identity, rule = entry["submission_id"], entry["rule"]
            return ("review", identity, rule), f"the review of {rule} for {identity}"
        case "withdraw":
            return ("withdraw", entry["submission_id"]), f"the submission {entry['submission_id']}"
        case "same-member":
            ids = sorted(entry["member_ids"])
            return ("same-member", *ids), f"whether {joined(ids)} are one person"
        case "tie-break":
            cut, category = entry["cut"], entry["category"]
            return ("tie-break", cut, category), f"the tie for {cut} in {category}"
        case "lot-seed":
            return ("lot-seed",), "the seed of lots"
        case kind:
            who = "nominees" if kind == "nominate" else "winners"
            return (kind, entry["category"]), f"the choice of {who} in {entry['category']}"


def _misfits(item: Proposed, after: Performance) -> Iterator[str]:
    """Why a decision does not fit: what the stages themselves say of it, and what would."""
    entry, told = item.entry, _remarks_on(item, after)
    if entry["kind"] == "nominate" and (reasons := list(_barred(entry, after))):
        told = reasons
    elif entry["kind"] == "winner" and not told:
        told = list(_outside(entry, after))
    elif told and entry["kind"] == "review":
        told = [_no_review(entry["submission_id"], entry["rule"], after.validated)]
    elif told and entry["kind"] == "withdraw":
        told = [_stranger(entry["submission_id"], after.validated)]
    return (f"{item.place}: {text}" for text in told)


def _remarks_on(item: Proposed, after: Performance) -> list[str]:
    begun = f"{item.place}: "
    return [text.removeprefix(begun) for text in after.remarks if text.startswith(begun)]


def _now_void(before: Performance, after: Performance) -> Iterator[str]:
    """What the stages newly tell of decisions that stood in the folder before."""
    for text in after.remarks:
        if text.startswith(f"{DECISIONS_FILE}:") and text not in before.remarks:
            yield text


def _open_reviews(identity: str, validated: Validated) -> list[str]:
    return [
        finding.rule
        for finding in validated.validation.findings
        if finding.submission_id == identity and finding.severity == "review"
    ]


def _only_open_review(identity: str, before: Performance) -> str:
    """The rule of the one open review; raises UnusableInput where there is none, or several."""
    found = _open_reviews(identity, before.validated)
    if len(found) > 1:
        raise UnusableInput(
            f"{identity} has several open reviews: {', '.join(found)}", hint="say which with --rule"
        )
    if not found:
        raise UnusableInput(_no_review(identity, "", before.validated))
    return found[0]


def _no_review(identity: str, rule: str, validated: Validated) -> str:
    if identity not in validated.validation.verdicts:
        return _stranger(identity, validated)
    others = _open_reviews(identity, validated)
    decided = [
        f"; {finding.rule} was decided by {finding.decision.by} on {finding.decision.on}"
        for finding in validated.validation.findings
        if finding.submission_id == identity and finding.decision
    ]
    still_open = f"; open for it: {', '.join(others)}" if others else ""
    of_rule = f" of {rule}" if rule else ""
    return f"{identity} has no open review{of_rule}{still_open}{''.join(decided)}"


def _stranger(identity: str, validated: Validated) -> str:
    meant = near_miss(identity, validated.validation.verdicts)
    return f"{identity} is not among the submissions{f'; did you mean {meant}?' if meant else ''}"


def _barred(entry: Mapping[str, Any], after: Performance) -> Iterator[str]:
    """Each of those named that did not come onto the list, and why."""
    validated, category = after.validated, entry["category"]
    nominees = {
        item["submission_id"] for item in after.categories("nominate")[category]["nominees"]
    }
    for identity in entry["submission_ids"]:
        if identity in nominees:
            continue
        if identity not in validated.validation.verdicts:
            yield _stranger(identity, validated)
            continue
        home = next(item.category for item in validated.submissions.records if item.id == identity)
        if home != category:
            yield f"{identity} is in {home or 'no category'}, not in {category}"
            continue
        findings = [
            finding.rule
            for finding in validated.validation.findings
            if finding.submission_id == identity and finding.severity in {"error", "review"}
        ]
        verdict = validated.validation.verdicts[identity]
        said = "to be reviewed" if verdict == "review" else verdict
        yield f"{identity} is {said}: {', '.join(dict.fromkeys(findings))}"


def _outside(entry: Mapping[str, Any], after: Performance) -> Iterator[str]:
    """Each of those named that did not become a winner, and who could."""
    category = entry["category"]
    winners = after.categories("select-winners")[category]["winners"]
    for identity in entry["submission_ids"]:
        if identity not in winners:
            pool = after.pool(category)
            meant = near_miss(identity, pool)
            hint = f"; did you mean {meant}?" if meant else f", which is: {', '.join(pool)}"
            yield f"{identity} is not in the pool of {category}{hint}"
