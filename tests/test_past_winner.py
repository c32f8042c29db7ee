"""Past winners: under another spelling, renamed, spoken of; and what is no finding."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.support import submission, words, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.contest.model import Contest
from wsisctl.findings import Source
from wsisctl.likeness.mentions import Name, large_words, mention
from wsisctl.likeness.titles import Title, contains, shared_words
from wsisctl.names import SameNames
from wsisctl.readers.files import InputFile
from wsisctl.records.people import PastWinner, read_past_winners
from wsisctl.records.record import Record
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault
from wsisctl.rules.eligibility import PAST_WINNER
from wsisctl.times import read_time

VOICES = "Voices of the Valley"
ICT = "Ministry of Information and Communication Technology"


@pytest.fixture(scope="module")
def contest() -> Contest:
    return load_contest("2021")


def won(title: str, entity: str = "Rumi Radio", country: str = "PER", row: int = 2) -> PastWinner:
    return PastWinner(title, "2016", Source("past.csv", row), "C9", entity, country)


def found(
    contest: Contest,
    winners: PastWinner | Sequence[PastWinner],
    organizations: SameNames | None = None,
    settings: Mapping[str, Sequence[str]] | None = None,
    **changes: str,
) -> list[Fault]:
    """What the rule finds in one submission, of another entity unless the changes say otherwise."""
    cells = submission("a1", entity="Kigali Hub", country="RWA") | changes
    moment = read_time(cells["submitted_at"], contest.zone)
    record = Submission("a1", Record(cells, Source("s.csv", 2)), "C1", moment)
    past = (winners,) if isinstance(winners, PastWinner) else tuple(winners)
    context = Context(contest, past, organizations or SameNames())
    return list(PAST_WINNER.check((record,), settings or {}, context))


def text(sentence: str) -> str:
    """A description with a sentence in it."""
    return f"{words(60)}. {sentence} {words(90)}"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (VOICES, "VOICES OF THE VALLEY ", ""),
        (VOICES, "“Voices” of the Valley", "other signs"),
        ("e-Health Portal", "eHealth Portal", "other signs"),
        ("Farm’s Friend & Co", "Farms Friend and Co", "other signs"),
        ("iMbrella (IMB)", "iMbrella", "acronym in brackets"),
        ("iMbrella", "iMbrella (IMB)", "acronym in brackets"),
        (VOICES, "The Voices of Valley", "small words"),
        (VOICES, "Voices of the Valley: radio for mountain villages", "a subtitle"),
        ("Voices of the Valley – radio for mountain villages", VOICES, "a subtitle"),
        ("Mountain Herders Register", "Mountain Hreders Register", "one letter"),
    ],
)
def test_the_same_title_in_another_spelling(
    old: str, new: str, says: str, contest: Contest
) -> None:
    (fault,) = found(contest, won(old), title=new)
    assert fault.field == "title"
    assert fault.message.startswith(f"a project called '{old}' won in 2016 (past.csv:2)")
    assert says in fault.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (VOICES, "Voices of the Valley 2"),
        (VOICES, "Voices of the Valley II"),
        ("Voices of the Valley 2016", "Voices of the Valley 2020"),
        ("Voices of the Valley Kenya", "Voices of the Valley Uganda"),
        (VOICES, "Voices of the Valley: Kenya"),
        ("iMbrella (IMB)", "iMbrella (IMX)"),
        ("Project p1", "Project p2"),
        ("Herders of Zambia Register", "Herders of Gambia Register"),
        ("Digital Village", "Digital Village: internet for rural schools"),
        ("MobiClinic", "MobiClinic: care at the door of every home"),
        ("Digital Skills", "The Digital Skills"),
        ("Voices of the Valley: radio for villages", "Voices of the Valley: films for towns"),
    ],
)
def test_titles_of_two_projects(old: str, new: str, contest: Contest) -> None:
    assert found(contest, won(old), title=new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (VOICES, "Voices of the Valley 2"),
        ("Digital Village Kenya", "Digital Village Uganda"),
        ("Digital Village II", "Digital Village 3"),
        ("Herders 2016", "Herders, second edition"),
        ("MobiClinic", "MobiClinic for All"),
        ("Voices of the Valley: radio for villages", "Valley Voices"),
        ("Digital Village", "Digital Village: internet for rural schools"),
    ],
)
@pytest.mark.parametrize(
    "entity", [ICT, "Min. of ICT", f"{ICT} (MICT)", "MICT", "ministry of ICT, Rwanda"]
)
def test_of_the_same_entity_they_are_one(old: str, new: str, entity: str, contest: Contest) -> None:
    assert len(found(contest, won(old, ICT, "RWA"), title=new, entity=entity)) == 1


def test_an_entity_may_win_again_with_another_project(contest: Contest) -> None:
    for old, new in (
        ("e-Government Portal", "e-Health Portal"),
        ("One Window", "National Data Exchange"),
        ("Kigali Hub Market", "Kigali Hub Academy"),
        ("Project p1", "Project p2"),
        ("Project 1", "Project 2"),
        ("Herders p1", "Herders p2"),
        ("Kenya", "Uganda"),
        ("Rwanda Land Register", "Rwanda Birth Register"),
    ):
        assert found(contest, won(old, "Kigali Hub", "RWA"), title=new) == []


@pytest.mark.parametrize(("country", "number"), [("OMN", 0), ("RWA", 1), ("", 1)])
def test_the_same_name_in_another_country_is_another_ministry(
    country: str, number: int, contest: Contest
) -> None:
    entity = "Ministry of Health"
    winner = won("MobiClinic", entity, country)
    assert len(found(contest, winner, title="MobiClinic for All", entity=entity)) == number


def test_what_organizations_csv_says_is_the_same_entity(contest: Contest) -> None:
    names = SameNames([("Rumi Radio", "Kigali Hub")])
    assert len(found(contest, won(VOICES), names, title="Voices of the Valley 2")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The project, formerly Voices of the Valley, has grown.",
        "In 2019 Voices of the Valley was renamed.",
        "It was previously called “Voices of the Valley”.",
        "This is a new version of Voices of the Valley!",
    ],
)
def test_renamed_under_another_entity(sentence: str, contest: Contest) -> None:
    (fault,) = found(contest, won(VOICES), impact=text(sentence))
    assert fault.field == "impact"
    assert fault.evidence is not None
    assert fault.evidence.compared_with == "past.csv:2"
    here = [(item.field, item.here, item.there) for item in fault.evidence.passages]
    assert here == [
        ("title", "Project a1", VOICES),
        ("entity", "Kigali Hub", "Rumi Radio"),
        ("impact", sentence, None),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "It builds on the work of the 2016 winner Voices of the Valley.",
        "Formerly the voices of the valley were not heard.",
        "People formerly heard Voices of the Valleys.",
        "The Valley formerly had no Voices.",
    ],
)
def test_not_every_mention_is_another_name(sentence: str, contest: Contest) -> None:
    assert found(contest, won(VOICES), impact=text(sentence)) == []


@pytest.mark.parametrize(
    ("title", "country", "number"),
    [
        ("Rural Hubs (formerly Digital Village Kenya)", "UGA", 1),
        ("Rural Hubs and Digital Village Kenya", "UGA", 0),
        ("The Digital Village Kenya", "KEN", 1),
        ("The Digital Village Kenya", "UGA", 0),
        ("Digital Village Kenya (DVK)", "KEN", 1),
        ("Digital Village Uganda", "KEN", 0),
    ],
)
def test_a_plain_title_of_three_words_is_one_project_in_its_country(
    title: str, country: str, number: int, contest: Contest
) -> None:
    winner = won("Digital Village Kenya", "Ministry of ICT", "KEN")
    assert len(found(contest, winner, title=title, country=country)) == number


def test_in_the_same_country_a_mention_is_for_a_person_to_read(contest: Contest) -> None:
    sentence = "It builds on the work of the 2016 winner Voices of the Valley."
    assert len(found(contest, won(VOICES, country="RWA"), impact=text(sentence))) == 1
    common = "It builds on the work of the 2016 winner Digital Village."
    assert found(contest, won("Digital Village", country="RWA"), impact=text(common)) == []


@pytest.mark.parametrize("entity", ["Rumi Radio", "Rumi Radio (RRP)", "Rumi-Radio Ltd"])
@pytest.mark.parametrize(
    ("old", "sentence", "number"),
    [
        ("One Window", "After One Window we went on.", 1),
        ("One Window", "After one window broke we went on.", 0),
        ("Umbrella (IMB)", "Since IMB began we went on.", 1),
        ("Umbrella (IMB)", "Since imb began we went on.", 0),
    ],
)
def test_renamed_by_the_same_entity(
    entity: str, old: str, sentence: str, number: int, contest: Contest
) -> None:
    faults = found(contest, won(old), impact=text(sentence), entity=entity, country="PER")
    assert ["impact speaks of it" in fault.message for fault in faults] == [True] * number


def test_only_the_boxes_named_are_searched(contest: Contest) -> None:
    sentence = text("The project, formerly Voices of the Valley, has grown.")
    boxes = {"texts": ["impact"]}
    assert len(found(contest, won(VOICES), None, boxes, impact=sentence)) == 1
    assert found(contest, won(VOICES), None, boxes, challenges=sentence) == []
    assert len(found(contest, won(VOICES), challenges=sentence)) == 1
    assert found(contest, won(VOICES), coordinator_name="formerly Voices of the Valley") == []


def test_of_winners_with_one_title_that_of_the_entity_is_shown(contest: Contest) -> None:
    past = [
        won(VOICES, "A", row=2),
        won(VOICES, "Kigali Hub", "RWA", row=3),
        won(VOICES, "B", row=4),
    ]
    (fault,) = found(contest, past, title=VOICES)
    assert fault.evidence is not None
    assert fault.evidence.compared_with == "past.csv:3"
    two = [won("Sea Signal Chart", row=3), won(VOICES, row=2)]
    both = found(contest, two, title=VOICES, impact=text("Formerly Sea Signal Chart."))
    assert [item.evidence.compared_with for item in both if item.evidence] == [
        "past.csv:2",
        "past.csv:3",
    ]


def test_similarity_is_rounded_down(contest: Contest) -> None:
    (fault,) = found(contest, won(VOICES), title="Voices of the Valley: radio for mountains")
    assert fault.evidence is not None
    assert fault.evidence.similarity == 65  # 40 of 61 letters


def test_champions_do_not_belong_in_the_list(contest: Contest) -> None:
    (fault,) = found(contest, won(VOICES), title=VOICES)
    for said in (fault.help, wsisctl("explain", "past-winner").out):
        assert "and do not belong in the list of past winners" in " ".join(said.split())


def test_winners_with_nothing_but_titles(contest: Contest, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "w.csv", [{"title": VOICES}, {"title": ""}, {"title": "!!!"}])
    past, _ = read_past_winners([InputFile(file, "w.csv")], contest)
    (fault,) = found(contest, past, title=VOICES.upper())
    assert fault.message == f"a project called '{VOICES}' won (w.csv:2)"
    assert len(found(contest, past, title="!!!")) == 1
    assert found(contest, past, title="???") == []


def test_all_columns_of_a_winner_are_read(contest: Contest, tmp_path: Path) -> None:
    row = {
        "year": "2016",
        "category": "C9",
        "title": VOICES,
        "entity": "Rumi Radio",
        "country": "PER",
    }
    file = write_csv(tmp_path / "past.csv", [row])
    past, _ = read_past_winners([InputFile(file, "past.csv")], contest)
    assert past == (won(VOICES),)


def test_a_setting_that_is_no_box_is_refused(tmp_path: Path) -> None:
    definition = tmp_path / "c.yaml"
    definition.write_text(
        'extends: "2021"\nrules:\n  past-winner: {clause: 2021-S11, settings: {texts: [impakt]}}\n'
    )
    result = wsisctl("rules", "--contest", definition)
    assert result.status == 3


@pytest.mark.parametrize(
    "title",
    ["(((", ": - :", "=1+1", "[b]x[/b]", "a " * 5_000, "😀 😀", "(ABC)", "x: ", ".*+?", "İ" * 99],
)
def test_strange_titles_are_titles(title: str, contest: Contest) -> None:
    assert len(found(contest, won(title), title=title)) == 1
    assert found(contest, won(title), title="Another Thing", impact=title * 2) is not None
    assert list(Title(title).handles()) is not None


def test_a_long_sentence_is_cut_around_the_name() -> None:
    long = f"{'word ' * 200}formerly {VOICES} {'word ' * 200}"
    seen = mention(long, [Name(VOICES)])
    assert seen is not None
    assert VOICES in seen.sentence
    assert len(seen.sentence) < 320
    assert seen.sentence.startswith("… ")
    assert seen.sentence.endswith(" …")


def test_a_single_plain_word_needs_more_than_a_capital() -> None:
    koru = [Name("Koru")]
    assert mention("Koru grows in spring.", koru) is None
    assert mention("In spring Koru grows.", koru) is not None
    assert mention("It grows. Koru too.", koru) is None
    assert mention("Window, renamed Koru.", koru) is not None
    assert mention("We opened a Window.", [Name("Window")]) is not None
    assert mention("We opened a Portal.", [Name("Portal")]) is None


def test_a_title_within_a_title() -> None:
    assert contains(Title("The new Voices of Valley show"), Title(VOICES))
    assert not contains(Title("Valley Voices"), Title(VOICES))
    assert not contains(Title("My Digital Village"), Title("Digital Village"))


@pytest.mark.parametrize(
    ("old", "country", "number"),
    [
        ("MobiClinic", "PER", 1),
        ("MobiClinic Portal", "PER", 1),
        ("MobiClinic", "RWA", 0),
        ("Portal", "PER", 0),
    ],
)
def test_a_made_up_word_is_a_title_within_its_country(
    old: str, country: str, number: int, contest: Contest
) -> None:
    title = f"{old}: care at the door of every home"
    assert len(found(contest, won(old), title=title, country=country)) == number


def test_one_wrong_letter_and_another_word_are_too_much(contest: Contest) -> None:
    assert found(contest, won("Mountain Herders Register"), title="Mountian Farmers Register") == []


def test_the_finding_says_whose_it_was(contest: Contest) -> None:
    new = "MobiClinic for All"
    (fault,) = found(contest, won("MobiClinic", "Kigali-Hub", "RWA"), title=new)
    assert "for 'Kigali-Hub', which may be the same entity, and stands in" in fault.message
    (fault,) = found(contest, won("MobiClinic", "Kigali Hub", "RWA"), title=new)
    assert "for the same entity, and stands in this title" in fault.message


def test_who_sent_it_in_may_be_the_earlier_winner(contest: Contest) -> None:
    winner = won("MobiClinic", "Rumi Radio", "RWA")
    new = "MobiClinic for All"
    (fault,) = found(contest, winner, title=new, submitter_organization="Rumi Radio")
    assert fault.evidence is not None
    fields = [passage.field for passage in fault.evidence.passages]
    assert fields == ["title", "entity", "submitter_organization"]


def test_a_text_may_have_no_other_large_words(contest: Contest) -> None:
    boxes = ("short_description", "sdg_linkages", "partnerships", "challenges")
    empty = dict.fromkeys(boxes, "")
    said = "formerly Voices of the Valley"
    assert len(found(contest, won(VOICES), title="new", impact=said, **empty)) == 1  # type: ignore[arg-type]


def test_the_names_of_a_project() -> None:
    def names(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return Title(title).names, Title(title).full_names

    assert names("Koru: radio") == (("Koru: radio", "Koru"), ("Koru: radio",))
    assert names("Sikia Koru: radio") == (("Sikia Koru: radio", "Sikia Koru"),) * 2
    assert names("Digital Village: radio") == (
        ("Digital Village: radio",),
        ("Digital Village: radio", "Digital Village"),
    )
    assert names("MobiClinic (MOC)") == (("MobiClinic", "MOC"), ("MobiClinic",))
    assert names("#RaizVox") == (("#RaizVox",), ("#RaizVox",))
    assert names("Window") == (("Window",), ())


@pytest.mark.parametrize(
    ("title", "acronym", "head"),
    [
        ("Koru (ABCDEFGHIJKL)", "ABCDEFGHIJKL", "Koru"),
        ("Koru (ABCDEFGHIJKLM)", "", "Koru (ABCDEFGHIJKLM)"),
        ("Koru (MoHte)", "", "Koru (MoHte)"),
        ("Koru (MoHt)", "", "Koru (MoHt)"),
        ("Koru (MoH)", "MoH", "Koru"),
        ("Koru (second phase)", "", "Koru (second phase)"),
        ("Koru (Second)", "", "Koru (Second)"),
        ("Koru (UAE)", "", "Koru (UAE)"),
        ("Koru (II)", "", "Koru (II)"),
        ("Koru (A)", "", "Koru (A)"),
        ("(IMB)", "", "(IMB)"),
        ("Koru: !!!", "", "Koru: !!!"),
        ("!!: Koru", "", "!!: Koru"),
    ],
)
def test_the_parts_of_a_title(title: str, acronym: str, head: str) -> None:
    assert (Title(title).acronym, Title(title).head) == (acronym, head)


def test_how_long_titles_and_their_words_must_be() -> None:
    longest = "koru " * 79 + "sikia"
    forms = {
        title: len(list(Title(title).handles())) for title in ("ab", "e2i", longest, f"{longest}s")
    }
    assert list(forms.values()) == [0, 4, 4, 1]
    longest = "mountain " * 44 + "koru"
    assert list(Title(longest).frames())
    assert not list(Title(f"{longest}s").frames())
    assert [word for _, word in Title("Mountain Herders").frames()] == ["mountain", "herders"]
    assert not list(Title("Mountain Herder").frames())
    assert [word for _, word in Title("Mountain Herder Zimbabwe").frames()] == ["mountain"]
    assert Title("MobiC and MobC").brands == {"mobic"}


def test_how_many_words_two_titles_must_share() -> None:
    def shared(one: str, other: str) -> tuple[str, ...]:
        return shared_words(Title(one), Title(other), frozenset(["sauti"]))

    assert shared("Koru Nodu Baraka Gyan", "Sikia Nodu Koru Tumai") == ("koru", "nodu")
    assert shared("Koru Nodu Baraka Gyan Xisi", "Sikia Nodu Koru Tumai Umoja") == ()
    assert shared("Koru Nodu Baraka", "Sikia Nodu Koru Tumai Umoja Alma") == ("koru", "nodu")
    assert shared("Koru Sauti Baraka Gyan", "Koru Sauti Tumai") == ()
    assert shared("Koru Baraka Gyan", "Koru Tumai") == ()
    assert shared("MobiKoru Baraka Gyan", "MobiKoru Tumai") == ("mobikoru",)


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ('they call it "the sea signal" there', "The Sea Signal", True),
        ("they call it «the sea signal» there", "The Sea Signal", True),
        ('they call it "the sea signal there', "The Sea Signal", False),
        ('they call it the sea signal" there', "The Sea Signal", False),
        ("they call it the sea signal there", "The Sea Signal", False),
        ("they call it The Sea Signal there", "The Sea Signal", True),
        ("they call it The Sea-Signal there", "The Sea Signal", True),
        ("they call it The Sea and Signal there", "The Sea & Signal", True),
        ("they call it the Sea Signal there", "THE SEA SIGNAL", True),
        ("they call it the sea Signal there", "Sea signal", False),
        ("they call it sea Signal there", "Sea Signal", False),
        ("they call it Sea Signals there", "Sea Signal", False),
        ("here is the sea signal too", "sea signal", True),
        ("here is the digital village too", "digital village", False),
        ("it is renamed from digital village", "digital village", True),
        ("We saw Imb there.", "IMB", False),
        ("We saw IMB there.", "IMB", True),
        ("We saw Mobiclinic there.", "MobiClinic", False),
        ("MobiClinic came.", "MobiClinic", True),
        ("It is no. 5 Koru now.", "Koru", True),
        ("It is there. Koru grows.", "Koru", False),
        ("It is a koru now.", "Koru", False),
    ],
)
def test_when_a_name_is_meant(text: str, name: str, meant: bool) -> None:
    assert (mention(text, [Name(name)]) is not None) is meant


def test_large_words() -> None:
    assert large_words("VOICES OF iMbrella and koru, Ébène 42") == {"voices", "mbrella", "ébène"}


def test_how_much_of_a_sentence_is_shown() -> None:
    name = "Voices of the Valleys"
    seen = mention(f"{'x' * 500} {name} {'y' * 500}", [Name(name)])
    assert seen is not None
    assert len(seen.sentence) == len("… ") + 139 + len(name) + 139 + len(" …")


SPARE = (300 - len(VOICES)) // 2
"""Letters on each side of a name that may be shown."""


@pytest.mark.parametrize(
    ("before", "after", "begins", "ends"),
    [
        (f"One. {'x' * (SPARE - 1)} ", ".", "x", "."),
        (f"One. {'x' * SPARE} ", ".", "… x", "."),
        (". ", ".", VOICES[0], "."),
        ("", f" {'y' * (SPARE - 2)}. More", VOICES[0], "y."),
        ("", f" {'y' * (SPARE - 1)}. More", VOICES[0], "y …"),
    ],
)
def test_a_sentence_is_whole_where_it_just_fits(
    before: str, after: str, begins: str, ends: str
) -> None:
    seen = mention(f"{before}{VOICES}{after}", [Name(VOICES)])
    assert seen is not None
    assert seen.sentence.startswith(begins)
    assert seen.sentence.endswith(ends)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"First one. Second one. Then {VOICES}! Then another.", f"Then {VOICES}!"),
        (f"Then {VOICES}", f"Then {VOICES}"),
        (f"First\nThen {VOICES}\nYes.", f"Then {VOICES}"),
    ],
)
def test_which_sentence_is_shown(text: str, sentence: str) -> None:
    seen = mention(text, [Name(VOICES)])
    assert seen is not None
    assert seen.sentence == sentence


def test_where_in_a_title_another_may_stand() -> None:
    for title in ("Sea Signal Chart Koru Nodu", "Koru Nodu Sea Signal Chart", "Sea Signal Chart"):
        assert contains(Title(title), Title("Sea Signal Chart"))
    assert not contains(Title("Sea Signal"), Title("Sea Signal Chart"))
