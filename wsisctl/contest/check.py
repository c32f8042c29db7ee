"""What no schema can say: the parts of a definition must fit each other."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from wsisctl.contest.model import ALWAYS_IN_FORCE, STAGES, Contest, PanelClauses, TitleClauses
from wsisctl.contest.schema import load_schema
from wsisctl.suggest import suggestion
from wsisctl.yaml_file import KeyPath, Problem, date_problem

_PROVENANCE = ("source_file", "source_row", "source_repeats")
_OF_EVERY_SUBMISSION = ("submission_id", "submitted_at", *_PROVENANCE)
_OF_EVERY_SHEET = ("panelist", "submission_id", "recused", "comment", *_PROVENANCE)


def check(contest: Contest, data: Mapping[str, Any]) -> list[Problem]:
    """Every place where one part of the definition contradicts another."""
    return [
        *_letter_date(data),
        *_lot_date(data),
        *_double_ids(data),
        *_taken_ids(data),
        *_action_lines(contest, data),
        *_phase_names(contest),
        *_voting(contest),
        *_panel(contest),
        *_clause_names(contest, data),
        *_enforcers(contest),
    ]


def _letter_date(data: Mapping[str, Any]) -> Iterator[Problem]:
    dated = data.get("letter", {}).get("dated")
    if dated is not None and (message := date_problem(dated)):
        yield Problem(("letter", "dated"), message)


def _lot_date(data: Mapping[str, Any]) -> Iterator[Problem]:
    if "lot" in data and (message := date_problem(data["lot"]["on"])):
        yield Problem(("lot", "on"), message)


def _double_ids(data: Mapping[str, Any]) -> Iterator[Problem]:
    lists: list[tuple[KeyPath, str]] = [
        (("categories",), "id"),
        (("action_lines",), "id"),
        (("sdgs",), "number"),
        (("stakeholder_types",), "id"),
        (("form",), "id"),
        (("documents",), "id"),
        (("clauses",), "id"),
        (("panel", "criteria", "nomination"), "id"),
        (("panel", "criteria", "selection"), "id"),
    ]
    for path, key in lists:
        items: Any = data
        for step in path:
            items = items.get(step, {})
        seen = set()
        for index, item in enumerate(items):
            if item[key] in seen:
                yield Problem((*path, index, key), f"'{item[key]}' stands here a second time")
            seen.add(item[key])


def _taken_ids(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Ids that would be a column a second time, or the name of something else that enforces clauses."""
    criteria = data["panel"].get("criteria", {})
    columns: list[tuple[KeyPath, Any, tuple[str, ...], str]] = [
        (("form",), data.get("form", ()), _OF_EVERY_SUBMISSION, "submission"),
        *(
            (("panel", "criteria", stage), items, _OF_EVERY_SHEET, "score sheet")
            for stage, items in criteria.items()
        ),
    ]
    for path, items, taken, of_what in columns:
        for index, item in enumerate(items):
            if item["id"] in taken:
                message = (
                    f"'{item['id']}' is a column of its own in every {of_what}; leave it out, "
                    "or choose another id"
                )
                yield Problem((*path, index, "id"), message)
    schema = load_schema("contest")
    enforcers = {
        **dict.fromkeys(STAGES, "stage"),
        **dict.fromkeys(schema["properties"]["rules"]["properties"], "rule"),
        **dict.fromkeys(schema["$defs"]["reasons"]["properties"], "reason"),
    }
    for index, item in enumerate(data.get("documents", ())):
        if kind := enforcers.get(item["id"]):
            message = f"'{item['id']}' is the name of a {kind}; choose another id for the document"
            yield Problem(("documents", index, "id"), message)


def _action_lines(contest: Contest, data: Mapping[str, Any]) -> Iterator[Problem]:
    for index, item in enumerate(data["categories"]):
        line = item.get("action_line")
        if line is not None and line not in contest.action_lines:
            known = suggestion(line, contest.action_lines)
            yield Problem(
                ("categories", index, "action_line"), f"'{line}' is no action line{known}"
            )


def _phase_names(contest: Contest) -> Iterator[Problem]:
    named: list[tuple[KeyPath, str]] = [(("voting", "phase"), contest.voting.phase)]
    if contest.embargo:
        named.append((("embargo", "until"), contest.embargo.until))
    for path, phase in named:
        if phase not in contest.phases:
            yield Problem(path, f"'{phase}' is no phase{suggestion(phase, contest.phases)}")


