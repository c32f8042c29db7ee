"""A written time is one instant, for the rules in Python and for the count in SQL alike."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import (
    ALL_EXAMPLES,
    VOTE_COLUMNS,
    member,
    nominee,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Contest, Phase
from wsisctl.names import SameNames
from wsisctl.readers.files import InputFile
from wsisctl.records.people import Member, Nominee
from wsisctl.times import ClockReading, Instant, clock_spans, load_zone, read_time, written
from wsisctl.voting.count import count_votes, counted_votes

EPOCH = datetime(1970, 1, 1)
SECOND = timedelta(seconds=1)

GENEVA, SANTIAGO, CASABLANCA = "Europe/Zurich", "America/Santiago", "Africa/Casablanca"
ZONES = (
    GENEVA,
    SANTIAGO,
    CASABLANCA,  # its summer time stops for Ramadan
    "Australia/Lord_Howe",  # its summer time is half an hour
    "Asia/Kathmandu",  # a quarter of an hour from everyone else
    "Pacific/Apia",  # a whole day never existed
    "UTC",
)
DAYS_OF_CHANGE = tuple(
    date.fromisoformat(day)
    for day in (
        "2020-10-25", "2021-03-28", "2021-10-31", "1981-03-29",  # Geneva
        "2021-04-03", "2021-04-04", "2021-09-04", "2021-09-05",  # Santiago
        "2021-04-11", "2021-05-16", "2018-10-28",  # Casablanca
        "2021-10-03", "2011-12-29", "2011-12-30", "2011-12-31",  # Lord Howe, Apia
        "2020-02-29", "2021-01-01", "2016-12-31",
    )
)  # fmt: skip

examples = settings(derandomize=True, deadline=None, max_examples=1000 if ALL_EXAMPLES else 100)
few_examples = settings(derandomize=True, deadline=None, max_examples=300 if ALL_EXAMPLES else 20)


@cache
def zone_of(name: str) -> ZoneInfo:
    return load_zone(name)


def seconds(local: datetime) -> int:
    return (local - EPOCH) // SECOND


def at(text: str, fraction: str = "") -> ClockReading:
    """An instant given in UTC."""
    return ClockReading(Instant(seconds(datetime.fromisoformat(text)), fraction))


NO_TIME = ClockReading(None)
SKIPPED = ClockReading(None, skipped=True)


# One table of texts on Geneva's clock, for both readers.

READINGS = {
    # an offset in each form of ISO 8601
    "2021-03-10T12:00:00Z": at("2021-03-10T12:00:00"),
    "2021-03-10T12:00:00+01:00": at("2021-03-10T11:00:00"),
    "2021-03-10T12:00:00+0100": at("2021-03-10T11:00:00"),
    "2021-03-10T12:00:00+01": at("2021-03-10T11:00:00"),
    "2021-03-10T12:00:00-09:30": at("2021-03-10T21:30:00"),
    "2021-03-10T12:00:00-0930": at("2021-03-10T21:30:00"),
    "2021-03-10T00:10:00+05:45": at("2021-03-09T18:25:00"),
    "2021-03-10T12:00:00-00:30": at("2021-03-10T12:30:00"),
    "2021-03-10T12:00:00+00:00": at("2021-03-10T12:00:00"),
    "2021-03-10T12:00:00+23:59": at("2021-03-09T12:01:00"),
    "2021-03-10T12:00:00-23:59": at("2021-03-11T11:59:00"),
    # a blank for T, no seconds
    "2021-03-10 12:00:00Z": at("2021-03-10T12:00:00"),
    "2021-03-10T12:00Z": at("2021-03-10T12:00:00"),
    "2021-03-10 12:00": at("2021-03-10T11:00:00"),
    "2021-03-10 12:00+0530": at("2021-03-10T06:30:00"),
    # fractions of any length
    "2021-03-10T12:00:00.5Z": at("2021-03-10T12:00:00", "5"),
    "2021-03-10T12:00:00,5Z": at("2021-03-10T12:00:00", "5"),
    "2021-03-10T12:00:00.500Z": at("2021-03-10T12:00:00", "5"),
    "2021-03-10T12:00:00.000": at("2021-03-10T11:00:00"),
    "2021-03-10 12:00:00,0250-03": at("2021-03-10T15:00:00", "025"),
    "2021-03-10T12:00:00.123456789012345678Z": at("2021-03-10T12:00:00", "123456789012345678"),
    "2021-03-10T23:59:59.999999999999": at("2021-03-10T22:59:59", "999999999999"),
    # no offset: the contest's clock, in winter and in summer
    "2021-03-27T12:00:00": at("2021-03-27T11:00:00"),
    "2021-03-29T12:00:00": at("2021-03-29T10:00:00"),
    "2020-02-29T12:00:00": at("2020-02-29T11:00:00"),
    # the hour that spring skips
    "2021-03-28T01:59:59.9": at("2021-03-28T00:59:59", "9"),
    "2021-03-28T02:00:00": SKIPPED,
    "2021-03-28 02:30": SKIPPED,
    "2021-03-28T02:59:59.999": SKIPPED,
    "2021-03-28T03:00:00": at("2021-03-28T01:00:00"),
    "2021-03-28T02:30:00+01:00": at("2021-03-28T01:30:00"),
    "2021-03-28T02:30:00Z": at("2021-03-28T02:30:00"),
    # the hour that autumn repeats: the earlier one
    "2020-10-25T01:59:59": at("2020-10-24T23:59:59"),
    "2020-10-25T02:00:00": replace(at("2020-10-25T00:00:00"), repeated=True),
    "2020-10-25T02:59:59.5": replace(at("2020-10-25T00:59:59", "5"), repeated=True),
    "2020-10-25T03:00:00": at("2020-10-25T02:00:00"),
    "2020-10-25T02:30:00+01:00": at("2020-10-25T01:30:00"),
    # the edges of the window of the edition of 2021
    "2021-02-28T23:59:59.999": at("2021-02-28T22:59:59", "999"),
    "2021-03-01T00:00:00": at("2021-02-28T23:00:00"),
    "2021-03-01T00:59:59+02:00": at("2021-02-28T22:59:59"),
    "2021-03-31T23:00:00": at("2021-03-31T21:00:00"),
    "2021-03-31 23:00:00,999999999999999999": at("2021-03-31T21:00:00", "9" * 18),
    "2021-03-31T23:00:01": at("2021-03-31T21:00:01"),
    "2021-03-31T22:00:00+01:00": at("2021-03-31T21:00:00"),
    "2021-03-31T22:00:01+01:00": at("2021-03-31T21:00:01"),
    "2021-04-01T02:30+0530": at("2021-03-31T21:00:00"),
    "2021-03-31T18:00:01-03": at("2021-03-31T21:00:01"),
    # no time
    "": NO_TIME,
    "yesterday": NO_TIME,
    "2021-03-10": NO_TIME,
    "12:00:00": NO_TIME,
    "2021-03-10T": NO_TIME,
    "2021-03-10T12": NO_TIME,
    "2021-02-29T12:00:00": NO_TIME,
    "2021-02-30T12:00:00": NO_TIME,
    "2021-02-30T12:00:00Z": NO_TIME,
    "2021-13-01T12:00:00Z": NO_TIME,
    "2021-00-10T12:00:00Z": NO_TIME,
    "0000-01-01T12:00:00Z": NO_TIME,
    "2021-03-10T24:00:00": NO_TIME,
    "2021-03-10T12:60:00": NO_TIME,
    "2021-03-10T12:00:61": NO_TIME,
    "2021-03-10T12:00:00+24:00": NO_TIME,
    "2021-03-10T12:00:00+01:60": NO_TIME,
    "2021-03-10T12:00:00+1": NO_TIME,
    "2021-03-10T12:00:00 +01:00": NO_TIME,
    "2021-03-10T12:00:00+01:00:00": NO_TIME,
    "2021-03-10T12:00:00CET": NO_TIME,
    "2021-03-10T12:00:00.": NO_TIME,
    "2021-03-10T12:00:00.Z": NO_TIME,
    " 2021-03-10T12:00:00": NO_TIME,
    "2021-03-10T12:00:00 ": NO_TIME,
    "2021-03-10T12:00:00\n": NO_TIME,
    "\n2021-03-10T12:00:00": NO_TIME,
    "2021-03-10  12:00:00": NO_TIME,
    "2021-03-10\t12:00:00": NO_TIME,
    "10.03.2021 12:00": NO_TIME,
    "3/10/2021 12:00": NO_TIME,
    "1615377600": NO_TIME,
    "44265.5": NO_TIME,
    "２０２１-03-10T12:00:00": NO_TIME,
    "2021-03-10T12:00:0٥": NO_TIME,
    "-2021-03-10T12:00:00": NO_TIME,
    "12021-03-10T12:00:00": NO_TIME,
}


@pytest.mark.parametrize("text", READINGS)
def test_a_text_is_one_instant_or_none(text: str) -> None:
    assert read_time(text, zone_of(GENEVA)) == READINGS[text]


def test_the_count_reads_each_text_as_the_rules_do(tmp_path: Path) -> None:
    """By who comes in: only what is a time inside the window is counted, and each text is told why."""
    opens, closes = at("2021-02-28T23:00:00").instant, at("2021-03-31T21:00:00").instant
    assert opens is not None
    assert closes is not None
    expected = {}
    for text, reading in READINGS.items():
        if reading.instant is None:
            expected[text] = "malformed"
        elif not opens.second <= reading.instant.second <= closes.second:
            expected[text] = "outside_window"
    texts = list(READINGS)
    votes = [vote(f"v{n}", f"m{n}", "p1", cast_at=text) for n, text in enumerate(texts)]
    result = wsisctl(
        "tally",
        "--contest=2021",
        "--votes", write_csv(tmp_path / "votes.csv", votes),
        "--members", write_csv(tmp_path / "members.csv", [member(f"m{n}") for n in range(len(texts))]),
        "--nominees", write_csv(tmp_path / "nominees.csv", [nominee("p1")]),
        "--out", tmp_path / "out",
        "--format=json",
    )  # fmt: skip
    assert result.status == 0, result.err
    with (tmp_path / "out" / "rejected-votes.csv").open(encoding="utf-8", newline="") as file:
        rejected = {texts[int(row["vote_id"][1:])]: row["reason"] for row in csv.DictReader(file)}
    assert rejected == expected
    assert json.loads(result.out)["votes"]["counted"] == len(texts) - len(expected)
    assert "2 votes without an offset in the hour that autumn repeats" in result.err


# Other clocks.


@pytest.mark.parametrize(
    ("zone", "text", "reading"),
    [
        # Santiago: spring skips the first hour of a Sunday in September
        (SANTIAGO, "2021-09-04T23:59:59", at("2021-09-05T03:59:59")),
        (SANTIAGO, "2021-09-05T00:00:00", SKIPPED),
        (SANTIAGO, "2021-09-05T00:59:59", SKIPPED),
        (SANTIAGO, "2021-09-05T01:00:00", at("2021-09-05T04:00:00")),
        # and autumn repeats the last hour of a Saturday in April
        (SANTIAGO, "2021-04-03T22:59:59", at("2021-04-04T01:59:59")),
        (SANTIAGO, "2021-04-03T23:00:00", replace(at("2021-04-04T02:00:00"), repeated=True)),
        (SANTIAGO, "2021-04-03T23:59:59", replace(at("2021-04-04T02:59:59"), repeated=True)),
        (SANTIAGO, "2021-04-04T00:00:00", at("2021-04-04T04:00:00")),
        # Casablanca: the clock goes back for Ramadan in April and forth again in May
        (CASABLANCA, "2021-04-11T01:59:59", at("2021-04-11T00:59:59")),
        (CASABLANCA, "2021-04-11T02:30:00", replace(at("2021-04-11T01:30:00"), repeated=True)),
        (CASABLANCA, "2021-05-01T12:00:00", at("2021-05-01T12:00:00")),
        (CASABLANCA, "2021-05-16T02:30:00", SKIPPED),
        (CASABLANCA, "2021-06-01T12:00:00", at("2021-06-01T11:00:00")),
        ("Australia/Lord_Howe", "2021-10-03T02:15:00", SKIPPED),
        ("Australia/Lord_Howe", "2021-10-03T02:30:00", at("2021-10-02T15:30:00")),
        ("Pacific/Apia", "2011-12-30T12:00:00", SKIPPED),
        ("Pacific/Apia", "2011-12-31T00:00:00", at("2011-12-30T10:00:00")),
        ("Etc/GMT+5", "2021-03-10T12:00:00", at("2021-03-10T17:00:00")),
    ],
)
def test_other_clocks_skip_and_repeat_other_hours(
    zone: str, text: str, reading: ClockReading
) -> None:
    assert read_time(text, zone_of(zone)) == reading


@pytest.mark.parametrize("zone", ZONES)
def test_spans_cover_the_clock_in_order_and_without_overlap(zone: str) -> None:
    spans = clock_spans(zone_of(zone))
    assert (spans[0].local_from, spans[-1].local_until) == (datetime.min, datetime.max)
    assert all(span.local_from < span.local_until for span in spans)
    assert all(a.local_until <= b.local_from for a, b in pairwise(spans))


def test_a_repeated_span_has_the_offset_of_the_earlier_hour() -> None:
    autumn = datetime(2021, 10, 31)
    assert [
        (span.local_from, span.local_until, span.utc_offset)
        for span in clock_spans(zone_of(GENEVA))
        if span.repeated and span.local_from.date() == autumn.date()
    ] == [(autumn.replace(hour=2), autumn.replace(hour=3), 7200)]


def test_a_zone_keeps_its_name_and_agrees_with_the_standard_library() -> None:
    zone = load_zone(GENEVA)
    assert zone.key == GENEVA
    noon = [datetime(2021, month, 1, 12) for month in range(1, 13)]
    assert [zone.utcoffset(day) for day in noon] == [
        ZoneInfo(GENEVA).utcoffset(day) for day in noon
    ]


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "CEST+1", "Geneva", "Europe", "Europe/", "/Europe/Zurich", "Europe/Zürich",
        "Europe//Zurich", "../tzdata/zoneinfo/Europe/Zurich", "Europe/../Europe/Zurich",
        "Europe/Zurich ", "Europe/Zurich\n", "tzdata.zi", "zone.tab", "leapseconds", "__init__.py",
        "a" * 300,
    ],
)  # fmt: skip
def test_what_is_no_iana_zone_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        load_zone(name)


# Against datetime and zoneinfo, which compute from the zone's rules and know no spans.


def expected_reading(local: datetime, zone: ZoneInfo) -> tuple[int | None, bool, bool]:
    """The second meant on the zone's clock, whether it was skipped, and whether it is repeated."""
    first, second = local.replace(tzinfo=zone), local.replace(tzinfo=zone, fold=1)
    there_and_back = first.astimezone(UTC).astimezone(zone)
    if there_and_back.replace(tzinfo=None) != local:
        return None, True, False
    meant = seconds(first.astimezone(UTC).replace(tzinfo=None))
    return meant, False, first.utcoffset() != second.utcoffset()


def whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0, fold=0)


near_a_change = st.builds(
    datetime.combine,
    st.sampled_from(DAYS_OF_CHANGE),
    st.times().map(lambda t: t.replace(hour=t.hour % 5) if t.second % 4 else t),
).map(whole_second)
# what a zone does in the far future, or did before computers, is nobody's knowledge
of_our_time = st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)).map(whole_second)
local_times = st.one_of(near_a_change, of_our_time)
zone_names = st.sampled_from(ZONES)
fractions = st.one_of(
    st.just(""), st.text("0123456789", min_size=1, max_size=30), st.sampled_from(["0", "10", "999"])
)
minutes_from_utc = st.integers(-(24 * 60 - 1), 24 * 60 - 1)


@examples
@given(local_times, fractions, zone_names, st.sampled_from("T "), st.sampled_from(".,"))
def test_a_time_without_offset_is_what_zoneinfo_says(
    local: datetime, digits: str, name: str, between: str, point: str
) -> None:
    zone = zone_of(name)
    text = local.isoformat(between) + (point + digits if digits else "")
    reading = read_time(text, zone)
    second = reading.instant.second if reading.instant else None
    assert (second, reading.skipped, reading.repeated) == expected_reading(local, zone)
    if reading.instant:
        shown = reading.instant.fraction
        assert Fraction(f"0.{shown or 0}") == Fraction(f"0.{digits or 0}")
        assert not shown.endswith("0")


