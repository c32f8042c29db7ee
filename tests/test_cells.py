"""What is done to cells on their way in, and what is left alone."""

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support import (
    Result,
    member,
    nominee,
    submission,
    vote,
    words,
    write_csv,
    wsisctl,
)
from wsisctl.contest.load import load_contest
from wsisctl.records.cells import Care, Role, cleaned
from wsisctl.records.changes import Change
from wsisctl.records.dates import DayOrder, order_among, order_in
from wsisctl.records.id_cells import wrong_with_id
from wsisctl.records.kinds import ALL_KINDS, SUBMISSIONS
from wsisctl.records.markup import with_entities_written_out, without_tags
from wsisctl.records.time_cells import cleaned_time
from wsisctl.times import load_zone, read_time

GENEVA = load_zone("Europe/Zurich")
CONTEST = load_contest("2021")
CARE = Care({}, GENEVA, CONTEST.category_of)


# --- ids -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "017734472422205614", "17734472422205614", " 42 ", "1-2", "2021-0001", "2021-1-12", "21-02-01",
        "2021-02-32", "2021-13-01", "13.13.2021", "31/31/2021", "39/12/2021", "32.01.2021", "1/2/21", "1.2", "FEB-01", "feb-01",
        "Feb-001", "Febr-01", "1-Fe", "32", "A1E16", "1E16", "проект-7", "#7", "##", "#N/A-1", "N/A", "a b", "a\u00a0b", "a\nb", "a\tb", "项目-1",
    ],
)  # fmt: skip
def test_an_id_is_text(text: str) -> None:
    """No more is wrong with it than a date or number of Excel, and what cannot be seen."""
    assert wrong_with_id(text) is None
    assert cleaned(text, Role.ID, CARE).text == text


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-01", "2021-02-01T00:00:00", "2021-02-01 00:00:00", "2021-02-01 00:00", "2021/02/01",
        "01.02.2021", "1.2.2021", "02/01/2021", "2/1/2021", "2/1/2021 0:00", "12/31/2021", " 2021-02-01 ",
        "1-Feb", "Feb-01", "01-Feb", "1-Feb-21", "01-Feb-2021", "01. Feb", "01. Mrz", "01-févr", "Feb 21",
    ],
)  # fmt: skip
def test_a_date_is_no_id(text: str) -> None:
    problem = cleaned(text, Role.ID, CARE).problem
    assert problem is not None
    assert problem.what.startswith("was an id before Excel made a date of it")


def test_a_number_in_powers_of_ten_is_no_id() -> None:
    problem = wrong_with_id("1.77345E+16")
    assert problem is not None
    assert "made a number of it" in problem.what


@pytest.mark.parametrize(
    "text", ["#N/A", " #NAME? ", "#REF!", "#BEZUG!", "#DIV/0!", "###", "########"]
)
def test_what_excel_shows_in_place_of_a_value_is_no_id(text: str) -> None:
    problem = cleaned(text, Role.ID, CARE).problem
    assert problem is not None
    assert "the id itself is not there" in problem.what


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12\u202e34", "U+202E"), ("\ufeff1234", "U+FEFF"), ("12\u200b34", "U+200B"), ("12\u00ad34", "U+00AD"),
        ("1234\x00", "U+0000"), ("12\u200d34", "U+200D"), ("12\u316434", "U+3164"), ("12\u202834", "U+2028"),
    ],
)  # fmt: skip
def test_an_id_with_something_that_nobody_sees_is_refused(text: str, code: str) -> None:
    problem = wrong_with_id(text)
    assert problem is not None
    assert code in problem.what


