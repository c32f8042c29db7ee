"""Spellings of organizations: what is proposed and why, what never is, and how fast."""

import csv
import io
import time
from collections.abc import Iterable, Mapping
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from benchmarks.names import NamePair, name_pairs
from tests.support import submission
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.likeness.countries import country_code, is_country, without_country
from wsisctl.likeness.letters import marks, stem, words
from wsisctl.likeness.name_forms import Kind, Spelling
from wsisctl.likeness.names import Directory, pairs
from wsisctl.likeness.typos import may_have_a_slip, one_slip_apart
from wsisctl.likeness.vocabulary import distinctive
from wsisctl.names import SameNames
from wsisctl.records.record import Record
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault
from wsisctl.rules.organizations import ORGANIZATION_SPELLING, proposals
from wsisctl.times import read_time

ICT = "Ministry of Information and Communication Technology"
TWELVE = "Alba Boreal Cedar Delta Echo Foxtrot Golf Hotel Isola Juliet Kilo Lima"


@pytest.fixture(scope="module")
def contest() -> Contest:
    return load_contest("2021")


def kind(one: str, other: str, country: str = "RWA", another: str = "") -> Kind | None:
    """Why two names are proposed, in whichever order they come."""
    two = [Spelling(one, (country,)), Spelling(other, (another or country,))]
    found = pairs(two, [0, 1])
    again = pairs(two[::-1], [0, 1])
    assert [pair.kind for pair in found] == [pair.kind for pair in again]
    return found[0].kind if found else None


def entered(*entries: Mapping[str, str]) -> tuple[Submission, ...]:
    """Submissions one second after the other, from their differences to a faultless one."""
    zone = ZoneInfo("Europe/Zurich")
    made = []
    for number, changes in enumerate(entries):
        at = f"2021-01-20T{10 + number // 3600}:{number // 60 % 60:02}:{number % 60:02}+01:00"
        cells = submission(f"a{number}", submitted_at=at, country="RWA") | dict(changes)
        record = Record(cells, Source("s.csv", number + 2))
        made.append(Submission(f"a{number}", record, "C1", read_time(cells["submitted_at"], zone)))
    return tuple(made)


