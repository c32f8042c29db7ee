"""A file of the corpus read in both ways: imported into a folder, and given bare to a stage."""

import csv
import json
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import yaml

from tests.support import (
    member,
    nominee,
    submission,
    submission_2018,
    vote,
    write_csv,
    wsisctl,
)
from tests.test_folder import contents
from wsisctl.commands.reading import read_as
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.readers.dialect import ReadAs
from wsisctl.readers.files import InputFile, ignore_progress
from wsisctl.readers.profile import read_profile
from wsisctl.records.kinds import (
    MEMBERS,
    PAST_WINNERS,
    SCORES_NOMINATION,
    SUBMISSIONS,
    VOTES,
    Kind,
)
from wsisctl.records.record import PROVENANCE, identity
from wsisctl.spreadsheet import from_cell
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.nominate import run_nominate
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.tally import run_tally
from wsisctl.stages.validate import run_validate
from wsisctl.voting.database import open_database
from wsisctl.voting.received import load_votes

CORPUS = Path(__file__).parent / "corpus"
ENDING = ".expected.yaml"
KINDS = {
    "submissions": SUBMISSIONS,
    "members": MEMBERS,
    "votes": VOTES,
    "scores": SCORES_NOMINATION,
    "past-winners": PAST_WINNERS,
}
"""By the folder in which its files lie."""
_NOT_OF_FILES = ("past winners were not checked",)
_PROFILE = "--profile"
_ONLY_IMPORT, _ONLY_BARE = "told_by_import", "told_on_bare_files"
_ABOUT = "what is special about this file, and why it comes out as it does"
_LEFT_OUT = ("options", "contest", "earlier")
"""What a person says of a file, and no program can find in it."""

Records = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Case:
    """One file, and what is said about it."""

    path: Path
    said: Mapping[str, Any] = field(default_factory=dict)
    """The expectation, as it is written; empty where there is none yet."""

    @classmethod
    def of(cls, path: Path) -> "Case":
        """With the expectation that lies beside the file."""
        beside = cls(path).expectation
        there = beside.is_file()
        return cls(path, yaml.safe_load(beside.read_text(encoding="utf-8")) if there else {})

    @property
    def expectation(self) -> Path:
        """The file beside it that says what must come of it."""
        return self.path.with_name(f"{self.path.name.partition('.')[0]}{ENDING}")

    @property
    def name(self) -> str:
        """As `accepted/members/tabs.txt`."""
        return self.path.relative_to(CORPUS).as_posix()

    @property
    def kind(self) -> Kind:
        """What the person who sends it says that it is."""
        return KINDS[self.path.parent.name]

    @property
    def contest(self) -> str:
        """The edition."""
        return str(self.said.get("contest", "2021"))

    @property
    def options(self) -> Sequence[str]:
        """How the file is to be read, as words of the command line."""
        return shlex.split(self.said.get("options", ""))

    @property
    def profiles(self) -> Sequence[Path]:
        """The one that the options name."""
        words = self.options
        named = [word for option, word in zip(words[::2], words[1::2], strict=True) if option == _PROFILE]  # fmt: skip
        return [self.path.parent / name for name in named]

    @property
    def earlier(self) -> Sequence[Path]:
        """Files that have been imported before."""
        return [self.path.parent / name for name in self.said.get("earlier", [])]

    @property
    def shown(self) -> Records:
        """The fields to be looked at, by record."""
        records: Records = self.said.get("records", {})
        return records


@dataclass(frozen=True)
class Found:
    """What came of a file."""

    status: int
    told: Sequence[str] = ()
    """The notes, or of a refusal its lines."""
    help: Sequence[str] = ()
    records: Records = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    changed: Sequence[str] = ()
    """Each field that an import changed, as `m1 country: 'FRA' → 'CHE'`."""
    missing: Sequence[str] = ()


class _Numbers(dict[str, int]):
    """To be written on one line."""


class _Plainly(yaml.SafeDumper):
    """Writes messages as they read: text with an apostrophe in it stands in double quotes."""


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if "'" in text and '"' not in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _on_one_line(dumper: yaml.SafeDumper, numbers: _Numbers) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", numbers, flow_style=True)


_Plainly.add_representer(str, _written)
_Plainly.add_representer(_Numbers, _on_one_line)


