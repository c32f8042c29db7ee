"""The menu of the secretariat's documents. One that is not in this tuple does not exist."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from wsisctl.contest.model import Contest
from wsisctl.reports import labels
from wsisctl.reports.documents.document import Document, files_of
from wsisctl.reports.documents.scribe import About, Language, Scribe
from wsisctl.reports.documents.selection import selection_document
from wsisctl.reports.documents.shortlist import shortlist_document
from wsisctl.reports.documents.tally import tally_document
from wsisctl.reports.documents.validation import validation_document
from wsisctl.reports.report import Entry


@dataclass(frozen=True)
class DocumentKind:
    """An internal document and the result it is drawn up from."""

    name: Literal["validation", "shortlist", "tally", "selection"]
    stage: Literal["validate", "nominate", "tally", "select-winners"]
    result: str
    """The result file of that stage."""
    compose: Callable[[Scribe, Mapping[str, Any]], Document]
    """What it says, as values."""

    def make(
        self,
        contest: Contest,
        result: Mapping[str, Any],
        about: About,
        language: Language,
        changed: Sequence[str] = (),
    ) -> dict[str, bytes]:
        """The document's files, name → content, from a result that fits its schema.

        `changed` since the result was computed: the document says so below its title.
        """
        scribe = Scribe(contest, about, language)
        document = self.compose(scribe, result)
        if changed:
            title, *rest = document.blocks
            files = scribe.say(labels.COMMA).join(changed)
            warning = Entry(scribe.say(labels.OUT_OF_DATE, files=files), ())
            document = replace(document, blocks=(title, warning, *rest))
        return files_of(document, language)


DOCUMENTS: tuple[DocumentKind, ...] = (
    DocumentKind("validation", "validate", "validation.json", validation_document),
    DocumentKind("shortlist", "nominate", "nominees.json", shortlist_document),
    DocumentKind("tally", "tally", "tally.json", tally_document),
    DocumentKind("selection", "select-winners", "results.json", selection_document),
)