def _voting(contest: Contest) -> Iterator[Problem]:
    voting = contest.voting
    phase = contest.phases.get(voting.phase)
    if phase and not (phase.opens and phase.closes):
        yield Problem(("phases", phase.id), "the voting phase must have both 'opens' and 'closes'")
    if "own_project" in voting.reasons and "organization" not in voting.profile:
        message = "own_project compares organizations, but 'organization' is not in voting.profile"
        yield Problem(("voting", "reasons", "own_project"), message, at_key=True)
    if "incomplete_profile" in voting.reasons and not voting.profile:
        message = "incomplete_profile needs at least one field in voting.profile"
        yield Problem(("voting", "reasons", "incomplete_profile"), message, at_key=True)


def _panel(contest: Contest) -> Iterator[Problem]:
    panel = contest.panel
    if panel.pool > panel.honoured:
        message = f"the pool ({panel.pool}) cannot be larger than those honoured ({panel.honoured})"
        yield Problem(("panel", "pool"), message)
    if panel.fewest_winners > panel.most_winners:
        yield Problem(("panel", "winners"), "'least' is more than 'most'")
    if panel.most_winners > panel.pool:
        yield Problem(
            ("panel", "winners", "most"), f"more winners than the pool holds ({panel.pool})"
        )
    if panel.lowest_score >= panel.highest_score:
        yield Problem(("panel", "scale"), "'lowest' must be below 'highest'")


def _clause_names(contest: Contest, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Every clause that is cited exists."""
    known = {clause.id for clause in contest.clauses}
    for path, clause in _cited(contest, data):
        if clause is not None and clause not in known:
            yield Problem(
                path, f"'{clause}' is no clause of this definition{suggestion(clause, known)}"
            )


def _cited(contest: Contest, data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str | None]]:
    for name, phase in contest.phases.items():
        yield ("phases", name, "clause"), phase.clause
    for name, use in contest.rules.items():
        yield ("rules", name, "clause"), use.clause
    for name, clause in contest.voting.reasons.items():
        yield ("voting", "reasons", name, "clause"), clause
    for stage in ("nomination", "selection"):
        for index, item in enumerate(data["panel"].get("criteria", {}).get(stage, [])):
            yield ("panel", "criteria", stage, index, "clause"), item.get("clause")
    for path, clauses in _cited_lists(contest):
        for index, clause in enumerate(clauses):
            yield (*path, index), clause


def _cited_lists(contest: Contest) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    yield from _cited_by_name(("panel", "clauses"), contest.panel.clauses)
    if contest.titles:
        yield from _cited_by_name(("titles", "clauses"), contest.titles.clauses)
    if contest.embargo:
        yield ("embargo", "clauses"), contest.embargo.clauses


def _cited_by_name(
    path: KeyPath, clauses: PanelClauses | TitleClauses
) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    for item in fields(clauses):
        yield (*path, item.name), getattr(clauses, item.name)


def _enforcers(contest: Contest) -> Iterator[Problem]:
    """Whatever a clause names as its enforcer exists, and a rule or reason is named by its own clause."""
    used = {*contest.rules, *ALWAYS_IN_FORCE, *contest.voting.reasons}
    known = {*used, *STAGES, *contest.documents}
    by_clause = {}
    for index, clause in enumerate(contest.clauses):
        by_clause[clause.id] = clause.enforced_by
        path: KeyPath = ("clauses", index, "enforced_by")
        for position, name in enumerate(clause.enforced_by):
            if name not in known:
                message = (
                    f"'{name}' is no rule, reason, stage or document here{suggestion(name, known)}"
                )
                yield Problem((*path, position), message)
        if not clause.enforced_by and clause.decided_by != "context":
            message = (
                f"nothing enforces {clause.id}; only a clause decided by 'context' may stay empty"
            )
            yield Problem(path, message)
    cited: list[tuple[KeyPath, str, str | None]] = [
        *((("rules", name), name, use.clause) for name, use in contest.rules.items()),
        *((("voting", "reasons", n), n, clause) for n, clause in contest.voting.reasons.items()),
    ]
    for path, name, cited_clause in cited:
        if cited_clause in by_clause and name not in by_clause[cited_clause]:
            message = (
                f"{name} cites {cited_clause}, whose enforced_by does not name {name}: add it there"
            )
            yield Problem((*path, "clause"), message)
