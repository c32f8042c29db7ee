"""Text from outside is shown as text, whatever it would like a terminal or a spreadsheet to do."""

import csv
import io
from pathlib import Path

import pytest

from tests.support import submission, write_csv, wsisctl
from wsisctl.spreadsheet import from_cell, to_cell

HOSTILE = "[red]=cmd|' /c calc'!A1 \x1b[31m\x9b31m\u202eevil[/] <b> | `x`"


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv", "markdown"])
@pytest.mark.parametrize("command", ["validate", "nominate"])
def test_hostile_text_is_shown_as_text(command: str, form: str, tmp_path: Path) -> None:
    rows = [submission("a1", title=HOSTILE), submission("a2", title=HOSTILE, entity="=1+1")]
    write_csv(tmp_path / "s.csv", rows)
    (tmp_path / "d.yaml").write_text(
        "- {kind: nominate, category: C1, submission_ids: [a1], by: x, on: 2021-02-01, reason: x}\n"
    )
    words = (
        ["s.csv"] if command == "validate" else ["--submissions", "s.csv", "--decisions", "d.yaml"]
    )
    result = wsisctl(command, *words, "--contest", "2021", "--format", form, cwd=tmp_path)
    assert result.status in {0, 1}
    if form != "csv":  # a CSV for a program keeps every character
        assert not set("\x1b\x9b\u202e") & set(result.out)
    if form in {"table", "plain"}:
        assert "[red]=cmd" in result.out
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(result.out)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "text", ["=1", " =1", "\ufeff=1", "\n=1", "＝1", "－1", "'=1", "''＠x", "\u200b+1", "\u3000-1"]
)
def test_whatever_a_spreadsheet_would_execute_is_text_and_comes_back(text: str) -> None:
    cell = to_cell(text)
    assert cell == f"'{text}"
    assert from_cell(cell) == text


@pytest.mark.parametrize("text", ["", "a=1", "'", "'a", " a", "1-1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert to_cell(text) == text == from_cell(text)
