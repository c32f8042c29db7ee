"""What was changed after the letter: dates that moved, rules of the site that were adopted."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.support import (
    REPOSITORY,
    member,
    nominee,
    submission,
    submission_2018,
    vote,
    write_csv,
    wsisctl,
)
from wsisctl.contest.clauses import amendments_of, settings_of
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Amendment, Change, Contest
from wsisctl.rules.engine import Validation
from wsisctl.rules.fit import fit_problems
from wsisctl.shipped import schema_text
from wsisctl.stages.inputs import name_all
from wsisctl.stages.validate import validate_inputs
from wsisctl.times import written
from wsisctl.yaml_file import YamlFile

BY = "by: WSIS Prizes secretariat"
EXTENSION = f"""\
  - on: 2017-12-28
    {BY}
    reason: Submission and voting extended
    source: https://example.org/extended
    phases:
      submission: {{closes: 2018-01-10T23:00:00}}
      voting: {{opens: 2018-01-29, closes: 2018-02-18T23:00:00}}
"""
CEREMONY = f"""\
  - on: 2018-01-15
    {BY}
    reason: Date of the ceremony
    phases: {{announcement: {{opens: 2018-03-20}}}}
"""
SITE = f"""\
  - on: 2018-01-20
    {BY}
    reason: The voting rules of the site, adopted
    source: https://example.org/rules
    voting:
      profile: [organization]
      reasons: {{own_project: {{clause: 2018-V4}}}}
"""
NAMED_EXTENSION = (
    "amendment of 2017-12-28 by WSIS Prizes secretariat: Submission and voting extended"
)
NAMED_CEREMONY = "amendment of 2018-01-15 by WSIS Prizes secretariat: Date of the ceremony"
NAMED_SITE = "amendment of 2018-01-20 by WSIS Prizes secretariat: The voting rules of the site, adopted"  # fmt: skip


def extending(edition: str, *amendments: str) -> str:
    return f'extends: "{edition}"\namendments:\n' + "".join(amendments)


def moved(on: str, changes: str, reason: str = "moved") -> str:
    """An amendment in one line."""
    return f"  - {{on: {on}, by: A, reason: {reason}, {changes}}}\n"


def loaded(folder: Path, text: str) -> Contest:
    path = folder / "contest.yaml"
    path.write_text(text, encoding="utf-8")
    return load_contest(str(path), fit_problems)


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> Contest:
    """The edition of 2018 as it really went."""
    text = extending("2018", EXTENSION, CEREMONY, SITE)
    return loaded(tmp_path_factory.mktemp("amended"), text)


def phase_of(contest: Contest, name: str) -> tuple[str | None, str | None]:
    phase = contest.phases[name]
    ends = (phase.opens, phase.closes)
    opens, closes = (written(end, contest.zone) if end else None for end in ends)
    return opens, closes


# --- What a contest knows of its amendments -------------------------------------------------------


def test_a_contest_is_as_its_amendments_leave_it(contest: Contest) -> None:
    letter = load_contest("2018")
    assert {name: phase_of(contest, name) for name in contest.phases} == {
        "submission": ("2017-09-11T00:00:00+02:00", "2018-01-10T23:00:00+01:00"),
        "nomination": phase_of(letter, "nomination"),
        "voting": ("2018-01-29T00:00:00+01:00", "2018-02-18T23:00:00+01:00"),
        "selection": phase_of(letter, "selection"),
        "announcement": ("2018-03-20T00:00:00+01:00", "2018-03-23T23:59:59+01:00"),
    }
    assert contest.voting.profile == ("organization",)
    assert (contest.panel, contest.rules, contest.form) == (letter.panel, letter.rules, letter.form)


def test_each_amendment_tells_what_stood_before_and_what_stands_now(contest: Contest) -> None:
    secretariat = "WSIS Prizes secretariat"
    assert contest.amendments == (
        Amendment(
            "2017-12-28",
            secretariat,
            "Submission and voting extended",
            "https://example.org/extended",
            (
                Change("phases.submission.closes", "2018-01-02T23:00:00", "2018-01-10T23:00:00"),
                Change("phases.voting.opens", "2018-01-12", "2018-01-29"),
                Change("phases.voting.closes", "2018-02-04T23:00:00", "2018-02-18T23:00:00"),
            ),
        ),
        Amendment(
            "2018-01-15",
            secretariat,
            "Date of the ceremony",
            "",
            (Change("phases.announcement.opens", "2018-03-19", "2018-03-20"),),
        ),
        Amendment(
            "2018-01-20",
            secretariat,
            "The voting rules of the site, adopted",
            "https://example.org/rules",
            (
                Change("voting.profile", None, "organization"),
                Change("voting.reasons.own_project", None, "in force"),
                Change("voting.reasons.own_project.clause", None, "2018-V4"),
            ),
        ),
    )


def test_a_later_amendment_begins_where_the_earlier_one_ended(tmp_path: Path) -> None:
    amended = loaded(
        tmp_path,
        extending(
            "2018",
            moved("2018-01-01", "panel: {quota: 20, pool: 5}"),
            moved("2018-01-01", "panel: {quota: null, honoured: 6}"),
            moved("2018-01-02", "panel: {winners: {most: 3}}, voting: {second_vote: last}"),
        ),
    )
    assert [amendment.changes for amendment in amended.amendments] == [
        (Change("panel.quota", None, "20"), Change("panel.pool", "3", "5")),
        (Change("panel.quota", "20", None), Change("panel.honoured", "5", "6")),
        (Change("voting.second_vote", "first", "last"), Change("panel.winners.most", "2", "3")),
    ]
    panel = amended.panel
    assert (panel.quota, panel.honoured, panel.pool) == (None, 6, 5)
    assert (panel.fewest_winners, panel.most_winners) == (0, 3)
    assert amended.voting.second_vote == "last"


def test_a_setting_beside_the_one_that_changes_stays(tmp_path: Path) -> None:
    changes = (
        "rules: {word-count: {severity: error, settings: {project_information: {max: 2500}}}, "
        "past-winner: , same-project: {clause: 2018-S4, settings: {compare: [title]}}}"
    )
    amended = loaded(tmp_path, extending("2018", moved("2018-01-01", changes)))
    count = amended.rules["word-count"]
    assert (count.severity, count.clause) == ("error", "2018-S1")
    assert count.settings == {
        "executive_summary": {"max": 100},
        "project_information": {"min": 1500, "max": 2500},
    }
    assert amended.rules["past-winner"].clause is None
    assert amended.amendments[0].changes == (
        Change("rules.word-count.severity", "warning", "error"),
        Change("rules.word-count.settings.project_information.max", "2000", "2500"),
        Change("rules.past-winner", None, "in force"),
        Change("rules.same-project", None, "in force"),
        Change("rules.same-project.clause", None, "2018-S4"),
        Change("rules.same-project.settings.compare", None, "title"),
    )


def test_what_an_amendment_adopts_is_named_by_the_clause_that_it_cites(contest: Contest) -> None:
    enforced_by = {clause.id: clause.enforced_by for clause in contest.clauses}
    of_letter = {clause.id: clause.enforced_by for clause in load_contest("2018").clauses}
    assert enforced_by == of_letter | {"2018-V4": ("tally", "own_project")}


def test_a_clause_that_names_its_reason_already_does_not_name_it_twice(tmp_path: Path) -> None:
    changes = "voting: {reasons: {outside_window: {clause: 2018-V2}}}"
    amended = loaded(tmp_path, extending("2018", moved("2018-01-01", changes)))
    assert amended.voting.reasons["outside_window"] == "2018-V2"
    clauses = {clause.id: clause.enforced_by for clause in amended.clauses}
    assert clauses["2018-V2"] == ("outside_window",)


def test_reasons_stay_in_the_order_in_which_they_are_tried(contest: Contest) -> None:
    assert list(contest.voting.reasons) == [
        "malformed", "repeated_row", "outside_window", "unregistered", "not_nominated",
        "wrong_category", "own_project", "second_vote",
    ]  # fmt: skip


def test_a_clause_tells_its_amendments(contest: Contest) -> None:
    told = {clause.id: amendments_of(clause, contest) for clause in contest.clauses}
    extended, ceremony, site = contest.amendments
    assert {clause: amendments for clause, amendments in told.items() if amendments} == {
        "2018-L1": (extended,),
        "2018-P1": (extended,),
        "2018-P3": (extended,),
        "2018-P5": (ceremony,),
        "2018-V2": (extended,),
        "2018-V4": (site,),
        "2018-W2": (ceremony,),
    }


@pytest.mark.parametrize(
    ("edition", "changes", "clauses"),
    [
        ("2021", "panel: {quota: 21}", "P2 S0c N0 N0a N0b N1 N2 N3"),
        ("2021", "voting: {profile: [organization, country]}", "V0c V2"),
        ("2021", "voting: {second_vote: last}", "V0c V5"),
        ("2021", "voting: {reasons: {own_project: {clause: 2021-V2}}}", "S0b V0c V2 V3"),
        ("2018", "panel: {honoured: 6}", "P3 P5 V3 V4"),
        ("2021", "panel: {pool: 4}", "P3 P4 V0a W1 W3 W5 V1 V4 V6"),
        ("2018", "panel: {winners: {most: 1}}", "P4 W1 W3"),
        ("2018", "rules: {category: {severity: review}}", "C1"),
        ("2018", "phases: {selection: {closes: 2018-02-12}}", "P4"),
    ],
)
def test_an_amendment_is_told_with_every_clause_of_what_it_changes(
    edition: str, changes: str, clauses: str, tmp_path: Path
) -> None:
    amended = loaded(tmp_path, extending(edition, moved("2021-02-01", changes)))
    told = [clause.id for clause in amended.clauses if amendments_of(clause, amended)]
    assert told == [f"{edition}-{clause}" for clause in clauses.split()]


def test_a_box_of_the_form_may_be_called_phase(tmp_path: Path) -> None:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    text = text.replace("short_description", "phase")
    amended = loaded(tmp_path, text)
    (clause,) = (clause for clause in amended.clauses if clause.id == "2021-S7")
    assert settings_of(clause, amended) == {"phase": {"min": 150, "max": 200}}
    assert amendments_of(clause, amended) == ()


def test_an_amendment_touches_a_place_and_what_is_inside_it() -> None:
    amendment = Amendment("2018-01-01", "A", "r", "", (Change("voting.profile", None, "country"),))
    assert [place for place in ("voting.profile", "voting", "vot", "voting.pro", "voting.profile.x") if amendment.touches(place)] == [
        "voting.profile",
        "voting",
    ]  # fmt: skip


def test_no_amendment_is_no_mistake(tmp_path: Path) -> None:
    amended = loaded(tmp_path, 'extends: "2018"\namendments: []\n')
    assert amended.amendments == ()
    assert amended.phases == load_contest("2018").phases


def test_the_schema_of_contest_yaml_stands_alone() -> None:
    """Editors have nothing else."""
    validator = Draft202012Validator(json.loads(schema_text("contest-folder")))
    right = YamlFile("a", extending("2018", EXTENSION, CEREMONY, SITE).encode()).data
    assert validator.is_valid(right)
    right["amendments"][0]["phases"]["voting"]["closs"] = "2018-02-18"
    assert not validator.is_valid(right)


# --- Submissions ----------------------------------------------------------------------------------


def validated(contest: Contest, folder: Path, rows: Sequence[Mapping[str, str]]) -> Validation:
    path = write_csv(folder / "submissions.csv", rows)
    return validate_inputs(contest, name_all({"submissions": [path]}), lambda _: None).validation


def looked_at(contest: Contest, folder: Path, *times: str) -> list[tuple[str, str]]:
    """For submissions of 2018 of these times, the severity and message of what `deadline` finds."""
    rows = [submission_2018(f"s{n}", submitted_at=time) for n, time in enumerate(times)]
    validation = validated(contest, folder, rows)
    found = {item.submission_id: (item.severity, item.message) for item in validation.findings}
    for identity, verdict in validation.verdicts.items():
        severity, _ = found.get(identity, ("", ""))
        assert verdict == ("ineligible" if severity == "error" else "eligible")
    return [found.get(identity, ("", "")) for identity in validation.verdicts]


def test_an_entry_that_only_the_extension_lets_in_is_in_time_and_says_so(
    contest: Contest, tmp_path: Path
) -> None:
    found = looked_at(
        contest,
        tmp_path,
        "2018-01-02T23:00:00+01:00",
        "2018-01-02T23:00:01+01:00",
        "2018-01-10T23:00:00+01:00",
        "2018-01-10T23:00:00.9+01:00",
        "2018-01-10T23:00:01+01:00",
        "2017-09-11T00:00:00+02:00",
        "2017-09-10T23:59:59+02:00",
    )
    of_the_letter = (
        "after the deadline of the letter (2018-01-02T23:00:00+01:00); in time under the"
    )
    assert found == [
        ("", ""),
        ("warning", f"submitted 2018-01-02T23:00:01+01:00, 1 second {of_the_letter} {NAMED_EXTENSION}"),
        ("warning", f"submitted 2018-01-10T23:00:00+01:00, 8 days {of_the_letter} {NAMED_EXTENSION}"),
        ("warning", f"submitted 2018-01-10T23:00:00+01:00, 8 days {of_the_letter} {NAMED_EXTENSION}"),
        (
            "error",
            "submitted 2018-01-10T23:00:01+01:00, 1 second after the deadline of "
            f"2018-01-10T23:00:00+01:00, set by the {NAMED_EXTENSION}",
        ),
        ("", ""),
        (
            "error",
            "submitted 2017-09-10T23:59:59+02:00, 1 second before the opening of "
            "2017-09-11T00:00:00+02:00",
        ),
    ]  # fmt: skip


def test_without_the_extension_the_letter_holds(tmp_path: Path) -> None:
    late = looked_at(load_contest("2018"), tmp_path, "2018-01-02T23:00:01+01:00")
    assert late == [
        (
            "error",
            "submitted 2018-01-02T23:00:01+01:00, 1 second after the deadline of "
            "2018-01-02T23:00:00+01:00",
        )
    ]


@pytest.mark.parametrize(
    ("changes", "severities"),
    [
        ("opens: 2017-09-01", ["error", "warning", "warning", "", "", "error"]),
        ("opens: 2017-10-01", ["error", "error", "error", "error", "", "error"]),
        ("closes: 2017-12-01", ["error", "error", "error", "", "error", "error"]),
        ("opens: 2017-09-01, closes: 2018-01-20", ["error", "warning", "warning", "", "", "warning"]),
    ],
)  # fmt: skip
def test_either_end_may_move_either_way(
    changes: str, severities: list[str], tmp_path: Path
) -> None:
    amended = loaded(tmp_path, extending("2018", moved("2017-12-28", f"phases: {{submission: {{{changes}}}}}")))  # fmt: skip
    times = (
        "2017-08-31T23:59:59+02:00",
        "2017-09-01T00:00:00+02:00",
        "2017-09-10T23:59:59+02:00",
        "2017-09-11T00:00:00+02:00",
        "2018-01-02T23:00:00+01:00",
        "2018-01-02T23:00:01+01:00",
    )
    found = looked_at(amended, tmp_path, *times)
    assert [severity for severity, _ in found] == severities


@pytest.mark.parametrize(
    ("time", "late"),
    [("12:00:59", "59 seconds"), ("12:01:00", "1 minute"), ("13:00:00", "1 hour"), ("14:00", "2 hours")],
)  # fmt: skip
def test_a_deadline_that_was_brought_forward_names_its_amendment(
    time: str, late: str, tmp_path: Path
) -> None:
    changes = "phases: {submission: {closes: 2017-12-31T12:00:00}}"
    amended = loaded(tmp_path, extending("2018", moved("2017-12-01", changes, "a holiday")))
    ((severity, message),) = looked_at(amended, tmp_path, f"2017-12-31T{time}+01:00")
    assert severity == "error"
    assert message.endswith(
        f", {late} after the deadline of 2017-12-31T12:00:00+01:00, set by the amendment of "
        "2017-12-01 by A: a holiday"
    )


@pytest.mark.parametrize(
    ("time", "says"),
    [
        ("", "the time of submission is missing"),
        ("soon", "'soon' is no time"),
        ("2018-03-25T02:30:00", "'2018-03-25T02:30:00' never existed: summer time skipped that hour"),
    ],
)  # fmt: skip
def test_no_amendment_lets_in_what_has_no_time(
    time: str, says: str, contest: Contest, tmp_path: Path
) -> None:
    rows = [submission_2018("s1", submitted_at=time)]
    messages = [item.message for item in validated(contest, tmp_path, rows).findings]
    assert messages == [says]


def test_of_two_amendments_of_one_end_the_last_one_counts_and_is_named(tmp_path: Path) -> None:
    amended = loaded(
        tmp_path,
        extending(
            "2018",
            moved("2017-12-01", "phases: {submission: {closes: 2018-01-20}}", "first"),
            moved("2017-12-02", "phases: {submission: {closes: 2018-01-10}}", "second"),
            moved("2017-12-03", "phases: {voting: {closes: 2018-02-06}}", "of the vote"),
        ),
    )
    found = looked_at(amended, tmp_path, "2018-01-05T00:00:00Z", "2018-01-15T00:00:00Z")
    assert [severity for severity, _ in found] == ["warning", "error"]
    assert all("amendment of 2017-12-02 by A: second" in message for _, message in found)


def test_a_date_moved_back_to_the_letters_is_the_letters(tmp_path: Path) -> None:
    amended = loaded(
        tmp_path,
        extending(
            "2018",
            moved("2017-12-01", "phases: {submission: {closes: 2018-01-20}}"),
            moved("2017-12-02", "phases: {submission: {closes: 2018-01-02T23:00:00}}"),
        ),
    )
    found = looked_at(amended, tmp_path, "2018-01-02T22:00:00Z", "2018-01-02T22:00:01Z")
    assert [severity for severity, _ in found] == ["", "error"]


def test_an_entry_in_time_does_not_ask_a_person_to_do_anything(
    contest: Contest, tmp_path: Path
) -> None:
    path = write_csv(
        tmp_path / "s.csv", [submission_2018("s1", submitted_at="2018-01-05T10:00:00+01:00")]
    )
    inputs = name_all({"submissions": [path]})
    (finding,) = validate_inputs(contest, inputs, lambda _: None).validation.findings
    assert (finding.rule, finding.clause, finding.field) == ("deadline", "2018-P1", "submitted_at")
    assert finding.help == "nothing needs to be done: the submission is in time"


def test_an_entry_in_time_by_amendment_still_takes_the_place_of_its_entity(
    contest: Contest, tmp_path: Path
) -> None:
    times = {"s1": "2018-01-09T10:00:00+01:00", "s2": "2018-01-05T10:00:00+01:00"}
    rows = [
        submission_2018(identity, entity="Ministry", submitted_at=time)
        for identity, time in times.items()
    ]
    validation = validated(contest, tmp_path, rows)
    assert validation.verdicts == {"s1": "ineligible", "s2": "eligible"}


def test_an_adopted_rule_finds_and_cites_its_clause(tmp_path: Path) -> None:
    changes = (
        "rules: {same-project: {clause: 2018-S4, severity: review, settings: {compare: [title]}}}"
    )
    amended = loaded(tmp_path, extending("2018", moved("2017-12-01", changes)))
    rows = [submission_2018("s1", title="One"), submission_2018("s2", title="One", category="C2")]
    found = {
        (f.rule, f.clause, f.submission_id) for f in validated(amended, tmp_path, rows).findings
    }
    assert found == {("same-project", "2018-S4", "s2")}


# --- Votes ----------------------------------------------------------------------------------------


def vote_2018(vote_id: str, cast_at: str, member_id: str = "", **changes: str) -> dict[str, str]:
    return vote(vote_id, member_id or f"m-{vote_id}", "s1", cast_at=cast_at, **changes)


VOTES = [
    vote_2018("before", "2018-01-28T23:59:59+01:00"),
    vote_2018("first", "2018-01-29T00:00:00+01:00"),
    vote_2018("late-by-the-letter", "2018-02-04T23:00:01+01:00"),
    vote_2018("last", "2018-02-18T23:00:00+01:00"),
    vote_2018("late", "2018-02-18T23:00:01+01:00"),
    vote_2018("own", "2018-02-01T12:00:00+01:00"),
]
MEMBERS = [
    member(
        row["member_id"], **({"organization": "ENTITY  of s1"} if row["vote_id"] == "own" else {})
    )
    for row in VOTES
]
NOMINEES = [nominee("s1", entity="Entity of s1"), nominee("s2")]


def tallied(folder: Path, contest: str) -> tuple[str, dict[str, tuple[str, str]]]:
    """What the tally prints, and each rejected vote's reason and clause."""
    (folder / "contest.yaml").write_text(contest, "utf-8")
    write_csv(folder / "votes.csv", VOTES)
    write_csv(folder / "members.csv", MEMBERS)
    write_csv(folder / "nominees.csv", NOMINEES)
    result = wsisctl(
        "tally", "--contest", "contest.yaml", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--out", "out", cwd=folder,
    )  # fmt: skip
    assert (result.status, result.err) == (0, "")
    with (folder / "out" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        rejected = {row["vote_id"]: (row["reason"], row["clause"]) for row in csv.DictReader(file)}
    return result.out, rejected


def test_the_window_is_the_amended_one_and_adopted_rules_reject(tmp_path: Path) -> None:
    told, rejected = tallied(tmp_path, extending("2018", EXTENSION, CEREMONY, SITE))
    assert rejected == {
        "before": ("outside_window", "2018-P3"),
        "late": ("outside_window", "2018-P3"),
        "own": ("own_project", "2018-V4"),
    }
    summary = " ".join(told.split())
    assert f"{NAMED_EXTENSION} (https://example.org/extended)" in summary
    assert f"{NAMED_SITE} (https://example.org/rules)" in summary
    assert NAMED_CEREMONY not in summary, "the ceremony has nothing to do with the count"


def test_a_tally_names_amendments_of_its_numbers_and_no_others(tmp_path: Path) -> None:
    amendments = [
        moved("2018-01-20", f"panel: {{{number}}}", reason)
        for number, reason in (
            ("honoured: 6", "first"),
            ("pool: 4", "second"),
            ("quota: 9", "third"),
        )
    ]
    told, _ = tallied(tmp_path, extending("2018", *amendments))
    assert re.findall("Under the amendment of 2018-01-20 by A: (.*)\\.", told) == [
        "first",
        "second",
    ]


def test_under_the_letter_alone_the_same_votes_count_otherwise(tmp_path: Path) -> None:
    told, rejected = tallied(tmp_path, 'extends: "2018"\n')
    late = ("outside_window", "2018-P3")
    assert rejected == dict.fromkeys(("late-by-the-letter", "last", "late"), late)
    assert "amendment" not in told


def test_a_tally_has_the_keys_of_the_contract_with_amendments_or_without(tmp_path: Path) -> None:
    tallied(tmp_path, extending("2018", EXTENSION, CEREMONY, SITE))
    tally = json.loads((tmp_path / "out" / "tally.json").read_text("utf-8"))
    assert list(tally) == ["contest", "window", "votes", "categories"]
    assert tally["window"] == {
        "opens": "2018-01-29T00:00:00+01:00",
        "closes": "2018-02-18T23:00:00+01:00",
    }
    assert tally["votes"] == {
        "read": 6,
        "counted": 3,
        "rejected": 3,
        "rejected_by_reason": {"outside_window": 2, "own_project": 1},
    }


# --- rules ----------------------------------------------------------------------------------------


def test_rules_shows_the_date_of_a_ceremony_that_the_letter_does_not_name(tmp_path: Path) -> None:
    amendment = moved("2021-03-02", "phases: {announcement: {opens: 2021-05-18T15:00:00}}")
    (tmp_path / "contest.yaml").write_text(extending("2021", amendment), "utf-8")
    shown = {
        item["clause"]: item["settings"]
        for item in json.loads(wsisctl("rules", "--format", "json", cwd=tmp_path).out)
    }
    assert shown["2021-W2"] == {"until": "announcement", "opens": "2021-05-18T15:00:00+02:00"}


def test_rules_names_the_amendments_of_a_clause(tmp_path: Path) -> None:
    (tmp_path / "contest.yaml").write_text(extending("2018", EXTENSION, CEREMONY), "utf-8")
    pages = re.split(r"\n\n(?=2018-)", wsisctl("rules", cwd=tmp_path).out)
    named = {page.split()[0]: " ".join(page.split()) for page in pages}
    assert f"closes: 2018-01-10T23:00:00+01:00 {NAMED_EXTENSION}" in named["2018-P1"]
    assert NAMED_CEREMONY in named["2018-W2"]
    assert "amendment" not in named["2018-S1"]


# --- In a folder ----------------------------------------------------------------------------------


def made(folder: Path, contest: str) -> Path:
    assert wsisctl("init", folder, "--contest", "2018").status == 0
    exports = {
        "import-submissions": [submission_2018("s1", submitted_at="2018-01-10T22:00:00Z")],
        "import-votes": VOTES,
        "import-members": MEMBERS,
    }
    for command, rows in exports.items():
        export = write_csv(folder.parent / f"{command}.csv", rows)
        result = wsisctl(command, export, "--folder", folder)
        assert result.status == 0, result.err
    (folder / "contest.yaml").write_text(contest, "utf-8")
    return folder


def status_of(folder: Path) -> dict[str, tuple[str, list[str]]]:
    document = json.loads(wsisctl("status", "--format", "json", cwd=folder).out)
    return {item["stage"]: (item["state"], item["changed"]) for item in document["stages"]}


def test_an_amendment_in_contest_yaml_makes_what_was_computed_out_of_date(tmp_path: Path) -> None:
    folder = made(tmp_path / "prizes", 'extends: "2018"\n')
    first = wsisctl("validate", cwd=folder)
    assert (first.status, "deadline" in first.out) == (1, True)
    assert status_of(folder)["validate"] == ("current", [])
    (folder / "contest.yaml").write_text(extending("2018", EXTENSION), "utf-8")
    assert status_of(folder)["validate"] == ("out of date", ["contest.yaml"])
    again = wsisctl("validate", cwd=folder)
    assert again.status == 0, "a warning blocks nothing"
    assert NAMED_EXTENSION in " ".join(again.out.split())
    assert status_of(folder)["validate"] == ("current", [])
    corrected = extending("2018", EXTENSION.replace("01-10T23", "01-10T22"))
    (folder / "contest.yaml").write_text(corrected, "utf-8")
    assert status_of(folder)["validate"] == ("out of date", ["contest.yaml"])
    assert wsisctl("validate", cwd=folder).status == 1


def test_a_contest_goes_through_its_stages_as_amended(tmp_path: Path) -> None:
    """Members and votes came in before the rules of the site asked for organizations."""
    folder = made(tmp_path / "prizes", extending("2018", EXTENSION, CEREMONY, SITE))
    (folder / "decisions" / "decisions.yaml").write_text(
        "- {kind: nominate, category: C1, submission_ids: [s1], by: A, on: 2018-01-26, reason: r}\n",
        "utf-8",
    )
    assert [wsisctl(stage, cwd=folder).status for stage in ("validate", "nominate", "tally")] == [0] * 3  # fmt: skip
    rejected = (folder / "results" / "rejected-votes.csv").read_text("utf-8").splitlines()[1:]
    assert sorted(row.split(",")[:3] for row in rejected) == [
        ["before", "outside_window", "2018-P3"],
        ["late", "outside_window", "2018-P3"],
    ]


def test_status_names_each_amendment_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "contest.yaml").write_text(extending("2018", EXTENSION, CEREMONY), "utf-8")
    shown = " ".join(wsisctl("status", cwd=tmp_path).out.split())
    assert f"{NAMED_EXTENSION} (https://example.org/extended) {NAMED_CEREMONY} exports of" in shown
    document = json.loads(wsisctl("status", "--format", "json", cwd=tmp_path).out)
    assert document["amendments"][1] == {
        "on": "2018-01-15",
        "by": "WSIS Prizes secretariat",
        "reason": "Date of the ceremony",
        "source": None,
        "changes": [
            {"place": "phases.announcement.opens", "before": "2018-03-19", "after": "2018-03-20"}
        ],
    }


def test_status_of_an_edition_as_its_letter_has_it_names_none(tmp_path: Path) -> None:
    (tmp_path / "contest.yaml").write_text('extends: "2018"\n', "utf-8")
    assert "amendment" not in wsisctl("status", cwd=tmp_path).out
    document = json.loads(wsisctl("status", "--format", "json", cwd=tmp_path).out)
    assert document["amendments"] == []


@pytest.mark.parametrize("edition", ["2018", "2021"])
def test_the_example_in_a_new_folder_is_right(edition: str, tmp_path: Path) -> None:
    assert wsisctl("init", tmp_path, "--contest", edition).status == 0
    path = tmp_path / "contest.yaml"
    text = path.read_text("utf-8")
    start = text.index("# amendments:")
    path.write_text(text[:start] + re.sub("^# ", "", text[start:], flags=re.MULTILINE), "utf-8")
    amended = load_contest(str(path), fit_problems)
    assert len(amended.amendments) == 1


def test_text_from_a_definition_cannot_act_on_a_terminal(tmp_path: Path) -> None:
    written = '  - {on: 2018-01-01, by: "A\\e[31m", reason: "one\\n\\n two", panel: {quota: 2}}\n'
    (tmp_path / "contest.yaml").write_text(extending("2018", written), "utf-8")
    (amendment,) = load_contest(str(tmp_path / "contest.yaml")).amendments
    assert amendment.reason == "one two"
    shown = wsisctl("status", cwd=tmp_path).out
    assert "amendment of 2018-01-01 by A\\u001b[31m: one two\n" in shown


