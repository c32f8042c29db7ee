"""Whether there is one picture of the project."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.passages import quoted
from wsisctl.rules.specimen import Specimen

_BOX = "photo"
_PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp", "heic")
_OTHER_FILES = (
    "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "csv", "ppt", "pptx",
    "zip", "rar", "7z", "mp3", "mp4", "mov", "avi",
)  # fmt: skip
_FILE = re.compile(
    rf"\.({'|'.join((*_PICTURES, *_OTHER_FILES))})(?=\.?(?:$|[\s,;:|?&)\]>\"'’”]))", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:^|[\s,;(<])[a-z]+://[^\s?#]*", re.IGNORECASE)
_AFTER_SCHEME = re.compile(r"(://[^\s?#]*)(?:[?#]\S*)?")
"""The query is optional, so that each stretch of a text is looked at once."""
_NO_FILE = re.compile(
    r"\b(?:attach\w*|enclosed|e-?mail\w*|sen[dt]|later|pending|none|nil|n/?a|tb[acd]|not|to follow|to be|"
    r"no (?:photo|picture|image|file)s?)\b|^\W*$",
    re.IGNORECASE,
)


def _photo(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], _: Context
) -> Iterator[Fault]:
    box = settings.get("field", _BOX)
    for submission in submissions:
        written = submission.text(box)
        wrong = _no_one_picture(written) if written else ""
        if wrong:
            yield Fault(
                submission,
                f"{box} {wrong}; expected one picture",
                "ask for one picture, or decide which one is meant",
                box,
                evidence=quoted([(box, written)]),
            )


def _no_one_picture(written: str) -> str:
    """What the box names in the place of one picture; empty where it names one, or may do so."""
    endings = [ending.lower() for ending in _FILE.findall(_AFTER_SCHEME.sub(r"\1", written))]
    addresses = _ADDRESS.findall(written)
    number = max(len(endings), len(addresses))
    if number > 1:
        return f"names {number} files"
    if endings:
        return "" if endings[0] in _PICTURES else f"names a file that ends in .{endings[0]}"
    return "" if addresses or not _NO_FILE.search(written) else f"names no file: '{written}'"


PHOTO = Rule(
    code="photo",
    severity="review",
    check=_photo,
    checks="The box `field`, or else `photo`, names one picture. What is clearly something else is put before a person: "
    "several files, a file with the ending of a document, or words such as `see attached`. A name or an "
    "address without an ending may be a picture. An empty box is left to required-field.",
    why="The picture is published with the project.",
    example="`photo` is `report.pdf`, or `front.jpg; back.jpg`.",
    specimen=Specimen(({"photo": "report.pdf"},)),
    mend="Name one picture, such as `project.jpg`.",
    settings={
        "type": "object",
        "additionalProperties": False,
        "properties": {"field": {"type": "string"}},
    },
    needs=lambda settings: (settings.get("field", _BOX),),
)
