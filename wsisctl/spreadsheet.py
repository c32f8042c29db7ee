"""Text from outside in a CSV that somebody will open in a spreadsheet.

A cell that begins like a formula would be executed there. It is written with an apostrophe before
it, which spreadsheets take as "this is text"; reading our own files takes one apostrophe off again.
So does text that already has apostrophes there, or it would lose one of its own.
"""

import re

_LIKE_A_FORMULA = re.compile(r"'*(?:[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n])")


def to_cell(text: str) -> str:
    """The text as a cell that no spreadsheet executes."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """The text that `to_cell` wrote."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell
