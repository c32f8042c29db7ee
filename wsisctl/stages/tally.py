"""From votes to standings, those honoured, and the panel's pool."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from wsisctl.contest.model import Contest
from wsisctl.errors import UsageError
from wsisctl.names import SameNames
from wsisctl.readers.files import Advance
from wsisctl.records.contested import read_contested
from wsisctl.records.corrections import read_corrections
from wsisctl.records.decisions import Decisions, read_decisions
from wsisctl.records.people import (
    Member,
    Nominee,
    read_nominees,
    read_organizations,
)
from wsisctl.records.record import no_records
from wsisctl.reports.category import category_report
from wsisctl.reports.recount import agreement, with_recount
from wsisctl.reports.render import as_csv, as_json
from wsisctl.reports.same_email import SAME_EMAILS, same_emails_remark, same_emails_table
from wsisctl.reports.tally import standings_table, tally_report
from wsisctl.rules import ALL_RULES
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.margins import outcome_with_margins
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.recount import counted_again
from wsisctl.suggest import suggestion
from wsisctl.times import Instant
from wsisctl.voting.as_of import AsOf
from wsisctl.voting.contested import contested_votes
from wsisctl.voting.count import BallotBox, Count, counted_votes
from wsisctl.voting.differences import Comparison
from wsisctl.voting.in_depth import category_in_depth
from wsisctl.voting.margins import margins
from wsisctl.voting.rejected import REJECTED_PARQUET, rejected_parquet
from wsisctl.voting.roll import Roll, read_roll
from wsisctl.voting.same_email import shared_addresses, undecided_groups
from wsisctl.voting.tally import tally
from wsisctl.voting.voters import joined_members
from wsisctl.wording import counted


@dataclass(frozen=True)
class Electorate:
    """All that the vote is counted from besides the votes."""

    decisions: Decisions
    organizations: SameNames
    nominees: Sequence[Nominee]
    members: Sequence[Member] | Roll
    told: tuple[str, ...]
    """What to tell of the files."""


def read_electorate(contest: Contest, inputs: Inputs, advance: Advance) -> Electorate:
    """Read who may vote, for what, and what was decided."""
    decisions = read_decisions(inputs.decisions, contest, [rule.code for rule in ALL_RULES])
    organizations, of_organizations = read_organizations(inputs.organizations, contest)
    nominees, of_nominees = read_nominees(inputs.nominees, contest)
    corrections = read_corrections(inputs.corrections)
    roll, of_members = read_roll(inputs.members, contest, corrections, advance)
    members, of_voters = joined_members(roll, decisions.same_members)
    told = (*of_organizations, *of_nominees, *of_members, *of_voters)
    return Electorate(decisions, organizations, nominees, members, told)


def open_box(
    contest: Contest,
    inputs: Inputs,
    electorate: Electorate,
    advance: Advance,
    as_of: Instant | None = None,
    memory: int | None = None,
) -> AbstractContextManager[BallotBox]:
    """The votes, counted."""
    return counted_votes(
        contest,
        inputs.votes,
        electorate.members,
        electorate.nominees,
        electorate.organizations,
        advance,
        as_of,
        memory,
    )


def run_tally(contest: Contest, inputs: Inputs, advance: Advance, language: str) -> Outcome:
    """The stage `tally`."""
    return TallyViews().run(contest, inputs, advance, language)


@dataclass(frozen=True)
class TallyViews:
    """What is asked besides the result; its `run` takes the place of the stage's own."""

    as_of: AsOf | None = None
    """With one, only what was cast until then is counted, and no tie is anybody's business yet."""
    category: str | None = None
    """With one, it is shown in depth, and no other."""
    recount: bool = False
    """Whether the second counter looks at the same votes."""
    memory: int | None = None
    """Bytes that the count may take; else a quarter of the machine's."""
    as_parquet: bool = False
    """Rejected votes are written as Parquet too."""

    def run(self, contest: Contest, inputs: Inputs, advance: Advance, language: str) -> Outcome:
        """The stage `tally`, its result shown as asked."""
        as_of = self.as_of.instant(contest) if self.as_of else None
        shown = _category_named(self.category, contest) if self.category else None
        electorate = read_electorate(contest, inputs, advance)
        ids, of_ids = read_contested(inputs.contested, contest)
        titles = {nominee.id: nominee.title for nominee in electorate.nominees}
        decisions = replace(electorate.decisions, tie_breaks={}) if as_of else electorate.decisions
        groups, of_groups = undecided_groups(
            electorate.members, contest.voting.same_email, decisions.same_members
        )
        with open_box(contest, inputs, electorate, advance, as_of, self.memory) as box:
            shared = shared_addresses(box, groups)
            result = tally(contest, box.count, decisions, as_of)
            report = tally_report(result, contest, titles, language)
            view = report
            if shown:
                depth = category_in_depth(box, contest, shown)
                view = category_report(depth, result, contest, titles, language)
            doubted = contested_votes(box, contest, ids) if inputs.contested and not as_of else None
            more = (
                {REJECTED_PARQUET: rejected_parquet(box.database, box.received)}
                if self.as_parquet
                else {}
            )
        again = (
            counted_again(
                contest, inputs, result, box.count, decisions.same_members, as_of, advance
            )
            if self.recount
            else None
        )
        outcome = Outcome(
            view,
            {
                "tally.json": as_json(report.document).encode(),
                "standings.csv": as_csv(standings_table(result)).encode(),
                "rejected-votes.csv": result.rejected.table,
                SAME_EMAILS: as_csv(same_emails_table(shared)).encode(),
                **more,
            },
            to_act_upon=result.unresolved and as_of is None,
            remarks=(
                *box.count.remarks,
                *(() if box.count.read or box.count.later else no_records(inputs.votes)),
                *electorate.told,
                *of_ids,
                *of_groups,
                *same_emails_remark(shared),
                *_of_times(box.count),
                *result.remarks,
            ),
        )
        outcome = outcome_with_margins(
            outcome,
            margins(contest, result, doubted),
            [shown] if shown else [category.id for category in contest.categories],
        )
        return _with_recount(outcome, again) if again else outcome


def _with_recount(outcome: Outcome, again: Comparison) -> Outcome:
    """The outcome with what the second counter says; the files stay as they are."""
    report = with_recount(outcome.report, again)
    if again.agrees:
        return replace(outcome, report=report, remarks=(*outcome.remarks, agreement(again)))
    warnings = (*outcome.warnings, agreement(again))
    return replace(outcome, report=report, warnings=warnings, to_act_upon=True)


def _category_named(word: str, contest: Contest) -> str:
    if category := contest.category_of(word):
        return category
    ids = [item.id for item in contest.categories]
    raise UsageError(
        f"--category {word}: no category of this contest{suggestion(word, ids)}",
        hint=f"expected one of {', '.join(ids)}",
    )


def _of_times(count: Count) -> Iterator[str]:
    if count.in_repeated_hour:
        yield (
            f"{counted(count.in_repeated_hour, 'vote')} without an offset in the hour that autumn "
            "repeats: the earlier hour was taken"
        )
    if count.later:
        verb = "was cast later and is" if count.later == 1 else "were cast later and are"
        yield f"{counted(count.later, 'vote')} {verb} left out"