# --- times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2021-01-25T23:00:00+01:00", "2021-01-25 23:00", " 2021-01-25T23:00:00Z ", "2021-01-25T23:00:00.5",
        "", "tomorrow", "2021-01-25", "25.01.2021", "01/02/2021", "25.01.21", "44221.", "4422", "442212",
        "1611615600", "2021", "44221.9583", "32.01.2021 10:00", "30 Feb 2021 10:00", "25 Foo 2021 10:00",
        "25.01.2021 24:00", "25.01.2021 23:60", "25.01.2021 13:00 PM", "25.01.2021 0:30 AM", "25.01/2021 10:00",
        "25.01.2021 23:00 PST", "25.01.2021 23:00 CET+1", "25.01.2021 23:00 +1", "25.01.2021 23:00 UTC+24",
        "25.01.2021 23:00 and later", "00/01/2021 10:00", "13/13/2021 10:00", "01.02.2021 99:00",
        "25.01.0001 23:00 CET", "25.01.9999 23:00 CET", "5 " * 40, "25.01.2021 23:00" + " " * 100 + "x",
    ],
)  # fmt: skip
def test_what_is_iso_or_no_time_stays(text: str) -> None:
    found = cleaned_time(text, GENEVA)
    assert (found.text, found.changes, found.problem) == (text, (), None)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("25.01.2021 23:00", "2021-01-25T23:00:00"),
        ("25/01/2021 23:00:00", "2021-01-25T23:00:00"),
        ("25-01-2021 9:05", "2021-01-25T09:05:00"),
        ("1/25/2021 11:00:00 PM", "2021-01-25T23:00:00"),
        ("2021/01/25 23:00", "2021-01-25T23:00:00"),
        ("2021.1.5 23:00", "2021-01-05T23:00:00"),
        ("2021-01-25 9:05", "2021-01-25T09:05:00"),
        ("2021-01-25  23:00", "2021-01-25T23:00:00"),
        ("2021-01-25t22:00:00z", "2021-01-25T22:00:00Z"),
        ("2021-01-25 11:00 PM", "2021-01-25T23:00:00"),
        ("25 Jan 2021 23:00", "2021-01-25T23:00:00"),
        ("25-Jan-2021 23:00:01.250", "2021-01-25T23:00:01.250"),
        ("1st February 2021, 23:00", "2021-02-01T23:00:00"),
        ("January 25, 2021 11:00 PM", "2021-01-25T23:00:00"),
        ("Jan 25, 2021, 11:00\u202fPM", "2021-01-25T23:00:00"),
        ("Sept. 3 2021 at 11:00 p.m.", "2021-09-03T23:00:00"),
        ("25/01/2021 12:00 AM", "2021-01-25T00:00:00"),
        ("25/01/2021 12:30 pm", "2021-01-25T12:30:00"),
        ("25/01/2021 1:00 am", "2021-01-25T01:00:00"),
        ("\u200e25/\u200e01/\u200e2021 \u200f\u200e23:00", "2021-01-25T23:00:00"),
        ("02/02/2021 10:00", "2021-02-02T10:00:00"),
        ("25.01.2021 22:00 UTC", "2021-01-25T22:00:00Z"),
        ("25.01.2021 22:00 GMT", "2021-01-25T22:00:00Z"),
        ("2021/01/25 22:00Z", "2021-01-25T22:00:00Z"),
        ("2021-01-25 22:00 UTC", "2021-01-25T22:00:00Z"),
        ("25.01.2021 23:00 UTC+1", "2021-01-25T23:00:00+01:00"),
        ("25.01.2021 23:00 GMT+01:00", "2021-01-25T23:00:00+01:00"),
        ("2021-01-25 17:00 UTC-5", "2021-01-25T17:00:00-05:00"),
        ("2021-01-25 23:00:00 +0100", "2021-01-25T23:00:00+01:00"),
        ("25.01.2021 23:00 CET", "2021-01-25T23:00:00+01:00"),
        ("2021-07-25 23:00 cest", "2021-07-25T23:00:00+02:00"),
    ],
)  # fmt: skip
def test_a_time_is_written_as_iso(text: str, iso: str) -> None:
    found = cleaned_time(text, GENEVA)
    assert (found.text, found.changes, found.problem) == (iso, (Change.TIMES,), None)
    assert read_time(found.text, GENEVA).instant is not None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-02-15 23:00 CEST", "2021-02-15T23:00:00"),
        ("15 February 2021, 23:00 CEST", "2021-02-15T23:00:00"),
        ("2021-07-15 23:00 CET", "2021-07-15T23:00:00"),
        ("2021-03-28 02:30 CET", "2021-03-28T02:30:00"),  # the hour that spring skips is no time of any name
    ],
)  # fmt: skip
def test_an_abbreviation_that_contradicts_the_season_is_left_out(text: str, iso: str) -> None:
    found = cleaned_time(text, GENEVA)
    assert (found.text, found.changes) == (iso, (Change.CONTRADICTING_ZONES,))


