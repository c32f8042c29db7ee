"""Exports whose columns and values are not ours: what a person writes about them once."""

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from tests.support import Result, member, nominee, submission, vote, write_csv, wsisctl

COLUMNS = {
    "Projekt ID": "submission_id",
    "Eingereicht": "submitted_at",
    "Titel": "title",
    "Typ": "entity_type",
}
PROFILE: dict[str, Any] = {
    "kind": "submissions",
    "columns": {**COLUMNS, "Notiz": None},
    "constants": {"status": "completed"},
    "values": {"entity_type": {"NGO": "civil_society", "Regierung": "government"}},
    "dates": "DD/MM/YYYY",
}


def dump(path: Path, **changes: str) -> Path:
    """Of another system: other names, no status, a column of its own, and a title line."""
    theirs = {name: written for written, name in COLUMNS.items()}
    rows = [
        submission(
            "017", submitted_at="02.01.2021 10:00", entity_type="NGO", title="One", **changes
        ),
        submission("018", submitted_at="12/01/2021 10:00", entity_type="academia", title="Two"),
    ]
    for row in rows:
        del row["status"]
    named = [{theirs.get(name, name): cell for name, cell in row.items()} for row in rows]
    write_csv(path, [{**row, "Notiz": "n"} for row in named])
    path.write_text(f"Registry of 2021\n{path.read_text('utf-8')}", "utf-8")
    return path


def profile(path: Path, **changes: Any) -> Path:
    content = {key: value for key, value in {**PROFILE, **changes}.items() if value is not None}
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    wsisctl("init", tmp_path / "prizes", "--contest", "2021")
    return tmp_path / "prizes"


def records(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "records/submissions.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission_id"]: row for row in csv.DictReader(file)}


def imported(folder: Path, *words: str | Path) -> Result:
    return wsisctl("import-submissions", *words, "--folder", folder)


def test_a_profile_makes_their_columns_and_values_ours(folder: Path, tmp_path: Path) -> None:
    result = imported(folder, dump(tmp_path / "r.csv"), "--profile", profile(tmp_path / "p.yaml"))
    assert result.status == 0, result.err
    one, two = records(folder)["017"], records(folder)["018"]
    assert (one["title"], one["entity_type"], one["status"]) == (
        "One",
        "civil_society",
        "completed",
    )
    assert (two["entity_type"], one["Notiz"]) == ("academia", "n")
    assert one["submitted_at"] == "2021-01-02T10:00:00"
    assert two["submitted_at"] == "2021-01-12T10:00:00"


def test_a_stage_takes_it_for_bare_files(tmp_path: Path) -> None:
    dump(tmp_path / "r.csv")
    profile(tmp_path / "p.yaml")
    words = ("validate", "r.csv", "--contest", "2021", "--format", "json")
    result = wsisctl(*words, "--profile", "p.yaml", cwd=tmp_path)
    assert json.loads(result.out)["eligible"] == ["017", "018"], result.err
    assert "the file has Projekt ID" in wsisctl(*words, cwd=tmp_path).err


def test_a_profile_of_what_is_not_there_is_refused(folder: Path, tmp_path: Path) -> None:
    """It would be passed over in silence."""
    write_csv(tmp_path / "s.csv", [submission("s1")])
    (tmp_path / "m.yaml").write_text("kind: members\n", "utf-8")
    assert imported(folder, tmp_path / "s.csv").status == 0
    for words in (("validate", "s.csv", "--contest", "2021"), ("validate", "--folder", folder)):
        result = wsisctl(*words, "--profile", "m.yaml", cwd=tmp_path)
        assert result.status == 3
        assert "m.yaml: this profile is for members, and no such file is named" in result.err


