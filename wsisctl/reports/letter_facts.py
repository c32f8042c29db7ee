"""What the sentences of a letter name: the box, what stands in it, and what the rule measures."""

from collections.abc import Mapping

from wsisctl.contest.model import Contest, Label, Phase
from wsisctl.findings import Finding
from wsisctl.records.submissions import Submission
from wsisctl.reports import labels
from wsisctl.reports import letter_labels as letter
from wsisctl.reports.report import one_line
from wsisctl.rules.form import count_words
from wsisctl.times import written
from wsisctl.wording import counted, shortened

_LONG_VALUE = 120


def facts_of(
    finding: Finding, submission: Submission, contest: Contest, language: str
) -> Mapping[str, str]:
    """By the name that a sentence has for it; empty where the finding has no such thing."""
    box = finding.field or ""
    words = count_words(submission.text(box))
    types = (name.in_language(language) for name in contest.stakeholder_types.values())
    return {
        "rule": labels.RULES.get(finding.rule, Label(finding.rule)).in_language(language),
        "box": _box_name(box, contest, language),
        "value": shortened(one_line(submission.text(box)), _LONG_VALUE),
        "types": labels.COMMA.in_language(language).join(types),
        "words": counted(words, "word") if language == "en" else str(words),
        "limits": _limits(box, contest, language),
        "period": _between(
            letter.PERIODS, submission_times(contest), ("opens", "closes"), language
        ),
        "zone": contest.zone.key,
    }


def submission_phase(contest: Contest) -> Phase | None:
    """The phase in which submissions come in; None where the edition has no deadline."""
    use = contest.rules.get("deadline")
    return contest.phases[use.settings["phase"]] if use else None


def submission_times(contest: Contest) -> Mapping[str, str]:
    """`opens` and `closes` of that phase, as far as they are known."""
    phase = submission_phase(contest)
    if phase is None:
        return {}
    ends = {"opens": phase.opens, "closes": phase.closes}
    return {
        name: written(instant, contest.zone)[: len("2030-12-31T23:00:00")].replace("T", " ")
        for name, instant in ends.items()
        if instant is not None
    }


def _box_name(box: str, contest: Contest, language: str) -> str:
    """The box as the form calls it, in quotes; for none of them, the submission as a whole."""
    names = {**labels.FIELDS, **{item.id: item.label for item in contest.form}}
    if box not in names:
        return letter.NO_BOX.in_language(language)
    return f"“{names[box].in_language(language)}”"


def _limits(box: str, contest: Contest, language: str) -> str:
    use = contest.rules.get("word-count")
    limits = use.settings.get(box, {}) if use else {}
    return _between(letter.LIMITS, limits, ("min", "max"), language)


def _between(
    sentences: Mapping[tuple[bool, bool], Label],
    ends: Mapping[str, object],
    names: tuple[str, str],
    language: str,
) -> str:
    """From the one end to the other, or whichever there is; nothing for none."""
    there = (names[0] in ends, names[1] in ends)
    return sentences[there].filled(language, **ends) if any(there) else ""