@pytest.mark.parametrize(("word", "offset"), [("CEST", "+02:00"), ("CET", "+01:00")])
def test_in_the_hour_that_autumn_repeats_the_abbreviation_says_which(
    word: str, offset: str
) -> None:
    found = cleaned_time(f"31.10.2021 02:30 {word}", GENEVA)
    assert (found.text, found.changes) == (f"2021-10-31T02:30:00{offset}", (Change.TIMES,))


def test_on_another_clock_a_contradicting_abbreviation_means_nothing() -> None:
    tokyo = load_zone("Asia/Tokyo")
    assert cleaned_time("25.01.2021 23:00 CET", tokyo).text == "2021-01-25T23:00:00+01:00"
    assert cleaned_time("25.01.2021 23:00 CEST", tokyo).text == "25.01.2021 23:00 CEST"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("44221.9583333", "2021-01-25T23:00:00"),
        ("44221.958333333336", "2021-01-25T23:00:00"),
        ("44221,9583333", "2021-01-25T23:00:00"),
        ("44221.95834", "2021-01-25T23:00:01"),
        ("44221.5", "2021-01-25T12:00:00"),
        ("44221", "2021-01-25T00:00:00"),
        ("44221.00015625", "2021-01-25T00:00:14"),  # 13.5 seconds
        ("44221.999999", "2021-01-26T00:00:00"),
        ("10000.25", "1927-05-18T06:00:00"),
    ],
)
def test_a_number_of_excel_is_a_time(text: str, iso: str) -> None:
    found = cleaned_time(text, GENEVA)
    assert (found.text, found.changes) == (iso, (Change.SERIALS,))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TIME])
def test_a_number_is_a_time_in_a_time_only(role: Role) -> None:
    assert cleaned("44221.9583333", role, CARE).text == "44221.9583333"
    assert cleaned("25.01.2021 23:00", role, CARE).text == "25.01.2021 23:00"


@pytest.mark.parametrize(
    ("column", "order"),
    [
        ([], DayOrder.UNKNOWN),
        (["01/02/2021 10:00", "02/02/2021 10:00"], DayOrder.UNKNOWN),
        (["01/02/2021 10:00", "13/02/2021 10:00"], DayOrder.DAY),
        (["02/13/2021 10:00", "01/02/2021 10:00"], DayOrder.MONTH),
        (["02/13/2021 10:00", "13/02/2021 10:00"], DayOrder.BOTH),
        (["2021-01-25 10:00", "2021/13/12", "13/13/2021", "no time"], DayOrder.UNKNOWN),
        (["12/12/2021 10:00", "12.13.2021"], DayOrder.MONTH),
    ],
)
def test_a_column_shows_its_order(column: list[str], order: DayOrder) -> None:
    assert order_among(column) is order


