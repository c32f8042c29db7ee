"""Workbooks written by hand, part by part, so that a test can have in them whatever a program may write."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'

FORMATS = ("General", "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd", "h:mm", "[h]:mm:ss", "00000")
"""The styles of cells that a test may name by their place here."""
DATE_TIME, DATE, TIME, DURATION, ZEROS = range(1, 6)


def row(number: int, *cells: str, hidden: bool = False) -> str:
    """A row of cells made by `cell`."""
    return f'<row r="{number}" hidden="{int(hidden)}">{"".join(cells)}</row>'


def cell(reference: str, value: str, kind: str = "n", style: int = 0) -> str:
    """A cell with its stored value."""
    return f'<c r="{reference}" t="{kind}" s="{style}"><v>{escape(value)}</v></c>'


def text(reference: str, value: str) -> str:
    """A cell with a text in it, not in the workbook's list of texts."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet_xml(*rows: str, before: str = "", after: str = "") -> str:
    """A sheet's part."""
    return f'<?xml version="1.0"?><worksheet {_MAIN}>{before}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def parts(
    sheets: Mapping[str, str],
    *,
    texts: str = "",
    states: Mapping[str, str] | None = None,
    since_1904: bool = False,
) -> dict[str, str]:
    """All parts of a workbook; `texts` is what stands in its list of texts, `<si><t>…</t></si>` each."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"'
        f' state="{(states or {}).get(name, "visible")}"/>'
        for number, name in enumerate(names, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    related += f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="/xl/styles.xml"/>'
    related += f'<Relationship Id="t" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in enumerate(FORMATS, start=164)
    )
    styles = "".join(f'<xf numFmtId="{164 + number}"/>' for number in range(len(FORMATS)))
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships {_PACKAGE}><Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><workbookPr date1904="{int(since_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {_PACKAGE}>{related}</Relationships>",
        "xl/styles.xml": f"<styleSheet {_MAIN}><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{texts}</sst>",
    } | {f"xl/worksheets/sheet{number}.xml": sheets[name] for number, name in enumerate(names, 1)}


def write_parts(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """The archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
