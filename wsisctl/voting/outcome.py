"""A stored tally as the panel's selection reads it."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from wsisctl.contest.model import Contest
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile, open_input
from wsisctl.voting.consistency import contradictions


@dataclass(frozen=True)
class OpenTie:
    """A tie across a cut of the vote that nobody has resolved."""

    cut: Literal["honoured", "pool"]
    place: int
    votes: int
    submission_ids: tuple[str, ...]


@dataclass(frozen=True)
class CategoryOutcome:
    """What the vote says about one category."""

    category: str
    standings: tuple[str, ...]
    """Every nominee, best first."""
    honoured: tuple[str, ...]
    pool: tuple[str, ...]
    open_ties: tuple[OpenTie, ...]


def read_outcomes(
    file: InputFile, contest: Contest, seed: str | None = None
) -> tuple[CategoryOutcome, ...]:
    """Read `tally.json`; raises UnusableInput for anything that `tally` of this contest did not write.

    With the `seed` of its lots, also for lots that were drawn otherwise.
    """
    hint = "give the tally.json that `wsisctl tally` wrote for this contest"
    try:
        with open_input(file) as stream:
            data: Any = json.loads(stream.read().decode("utf-8"))
        json.dumps(data, ensure_ascii=False).encode()  # what JSON can spell and UTF-8 cannot
    except OSError as error:
        raise UnusableInput(f"{file.path}: cannot be read: {error.strerror}", hint=hint) from error
    except (ValueError, RecursionError) as error:
        raise UnusableInput(f"{file.name}: no readable JSON: {error}", hint=hint) from error
    if problems := schema_problems(data, load_schema("tally")):
        lines = [
            f"{file.name}: {_json_path(problem.path)}: {problem.message}" for problem in problems
        ]
        raise UnusableInput("\n".join(lines), hint=hint)
    if data["contest"] != contest.id:
        message = f"{file.name}: a tally of contest {data['contest']}, not of {contest.id}"
        raise UnusableInput(message, hint=hint)
    if "as_of" in data:
        raise UnusableInput(
            f"{file.name}: counted as of {data['as_of']}, while people still voted; no result follows from it",
            hint="count the whole vote: `wsisctl tally` without --as-of",
        )
    if [item["category"] for item in data["categories"]] != [
        item.id for item in contest.categories
    ]:
        raise UnusableInput(f"{file.name}: its categories are not those of {contest.id}", hint=hint)
    if found := list(contradictions(data, contest, seed)):
        raise UnusableInput("\n".join(f"{file.name}: {text}" for text in found), hint=hint)
    return tuple(_outcome(item) for item in data["categories"])


def _json_path(path: tuple[str | int, ...]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def _outcome(item: dict[str, Any]) -> CategoryOutcome:
    standings = tuple(place["submission_id"] for place in item["standings"])
    ties = tuple(
        OpenTie(tie["cut"], tie["place"], tie["votes"], tuple(tie["submission_ids"]))
        for tie in item["ties"]
        if "resolved_by" not in tie
    )
    honoured, pool = tuple(item["honoured"]), tuple(item["pool"])
    return CategoryOutcome(item["category"], standings, honoured, pool, ties)
