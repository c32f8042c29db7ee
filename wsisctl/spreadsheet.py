"""Text from outside in a CSV that somebody will open in a spreadsheet.

A cell that begins like a formula would be executed there. It is written with an apostrophe before
it, which spreadsheets take as "this is text"; reading our own files takes the apostrophe off again.
"""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_cell(text: str) -> str:
    """The text as a cell that no spreadsheet executes."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def from_cell(cell: str) -> str:
    """The text that `to_cell` wrote."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell
