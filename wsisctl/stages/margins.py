"""The margins beside the tally, and what a list of contested votes is worth."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from wsisctl.reports.margins import margins_document, margins_table, with_margins
from wsisctl.reports.render import as_csv, as_json
from wsisctl.stages.outcome import Outcome
from wsisctl.voting.margins import ContestedVotes, Margins
from wsisctl.wording import counted, listed


def outcome_with_margins(
    outcome: Outcome, margins: Margins, categories: Collection[str]
) -> Outcome:
    """The outcome with its margins; those of the categories named are shown.

    A list with ids that no vote has is to be acted upon: it may be about other votes.
    """
    doubted = margins.contested
    unknown = tuple(_unknown(doubted)) if doubted else ()
    files = {
        "margins.json": as_json(margins_document(margins)).encode(),
        "margins.csv": as_csv(margins_table(margins)).encode(),
    }
    return replace(
        outcome,
        report=with_margins(outcome.report, margins, categories),
        files={**outcome.files, **files},
        to_act_upon=outcome.to_act_upon or bool(unknown),
        remarks=(*outcome.remarks, *(_without_effect(doubted) if doubted else ())),
        warnings=(*outcome.warnings, *unknown),
    )


def _unknown(doubted: ContestedVotes) -> Iterator[str]:
    if doubted.unknown:
        number = counted(len(doubted.unknown), "contested vote")
        yield f"no vote has the id of {number}: {listed(doubted.unknown)}; look whether it is the right list"


def _without_effect(doubted: ContestedVotes) -> Iterator[str]:
    if doubted.without_effect:
        number = counted(len(doubted.without_effect), "contested vote")
        yield (
            f"{number} cannot count for anybody however resolved, malformed or for no nominee: "
            f"{listed(doubted.without_effect)}"
        )