def imported(case: Case, new: Path, place: Path) -> Found:
    """Into a copy of the new folder; asserts that the file is kept, or that it has changed nothing."""
    folder = place / "prizes"
    shutil.copytree(new, folder)
    command = f"import-{case.path.parent.name}"
    for path in case.earlier:
        done = wsisctl(command, path, "--folder", folder)
        assert done.status == 0, done.err
    before = contents(folder)
    _copy(case, place)
    words: list[str | Path] = [
        command,
        case.path.name,
        *case.options,
        "--folder",
        folder,
        "--format",
        "json",
    ]
    result = wsisctl(*words, cwd=place)
    if result.status:
        assert contents(folder) == before, "a refused file has changed the folder"
        assert not result.out
        return Found(result.status, _lines(result.err, "error: "), _lines(result.err, "help: "))
    document = json.loads(result.out)
    (entry,) = document["imported"]
    assert (folder / entry["file"]).read_bytes() == case.path.read_bytes()
    return Found(
        result.status,
        _lines(result.err, "note: "),
        records=_records_in(folder, case.kind),
        rows={name: number for name, number in entry["rows"].items() if name != "changed"},
        changed=[
            f"{_key(case.kind, change)} {item['field']}: '{item['from']}' → '{item['to']}'"
            for change in document["changed"]
            for item in change["fields"]
        ],
        missing=[_key(case.kind, item) for item in document["missing"]],
    )


def read_bare(case: Case, place: Path) -> Found:
    """By the stage that reads such files; the records as they come to it."""
    contest = load_contest(case.contest)
    _copy(case, place)
    try:
        file = InputFile(
            place / case.path.name, case.path.name, read_as=_read_as(case.options, place)
        )
        outcome = _STAGES[case.kind](contest, file, place)
    except UnusableInput as error:
        return Found(int(error.status), error.message.split("\n"), error.hint.split("\n"))
    told, records = (_votes if case.kind is VOTES else _batch)(case.kind, file, contest)
    assert set(told) <= set(outcome.remarks), "the stage does not tell what its reader does"
    return Found(0, told, records=records)


def as_expectation(case: Case, by_import: Found, bare: Found) -> str:
    """What was found in the form of an expectation, to be read and copied."""
    said = {"about": _ABOUT} | {
        name: case.said[name] for name in ("about", *_LEFT_OUT) if name in case.said
    }
    if by_import.status or bare.status:
        form = {**said, **_refusal(by_import, bare)}
    else:
        form = {**said, **_outcome(case, by_import, bare)}
    return yaml.dump(form, Dumper=_Plainly, allow_unicode=True, sort_keys=False, width=10_000)


def expectation_of(case: Case, by_import: Found, bare: Found) -> Mapping[str, Any]:
    """The same as a value, to be compared with what is said."""
    found = yaml.safe_load(as_expectation(case, by_import, bare))
    return {name: value for name, value in found.items() if name != "about"}


def _refusal(by_import: Found, bare: Found) -> Mapping[str, Any]:
    """An import says the same as a stage, and that nothing was imported."""
    *others, last = by_import.help
    remark = "nothing was imported"
    helped = [*others, *filter(None, [last.removesuffix(remark).removesuffix("; ")])]
    same = (by_import.told, helped) == (bare.told, [line for line in bare.help if line])
    if same and last.endswith(remark) and by_import.status == bare.status == 3:
        return {"message": list(bare.told), "help": helped}
    return {
        "by_import": {
            "status": by_import.status,
            "message": by_import.told,
            "help": by_import.help,
        },
        "on_bare_files": {"status": bare.status, "message": bare.told, "help": bare.help},
    }


def _outcome(case: Case, by_import: Found, bare: Found) -> Mapping[str, Any]:
    found: dict[str, Any] = {"rows": _Numbers(by_import.rows)}
    both = [line for line in by_import.told if line in bare.told]
    for name, told in (
        ("told", both),
        (_ONLY_IMPORT, [line for line in by_import.told if line not in both]),
        (_ONLY_BARE, [line for line in bare.told if line not in both]),
        ("changed", list(by_import.changed)),
        ("missing", list(by_import.missing)),
    ):
        found |= {name: told} if told else {}
    found["records"] = _chosen(case, by_import.records)
    if not case.earlier and by_import.records != bare.records:
        found["records_on_bare_files"] = _chosen(case, bare.records)
    return found


def _chosen(case: Case, records: Records) -> Records:
    """Of every record the fields that the expectation names, or all that are filled in."""
    return {
        key: {name: cells.get(name, "") for name in case.shown[key] or ()}
        if key in case.shown
        else {name: text for name, text in cells.items() if text}
        for key, cells in records.items()
    }


def _lines(told: str, mark: str) -> Sequence[str]:
    return [
        line.removeprefix(mark)
        for line in told.splitlines()
        if line.startswith(mark) and not line.removeprefix(mark).startswith(_NOT_OF_FILES)
    ]


