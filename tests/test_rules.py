"""Every rule by example: one submission that passes, one that fails, one on the boundary."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml

from tests.support import REPOSITORY, submission, submission_2018, words, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.rules import ALL_RULES
from wsisctl.rules.engine import Validation, Verdict
from wsisctl.rules.fit import fit_problems
from wsisctl.stages.inputs import name_all
from wsisctl.stages.validate import validate_inputs

FRENCH = (
    "Le projet forme des enseignants dans les écoles rurales et leur donne des tablettes afin que "
    "les enfants apprennent à lire et à compter. "
)
LINKS = (
    "Under {goals} the project trains teachers in rural schools and lends each family a tablet, so that "
    "children read at home; for example, in the hills above the lake every village now has a library, "
    "where parents borrow books and older people learn to write to their relatives abroad."
)
IMPACT = (
    "Children read at home and parents borrow books; {figure} older people learn to write to their "
    "relatives abroad, shops sell more than before, women speak at meetings where they used to listen, "
    "and less paper is thrown away because forms are filled in together on one screen."
)
SIGNED = {"by": "the secretary", "on": "2021-02-03", "reason": "looked at it"}


@dataclass(frozen=True)
class Example:
    """Submissions of which the last is the one looked at, and what its rule finds in it."""

    rule: str
    is_a: Literal["pass", "fail", "boundary"]
    says: str
    submissions: tuple[dict[str, str], ...]
    finds: tuple[str, ...] = ()
    """The severities of the rule's findings about the last submission."""
    contest: str = "2021"
    past_winners: tuple[dict[str, str], ...] = ()
    organizations: tuple[dict[str, str], ...] = ()
    decisions: tuple[dict[str, Any], ...] = ()

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"


def one(**changes: str) -> tuple[dict[str, str], ...]:
    return (submission("a1", **changes),)


def one_2018(**changes: str) -> tuple[dict[str, str], ...]:
    return (submission_2018("a1", **changes),)


def two(**changes: str) -> tuple[dict[str, str], ...]:
    """An earlier submission of `Ministry of ICT` in C1, and a later one."""
    first = submission("a1", entity="Ministry of ICT", submitted_at="2021-01-10T10:00:00Z")
    return first, submission("a2", **{"submitted_at": "2021-01-11T10:00:00Z", **changes})


ERROR, REVIEW, WARNING = ("error",), ("review",), ("warning",)
WITHDRAW_A1 = {"kind": "withdraw", "submission_id": "a1", **SIGNED}


def review(rule: str, verdict: str) -> dict[str, str]:
    return {"kind": "review", "submission_id": "a1", "rule": rule, "verdict": verdict, **SIGNED}


EXAMPLES = (
    Example("required-field", "pass", "all boxes filled", one()),
    Example("required-field", "fail", "an empty box", one(impact=""), ERROR),
    Example("required-field", "boundary", "white space is empty", one(impact=" \u00a0\t"), ERROR),
    Example("required-field", "boundary", "one character is enough", one(impact=".")),
    Example("required-field", "pass", "the submitter is optional", one(submitter_organization="")),
    Example("required-field", "fail", "a photo in 2018", one_2018(photo=""), ERROR, contest="2018"),
    Example("required-field", "pass", "no SDG asked for in 2018", one_2018(sdgs=""), contest="2018"),
    Example("category", "pass", "an id", one(category="C7-e-health")),
    Example("category", "pass", "a number", one(category="10")),
    Example("category", "pass", "the official name", one(category="Capacity building")),
    Example("category", "pass", "the Chinese name", one(category="电子卫生")),
    Example("category", "pass", "the site's name", one(category="AL C9. Media")),
    Example("category", "pass", "the letters' name", one(category="WSIS C7行动方面：电子政务")),
    Example("category", "boundary", "case, width and spaces", one(category=" ｃ1 ")),
    Example("category", "boundary", "bare C7 is not enough", one(category="C7"), ERROR),
    Example("category", "fail", "an unknown one", one(category="C12"), ERROR),
    Example("category", "fail", "two of them", one(category="C1;C2"), ERROR),
    Example("category", "boundary", "number 19", one(category="19"), ERROR),
    Example("entity-type", "pass", "a type of the list", one(entity_type="academia")),
    Example("entity-type", "fail", "another", one(entity_type="company"), ERROR),
    Example("entity-type", "boundary", "not its plural", one(entity_type="governments"), ERROR),
    Example("sdgs", "pass", "several", one(sdgs="1;9;16")),
    Example("sdgs", "boundary", "1 and 17", one(sdgs="1; 17")),
    Example("sdgs", "boundary", "0", one(sdgs="0"), ERROR),
    Example("sdgs", "boundary", "18", one(sdgs="17;18"), ERROR),
    Example("sdgs", "fail", "a name", one(sdgs="No poverty"), ERROR),
    Example("sdgs", "fail", "commas", one(sdgs="1,9"), ERROR),
    Example("sdgs", "boundary", "only a separator", one(sdgs=";"), ERROR),
    Example("word-count", "pass", "175 words", one(short_description=words(175))),
    Example("word-count", "boundary", "149 words", one(short_description=words(149)), ERROR),
    Example("word-count", "boundary", "150 words", one(short_description=words(150))),
    Example("word-count", "boundary", "200 words", one(short_description=words(200))),
    Example("word-count", "boundary", "201 words", one(short_description=words(201)), ERROR),
    Example(
        "word-count", "boundary", "a dash is no word", one(short_description=words(149) + " — –"), ERROR
    ),
    Example("word-count", "boundary", "a digit is one", one(short_description=words(149) + " 7")),
    Example("word-count", "fail", "one word", one(short_description="Word"), ERROR),
    Example(
        "word-count", "fail", "2018 only warns", one_2018(executive_summary=words(101)), WARNING, "2018"
    ),
    Example("word-count", "boundary", "100 in 2018", one_2018(executive_summary=words(100)), (), "2018"),
    Example(
        "word-count", "boundary", "1499 in 2018", one_2018(project_information=words(1499)), WARNING, "2018"
    ),
    Example(
        "word-count", "boundary", "2000 in 2018", one_2018(project_information=words(2000)), (), "2018"
    ),
    Example("photo", "pass", "a picture", one_2018(photo="Front view.JPG"), (), "2018"),
    Example("photo", "fail", "a document", one_2018(photo="report.pdf"), REVIEW, "2018"),
    Example("photo", "fail", "two pictures", one_2018(photo="a.jpg; b.png"), REVIEW, "2018"),
    Example("photo", "boundary", "an upload's number", one_2018(photo="0c5f3a"), (), "2018"),
    Example("deadline", "pass", "days before", one()),
    Example("deadline", "boundary", "23:00:00", one(submitted_at="2021-01-25T23:00:00+01:00")),
    Example("deadline", "boundary", "23:00:00.999", one(submitted_at="2021-01-25T23:00:00.999+01:00")),
    Example("deadline", "boundary", "23:00:01", one(submitted_at="2021-01-25T23:00:01+01:00"), ERROR),
    Example("deadline", "boundary", "Geneva time, no offset", one(submitted_at="2021-01-25 23:00:00")),
    Example("deadline", "boundary", "one second late", one(submitted_at="2021-01-25 23:00:01"), ERROR),
    Example("deadline", "boundary", "in time elsewhere", one(submitted_at="2021-01-26T06:00:00+08:00")),
    Example("deadline", "boundary", "late elsewhere", one(submitted_at="2021-01-25T22:00:01Z"), ERROR),
    Example("deadline", "boundary", "the opening", one(submitted_at="2020-11-05T00:00:00")),
    Example("deadline", "boundary", "before it", one(submitted_at="2020-11-04T23:59:59.9"), ERROR),
    Example("deadline", "fail", "no time", one(submitted_at="last week"), ERROR),
    Example("deadline", "fail", "nothing", one(submitted_at=""), ERROR),
    Example("deadline", "fail", "an hour that never was", one(submitted_at="2020-03-29T02:30"), ERROR),
    Example(
        "deadline",
        "boundary",
        "the hour that autumn repeats is the earlier one",
        one_2018(submitted_at="2017-10-29T02:30:00"),
        WARNING,
        "2018",
    ),
    Example("status", "pass", "completed", one(status="completed")),
    Example("status", "boundary", "end of a phase", one(status="phase_completed")),
    Example("status", "fail", "ongoing", one(status="ongoing"), REVIEW),
    Example("status", "fail", "confirmed", one(status="ongoing"), ERROR, "2021", (), (), (review("status", "confirm"),)),
    Example("status", "fail", "dismissed", one(status="ongoing"), WARNING, "2021", (), (), (review("status", "dismiss"),)),
    Example("language", "pass", "English", one()),
    Example("language", "fail", "French", one(short_description=FRENCH * 7), REVIEW),
    Example("language", "boundary", "an English text full of names", one(impact=(
        "Nguyễn Thị Minh Khai, João da Silva and Wangari Njoroge founded the Université du Sahel "
        "with help from Banco do Brasil, and the results have been measured every year since then."
    ))),
    Example("language", "boundary", "too short to tell", one(partnerships="Avec la ville de Genève")),
    Example("language", "fail", "another box", one(challenges=FRENCH * 2), REVIEW),
    Example("language", "fail", "a last sentence in French", one(impact=words(60) + ". " + FRENCH), REVIEW),
    Example("language", "boundary", "short, in other letters", one(challenges="这个项目帮助农村学校的老师"), REVIEW),
    Example("sdg-examples", "pass", "both goals", one(sdg_linkages=LINKS.format(goals="SDGs 4 and 9"))),
    Example("sdg-examples", "fail", "one of two", one(sdg_linkages=LINKS.format(goals="goal 4")), WARNING),
    Example("sdg-examples", "boundary", "too little to judge", one(sdg_linkages="We serve goal 4.")),
    Example("impact-figures", "pass", "a figure", one(impact=IMPACT.format(figure="3,100"))),
    Example("impact-figures", "fail", "no figure", one(impact=IMPACT.format(figure="many")), WARNING),
    Example("impact-figures", "boundary", "in words", one(impact=IMPACT.format(figure="two hundred"))),
    Example("impact-figures", "boundary", "a year is none", one(impact=IMPACT.format(figure="since 2019")), WARNING),
    Example("same-project", "pass", "another title and text", two()),
    Example("same-project", "fail", "the same title", two(title="Project a1"), REVIEW),
    Example("same-project", "boundary", "but for case and width", two(title=" ｐROJECT  A1"), REVIEW),
    Example("same-project", "boundary", "one letter more", two(title="Project a1b")),
    Example(
        "same-project", "fail", "the same text in another category",
        two(category="C2", short_description=submission("a1")["short_description"]), REVIEW,
    ),
    Example(
        "same-project", "boundary", "the earliest has no finding",
        tuple(reversed(two(title="Project a1"))),
    ),
    Example("past-winner", "pass", "a new title", one(), past_winners=({"title": "Other"},)),
    Example("past-winner", "fail", "an old one", one(), REVIEW, past_winners=({"title": "Project a1"},)),
    Example(
        "past-winner", "boundary", "in capitals", one(), REVIEW, past_winners=({"title": "PROJECT A1 "},)
    ),
    Example("past-winner", "boundary", "an empty title", one(title=""), past_winners=({"title": ""},)),
    Example("past-winner", "boundary", "another number", one(), past_winners=({"title": "Project a2"},)),
    Example("organization-spelling", "pass", "another organization", two(entity="Ministry of Health")),
    Example("organization-spelling", "fail", "shortened", two(entity="Min. of ICT"), WARNING),
    Example("organization-spelling", "fail", "its acronym", two(entity="MICT"), WARNING),
    Example("organization-spelling", "boundary", "equal names", two(entity="MINISTRY OF ICT", category="C2")),
    Example("organization-spelling", "boundary", "another country", two(entity="MICT", country="OMN")),
    Example(
        "organization-spelling", "boundary", "declared the same", two(entity="MICT", category="C2"),
        organizations=({"name": "Ministry of ICT", "same_as": "MICT"},),
    ),
    Example("organization-spelling", "boundary", "numbers differ", two(entity="Ministry of ICT 2")),
    Example("one-per-entity", "pass", "other entities", two()),
    Example("one-per-entity", "pass", "another category", two(entity="Ministry of ICT", category="C2")),
    Example("one-per-entity", "fail", "the same entity", two(entity="Ministry of ICT"), ERROR),
    Example("one-per-entity", "boundary", "folded", two(entity="MINISTRY  of ict"), ERROR),
    Example(
        "one-per-entity", "boundary", "an alias", two(entity="MICT"), ERROR,
        organizations=({"name": "Ministry of ICT", "same_as": "mict"},),
    ),
    Example(
        "one-per-entity", "boundary", "the earlier is withdrawn", two(entity="Ministry of ICT"),
        decisions=(WITHDRAW_A1,),
    ),
    Example(
        "one-per-entity", "boundary", "the earlier has another error",
        ({**two()[0], "impact": ""}, two(entity="Ministry of ICT")[1]),
    ),
    Example(
        "one-per-entity", "boundary", "the same second, the smaller id stays",
        two(entity="Ministry of ICT", submitted_at="2021-01-10T11:00:00+01:00"), ERROR,
    ),
    Example("withdrawn", "pass", "nobody took it back", one()),
    Example("withdrawn", "fail", "taken back", one(), ERROR, decisions=(WITHDRAW_A1,)),
    Example("withdrawn", "boundary", "another one was", two(), decisions=(WITHDRAW_A1,)),
)  # fmt: skip


