"""`wsisctl decide`: a decision that fits is added behind what people wrote; one that does not changes nothing."""

import csv
import json
import shutil
import stat
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support import ALL_EXAMPLES, Result, submission, write_csv, wsisctl
from tests.test_folder import contents, made, run_all
from wsisctl.commands.decide import Cut, Kind, entry_of
from wsisctl.errors import Refused, UnusableInput, UsageError
from wsisctl.folder.lock import at_work
from wsisctl.records import decisions_file
from wsisctl.records.decisions_file import Entry, entry_line, with_entries
from wsisctl.stages import decide as deciding
from wsisctl.yaml_file import YamlFile

HOME = "decisions/decisions.yaml"
SIGNED = ("--by", "Ana Kim", "--on", "2021-02-03", "--reason", "seen by two")
SIGNATURE = "by: Ana Kim, on: 2021-02-03, reason: seen by two"
PAST_WINNER, SAME_PROJECT = "17734472422200011", "17734472422200012"
FIRST_OF_ENTITY, SECOND_OF_ENTITY = "17734472422200003", "17734472422200009"
TIED = ("17734472422200005", "17734472422200006")
C1 = tuple(f"1773447242220000{number}" for number in range(1, 7))
HEALTH = ("17734472422200007", "17734472422200008")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden contest before anybody has decided anything, every stage run."""
    folder = made(tmp_path_factory.mktemp("decide") / "prizes")
    (folder / HOME).write_bytes(b"# Ours.\n")
    assert [result.status for result in run_all(folder)] == [1, 0, 1, 1]
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "prizes"))


def decide(folder: Path, *words: str, signed: Sequence[str] = SIGNED) -> Result:
    return wsisctl("decide", *words, *signed, cwd=folder)


def from_file(folder: Path, text: str, *words: str) -> Result:
    (folder.parent / "meeting.yaml").write_text(text, "utf-8")
    return wsisctl("decide", "--from", "../meeting.yaml", *words, cwd=folder)


def changes(result: Result) -> list[tuple[str, str, str, str, str]]:
    rows = list(csv.reader(result.out.splitlines()))
    assert rows[0] == ["stage", "category", "submission_id", "before", "after"]
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows[1:]]


def written(folder: Path) -> str:
    return (folder / HOME).read_text("utf-8")


# --- What is recorded, and what it changes -------------------------------------------------------

FITTING: Mapping[str, tuple[tuple[str, ...], str, list[tuple[str, ...]]]] = {
    "confirm": (
        ("confirm", PAST_WINNER, "--rule", "past-winner"),
        f'kind: review, submission_id: "{PAST_WINNER}", rule: past-winner, verdict: confirm',
        [("validate", "C1", PAST_WINNER, "review", "ineligible")],
    ),
    "the only open review": (
        ("dismiss", SAME_PROJECT),
        f'kind: review, submission_id: "{SAME_PROJECT}", rule: same-project, verdict: dismiss',
        [
            ("validate", "C7-e-health", SAME_PROJECT, "review", "eligible"),
            ("nominate", "C7-e-health", SAME_PROJECT, "", "nominee"),
        ],
    ),
    "withdraw lets the next of the entity in": (
        ("withdraw", FIRST_OF_ENTITY),
        f'kind: withdraw, submission_id: "{FIRST_OF_ENTITY}"',
        [
            ("validate", "C1", FIRST_OF_ENTITY, "eligible", "ineligible"),
            ("validate", "C1", SECOND_OF_ENTITY, "ineligible", "eligible"),
            ("nominate", "C1", FIRST_OF_ENTITY, "nominee", ""),
            ("nominate", "C1", SECOND_OF_ENTITY, "", "nominee"),
        ],
    ),
    "nominate, by another spelling": (
        ("nominate", "WSIS C7行动方面：电子卫生", HEALTH[1]),
        f'kind: nominate, category: C7-e-health, submission_ids: ["{HEALTH[1]}"]',
        [("nominate", "C7-e-health", HEALTH[0], "nominee", "")],
    ),
    "tie-break": (
        ("tie-break", "C1", TIED[1], TIED[0], "--cut", "honoured"),
        "kind: tie-break, stage: tally, cut: honoured, category: C1, "
        f'order: ["{TIED[1]}", "{TIED[0]}"]',
        [
            ("tally", "C1", TIED[0], "unresolved", ""),
            ("tally", "C1", TIED[1], "unresolved", "honoured"),
        ],
    ),
    "winner": (
        ("winner", "C7-e-health", HEALTH[0]),
        f'kind: winner, category: C7-e-health, submission_ids: ["{HEALTH[0]}"]',
        [
            ("select-winners", "C7-e-health", HEALTH[0], "champion", "winner"),
            ("select-winners", "C7-e-health", HEALTH[1], "winner", "champion"),
        ],
    ),
    "nobody wins": (
        ("winner", "C7-e-health"),
        "kind: winner, category: C7-e-health, submission_ids: []",
        [("select-winners", "C7-e-health", HEALTH[1], "winner", "champion")],
    ),
    "two accounts of one voter": (
        ("same-member", "011", "010"),
        'kind: same-member, member_ids: ["011", "010"], verdict: confirm',
        [
            ("tally", "C1", TIED[0], "unresolved", "honoured"),
            ("tally", "C1", TIED[1], "unresolved", ""),
        ],
    ),
    "the winner whom the scores would have": (
        ("winner", "C7-e-health", HEALTH[1]),
        f'kind: winner, category: C7-e-health, submission_ids: ["{HEALTH[1]}"]',
        [],
    ),
}


@pytest.mark.parametrize("what", FITTING)
def test_a_decision_that_fits_is_added_as_one_line(what: str, folder: Path) -> None:
    words, entry, expected = FITTING[what]
    before = contents(folder)
    dry = decide(folder, *words, "--dry-run", "--format", "csv", "--quiet")
    assert (dry.status, dry.err) == (0, "")
    assert contents(folder) == before, "a dry run writes nothing"
    result = decide(folder, *words, "--format", "csv", "--quiet")
    assert (result.status, result.out, result.err) == (0, dry.out, "")
    assert changes(result) == expected
    line = f"- {{{entry}, {SIGNATURE}}}\n"
    assert contents(folder) == {**before, HOME: before[HOME] + line.encode()}


@pytest.mark.parametrize("what", FITTING)
def test_what_was_announced_is_what_the_stages_give_then(what: str, folder: Path) -> None:
    """Not a second opinion: the results before and after are those of the stages themselves."""
    words, _, expected = FITTING[what]

    def stands(folder: Path) -> set[tuple[str, str, str]]:
        run_all(folder, *dict.fromkeys(stage for stage, *_ in expected))
        found = set()
        for name, lists in {
            "validation": ("eligible", "ineligible", "review"),
            "nominees": ("nominees",),
            "tally": ("honoured",),
            "results": ("winners", "champions"),
        }.items():
            document = json.loads((folder / "results" / f"{name}.json").read_bytes())
            for part in document.get("categories", [document]):
                for key in lists:
                    ids = [
                        item if isinstance(item, str) else item["submission_id"]
                        for item in part[key]
                    ]
                    found |= {(name, identity, key.removesuffix("s")) for identity in ids}
        return found

    files = {
        "validate": "validation", "nominate": "nominees", "tally": "tally",
        "select-winners": "results",
    }  # fmt: skip
    then = stands(folder)
    assert decide(folder, *words).status == 0
    now = stands(folder)
    announced = [
        (files[stage], identity, word)
        for stage, _, identity, before, after in expected
        for word in (before, after)
        if word not in ("", "unresolved")
    ]
    assert now ^ then == set(announced)


def test_json_holds_the_decision_its_place_the_changes_and_what_is_next(folder: Path) -> None:
    result = decide(folder, "dismiss", SAME_PROJECT, "--format", "json")
    assert json.loads(result.out) == {
        "contest": "2021",
        "recorded": True,
        "decisions": [
            {
                "place": f"{HOME}:2",
                "kind": "review",
                "submission_id": SAME_PROJECT,
                "rule": "same-project",
                "verdict": "dismiss",
                "by": "Ana Kim",
                "on": "2021-02-03",
                "reason": "seen by two",
            }
        ],
        "changes": [
            {
                "stage": stage,
                "category": "C7-e-health",
                "submission_id": SAME_PROJECT,
                "before": before,
                "after": after,
            }
            for stage, before, after in [
                ("validate", "review", "eligible"),
                ("nominate", None, "nominee"),
            ]
        ],
        "next": ["validate", "nominate"],
    }
    dry = decide(folder, "confirm", PAST_WINNER, "--dry-run", "--format", "json")
    assert json.loads(dry.out)["recorded"] is False


def test_people_are_told_the_line_the_changes_and_the_next_command(folder: Path) -> None:
    told = decide(folder, "dismiss", SAME_PROJECT).out
    assert f'- {{kind: review, submission_id: "{SAME_PROJECT}"' in told
    assert f"1 decision recorded at {HOME}:2." in told
    assert "1 submission affected." in told
    assert "Next: wsisctl validate, then wsisctl nominate" in told
    nothing = decide(folder, "winner", "C7-e-health", HEALTH[1], "--dry-run").out
    assert "No submission stands elsewhere." in nothing
    assert "--dry-run writes nothing." in " ".join(nothing.split())
    assert "Next:" not in nothing
    assert "votes counted" not in told + nothing


def test_accounts_that_are_joined_lose_votes_and_it_is_said(folder: Path) -> None:
    counted = json.loads((folder / "results" / "tally.json").read_bytes())["votes"]["counted"]
    joined = ("same-member", "010", "011", "--dry-run")
    assert f"\n{counted} votes counted before, {counted - 1} now.\n" in decide(folder, *joined).out
    document = json.loads(decide(folder, *joined, "--format", "json").out)
    assert document["votes_counted"] == {"before": counted, "after": counted - 1}
    tie = ("tie-break", "C1", *TIED[:2], "--cut", "honoured", "--dry-run")
    assert "votes_counted" not in json.loads(decide(folder, *tie, "--format", "json").out)


def test_without_scores_only_eligibility_is_compared(tmp_path: Path) -> None:
    names = {"submissions.csv": "import-submissions", "past-winners.csv": "import-past-winners"}
    folder = made(tmp_path / "prizes", names=names)
    (folder / HOME).unlink()
    result = decide(folder, "dismiss", PAST_WINNER, "--format", "json")
    assert json.loads(result.out)["next"] == ["validate"]
    assert written(folder).startswith("- {kind: review")


def test_an_open_place_on_the_shortlist_can_be_decided(tmp_path: Path) -> None:
    examples = Path(__file__).parent.parent / "docs" / "examples" / "secretary"
    imports = {"submissions.csv": "import-submissions", "ana.csv": "import-scores", "bela.csv": "import-scores"}  # fmt: skip
    folder = made(tmp_path / "prizes", examples, imports)
    tied = [f"177344724222056{number}" for number in (40, 38, 39, 41)]
    result = decide(folder, "tie-break", "C9", *tied, "--cut", "quota", "--format", "csv")
    assert changes(result) == [
        ("nominate", "C9", tied[1], "unresolved", "nominee"),
        ("nominate", "C9", tied[2], "unresolved", ""),
        ("nominate", "C9", tied[0], "unresolved", "nominee"),
        ("nominate", "C9", tied[3], "unresolved", ""),
    ]
    # What is decided otherwise now, of what was decided before, is said.
    result = decide(folder, "withdraw", tied[3])
    assert result.status == 0
    assert f"note: {HOME}:" in result.err
    assert "does not order exactly the contenders" in result.err


# --- What does not fit ----------------------------------------------------------------------------

MISFITS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "a submission that is none": (
        ("withdraw", "17734472422-200011"),
        "17734472422-200011 is not among the submissions; did you mean 17734472422200011?",
    ),
    "a review of a submission that is none": (
        ("dismiss", "s1", "--rule", "past-winner"),
        "s1 is not among the submissions",
    ),
    "a review without its rule of a submission that is none": (
        ("dismiss", "s1"),
        "s1 is not among the submissions",
    ),
    "a review that is not open": (
        ("dismiss", PAST_WINNER, "--rule", "same-project"),
        f"{PAST_WINNER} has no open review of same-project; open for it: past-winner",
    ),
    "no review at all": (("confirm", C1[0]), f"{C1[0]} has no open review"),
    "an error, which nobody can dismiss": (
        ("dismiss", "17734472422200010", "--rule", "deadline"),
        "17734472422200010 has no open review of deadline",
    ),
    "a rule that is none": (
        ("dismiss", PAST_WINNER, "--rule", "past-winer"),
        "'past-winer' is no rule; did you mean 'past-winner'?",
    ),
    "a category that is none": (
        ("winner", "C12", HEALTH[0]),
        "'C12' is no category; did you mean 'C2'?",
    ),
    "a nominee who is not eligible": (
        ("nominate", "C1", C1[0], "17734472422200010", PAST_WINNER),
        "17734472422200010 is ineligible: deadline\n"
        f"error: {PAST_WINNER} is to be reviewed: past-winner",
    ),
    "a nominee of another category": (
        ("nominate", "C1", HEALTH[0]),
        f"{HEALTH[0]} is in C7-e-health, not in C1",
    ),
    "a nominee who is none": (("nominate", "C1", "s1"), "s1 is not among the submissions"),
    "a nominee twice": (("nominate", "C1", C1[0], C1[0]), f'"{C1[0]}" stands here twice'),
    "more nominees than the quota": (
        ("nominate", "C1", *(f"s{number}" for number in range(21))),
        "21 nominees; this contest allows 20 in a category",
    ),
    "a tie that is none": (
        ("tie-break", "C7-e-health", *HEALTH, "--cut", "honoured"),
        "the tie-break for honoured in C7-e-health changes nothing: there is no tie at that cut",
    ),
    "a tie at another cut": (
        ("tie-break", "C1", *TIED, "--cut", "quota"),
        "the tie-break for quota in C1 changes nothing: there is no tie at that cut",
    ),
    "a contender too few": (
        ("tie-break", "C1", TIED[0], "--cut", "honoured"),
        f"the tie-break for honoured in C1 does not order exactly the contenders {', '.join(TIED)}",
    ),
    "a contender too many": (
        ("tie-break", "C1", *TIED, C1[0], "--cut", "honoured"),
        f"does not order exactly the contenders {', '.join(TIED)}",
    ),
    "a winner while a tie is open": (
        ("winner", "C1", C1[0]),
        "the decision on the winners of C1 changes nothing: a tie in the vote is open",
    ),
    "a winner outside the pool": (
        ("winner", "C7-e-health", C1[0]),
        f"{C1[0]} is not in the pool of C7-e-health",
    ),
    "a winner where nobody was voted on": (
        ("winner", "C2"),
        "the decision on the winners of C2 changes nothing: nobody is in the pool",
    ),
    "more winners than allowed": (
        ("winner", "C7-e-health", *HEALTH, C1[0]),
        "3 winners; this contest allows 0 to 2 in a category",
    ),
    "a member who is none": (("same-member", "010", "11"), "not among the members: 11"),
    "one member twice": (("same-member", "010", "010"), '"010" stands here twice'),
    "members who share no address": (
        ("different-members", "010", "011"),
        "this decision settles nothing: the persons it names are not all those who share",
    ),
    "a member whose id Excel has ruined": (
        ("same-member", "010", "1.77345E+16"),
        "'1.77345E+16' was an id before Excel made a number of it; digits are lost",
    ),
    "an id that Excel has ruined": (
        ("withdraw", "1.77345E+16"),
        "'1.77345E+16' was an id before Excel made a number of it; digits are lost",
    ),
}


@pytest.mark.parametrize("what", MISFITS)
def test_a_decision_that_does_not_fit_changes_nothing(what: str, folder: Path) -> None:
    words, says = MISFITS[what]
    before = contents(folder)
    result = decide(folder, *words)
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith("error: ")
    assert says in result.err
    assert "nothing was recorded\n" in result.err
    assert "the decision given" not in result.err, "what it is called here helps nobody"
    assert contents(folder) == before


@pytest.mark.parametrize("what", [name for name in FITTING if FITTING[name][2]])
def test_what_is_decided_is_not_decided_again(what: str, folder: Path) -> None:
    words = [word for word in FITTING[what][0] if word != "--rule" and word != "past-winner"]
    assert decide(folder, *words).status == 0
    before = written(folder)
    again = decide(folder, *words)
    assert again.status == 3
    assert "by Ana Kim on 2021-02-03" in again.err
    assert written(folder) == before


def test_a_verdict_is_not_turned_round(folder: Path) -> None:
    assert decide(folder, "dismiss", PAST_WINNER).status == 0
    result = decide(folder, "confirm", PAST_WINNER, "--rule", "past-winner")
    assert result.status == 3
    assert (
        f"the review of past-winner for {PAST_WINNER} was dismissed by Ana Kim on 2021-02-03 at "
        f"{HOME}:2; to decide otherwise, take that entry out" in result.err
    )


def test_of_several_open_reviews_one_must_be_named(tmp_path: Path) -> None:
    titles = [("s1", "Tele-ECG"), ("s2", "tele-ecg")]
    write_csv(tmp_path / "submissions.csv", [submission(one, title=title) for one, title in titles])
    (tmp_path / "past-winners.csv").write_text("year,category,title,entity,country\n2019,C1,TELE-ECG,E,OMN\n")  # fmt: skip
    names = {"submissions.csv": "import-submissions", "past-winners.csv": "import-past-winners"}
    folder = made(tmp_path / "prizes", tmp_path, names)
    result = decide(folder, "confirm", "s2")
    assert result.status == 3
    assert "s2 has several open reviews: same-project, past-winner" in result.err
    assert "--rule" in result.err
    assert decide(folder, "confirm", "s2", "--rule", "same-project").status == 0
    assert decide(folder, "dismiss", "s2").status == 0, "one is left"
    assert "rule: past-winner, verdict: dismiss" in written(folder)


def test_decisions_that_contradict_each_other_are_told_with_their_places(folder: Path) -> None:
    """Of another kind or cut, so that neither decides the same as the other."""
    (folder / HOME).write_text(
        f"- {{kind: tie-break, stage: select, cut: winner, category: C7-e-health, order: [{', '.join(HEALTH)}], {SIGNATURE}}}\n"
    )
    result = decide(folder, "winner", "C7-e-health", HEALTH[1])
    assert result.status == 3
    assert f"contradicts the one at {HOME}:1" in result.err


def test_what_the_decision_needs_is_named_where_it_is_not_there_yet(tmp_path: Path) -> None:
    assert wsisctl("init", tmp_path / "new", "--contest", "2021").status == 0
    for words, says in {
        ("withdraw", "s1"): "import-submissions",
        ("nominate", "C1", "s1"): "import-submissions",
        ("tie-break", "C1", "s1", "s2", "--cut", "pool"): "import-votes",
        ("winner", "C1"): "`wsisctl tally`",
    }.items():
        result = decide(tmp_path / "new", *words)
        assert (result.status, result.out) == (3, "")
        assert says in result.err
    outside = decide(tmp_path, "withdraw", "s1")
    assert outside.status == 2
    assert "no contest folder" in outside.err


def test_a_result_that_is_out_of_date_is_said_and_to_be_acted_upon(folder: Path) -> None:
    """It is what the decision was measured by."""
    assert decide(folder, "tie-break", "C1", *TIED, "--cut", "honoured").status == 0
    result = decide(folder, "winner", "C7-e-health")
    assert result.status == 1
    assert "warning: results/tally.json is out of date" in result.err
    assert "kind: winner" in written(folder), "recorded all the same"
    refused = decide(folder, "winner", "C1", C1[0])
    assert refused.status == 3
    assert "run `wsisctl tally`, then this again; nothing was recorded" in refused.err
    assert run_all(folder, "tally")[0].status == 0
    assert decide(folder, "winner", "C1", C1[0]).status == 0


def test_an_edited_result_is_no_measure(folder: Path) -> None:
    path = folder / "results" / "tally.json"
    path.write_bytes(path.read_bytes() + b"\n")
    result = decide(folder, "winner", "C7-e-health")
    assert result.status == 3
    assert "results/tally.json: changed since `wsisctl tally` wrote it" in result.err


@pytest.mark.parametrize("words", [("withdraw", C1[0]), ("tie-break", "C1", *TIED, "--cut", "honoured")])  # fmt: skip
def test_records_need_not_be_there(words: tuple[str, ...], folder: Path) -> None:
    """They follow from the exports; `decide` neither needs those that are there nor makes them."""
    expected = decide(folder, *words, "--dry-run")
    shutil.rmtree(folder / "records")
    result = decide(folder, *words, "--dry-run")
    assert (result.status, result.out) == (0, expected.out)
    assert not (folder / "records").exists()


# --- Many at once ---------------------------------------------------------------------------------

MEETING = f"""\
# The panel, 1 April.
- {{kind: tie-break, stage: tally, cut: honoured, category: "1", order: [{TIED[0]}, {TIED[1]}], by: the panel, on: 2021-04-01, reason: reach}}

