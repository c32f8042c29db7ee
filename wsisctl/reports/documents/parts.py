"""Parts that several documents share: the head, the criteria, the clauses at the end."""

from collections.abc import Iterable, Sequence

from wsisctl.contest.model import Criterion, Label
from wsisctl.reports import labels
from wsisctl.reports.documents.scribe import NOTHING, Scribe
from wsisctl.reports.report import Block, Entry, Heading, Lines


def head(scribe: Scribe, title: Label, result: str) -> list[Block]:
    """The title, and what kind of paper this is."""
    name = scribe.contest.name.in_language(scribe.language)
    told = (scribe.say(labels.INTERNAL), scribe.say(labels.BASED_ON, result=result))
    return [Heading(scribe.say(title, contest=name), level=1), Lines(told)]


def state(scribe: Scribe, still_open: int) -> str:
    """Whether anything waits for a person."""
    if not still_open:
        return scribe.say(labels.NOTHING_OPEN)
    return scribe.say(labels.STILL_OPEN, number=still_open)


def criteria(scribe: Scribe, used: Sequence[Criterion]) -> list[Block]:
    """The columns of the score sheets and the clause of each."""
    if not used:
        return []
    rows = [
        (item.name.in_language(scribe.language), item.id, item.clause or NOTHING) for item in used
    ]
    table = scribe.table(("criterion", "column", "clause"), rows)
    return [Heading(scribe.say(labels.CRITERIA)), table]


def empty_categories(scribe: Scribe, ids: Sequence[str]) -> list[Block]:
    """Categories in which there is nothing to tell, named so that none seems forgotten."""
    if not ids:
        return []
    comma = scribe.say(labels.COMMA)
    return [Lines((scribe.say(labels.WITHOUT, categories=comma.join(ids)),))]


def clauses(
    scribe: Scribe,
    title: Label,
    cited: Iterable[str | None],
    stage: str | None = None,
    level: int = 2,
) -> list[Block]:
    """What the cited clauses say, and all others that this stage enforces."""
    of_stage = (clause.id for clause in scribe.contest.clauses if stage in clause.enforced_by)
    found = scribe.clauses([*cited, *of_stage])
    if not found:
        return []
    told = Lines((scribe.say(labels.PARAPHRASE),))
    entries = (
        Entry(scribe.say(labels.CLAUSE, id=clause.id, where=clause.where), (clause.says,))
        for clause in found
    )
    return [Heading(scribe.say(title), level), told, *entries]