def found(
    contest: Contest, submissions: Iterable[Submission], organizations: SameNames | None = None
) -> list[Fault]:
    context = Context(contest, organizations=organizations or SameNames())
    return list(ORGANIZATION_SPELLING.check(tuple(submissions), {}, context))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("YoungInnovations", "Young Innovations", Kind.SIGNS),
        ("Universite de Geneve", "Université de Genève", Kind.SIGNS),
        ("E-Government Agency", "eGovernment Agency.", Kind.SIGNS),
        ("I.C.T. Chamber", "ICT Chamber", Kind.SIGNS),
        ("Research & Education", "Research and Education", Kind.SIGNS),
        ("Сorporation of Science", "Corporation of Science", Kind.SIGNS),  # a Cyrillic letter
        ("وزارة الإتصالات", "وزارة الاتصالات", Kind.SIGNS),
        (f"{ICT} (MICT)", ICT, Kind.BRACKET),
        (f"MICT - {ICT}", ICT, Kind.BRACKET),
        ("The Society for Engineers", "Society of Engineers", Kind.SMALL_WORDS),
        ("Min. of ICT", ICT, Kind.ABBREVIATION),
        ("Nat'l Communications Auth.", "National Communication Authority", Kind.ABBREVIATION),
        ("Organisation for Inclusion", "Organization for Inclusion", Kind.ABBREVIATION),
        ("Opti Technologies Pvt. Ltd.", "Opti Technologies", Kind.LEGAL_FORM),
        ("JSC Kazakhtelecom", "Kazakhtelecom", Kind.LEGAL_FORM),
        ("Ministry of Health, Rwanda", "Ministry of Health", Kind.COUNTRY),
        ("Rwandan Ministry of Health", "Ministry of Health of Rwanda", Kind.COUNTRY),
        ("UNDP Rwanda", "UNDP", Kind.COUNTRY),
        ("UNILAG", "University of Lagos (UNILAG)", Kind.STATED),
        ("Kigali City Council", "City Council of Kigali", Kind.ORDER),
        ("Minstry of Education", "Ministry of Education", Kind.SLIP),
        ("Ministry of Educaiton", "Ministry of Education", Kind.SLIP),
        ("Makarere University", "Makerere University", Kind.SLIP),
        ("MICT", ICT, Kind.INITIALS),
        ("MoICT", "Ministry of ICT", Kind.INITIALS),
        ("SDAIA", "Saudi Data & AI Authority", Kind.INITIALS),
        ("Unesco", "United Nations Educational, Scientific and Cultural Organization", Kind.INITIALS),
        ("Centre for Development, Kigali", "Centre for Development", Kind.PLACE),
        ("Centre for Development, Ota Huye Kivu", "Centre for Development", Kind.PLACE),
        ("Koru Sikia (Xisi)", "Koru Sikia", Kind.PLACE),
        ("x" * 396 + " Ltd", "x" * 396, Kind.LEGAL_FORM),
        ("x" * 394 + " (ABC)", "x" * 394, Kind.BRACKET),
        ("mountain " * 44 + "koru", "mountain " * 43 + "mountian koru", Kind.SLIP),
        (TWELVE, "ABCDEFGHIJKL", Kind.INITIALS),
        ("Ministry ICT", "MICT", Kind.INITIALS),
        ("Ministry of ICT Affairs", "Micta", Kind.INITIALS),
        ("MoE", "Ministry of Education, Kigali", Kind.INITIALS),
        ("MoH", "Rwandan Ministry of Health", Kind.INITIALS),
        ("MoH", "Ministry of Health Rwanda", Kind.INITIALS),
        ("SDAA", "Saudi Data & AI Authority", Kind.INITIALS),
        ("Safaricomb", "Safaricomd", Kind.SLIP),
        ("A.B.C", "ABC", Kind.SIGNS),
        ("Koru Rwanda", "Koru", Kind.COUNTRY),
        ("Koru Telecoms", "Koru Telecommunication", Kind.ABBREVIATION),
        ("Koru Sikia (KS)", "Koru Sikia", Kind.BRACKET),
        ("Koru Sikia (MoHt)", "Koru Sikia", Kind.BRACKET),
        ("Koru Sikia (MoHte)", "Koru Sikia", Kind.PLACE),
        ("Koru Sikia (ABCDEFGHIJKL)", "Koru Sikia", Kind.BRACKET),
        ("Koru Sikia (ABCDEFGHIJKLM)", "Koru Sikia", Kind.PLACE),
        ("Koru Sikia (SARL)", "Koru Sikia", Kind.LEGAL_FORM),
    ],
)  # fmt: skip
def test_each_kind_of_evidence(one: str, other: str, expected: Kind) -> None:
    assert kind(one, other) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Lagos", "University of Laos"),
        ("Ministry of Health", "Ministry of Wealth"),
        ("School 12", "School 13"),
        ("School 1 2", "School 12"),
        ("Lab A", "Lab B"),
        ("Lab A", "Lab"),
        ("Entity p1", "Entity p2"),
        ("Université Paris III", "Université Paris IV"),
        ("Lyceum 2019 Ltd", "Lyceum 2020 Limited"),
        ("School of Law (UoN)", "School of Law (UMX)"),
        ("Ministry of Education", "Ministry of Higher Education"),
        ("x" * 397 + " Ltd", "x" * 397),
        ("mountain " * 44 + "korua", "mountain " * 43 + "mountian korua"),
        (f"{TWELVE} Mike", "ABCDEFGHIJKLM"),
        (f"Union of {TWELVE}"[:-5], "UABCDEFGHIJK"),
        (TWELVE.replace("Lima", "LM"), "ABCDEFGHIJKLM"),
        ("Ministry of ICT", "Mict"),
        ("Ministry of Information and Communication Technology", "mict"),
        ("Centre for Development, Ota Huye Kivu Xisi", "Centre for Development"),
        ("Koru, Kigali", "Koru"),
        ("Safaricom", "Safaricon"),
        ("A.B", "AB"),
        ("Telecom Rwanda", "Telecom"),
        ("Icelandic Society of Engineers", "Institute of Social Enterprise"),
        ("University of Lagos (UXL)", "Union of Lions (UXL)"),
        ("School of Enginering (UoN)", "School of Engineering (UMX)"),
        ("Dominica Broadcasting", "Dominican Broadcasting"),
        ("Minstry of Education", "Ministry of Health"),
        ("Koru Sikia", "Nodu Sikia"),
        ("Koru Sikia", "Koru Nodu"),
        ("Koru Sikia Ltd", "Koru"),
        ("JSC Koru Sikia", "Sikia"),
        ("Company Ltd", "Corporation Inc"),
        ("JSC", "OJSC"),
        ("Koru Sikia (Xb)", "Koru Sikia"),
        ("Koru Sikia (AB CD)", "Koru Sikia"),
        ("MINISTRY (HEALTH)", "Ministry"),
        ("SAUDI DATA & AI AUTHORITY", "SDAIA"),
        ("MICT - Koru Sikia", "Koru Sikia"),
        ("Centre for Development, School of Law", "Centre for Development"),
        ("Centre for Development, Kigali", "Centre for Development, Huye"),
        ("ORACLE", "Orange"),
        ("AB", "Agency of Books"),
        ("!!!", "???"),
        ("Gambia Union", "Zambia Union"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert kind(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MICT", ICT),
        ("Ministry of Health", "Ministry of Health, Rwanda"),
        ("Min. of Health", "Ministry of Health"),
        ("Ministry of Health (MoH)", "Ministry of Health"),
        ("Makarere University", "Makerere University"),
    ],
)
def test_another_country_is_another_organization(one: str, other: str) -> None:
    assert kind(one, other) is not None
    assert kind(one, other, "RWA", "OMN") is None


