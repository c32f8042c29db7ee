"""Who is out of the contest for what happened elsewhere: past winners and withdrawals."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wsisctl.findings import Source
from wsisctl.names import name_key
from wsisctl.records.decisions import NO_DECISIONS, Withdrawal
from wsisctl.records.people import PastWinner
from wsisctl.records.signed import Signed
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.specimen import FIRST, Specimen


def _past_winner(
    submissions: tuple[Submission, ...], _: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    winners = {name_key(winner.title): winner for winner in reversed(context.past_winners)}
    for submission in submissions:
        winner = winners.get(name_key(submission.text("title")))
        if winner is not None and winner.title:
            year = f" in {winner.year}" if winner.year else ""
            yield Fault(
                submission,
                f"a project called '{winner.title}' won{year} ({winner.source})",
                "compare the two and decide; earlier winners are not eligible, earlier champions are",
                "title",
            )


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


PAST_WINNER = Rule(
    code="past-winner",
    severity="review",
    check=_past_winner,
    checks="No winning project of an earlier contest has the same title.",
    why="A project that has won is not eligible again; earlier champions and nominees are.",
    example="The `title` of a project that won two years ago.",
    specimen=Specimen(
        ({"title": "The Library that Travels"},),
        past_winners=(
            PastWinner("The Library that Travels", "2015", Source("past-winners.csv", 2)),
        ),
    ),
    mend="Show that it is another project.",
    needs=lambda _: ("title",),
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
