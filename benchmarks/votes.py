"""Votes as numerous as one likes, invented by DuckDB: about a tenth of them do not count, for every reason of 2021.

What a vote is follows from its number alone, so that as many votes are the same votes anywhere.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

VOTES_OF_A_MEMBER = 6
NOMINEES_OF_A_CATEGORY = 20
"""Of each of the eighteen categories of 2021."""
SCRAMBLE = 0x9E3779B97F4A7C15
"""An odd number that spreads neighbours far apart."""

_CATEGORIES = (
    *(f"C{number}" for number in range(1, 7)),
    *(
        f"C7-e-{name}"
        for name in (
            *("government", "business", "learning", "health"),
            *("employment", "environment", "agriculture", "science"),
        )
    ),
    *(f"C{number}" for number in range(8, 12)),
)
# Of a thousand votes, which of them have which fault: nine kinds, eleven of each thousand or so.
_VOTES = """
with number as (
    select i, i as original, hash(i) % 1000 as fault from range($votes) t(i)
),
-- A row that repeats another is a copy of what stands a thousand rows before it.
origin as (
    select fault, case when fault < 11 and i >= 1000 then i - 1000 else i end as i from number
),
vote as (
    select
        i,
        fault,
        hash(i) % 1000 as own_fault,
        i % $members as person,
        -- A second vote is one in the category of the round before.
        (i % $members + i // $members - case when hash(i) % 1000 between 11 and 21 and i >= $members then 1 else 0 end) % 18 as race,
        hash(i, 1) % 20 as place,
        timestamp '2021-03-01 00:00:00' + to_seconds((i * 2600000) // $votes) as moment
    from origin
)
select
    format('{:09d}', i) as vote_id,
    case when own_fault between 22 and 32 then 'x' else 'm' end
        || format('{:08d}', (person * 48271) % $members) as member_id,
    case
        when own_fault between 33 and 38 then $categories[1 + (race + 1) % 18]
        when own_fault between 39 and 43 then 'C99'
        else $categories[1 + race]
    end as category,
    case
        when own_fault between 44 and 54 then '999' || format('{:014d}', i % 500)
        when person % 50 = 7 then format('177344724{:08d}', race * 20 + person % 20)
        else format('177344724{:08d}', race * 20 + place)
    end as submission_id,
    case
        when own_fault between 55 and 60 then null
        when own_fault between 61 and 65 then 'yesterday'
        when own_fault between 66 and 76 then strftime(moment - interval 40 day, '%Y-%m-%dT%H:%M:%SZ')
        when own_fault between 100 and 149 then strftime(moment + interval 2 hour, '%Y-%m-%dT%H:%M:%S+02:00')
        when own_fault between 150 and 199 then strftime(moment, '%Y-%m-%d %H:%M:%S.%gZ')
        else strftime(moment, '%Y-%m-%dT%H:%M:%SZ')
    end as cast_at
from vote
"""
# One in a hundred has a gap in the profile; of those who vote for one certain place, a few belong to its organization.
_MEMBERS = """
select
    format('m{:08d}', (person * 48271) % $members) as member_id,
    'user' || person as username,
    'user' || person || '@example.org' as email,
    case
        when person % 100 = 3 then null
        when person % 50 = 7 then 'Organization ' || (person % 18 * 20 + person % 20)
        else 'Institute No. ' || person % 40000 || ' of Applied Matters'
    end as organization,
    'academia' as organization_type,
    'CHE' as country
from range($members) t(person)
"""
_NOMINEES = """
select
    format('177344724{:08d}', i) as submission_id, $categories[1 + i // 20] as category,
    'Project ' || i as title, 'Organization ' || i as entity, null as submitter_organization, 'CHE' as country
from range(360) t(i)
"""


@dataclass(frozen=True)
class Invented:
    """The files of one contest."""

    votes: Path
    members: Path
    nominees: Path


def invent(votes: int, folder: Path, form: str) -> Invented:
    """Write a contest with so many votes; `form` is that of the votes, csv or parquet."""
    members = max(votes // VOTES_OF_A_MEMBER, 100)
    files = Invented(
        folder / f"votes-{votes}.{form}",
        folder / f"members-{votes}.csv",
        folder / "nominees.csv",
    )
    given = {"votes": votes, "members": members, "categories": list(_CATEGORIES)}
    with duckdb.connect() as database:
        for query, path in (
            (_VOTES, files.votes),
            (_MEMBERS, files.members),
            (_NOMINEES, files.nominees),
        ):
            if path.exists():
                continue
            how = "format parquet, compression zstd" if path.suffix == ".parquet" else "header"
            asked = {key: value for key, value in given.items() if f"${key}" in query}
            database.execute(f"copy ({query}) to '{path}' ({how})", asked)
    return files
