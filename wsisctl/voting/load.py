"""What the count is given: `count.sql` names each table."""

import csv
import glob
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.names import SameNames
from wsisctl.records.people import Member, Nominee
from wsisctl.records.table import (
    HEADER_ROW,
    RUINED_ID,
    Advance,
    CsvTable,
    InputFile,
    check_id,
    is_ruined,
    require_columns,
)
from wsisctl.times import TIME_PATTERN, clock_spans
from wsisctl.voting.window import voting_window

if TYPE_CHECKING:
    import duckdb

VOTE_COLUMNS = ("vote_id", "member_id", "category", "submission_id", "cast_at")
IDS = ("vote_id", "member_id", "submission_id")
_ID_PLACES = tuple(VOTE_COLUMNS.index(column) for column in IDS)
_WHITE_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_BLOCK = 1 << 20


def load_votes(
    database: "duckdb.DuckDBPyConnection", files: Sequence[InputFile], advance: Advance
) -> list[int]:
    """Fill `received` with every row of every file; the number of rows of each."""
    database.execute(
        'create temp table received (file int, "row" bigint, well_formed boolean, vote_id varchar, '
        "member_id varchar, category varchar, submission_id varchar, cast_at varchar)"
    )
    return [
        _insert_whole(database, number, file, advance)
        or _insert_row_by_row(database, number, file, advance)
        for number, file in enumerate(files)
    ]


def _commas_of_simple(file: InputFile) -> int | None:
    """The number of commas, if each of them separates cells and each line end separates rows; else None.

    So it is without quotes, without NUL and with one kind of line end: then there is nothing that two
    readers of CSV could understand differently.
    """
    if not file.path.is_file():
        return None
    commas = lines = returns = both = 0
    with file.path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if block.endswith(b"\r"):  # keep \r\n together
                block += stream.read(1)
            if b'"' in block or b"\0" in block:
                return None
            commas += block.count(b",")
            lines += block.count(b"\n")
            returns += block.count(b"\r")
            both += block.count(b"\r\n")
    return commas if returns == both and both in (0, lines) else None


def _insert_whole(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile, advance: Advance
) -> int:
    """Let DuckDB split a simple file; 0, and nothing inserted, where it has to be read row by row.

    DuckDB refuses rows of another width, but for a comma too many at the end: hence the sum of commas.
    """
    import duckdb

    commas = _commas_of_simple(file)
    if commas is None:
        return 0
    with CsvTable(file) as table:
        require_columns(table, VOTE_COLUMNS)
        names = [f"c{place}" for place in range(len(table.columns))]
        places = [names[table.columns.index(column)] for column in VOTE_COLUMNS]
    values = ", ".join(f"coalesce({place}, '')" for place in places)
    database.execute("begin")
    try:
        database.execute(
            "insert into received "  # noqa: S608 - our own names
            f"select $number, row_number() over () + {HEADER_ROW}, true, {values} "
            "from read_csv($path, columns = $columns, header = true, auto_detect = false, "
            "strict_mode = true, hive_partitioning = false, delim = ',', quote = '\"', escape = '\"', max_line_size = $longest)",
            {
                "number": number,
                "path": glob.escape(str(file.path)),
                "columns": dict.fromkeys(names, "varchar"),
                "longest": csv.field_size_limit(),
            },
        )
    except duckdb.Error:
        database.execute("rollback")
        return 0
    rows = _rows_in(database, number)
    if commas != (rows + 1) * (len(names) - 1):
        database.execute("rollback")
        return 0
    database.execute("commit")
    _refuse_ruined_ids_of(database, number, file)
    advance(file.path.stat().st_size)
    return rows


def _rows_in(database: "duckdb.DuckDBPyConnection", number: int) -> int:
    found = database.execute("select count(*) from received where file = $1", [number]).fetchall()
    return int(found[0][0])


def _refuse_ruined_ids_of(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile
) -> None:
    ruined = " or ".join(f"regexp_full_match({column}, $ruined)" for column in IDS)
    suspects = database.execute(
        f'select "row", {", ".join(IDS)} from received '  # noqa: S608 - our own names
        f"where file = $number and ({ruined}) order by 1 limit 1",
        {"number": number, "ruined": RUINED_ID},
    ).fetchall()
    for row, *ids in suspects:
        _refuse_ruined_ids(ids, Source(file.name, row))


