"""What people decided: every kind is read as it was written, and a wrong entry is refused at its line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from tests.support import submission, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Contest
from wsisctl.records.decisions import (
    NO_DECISIONS,
    Choice,
    Cut,
    Decisions,
    Review,
    TieBreak,
    Withdrawal,
    read_decisions,
)
from wsisctl.records.signed import Signed
from wsisctl.rules import ALL_RULES
from wsisctl.stages.inputs import name_all

NAME = "decisions.yaml"
SIGNED = "by: Ana, on: 2021-02-03, reason: seen"
LONG_ID, LONG_ID_WITH_ZERO = "17734472422205614", "07734472422205614"


@cache
def edition(name: str) -> Contest:
    return load_contest(name)


def read(folder: Path, *texts: str, contest: str = "2021") -> Decisions:
    """The decisions of one file, or of `a.yaml`, `b.yaml` and so on."""
    names = [NAME] if len(texts) == 1 else [f"{letter}.yaml" for letter in "abc"[: len(texts)]]
    paths = [folder / name for name in names]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    files = name_all({"decisions": paths}).decisions
    return read_decisions(files, edition(contest), [rule.code for rule in ALL_RULES])


def signed(line: int, name: str = NAME) -> Signed:
    return Signed("Ana", "2021-02-03", "seen", f"{name}:{line}")


# Every kind, in block and in flow.


@dataclass(frozen=True)
class Kind:
    """One decision in both ways of YAML, and what it is; the signature is put in by the test."""

    what: str
    flow: str
    block: str
    decisions: Decisions

    def __str__(self) -> str:
        return self.what


SIGNATURE = signed(1)
CUTS: tuple[tuple[str, Cut], ...] = (
    ("nominate", "quota"),
    ("tally", "honoured"),
    ("tally", "pool"),
    ("select", "winner"),
)
KINDS = (
    Kind(
        "a review confirmed",
        "kind: review, submission_id: a1, rule: past-winner, verdict: confirm",
        """\
        kind: review
        submission_id: a1
        rule: past-winner
        verdict: confirm
        """,
        replace(
            NO_DECISIONS,
            reviews={("a1", "past-winner"): Review("a1", "past-winner", "confirm", SIGNATURE)},
        ),
    ),
    Kind(
        "a review dismissed",
        "kind: review, submission_id: a1, rule: same-project, verdict: dismiss",
        """\
        verdict: dismiss
        rule: same-project
        submission_id: a1
        kind: review
        """,
        replace(
            NO_DECISIONS,
            reviews={("a1", "same-project"): Review("a1", "same-project", "dismiss", SIGNATURE)},
        ),
    ),
    Kind(
        "a withdrawal",
        "kind: withdraw, submission_id: a1",
        """\
        kind: withdraw
        submission_id: a1
        """,
        replace(NO_DECISIONS, withdrawals={"a1": Withdrawal("a1", SIGNATURE)}),
    ),
    Kind(
        "nominees",
        "kind: nominate, category: C1, submission_ids: [a2, a1]",
        """\
        kind: nominate
        category: C1
        submission_ids:
          - a2
          - a1
        """,
        replace(NO_DECISIONS, nominations={"C1": Choice("C1", ("a2", "a1"), SIGNATURE)}),
    ),
    Kind(
        "no nominees",
        "kind: nominate, category: C1, submission_ids: []",
        """\
        kind: nominate
        category: C1
        submission_ids: []
        """,
        replace(NO_DECISIONS, nominations={"C1": Choice("C1", (), SIGNATURE)}),
    ),
    *(
        Kind(
            f"a tie-break at the cut {cut}",
            f"kind: tie-break, stage: {stage}, cut: {cut}, category: C7-e-health, order: [b, a]",
            f"""\
            kind: tie-break
            stage: {stage}
            cut: {cut}
            category: C7-e-health
            order:
            - b
            - a
            """,
            replace(
                NO_DECISIONS,
                tie_breaks={
                    (cut, "C7-e-health"): TieBreak(cut, "C7-e-health", ("b", "a"), SIGNATURE)
                },
            ),
        )
        for stage, cut in CUTS
    ),
    *(
        Kind(
            f"{len(ids)} winners",
            f"kind: winner, category: C11, submission_ids: [{', '.join(ids)}]",
            f"""\
            submission_ids: [{", ".join(ids)}]
            category: C11
            kind: winner
            """,
            replace(NO_DECISIONS, winners={"C11": Choice("C11", ids, SIGNATURE)}),
        )
        for ids in ((), ("a1",), ("a1", "a2"))
    ),
)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_is_read_in_flow(kind: Kind, tmp_path: Path) -> None:
    assert read(tmp_path, f"- {{{kind.flow}, {SIGNED}}}\n") == kind.decisions


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_is_read_in_block(kind: Kind, tmp_path: Path) -> None:
    lines = [*dedent(kind.block).splitlines(), *SIGNED.split(", ")]
    text = "- " + "\n  ".join(lines) + "\n"
    assert read(tmp_path, text) == kind.decisions


def test_decisions_know_the_line_they_stand_on(tmp_path: Path) -> None:
    text = f"""\
