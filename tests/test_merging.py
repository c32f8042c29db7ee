"""Exports that come one after the other: what changed is told, what is missing stays, nothing is lost."""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.support import (
    SELECTION,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from tests.test_folder import contents
from tests.test_imports import counts, folder, imported, record_rows
from wsisctl.commands.shell import open_folder
from wsisctl.errors import BrokenCount, UnusableInput
from wsisctl.findings import Source
from wsisctl.folder.layout import ContestFolder
from wsisctl.folder.ledger import contradicts, intact_exports, read_ledger, unusual, written_ledger
from wsisctl.readers.dialect import ReadAs
from wsisctl.readers.files import InputFile, ignore_progress
from wsisctl.records.arrivals import Arrived
from wsisctl.records.kinds import MEMBERS
from wsisctl.records.merged import merged
from wsisctl.records.record import Batch, Record
from wsisctl.stages.imports import run_import

__all__ = ["folder"]

LEDGER = "exports/imports.yaml"


def entries(folder: Path) -> Any:
    return yaml.safe_load((folder / LEDGER).read_text("utf-8"))


def write_entries(folder: Path, data: Any) -> None:
    (folder / LEDGER).write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")


def correct(folder: Path, record: str, field: str, before: str, after: str) -> None:
    entry = {
        "record": record, "field": field, "from": before, "to": after,
        "by": "A. Person", "on": "2021-02-03", "reason": "a letter",
    }  # fmt: skip
    (folder / "decisions" / "corrections.yaml").write_text(yaml.safe_dump([entry]), "utf-8")


def bring(folder: Path, tmp_path: Path, name: str, *members: dict[str, str]) -> Any:
    return imported(folder, "import-members", write_csv(tmp_path / name, members))


# --- A newer export ------------------------------------------------------------------------------


def test_the_record_of_the_later_import_holds_and_says_where_it_stands(
    folder: Path, tmp_path: Path
) -> None:
    """Whatever the names of the files: the list of imports decides."""
    bring(folder, tmp_path, "z.csv", member("m1"), member("m2"))
    told = bring(folder, tmp_path, "a.csv", member("m1"), member("m2", country="KEN"), member("m3"))
    assert counts(told["imported"][0]) == (3, 2, 1, 0)
    assert told["imported"][0]["rows"]["changed"] == 1
    assert told["changed"] == [
        {
            "member_id": "m2",
            "fields": [{"field": "country", "from": "CHE", "to": "KEN"}],
            "source": {"file": "exports/members/a.csv", "row": 3},
            "instead_of": {"file": "exports/members/z.csv", "row": 3},
        }
    ]
    assert told["missing"] == []
    found = {row["member_id"]: row for row in record_rows(folder, "members.csv")}
    assert list(found) == ["m1", "m2", "m3"]
    assert (found["m2"]["country"], found["m2"]["source_file"]) == ("KEN", "exports/members/a.csv")


def test_a_third_export_is_compared_with_what_holds_by_then(folder: Path, tmp_path: Path) -> None:
    for number, country in enumerate(("CHE", "KEN", "CHE")):
        further = member(f"n{number}")
        told = bring(folder, tmp_path, f"{number}.csv", member("m1", country=country), further)
    assert told["changed"][0]["fields"] == [{"field": "country", "from": "KEN", "to": "CHE"}]
    row = {row["member_id"]: row for row in record_rows(folder, "members.csv")}["m1"]
    assert (row["country"], row["source_file"], row["source_repeats"]) == (
        "CHE", "exports/members/2.csv", "0",
    )  # fmt: skip


def test_score_sheets_are_known_by_panelist_and_submission(folder: Path, tmp_path: Path) -> None:
    first = [sheet("ana", "s1", 4, SELECTION), sheet("bela", "s1", 2, SELECTION)]
    imported(folder, "import-scores", write_csv(tmp_path / "a.csv", first))
    second = [sheet("ana", "s1", [4, 5, 4], SELECTION)]
    told = imported(folder, "import-scores", write_csv(tmp_path / "b.csv", second))
    (changed,) = told["changed"]
    assert (changed["panelist"], changed["submission_id"]) == ("ana", "s1")
    assert changed["fields"] == [{"field": "impact", "from": "4", "to": "5"}]
    assert [item["panelist"] for item in told["missing"]] == ["bela"], "one of two is half"


def test_past_winners_have_no_id_and_are_only_added(folder: Path, tmp_path: Path) -> None:
    first = [{"title": "A", "year": "2019"}, {"title": "B", "year": "2019"}]
    imported(folder, "import-past-winners", write_csv(tmp_path / "a.csv", first))
    second = [{"title": "A", "year": "2019"}, {"title": "B", "year": "2020"}]
    told = imported(folder, "import-past-winners", write_csv(tmp_path / "b.csv", second))
    assert counts(told["imported"][0]) == (2, 1, 1, 0)
    assert (told["changed"], told["missing"]) == ([], [])
    assert len(record_rows(folder, "past-winners.csv")) == 3


def test_votes_never_change(folder: Path, tmp_path: Path) -> None:
    imported(folder, "import-votes", write_csv(tmp_path / "a.csv", [vote("v1", "m1", "p1")]))
    before = contents(folder)
    more = write_csv(tmp_path / "b.csv", [vote("v1", "m1", "p2")])
    assert wsisctl("import-votes", more, "--folder", folder).status == 3
    assert contents(folder) == before


def test_a_column_that_the_newer_export_has_not_keeps_what_stood_there(
    folder: Path, tmp_path: Path
) -> None:
    bring(folder, tmp_path, "a.csv", {**member("m1"), "phone": "0041 22"})
    newer = write_csv(tmp_path / "b.csv", [member("m1", country="KEN")])
    result = wsisctl("import-members", newer, "--folder", folder)
    assert "what stands in columns that the new export has not is kept: phone" in result.err
    (row,) = record_rows(folder, "members.csv")
    assert (row["country"], row["phone"]) == ("KEN", "0041 22")


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("2021-01-25T23:00:00+01:00", "2021-01-25T23:00:00", 0),
        ("2021-01-25T23:00:00+01:00", "2021-01-25 22:00Z", 0),
        ("2021-01-25T23:00:00", "2021-01-25T23:00:00.00", 0),
        ("2021-01-25T23:00:00+01:00", "2021-01-25T23:00:00Z", 1),
        ("2021-01-25T23:00:00", "2021-01-25T23:00:01", 1),
        ("2021-01-25T23:00:00", "2021-01-25T23:00:00.01", 1),
        ("never", "Never", 1),
        ("2021-03-28T02:30:00", "2021-03-28T02:31:00", 1),
    ],
)
def test_a_time_written_otherwise_is_no_change_where_it_is_the_same_instant(
    before: str, after: str, changes: int, folder: Path, tmp_path: Path
) -> None:
    """As where a workbook, which has no offsets, comes after a CSV; the record stays as it was."""
    for name, time in (("a", before), ("b", after)):
        path = write_csv(tmp_path / f"{name}.csv", [submission("p1", submitted_at=time)])
        result = wsisctl("import-submissions", path, "--folder", folder, "--format", "json")
        assert result.status == 0, result.err
    document = json.loads(result.out)
    assert len(document["changed"]) == changes
    assert document["imported"][0]["rows"]["repeated"] == 1 - changes
    (record,) = record_rows(folder, "submissions.csv")
    assert record["submitted_at"] == (after if changes else before)