- kind: winner   # by show of hands
  category: C1
  submission_ids: [{C1[3]}]
  by: the panel
  on: 2021-04-01
  reason: >
    clear
    to all
"""


def test_the_decisions_of_a_file_are_measured_together(folder: Path) -> None:
    """The winner fits only because the tie before it is broken."""
    result = from_file(folder, MEETING, "--format", "csv")
    assert (result.status, result.err) == (0, "")
    assert [row[2:] for row in changes(result) if row[0] == "select-winners"] == [
        (C1[0], "", "champion"),
        (C1[1], "", "champion"),
        (C1[2], "", "champion"),
        (C1[3], "", "winner"),
        (C1[4], "unresolved", "champion"),
        (C1[5], "unresolved", ""),
    ]
    assert written(folder) == (
        "# Ours.\n"
        "- {kind: tie-break, stage: tally, cut: honoured, category: C1, "
        f'order: ["{TIED[0]}", "{TIED[1]}"], by: the panel, on: 2021-04-01, reason: reach}}\n'
        f'- {{kind: winner, category: C1, submission_ids: ["{C1[3]}"], by: the panel, '
        'on: 2021-04-01, reason: "clear to all\\n"}\n'
    )
    assert [run_all(folder, stage)[0].status for stage in ("tally", "select-winners")] == [0, 0]


def test_one_bad_line_changes_nothing_and_every_bad_line_is_named(folder: Path) -> None:
    before = contents(folder)
    text = (
        f"- {{kind: withdraw, submission_id: {C1[0]}, {SIGNATURE}}}\n"
        f"- {{kind: withdraw, submission_id: s1, {SIGNATURE}}}\n"
        f"- {{kind: review, submission_id: {C1[1]}, rule: past-winner, verdict: confirm, {SIGNATURE}}}\n"
        f"- {{kind: nominate, category: C1, submission_ids: [{C1[0]}], {SIGNATURE}}}\n"
    )
    result = from_file(folder, text)
    assert (result.status, result.out) == (3, "")
    assert result.err.splitlines() == [
        "error: ../meeting.yaml:2: s1 is not among the submissions",
        f"error: ../meeting.yaml:3: {C1[1]} has no open review of past-winner",
        f"error: ../meeting.yaml:4: {C1[0]} is ineligible: withdrawn",
        "help: nothing was recorded",
    ]
    assert contents(folder) == before


def test_every_entry_that_is_no_decision_is_named(folder: Path) -> None:
    before = contents(folder)
    result = from_file(
        folder,
        f"- {{kind: withdraw, submission_id: {C1[0]}, {SIGNATURE}}}\n"
        "- {kind: withdraw, submission_id: s1, by: Ana}\n"
        "- {kind: withdrw, submission_id: s1}\n",
    )
    assert (result.status, result.out) == (3, "")
    assert "../meeting.yaml:2:" in result.err
    assert "../meeting.yaml:3:" in result.err
    assert "did you mean 'withdraw'?" in result.err
    assert contents(folder) == before


def test_a_file_that_decides_one_thing_twice_is_refused(folder: Path) -> None:
    line = f"- {{kind: withdraw, submission_id: {C1[0]}, {SIGNATURE}}}\n"
    result = from_file(folder, line + line)
    assert result.status == 3
    assert f"../meeting.yaml:2: the submission {C1[0]} is decided at ../meeting.yaml:1 already" in result.err  # fmt: skip


def test_two_entries_on_one_line_may_not_decide_one_thing_either(folder: Path) -> None:
    entry = f"{{kind: withdraw, submission_id: {C1[0]}, {SIGNATURE}}}"
    result = from_file(folder, f"[{entry}, {entry}]\n")
    assert result.status == 3
    assert f"the submission {C1[0]} is decided at ../meeting.yaml:1 already" in result.err


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n"])
def test_a_file_without_decisions_is_no_input(text: str, folder: Path) -> None:
    result = from_file(folder, text)
    assert (result.status, result.out) == (3, "")
    assert "../meeting.yaml: no decision in it" in result.err


def test_the_folders_own_file_records_nothing_anew(folder: Path) -> None:
    assert decide(folder, "withdraw", C1[0]).status == 0
    before = contents(folder)
    assert wsisctl("decide", "--from", HOME, cwd=folder).status == 3
    assert contents(folder) == before


def test_a_file_of_the_same_name_is_another_file(folder: Path, tmp_path: Path) -> None:
    """What the stages say of line 1 of the one is not said of line 1 of the other."""
    order = ", ".join(reversed(HEALTH))
    (folder / HOME).write_text(f"- {{kind: tie-break, stage: select, cut: winner, category: C7-e-health, order: [{order}], {SIGNATURE}}}\n")  # fmt: skip
    (tmp_path / "other" / "decisions").mkdir(parents=True)
    (tmp_path / "other" / HOME).write_text(f"- {{kind: winner, category: C7-e-health, submission_ids: [{HEALTH[1]}], {SIGNATURE}}}\n")  # fmt: skip
    result = wsisctl("decide", "--from", HOME, "--folder", folder, cwd=tmp_path / "other")
    assert result.status == 0
    assert f"{HOME}:1: the tie-break for winner in C7-e-health changes nothing" in result.err


# --- The command line -----------------------------------------------------------------------------

BY, REASON = ("--by", "Ana"), ("--reason", "why")
WRONG: Mapping[tuple[str, ...], str] = {
    (): "missing: KIND",
    ("approve", "s1"): "KIND 'approve' is unknown",
    ("nominat", "C1"): "did you mean 'nominate'?",
    ("withdraw", "s1"): "missing: --by, --reason",
    ("withdraw", "s1", *BY): "missing: --reason",
    ("withdraw", "s1", *BY, "--reason", " "): "an empty text",
    ("withdraw", "", *BY, *REASON): "an empty text",
    ("withdraw", *BY, *REASON): "withdraw takes the id of one submission",
    ("withdraw", "s1", "s2", *BY, *REASON): "withdraw takes the id of one submission",
    ("withdraw", "s1", *BY, *REASON, "--rule", "deadline"): "--rule is not for withdraw",
    ("dismiss", "s1", *BY, *REASON, "--cut", "pool"): "--cut is not for dismiss",
    ("nominate", "C1", *BY, *REASON): "nominate takes a category and submissions",
    ("tie-break", "C1", "a", "b", *BY, *REASON): "missing: --cut",
    ("tie-break", "C1", "a", "b", "--cut", "half", *BY, *REASON): "--cut 'half' is unknown",
    ("winner", *BY, *REASON): "winner takes a category",
    ("same-member", "m1", *BY, *REASON): "same-member takes the ids of two members or more",
    ("different-members", "m1", *BY, *REASON): "different-members takes the ids of two members",
    (
        "same-member",
        "m1",
        "m2",
        *BY,
        *REASON,
        "--rule",
        "deadline",
    ): "--rule is not for same-member",
    ("withdraw", "s1", *BY, *REASON, "--on", "3.2.2021"): "--on: '3.2.2021' is no date",
    ("withdraw", "s1", *BY, *REASON, "--on", "2021-02-30"): "--on: '2021-02-30' is no date",
    ("withdraw", "s1", *REASON, "--by", "Am\udce9lie"): "is not UTF-8",
    ("withdraw", "--from", "f.yaml"): "--from and withdraw contradict each other",
    ("--from", "f.yaml", "--on", "2021-02-03"): "--from and --on contradict each other",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_said_before_anything_is_read(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    result = wsisctl("decide", *words, cwd=tmp_path)
    assert (result.status, result.out) == (2, "")
    assert WRONG[words] in result.err


def test_a_decision_is_of_today_unless_another_day_is_named() -> None:
    given_texts = {"by": "Ana", "reason": "why"}
    entry = entry_of(Kind.withdraw, ["s1"], given_texts, today=lambda: date(2030, 1, 31))
    assert entry == {"kind": "withdraw", "submission_id": "s1", "on": "2030-01-31", **given_texts}
    entry = entry_of(Kind.withdraw, ["s1"], {**given_texts, "on": "2021-02-03"})
    assert entry["on"] == "2021-02-03"


def test_the_stage_of_a_tie_break_follows_from_its_cut() -> None:
    stages = {"quota": "nominate", "honoured": "tally", "pool": "tally", "winner": "select"}
    assert {cut.value for cut in Cut} == stages.keys()
    for cut, stage in stages.items():
        entry = entry_of(Kind.tie_break, ["C1", "a"], {"cut": cut, "by": "A", "reason": "b"})
        assert (entry["stage"], entry["cut"], entry["order"]) == (stage, cut, ["a"])
    with pytest.raises(UsageError):
        entry_of(None, ["C1"], {})


# --- The file -------------------------------------------------------------------------------------

ENTRY: Entry = {"kind": "withdraw", "submission_id": "017", "by": "Ana", "on": "2021-02-03", "reason": "x"}  # fmt: skip
LINE = '- {kind: withdraw, submission_id: "017", by: Ana, on: 2021-02-03, reason: x}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "@\n"),
        ("# ours\n", "# ours\n@\n"),
        ("# ours", "# ours\n@\n"),
        ("\n\n", "\n\n@\n"),
        ("\ufeff", "\ufeff@\n"),
        ("\ufeff# ours\r\n", "\ufeff# ours\r\n@\r\n"),
        ("- {a: b}", "- {a: b}\n@\n"),
        ("- {a: b}\r\n- {c: d}\r\n", "- {a: b}\r\n- {c: d}\r\n@\r\n"),
        ("- a: b\r- c: d\r", "- a: b\r- c: d\r@\r"),
        ("-   a: 'b'\n    c:   # why\n    - d\n# end\n", "-   a: 'b'\n    c:   # why\n    - d\n# end\n@\n"),
        ("  - a: b\n  - c: d\n\n  # end", "  - a: b\n  - c: d\n\n  # end\n  @\n"),
        ("---\n- a: b\n...\n# behind\n", "---\n- a: b\n@\n...\n# behind\n"),
        ("%YAML 1.1\n---\n- a: b\n", "%YAML 1.1\n---\n- a: b\n@\n"),
        ("- a: |\n    text\n", "- a: |\n    text\n@\n"),
        ("- a: |+\n    text\n\n\n...", "- a: |+\n    text\n\n\n@\n..."),
        ("---", "---\n@\n"),
        ("--- # ours\n", "--- # ours\n@\n"),
        ("---\n...\n", "---\n@\n...\n"),
        ("[]", "@\n"),
        ("# ours\n[]\n# ours too\n", "# ours\n# ours too\n@\n"),
        ("[ ]  # none yet\r\n", "  # none yet\r\n@\r\n"),
        ("--- []\n", "--- \n@\n"),
        ("null\n", "@\n"),
        ("---\n~\n...\n", "---\n@\n...\n"),
    ],
)  # fmt: skip
def test_the_entry_goes_behind_what_stands_there(before: str, after: str) -> None:
    assert with_entries(before.encode(), HOME, [ENTRY]).decode() == after.replace("@", LINE)


@pytest.mark.parametrize(
    "before",
    [
        "[{a: b}]\n",
        "---\n[\n  {a: b},\n]\n",
        "[\n# ours\n]\n",
        '""\n',
        "- a: |\n    the end of this line would become part of the text",
        "a: b\n",
        "text\n",
    ],
)
def test_what_would_have_to_be_changed_is_refused(before: str) -> None:
    with pytest.raises(Refused) as refused:
        with_entries(before.encode(), HOME, [ENTRY])
    assert refused.value.message.startswith(HOME)
    assert "'- '" in refused.value.hint


@pytest.mark.parametrize("before", ["- {a: b\n", "- a: b\n---\n- c: d\n", "\xff".encode("latin-1")])
def test_what_cannot_be_read_is_no_input(before: str | bytes) -> None:
    with pytest.raises(UnusableInput):
        with_entries(before if isinstance(before, bytes) else before.encode(), HOME, [ENTRY])


def test_brackets_are_refused_with_the_way_to_write_it(folder: Path) -> None:
    text = f"[{{kind: withdraw, submission_id: {C1[0]}, {SIGNATURE}}}]\n"
    (folder / HOME).write_text(text)
    for more in ((), ("--dry-run",)):
        result = decide(folder, "withdraw", C1[1], *more)
        assert (result.status, result.out) == (4, "")
        assert f"error: {HOME}:1:1: no list with a line for each entry" in result.err
        assert written(folder) == text


PROPERTY = settings(
    max_examples=1000 if ALL_EXAMPLES else 100,
    derandomize=not ALL_EXAMPLES,
    deadline=None,
    database=None,
)
TEXTS = st.text(max_size=30) | st.sampled_from(
    ["yes", "Null", "~", "017", "1e3", "0x1f", "2021-02-03", "12:30:45", "a: b", "a #b", "- a", "it's",
     'say "so"', "a\\b", "two\nlines\n", "\ttab", " edges ", "{a}", "[a]", "a,b", "&a", "*a", "!a", "%a",
     "@a", "`a`", "|", ">", "?", "<<", "=", ".inf", "\x00", "\x85", "\u2028", "\ufeff", "\u202e",
     "Ünï cödé", "玛丽", "👩‍💻", "a" * 3000]
)  # fmt: skip
ENTRIES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"kind": TEXTS, "by": TEXTS, "reason": TEXTS},
    optional={"order": st.lists(TEXTS, max_size=4), "submission_id": TEXTS, "category": TEXTS},
)


def as_strangers_read(content: bytes) -> Any:
    """By YAML's own rules, not ours: `on` is a truth value there, a day a date."""
    return yaml.safe_load(content.decode("utf-8-sig"))