# of the meeting of 3 February

- kind: withdraw
  submission_id: a1
  {SIGNED.replace(", ", chr(10) + "  ")}
- {{kind: withdraw, submission_id: a2, {SIGNED}}}
-
  kind: withdraw
  submission_id: a3
  {SIGNED.replace(", ", chr(10) + "  ")}
"""
    assert read(tmp_path, text).withdrawals == {
        "a1": Withdrawal("a1", signed(3)),
        "a2": Withdrawal("a2", signed(8)),
        "a3": Withdrawal("a3", signed(10)),
    }


@pytest.mark.parametrize(
    "category",
    ["C7-e-health", "10", "E-health", "电子卫生", "WSIS C7行动方面：电子卫生", "c7-E-HEALTH"],
)
def test_a_category_may_be_named_in_any_of_its_spellings(category: str, tmp_path: Path) -> None:
    text = f"- {{kind: winner, category: {category}, submission_ids: [a1], {SIGNED}}}\n"
    assert read(tmp_path, text).winners == {
        "C7-e-health": Choice("C7-e-health", ("a1",), signed(1))
    }


@pytest.mark.parametrize(
    "identity", [LONG_ID, LONG_ID_WITH_ZERO, "007", "1e3", "0x1F", "1_000", "12:30:00", "no", "1.0"]
)
def test_an_id_without_quotes_stays_the_text_that_was_written(
    identity: str, tmp_path: Path
) -> None:
    text = f"""\