# --- A whole definition ---------------------------------------------------------------------------


def whole(*amendments: str) -> str:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    return text + "\namendments:\n" + "".join(amendments)


def test_a_whole_definition_may_carry_amendments(tmp_path: Path) -> None:
    changes = "phases: {submission: {closes: 2021-02-01T23:00:00}}"
    definition = tmp_path / "edition.yaml"
    definition.write_text(whole(moved("2021-01-22", changes, "extended")), "utf-8")
    write_csv(tmp_path / "s.csv", [submission("a", submitted_at="2021-02-01T23:00:00+01:00")])
    result = wsisctl("validate", "s.csv", "--contest", "edition.yaml", cwd=tmp_path)
    assert result.status == 0
    assert "amendment of 2021-01-22 by A: extended" in " ".join(result.out.split())
    assert wsisctl("init", tmp_path / "prizes", "--contest", definition).status == 0
    assert "amendment of 2021-01-22 by A: extended" in wsisctl("status", "--folder", tmp_path / "prizes").out  # fmt: skip


def test_a_mistake_in_the_definition_itself_is_told_at_its_own_place(tmp_path: Path) -> None:
    text = whole(moved("2021-01-22", "panel: {quota: 21}")).replace("  pool: 5 ", "  pool: 6 ")
    (tmp_path / "contest.yaml").write_text(text, "utf-8")
    result = wsisctl("rules", cwd=tmp_path)
    line = text[: text.index("  pool: 6 ")].count("\n") + 1
    assert result.status == 3
    assert result.err.startswith(f"error: contest.yaml:{line}:9: the pool (6)")


