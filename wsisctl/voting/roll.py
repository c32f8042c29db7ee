"""The members of a file in which hardly anything is odd, never held as values.

It gives the same members, and tells the same of them, as `read_members`, which is asked wherever there is doubt.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wsisctl.contest.model import Contest
from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.names import name_key
from wsisctl.readers.columns import remark_on_unused
from wsisctl.readers.files import Advance, InputFile
from wsisctl.readers.guess import LIKENESS_OF_COLUMNS
from wsisctl.readers.required import place_of_header
from wsisctl.readers.table import Table, open_table
from wsisctl.records.cleaning import Cleaning
from wsisctl.records.corrections import Corrections
from wsisctl.records.kinds import MEMBERS
from wsisctl.records.people import Member, member_of, read_members
from wsisctl.records.record import PROVENANCE, Record
from wsisctl.suggest import near_miss
from wsisctl.voting.database import fill, open_database
from wsisctl.voting.split import csv_query

if TYPE_CHECKING:
    import duckdb

_CLEAN = "[ -%''-;=-~]*"
"""What `is_clean` says of the cells of a row together."""
_ADDRESS = """
    hash(
        replace(split_part(split_part(plain_email, '@', 1), '+', 1), '.', ''),
        split_part(plain_email, '@', -1)
    )
"""
"""The hash of what addresses have in common that are equal by any policy: no dots, no blanks, nothing after a plus sign."""
_USUAL_ID = "[0-9A-Za-z]*[0-9][0-9A-Za-z]*"
"""With a digit and no blank in it no row is taken for a footer, or for the header again."""


@dataclass(frozen=True)
class Roll:
    """The members of one file, as DuckDB reads them from there."""

    query: str
    """Rows with `row`, `member_id`, `missing` (columns of the profile, each with a blank behind it), `organization`
    and `email`."""
    odd: tuple[tuple[int, Member], ...]
    """By row, those of whom Python had to clean a cell."""
    memory: int
    """Bytes that a look at them may take."""

    def __iter__(self) -> Iterator[Member]:
        with open_database(self.memory) as database:
            self._fill_odd(database)
            yield from self._members(database)

    def who_may_share(self) -> Iterator[Member]:
        """All who share an e-mail address with another, by whatever policy, and some more."""
        with open_database(self.memory) as database:
            self._fill_odd(database)
            self._make_table(
                database, f"account, case when email <> '' then {_ADDRESS} end as address"
            )
            database.execute(
                """
                create temp table sharing as
                select account from registered
                where address in (select address from registered group by address having count(*) > 1)
                """
            )
            yield from self._members(database, "where account in (select account from sharing)")

    def _members(self, database: "duckdb.DuckDBPyConnection", which: str = "") -> Iterator[Member]:
        self._make_table(database, "member_id, missing, organization, email", which)
        rows = database.execute("select * from registered order by member_id")
        while some := rows.fetchmany(1 << 14):
            for member_id, missing, organization, email in some:
                yield Member(member_id, tuple(missing.split()), organization, email, member_id)

    def fill_members(
        self, database: "duckdb.DuckDBPyConnection", number_of: Callable[[str], int | None]
    ) -> None:
        """Make `member` of `count.sql`; `number_of` is an organization's."""
        self._fill_odd(database)
        self._make_table(database, "account, member_id, missing, organization")
        names = database.execute("select distinct organization from registered").fetchall()
        fill(
            database,
            "organization_name",
            {"written": "varchar", "number": "int"},
            ((name, number_of(name)) for (name,) in sorted(names)),
        )
        database.execute(
            """
            create temp table member as
            select account, member_id, account as voter, missing = '' as profile_complete, named.number as organization
            from registered
            left join organization_name as named on named.written = registered.organization
            """
        )
        database.execute("drop table registered")

    def _fill_odd(self, database: "duckdb.DuckDBPyConnection") -> None:
        """Make `odd_member`, which `_make_table` needs."""
        fill(
            database,
            "odd_member",
            {
                "row": "int",
                "missing": "varchar",
                "organization": "varchar",
                "email": "varchar",
                "folded_email": "varchar",
            },
            (
                (
                    row,
                    " ".join(member.missing),
                    member.organization,
                    member.email,
                    name_key(member.email),
                )
                for row, member in self.odd
            ),
        )

    def _make_table(
        self, database: "duckdb.DuckDBPyConnection", columns: str, which: str = ""
    ) -> None:
        """Make `registered` of these columns."""
        database.execute(
            f"""
            create or replace temp table registered as
            select {columns} from (
                select
                    r."row"::int as account,
                    r.member_id,
                    coalesce(odd.missing, r.missing) as missing,
                    coalesce(odd.organization, r.organization) as organization,
                    coalesce(odd.email, r.email) as email,
                    replace(coalesce(odd.folded_email, lower(r.email)), ' ', '') as plain_email
                from ({self.query}) as r
                left join odd_member as odd on odd."row" = r."row"
            )
            {which}
            """  # noqa: S608 - our own text
        )


