"""Reading where a contest stands. Nothing is written, and no stage is computed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import Refused, UnusableInput, WsisctlError
from wsisctl.folder.layout import (
    CORRECTIONS_FILE,
    DECISIONS_FILE,
    EXPORTS,
    REPORTS,
    RESULTS,
    ContestFolder,
)
from wsisctl.folder.ledger import Ledger, intact_exports, of_kind, read_ledger
from wsisctl.folder.manifest import Manifest, is_unchanged, read_manifest
from wsisctl.folder.standing import KindStatus, RecordState, StageStatus, Standing, State
from wsisctl.records.kinds import IMPORTED, Kind
from wsisctl.reports.documents import DOCUMENTS
from wsisctl.reports.documents.open_places import waits_for_scores
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.menu import STAGES, Stage
from wsisctl.stages.origins import origin_of_stage
from wsisctl.stages.records import records_home, records_origin
from wsisctl.wording import counted

Kinds = Mapping[Kind, KindStatus]


def read_standing(folder: ContestFolder, contest: Contest) -> Standing:
    """Look at the folder; raises UnusableInput for a list of imports that cannot be read."""
    ledger = read_ledger(folder)
    kinds = {kind: _kind_status(kind, folder, contest, ledger) for kind in IMPORTED}
    troubles = [status.trouble for status in kinds.values() if status.trouble]
    try:
        results = read_manifest(folder.path(RESULTS))
    except Refused as error:
        results = Manifest({})
        troubles.append(f"{error.message}; help: move it and the files of {RESULTS}/ away")
    stages: list[StageStatus] = []
    for stage in STAGES.values():
        stages.append(_stage_status(stage, folder, contest, ledger, kinds, results, stages))
    troubles += _edited_results(folder, results)
    return Standing(
        contest,
        tuple(kinds.values()),
        tuple(stages),
        tuple(dict.fromkeys(troubles)),
        tuple(_unlisted(folder, ledger)),
        _reported(folder, contest, results),
    )


def _kind_status(kind: Kind, folder: ContestFolder, contest: Contest, ledger: Ledger) -> KindStatus:
    entries = of_kind(ledger, kind)
    try:
        intact_exports(folder, entries)
        home = records_home(folder, kind)
    except (UnusableInput, Refused) as error:
        return KindStatus(kind, len(entries), 0, "not usable", _trouble(error))
    if not entries:
        return KindStatus(kind, 0, 0, "none")
    current = home.is_current(records_origin(folder, contest, kind, entries))
    accounts = read_manifest(home.path).accounts_of(kind.name)
    state: RecordState = "current" if current else "out of date"
    return KindStatus(kind, len(entries), sum(int(item["accepted"]) for item in accounts), state)


def _trouble(error: WsisctlError) -> str:
    return f"{error.message}; help: {error.hint}"


def _edited_results(folder: ContestFolder, results: Manifest) -> Iterator[str]:
    for name, digest in results.sums.items():
        path = f"{RESULTS}/{name}"
        if folder.holds(path) and not is_unchanged(folder.path(path), digest):
            yield f"{path}: changed since it was written; help: take it away, it is computed again"


def _unlisted(folder: ContestFolder, ledger: Ledger) -> Iterator[str]:
    listed = {entry.file for entry in ledger}
    for kind in IMPORTED:
        room = folder.path(f"{EXPORTS}/{kind.name}")
        for path in sorted(room.iterdir()) if room.is_dir() else ():
            name = f"{EXPORTS}/{kind.name}/{path.name}"
            if name not in listed:
                yield name


def _reported(folder: ContestFolder, contest: Contest, results: Manifest) -> bool:
    """Whether there is a document, in whichever language, about each result as it is.

    It tells amendments and corrections too, which may change and leave the result as it was.
    """
    try:
        written = read_manifest(folder.path(REPORTS)).stages.values()
    except Refused:
        return False
    documents = [
        {(item["file"], item["sha256"]) for item in entry["inputs"]}
        for entry in written
        if entry["definition"] == contest.definition.sums
    ]
    corrections = {(file.name, file.sha256()) for file in folder.files(CORRECTIONS_FILE)}
    return all(
        any({result, *corrections} <= read for read in documents)
        for kind in DOCUMENTS
        if kind.result in results.sums
        for result in [(f"{RESULTS}/{kind.result}", results.sums[kind.result])]
    )


def _stage_status(
    stage: Stage,
    folder: ContestFolder,
    contest: Contest,
    ledger: Ledger,
    kinds: Kinds,
    results: Manifest,
    earlier: Sequence[StageStatus],
) -> StageStatus:
    written = results.stages.get(stage.name)
    missing = tuple(_missing(stage, folder, kinds))
    could_use = tuple(_could_use(stage, kinds))
    if written is None:
        return StageStatus(stage.name, "not run", (), missing, could_use, "", "", "")
    changed = [
        *_no_longer_holding(stage, kinds, earlier),
        *_changed(stage, folder, contest, ledger, kinds, written),
    ]
    result = _result(stage, folder, written)
    outcome, to_decide = _SUMMARIES[stage.name](result) if result else ("", "")
    if not outcome:
        changed.append(f"{RESULTS}/{stage.files[0]}")
    state: State = "out of date" if changed else "current"
    told = tuple(dict.fromkeys(changed))
    sheets = _sheets(stage, result)
    return StageStatus(stage.name, state, told, missing, could_use, outcome, to_decide, sheets)


def _missing(stage: Stage, folder: ContestFolder, kinds: Kinds) -> Iterator[str]:
    for reads in stage.reads:
        absent = not kinds[reads.kind].files if reads.kind else not folder.holds(reads.home)
        if reads.required and absent:
            yield reads.command


def _could_use(stage: Stage, kinds: Kinds) -> Iterator[str]:
    """What an earlier stage has done without, this one does too."""
    earlier = takewhile(lambda other: other is not stage, STAGES.values())
    known = {reads.home for other in earlier for reads in other.reads}
    for reads in stage.reads:
        absent = reads.kind is not None and not kinds[reads.kind].files
        if absent and not reads.required and reads.home not in known:
            yield reads.command


def _no_longer_holding(stage: Stage, kinds: Kinds, earlier: Sequence[StageStatus]) -> Iterator[str]:
    """Records that cannot be used, and results it reads that would be others now.

    Records that are merely missing or old are made anew: what they follow from tells the difference.
    """
    outdated = {item.stage for item in earlier if item.state == "out of date"}
    for reads in stage.reads:
        unusable = reads.kind is not None and kinds[reads.kind].state == "not usable"
        if unusable or (reads.is_result and reads.command in outdated):
            yield reads.home


def _changed(
    stage: Stage,
    folder: ContestFolder,
    contest: Contest,
    ledger: Ledger,
    kinds: Kinds,
    written: Mapping[str, Any],
) -> Iterator[str]:
    """What differs between the stage's inputs now and then, and results that are not as it wrote them."""
    of_stage = [reads.kind for reads in stage.reads if reads.kind]
    present = {reads.role: folder.files(reads.home) for reads in stage.reads if not reads.kind}
    now = origin_of_stage(stage, folder, contest, ledger, of_stage, Inputs(**present)).document
    if now["definition"] != written["definition"]:
        yield str(now["definition"]["file"])
    if now["wsisctl"] != written["wsisctl"]:
        yield f"wsisctl {written['wsisctl']}"
    yield from _different_inputs(now, written)
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