- {{kind: withdraw, submission_id: {identity}, {SIGNED}}}
- {{kind: winner, category: C1, submission_ids: [{identity}], {SIGNED}}}
- {{kind: tie-break, stage: select, cut: winner, category: C2, order: [{identity}, b], {SIGNED}}}
"""
    found = read(tmp_path, text)
    assert list(found.withdrawals) == [identity]
    assert found.winners["C1"].submission_ids == (identity,)
    assert found.tie_breaks["winner", "C2"].order == (identity, "b")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("by", "007"),
        ("by", "Ana María Núñez, 秘书处"),
        ("reason", "no"),
        ("reason", "2021-02-03"),
        ("reason", "«quoted» — and: a colon"),
    ],
)
def test_who_and_why_are_any_text(key: str, text: str, tmp_path: Path) -> None:
    entry = {"by": "Ana", "reason": "seen"} | {key: text}
    written = f"- kind: withdraw\n  submission_id: a1\n  on: 2021-02-03\n  by: '{entry['by']}'\n"
    found = read(tmp_path, f"{written}  reason: '{entry['reason']}'\n").withdrawals["a1"]
    assert getattr(found.signed, key) == text


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing was decided yet\n", "[]\n", "---\n", "\N{BOM}# of Excel\n"]
)
def test_an_empty_file_decides_nothing(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text) == NO_DECISIONS


def test_without_a_file_nothing_was_decided() -> None:
    assert read_decisions([], edition("2021"), []) == NO_DECISIONS


def test_the_decisions_of_several_files_are_put_together(tmp_path: Path) -> None:
    one = f"- {{kind: withdraw, submission_id: a1, {SIGNED}}}\n"
    other = f"- {{kind: withdraw, submission_id: a2, {SIGNED}}}\n"
    assert read(tmp_path, one, other).withdrawals == {
        "a1": Withdrawal("a1", signed(1, "a.yaml")),
        "a2": Withdrawal("a2", signed(1, "b.yaml")),
    }


def test_a_contest_without_quota_allows_any_number_of_nominees(tmp_path: Path) -> None:
    ids = [f"a{n}" for n in range(30)]
    text = f"- {{kind: nominate, category: C1, submission_ids: [{', '.join(ids)}], {SIGNED}}}\n"
    assert read(tmp_path, text, contest="2018").nominations["C1"].submission_ids == tuple(ids)


def test_a_quota_allows_as_many_nominees_as_it_says(tmp_path: Path) -> None:
    ids = [f"a{n}" for n in range(20)]
    text = f"- {{kind: nominate, category: C1, submission_ids: [{', '.join(ids)}], {SIGNED}}}\n"
    assert read(tmp_path, text).nominations["C1"].submission_ids == tuple(ids)


# A wrong entry is refused, exit 3, at its line.

HERE = "¦"
"""In an entry: the line and column that the error must name."""
SOMEWHERE_IN_THIS_LINE = "¶"
GOOD = f"- {{kind: withdraw, submission_id: a0, {SIGNED}}}\n"


@dataclass(frozen=True)
class Mistake:
    """A file of decisions in which one mistake is marked."""

    what: str
    text: str
    says: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return self.what


def flow(what: str, entry: str, *says: str) -> Mistake:
    """A mistake in an entry in one line, after a good one."""
    return Mistake(what, f"{GOOD}- {entry}\n", says)


def entry(fields: str) -> str:
    return f"{{{fields}, {SIGNED}}}"


NUMBERS = ", ".join(f"a{n}" for n in range(21))
MISTAKES = (
    Mistake("a mapping and no list", "¦kind: withdraw\nsubmission_id: a1\n", ("a list",)),
    Mistake("a text and no list", "¦nothing\n", ("a list",)),
    flow("an entry that is a text", "¦withdraw a1", "withdraw"),
    flow("no kind", f"¦{entry('submission_id: a1')}", "kind"),
    flow(
        "an unknown kind",
        entry("kind: ¦withdrawal, submission_id: a1"),
        "'withdrawal'",
        "did you mean 'withdraw'?",
    ),
    flow(
        "an unknown key",
        entry("kind: withdraw, ¦submision_id: a1, submission_id: a1"),
        "'submision_id'",
        "did you mean 'submission_id'?",
    ),
    flow(
        "a key of another kind", entry("kind: withdraw, submission_id: a1, ¦rule: status"), "rule"
    ),
    flow(
        "the same key twice",
        entry("kind: withdraw, submission_id: a1, ¦submission_id: a2"),
        "'submission_id'",
        "line 2",
    ),
    flow("nobody", "¦{kind: withdraw, submission_id: a1, on: 2021-02-03, reason: seen}", "by"),
    flow("no day", "¦{kind: withdraw, submission_id: a1, by: Ana, reason: seen}", "on"),
    flow("no reason", "¦{kind: withdraw, submission_id: a1, by: Ana, on: 2021-02-03}", "reason"),
    flow(
        "an empty who",
        '{kind: withdraw, submission_id: a1, by: ¦"", on: 2021-02-03, reason: seen}',
        "not empty",
    ),
    flow(
        "an empty reason",
        "{kind: withdraw, submission_id: a1, by: Ana, on: 2021-02-03, reason: ¦''}",
        "not empty",
    ),
    flow(
        "a reason of blanks",
        "{kind: withdraw, submission_id: a1, by: Ana, on: 2021-02-03, reason: ¦'  '}",
        "not empty",
    ),
    flow(
        "a reason that is a list",
        "{kind: withdraw, submission_id: a1, by: Ana, on: 2021-02-03, reason: ¦[seen]}",
        "a list",
        "text",
    ),
    flow("an empty id", entry("kind: withdraw, submission_id: ¦''"), "not empty"),
    flow(
        "a day that does not exist",
        "{kind: withdraw, submission_id: a1, by: Ana, on: ¦2021-02-30, reason: seen}",
        "'2021-02-30'",
        "expected",
    ),
    flow(
        "a day in words",
        "{kind: withdraw, submission_id: a1, by: Ana, on: ¦3 February, reason: seen}",
        "'3 February'",
        "expected",
    ),
    flow(
        "a day of another form",
        "{kind: withdraw, submission_id: a1, by: Ana, on: ¦03.02.2021, reason: seen}",
        "'03.02.2021'",
        "expected",
    ),
    flow(
        "an unknown rule",
        entry("kind: review, submission_id: a1, rule: ¦past-winners, verdict: confirm"),
        "'past-winners'",
        "did you mean 'past-winner'?",
    ),
    flow(
        "an unknown verdict",
        entry("kind: review, submission_id: a1, rule: status, verdict: ¦maybe"),
        "maybe",
        "confirm, dismiss",
    ),
    flow(
        "an unknown category",
        entry("kind: winner, category: ¦C12, submission_ids: [a1]"),
        "'C12'",
        "no category",
    ),
    flow(
        "a category that could be any of eight",
        entry("kind: nominate, category: ¦C7, submission_ids: [a1]"),
        "'C7'",
        "no category",
    ),
    flow(
        "one id where a list is asked for",
        entry("kind: winner, category: C1, submission_ids: ¦a1"),
        "a list",
    ),
    flow(
        "more winners than the contest allows",
        entry("kind: winner, category: C1, submission_ids: ¦[a1, a2, a3]"),
        "3 winners",
        "0 to 2",
    ),
    flow(
        "more nominees than the quota",
        entry(f"kind: nominate, category: C1, submission_ids: ¦[{NUMBERS}]"),
        "21 nominees",
        "20",
    ),
    flow(
        "a stage that has no ties",
        entry("kind: tie-break, stage: ¦validate, cut: quota, category: C1, order: [a1, a2]"),
        "validate",
        "nominate, select, tally",
    ),
    flow(
        "an unknown cut",
        entry("kind: tie-break, stage: tally, cut: ¦last, category: C1, order: [a1, a2]"),
        "last",
        "honoured, pool, quota, winner",
    ),
    *(
        flow(
            f"the cut {cut} at the stage {stage}",
            entry(f"kind: tie-break, stage: {stage}, cut: ¦{cut}, category: C1, order: [a1, a2]"),
            stage,
            *expected,
        )
        for stage, cuts, expected in (
            ("nominate", ("honoured", "pool", "winner"), ("quota",)),
            ("tally", ("quota", "winner"), ("honoured", "pool")),
            ("select", ("quota", "honoured", "pool"), ("winner",)),
        )
        for cut in cuts
    ),
    flow(
        "an order of nobody",
        entry("kind: tie-break, stage: tally, cut: pool, category: C1, order: ¦[]"),
        "empty",
    ),
    flow(
        "one winner named twice",
        entry("kind: winner, category: C1, submission_ids: ¶[a1, a1]"),
        "twice",
        "a1",
    ),
    Mistake(
        "one contender named twice",
        f"""\
