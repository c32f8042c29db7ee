"""What the rule `language` calls English, which passages it shows, and where exactly it begins to see them."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.language import Sample, samples
from tests.support import REPOSITORY, submission, words, write_csv, wsisctl
from wsisctl.contest.load import load_contest
from wsisctl.findings import Passage
from wsisctl.rules.engine import Validation
from wsisctl.rules.fit import fit_problems
from wsisctl.rules.foreign import foreign_passages, known_languages, pieces, without_names
from wsisctl.stages.inputs import name_all
from wsisctl.stages.validate import validate_inputs

FRENCH = "les enfants apprennent à lire et à compter avec leurs nouvelles tablettes"
ENGLISH = "The project trains teachers in rural schools and gives them tablets so that children learn to read."
EVERY = tuple(samples())


def validated(folder: Path, *rows: dict[str, str]) -> Validation:
    inputs = name_all({"submissions": [write_csv(folder / "s.csv", rows)]})
    return validate_inputs(load_contest("2021", fit_problems), inputs, lambda _: None).validation


# --- The measured texts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sample", [s for s in EVERY if s.english], ids=lambda s: f"{s.group}: {s.name}"
)
def test_no_false_alarm_on_english(sample: Sample) -> None:
    assert foreign_passages(sample.text, "en") is None


def test_foreign_texts_are_found_as_often_as_the_documentation_says() -> None:
    missed = Counter(s.group for s in EVERY if not s.english and not foreign_passages(s.text, "en"))
    assert missed == {
        "foreign, twenty words": 1,
        "mixed, a fifth foreign, within sentences": 12,
        "mixed, a tenth foreign, within sentences": 19,
    }


def test_there_are_enough_texts_of_each_kind() -> None:
    number = Counter(sample.group for sample in EVERY)
    assert number["English, hard"] >= 50
    assert number["foreign, whole"] >= 32


@pytest.mark.parametrize(
    "sample", [s for s in EVERY if s.group == "foreign, whole"], ids=lambda s: s.name
)
def test_a_contest_in_another_language_wants_that_one(sample: Sample) -> None:
    assert foreign_passages(sample.text, sample.name) is None
    assert foreign_passages(sample.text, "en") is not None


def test_english_is_foreign_to_a_contest_in_french() -> None:
    text = f"Le projet forme des enseignants, et {FRENCH}. {ENGLISH} Ensuite, {FRENCH}."
    found = foreign_passages(text, "fr")
    assert found is not None
    assert [text[one.start : one.end].strip() for one in found.stretches] == [ENGLISH]


@pytest.mark.parametrize(
    "filler",
    [
        words(160, "Project p1"), "word " * 150, "alpha beta gamma delta " * 40, "text. " * 160,
        " ".join(f"w{number}" for number in range(150)), "Sample text of project p1. " * 30,
        " ".join(f"word{number}" for number in range(1500)), "lorem " * 150, "x " * 200,
    ],
)  # fmt: skip
def test_fillers_are_no_language(filler: str) -> None:
    assert foreign_passages(filler.strip(), "en") is None


@pytest.mark.parametrize("sign", ["\x0b", "\0", "\x85", "\ufffe"])
def test_a_sign_that_nobody_sees_hides_no_language(sign: str) -> None:
    sentence = (
        "Le projet forme des enseignants dans les écoles rurales et leur donne des tablettes. "
    )
    found = foreign_passages(f"{sentence}{sign}{sentence}", "en")
    assert found is not None
    assert found.percent == 100


# --- Where it begins -------------------------------------------------------------------------------


def letters_of(text: str) -> int:
    return sum(map(str.isalpha, text))


def cut(text: str, letters: int) -> str:
    """The beginning of a text with exactly so many letters."""
    return next(text[:end] for end in range(len(text)) if letters_of(text[:end]) == letters)


NAMES = "Tambacounda Ziguinchor Ouahigouya Koudougou Niamtougou Tahoua"
"""So many that the passage beside them is a piece of its own."""


@pytest.mark.parametrize(("letters", "found"), [(39, False), (40, True)])
def test_forty_letters_besides_names_are_the_fewest(letters: int, found: bool) -> None:
    text = f"{ENGLISH} {NAMES} {cut(FRENCH, letters)}. {ENGLISH}"
    assert (foreign_passages(text, "en") is not None) == found


@pytest.mark.parametrize(("characters", "found"), [(13, False), (14, True)])
def test_a_chinese_character_says_as_much_as_three_letters(characters: int, found: bool) -> None:
    text = f"{ENGLISH} {'该项目帮助农村学校的老师和学生'[:characters]}。 {ENGLISH}"
    assert (foreign_passages(text, "en") is not None) == found


@pytest.mark.parametrize(("letters", "found"), [(1140, True), (1141, False)])
def test_a_twentieth_is_the_least(letters: int, found: bool) -> None:
    """60 letters of French and 1,140 of English: exactly 5 %."""
    text = f"{cut(f'{ENGLISH} ' * 20, letters)}. {cut(FRENCH, 60)}."
    assert (foreign_passages(text, "en") is not None) == found


@pytest.mark.parametrize(
    ("english", "begins"),
    [(124, "challenges looks like French"), (125, "about 89 % of challenges looks like French")],
)
def test_what_is_nine_tenths_in_another_language_is_wholly_so(
    english: int, begins: str, tmp_path: Path
) -> None:
    french = f"{FRENCH}. " * 18
    assert letters_of(french) == 1116
    text = f"{french} {cut(f'{ENGLISH} ' * 2, english)}."
    (finding,) = validated(tmp_path, submission("a1", challenges=text)).findings
    assert finding.message == f"{begins}; expected the language 'en'"


def test_less_than_a_hundred_and_twenty_bytes_get_no_verdict() -> None:
    text = "les enfants apprennent a lire et a compter avec leurs tablettes, et les parents les aident chaque soir a la maison avec joie"
    assert foreign_passages(text[:119], "en") is None
    assert foreign_passages(text[:120], "en") is not None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("农村学校的老师和学生们", "a text in Chinese script"),
        ("农村学校的老师和学生", "a text in Chinese script"),
        ("农村学校的老师和学", None),
        ("Школы и учителя", "a text in Cyrillic script"),
        ("农村学校的老师和学生 Школа", "a text in Chinese script"),
        ("وزارة الاتصالات وتقنية", "a text in Arabic script"),
        ("农村学校的老师和学生 abcdefghij", None),
        ("农村学校的老师和学生们 abcdefghij", "a text in Chinese script"),
        ("0123456789 -- 0123456789", None),
    ],
)
def test_a_short_text_in_other_letters_is_certain(text: str, script: str | None) -> None:
    found = foreign_passages(text, "en")
    assert (found.languages if found else None) == script
    if found:
        assert (found.percent, found.stretches[0].start, found.stretches[0].end) == (
            100,
            0,
            len(text),
        )


def test_other_letters_than_latin_ones_are_at_home_in_other_languages() -> None:
    assert foreign_passages("Школы и учителя", "ru") is None
    assert foreign_passages("农村学校的老师和学生们", "zh") is None


def test_a_piece_has_sixty_bytes_or_more() -> None:
    short, long = f"{'a' * 58}.", f"{'a' * 59}."
    assert (len(short), len(long)) == (59, 60)
    assert list(pieces(f"{short} b. c")) == [(0, 62), (62, 64)]
    assert list(pieces(f"{long} b. c")) == [(0, 60), (60, 65)]


# --- What says nothing about a language ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the Agence du Numérique paid", "the paid"),
        ("the Universidad Autónoma de la Ciudad paid", "the paid"),
        ("the Ciudad de la muy noble Villa paid", "the de la muy noble paid"),
        ("Villa siempre Villa", "siempre"),
        ("open (el portal de todos) now", "open now"),
        ("open “el portal” and «le portail» and 《门户》 now", "open now"),
        ("see https://el-portal.gob/de-todos or nombre@gob.es or portal.gob.es/x today", "see today"),
        ("12 pilots of 2nd b2b", "pilots of"),
        ("LES ENFANTS LISENT", "les enfants lisent"),
        ("Les ENFANTS lisent", "lisent"),
        ("İĞNE", "iğne"),
        ("使用ICT技术", "使用 技术"),
    ],
)  # fmt: skip
def test_names_and_numbers_are_taken_out(text: str, left: str) -> None:
    bare = without_names(text)
    assert len(bare) == len(text)
    assert " ".join(bare.split()) == left


def test_a_name_that_the_form_knows_is_taken_out_too() -> None:
    name = "وزارة الاتصالات وتقنية المعلومات والتحول الرقمي والابتكار"
    text = f"{ENGLISH} The work is paid for by {name} and by others. {ENGLISH}"
    assert foreign_passages(text, "en") is not None
    assert foreign_passages(text, "en", ("", name)) is None


# --- As a finding ----------------------------------------------------------------------------------


def test_a_finding_says_how_much_and_shows_the_passages(tmp_path: Path) -> None:
    sentence = f"Depuis le premier jour, {FRENCH}."
    row = submission("a1", challenges=f"{words(30)}. {sentence} {words(30)}. {sentence}")
    (finding,) = validated(tmp_path, row).findings
    assert (finding.rule, finding.severity, finding.field) == ("language", "review", "challenges")
    assert (
        finding.message == "about 35 % of challenges looks like French; expected the language 'en'"
    )
    assert finding.evidence is not None
    assert finding.evidence.passages == (Passage("challenges", sentence),), (
        "once, though it stands there twice"
    )


def test_a_text_in_several_languages_names_them_by_their_share() -> None:
    spanish = (
        "los niños aprenden a leer y a contar con sus nuevas tabletas, y los padres les ayudan"
    )
    found = foreign_passages(f"{FRENCH}. {spanish}. {ENGLISH} {spanish}.", "en")
    assert found is not None
    assert found.languages == "Spanish and French"


def test_the_name_of_the_entity_is_no_foreign_passage(tmp_path: Path) -> None:
    name = "وزارة الاتصالات وتقنية المعلومات والتحول الرقمي والابتكار"
    text = f"{words(30)}. The work is paid for by {name} and by others."
    assert validated(tmp_path, submission("a1", entity=name, challenges=text)).findings == ()
    assert validated(tmp_path, submission("a1", challenges=text)).findings != ()


@pytest.mark.parametrize("code", ["en", "fr", "zh", "he", "nb", "fil"])
def test_languages_are_known_by_their_usual_codes(code: str) -> None:
    assert code in known_languages()


def test_a_language_that_nobody_can_tell_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "edition.yaml"
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    path.write_text(text.replace("language: en,", "language: eng,"), encoding="utf-8")
    result = wsisctl("rules", "--contest", path)
    assert result.status == 3
    assert "'eng' is no language that can be told from others; did you mean 'en'?" in result.err


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("learn", "they       and relearned"),
        ("and", "they learn     relearned"),
        ("le", "they learn and relearned"),
    ],
)
def test_a_name_is_taken_out_as_a_word_of_three_letters_or_more(name: str, left: str) -> None:
    assert without_names("they learn and relearned", [name]) == left


def test_a_title_of_one_letter_hides_no_language() -> None:
    french = (
        "le projet forme des enseignants dans les écoles rurales et leur donne des tablettes " * 2
    )
    assert foreign_passages(french, "en", ["e"]) is not None
