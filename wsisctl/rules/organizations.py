"""Spellings of organizations that a person may want to declare the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wsisctl.findings import Evidence, Passage
from wsisctl.likeness.countries import country_code
from wsisctl.likeness.name_forms import Kind, Spelling
from wsisctl.likeness.names import pairs, similarity
from wsisctl.names import SameNames, name_key
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context, Fault, Rule
from wsisctl.rules.specimen import Specimen
from wsisctl.wording import shortened

_BOXES = ("entity", "submitter_organization")


@dataclass(frozen=True)
class Use:
    """Where a spelling stands for the first time."""

    text: str
    submission: Submission
    field: str


@dataclass(frozen=True)
class Proposal:
    """Two spellings that may be one organization's."""

    name: Use
    same_as: Use
    """The one that came in first."""
    kind: Kind
    similarity: int
    """In hundredths, rounded down; it orders those of one kind."""
    submission_ids: tuple[str, ...]
    """Those in which `name` is written so."""

    @property
    def line(self) -> str:
        """What to put into organizations.csv to declare them the same."""
        return f"{_cell(self.name.text)},{_cell(self.same_as.text)}"


def proposals(
    submissions: tuple[Submission, ...], organizations: SameNames
) -> tuple[Proposal, ...]:
    """The spellings in the submissions that may be one organization's, the best evidence first.

    Those that are the same already are none, nor are those joined through a third by better evidence.
    """
    uses = _uses(submissions)
    firsts = [found[0] for found in uses.values()]
    spellings = [Spelling(found[0].text, _countries(found)) for found in uses.values()]
    said = [organizations.key(use.text) for use in firsts]
    found = []
    for pair in pairs(spellings, said):
        later, earlier = firsts[pair.later], firsts[pair.earlier]
        ids = {use.submission.id for use in uses[name_key(later.text)]}
        alike = similarity(earlier.text, later.text)
        found.append(Proposal(later, earlier, pair.kind, alike, tuple(sorted(ids))))
    rank = {kind: place for place, kind in enumerate(Kind)}
    return tuple(
        sorted(
            found,
            key=lambda item: (
                rank[item.kind],
                -item.similarity,
                item.name.submission.order,
                item.same_as.submission.order,
            ),
        )
    )


def _uses(submissions: tuple[Submission, ...]) -> Mapping[str, list[Use]]:
    """Where each name stands, in the order in which submissions came in."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for submission in sorted(submissions, key=lambda item: item.order):
        for box in _BOXES:
            text = " ".join(submission.text(box).split())
            if text:
                uses[name_key(text)].append(Use(text, submission, box))
    return uses


def _countries(uses: list[Use]) -> tuple[str, ...]:
    codes = {country_code(use.submission.text("country")) for use in uses}
    return tuple(sorted(codes - {""}))


def _cell(text: str) -> str:
    plain = not any(sign in text for sign in ',"')
    return text if plain else '"{}"'.format(text.replace('"', '""'))


def _organization_spelling(
    submissions: tuple[Submission, ...], _: Mapping[str, Any], context: Context
) -> Iterator[Fault]:
    for proposal in proposals(submissions, context.organizations):
        name, same_as = proposal.name, proposal.same_as
        elsewhere = same_as.submission is not name.submission
        where = f"in {same_as.submission.id}" if elsewhere else f"in {same_as.field}"
        yield Fault(
            name.submission,
            f"'{shortened(name.text)}' may be the organization called '{shortened(same_as.text)}' "
            f"{where}: {proposal.kind}",
            f"if they are one organization, put this line into organizations.csv: {proposal.line}",
            name.field,
            evidence=Evidence(
                (Passage(name.field, name.text, same_as.text),),
                same_as.submission.id if elsewhere else None,
                proposal.similarity,
            ),
        )


ORGANIZATION_SPELLING = Rule(
    code="organization-spelling",
    severity="warning",
    check=_organization_spelling,
    checks="No other submission seems to call its `entity` or `submitter_organization` by another "
    "spelling of the same name: other signs or accents, abbreviations, a legal form, an acronym or a "
    "country more, another order, one letter. Names of different countries, and names that differ in a "
    "number or a single letter, are left alone. Each line that would join spellings is proposed once, "
    "those that follow from better ones are not; nothing is joined until a person says so.",
    why="Two spellings are two entities to the limit of one project and to the ban on voting for one's "
    "own, until organizations.csv says that they are the same.",
    example="`Min. of ICT` in one submission and `Ministry of ICT` in another, both of Rwanda.",
    specimen=Specimen(
        (
            {"entity": "Ministry of ICT", "country": "RWA"},
            {"entity": "Min. of ICT", "country": "RWA"},
        )
    ),
    mend="Nothing: the secretariat puts a line into organizations.csv, or leaves the names apart.",
    needs=lambda _: ("entity",),
)