@examples
@given(st.datetimes().map(whole_second), minutes_from_utc, zone_names)
def test_a_time_with_offset_is_what_datetime_says(local: datetime, minutes: int, name: str) -> None:
    offset = timezone(timedelta(minutes=minutes))
    text = local.replace(tzinfo=offset).isoformat()
    meant = seconds(local) - minutes * 60
    assert read_time(text, zone_of(name)) == ClockReading(Instant(meant))


@examples
@given(st.tuples(local_times, fractions), st.tuples(local_times, fractions))
def test_instants_are_ordered_by_second_and_then_by_exact_fraction(
    one: tuple[datetime, str], other: tuple[datetime, str]
) -> None:
    def exact(local: datetime, digits: str) -> Fraction:
        return seconds(local) + Fraction(f"0.{digits or 0}")

    def read(local: datetime, digits: str) -> Instant:
        text = f"{local.isoformat()}{'.' if digits else ''}{digits}Z"
        instant = read_time(text, zone_of(GENEVA)).instant
        assert instant is not None
        return instant

    assert (read(*one) < read(*other)) == (exact(*one) < exact(*other))
    assert (read(*one) == read(*other)) == (exact(*one) == exact(*other))


# Writing.


@pytest.mark.parametrize(
    ("text", "zone", "shown"),
    [
        ("2021-01-25T23:00:00", GENEVA, "2021-01-25T23:00:00+01:00"),
        ("2021-03-31T21:00:00Z", GENEVA, "2021-03-31T23:00:00+02:00"),
        ("2021-03-31T21:00:00.9Z", GENEVA, "2021-03-31T23:00:00+02:00"),
        ("2020-10-25T01:30:00Z", GENEVA, "2020-10-25T02:30:00+01:00"),
        ("2020-10-25T02:30", GENEVA, "2020-10-25T02:30:00+02:00"),
        ("2021-03-10T12:00", "Asia/Kathmandu", "2021-03-10T12:00:00+05:45"),
        ("2021-03-10T12:00", "UTC", "2021-03-10T12:00:00+00:00"),
    ],
)
def test_an_instant_is_written_on_the_contests_clock(text: str, zone: str, shown: str) -> None:
    instant = read_time(text, zone_of(zone)).instant
    assert instant is not None
    assert written(instant, zone_of(zone)) == shown