def test_each_input_of_a_stage_may_have_its_own(tmp_path: Path) -> None:
    votes = [{"Nr": row.pop("vote_id"), **row} for row in [vote("v1", "m1", "s1")]]
    write_csv(tmp_path / "votes.csv", votes)
    write_csv(tmp_path / "members.csv", [member("m1")])
    write_csv(tmp_path / "nominees.csv", [nominee("s1")])
    (tmp_path / "v.yaml").write_text("kind: votes\ncolumns: {Nr: vote_id}\n", "utf-8")
    (tmp_path / "m.yaml").write_text("kind: members\nvalues: {country: {X: KEN}}\n", "utf-8")
    words = (
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--format", "json",
    )  # fmt: skip
    result = wsisctl(*words, "--profile", "v.yaml", "--profile", "m.yaml", cwd=tmp_path)
    assert json.loads(result.out)["votes"]["counted"] == 1, result.err
    twice = wsisctl(*words, "--profile", "v.yaml", "--profile", "v.yaml", cwd=tmp_path)
    assert (twice.status, "speaks of votes too" in twice.err) == (3, True)


def test_it_is_kept_with_the_exports_and_records_follow_from_it(
    folder: Path, tmp_path: Path
) -> None:
    imported(folder, dump(tmp_path / "r.csv"), "--profile", profile(tmp_path / "p.yaml"))
    kept = folder / "exports/profiles/p.yaml"
    assert kept.read_bytes() == (tmp_path / "p.yaml").read_bytes()
    (entry,) = yaml.safe_load((folder / "exports/imports.yaml").read_text("utf-8"))
    assert entry["read_as"] == {"header_row": 2, "profile": "exports/profiles/p.yaml"}
    (folder / "records/submissions.csv").unlink()
    wsisctl("validate", "--folder", folder)
    assert records(folder)["017"]["status"] == "completed"
    profile(kept, constants={"status": "phase_completed"})
    wsisctl("validate", "--folder", folder)
    assert records(folder)["017"]["status"] == "phase_completed"
    profile(kept, constants={"staus": "completed"})
    told = wsisctl("validate", "--folder", folder).err
    assert "exports/profiles/p.yaml:9:3: 'staus' is no field of submissions" in told


def test_the_next_export_takes_it_from_the_folder(folder: Path, tmp_path: Path) -> None:
    imported(folder, dump(tmp_path / "r.csv"), "--profile", profile(tmp_path / "p.yaml"))
    newer = dump(tmp_path / "r2.csv", country="UGA")
    result = imported(folder, newer, "--profile", folder / "exports/profiles/p.yaml")
    assert "017: country: 'KEN' → 'UGA'" in result.out, result.err


def test_another_profile_of_its_name_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    imported(folder, dump(tmp_path / "r.csv"), "--profile", profile(tmp_path / "p.yaml"))
    other = profile(tmp_path / "p.yaml", dates=None)
    result = imported(folder, dump(tmp_path / "r2.csv", country="UGA"), "--profile", other)
    assert result.status == 4
    assert "exports/profiles/p.yaml: another profile is there under this name" in result.err


def test_a_dry_run_keeps_nothing(folder: Path, tmp_path: Path) -> None:
    words = (dump(tmp_path / "r.csv"), "--profile", profile(tmp_path / "p.yaml"), "--dry-run")
    assert imported(folder, *words).status == 0
    assert not (folder / "exports/profiles").exists()


