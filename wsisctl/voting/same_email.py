"""Members who share an e-mail address: for people to look at, never joined without a decision."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wsisctl.contest.model import SameEmail
from wsisctl.names import name_key
from wsisctl.records.people import Member
from wsisctl.records.same_members import SameMember
from wsisctl.voting.count import BallotBox
from wsisctl.voting.database import fill
from wsisctl.voting.roll import Roll


@dataclass(frozen=True)
class Account:
    """A member who shares an address, and what came of this member's votes."""

    member_id: str
    votes: int
    """Rows received."""
    counted: int
    in_common: int
    """Votes counted in categories in which a vote of another one of the group is counted too."""


@dataclass(frozen=True)
class Shared:
    """The members who share one address, of whom nobody has decided yet."""

    accounts: tuple[Account, ...]

    @property
    def in_common(self) -> int:
        """How many counted votes would be second votes of one person, and the first ones among them."""
        return sum(account.in_common for account in self.accounts)


def address_key(text: str, policy: SameEmail) -> str:
    """The form in which equal addresses are equal text; empty for an empty one."""
    address = name_key(text)
    box, at, domain = address.rpartition("@")
    if not at:
        return address
    if domain in policy.plus:
        box = box.partition("+")[0] or box
    if domain in policy.dots:
        box = box.replace(".", "") or box
    return f"{box}@{domain}"


UndecidedGroups = tuple[list[tuple[str, ...]], tuple[str, ...]]
"""The ids of each group of persons who share an address, and what to tell of the decisions about them."""


def undecided_groups(
    registered: Sequence[Member] | Roll, policy: SameEmail, decisions: Sequence[SameMember]
) -> UndecidedGroups:
    """Those who share an address and of whom nobody has decided, and which dismissals fit none.

    A dismissal settles a group in which it names every person, by one account at least.
    """
    members = list(registered.who_may_share()) if isinstance(registered, Roll) else registered
    persons = {member.id: member.person for member in members}
    dismissals = [
        (item, {persons[named] for named in item.member_ids if named in persons})
        for item in decisions
        if item.verdict == "dismiss"
    ]
    groups: list[tuple[str, ...]] = []
    fitting: set[SameMember] = set()
    for group in _sharing(members, policy):
        here = {persons[named] for named in group}
        settling = [item for item, apart in dismissals if apart >= here]
        fitting.update(settling)
        if not settling:
            groups.append(group)
    remarks = tuple(
        f"{item.signed.place}: this decision settles nothing: the persons it names are not all "
        "those who share an e-mail address"
        for item, _ in dismissals
        if item not in fitting
    )
    return groups, remarks


def _sharing(members: Sequence[Member], policy: SameEmail) -> Iterator[tuple[str, ...]]:
    """The ids of each group of members, of two persons at least, who share an address."""
    # Hundreds of thousands of members: nobody waits for a look at domains where none are declared.
    case_alone = policy == SameEmail()
    keys = [
        name_key(member.email) if case_alone else address_key(member.email, policy)
        for member in members
    ]
    often = {key for key, number in Counter(keys).items() if key and number > 1}
    groups: dict[str, list[Member]] = defaultdict(list)
    for member, key in zip(members, keys, strict=True):
        if key in often:
            groups[key].append(member)
    for group in groups.values():
        if len({member.person for member in group}) > 1:
            yield tuple(sorted(member.id for member in group))


def shared_addresses(box: BallotBox, groups: Sequence[tuple[str, ...]]) -> tuple[Shared, ...]:
    """What came of the votes of each group; first those with most counted votes in common, then by id."""
    if not groups:
        return ()
    rows = ((place, named) for place, group in enumerate(groups) for named in group)
    fill(box.database, "sharing", {"place": "int", "member_id": "varchar"}, rows)
    found: list[list[Account]] = [[] for _ in groups]
    for place, *account in box.database.execute(_VOTES_OF_SHARING).fetchall():
        found[place].append(Account(*account))
    shared = [Shared(tuple(accounts)) for accounts in found]
    return tuple(sorted(shared, key=lambda item: (-item.in_common, item.accounts[0].member_id)))


_VOTES_OF_SHARING = """
    with cast_by_them as (
        select vote.file, vote."row", member.member_id
        from vote
        join member on member.account = vote.account
        where member.member_id in (select member_id from sharing)
    ),
    of_group as (
        select
            sharing.place,
            sharing.member_id,
            decided.file is not null as cast_one,
            decided.file is not null and decided.reason is null as counts,
            count(*) filter (where decided.file is not null and decided.reason is null)
                over (partition by sharing.place, decided.race) as of_category
        from sharing
        left join cast_by_them on cast_by_them.member_id = sharing.member_id
        left join decided on decided.file = cast_by_them.file and decided."row" = cast_by_them."row"
    )
    select
        place,
        member_id,
        count(*) filter (where cast_one),
        count(*) filter (where counts),
        count(*) filter (where counts and of_category > 1)
    from of_group
    group by place, member_id
    order by place, member_id
"""