# --- Phases out of order --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "changes", "says"),
    [
        pytest.param(
            "2018", "voting: {opens: ¦2018-01-02T22:59:59}",
            "voting opens at 2018-01-02T22:59:59+01:00, before submission closes at "
            "2018-01-02T23:00:00+01:00; one of the two has to move",
            id="the vote begins before the entries end",
        ),
        pytest.param(
            "2018", "submission: {closes: ¦2018-01-12T00:00:01}",
            "voting opens at 2018-01-12T00:00:00+01:00, before submission closes at ",
            id="entries go on into the vote",
        ),
        pytest.param(
            "2018", "voting: {opens: ¦2018-01-19}, submission: {closes: 2018-01-20}",
            "voting opens at 2018-01-19T00:00:00+01:00, before submission closes at ",
            id="both moved, and not far enough",
        ),
        pytest.param(
            "2021", "nomination: {closes: ¦2021-03-01}",
            "voting opens at 2021-03-01T00:00:00+01:00, before nomination closes at ",
            id="nobody is nominated yet",
        ),
        pytest.param(
            "2018", "voting: {closes: ¦2018-03-19T00:00:01}",
            "announcement opens at 2018-03-19T00:00:00+01:00, before voting closes at ",
            id="the vote goes on into the ceremony",
        ),
        pytest.param(
            "2018", "announcement: {opens: ¦2018-02-04}",
            "announcement opens at 2018-02-04T00:00:00+01:00, before voting closes at ",
            id="the ceremony is on the day on which the vote ends",
        ),
        pytest.param(
            "2021", "announcement: {opens: ¦2021-03-31T22:59:59}",
            "announcement opens at 2021-03-31T22:59:59+02:00, before voting closes at ",
            id="a ceremony that had no date",
        ),
    ],
)  # fmt: skip
def test_phases_out_of_order_are_told_at_their_place(
    edition: str, changes: str, says: str, tmp_path: Path
) -> None:
    text = extending(edition, moved("2021-01-01", f"phases: {{{changes}}}"))
    column = text.splitlines()[2].index(HERE) + 1
    (tmp_path / "contest.yaml").write_text(text.replace(HERE, ""), "utf-8")
    for command in (("rules", "--quiet"), ("rules", "--contest", "contest.yaml"), ("status",)):
        result = wsisctl(*command, cwd=tmp_path)
        assert result.status == 0
        assert result.err.startswith(f"warning: contest.yaml:3:{column}: {says}"), result.err
        assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("edition", "changes"),
    [
        pytest.param("2018", ["voting: {opens: 2018-01-02T23:00:00}"], id="the same second"),
        pytest.param("2018", ["submission: {closes: 2018-01-12T00:00:00}"], id="the other one"),
        pytest.param("2018", ["submission: {closes: 2018-01-10}"], id="into the nomination"),
        pytest.param("2018", ["nomination: {closes: 2018-01-20}"], id="overlapping by the letter"),
        pytest.param("2018", ["voting: {closes: 2018-02-18}"], id="into the selection"),
        pytest.param("2018", ["voting: {closes: 2018-03-19T00:00:00}"], id="up to the ceremony"),
        pytest.param("2021", ["announcement: {opens: 2021-03-31T23:00:00}"], id="ceremony at once"),
        pytest.param(
            "2018",
            ["submission: {closes: 2018-01-20}", "voting: {opens: 2018-01-29}"],
            id="the vote is moved by another amendment",
        ),
    ],
)
def test_phases_in_order_are_not_worth_a_word(
    edition: str, changes: list[str], tmp_path: Path
) -> None:
    amendments = [moved("2021-01-01", f"phases: {{{change}}}") for change in changes]
    assert loaded(tmp_path, extending(edition, *amendments)).warnings == ()


