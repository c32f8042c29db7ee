"""`validate --letters`: what leaves the house, what does not, and under which name."""

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import Result, submission, words, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Clause, Contest, Label
from wsisctl.findings import Decision, Evidence, Finding, Passage, Source
from wsisctl.records.record import Record
from wsisctl.records.submissions import Submission
from wsisctl.reports import letter_labels
from wsisctl.reports.letter import Letter
from wsisctl.reports.letters import file_stem
from wsisctl.rules import ALL_RULES
from wsisctl.times import read_time

CONTEST = ("--contest", "2021")


def write(folder: Path, *arguments: str | Path, status: int = 1) -> Result:
    result = wsisctl("validate", "s.csv", *CONTEST, "--letters", "out", *arguments, cwd=folder)
    assert result.status == status, result.err
    return result


def letter(folder: Path, rows: list[dict[str, str]], identity: str, *arguments: str) -> str:
    write_csv(folder / "s.csv", rows)
    write(folder, *arguments)
    tag = ".zh" if "zh" in arguments else ""
    return (folder / "out" / f"letter-{identity}{tag}.txt").read_text("utf-8")


def test_a_letter_says_what_is_wrong_by_which_rule_and_what_to_do(tmp_path: Path) -> None:
    row = submission("p1", title="Signs", short_description=words(149, "p1"))
    assert letter(tmp_path, [row], "p1") == (
        "WSIS Prizes 2021\n\n"
        "Submission: p1\n"
        "Project: Signs\n\n"
        "Dear Wanjiru Kamau,\n\n"
        "Thank you for submitting this project to WSIS Prizes 2021. We have checked it against the rules "
        "of the call for submissions.\n\n"
        "As it stands, the project cannot take part, for this reason:\n\n"
        "1. “Short description” has 149 words; 150 to 200 words are asked for.\n"
        "   The rule (2021-S7, Annex 2, submission, 7): The short description has 150 to 200 words; "
        "recommended: concise, relevant, clear and attractive to voters, highlighting the ICT component "
        "and the impact.\n"
        "   What you can do: lengthen or shorten the text until it has 150 to 200 words.\n\n"
        "Submissions close at 2021-01-25 23:00:00, by the clock of Europe/Zurich. What reaches us later "
        "cannot be taken into account.\n\n"
        "Rules are given in an English paraphrase; the text of the call letter decides.\n\n"
        "With kind regards,\n"
        "The secretariat of WSIS Prizes 2021\n"
    )


def test_a_review_is_a_question_and_no_rejection(tmp_path: Path) -> None:
    text = letter(tmp_path, [submission("p1", status="ongoing")], "p1")
    assert "cannot take part" not in text
    assert (
        "Before it is decided whether the project can take part, we should like to ask you:\n\n"
        "1. Is the work completed, or has a major phase of it ended?\n"
        "   The rule (2021-S6, Annex 2, submission, 6): The work is completed, "
    ) in text
    assert "Nothing has been decided on what we ask you. Please answer as soon as you can." in text


def test_errors_and_questions_stand_apart(tmp_path: Path) -> None:
    text = letter(tmp_path, [submission("p1", status="ongoing", impact="", sdgs="18")], "p1")
    wrong, _, asked = text.partition("We should also like to ask you:")
    assert "for these reasons:\n\n1. “Qualitative and quantitative impact” is empty.\n" in wrong
    assert (
        "\n\n2. “18” does not name Sustainable Development Goals by their numbers alone.\n" in wrong
    )
    assert asked.startswith("\n\n1. Is the work completed")


