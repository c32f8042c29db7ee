"""Parts that several documents share: the head, the criteria, the clauses at the end."""

from collections.abc import Iterable, Sequence

from wsisctl.contest.model import Clause, Criterion, Label
from wsisctl.reports import labels
from wsisctl.reports.documents.scribe import NOTHING, Scribe
from wsisctl.reports.report import Block, Entry, Heading, Lines


def head(scribe: Scribe, title: Label, result: str) -> list[Block]:
    """The title, and what kind of paper this is."""
    name = scribe.contest.name.in_language(scribe.language)
    told = (scribe.say(labels.INTERNAL), scribe.say(labels.BASED_ON, result=result))
    return [Heading(scribe.say(title, contest=name), level=1), Lines(told)]


def amendments(scribe: Scribe) -> list[Block]:
    """What was changed in the definition after its letter; nothing where nothing was."""
    rows = [
        (
            change.place,
            change.before or NOTHING,
            change.after or NOTHING,
            amendment.on,
            amendment.by,
            amendment.reason,
            amendment.source or NOTHING,
        )
        for amendment in scribe.contest.amendments
        for change in amendment.changes
    ]
    if not rows:
        return []
    columns = ("place", "before", "after", "on", "by", "reason", "source")
    told = Lines((scribe.say(labels.AMENDED),))
    return [Heading(scribe.say(labels.AMENDMENTS)), told, scribe.table(columns, rows)]


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
    told = Lines((scribe.say(_whose_words(scribe, found)),))
    entries = (
        Entry(
            scribe.say(labels.CLAUSE, id=clause.id, where=clause.where),
            (clause.text(scribe.language),),
        )
        for clause in found
    )
    return [Heading(scribe.say(title), level), told, *entries]


def _whose_words(scribe: Scribe, told: Sequence[Clause]) -> Label:
    """Whether the clauses stand in the letter's own words."""
    own = [clause.text(scribe.language) != clause.says for clause in told]
    if all(own):
        return labels.ORIGINAL
    return labels.ORIGINAL_IN_PART if any(own) else labels.PARAPHRASE