@examples
@given(local_times, zone_names)
def test_what_is_written_is_read_as_the_same_second(moment: datetime, name: str) -> None:
    instant = Instant(seconds(moment), "5")
    text = written(instant, zone_of(name))
    assert datetime.fromisoformat(text).timestamp() == instant.second
    assert read_time(text, zone_of(GENEVA)) == ClockReading(Instant(instant.second))


@pytest.mark.parametrize(
    "submitted_at",
    [
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-01:00",
        "9999-12-31T23:59:59-23:59",
    ],
)
def test_a_time_at_the_edge_of_the_calendar_is_a_finding_and_no_crash(
    submitted_at: str, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "s.csv", [submission("a1", submitted_at=submitted_at)])
    result = wsisctl("validate", file, "--contest=2021", "--format=json")
    assert result.status == 1, result.err
    found = [(item["rule"], item["severity"]) for item in json.loads(result.out)["findings"]]
    assert found == [("deadline", "error")]


# The count's SQL against read_time, text by text.

offsets = st.one_of(
    st.sampled_from(["", "Z"]),
    st.builds(
        lambda sign, clock, form: sign + clock.strftime(form),
        st.sampled_from("+-"),
        st.times(),
        st.sampled_from(["%H", "%H%M", "%H:%M"]),
    ),
)
decimals = st.one_of(st.just(""), st.builds("{}{}".format, st.sampled_from(".,"), fractions))
ODD = "0123456789-:+ TZ.,tz\t\n\r\N{NO-BREAK SPACE}\N{MINUS SIGN}٣３'\"\\\0é"
SPECIAL_IN_CSV = frozenset(',"\r\n\0')
STEPS = (0, 0, 0, 0, 1, -1, 30, -60, 1800, -1800, 3600, -3600, 7200, -86400)


