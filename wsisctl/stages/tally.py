"""From votes to standings, those honoured, and the panel's pool."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wsisctl.contest.model import Contest
from wsisctl.errors import UsageError
from wsisctl.readers.files import Advance
from wsisctl.records.contested import read_contested
from wsisctl.records.record import no_records
from wsisctl.reports.category import category_report
from wsisctl.reports.render import as_csv, as_json
from wsisctl.reports.report import Report
from wsisctl.reports.tally import standings_table, tally_report
from wsisctl.stages.electorate import Electorate, open_box, read_electorate
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.margins import outcome_with_margins
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.recount import counted_again, outcome_recounted
from wsisctl.stages.same_emails import groups_of_electorate, outcome_with_same_emails
from wsisctl.suggest import suggestion
from wsisctl.times import Instant, written
from wsisctl.voting.as_of import AsOf
from wsisctl.voting.contested import contested_votes
from wsisctl.voting.count import BallotBox, Count
from wsisctl.voting.in_depth import category_in_depth
from wsisctl.voting.margins import margins
from wsisctl.voting.rejected import REJECTED_PARQUET, rejected_parquet
from wsisctl.voting.tally import Tally, tally
from wsisctl.voting.window import voting_window
from wsisctl.wording import counted


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
        shown = None if self.category is None else _category_named(self.category, contest)
        electorate = read_electorate(contest, inputs, advance, self.memory)
        if as_of is not None:
            electorate = electorate.while_people_vote
        ids, of_ids = read_contested(inputs.contested, contest)
        groups = groups_of_electorate(electorate, contest)  # before the count: both need memory
        with open_box(contest, inputs, electorate, advance, as_of, self.memory) as box:
            result = tally(contest, box.count, electorate.decisions, as_of)
            outcome = _outcome(contest, inputs, electorate, box.count, result, language)
            outcome = outcome.told((*of_ids, *_of_the_end(contest, as_of)))
            outcome = outcome_with_same_emails(outcome, groups, box)
            if shown:
                view = _in_depth(box, contest, result, electorate, shown, language)
                outcome = replace(outcome, report=view)
            if self.as_parquet:
                table = rejected_parquet(box.database, box.received)
                outcome = replace(outcome, files={**outcome.files, REJECTED_PARQUET: table})
            doubted = contested_votes(box, contest, ids) if inputs.contested and not as_of else None
        asked = [shown] if shown else [category.id for category in contest.categories]
        outcome = outcome_with_margins(outcome, margins(contest, result, doubted), asked)
        if self.recount:
            members = electorate.decisions.same_members
            again = counted_again(contest, inputs, result, box.count, members, as_of, advance)
            return outcome_recounted(outcome, again)
        return outcome


def _of_the_end(contest: Contest, as_of: Instant | None) -> Iterator[str]:
    """A part of the vote that is all of it may not be what was meant."""
    _, closes = voting_window(contest)
    if as_of is not None and as_of > closes:
        yield f"voting closed at {written(closes, contest.zone)}, before this moment: it is all counted"


def _outcome(
    contest: Contest,
    inputs: Inputs,
    electorate: Electorate,
    count: Count,
    result: Tally,
    language: str,
) -> Outcome:
    """The result by itself. A tie is to be acted upon once nobody votes any more."""
    report = tally_report(result, contest, electorate.titles, language)
    return Outcome(
        report,
        {
            "tally.json": as_json(report.document).encode(),
            "standings.csv": as_csv(standings_table(result)).encode(),
            "rejected-votes.csv": result.rejected.table,
        },
        to_act_upon=result.unresolved and not result.as_of,
        remarks=(
            *count.remarks,
            *(() if count.read or count.later else no_records(inputs.votes)),
            *electorate.told,
            *_of_times(count),
            *result.remarks,
        ),
    )


def _in_depth(
    box: BallotBox,
    contest: Contest,
    result: Tally,
    electorate: Electorate,
    category: str,
    language: str,
) -> Report:
    depth = category_in_depth(box, contest, category)
    return category_report(depth, result, contest, electorate.titles, language)


def _category_named(word: str, contest: Contest) -> str:
    if category := contest.category_of(word):
        return category
    ids = [item.id for item in contest.categories]
    raise UsageError(
        f"--category '{word}': no category of this contest{suggestion(word, ids)}",
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
