"""corrections.yaml: exports stay as they are, and a correction hits just what it was written for."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import Result, member, nominee, submission, vote, words, write_csv, wsisctl
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


# What the terminal shows of it.


def shown(folder: Path, text: str, *rows: dict[str, str], command: str = "validate") -> Result:
    """What a command says of bare submissions with these corrections, in 80 columns."""
    write_csv(folder / "dump.csv", rows)
    (folder / "corrections.yaml").write_text(text, "utf-8")
    return wsisctl(
        command, "--submissions", "dump.csv", "--contest", "2021",
        "--corrections", "corrections.yaml", cwd=folder,
    )  # fmt: skip


def test_validate_shows_what_was_corrected_by_whom_and_why(tmp_path: Path) -> None:
    text = correction("s2", "sdgs", "18", "99") + correction("s1", "country", "''", "KEN")
    rows = [submission("s1", country=""), submission("s2", sdgs="18"), submission("s3")]
    out = shown(tmp_path, text, *rows).out
    assert (
        "Corrected\n\n"
        "corrections.yaml:2: s1 country\n"
        "    '' → 'KEN', by A. Person on 2021-02-03: the coordinator's e-mail\n\n"
        "corrections.yaml:1: s2 sdgs\n"
        "    '18' → '99', by A. Person on 2021-02-03: the coordinator's e-mail\n\n"
        "Summary\n"
    ) in out, "s1, which has no finding, as well as s2, which still has one"
    assert "\n2 fields of 2 submissions were corrected.\n" in out


def test_one_correction_is_one(tmp_path: Path) -> None:
    out = shown(
        tmp_path, correction("s1", "country", "CHE", "KEN"), submission("s1", country="CHE")
    )
    assert "\n1 field of 1 submission was corrected.\n" in out.out


def test_without_corrections_nothing_is_said_of_them(tmp_path: Path) -> None:
    text = correction("s9", "country", "CHE", "KEN")
    assert "orrected" not in shown(tmp_path, text, submission("s1")).out


def test_of_long_texts_the_difference_is_shown(tmp_path: Path) -> None:
    before = words(160, "Project s1")
    text = correction("s1", "short_description", before, f"{before} and more")
    out = " ".join(shown(tmp_path, text, submission("s1", short_description=before)).out.split())
    last = before[-30:].split(" ", 1)[1]
    assert f"{last}' → '…" in out
    assert f"{last} and more', by A. Person" in out


def test_corrections_leave_the_shape_of_the_result(tmp_path: Path) -> None:
    plain = validated(tmp_path, "", submission("s1"))
    row = submission("s1", title="Typo")
    assert validated(tmp_path, correction("s1", "title", "Typo", "Project s1"), row) == plain


def test_nominate_tells_how_many_fields_were_corrected(tmp_path: Path) -> None:
    text = correction("s1", "country", "''", "KEN") + correction("s1", "title", "A", "B")
    result = shown(tmp_path, text, submission("s1", country="", title="A"), command="nominate")
    assert "note: 2 fields of 1 submission were corrected (corrections.yaml)\n" in result.err


def test_tally_tells_how_many_fields_of_members_were_corrected(tmp_path: Path) -> None:
    """And not those of submissions, be it with the id of a member."""
    write_csv(tmp_path / "members.csv", [member("m1", country=""), member("m2", organization="A")])
    write_csv(tmp_path / "votes.csv", [vote("v1", "m1", "p1")])
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    (tmp_path / "corrections.yaml").write_text(
        correction("m1", "country", "''", "CHE")
        + correction("m2", "organization", "A", "B")
        + correction("m2", "title", "A", "B")
        + correction("p1", "country", "''", "CHE"),
        "utf-8",
    )
    result = wsisctl(
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--corrections", "corrections.yaml", cwd=tmp_path,
    )  # fmt: skip
    assert "note: 2 fields of 2 members were corrected (corrections.yaml)\n" in result.err


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


def test_in_a_folder_it_is_shown_although_the_records_hold_it_already(folder: Path) -> None:
    path = folder / "decisions" / "corrections.yaml"
    path.write_text(correction("s1", "country", "''", "KEN"), "utf-8")
    for _ in range(2):
        out = wsisctl("validate", "--folder", folder).out
        assert "decisions/corrections.yaml:1: s1 country\n    '' → 'KEN', by A. Person" in out
        assert "1 field of 1 submission was corrected." in out


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