def test_beside_another_change_the_same_instant_stays_as_it_was(
    folder: Path, tmp_path: Path
) -> None:
    first = submission("p1", submitted_at="2021-01-25T23:00:00+01:00")
    second = submission("p1", submitted_at="2021-01-25T23:00:00", country="FRA")
    for name, row in (("a", first), ("b", second)):
        path = write_csv(tmp_path / f"{name}.csv", [row])
        result = wsisctl("import-submissions", path, "--folder", folder, "--format", "json")
    (change,) = json.loads(result.out)["changed"]
    assert [item["field"] for item in change["fields"]] == ["country"]
    (record,) = record_rows(folder, "submissions.csv")
    assert record["submitted_at"] == first["submitted_at"]


def test_an_emptied_field_is_a_change(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", {**member("m1"), "phone": "0041 22"})
    told = bring(folder, tmp_path, "b.csv", {**member("m1"), "phone": ""})
    assert told["changed"][0]["fields"] == [{"field": "phone", "from": "0041 22", "to": ""}]
    assert record_rows(folder, "members.csv")[0]["phone"] == ""


def test_in_one_command_and_on_bare_files_nobody_knows_which_is_newer(
    folder: Path, tmp_path: Path
) -> None:
    old = write_csv(tmp_path / "old.csv", [submission("s1")])
    new = write_csv(tmp_path / "new.csv", [submission("s1", title="Renamed")])
    before = contents(folder)
    together = wsisctl("import-submissions", old, new, "--folder", folder)
    bare = wsisctl("validate", old, new, "--contest", "2021")
    for result in (together, bare):
        assert result.status == 3
        assert "old.csv:2" in result.err
        assert "new.csv:2" in result.err
    assert contents(folder) == before
    imported(folder, "import-submissions", old)
    imported(folder, "import-submissions", new)
    assert record_rows(folder, "submissions.csv")[0]["title"] == "Renamed"


def test_files_of_one_command_are_newer_together(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "all.csv", member("m1"), member("m2"), member("m3"), member("m4"))
    parts = [
        write_csv(tmp_path / "part1.csv", [member("m1", country="KEN"), member("m2")]),
        write_csv(tmp_path / "part2.csv", [member("m1", country="KEN"), member("m3")]),
    ]
    told = imported(folder, "import-members", *parts)
    assert [counts(entry) for entry in told["imported"]] == [(2, 1, 1, 0), (2, 0, 2, 0)]
    assert len(told["changed"]) == 1, "the second part repeats what the first one changed"
    assert [item["member_id"] for item in told["missing"]] == ["m4"]


@given(
    st.lists(
        st.lists(
            st.dictionaries(st.integers(0, 6), st.integers(0, 2), max_size=7),
            min_size=1,
            max_size=2,
        ),
        max_size=5,
    )
)
def test_whatever_comes_the_last_word_on_each_id_holds_and_all_rows_are_accounted_for(
    imports: list[list[dict[int, int]]],
) -> None:
    content: dict[str, dict[int, int]] = {}
    expected: dict[str, str] = {}
    brought: list[list[InputFile]] = []
    for number, together in enumerate(imports):
        said: dict[int, int] = {}
        brought.append([])
        for place, export in enumerate(together):
            name = f"{9 - number}{place}"  # the names sort the other way round
            content[name] = {**export, **{i: said[i] for i in export if i in said}}
            said |= content[name]
            expected |= {str(i): str(value) for i, value in content[name].items()}
            brought[-1].append(InputFile(Path(name), name))

    def read(files: Sequence[InputFile]) -> Batch:
        rows = [
            Record({"id": str(i), "value": str(value)}, Source(file.name, row))
            for file in files
            for row, (i, value) in enumerate(content[file.name].items(), 2)
        ]
        return Batch(tuple(rows), ("id", "value"), rows=len(rows))

    pool = merged(brought, ("id",), read)
    found = {record.cells["id"]: record.cells["value"] for record in pool.batch.records}
    assert found == expected
    assert sum(item.new for item in pool.arrived.values()) == len(expected)
    for name, item in pool.arrived.items():
        assert item.read == len(content[name]) == item.accepted + item.repeated
    for record in pool.batch.records:
        row = list(content[record.source.file].items())[record.source.row - 2]
        assert (str(row[0]), str(row[1])) == (record.cells["id"], record.cells["value"])


# --- What is missing -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("again", "missing"),
    [
        (("m1", "m2", "m3", "m4"), []),
        (("m1", "m2", "m3"), ["m4"]),
        (("m1", "m2"), ["m3", "m4"]),  # exactly half
        (("m1",), []),  # fewer: it overlaps, and nothing else is expected in it
        ((), []),
    ],
)
def test_records_are_missing_from_what_looks_cumulative(
    again: tuple[str, ...], missing: list[str], folder: Path, tmp_path: Path
) -> None:
    bring(folder, tmp_path, "a.csv", *(member(f"m{number}") for number in (4, 3, 2, 1)))
    told = bring(folder, tmp_path, "b.csv", member("m9"), *map(member, again))
    assert [item["member_id"] for item in told["missing"]] == missing
    assert {row["member_id"] for row in record_rows(folder, "members.csv")} == {
        "m1", "m2", "m3", "m4", "m9",
    }  # fmt: skip