def test_a_profile_that_is_gone_is_missed(folder: Path, tmp_path: Path) -> None:
    imported(folder, dump(tmp_path / "r.csv"), "--profile", profile(tmp_path / "p.yaml"))
    (folder / "exports/profiles/p.yaml").unlink()
    result = wsisctl("validate", "--folder", folder)
    assert (result.status, "exports/profiles/p.yaml: cannot be read" in result.err) == (3, True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "members"}, "this profile is for members, not for submissions"),
        ({"kind": "people"}, "p.yaml:1:7: "),
        ({"columns": {**COLUMNS, "Nr": "sdgs"}}, "speaks of columns that are not there: Nr"),
        ({"columns": {**COLUMNS, "Notiz": "title"}}, "'title' is 'Titel' already"),
        ({"constants": {"title": "x"}}, "'title' is the column 'Titel' already"),
        ({"constants": {"country": "KEN"}}, "has a constant for country, which is a column here"),
        ({"zone": "Mars/Olympus"}, "'Mars/Olympus' is no IANA time zone"),
        ({"dates": "tomorrow"}, "p.yaml:"),
        ({"colums": {}}, "unknown key 'colums'; did you mean 'columns'?"),
        (
            {"columns": {**COLUMNS, "Notiz": "coment"}},
            "p.yaml:7:10: 'coment' is no field of submissions",
        ),
        (
            {"columns": {**COLUMNS, "Notiz": "sdg_linkage"}},
            "p.yaml:7:10: 'sdg_linkage' is no field of submissions; did you mean 'sdg_linkages'?",
        ),
        (
            {"constants": {"staus": "completed"}},
            "p.yaml:9:3: 'staus' is no field of submissions; did you mean 'status'?",
        ),
        ({"constants": {"recused": "no"}}, "'recused' is no field of submissions"),
        (
            {"values": {"entitytype": {"NGO": "civil_society"}}},
            "p.yaml:11:3: 'entitytype' is no field of submissions; did you mean 'entity_type'?",
        ),
        (
            {"values": {"entity_type": {"NGO": "civil"}}},
            "p.yaml:12:10: 'civil' is no entity_type; did you mean 'civil_society'?",
        ),
        (
            {"values": {"category": {"Health": "C7"}}},
            "'C7' is no category; did you mean one of: C7",
        ),
        ({"constants": {"status": "done"}}, "p.yaml:9:11: 'done' is no status; expected one of: "),
        ({"constants": {"status": "x"}, "values": {"nr": {}}}, "p.yaml:11:3: 'nr' is no field"),
    ],
)
def test_a_profile_that_does_not_fit_is_refused(
    changes: dict[str, Any], says: str, folder: Path, tmp_path: Path
) -> None:
    written = profile(tmp_path / "p.yaml", **changes)
    result = imported(folder, dump(tmp_path / "r.csv"), "--profile", written)
    assert (result.status, result.out) == (3, "")
    assert says in result.err
    assert "exports/profiles" not in result.err, "it is not there"
    assert "help: " in result.err
    assert not (folder / "exports/imports.yaml").exists()
    assert not (folder / "exports/profiles").exists()


def test_values_of_what_keeps_its_name_and_values_taken_away_fit(
    folder: Path, tmp_path: Path
) -> None:
    """An alias of a category is as good as its id, and nothing may be meant by a word."""
    path = dump(tmp_path / "r.csv", category="Media", submitter_organization="n/a")
    values = {
        "Notiz": {"n": "noted"},
        "category": {"Media": "AL C9. Media"},
        "submitter_organization": {"n/a": ""},
        "entity_type": {"NGO": "civil_society"},
    }
    result = imported(folder, path, "--profile", profile(tmp_path / "p.yaml", values=values))
    assert result.status == 0, result.err
    one = records(folder)["017"]
    found = (one["Notiz"], one["category"], one["submitter_organization"])
    assert found == ("noted", "AL C9. Media", "")


def test_the_profile_of_votes_and_sheets_is_looked_at_too(folder: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "v.csv", [vote("v1", "m1", "s1")])
    (tmp_path / "v.yaml").write_text("kind: votes\ncolumns: {vote_id: voteid}\n", "utf-8")
    write_csv(tmp_path / "s.csv", [{"panelist": "ana", "submission_id": "s1"}])
    (tmp_path / "s.yaml").write_text("kind: scores-selection\nconstants: {scal: 1}\n", "utf-8")
    write_csv(tmp_path / "members.csv", [member("m1")])
    write_csv(tmp_path / "nominees.csv", [nominee("s1")])
    people = ("--members", "members.csv", "--nominees", "nominees.csv")
    for words, says in (
        (("import-votes", "v.csv", "--folder", folder, "--profile", "v.yaml"), "'voteid'"),
        (("tally", "--contest", "2021", "--votes", "v.csv", "--profile", "v.yaml", *people), "'voteid'"),
        (("import-scores", "s.csv", "--folder", folder, "--profile", "s.yaml"), "'scal'"),
    ):  # fmt: skip
        result = wsisctl(*words, cwd=tmp_path)
        assert (result.status, f"{says} is no field of" in result.err) == (3, True), result.err


