"""From score sheets to one exact score for each submission.

Contract, Records: the mean of each panelist's criteria, then the mean of the panelists, unweighted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wsisctl.findings import Source
from wsisctl.names import SameNames
from wsisctl.records.people import Panelist
from wsisctl.records.scores import ScoreSheet
from wsisctl.suggest import near_miss
from wsisctl.wording import counted


@dataclass(frozen=True)
class Assessment:
    """What the score sheets say about one submission."""

    score: Fraction | None
    why_not: str = ""
    """Why there is no score, or none that can be relied on."""


NO_SHEET = Assessment(None, "no panelist has scored it")
_MOST_STRANGERS = 20
"""Where so many are unknown it is the wrong file, and nobody reads on."""


class Assessments:
    """The assessment of every submission that the sheets name."""

    def __init__(self, sheets: Iterable[ScoreSheet], panel: Mapping[str, Panelist]) -> None:
        """With an empty `panel` any panelist counts; else only those on it."""
        self._sheets: dict[str, list[ScoreSheet]] = defaultdict(list)
        self._panel = panel
        self._outsiders: dict[str, str] = {}
        for sheet in sheets:
            self._sheets[sheet.submission_id].append(sheet)
            if panel and sheet.panelist not in panel:
                self._outsiders.setdefault(sheet.panelist, _outsider(sheet.panelist, panel))

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
        if sheet.panelist in self._outsiders:
            yield self._outsiders[sheet.panelist]

    @property
    def faults(self) -> list[str]:
        """Every fault with its first place, which results do not name: rows may move."""
        places: dict[str, list[Source]] = defaultdict(list)
        for sheet in (sheet for group in self._sheets.values() for sheet in group):
            for fault in self._faults(sheet):
                places[fault].append(sheet.source)
        first = sorted((min(sources), fault) for fault, sources in places.items())
        return [f"{source}: {fault}{_of_several(places[fault])}" for source, fault in first]

    def of_nothing(self, known: Collection[str], where: str) -> list[str]:
        """Sheets for submissions that are not among those known, as sentences."""
        strangers = sorted(
            (min(sheet.source for sheet in sheets), identity)
            for identity, sheets in self._sheets.items()
            if identity not in known
        )
        told = []
        for source, identity in strangers[:_MOST_STRANGERS]:
            number = len(self._sheets[identity])
            scores = "its scores count" if number == 1 else f"the scores of {number} sheets count"
            meant = _question(near_miss(identity, known))
            told.append(f"{source}: '{identity}' is not {where}; {scores} for nothing{meant}")
        if further := len(strangers) - len(told):
            told.append(f"{counted(further, 'further id')} of score sheets not {where}")
        return told

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


def _outsider(panelist: str, panel: Collection[str]) -> str:
    name = panelist if panelist == panelist.strip() else f"'{panelist}'"
    return f"{name} is not on the panel{_question(near_miss(panelist, panel))}"


def _question(meant: str) -> str:
    return f"; did you mean '{meant}'?" if meant else ""


def _of_several(places: Collection[Source]) -> str:
    return f" (the first of {len(places)} sheets)" if len(places) > 1 else ""


def shown(score: Fraction | None) -> str | None:
    """With three decimals, half up: 4.0625 is 4.063. Exact, as the score itself."""
    if score is None:
        return None
    thousandths = (score * 2000 + 1) // 2
    return f"{thousandths // 1000}.{thousandths % 1000:03}"