def read_roll(
    files: Sequence[InputFile],
    contest: Contest,
    corrections: Corrections,
    advance: Advance,
    memory: int,
) -> tuple[Sequence[Member] | Roll, tuple[str, ...]]:
    """Members, and what to tell of the files; raises as `read_members` does.

    Looking at a file's members takes no more bytes than `memory`, as long as they stay there.
    """
    plain = _plain_roll(files, contest, corrections, memory) if len(files) == 1 else None
    if plain is None:
        return read_members(files, contest, corrections, advance)
    advance(files[0].path.stat().st_size)
    return plain


def _plain_roll(
    files: Sequence[InputFile], contest: Contest, corrections: Corrections, memory: int
) -> tuple[Roll, tuple[str, ...]] | None:
    """The members of a file in which nothing is but what Python need not look at; else None."""
    import duckdb

    (file,) = files
    shape = MEMBERS.shape(contest)
    try:
        with open_table(file, shape.naming) as table, open_database(memory) as database:
            columns = tuple(column for column in shape.care.roles if column in table.columns)
            if not _has_usual_columns(table, contest):
                return None
            query = csv_query(0, table, columns)
            if query is None or not _has_usual_rows(database, query, corrections):
                return None
            cleaning = Cleaning(shape.care, lambda _: None)
            odd = tuple(
                (row, member_of(Record(cleaning.clean(cells, source), source), contest))
                for row, cells in _odd_rows(database, query, columns)
                for source in (Source(file.name, row),)
            )
        told = (*table.remarks, *_of_columns(table), *map(str, cleaning.done))
        return Roll(_members_query(query, columns, contest), odd, memory), told
    except (UnusableInput, duckdb.Error):
        return None


def _has_usual_columns(table: Table, contest: Contest) -> bool:
    """Whether the file is as it is on the disk, all columns are there, and nothing is to be told of others."""
    if table.file.canonical or table.plain is not table.file or table.file.read_as.profile:
        return False
    others = [column for column in table.columns if column not in MEMBERS.known(contest)]
    return (
        set(MEMBERS.columns(contest)) <= set(table.columns)
        and not set(PROVENANCE) & set(others)
        and not any(near_miss(one, MEMBERS.further, LIKENESS_OF_COLUMNS) for one in others)
    )


def _of_columns(table: Table) -> tuple[str, ...]:
    """What to tell of columns that mean nothing."""
    unused = [column.name for column in table.header.columns if not column.known]
    return tuple(remark_on_unused(unused, place_of_header(table)))


def _has_usual_rows(
    database: "duckdb.DuckDBPyConnection", query: str, corrections: Corrections
) -> bool:
    """Whether each row has its cells and an id of its own, of letters and digits, that nobody corrects."""
    rows, narrow, odd, ids, rounded, corrected = database.execute(
        f"""
        select
            count(*),
            count(*) filter (not well_formed),
            count(*) filter (not regexp_full_match(member_id, '{_USUAL_ID}')),
            count(distinct hash(member_id)),
            count(*) filter (strlen(member_id) > 15 and regexp_full_match(member_id, '[1-9][0-9]{{14}}0+')),
            count(*) filter (list_contains($corrected, member_id))
        from ({query})
        """,  # noqa: S608 - our own text
        {"corrected": sorted({entry.record for entry in corrections.entries})},
    ).fetchall()[0]
    return ids == rows > 0 and not (narrow or odd or rounded or corrected)


def _odd_rows(
    database: "duckdb.DuckDBPyConnection", query: str, columns: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of which a cell is not certainly clean."""
    cells = ", ".join(f'"{column}"' for column in columns)
    found = database.execute(
        f'select "row", {cells} from ({query}) '  # noqa: S608 - our own text
        f"where not regexp_full_match(concat({cells}), '{_CLEAN}') order by \"row\""
    )
    while row := found.fetchone():
        yield row[0], dict(zip(columns, row[1:], strict=True))


def _members_query(query: str, columns: Sequence[str], contest: Contest) -> str:
    """The query of a `Roll`; cells that are clean have no white space but blanks."""
    gaps = ", ".join(
        f"case when unicode(\"{column}\") > 32 or trim(\"{column}\") <> '' then '' else '{column} ' end"
        for column in contest.voting.profile
    )
    missing = f"concat({gaps})" if gaps else "''"
    organization, email = (
        f"trim({column})" if column in columns else "''" for column in ("organization", "email")
    )
    return (
        f'select "row", member_id, {missing} as missing, '  # noqa: S608 - our own text
        f"{organization} as organization, {email} as email from ({query})"
    )