def test_parquet_has_no_profile(folder: Path, tmp_path: Path) -> None:
    """Its rows never pass where a profile is applied."""
    columns = ", ".join(f"'x' as {name}" for name in vote("v1", "m1", "s1"))
    duckdb.sql(f"copy (select {columns}) to '{tmp_path}/v.parquet'")
    (tmp_path / "v.yaml").write_text("kind: votes\nvalues: {category: {x: C1}}\n", "utf-8")
    words = ("import-votes", "v.parquet", "--profile", "v.yaml", "--folder", folder)
    result = wsisctl(*words, cwd=tmp_path)
    assert result.status == 3
    assert "v.parquet: v.yaml cannot say what is in a Parquet file" in result.err
    result = wsisctl(*words[:2], "--make-profile", "d.yaml", *words[4:], cwd=tmp_path)
    assert result.status == 3
    assert "v.parquet: a profile cannot say what is in a Parquet file" in result.err
    assert not (tmp_path / "d.yaml").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefgh")),
            "unfolds into too many values",
        ),
        ("kind: " + "[" * 60 + "]" * 60, "nested too deeply"),
    ],
)
def test_a_profile_that_unfolds_without_end_says_what_to_do(
    text: str, says: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "p.yaml").write_text(text, "utf-8")
    result = imported(folder, dump(tmp_path / "r.csv"), "--profile", tmp_path / "p.yaml")
    assert (result.status, says in result.err) == (3, True)
    assert "help: write it out in fewer values, and without aliases" in result.err


@pytest.mark.parametrize(
    ("zone", "written", "becomes"),
    [
        ("Asia/Tokyo", "2021-01-20 10:00", "2021-01-20 10:00+09:00"),
        ("Asia/Tokyo", "2021-01-20T10:00:00Z", "2021-01-20T10:00:00Z"),
        ("America/New_York", "20.01.2021 10:00", "2021-01-20T10:00:00-05:00"),
        ("America/New_York", "2020-11-01 01:30", "2020-11-01 01:30-04:00"),
        ("America/New_York", "2020-03-08 02:30", "2020-03-08 02:30"),
        ("America/New_York", "soon", "soon"),
    ],
)
def test_times_without_an_offset_are_of_its_zone(
    zone: str, written: str, becomes: str, folder: Path, tmp_path: Path
) -> None:
    write_csv(tmp_path / "s.csv", [submission("s1", submitted_at=written)])
    (tmp_path / "p.yaml").write_text(f"kind: submissions\nzone: {zone}\n", "utf-8")
    result = imported(folder, tmp_path / "s.csv", "--profile", tmp_path / "p.yaml")
    assert records(folder)["s1"]["submitted_at"] == becomes, result.err


# --- Drafts --------------------------------------------------------------------------------------


def drafted(folder: Path, path: Path, *words: str | Path) -> tuple[Result, dict[str, Any], str]:
    target = path.with_suffix(".draft.yaml")
    result = imported(folder, path, "--make-profile", target, *words)
    text = target.read_text("utf-8")
    return result, yaml.safe_load(text), text


def test_a_draft_has_the_best_guesses_and_brings_nothing_in(folder: Path, tmp_path: Path) -> None:
    path = dump(tmp_path / "r.csv")
    text = path.read_text("utf-8").replace("Titel", "Project titel").replace("C1", "Health")
    path.write_text(text, "utf-8")
    result, found, text = drafted(folder, path)
    assert (result.status, result.out) == (0, "")
    assert "look at every line" in result.err
    assert found["columns"]["Project titel"] == "title"
    assert '  "Project titel": title   # ?' in text
    assert found["columns"]["country"] == "country"
    assert found["columns"]["Notiz"] is None
    assert found["values"]["category"] == {"Health": "C7-e-health"}
    assert "#  status" in text
    assert not (folder / "exports/imports.yaml").exists()


