"""The secretariat's documents say what the results say, each statement with its clause."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.support import REPOSITORY, sheet, submission, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Amendment, Change, Contest, Label
from wsisctl.contest.schema import load_schema
from wsisctl.records.corrections import Correction
from wsisctl.records.signed import Signed
from wsisctl.reports import labels
from wsisctl.reports.beside import beside
from wsisctl.reports.documents import DOCUMENTS, DocumentKind
from wsisctl.reports.documents.scribe import Language, Scribe
from wsisctl.reports.render import Format, as_markdown, render
from wsisctl.reports.report import Entry, Lines, Report, Table, Verbatim
from wsisctl.rules import ALL_RULES
from wsisctl.rules.fit import fit_problems
from wsisctl.voting.reasons import REASONS

GOLDEN = REPOSITORY / "tests" / "golden"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
KINDS: dict[str, DocumentKind] = {kind.name: kind for kind in DOCUMENTS}

SMALL = """\
contest: small
name: {en: Small Prizes, zh: 小奖}
time_zone: Europe/Zurich
phases:
  voting: {opens: 2030-03-01, closes: 2030-03-31T23:00:00, clause: V1}
  ceremony: {opens: 2030-06-01T10:00:00, clause: W3}
categories:
  - {id: A, name: {en: Air, zh: 空气}, aliases: [Lufts]}
  - {id: "b,c", name: {en: Bread, zh: 面包}}
  - {id: D, name: {en: Dust, zh: 尘埃}}
form:
  - {id: title, label: {en: Project title, zh: 项目名称}}
  - {id: category}
  - {id: entity}
  - {id: country}
  - {id: submitter_organization, required: false}
rules:
  required-field: {clause: S1}
  same-project: {settings: {compare: [title]}}
voting:
  phase: voting
  profile: []
  second_vote: last
  reasons:
    malformed:
    repeated_row:
    outside_window: {clause: V1}
    unregistered:
    not_nominated:
    wrong_category:
    second_vote: {clause: V2}
panel:
  quota: 3
  honoured: 2
  pool: 1
  criteria:
    nomination: [{id: idea, clause: N1, name: {en: Idea, zh: 创意}}]
    selection: [{id: reach, clause: W1, name: {en: Reach, zh: 覆盖面}}]
  clauses: {quota: [N1], honoured: [V3], pool: [W1], winners: [W1]}
titles:
  winner: {en: Laureate, zh: 得主}
  champion: {en: Finalist, zh: 入围者}
  before_announcement: champion
  clauses: {winner: [W1], champion: [W1], before_announcement: [W2]}
embargo: {until: ceremony, clauses: [W2]}
clauses:
  - {id: S1, where: page 1, decided_by: machine, enforced_by: [required-field], says: Every box is filled in.}
  - {id: N1, where: page 1, decided_by: panel, enforced_by: [nominate], says: Three per category.}
  - {id: V1, where: page 2, decided_by: machine, enforced_by: [outside_window], says: Voting in March.}
  - {id: V2, where: page 2, decided_by: machine, enforced_by: [second_vote], says: One vote each.}
  - {id: V3, where: page 2, decided_by: machine, enforced_by: [tally], says: The two with most votes.}
  - {id: W1, where: page 3, decided_by: panel, enforced_by: [select-winners], says: The first is judged.}
  - {id: W2, where: page 3, decided_by: machine, enforced_by: [publish], says: Secret until then.}
  - {id: W3, where: page 3, decided_by: output, enforced_by: [report], says: A ceremony in June.}
"""
ABOUT = {
    "p1": {"title": "One", "entity": "First Ltd", "country": "KEN", "category": "Lufts"},
    "p2": {"title": "Two", "entity": "Second & Co", "country": "CHE", "category": "A"},
    "p3": {"title": "Three"},
}


def load(folder: Path, text: str) -> Contest:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return load_contest(str(path), fit_problems)


@pytest.fixture
def small(tmp_path: Path) -> Contest:
    return load(tmp_path, SMALL)


@cache
def edition(name: str) -> Contest:
    return load_contest(name, fit_problems)


def made(
    name: str,
    contest: Contest,
    result: Mapping[str, Any],
    language: Language = "en",
    about: Mapping[str, Mapping[str, str]] = ABOUT,
    corrections: tuple[Correction, ...] = (),
) -> dict[str, str]:
    kind = KINDS[name]
    files = kind.make(Scribe(contest, about, language, corrections), result)
    return {file: content.decode() for file, content in files.items()}


def document(
    name: str,
    contest: Contest,
    result: Mapping[str, Any],
    language: Language = "en",
    about: Mapping[str, Mapping[str, str]] = ABOUT,
    corrections: tuple[Correction, ...] = (),
) -> str:
    tag = "" if language == "en" else ".zh"
    return made(name, contest, result, language, about, corrections)[f"{name}{tag}.md"]


def finding(submission_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "rule": "required-field",
        "clause": "S1",
        "severity": "error",
        "submission_id": submission_id,
        "field": "title",
        "message": "title is empty",
        "help": "fill it in",
        "source": {"file": "s.csv", "row": 4},
    } | changes


VALIDATION = {
    "contest": "small",
    "read": 5,
    "eligible": ["p1", "p2"],
    "ineligible": ["p3"],
    "review": ["p4"],
    "findings": [
        finding(
            "p2",
            rule="same-project",
            clause=None,
            severity="warning",
            message="looks like p1",
            help="compare",
            decision={"verdict": "dismiss", "by": "Ann", "on": "2030-01-02", "reason": "no twin"},
        ),
        finding("p3"),
        finding("p3", field="entity", message="entity is empty"),
        finding("p4", rule="same-project", clause=None, severity="review", field=None),
    ],
}


def category(name: str, **changes: Any) -> dict[str, Any]:
    return {"category": name, **changes}


SHORTLIST = {
    "contest": "small",
    "categories": [
        category(
            "A",
            nominees=[
                {"submission_id": "p1", "rank": 1, "score": "4.500"},
                {"submission_id": "p2", "rank": 2, "score": "4.000"},
            ],
            unresolved=[
                {
                    "cut": "quota",
                    "place": 3,
                    "submission_ids": ["p3", "p4"],
                    "why": "equal scores for the last 1 of 3 places",
                },
            ],
        ),
        category(
            "b,c",
            nominees=[{"submission_id": "p5", "rank": None, "score": None}],
            unresolved=[],
        ),
        category("D", nominees=[], unresolved=[]),
    ],
}


def standing(submission_id: str, rank: int, votes: int) -> dict[str, Any]:
    return {"rank": rank, "submission_id": submission_id, "votes": votes}


TALLY = {
    "contest": "small",
    "window": {"opens": "2030-03-01T00:00:00+01:00", "closes": "2030-03-31T23:00:00+02:00"},
    "votes": {
        "read": 12,
        "counted": 9,
        "rejected": 3,
        "rejected_by_reason": {"malformed": 1, "second_vote": 2},
    },
    "categories": [
        category(
            "A",
            votes=7,
            standings=[standing("p1", 1, 3), standing("p2", 2, 2), standing("p3", 2, 2)],
            honoured=["p1"],
            pool=["p1"],
            ties=[{"cut": "honoured", "place": 2, "votes": 2, "submission_ids": ["p2", "p3"]}],
        ),
        category(
            "b,c",
            votes=2,
            standings=[standing("p5", 1, 1), standing("p6", 1, 1)],
            honoured=["p5", "p6"],
            pool=["p6"],
            ties=[
                {
                    "cut": "pool",
                    "place": 1,
                    "votes": 1,
                    "submission_ids": ["p5", "p6"],
                    "resolved_by": "decision",
                }
            ],
        ),
        category("D", votes=0, standings=[], honoured=[], pool=[], ties=[]),
    ],
}
SELECTION = {
    "contest": "small",
    "categories": [
        category(
            "A",
            winners=[],
            champions=[],
            basis=None,
            unresolved=[
                {
                    "cut": "honoured",
                    "place": 2,
                    "submission_ids": ["p2", "p3"],
                    "why": "an open tie in the vote, each with 2",
                }
            ],
        ),
        category("b,c", winners=["p1"], champions=["p2"], basis="scores", unresolved=[]),
        category("D", winners=[], champions=["p3"], basis="decision", unresolved=[]),
    ],
}
RESULTS: dict[str, Mapping[str, Any]] = {
    "validation": VALIDATION,
    "shortlist": SHORTLIST,
    "tally": TALLY,
    "selection": SELECTION,
}
SCHEMAS = {
    "validation": "validation",
    "shortlist": "nominees",
    "tally": "tally",
    "selection": "results",
}


@pytest.mark.parametrize("name", KINDS)
def test_the_results_of_these_tests_are_results(name: str) -> None:
    Draft202012Validator(load_schema(SCHEMAS[name])).validate(RESULTS[name])


# Whole documents.

BREAK = "↵"
"""For two blanks at the end of a line, with which Markdown breaks it."""

INTERNAL_EN = """\
Internal document of the contest's secretariat; not for publication.↵
Drawn up from {}. A reference in parentheses names the clause of the call letter on which a statement rests."""
PARAPHRASED = "Clauses are given in an English paraphrase; the text of the call letter decides."

VALIDATION_EN = f"""\
# Small Prizes: validation of the submissions