def run(example: Example, folder: Path) -> Validation:
    def table(name: str, rows: tuple[dict[str, str], ...]) -> list[Path]:
        return [write_csv(folder / name, rows)] if rows else []

    decisions = folder / "decisions.yaml"
    decisions.write_text(yaml.safe_dump(list(example.decisions)), encoding="utf-8")
    inputs = name_all(
        {
            "submissions": table("submissions.csv", example.submissions),
            "past_winners": table("past.csv", example.past_winners),
            "organizations": table("organizations.csv", example.organizations),
            "decisions": [decisions] if example.decisions else [],
        }
    )
    contest = load_contest(example.contest, fit_problems)
    return validate_inputs(contest, inputs, lambda _: None).validation


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_rule_finds_what_its_example_says(example: Example, tmp_path: Path) -> None:
    validation = run(example, tmp_path)
    looked_at = example.submissions[-1]["submission_id"]
    about_it = [item for item in validation.findings if item.submission_id == looked_at]
    found = tuple(item.severity for item in about_it if item.rule == example.rule)
    assert found == example.finds
    for item in about_it:
        assert item.message
        assert item.help
        assert item.source.file == "submissions.csv"
        assert item.source.row == len(example.submissions) + 1


@pytest.mark.parametrize("rule", [rule.code for rule in ALL_RULES])
def test_every_rule_has_an_example_of_each_kind(rule: str) -> None:
    kinds = {example.is_a for example in EXAMPLES if example.rule == rule}
    assert kinds == {"pass", "fail", "boundary"}


