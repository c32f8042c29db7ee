"""corrections.yaml: exports stay as they are, and a correction hits just what it was written for."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import member, nominee, submission, vote, write_csv, wsisctl
from tests.test_folder import contents

SIGNED = "by: A. Person, on: 2021-02-03, reason: the coordinator's e-mail"


def correction(record: str, field: str, before: str, after: str) -> str:
    return f"- {{record: {record}, field: {field}, from: {before}, to: {after}, {SIGNED}}}\n"


def validated(folder: Path, text: str, *rows: dict[str, str], status: int = 0) -> Any:
    """What `validate` says of bare files with these corrections."""
    dump = write_csv(folder / "dump.csv", rows or [submission("s1", country=" ")])
    (folder / "corrections.yaml").write_text(text, "utf-8")
    result = wsisctl(
        "validate", dump, "--contest", "2021", "--corrections", folder / "corrections.yaml",
        "--format", "json",
    )  # fmt: skip
    assert result.status == status, result.err
    return json.loads(result.out) if status < 2 else result.err


def test_a_corrected_field_is_what_the_rules_see(tmp_path: Path) -> None:
    assert validated(tmp_path, "", status=1)["ineligible"] == ["s1"]
    text = correction("s1", "country", "''", "KEN")
    assert validated(tmp_path, text)["eligible"] == ["s1"]


def test_a_finding_on_a_corrected_record_names_its_row(tmp_path: Path) -> None:
    text = correction("s1", "impact", "null", "''")
    rows = [submission("s0"), submission("s1", impact="")]
    (finding,) = validated(tmp_path, text, *rows, status=1)["findings"]
    assert finding["source"] == {"file": "dump.csv", "row": 3}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (correction("s1", "country", "CHE", "KEN"), "country of s1 is '' (dump.csv:2), not 'CHE'"),
        (correction("s1", "submission_id", "s1", "s2"), "is the record's id"),
        (
            correction("s1", "country", "''", "KEN") * 2,
            "corrections.yaml:2: country of s1 is corrected here again; it was first at corrections.yaml:1",
        ),
        (
            correction("s1", "country", "''", "KEN") + correction("s1", "country", "KEN", "CHE"),
            "corrections.yaml:2: country of s1 is corrected here again",
        ),
        (correction("s1", "contry", "''", "KEN"), "'contry' is no column; did you mean 'country'?"),
        ("- {record: s1, field: country, from: '', to: KEN}\n", "missing: by, on, reason"),
        (correction("s1", "country", "''", "KEN").replace("A. Person", "' '"), "corrections.yaml:1"),
        (correction("s1", "country", "''", "KEN").replace("02-03", "02-30"), "is no date"),
        (correction("s1", "country", "''", "KEN").replace("reason", "why"), "unknown key 'why'"),
        ("record: s1\n", "a list"),
        ("- s1\n", "a mapping"),
    ],
)  # fmt: skip
def test_a_correction_that_does_not_fit_is_refused_at_its_line(
    text: str, says: str, tmp_path: Path
) -> None:
    assert says in validated(tmp_path, text, status=3)


def test_a_correction_of_nothing_changes_nothing_and_is_told(tmp_path: Path) -> None:
    dump = write_csv(tmp_path / "dump.csv", [submission("s1")])
    (tmp_path / "corrections.yaml").write_text(correction("s9", "title", "A", "B"), "utf-8")
    result = wsisctl(
        "validate", dump, "--contest", "2021", "--corrections", tmp_path / "corrections.yaml"
    )
    assert result.status == 0
    assert (
        "corrections.yaml:1: no submission or member has the id s9; nothing is corrected"
        in result.err
    )


def test_a_members_profile_can_be_put_right(tmp_path: Path) -> None:
    write_csv(tmp_path / "members.csv", [member("m1", country="")])
    write_csv(tmp_path / "votes.csv", [vote("v1", "m1", "p1")])
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    (tmp_path / "corrections.yaml").write_text(correction("m1", "country", "''", "CHE"), "utf-8")
    command = (
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--format", "json",
    )  # fmt: skip
    before = json.loads(wsisctl(*command, cwd=tmp_path).out)
    after = json.loads(wsisctl(*command, "--corrections", "corrections.yaml", cwd=tmp_path).out)
    assert before["votes"]["rejected_by_reason"] == {"incomplete_profile": 1}
    assert after["votes"]["rejected_by_reason"] == {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "prizes"
    wsisctl("init", root, "--contest", "2021")
    dump = write_csv(tmp_path / "dump.csv", [submission("s1", country=""), submission("s2")])
    assert wsisctl("import-submissions", dump, "--folder", root).status == 0
    return root


def test_in_a_folder_records_are_made_anew_and_exports_stay(folder: Path) -> None:
    exports = contents(folder / "exports")
    assert wsisctl("validate", "--folder", folder).status == 1
    (folder / "decisions" / "corrections.yaml").write_text(
        correction("s1", "country", "''", "KEN"), "utf-8"
    )
    assert wsisctl("validate", "--folder", folder).status == 0
    assert contents(folder / "exports") == exports
    manifest = json.loads((folder / "records" / "manifest.json").read_text("utf-8"))
    inputs = [item["file"] for item in manifest["stages"]["submissions"]["inputs"]]
    assert inputs == ["decisions/corrections.yaml", "exports/submissions/dump.csv"]


def test_in_a_folder_a_correction_of_nothing_is_told_too(folder: Path) -> None:
    path = folder / "decisions" / "corrections.yaml"
    path.write_text(correction("s9", "country", "KEN", "CHE"), "utf-8")
    result = wsisctl("validate", "--folder", folder)
    assert "decisions/corrections.yaml:1: no submission or member has the id s9" in result.err


def test_the_folders_records_take_no_corrections_from_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text(correction("s1", "country", "''", "KEN"), "utf-8")
    result = wsisctl("validate", "--corrections", tmp_path / "mine.yaml", "--folder", folder)
    assert result.status == 2
    assert "decisions/corrections.yaml" in result.err


def test_a_correction_that_does_not_fit_leaves_the_records(folder: Path) -> None:
    before = contents(folder / "records")
    (folder / "decisions" / "corrections.yaml").write_text(
        correction("s1", "country", "CHE", "KEN"), "utf-8"
    )
    for command in ("validate", "nominate"):
        result = wsisctl(command, "--folder", folder)
        assert result.status == 3
        assert "decisions/corrections.yaml:1" in result.err
        assert "exports/submissions/dump.csv:2" in result.err
    assert contents(folder / "records") == before
    assert contents(folder / "results") == {}


def test_a_correction_taken_out_again_is_undone(folder: Path) -> None:
    before = contents(folder / "records")
    path = folder / "decisions" / "corrections.yaml"
    template = path.read_bytes()
    path.write_text(correction("s1", "country", "''", "KEN"), "utf-8")
    wsisctl("validate", "--folder", folder)
    assert contents(folder / "records") != before
    path.write_bytes(template)
    wsisctl("validate", "--folder", folder)
    assert contents(folder / "records") == before
