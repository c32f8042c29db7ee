"""Members of whom people decided that they are one person: one voter with several accounts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wsisctl.joined import Joined
from wsisctl.records.people import Member
from wsisctl.records.same_members import SameMember
from wsisctl.voting.roll import Roll
from wsisctl.wording import counted, listed


def joined_members(
    members: Sequence[Member] | Roll, decisions: Sequence[SameMember]
) -> tuple[Sequence[Member] | Roll, tuple[str, ...]]:
    """The members with the person each of them is, and what to tell of the decisions about them.

    Who is no member is no voter, and all the same one of those whom the decisions join.
    """
    if not decisions:
        return members, ()
    persons = Joined()
    repeated = [
        decision
        for decision in decisions
        if decision.verdict == "confirm" and not persons.join(decision.member_ids)
    ]
    joined = [replace(member, person=persons.first(member.id)) for member in members]
    accounts = Counter(member.person for member in joined)
    known = {member.id for member in joined}
    remarks = []
    for decision in decisions:
        place = decision.signed.place
        if strangers := [named for named in decision.member_ids if named not in known]:
            remarks.append(f"{place}: not among the members: {listed(strangers)}")
        alone = accounts[persons.first(decision.member_ids[0])] < 2
        if decision in repeated or (decision.verdict == "confirm" and alone):
            remarks.append(f"{place}: this decision joins no two members that were not joined yet")
    return joined, (*remarks, *_several_accounts(accounts))


def _several_accounts(accounts: Counter[str]) -> Iterator[str]:
    several = [number for number in accounts.values() if number > 1]
    if several:
        voters = counted(len(several), "voter")
        yield f"{sum(several)} accounts count as {voters}, by recorded decisions"
