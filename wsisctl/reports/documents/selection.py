"""Winners and champions, under embargo: from `results.json`."""

from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.contest.model import Embargo, Titles
from wsisctl.reports import labels
from wsisctl.reports.documents import parts
from wsisctl.reports.documents.document import Document
from wsisctl.reports.documents.open_places import number_open, open_place, why_open
from wsisctl.reports.documents.scribe import NOTHING, PROJECT, Scribe
from wsisctl.reports.report import Block, Entry, Heading, Lines, Table
from wsisctl.times import written

_HONOURED = ("honour", "submission_id", *PROJECT)
_SHEET = ("release", "category", "category_name", *_HONOURED, "basis", "why")

_Category = Mapping[str, Any]


def selection_document(scribe: Scribe, result: Mapping[str, Any]) -> Document:
    """The selection: the embargo first, then how winners are chosen and each category's."""
    contest, categories = scribe.contest, result["categories"]
    told = [item for item in categories if _has_result(item) or item["unresolved"]]
    numbers = contest.panel.clauses
    cited = [
        *(criterion.clause for criterion in contest.panel.selection),
        *numbers.honoured,
        *numbers.pool,
        *numbers.winners,
        *_cited_for_titles(scribe),
        *_cited_before_announcement(scribe),
        *_cited_for_embargo(scribe),
    ]
    blocks = [
        *parts.head(scribe, labels.SELECTION, "results.json"),
        *_embargo(scribe),
        *parts.amendments(scribe),
        *_rules(scribe),
        *parts.criteria(scribe, contest.panel.selection),
        *_overview(scribe, categories),
        *(block for category in told for block in _category(scribe, category)),
        *parts.clauses(scribe, labels.CLAUSES, cited, "select-winners"),
    ]
    return Document("selection", tuple(blocks), {"selection": _sheet(scribe, categories)})


def _has_result(category: _Category) -> bool:
    return category["basis"] is not None


def _embargo(scribe: Scribe) -> list[Block]:
    embargo = scribe.contest.embargo
    if embargo is None:
        return [Lines((scribe.say(labels.NO_EMBARGO),))]
    entries = (
        Entry(clause.id, (clause.text(scribe.language),))
        for clause in scribe.clauses(embargo.clauses)
    )
    return [
        Heading(scribe.say(labels.EMBARGO)),
        Lines(tuple(_until(scribe, embargo))),
        *entries,
    ]


def _until(scribe: Scribe, embargo: Embargo) -> Iterator[str]:
    contest = scribe.contest
    phase = contest.phases[embargo.until]
    name = (
        scribe.named(labels.PHASES, phase.id)
        if phase.id in labels.PHASES
        else scribe.say(labels.OTHER_PHASE, id=phase.id)
    )
    yield scribe.say(labels.EMBARGO_UNTIL, phase=name, clauses=scribe.cite(embargo.clauses))
    clauses = scribe.cite([phase.clause])
    if phase.opens is None:
        yield scribe.say(labels.NOT_ANNOUNCED, clauses=clauses)
    else:
        opens = written(phase.opens, contest.zone)
        yield scribe.say(labels.ANNOUNCED, opens=opens, zone=contest.zone.key, clauses=clauses)
    titles = contest.titles
    if titles and titles.before_announcement:
        title = _title(scribe, titles.before_announcement)
        clauses = scribe.cite(_cited_before_announcement(scribe))
        yield scribe.say(labels.UNTIL_THEN_CALLED, title=title, clauses=clauses)


def _title(scribe: Scribe, honour: str) -> str:
    """What a winner or champion is called: by the contest, else in our own word."""
    ours = {"winner": labels.WINNER, "champion": labels.CHAMPION}[honour]
    titles: Titles | None = scribe.contest.titles
    theirs = {"winner": titles.winner, "champion": titles.champion}[honour] if titles else ours
    return theirs.in_language(scribe.language)


def _cited_for_embargo(scribe: Scribe) -> tuple[str | None, ...]:
    contest = scribe.contest
    if contest.embargo is None:
        return ()
    return (*contest.embargo.clauses, contest.phases[contest.embargo.until].clause)


def _cited_for_titles(scribe: Scribe) -> tuple[str, ...]:
    titles = scribe.contest.titles
    return (*titles.clauses.winner, *titles.clauses.champion) if titles else ()


