"""Reading where a contest stands. Nothing is written, and no stage is computed."""

import json
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.folder.layout import DECISIONS_FILE, RESULTS, ContestFolder
from wsisctl.folder.ledger import intact_exports, of_kind, read_ledger
from wsisctl.folder.manifest import is_unchanged, read_manifest
from wsisctl.folder.standing import KindStatus, StageStatus, Standing, State
from wsisctl.records.kinds import IMPORTED, Kind
from wsisctl.stages.in_folder import origin_of_stage
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.menu import STAGES, Reads, Stage, writer_of
from wsisctl.stages.records import records_file, records_home, records_origin


def read_standing(folder: ContestFolder, contest: Contest) -> Standing:
    """Look at the folder; raises UnusableInput for an export that has changed since it came."""
    kinds = {kind: _kind_status(kind, folder, contest) for kind in IMPORTED}
    stages = tuple(_stage_status(stage, folder, contest, kinds) for stage in STAGES.values())
    return Standing(contest, tuple(kinds.values()), stages)


def _kind_status(kind: Kind, folder: ContestFolder, contest: Contest) -> KindStatus:
    entries = of_kind(read_ledger(folder), kind)
    intact_exports(folder, entries)
    origin = records_origin(folder, contest, kind, entries)
    current = bool(entries) and records_home(folder, kind).is_current(origin)
    return KindStatus(kind, len(entries), sum(entry.accepted for entry in entries), current)


def _stage_status(
    stage: Stage, folder: ContestFolder, contest: Contest, kinds: Mapping[Kind, KindStatus]
) -> StageStatus:
    manifest = read_manifest(folder.path(RESULTS))
    written = manifest.stages.get(stage.name)
    missing = tuple(_missing(stage, folder, kinds))
    could_use = tuple(_could_use(stage, kinds))
    if written is None:
        return StageStatus(stage.name, "not run", (), missing, could_use, "", "")
    changed = tuple(_changed(stage, folder, contest, kinds, written))
    outcome, to_decide = _outcome(stage, folder, written)
    state: State = "out of date" if changed else "current"
    return StageStatus(stage.name, state, changed, missing, could_use, outcome, to_decide)


def _missing(
    stage: Stage, folder: ContestFolder, kinds: Mapping[Kind, KindStatus]
) -> Iterator[str]:
    for reads in stage.reads:
        if isinstance(reads.home, Kind):
            if reads.required and not kinds[reads.home].files:
                yield f"{reads.home.command} FILE"
        elif reads.required and not folder.holds(reads.home):
            yield writer_of(reads.home.removeprefix(f"{RESULTS}/")).name


def _could_use(stage: Stage, kinds: Mapping[Kind, KindStatus]) -> Iterator[str]:
    """What an earlier stage has done without, this one does too."""
    earlier = takewhile(lambda other: other is not stage, STAGES.values())
    known = {reads.home for other in earlier for reads in other.reads}
    for reads in stage.reads:
        if reads.required or reads.home in known or not isinstance(reads.home, Kind):
            continue
        if not kinds[reads.home].files:
            yield f"{reads.home.command} FILE"


def _changed(
    stage: Stage,
    folder: ContestFolder,
    contest: Contest,
    kinds: Mapping[Kind, KindStatus],
    written: Mapping[str, Any],
) -> Iterator[str]:
    """What differs between the stage's inputs now and then, and results that were touched since."""
    homes = [reads.home for reads in stage.reads if isinstance(reads.home, Kind)]
    outdated = [
        records_file(kind) for kind in homes if kinds[kind].files and not kinds[kind].current
    ]
    yield from outdated
    present = {
        reads.role: folder.files(name)
        for reads in stage.reads
        if (name := _name_of(reads)) not in outdated
    }
    now = origin_of_stage(stage, folder, contest, homes, Inputs(**present)).document
    if now["definition"] != written["definition"]:
        yield str(now["definition"]["file"])
    if now["wsisctl"] != written["wsisctl"]:
        yield f"wsisctl {written['wsisctl']}"
    yield from (name for name in _different_inputs(now, written) if name not in outdated)
    for name, digest in written["results"].items():
        if not is_unchanged(folder.path(f"{RESULTS}/{name}"), digest):
            yield f"{RESULTS}/{name}"


def _different_inputs(now: Mapping[str, Any], then: Mapping[str, Any]) -> Iterator[str]:
    if now.get("decisions_heard") != then.get("decisions_heard"):
        yield DECISIONS_FILE
    sums_now, sums_then = (
        {item["file"]: item["sha256"] for item in document["inputs"]} for document in (now, then)
    )
    for name in sorted(sums_now.keys() | sums_then.keys()):
        if sums_now.get(name) != sums_then.get(name):
            yield name


def _name_of(reads: Reads) -> str:
    return records_file(reads.home) if isinstance(reads.home, Kind) else reads.home


def _outcome(stage: Stage, folder: ContestFolder, written: Mapping[str, Any]) -> tuple[str, str]:
    """The stage's result in a few words, and what it leaves to people."""
    name = stage.files[0]
    path = folder.path(f"{RESULTS}/{name}")
    if not is_unchanged(path, written["results"].get(name)):
        return "", ""
    return _SUMMARIES[stage.name](json.loads(path.read_bytes()))


def _of_validation(result: Mapping[str, Any]) -> tuple[str, str]:
    eligible, ineligible, review = (
        len(result[verdict]) for verdict in ("eligible", "ineligible", "review")
    )
    told = f"{eligible} eligible, {ineligible} ineligible, {review} to be reviewed"
    open_reviews = sum(finding["severity"] == "review" for finding in result["findings"])
    return told, _number(open_reviews, "review")


def _of_shortlist(result: Mapping[str, Any]) -> tuple[str, str]:
    categories = result["categories"]
    nominees = sum(len(item["nominees"]) for item in categories)
    unresolved = sum(len(item["unresolved"]) for item in categories)
    return f"{nominees} nominees", _number(unresolved, "open place")


def _of_tally(result: Mapping[str, Any]) -> tuple[str, str]:
    votes = result["votes"]
    ties = sum("resolved_by" not in tie for item in result["categories"] for tie in item["ties"])
    told = f"{votes['read']} votes read = {votes['counted']} counted + {votes['rejected']} rejected"
    return told, _number(ties, "tie")


def _of_selection(result: Mapping[str, Any]) -> tuple[str, str]:
    categories = result["categories"]
    winners, champions, unresolved = (
        sum(len(item[key]) for item in categories) for key in ("winners", "champions", "unresolved")
    )
    return f"{winners} winners, {champions} champions", _number(unresolved, "open place")


def _number(count: int, what: str) -> str:
    return "" if not count else f"1 {what}" if count == 1 else f"{count} {what}s"


_SUMMARIES = {
    "validate": _of_validation,
    "nominate": _of_shortlist,
    "tally": _of_tally,
    "select-winners": _of_selection,
}
