"""From score sheets to one exact score for each submission.

Contract, Records: the mean of each panelist's criteria, then the mean of the panelists, unweighted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wsisctl.names import SameNames
from wsisctl.records.people import Panelist
from wsisctl.records.scores import ScoreSheet


@dataclass(frozen=True)
class Assessment:
    """What the score sheets say about one submission."""

    score: Fraction | None
    why_not: str = ""
    """Why there is no score, or none that can be relied on."""


NO_SHEET = Assessment(None, "no panelist has scored it")


class Assessments:
    """The assessment of every submission that the sheets name."""

    def __init__(self, sheets: Iterable[ScoreSheet], panel: Mapping[str, Panelist]) -> None:
        """With an empty `panel` any panelist counts; else only those on it."""
        self._sheets: dict[str, list[ScoreSheet]] = defaultdict(list)
        self._panel = panel
        for sheet in sheets:
            self._sheets[sheet.submission_id].append(sheet)

    def has_sheets(self, submission_id: str) -> bool:
        """Whether anyone has written about the submission, be it to recuse themselves."""
        return submission_id in self._sheets

    def of(self, submission_id: str) -> Assessment:
        """One faulty sheet leaves the submission without a score until it is mended."""
        sheets = self._sheets.get(submission_id, [])
        if faults := sorted(fault for sheet in sheets for fault in self._faults(sheet)):
            return Assessment(None, "; ".join(faults))
        means = [sheet.mean for sheet in sheets if sheet.mean is not None]
        if means:
            return Assessment(sum(means, Fraction()) / len(means))
        if sheets and all(sheet.recused for sheet in sheets):
            return Assessment(None, "every panelist has recused themselves")
        return NO_SHEET

    def _faults(self, sheet: ScoreSheet) -> Iterable[str]:
        for fault in sheet.faults:
            yield f"{sheet.panelist}: {fault}"
        if self._panel and sheet.panelist not in self._panel:
            yield f"{sheet.panelist} is not on the panel"

    @property
    def faults(self) -> list[str]:
        """Every fault of every sheet with its place, which results do not name: rows may move."""
        sheets = sorted(
            (s for group in self._sheets.values() for s in group), key=lambda s: s.source
        )
        return [f"{sheet.source}: {fault}" for sheet in sheets for fault in self._faults(sheet)]

    def conflicts(
        self, organizations_of: Mapping[str, tuple[str, ...]], same: SameNames
    ) -> list[str]:
        """Sheets of panelists who scored a project of their own organization, as sentences."""
        found = []
        for identity, names in sorted(organizations_of.items()):
            involved = {same.key(name) for name in names} - {""}
            for sheet in self._sheets.get(identity, []):
                panelist = self._panel.get(sheet.panelist)
                if panelist and not sheet.recused and same.key(panelist.organization) in involved:
                    found.append(
                        f"{sheet.source}: {sheet.panelist} of '{panelist.organization}' scored "
                        f"{identity}, a project of that organization, without recusal"
                    )
        return found


def shown(score: Fraction | None) -> str | None:
    """With three decimals, half up: 4.0625 is 4.063. Exact, as the score itself."""
    if score is None:
        return None
    thousandths = (score * 2000 + 1) // 2
    return f"{thousandths // 1000}.{thousandths % 1000:03}"