def test_only_who_has_to_act_gets_a_letter(tmp_path: Path) -> None:
    """Warnings, and reviews that were dismissed, leave a submission eligible."""
    rows = [
        submission("good"),
        submission("dismissed", status="ongoing"),
        submission("confirmed", status="ongoing"),
        submission("open", status="ongoing"),
    ]
    write_csv(tmp_path / "s.csv", rows)
    (tmp_path / "d.yaml").write_text(
        "- {kind: review, submission_id: dismissed, rule: status, verdict: dismiss, by: Secret Person, on: 2021-02-01, reason: private}\n"
        "- {kind: review, submission_id: confirmed, rule: status, verdict: confirm, by: Secret Person, on: 2021-02-01, reason: private}\n"
        "- {kind: withdraw, submission_id: good, by: Secret Person, on: 2021-02-01, reason: private}\n"
    )
    result = write(tmp_path, "--decisions", "d.yaml")
    assert "note: 3 letters, listed in letters.csv, written to out" in result.err
    with (tmp_path / "out" / "letters.csv").open(newline="") as file:
        listed = list(csv.DictReader(file))
    assert [(row["submission_id"], row["verdict"], row["file"]) for row in listed] == [
        ("confirmed", "ineligible", "letter-confirmed.txt"),
        ("good", "ineligible", "letter-good.txt"),
        ("open", "review", "letter-open.txt"),
    ]
    assert listed[0]["coordinator_email"] == "wanjiru@example.org"
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == [*(row["file"] for row in listed), "letters.csv", "manifest.json"]
    confirmed = (tmp_path / "out" / "letter-confirmed.txt").read_text("utf-8")
    assert "1. The work is neither completed nor at the end of a major phase.\n" in confirmed
    assert "1. The submission has been withdrawn.\n" in (tmp_path / "out" / "letter-good.txt").read_text("utf-8")  # fmt: skip
    for name in files[:-1]:
        text = (tmp_path / "out" / name).read_text("utf-8")
        assert "Secret Person" not in text
        assert "private" not in text


def test_nothing_of_another_submission_stands_in_a_letter(tmp_path: Path) -> None:
    shared = words(160, "one text for both")
    rows = [
        submission("first", title="Secret title", entity="Secret entity", short_description=shared),
        submission("later", title="Open", short_description=shared, submitted_at="2021-01-21T10:00:00+01:00"),
        submission("third", title="Open too", entity="Secret entity", submitted_at="2021-01-22T10:00:00+01:00"),
    ]  # fmt: skip
    write_csv(tmp_path / "past.csv", [{"year": "2019", "title": "Open", "entity": "Secret winner"}])
    text = letter(tmp_path, rows, "later", "--past-winners", "past.csv")
    assert "The project looks like one that was submitted before this one." in text
    assert "The project looks like one that won in an earlier contest." in text
    for secret in ("first", "Secret title", "Secret entity", "Secret winner", "past.csv"):
        assert secret not in text
    third = (tmp_path / "out" / "letter-third.txt").read_text("utf-8")
    assert "The entity has submitted another project in the same category before this one." in third
    assert "Secret title" not in third


def made(
    language: str = "en",
    *,
    contest: Contest | None = None,
    cells: dict[str, str] | None = None,
    **finding: Any,
) -> str:
    """A letter about one finding."""
    contest = contest or load_contest("2021")
    record = Record(submission("p1") | (cells or {}), Source("s.csv", 2))
    entry = Submission("p1", record, "C1", read_time(record.text("submitted_at"), contest.zone))
    known = {"rule": "same-project", "clause": "2021-S4", "severity": "review", "submission_id": "p1"}  # fmt: skip
    known |= {"field": "title", "message": "SECRET", "help": "SECRET"}
    found = Finding(**{**known, "source": Source("s.csv", 2), **finding})
    return Letter(contest, entry, (found,), language).text


def test_of_the_evidence_only_the_submissions_own_text_is_shown() -> None:
    passages = (
        Passage("title", "my own\nwords", "SECRET"),
        Passage("impact", " ", "SECRET"),
        Passage("impact", "y" * 400, "SECRET"),
        Passage("impact", "the fourth"),
    )
    text = made(evidence=Evidence(passages, "SECRET", 93))
    assert "   In your submission: “my own words”\n" in text
    assert f"   In your submission: “{'y' * 299}…”\n" in text
    assert text.count("In your submission") == 2
    assert "SECRET" not in text
    assert "93" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("severity", ["error", "review"])
