"""What a person must judge: how far the work is, goals, figures, photo; with the passages to judge by."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import REPOSITORY, submission, submission_2018, words, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.findings import Finding, Passage
from wsisctl.rules.fit import fit_problems
from wsisctl.rules.goals import Goals
from wsisctl.rules.passages import quoted, says_enough, sentences
from wsisctl.stages.inputs import name_all
from wsisctl.stages.validate import validate_inputs

CONTEST = load_contest("2021", fit_problems)
GOALS = Goals(CONTEST.sdgs)


def found(folder: Path, row: dict[str, str], contest: str = "2021") -> list[Finding]:
    inputs = name_all({"submissions": [write_csv(folder / "s.csv", [row])]})
    rules = load_contest(contest, fit_problems)
    return list(validate_inputs(rules, inputs, lambda _: None).validation.findings)


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [
        (passage.field, passage.here)
        for item in findings
        for passage in (item.evidence.passages if item.evidence else ())
    ]


# --- Passages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two!  Three?\nFour", ["One.", "Two!", "Three?", "Four"]),
        ("Version 3.5 of www.example.org", ["Version 3.5 of www.example.org"]),
        ("一。二！三", ["一。", "二！", "三"]),
        ("Same. Same. Other.", ["Same.", "Other."]),
        ("  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_long_passages_are_cut_and_only_the_first_are_shown() -> None:
    shown = quoted([("impact", letter * 201) for letter in "abcdefg"])
    assert shown is not None
    assert [passage.here for passage in shown.passages] == [
        letter * 199 + "…" for letter in "abcde"
    ]
    whole = quoted([("impact", "a" * 200)])
    assert whole is not None
    assert whole.passages == (Passage("impact", "a" * 200),)
    assert quoted([]) is None


DIFFERENT = [f"{first}{second}" for first in "abcdefghij" for second in "klmnopqrst"]


@pytest.mark.parametrize(
    ("different", "repeated", "enough"),
    [
        (30, 10, True),
        (30, 9, False),
        (29, 11, False),
        (30, 60, True),
        (30, 61, False),
        (100, 0, True),
    ],
)
def test_a_text_says_something_by_its_length_and_its_variety(
    different: int, repeated: int, enough: bool
) -> None:
    text = " ".join([*DIFFERENT[:different], *[DIFFERENT[0].upper()] * repeated, "17", "2019"])
    assert says_enough(text) == enough


# --- status ----------------------------------------------------------------------------------------

PLANS = (
    "The platform will be launched in every district. Teachers are expected to receive tablets. "
    "We intend to train two thousand nurses. It is a platform for everyone."
)


def test_another_status_comes_with_what_the_texts_say_of_progress(tmp_path: Path) -> None:
    text = f"{words(150)}. The pilot phase ended in May. It has colours. Two more are planned."
    (finding,) = found(tmp_path, submission("a1", status="ongoing", short_description=text))
    assert (finding.rule, finding.severity) == ("status", "review")
    assert told([finding]) == [
        ("short_description", "The pilot phase ended in May."),
        ("short_description", "Two more are planned."),
    ]


def test_without_such_words_there_is_no_evidence(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, submission("a1", status="ongoing"))
    assert finding.evidence is None


@pytest.mark.parametrize(
    ("impact", "warned"),
    [
        (PLANS, True),
        (f"{PLANS} It has two screens.", False),
        (f"{PLANS} We trained a nurse.", False),
        (f"{PLANS} It opens at noon. It closes at one.", True),
        (f"{PLANS} It opens at noon. It closes at one. It is blue.", False),
        (PLANS.replace("We intend to train two thousand nurses. ", ""), False),
        ("It will help. " * 20, False),
        ("It will need speed. We plan to feed all. They hope to succeed.", True),
        ("It will grow since we were there. We plan to win. They hope to win.", False),
    ],
)
def test_a_finished_work_that_only_promises_is_a_warning(
    impact: str, warned: bool, tmp_path: Path
) -> None:
    edition = tmp_path / "edition.yaml"
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    edition.write_text(text.replace("read: [short_description, impact]", "read: [impact]"), "utf-8")
    row = submission("a1", impact=impact)
    findings = [item for item in found(tmp_path, row, str(edition)) if item.rule == "status"]
    assert [item.severity for item in findings] == ["warning"] * warned
    if warned:
        assert findings[0].message.startswith(
            "the work's status is 'completed', but all that impact"
        )
        assert told(findings)


def test_without_boxes_to_read_the_status_is_judged_by_itself(tmp_path: Path) -> None:
    edition = tmp_path / "edition.yaml"
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    edition.write_text(text.replace(", read: [short_description, impact]", ""), "utf-8")
    assert found(tmp_path, submission("a1", impact=PLANS), str(edition)) == []
    (finding,) = found(tmp_path, submission("a1", impact=PLANS, status="ongoing"), str(edition))
    assert finding.evidence is None


# --- photo, and the two parts of the form ----------------------------------------------------------


@pytest.mark.parametrize(
    ("photo", "wrong"),
    [
        ("p1.jpg", None),
        ("Front view, 2017.JPEG", None),
        ("see p1.png (attached)", None),
        ("https://example.org/p1.jpg", None),
        ("https://example.org/p1.jpg?width=300&from=a.png", None),
        ("https://example.org/get?file=report.pdf", None),
        ("https://example.org/photo/123", None),
        ("https://example.org/1 a.jpg", None),
        ("0c5f3a-77", None),
        ("photo", None),
        ("a note", None),
        ("p1.jpg.", None),
        ("photo.heic", None),
        ("p1.jpg.pdf", "photo names a file that ends in .pdf"),
        ("REPORT.PDF", "photo names a file that ends in .pdf"),
        ("https://example.org/report.docx#page=2", "photo names a file that ends in .docx"),
        ("a.jpg, b.png", "photo names 2 files"),
        ("a.jpg;b.jpg;c.jpg", "photo names 3 files"),
        ("a.jpg report.pdf", "photo names 2 files"),
        ("https://example.org/1 https://example.org/2", "photo names 2 files"),
        ("see attached", "photo names no file: 'see attached'"),
        (
            "Sent by e-mail to info@example.org",
            "photo names no file: 'Sent by e-mail to info@example.org'",
        ),
        ("N/A", "photo names no file: 'N/A'"),
        ("-", "photo names no file: '-'"),
    ],
)
def test_one_picture(photo: str, wrong: str | None, tmp_path: Path) -> None:
    findings = found(tmp_path, submission_2018("a1", photo=photo), "2018")
    assert [item.message for item in findings] == (
        [f"{wrong}; expected one picture"] if wrong else []
    )
    assert told(findings) == ([("photo", photo)] if wrong else [])


def test_an_empty_photo_is_reported_once(tmp_path: Path) -> None:
    findings = found(tmp_path, submission_2018("a1", photo=" "), "2018")
    assert [item.rule for item in findings] == ["required-field"]


def test_another_box_may_hold_the_photo(tmp_path: Path) -> None:
    edition = tmp_path / "edition.yaml"
    text = (REPOSITORY / "contests" / "2018.yaml").read_text("utf-8")
    text = text.replace("id: photo, label", "id: image, label")
    edition.write_text(text, "utf-8")
    refused = wsisctl("rules", "--contest", edition)
    assert refused.status == 3
    assert "photo needs the field 'photo', which the form does not have" in refused.err
    edition.write_text(
        text.replace(
            "photo: {clause: 2018-S1}", "photo: {clause: 2018-S1, settings: {field: image}}"
        ),
        "utf-8",
    )
    findings = found(tmp_path, submission_2018("a1", image="a.pdf"), str(edition))
    assert [item.field for item in findings] == ["image"]


SWAPPED = "; executive_summary and project_information may have changed places"


@pytest.mark.parametrize(
    ("summary", "information", "helps"),
    [
        (1600, 95, (True, True)),
        (1500, 100, (True, True)),
        (2000, 100, (True, True)),
        (1499, 100, (False, False)),
        (2001, 95, (False, False)),
        (1600, 101, (False, False)),
        (101, 1600, (False,)),
    ],
)
def test_texts_that_would_fit_each_others_box_may_have_changed_places(
    summary: int, information: int, helps: tuple[bool, ...], tmp_path: Path
) -> None:
    row = submission_2018(
        "a1", executive_summary=words(summary), project_information=words(information)
    )
    said = [item.help for item in found(tmp_path, row, "2018")]
    turned = "; project_information and executive_summary may have changed places"
    assert tuple(text.endswith((SWAPPED, turned)) for text in said) == helps


@pytest.mark.parametrize(
    ("box", "number", "message", "help_"),
    [
        ("executive_summary", 101, "has 101 words; expected at most 100 words", "shorten the text until it has at most 100 words"),
        ("executive_summary", 101 + 1500, "has 1601 words; expected at most 100 words", "shorten the text until it has at most 100 words"),
        ("project_information", 1, "has 1 word; expected 1500 to 2000 words", "add to the text until it has 1500 to 2000 words"),
        ("project_information", 1499, "has 1499 words; expected 1500 to 2000 words", "add to the text until it has 1500 to 2000 words"),
        ("project_information", 2001, "has 2001 words; expected 1500 to 2000 words", "shorten the text until it has 1500 to 2000 words"),
    ],
)  # fmt: skip
def test_what_to_do_about_a_wrong_length(
    box: str, number: int, message: str, help_: str, tmp_path: Path
) -> None:
    (finding,) = found(tmp_path, submission_2018("a1", **{box: words(number)}), "2018")
    assert (finding.message, finding.help) == (f"{box} {message}", help_)


def test_a_text_without_an_upper_limit_is_only_too_short(tmp_path: Path) -> None:
    edition = tmp_path / "edition.yaml"
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    edition.write_text(text.replace("{min: 150, max: 200}", "{min: 150}"), "utf-8")
    (finding,) = found(tmp_path, submission("a1", short_description=words(149)), str(edition))
    assert finding.message == "short_description has 149 words; expected at least 150 words"
    assert finding.help == "add to the text until it has at least 150 words"
    assert found(tmp_path, submission("a1", short_description=words(300)), str(edition)) == []


def test_a_dash_alone_is_not_too_long(tmp_path: Path) -> None:
    assert found(tmp_path, submission_2018("a1", executive_summary="—"), "2018") == []


def test_a_word_may_hold_other_signs_than_letters(tmp_path: Path) -> None:
    text = words(149) + " state-of-the-art."
    assert found(tmp_path, submission("a1", short_description=text)) == []


# --- sdg-examples ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("SDG 9", {9}),
        ("SDG9 and sdg-4", {4, 9}),
        ("SDGs 1, 9 and 16", {1, 9, 16}),
        ("SDGs: 1; 9 & 16", {1, 9, 16}),
        ("Goal 9", {9}),
        ("goals 1 or 9", {1, 9}),
        ("Goal number 9, SDG no. 4", {4, 9}),
        ("SDG 9.3 and 4.b", {4, 9}),
        ("SDG 1-3", {1, 2, 3}),
        ("SDGs 1 to 3", {1, 2, 3}),
        ("Goal 4 – 12 schools", {4, 12}),
        ("SDG 4 (Quality education, for all), 9 (industry)", {4, 9}),
        ("Sustainable Development Goal 17", {17}),
        ("We teach for quality education.", {4}),
        ("DECENT WORK for all", {8}),
        ("Affordable clean energy", {7}),
        ("SDG 2030, SDG 18, SDG 0", set()),
        ("17 goals, industry, education, SDGs", set()),
        ("the unclean water", set()),
        ("SDG IX", set()),
    ],
)
def test_the_goals_a_text_speaks_of(text: str, goals: set[int]) -> None:
    assert GOALS.spoken_of(text) == goals


LINKS = (
    "Under SDG 4 the project trains teachers in rural schools and lends each family a tablet. For example, "
    "in the hills above the lake every village now has a library, where parents borrow books and older people "
    "learn to write to their relatives abroad. Climate action means that nobody drives there."
)


@pytest.mark.parametrize(
    ("sdgs", "message"),
    [
        ("4", None),
        ("4;13", None),
        ("4;18", None),
        ("4; 9;13", "sdg_linkages says nothing of goal 9"),
        ("1;9;4;17;13", "sdg_linkages says nothing of goals 1, 9 and 17"),
        (
            "9;4",
            "sdg_linkages says nothing of goal 9; it speaks of goal 13, which sdgs does not name",
        ),
    ],
)
def test_each_goal_named_is_spoken_of(sdgs: str, message: str | None, tmp_path: Path) -> None:
    findings = found(tmp_path, submission("a1", sdgs=sdgs, sdg_linkages=LINKS))
    said = [item for item in findings if item.rule == "sdg-examples"]
    assert [(item.severity, item.message) for item in said] == (
        [("warning", message)] if message else []
    )
    if message:
        assert told(said) == [
            ("sdg_linkages", text) for text in (sentences(LINKS)[0], sentences(LINKS)[2])
        ]


# --- impact-figures --------------------------------------------------------------------------------

IMPACT = (
    "Children read at home and parents borrow books; {} older residents learn to write to their "
    "relatives abroad. Shops sell more than before. Women speak at meetings where they used to listen, "
    "and less paper is thrown away because forms are filled in together on one screen."
)


@pytest.mark.parametrize(
    "figure",
    [
        "3,100", "40 %", "two hundred", "ten per cent of", "half of", "a third of", "dozens of", "twice as many",
        "(in 2019) 12", "from 2018 to 2020 some 7", "in 2,000 villages", "doubled numbers of",
    ],
)  # fmt: skip
def test_a_figure_is_enough(figure: str, tmp_path: Path) -> None:
    assert found(tmp_path, submission("a1", impact=IMPACT.format(figure))) == []


@pytest.mark.parametrize(
    "figure",
    [
        "many", "since 2019", "between 2018 and 2020,", "in March 2019", "under SDGs 4, 9 and 17", "after COVID-19",
        "in category C7", "through B2B trade", "third parties and", "one of the", "under target 4.4",
    ],
)  # fmt: skip
def test_years_and_numbers_of_goals_are_no_figures(figure: str, tmp_path: Path) -> None:
    (finding,) = found(tmp_path, submission("a1", impact=IMPACT.format(figure)))
    assert (finding.rule, finding.severity, finding.field) == (
        "impact-figures",
        "warning",
        "impact",
    )
    assert finding.message.endswith("its words are of economic, social and environmental impact")


def test_it_shows_a_sentence_of_each_kind_of_impact(tmp_path: Path) -> None:
    text = f"Girls learn together. {IMPACT.format('many')}"
    (finding,) = found(tmp_path, submission("a1", impact=text))
    social, _, economic, environmental = sentences(text)
    assert told([finding]) == [("impact", one) for one in (economic, social, environmental)]


def test_it_says_of_which_kinds_the_words_are(tmp_path: Path) -> None:
    text = " ".join(DIFFERENT)
    (none,) = found(tmp_path, submission("a1", impact=text))
    assert none.message.endswith("its words are of no economic, social or environmental impact")
    assert none.evidence is None
    (one,) = found(tmp_path, submission("a1", impact=f"{text} forest"))
    assert one.message.endswith("its words are of environmental impact")


def test_an_edition_that_wants_an_answer_first_leaves_the_severity_out(tmp_path: Path) -> None:
    edition = tmp_path / "edition.yaml"
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    edition.write_text(text.replace(" severity: warning,", ""), "utf-8")
    row = submission("a1", sdgs="9", sdg_linkages=LINKS, impact=IMPACT.format("many"))
    findings = found(tmp_path, row, str(edition))
    assert [(item.rule, item.severity) for item in findings] == [
        ("sdg-examples", "review"), ("impact-figures", "review"),
    ]  # fmt: skip


# --- In a definition -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("field: sdg_linkages", "field: linkages", "sdg-examples needs the field 'linkages'"),
        ("field: impact", "field: impacts", "impact-figures needs the field 'impacts'"),
        ("{field: impact}", "{}", "missing: field"),
        ("read: [short_description, impact]", "read: [story]", "status needs the field 'story'"),
    ],
)
def test_a_rule_that_the_form_cannot_feed_is_refused(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "edition.yaml"
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    result = wsisctl("rules", "--contest", path)
    assert result.status == 3
    assert says in result.err


def test_goals_that_the_definition_does_not_list_cannot_be_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "edition.yaml"
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    begin, end = text.index("\nsdgs:\n"), text.index("# 2021-S0a, read")
    path.write_text(text[:begin] + "\n" + text[end:], encoding="utf-8")
    result = wsisctl("rules", "--contest", path)
    assert (
        "sdg-examples compares with the list 'sdgs', which is missing at the top level"
        in result.err
    )


def test_evidence_is_in_the_document_and_at_the_terminal(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("a1", sdgs="4;9", sdg_linkages=LINKS)])
    asked = ("validate", "s.csv", "--contest", "2021")
    result = wsisctl(*asked, "--format", "json", cwd=tmp_path)
    assert result.status == 0, "a warning blocks nobody"
    document: dict[str, Any] = json.loads(result.out)
    assert document["eligible"] == ["a1"]
    (finding,) = document["findings"]
    assert finding["clause"] == "2021-S8"
    assert [passage["here"] for passage in finding["evidence"]["passages"]] == [
        sentences(LINKS)[0], sentences(LINKS)[2],
    ]  # fmt: skip
    assert f"sdg_linkages, here: {sentences(LINKS)[0]}"[:60] in wsisctl(*asked, cwd=tmp_path).out