@pytest.mark.parametrize("example", [e for e in EXAMPLES if not e.finds], ids=str)
def test_what_passes_a_rule_has_no_other_fault_by_accident(
    example: Example, tmp_path: Path
) -> None:
    """Else an example could pass for a reason that has nothing to do with its rule."""
    validation = run(example, tmp_path)
    looked_at = example.submissions[-1]["submission_id"]
    others = {item.rule for item in validation.findings if item.submission_id == looked_at}
    assert others <= ({"required-field"} if example.says == "an empty title" else set())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Government", "government"),
        ("governments", "government"),
        ("Civil Society", "civil_society"),
        ("civil－society", "civil_society"),
        ("私营部门", "private_sector"),
        ("company", ""),
        ("政府", "government"),
    ],
)
def test_a_type_by_its_name_is_still_wrong_but_told_its_id(
    written: str, meant: str, tmp_path: Path
) -> None:
    example = Example("entity-type", "fail", "", one(entity_type=written))
    (finding,) = run(example, tmp_path).findings
    assert (finding.rule, finding.severity) == ("entity-type", "error")
    suggested = f"; did you mean '{meant}'?" if meant else ""
    assert finding.help.partition("; ")[1:] == suggested.partition("; ")[1:]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "eligible"),
        ({"short_description": words(149)}, "ineligible"),
        ({"status": "ongoing"}, "review"),
        ({"status": "ongoing", "category": "C99"}, "ineligible"),
        ({"status": "ongoing", "short_description": words(149)}, "ineligible"),
        ({"impact": words(50)}, "eligible"),
    ],
    ids=["nothing", "error", "review", "error-review", "review-error", "warning"],
)
def test_the_verdict_follows_from_the_gravest_finding(
    changes: dict[str, str], verdict: Verdict, tmp_path: Path
) -> None:
    validation = run(Example("category", "fail", "", one(**changes)), tmp_path)
    ((identity, given),) = validation.verdicts.items()
    assert given == verdict, validation.findings
    assert validation.with_verdict(verdict) == [identity]
    others: tuple[Verdict, ...] = ("eligible", "ineligible", "review")
    assert not any(validation.with_verdict(other) for other in others if other != verdict)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("C1; C3", "'C1; C3' names 2 categories; expected exactly one"),
        ("C1/C3/media", "'C1/C3/media' names 3 categories; expected exactly one"),
        ("C1; other", "'C1; other' is no category of this contest"),
        ("one; other", "'one; other' is no category of this contest"),
    ],
)
def test_several_categories_are_counted(written: str, says: str, tmp_path: Path) -> None:
    validation = run(Example("category", "fail", "", one(category=written)), tmp_path)
    assert [item.message for item in validation.findings if item.rule == "category"] == [says]