{INTERNAL_EN.format("validation.json")}

## Totals

| What                            |   Number |
|:--------------------------------|---------:|
| rows read                       |        5 |
| of these, equal rows merged     |        1 |
| submissions                     |        4 |
| eligible                        |        2 |
| ineligible                      |        1 |
| to be reviewed                  |        1 |
| findings                        |        4 |
| reviews confirmed by a decision |        0 |
| reviews dismissed by a decision |        1 |

Submissions: 4 = 2 eligible + 1 ineligible + 1 to be reviewed.↵
Any error makes a submission ineligible. Without an error, a review that nobody has decided leaves it to be reviewed. Warnings alone leave it eligible.

## Findings by rule

| What it looks at             | Rule           | Clause   | Severity   |   Findings |   Submissions |
|:-----------------------------|:---------------|:---------|:-----------|-----------:|--------------:|
| Required boxes are filled in | required-field | S1       | error      |          2 |             1 |
| The same project twice       | same-project   | —        | review     |          1 |             1 |
| The same project twice       | same-project   | —        | warning    |          1 |             1 |

### What the clauses say

{PARAPHRASED}

- **S1 (page 1)**
  Every box is filled in.↵

## Ineligible submissions: 1

### p3 · Three

Entity: —↵
Country: —↵
Category: —↵
Verdict: ineligible

- **error: Required boxes are filled in \\[required-field\\] (S1)**
  title is empty↵
  Field: Project title \\[title\\]↵
  Help: fill it in↵
  Where: s.csv, row 4↵

- **error: Required boxes are filled in \\[required-field\\] (S1)**
  entity is empty↵
  Field: entity \\[entity\\]↵
  Help: fill it in↵
  Where: s.csv, row 4↵

## Submissions to be reviewed: 1

### p4 · —

Entity: —↵
Country: —↵
Category: —↵
Verdict: to be reviewed

- **review: The same project twice \\[same-project\\]**
  title is empty↵
  Help: fill it in↵
  Where: s.csv, row 4↵
  Decision: none yet. It is recorded in decisions.yaml:↵

```yaml
- {{kind: review, submission_id: p4, rule: same-project, verdict: …, by: …, on: …, reason: …}}
```

## Eligible submissions with findings: 1

### p2 · Two

Entity: Second \\& Co↵
Country: CHE↵
Category: A · Air↵
Verdict: eligible

- **warning: The same project twice \\[same-project\\]**
  looks like p1↵
  Field: Project title \\[title\\]↵
  Help: compare↵
  Where: s.csv, row 4↵
  Decision: dismissed by Ann on 2030-01-02. Reason: no twin↵

## Eligible submissions: 2

| Category   | Submission   | Title   | Entity       | Country   |
|:-----------|:-------------|:--------|:-------------|:----------|
| A          | p1           | One     | First Ltd    | KEN       |
| A          | p2           | Two     | Second \\& Co | CHE       |
"""
SHORTLIST_EN = f"""\
# Small Prizes: shortlist of nominated projects

{INTERNAL_EN.format("nominees.json")}

## How the list comes about

Only eligible submissions can be nominated.↵
Quota: 3 nominees per category (N1).↵
Scores: the mean of each panelist's criteria from 1 to 5, then the mean of the panelists, unweighted and exact, shown with three decimals. Equal scores share a rank.

## Criteria

| Criterion   | Column of the score sheet   | Clause   |
|:------------|:----------------------------|:---------|
| Idea        | idea                        | N1       |

## Overview

Open in this document: 1. Each is set out in its category, with what is to be done.

| Category   |   Nominees |   Quota | Basis    |   Unresolved | Name of the category   |
|:-----------|-----------:|--------:|:---------|-------------:|:-----------------------|
| A          |          2 |       3 | scores   |            1 | Air                    |
| b,c        |          1 |       3 | decision |            0 | Bread                  |
| D          |          0 |       3 | —        |            0 | Dust                   |

Categories without nominees: D.

## A · Air

Nominated: 2; places: 3 (N1).↵
Basis: the score sheets of the expert group (N1).

|   Rank | Score   | Submission   | Title   | Entity       | Country   |
|-------:|:--------|:-------------|:--------|:-------------|:----------|
|      1 | 4.500   | p1           | One     | First Ltd    | KEN       |
|      2 | 4.000   | p2           | Two     | Second \\& Co | CHE       |

- **Unresolved (quota, place 3) (N1): equal scores for the last 1 of 3 places**

| Submission   | Title   | Entity   | Country   |
|:-------------|:--------|:---------|:----------|
| p3           | Three   | —        | —         |
| p4           | —       | —        | —         |

To do: the order of exactly these projects is decided and recorded in decisions.yaml:

```yaml
- {{kind: tie-break, stage: nominate, cut: quota, category: A, order: […], by: …, on: …, reason: …}}
```

## b,c · Bread

Nominated: 1; places: 3 (N1).↵
Basis: a recorded decision (N1).

| Rank   | Score   | Submission   | Title   | Entity   | Country   |
|:-------|:--------|:-------------|:--------|:---------|:----------|
| —      | —       | p5           | —       | —        | —         |

## The clauses

{PARAPHRASED}

- **N1 (page 1)**
  Three per category.↵
"""
TALLY_EN = f"""\
# Small Prizes: result of the public vote

{INTERNAL_EN.format("tally.json")}

## The vote

Voting was open from 2030-03-01T00:00:00+01:00 to 2030-03-31T23:00:00+02:00, both inclusive, by the clock of Europe/Zurich (V1).↵
Votes read: 12 = 9 counted + 3 rejected.↵
Of several otherwise valid votes of one member in one category, the last counts (V2).

## Rejected votes by reason

Each rejected vote has one reason: the first that applies, in the order of this table.

| Why it is not counted                    | Code            | Clause   |   Rejected |
|:-----------------------------------------|:----------------|:---------|-----------:|
| It cannot be read                        | malformed       | —        |          1 |
| The same row stands there already        | repeated\\_row   | —        |          0 |
| Cast before or after the voting          | outside\\_window | V1       |          0 |
| The voter is no registered member        | unregistered    | —        |          0 |
| The project is not nominated             | not\\_nominated  | —        |          0 |
| The project is of another category       | wrong\\_category | —        |          0 |
| Not the member's one vote in the category | second\\_vote    | V2       |          2 |

## Where the cuts fall

Honoured: the first 2 of each category by votes (V3).↵
The panel's pool: the first 1 of each category by votes, among whom the expert group chooses the winner (W1).↵
Nominees with equal votes share a rank. A tie across a cut is resolved by a recorded decision only.

## Overview

Open in this document: 1. Each is set out in its category, with what is to be done.

| Category   |   Nominees |   Votes |   Honoured |   In the pool |   Unresolved | Name of the category   |
|:-----------|-----------:|--------:|-----------:|--------------:|-------------:|:-----------------------|
| A          |          3 |       7 |          1 |             1 |            1 | Air                    |
| b,c        |          2 |       2 |          2 |             1 |            0 | Bread                  |
| D          |          0 |       0 |          0 |             0 |            0 | Dust                   |

Categories without nominees: D.

## A · Air

Votes counted: 7.

|   Rank |   Votes | Standing              | Submission   | Title   | Entity       | Country   |
|-------:|--------:|:----------------------|:-------------|:--------|:-------------|:----------|
|      1 |       3 | honoured, in the pool | p1           | One     | First Ltd    | KEN       |
|      2 |       2 | tie, undecided        | p2           | Two     | Second \\& Co | CHE       |
|      2 |       2 | tie, undecided        | p3           | Three   | —            | —         |

Cut of the honoured: after place 2 (V3), still open; 1 of 2 places are certain.↵
Cut of the panel's pool: after place 1 (W1); fewest votes inside 3, most votes outside 2, margin 1.

- **Undecided tie across place 2 (honoured) (V3); votes of each: 2**

| Submission   | Title   | Entity       | Country   |
|:-------------|:--------|:-------------|:----------|
| p2           | Two     | Second \\& Co | CHE       |
| p3           | Three   | —            | —         |

To do: the order of exactly these projects is decided and recorded in decisions.yaml:

```yaml
- {{kind: tie-break, stage: tally, cut: honoured, category: A, order: […], by: …, on: …, reason: …}}
```

## b,c · Bread

Votes counted: 2.

|   Rank |   Votes | Standing                            | Submission   | Title   | Entity   | Country   |
|-------:|--------:|:------------------------------------|:-------------|:--------|:---------|:----------|
|      1 |       1 | honoured, tie, decided              | p5           | —       | —        | —         |
|      1 |       1 | honoured, in the pool, tie, decided | p6           | —       | —        | —         |

Cut of the honoured: none, all nominees are in; nominees 2, places 2 (V3).↵
Cut of the panel's pool: after place 1 (W1); fewest votes inside 1, most votes outside 1, margin 0.

