"""`validate` with what a person asks of it besides its result: other views, and files for others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from wsisctl.contest.model import Contest
from wsisctl.folder.layout import ContestFolder, refuse_rooms
from wsisctl.folder.outputs import OutputFolder
from wsisctl.readers.files import Advance, InputFile
from wsisctl.reports.corrections import corrections_shown
from wsisctl.reports.report import Report
from wsisctl.reports.validation_changes import changed_findings, changes_report
from wsisctl.reports.validation_compared import Earlier, compare
from wsisctl.reports.validation_views import annotations, by_entity, by_rule
from wsisctl.stages.inputs import Inputs
from wsisctl.stages.outcome import Outcome
from wsisctl.stages.results import read_result
from wsisctl.stages.validate import Validated, outcome_of, validate_inputs
from wsisctl.stages.validate_files import places_in, received, write_annotated, write_letters

By = Literal["submission", "rule", "entity"]


@dataclass(frozen=True)
class EarlierRun:
    """The file that tells of an earlier validation."""

    file: InputFile
    needed: bool
    """Whether it must be there: a person has named it."""

    def read(self, contest: Contest) -> Earlier:
        """Raises UnusableInput for what is no validation of this contest."""
        if not self.needed and not self.file.path.exists():
            return Earlier.none(self.file.name)
        hint = "name a validation.json that `wsisctl validate` wrote, or leave the option out"
        return Earlier.of(self.file.name, read_result(self.file, "validation", contest, hint))


@dataclass(frozen=True)
class ValidateViews:
    """What is asked; its `run` takes the place of the stage's own."""

    folder: ContestFolder | None
    """None on bare files."""
    by: By = "submission"
    earlier: EarlierRun | None = None
    """With one, only what is otherwise now is shown."""
    annotate: Path | None = None
    """Where annotated copies of the files go."""
    letters: Path | None = None
    """Where the letters go."""
    for_ci: bool = False
    """Whether the findings are shown as remarks in the log of a CI job."""

    def run(self, contest: Contest, inputs: Inputs, advance: Advance, language: str) -> Outcome:
        """The stage `validate`, its result shown as asked.

        Whether anything is in the way of the files for others is looked at before the work.
        """
        for place in (self.annotate, self.letters):
            if place is not None:
                refuse_rooms(place)
                OutputFolder(place, "validate", (), inputs.all_files)
        earlier = self.earlier.read(contest) if self.earlier else None
        validated = validate_inputs(contest, inputs, advance)
        outcome = outcome_of(validated)
        report = self._view(outcome.report, validated, inputs, earlier, language)
        written = tuple(self._write(validated, inputs, language))
        return replace(outcome, report=report, remarks=(*outcome.remarks, *written))

    def _view(
        self,
        report: Report,
        validated: Validated,
        inputs: Inputs,
        earlier: Earlier | None,
        language: str,
    ) -> Report:
        validation, submissions = validated.validation, validated.submissions.records
        findings = validation.findings
        if earlier is not None:
            changes = compare(earlier, validation)
            findings = tuple(changed_findings(changes))
            report = changes_report(report, earlier, changes, submissions)
        elif self.by != "submission":
            report = self._grouped(report, validated, language)
        if not self.for_ci:
            return report
        places = places_in(received(inputs, self.folder), validated.context.contest)
        return replace(report, annotations=annotations(findings, places))

    def _grouped(self, report: Report, validated: Validated, language: str) -> Report:
        validation, submissions = validated.validation, validated.submissions.records
        if self.by == "rule":
            report = by_rule(report, validation, submissions, language)
        else:
            report = by_entity(report, validation, submissions, validated.context.organizations)
        corrected = corrections_shown(validated.submissions.corrections)
        return replace(report, details=(*report.details, *corrected))

    def _write(self, validated: Validated, inputs: Inputs, language: str) -> Iterator[str]:
        """Write the files for others; what was written, as sentences."""
        if self.annotate is not None:
            files = received(inputs, self.folder)
            yield write_annotated(self.annotate, files, validated, inputs.all_files)
        if self.letters is not None:
            yield write_letters(self.letters, validated, language, inputs.all_files)
