"""The whole story of one vote, from the files that the tally counts."""

from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.readers.files import Advance
from wsisctl.reports.vote import vote_report
from wsisctl.stages.electorate import open_box, read_electorate
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.outcome import Outcome
from wsisctl.voting.count import BallotBox
from wsisctl.voting.place import is_place
from wsisctl.voting.story import Electors, like, stories_of
from wsisctl.wording import joined


@dataclass(frozen=True)
class VoteAsked:
    """The vote that somebody asks about; its `run` takes the place of the tally's own."""

    vote_id: str

    def run(self, contest: Contest, inputs: Inputs, advance: Advance, language: str) -> Outcome:
        """Count all votes, since the others decide over this one, and tell what became of it.

        Raises UnusableInput where no row has this vote_id.
        """
        electorate = read_electorate(contest, inputs, advance)
        electors = Electors(
            {member.id: member for member in electorate.members},
            {nominee.id: nominee for nominee in electorate.nominees},
        )
        with open_box(contest, inputs, electorate, advance) as box:
            stories = stories_of(self.vote_id, box, contest, electors)
            if not stories:
                raise _unknown(self.vote_id, box)
        return Outcome(
            vote_report(self.vote_id, stories, contest, language),
            {},
            to_act_upon=False,
            remarks=(*box.count.remarks, *electorate.told),
        )


def _unknown(asked: str, box: BallotBox) -> UnusableInput:
    """What to say where neither an id nor a place is found."""
    if is_place(asked):
        files = joined(box.received.names)
        return UnusableInput(
            f"no vote has the vote_id '{asked}', and it is the place of none",
            hint=f"a place is FILE:ROW, as rejected-votes.csv has it; the votes are in {files}",
        )
    near = [f"'{identity}'" for identity in like(asked, box)]
    meant = f"; did you mean {joined(near, 'or')}?" if near else ""
    return UnusableInput(
        f"no vote has the vote_id '{asked}'{meant}",
        hint="ids are text: give it exactly as the export has it, with its zeros",
    )
