"""One of a thing is not told as many of it, nor many as one."""

from pathlib import Path

import pytest

from tests.support import member, nominee, submission, vote, write_csv, wsisctl

SMALL = """\
contest: small
name: Small Prize
time_zone: Europe/Zurich
phases:
  voting: {opens: 2021-03-01, closes: 2021-03-31}
categories: [{id: C1, name: One}]
voting:
  phase: voting
  second_vote: first
  profile: []
  reasons: {malformed: , repeated_row: , outside_window: , unregistered: , not_nominated: , wrong_category: , second_vote: }
"""
CLAUSE = "{{id: R{}, where: letter, decided_by: context, enforced_by: [], says: Be honest.}}"
DECISION = (
    "- {{kind: nominate, category: C1, submission_ids: [{}], by: A, on: 2021-02-01, reason: B}}\n"
)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (
            1,
            [
                "Contest small: 1 clause.",
                "Contest small: 1 row read, 1 submission.",
                "Contest small: 1 nominee; 0 unresolved.",
                "Quota: 1 nominee per category.",
                "1 vote read = 1 counted + 0 rejected; 0 unresolved ties.",
                "Votes of 1 member counted; ",
            ],
        ),
        (
            2,
            [
                "Contest small: 2 clauses.",
                "Contest small: 2 rows read, 2 submissions.",
                "Contest small: 2 nominees; 0 unresolved.",
                "Quota: 2 nominees per category.",
                "2 votes read = 2 counted + 0 rejected; 1 unresolved tie.",
                "tie at 1 vote across place 1 ",
                "Votes of 2 members counted; ",
            ],
        ),
    ],
)
def test_each_is_told_by_its_number(number: int, told: list[str], tmp_path: Path) -> None:
    ids = [str(index) for index in range(1, number + 1)]
    definition = tmp_path / "small.yaml"
    clauses = ", ".join(CLAUSE.format(identity) for identity in ids)
    panel = f"panel: {{honoured: 1, pool: 1, quota: {number}}}\n"
    definition.write_text(f"{SMALL}{panel}clauses: [{clauses}]\n")
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(DECISION.format(", ".join(ids)))
    projects = write_csv(tmp_path / "projects.csv", [submission(item) for item in ids])
    members = write_csv(tmp_path / "members.csv", [member(item) for item in ids])
    nominees = write_csv(tmp_path / "nominees.csv", [nominee(item) for item in ids])
    votes = write_csv(tmp_path / "votes.csv", [vote(item, item, item) for item in ids])
    shown = "".join(
        wsisctl(*command, "--contest", definition, "--quiet").out
        for command in (
            ("rules",),
            ("validate", projects),
            (
                "nominate",
                "--submissions",
                projects,
                "--decisions",
                decisions,
                "--out",
                tmp_path / "out",
            ),
            ("tally", "--votes", votes, "--members", members, "--nominees", nominees),
        )
    )
    assert [text for text in told if text not in shown] == []
    papers = (
        "report",
        "--contest",
        definition,
        "--results",
        tmp_path / "out",
        "--out",
        tmp_path / "papers",
    )
    assert wsisctl(*papers, "--submissions", projects).status == 0
    quota = f"Quota: {number} nominee{'s' if number > 1 else ''} per category."
    assert quota in (tmp_path / "papers" / "shortlist.md").read_text("utf-8")