@pytest.mark.parametrize(
    ("ours", "theirs", "cells", "guess"),
    [
        ("submitted_at", "Eingang", ("2021-01-20 10:00", "2021-01-21"), "? its cells are times"),
        ("submitted_at", "Eingang", ("20.01.2021 10:00", "21 January 2021"), "? its cells are times"),
        ("submitted_at", "Eingang", ("44221", "44222"), ""),
        ("coordinator_email", "E-mail", ("a", "b"), "?"),
        ("coordinator_email", "Kontakt", ("a@example.org", "b@example.org"), "? its cells are e-mail addresses"),
        ("coordinator_email", "Kontakt", ("a@example.org", "none"), ""),
        ("category", "Kat.", ("C1", "AL C9. Media"), "? its cells are categories"),
        ("category", "Kat.", ("1", "9"), ""),  # any column of small numbers
        ("country", "Staat", ("KEN", "Kenya"), "? its cells are countries"),
        ("country", "Staat", ("north", "KEN"), ""),
        ("entity_type", "Art", ("Civil society", "civil-society"), "? its cells are types of entities"),
        ("status", "Stand", ("Completed", "ongoing"), "? its cells are states of the work"),
        ("sdgs", "Ziele", ("4;9", "SDG 4, SDG 17"), "? its cells are SDGs"),
        ("sdgs", "Ziele", ("4;18", "1"), ""),
        ("submission_id", "Projekt ID", ("1", "2"), "?"),
        ("impact", "Nr", ("1", "2"), ""),
    ],
)  # fmt: skip
def test_a_column_is_guessed_by_its_name_or_its_cells(
    ours: str, theirs: str, cells: tuple[str, str], guess: str, folder: Path, tmp_path: Path
) -> None:
    rows = [{**submission("s1"), ours: cells[0]}, {**submission("s2"), ours: cells[1]}]
    named = [{theirs if name == ours else name: cell for name, cell in row.items()} for row in rows]
    _, found, text = drafted(folder, write_csv(tmp_path / "s.csv", named))
    assert found["columns"][theirs] == (ours if guess else None)
    assert f'"{theirs}": {ours}   # {guess}\n' in text if guess else f'"{theirs}":\n' in text


def test_of_two_columns_that_hold_the_same_a_person_chooses(folder: Path, tmp_path: Path) -> None:
    row = submission("s1")
    at = row.pop("submitted_at")
    path = write_csv(tmp_path / "s.csv", [{**row, "Created": at, "Changed": at}])
    _, found, text = drafted(folder, path)
    assert (found["columns"]["Created"], found["columns"]["Changed"]) == (None, None)
    assert '"Created":   # ? its cells are times, as those of submitted_at' in text


def test_a_draft_proposes_what_values_mean(folder: Path, tmp_path: Path) -> None:
    row = submission("s1", country="Kenia", entity_type="Civil Society", status="complete")
    _, found, _ = drafted(folder, write_csv(tmp_path / "s.csv", [row]))
    assert found["values"] == {
        "country": {"Kenia": "KEN"},
        "entity_type": {"Civil Society": "civil_society"},
        "status": {"complete": "completed"},
    }


def test_what_a_file_shows_of_its_dates_is_in_the_draft(folder: Path, tmp_path: Path) -> None:
    for name, at, dates in (
        ("a", "25/01/2021 10:00", "DD/MM/YYYY"),
        ("b", "01/25/2021 10:00", "MM/DD/YYYY"),
        ("c", "01/02/2021 10:00", None),
    ):
        path = write_csv(tmp_path / f"{name}.csv", [submission("s1", submitted_at=at)])
        _, found, text = drafted(folder, path)
        assert found.get("dates") == dates
        assert ("#dates:" in text) == (dates is None)


def test_a_finished_draft_is_a_profile(folder: Path, tmp_path: Path) -> None:
    path = dump(tmp_path / "r.csv")
    _, found, _ = drafted(folder, path)
    found["columns"] |= COLUMNS
    found["constants"] = {"status": "completed"}
    found["values"] = {"entity_type": {"NGO": "civil_society"}}
    found["dates"] = "DD.MM.YYYY"
    written = profile(tmp_path / "p.yaml", **found)
    assert imported(folder, path, "--profile", written).status == 0
    assert records(folder)["017"]["submitted_at"] == "2021-01-02T10:00:00"


def test_a_draft_overwrites_nothing(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.yaml"
    target.write_text("mine", "utf-8")
    result = imported(folder, dump(tmp_path / "r.csv"), "--make-profile", target)
    assert (result.status, target.read_text("utf-8")) == (4, "mine")


def test_names_that_are_no_plain_yaml_stay_what_they_are(folder: Path, tmp_path: Path) -> None:
    row = {**submission("s1"), 'a: "b" #c': "x", "- no": "y", "on": "z"}
    _, found, _ = drafted(folder, write_csv(tmp_path / "s.csv", [row]))
    assert {'a: "b" #c', "- no", "on"} <= found["columns"].keys()