def test_signs_alone_join_distinctive_names_of_any_countries() -> None:
    assert kind("SikiaLink Koru", "Sikia-Link Koru", "KEN", "UGA") is Kind.SIGNS
    assert kind("Ministry of Health.", "Ministry of Health", "KEN", "UGA") is None


@pytest.mark.parametrize(
    "pair", name_pairs(), ids=lambda pair: f"{pair.one.text}/{pair.other.text}"
)
def test_no_two_organizations_of_the_list_are_proposed(pair: NamePair) -> None:
    assert pair.same or not pair.proposed


def test_hardly_a_spelling_of_the_list_is_missed() -> None:
    same = [pair for pair in name_pairs() if pair.same]
    assert len(same) >= 60
    assert len(name_pairs()) - len(same) >= 60
    assert sum(bool(pair.proposed) for pair in same) >= len(same) - 5


def test_lines_that_suffice_and_the_best_of_them() -> None:
    """Four spellings of one name take three lines, each by the best evidence there is."""
    names = [ICT, f"{ICT} (MICT)", "Min. of ICT", "MICT"]
    made = pairs([Spelling(name, ("BWA",)) for name in names], range(4))
    assert [(pair.earlier, pair.later, pair.kind) for pair in made] == [
        (0, 1, Kind.BRACKET),
        (0, 2, Kind.ABBREVIATION),
        (1, 3, Kind.STATED),
    ]


def test_an_acronym_that_somebody_states_is_nobody_elses() -> None:
    names = ["ISE", "Icelandic Society of Engineers (ISE)", "Institute of Social Enterprise"]
    made = pairs([Spelling(name, ("ISL",)) for name in names], range(3))
    assert [(pair.earlier, pair.later) for pair in made] == [(0, 1)]
    alone = [Spelling(name, ("RWA",)) for name in ("MICT", "M.I.C.T.", ICT)]
    assert [(pair.earlier, pair.later) for pair in pairs(alone, range(3))] == [(0, 1), (0, 2)]
    both = [names[0], "Icelandic Society of Engineers", names[2]]
    made = pairs([Spelling(name, ("ISL",)) for name in both], range(3))
    assert [(pair.earlier, pair.later) for pair in made] == [(0, 1), (0, 2)]


def test_a_directory_finds_names_of_unknown_country_too() -> None:
    directory = Directory(
        [Spelling("Ministry of Health"), Spelling("Ministry of Health", ("OMN",))]
    )
    assert directory.like(Spelling("Min. of Health", ("OMN",))) == {0, 1}
    assert directory.like(Spelling("Min. of Health", ("KEN",))) == {0}
    assert directory.like(Spelling("MoH")) == {0, 1}
    stated = Directory([Spelling("University of Lagos (UNILAG)"), Spelling("Koru Sikia (QXZ)")])
    assert stated.like(Spelling("UNILAG")) == {0}
    assert stated.like(Spelling("Koru Sikia")) == {1}
    assert stated.like(Spelling("Koru Sikia (QXY)")) == frozenset()


