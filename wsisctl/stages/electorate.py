"""Who may vote, for what, and what was decided: all that the vote is counted from besides the votes."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from wsisctl.contest.model import Contest
from wsisctl.names import SameNames
from wsisctl.readers.files import Advance
from wsisctl.records.corrections import read_corrections
from wsisctl.records.decisions import Decisions, read_decisions
from wsisctl.records.people import Member, Nominee, read_nominees, read_organizations
from wsisctl.rules import ALL_RULES
from wsisctl.stages.inputs import Inputs
from wsisctl.times import Instant
from wsisctl.voting.count import BallotBox, counted_votes
from wsisctl.voting.memory import of_database
from wsisctl.voting.roll import Roll, read_roll
from wsisctl.voting.voters import joined_members


@dataclass(frozen=True)
class Electorate:
    """All that the vote is counted from besides the votes."""

    decisions: Decisions
    organizations: SameNames
    nominees: Sequence[Nominee]
    members: Sequence[Member] | Roll
    told: tuple[str, ...]
    """What to tell of the files."""

    @property
    def titles(self) -> Mapping[str, str]:
        """By submission_id."""
        return {nominee.id: nominee.title for nominee in self.nominees}

    @property
    def while_people_vote(self) -> "Electorate":
        """Without tie-breaks: they are for the end."""
        return replace(self, decisions=replace(self.decisions, tie_breaks={}))


def read_electorate(
    contest: Contest, inputs: Inputs, advance: Advance, memory: int | None = None
) -> Electorate:
    """Read who may vote, for what, and what was decided; `memory` as for `open_box`."""
    decisions = read_decisions(inputs.decisions, contest, [rule.code for rule in ALL_RULES])
    organizations, of_organizations = read_organizations(inputs.organizations, contest)
    nominees, of_nominees = read_nominees(inputs.nominees, contest)
    corrections = read_corrections(inputs.corrections)
    roll, of_members = read_roll(inputs.members, contest, corrections, advance, of_database(memory))
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
    """The votes, counted within `memory` bytes; else within a quarter of the machine's."""
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