def test_of_an_odd_number_half_is_more_than_half(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"), member("m2"), member("m3"))
    assert bring(folder, tmp_path, "b.csv", member("m1"), member("m8"))["missing"] == []
    told = bring(folder, tmp_path, "c.csv", member("m1"), member("m2"), member("m9"))
    assert [item["member_id"] for item in told["missing"]] == ["m3", "m8"], "three of four"


def test_the_first_export_misses_nothing(folder: Path, tmp_path: Path) -> None:
    told = bring(folder, tmp_path, "a.csv", member("m1"))
    assert (told["changed"], told["missing"]) == ([], [])


# --- What people are shown -----------------------------------------------------------------------


def test_changes_and_missing_records_are_shown_and_nothing_blocks(
    folder: Path, tmp_path: Path
) -> None:
    old = write_csv(tmp_path / "old.csv", [submission("s1"), submission("s2"), submission("s3")])
    long = submission("s1")["short_description"]
    new = [submission("s1", title="New", short_description=f"{long} More."), submission("s2")]
    imported(folder, "import-submissions", old)
    result = wsisctl("import-submissions", write_csv(tmp_path / "new.csv", new), "--folder", folder)
    assert result.status == 0
    assert "s1: title: 'Project s1' → 'New'" in result.out
    assert "s1: short_description: '…" in result.out
    assert long not in result.out
    assert "More.'" in result.out, "where they differ is shown"
    assert "s3 (exports/submissions/old.csv:4)" in result.out
    assert "1 record changed, in 2 fields." in result.out
    assert "1 record missing from the newer export; nothing was taken out." in result.out
    assert "0 new records" in result.out


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a", "b", "'a' → 'b'"),
        ("a b", "a\nb", "'a b' → 'a b' (only white space differs)"),
        ("x" * 40, "x" * 39 + "y", f"'{'x' * 40}' → '{'x' * 39}y'"),
        ("x" * 41, "x" * 40 + "y", f"'…{'x' * 13}' → '…{'x' * 12}y'"),
        ("", "\x1b[31mred", "'' → '[31mred'"),  # the character that would act is taken out
    ],
)
def test_how_a_change_is_shown(
    before: str, after: str, told: str, folder: Path, tmp_path: Path
) -> None:
    imported(folder, "import-submissions", write_csv(tmp_path / "a.csv", [submission("s1", title=before)]))  # fmt: skip
    newer = write_csv(tmp_path / "b.csv", [submission("s1", title=after)])
    out = wsisctl("import-submissions", newer, "--folder", folder).out
    assert f"s1: title: {told}" in " ".join(out.split())