@PROPERTY
@given(ENTRIES)
@example(entry={"kind": "withdraw", "by": "on", "reason": "y"})
def test_any_text_is_read_as_it_was_by_every_reader(entry: dict[str, Any]) -> None:
    line = entry_line({**entry, "on": "2021-02-03"})
    assert line.isprintable(), "one line, in which nothing acts on a terminal"
    (ours,) = YamlFile("line", line.encode(), text_only=True).data
    assert ours == {**entry, "on": "2021-02-03"}
    (theirs,) = as_strangers_read(line.encode())
    assert theirs.pop(True) == date(2021, 2, 3)
    assert theirs == entry


COMMENTS = st.lists(st.sampled_from(["# ours", "#", "", "   ", "# - {kind: x}", "# …"]), max_size=2)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """A list as people and their programs write it, and what it holds."""
    entries = draw(st.lists(ENTRIES, max_size=4))
    indent = draw(st.sampled_from(["", "  "]))
    lines: list[str] = draw(COMMENTS)
    for entry in entries:
        dumped = yaml.safe_dump(
            [entry],
            default_flow_style=draw(st.sampled_from([None, False])),
            allow_unicode=draw(st.booleans()),
            width=draw(st.sampled_from([20, 10_000])),
            sort_keys=False,
        )
        lines += [indent + line for line in dumped.removesuffix("\n").split("\n")]
        lines += draw(COMMENTS)
    if draw(st.booleans()):
        lines = ["---", *lines]
    is_ended = draw(st.booleans())
    if entries and is_ended:
        lines += ["...", *draw(COMMENTS)]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    bom = draw(st.sampled_from(["", "\ufeff"]))
    return bom + end.join(lines) + draw(st.sampled_from(["", end])), entries