def _insert_row_by_row(
    database: "duckdb.DuckDBPyConnection", number: int, file: InputFile, advance: Advance
) -> int:
    """Read any file with the one reader of CSV, and give DuckDB what was read."""
    columns = {"file": "int", "row": "bigint", "well_formed": "boolean"}
    rows = _rows_of(number, file, advance)
    _fill(database, "one_file", columns | dict.fromkeys(VOTE_COLUMNS, "varchar"), rows)
    database.execute("insert into received from one_file; drop table one_file")
    return _rows_in(database, number)


def _rows_of(number: int, file: InputFile, advance: Advance) -> Iterator[Sequence[object]]:
    with CsvTable(file, advance) as table:
        require_columns(table, VOTE_COLUMNS)
        places = [table.columns.index(column) for column in VOTE_COLUMNS]
        width = len(table.columns)
        for row, cells in table.rows():
            well_formed = len(cells) == width
            padded = cells if well_formed else [*cells, *[""] * width]
            values = [padded[place] for place in places]
            ids = [values[place] for place in _ID_PLACES]
            if any(map(is_ruined, ids)):
                _refuse_ruined_ids(ids, Source(file.name, row))
            yield number, row, well_formed, *values


def _refuse_ruined_ids(ids: Sequence[str], source: Source) -> None:
    for column, value in zip(IDS, ids, strict=True):
        if value.strip():
            check_id(value, column, source)


def load_people(
    database: "duckdb.DuckDBPyConnection",
    members: Sequence[Member],
    nominees: Sequence[Nominee],
    organizations: SameNames,
) -> None:
    """Fill `member` and `nominee`; equal organizations get equal numbers, an empty name none."""
    numbers: dict[str, int] = {}

    def number(name: str) -> int | None:
        key = organizations.key(name)
        return numbers.setdefault(key, len(numbers)) if key else None

    _fill(
        database,
        "member",
        {"member_id": "varchar", "profile_complete": "boolean", "organization": "int"},
        [(m.id, m.profile_complete, number(m.organization)) for m in members],
    )
    _fill(
        database,
        "nominee",
        {"submission_id": "varchar", "category": "varchar", "entity": "int", "submitter": "int"},
        [(n.id, n.category, number(n.entity), number(n.submitter_organization)) for n in nominees],
    )


def load_contest_rules(database: "duckdb.DuckDBPyConnection", contest: Contest) -> None:
    """What the definition says, as the count reads it."""
    cast_as = [
        row[0] for row in database.execute("select distinct category from received").fetchall()
    ]
    _fill(
        database,
        "category_name",
        {"written": "varchar", "category": "varchar"},
        [(text, contest.category_of(text)) for text in cast_as],
    )
    _fill(
        database,
        "clock",
        {
            "local_from": "timestamp",
            "local_until": "timestamp",
            "utc_offset": "int",
            "repeated": "boolean",
        },
        [
            (span.local_from, span.local_until, span.utc_offset, span.repeated)
            for span in clock_spans(contest.zone)
        ],
    )
    opens, closes = voting_window(contest)
    reasons = contest.voting.reasons
    _fill(
        database,
        "rule",
        {
            "opens": "bigint",
            "closes": "bigint",
            "asks_profile": "boolean",
            "bars_own_project": "boolean",
            "asks_whole_ballot": "boolean",
            "second_vote": "varchar",
        },
        [
            (
                opens.second,
                closes.second,
                "incomplete_profile" in reasons,
                "own_project" in reasons,
                "incomplete_ballot" in reasons,
                contest.voting.second_vote,
            )
        ],
    )
    database.execute("set variable time_pattern = $1", [f"^{TIME_PATTERN}$"])
    database.execute("set variable white_space = $1", [_WHITE_SPACE])


def _fill(
    database: "duckdb.DuckDBPyConnection",
    table: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Create a table from rows, through a file: DuckDB takes rows one by one a hundred times slower.

    An absent number or truth value is null; text never is.
    """
    values = ", ".join(
        f'coalesce("{name}", \'\') as "{name}"' if kind == "varchar" else f'"{name}"'
        for name, kind in columns.items()
    )
    with tempfile.TemporaryDirectory(prefix="wsisctl-") as folder:
        path = Path(folder, f"{table}.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
        database.execute(
            f"create temp table {table} as select {values} "  # noqa: S608 - our own names
            "from read_csv($path, columns = $columns, header = false, auto_detect = false, hive_partitioning = false, "
            "delim = ',', quote = '\"', escape = '\"', new_line = '\\n', max_line_size = $longest)",
            {"path": str(path), "columns": dict(columns), "longest": 16 * csv.field_size_limit()},
        )
