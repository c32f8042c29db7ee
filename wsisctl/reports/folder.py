"""A contest folder, new or on its way."""

import shlex
from collections.abc import Sequence
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.folder.standing import StageStatus, Standing
from wsisctl.reports.amendments import amendment_documents, amendment_lines
from wsisctl.reports.report import Heading, Lines, Report, Table
from wsisctl.wording import counted

_ROOMS = (
    ("contest.yaml", "the contest: its phases, categories, form, rules, voting and panel"),
    ("exports/", "files as received; `wsisctl import-…` brings them in, nobody edits them"),
    ("decisions/", "what people decide, with who, when and why: yours to write"),
    ("records/", "made from exports and corrections"),
    ("results/", "what the stages computed"),
    ("reports/", "documents for the secretariat"),
    ("public/", "what may leave the house"),
)


def new_folder_report(path: str, contest: Contest, language: str) -> Report:
    """What `init` shows."""
    table = Table(("in it", "is"), _ROOMS)
    document = {"folder": path, "contest": contest.id, "holds": [name for name, _ in _ROOMS]}
    told = (
        f"{path} is the folder of {contest.name.in_language(language)}.",
        f"Next: cd {shlex.quote(path)}, then wsisctl import-submissions FILE; wsisctl status tells "
        "what is next.",
    )
    return Report(document, table, (table,), (Lines(told),))


def standing_report(standing: Standing, language: str) -> Report:
    """What `status` shows."""
    kinds = tuple((item.kind.name, item.files, item.records, item.state) for item in standing.kinds)
    stages = tuple(
        (item.stage, item.state, item.outcome, item.to_decide) for item in standing.stages
    )
    told = (
        *standing.troubles,
        *(f"{name}: not imported" for name in standing.unlisted),
        *(
            f"{item.kind.name}: a newer export changed {counted(item.changed, 'record')}"
            for item in standing.kinds
            if item.changed
        ),
        *(
            f"{item.stage}: {', '.join(item.changed)} changed since it ran"
            for item in standing.stages
            if item.changed
        ),
    )
    amended = amendment_lines(standing.contest.amendments)
    exports = Table(("exports of", "files", "records", "state"), kinds)
    computed = Table(("stage", "state", "result", "open"), stages)
    return Report(
        _standing_document(standing),
        computed,
        (
            Heading(standing.contest.name.in_language(language)),
            *([Lines(amended)] if amended else []),
            exports,
            computed,
            *([Lines(told)] if told else []),
        ),
        (Lines((f"Next: {standing.next_step}",)),),
    )


def _standing_document(standing: Standing) -> dict[str, Any]:
    return {
        "contest": standing.contest.id,
        "amendments": amendment_documents(standing.contest.amendments),
        "exports": [
            {
                "kind": item.kind.name,
                "files": item.files,
                "records": item.records,
                "state": item.state,
                **({"changed": item.changed} if item.changed else {}),
            }
            for item in standing.kinds
        ],
        "unlisted": list(standing.unlisted),
        "troubles": list(standing.troubles),
        "stages": [_stage_document(item) for item in standing.stages],
        "next": standing.next_step,
    }


def _stage_document(item: StageStatus) -> dict[str, Any]:
    return {
        "stage": item.stage,
        "state": item.state,
        "changed": list(item.changed),
        "missing": list(item.missing),
        "result": item.outcome,
        "open": item.to_decide,
    }


def documents_report(contest: Contest, folder: str, written: Sequence[tuple[str, str]]) -> Report:
    """What `report` shows: each document, and the stage it is about."""
    table = Table(("stage", "document"), tuple(written))
    document = {
        "contest": contest.id,
        "folder": folder,
        "documents": [{"stage": stage, "file": name} for stage, name in written],
    }
    told = f"{len(written)} documents in {folder}. They are internal."
    return Report(document, table, (table,), (Lines((told,)),))
