"""`tally --recount`: the second counter beside the count, on every kind of file, and alone.

That both agree on contests that are trouble is shown in test_recount.py. Here the count is made wrong,
and the second counter must name the very votes.
"""

import ast
import csv
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from tests.support import (
    REPOSITORY,
    VOTE_COLUMNS,
    Result,
    member,
    nominee,
    vote,
    write_csv,
    wsisctl,
)
from tests.test_recount import CATEGORIES, WINDOWS, defined
from wsisctl import recount
from wsisctl.contest.load import load_contest
from wsisctl.readers.files import InputFile
from wsisctl.shipped import editions
from wsisctl.voting import count
from wsisctl.voting.second_count import settings_of, votes_of

SOURCE = REPOSITORY / "wsisctl" / "recount.py"
EXAMPLES = REPOSITORY / "docs" / "examples" / "recount"
WRITE = os.environ.get("WSISCTL_DOCS") == "write"
BARE = ("tally", "--contest", "2021", "--members", "members.csv", "--nominees", "nominees.csv")

Rows = Sequence[Mapping[str, str]]
VOTES: Rows = (
    vote("v01", "m1", "p1"),
    vote("v02", "m2", "p1"),
    vote("v03", "m3", "p2", cast_at="2021-03-31 23:00:00.9"),
    vote("v04", "m4", "p3", category="c1"),
    vote("v05", "m1", "p2"),
    vote("v06", "m9", "p1"),
    vote("v07", "m5", "p1"),
    vote("v08", "m6", "p4", category="The role of governments and all stakeholders in the promotion of ICTs for development"),
    vote("v09", "m2", "p9"),
    vote("v10", "m2", "p1", category="C2"),
    vote("v11", "m3", "p3", cast_at="2021-03-31T23:00:01"),
    vote("v12", "m3", "p3", cast_at="2021-03-28T02:30:00"),
    vote("v02", "m2", "p1"),
    vote("v13", "m4", " "),
)  # fmt: skip
REJECTED = {
    "v02": "repeated_row", "v05": "second_vote", "v06": "unregistered", "v07": "own_project",
    "v09": "not_nominated", "v10": "wrong_category", "v11": "outside_window", "v12": "malformed",
    "v13": "malformed",
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Members, nominees and votes with a reason of each kind."""
    people = [member(f"m{number}") for number in range(1, 7)]
    people[4] |= {"organization": "ENTITY  P1"}
    write_csv(tmp_path / "members.csv", people)
    projects = [nominee(f"p{number}") for number in range(1, 8)]
    write_csv(tmp_path / "nominees.csv", projects)
    write_csv(tmp_path / "votes.csv", VOTES)
    return tmp_path


def tally(place: Path, *further: str | Path, votes: str = "votes.csv") -> Result:
    return wsisctl(*BARE, "--votes", votes, *further, cwd=place)


AGREED = "note: recounted by the second counter: 14 votes, no difference\n"


def test_agreement_is_a_note_and_changes_no_file(place: Path) -> None:
    once = tally(place, "--out", "once")
    twice = tally(place, "--out", "twice", "--recount")
    assert once.status == twice.status == 1  # a tie across the fifth place
    assert AGREED in twice.err
    assert AGREED not in once.err
    for name in ("tally.json", "standings.csv", "rejected-votes.csv", "manifest.json"):
        assert (place / "once" / name).read_bytes() == (place / "twice" / name).read_bytes()
    assert twice.out == once.out
    rejected = (place / "once" / "rejected-votes.csv").read_text().splitlines()[1:]
    assert dict(line.split(",")[:2] for line in rejected) == REJECTED


def test_json_says_that_both_agree(place: Path) -> None:
    once, twice = (json.loads(tally(place, "--format", "json", *more).out) for more in ((), ("--recount",)))  # fmt: skip
    assert twice.pop("recount") == {
        "votes": 14,
        "agrees": True,
        "results": [],
        "differing_votes": [],
        "further_votes": 0,
    }
    assert twice == once


# --- Every kind of file --------------------------------------------------------------------------


def with_a_blank_line(path: Path) -> None:
    text = path.read_text()
    path.write_text(text.replace("\n", "\n\n", 3) + "\n")


def with_semicolons(path: Path) -> None:
    path.write_text(path.read_text().replace(",", ";"), "cp1252")


def with_titles_above(path: Path) -> None:
    path.write_text("Votes of the WSIS Prizes\n\n" + path.read_text())


def with_other_names(path: Path) -> None:
    path.write_text(path.read_text().replace("vote_id,member_id", "Vote ID,Member-ID"))


def with_rows_of_another_width(path: Path) -> None:
    lines = path.read_text().splitlines()
    lines[2] += ",x"
    lines[4] = lines[4].rsplit(",", 1)[0]
    path.write_text("\n".join(lines))


def with_quotes(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerows([VOTE_COLUMNS, *(row.values() for row in VOTES)])


CHANGES: tuple[Callable[[Path], None], ...] = (
    with_a_blank_line,
    with_semicolons,
    with_titles_above,
    with_other_names,
    with_rows_of_another_width,
    with_quotes,
)


@pytest.mark.parametrize("change", CHANGES)
def test_text_however_it_is_written(change: Callable[[Path], None], place: Path) -> None:
    change(place / "votes.csv")
    assert AGREED in tally(place, "--recount").err


def as_json(path: Path) -> None:
    path.write_text(json.dumps(VOTES))


def as_json_lines(path: Path) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in VOTES))


def as_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([VOTE_COLUMNS, *(row.values() for row in VOTES)]):
            sheet.write_row(number, 0, row)


def as_parquet(path: Path) -> None:
    with duckdb.connect() as database:
        database.read_csv(str(path.parent / "votes.csv"), all_varchar=True).to_parquet(str(path))


def packed(path: Path) -> None:
    path.write_bytes(gzip.compress((path.parent / "votes.csv").read_bytes()))


WRITERS = {
    "votes.json": as_json,
    "votes.jsonl": as_json_lines,
    "votes.xlsx": as_workbook,
    "votes.parquet": as_parquet,
    "votes.csv.gz": packed,
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format(name: str, place: Path) -> None:
    WRITERS[name](place / name)
    assert AGREED in tally(place, "--recount", votes=name).err


def test_an_empty_list_and_a_header_alone(place: Path) -> None:
    (place / "none.json").write_text("[]")
    (place / "none.csv").write_text(",".join(VOTE_COLUMNS) + "\n")
    for name in ("none.json", "none.csv"):
        told = tally(place, "--recount", votes=name).err
        assert "note: recounted by the second counter: 0 votes, no difference\n" in told


def test_plain_csv_is_read_by_the_second_counter_itself(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What our readers make of the rows must not come between it and the file."""
    monkeypatch.setattr("wsisctl.readers.table.Table.rows", None)
    contest = load_contest("2021")
    file = InputFile(place / "votes.csv", "votes.csv")
    rows = list(votes_of(contest, [file], lambda _: None))
    assert [row[2:7] for row in rows] == [tuple(row.values()) for row in VOTES]
    assert [row[1] for row in rows] == list(range(2, 16))


def test_a_profile_is_heard_by_both(place: Path) -> None:
    (place / "profile.yaml").write_text(
        "kind: votes\ncolumns: {Ballot: vote_id}\nvalues: {category: {Governments: C1}}\n"
    )
    text = (place / "votes.csv").read_text().replace("vote_id", "Ballot").replace("C1", "Governments")  # fmt: skip
    (place / "votes.csv").write_text(text)
    told = tally(place, "--recount", "--profile", "profile.yaml")
    assert AGREED in told.err, told.err


def test_in_a_contest_folder(place: Path) -> None:
    """Two exports that overlap, one with a row too wide; votes are the folder's own records."""
    write_csv(place / "b.csv", VOTES[:6])
    with (place / "b.csv").open("a") as file:
        file.write("v99,m1,C1,p1,2021-03-10T12:00:00,\n")
    assert wsisctl("init", "prizes", "--contest", "2021", cwd=place).status == 0
    folder = place / "prizes"
    wsisctl("import-votes", "../votes.csv", "../b.csv", cwd=folder)
    wsisctl("import-members", "../members.csv", cwd=folder)
    told = wsisctl("tally", "--nominees", "../nominees.csv", "--recount", cwd=folder)
    assert "note: recounted by the second counter: 21 votes, no difference\n" in told.err
    assert "21 votes read" in told.out


def test_corrections_and_spellings_are_heard_by_both(place: Path) -> None:
    (place / "corrections.yaml").write_text(
        "- {record: m5, field: organization, from: 'ENTITY  P1', to: Another, by: a, on: 2021-04-01, reason: b}\n"
    )
    (place / "organizations.csv").write_text("name,same_as\nAnother,Link\nentity p1,Link\n")
    given = ("--corrections", "corrections.yaml", "--organizations", "organizations.csv")
    told = tally(place, "--recount", *given, "--format", "json")
    assert AGREED in told.err
    assert json.loads(told.out)["votes"]["rejected_by_reason"]["own_project"] == 1


@pytest.mark.parametrize("as_of", ["2021-03-10", "2021-03-31T23:00", "2021-04-30"])
def test_what_was_cast_until_a_moment(as_of: str, place: Path) -> None:
    write_csv(
        place / "votes.csv", [*VOTES, vote("v20", "m4", "p3", cast_at="2021-03-10T23:59:59.9")]
    )
    told = tally(place, "--recount", "--as-of", as_of)
    assert told.status == 0
    assert "votes, no difference\n" in told.err


def test_beside_one_category(place: Path) -> None:
    document = json.loads(tally(place, "--recount", "--category", "C1", "--format", "json").out)
    assert document["recount"]["agrees"]


def test_a_tie_that_people_resolved(place: Path) -> None:
    """The second counter knows no decisions: whom they add are contenders of the tie that it finds too."""
    tie = json.loads(tally(place, "--format", "json").out)["categories"][0]["ties"][0]
    order = ", ".join(reversed(tie["submission_ids"]))
    (place / "decisions.yaml").write_text(
        f"- {{kind: tie-break, stage: tally, cut: honoured, category: C1, order: [{order}], by: a, "
        "on: 2021-04-01, reason: b}\n"
    )
    told = tally(place, "--recount", "--decisions", "decisions.yaml")
    assert told.status == 0, told.err
    assert AGREED in told.err


def test_several_accounts_of_one_voter() -> None:
    """A ballot, and an organization, of one account is that of the others; whoever is no member is nobody's."""
    _, settings = defined(
        WINDOWS[0], CATEGORIES[:2], ("own_project", "incomplete_ballot"), (), "first", (1, 1)
    )
    people = {f"m{number}": member(f"m{number}") for number in (1, 2, 3)}
    people["m2"]["organization"] = "Entity p3"
    projects = [nominee("p1"), nominee("p2", "C7-e-health"), nominee("p3", "C7-e-health")]
    cast = [("v1", "m1", "C1", "p1"), ("v2", "m2", "C7-e-health", "p2"), ("v3", "m2", "C1", "p1"),
            ("v4", "m1", "C7-e-health", "p3"), ("v5", "m3", "C1", "p1"), ("v6", "m9", "C1", "p1")]  # fmt: skip
    votes = [
        ("v.csv", row, *fields, f"2021-03-10T10:00:0{row}", True)
        for row, fields in enumerate(cast, start=2)
    ]
    same_voter = [("m1", "m9"), ("m2", "m9"), ("m3", "m8")]
    nominees = {project["submission_id"]: project for project in projects}
    told = recount.records_of(people, nominees, settings, same_voter=same_voter)
    joined = recount.recount(votes, told)
    assert {each.vote_id: each.reason for each in joined.rejected} == {
        "v3": "second_vote", "v4": "own_project", "v5": "incomplete_ballot", "v6": "unregistered",
    }  # fmt: skip
    assert (joined.voters, joined.complete_ballots) == (1, 1)
    alone = recount.recount(votes, recount.records_of(people, nominees, settings))
    assert {each.vote_id: each.reason for each in alone.rejected} == {
        "v5": "incomplete_ballot", "v6": "unregistered",
    }  # fmt: skip


# --- Where the count is wrong --------------------------------------------------------------------


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Makes the count wrong: another text in the place of one in its SQL."""
    page = REPOSITORY / "wsisctl" / "voting" / "count.sql"
    right = page.read_text("utf-8")
    read = Path.read_text

    def replaced(text: str, other: str) -> None:
        assert text in right
        mutant = right.replace(text, other)
        monkeypatch.setattr(
            Path, "read_text", lambda path, *a, **b: mutant if path == page else read(path, *a, **b)
        )

    return replaced


OTHERWISE = (
    "warning: recounted by the second counter: 14 votes, and it says otherwise of 1 vote and in "
    "2 places of the result; one of the two counters is wrong: announce nothing, and report it\n"
)


def test_a_wrong_reason_is_found_in_a_contest_folder(
    place: Path, wrong: Callable[[str, str], None]
) -> None:
    folder = place / "prizes"
    for words in (("init", folder, "--contest", "2021"),
                  ("import-votes", "votes.csv", "--folder", folder),
                  ("import-members", "members.csv", "--folder", folder)):  # fmt: skip
        assert wsisctl(*words, cwd=place).status == 0
    wrong("'own_project'", "'wrong_category'")
    given = ("--folder", folder, "--nominees", "nominees.csv")
    told = wsisctl("tally", *given, "--recount", "--quiet", cwd=place)
    assert (told.status, told.err) == (1, OTHERWISE)


def test_a_wrong_reason_is_found_and_the_vote_named(
    place: Path, wrong: Callable[[str, str], None]
) -> None:
    wrong("'own_project'", "'wrong_category'")
    told = tally(place, "--recount", "--out", "out", "--quiet")
    assert told.status == 1
    assert told.err == OTHERWISE
    assert (
        "\nThe second counter says otherwise\n\n"
        "rejected as wrong_category: 2 by the count, 1 by the second counter\n"
        "rejected as own_project: 0 by the count, 1 by the second counter\n\n"
        "vote    at           count           second counter\n"
        "v07     votes.csv:8  wrong_category  own_project\n"
    ) in told.out
    assert (place / "out" / "tally.json").is_file()


def test_a_vote_that_should_not_have_counted(
    place: Path, wrong: Callable[[str, str], None]
) -> None:
    wrong("'own_project'", "null")
    told = tally(place, "--recount", "--format", "json")
    assert told.status == 1
    document = json.loads(told.out)["recount"]
    assert document["differing_votes"] == [
        {"vote_id": "v07", "file": "votes.csv", "row": 8, "count": "counted", "recount": "own_project"}
    ]  # fmt: skip
    assert "C1: votes for p1: 3 by the count, 2 by the second counter" in document["results"]
    assert "votes counted: 6 by the count, 5 by the second counter" in document["results"]


def test_only_the_first_hundred_votes_are_named(
    place: Path, wrong: Callable[[str, str], None]
) -> None:
    wrong("'unregistered'", "'not_nominated'")
    write_csv(place / "votes.csv", [vote(f"v{n:03}", "nobody", "p1") for n in range(1, 251)])
    told = tally(place, "--recount", "--format", "json")
    document = json.loads(told.out)["recount"]
    assert [each["row"] for each in document["differing_votes"]] == list(range(2, 102))
    assert document["further_votes"] == 150
    assert "otherwise of 250 votes and in 2 places" in told.err
    assert "and 150 votes more\n" in tally(place, "--recount").out


def test_an_export_that_only_the_second_counter_takes_for_broken(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count, "refuse_contradictions", lambda *_: None)
    write_csv(place / "votes.csv", [*VOTES, vote("v01", "m2", "p1")])
    told = tally(place, "--recount")
    assert told.status == 1
    assert (
        "vote_id v01 stands here again with another content; it was first at votes.csv:2"
        in " ".join(told.out.split())
    )


def test_a_wrong_order_of_places(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wsisctl.voting.tally.rank", _by_id)
    document = json.loads(tally(place, "--recount", "--format", "json").out)["recount"]
    assert document["differing_votes"] == []
    assert any(text.startswith("C1: standings: ") for text in document["results"])


def _by_id(votes: Mapping[str, int]) -> Any:
    from wsisctl.ranking import Place

    return tuple(Place(n, each, votes[each]) for n, each in enumerate(sorted(votes), start=1))


# --- Alone ---------------------------------------------------------------------------------------


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def test_it_needs_nothing_but_python() -> None:
    outside = {name for name in imports_of(SOURCE) if name.split(".")[0] not in sys.stdlib_module_names}  # fmt: skip
    assert outside == set()
    assert "duckdb" in set(imports_of(REPOSITORY / "wsisctl" / "voting" / "count.py"))


def alone(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The file by itself, copied to where nothing of ours is."""
    shutil.copy(SOURCE, place / "second.py")
    return subprocess.run(
        [sys.executable, "-I", "second.py", *arguments],
        cwd=place, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


PEOPLE = ",".join(member("m"))
ALONE = ("--members", "members.csv", "--nominees", "nominees.csv", "votes.csv")


def test_alone_it_prints_the_very_tally(place: Path) -> None:
    tally(place, "--out", "out")
    run = alone(
        place, "--settings", str(EXAMPLES / "2021.json"), *ALONE, "--rejected", "second.csv"
    )
    assert run.stderr == ""
    assert run.stdout == (place / "out" / "tally.json").read_text("utf-8")
    assert run.returncode == 1
    ours, theirs = (
        csv.DictReader(path.read_text("utf-8").splitlines())
        for path in (place / "out" / "rejected-votes.csv", place / "second.csv")
    )
    named = ("vote_id", "reason", "file", "row")
    assert [[row[name] for name in named] for row in ours] == [list(row.values()) for row in theirs]


def test_alone_it_is_told_which_accounts_are_one_voters(place: Path) -> None:
    """Of three accounts, by two decisions, the third is of the organization that the others voted for."""
    signed = "verdict: confirm, by: a, on: 2021-04-01, reason: b"
    joined = (["m1", "m2"], ["m2", "m5"])
    lines = [
        f"- {{kind: same-member, member_ids: [{', '.join(ids)}], {signed}}}\n" for ids in joined
    ]
    (place / "decisions.yaml").write_text("".join(lines), "utf-8")
    assert AGREED in tally(place, "--decisions", "decisions.yaml", "--out", "out", "--recount").err
    edition = json.loads((EXAMPLES / "2021.json").read_text("utf-8"))
    (place / "settings.json").write_text(json.dumps({**edition, "same_voter": joined}), "utf-8")
    tallied = (place / "out" / "tally.json").read_text("utf-8")
    assert alone(place, "--settings", "settings.json", *ALONE).stdout == tallied
    assert alone(place, "--settings", str(EXAMPLES / "2021.json"), *ALONE).stdout != tallied


def test_alone_without_a_tie_it_ends_well(place: Path) -> None:
    write_csv(place / "nominees.csv", [nominee("p1")])
    assert alone(place, "--settings", str(EXAMPLES / "2021.json"), *ALONE).returncode == 0


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("votes.csv", "vote_id,member_id\n", "votes.csv: the column 'category' is missing"),
        ("votes.csv", "", "votes.csv: the file is empty"),
        ("members.csv", "id\nm1\n", "members.csv: the column 'member_id' is missing"),
        (
            "members.csv",
            f"{PEOPLE},x\nm1,,,,,,1\nm1,,,,,,2\n",
            "members.csv: 'm1' stands for two different records",
        ),
        ("members.csv", f"{PEOPLE}\nm1\n", "members.csv:2: 1 cells, not 6"),
        ("nominees.csv", "submission_id,category\np1,C99\n", "'C99' is no category"),
        ("votes.csv", 'vote_id,"member_id\n', "votes.csv: no readable UTF-8 CSV: "),
    ],
)
def test_alone_it_says_what_it_cannot_use(name: str, text: str, told: str, place: Path) -> None:
    (place / name).write_text(text)
    run = alone(place, "--settings", str(EXAMPLES / "2021.json"), *ALONE)
    assert run.returncode == 3
    assert run.stdout == ""
    assert run.stderr.startswith("error: ")
    assert told in run.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "settings.json: No such file or directory"),
        ("{", "settings.json: no readable JSON in UTF-8: "),
        ("[]", "settings.json: expected an object with 'contest'"),
        ("{}", "settings.json: expected an object with 'contest'"),
        ('{"contest": "2021"}', "settings: 'time_zone' is missing, or no text"),
    ],
)
def test_alone_it_says_what_is_wrong_with_the_file_of_settings(
    text: str | None, told: str, place: Path
) -> None:
    path = place / "settings.json"
    if text is not None:
        path.write_text(text)
    run = alone(place, "--settings", str(path), *ALONE)
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.startswith("error: ")
    assert told in run.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("time_zone", "Europe/Nowhere", "no such time zone: Europe/Nowhere"),
        ("time_zone", "../etc", "no such time zone: ../etc"),
        ("opens", "tomorrow", "'opens' or 'closes' is no time"),
        ("closes", 5, "'closes' is missing, or no text"),
        ("categories", ["C1"], "'categories' is missing, or no object"),
        ("profile", None, "'profile' is missing, or no array"),
        ("honoured", "5", "'honoured' is missing, or no number"),
    ],
)
def test_alone_it_says_which_setting_is_wrong(
    name: str, value: object, told: str, place: Path
) -> None:
    path = place / "settings.json"
    path.write_text(json.dumps({**settings_document("2021"), name: value}))
    run = alone(place, "--settings", str(path), *ALONE)
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.endswith(f"{told}\n")


