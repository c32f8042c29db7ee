"""Whether a stored tally can be what the contest's count gave: whoever edits a number must not choose who wins."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.lot import draw
from wsisctl.ranking import CutResult, cut, rank
from wsisctl.times import written
from wsisctl.voting.window import voting_window


def contradictions(
    tally: Mapping[str, Any], contest: Contest, seed: str | None = None
) -> Iterator[str]:
    """Every place where a tally, of the right shape, contradicts itself, the definition or the lots' seed."""
    opens, closes = (written(end, contest.zone) for end in voting_window(contest))
    if tally["window"] != {"opens": opens, "closes": closes}:
        yield f"its window is not the definition's, {opens} to {closes}"
    votes = tally["votes"]
    if votes["read"] != votes["counted"] + votes["rejected"]:
        yield "votes read are not votes counted and rejected"
    if votes["rejected"] != sum(votes["rejected_by_reason"].values()):
        yield "rejected votes are not the sum of their reasons"
    if votes["counted"] != sum(item["votes"] for item in tally["categories"]):
        yield "counted votes are not the sum of the categories"
    ids = Counter(
        place["submission_id"] for item in tally["categories"] for place in item["standings"]
    )
    yield from (f"{identity} stands in it more than once" for identity, n in ids.items() if n > 1)
    for item in tally["categories"]:
        for complaint in (*_of_category(item, contest), *_of_lots(item, seed)):
            yield f"{item['category']}: {complaint}"


def _of_category(item: Mapping[str, Any], contest: Contest) -> Iterator[str]:
    ranking = rank({place["submission_id"]: place["votes"] for place in item["standings"]})
    expected = [
        {"rank": place.rank, "submission_id": place.submission_id, "votes": place.value}
        for place in ranking
    ]
    if item["standings"] != expected:
        yield "its standings are not in order"
        return
    if item["votes"] != sum(place["votes"] for place in item["standings"]):
        yield "its votes are not the sum of its standings"
    cuts = {"honoured": contest.panel.honoured, "pool": contest.panel.pool}
    ties = {tie["cut"]: tie for tie in item["ties"]}
    for name, places in cuts.items():
        result = cut(ranking, places)
        if name == "pool" and places == cuts["honoured"]:
            fits = item["pool"] == item["honoured"] and "pool" not in ties
        else:
            fits = _fits(result, item[name], ties.get(name))
        if not fits:
            yield f"its {name} do not follow from its standings"
    if all("resolved_by" in tie for tie in item["ties"]) and set(item["pool"]) - set(
        item["honoured"]
    ):
        yield "its pool holds projects that are not honoured"


def _of_lots(item: Mapping[str, Any], seed: str | None) -> Iterator[str]:
    """Where a lot was drawn, those in are the first of its order; without the seed, the same at both cuts."""
    drawn = {}
    for tie in item["ties"]:
        if tie.get("resolved_by") == "lot":
            contenders = tie["submission_ids"]
            chosen = [identity for identity in item[tie["cut"]] if identity in contenders]
            drawn[tie["cut"]] = chosen
            if seed is None:
                continue
            order = [ticket.submission_id for ticket in draw(seed, item["category"], contenders)]
            if chosen != order[: len(chosen)]:
                yield f"its {tie['cut']} are not in the order of the lot"
    pool, honoured = drawn.get("pool", []), drawn.get("honoured", [])
    if set(pool) & set(honoured) and pool != honoured[: len(pool)]:
        yield "its pool and its honoured are not in the order of one lot"


def _fits(result: CutResult, chosen: list[str], tie: Mapping[str, Any] | None) -> bool:
    """Whether those chosen are the certain ones and, if a decision resolved the tie, as many contenders."""
    if result.tie is None or tie is None:
        return result.tie is None and tie is None and chosen == list(result.certain)
    told = (tie["place"], tie["votes"], tuple(tie["submission_ids"]))
    if told != (result.tie.place, result.tie.value, result.tie.submission_ids):
        return False
    certain, rest = chosen[: len(result.certain)], chosen[len(result.certain) :]
    wanted = result.open_places if "resolved_by" in tie else 0
    contenders = set(result.tie.submission_ids)
    return certain == list(result.certain) and len(rest) == wanted and contenders.issuperset(rest)