@pytest.mark.parametrize(
    ("text", "seen", "date_format", "found"),
    [
        ("01/02/2021 10:00", DayOrder.UNKNOWN, "", "may be 1 February or 2 January"),
        ("01.02.2021 10:00", DayOrder.UNKNOWN, "", "may be 1 February or 2 January"),
        ("12/11/2021 10:00", DayOrder.UNKNOWN, "", "may be 12 November or 11 December"),
        ("13/11/2021 10:00", DayOrder.UNKNOWN, "", "2021-11-13T10:00:00"),
        ("01/02/2021 10:00", DayOrder.DAY, "", "2021-02-01T10:00:00"),
        ("01/02/2021 10:00", DayOrder.MONTH, "", "2021-01-02T10:00:00"),
        ("01/02/2021 10:00", DayOrder.BOTH, "", "the day comes first in some cells"),
        ("13/02/2021 10:00", DayOrder.BOTH, "", "the day comes first in some cells"),
        ("02/02/2021 10:00", DayOrder.BOTH, "", "2021-02-02T10:00:00"),
        ("01/02/2021 10:00", DayOrder.UNKNOWN, "DD/MM/YYYY", "2021-02-01T10:00:00"),
        ("01/02/2021 10:00", DayOrder.UNKNOWN, "MM/DD/YYYY HH:mm", "2021-01-02T10:00:00"),
        ("01/02/2021 10:00", DayOrder.BOTH, "MM/DD/YYYY HH:mm", "2021-01-02T10:00:00"),
        ("13/02/2021 10:00", DayOrder.DAY, "MM/DD/YYYY", "does not fit the date format"),
        ("25.01.21 10:00", DayOrder.UNKNOWN, "", "a year of two digits"),
        ("21-01-25 10:00", DayOrder.DAY, "", "a year of two digits"),
        ("25 Jan 21 10:00", DayOrder.DAY, "", "a year of two digits"),
        ("25.01.21 10:00", DayOrder.UNKNOWN, "DD.MM.YYYY", "a year of two digits"),
        ("25.01.21 10:00", DayOrder.UNKNOWN, "DD.MM.YY", "2021-01-25T10:00:00"),
    ],
)
def test_day_and_month_are_not_guessed(
    text: str, seen: DayOrder, date_format: str, found: str
) -> None:
    cell = cleaned_time(text, GENEVA, seen, date_format)
    if cell.problem:
        assert found in cell.problem.what
        assert cell.text == text
    else:
        assert cell.text == found


def test_that_other_cells_showed_the_order_is_a_change() -> None:
    by_others = cleaned_time("01/02/2021 10:00", GENEVA, DayOrder.DAY)
    by_itself = cleaned_time("13/02/2021 10:00", GENEVA, DayOrder.DAY)
    by_word = cleaned_time("01/02/2021 10:00", GENEVA, DayOrder.DAY, "DD/MM/YYYY")
    assert by_others.changes == (Change.DAY_FIRST, Change.TIMES)
    assert by_itself.changes == by_word.changes == (Change.TIMES,)


def test_a_format_says_the_order() -> None:
    assert order_in("DD/MM/YYYY") is DayOrder.DAY
    assert order_in("MM/DD/YYYY HH:mm") is DayOrder.MONTH
    assert order_in("YYYY") is DayOrder.UNKNOWN


# --- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("R&amp;D", "R&D"), ("it&#39;s", "it's"), ("it&#x27;s", "it's"), ("&eacute;t&eacute;", "été"),
        ("a&nbsp;b", "a\u00a0b"), ("&lt;p&gt;", "<p>"), ("&amp;lt;", "&lt;"), ("&amp;amp;", "&amp;"),
        ("1&#150;2", "1–2"), ("&Eacute;", "É"), ("&hellip;&hellip;", "……"),
        ("?a=1&amp;b=2", "?a=1&b=2"),
    ],
)  # fmt: skip
def test_whole_entities_are_written_out(text: str, plain: str) -> None:
    assert with_entities_written_out(text) == plain
    assert cleaned(text, Role.TEXT, CARE).changes == (Change.ENTITIES,)


