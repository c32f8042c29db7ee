"""Rows that are no records: what spreadsheets and programs put below a list, its header again, blank ones."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wsisctl.findings import Source
from wsisctl.readers.header import names_ids
from wsisctl.readers.naming import NO_NAMES, Naming
from wsisctl.readers.table import Table
from wsisctl.wording import shortened

LONGEST_FOOTER = 20
"""Rows. So many may stand below a list; where there are more, nobody knows what they are."""

_NUMBER = r"[-+]?[0-9](?:[0-9.,'’\s]*[0-9])?\s*%?"
_WORD = r"(?:grand total|totals?|sum|summe|gesamt|somme|suma|合计|总计|count|anzahl)"
_LABEL = re.compile(rf"{_WORD}(?P<said>\s*:)?(?P<number>(?:(?<=:)|\s)\s*{_NUMBER})?")
_ONLY_NUMBER = re.compile(_NUMBER)

_VERB = (
    r"(?:(?:report|list|file|data) )?(?:exported|generated|printed|downloaded|extracted)"
    r"|exportiert|erstellt|gedruckt|(?:exporté|généré|imprimé)e?|exportado|generado|impreso"
)
_LINK = r"by|on|at|from|am|von|um|le|par|à|el|por"
_NOUN = (
    r"(?:date|time) of (?:export|print)|(?:export|print|report) (?:date|time)|exportdatum"
    r"|(?:导出|打印|制表)(?:时间|日期|人|者)?"
)
_MADE = re.compile(rf"(?:{_VERB})(?: (?:{_LINK})(?: ?:)?| ?:)|(?:{_NOUN})(?: ?:)?")
"""What goes before the name of who made a list, or its date, in a cell of its own."""
_NOTE = re.compile(
    rf"(?:{_VERB})(?: (?:{_LINK})(?: ?:)? | ?: ?| (?=[0-9])).+|(?:{_NOUN}) ?: ?.+"
    r"|stand ?:? ?[0-9]{1,2}\. ?[0-9]{1,2}\. ?[0-9]{2,4}.*"
    r"|(?:page|seite|página|pagina) [0-9]+(?: ?(?:of|/|von|sur|de) ?[0-9]+)?|第 ?[0-9]+ ?页.*"
    r"|© .+|(?:copyright|\(c\)) (?:.*\b)?[12][0-9]{3}\b.*"
    r"|number of [a-z ]+: ?[0-9]+|[0-9]+ (?:records|rows|entries|submissions|projects|members|sheets)(?: in total)?"
    r"|共 ?[0-9]+ ?[条项行].*"
)
_DATED = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|\b[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}\b|[0-9]{4} ?年"
    r"|\b[0-9]{1,2}\.? [^\W\d]+ [0-9]{4}\b|\b[^\W\d]+ [0-9]{1,2}, [0-9]{4}\b"
    r"|(?:©|\(c\)|copyright) .*[0-9]{4}|page [0-9]+ of [0-9]+"
)
"""A date, or another number that no title has behind such words."""
_LONGEST = 100
"""Characters of a cell that may be such a word or note."""
_SUMS_UP = "only sums up the others"


@dataclass(frozen=True)
class LeftOut:
    """A row at the end of a file that is no record."""

    source: Source
    why: str
    """What goes after `this row at the end`."""

    def __str__(self) -> str:
        return f"{self.source}: this row at the end {self.why}; it is no record, and left out"


class Rows:
    """The rows of a table that are records: blank ones are none, nor is a footer, nor the header again.

    Once all rows have been read, the other attributes say which were none.
    """

    def __init__(self, table: Table, footers: "Footers | None", naming: Naming = NO_NAMES) -> None:
        """Without `footers` and `naming` every row that is not blank is a record."""
        self._table = table
        self._footers = footers
        self._naming = naming
        self.left_out: tuple[LeftOut, ...] = ()
        self.blank = 0
        """Rows in which no cell is filled in, as spreadsheets leave them below a list."""
        self.first_blank = 0
        self.read = 0
        """Rows that are not blank, so far, whatever they are."""
        self.headers = 0
        """Rows with names of columns where ids should be, as where two exports were put together."""
        self.first_header = 0
        self.doubtful = 0
        """Records that would be footers, if no others followed."""
        self.first_doubtful = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its row number."""
        held: list[tuple[int, list[str], str]] = []
        for row, cells in self._table.rows():
            if _is_blank(cells):
                self.blank += 1
                self.first_blank = self.first_blank or row
                continue
            self.read += 1
            if names_ids(cells, self._table.header.columns, self._naming):
                self.headers += 1
                self.first_header = self.first_header or row
                continue
            why = self._footers.why(cells) if self._footers else ""
            if why and len(held) < LONGEST_FOOTER:
                held.append((row, cells, why))
                continue
            for earlier, of_it, _ in held:
                self.doubtful += 1
                self.first_doubtful = self.first_doubtful or earlier
                yield earlier, of_it
            held = [(row, cells, why)] if why else []
            if not why:
                yield row, cells
        name = self._table.file.name
        self.left_out = tuple(LeftOut(Source(name, row), why) for row, _, why in held)


class Footers:
    """How to tell a row below a list from a record: only by what no record has."""

    def __init__(self, columns: Sequence[str], key: Sequence[str], name: str) -> None:
        """`key` are the columns that hold ids; where there are none, `name` is what records are told by."""
        known = set(columns)
        self._width = len(columns)
        self._ids = [columns.index(column) for column in key if column in known]
        self._names = [columns.index(column) for column in (name,) if not key and column in known]

    def at_the_end(self, rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, str]]:
        """Of the last rows of a file, in order, those that are footers, each with why."""
        found: list[tuple[int, str]] = []
        for row, cells in rows:
            if why := self.why(cells):
                found.append((row, why))
            elif not _is_blank(cells):
                found.clear()
        yield from found

    def why(self, cells: Sequence[str]) -> str:
        """Why a row is no record, if no record follows: what goes after `this row`; empty where it is one."""
        filled = self._filled(cells)
        if not filled:
            return ""
        if self._sum_up(filled):
            return _SUMS_UP
        note = self._note_in(filled)
        return f"only says '{shortened(note)}'" if note else ""

    def _sum_up(self, filled: "_Filled") -> bool:
        """Whether a row has nothing but a word for a sum, where ids stand too, and numbers."""
        label = _matched(_LABEL, filled[0][1])
        if label is None:
            return False
        if any(place in self._ids and not _matched(_LABEL, text) for place, text in filled):
            return False
        # Without ids a project may well be called just that: more has to show that it is a sum.
        if filled[0][0] in self._names and not (label["said"] or label["number"]):
            return False
        others = (_words(text) for _, text in filled[1:])
        return all(_ONLY_NUMBER.fullmatch(cell) or _LABEL.fullmatch(cell) for cell in others)

    def _note_in(self, filled: "_Filled") -> str:
        """What a row says that has nothing but a note on the list: who made it and when, its page.

        The note may stand in one cell, or in two: `Exported by:`, `Ana`. Empty for any other row.
        """
        if len(filled) > len(("label", "value")):
            return ""
        place, text = filled[0]
        if place not in self._ids and any(other in self._ids for other, _ in filled):
            return ""
        if len(filled) == 1:
            # Without ids a project may be called nearly so: a date or number has to show that it is none.
            dated = place not in self._names or _DATED.search(_words(text))
            return text.strip() if dated and _matched(_NOTE, text) else ""
        sure = place not in self._names or text.rstrip().endswith((":", "："))
        told = " ".join(part.strip() for _, part in filled)
        return told if sure and _matched(_MADE, text) else ""

    def _filled(self, cells: Sequence[str]) -> "_Filled":
        """None of a row that is too wide."""
        if len(cells) > self._width:
            return []
        return [(place, cell) for place, cell in enumerate(cells) if cell and not cell.isspace()]


_Filled = list[tuple[int, str]]
"""Cells with anything in them, each with its place."""


def _is_blank(cells: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The pattern as the whole of a text, in whatever case and width."""
    return pattern.fullmatch(_words(text)) if len(text) <= _LONGEST else None


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
