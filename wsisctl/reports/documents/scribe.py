"""What every document needs: one language, the contest's names, the submissions' cells, citations."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from wsisctl.contest.model import Clause, Contest, Label
from wsisctl.records.corrections import Correction
from wsisctl.reports import labels
from wsisctl.reports.labels import Labels
from wsisctl.reports.report import Table, one_line
from wsisctl.reports.same_email import SharedTotals

Language = Literal["en", "zh"]
About = Mapping[str, Mapping[str, str]]
"""Submission id → its cells; an id or a cell may be missing."""

NOTHING = "—"
"""Where a table for people would have an empty cell."""
PROJECT = ("title", "entity", "country")


@dataclass(frozen=True)
class Scribe:
    """Words a document about one contest in one language."""

    contest: Contest
    about: About
    language: Language
    corrections: tuple[Correction, ...] = ()
    """What people put right in the records that the document is about."""
    shared: SharedTotals | None = None
    """Members who share an e-mail address; None where nothing is known of them."""

    def say(self, label: Label, /, **values: object) -> str:
        """The label in the document's language, its places filled in."""
        return label.filled(self.language, **values)

    def named(self, names: Labels, code: str) -> str:
        """A code of a result file as people read it; one that has no name stands as it is."""
        return self.say(names[code]) if code in names else code

    def coded(self, names: Labels, code: str) -> str:
        """A code in a CSV: itself in English, where programs read it, else its name."""
        return code if self.language == "en" else self.named(names, code)

    def cite(self, clauses: Iterable[str | None]) -> str:
        """The clauses in parentheses, each once, to follow a statement; nothing where none speaks."""
        cited = list(dict.fromkeys(clause for clause in clauses if clause))
        if not cited:
            return ""
        return f" ({', '.join(cited)})" if self.language == "en" else f"（{'、'.join(cited)}）"

    def cell(self, submission_id: str, column: str) -> str:
        """What a submission has in a column, on one line; empty where nothing is known."""
        text = one_line(self.about.get(submission_id, {}).get(column, ""))
        return self.contest.category_of(text) or text if column == "category" else text

    def shown(self, submission_id: str, *columns: str) -> tuple[str, ...]:
        """Cells of a submission for people."""
        return tuple(self.cell(submission_id, column) or NOTHING for column in columns)

    def cells(self, submission_id: str, *columns: str) -> tuple[str, ...]:
        """Cells of a submission for a CSV."""
        return tuple(self.cell(submission_id, column) for column in columns)

    def category(self, identity: str) -> str:
        """A category by id and name."""
        name = self.category_name(identity)
        return self.say(labels.CATEGORY, id=identity, name=name) if name else identity

    def category_name(self, identity: str) -> str:
        """The name alone; empty for what is no category of the contest."""
        names = (c.name.in_language(self.language) for c in self.contest.categories)
        ids = (category.id for category in self.contest.categories)
        return dict(zip(ids, names, strict=True)).get(identity, "")

    def table(self, columns: Sequence[str], rows: Iterable[tuple[str | int, ...]]) -> Table:
        """A table for people, its columns named."""
        return Table(tuple(self.say(labels.COLUMNS[column]) for column in columns), tuple(rows))

    def sheet(self, columns: Sequence[str], rows: Iterable[tuple[str | int | None, ...]]) -> Table:
        """A table for a CSV: an English one has the contract's own names as columns."""
        header = tuple(self.coded(labels.COLUMNS, column) for column in columns)
        flat = (tuple(one_line(c) if isinstance(c, str) else c for c in row) for row in rows)
        return Table(header, tuple(flat))

    def cite_cut(self, *cuts: str) -> str:
        """The clauses of the panel's numbers, for a statement about where a list is cut."""
        panel = self.contest.panel.clauses
        by_cut = {
            "quota": panel.quota,
            "honoured": panel.honoured,
            "pool": panel.pool,
            "winner": panel.winners,
        }
        return self.cite(clause for cut in cuts for clause in by_cut[cut])

    def box(self, field: str) -> str:
        """A box of the form by name and id."""
        boxes = {box.id: box.label for box in self.contest.form}
        label = {**labels.FIELDS, **boxes}.get(field)
        if label is None:
            return field
        return self.say(labels.FIELD_NAME, name=label.in_language(self.language), field=field)

    def clauses(self, ids: Iterable[str | None]) -> tuple[Clause, ...]:
        """The clauses of these ids, in the letter's order."""
        wanted = set(ids)
        return tuple(clause for clause in self.contest.clauses if clause.id in wanted)


def word(text: str) -> str:
    """A text as one word of a line of decisions.yaml."""
    return (
        text
        if re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]*", text)
        else json.dumps(text, ensure_ascii=False)
    )
