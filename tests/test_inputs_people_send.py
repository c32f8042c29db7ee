"""What people send that is nearly right: the message says what is wrong, where, and what was meant."""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import (
    NOMINATION,
    SELECTION,
    Result,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from wsisctl.suggest import near_miss
from wsisctl.wording import counted, listed, shortened

Row = Mapping[str, Any]
SIGNED = {"by": "the panel", "on": "2021-02-20", "reason": "after discussion"}
LONGEST = 400
"""A message and its help stay readable on a terminal."""

SUBMISSIONS = [submission("s1"), submission("s2"), submission("s3", category="C2")]
VOTES = [vote("v1", "m1", "s1")]
MEMBERS = [member("m1")]
SHEETS = [sheet("ana", "s1", 4), sheet("ana", "s2", 3), sheet("ana", "s3", 3)]
PANEL = [{"panelist": "ana", "organization": "A"}, {"panelist": "bob", "organization": "B"}]
PAST_WINNERS = [
    {"year": "2019", "category": "C1", "title": "Library", "entity": "E", "country": "KEN"}
]


def renamed(rows: Iterable[Row], **names: str) -> list[Row]:
    return [{names.get(name, name): cell for name, cell in row.items()} for row in rows]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    wsisctl("init", tmp_path / "prizes", "--contest", "2021")
    return tmp_path / "prizes"


def refused(*words: str | Path, cwd: Path) -> str:
    """What a command says that refuses an input."""
    result = wsisctl(*words, cwd=cwd)
    assert (result.status, result.out) == (3, ""), result
    return result.err


def validate(rows: Sequence[Row], cwd: Path) -> str:
    write_csv(cwd / "dump.csv", rows)
    return refused("validate", "dump.csv", "--contest", "2021", cwd=cwd)


def nominate(cwd: Path, sheets: Sequence[Row] = (), **files: Sequence[Row]) -> Result:
    """Run it on the submissions, and what else is given."""
    words = ["nominate", "--contest", "2021"]
    for role, rows in {"submissions": SUBMISSIONS, "scores": sheets, **files}.items():
        if rows:
            write_csv(cwd / f"{role}.csv", rows)
            words += [f"--{role.replace('_', '-')}", f"{role}.csv"]
    return wsisctl(*words, "--format", "json", cwd=cwd)


def notes(result: Result) -> list[str]:
    return [
        line.removeprefix("note: ")
        for line in result.err.splitlines()
        if line.startswith("note: ") and "past winners" not in line
    ]


# --- Missing columns -----------------------------------------------------------------------------


def test_a_few_missing_columns_are_named_each_with_the_one_that_is_meant(tmp_path: Path) -> None:
    error = validate(renamed(SUBMISSIONS, title="TITEL", sdg_linkages="sdg linkage"), tmp_path)
    assert "dump.csv:1: the column 'title' is missing; did you mean 'TITEL'?" in error
    assert "dump.csv:1: the column 'sdg_linkages' is missing; did you mean 'sdg linkage'?" in error


def test_what_is_far_from_a_missing_column_is_not_proposed(tmp_path: Path) -> None:
    error = validate(renamed(SUBMISSIONS, impact="what it changed"), tmp_path)
    assert "dump.csv:1: the column 'impact' is missing\n" in error
    assert "the file has submission_id, submitted_at, title" in error


def test_the_one_that_is_meant_may_be_like_a_label_or_a_part_of_one(tmp_path: Path) -> None:
    names = {"submission_id": "Projekt ID", "coordinator_email": "E-mail", "title": "Project titel"}
    error = validate(renamed(SUBMISSIONS, **names), tmp_path)
    for name, written in names.items():
        assert f"dump.csv:1: the column '{name}' is missing; did you mean '{written}'?" in error


def test_of_two_that_may_be_meant_none_is_proposed(tmp_path: Path) -> None:
    rows = [{**row, "titel": "x"} for row in renamed(SUBMISSIONS, title="tittle")]
    assert "did you mean 'tittle'?" in validate(rows, tmp_path), "which is the likest"
    rows = [{**row, "titl": "x"} for row in renamed(SUBMISSIONS, title="itle")]
    assert "dump.csv:1: the column 'title' is missing\n" in validate(rows, tmp_path)


def test_the_columns_that_there_are_stand_as_the_file_has_them(tmp_path: Path) -> None:
    names = {"submission_id": "Project ID", "submitted_at": "Submitted on", "country": "Land"}
    error = validate(renamed(SUBMISSIONS, **names), tmp_path)
    assert "the file has Project ID, Submitted on, title, category, entity, " in error


def test_many_missing_columns_are_one_error(tmp_path: Path) -> None:
    names = {
        name: f"{name.upper()}X" for name in ("title", "entity", "country", "status", "impact")
    }
    error = validate(renamed(SUBMISSIONS, **names), tmp_path)
    assert error.count("error: ") == 1
    assert "5 columns are missing: title (did you mean 'TITLEX'?), entity (" in error


def test_an_export_with_other_columns_is_refused_in_a_few_lines(tmp_path: Path) -> None:
    names = {
        name: f"{number}. {'What is asked ' * 9}" for number, name in enumerate(SUBMISSIONS[0])
    }
    error = validate(renamed(SUBMISSIONS, **names), tmp_path)
    assert error.count("error: ") == 1
    assert "17 columns are missing: submission_id, submitted_at, title" in error
    assert "and 14 more" in error
    assert max(map(len, error.splitlines())) < LONGEST


# --- Other formats -------------------------------------------------------------------------------

AS_CSV = "title,year\nLibrary,2019\n"
AS_JSON = json.dumps([{"title": "Library"}], indent=2)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("w.csv", AS_JSON, "w.csv: this is JSON; expected CSV"),
        ("w.txt", f"\ufeff\n{AS_JSON}", "w.txt: this is JSON; expected CSV"),
        ("w.csv", '{"title": "Library"}\n', "w.csv: this is JSON; expected CSV"),
        ("w.csv", "[]", "w.csv: this is JSON; expected CSV"),
        ("w.json", AS_CSV, "w.json: this is no JSON; it looks like CSV"),
        ("w.json", '"title","year"\n', "w.json: this is no JSON; it looks like CSV"),
        ("w.jsonl", AS_CSV.replace(",", ";"), "w.jsonl: this is no JSON; it looks like CSV"),
        ("w.XLSX", AS_CSV, "w.XLSX: its name says that this is an Excel workbook"),
        ("w.xls", AS_CSV, "its name says that this is an old Excel workbook"),
        ("w.ods", AS_CSV, "its name says that this is an OpenDocument spreadsheet"),
        ("w.parquet", AS_CSV, "its name says that this is a Parquet file"),
        ("w.zip", AS_CSV, "its name says that this is a ZIP archive"),
        ("w.csv.gz", AS_CSV, "its name says that this is a gzip archive"),
    ],
)
def test_another_format_is_called_by_its_name(
    name: str, content: str, says: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content, "utf-8", newline="")
    error = refused("import-past-winners", name, "--folder", folder, cwd=tmp_path)
    assert says in error
    assert "help: " in error


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("w.csv", "title\nA; B\n"),
        ("w.csv", "title,one; two\nA,B\n"),
        ("w.csv", '"title","[x]"\nA,B\n'),
        ("w.csv", "[x],title\nA,B\n"),
        ("w.txt", AS_CSV),
        ("w.tsv", AS_CSV),
        ("w.json", f"\n {AS_JSON}"),
    ],
)
def test_what_only_looks_a_little_like_another_format_is_read(
    name: str, content: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    result = wsisctl("import-past-winners", tmp_path / name, "--folder", folder)
    assert result.status == 0, result.err


def test_votes_with_semicolons_are_read_and_it_is_said(tmp_path: Path) -> None:
    write_csv(tmp_path / "members.csv", MEMBERS)
    write_csv(tmp_path / "nominees.csv", [nominee("s1")])
    text = write_csv(tmp_path / "votes.csv", VOTES).read_text("utf-8")
    (tmp_path / "votes.csv").write_text(text.replace(",", ";"), "utf-8")
    result = wsisctl(*tally("votes.csv"), "--format", "json", cwd=tmp_path)
    assert "note: votes.csv: read as cells separated by semicolons" in result.err
    assert json.loads(result.out)["votes"]["counted"] == len(VOTES)


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("w.csv", b"title\r\nok\r\nCaf\x81\r\n", "w.csv: line 3: the byte 0x81 at offset 14"),
        ("w.csv", b"title\rok\rCaf\x81\r", "w.csv: line 3: the byte 0x81 at offset 12"),
        ("w.csv", b"\xef\xbb\xbftitle\n\xe9\n", "w.csv: line 2: the byte 0xe9 at offset 9"),
        ("w.json", b'[\n{"title": "\xe9"}]', "w.json: line 2: the byte 0xe9 at offset 13"),
    ],
)
def test_an_undecodable_byte_is_found_by_its_line(
    name: str, content: bytes, place: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    error = refused("import-past-winners", name, "--folder", folder, cwd=tmp_path)
    assert f"{place} is not UTF-8" in error


# --- Another kind of record ----------------------------------------------------------------------


def tally(votes: str, members: str = "members.csv", nominees: str = "nominees.csv") -> list[str]:
    files = ("--votes", votes, "--members", members, "--nominees", nominees)
    return ["tally", "--contest", "2021", *files]


ALL_ROWS: Mapping[str, Sequence[Row]] = {
    "submissions": SUBMISSIONS,
    "past-winners": PAST_WINNERS,
    "scores": SHEETS,
    "selection": [sheet("ana", "s1", 4, SELECTION)],
    "members": MEMBERS,
    "votes": VOTES,
    "nominees": [{**nominee("s1"), "rank": "1", "score": "5.000"}],
    "panel": PANEL,
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A right file of each kind."""
    for name, rows in ALL_ROWS.items():
        write_csv(tmp_path / f"{name}.csv", rows)
    return tmp_path


@pytest.mark.parametrize(
    ("command", "given", "look_like", "meant"),
    [
        ("import-members", "votes", "votes", "`wsisctl import-votes` or --votes"),
        ("import-members", "submissions", "submissions", "`wsisctl import-submissions`"),
        ("import-members", "scores", "score sheets of the nomination", "`wsisctl import-scores`"),
        ("import-submissions", "members", "members", "`wsisctl import-members` or --members"),
        ("import-submissions", "past-winners", "past winners", "`wsisctl import-past-winners`"),
        ("import-submissions", "nominees", "nominees", "--nominees?"),
        ("import-submissions", "panel", "panelists", "--panel?"),
        ("import-past-winners", "submissions", "submissions", "`wsisctl import-submissions`"),
        ("import-past-winners", "nominees", "nominees", "--nominees?"),
        ("import-past-winners", "votes", "votes", "`wsisctl import-votes`"),
    ],
)
def test_a_file_of_another_kind_is_recognized(
    command: str, given: str, look_like: str, meant: str, folder: Path, files: Path
) -> None:
    error = refused(command, f"{given}.csv", "--folder", folder, cwd=files)
    assert f"error: {given}.csv:1: these look like {look_like}, not like " in error
    assert f"; did you mean {meant}" in error
    assert error.count("error: ") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (tally("members.csv"), "members.csv:1: these look like members, not like votes"),
        (tally("votes.csv", members="votes.csv"), "these look like votes, not like members"),
        (tally("votes.csv", nominees="votes.csv"), "these look like votes, not like nominees"),
    ],
)
def test_a_stage_recognizes_it_too(words: Sequence[str], says: str, files: Path) -> None:
    assert says in refused(*words, cwd=files)


@pytest.mark.parametrize(
    ("option", "given", "says"),
    [
        (
            "--scores",
            "selection",
            "score sheets of the selection, not like score sheets of the nom",
        ),
        ("--scores", "members", "members, not like score sheets of the nomination"),
        ("--panel", "scores", "score sheets of the nomination, not like panelists"),
        ("--panel", "members", "members, not like panelists"),
        ("--past-winners", "submissions", "submissions, not like past winners"),
    ],
)
def test_an_option_that_got_another_file(option: str, given: str, says: str, files: Path) -> None:
    words = ("nominate", "--contest", "2021", "--submissions", "submissions.csv")
    error = refused(*words, option, f"{given}.csv", cwd=files)
    assert f"{given}.csv:1: these look like {says}" in error


def test_a_dump_that_lacks_some_columns_is_still_one_of_submissions(tmp_path: Path) -> None:
    lacking = ("submitted_at", "coordinator_name", "sdgs", "impact", "status", "challenges")
    rows = [{key: cell for key, cell in row.items() if key not in lacking} for row in SUBMISSIONS]
    error = validate(rows, tmp_path)
    assert "6 columns are missing: submitted_at, " in error
    assert "look like" not in error


def test_past_winners_may_have_ids_of_their_own(folder: Path, tmp_path: Path) -> None:
    """Last year's list may well know under which id they were submitted."""
    write_csv(tmp_path / "w.csv", [{**PAST_WINNERS[0], "submission_id": "17734472422205614"}])
    assert wsisctl("import-past-winners", tmp_path / "w.csv", "--folder", folder).status == 0


@pytest.mark.parametrize("column", ["submitted_at", "submitter_organization", "panelist"])
def test_what_only_has_titles_too_is_no_list_of_past_winners(
    column: str, folder: Path, tmp_path: Path
) -> None:
    write_csv(tmp_path / "w.csv", [{**PAST_WINNERS[0], column: "x"}])
    error = refused("import-past-winners", "w.csv", "--folder", folder, cwd=tmp_path)
    assert "past winners" in error


# --- YAML ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--corrections", "--decisions", "--contest"])
def test_a_table_in_place_of_yaml_is_not_printed(option: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "dump.csv", SUBMISSIONS)
    write_csv(tmp_path / "members.csv", [member(f"m{number}") for number in range(100)])
    contest = () if option == "--contest" else ("--contest", "2021")
    error = refused("validate", "dump.csv", *contest, option, "members.csv", cwd=tmp_path)
    assert "members.csv:1:1: " in error
    assert "m1@example.org" not in error
    assert max(map(len, error.splitlines())) < 150


def test_a_long_value_and_a_long_key_are_shortened(tmp_path: Path) -> None:
    write_csv(tmp_path / "dump.csv", SUBMISSIONS)
    entry = {"kind": "withdraw", "submission_id": "s1", **SIGNED, "k" * 999: "x"}
    kind = {**SIGNED, "kind": "w" * 999}
    for entries in ([entry], [kind]):
        (tmp_path / "d.yaml").write_text(yaml.safe_dump(entries), "utf-8")
        words = ("validate", "dump.csv", "--contest", "2021", "--decisions", "d.yaml")
        error = refused(*words, cwd=tmp_path)
        assert "…'" in error
        assert max(map(len, error.splitlines())) < LONGEST


@pytest.mark.parametrize(
    "text",
    ['- kind: withdraw\n  by: "ana\n', "- kind: withdraw\n  by: a: b\n", "- kind: a\n by: b\n"],
)
def test_broken_yaml_comes_with_help(text: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "dump.csv", SUBMISSIONS)
    (tmp_path / "d.yaml").write_text(text, "utf-8")
    words = ("validate", "dump.csv", "--contest", "2021", "--decisions", "d.yaml")
    error = refused(*words, cwd=tmp_path)
    assert "help: look at the quotes, colons and indentation" in error


def test_broken_yaml_says_where_the_quote_was_opened(tmp_path: Path) -> None:
    write_csv(tmp_path / "dump.csv", SUBMISSIONS)
    (tmp_path / "d.yaml").write_text('- kind: withdraw\n  by: "ana\n\n\n', "utf-8")
    words = ("validate", "dump.csv", "--contest", "2021", "--decisions", "d.yaml")
    assert "that begins on line 2" in refused(*words, cwd=tmp_path)


# --- Score sheets --------------------------------------------------------------------------------


def test_a_sheet_for_an_unknown_submission_is_told(tmp_path: Path) -> None:
    result = nominate(tmp_path, [*SHEETS, sheet("ana", "s33", 5)], panel=PANEL)
    assert notes(result) == [
        "scores.csv:5: 's33' is not among the submissions; its scores count for nothing; "
        "did you mean 's3'?"
    ]


def test_a_submission_id_with_blanks_around_it_is_another(tmp_path: Path) -> None:
    result = nominate(tmp_path, [*SHEETS, sheet("bob", "s1 ", 5)], panel=PANEL)
    assert "'s1 ' is not among the submissions; its scores count for nothing" in result.err
    assert "did you mean 's1'?" in result.err


def test_sheets_for_one_unknown_submission_are_one_remark(tmp_path: Path) -> None:
    sheets = [*SHEETS, sheet("ana", "zz", 5), sheet("bob", "zz", 5)]
    assert notes(nominate(tmp_path, sheets, panel=PANEL)) == [
        "scores.csv:5: 'zz' is not among the submissions; the scores of 2 sheets count for nothing"
    ]


def test_the_sheets_of_another_contest_do_not_fill_the_screen(tmp_path: Path) -> None:
    sheets = [sheet("ana", f"{number:017}", 5) for number in range(3000)]
    begun = time.monotonic()
    told = notes(nominate(tmp_path, sheets, panel=PANEL))
    assert len(told) == 21
    assert told[-1] == "2980 further ids of score sheets not among the submissions"
    assert time.monotonic() - begun < 10


def test_a_sheet_for_an_ineligible_submission_needs_no_remark(tmp_path: Path) -> None:
    entered = [*SUBMISSIONS, submission("late", submitted_at="2022-01-01T00:00:00Z")]
    result = nominate(
        tmp_path, [*SHEETS, sheet("ana", "late", 5)], submissions=entered, panel=PANEL
    )
    assert notes(result) == []


def test_a_panelist_with_a_blank_is_not_on_the_panel(tmp_path: Path) -> None:
    result = nominate(tmp_path, [*SHEETS, sheet("bob ", "s1", 5)], panel=PANEL)
    expected = "'bob ' is not on the panel; did you mean 'bob'?"
    assert notes(result) == [f"scores.csv:5: {expected}"]
    assert expected in result.out


def test_one_panelist_who_is_not_on_the_panel_is_one_remark(tmp_path: Path) -> None:
    strangers = [sheet("zoe", identity, 5) for identity in ("s1", "s2", "s3")]
    result = nominate(tmp_path, [*SHEETS, *strangers], panel=PANEL)
    assert notes(result) == ["scores.csv:5: zoe is not on the panel (the first of 3 sheets)"]


def test_two_reasons_are_two_remarks(tmp_path: Path) -> None:
    sheets = [*SHEETS, sheet("bob", "s1", 5, values="6"), sheet("bob", "s2", 5, values="7")]
    told = notes(nominate(tmp_path, sheets, panel=PANEL))
    assert [line.split(";")[0] for line in told] == [
        "scores.csv:5: bob: values is '6'",
        "scores.csv:6: bob: values is '7'",
    ]


@pytest.mark.parametrize(
    ("panel", "says"),
    [
        ("panelist,organization\n", "the panel names nobody: panelists are not checked"),
        ("", "panelists were not checked: name the panel with --panel"),
    ],
)
def test_without_a_panelist_nobody_is_checked(panel: str, says: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "submissions.csv", SUBMISSIONS)
    write_csv(tmp_path / "scores.csv", SHEETS)
    words = ["nominate", "--contest", "2021", "--submissions", "submissions.csv"]
    if panel:
        (tmp_path / "panel.csv").write_text(panel, "utf-8")
        words += ["--panel", "panel.csv"]
    assert says not in wsisctl(*words, cwd=tmp_path).err, "there are no sheets"
    result = wsisctl(*words, "--scores", "scores.csv", cwd=tmp_path)
    assert result.err.count(says) == 1


# --- Misspelt columns that need not be there -----------------------------------------------------

RECUSAL = renamed([sheet("ana", "s1", 4, recused="yes")], recused="recusd")
PAST_YEAR = renamed(PAST_WINNERS, year="Yer")


def test_a_misspelt_recusal_is_told(tmp_path: Path) -> None:
    assert notes(nominate(tmp_path, RECUSAL, panel=PANEL)) == [
        "scores.csv:1: the column 'recusd' is not used; did you mean 'recused'?"
    ]


def test_a_misspelt_organization_and_year_are_told(tmp_path: Path) -> None:
    panel = renamed(PANEL, organization="organisaton")
    told = notes(nominate(tmp_path, SHEETS, panel=panel, past_winners=PAST_YEAR))
    assert told == [
        "past_winners.csv:1: the column 'Yer' is not used; did you mean 'year'?",
        "panel.csv:1: the column 'organisaton' is not used; did you mean 'organization'?",
    ]


def test_in_a_folder_the_export_is_named(folder: Path, tmp_path: Path) -> None:
    """Its records hold the columns of all exports together."""
    write_csv(tmp_path / "dump.csv", SUBMISSIONS)
    write_csv(
        tmp_path / "bob.csv", renamed([sheet("bob", "s2", 2, recused="yes")], recused="recusd")
    )
    write_csv(tmp_path / "ana.csv", [sheet("ana", "s1", 4, recused="yes")])
    write_csv(folder / "decisions" / "panel.csv", PANEL)
    wsisctl("import-submissions", "dump.csv", "--folder", folder, cwd=tmp_path)
    wsisctl("import-scores", "ana.csv", "bob.csv", "--folder", folder, cwd=tmp_path)
    result = wsisctl("nominate", "--folder", folder)
    assert "exports/scores-nomination/bob.csv:1: the column 'recusd' is not used" in result.err
    assert "ana.csv:1" not in result.err


@pytest.mark.parametrize(
    "further", ["language", "remarks by the chair", "entity_type", "yearly budget", "organization"]
)
def test_unrelated_columns_are_told_in_a_word_and_never_taken_for_another(
    further: str, tmp_path: Path
) -> None:
    winners = [{"title": "Library", further: "x"}]
    sheets = [{**row, further: "x"} for row in SHEETS]
    panel = [{**row, "Organization": "as above"} for row in PANEL]
    assert notes(nominate(tmp_path, sheets, panel=panel, past_winners=winners)) == [
        f"past_winners.csv:1: columns that nothing here uses: {further}",
        f"scores.csv:1: columns that nothing here uses: {further}",
        "panel.csv:1: columns that nothing here uses: Organization",
    ]


def test_columns_that_nothing_uses_are_told_once_each(tmp_path: Path) -> None:
    """One that may be a misspelling is told as that, in the row where the header stands."""
    winners = "Winners\ntitle,country,Yer,shelf\nLibrary,KEN,2019,3\n"
    (tmp_path / "w.csv").write_text(winners, "utf-8")
    write_csv(tmp_path / "s.csv", [{**row, "IP": "x"} for row in SUBMISSIONS])
    words = ("validate", "s.csv", "--contest", "2021", "--past-winners", "w.csv")
    assert sorted(notes(wsisctl(*words, cwd=tmp_path))) == [
        "s.csv:1: columns that nothing here uses: IP",
        "w.csv: read as header in row 2",
        "w.csv:2: columns that nothing here uses: shelf",
        "w.csv:2: the column 'Yer' is not used; did you mean 'year'?",
    ]


def test_a_list_of_spellings_is_told_of_as_any_other_file(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", SUBMISSIONS)
    write_csv(tmp_path / "votes.csv", VOTES)
    write_csv(tmp_path / "members.csv", MEMBERS)
    write_csv(tmp_path / "nominees.csv", [nominee("s1")])
    (tmp_path / "o.csv").write_bytes("name;same_as;who\nMünster;Muenster;x\n".encode("cp1252"))
    (tmp_path / "none.csv").write_text("name,same_as\n", "utf-8")
    for words in (["validate", "s.csv", "--contest", "2021"], tally("votes.csv")):
        told = notes(wsisctl(*words, "--organizations", "o.csv", cwd=tmp_path))
        assert told[:2] == [
            "o.csv: read as encoding cp1252 and cells separated by semicolons",
            "o.csv:1: columns that nothing here uses: who",
        ]
        assert notes(wsisctl(*words, "--organizations", "none.csv", cwd=tmp_path)) == []


def test_of_people_and_votes_the_columns_that_nothing_uses_are_told(tmp_path: Path) -> None:
    write_csv(tmp_path / "votes.csv", [{**row, "ip": "x"} for row in VOTES])
    write_csv(tmp_path / "members.csv", [{**row, "Last login": "x"} for row in MEMBERS])
    write_csv(tmp_path / "nominees.csv", [{**nominee("s1"), "rank": "1", "remark": "x"}])
    assert sorted(notes(wsisctl(*tally("votes.csv"), cwd=tmp_path))) == [
        "members.csv:1: columns that nothing here uses: Last login",
        "nominees.csv:1: columns that nothing here uses: remark",
        "votes.csv:1: columns that nothing here uses: ip",
    ]


# --- Nothing in it -------------------------------------------------------------------------------


def test_a_file_without_records_is_told(tmp_path: Path) -> None:
    for name in ("submissions", "scores", "votes", "members", "nominees", "past"):
        (tmp_path / f"{name}.json").write_text("[]", "utf-8")
    words = ("--past-winners", "past.json", "--scores", "scores.json")
    result = wsisctl(
        "nominate", "--contest", "2021", "--submissions", "submissions.json", *words, cwd=tmp_path
    )
    for name in ("submissions", "past", "scores"):
        assert f"note: {name}.json: no records in it" in result.err
    result = wsisctl(*tally("votes.json", "members.json", "nominees.json"), cwd=tmp_path)
    for name in ("votes", "members", "nominees"):
        assert f"note: {name}.json: no records in it" in result.err


def test_of_several_files_the_empty_one_is_told(tmp_path: Path) -> None:
    write_csv(tmp_path / "votes.csv", VOTES)
    write_csv(tmp_path / "members.csv", MEMBERS)
    write_csv(tmp_path / "none.csv", [], list(MEMBERS[0]))
    write_csv(tmp_path / "nominees.csv", [nominee("s1")])
    result = wsisctl(*tally("votes.csv"), "--members", "none.csv", cwd=tmp_path)
    assert notes(result) == ["none.csv: no records in it"]


# --- Decisions that change nothing ---------------------------------------------------------------


def decided(path: Path, *entries: Mapping[str, object]) -> Path:
    path.write_text(yaml.safe_dump([{**SIGNED, **entry} for entry in entries]), "utf-8")
    return path


def tie_break(stage: str, cut: str, category: str, *order: str) -> Mapping[str, object]:
    return {
        "kind": "tie-break", "stage": stage, "cut": cut, "category": category, "order": list(order)
    }  # fmt: skip


def choice(kind: str, category: str, *identities: str) -> Mapping[str, object]:
    return {"kind": kind, "category": category, "submission_ids": list(identities)}


@pytest.mark.parametrize(
    ("sheets", "entries", "says"),
    [
        (
            [],
            [tie_break("nominate", "quota", "C8", "a", "b")],
            "quota in C8 changes nothing: there",
        ),
        (
            [],
            [tie_break("nominate", "quota", "C1", "a", "b")],
            "quota in C1 changes nothing: there",
        ),
        (SHEETS, [tie_break("nominate", "quota", "C8", "a", "b")], "quota in C8 changes nothing"),
        (SHEETS, [tie_break("nominate", "quota", "C1", "s1", "s2")], "quota in C1 changes nothing"),
        (
            SHEETS,
            [choice("nominate", "C1", "s1"), tie_break("nominate", "quota", "C1", "s1", "s2")],
            "quota in C1 changes nothing: a decision names the nominees",
        ),
        (SHEETS, [choice("nominate", "C8")], "the nomination in C8 changes nothing"),
    ],
)
def test_nominate_tells_decisions_that_change_nothing(
    sheets: Sequence[Row], entries: Sequence[Mapping[str, object]], says: str, tmp_path: Path
) -> None:
    write_csv(tmp_path / "submissions.csv", SUBMISSIONS)
    words: list[str | Path] = ["--decisions", decided(tmp_path / "d.yaml", *entries)]
    if sheets:
        words += ["--scores", write_csv(tmp_path / "scores.csv", sheets)]
    result = wsisctl(
        "nominate", "--contest", "2021", "--submissions", "submissions.csv", *words, cwd=tmp_path
    )
    assert [line for line in notes(result) if says in line and line.startswith("d.yaml:")], result


@pytest.mark.parametrize("cut", ["honoured", "pool"])
def test_tally_tells_tie_breaks_where_nobody_is_nominated(cut: str, files: Path) -> None:
    path = decided(files / "d.yaml", tie_break("tally", cut, "C8", "a", "b"))
    result = wsisctl(*tally("votes.csv"), "--decisions", path, cwd=files)
    assert f"d.yaml:1: the tie-break for {cut} in C8 changes nothing" in result.err
    assert ("is one at the cut honoured" in result.err) == (cut == "pool")


def selected(folder: Path, *words: str | Path, nominees: Sequence[Row] = ()) -> Result:
    """Tally, and then select the winners."""
    write_csv(folder / "nominees.csv", nominees or [nominee("s1"), nominee("s2")])
    write_csv(folder / "votes.csv", VOTES)
    write_csv(folder / "members.csv", MEMBERS)
    assert wsisctl(*tally("votes.csv"), "--out", "out", cwd=folder).status in (0, 1)
    given = ("--contest", "2021", "--tally", "out/tally.json", *words)
    return wsisctl("select-winners", *given, cwd=folder)


WINNER_TIE = tie_break("select", "winner", "C8", "a", "b")


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([WINNER_TIE], "winner in C8 changes nothing: there is no tie"),
        ([{**WINNER_TIE, "category": "C1"}], "winner in C1 changes nothing: not all of the pool"),
        (
            [choice("winner", "C8")],
            "the decision on the winners of C8 changes nothing: nobody is in",
        ),
        (
            [choice("winner", "C1", "s2"), tie_break("select", "winner", "C1", "s2", "s1")],
            "winner in C1 changes nothing: a decision names the winners",
        ),
    ],
)
def test_select_winners_tells_decisions_that_change_nothing(
    entries: Sequence[Mapping[str, object]], says: str, tmp_path: Path
) -> None:
    result = selected(tmp_path, "--decisions", decided(tmp_path / "d.yaml", *entries))
    assert [line for line in notes(result) if says in line and line.startswith("d.yaml:")], result


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (
            {**WINNER_TIE, "category": "C1"},
            "winner in C1 changes nothing: a tie in the vote is open",
        ),
        (choice("winner", "C1", "s1"), "winners of C1 changes nothing: a tie in the vote is open"),
    ],
)
def test_select_winners_tells_what_waits_for_the_vote(
    entry: Mapping[str, object], says: str, tmp_path: Path
) -> None:
    seven = [nominee(f"s{number}") for number in range(7)]
    path = decided(tmp_path / "d.yaml", entry)
    assert says in selected(tmp_path, "--decisions", path, nominees=seven).err