@pytest.mark.parametrize(
    "text",
    [
        "AT&T", "R&D; x", "a & b", "&copy 2021", "&", "&;", "&#;", "&#x;", "?a=1&copy=2", "&unknown;",
        "&#0;", "&#7;", "&#xD800;", "&#99999999;", "&amp", "& amp;", "AT&T; and more",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_entity_stays(text: str) -> None:
    assert cleaned(text, Role.TEXT, CARE).text == text
    assert cleaned(text, Role.LINE, CARE).changes == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("<p>One.</p>\r\n\r\n<p>Two.</p>\r\n", "One.\nTwo."),
        ("One<br>two<br/>three<BR />four", "One\ntwo\nthree\nfour"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<b>bold</b>, <em>so</em>", "bold, so"),
        ('<span style="color: red; font: a > b">red</span>', "red"),
        ("<a href='https://example.org/?a=1'>here</a>", "here"),
        ("<a href=https://example.org target=_blank>here</a>", "here"),
        ("<p class=MsoNormal><o:p></o:p>text</p>", "text"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a<!-- not\nthis -->b", "ab"),
        ("a<!-- not <p> this -->b", "ab"),
        ("a<style>p { color: red }</style>b", "ab"),
        ("a<script>if (a < b) { document.write('<p>') }</SCRIPT >b", "ab"),
        ('<script src="x.js" type="text/javascript"></script>text', "text"),
        ("a <b>less</b> < b", "a less < b"),
    ],
)  # fmt: skip
def test_tags_of_rich_text_are_taken_out(text: str, plain: str) -> None:
    assert without_tags(text) == plain
    assert cleaned(text, Role.TEXT, CARE).changes == (Change.TAGS,)


@pytest.mark.parametrize(
    "text",
    [
        "a < b", "<3", "x<y>z", "<name@example.org>", "<https://example.org>", "<title>", "< p >", "<p", "<>",
        "<b and c>", "a <b c> d", "<pre-school>", "<bold>", "<!-- no end", "<script>no end", "a <- b -> c",
        "<p class='no end>", '<a href="x>one and <a href=" >two', "<1>", "<Аp>",
    ],
)  # fmt: skip
def test_what_is_no_tag_stays(text: str) -> None:
    assert cleaned(text, Role.TEXT, CARE).text == text
    assert cleaned(text, Role.LINE, CARE).text == text


def test_tags_go_before_entities() -> None:
    """Somebody wrote about a tag, and an editor escaped it."""
    assert cleaned("<p>Use &lt;p&gt;.</p>", Role.TEXT, CARE).text == "Use <p>."


def test_a_name_stays_one_line() -> None:
    found = cleaned("<p>School<br>Library</p>", Role.LINE, CARE)
    assert (found.text, found.changes) == ("School Library", (Change.TAGS,))


@pytest.mark.parametrize(
    ("text", "plain", "change"),
    [
        ("a\x00b", "ab", Change.CONTROLS),
        ("a\x07b\x1b[31m", "ab[31m", Change.CONTROLS),
        ("a\x0bb\x0cc\x85d", "a\nb\nc\nd", Change.CONTROLS),
        ("a\x1cb", "a b", Change.CONTROLS),
        ("a\x7f\x80\x9fb", "ab", Change.CONTROLS),
        ("\ufeffa\ufeffb", "ab", Change.BYTE_ORDER_MARKS),
        ("e\u0301te\u0301", "été", Change.COMPOSED),
        ("\u212b", "Å", Change.COMPOSED),
    ],
)
@pytest.mark.parametrize("role", [Role.TEXT, Role.LINE])
def test_what_nobody_sees_is_taken_out(role: Role, text: str, plain: str, change: Change) -> None:
    found = cleaned(text, role, CARE)
    assert (found.text, found.changes) == (plain, (change,))


@pytest.mark.parametrize(
    "text", ["a\tb\nc\r\nd", "a\u00a0b", "a\u200db", "a\u200cb", "été", "项目", "मानक", "a\u200bb"]
)
@pytest.mark.parametrize("role", [Role.TEXT, Role.LINE, Role.OTHER, Role.CATEGORY])
def test_what_people_write_stays(role: Role, text: str) -> None:
    assert cleaned(text, role, CARE) == cleaned(text, Role.OTHER, CARE)
    assert cleaned(text, role, CARE).text == text


@pytest.mark.parametrize(
    "mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
)
def test_marks_of_direction_go_from_names_only(mark: str) -> None:
    found = cleaned(f"a{mark}b", Role.LINE, CARE)
    assert (found.text, found.changes) == ("ab", (Change.DIRECTIONS,))
    assert cleaned(f"a{mark}b", Role.TEXT, CARE).text == f"a{mark}b"


def test_codes_lose_only_what_nobody_sees() -> None:
    found = cleaned("\ufeffKEN\x00 &amp; <p>", Role.OTHER, CARE)
    assert found.text == "KEN &amp; <p>"
    assert found.changes == (Change.CONTROLS, Change.BYTE_ORDER_MARKS)


@pytest.mark.parametrize(
    "hostile",
    [
        "<!--", "<script>", "<a b='", '<a b="', "<p ", "<p a=b ", "&#", "&a", "<", " ", "<br> ", "<script><style>",
        "<a b=\"<a b='", "\n<p>\n", "</script", "</",
    ],
)  # fmt: skip
def test_no_text_takes_long(hostile: str) -> None:
    """However often it comes in a cell of the most characters that there may be."""
    text = hostile * (131_072 // len(hostile))
    start = time.process_time()
    cleaned(text + "<x", Role.TEXT, CARE)
    assert time.process_time() - start < 0.5


# --- categories ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain", "changes"),
    [
        ("С7-e-learning", "C7-e-learning", (Change.LOOKALIKES,)),  # a Cyrillic letter
        ("С7-е-lеаrning", "C7-e-learning", (Change.LOOKALIKES,)),  # several of them
        ("АL С1. The rоle", "АL С1. The rоle", ()),  # no category in any letters
        ("С7", "С7", ()),
        ("C1\u200e", "C1", (Change.DIRECTIONS,)),
        ("С1&nbsp;", "C1\u00a0", (Change.ENTITIES, Change.LOOKALIKES)),
        ("Other &amp; more", "Other &amp; more", ()),
        ("Ｃ1", "Ｃ1", ()),  # wide letters are known already
        ("C1", "C1", ()),
        ("", "", ()),
    ],
)
def test_a_category_in_letters_that_look_latin(
    text: str, plain: str, changes: tuple[Change, ...]
) -> None:
    found = cleaned(text, Role.CATEGORY, CARE)
    assert (found.text, found.changes) == (plain, changes)


# --- records -------------------------------------------------------------------------------------


@pytest.mark.parametrize("contest", ["2018", "2021"])
def test_every_column_that_the_form_has_is_looked_at(contest: str) -> None:
    edition = load_contest(contest)
    assert set(SUBMISSIONS.columns(edition)) == set(SUBMISSIONS.roles(edition))


def test_every_id_is_an_id() -> None:
    for kind in ALL_KINDS:
        roles = kind.roles(CONTEST)
        assert all(roles[column] is Role.ID for column in kind.key if roles), kind.name


def validated(folder: Path, *rows: Mapping[str, str], status: int = 0) -> Result:
    write_csv(folder / "dump.csv", rows)
    result = wsisctl("validate", "dump.csv", "--contest", "2021", "--format", "json", cwd=folder)
    assert result.status == status, result
    return result


def notes(result: Result) -> list[str]:
    return [
        line.removeprefix("note: ")
        for line in result.err.splitlines()
        if line.startswith("note: ") and "past winners" not in line
    ]


def test_what_was_done_is_told_once_for_each_file_and_counted(tmp_path: Path) -> None:
    result = validated(
        tmp_path,
        submission("s1"),
        submission("s2", impact=f"<p>{words(20, 's2')}</p>", title="A &amp; B"),
        submission("s3", impact=f"<p>{words(20, 's3')}</p>", category="С2"),
        submission("s4", submitted_at="25.01.2021 23:00 CEST"),
    )
    assert notes(result) == [
        "dump.csv: HTML tags taken out of 2 cells, first in row 3, impact",
        "dump.csv: HTML entities written out in 1 cell, first in row 3, title",
        "dump.csv: letters that only look Latin replaced in 1 cell, first in row 4, category: "
        "'С2' is read as 'C2'",
        "dump.csv: a time zone that does not hold at that time of year left out, and contest time read, "
        "in 1 cell, first in row 5, submitted_at: '25.01.2021 23:00 CEST' is read as "
        "'2021-01-25T23:00:00'",
    ]
    assert json.loads(result.out)["eligible"] == ["s1", "s2", "s3", "s4"]


def test_of_clean_cells_nothing_is_told(tmp_path: Path) -> None:
    assert notes(validated(tmp_path, submission("s1", impact="a < b & c; été " + words(20)))) == []


def test_the_deadline_holds_for_a_time_in_another_form(tmp_path: Path) -> None:
    late = validated(tmp_path, submission("s1", submitted_at="25.01.2021 23:00:01"), status=1)
    assert [item["rule"] for item in json.loads(late.out)["findings"]] == ["deadline"]


def test_a_bad_time_is_no_bad_file(tmp_path: Path) -> None:
    result = validated(tmp_path, submission("s1", submitted_at="25.01.2021"), status=1)
    assert json.loads(result.out)["ineligible"] == ["s1"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [submission("s1", submitted_at="01/02/2021 10:00")],
            "dump.csv:2: submitted_at '01/02/2021 10:00' may be 1 February or 2 January",
        ),
        (
            [
                submission("s1", submitted_at="01/22/2021 10:00"),
                submission("s2", submitted_at="22/01/2021 10:00"),
            ],
            "dump.csv:3: submitted_at '22/01/2021 10:00' is in a column where the day comes first in some",
        ),
        (
            [submission("s1", submitted_at="22.01.21 10:00")],
            "dump.csv:2: submitted_at '22.01.21 10:00' has a year of two digits",
        ),
        ([submission("2021-02-01")], "dump.csv:2: submission_id '2021-02-01' was an id before Excel"),
        ([submission("s\u202e1")], "has a character in it that cannot be seen (U+202E)"),
    ],
)  # fmt: skip
def test_what_may_be_two_things_is_refused(
    tmp_path: Path, rows: list[dict[str, str]], says: str
) -> None:
    result = validated(tmp_path, *rows, status=3)
    assert says in result.err
    assert "help: " in result.err


