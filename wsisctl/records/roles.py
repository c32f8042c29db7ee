"""What the columns of each kind of record hold, so far as their cells are cleaned."""

from collections.abc import Callable, Mapping

from wsisctl.contest.model import Contest
from wsisctl.records.cells import Role

Roles = Callable[[Contest], Mapping[str, Role]]

_BOXES = {
    "title": Role.LINE,
    "category": Role.CATEGORY,
    "entity": Role.LINE,
    "entity_type": Role.OTHER,
    "country": Role.OTHER,
    "submitter_organization": Role.LINE,
    "coordinator_name": Role.LINE,
    "coordinator_email": Role.OTHER,
    "status": Role.OTHER,
    "sdgs": Role.OTHER,
    "photo": Role.OTHER,
}
"""The boxes of the form that are no long texts, in whatever edition."""
_PROFILE = {
    "username": Role.LINE,
    "email": Role.OTHER,
    "organization": Role.LINE,
    "organization_type": Role.OTHER,
    "country": Role.OTHER,
}


def of_submissions(contest: Contest) -> Mapping[str, Role]:
    """Any box of the form that is not known as something else holds a long text."""
    boxes = {box.id: _BOXES.get(box.id, Role.TEXT) for box in contest.form}
    return {"submission_id": Role.ID, "submitted_at": Role.TIME, **boxes}


def of_members(contest: Contest) -> Mapping[str, Role]:
    """A field of the profile that no edition had before is a code or a number."""
    profile = dict.fromkeys(contest.voting.profile, Role.OTHER)
    return {"member_id": Role.ID, **profile, **_PROFILE}


def of_nominees(_: Contest) -> Mapping[str, Role]:
    """Also of a list that people made."""
    return {
        "submission_id": Role.ID,
        "category": Role.CATEGORY,
        "title": Role.LINE,
        "entity": Role.LINE,
        "submitter_organization": Role.LINE,
        "country": Role.OTHER,
    }


def of_past_winners(_: Contest) -> Mapping[str, Role]:
    """The categories are those of earlier contests, so that nobody here knows them."""
    return {
        "title": Role.LINE,
        "entity": Role.LINE,
        "category": Role.OTHER,
        "year": Role.OTHER,
        "country": Role.OTHER,
    }


def of_score_sheets(contest: Contest) -> Mapping[str, Role]:
    """Marks are codes of their own; whoever reads them says what is wrong."""
    criteria = (*contest.panel.nomination, *contest.panel.selection)
    return {
        "panelist": Role.ID,
        "submission_id": Role.ID,
        **{criterion.id: Role.OTHER for criterion in criteria},
        "recused": Role.OTHER,
        "comment": Role.TEXT,
    }


def of_panel(_: Contest) -> Mapping[str, Role]:
    """Who judges."""
    return {
        "panelist": Role.ID,
        "name": Role.LINE,
        "organization": Role.LINE,
        "country": Role.OTHER,
    }


def of_organizations(_: Contest) -> Mapping[str, Role]:
    """Spellings, which are compared with those of submissions and members."""
    return {"name": Role.LINE, "same_as": Role.LINE}


def kept(_: Contest) -> Mapping[str, Role]:
    """Nothing is cleaned: votes are counted as they were cast."""
    return {}
