"""How often the clauses have bitten, from a contest folder's results as its stages wrote them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wsisctl.contest.model import ALWAYS_IN_FORCE, Contest
from wsisctl.folder.bites import Bite, Bites
from wsisctl.folder.layout import RESULTS, ContestFolder
from wsisctl.folder.standing import StageStatus
from wsisctl.stages.menu import STAGES
from wsisctl.stages.status import read_standing

Result = Mapping[str, Any] | None
"""None where there is none, or not as its stage wrote it."""


def read_bites(folder: ContestFolder, contest: Contest) -> Bites:
    """What every rule, reason and stage has found or left open so far."""
    stages = {status.stage: status for status in read_standing(folder, contest).stages}
    results = {name: _result(folder, status) for name, status in stages.items()}
    bites = {
        **dict(_of_rules(contest, stages["validate"], results["validate"])),
        **dict(_of_reasons(contest, stages["tally"], results["tally"])),
        **{
            name: Bite(name, stages[name].state, _LEFT_OPEN[name](result) if result else None)
            for name, result in results.items()
        },
    }
    return Bites(bites, {name: status.changed for name, status in stages.items() if status.changed})


def _result(folder: ContestFolder, status: StageStatus) -> Result:
    if not status.outcome:
        return None
    path = folder.path(f"{RESULTS}/{STAGES[status.stage].files[0]}")
    result: dict[str, Any] = json.loads(path.read_bytes())
    return result


def _of_rules(contest: Contest, status: StageStatus, result: Result) -> Iterator[tuple[str, Bite]]:
    findings = result["findings"] if result else []
    for rule in (*contest.rules, *ALWAYS_IN_FORCE):
        own = [item for item in findings if item["rule"] == rule]
        severities = Counter(item["severity"] for item in own)
        submissions = {item["submission_id"] for item in own}
        yield (
            rule,
            Bite(status.stage, status.state, len(own), dict(severities), len(submissions))
            if result
            else Bite(status.stage, status.state, None),
        )


def _of_reasons(
    contest: Contest, status: StageStatus, result: Result
) -> Iterator[tuple[str, Bite]]:
    for reason in contest.voting.reasons:
        rejected = result["votes"]["rejected_by_reason"].get(reason, 0) if result else None
        yield reason, Bite(status.stage, status.state, rejected)


def _unresolved(result: Mapping[str, Any]) -> int:
    return sum(len(item["unresolved"]) for item in result["categories"])


def _open_ties(result: Mapping[str, Any]) -> int:
    return sum("resolved_by" not in tie for item in result["categories"] for tie in item["ties"])


_LEFT_OPEN: Mapping[str, Callable[[Mapping[str, Any]], int]] = {
    "validate": lambda result: len(result["review"]),
    "nominate": _unresolved,
    "tally": _open_ties,
    "select-winners": _unresolved,
}