def test_one_day_after_the_twelfth_settles_the_column(tmp_path: Path) -> None:
    result = validated(
        tmp_path,
        submission("s1", submitted_at="10/01/2021 10:00"),
        submission("s2", submitted_at="13/01/2021 10:00"),
    )
    assert notes(result)[-1] == (
        "dump.csv: the day read before the month, as other cells show, in 1 cell, first in row 2, "
        "submitted_at: '10/01/2021 10:00' is read as '2021-01-10T10:00:00'"
    )


def test_every_file_has_its_own_order(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [submission("s1", submitted_at="13/01/2021 10:00")])
    write_csv(tmp_path / "b.csv", [submission("s2", submitted_at="01/02/2021 10:00")])
    result = wsisctl("validate", "a.csv", "b.csv", "--contest", "2021", cwd=tmp_path)
    assert result.status == 3
    assert "b.csv:2: submitted_at" in result.err


def test_rows_that_differ_only_in_what_is_cleaned_are_the_same(tmp_path: Path) -> None:
    result = validated(
        tmp_path, submission("s1", title="R&amp;D centre"), submission("s1", title="R&D centre")
    )
    assert "1 row that repeats another was merged in the submissions" in notes(result)


def test_what_is_told_shows_no_control_character(tmp_path: Path) -> None:
    row = submission("s1", submitted_at="25.01.2021 10:00", impact="\x1b[31m" + words(30))
    text = "\u202e\u202d25.01.2021 11:00"
    result = validated(tmp_path, row, submission("s2", submitted_at=text))
    assert "\x1b" not in result.err
    assert "\u202e" not in result.err