def test_select_winners_tells_sheets_of_what_was_not_voted_on(tmp_path: Path) -> None:
    write_csv(tmp_path / "scores.csv", [sheet("ana", "s22", 5, SELECTION)])
    write_csv(tmp_path / "panel.csv", PANEL)
    result = selected(tmp_path, "--scores", "scores.csv", "--panel", "panel.csv")
    assert notes(result) == [
        "scores.csv:2: 's22' is not in the tally; its scores count for nothing; did you mean 's2'?"
    ]


# --- Clauses, numbers, words ---------------------------------------------------------------------


def test_one_is_not_many(tmp_path: Path) -> None:
    (tmp_path / "dump.csv").write_text(",".join(SUBMISSIONS[0]) + "\ns1\n", "utf-8")
    error = refused("validate", "dump.csv", "--contest", "2021", cwd=tmp_path)
    assert "dump.csv:2: 1 cell in this row, and 17 columns in the header" in error
    cast = vote("v1", "m1", "s1", cast_at="2020-10-25 02:30:00")
    write_csv(tmp_path / "votes.csv", [cast])
    write_csv(tmp_path / "members.csv", MEMBERS)
    write_csv(tmp_path / "nominees.csv", [nominee("s1")])
    assert "1 vote without an offset" in wsisctl(*tally("votes.csv"), cwd=tmp_path).err


