"""Invented names and texts: plausible, in English, and the same on every machine."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")

_PLACES = (
    "Ntcheu", "Cauca", "Rakiura", "Gilgit", "Bregenz", "Oaxaca", "Turkana", "Vanua Levu", "Soria",
    "Khovd", "Sankt Gallen", "Mandalay", "Chiloé", "Tromsø", "Batna", "Svaneti", "Lublin", "Kisumu",
)  # fmt: skip
_KINDS = (
    "Ministry of ICT", "University", "Women's Cooperative", "Digital Trust", "Chamber of Commerce",
    "Open Data Institute", "Farmers' Union", "Regional Hospital", "Public Library", "Science Academy",
)  # fmt: skip
_IDEAS = (
    "Connected Classrooms", "Village Radio Online", "e-Seeds", "Health at Hand", "Open Court Records",
    "One Window", "Safe Clicks", "Weather by Phone", "Maps for All", "Stories of the Elders",
    "Jobs Nearby", "Clean Water Watch", "Code & Care", "Market Bridge", "Signs that Speak",
)  # fmt: skip
_OPENINGS = (
    "In {place} the project", "Together with local teachers, the team in {place}",
    "Since its first year the initiative in {place}", "For families in {place}, this service",
    "With support from the municipality of {place}, the programme",
)  # fmt: skip
_DEEDS = (
    "trains young people to repair computers", "puts public records within reach of every citizen",
    "sends early warnings to small farmers by text message", "brings doctors and patients together online",
    "teaches older people how to use the internet safely", "records local languages for the next generation",
    "helps women to sell their products in new markets", "measures the quality of drinking water every day",
)  # fmt: skip
_RESULTS = (
    "and {number} households have already benefited from it.",
    "so that {number} people save a day of travel each month.",
    "and an independent survey of {number} users confirmed the results.",
    "which has lowered the cost for {number} small businesses.",
    "and {number} schools in the region now follow the same model.",
)  # fmt: skip
_FRENCH = (
    "Le projet forme des jeunes à la réparation d'ordinateurs et améliore la vie des familles dans "
    "toute la région, avec le soutien des écoles et des communes."
)


def number(low: int, high: int, *key: object) -> int:
    """A number from `low` to `high`, always the same for the same key."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return low + int.from_bytes(digest[:8]) % (high - low + 1)


def pick(options: Sequence[_T], *key: object) -> _T:
    """One of the options, always the same for the same key."""
    return options[number(0, len(options) - 1, *key)]


def entity(index: int) -> str:
    """The name of the index-th entity."""
    kind, place = _KINDS[index % len(_KINDS)], _PLACES[index // len(_KINDS) % len(_PLACES)]
    return (
        f"{kind} of {place}" if index < len(_KINDS) * len(_PLACES) else f"{kind} of {place} {index}"
    )


def title(index: int) -> str:
    """The title of the index-th project."""
    idea, place = _IDEAS[index % len(_IDEAS)], _PLACES[index // len(_IDEAS) % len(_PLACES)]
    return f"{idea} {place}" if index < len(_IDEAS) * len(_PLACES) else f"{idea} {place} {index}"


def text(words: int, *key: object) -> str:
    """English sentences with exactly so many words."""
    tokens: list[str] = []
    while len(tokens) < words:
        line = len(tokens)
        parts = (pick(part, part, line, *key) for part in (_OPENINGS, _DEEDS, _RESULTS))
        sentence = " ".join(parts).format(
            place=pick(_PLACES, "place", line, *key), number=number(40, 9000, line, *key)
        )
        tokens += sentence.split()
    return " ".join(tokens[:words])


def without_figures(words: int, *key: object) -> str:
    """The same without a number."""
    told = (token for token in text(2 * words, *key).split() if not token.isdecimal())
    return " ".join([*told][:words])


def french(words: int) -> str:
    """The same in French, for a submission in the wrong language."""
    return " ".join((_FRENCH.split() * words)[:words])
