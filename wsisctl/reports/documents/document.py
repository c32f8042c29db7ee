"""A document: what it says, as values; and its files, as bytes."""

from collections.abc import Mapping
from dataclasses import dataclass

from wsisctl.reports.documents.scribe import Language
from wsisctl.reports.render import as_csv, as_markdown
from wsisctl.reports.report import Block, Table


@dataclass(frozen=True)
class Document:
    """What a document says, whatever it is written as."""

    name: str
    """The stem of its file."""
    blocks: tuple[Block, ...]
    """For people to read, from top to bottom."""
    sheets: Mapping[str, Table]
    """By the stem of their files: the same content for a spreadsheet."""


def files_of(document: Document, language: Language) -> dict[str, bytes]:
    """File name → content; a Chinese document's files lie beside the English ones."""
    tag = "" if language == "en" else f".{language}"
    files = {f"{document.name}{tag}.md": as_markdown(document.blocks).encode()}
    for stem, sheet in document.sheets.items():
        files[f"{stem}{tag}.csv"] = as_csv(sheet).encode()
    return files