@pytest.mark.parametrize(("number", "more"), [(50, False), (51, True)])
def test_lists_for_people_are_capped_and_say_so(
    number: int, more: bool, folder: Path, tmp_path: Path
) -> None:
    names = [f"m{item:03}" for item in range(number)]
    stay = [f"n{item:03}" for item in range(number)]
    bring(folder, tmp_path, "a.csv", *map(member, names), *map(member, stay))
    newer = write_csv(tmp_path / "b.csv", [member(name, country="KEN") for name in names])
    plain = wsisctl("import-members", newer, "--folder", folder, "--dry-run").out
    assert ("and 1 change more: --format json or csv shows all" in plain) is more
    assert ("and 1 record more: --format json or csv shows all" in plain) is more
    told = imported(folder, "import-members", newer)
    assert (len(told["changed"]), len(told["missing"])) == (number, number)


def test_csv_has_every_change_whole(folder: Path, tmp_path: Path) -> None:
    imported(folder, "import-submissions", write_csv(tmp_path / "a.csv", [submission("s1"), submission("s2")]))  # fmt: skip
    text = f"=1+1 {submission('s1')['impact']} and more"
    newer = write_csv(tmp_path / "b.csv", [submission("s1", impact=text)])
    out = wsisctl("import-submissions", newer, "--folder", folder, "--format", "csv").out
    header, file, changed, missing = out.splitlines()
    assert header == ("file,new,read,accepted,repeated,rejected,changed,about,record,field,from,to")
    assert file == "exports/submissions/b.csv,yes,1,1,0,0,1,file,,,,"
    before = submission("s1")["impact"]
    expected = f"exports/submissions/b.csv,,,,,,,changed,s1,impact,{before},'{text}"
    assert changed == expected
    assert missing == "exports/submissions/a.csv,,,,,,,missing,s2,,,"