@st.composite
def spelled(draw: st.DrawFn, second: int, zone: ZoneInfo) -> str:
    """That second or one near it, in one of the ways to write it, or in a way that is wrong."""
    utc = EPOCH + timedelta(seconds=second + draw(st.sampled_from(STEPS)))
    offset = draw(offsets)
    if not offset:
        local = utc.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    elif offset == "Z":
        local = utc
    else:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        local = utc + ahead if offset[0] == "+" else utc - ahead
    form = draw(st.sampled_from(["%H:%M", "%H:%M:%S", "%H:%M:%S"]))
    between = draw(st.sampled_from("T "))
    text = f"{local.date()}{between}{local.strftime(form)}{draw(decimals)}{offset}"
    if draw(st.integers(0, 3)):
        return text
    place, length = draw(st.integers(0, len(text))), draw(st.integers(0, 2))
    odd = draw(st.sampled_from(["", *ODD]))
    return f"{text[:place]}{odd}{text[place + length :]}"


@st.composite
def spellings_of_one_second(draw: st.DrawFn) -> tuple[str, int, list[str]]:
    name, local = draw(zone_names), draw(st.one_of(near_a_change, near_a_change, local_times))
    second = draw(st.sampled_from([0, 1800, 3600])) + (
        expected_reading(local, zone_of(name))[0] or seconds(local)
    )
    texts = draw(st.lists(spelled(second, zone_of(name)), min_size=1, max_size=40, unique=True))
    if draw(st.booleans()):  # a file without quotes takes another way into the count
        texts = [text for text in texts if not SPECIAL_IN_CSV & set(text)]
    return name, second, texts