- kind: tie-break
  stage: tally
  cut: pool
  category: C1
  order:
    - a1
    - a2
    - ¶a1
  {SIGNED.replace(", ", chr(10) + "  ")}
""",
        ("twice", "a1"),
    ),
    flow(
        "an id that Excel has ruined",
        entry("kind: withdraw, submission_id: ¶1.77345E+16"),
        "1.77345E+16",
        "Excel",
    ),
    flow(
        "an id in a list that Excel has ruined",
        entry("kind: winner, category: C1, submission_ids: [a1, ¶1.77345E+16]"),
        "1.77345E+16",
        "Excel",
    ),
    Mistake("a bracket that is never closed", "- {kind: withdraw\n¶- {\n", ("expected",)),
    Mistake("a tab", "- kind: withdraw\n¶\tsubmission_id: a1\n", ()),
)


def refused(folder: Path, *arguments: str | Path) -> list[str]:
    """The errors with which `validate` refuses decisions about a submission without any fault."""
    write_csv(folder / "submissions.csv", [submission("a0")])
    result = wsisctl("validate", "submissions.csv", "--contest=2021", *arguments, cwd=folder)
    assert (result.status, result.out) == (3, ""), result
    return [line for line in result.err.splitlines() if line.startswith("error: ")]


def refused_text(folder: Path, text: str) -> list[str]:
    (folder / NAME).write_text(text, encoding="utf-8")
    return refused(folder, "--decisions", NAME)


def places(marked: str) -> list[str]:
    """For each mark, the pattern of the place that the error must name."""
    found = []
    for number, line in enumerate(marked.split("\n"), start=1):
        marks = re.finditer(f"[{HERE}{SOMEWHERE_IN_THIS_LINE}]", line)
        for before, mark in enumerate(marks):
            column = str(mark.start() - before + 1) if mark.group() == HERE else "[0-9]+"
            found.append(f"{NAME}:{number}:{column}")
    return found


def unmarked(text: str) -> str:
    return text.replace(HERE, "").replace(SOMEWHERE_IN_THIS_LINE, "")


@pytest.mark.parametrize("case", MISTAKES, ids=str)
def test_a_wrong_entry_is_refused_at_its_place(case: Mistake, tmp_path: Path) -> None:
    (place,) = places(case.text)
    error = "\n".join(refused_text(tmp_path, unmarked(case.text)))
    assert re.fullmatch(f"error: {place}: .+", error), error
    assert [word for word in case.says if word not in error] == [], error


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (error,) = refused(tmp_path, "--decisions", "nowhere.yaml")
    assert error.startswith("error: nowhere.yaml: ")


def test_several_wrong_entries_are_told_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    marked = f"""\
- {{kind: ¦withdrawn, submission_id: a1, {SIGNED}}}
{GOOD}
- ¦{{kind: withdraw, submission_id: a2, on: 2021-02-03, reason: seen}}
- {{kind: winner, category: C1, submission_ids: ¦a1, {SIGNED}}}
"""
    told = [error.split(": ")[1] for error in refused_text(tmp_path, unmarked(marked))]
    assert told == places(marked)


def test_several_entries_without_sense_are_told_at_once(tmp_path: Path) -> None:
    marked = f"""\
