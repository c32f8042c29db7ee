"""Decisions that are not recorded yet, and whether somebody has decided the same thing before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wsisctl.records.decisions import Decisions
from wsisctl.records.signed import Signed
from wsisctl.wording import joined


@dataclass(frozen=True)
class Proposed:
    """A decision that is not recorded yet."""

    entry: Mapping[str, Any]
    place: str
    """file:line."""


def decided_already(proposed: Sequence[Proposed], recorded: Decisions) -> Iterator[str]:
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