def test_a_finding_names_both_and_gives_the_line(contest: Contest) -> None:
    (fault,) = found(contest, entered({"entity": "Ministry of ICT"}, {"entity": 'Min. of "ICT"'}))
    assert fault.submission.id == "a1"
    assert fault.field == "entity"
    assert fault.message == (
        "'Min. of \"ICT\"' may be the organization called 'Ministry of ICT' in a0: "
        "the same with abbreviations written out"
    )
    line = fault.help.rpartition("organizations.csv: ")[2]
    assert next(csv.reader(io.StringIO(line))) == ['Min. of "ICT"', "Ministry of ICT"]
    assert fault.evidence is not None
    (passage,) = fault.evidence.passages
    assert (passage.field, passage.here, passage.there) == (
        "entity",
        'Min. of "ICT"',
        "Ministry of ICT",
    )
    assert fault.evidence.compared_with == "a0"
    assert fault.evidence.similarity == 71  # 71.4 per cent


def test_one_finding_for_a_pair_of_spellings_however_often_they_stand(contest: Contest) -> None:
    spellings = ("Ministry of ICT", "Min. of ICT", "MINISTRY OF ICT", "min. of ict", "Min. of ICT ")
    made = entered(*({"entity": name} for name in spellings))
    assert [fault.submission.id for fault in found(contest, made)] == ["a1"]
    (proposal,) = proposals(made, SameNames())
    assert proposal.submission_ids == ("a1", "a3", "a4")


def test_the_submitter_counts_too(contest: Contest) -> None:
    made = entered(
        {"entity": "Ministry of ICT", "submitter_organization": "Min. of ICT"},
        {"entity": "Kigali Hub", "submitter_organization": "Ministry of I.C.T."},
    )
    by_id = {fault.submission.id: fault for fault in found(contest, made)}
    assert by_id["a0"].field == by_id["a1"].field == "submitter_organization"
    assert "'Ministry of ICT' in entity:" in by_id["a0"].message
    assert by_id["a0"].evidence is not None
    assert by_id["a0"].evidence.compared_with is None


def test_what_is_declared_the_same_is_not_proposed(contest: Contest) -> None:
    made = entered({"entity": "Ministry of ICT"}, {"entity": "Min. of ICT"}, {"entity": "MICT"})
    declared = SameNames([("Ministry of ICT", "min. of ICT")])
    (fault,) = found(contest, made, declared)
    assert fault.submission.id == "a2"
    every = SameNames([("Ministry of ICT", "min. of ICT"), ("MICT", "Min. of ICT")])
    assert found(contest, made, every) == []


def test_the_order_of_rows_changes_nothing(contest: Contest) -> None:
    names = [pair.one.text for pair in name_pairs()] + [pair.other.text for pair in name_pairs()]
    made = entered(*({"entity": name, "submitted_at": "2021-01-20T10:00:00Z"} for name in names))
    shuffled = sorted(made, key=lambda item: item.text("entity")[::-1])
    assert found(contest, made) == found(contest, shuffled)
    assert len(found(contest, made)) > 50


def test_proposals_come_by_evidence_and_then_by_likeness() -> None:
    made = entered(*({"entity": pair.one.text} for pair in name_pairs()),
                   *({"entity": pair.other.text} for pair in name_pairs()))  # fmt: skip
    ranks = [
        (list(Kind).index(proposal.kind), -proposal.similarity)
        for proposal in proposals(made, SameNames())
    ]
    assert len(ranks) > 50
    assert all(one <= other for one, other in pairwise(ranks))


def test_without_a_country_in_the_form_names_are_compared_all_the_same(contest: Contest) -> None:
    made = entered({"entity": "Ministry of ICT", "country": ""}, {"entity": "MICT", "country": ""})
    assert len(found(contest, made)) == 1


@pytest.mark.parametrize(
    "name",
    ["=1+1", '=HYPERLINK("x","y")', "[bold]x[/bold]", "<b>x</b>", "\x00\x1b[31m", "(((((", ")(", "😀",
     "(ABC)", " - ", "A - ", "&&&", "...", "I.", "(Ltd)", "،", "x\u0301" * 50],
)  # fmt: skip
def test_strange_names_are_names(name: str, contest: Contest) -> None:
    assert found(contest, entered({"entity": name}, {"entity": f"{name} {name}"})) is not None
    assert words(name) is not None


