"""How big an edition is."""

from dataclasses import dataclass
from itertools import accumulate, pairwise


@dataclass(frozen=True)
class Size:
    """The numbers of an edition; those of votes are approximate."""

    submissions: int
    """Each once; a few rows come twice."""
    members: int
    votes: int
    shares: tuple[int, ...] = (
        78, 52, 121, 148, 47, 41, 112, 64, 139, 96, 29, 58, 67, 29, 66, 55, 28, 70
    )  # fmt: skip
    """How submissions part among the categories, relative to each other, over and over."""
    spare: int = 4
    """So many more than the quota are without fault in the smallest category."""
    faulty: int = 240
    """Of a thousand submissions, those with something the rules find."""
    panelists: int = 12
    readers: int = 3
    """Panelists who read a submission for the nomination."""
    selectors: int = 5
    """Panelists who choose winners."""
    earlier_editions: int = 9

    overlap: int = 22
    """Of a thousand rows of votes, those that a second export repeats."""

    @property
    def different_votes(self) -> int:
        """About how many votes there are without the repeated rows."""
        return self.votes * (1000 - self.overlap) // 1000

    @property
    def repeated_votes(self) -> int:
        """How many rows a second export repeats."""
        return self.votes * self.overlap // 1000

    def in_categories(self, number: int) -> list[int]:
        """How many submissions each of so many categories gets; together they are all."""
        shares = [self.shares[place % len(self.shares)] for place in range(number)]
        bounds = [self.submissions * upto // sum(shares) for upto in accumulate(shares)]
        return [bound - before for before, bound in pairwise((0, *bounds))]


REAL = Size(submissions=1_300, members=110_000, votes=1_300_000)
"""As editions of recent years were."""