def test_an_overlap_of_the_definition_is_its_own(tmp_path: Path) -> None:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    overlapping = text.replace("closes: 2021-01-25T23:00:00", "closes: 2021-03-15")
    longer = moved("2021-01-01", "phases: {submission: {closes: 2021-03-20}}")
    assert loaded(tmp_path, f"{overlapping}\namendments:\n{longer}").warnings == ()


def test_of_two_amendments_the_last_one_is_at_fault(tmp_path: Path) -> None:
    later = moved("2018-01-01", "phases: {submission: {closes: 2018-01-20}}")
    sooner = moved("2018-01-02", "phases: {voting: {opens: 2018-01-19}}")
    (warning,) = loaded(tmp_path, extending("2018", later, sooner)).warnings
    assert warning.startswith(f"{tmp_path / 'contest.yaml'}:4:")


# --- Refusals -------------------------------------------------------------------------------------

HERE = "¦"
"""The line and column that the error must name."""


def refusal(folder: Path, marked: str) -> tuple[list[str], list[str]]:
    """The places marked, and the errors with which the contest is refused."""
    places = [
        f"contest.yaml:{number}:{column - before}"
        for number, line in enumerate(marked.split("\n"), start=1)
        for before, column in enumerate(
            mark.start() + 1 for mark in re.finditer(HERE, line)
        )
    ]  # fmt: skip
    (folder / "contest.yaml").write_text(marked.replace(HERE, ""), "utf-8")
    result = wsisctl("rules", cwd=folder)
    assert (result.status, result.out) == (3, "")
    assert "help: mend the definition" in result.err
    return places, [line.removeprefix("error: ") for line in result.err.splitlines()[:-1]]