@pytest.mark.parametrize("rule", [*(rule.code for rule in ALL_RULES), "some-new-rule"])
def test_every_rule_has_sentences_that_leak_nothing(
    rule: str, severity: str, language: str
) -> None:
    decision = Decision("confirm", "SECRET", "2021-02-01", "SECRET")
    text = made(
        language, rule=rule, severity=severity, field="short_description", clause="2021-S5",
        decision=decision,
    )  # fmt: skip
    assert "SECRET" not in text
    assert "{" not in text
    assert "2021-S5" in text
    start = ("1. ", "   What you can do: ") if language == "en" else ("1. ", "   您可以：")
    for beginning in start:
        (line,) = [line for line in text.split("\n") if line.startswith(beginning)]
        assert len(line) > len(beginning) + 5


def test_no_sentence_waits_for_a_rule_that_does_not_exist() -> None:
    assert letter_labels.RULES.keys() <= {rule.code for rule in ALL_RULES}


def test_a_finding_without_clause_or_box_has_a_letter_too() -> None:
    text = made(rule="some-new-rule", clause=None, field=None)
    assert (
        "1. We could not tell from the submission whether it meets this rule: some-new-rule. It concerns "
        "the submission as a whole.\n"
    ) in text
    assert "The rule (" not in text
    assert "paraphrase" not in text


def test_the_deadline_is_stated_and_no_clock_asked() -> None:
    cells = {"submitted_at": "2021-01-25T23:00:01+01:00"}
    text = made(rule="deadline", severity="error", field="submitted_at", cells=cells)
    assert (
        "1. The time of submission on our records is “2021-01-25T23:00:01+01:00”; submissions are "
        "accepted from 2020-11-05 00:00:00 to 2021-01-25 23:00:00, by the clock of Europe/Zurich.\n"
    ) in text
    assert text.count("Submissions close at 2021-01-25 23:00:00") == 1


@pytest.mark.parametrize(
    ("closes", "on", "says"),
    [
        ("2021-01-29T12:00:00", "2021-01-20", "Extended to 2021-01-29 12:00:00 by the amendment of 2021-01-20.\n"),
        ("2021-01-20", "2021-01-10", "Moved to 2021-01-20 23:59:59 by the amendment of 2021-01-10.\n"),
    ],
)  # fmt: skip
def test_a_letter_says_that_the_deadline_of_the_clause_was_moved(
    closes: str, on: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "contest.yaml").write_text(
        f'extends: "2021"\namendments:\n  - {{on: {on}, by: SECRET, reason: SECRET, '
        f"phases: {{submission: {{closes: {closes}}}}}}}\n",
        "utf-8",
    )
    contest = load_contest(str(tmp_path / "contest.yaml"))
    cells = {"submitted_at": "2021-02-05T12:00:00+01:00"}
    late = made(contest=contest, rule="deadline", clause="2021-S9", severity="error", cells=cells)
    (line,) = [line for line in late.split("\n") if f"{line.strip()}\n" == says]
    assert late.split("\n")[late.split("\n").index(line) - 1].startswith("   The rule (2021-S9, ")
    assert "SECRET" not in late
    assert says.strip() not in made(contest=contest, rule="photo", clause="2021-S9")
    assert says.strip() not in made(rule="deadline", clause="2021-S9", severity="error")


def test_a_chinese_letter_is_chinese(tmp_path: Path) -> None:
    row = submission("p1", short_description=words(149, "p1"), coordinator_name="")
    text = letter(tmp_path, [row], "p1", "--lang", "zh")
    assert text.startswith("2021年信息社会世界峰会项目奖\n\n项目编号：p1\n项目名称：Project p1\n\n")
    assert "\n\n尊敬的项目协调人：\n\n" in text
    assert "2. “项目简述”有 149 个词，要求为 150 至 200 个词。\n" in text
    assert text.endswith("顺致敬意！\n2021年信息社会世界峰会项目奖秘书处\n")