def _result(stage: Stage, folder: ContestFolder, written: Mapping[str, Any]) -> Mapping[str, Any]:
    """The stage's result as it wrote it; empty for what it did not, or in another shape."""
    name = stage.files[0]
    path = folder.path(f"{RESULTS}/{name}")
    if not is_unchanged(path, written["results"].get(name)):
        return {}
    result: Mapping[str, Any] = json.loads(path.read_bytes())
    return {} if schema_problems(result, load_schema(name.removesuffix(".json"))) else result


def _sheets(stage: Stage, result: Mapping[str, Any]) -> str:
    """The command that brings in score sheets, where something is open for want of good ones."""
    commands = [reads.command for reads in stage.reads if reads.role == "scores"]
    still_open = (item for part in result.get("categories", ()) for item in part["unresolved"])
    return commands[0] if commands and any(map(waits_for_scores, still_open)) else ""


def _of_validation(result: Mapping[str, Any]) -> tuple[str, str]:
    eligible, ineligible, review = (
        len(result[verdict]) for verdict in ("eligible", "ineligible", "review")
    )
    told = f"{eligible} eligible, {ineligible} ineligible, {review} to be reviewed"
    return told, f"the {counted(review, 'submission')} to be reviewed" if review else ""


def _of_shortlist(result: Mapping[str, Any]) -> tuple[str, str]:
    categories = result["categories"]
    nominees = sum(len(item["nominees"]) for item in categories)
    unresolved = sum(len(item["unresolved"]) for item in categories)
    return counted(nominees, "nominee"), _any(unresolved, "open question")


def _of_tally(result: Mapping[str, Any]) -> tuple[str, str]:
    votes = result["votes"]
    ties = sum("resolved_by" not in tie for item in result["categories"] for tie in item["ties"])
    read = counted(votes["read"], "vote")
    told = f"{read} read = {votes['counted']} counted + {votes['rejected']} rejected"
    return told, _any(ties, "tie")


def _of_selection(result: Mapping[str, Any]) -> tuple[str, str]:
    categories = result["categories"]
    winners, champions, unresolved = (
        sum(len(item[key]) for item in categories) for key in ("winners", "champions", "unresolved")
    )
    told = f"{counted(winners, 'winner')}, {counted(champions, 'champion')}"
    return told, _any(unresolved, "open question")


def _any(count: int, what: str) -> str:
    return counted(count, what) if count else ""


_SUMMARIES = {
    "validate": _of_validation,
    "nominate": _of_shortlist,
    "tally": _of_tally,
    "select-winners": _of_selection,
}
