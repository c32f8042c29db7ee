"""The menu of the secretariat's documents. One that is not in this tuple does not exist."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from wsisctl.records.kinds import MEMBERS, SUBMISSIONS, Kind
from wsisctl.reports import labels
from wsisctl.reports.documents.document import Document, files_of
from wsisctl.reports.documents.scribe import Scribe
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
    corrected: Kind | None = None
    """The records whose corrections it tells."""
    same_emails: bool = False
    """Whether it tells of members who share an e-mail address."""

    def make(
        self, scribe: Scribe, result: Mapping[str, Any], changed: Sequence[str] = ()
    ) -> dict[str, bytes]:
        """The document's files, name → content, from a result that fits its schema.

        `changed` since the result was computed: the document says so below its title.
        """
        document = self.compose(scribe, result)
        if changed:
            title, *rest = document.blocks
            files = scribe.say(labels.COMMA).join(changed)
            warning = Entry(scribe.say(labels.OUT_OF_DATE, files=files), ())
            document = replace(document, blocks=(title, warning, *rest))
        return files_of(document, scribe.language)


DOCUMENTS: tuple[DocumentKind, ...] = (
    DocumentKind("validation", "validate", "validation.json", validation_document, SUBMISSIONS),
    DocumentKind("shortlist", "nominate", "nominees.json", shortlist_document),
    DocumentKind("tally", "tally", "tally.json", tally_document, MEMBERS, same_emails=True),
    DocumentKind("selection", "select-winners", "results.json", selection_document),
)
