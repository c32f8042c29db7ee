"""A letter to whoever submitted a project: plain text, to be sent as it is.

It leaves the house. Of a finding's evidence only what stands in the submission itself is shown, and
never another entity's text, nor who decided and why.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wsisctl.contest.model import Clause, Contest, Label
from wsisctl.findings import Finding
from wsisctl.records.submissions import Submission
from wsisctl.reports import letter_labels as letter
from wsisctl.reports.letter_facts import facts_of, submission_phase, submission_times
from wsisctl.reports.report import one_line
from wsisctl.wording import shortened

_LONG_PASSAGE = 300
_FEW = 3


@dataclass(frozen=True)
class Letter:
    """One submission, and what there is to say of it."""

    contest: Contest
    submission: Submission
    findings: Sequence[Finding]
    """Errors and undecided reviews."""
    language: str

    @property
    def text(self) -> str:
        """The whole letter: paragraphs with an empty line between them."""
        return "\n\n".join(self._paragraphs()) + "\n"

    def _paragraphs(self) -> Iterator[str]:
        name = one_line(self.submission.text("coordinator_name")) or self._say(letter.NOBODY)
        title = one_line(self.submission.text("title"))
        contest = self.contest.name.in_language(self.language)
        yield contest
        yield "\n".join(
            [
                self._say(letter.SUBMISSION, id=one_line(self.submission.id)),
                self._say(letter.PROJECT, title=title),
            ]
        )
        yield self._say(letter.GREETING, name=name)
        yield self._say(letter.THANKS, contest=contest)
        yield from self._reasons()
        yield from self._what_next()
        yield "\n".join([self._say(letter.CLOSING), self._say(letter.SENDER, contest=contest)])

    def _reasons(self) -> Iterator[str]:
        wrong = [item for item in self.findings if item.severity == "error"]
        asked = [item for item in self.findings if item.severity == "review"]
        if wrong:
            several = len(wrong) > 1
            yield self._say(letter.CANNOT_TAKE_PART_FOR if several else letter.CANNOT_TAKE_PART)
            yield from self._numbered(wrong)
        if asked:
            yield self._say(letter.FURTHER_QUESTION if wrong else letter.QUESTION)
            yield from self._numbered(asked)
            yield self._say(letter.ANSWER)

    def _numbered(self, findings: Iterable[Finding]) -> Iterator[str]:
        for number, finding in enumerate(findings, start=1):
            first, *more = self._about(finding)
            yield "\n".join([f"{number}. {first}", *(f"   {line}" for line in more)])

    def _about(self, finding: Finding) -> Iterator[str]:
        sentences = letter.RULES.get(finding.rule, letter.ANY_RULE)
        asked = finding.severity == "review"
        facts = facts_of(finding, self.submission, self.contest, self.language)
        said, to_do = (
            (sentences.question or letter.ANY_QUESTION, sentences.answer or letter.ANY_ANSWER)
            if asked
            else (sentences.wrong, sentences.to_do)
        )
        yield self._say(said, **facts)
        passages = finding.evidence.passages if finding.evidence else ()
        for passage in passages[:_FEW]:
            if passage.here.strip():
                text = shortened(one_line(passage.here), _LONG_PASSAGE)
                yield self._say(letter.IN_YOUR_TEXT, text=text)
        for clause in self._clauses(finding):
            text = clause.text(self.language)
            yield self._say(letter.CLAUSE, id=clause.id, where=clause.where, text=text)
            if finding.rule == "deadline":
                yield from self._moved_deadline()
        yield self._say(letter.TO_DO, text=self._say(to_do, **facts))

    def _moved_deadline(self) -> Iterator[str]:
        """The clause still says what the letter said."""
        phase = submission_phase(self.contest)
        moved = phase.closing_moved if phase else None
        if phase is None or moved is None or phase.closes == moved.letter:
            return
        later = phase.closes and moved.letter and phase.closes > moved.letter
        closes = submission_times(self.contest)["closes"]
        yield self._say(
            letter.EXTENDED if later else letter.MOVED, closes=closes, on=moved.amendment.on
        )

    def _clauses(self, finding: Finding) -> list[Clause]:
        return [clause for clause in self.contest.clauses if clause.id == finding.clause]

    def _what_next(self) -> Iterator[str]:
        """No clock is asked: whether the deadline has passed is for the reader to see."""
        if closes := submission_times(self.contest).get("closes"):
            yield self._say(letter.DEADLINE, closes=closes, zone=self.contest.zone.key)
        cited = [clause for finding in self.findings for clause in self._clauses(finding)]
        if any(self.language == "en" or not clause.original for clause in cited):
            yield self._say(letter.PARAPHRASE)

    def _say(self, label: Label, /, **values: object) -> str:
        return label.filled(self.language, **values)
