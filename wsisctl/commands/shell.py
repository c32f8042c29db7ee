"""The terminal: results to stdout, everything else to stderr."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import typer

from wsisctl.commands.options import AnyFormat, FormatName, LanguageName
from wsisctl.errors import UnusableInput, UsageError

if TYPE_CHECKING:
    from wsisctl.contest.model import Contest
    from wsisctl.folder.layout import ContestFolder
    from wsisctl.readers.files import Advance, InputFile
    from wsisctl.reports.report import Report
    from wsisctl.stages.inputs import Reading
    from wsisctl.stages.menu import Run, Stage
    from wsisctl.stages.outcome import Outcome
    from wsisctl.stages.problem_files import ProblemFiles


_TWO_PLACES = "--contest is for bare files and --folder for a contest folder"
_ONE_PLACE = "give one of them"


@dataclass(frozen=True)
class Shell:
    """How this run talks to the person or pipe at the other end."""

    format: AnyFormat
    language: Literal["en", "zh"]
    quiet: bool
    color: bool

    @classmethod
    def of(
        cls,
        form: FormatName | AnyFormat | None,
        plain: bool,
        language: LanguageName = LanguageName.en,
        quiet: bool = False,
        no_color: bool = False,
    ) -> "Shell":
        """Raises UsageError where `--plain` and another `--format` are both asked for."""
        if plain and form not in (None, FormatName.plain):
            raise UsageError(
                f"--plain and --format {form.value} contradict each other", hint="give one of them"
            )
        on_terminal = sys.stdout.isatty()
        usual = FormatName.table if on_terminal and not plain else FormatName.plain
        dumb = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        spoken: Literal["en", "zh"] = "zh" if language is LanguageName.zh else "en"
        return cls(
            AnyFormat(form or usual), spoken, quiet, on_terminal and not no_color and not dumb
        )

    def show(self, report: "Report") -> None:
        """Print the result, in UTF-8 whatever the locale."""
        from wsisctl.reports.render import render

        width = shutil.get_terminal_size((80, 24)).columns
        text = render(report, self.format.value, color=self.color, width=width)
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()

    def tell(self, text: str) -> None:
        """A hint or diagnostic; silent with `--quiet`."""
        if not self.quiet:
            complain(text)

    def finish(self, outcome: "Outcome") -> NoReturn:
        """Tell the remarks, show the result, and leave with its status."""
        for warning in outcome.warnings:
            complain(f"warning: {warning}")
        for remark in outcome.remarks:
            self.tell(f"note: {remark}")
        self.show(outcome.report)
        raise typer.Exit(int(outcome.status))

    @contextmanager
    def progress(self, what: str, total: int | None = None) -> "Iterator[Advance]":
        """A progress bar, over so many bytes where known: only on a terminal, after a second of work."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _: None
            return
        from wsisctl.commands.progress import Bar

        with Bar(what, total) as bar:
            yield bar.advance


@contextmanager
def writing_problems(
    asked: "ProblemFiles", contest: "Contest", inputs: "Sequence[InputFile]", shell: Shell
) -> "Iterator[None]":
    """Where the files read inside cannot be used, write what was asked for of their problems.

    Whether that could be written is looked at before the work.
    """
    from wsisctl.records.problems import UnusableRecords

    asked.refuse_targets(inputs)
    try:
        yield
    except UnusableInput as error:
        for written in asked.write(error, contest, inputs):
            shell.tell(f"note: {written}")
        if isinstance(error, UnusableRecords) and error.left and asked.errors is None:
            error.message += "; --errors FILE writes all of them"
        raise
    for remark in asked.of_none():
        shell.tell(f"note: {remark}")


def complain(text: str) -> None:
    """A line on stderr, in which no character can act on the terminal."""
    from wsisctl.reports.report import visible

    sys.stderr.write("".join(f"{visible(line)}\n" for line in text.split("\n")))


def open_contest(name: str) -> "Contest":
    """The definition, checked against itself and against the rules it uses."""
    from wsisctl.contest.load import load_contest
    from wsisctl.rules.fit import fit_problems

    return _warned(load_contest(name, fit_problems))


def open_folder(
    named: Path | None, *, takes_files: bool = False
) -> "tuple[ContestFolder, Contest]":
    """The contest folder named, or the one we stand in, and its contest."""
    from wsisctl.contest.load import load_contest_file
    from wsisctl.folder.layout import CONTEST, find_folder
    from wsisctl.rules.fit import fit_problems

    folder = find_folder(named, takes_files=takes_files)
    name = CONTEST if named is None else str(folder.path(CONTEST))
    return folder, _warned(load_contest_file(folder.path(CONTEST), name, fit_problems))


def _warned(contest: "Contest") -> "Contest":
    for warning in contest.warnings:
        complain(f"warning: {warning}")
    return contest