@pytest.mark.parametrize(
    ("edition", "amendment", "says"),
    [
        # its shape
        ("2018", "¦{on: 2018-01-01, by: A, reason: r}", "at least one of phases, voting, rules and panel"),
        ("2018", "¦{on: 2018-01-01, by: A, panel: {quota: 2}}", "missing: reason"),
        ("2018", "¦{on: 2018-01-01, reason: r, panel: {quota: 2}}", "missing: by"),
        ("2018", "¦{by: A, reason: r, panel: {quota: 2}}", "missing: on"),
        ("2018", "{on: 2018-01-01, by: ¦' ', reason: r, panel: {quota: 2}}", "text that is not empty"),
        ("2018", "{on: 2018-01-01, by: A, reason: ¦'', panel: {quota: 2}}", "text that is not empty"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, source: ¦'', panel: {quota: 2}}", "text that is not empty"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, panel: {quota: 2}, ¦form: []}", "unknown key 'form'"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, ¦pannel: {quota: 2}, panel: {pool: 5}}", "did you mean 'panel'?"),
        ("2018", "¦extended until Easter", "a mapping"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: ¦{}}", "empty; expected at least one phase"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: ¦{}}}", "empty; expected at least one of opens and closes"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: {¦clause: 2018-P3}}}", "unknown key 'clause'"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, voting: {¦phase: selection}}", "unknown key 'phase'"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, panel: {¦scale: {lowest: 0, highest: 9}}}", "unknown key 'scale'"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {deadline: {settings: ¦{}}}}", "empty; expected at least one setting"),
        # its day
        ("2018", "{on: ¦28 December 2017, by: A, reason: r, panel: {quota: 2}}", "expected a date such as 2030-12-31"),
        ("2018", "{on: ¦2018-02-30, by: A, reason: r, panel: {quota: 2}}", "'2018-02-30' is no date"),
        ("2018", "{on: ¦2017-09-10, by: A, reason: r, panel: {quota: 2}}", "2017-09-10 is before 2017-09-11, the day of the letter; expected 2017-09-11 or later"),
        # what stands already
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: {opens: ¦2018-01-12}}}", "phases.voting.opens is 2018-01-12 already; write only what the amendment changes"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {submission: {closes: ¦2018-01-02T22:00:00Z}}}", "already"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, panel: {quota: ¦null, pool: 4}}", "panel.quota is null already"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, panel: {pool: ¦3, honoured: 6}}", "panel.pool is 3 already"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, voting: {second_vote: ¦first}}", "voting.second_vote is first already"),
        ("2021", "{on: 2021-01-01, by: A, reason: r, voting: {reasons: {own_project: ¦}}}", "voting.reasons.own_project is in force already"),
        ("2021", "{on: 2021-01-01, by: A, reason: r, rules: {deadline: ¦{}}}", "rules.deadline is in force already"),
        ("2021", "{on: 2021-01-01, by: A, reason: r, rules: {word-count: {settings: {short_description: {max: ¦200}}}}}", "is 200 already"),
        ("2021", "{on: 2021-01-01, by: A, reason: r, rules: {word-count: {settings: {short_description: ¦{}}}}}", "rules.word-count.settings.short_description is empty"),
        # dates
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {¦votting: {closes: 2018-02-18}}}", "'votting' is no phase; did you mean 'voting'?"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: {¦closs: 2018-02-18}}}", "did you mean 'closes'?"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: {closes: ¦2018-01-11}}}", "closes (2018-01-11) before it opens (2018-01-12)"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: ¦{opens: 2018-02-05}}}", "closes (2018-02-04T23:00:00) before it opens (2018-02-05)"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: {closes: ¦2018-02-30}}}", "'2018-02-30' is no date or time"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: {closes: ¦2018-03-25T02:30:00}}}", "summer time"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, phases: {voting: {closes: ¦null}}}", "expected text"),
        # voting
        ("2018", "{on: 2018-01-01, by: A, reason: r, voting: {reasons: {¦own_projects: }}}", "did you mean 'own_project'?"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, voting: {reasons: {¦own_project: }}}", "'organization' is not in voting.profile"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, voting: {reasons: {¦incomplete_profile: }}}", "at least one field in voting.profile"),
        ("2021", "{on: 2021-01-01, by: A, reason: r, voting: ¦{profile: [country]}}", "'organization' is not in voting.profile"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, voting: {profile: [¦organisation]}}", "did you mean 'organization'?"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, voting: {second_vote: ¦second}}", "first, last, none"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, voting: {reasons: {second_vote: {clause: ¦2018-V9}}}}", "'2018-V9' is no clause"),
        # rules
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {¦past-winers: }}", "did you mean 'past-winner'?"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {past-winner: {severity: ¦fatal}}}", "error, review, warning"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {past-winner: {clause: ¦2018-X1}}}", "'2018-X1' is no clause"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {same-project: ¦{clause: 2018-S4}}}", "missing: settings"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {deadline: {settings: {¦until: voting}}}}", "unknown key 'until'"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {deadline: {settings: {phase: ¦votting}}}}", "'votting' is no phase"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {¦status: {settings: {accepted: [completed]}}}}", "status needs the field 'status', which the form does not have"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {same-project: {settings: {compare: [¦name]}}}}", "same-project needs the field 'name'"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {word-count: {settings: {project_information: {max: ¦many}}}}}", "a whole number"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, rules: {word-count: {settings: {project_information: ¦{max: 1000}}}}}", "'min' is more than 'max'"),
        # panel
        ("2018", "{on: 2018-01-01, by: A, reason: r, panel: {pool: ¦6}}", "the pool (6) cannot be larger"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, panel: ¦{honoured: 2}}", "the pool (3) cannot be larger"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, panel: {quota: ¦0}}", "at least 1"),
        ("2018", "{on: 2018-01-01, by: A, reason: r, panel: {winners: {most: ¦4}}}", "more winners than the pool holds"),
    ],
)  # fmt: skip
def test_a_wrong_amendment_is_refused_at_its_mistake(
    edition: str, amendment: str, says: str, tmp_path: Path
) -> None:
    text = extending(edition, f"  - {amendment}\n")
    places, errors = refusal(tmp_path, text)
    (error,) = errors
    assert error.startswith(f"{places[0]}: "), error
    assert says in error


