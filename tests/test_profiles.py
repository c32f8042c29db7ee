"""Exports whose columns and values are not ours: what a person writes about them once."""

import csv
import json
from pathlib import Path
from typing import Any

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
    ],
)
def test_a_profile_that_does_not_fit_is_refused(
    changes: dict[str, Any], says: str, folder: Path, tmp_path: Path
) -> None:
    written = profile(tmp_path / "p.yaml", **changes)
    result = imported(folder, dump(tmp_path / "r.csv"), "--profile", written)
    assert (result.status, result.out) == (3, "")
    assert says in result.err
    assert not (folder / "exports/imports.yaml").exists()
    assert not (folder / "exports/profiles").exists()


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
    assert "#  submitted_at" in text
    assert not (folder / "exports/imports.yaml").exists()


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
