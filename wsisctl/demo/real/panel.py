"""The expert group and its score sheets."""

from collections.abc import Mapping, Sequence

from wsisctl.contest.model import Contest, Criterion
from wsisctl.demo.export import Export
from wsisctl.demo.mixer import Dice, mixed, seed
from wsisctl.demo.real import names
from wsisctl.demo.real.projects import Project
from wsisctl.demo.real.size import Size
from wsisctl.demo.real.words import lists
from wsisctl.names import name_key

_COLUMNS = ("panelist", "name", "organization", "country")
_CONFLICTS_EVERY = 3
"""Each third panelist works for an entity that has entered projects."""
_RECUSED, _UNREAD, _COMMENTED = 12, 6, 130
"""Of a thousand sheets: recused without a conflict we know of, never filled in, with a comment."""
_TIED_QUOTAS_EVERY, _TIED_WINNERS_EVERY = 4, 6
"""In so many categories the experts leave a tie at the quota, or for the winner."""
_BEST = "best of"
_SPREAD = (1, 3, 8, 14, 8, 3, 1)
"""How far a mark lies from what the project deserves: three less to three more."""


def panel(contest: Contest, size: Size, entries: Sequence[Project]) -> Export:
    """About a dozen experts, some of them with a conflict of interest."""
    return Export.of(_COLUMNS, _experts(contest, size, entries))


def _experts(contest: Contest, size: Size, entries: Sequence[Project]) -> list[dict[str, str]]:
    employers = _busiest(entries)
    types = tuple(contest.stakeholder_types)
    experts = []
    for number in range(size.panelists):
        dice = Dice("expert", contest.id, number)
        entity = names.entity(types, names.draw_country(dice), dice)
        if number % _CONFLICTS_EVERY == 0:
            entity = employers[number // _CONFLICTS_EVERY % len(employers)]
        name = names.person(entity.country, dice)
        experts.append(
            {
                "panelist": f"{name.split()[-1].casefold()}-{number + 1:02}",
                "name": name,
                "organization": entity.name,
                "country": entity.country.code,
            }
        )
    return experts


def _busiest(entries: Sequence[Project]) -> list[names.Entity]:
    """Entities by how many projects they entered, most first."""
    number: dict[names.Entity, int] = {}
    for entry in entries:
        number[entry.entity] = number.get(entry.entity, 0) + 1
    return sorted(number, key=lambda entity: -number[entity])[:9]


def scores(
    contest: Contest,
    size: Size,
    entries: Sequence[Project],
    ids_by_category: Mapping[str, Sequence[str]],
    criteria: Sequence[Criterion],
) -> Export:
    """A sheet for each submission and reader: three of the panel to nominate, five to select."""
    experts = _experts(contest, size, entries)
    owners = {entry.cells["submission_id"]: _owners(entry) for entry in entries}
    selecting = tuple(criteria) == contest.panel.selection
    twins = (
        _best_twins(ids_by_category)
        if selecting
        else _twins_at_the_quota(contest, entries, ids_by_category)
    )
    columns = ("panelist", "submission_id", "recused", "comment", *(item.id for item in criteria))
    sheets = (
        _sheet(
            contest, expert, identity, twins.get(identity), owners.get(identity, set()), criteria
        )
        for ids in ids_by_category.values()
        for identity in ids
        for expert in _readers(experts, size, twins.get(identity, identity), selecting=selecting)
    )
    return Export.of(columns, sheets)


def _owners(entry: Project) -> set[str]:
    owners = (entry.cells["entity"], entry.cells["submitter_organization"], entry.entity.name)
    return {name_key(owner) for owner in owners} - {""}


def _best_twins(pools: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Where experts cannot decide: two of a pool, and what both get the marks of."""
    return {
        identity: f"{_BEST} {ids[0]}"
        for place, ids in enumerate(pools.values())
        if place % _TIED_WINNERS_EVERY == _TIED_WINNERS_EVERY // 2
        for identity in ids[:2]
    }


def _twins_at_the_quota(
    contest: Contest, entries: Sequence[Project], ids_by_category: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """In some categories, those around the last place, and the one all of them get the marks of."""
    quota = contest.panel.quota
    if not quota:
        return {}
    sound = {entry.cells["submission_id"] for entry in entries if not entry.fault}
    twins: dict[str, str] = {}
    for ids in list(ids_by_category.values())[1::_TIED_QUOTAS_EVERY]:
        ranking = sorted(
            sound.intersection(ids), key=lambda item: (-_deserved(contest, item), item)
        )
        around = ranking[quota - 3 : quota + 2]
        twins |= dict.fromkeys(around, around[len(around) // 2] if around else "")
    return twins


def _readers(
    experts: Sequence[dict[str, str]], size: Size, identity: str, *, selecting: bool
) -> Sequence[dict[str, str]]:
    if selecting:
        return experts[-size.selectors :]
    return Dice("readers", identity).shuffled(experts)[: size.readers]


def _sheet(
    contest: Contest,
    expert: Mapping[str, str],
    identity: str,
    twin: str | None,
    owners: set[str],
    criteria: Sequence[Criterion],
) -> dict[str, object]:
    dice = Dice("sheet", contest.id, expert["panelist"], identity, len(criteria))
    sheet: dict[str, object] = {"panelist": expert["panelist"], "submission_id": identity}
    if name_key(expert["organization"]) in owners:
        return {**sheet, "recused": "yes", "comment": "my own institution"}
    if not twin and dice.chance(_RECUSED):
        return {**sheet, "recused": "yes", "comment": dice.pick(lists("titles")["recusal"])}
    if not twin and dice.chance(_UNREAD):
        return sheet
    comment = dice.pick(lists("titles")["comment"]) if dice.chance(_COMMENTED) else ""
    return {
        **sheet,
        "comment": comment,
        **_marks(contest, expert["panelist"], twin or identity, criteria),
    }


def _marks(
    contest: Contest, panelist: str, identity: str, criteria: Sequence[Criterion]
) -> dict[str, int]:
    """Around what the project deserves; every expert is a little strict or mild."""
    low, high = contest.panel.lowest_score, contest.panel.highest_score
    dice = Dice("marks", contest.id, panelist, identity)
    deserved = _deserved(contest, identity) + seed("mild", panelist) % 3 * 3 - 3
    marks = {}
    for criterion in criteria:
        tenths = deserved + 6 * (dice.weighted(_SPREAD) - len(_SPREAD) // 2)
        marks[criterion.id] = max(low, min(high, (tenths + 5) // 10))
    return marks


def _deserved(contest: Contest, identity: str) -> int:
    """In tenths of a mark; most projects lie in the middle of the scale."""
    low, high = contest.panel.lowest_score, contest.panel.highest_score
    if identity.startswith(_BEST):
        return 10 * high
    bits = mixed(seed("deserved", identity))
    width = 10 * (high - low)
    return 10 * low + width // 6 + (bits % (width + 1) + (bits >> 20) % (width + 1)) * 5 // 12