@pytest.mark.parametrize(
    "amendments",
    [
        pytest.param(
            (
                "  - {on: ¦Monday, by: A, reason: r, panel: {quota: ¦none, pool: 4}}\n",
                "  - {on: 2018-01-01, by: ¦2, reason: r, panel: {¦pools: 4}}\n",
            ),
            id="of shape, in all amendments",
        ),
        pytest.param(
            (
                "  - {on: 2018-01-03, by: A, reason: r, panel: {quota: 4}}\n",
                "  - {on: ¦2018-01-02, by: A, reason: r, panel: {quota: 5}}\n",
                "  - {on: 2018-01-03, by: A, reason: r, panel: {quota: 6}}\n",
                "  - {on: ¦2018-13-01, by: A, reason: r, panel: {quota: 7}}\n",
            ),
            id="of days, in all amendments",
        ),
        pytest.param(
            (
                "  - {on: 2018-01-03, by: A, reason: r, panel: {quota: 4}}\n",
                "  - {on: 2018-01-03, by: A, reason: r, panel: {quota: ¦4}, phases: {¦vote: {closes: 2018-02-05}}}\n",
                "  - {on: 2018-01-03, by: A, reason: r, panel: {quota: 4}}\n",
            ),
            id="of sense, in the first that is wrong",
        ),
        pytest.param(
            (
                "  - {on: 2018-01-03, by: A, reason: r, panel: {pool: 5}}\n",
                "  - {on: 2018-01-03, by: A, reason: r, panel: ¦{honoured: 4}}\n",
            ),
            id="of sense, where the one before is right",
        ),
        pytest.param(
            (
                "  - {on: 2018-01-03, by: A, reason: r, panel: {pool: ¦6}}\n",
                "  - {on: 2018-01-03, by: A, reason: r, panel: {honoured: 6}}\n",
            ),
            id="of sense, though the next one would mend it",
        ),
    ],
)
def test_of_several_mistakes_each_is_told_at_its_place(
    amendments: tuple[str, ...], tmp_path: Path
) -> None:
    places, errors = refusal(tmp_path, extending("2018", *amendments))
    assert [error.split(": ")[0] for error in errors] == places


@pytest.mark.parametrize(
    "text",
    ['extends: "2018"\namendments: ¦{on: 2018-01-01}\n', 'extends: "2018"\namendments:¦\n'],
)
def test_amendments_are_a_list(text: str, tmp_path: Path) -> None:
    places, (error,) = refusal(tmp_path, text)
    assert error.startswith(f"{places[0]}: ")
    assert "expected a list" in error


def test_a_wrong_amendment_of_a_whole_definition_is_refused_at_its_mistake(tmp_path: Path) -> None:
    changes = "phases: {voting: {closes: ¦2021-02-28}}"
    places, (error,) = refusal(tmp_path, whole(moved("2021-02-01", changes)))
    assert error.startswith(f"{places[0]}: the phase closes (2021-02-28) before it opens")


def test_a_folder_goes_on_from_the_amendments_of_the_edition_it_extends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extended = moved("2021-01-22", "phases: {submission: {closes: 2021-02-01T23:00:00}}", "first")
    monkeypatch.setattr("wsisctl.contest.load.edition_bytes", lambda _: whole(extended).encode())
    again = "phases: {submission: {closes: 2021-02-03T23:00:00}}"
    amended = loaded(tmp_path, extending("2021", moved("2021-02-01", again, "second")))
    assert [amendment.reason for amendment in amended.amendments] == ["first", "second"]
    (change,) = amended.amendments[1].changes
    assert change.before == "2021-02-01T23:00:00"
    moved_end = amended.phases["submission"].closing_moved
    assert moved_end is not None
    assert moved_end.letter == load_contest(str(REPOSITORY / "contests" / "2021.yaml")).phases["submission"].closes  # fmt: skip
    assert amended.definition.name == "contest.yaml"
    places, errors = refusal(tmp_path, extending("2021", moved("¦2021-01-21", again)))
    assert [error.split(": ")[0] for error in errors] == places
    assert "the day of the last amendment of the edition" in errors[0]


def test_an_amendment_out_of_order_is_told_which_one_it_is_before(tmp_path: Path) -> None:
    quotas = (moved("2018-01-03", "panel: {quota: 4}"), moved("¦2018-01-02", "panel: {quota: 5}"))
    _, (error,) = refusal(tmp_path, extending("2018", *quotas))
    assert error.endswith("is before 2018-01-03, the day of the amendment above; expected 2018-01-03 or later")  # fmt: skip


def test_a_rule_always_in_force_cannot_be_put_in_force(tmp_path: Path) -> None:
    text = extending("2018", moved("2018-01-03", "rules: {withdrawn: ¦{}}"))
    places, (error,) = refusal(tmp_path, text)
    assert error == f"{places[0]}: withdrawn is always in force; leave it out"
