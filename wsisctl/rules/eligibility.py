"""Who is out of the contest for what happened elsewhere: past winners and withdrawals."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.findings import Evidence, Passage, Source
from wsisctl.likeness.names import similarity
from wsisctl.records.decisions import NO_DECISIONS, Withdrawal
from wsisctl.records.people import PastWinner
from wsisctl.records.signed import Signed
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.past_winners import ENTITIES, Match, PastWinners
from wsisctl.rules.specimen import FIRST, Specimen

_OF_EVERY_FORM = frozenset(
    [
        *("title", "category", *ENTITIES, "entity_type", "country", "status", "sdgs", "photo"),
        *("coordinator_name", "coordinator_email"),
    ]
)
"""Boxes that tell about a project; the others of a form describe it."""


def _past_winner(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    past = PastWinners(
        context.past_winners,
        context.organizations,
        settings.get("texts") or _descriptions(context.contest),
    )
    if not past.winners:
        return
    for submission in submissions:
        for winner, match in past.matches(submission):
            year = f" in {winner.year}" if winner.year else ""
            yield Fault(
                submission,
                f"a project called '{winner.title}' won{year} ({winner.source}){match.says}",
                "compare the two and decide; earlier winners are not eligible; earlier champions are, and "
                "do not belong in the list of past winners",
                match.field,
                evidence=_evidence(submission, winner, match),
            )


def _descriptions(contest: Contest) -> tuple[str, ...]:
    return tuple(box.id for box in contest.form if box.id not in _OF_EVERY_FORM)


def _evidence(submission: Submission, winner: PastWinner, match: Match) -> Evidence:
    title = submission.text("title")
    passages = [Passage("title", title, winner.title)]
    if winner.entity:
        boxes = [box for box in ENTITIES if box == "entity" or submission.text(box)]
        passages += [Passage(box, submission.text(box), winner.entity) for box in boxes]
    if match.sentence:
        passages.append(Passage(match.field, match.sentence))
    return Evidence(tuple(passages), str(winner.source), similarity(title, winner.title))


def _withdrawn(
    submissions: tuple[Submission, ...], _: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    for submission in submissions:
        withdrawal = context.decisions.withdrawals.get(submission.id)
        if withdrawal is not None:
            signed = withdrawal.signed
            yield Fault(
                submission,
                f"withdrawn on {signed.on}, recorded by {signed.by}: {signed.reason}",
                f"to bring it back, take the decision at {signed.place} out",
            )


def _compared_boxes(settings: Mapping[str, Any]) -> Iterator[str]:
    yield "title"
    yield from settings.get("texts", ())


PAST_WINNER = Rule(
    code="past-winner",
    severity="review",
    check=_past_winner,
    checks="No winning project of an earlier contest has the same title, in another spelling either: "
    "other signs, an acronym in brackets, a subtitle, small words, one letter. For the same entity, under "
    "any spelling of its name, nor does the old title stand in the new one or in one of the `texts` (all "
    "boxes that describe the project, if none are named), nor do the titles share the words that tell them "
    "from others. Of another entity's winner the texts may speak, unless they say that it is another name "
    "of the project, or the country is the same. Titles that differ in a number or a country are different.",
    why="A project that has won is not eligible again; earlier champions and nominees are, and do not "
    "belong in the list of past winners.",
    example="The `title` of a project that won two years ago, or a text that says `formerly` and that title.",
    specimen=Specimen(
        (
            {
                "title": "“Voices” of the Valley (VOV)",
                "entity": "Valley Radio Ltd",
                "country": "PER",
            },
        ),
        past_winners=(
            PastWinner(
                "Voices of the Valley",
                "2015",
                Source("past-winners.csv", 2),
                entity="Valley Radio",
                country="PER",
            ),
        ),
    ),
    mend="Show that it is another project.",
    settings={
        "type": "object",
        "additionalProperties": False,
        "properties": {"texts": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
    },
    needs=_compared_boxes,
)
WITHDRAWN = Rule(
    code="withdrawn",
    severity="error",
    check=_withdrawn,
    checks="No recorded decision withdraws the submission.",
    why="Whoever submitted a project may take it back.",
    example="decisions.yaml has a `withdraw` for it.",
    specimen=Specimen(
        ({},),
        decisions=replace(
            NO_DECISIONS,
            withdrawals={
                FIRST: Withdrawal(
                    FIRST,
                    Signed(
                        "the secretary", "2015-03-02", "asked for by letter", "decisions.yaml:1"
                    ),
                )
            },
        ),
    ),
    mend="Take the decision out to bring the submission back.",
)