@PROPERTY
@given(files(), st.lists(ENTRIES, min_size=1, max_size=3))
@example(file=("- a: b\n...\n# [] ...\n", [{"a": "b"}]), new=[{"by": "..."}])
def test_what_people_wrote_stays_to_the_byte(
    file: tuple[str, list[dict[str, Any]]], new: list[dict[str, Any]]
) -> None:
    text, entries = file
    before = text.encode()
    old = YamlFile(HOME, before, text_only=True).data or []
    assert len(old) == len(entries)
    after = with_entries(before, HOME, new)
    assert YamlFile(HOME, after, text_only=True).data == [*old, *new]
    assert as_strangers_read(after) == [*(as_strangers_read(before) or []), *new]
    same = next((i for i, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), len(before))  # fmt: skip
    assert after.endswith(before[same:]), "nothing but an insertion"
    if b"..." not in before:
        assert after.startswith(before)


@PROPERTY
@given(files(), st.lists(ENTRIES, min_size=1, max_size=2))
def test_the_slower_reader_of_yaml_does_as_well(
    file: tuple[str, list[dict[str, Any]]], new: list[dict[str, Any]]
) -> None:
    """Where there is no library for the fast one, the file comes out the same."""
    before = file[0].encode()
    expected = with_entries(before, HOME, new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decisions_file, "Loader", yaml.SafeLoader)
        assert with_entries(before, HOME, new) == expected