def open_definition(contest: str | None, folder: Path | None) -> "Contest":
    """The definition named, or that of the contest folder named or stood in."""
    if contest is None:
        return open_folder(folder, takes_files=True)[1]
    if folder is not None:
        raise UsageError(_TWO_PLACES, hint=_ONE_PLACE)
    return open_contest(contest)


@dataclass(frozen=True)
class StageRequest:
    """What a person asked of a stage."""

    stage: str
    contest: str | None
    folder: Path | None
    files: "Mapping[str, Sequence[Path] | None]"
    """By role; None or empty where none was named."""
    out: Path | None
    reading: "Reading"
    """What was said about how the files named are to be read."""
    run: "Run | None" = None
    """In place of the stage's own: it computes the same files, and may show them otherwise."""
    errors: Path | None = None
    """Where all problems of files that cannot be used go."""
    annotate: Path | None = None
    """Where copies of such files go."""
    only_asks: str = ""
    """The command that only asks: nothing is computed that could be kept. Empty where the stage itself runs."""
    looks_only: str = ""
    """Why a contest folder's own results are left as they are; empty where they are not."""
    readings: int = 1
    """How often all files are read: a progress bar must know."""
    more_files: tuple[str, ...] = ()
    """What that run writes besides the stage's files."""

    @property
    def made(self) -> "Stage":
        """The stage, as it is to be run."""
        from wsisctl.stages.menu import STAGES

        stage = STAGES[self.stage]
        files = () if self.only_asks else (*stage.files, *self.more_files)
        return replace(stage, run=self.run or stage.run, files=files)

    @property
    def problem_files(self) -> "ProblemFiles":
        """What is written where files cannot be used."""
        from wsisctl.stages.problem_files import ProblemFiles

        return ProblemFiles(self.errors, self.annotate)

    @property
    def given(self) -> "dict[str, Sequence[Path]]":
        """The files that were named."""
        return {role: paths for role, paths in self.files.items() if paths}


def run_stage(request: StageRequest, shell: Shell) -> None:
    """Run a stage on bare files or in a contest folder; show its result, and leave."""
    if request.contest is None:
        _run_in_folder(request, shell)
    elif request.folder is not None:
        raise UsageError(_TWO_PLACES, hint=_ONE_PLACE)
    else:
        _run_on_files(request, request.contest, shell)


def _run_on_files(request: StageRequest, contest: str, shell: Shell) -> None:
    """Whether the results could be written is looked at before the work and again after it."""
    from wsisctl.folder.layout import refuse_rooms
    from wsisctl.folder.manifest import Origin
    from wsisctl.folder.outputs import OutputFolder
    from wsisctl.readers.asked import refuse_sheet_of_none
    from wsisctl.readers.files import refusing_changes
    from wsisctl.stages.all_at_once import run_stage_at_once
    from wsisctl.stages.corrected import corrections_of_nothing
    from wsisctl.stages.in_folder import missing_options
    from wsisctl.stages.inputs import name_all

    stage = request.made
    if missing := list(missing_options(stage, request.given)):
        raise UsageError(
            f"missing: {', '.join(missing)}",
            hint=f"`wsisctl {request.only_asks or stage.name} --help` shows what it reads",
        )
    if request.out:
        refuse_rooms(request.out)
    definition = open_contest(contest)
    inputs = name_all(request.given, request.reading)
    refuse_sheet_of_none(inputs.all_files)
    out = (
        OutputFolder(request.out, stage.name, stage.files, inputs.all_files)
        if request.out
        else None
    )
    with (
        writing_problems(request.problem_files, definition, inputs.all_files, shell),
        refusing_changes(inputs.all_files),
        shell.progress(stage.name, inputs.size * request.readings) as advance,
    ):
        origin = Origin.of(definition.definition, inputs.all_files) if out else None
        outcome = run_stage_at_once(stage, definition, inputs, advance, shell.language)
    if out and origin:
        out.write(outcome.files, origin)
    for remark in corrections_of_nothing(definition, inputs):
        shell.tell(f"note: {remark}")
    shell.finish(outcome)


def _run_in_folder(request: StageRequest, shell: Shell) -> None:
    from wsisctl.readers.asked import refuse_sheet_of_none
    from wsisctl.stages.in_folder import run_in_folder, size_as_it_is
    from wsisctl.stages.inputs import name_all

    folder, contest = open_folder(request.folder, takes_files=True)
    named = name_all(request.given, request.reading).all_files
    refuse_sheet_of_none(named)
    size = size_as_it_is(request.made, folder, request.given, request.reading)
    with (
        writing_problems(request.problem_files, contest, named, shell),
        shell.progress(request.stage, size * request.readings) as advance,
    ):
        outcome = run_in_folder(
            request.made,
            folder,
            contest,
            advance,
            language=shell.language,
            given=request.given,
            reading=request.reading,
            out=request.out,
            looks_only=request.looks_only,
        )
    shell.finish(outcome)
