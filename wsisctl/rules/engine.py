"""From submissions to findings, and from findings to who is eligible (contract, Who is eligible)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wsisctl.contest.model import RuleUse
from wsisctl.findings import Decision, Finding
from wsisctl.records.submissions import Submission, Submissions
from wsisctl.rules import ALL_RULES, ALWAYS, LAST, MENU
from wsisctl.rules.card import Context, Rule, finding

Verdict = Literal["eligible", "ineligible", "review"]


@dataclass(frozen=True)
class Validation:
    """What the rules found, and what follows for each submission."""

    contest: str
    read: int
    verdicts: dict[str, Verdict]
    """By submission id, in the order of ids."""
    findings: tuple[Finding, ...]
    """By submission id, then in the order of the rules' menu."""

    def with_verdict(self, verdict: Verdict) -> list[str]:
        """The ids that got this verdict, in order."""
        return [identity for identity, given in self.verdicts.items() if given == verdict]


def validate(submissions: Submissions, context: Context) -> Validation:
    """Apply every rule of the contest, then the recorded verdicts, then the rules that come last."""
    records = submissions.records
    first = _decided(_run(MENU, records, context), context)
    first += _run(ALWAYS, records, context)
    out = frozenset(item.submission_id for item in first if item.severity == "error")
    last = _run(LAST, records, replace(context, out_of_contest=out))
    findings = _in_order([*first, *last])
    return Validation(
        context.contest.id, submissions.read, _verdicts(records, findings), tuple(findings)
    )


def _run(
    rules: Sequence[Rule], submissions: tuple[Submission, ...], context: Context
) -> list[Finding]:
    uses = context.contest.rules
    found = []
    for rule in rules:
        use = uses.get(rule.code)
        if use is None and rule in ALWAYS:
            use = RuleUse(rule.code, None, None, {})
        if use is not None:
            faults = rule.check(submissions, use.settings, context)
            found += [finding(rule, use, fault) for fault in faults]
    return found


def _decided(findings: Iterable[Finding], context: Context) -> list[Finding]:
    """A confirmed review is an error, a dismissed one a warning; both keep the decision."""
    return [_with_decision(finding, context) for finding in findings]


def _with_decision(item: Finding, context: Context) -> Finding:
    review = context.decisions.reviews.get((item.submission_id, item.rule))
    if review is None or item.severity != "review":
        return item
    signed = review.signed
    return replace(
        item,
        severity="error" if review.verdict == "confirm" else "warning",
        decision=Decision(review.verdict, signed.by, signed.on, signed.reason),
    )


def _in_order(findings: list[Finding]) -> list[Finding]:
    rank = {rule.code: position for position, rule in enumerate(ALL_RULES)}
    return sorted(findings, key=lambda item: (item.submission_id, rank[item.rule]))


def _verdicts(
    submissions: tuple[Submission, ...], findings: Iterable[Finding]
) -> dict[str, Verdict]:
    verdicts: dict[str, Verdict] = {submission.id: "eligible" for submission in submissions}
    for item in findings:
        if item.severity == "error":
            verdicts[item.submission_id] = "ineligible"
        elif item.severity == "review" and verdicts[item.submission_id] == "eligible":
            verdicts[item.submission_id] = "review"
    return verdicts


def unused_decisions(validation: Validation, context: Context) -> list[str]:
    """Verdicts that met no review finding and withdrawals of nothing, each as a sentence with its place."""
    used = {
        (item.submission_id, item.rule) for item in validation.findings if item.decision is not None
    }
    decisions = context.decisions
    strangers = [
        f"{withdrawal.signed.place}: {identity} is not among the submissions; nothing is withdrawn"
        for identity, withdrawal in decisions.withdrawals.items()
        if identity not in validation.verdicts
    ]
    return strangers + [
        f"{review.signed.place}: no open review of {rule} for {identity}; the verdict changes nothing"
        for (identity, rule), review in decisions.reviews.items()
        if (identity, rule) not in used
    ]