- {{kind: winner, category: ¦C7, submission_ids: ¦[a1, a2, a3], {SIGNED}}}
- {{kind: withdraw, submission_id: a2, by: Ana, on: ¦2021-02-29, reason: seen}}
"""
    told = [error.split(": ")[1] for error in refused_text(tmp_path, unmarked(marked))]
    assert told == places(marked)


# Decisions that contradict each other.

CONTRADICTIONS = {
    "two verdicts": (
        "kind: review, submission_id: a1, rule: status, verdict: confirm",
        "kind: review, submission_id: a1, rule: status, verdict: dismiss",
    ),
    "two lists of nominees": (
        "kind: nominate, category: C1, submission_ids: [a1, a2]",
        "kind: nominate, category: C1, submission_ids: [a1]",
    ),
    "nominees and none": (
        "kind: nominate, category: C1, submission_ids: [a1]",
        "kind: nominate, category: C1, submission_ids: []",
    ),
    "two winners": (
        "kind: winner, category: C1, submission_ids: [a1]",
        "kind: winner, category: C1, submission_ids: [a2]",
    ),
    "a winner and none": (
        "kind: winner, category: C1, submission_ids: [a1]",
        "kind: winner, category: C1, submission_ids: []",
    ),
    "two winners in one category spelled in two ways": (
        "kind: winner, category: C9, submission_ids: [a1]",
        "kind: winner, category: 媒体, submission_ids: [a2]",
    ),
    "two orders": (
        "kind: tie-break, stage: tally, cut: pool, category: C1, order: [a1, a2]",
        "kind: tie-break, stage: tally, cut: pool, category: C1, order: [a2, a1]",
    ),
    "two orders of others": (
        "kind: tie-break, stage: nominate, cut: quota, category: C1, order: [a1, a2]",
        "kind: tie-break, stage: nominate, cut: quota, category: C1, order: [a1, a3]",
    ),
}
contradictions = pytest.mark.parametrize(
    ("one", "other"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys()
)


def names_both(errors: Sequence[str], first: str, second: str) -> bool:
    return len(errors) == 1 and {first, second} <= set(
        re.findall(r"[a-z]+\.yaml:[0-9]+", errors[0])
    )


@contradictions
def test_a_contradiction_is_refused_and_both_lines_are_named(
    one: str, other: str, tmp_path: Path
) -> None:
    errors = refused_text(tmp_path, f"- {{{one}, {SIGNED}}}\n{GOOD}- {{{other}, {SIGNED}}}\n")
    assert names_both(errors, f"{NAME}:1", f"{NAME}:3"), errors


@contradictions
def test_a_contradiction_between_two_files_is_refused_whichever_comes_first(
    one: str, other: str, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(f"- {{{one}, {SIGNED}}}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(f"{GOOD}- {{{other}, {SIGNED}}}\n", encoding="utf-8")
    errors = refused(tmp_path, "--decisions", "a.yaml", "--decisions", "b.yaml")
    assert names_both(errors, "a.yaml:1", "b.yaml:2"), errors
    assert refused(tmp_path, "--decisions", "b.yaml", "--decisions", "a.yaml") == errors


AGREEING = {
    **{
        f"the same {what} again": (one, one)
        for what, (one, _) in CONTRADICTIONS.items()
        if what in {"two verdicts", "two lists of nominees", "two winners", "two orders"}
    },
    "a withdrawal again": (
        "kind: withdraw, submission_id: a1",
        "kind: withdraw, submission_id: a1",
    ),
    "the same nominees in another order": (
        "kind: nominate, category: C1, submission_ids: [a1, a2]",
        "kind: nominate, category: C1, submission_ids: [a2, a1]",
    ),
    "the same winners in another order": (
        "kind: winner, category: C1, submission_ids: [a1, a2]",
        "kind: winner, category: 1, submission_ids: [a2, a1]",
    ),
}


@pytest.mark.parametrize(("one", "other"), AGREEING.values(), ids=AGREEING.keys())
def test_a_decision_that_is_repeated_counts_once(one: str, other: str, tmp_path: Path) -> None:
    """Another hand, day or reason is no other decision; the first entry is the one kept."""
    first, again = (
        f"- {{{one}, {SIGNED}}}\n",
        f"- {{{other}, by: Bo, on: 2021-03-01, reason: so}}\n",
    )
    assert read(tmp_path, first + again) == read(tmp_path, first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "kind: review, submission_id: a1, rule: status, verdict: confirm",
            "kind: review, submission_id: a2, rule: status, verdict: dismiss",
        ),
        (
            "kind: review, submission_id: a1, rule: status, verdict: confirm",
            "kind: review, submission_id: a1, rule: language, verdict: dismiss",
        ),
        (
            "kind: winner, category: C1, submission_ids: [a1]",
            "kind: winner, category: C2, submission_ids: [b1]",
        ),
        (
            "kind: nominate, category: C1, submission_ids: [a1, a2]",
            "kind: winner, category: C1, submission_ids: [a1]",
        ),
        (
            "kind: tie-break, stage: tally, cut: honoured, category: C1, order: [a1, a2]",
            "kind: tie-break, stage: tally, cut: pool, category: C1, order: [b1, b2]",
        ),
    ],
)
def test_decisions_on_different_things_do_not_contradict_each_other(
    one: str, other: str, tmp_path: Path
) -> None:
    found = read(tmp_path, f"- {{{one}, {SIGNED}}}\n- {{{other}, {SIGNED}}}\n")
    parts = (found.reviews, found.nominations, found.winners, found.tie_breaks)
    assert sum(len(part) for part in parts) == 2


def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path: Path) -> None:
    write_csv(tmp_path / "projects.csv", [submission("1")])
    command = ("validate", "projects.csv", "--contest", "2021", "--decisions", ".")
    result = wsisctl(*command, cwd=tmp_path)
    assert (result.status, result.out) == (3, "")
    assert result.err.endswith(
        ": cannot be read: it is a folder\nhelp: check the path; expected a YAML file\n"
    )