def test_numbers_and_lists_in_words() -> None:
    assert [counted(number, "row") for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert shortened("a" * 60) == "a" * 60
    assert shortened("a" * 61) == f"{'a' * 59}…"
    assert listed(["a", "b"]) == "a, b"
    assert listed([]) == ""
    assert listed(NOMINATION * 3).endswith(", values, completeness and 17 more")
    assert listed(["x\ny", "x" * 500]) == f"x y, {'x' * 29}…"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("Submission ID", ["submission_id", "title"], "submission_id"),
        ("recusal", ["recused", "comment"], "recused"),
        ("year", ["title"], ""),
        ("p9", ["p1", "p2"], ""),
        ("p12", ["p1", "p2"], ""),
        ("17734472422205699", ["17734472422205691", "17734472422205692"], ""),
        ("17734472422205603", ["17734472422205604", "99734472422205603x"], "17734472422205604"),
        ("A b", ["ab", "a-b"], ""),
        ("résumé", ["re-sume", "title"], "re-sume"),
        ("ete", ["été", "hiver"], "été"),
        ("", ["a"], ""),
        ("word", [], ""),
    ],
)
def test_a_near_miss_is_one_word_or_none(word: str, known: Sequence[str], meant: str) -> None:
    assert near_miss(word, known, 0.7) == meant
