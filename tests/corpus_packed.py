"""Writes the files of the corpus that no text editor writes: `python -m tests.corpus_packed`.

They were written once, and are looked at as they are. The same bytes come of it with the same versions
of the libraries: no clock is read.
"""

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from tests.support import VOTE_COLUMNS, submission

CORPUS = Path(__file__).parent / "corpus"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_TEXTS = {
    "short_description": "Radio for villages.",
    "sdg_linkages": "Radio teaches (4).",
    "impact": "8033 schools listen.",
    "partnerships": "The municipality.",
    "challenges": "Electricity.",
}
_MEMBER_COLUMNS = ("member_id", "username", "email", "organization", "organization_type", "country")
_MEMBER = ("000123", "wanjiru", "wanjiru@example.org", "Turkana Listeners", "civil_society", "KEN")
_VOTE = ("v1", "000123", "C9", "017734472422205614", "2021-03-10T12:00:00+01:00")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_BOXES = tuple(submission("s1"))
Rows = Sequence[Sequence[Any]]


def _project(**changes: Any) -> list[Any]:
    return list((submission("17734472422205614", **_TEXTS) | changes).values())


def _text(rows: Rows) -> bytes:
    return "".join(",".join(map(str, row)) + "\n" for row in rows).encode()


def _workbook(
    sheets: Mapping[str, Rows], hidden: Sequence[str] = (), hidden_rows: Sequence[int] = ()
) -> bytes:
    """As Excel saves it: text as text, numbers as numbers, dates with the format of dates."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2021, 1, 26)})
    dates = book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        else:
            sheet.activate()
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(place, column, value, dates)
                else:
                    sheet.write(place, column, value)
        for place in hidden_rows:
            sheet.set_row(place, None, None, {"hidden": True})
    book.close()
    return made.getvalue()


def _zip(members: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return made.getvalue()


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _parquet(path: Path, values: str) -> None:
    with duckdb.connect() as database:
        database.execute(f"copy (select {values}) to '{path}' (format parquet)")


def _accepted() -> Mapping[str, bytes]:
    projects = (_BOXES, _project())
    members, votes = (_MEMBER_COLUMNS, _MEMBER), (VOTE_COLUMNS, _VOTE)
    typed = (
        ("Submissions to the WSIS Prizes 2021",),
        (),
        _BOXES,
        _project(submitted_at=datetime(2021, 1, 25, 23, 0)),
        _project(submission_id="017734472422205615", title="=1+1", sdgs=4),
    )
    return {
        "submissions/workbook-with-typed-cells.xlsx": _workbook({"Export": typed}, hidden_rows=[4]),
        "submissions/packed-with-gzip.csv.gz": _gzip(_text(projects)),
        "submissions/packed-with-zip.zip": _zip({"export/submissions.csv": _text(projects)}),
        "submissions/packed-on-a-mac.zip": _zip(
            {"s.csv": _text(projects), "__MACOSX/._s.csv": b"\0\x05\x16\x07"}
        ),
        "submissions/packed-with-a-path-out.zip": _zip({"../../submissions.csv": _text(projects)}),
        "members/workbook-with-two-sheets.xlsx": _workbook(
            {"Notes": [("call",)], "Members": members}
        ),
        "members/workbook-with-a-hidden-sheet.xlsx": _workbook(
            {"Lists": [("civil_society",)], "Members": members}, hidden=["Lists"]
        ),
        "votes/workbook.xlsx": _workbook({"Votes": votes}),
        "votes/packed.jsonl.gz": _gzip(
            b'{"vote_id": "v1", "member_id": 17, "category": "C9", '
            b'"submission_id": 17734472422205614, "cast_at": "2021-03-10T12:00:00+01:00"}\n'
        ),
    }


def _rejected() -> Mapping[str, bytes]:
    projects = (_BOXES, _project())
    in_numbers = (_BOXES, _project(submission_id=17734472422205614))
    date = (_BOXES, _project(submission_id=datetime(2021, 2, 1)))
    return {
        "submissions/workbook-ids-as-numbers.xlsx": _workbook({"Export": in_numbers}),
        "submissions/workbook-id-became-a-date.xlsx": _workbook({"Export": date}),
        "submissions/workbook-with-two-sheets.xlsx": _workbook({"May": projects, "June": projects}),
        "submissions/workbook-without-that-sheet.xlsx": _workbook({"May": projects}),
        "submissions/workbook-empty.xlsx": _workbook({"Sheet1": []}),
        "submissions/workbook-called-csv.csv": _workbook({"May": projects}),
        "submissions/workbook-of-1997.xls": _OLD_OFFICE,
        "submissions/workbook-with-a-password.xlsx": _OLD_OFFICE
        + "EncryptedPackage".encode("utf-16-le"),
        "submissions/open-document.ods": _zip(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
        ),
        "submissions/packed-and-cut-off.csv.gz": _gzip(_text(projects))[:-20],
        "submissions/packed-but-called-csv.csv": _gzip(_text(projects)),
        "submissions/packed-two-files.zip": _zip(
            {"may.csv": _text(projects), "june.csv": _text(projects)}
        ),
        "submissions/packed-nothing.zip": _zip({}),
        "votes/workbook-ids-as-numbers.xlsx": _workbook(
            {"Votes": (VOTE_COLUMNS, ("v1", 123, "C9", 17734472422205614, _VOTE[-1]))}
        ),
    }


def main() -> None:
    """Write all of them."""
    for outcome, made in (("accepted", _accepted()), ("rejected", _rejected())):
        for name, content in made.items():
            (CORPUS / outcome / name).write_bytes(content)
    votes = CORPUS / "accepted" / "votes"
    written = "'v1' vote_id, '000123' member_id, 'C9' category, '017734472422205614' submission_id"
    _parquet(votes / "registry.parquet", f"{written}, '2021-03-10T12:00:00+01:00' cast_at")
    typed = "'v1' vote_id, 123 member_id, 'C9' category, 17734472422205614 submission_id"
    _parquet(votes / "typed.parquet", f"{typed}, timestamp '2021-03-10 12:00:00' cast_at")
    rejected = CORPUS / "rejected"
    in_floats = (
        "'v1' vote_id, 123 member_id, 'C9' category, 17734472422205614.0::double submission_id"
    )
    _parquet(rejected / "votes" / "ids-as-floats.parquet", f"{in_floats}, '2021-03-10' cast_at")
    _parquet(rejected / "submissions" / "table.parquet", "'s1' submission_id")


if __name__ == "__main__":
    main()