def test_status_counts_each_record_once_and_tells_changes(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"), member("m2"))
    bring(folder, tmp_path, "b.csv", member("m1", country="KEN"), member("m3"))
    result = wsisctl("status", "--folder", folder, "--format", "json")
    (members,) = (item for item in json.loads(result.out)["exports"] if item["kind"] == "members")
    assert (members["records"], members["changed"], members["state"]) == (3, 1, "current")
    told = wsisctl("status", "--folder", folder).out
    assert "members: a newer export changed 1 record" in told


# --- The list of imports -------------------------------------------------------------------------


def test_files_of_one_command_have_one_number(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"))
    files = [write_csv(tmp_path / f"{name}.csv", [vote(name, "m1", "p1")]) for name in "bc"]
    imported(folder, "import-votes", *files)
    assert [(item["received_as"], item["import"]) for item in entries(folder)] == [
        ("a.csv", 1), ("b.csv", 2), ("c.csv", 2),
    ]  # fmt: skip


def test_the_order_of_the_list_decides_and_a_change_of_it_is_noticed(
    folder: Path, tmp_path: Path
) -> None:
    imported(folder, "import-submissions", write_csv(tmp_path / "a.csv", [submission("s1")]))
    newer = write_csv(tmp_path / "b.csv", [submission("s1", title="Renamed")])
    imported(folder, "import-submissions", newer)
    wsisctl("validate", "--folder", folder)
    first, second = entries(folder)
    write_entries(folder, [{**second, "import": 1}, {**first, "import": 2}])
    standing = json.loads(wsisctl("status", "--folder", folder, "--format", "json").out)
    assert standing["exports"][0]["state"] == "out of date"
    assert standing["stages"][0]["changed"] == [LEDGER]
    assert wsisctl("validate", "--folder", folder).status == 0
    assert record_rows(folder, "submissions.csv")[0]["title"] == "Project s1"


def test_what_came_later_stands_below(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"))
    bring(folder, tmp_path, "b.csv", member("m2"))
    write_entries(folder, entries(folder)[::-1])
    result = wsisctl("status", "--folder", folder)
    assert result.status == 3
    assert "import 1 stands below import 2" in result.err


def test_a_list_without_numbers_is_read_as_before(folder: Path, tmp_path: Path) -> None:
    """Such files came when nothing in them could contradict each other; all of them are older."""
    bring(folder, tmp_path, "a.csv", member("m1"), member("m2"))
    bring(folder, tmp_path, "b.csv", member("m2"), member("m3"))
    bare = [{key: item[key] for key in item if key != "import"} for item in entries(folder)]
    write_entries(folder, bare)
    manifest = json.loads((folder / "records" / "manifest.json").read_text("utf-8"))
    del manifest["stages"]["members"]["imports"]
    (folder / "records" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    told = wsisctl("status", "--folder", folder, "--format", "json").out
    states = {item["kind"]: item["state"] for item in json.loads(told)["exports"]}
    assert states["members"] == "current", "the records of such a folder stay as they are"
    told = bring(folder, tmp_path, "c.csv", member("m1", country="KEN"))
    assert len(told["changed"]) == 1
    assert [item.get("import") for item in entries(folder)] == [None, None, 1]


def test_how_a_file_was_read_is_kept_and_used_again(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"))
    (entry,) = entries(folder)
    assert "read_as" not in entry, "what is usual is not said"
    write_entries(folder, [{**entry, "read_as": {"delimiter": ";", "header_row": 3}}])
    here = ContestFolder(folder)
    ledger = read_ledger(here)
    assert intact_exports(here, ledger)[0].read_as == ReadAs(delimiter=";", header_row=3)
    (folder / LEDGER).write_bytes(written_ledger(ledger))
    assert read_ledger(here) == ledger


# --- What the list keeps of an import -------------------------------------------------------------


def test_the_list_keeps_what_the_import_found(folder: Path, tmp_path: Path) -> None:
    """As it was then: what comes later changes nothing in it."""
    bring(folder, tmp_path, "a.csv", member("m1"), member("m1"), member("m2"))
    rows = [member("m1", country="KEN"), member("m3")]
    named = ";".join(rows[0])
    text = "\r\n".join([named, *(";".join(row.values()) for row in rows), "Total;2" + ";" * 4, ""])
    (tmp_path / "b.csv").write_bytes(text.encode("utf-16"))
    imported(folder, "import-members", tmp_path / "b.csv")
    imported(folder, "import-votes", write_csv(tmp_path / "v.csv", [vote("v1", "m1", "s1")]))
    first, second, votes = entries(folder)
    usual = {"format": "csv", "encoding": "utf-8", "delimiter": ",", "header_row": 1}
    assert first["dialect"] == votes["dialect"] == usual
    assert second["dialect"] == {**usual, "encoding": "utf-16", "delimiter": ";"}
    assert first["rows"] == {"read": 3, "accepted": 2, "repeated": 1, "rejected": 0}
    assert second["rows"] == {"read": 3, "accepted": 2, "repeated": 0, "rejected": 1}
    assert votes["rows"] == {"read": 1, "accepted": 1, "repeated": 0, "rejected": 0}


def test_nothing_follows_from_what_the_list_tells_people(folder: Path, tmp_path: Path) -> None:
    imported(folder, "import-submissions", write_csv(tmp_path / "a.csv", [submission("s1")]))
    before = contents(folder)
    told = ("dialect", "rows")
    bare = [{key: value for key, value in item.items() if key not in told} for item in entries(folder)]  # fmt: skip
    write_entries(folder, bare)
    standing = wsisctl("status", "--folder", folder, "--format", "json")
    assert json.loads(standing.out)["exports"][0]["state"] == "current"
    (folder / "records" / "submissions.csv").unlink()
    wsisctl("validate", "--folder", folder)
    after = contents(folder)
    assert after["records/submissions.csv"] == before["records/submissions.csv"]
    assert after["records/manifest.json"] == before["records/manifest.json"]


def test_rows_that_do_not_add_up_are_refused(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"))
    (entry,) = entries(folder)
    write_entries(folder, [{**entry, "rows": {**entry["rows"], "repeated": 1}}])
    result = wsisctl("status", "--folder", folder)
    assert result.status == 3
    assert "do not add up; expected read = accepted + repeated + rejected" in result.err


@pytest.mark.parametrize("became", [(1, 0, 0), (2, 1, 0), (3, -1, 0)])
def test_a_row_that_is_lost_stops_the_import(became: tuple[int, int, int]) -> None:
    assert Arrived(2, 1, 1).account["read"] == 2
    with pytest.raises(BrokenCount, match="do not add up"):
        Arrived(2, *became)


@pytest.mark.parametrize("wrong", [{}, {"header_row": 0}, {"encoding": ""}, {"colour": "red"}])
def test_nonsense_about_reading_is_refused(wrong: Any, folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"))
    write_entries(folder, [{**entries(folder)[0], "read_as": wrong}])
    result = wsisctl("status", "--folder", folder)
    assert result.status == 3
    assert f"{LEDGER}:" in result.err


def test_only_the_unusual_is_written_down() -> None:
    assert unusual(ReadAs("utf-8", ",", "", 1)) == ReadAs()
    assert unusual(ReadAs("cp1252", ";", "S", 2)) == ReadAs("cp1252", ";", "S", 2)


@pytest.mark.parametrize(
    ("said", "kept", "contradiction"),
    [
        (ReadAs(), ReadAs(delimiter=";"), False),
        (ReadAs(delimiter=";"), ReadAs(delimiter=";", encoding="cp1252"), False),
        (ReadAs(encoding="utf-8"), ReadAs(), False),
        (ReadAs(encoding="utf-8"), ReadAs(encoding="cp1252"), True),
        (ReadAs(header_row=2), ReadAs(), True),
    ],
)
def test_what_is_said_of_an_export_that_is_there(
    said: ReadAs, kept: ReadAs, contradiction: bool
) -> None:
    assert contradicts(said, kept) is contradiction


def test_a_file_that_is_there_is_not_read_otherwise_in_passing(
    folder: Path, tmp_path: Path
) -> None:
    export = write_csv(tmp_path / "a.csv", [member("m1")])
    here, contest = open_folder(folder)

    def bring_in(encoding: str) -> None:
        read_as = ReadAs(encoding=encoding)
        run_import(here, contest, MEMBERS, [export], ignore_progress, read_as=read_as)

    bring_in("cp1252")
    assert entries(folder)[0]["read_as"] == {"encoding": "cp1252"}
    before = contents(folder)
    bring_in("cp1252")
    with pytest.raises(UnusableInput, match="were read otherwise"):
        bring_in("utf-8")
    assert contents(folder) == before


# --- Taking back, and making anew ----------------------------------------------------------------


def test_an_export_taken_back_brings_the_older_values_back(folder: Path, tmp_path: Path) -> None:
    imported(folder, "import-submissions", write_csv(tmp_path / "a.csv", [submission("s1"), submission("s2")]))  # fmt: skip
    wsisctl("validate", "--folder", folder)
    before = contents(folder)
    newer = [submission("s1", title="Renamed"), submission("s3")]
    imported(folder, "import-submissions", write_csv(tmp_path / "b.csv", newer))
    wsisctl("validate", "--folder", folder)
    assert contents(folder) != before
    (folder / "exports" / "submissions" / "b.csv").unlink()
    write_entries(folder, entries(folder)[:1])
    assert wsisctl("validate", "--folder", folder).status == 0
    after = contents(folder)
    for state in (before, after):
        state.pop(LEDGER)  # written by this test, without its comment
    assert after == before


def test_records_made_anew_have_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "b.csv", {**member("m2"), "phone": "1"}, member("m1") | {"phone": "2"})
    bring(folder, tmp_path, "a.csv", member("m3"), member("m1", country="KEN"), member("m3"))
    bring(folder, tmp_path, "c.csv", member("m2"), member("m3", email="new@example.org"))
    before = contents(folder / "records")
    for path in (folder / "records").iterdir():
        path.unlink()
    write_csv(tmp_path / "nominees.csv", [nominee("p1")])
    write_csv(tmp_path / "votes.csv", [vote("v1", "m1", "p1")])
    result = wsisctl(
        "tally", "--folder", folder, "--nominees", tmp_path / "nominees.csv",
        "--votes", tmp_path / "votes.csv",
    )  # fmt: skip
    assert result.status == 0, result.err
    assert contents(folder / "records") == before


def test_the_same_bytes_again_do_not_make_an_older_export_the_newest(
    folder: Path, tmp_path: Path
) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"))
    bring(folder, tmp_path, "b.csv", member("m1", country="KEN"))
    before = contents(folder)
    result = wsisctl("import-members", tmp_path / "a.csv", "--folder", folder)
    assert "the same bytes are there as exports/members/a.csv" in result.err
    assert "newer ones came after it and still hold; nothing was done" in result.err
    result = wsisctl("import-members", tmp_path / "b.csv", "--folder", folder)
    assert "the same bytes are there as exports/members/b.csv; nothing was done" in result.err
    assert contents(folder) == before


# --- Corrections ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        ("Yet another", "`from` must be the value that stands there"),
        ("As corrected", "take this correction out"),
    ],
)
def test_a_correction_that_a_newer_export_has_overtaken_stops_the_import(
    title: str, hint: str, folder: Path, tmp_path: Path
) -> None:
    imported(folder, "import-submissions", write_csv(tmp_path / "a.csv", [submission("s1")]))
    correct(folder, "s1", "title", "Project s1", "As corrected")
    newer = write_csv(tmp_path / "b.csv", [submission("s1", title=title), submission("s2")])
    before = contents(folder)
    for dry in ([], ["--dry-run"]):
        result = wsisctl("import-submissions", newer, "--folder", folder, *dry)
        assert result.status == 3
        assert re.search(r"corrections\.yaml:\d+: title of s1", result.err)
        assert f"is '{title}' ({newer}:2)" in result.err
        assert hint in result.err
        assert "nothing was imported" in result.err
        assert contents(folder) == before


def test_a_correction_of_another_field_stays_in_force(folder: Path, tmp_path: Path) -> None:
    imported(folder, "import-submissions", write_csv(tmp_path / "a.csv", [submission("s1")]))
    correct(folder, "s1", "title", "Project s1", "As corrected")
    newer = write_csv(tmp_path / "b.csv", [submission("s1", entity="Another")])
    told = imported(folder, "import-submissions", newer)
    assert [item["field"] for item in told["changed"][0]["fields"]] == ["entity"]
    (row,) = record_rows(folder, "submissions.csv")
    assert (row["title"], row["entity"]) == ("As corrected", "Another")


# --- Only looking --------------------------------------------------------------------------------


def state_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every path with its times and bytes."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            path.stat().st_ctime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(folder.rglob("*"))
    }


RUNS: dict[str, tuple[str, list[dict[str, str]], int]] = {
    "members": ("import-members", [member("m1", country="KEN"), member("m3")], 0),
    "the same bytes": ("import-members", [member("m1"), member("m2")], 0),
    "votes": ("import-votes", [vote("v1", "m1", "p1")], 0),
    "scores": ("import-scores", [sheet("ana", "s1", 3, SELECTION)], 0),
    "past winners": ("import-past-winners", [{"title": "T"}], 0),
    "a missing column": ("import-members", [{"member": "m1"}], 3),
    "a contradiction": ("import-members", [member("m7"), member("m7", country="KEN")], 3),
    "submissions": ("import-submissions", [submission("s1")], 0),
}


@pytest.mark.parametrize("case", RUNS)
def test_a_dry_run_shows_all_and_writes_nothing(case: str, folder: Path, tmp_path: Path) -> None:
    command, rows, status = RUNS[case]
    bring(folder, tmp_path, "old.csv", member("m1"), member("m2"))
    left = folder / "exports" / ".wsisctl-left-by-another"
    left.mkdir()
    before = state_of(folder)
    export = write_csv(tmp_path / "new.csv", rows)
    dry = wsisctl(command, export, "--folder", folder, "--dry-run", "--format", "json")
    assert dry.status == status
    assert state_of(folder) == before
    real = wsisctl(command, export, "--folder", folder, "--format", "json")
    assert real.status == status
    if status:
        assert dry.err == real.err
        return
    assert "note: --dry-run: nothing was written" in dry.err
    shown, done = json.loads(dry.out), json.loads(real.out)
    assert (shown.pop("dry_run"), done.pop("dry_run")) == (True, False)
    assert shown == done


def test_a_dry_run_says_so_where_hints_are_silent(folder: Path, tmp_path: Path) -> None:
    export = write_csv(tmp_path / "a.csv", [member("m1")])
    result = wsisctl("import-members", export, "--folder", folder, "--dry-run", "--quiet")
    assert result.err == ""
    assert "Nothing was written (--dry-run)." in result.out


def test_a_dry_run_does_not_bring_a_lost_export_back(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"))
    (folder / "exports" / "members" / "a.csv").unlink()
    before = state_of(folder)
    result = wsisctl("import-members", tmp_path / "a.csv", "--folder", folder, "--dry-run")
    assert result.status == 0
    assert "was lost, and would be there again" in result.err
    assert state_of(folder) == before


def test_a_lost_export_and_a_new_one_come_together(folder: Path, tmp_path: Path) -> None:
    bring(folder, tmp_path, "a.csv", member("m1"))
    (folder / "exports" / "members" / "a.csv").unlink()
    bad = write_csv(tmp_path / "bad.csv", [{"member": "m2"}])
    before = contents(folder)
    assert wsisctl("import-members", tmp_path / "a.csv", bad, "--folder", folder).status == 3
    assert contents(folder) == before
    good = write_csv(tmp_path / "good.csv", [member("m2")])
    told = imported(folder, "import-members", tmp_path / "a.csv", good)
    assert [item["new"] for item in told["imported"]] == [False, True]
    assert len(record_rows(folder, "members.csv")) == 2


def test_a_dry_run_refuses_what_the_import_would(folder: Path, tmp_path: Path) -> None:
    """Records that somebody edited."""
    bring(folder, tmp_path, "a.csv", member("m1"))
    record = folder / "records" / "members.csv"
    record.write_text(record.read_text("utf-8").replace("CHE", "KEN"), "utf-8")
    before = state_of(folder)
    more = write_csv(tmp_path / "b.csv", [member("m2")])
    for dry in (["--dry-run"], []):
        assert wsisctl("import-members", more, "--folder", folder, *dry).status == 4
        assert state_of(folder).keys() == before.keys()


# --- The wrong file ------------------------------------------------------------------------------

EXPORTS: dict[str, tuple[str, dict[str, str]]] = {
    "submissions": ("import-submissions", submission("s1")),
    "past winners": ("import-past-winners", {"year": "2019", "title": "T", "entity": "E", "country": "KEN"}),
    "sheets of the nomination": ("import-scores", sheet("ana", "s1", 4)),
    "sheets of the selection": ("import-scores", sheet("ana", "s1", 4, SELECTION)),
    "members": ("import-members", member("m1")),
    "votes": ("import-votes", vote("v1", "m1", "p1")),
}  # fmt: skip
COMMANDS = sorted({command for command, _ in EXPORTS.values()})


def written(path: Path, form: str, row: dict[str, str]) -> Path:
    path = path.with_suffix(f".{form}")
    if form == "csv":
        return write_csv(path, [row])
    text = json.dumps(row)
    path.write_text(f"[{text}]" if form == "json" else text, "utf-8")
    return path


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
@pytest.mark.parametrize("given_to", COMMANDS)
@pytest.mark.parametrize("what", EXPORTS)
def test_the_right_command_is_named_for_the_wrong_file(
    what: str, given_to: str, form: str, folder: Path, tmp_path: Path
) -> None:
    right, row = EXPORTS[what]
    export = written(tmp_path / "export", form, row)
    before = contents(folder)
    result = wsisctl(given_to, export, "--folder", folder)
    if given_to == right:
        assert result.status == 0, result.err
        return
    assert result.status == 3
    assert f"did you mean `wsisctl {right}`" in result.err
    assert contents(folder) == before


def test_nothing_of_a_dry_run_is_left_in_the_systems_own_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    monkeypatch.setattr("tempfile.tempdir", os.fspath(drafts))
    export = write_csv(tmp_path / "a.csv", [member("m1")])
    assert wsisctl("import-members", export, "--folder", folder, "--dry-run").status == 0
    assert list(drafts.iterdir()) == []