def _key(kind: Kind, cells: Mapping[str, str]) -> str:
    """What a record is called in an expectation."""
    return ", ".join(identity(cells, kind.key)) if kind.key else cells["title"]


def _records_in(folder: Path, kind: Kind) -> Records:
    path = folder / "records" / kind.file
    if kind is VOTES:
        columns = ", ".join(kind.columns(load_contest("2021")))
        with duckdb.connect() as database:
            return _as_records(database, f"select {columns} from read_parquet('{path}')")  # noqa: S608
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            {
                from_cell(name): from_cell(text)
                for name, text in row.items()
                if name not in PROVENANCE
            }
            for row in csv.DictReader(file)
        ]
    return {_key(kind, row): row for row in rows}


def _as_records(database: duckdb.DuckDBPyConnection, query: str) -> Records:
    rows = database.execute(query).fetchall()
    columns = VOTES.columns(load_contest("2021"))
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}


def _copy(case: Case, place: Path) -> None:
    """The file and the profile of it, as they lie together."""
    shutil.copy(case.path, place)
    for profile in case.profiles:
        target = place / profile.relative_to(case.path.parent)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(profile, target)


def _read_as(options: Sequence[str], place: Path) -> ReadAs:
    """What the options say; a profile is called as they call it."""
    given = dict(zip(options[::2], options[1::2], strict=True))
    row, profile = given.get("--header-row"), given.get(_PROFILE)
    said = read_as(
        given.get("--encoding"),
        given.get("--delimiter"),
        given.get("--sheet"),
        int(row) if row else None,
    )
    if profile is None:
        return said
    content = (place / profile).read_bytes()
    return replace(said, profile=read_profile(profile, content))


def _batch(kind: Kind, file: InputFile, contest: Contest) -> tuple[Sequence[str], Records]:
    batch = kind.read([file], contest)
    records = {
        _key(kind, record.cells): {name: record.cells.get(name, "") for name in batch.columns}
        for record in batch.records
    }
    columns = kind.columns(contest)
    filled = {key: dict.fromkeys(columns, "") | cells for key, cells in records.items()}
    return kind.remarks(batch), filled


def _votes(kind: Kind, file: InputFile, contest: Contest) -> tuple[Sequence[str], Records]:
    columns = ", ".join(kind.columns(contest))
    with open_database() as database:
        received = load_votes(database, [file], kind.naming(contest), ignore_progress)
        query = f'select {columns} from received order by "row"'  # noqa: S608
        return received.remarks, _as_records(database, query)


Stage = Callable[[Contest, InputFile, Path], Outcome]


def _good(place: Path, name: str, row: Mapping[str, str]) -> tuple[InputFile, ...]:
    """A file without fault, for what a stage needs besides."""
    return (InputFile(write_csv(place / name, [row]), name),)


def _projects(contest: Contest, place: Path) -> tuple[InputFile, ...]:
    row = submission_2018 if contest.id == "2018" else submission
    return _good(place, "good-projects.csv", row("s1"))


def _validate(contest: Contest, file: InputFile, _: Path) -> Outcome:
    return run_validate(contest, Inputs(submissions=(file,)), ignore_progress, "en")


def _past_winners(contest: Contest, file: InputFile, place: Path) -> Outcome:
    inputs = Inputs(submissions=_projects(contest, place), past_winners=(file,))
    return run_validate(contest, inputs, ignore_progress, "en")


def _scores(contest: Contest, file: InputFile, place: Path) -> Outcome:
    inputs = Inputs(submissions=_projects(contest, place), scores=(file,))
    return run_nominate(contest, inputs, ignore_progress, "en")


def _members(contest: Contest, file: InputFile, place: Path) -> Outcome:
    votes = _good(place, "good-votes.csv", vote("v", "m", "s1"))
    nominees = _good(place, "good-nominees.csv", nominee("s1"))
    inputs = Inputs(votes=votes, members=(file,), nominees=nominees)
    return run_tally(contest, inputs, ignore_progress, "en")


def _votes_counted(contest: Contest, file: InputFile, place: Path) -> Outcome:
    members = _good(place, "good-members.csv", member("m1"))
    nominees = _good(place, "good-nominees.csv", nominee("s1"))
    inputs = Inputs(votes=(file,), members=members, nominees=nominees)
    return run_tally(contest, inputs, ignore_progress, "en")


_STAGES: Mapping[Kind, Stage] = {
    SUBMISSIONS: _validate,
    PAST_WINNERS: _past_winners,
    SCORES_NOMINATION: _scores,
    MEMBERS: _members,
    VOTES: _votes_counted,
}