def test_findings_of_one_submission_come_in_the_order_of_the_menu(tmp_path: Path) -> None:
    example = Example(
        "category", "fail", "", one(category="C99", sdgs="99", impact="", submitted_at="late")
    )
    found = [item.rule for item in run(example, tmp_path).findings]
    assert found == ["required-field", "category", "sdgs", "deadline"]


def test_a_project_entered_three_times_is_under_review_but_for_the_earliest(tmp_path: Path) -> None:
    """a3 shares its title with a1 and its text with a2: one set, joined through a3."""
    first = submission("a1", submitted_at="2021-01-10T10:00:00Z")
    second = submission("a2", submitted_at="2021-01-11T10:00:00Z")
    third = submission(
        "a3",
        title=first["title"],
        short_description=second["short_description"],
        submitted_at="2021-01-12T10:00:00Z",
    )
    validation = run(Example("same-project", "fail", "", (first, second, third)), tmp_path)
    assert validation.verdicts == {"a1": "eligible", "a2": "review", "a3": "review"}
    assert all("a1" in item.message for item in validation.findings)


def test_decisions_that_meet_nothing_are_told(tmp_path: Path) -> None:
    write_csv(tmp_path / "s.csv", [submission("a1"), submission("a3", status="ongoing")])
    decisions = [
        {**WITHDRAW_A1, "submission_id": "a2"},
        review("status", "dismiss"),
        {**review("language", "confirm"), "submission_id": "a2"},
        {**review("status", "dismiss"), "submission_id": "a3"},
    ]
    (tmp_path / "d.yaml").write_text(yaml.safe_dump(decisions), encoding="utf-8")
    result = wsisctl(
        "validate", "s.csv", "--contest", "2021", "--decisions", "d.yaml", cwd=tmp_path
    )
    assert result.status == 0
    assert [line for line in result.err.splitlines() if "d.yaml" in line] == [
        "note: d.yaml:1: a2 is not among the submissions; nothing is withdrawn",
        "note: d.yaml:6: no open review of status for a1; the verdict changes nothing",
        "note: d.yaml:13: no open review of language for a2; the verdict changes nothing",
    ]


def test_a_deadline_needs_a_phase_that_closes(tmp_path: Path) -> None:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text(encoding="utf-8")
    path = tmp_path / "edition.yaml"
    path.write_text(text.replace("{phase: submission}", "{phase: announcement}"), encoding="utf-8")
    result = wsisctl("rules", "--contest", path)
    assert result.status == 3
    assert "the phase 'announcement' never closes" in result.err
