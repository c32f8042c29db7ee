"""The page of each reason why a vote is not counted, in the order in which they are tried."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One reason and its page."""

    code: str
    checks: str
    why: str
    example: str
    mend: str


REASONS: tuple[Reason, ...] = (
    Reason(
        "malformed",
        "One of the five fields is empty or only white space, cast_at is no time, or the row has "
        "another number of cells than the header.",
        "A vote that cannot be read cannot be counted, and must not be guessed at.",
        "`cast_at` is `yesterday`, or an hour that summer time skipped.",
        "Ask for the export anew if many rows are malformed.",
    ),
    Reason(
        "repeated_row",
        "Every field has the same text as an earlier row, in the same file or another.",
        "Exports are often cumulative; the same vote must not be counted twice.",
        "The same line in the export of Monday and that of Tuesday.",
        "Nothing: one of the equal rows goes on.",
    ),
    Reason(
        "outside_window",
        "The vote was cast before voting opened or after it closed. Both ends are inclusive to the "
        "second; fractions of a second are dropped.",
        "Voting ends for everyone at the same moment.",
        "A vote one second after the closing.",
        "Nothing, unless the window was extended: then amend the definition.",
    ),
    Reason(
        "unregistered",
        "The member_id is not among the members.",
        "Only registered members of the platform may vote.",
        "A member_id that the members' export does not have.",
        "Make sure that the members' export is complete and newer than the votes.",
    ),
    Reason(
        "incomplete_profile",
        "A field of the required profile is empty or only white space.",
        "Only members with the complete required information may vote.",
        "A member without an organization.",
        "Nothing after the vote: the profile must be complete when the members are exported.",
    ),
    Reason(
        "not_nominated",
        "The submission_id is not among the nominees.",
        "The vote is among the nominated projects.",
        "A vote for a project that was submitted and not nominated.",
        "Make sure that the list of nominees is the published one.",
    ),
    Reason(
        "wrong_category",
        "The nominee competes in another category than the vote names, or the vote names none.",
        "Each project competes in one category.",
        "A vote in C2 for a nominee of C1.",
        "Nothing, unless the contest's category has a spelling that the definition should know.",
    ),
    Reason(
        "own_project",
        "The voter's organization is the nominee's entity or the organization that submitted it. "
        "Names are equal by Unicode NFKC, case folding and white space, or by organizations.csv. Of accounts "
        "that a decision joined, the organizations of all are the voter's.",
        "An entity may not vote for its own project.",
        "A member of `Ministry of ICT` votes for a project of `MINISTRY OF ICT`.",
        "Nothing; if two organizations only share a name, correct the member's record.",
    ),
    Reason(
        "incomplete_ballot",
        "The contest asks for a vote in every category, and this member has no valid one in some "
        "category with nominees.",
        "Some editions count only complete ballots.",
        "A member who voted in 17 of 18 categories.",
        "Nothing after the vote.",
    ),
    Reason(
        "second_vote",
        "The member has more than one otherwise valid vote in the category; the definition's policy "
        "says which counts (first, last or none), by instant and then by vote_id. Accounts that a decision "
        "joined are one member; so they are for a complete ballot.",
        "Each member may vote for one project per category.",
        "Two votes of one member in C1, for whichever projects.",
        "Nothing: the policy is declared before the vote.",
    ),
)