def test_a_file_that_is_not_there_is_made(folder: Path) -> None:
    shutil.rmtree(folder / "decisions")
    assert decide(folder, "withdraw", C1[0]).status == 0
    assert written(folder) == f'- {{kind: withdraw, submission_id: "{C1[0]}", {SIGNATURE}}}\n'


def test_permissions_are_kept(folder: Path) -> None:
    (folder / HOME).chmod(0o640)
    assert decide(folder, "withdraw", C1[0]).status == 0
    assert stat.S_IMODE((folder / HOME).stat().st_mode) == 0o640


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere.yaml"))
    path.symlink_to("elsewhere.yaml")


def link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.yaml")


def folder_there(path: Path) -> None:
    path.unlink()
    path.mkdir()


def protect(path: Path) -> None:
    path.chmod(0o444)


@pytest.mark.parametrize("spoil", [link, link_to_nothing, folder_there, protect])
def test_a_file_that_cannot_be_replaced_is_left_as_it_is(
    spoil: Callable[[Path], None], folder: Path
) -> None:
    spoil(folder / HOME)
    before = {path: path.lstat().st_mtime_ns for path in (folder / "decisions").iterdir()}
    result = decide(folder, "withdraw", C1[0])
    assert (result.status, result.out) == (4, "")
    assert result.err.startswith(f"error: {HOME}: ")
    assert "left as it is" in result.err
    assert {path: path.lstat().st_mtime_ns for path in (folder / "decisions").iterdir()} == before