def _cited_before_announcement(scribe: Scribe) -> tuple[str, ...]:
    titles = scribe.contest.titles
    return titles.clauses.before_announcement if titles else ()


def _rules(scribe: Scribe) -> list[Block]:
    panel = scribe.contest.panel
    told = (
        scribe.say(labels.POOL, place=panel.pool, clauses=scribe.cite_cut("pool")),
        scribe.say(
            labels.WINNERS_ALLOWED,
            least=panel.fewest_winners,
            most=panel.most_winners,
            clauses=scribe.cite_cut("winner"),
        ),
        scribe.say(
            labels.TITLES,
            winner=_title(scribe, "winner"),
            champion=_title(scribe, "champion"),
            clauses=scribe.cite(_cited_for_titles(scribe)),
        ),
    )
    return [Heading(scribe.say(labels.HOW_SELECTED)), Lines(told)]


def _overview(scribe: Scribe, categories: list[_Category]) -> list[Block]:
    rows = [
        (
            item["category"],
            len(item["winners"]) if _has_result(item) else NOTHING,
            len(item["champions"]) if _has_result(item) else NOTHING,
            scribe.named(labels.SHORT_BASES, item["basis"] or "") or NOTHING,
            len(item["unresolved"]),
            scribe.category_name(item["category"]),
        )
        for item in categories
    ]
    columns = ("category", "winners", "champions", "basis", "unresolved", "category_name")
    empty = [c["category"] for c in categories if not _has_result(c) and not c["unresolved"]]
    return [
        Heading(scribe.say(labels.OVERVIEW)),
        Lines((parts.state(scribe, number_open(categories)),)),
        scribe.table(columns, rows),
        *parts.empty_categories(scribe, empty),
    ]


def _category(scribe: Scribe, category: _Category) -> list[Block]:
    blocks: list[Block] = [Heading(scribe.category(category["category"]))]
    if _has_result(category):
        blocks.append(Lines(tuple(_basis(scribe, category))))
    rows = [
        (_title(scribe, honour), identity, *scribe.shown(identity, *PROJECT))
        for honour, identity in _honours(category)
    ]
    if rows:
        blocks.append(scribe.table(_HONOURED, rows))
    for item in category["unresolved"]:
        blocks += open_place(scribe, category["category"], item)
    return blocks


def _basis(scribe: Scribe, category: _Category) -> Iterator[str]:
    basis, clauses = category["basis"], scribe.cite_cut("winner")
    if not category["winners"]:
        yield scribe.say(labels.NO_WINNER, clauses=clauses)
        return
    named = scribe.named(labels.BASES, basis)
    yield scribe.say(labels.SELECTED_BY, basis=named, clauses=clauses)


def _honours(category: _Category) -> Iterator[tuple[str, str]]:
    yield from (("winner", identity) for identity in category["winners"])
    yield from (("champion", identity) for identity in category["champions"])


def _sheet(scribe: Scribe, categories: list[_Category]) -> Table:
    """Each row carries its own mark of the embargo, since rows are copied without their file."""
    rows: list[tuple[str | int | None, ...]] = []
    for category in categories:
        named = (_release(scribe), category["category"], scribe.category_name(category["category"]))
        basis = scribe.coded(labels.SHORT_BASES, category["basis"] or "")
        for honour, identity in _honours(category):
            about = (identity, *scribe.cells(identity, *PROJECT))
            rows.append((*named, _coded_title(scribe, honour), *about, basis, None))
        for item in category["unresolved"]:
            unresolved, why = scribe.coded(labels.STATES, "unresolved"), why_open(scribe, item)
            for identity in item["submission_ids"]:
                about = (identity, *scribe.cells(identity, *PROJECT))
                rows.append((*named, unresolved, *about, None, why))
    return scribe.sheet(_SHEET, rows)


def _coded_title(scribe: Scribe, honour: str) -> str:
    return honour if scribe.language == "en" else _title(scribe, honour)


def _release(scribe: Scribe) -> str:
    embargo = scribe.contest.embargo
    if embargo is None:
        return scribe.say(labels.INTERNAL_RELEASE)
    return scribe.say(labels.UNDER_EMBARGO, clauses=scribe.cite(embargo.clauses))
