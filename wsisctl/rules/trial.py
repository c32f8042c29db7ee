"""What the rules say of a specimen."""

from dataclasses import replace

from wsisctl.contest.model import Contest
from wsisctl.records.submissions import Submissions
from wsisctl.rules.card import Context, Rule
from wsisctl.rules.engine import Validation, validate
from wsisctl.rules.specimen import Specimen


def validated(specimen: Specimen, contest: Contest) -> Validation:
    """The specimen's submissions against every rule of the contest."""
    records = specimen.submissions(contest)
    context = Context(contest, specimen.past_winners, decisions=specimen.decisions)
    return validate(Submissions(records, len(records), ()), context)


def tried(rule: Rule, contest: Contest) -> Validation | None:
    """What the rule finds in its own specimen; others may remark on its time in an amended contest.

    None where the rule has none, or where the contest's form or settings are such that it passes.
    """
    if rule.specimen is None:
        return None
    whole = validated(rule.specimen, contest)
    own = tuple(item for item in whole.findings if item.rule == rule.code)
    return replace(whole, findings=own) if own else None