def test_what_somebody_saved_meanwhile_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = "# saved by an editor at this very moment\n"

    def while_we_compose(*arguments: Any) -> bytes:
        (folder / HOME).write_text(theirs)
        return with_entries(*arguments)

    monkeypatch.setattr(deciding, "with_entries", while_we_compose)
    result = decide(folder, "withdraw", C1[0])
    assert (result.status, result.out) == (4, "")
    assert "somebody has changed it meanwhile" in result.err
    assert written(folder) == theirs
    assert {path.name for path in (folder / "decisions").iterdir()} == {
        "decisions.yaml", "corrections.yaml", "organizations.csv", "panel.csv",
    }  # fmt: skip


def test_two_at_once_take_turns(folder: Path) -> None:
    before = written(folder)
    with at_work(folder / "contest.yaml"):
        result = decide(folder, "withdraw", C1[0])
    assert (result.status, result.out) == (4, "")
    assert "another wsisctl is at work here" in result.err
    assert written(folder) == before


def test_what_a_killed_process_left_is_cleared_and_nothing_else(folder: Path) -> None:
    left = folder / "decisions" / ".decisions.yaml.4711.draft"
    ours = folder / "decisions" / ".plans.draft"
    for path in (left, ours):
        path.write_text("x")
    assert decide(folder, "withdraw", C1[0]).status == 0
    assert not left.exists()
    assert ours.exists()


def test_a_file_that_is_wrong_already_is_refused_as_every_stage_does(folder: Path) -> None:
    (folder / HOME).write_text("- {kind: withdraw}\n")
    result = decide(folder, "withdraw", C1[0])
    assert (result.status, result.out) == (3, "")
    assert f"{HOME}:1:3" in result.err
    assert written(folder) == "- {kind: withdraw}\n"