- **Tie across place 1 (panel's pool) (W1), resolved by a recorded decision; votes of each: 1**

| Submission   | Title   | Entity   | Country   |
|:-------------|:--------|:---------|:----------|
| p5           | —       | —        | —         |
| p6           | —       | —        | —         |

## The clauses

{PARAPHRASED}

- **V1 (page 2)**
  Voting in March.↵

- **V2 (page 2)**
  One vote each.↵

- **V3 (page 2)**
  The two with most votes.↵

- **W1 (page 3)**
  The first is judged.↵
"""
SELECTION_EN = f"""\
# Small Prizes: selection of the winners

{INTERNAL_EN.format("results.json")}

## Internal until the ceremony: under embargo

Nothing that tells winners from champions may be made public before the opening of the phase “ceremony” (W2).↵
Its time: 2030-06-01T10:00:00+02:00, by the clock of Europe/Zurich (W3).↵
Until then all honoured projects alike are called “Finalist” (W2).

- **W2**
  Secret until then.↵

## How the winners are chosen

The panel's pool: the first 1 of each category by votes, among whom the expert group chooses the winner (W1).↵
Winners per category: at least 0, at most 1; score sheets name one, any other number takes a recorded decision (W1).↵
The winning project is titled “Laureate”, the other honoured projects “Finalist” (W1).

## Criteria

| Criterion   | Column of the score sheet   | Clause   |
|:------------|:----------------------------|:---------|
| Reach       | reach                       | W1       |

## Overview

Open in this document: 1. Each is set out in its category, with what is to be done.

| Category   | Winners   | Champions   | Basis    |   Unresolved | Name of the category   |
|:-----------|:----------|:------------|:---------|-------------:|:-----------------------|
| A          | —         | —           | —        |            1 | Air                    |
| b,c        | 1         | 1           | scores   |            0 | Bread                  |
| D          | 0         | 1           | decision |            0 | Dust                   |

## A · Air

- **Unresolved (honoured, place 2) (V3): an open tie in the vote, each with 2**

| Submission   | Title   | Entity       | Country   |
|:-------------|:--------|:-------------|:----------|
| p2           | Two     | Second \\& Co | CHE       |
| p3           | Three   | —            | —         |

To do: the order of exactly these projects is decided and recorded in decisions.yaml:

```yaml
- {{kind: tie-break, stage: tally, cut: honoured, category: A, order: […], by: …, on: …, reason: …}}
```

## b,c · Bread

Basis: the score sheets of the expert group (W1).

| Honour   | Submission   | Title   | Entity       | Country   |
|:---------|:-------------|:--------|:-------------|:----------|
| Laureate | p1           | One     | First Ltd    | KEN       |
| Finalist | p2           | Two     | Second \\& Co | CHE       |

## D · Dust

No project wins this category, by a recorded decision (W1).

| Honour   | Submission   | Title   | Entity   | Country   |
|:---------|:-------------|:--------|:---------|:----------|
| Finalist | p3           | Three   | —        | —         |

## The clauses

{PARAPHRASED}

- **V3 (page 2)**
  The two with most votes.↵

- **W1 (page 3)**
  The first is judged.↵

- **W2 (page 3)**
  Secret until then.↵

- **W3 (page 3)**
  A ceremony in June.↵
"""
SELECTION_ZH = """\
# 小奖：获奖项目评选结果

大赛秘书处内部文件，不得对外公布。↵
根据 results.json 编制。括号内的编号为相关内容所依据的征集函条款。

## 颁奖典礼之前为内部文件：暂缓公布

在“ceremony”阶段开始之前，任何可据以区分获奖者与冠军的内容均不得对外公布（W2）。↵
时间：2030-06-01T10:00:00+02:00，以 Europe/Zurich 时间为准（W3）。↵
在此之前，所有受嘉奖项目一律称为“入围者”（W2）。

- **W2**
  Secret until then.↵

## 评选办法

候选项目：每个类别得票数位居前 1 名的项目，由专家组从中选出获奖项目（W1）。↵
每个类别的获奖项目：最少 0 个，最多 1 个；评分只产生一个，其他数目须有记录在案的决定（W1）。↵
获奖项目冠以“得主”称号，其余受嘉奖项目冠以“入围者”称号（W1）。

## 评审标准

| 标准   | 评分表列名   | 条款   |
|:-------|:-------------|:-------|
| 覆盖面 | reach        | W1     |

## 概览

本文件待决事项：1 项。各项及处理办法见相应类别。

| 类别   | 获奖项目   | 冠军项目   | 依据   |   待决 | 类别名称   |
|:-------|:-----------|:-----------|:-------|-------:|:-----------|
| A      | —          | —          | —      |      1 | 空气       |
| b,c    | 1          | 1          | 评分   |      0 | 面包       |
| D      | 0          | 1          | 决定   |      0 | 尘埃       |

## A · 空气

- **待决（受嘉奖，第 2 名）（V3）：投票结果并列待决，各得 2 票**

| 项目编号   | 项目名称   | 实体         | 国家   |
|:-----------|:-----------|:-------------|:-------|
| p2         | Two        | Second \\& Co | CHE    |
| p3         | Three      | —            | —      |

处理办法：就上述项目的先后次序作出决定（不多不少，逐一列出），并记入 decisions.yaml：

```yaml
- {kind: tie-break, stage: tally, cut: honoured, category: A, order: […], by: …, on: …, reason: …}
```

## b,c · 面包

依据：专家组评分（W1）。

| 称号   | 项目编号   | 项目名称   | 实体         | 国家   |
|:-------|:-----------|:-----------|:-------------|:-------|
| 得主   | p1         | One        | First Ltd    | KEN    |
| 入围者 | p2         | Two        | Second \\& Co | CHE    |

## D · 尘埃

根据记录在案的决定，本类别没有获奖项目（W1）。

| 称号   | 项目编号   | 项目名称   | 实体   | 国家   |
|:-------|:-----------|:-----------|:-------|:-------|
| 入围者 | p3         | Three      | —      | —      |

## 条款

条款内容为英文释义，以征集函中文原文为准。

- **V3（page 2）**
  The two with most votes.↵

- **W1（page 3）**
  The first is judged.↵

- **W2（page 3）**
  Secret until then.↵

- **W3（page 3）**
  A ceremony in June.↵
"""


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("validation", "en", VALIDATION_EN),
        ("shortlist", "en", SHORTLIST_EN),
        ("tally", "en", TALLY_EN),
        ("selection", "en", SELECTION_EN),
        ("selection", "zh", SELECTION_ZH),
    ],
)
def test_a_whole_document(name: str, language: Language, expected: str, small: Contest) -> None:
    assert document(name, small, RESULTS[name], language).replace("  \n", f"{BREAK}\n") == expected


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_the_findings_for_a_spreadsheet(small: Contest) -> None:
    files = made("validation", small, VALIDATION)
    about = "category,submission_id,title,entity,country,verdict,"
    found = "severity,rule,clause,field,file,row,message,help,"
    assert files["validation.csv"] == (
        f"{about}{found}decision,decided_by,decided_on,decision_reason,"
        "compared_with,similarity,passages\n"
        "A,p1,One,First Ltd,KEN,eligible,,,,,,,,,,,,,,,\n"
        "A,p2,Two,Second & Co,CHE,eligible,warning,same-project,,title,s.csv,4,looks like p1,"
        "compare,dismiss,Ann,2030-01-02,no twin,,,\n"
        ",p3,Three,,,ineligible,error,required-field,S1,title,s.csv,4,title is empty,fill it in,,,,,,,\n"
        ",p3,Three,,,ineligible,error,required-field,S1,entity,s.csv,4,entity is empty,fill it in,,,,,,,\n"
        ",p4,,,,review,review,same-project,,,s.csv,4,title is empty,fill it in,,,,,,,\n"
    )
    assert files["validation-by-rule.csv"] == (
        "rule,rule_name,clause,severity,findings,submissions,says\n"
        "required-field,Required boxes are filled in,S1,error,2,1,Every box is filled in.\n"
        "same-project,The same project twice,,review,1,1,\n"
        "same-project,The same project twice,,warning,1,1,\n"
    )


def test_the_shortlist_for_a_spreadsheet_tells_the_nominated_from_the_contenders(
    small: Contest,
) -> None:
    assert made("shortlist", small, SHORTLIST)["shortlist.csv"] == (
        "category,category_name,status,rank,score,submission_id,title,entity,country,basis,why\n"
        "A,Air,nominated,1,4.500,p1,One,First Ltd,KEN,scores,\n"
        "A,Air,nominated,2,4.000,p2,Two,Second & Co,CHE,scores,\n"
        "A,Air,unresolved,,,p3,Three,,,,equal scores for the last 1 of 3 places\n"
        "A,Air,unresolved,,,p4,,,,,equal scores for the last 1 of 3 places\n"
        '"b,c",Bread,nominated,,,p5,,,,decision,\n'
    )


def test_the_standings_for_a_spreadsheet(small: Contest) -> None:
    assert made("tally", small, TALLY)["tally.csv"] == (
        "category,category_name,rank,votes,standing,submission_id,title,entity,country\n"
        "A,Air,1,3,honoured;pool,p1,One,First Ltd,KEN\n"
        "A,Air,2,2,tie,p2,Two,Second & Co,CHE\n"
        "A,Air,2,2,tie,p3,Three,,\n"
        '"b,c",Bread,1,1,honoured;tie-resolved,p5,,,\n'
        '"b,c",Bread,1,1,honoured;pool;tie-resolved,p6,,,\n'
    )


def test_each_row_of_the_selection_carries_the_embargo(small: Contest) -> None:
    release = "internal until the ceremony (W2)"
    why = '"an open tie in the vote, each with 2"'
    assert made("selection", small, SELECTION)["selection.csv"] == (
        "release,category,category_name,honour,submission_id,title,entity,country,basis,why\n"
        f"{release},A,Air,unresolved,p2,Two,Second & Co,CHE,,{why}\n"
        f"{release},A,Air,unresolved,p3,Three,,,,{why}\n"
        f'{release},"b,c",Bread,winner,p1,One,First Ltd,KEN,scores,\n'
        f'{release},"b,c",Bread,champion,p2,Two,Second & Co,CHE,scores,\n'
        f"{release},D,Dust,champion,p3,Three,,,decision,\n"
    )


# The menu and the files.


def test_the_menu() -> None:
    assert [(kind.name, kind.stage, kind.result) for kind in DOCUMENTS] == [
        ("validation", "validate", "validation.json"),
        ("shortlist", "nominate", "nominees.json"),
        ("tally", "tally", "tally.json"),
        ("selection", "select-winners", "results.json"),
    ]


@pytest.mark.parametrize("name", KINDS)
def test_both_languages_lie_side_by_side(name: str, small: Contest) -> None:
    stems = [f"{name}.md", f"{name}.csv"]
    if name == "validation":
        stems.append("validation-by-rule.csv")
    if KINDS[name].corrected:
        stems.append(f"{name}-corrections.csv")
    assert list(made(name, small, RESULTS[name])) == stems
    chinese = [f"{Path(stem).stem}.zh{Path(stem).suffix}" for stem in stems]
    assert list(made(name, small, RESULTS[name], "zh")) == chinese


def golden_documents() -> Iterator[tuple[str, str, DocumentKind]]:
    editions = {"2021-whole": "2021", "two-winners-and-none": "2021", "2018-by-decision": "2018"}
    editions |= {"ties-at-both-cuts": "2018", "tie-breaks-recorded": "2018"}
    for case, name in editions.items():
        for kind in DOCUMENTS:
            if (GOLDEN / case / "expected" / kind.result).is_file():
                yield case, name, kind


def golden(case: str, kind: DocumentKind) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    result = json.loads((GOLDEN / case / "expected" / kind.result).read_text(encoding="utf-8"))
    submissions = GOLDEN / case / "submissions.csv"
    source = submissions if submissions.is_file() else GOLDEN / case / "nominees.csv"
    with source.open(encoding="utf-8", newline="") as file:
        return result, {row["submission_id"]: row for row in csv.DictReader(file)}


ALL_GOLDEN = pytest.mark.parametrize(
    ("case", "name", "kind"),
    list(golden_documents()),
    ids=[f"{case}-{kind.name}" for case, _name, kind in golden_documents()],
)


@ALL_GOLDEN
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_what_comes_in_changes_nothing(
    case: str, name: str, kind: DocumentKind, language: Language
) -> None:
    result, about = golden(case, kind)
    backwards = {key: dict(reversed(cells.items())) for key, cells in reversed(about.items())}
    turned = json.loads(json.dumps(result), object_pairs_hook=lambda pairs: dict(pairs[::-1]))
    contest = edition(name)
    files = kind.make(Scribe(contest, about, language), result)
    assert kind.make(Scribe(contest, backwards, language), turned) == files
    assert all(content.endswith(b"\n") and b"\r" not in content for content in files.values())


# Clauses.


def section(text: str, title: str) -> str:
    return re.split(r"\n##+ ", text.split(f"# {title}\n", 1)[1], maxsplit=1)[0]


@ALL_GOLDEN
def test_every_clause_that_is_cited_is_told(case: str, name: str, kind: DocumentKind) -> None:
    result, about = golden(case, kind)
    text = document(kind.name, edition(name), result, "en", about)
    title = labels.BY_RULE_CLAUSES if kind.name == "validation" else labels.CLAUSES
    told = section(text, title.en)
    says = {clause.id: clause.says for clause in edition(name).clauses}
    cited = set(re.findall(rf"\b{name}-[A-Z][0-9]+[a-z]?\b", text.replace(told, "")))
    assert cited
    assert [one for one in sorted(cited) if says[one] not in plain(told)] == []


def plain(text: str) -> str:
    """Markdown without its backslashes."""
    return re.sub(r"\\(.)", r"\1", text)


STATEMENTS_2021 = (
    ("shortlist", "Quota: 20 nominees per category (2021-P2, 2021-N0a)."),
    ("shortlist", "Nominated: 6; places: 20 (2021-P2, 2021-N0a)."),
    ("shortlist", "score sheets of the expert group (2021-N1, 2021-N2, 2021-N3)."),
    ("tally", "by the clock of Europe/Zurich (2021-P3)."),
    ("tally", "the first counts (2021-V5)."),
    ("tally", "the first 5 of each category by votes (2021-P3, 2021-V0a, 2021-V1)."),
    ("tally", "chooses the winner (2021-W1)."),
    (
        "tally",
        "Cut of the honoured and of the panel's pool: after place 5 (2021-P3, 2021-V0a, 2021-V1, "
        "2021-W1); fewest votes inside 1, most votes outside 1, margin 0.",
    ),
    ("tally", "nominees 3, places 5 (2021-P3, 2021-V0a, 2021-V1, 2021-W1)."),
    ("selection", "may be made public before the announcement"),
    ("selection", "at the ceremony (2021-W2, 2021-W6)."),
    ("selection", "No date for it has been named (2021-P5)."),
    ("selection", "are called “Champion” (2021-W6)."),
    ("selection", "the other honoured projects “Champion” (2021-W5)."),
    ("selection", "takes a recorded decision (2021-W1)."),
    ("selection", "Basis: the score sheets of the expert group (2021-W1)."),
)


@pytest.mark.parametrize(("name", "statement"), STATEMENTS_2021)
def test_a_statement_carries_its_clause(name: str, statement: str) -> None:
    result, about = golden("2021-whole", KINDS[name])
    assert statement in plain(document(name, edition("2021"), result, "en", about))


def test_every_reason_stands_with_its_clause_also_where_no_vote_met_it() -> None:
    result, about = golden("2021-whole", KINDS["tally"])
    told = section(document("tally", edition("2021"), result, "en", about), labels.REJECTED.en)
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")][1:]
        for line in plain(told).splitlines()
        if line.startswith("| ")
    ]
    numbers = result["votes"]["rejected_by_reason"]
    assert cells[1:] == [
        [reason, clause or "—", str(numbers.get(reason, 0))]
        for reason, clause in edition("2021").voting.reasons.items()
    ]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contest_without_any_clause_cites_none(
    name: str, language: Language, tmp_path: Path
) -> None:
    bare = re.sub(r"(?s)titles:.*", "", SMALL)
    bare = re.sub(r",? ?clause: [A-Z]\w*", "", re.sub(r"  clauses: .*\n", "", bare))
    result = json.loads(json.dumps(RESULTS[name]))
    for item in result.get("findings", ()):
        item["clause"] = None
    text = document(name, load(tmp_path, bare), result, language)
    assert not re.search(r"\b[SNVW][1-3]\b|\(\)|（）|\([A-Z]\d", text)
    for title in (labels.CLAUSES, labels.BY_RULE_CLAUSES, labels.EMBARGO):
        assert title.in_language(language) not in text.splitlines()
    if name == "selection":
        assert labels.NO_EMBARGO.in_language(language) in text
        assert labels.WINNER.in_language(language) in text
        csv_name = "selection.csv" if language == "en" else "selection.zh.csv"
        released = {
            row[0] for row in rows(made(name, load(tmp_path, bare), result, language)[csv_name])[1:]
        }
        assert released == {labels.INTERNAL_RELEASE.in_language(language)}


def test_a_reason_that_the_contest_does_not_know_is_not_lost(small: Contest) -> None:
    """The numbers of the table add up to the rejected, whatever an older definition said."""
    votes = TALLY["votes"]
    assert isinstance(votes, dict)
    odd = {**votes, "rejected_by_reason": {"malformed": 1, "own_project": 1, "unheard_of": 1}}
    told = section(document("tally", small, {**TALLY, "votes": odd}), labels.REJECTED.en)
    found = tables(f"## x\n{told}")[0]
    assert found[-2:] == [
        ["For a project of the voter's own entity", "own_project", "—", "1"],
        ["unheard_of", "unheard_of", "—", "1"],
    ]
    assert sum(int(row[-1]) for row in found[1:]) == odd["rejected"]


# Corrections.

LONG = (
    "Since 2015 the project has taught teachers in rural schools of the north to read and to count"
)
CORRECTED = (
    Correction("p1", "country", "", "KEN", Signed("Ann", "2030-01-02", "a code", "c.yaml:1")),
    Correction(
        "p3",
        "title",
        LONG.replace("count", "knit"),
        LONG,
        Signed("Bo", "2030-01-03", "their e-mail", "c.yaml:2"),
    ),
)


@pytest.mark.parametrize("name", ["validation", "tally"])
def test_what_was_corrected_by_whom_and_why(name: str, small: Contest) -> None:
    text = document(name, small, RESULTS[name], "en", ABOUT, CORRECTED)
    told = section(text, "Corrections: 2")
    assert "The exports stay as they were received." in told
    assert tables(told)[0] == [
        ["Record", "Field", "From", "To", "By", "On", "Reason"],
        ["p1", "country", "—", "KEN", "Ann", "2030-01-02", "a code"],
        [
            "p3",
            "title",
            "…project has taught teachers in rural schools of the north to read and to knit",
            "…project has taught teachers in rural schools of the north to read and to count",
            "Bo",
            "2030-01-03",
            "their e-mail",
        ],
    ]
    chinese = section(document(name, small, RESULTS[name], "zh", ABOUT, CORRECTED), "更正：2 处")
    header = ["记录编号", "栏目", "原内容", "更正为", "经办人", "日期", "理由"]
    assert tables(chinese)[0] == [header, *tables(told)[0][1:]]


@pytest.mark.parametrize("name", ["validation", "tally"])
def test_corrections_for_a_spreadsheet_are_whole(name: str, small: Contest) -> None:
    sheet = f"{name}-corrections.csv"
    columns = "record,field,from,to,by,on,reason\n"
    assert made(name, small, RESULTS[name])[sheet] == columns
    assert made(name, small, RESULTS[name], "en", ABOUT, CORRECTED)[sheet] == (
        f"{columns}p1,country,,KEN,Ann,2030-01-02,a code\n"
        f"p3,title,{LONG.replace('count', 'knit')},{LONG},Bo,2030-01-03,their e-mail\n"
    )


def test_a_submissions_own_section_tells_its_corrections(small: Contest) -> None:
    texts = [
        plain(document("validation", small, VALIDATION, language, ABOUT, CORRECTED))
        for language in LANGUAGES
    ]
    english, chinese = (section(text, "p3 · Three") for text in texts)
    before, after = (
        f"…project has taught teachers in rural schools of the north to read and to {end}"
        for end in ("knit", "count")
    )
    assert (
        f"Corrected: Project title [title]: '{before}' → '{after}', by Bo on 2030-01-03. "
        "Reason: their e-mail"
    ) in english
    assert f"已更正：项目名称 [title]：“{before}”→“{after}”。经办人：Bo" in chinese
    assert "Corrected" not in section(texts[0], "p2 · Two")
    assert "'' → 'KEN'" not in texts[0], "p1 has no findings: the table alone tells it"


@pytest.mark.parametrize(
    ("here", "there", "most", "shown"),
    [
        ("a  b\n", "a c", 9, ("a b", "a c")),
        ("x" * 40 + " b", "x" * 40 + " c", 42, ("x" * 40 + " b", "x" * 40 + " c")),
        ("x" * 40 + " b", "x" * 40 + " c", 41, ("…b", "…c")),
        (
            "one two three " + "x" * 25 + " here",
            "one two three " + "x" * 25 + " there",
            40,
            ("…three " + "x" * 25 + " here", "…three " + "x" * 25 + " there"),
        ),
        ("abc " * 20, "", 12, ("abc abc abc…", "")),
        ("abc " * 20, "abc " * 20, 12, ("abc abc abc…", "abc abc abc…")),
        ("abc " * 20, "abc " * 19, 40, ("…" + "abc " * 9 + "abc", "…" + "abc " * 8 + "abc")),
        ("中" * 50 + "甲", "中" * 50 + "乙", 40, ("…" + "中" * 38 + "甲", "…" + "中" * 38 + "乙")),
        ("b" * 60, "c" * 60, 40, ("b" * 39 + "…", "c" * 39 + "…")),
    ],
)
def test_two_long_texts_are_shown_from_where_they_differ(
    here: str, there: str, most: int, shown: tuple[str, str]
) -> None:
    assert beside(here, there, most) == shown


# Evidence.


def evidence(
    compared_with: str | None, similarity: int | None, *passages: tuple[str, str, str | None]
) -> dict[str, Any]:
    return {
        "compared_with": compared_with,
        "similarity": similarity,
        "passages": [{"field": f, "here": here, "there": there} for f, here, there in passages],
    }


def alike(submission_id: str, primary: str, similarity: int, **changes: Any) -> dict[str, Any]:
    passages = (("title", "Twin", "One"), ("idea", f"{LONG * 4} here", f"{LONG * 4} there"))
    seen = evidence(primary, similarity, *passages)
    about = {"rule": "same-project", "clause": None, "severity": "review", "evidence": seen}
    return finding(submission_id, **about | changes)


DISMISSED = {"verdict": "dismiss", "by": "Ann", "on": "2030-01-02", "reason": "no twin"}
ALIKE = {
    "contest": "small",
    "read": 5,
    "eligible": ["p1", "p2", "p5"],
    "ineligible": [],
    "review": ["p3", "p4"],
    "findings": [
        alike("p2", "p1", 88, severity="warning", decision=DISMISSED),
        alike("p3", "p1", 93),
        alike("p4", "p5", 100),
        finding(
            "p4",
            rule="past-winner",
            severity="review",
            evidence=evidence("past-winners.csv:7", None, ("title", "e-Sal", "e-Sal 2")),
        ),
        finding(
            "p4",
            rule="status",
            severity="review",
            evidence=evidence(None, None, ("country", "", None)),
        ),
    ],
}


def test_the_evidence_of_these_tests_is_evidence() -> None:
    Draft202012Validator(load_schema("validation")).validate(ALIKE)


def test_passages_stand_side_by_side(small: Contest) -> None:
    told = section(document("validation", small, ALIKE), "p3 · Three")
    assert "Compared with: p1 · One  \n  Similarity: 93 %  \n" in told
    stretch = f"…count{LONG * 2} {{}}".format
    assert tables(told) == [
        [
            ["Field", "Here", "There"],
            ["Project title [title]", "Twin", "One"],
            ["idea", stretch("here"), stretch("there")],
        ]
    ]
    table, waiting, line = (told.index(text) for text in ("| Field", "none yet", "- {kind"))
    assert table < waiting < line


def test_what_is_compared_may_be_no_submission_or_nothing(small: Contest) -> None:
    told = section(document("validation", small, ALIKE, "zh"), "p4 · —")
    assert "对照对象：past-winners.csv:7" in told
    assert tables(told) == [
        [
            ["栏目", "本项目", "对照对象"],
            ["项目名称 [title]", "Twin", "One"],
            ["idea", *tables(told)[0][2][1:]],
        ],
        [["栏目", "本项目", "对照对象"], ["项目名称 [title]", "e-Sal", "e-Sal 2"]],
        [["栏目", "栏目内容"], ["country [country]", "—"]],
    ]


def test_submissions_that_look_like_one_project_are_shown_as_sets(small: Contest) -> None:
    text = document("validation", small, ALIKE)
    assert text.index("look like one project: 2\n") < text.index("## Ineligible submissions")
    header = ["In the set", "Submission", "Title", "Entity", "Country", "Category"]
    header += ["Similarity, %", "Decision"]
    first, second = (tables(section(text, f"Set of {one}"))[0] for one in ("p1 · One", "p5"))
    assert first == [
        header,
        ["primary", "p1", "One", "First Ltd", "KEN", "A", "—", "—"],
        ["looks like it", "p2", "Two", "Second & Co", "CHE", "A", "88", "dismissed"],
        ["looks like it", "p3", "Three", "—", "—", "—", "93", "review"],
    ]
    assert [row[:2] for row in second[1:]] == [["primary", "p5"], ["looks like it", "p4"]]
    assert "Set of past-winners" not in text


def test_without_evidence_there_is_no_set(small: Contest) -> None:
    assert any(item["rule"] == "same-project" for item in VALIDATION["findings"])  # type: ignore[attr-defined]
    assert "look like one project" not in document("validation", small, VALIDATION)


def test_evidence_for_a_spreadsheet_is_whole(small: Contest) -> None:
    _header, *found = rows(made("validation", small, ALIKE)["validation.csv"])
    assert [row[-3:] for row in found if row[1] in {"p1", "p3", "p4"}] == [
        ["", "", ""],
        ["p1", "93", f"title: Twin | One; idea: {LONG * 4} here | {LONG * 4} there"],
        ["p5", "100", f"title: Twin | One; idea: {LONG * 4} here | {LONG * 4} there"],
        ["past-winners.csv:7", "", "title: e-Sal | e-Sal 2"],
        ["", "", "country:"],
    ]


# Amendments.

AMENDMENTS = (
    Amendment(
        "2030-02-01",
        "the secretariat",
        "storms",
        "https://example.org/news",
        (
            Change("phases.voting.closes", "2030-03-31T23:00:00", "2030-04-02T23:00:00"),
            Change("phases.ceremony.closes", None, "2030-06-02"),
        ),
    ),
    Amendment("2030-02-03", "the jury", "agreed", "", (Change("panel.quota", "3", None),)),
)


@pytest.mark.parametrize("name", KINDS)
def test_a_document_begins_with_the_amendments(name: str, small: Contest) -> None:
    amended = replace(small, amendments=AMENDMENTS)
    text = document(name, amended, RESULTS[name])
    headings = re.findall("^## (.*)", text, re.MULTILINE)
    assert headings.index("Amendments") == (1 if name == "selection" else 0), "the embargo first"
    storms = ("2030-02-01", "the secretariat", "storms", "https://example.org/news")
    assert tables(section(text, "Amendments"))[0] == [
        ["Place in the definition", "Before", "After", "On", "By", "Reason", "Source"],
        ["phases.voting.closes", "2030-03-31T23:00:00", "2030-04-02T23:00:00", *storms],
        ["phases.ceremony.closes", "—", "2030-06-02", *storms],
        ["panel.quota", "3", "—", "2030-02-03", "the jury", "agreed", "—"],
    ]
    chinese = tables(section(document(name, amended, RESULTS[name], "zh"), "规则修订"))[0]
    assert chinese[0] == ["规则位置", "修订前", "修订后", "日期", "经办人", "理由", "来源"]
    assert "Amendments" not in document(name, small, RESULTS[name])


# The letter's own words.


def worded(contest: Contest, *ids: str) -> Contest:
    """The contest whose clauses of these ids have words of their own."""
    clauses = (
        replace(item, original=f"原文{item.id}") if item.id in ids else item
        for item in contest.clauses
    )
    return replace(contest, clauses=tuple(clauses))


@pytest.mark.parametrize("name", KINDS)
def test_a_chinese_document_tells_clauses_in_the_letters_own_words(
    name: str, small: Contest
) -> None:
    every = worded(small, *(clause.id for clause in small.clauses))
    text = document(name, every, RESULTS[name], "zh")
    assert "条款内容为征集函中文原文。" in text
    assert [clause.says for clause in small.clauses if clause.says in text] == []
    assert document(name, every, RESULTS[name]) == document(name, small, RESULTS[name])


def test_words_that_are_not_at_hand_are_paraphrased_and_it_is_said(small: Contest) -> None:
    text = document("tally", worded(small, "V1"), TALLY, "zh")
    assert "未收录原文的，为英文释义" in text
    assert "原文V1" in text
    assert "Voting in March." not in text
    assert "One vote each." in text
    sheet = made("validation", worded(small, "S1"), VALIDATION, "zh")["validation-by-rule.zh.csv"]
    assert rows(sheet)[1][-1] == "原文S1"


# The embargo.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_embargo_stands_before_any_result(language: Language) -> None:
    kind = KINDS["selection"]
    result, about = golden("2021-whole", kind)
    text = document("selection", edition("2021"), result, language, about)
    first = min(text.index(one) for item in result["categories"] for one in item["winners"])
    embargo = edition("2021").embargo
    assert embargo is not None
    clauses = [clause for clause in edition("2021").clauses if clause.id in embargo.clauses]
    says = [clause.text(language) for clause in clauses]
    assert len(says) == 2
    assert all(text.index(one) < first for one in says)


def test_titles_are_the_contests_own_in_each_language() -> None:
    kind = KINDS["selection"]
    result, about = golden("2021-whole", kind)
    chinese = made("selection", edition("2021"), result, "zh", about)
    assert [row[3] for row in rows(chinese["selection.zh.csv"])[1:4]] == ["获奖者", "冠军", "冠军"]
    result, about = golden("2018-by-decision", kind)
    chinese = made("selection", edition("2018"), result, "zh", about)
    assert [row[3] for row in rows(chinese["selection.zh.csv"])[1:3]] == ["获奖项目", "冠军项目"]
    assert "| 获奖项目 |" in chinese["selection.zh.md"]


def test_two_winners_and_none() -> None:
    kind = KINDS["selection"]
    result, about = golden("two-winners-and-none", kind)
    text = document("selection", edition("2021"), result, "en", about)
    by_category = {part.split(" ", 1)[0]: part for part in text.split("\n## ")}
    honours = {
        name: re.findall(r"^\| (Winner|Champion) +\| (p\d)", part, re.MULTILINE)
        for name, part in by_category.items()
    }
    assert honours["C5"] == [("Winner", "p1"), ("Winner", "p2"), ("Champion", "p3")]
    assert honours["C10"] == [("Champion", "p6")]
    assert "No project wins this category, by a recorded decision (2021-W1)." in by_category["C10"]
    assert honours["C11"] == []
    assert "Unresolved (winner, place 1) (2021-W1)" in by_category["C11"]
    assert "recorded decision" not in by_category["C8"]


# The catalogue.


def catalogue() -> dict[str, Label]:
    found: dict[str, Label] = {}
    for name, value in vars(labels).items():
        if name.startswith("_"):
            continue
        if isinstance(value, Label):
            found[name] = value
        elif isinstance(value, Mapping):
            found |= {f"{name}[{key}]": label for key, label in value.items()}
    return found


# nothing in them but signs and the places of values
OF_BOTH_LANGUAGES = {"CATEGORY", "SUBMISSION", "FIELD_NAME"}


def test_no_label_lacks_its_chinese_text() -> None:
    found = catalogue()
    assert len(found) > 150
    signs = {name for name, label in found.items() if not re.search("[A-Za-z]", bare(label.en))}
    assert signs == {*OF_BOTH_LANGUAGES, "FINDING", "COMMA", "CLAUSE"}
    words = {name: label for name, label in found.items() if name not in signs}
    assert [name for name, label in words.items() if not re.search("[一-鿿]", label.zh)] == []
    allowed = r"decisions\.yaml"
    english = {n: re.sub(allowed, "", bare(label.zh)) for n, label in words.items()}
    assert [name for name, text in english.items() if re.search("[A-Za-z]", text)] == []


def bare(text: str) -> str:
    return re.sub(r"\{\w*\}", "", text)


def test_a_label_has_the_same_places_in_both_languages() -> None:
    for name, label in catalogue().items():
        places = [sorted(re.findall(r"\{\w*\}", text)) for text in (label.en, label.zh)]
        assert places[0] == places[1], name


def test_every_code_of_a_result_has_a_name() -> None:
    assert list(labels.RULES) == [rule.code for rule in ALL_RULES], (
        "every rule needs a name in RULES of wsisctl/reports/labels.py, in the order of the menu"
    )
    assert list(labels.REASONS) == [reason.code for reason in REASONS]
    finding = load_schema("validation")["properties"]["findings"]["items"]["properties"]
    assert set(labels.SEVERITIES) == set(finding["severity"]["enum"])
    assert set(labels.DECISIONS) == set(finding["decision"]["properties"]["verdict"]["enum"])
    result = load_schema("results")["properties"]["categories"]["items"]["properties"]
    assert {*labels.BASES, None} == {*labels.SHORT_BASES, None} == set(result["basis"]["enum"])
    cuts = result["unresolved"]["items"]["properties"]["cut"]["enum"]
    assert set(labels.CUT_NAMES) == {*cuts, "honoured-pool"}
    policies = load_schema("contest")["$defs"]["second_vote"]["enum"]
    assert set(labels.SECOND_VOTE) == set(policies)


@ALL_GOLDEN
def test_no_heading_and_no_column_of_a_chinese_document_is_english(
    case: str, name: str, kind: DocumentKind
) -> None:
    result, about = golden(case, kind)
    files = made(kind.name, edition(name), result, "zh", about)
    text = files.pop(f"{kind.name}.zh.md")
    lines = text.splitlines()
    headers = [lines[n - 1] for n, line in enumerate(lines) if re.match(r"\|[:-]", line)]
    headings = [re.sub(r"## C\S+ · ", "", line) for line in lines if re.match("##? ", line)]
    columns = [content.splitlines()[0] for content in files.values()]
    told = [*headers, *headings, *columns]
    assert len(told) > 5
    terms = "ICT|WSIS"  # the letters' own
    assert [one for one in told if re.search("[A-Za-z]", re.sub(terms, "", one))] == []


@pytest.mark.parametrize("name", KINDS)
def test_no_english_sentence_is_left_in_a_chinese_document(name: str, small: Contest) -> None:
    text = plain(document(name, small, RESULTS[name], "zh"))
    english = {
        part
        for label in catalogue().values()
        for part in re.split(r"\{\w*\}", label.en)
        if len(part.split()) > 2
    }
    assert len(english) > 50
    assert [part for part in english if part.strip() in text] == []


# Text from outside.

HOSTILE = (
    "| a | [x](y) <script>alert(1)</script> ![i](u) `c` *e* _u_ ~~s~~ **b** &amp; $m$ "
    "https://evil.example www.evil.example\n\n# h\n- l\r\n| b | \\| \x1b[31m\u202e end\\"
)
FORMULAS = ("=cmd|' /c calc'!A1", "+1", "-1", "@x", "\n=1+1", "\t=1", " \r\n@y")
INERT = {
    "root", "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "strong_open",
    "strong_close", "text", "softbreak", "hardbreak", "fence", "table_open", "table_close",
    "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open",
    "th_close", "td_open", "td_close",
}  # fmt: skip


def tokens(text: str) -> list[Token]:
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [*parsed, *(child for token in parsed for child in token.children or ())]


def tables(text: str) -> list[list[list[str]]]:
    """The cells of each table, as a reader of Markdown understands them."""
    found: list[list[list[str]]] = []
    parsed = MarkdownIt("commonmark").enable("table").parse(text)
    for number, token in enumerate(parsed):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in {"th_open", "td_open"}:
            children = parsed[number + 1].children or ()
            found[-1][-1].append("".join(child.content for child in children))
    return found


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_from_outside_is_nothing_but_text(
    name: str, language: Language, small: Contest
) -> None:
    result = json.loads(json.dumps(RESULTS[name]))
    for item in result.get("findings", ()):
        item |= {"message": HOSTILE, "help": f"1. {HOSTILE}"}
        item["source"]["file"] = HOSTILE
        item.get("decision", {}).update(by="- by", reason=HOSTILE)
    for one in result.get("categories", ()):
        for item in one.get("unresolved", ()):
            item["why"] = HOSTILE
    changed = AMENDMENTS[0], replace(AMENDMENTS[1], by=HOSTILE, reason=HOSTILE, source=HOSTILE)
    small = replace(small, amendments=changed)
    signed = Signed(HOSTILE, "2030-01-02", HOSTILE, "c.yaml:1")
    corrected = tuple(Correction(f"p{n}", "title", HOSTILE, "x", signed) for n in (3, 4))
    cells = dict.fromkeys(("title", "entity", "country", "category"), HOSTILE)
    hostile = {f"p{number}": cells for number in range(1, 7)}
    text = document(name, small, result, language, hostile, corrected)
    assert {token.type for token in tokens(text)} <= INERT
    assert not set("\x1b\u202e\r") & set(text)
    assert "\\://evil" in text
    harmless = tables(document(name, small, RESULTS[name], language, ABOUT, corrected))
    found = tables(text)
    assert [[len(row) for row in table] for table in found] == [
        [len(row) for row in table] for table in harmless
    ]
    shown = " ".join(HOSTILE.split()).replace("\x1b", r"\u001b").replace("\u202e", r"\u202e")
    assert any(shown in row for table in found for row in table)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("title", [HOSTILE, *FORMULAS])
def test_a_spreadsheet_executes_nothing_and_keeps_its_rows(
    name: str, title: str, small: Contest
) -> None:
    cells = dict.fromkeys(("title", "entity", "country", "category"), title)
    hostile = {f"p{number}": cells for number in range(1, 7)}
    result = json.loads(json.dumps(RESULTS[name]).replace('"title is empty"', json.dumps(title)))
    harmless = made(name, small, RESULTS[name], about={})
    for file, content in made(name, small, result, about=hostile).items():
        if file.endswith(".csv"):
            assert len(content.splitlines()) == len(harmless[file].splitlines())
            found = [cell for row in rows(content) for cell in row]
            assert not [cell for cell in found if cell.lstrip().startswith(("=", "+", "-", "@"))]
            assert not [cell for cell in found if set(cell) & set("\n\r\t\x1b")]


@pytest.mark.parametrize("text", [HOSTILE, *FORMULAS])
def test_evidence_from_outside_is_nothing_but_text_either(text: str, small: Contest) -> None:
    result = json.loads(json.dumps(ALIKE))
    for item in result["findings"]:
        seen = item["evidence"]
        seen["compared_with"] = text
        seen["passages"] = [{"field": text, "here": text, "there": f"{text} {LONG * 3}"}]
    files = made("validation", small, result)
    assert {token.type for token in tokens(files["validation.md"])} <= INERT
    assert not set("\x1b\u202e\r") & set(files["validation.md"])
    found = [cell for row in rows(files["validation.csv"]) for cell in row]
    assert not [cell for cell in found if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert not [cell for cell in found if set(cell) & set("\n\r\t\x1b")]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_submissions_that_nothing_is_known_about(
    name: str, language: Language, small: Contest
) -> None:
    files = made(name, small, RESULTS[name], language, {})
    known = made(name, small, RESULTS[name], language)
    for file, content in files.items():
        assert len(content.splitlines()) == len(known[file].splitlines())
        if file.endswith(".csv"):
            assert "—" not in content
        else:
            about = [row[-3:] for table in tables(content) for row in table[1:] if len(row) > 3]
            assert ["—", "—", "—"] in about


def test_the_category_is_told_by_its_id_however_it_was_written(small: Contest) -> None:
    text = document("validation", small, VALIDATION)
    assert "Lufts" not in text
    assert re.search(r"^\| A +\| p1 ", text, re.MULTILINE)


def test_a_code_without_a_name_stands_as_it_is(small: Contest) -> None:
    result = {**VALIDATION, "findings": [finding("p3", rule="new-rule", field="new_box")]}
    text = plain(document("validation", small, result, "zh"))
    assert "new-rule [new-rule]（S1）" in text
    assert "栏目：new_box" in text


# What is open, and the line that settles it. The stages themselves say why it is open, and take the line.


def proposed(text: str) -> list[str]:
    return [token.content.strip() for token in tokens(text) if token.type == "fence"]


def filled_in(line: str, chosen: str) -> str:
    signed = line.replace("by: …", "by: the panel").replace(", on: …", ", on: 2030-02-01")
    return signed.replace("reason: …", "reason: read again").replace("[…]", f"[{chosen}]") + "\n"


def stage(folder: Path, command: str, *arguments: str) -> int:
    words = [*arguments, "--contest", "small.yaml", "--out", "out", "--quiet"]
    return wsisctl(command, *words, cwd=folder).status


def open_after(
    folder: Path, kind: str, contest: Contest, language: Language = "en"
) -> tuple[list[str], str]:
    """The lines that the document proposes, and its text."""
    result = json.loads((folder / "out" / KINDS[kind].result).read_text(encoding="utf-8"))
    text = document(kind, contest, result, language)
    return proposed(text), plain(text)


@pytest.fixture
def stages(tmp_path: Path) -> Path:
    """A contest with three submissions in the category whose id needs quotes."""
    (tmp_path / "small.yaml").write_text(SMALL.replace("quota: 3", "quota: 2"), encoding="utf-8")
    submissions = [submission(f"p{n}", category="b,c") for n in (1, 2, 3)]
    write_csv(tmp_path / "s.csv", submissions)
    return tmp_path


NOMINATE = ("--submissions", "s.csv")
DECIDED = ("--decisions", "d.yaml")


def settle(
    folder: Path, kind: str, command: tuple[str, ...], chosen: str, why: tuple[str, str]
) -> None:
    """The stage leaves something open; the line that the document proposes closes it."""
    assert stage(folder, *command) == 1
    contest = load_contest(str(folder / "small.yaml"), fit_problems)
    (line,), text = open_after(folder, kind, contest)
    assert why[0] in text
    chinese = open_after(folder, kind, contest, "zh")
    assert chinese[0] == [line]
    assert why[1] in chinese[1]
    assert why[0] not in chinese[1]
    (folder / "d.yaml").write_text(filled_in(line, chosen), encoding="utf-8")
    assert stage(folder, *command, *DECIDED) == 0
    assert open_after(folder, kind, contest)[0] == []


def scores(folder: Path, stage: str, *marks: int) -> tuple[str, str]:
    column = {"nomination": "idea", "selection": "reach"}[stage]
    sheets = [sheet("judge", f"p{n}", mark, [column]) for n, mark in enumerate(marks, start=1)]
    write_csv(folder / "scores.csv", sheets)
    return ("--scores", "scores.csv")


def test_equal_scores_at_the_quota(stages: Path) -> None:
    command = ("nominate", *NOMINATE, *scores(stages, "nomination", 5, 3, 3))
    why = ("equal scores for the last 1 of 2 places", "2 个名额中的最后 1 个得分相同")
    settle(stages, "shortlist", command, "p3, p2", why)


def test_neither_scores_nor_a_decision(stages: Path) -> None:
    why = ("no scores and no decision", "既无评分，也无决定")
    settle(stages, "shortlist", ("nominate", *NOMINATE), "p1, p3", why)


def test_no_quota_and_no_decision(stages: Path) -> None:
    (stages / "small.yaml").write_text(SMALL.replace("  quota: 3\n", ""), encoding="utf-8")
    why = ("this contest has no quota", "没有规定名额，只有记录在案的决定才能提名，而目前尚无决定")
    settle(stages, "shortlist", ("nominate", *NOMINATE), "p1, p3", why)


def test_one_submission_without_scores(stages: Path) -> None:
    command = ("nominate", *NOMINATE, *scores(stages, "nomination", 5))
    assert stage(stages, *command) == 1
    contest = load_contest(str(stages / "small.yaml"), fit_problems)
    line = '- {kind: nominate, category: "b,c", submission_ids: […], by: …, on: …, reason: …}'
    assert open_after(stages, "shortlist", contest)[0] == [line, line]
    assert "没有专家为其评分" in open_after(stages, "shortlist", contest, "zh")[1]


def test_a_nominee_who_is_not_eligible(stages: Path) -> None:
    named = '- {kind: nominate, category: "b,c", submission_ids: [p1, p9], by: x, on: 2030-01-01, reason: x}\n'
    (stages / "d.yaml").write_text(named, encoding="utf-8")
    assert stage(stages, "nominate", *NOMINATE, *DECIDED) == 1
    contest = load_contest(str(stages / "small.yaml"), fit_problems)
    lines, text = open_after(stages, "shortlist", contest, "zh")
    assert "在 d.yaml:1 中被点名，但不在类别 b,c 有资格参赛的项目之列" in text
    (stages / "d.yaml").write_text(filled_in(lines[0], "p1, p2"), encoding="utf-8")
    assert stage(stages, "nominate", *NOMINATE, *DECIDED) == 0


@pytest.fixture
def voted(stages: Path) -> Path:
    """Three nominees: the first leads, the others are level at the cut of the honoured."""
    columns = ("submission_id", "category", "title", "entity", "submitter_organization", "country")
    nominees = [
        {**dict.fromkeys(columns, ""), "submission_id": f"p{n}", "category": "b,c"}
        for n in (1, 2, 3)
    ]
    write_csv(stages / "n.csv", nominees, columns)
    write_csv(stages / "m.csv", [{"member_id": f"m{n}"} for n in range(4)])
    cast = [("m0", "p1"), ("m1", "p1"), ("m2", "p2"), ("m3", "p3")]
    votes = [
        {
            "vote_id": f"v{member}",
            "member_id": member,
            "category": "b,c",
            "submission_id": voted,
            "cast_at": "2030-03-10T12:00:00",
        }
        for member, voted in cast
    ]
    write_csv(stages / "v.csv", votes)
    return stages


TALLY_COMMAND = ("tally", "--votes", "v.csv", "--members", "m.csv", "--nominees", "n.csv")


def test_a_tie_in_the_vote(voted: Path) -> None:
    why = (
        "Undecided tie across place 2 (honoured) (V3)",
        "待决：并列跨越第 2 名界线（受嘉奖）（V3）",
    )
    settle(voted, "tally", TALLY_COMMAND, "p3, p2", why)


def test_an_open_tie_in_the_vote_keeps_the_selection_open(voted: Path) -> None:
    assert stage(voted, *TALLY_COMMAND) == 1
    assert stage(voted, "select-winners", "--tally", "out/tally.json") == 1
    contest = load_contest(str(voted / "small.yaml"), fit_problems)
    lines, text = open_after(voted, "selection", contest, "zh")
    assert "投票结果并列待决，各得 1 票" in text
    (voted / "d.yaml").write_text(filled_in(lines[0], "p2, p3"), encoding="utf-8")
    assert stage(voted, *TALLY_COMMAND, *DECIDED) == 0


@pytest.mark.parametrize("name", ["tally", "selection"])
def test_ties_at_both_cuts_take_a_line_each(name: str) -> None:
    result, about = golden("ties-at-both-cuts", KINDS[name])
    lines = proposed(document(name, edition("2018"), result, "zh", about))
    assert lines[:2] == [
        f"- {{kind: tie-break, stage: tally, cut: {cut}, category: C1, order: […], by: …, on: …, reason: …}}"
        for cut in ("honoured", "pool")
    ]


@pytest.fixture
def counted(voted: Path) -> Path:
    """A vote without ties; two in the pool."""
    text = SMALL.replace("pool: 1", "pool: 2")
    (voted / "small.yaml").write_text(text, encoding="utf-8")
    votes = (voted / "v.csv").read_text(encoding="utf-8").replace(",p3,", ",p2,")
    (voted / "v.csv").write_text(votes, encoding="utf-8")
    (voted / "n.csv").write_text(
        re.sub("p3.*\n", "", (voted / "n.csv").read_text(encoding="utf-8")), encoding="utf-8"
    )
    assert stage(voted, *TALLY_COMMAND) == 0
    return voted


SELECT = ("select-winners", "--tally", "out/tally.json")


def test_equal_highest_scores(counted: Path) -> None:
    command = (*SELECT, *scores(counted, "selection", 4, 4))
    settle(counted, "selection", command, "p2, p1", ("equal highest scores", "最高得分相同"))


def test_nobody_has_scored_the_pool(counted: Path) -> None:
    why = ("no panelist has scored it", "没有专家为其评分")
    settle(counted, "selection", SELECT, "p2", why)


def test_everybody_has_recused_themselves(counted: Path) -> None:
    sheets = [sheet("judge", f"p{n}", [""], ["reach"], recused="yes") for n in (1, 2)]  # type: ignore[list-item]
    write_csv(counted / "scores.csv", sheets)
    why = ("every panelist has recused themselves", "所有专家均已回避")
    settle(counted, "selection", (*SELECT, "--scores", "scores.csv"), "p2", why)


def test_a_winner_outside_the_pool(counted: Path) -> None:
    named = '- {kind: winner, category: "b,c", submission_ids: [p3], by: x, on: 2030-04-01, reason: x}\n'
    (counted / "d.yaml").write_text(named, encoding="utf-8")
    assert stage(counted, *SELECT, *DECIDED) == 1
    contest = load_contest(str(counted / "small.yaml"), fit_problems)
    lines, text = open_after(counted, "selection", contest, "zh")
    assert "在 d.yaml:1 中被定为获奖项目，但不在候选项目之列" in text
    (counted / "d.yaml").write_text(filled_in(lines[0], "p1"), encoding="utf-8")
    assert stage(counted, *SELECT, *DECIDED) == 0


def test_a_review_that_nobody_has_decided(stages: Path) -> None:
    twins = [submission(f"p{n}", category="b,c", title="Twin") for n in (1, 2)]
    write_csv(stages / "s.csv", twins)
    assert stage(stages, "validate", "s.csv") == 1
    contest = load_contest(str(stages / "small.yaml"), fit_problems)
    (line,), _text = open_after(stages, "validation", contest)
    verdict = filled_in(line, "").replace("verdict: …", "verdict: dismiss")
    (stages / "d.yaml").write_text(verdict, encoding="utf-8")
    assert stage(stages, "validate", "s.csv", *DECIDED) == 0
    lines, text = open_after(stages, "validation", contest)
    assert lines == []
    assert "Decision: dismissed by the panel on 2030-02-01. Reason: read again" in text


@pytest.mark.parametrize("line", ["tie-break", "winner", "nominate", "review"])
def test_a_line_that_nobody_has_filled_in_is_refused(line: str, stages: Path) -> None:
    written = {
        "tie-break": "stage: select, cut: winner, category: A, order: […]",
        "winner": "category: A, submission_ids: […]",
        "nominate": "category: A, submission_ids: […]",
        "review": "submission_id: p1, rule: same-project, verdict: …",
    }
    text = f"- {{kind: {line}, {written[line]}, by: …, on: …, reason: …}}\n"
    (stages / "d.yaml").write_text(text, encoding="utf-8")
    assert stage(stages, "validate", "s.csv", *DECIDED) == 3


# Raw Markdown.


def test_one_long_cell_does_not_push_the_other_rows_out_of_sight() -> None:
    long = "A title that goes on and on and on, until nobody can read it any more"
    table = as_markdown([Table(("title", "no"), (("short", 1), (long, 2)))])
    assert table.splitlines()[2] == f"| {'short':40} |    1 |"
    assert table.splitlines()[3] == f"| {long} |    2 |"


def test_chinese_columns_stand_under_each_other() -> None:
    table = as_markdown([Table(("类别", "no"), (("媒体", 1), ("ab", 2)))])
    assert table == "| 类别   |   no |\n|:-------|-----:|\n| 媒体   |    1 |\n| ab     |    2 |\n"


@pytest.mark.parametrize("form", ["table", "plain"])
def test_a_line_to_copy_is_not_wrapped(form: Format) -> None:
    line = "- {kind: withdraw, " + "reason: long " * 20 + "}"
    report = Report({}, Table((), ()), (Verbatim(line), Verbatim("next")))
    assert render(report, form, width=40) == f"    {line}\n\n    next\n"


def test_a_line_to_copy_cannot_end_its_own_frame() -> None:
    assert as_markdown([Verbatim("a ``` b\n```")]) == "````yaml\na ``` b ```\n````\n"


@pytest.mark.parametrize("text", ["- x", "+ x", "= x", "1. x", "12) x", "1.", "---"])
def test_a_sentence_that_begins_like_a_list_or_a_rule_is_a_sentence(text: str) -> None:
    shown = as_markdown([Lines(("first", text)), Entry("head", (text,))])
    types = [token.type for token in tokens(shown)]
    assert types.count("bullet_list_open") == 1
    assert not {"ordered_list_open", "hr", "heading_open"} & set(types)
    assert text in [token.content for token in tokens(shown)]