def settings_document(edition: str) -> dict[str, Any]:
    """An edition's settings as the auditor's file has them."""
    contest = load_contest(edition)
    settings = settings_of(contest)
    return {
        "contest": contest.id,
        "time_zone": contest.zone.key,
        "opens": datetime.fromtimestamp(settings.opens, settings.zone).isoformat(),
        "closes": datetime.fromtimestamp(settings.closes, settings.zone).isoformat(),
        "profile": list(settings.profile),
        "reasons": list(settings.reasons),
        "second_vote": settings.second_vote,
        "honoured": settings.honoured,
        "pool": settings.pool,
        "categories": {item.id: list(item.aliases) for item in contest.categories},
    }


@pytest.mark.parametrize("edition", editions())
def test_the_auditors_settings_are_those_of_the_edition(edition: str) -> None:
    path = EXAMPLES / f"{edition}.json"
    now = json.dumps(settings_document(edition), ensure_ascii=False, indent=1) + "\n"
    if WRITE:
        path.write_text(now, "utf-8")
    assert path.read_text("utf-8") == now
    assert comparable(recount.settings_of(json.loads(now))) == comparable(
        settings_of(load_contest(edition))
    )


def comparable(settings: recount.Settings) -> dict[str, Any]:
    """The same for equal settings, whether they come from JSON or from a definition."""
    fields = {name: getattr(settings, name) for name in recount.Settings.__dataclass_fields__}
    ordered = {"categories": list(settings.categories.items()), "zone": str(settings.zone)}
    text: dict[str, Any] = json.loads(json.dumps(fields | ordered))
    return text


def test_settings_follow_from_any_definition(tmp_path: Path) -> None:
    text, settings = defined(
        WINDOWS[3], CATEGORIES, ("own_project", "incomplete_ballot"), ("email",), "last", (3, 2)
    )
    (tmp_path / "drawn.yaml").write_text(text, "utf-8")
    found = settings_of(load_contest(str(tmp_path / "drawn.yaml")))
    ordered = [replace(each, reasons=sorted(each.reasons)) for each in (found, settings)]
    assert comparable(ordered[0]) == comparable(ordered[1])
