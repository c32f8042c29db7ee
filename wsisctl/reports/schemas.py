"""The JSON Schemas of the files: all of them by name, or one."""

import json
from collections.abc import Mapping
from typing import Any

from wsisctl.errors import UsageError
from wsisctl.reports.report import Report, Table
from wsisctl.shipped import schema_text, schemas
from wsisctl.suggest import suggestion


def schemas_report() -> Report:
    """Every schema's name and title."""
    titles = {name: str(_schema(name)["title"]) for name in schemas()}
    document = [{"schema": name, "title": title} for name, title in titles.items()]
    table = _table(titles)
    return Report(document, table, (table,))


def schema_report(name: str) -> Report:
    """One schema: a document for programs, of which people are told only the title.

    Raises UsageError for a name that no schema has.
    """
    if name not in schemas():
        raise UsageError(
            f"'{name}' is no schema{suggestion(name, schemas())}",
            hint="`wsisctl schema` lists them",
        )
    document = _schema(name)
    table = _table({name: str(document["title"])})
    return Report(document, table, (table,))


def _table(titles: Mapping[str, str]) -> Table:
    return Table(("schema", "title"), tuple(titles.items()))


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema
