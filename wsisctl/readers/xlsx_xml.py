"""The parts of a workbook are XML: read as they come, with bounded memory, and nothing in them trusted."""

import csv
from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from wsisctl.errors import UnusableInput

SAVE_ANEW = "open it in Excel and save it anew, or save the sheet as UTF-8 CSV"
_LONGEST_TAG = 4 << 20


class Handler(Protocol):
    """What makes something of the elements. Names are without their prefix."""

    def start(self, name: str, attributes: Mapping[str, str], /) -> bool:
        """An element begins; whether the text in it is wanted."""

    def end(self, name: str, text: str, /) -> None:
        """An element ends; with its text where it was wanted."""


def read_xml(blocks: Iterable[bytes], handler: Handler, place: str) -> None:
    """Give every element to the handler.

    Raises UnusableInput for what is no XML, declares entities, or holds a longer text than a cell may.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    _watch(parser, handler, place)
    given = 0
    try:
        for block in blocks:
            parser.Parse(block)
            given += len(block)
            if given - parser.CurrentByteIndex > _LONGEST_TAG:
                raise broken(place, f"a tag is longer than {_LONGEST_TAG >> 20} MiB")
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise broken(place, f"no readable XML: {error}") from error


def broken(place: str, what: str) -> UnusableInput:
    """The refusal of a workbook that no program of a spreadsheet has written in this way."""
    return UnusableInput(f"{place}: the workbook is broken: {what}", hint=SAVE_ANEW)


def refuse_long_text(length: int, place: str) -> None:
    """Raise UnusableInput for more characters than a cell may hold in any format."""
    if length > csv.field_size_limit():
        raise UnusableInput(f"{place}: more than {csv.field_size_limit()} characters in a cell")


def _watch(parser: expat.XMLParserType, handler: Handler, place: str) -> None:
    pieces: list[str] = []
    length, longest = 0, csv.field_size_limit()
    is_wanted = False
    handler_start, handler_end = handler.start, handler.end

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal is_wanted
        if ":" in name:
            name = name.rpartition(":")[2]
        if handler_start(name, attributes):
            is_wanted = True
            parser.CharacterDataHandler = add

    def add(text: str) -> None:
        nonlocal length
        pieces.append(text)
        length += len(text)
        if length > longest:
            refuse_long_text(length, place)

    def end(name: str) -> None:
        nonlocal length, is_wanted
        if ":" in name:
            name = name.rpartition(":")[2]
        text = ""
        if is_wanted:
            text = pieces[0] if len(pieces) == 1 else "".join(pieces)
            pieces.clear()
            length, is_wanted = 0, False
            parser.CharacterDataHandler = None
        handler_end(name, text)

    def refuse_doctype(*_: object) -> None:
        raise broken(place, "it has a DOCTYPE, and no workbook needs one")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse_doctype
