"""Whether the impact of a project is told in figures."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.passages import ONE_FIELD, TOO_SHORT, any_of, quoted, says_enough, sentences_with
from wsisctl.rules.specimen import Specimen
from wsisctl.wording import joined

_NO_FIGURE = (
    r"\b(?:SDGs?|goals?|targets?|COVID)[\s-]*\d[\d.]*(?:(?:\s*(?:,|and|&))+\s*\d[\d.]*)*"
    r"|\b(?:in|since|by|until|from|during|between|early|late|year|[a-z]+ary|march|april|may|june|july"
    r"|august|[a-z]+ber)[\s-]+(?:19|20)\d\d\b(?:\s*(?:and|to|-|–)\s*(?:19|20)\d\d\b)?"
)
"""Numbers of goals, and years."""
_FIGURE = (
    r"(?<![^\W\d_])\d|\bper ?cent\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|"
    r"thousands?|millions?|billions?|half|(?:a|one|two)[ -]thirds?|(?:a|one|three)[ -]quarters?|twice|doubl\w+|tripl\w+|halv\w+|\w+fold)\b"
)
_EITHER = re.compile(rf"{_NO_FIGURE}|(?P<figure>{_FIGURE})", re.IGNORECASE)
_SPHERES = {
    "economic": any_of(
        "econom* income* job* employ* business* market* trade revenue* profit* invest* cost* price* sav* sale* sell*"
    ),
    "social": any_of(
        "social* societ* communit* famil* women girl* child* school* educat* learn* health* patient* inclus* "
        "gender youth elder* citizen* teacher* people"
    ),
    "environmental": any_of(
        "environment* climat* energy carbon emission* pollut* waste recycl* forest* water biodivers* ecolog* paper"
    ),
}
"""Words that speak of each kind of impact."""


def _impact_figures(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], _: Context
) -> Iterator[Fault]:
    box = settings["field"]
    for submission in submissions:
        text = submission.text(box)
        if _gives_a_figure(text) or not says_enough(text):
            continue
        told = [
            sentence
            for words in _SPHERES.values()
            for sentence in list(sentences_with(words, submission, [box]))[:1]
        ]
        yield Fault(
            submission,
            f"{box} gives no figure; expected qualitative and quantitative impact; "
            f"its words are of {_spheres_of(text)} impact",
            "look for how much has changed, and for whom",
            box,
            evidence=quoted(told),
        )


def _gives_a_figure(text: str) -> bool:
    return any(match["figure"] for match in _EITHER.finditer(" ".join(text.split())))


def _spheres_of(text: str) -> str:
    """`economic and social`; `no economic, social or environmental`."""
    told = [sphere for sphere, words in _SPHERES.items() if words.search(text)]
    return joined(told) if told else f"no {joined(_SPHERES, 'or')}"


IMPACT_FIGURES = Rule(
    code="impact-figures",
    severity="review",
    check=_impact_figures,
    checks="The box `field` holds a figure, in digits or in words, other than a year or the number of "
    f"a goal. What the words around it say is for the panel to read. {TOO_SHORT}",
    why="Impact is asked for in quality and in quantity.",
    example="`impact` says that many lives have changed, and not how many.",
    specimen=Specimen(
        (
            {
                "impact": "Families tell us that their children read at home. Shops sell more than before, "
                "women speak at meetings where they used to listen, and less paper is thrown away, because "
                "forms are filled in on one screen. The change that matters most is that people expect more.",
            },
        )
    ),
    mend="Say how much has changed, and for how many.",
    settings=ONE_FIELD,
    needs=lambda settings: (settings["field"],),
)
