"""The terminal: results to stdout, everything else to stderr."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from wsisctl.commands.options import FormatName, LanguageName
from wsisctl.errors import UsageError

if TYPE_CHECKING:
    from wsisctl.contest.model import Contest
    from wsisctl.records.table import Advance
    from wsisctl.reports.report import Report
    from wsisctl.stages.inputs import Inputs
    from wsisctl.stages.outcome import Outcome


@dataclass(frozen=True)
class Shell:
    """How this run talks to the person or pipe at the other end."""

    format: FormatName
    language: str
    quiet: bool
    color: bool

    @classmethod
    def of(
        cls,
        form: FormatName | None,
        plain: bool,
        language: LanguageName = LanguageName.en,
        quiet: bool = False,
        no_color: bool = False,
    ) -> "Shell":
        """Raises UsageError where `--plain` and another `--format` are both asked for."""
        if plain and form not in (None, FormatName.plain):
            raise UsageError(f"--plain and --format {form.value} contradict each other")
        on_terminal = sys.stdout.isatty()
        usual = FormatName.table if on_terminal and not plain else FormatName.plain
        dumb = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        return cls(form or usual, language.value, quiet, on_terminal and not no_color and not dumb)

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

    def finish(self, outcome: "Outcome") -> None:
        """Tell the remarks, show the result, and leave with its status."""
        for remark in outcome.remarks:
            self.tell(f"note: {remark}")
        self.show(outcome.report)
        raise typer.Exit(int(outcome.status))

    @contextmanager
    def progress(self, what: str, total: int) -> "Iterator[Advance]":
        """A progress bar over so many bytes: only on a terminal, and only after a second of work."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _: None
            return
        from wsisctl.commands.progress import Bar

        with Bar(what, total) as bar:
            yield bar.advance


def complain(text: str) -> None:
    """A line on stderr, in which no character can act on the terminal."""
    from wsisctl.reports.report import visible

    sys.stderr.write("".join(f"{visible(line)}\n" for line in text.split("\n")))


def open_contest(name: str) -> "Contest":
    """The definition, checked against itself and against the rules it uses."""
    from wsisctl.contest.load import load_contest
    from wsisctl.rules.fit import fit_problems

    return load_contest(name, fit_problems)


def run_stage(name: str, contest: str, inputs: "Inputs", out: Path | None, shell: Shell) -> None:
    """Run a stage on bare files; write its results where the user asked, show them, and leave.

    Whether the results could be written is looked at before the work and again after it.
    """
    from wsisctl.folder.outputs import OutputFolder
    from wsisctl.stages.menu import STAGES

    stage = STAGES[name]
    definition = open_contest(contest)
    folder = OutputFolder(out, name, stage.files, inputs.all_files) if out else None
    with shell.progress(name, inputs.size) as advance:
        outcome = stage.run(definition, inputs, advance, shell.language)
    if folder:
        folder.write(outcome.files, definition.definition)
    shell.finish(outcome)