# --- in a contest folder, and everywhere else ----------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    wsisctl("init", tmp_path / "prizes", "--contest", "2021")
    return tmp_path / "prizes"


DIRTY = (
    submission("s1", title="R&amp;D centre", submitted_at="24.01.2021 10:00", category="С2"),
    submission("s2", impact=f"<p>{words(30, 's2')}</p>"),
)


def test_an_import_tells_what_was_done_to_this_file(folder: Path, tmp_path: Path) -> None:
    first = write_csv(tmp_path / "first.csv", DIRTY[:1])
    assert len(notes(wsisctl("import-submissions", first, cwd=folder))) == 3
    second = write_csv(tmp_path / "second.csv", DIRTY[1:])
    told = notes(wsisctl("import-submissions", second, cwd=folder))
    assert told == [f"{second}: HTML tags taken out of 1 cell, first in row 2, impact"]


def test_bare_files_and_a_folder_have_the_same_result(folder: Path, tmp_path: Path) -> None:
    bare = validated(tmp_path, *DIRTY)
    wsisctl("import-submissions", tmp_path / "dump.csv", cwd=folder)
    within = wsisctl("validate", "--format", "json", cwd=folder)
    assert json.loads(within.out)["eligible"] == json.loads(bare.out)["eligible"] == ["s1", "s2"]
    assert notes(within) == [], "they were cleaned when they were made"
    records = (folder / "records/submissions.csv").read_text("utf-8")
    assert "2021-01-24T10:00:00" in records
    assert "R&D centre" in records