@cache
def edition() -> Contest:
    return load_contest("2021")


def verdicts(texts: Sequence[str], name: str, second: int) -> tuple[dict[str, str], int]:
    """Why the count rejects a vote cast at each text, where voting is open for that second only."""
    votes = [vote(f"v{n}", f"m{n}", "p1", cast_at=text) for n, text in enumerate(texts)]
    window = Phase("voting", Instant(second), Instant(second), None)
    contest = replace(edition(), zone=zone_of(name), phases={"voting": window})
    members = [Member(f"m{n}", (), f"Organization {n}", "", f"m{n}") for n in range(len(texts))]
    nominees = [Nominee("p1", "C1", "Project", "Entity", "")]
    with TemporaryDirectory() as folder:
        path = write_csv(Path(folder, "votes.csv"), votes, VOTE_COLUMNS)
        count = count_votes(contest, [InputFile(path, "votes.csv")], members, nominees, SameNames())
    rejected = {texts[int(vote.vote_id[1:])]: vote.reason for vote in count.rejected}
    return rejected, count.in_repeated_hour


def expected_verdicts(texts: Sequence[str], name: str, second: int) -> tuple[dict[str, str], int]:
    readings = {text: read_time(text, zone_of(name)) for text in texts}
    rejected = {
        text: "malformed" if reading.instant is None else "outside_window"
        for text, reading in readings.items()
        if reading.instant is None or reading.instant.second != second
    }
    return rejected, sum(reading.repeated for reading in readings.values())


