"""The menu of rules. A rule that is not in this tuple does not exist."""

from wsisctl.rules.card import Rule
from wsisctl.rules.deadline import DEADLINE
from wsisctl.rules.eligibility import PAST_WINNER, WITHDRAWN
from wsisctl.rules.form import CATEGORY, ENTITY_TYPE, REQUIRED_FIELD, SDGS, WORD_COUNT
from wsisctl.rules.goals import SDG_EXAMPLES
from wsisctl.rules.impact import IMPACT_FIGURES
from wsisctl.rules.language import LANGUAGE
from wsisctl.rules.organizations import ORGANIZATION_SPELLING
from wsisctl.rules.photo import PHOTO
from wsisctl.rules.progress import STATUS
from wsisctl.rules.same_project import SAME_PROJECT
from wsisctl.rules.uniqueness import ONE_PER_ENTITY

MENU: tuple[Rule, ...] = (
    REQUIRED_FIELD,
    CATEGORY,
    ENTITY_TYPE,
    SDGS,
    WORD_COUNT,
    PHOTO,
    DEADLINE,
    STATUS,
    LANGUAGE,
    SDG_EXAMPLES,
    IMPACT_FIGURES,
    SAME_PROJECT,
    PAST_WINNER,
    ORGANIZATION_SPELLING,
)
"""Each looks at the submissions alone."""

ALWAYS: tuple[Rule, ...] = (WITHDRAWN,)
"""In force in every contest, with or without a clause."""

LAST: tuple[Rule, ...] = (ONE_PER_ENTITY,)
"""Look at what the other rules, and people's verdicts on them, have left."""

ALL_RULES: tuple[Rule, ...] = (*MENU, *ALWAYS, *LAST)
