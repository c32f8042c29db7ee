"""Reading back a result that a stage wrote."""

import csv
import io
import json
from typing import Any

from wsisctl.contest.model import Contest
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile, open_input
from wsisctl.reports.same_email import SharedTotals


def read_same_emails(file: InputFile, hint: str) -> SharedTotals:
    """What `same-emails.csv` adds up to; raises UnusableInput for what `tally` did not write."""
    with open_input(file) as stream:
        content = stream.read()
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
        in_common = sum(int(row["in_common"]) for row in rows)
        return SharedTotals(len({row["group"] for row in rows}), len(rows), in_common)
    except (ValueError, TypeError, KeyError, csv.Error) as error:
        message = f"{file.name}: no table of members who share an e-mail address"
        raise UnusableInput(message, hint=hint) from error


def read_result(file: InputFile, schema: str, contest: Contest, hint: str) -> Any:
    """The document, which fits its schema and is of this contest; else raises UnusableInput."""
    with open_input(file) as stream:
        content = stream.read()
    try:
        data = json.loads(content)
        json.dumps(data, ensure_ascii=False).encode()  # what JSON can spell and UTF-8 cannot
    except (ValueError, RecursionError) as error:
        raise UnusableInput(f"{file.name}: no readable JSON: {error}", hint=hint) from error
    if problems := schema_problems(data, load_schema(schema)):
        raise UnusableInput(f"{file.name}: {problems[0].message}", hint=hint)
    if data["contest"] != contest.id:
        message = f"{file.name}: a result of contest {data['contest']}, not of {contest.id}"
        raise UnusableInput(message, hint=hint)
    return data