@few_examples
@given(spellings_of_one_second())
def test_the_count_and_the_rules_read_the_same_text_as_the_same_instant(
    drawn: tuple[str, int, list[str]],
) -> None:
    name, second, texts = drawn
    assert verdicts(texts, name, second) == expected_verdicts(texts, name, second)


@pytest.mark.parametrize("second", ["2021-03-10T12:00:00", "2020-10-25T00:59:59"])
def test_the_count_reads_every_text_of_the_table_to_the_second(second: str) -> None:
    texts, only = list(READINGS), seconds(datetime.fromisoformat(second))
    assert verdicts(texts, GENEVA, only) == expected_verdicts(texts, GENEVA, only)


@pytest.mark.parametrize(
    "text", ["\n2021-03-10T12:00:00", "2021-03-10\n12:00:00", "2021-03-10T12:00:00\r", "\r\n"]
)
def test_a_line_break_in_the_time_of_a_first_vote_is_malformed_and_no_crash(text: str) -> None:
    assert verdicts([text], GENEVA, 0) == ({text: "malformed"}, 0)


def test_fractions_order_the_votes_of_one_second(tmp_path: Path) -> None:
    """The first valid vote counts: .45 was cast before .5, whatever their ids say."""
    votes = [
        vote("v1", "m1", "p1", cast_at="2021-03-10T12:00:00.5Z"),
        vote("v2", "m1", "p2", cast_at="2021-03-10T13:00:00,45+01:00"),
        vote("v3", "m1", "p3", cast_at="2021-03-10T12:00:00.450000000000000001Z"),
    ]
    result = wsisctl(
        "tally",
        "--contest=2021",
        "--votes", write_csv(tmp_path / "v.csv", votes),
        "--members", write_csv(tmp_path / "m.csv", [member("m1")]),
        "--nominees", write_csv(tmp_path / "n.csv", [nominee(p) for p in ("p1", "p2", "p3")]),
        "--format=json",
    )  # fmt: skip
    standings = json.loads(result.out)["categories"][0]["standings"]
    assert {place["submission_id"]: place["votes"] for place in standings} == {
        "p2": 1,
        "p1": 0,
        "p3": 0,
    }


def nearly_usual_times() -> list[str]:
    """Texts that look like `2021-03-10T12:00:00Z`, most of which are no times."""
    dice = Random(1)  # noqa: S311 - the same texts every time
    texts = {
        f"2021-03-10T{hour:02}:{minute:02}:{minute:02}Z"
        for hour in range(26)
        for minute in range(62)
    }
    texts |= {
        f"{year}-{month:02}-{day:02}T00:00:00Z"
        for year in ("2020", "2021", "0000")
        for month in range(14)
        for day in range(33)
    }
    for _ in range(2_000):
        text = list(
            dice.choice(("2021-03-10T12:34:56Z", "9999-12-31T23:59:59Z", "0999-12-31T23:59:59Z"))
        )
        for _ in range(dice.randint(1, 2)):
            text[dice.randrange(len(text))] = dice.choice("0123456789 +-.:TZ,eE\t/é\u0663\uff11")
        texts.add("".join(text))
    return sorted(texts)


def test_the_count_reads_the_usual_time_as_any_other(tmp_path: Path) -> None:
    """SQL has a cheaper path for it, which must take nothing else."""
    texts = nearly_usual_times()
    votes = [vote(f"v{n}", "m1", "p1", cast_at=text) for n, text in enumerate(texts)]
    contest = edition()
    path = write_csv(tmp_path / "votes.csv", votes, VOTE_COLUMNS)
    with counted_votes(contest, [InputFile(path, "votes.csv")], [], [], SameNames()) as box:
        found = dict(box.database.execute("select vote_id, second from verdict").fetchall())
        usual = box.database.execute("select count(usual_second) from vote").fetchall()[0][0]
    instants = [read_time(text, contest.zone).instant for text in texts]
    assert [found[f"v{n}"] for n in range(len(texts))] == [
        instant.second if instant else None for instant in instants
    ]
    assert usual > 500
