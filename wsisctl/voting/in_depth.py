"""One category of the vote in depth: how its votes were cast, when, and what became of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from wsisctl.contest.model import Contest
from wsisctl.voting.as_of import week_ends
from wsisctl.voting.count import BallotBox


@dataclass(frozen=True)
class VotesFor:
    """What came of the votes for one nominee, in whichever category they were cast."""

    counted_by_week: tuple[int, ...]
    """From the opening, on the contest's clock."""
    rejected_by_reason: Mapping[str, int]
    """In the definition's order."""


@dataclass(frozen=True)
class CategoryInDepth:
    """What came of the votes cast in one category, and of those for its nominees."""

    category: str
    cast_as: Mapping[str, int]
    """Votes by the spelling of the category in the exports."""
    counted: int
    rejected_by_reason: Mapping[str, int]
    """Of the votes cast in it, in the definition's order."""
    voters: int
    """People with a vote that counts in it."""
    nominees: Mapping[str, VotesFor]
    """By submission_id."""

    @property
    def read(self) -> int:
        """Votes cast in it."""
        return sum(self.cast_as.values())


def category_in_depth(box: BallotBox, contest: Contest, category: str) -> CategoryInDepth:
    """Ask the counted votes about one category."""
    cast = box.database.execute(
        "select cast_as, reason, count(*) from considered where category = $category group by all order by all",
        {"category": category},
    ).fetchall()
    cast_as, reasons = Counter[str](), Counter[str | None]()
    for spelling, reason, votes in cast:
        cast_as[spelling] += votes
        reasons[reason] += votes
    voters = box.database.execute(
        "select count(distinct voter) from considered where reason is null and category = $category",
        {"category": category},
    ).fetchall()
    return CategoryInDepth(
        category,
        dict(sorted(cast_as.items())),
        reasons[None],
        _in_order(reasons, contest),
        voters[0][0],
        _nominees(box, contest, category),
    )


def _nominees(box: BallotBox, contest: Contest, category: str) -> Mapping[str, VotesFor]:
    ends = [end.second for end in week_ends(contest)]
    counted = {submission_id: [0] * len(ends) for submission_id in box.count.standings[category]}
    rejected = {submission_id: Counter[str | None]() for submission_id in counted}
    found = box.database.execute(
        "select submission_id, reason, "
        "case when reason is null then len(list_filter($ends, lambda second_of_end: second_of_end < second)) end, "
        "count(*) from considered where submission_id in "
        "(select submission_id from nominee where category = $category) group by all",
        {"ends": ends, "category": category},
    ).fetchall()
    for submission_id, reason, week, votes in found:
        if reason is None:
            counted[submission_id][week] += votes
        else:
            rejected[submission_id][reason] += votes
    return {
        submission_id: VotesFor(tuple(weeks), _in_order(rejected[submission_id], contest))
        for submission_id, weeks in counted.items()
    }


def _in_order(reasons: Mapping[str | None, int], contest: Contest) -> Mapping[str, int]:
    return {reason: reasons[reason] for reason in contest.voting.reasons if reasons.get(reason)}
