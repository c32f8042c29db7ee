"""Score sheets and the panel, read together, with what to tell of them."""

from collections.abc import Collection

from wsisctl.contest.model import Contest
from wsisctl.panel.assessment import Assessments
from wsisctl.records.kinds import Kind
from wsisctl.records.people import read_panel
from wsisctl.records.scores import read_scores
from wsisctl.stages.inputs import Inputs

_NO_PANEL = (
    "panelists were not checked: name the panel with --panel, or in a contest folder in "
    "decisions/panel.csv"
)
_EMPTY_PANEL = "the panel names nobody: panelists are not checked"


def read_assessments(
    contest: Contest, inputs: Inputs, kind: Kind, known: Collection[str], where: str
) -> tuple[Assessments, tuple[str, ...]]:
    """What the sheets of a `kind` say of each submission, and remarks on sheets that say it of none.

    `known` are the submissions that there are, `where` says among which.
    """
    sheets, of_sheets = read_scores(inputs.scores, contest, kind)
    panel, of_panel = read_panel(inputs.panel, contest)
    assessments = Assessments(sheets, panel)
    nobody = _EMPTY_PANEL if inputs.panel else _NO_PANEL
    return assessments, (
        *of_sheets,
        *of_panel,
        *((nobody,) if sheets and not panel else ()),
        *assessments.of_nothing(known, where),
        *assessments.faults,
    )
