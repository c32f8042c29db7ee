"""Whether a definition can feed the rules it uses, and the settings' part of its schema."""

import re
from collections.abc import Mapping
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.rules import ALWAYS, LAST, MENU
from wsisctl.rules.foreign import known_languages
from wsisctl.rules.language import LANGUAGE_CODE
from wsisctl.suggest import suggestion
from wsisctl.yaml_file import KeyPath, Problem


def fit_problems(contest: Contest) -> list[Problem]:
    """Every rule that needs a field the form does not have, or a phase or list that is not there."""
    problems = []
    fields = [box.id for box in contest.form]
    for rule in (*MENU, *LAST):
        use = contest.rules.get(rule.code)
        if use is None:
            continue
        for field in rule.needs(use.settings):
            if field not in fields:
                message = f"{rule.code} needs the field '{field}', which the form does not have"
                path, at_key = _place(field, rule.code, use.settings)
                what_to_do = (
                    suggestion(field, fields)
                    if "settings" in path
                    else ": add it to `form`, or leave the rule out"
                )
                problems.append(Problem(path, message + what_to_do, at_key=at_key))
    problems += _phase_problems(contest)
    problems += _list_problems(contest)
    return [*problems, *_limit_problems(contest), *_language_problems(contest)]


def _place(field: str, rule: str, settings: Mapping[str, Any]) -> tuple[KeyPath, bool]:
    """Where the settings name the field, and whether as a key; the rule itself where they do not."""
    if field in settings:
        return ("rules", rule, "settings", field), True
    for name, value in settings.items():
        if isinstance(value, list) and field in value:
            return ("rules", rule, "settings", name, value.index(field)), False
        if value == field:
            return ("rules", rule, "settings", name), False
    return ("rules", rule), True


def _phase_problems(contest: Contest) -> list[Problem]:
    use = contest.rules.get("deadline")
    if use is None:
        return []
    path: KeyPath = ("rules", "deadline", "settings", "phase")
    name = use.settings["phase"]
    phase = contest.phases.get(name)
    if phase is None:
        return [Problem(path, f"'{name}' is no phase{suggestion(name, contest.phases)}")]
    if phase.closes is None:
        return [Problem(path, f"the phase '{name}' never closes; a deadline needs its 'closes'")]
    return []


def _list_problems(contest: Contest) -> list[Problem]:
    lists = {
        "entity-type": ("stakeholder_types", contest.stakeholder_types),
        "sdgs": ("sdgs", contest.sdgs),
        "sdg-examples": ("sdgs", contest.sdgs),
    }
    return [
        Problem(
            ("rules", rule),
            f"{rule} compares with the list '{name}', which is missing at the top level, or empty",
        )
        for rule, (name, entries) in lists.items()
        if rule in contest.rules and not entries
    ]


def _limit_problems(contest: Contest) -> list[Problem]:
    use = contest.rules.get("word-count")
    limits = use.settings if use else {}
    return [
        Problem(("rules", "word-count", "settings", box), "'min' is more than 'max'")
        for box, limit in limits.items()
        if (least := limit.get("min", 1)) > limit.get("max", least)
    ]


def _language_problems(contest: Contest) -> list[Problem]:
    use = contest.rules.get("language")
    if use is None or use.settings["language"] in (known := known_languages()):
        return []
    code = use.settings["language"]
    allowed = filter(re.compile(LANGUAGE_CODE).search, known)
    message = f"'{code}' is no language that can be told from others{suggestion(code, allowed)}"
    return [Problem(("rules", "language", "settings", "language"), message)]


def rules_schema() -> dict[str, Any]:
    """The `rules` part of the definition's JSON Schema, composed from the rules' own settings."""
    used = {
        rule.code: {
            "type": "object" if _asks_for_settings(rule.settings) else ["object", "null"],
            "description": rule.checks,
            "additionalProperties": False,
            "required": ["settings"] if _asks_for_settings(rule.settings) else [],
            "properties": {
                "clause": {"$ref": "#/$defs/clause"},
                "severity": {"enum": ["error", "review", "warning"]},
                "settings": dict(rule.settings),
            },
        }
        for rule in (*MENU, *LAST)
    }
    always = {
        rule.code: {"not": {}, "description": f"{rule.code} is always in force; leave it out"}
        for rule in ALWAYS
    }
    return {**used, **always}


def _asks_for_settings(schema: Any) -> bool:
    return bool(schema.get("required") or schema.get("minProperties"))
