"""The second counter at work: what it is given, all of it read anew.

It shares with the count what reads files (the rooms `readers` and `records`) and the definition, and
nothing else: no table, no key, no time, no verdict. Of votes it reads plain CSV itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TextIO

from wsisctl import recount
from wsisctl.contest.model import Contest
from wsisctl.readers.dialect import Dialect
from wsisctl.readers.files import Advance, InputFile
from wsisctl.readers.formats import CSV, PARQUET
from wsisctl.readers.naming import Naming
from wsisctl.readers.table import Table, open_table
from wsisctl.records.corrections import Corrections
from wsisctl.records.kinds import MEMBERS, NOMINEES, ORGANIZATIONS, VOTES
from wsisctl.recount import Records, Settings, Vote
from wsisctl.voting.database import open_database
from wsisctl.voting.received import load_votes
from wsisctl.voting.window import voting_window

_AT_ONCE = 10_000
_PLAIN = Dialect(CSV)


def settings_of(contest: Contest) -> Settings:
    """The definition, as the second counter has it."""
    opens, closes = voting_window(contest)
    return Settings(
        contest.zone,
        opens.second,
        closes.second,
        contest.voting.profile,
        tuple(contest.voting.reasons),
        contest.voting.second_vote,
        {category.id: category.aliases for category in contest.categories},
        contest.panel.honoured,
        contest.panel.pool,
    )


def records_of(
    contest: Contest,
    members: Sequence[InputFile],
    nominees: Sequence[InputFile],
    organizations: Sequence[InputFile],
    corrections: Corrections,
    same_voter: Iterable[Sequence[str]],
    advance: Advance,
) -> Records:
    """All that votes are held against, read for the second counter alone.

    `same_voter`: accounts that people declared to be one voter's.
    """
    people = MEMBERS.read(members, contest, corrections, advance).records
    projects = NOMINEES.read(nominees, contest).records
    pairs = ORGANIZATIONS.read(organizations, contest).records
    return recount.records_of(
        {person.cells["member_id"]: person.cells for person in people},
        {project.cells["submission_id"]: project.cells for project in projects},
        settings_of(contest),
        ((pair.cells["name"], pair.cells["same_as"]) for pair in pairs),
        same_voter,
    )


def votes_of(contest: Contest, files: Iterable[InputFile], advance: Advance) -> Iterator[Vote]:
    """Every row of every file."""
    naming = VOTES.naming(contest)
    for file in files:
        if file.canonical:
            yield from _of_database(file, naming, advance)
            continue
        with open_table(file, naming, advance, parquet=True) as table:
            if table.dialect.format == PARQUET:
                yield from _of_database(file, naming, advance)
            elif _is_plain(table):
                rows = recount.read_rows(file.path, partial(_watched, advance=advance))
                yield from recount.votes_of(file.name, next(rows), enumerate(rows, start=2))
            elif table.columns:
                yield from recount.votes_of(file.name, table.columns, table.rows())


def _watched(lines: TextIO, advance: Advance) -> Iterator[str]:
    """The lines, while `advance` is told how many more bytes have been read."""
    before = 0
    for number, line in enumerate(lines):
        if number % _AT_ONCE == 0:
            advance(lines.buffer.tell() - before)
            before = lines.buffer.tell()
        yield line
    advance(lines.buffer.tell() - before)


def _is_plain(table: Table) -> bool:
    """Whether the second counter's few lines read it as our readers do: UTF-8, commas, our names in row 1."""
    if table.dialect != _PLAIN or table.header.repeated_in or table.file.read_as.profile:
        return False
    header = next(recount.read_rows(table.file.path))
    return all(header.count(column) == 1 for column in recount.FIELDS)


def _of_database(file: InputFile, naming: Naming, advance: Advance) -> Iterator[Vote]:
    """Of Parquet, which nothing else here reads."""
    with open_database() as database:
        received = load_votes(database, [file], naming, advance)
        rows = database.execute(
            f'select file, "row", {", ".join(recount.FIELDS)}, well_formed from received'  # noqa: S608 - our own names
        )
        while some := rows.fetchmany(_AT_ONCE):
            for number, *vote in some:
                yield received.names[number], *vote
