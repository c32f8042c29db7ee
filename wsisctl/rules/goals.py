"""Whether each goal that a submission names is spoken of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wsisctl.contest.model import Label
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.passages import ONE_FIELD, TOO_SHORT, quoted, says_enough, sentences
from wsisctl.rules.specimen import Specimen
from wsisctl.wording import joined

_NUMBER = r"\d{1,2}(?!\d)(?:\.\w{1,2}\b)?(?:\s*\([^()]{1,80}\))?"
"""Of a goal or of one of its targets; its name may follow in brackets."""
_JOINED = r"(?:\s*(?:,|;|/|&|–|-|\b(?:and|or|to)\b))+\s*"
_LISTED = re.compile(
    rf"\b(?:SDGs?|goals?)[\s#:(–-]*(?:(?:nos?\b\.?|numbers?)\s*)?"
    rf"({_NUMBER}(?:{_JOINED}(?:(?:SDGs?|goals?)[\s-]*)?{_NUMBER})*)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)|\.\w+")
_RANGE = re.compile(r"(\d+)(?:(?:[–-]|\s+to\s+)(\d+))?")


class Goals:
    """The goals of a contest, as texts speak of them."""

    def __init__(self, names: Mapping[int, Label]) -> None:
        self._numbers = names.keys()
        self._by_name = {part: number for number in names for part in _parts(names[number].en)}
        self._names = re.compile(rf"\b(?:{'|'.join(map(re.escape, self._by_name))})\b")

    def spoken_of(self, text: str) -> frozenset[int]:
        """Those that a text names by number or by name."""
        text = " ".join(text.split())
        found = {self._by_name[name] for name in self._names.findall(text.casefold())}
        for listed in _LISTED.findall(text):
            for first, last in _RANGE.findall(_ASIDE.sub("", listed)):
                found.update(range(int(first), int(last or first) + 1))
        return frozenset(found & self._numbers)


def _parts(name: str) -> tuple[str, ...]:
    """A goal's name, and those of its parts that are more than one word."""
    name = name.casefold()
    parts = (part.strip() for part in re.split(r",|\band\b", name))
    return (name, *(part for part in parts if " " in part))


def _sdg_examples(
    submissions: tuple[Submission, ...], settings: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    box, goals = settings["field"], Goals(context.contest.sdgs)
    for submission in submissions:
        text = submission.text(box)
        named = _listed(submission.text("sdgs"), context.contest.sdgs)
        told = goals.spoken_of(text)
        if named <= told or not says_enough(text):
            continue
        others = told - named
        beside = f"; it speaks of {_named(others)}, which sdgs does not name" if others else ""
        yield Fault(
            submission,
            f"{box} says nothing of {_named(named - told)}{beside}",
            "look for the link to each goal that sdgs names, with examples",
            box,
            evidence=quoted((box, one) for one in sentences(text) if goals.spoken_of(one)),
        )


def _listed(written: str, sdgs: Iterable[int]) -> frozenset[int]:
    parts = {part.strip() for part in written.split(";")}
    return frozenset(number for number in sdgs if str(number) in parts)


def _named(numbers: frozenset[int]) -> str:
    """`goal 4`, `goals 4, 9 and 17`."""
    return f"{'goal' if len(numbers) == 1 else 'goals'} {joined(sorted(numbers))}"


def _boxes(settings: Mapping[str, Any]) -> Iterator[str]:
    yield "sdgs"
    yield settings["field"]


SDG_EXAMPLES = Rule(
    code="sdg-examples",
    severity="review",
    check=_sdg_examples,
    checks="The box `field` speaks of each goal that `sdgs` names, by number or by its name in "
    f"English. {TOO_SHORT}",
    why="A goal without a link to it, and without an example, cannot be judged.",
    example="`sdgs` is `4;9`, and `sdg_linkages` speaks of goal 4 alone.",
    specimen=Specimen(
        (
            {
                "sdgs": "4;9",
                "sdg_linkages": "SDG 4: every village school now has a library on a small server, from which "
                "children borrow books at any hour. For example, in Kisumu older pupils read to younger ones "
                "each evening, and parents who never learned to write come with them and stay for lessons.",
            },
        )
    ),
    mend="Show the link to each goal that the project advances, with an example.",
    settings=ONE_FIELD,
    needs=_boxes,
)