def test_long_names_and_many_alike_take_no_time() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = [
        *(f"University of Karolin{one}{other}" for one in letters for other in letters),
        *(f"Ministry of H{one}{other}" for one in letters for other in letters),
        *("x" * 10_000 + "!" * number for number in range(50)),
        *("(" * 5_000 + "A" * number for number in range(50)),
        *("a " * 5_000 + "(AB) " * number for number in range(50)),
        "MoH",
    ]
    begun = time.process_time()
    pairs([Spelling(name, ("KEN",)) for name in many], range(len(many)))
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ministry", "minstry", True),
        ("ministry", "ministryy", True),
        ("ministry", "minister", False),
        ("ministry", "minitsry", True),
        ("ministry", "nimistry", False),
        ("ministry", "ministry", False),
        ("ministry", "minixtry", True),
        ("abcdefg", "bcdefgh", False),
    ],
)
def test_one_slip(one: str, other: str, expected: bool) -> None:
    assert one_slip_apart(one, other) is expected
    assert one_slip_apart(other, one) is expected


def test_marks_are_numbers_and_single_letters() -> None:
    assert marks(words("Play4Peace II, Lab A 12")) == ("12", "4", "a", "ii")
    assert marks(words("智 慧")) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("abcdefg", "cabdefg", False),
        ("abcdefg", "bazzzfg", False),
        ("abcdefg", "baxdefg", False),
        ("abcdefg", "bacxefg", False),
        ("abcdefg", "abcdegf", True),
    ],
)
def test_one_slip_and_no_more(one: str, other: str, expected: bool) -> None:
    assert one_slip_apart(one, other) is expected


def test_in_which_words_a_slip_is_looked_for() -> None:
    assert [len(word) for number in (6, 7, 40, 41) if may_have_a_slip(word := "a" * number)] == [
        7,
        40,
    ]
    assert not may_have_a_slip("abcdef7")
    assert may_have_a_slip("министр")
    assert not may_have_a_slip("北京市第一实验中学")


def test_letters_that_people_set_in_several_ways() -> None:
    assert words("ёлка край Ökö Türkiye e‐Health Ελλάδά") == (
        "елка",
        "край",
        "oko",
        "turkiye",
        "ehealth",
        "ελλαδα",
    )
    assert words("сор сdд Сorp") == ("сор", "сdд", "corp")
    assert words("हिन्दी أحمد") == ("हिन्दी", "احمد")
    assert words("A.B.C. and no.one, d.") == ("abc", "and", "no", "one", "d")


@pytest.mark.parametrize(
    ("word", "singular"),
    [("banks", "bank"), ("news", "news"), ("agencies", "agency"), ("press", "press"), ("campus", "campus"),
     ("crisis", "crisis"), ("programmes", "program"), ("organisations", "organization")],
)  # fmt: skip
def test_stems(word: str, singular: str) -> None:
    assert stem(word) == singular


def test_countries() -> None:
    assert is_country(words("U.A.E."))
    assert is_country(words("KEN"))
    assert not is_country(words("IMB"))
    assert country_code("kenya ") == country_code("KEN") == "KEN"
    assert country_code("Wakanda") == "wakanda"
    assert without_country(words("Posts, United Arab Emirates"), "ARE") == ("posts",)
    assert without_country(words("United Arab Emirates Posts"), "ARE") == ("posts",)
    assert without_country(words("Posts, United Arab Emirates"), "KEN")[0] == "posts"
    assert without_country(("kenya",), "KEN") == ("kenya",)


def test_words_that_tell_a_name_from_others() -> None:
    assert distinctive(words("The Sea of Koru in Kenya, Xu 4you National Libraries")) == (
        "sea",
        "koru",
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Min. of ICT", "Min. of ICT,Ministry of ICT"),
        ("Min. of  ICT ,", '"Min. of ICT ,",Ministry of ICT'),
        ('"Min." of ICT', '"""Min."" of ICT",Ministry of ICT'),
    ],
)
def test_a_line_is_quoted_only_where_it_must_be(name: str, line: str) -> None:
    (proposal,) = proposals(entered({"entity": "Ministry of ICT"}, {"entity": name}), SameNames())
    assert proposal.line == line