def test_a_chinese_letter_quotes_the_call_letter_where_its_words_are_known() -> None:
    clause = Clause("c", "附件 2", "machine", (), "paraphrase", "原文")
    assert (clause.text("zh"), clause.text("en")) == ("原文", "paraphrase")
    assert Label("a", "").in_language("zh") == "a"


def test_both_languages_lie_side_by_side_and_old_letters_go(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1", impact=""), submission("p2", impact="")])
    write(tmp_path)
    write(tmp_path, "--lang", "zh")
    write_csv(tmp_path / "s.csv", [submission("p1"), submission("p2", impact="")])
    write(tmp_path, "--lang", "zh")
    names = {path.name for path in (tmp_path / "out").glob("*.txt")}
    assert names == {"letter-p1.txt", "letter-p2.txt", "letter-p2.zh.txt"}
    write(tmp_path)
    names = {path.name for path in (tmp_path / "out").glob("*.txt")}
    assert names == {"letter-p2.txt", "letter-p2.zh.txt"}


def test_a_letter_that_somebody_has_changed_is_left_as_it_is(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("p1", impact="")])
    write(tmp_path)
    (tmp_path / "out" / "letter-p1.txt").write_text("Dear friend,")
    write_csv(tmp_path / "s.csv", [submission("p1")])
    result = write(tmp_path, status=4)
    assert "letter-p1.txt: not written by wsisctl, or changed since" in result.err
    assert (tmp_path / "out" / "letter-p1.txt").read_text() == "Dear friend,"


HOSTILE_IDS = ["../../escape", "/etc/passwd", "..", "CON", "con", "a:b", "p1 ", "Ä", "ä", "A\u0308", "x" * 5000, "=1"]  # fmt: skip


def test_an_id_is_never_a_path(tmp_path: Path) -> None:
    work = tmp_path / "deep" / "work"
    work.mkdir(parents=True)
    write_csv(work / "s.csv", [submission(name, impact="") for name in HOSTILE_IDS])
    write(work)
    letters = list((work / "out").glob("*.txt"))
    assert len(letters) == len(HOSTILE_IDS)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file() and path.parent != work / "out") == ["s.csv"]  # fmt: skip
    with (work / "out" / "letters.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            text = (work / "out" / row["file"]).read_text("utf-8")
            identity = row["submission_id"].removeprefix("'").strip()
            assert f"Submission: {identity}\n" in text


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=300))
def test_file_names_are_safe_and_as_different_as_ids(one: str, other: str) -> None:
    names = [file_stem(text) for text in (one, other, one.upper(), one.lower())]
    for name in names:
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
        assert len(name) < 200
    distinct = {one, other, one.upper(), one.lower()}
    assert len(set(names)) == len(distinct)


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("17734472422205603", "letter-17734472422205603"),
        ("P1", "letter-_p1"),
        ("_p1", "letter-__5fp1"),
        ("a/b", "letter-a__2fb"),
        ("é", "letter-__c3__a9"),
    ],
)
def test_file_names_that_people_see(identity: str, name: str) -> None:
    assert file_stem(identity) == name


def test_texts_from_outside_stay_on_their_lines(tmp_path: Path) -> None:
    row = submission(
        "p1",
        title="Signs\n\nDear winner,\u202e\x1b[31m",
        coordinator_name="Ana\nYou have won, {contest}",
        category="C1\n2. {value}\u202e\x1b[31m",
    )
    text = letter(tmp_path, [row], "p1")
    assert "\nProject: Signs Dear winner,[31m\n" in text, "what nobody sees is taken out of titles"
    assert "\nDear Ana You have won, {contest},\n" in text
    assert (
        "\n1. “C1 2. {value}\\u202e\\u001b[31m” does not name exactly one category of the contest.\n"
        in text
    )
    assert "\n2. " not in text
