"""What only people can settle: who contends, why it is open, and which line settles it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wsisctl.contest.model import Label
from wsisctl.reports import labels
from wsisctl.reports.documents.scribe import PROJECT, Scribe, word
from wsisctl.reports.report import Block, Entry, Lines, Table, Verbatim

_TIE_BREAK = "tie-break"
_STAGE_OF_CUT = {"quota": "nominate", "honoured": "tally", "pool": "tally", "winner": "select"}


@dataclass(frozen=True)
class _Cause:
    """Why a place is open, as the stages write it, and what is to be done then."""

    pattern: re.Pattern[str]
    why: Label
    to_do: Label
    kind: str
    """Of the decision that settles it."""


def _cause(pattern: str, why: Label, to_do: Label, kind: str) -> _Cause:
    return _Cause(re.compile(pattern, re.DOTALL), why, to_do, kind)


_CAUSES: tuple[_Cause, ...] = (
    _cause(
        r"equal scores for the last (\d+) of (\d+) places",
        labels.WHY_EQUAL_SCORES,
        labels.BREAK_THE_TIE,
        _TIE_BREAK,
    ),
    _cause(r"equal highest scores", labels.WHY_EQUAL_HIGHEST, labels.BREAK_THE_TIE, _TIE_BREAK),
    _cause(
        r"an open tie in the vote, each with (\d+)",
        labels.WHY_TIE_IN_VOTE,
        labels.BREAK_THE_TIE,
        _TIE_BREAK,
    ),
    _cause(
        r"named at (.+), but not among the eligible submissions of (.+)",
        labels.WHY_NOT_ELIGIBLE,
        labels.NAME_THE_ELIGIBLE,
        "nominate",
    ),
    _cause(
        r"named as winner at (.+), but not in the pool",
        labels.WHY_NOT_IN_POOL,
        labels.NAME_FROM_THE_POOL,
        "winner",
    ),
    _cause(r"no scores and no decision", labels.WHY_NOTHING, labels.SCORE_OR_NOMINATE, "nominate"),
    _cause(
        r"this contest has no quota: only a recorded decision nominates, and there is none",
        labels.WHY_NO_QUOTA,
        labels.NOMINATE,
        "nominate",
    ),
)
_NO_SCORE: tuple[tuple[str, Label], ...] = (
    ("no panelist has scored it", labels.WHY_NO_SCORE),
    ("every panelist has recused themselves", labels.WHY_ALL_RECUSED),
)


def open_place(scribe: Scribe, category: str, item: Mapping[str, Any]) -> list[Block]:
    """An entry of `unresolved`."""
    clauses = scribe.cite_cut(item["cut"])
    why, to_do, line = _settling(scribe, category, item)
    cut = scribe.named(labels.CUT_NAMES, item["cut"])
    if item["place"] is None:
        headline = scribe.say(labels.OPEN_WITHOUT_PLACE, cut=cut, clauses=clauses, why=why)
    else:
        headline = scribe.say(labels.OPEN, cut=cut, place=item["place"], clauses=clauses, why=why)
    return [Entry(headline, ()), contenders(scribe, item["submission_ids"]), Lines((to_do,)), line]


def waits_for_scores(item: Mapping[str, Any]) -> bool:
    """Whether score sheets can settle an entry of `unresolved`, be it instead of a decision."""
    causes = [cause for cause in _CAUSES if cause.pattern.fullmatch(str(item["why"]))]
    return all(cause.to_do is labels.SCORE_OR_NOMINATE for cause in causes)


def why_open(scribe: Scribe, item: Mapping[str, Any]) -> str:
    """Why a place is open, in the document's language where the sentence is one of ours."""
    return _settling(scribe, "", item)[0]


def contenders(scribe: Scribe, ids: Sequence[str]) -> Table:
    """Who is concerned, in the order of ids, which means nothing."""
    rows = ((identity, *scribe.shown(identity, *PROJECT)) for identity in ids)
    return scribe.table(("submission_id", *PROJECT), rows)


def tie_break(scribe: Scribe, category: str, cut: str) -> list[Block]:
    """How an open tie is settled."""
    return [Lines((scribe.say(labels.BREAK_THE_TIE),)), _line(_TIE_BREAK, category, cut)]


def _settling(scribe: Scribe, category: str, item: Mapping[str, Any]) -> tuple[str, str, Verbatim]:
    written, cut = str(item["why"]), str(item["cut"])
    for cause in _CAUSES:
        if match := cause.pattern.fullmatch(written):
            why = cause.why.in_language(scribe.language).format(*match.groups())
            return why, scribe.say(cause.to_do), _line(cause.kind, category, cut)
    # Whatever else keeps a place open is about score sheets, whose faults are told as found.
    why = next((scribe.say(label) for text, label in _NO_SCORE if text == written), written)
    if cut == "winner":
        return why, scribe.say(labels.SCORE_OR_CHOOSE), _line("winner", category, cut)
    return why, scribe.say(labels.SCORE_OR_NOMINATE), _line("nominate", category, cut)


def _line(kind: str, category: str, cut: str) -> Verbatim:
    """The entry of decisions.yaml. What is left to people is left open, lest an order of ours be taken."""
    what = f"kind: {kind}, "
    if kind == _TIE_BREAK:
        what += f"stage: {_STAGE_OF_CUT[cut]}, cut: {cut}, "
    chosen = "order" if kind == _TIE_BREAK else "submission_ids"
    return Verbatim(
        f"- {{{what}category: {word(category)}, {chosen}: […], by: …, on: …, reason: …}}"
    )


def review(submission_id: str, rule: str) -> Verbatim:
    """The entry of decisions.yaml that decides a review."""
    return Verbatim(
        f"- {{kind: review, submission_id: {word(submission_id)}, rule: {word(rule)}, "
        "verdict: …, by: …, on: …, reason: …}"
    )


def number_open(categories: Iterable[Mapping[str, Any]]) -> int:
    """How many places are open."""
    return sum(len(category["unresolved"]) for category in categories)