def test_records_are_cleaned_once(folder: Path, tmp_path: Path) -> None:
    row = submission("s1", title="How to write &amp;lt;b&amp;gt; and &lt;i&gt;")
    wsisctl("import-submissions", write_csv(tmp_path / "dump.csv", [row]), cwd=folder)
    wsisctl("validate", cwd=folder)
    records = (folder / "records/submissions.csv").read_text("utf-8")
    assert "How to write &lt;b&gt; and <i>" in records


def test_a_correction_names_what_the_records_have(tmp_path: Path) -> None:
    def corrected(before: str) -> Result:
        write_csv(tmp_path / "dump.csv", [submission("s1", title="R&amp;D centre")])
        (tmp_path / "corrections.yaml").write_text(
            f"- {{record: s1, field: title, from: '{before}', to: R&D, by: A, on: 2021-02-03, reason: a call}}",
            "utf-8",
        )
        return wsisctl(
            "validate", "dump.csv", "--contest", "2021", "--corrections", "corrections.yaml", cwd=tmp_path
        )  # fmt: skip

    assert corrected("R&D centre").status == 0
    refused = corrected("R&amp;D centre")
    assert (refused.status, "title of s1 is 'R&D centre'" in refused.err) == (3, True)


def test_past_winners_that_differ_only_in_what_is_cleaned_count_once(
    folder: Path, tmp_path: Path
) -> None:
    rows = [{"title": "R&amp;D centre", "year": "2019"}, {"title": "R&D centre", "year": "2019"}]
    result = wsisctl(
        "import-past-winners", write_csv(tmp_path / "won.csv", rows), "--format", "json", cwd=folder
    )
    (imported,) = json.loads(result.out)["imported"]
    assert imported["rows"] == {
        "read": 2,
        "accepted": 1,
        "repeated": 1,
        "rejected": 0,
        "changed": 0,
    }


def test_a_voter_of_the_owner_is_known_in_any_spelling_of_html(tmp_path: Path) -> None:
    write_csv(tmp_path / "members.csv", [member("m1", organization="R&amp;D Ltd")])
    write_csv(tmp_path / "nominees.csv", [nominee("s1", entity="<b>R&amp;D Ltd</b>")])
    write_csv(tmp_path / "votes.csv", [vote("v1", "m1", "s1")])
    result = wsisctl(
        "tally", "--contest", "2021", "--votes", "votes.csv", "--members", "members.csv",
        "--nominees", "nominees.csv", "--format", "json", cwd=tmp_path,
    )  # fmt: skip
    assert json.loads(result.out)["votes"]["rejected_by_reason"] == {"own_project": 1}
    assert notes(result)[:2] == [
        "nominees.csv: HTML tags taken out of 1 cell, first in row 2, entity",
        "nominees.csv: HTML entities written out in 1 cell, first in row 2, entity",
    ]


def test_an_id_before_the_place_where_a_file_breaks_off_is_told_first(tmp_path: Path) -> None:
    """Columns of times are looked at as a whole, and yet what comes first is told first."""
    path = write_csv(tmp_path / "dump.csv", [submission("2021-02-01")])
    with path.open("a", encoding="utf-8") as file:
        file.write('s2,"never closed\n')
    result = wsisctl("validate", path, "--contest", "2021", cwd=tmp_path)
    assert result.status == 3
    assert "dump.csv:2: submission_id '2021-02-01'" in result.err
