"""Words that many names and titles have in common, the ways to shorten them, and what is left without."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from wsisctl.likeness.countries import names_a_country
from wsisctl.likeness.letters import Words, stem

_SHORTEST_WORD = 3

_SMALL = """
    the an of for and in on at to by with from into de la le les el los las du des del da do dos
    di der die das und et von van
"""
SMALL = frozenset(_SMALL.split())
"""Words that people put in and leave out."""

_ABBREVIATIONS = """
    acad academy; admin administration; agric agriculture; ai artificial intelligence; assn association;
    assoc association; auth authority; co company; comms communication; corp corporation; ctr center;
    dep department; dept department; dev development; dir directorate; edu education; eng engineering;
    env environment; fdn foundation; fed federal; found foundation; gov government; govt government;
    hosp hospital; hq headquarter; ict information communication technology; inc incorporated;
    info information; inst institute; int international; intl international; it information technology;
    lab laboratory; lib library; ltd limited; mgmt management; min ministry; nat national; natl national;
    org organization; prov provincial; reg regional; rep republic; sci science; soc society; st saint; svc service;
    tech technology; telecom telecommunication; un united nation; univ university
"""
_FULL: Mapping[str, Words] = {
    short: tuple(full) for short, *full in (entry.split() for entry in _ABBREVIATIONS.split(";"))
}
"""The stems that an abbreviation stands for."""

_LEGAL_FORMS = """
    limited incorporated company corporation llc llp plc gmbh ag sa sarl sas srl spa bv nv oy
    oyj ab as asa aps kft sro doo ev jsc ojsc cjsc pjsc pvt private pte pty pt ngo npo ооо зао
    оао пао ао
"""
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())
"""After abbreviations are written out."""

_COMMON = """
    academy access administration affair agency agriculture aid alliance app application archive
    art artificial assembly association authority award bank based board body branch bureau
    business campaign campus care center chamber child children citizen city civil class climate
    club college commerce commission committee communication community company competition
    computer conference connect connectivity consortium consulting content corporation council
    country course court culture customs cyber data database department development digital
    directorate disability district division eagriculture east ebusiness ecommerce economic
    economy education eemployment eenvironment egovernment ehealth elearning electronic embassy
    emergency employment empowerment energy engineering entrepreneur entrepreneurship
    environment escience eservice excellence exchange executive faculty family farm farmer
    federal federation finance first food forum foundation free fund future general girl global
    good governance government green group headquarter health higher home hospital house hub
    human idea inclusion inclusive industry informatics information infrastructure initiative
    innovation innovative institute institution integrated intelligence intelligent
    international internet knowledge lab laboratory land language law learning library life
    limited literacy local management map market mayor media medical member micro ministry
    mobile model monitoring municipal municipality museum nation national net network new news
    non north office official online open operator organization parliament partner partnership
    payment people person phone plan plastic platform policy poor portal post postal power
    primary private program project promotion protection province provincial public quality
    radio reform region regional registry regulator regulatory republic research resource right
    road royal rural safe safety school science second secondary secretariat sector security
    service skill small smart social society software solution south space standard state
    station statistic stem strategy student studio support sustainable system teacher teaching
    team tech technical technological technology telecommunication television tool trade
    training transport trust union unit united universal university urban using video village
    virtual vocational water web website west wifi woman women work workshop world young youth
"""
_GENERIC = frozenset(_COMMON.split()) | _FULL.keys()
"""Stems that tell no organization and no project from another."""


def distinctive(found: Words) -> Words:
    """The stems of those words that tell a name from others: no common ones, no countries, no numbers."""
    return tuple(filter(None, map(_distinctive_stem, found)))


@lru_cache(maxsize=16_384)
def _distinctive_stem(word: str) -> str:
    """Empty for a word that tells no name from others."""
    found = "" if word in SMALL or names_a_country(word) else stem(word)
    tells = len(found) >= _SHORTEST_WORD and found.isalpha() and found not in _GENERIC
    return found if tells else ""


def without_small(found: Words) -> Words:
    """All of them where there are no others."""
    return tuple(word for word in found if word not in SMALL) or found


def written_out(found: Words) -> Words:
    """Stems, those of an abbreviation in its place."""
    return tuple(chain.from_iterable(map(_in_full, found)))


@lru_cache(maxsize=16_384)
def _in_full(word: str) -> Words:
    return _FULL.get(word) or _FULL.get(stem(word)) or (stem(word),)


def without_legal_form(found: Words) -> Words:
    """A name never is a legal form alone."""
    while len(found) > 1 and found[-1] in LEGAL_FORMS:
        found = found[:-1]
    while len(found) > 1 and found[0] in LEGAL_FORMS:
        found = found[1:]
    return found
