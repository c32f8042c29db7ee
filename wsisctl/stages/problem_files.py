"""What a person asked to have written of files that cannot be used: all problems, annotated copies."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wsisctl.contest.model import Contest
from wsisctl.errors import Refused, UnusableInput
from wsisctl.folder.layout import refuse_rooms
from wsisctl.folder.manifest import MANIFEST, Origin
from wsisctl.folder.outputs import Content, OutputFolder, write_anew
from wsisctl.readers.files import InputFile
from wsisctl.readers.naming import Naming
from wsisctl.readers.table import open_table
from wsisctl.records.problems import Problem, UnusableRecords, problems_of
from wsisctl.reports.annotated import annotated_names, annotated_with_problems
from wsisctl.reports.problems import problems_table
from wsisctl.reports.render import csv_lines
from wsisctl.stages.copies import as_it_came, write_copy
from wsisctl.wording import counted


@dataclass(frozen=True)
class ProblemFiles:
    """Where the problems of unusable files go; all that is written then (contract, Exit status 3)."""

    errors: Path | None = None
    """The file for all of them."""
    annotate: Path | None = None
    """The folder for copies of the files, with the problems beside each row."""
    stage: str = "annotated"
    """What the folder's manifest calls them; another run of it takes away what it does not make again."""

    def refuse_targets(self, inputs: Sequence[InputFile]) -> None:
        """Raise Refused where one of the places cannot be written, or is one of `inputs`."""
        if self.errors is not None:
            refuse_rooms(self.errors)
            _errors_folder(self.errors, inputs)
        if self.annotate is not None:
            refuse_rooms(self.annotate)
            OutputFolder(self.annotate, self.stage, (), inputs)

    def write(
        self, error: UnusableInput, contest: Contest, inputs: Sequence[InputFile]
    ) -> tuple[str, ...]:
        """Write what was asked for; what was written, as sentences."""
        files = error.files if isinstance(error, UnusableRecords) else {}
        there = [file for file in dict.fromkeys((*inputs, *files)) if file.path.is_file()]
        origin = Origin.of(contest.definition, {file.name: file for file in there}.values())
        told: list[str] = []
        if self.errors is not None:
            told.append(_write_errors(self.errors, error, origin, there))
        if self.annotate is not None:
            told += self._write_copies(self.annotate, error, origin, files, there)
        return tuple(told)

    def of_none(self) -> tuple[str, ...]:
        """What to tell where the files could be used, as sentences."""
        if self.errors is None:
            return ()
        old = "; what is there is of an earlier run" if self.errors.exists() else ""
        return (f"every file could be used: {self.errors} was not written{old}",)

    def _write_copies(
        self,
        folder: Path,
        error: UnusableInput,
        origin: Origin,
        files: Mapping[InputFile, Naming],
        inputs: Sequence[InputFile],
    ) -> Iterator[str]:
        """A copy of each file of which a row has a problem, if it can be read to its end."""
        of_file: dict[str, dict[int, list[Problem]]] = {}
        for problem in problems_of(error):
            of_file.setdefault(problem.source.file, {}).setdefault(problem.source.row, []).append(
                problem
            )
        unread: list[str] = []
        with tempfile.TemporaryDirectory(prefix="wsisctl-") as drafts:
            copies: dict[str, Content] = {}
            wanted = [file for file in files if file.name in of_file]
            names = annotated_names(file.name for file in wanted)
            for number, file in enumerate(wanted):
                draft = Path(drafts) / str(number)
                if _annotate(file, files[file], of_file[file.name], draft):
                    copies[names[file.name]] = draft
                else:
                    unread.append(file.name)
            if copies:
                write_anew(folder, self.stage, copies, origin, inputs)
                yield f"{', '.join(copies)} written to {folder}"
        if unread or not copies:
            yield (
                f"no annotated copy of {', '.join(unread) or 'any file'}: what is wrong is in no row, "
                "or it cannot be read as rows"
            )


def _errors_folder(path: Path, inputs: Iterable[InputFile]) -> OutputFolder:
    if path.name == MANIFEST:
        raise Refused(
            f"{path}: this is where wsisctl notes what it wrote", hint="name another file"
        )
    if path.is_dir():
        raise Refused(f"{path}: a folder; expected a file to write", hint="name a file in it")
    return OutputFolder(path.parent, f"errors-{path.name}", (path.name,), inputs)


def _write_errors(
    path: Path, error: UnusableInput, origin: Origin, inputs: Iterable[InputFile]
) -> str:
    problems = problems_of(error)
    number = error.number if isinstance(error, UnusableRecords) else len(problems)
    table = problems_table(problems)
    with tempfile.TemporaryDirectory(prefix="wsisctl-") as drafts:
        draft = Path(drafts, "errors")
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(table.columns, table.rows))
        _errors_folder(path, inputs).write({path.name: draft}, origin)
    if number > len(problems):
        return f"the first {len(problems)} of {number} problems written to {path}"
    return f"{counted(number, 'problem')} written to {path}"


def _annotate(
    file: InputFile, naming: Naming, problems: Mapping[int, Sequence[Problem]], draft: Path
) -> bool:
    """Whether the file could be copied: read once for its widest row, then line by line."""
    file, naming = as_it_came(file, naming)
    found = False
    try:
        with open_table(file, naming) as table:
            width = len(table.columns)
            for row, cells in table.rows():
                width = max(width, len(cells))
                found |= row in problems
        if not found:
            return False
        write_copy(
            file,
            naming,
            lambda table: annotated_with_problems(
                table.header.columns, table.rows(), width, problems
            ),
            draft,
        )
    except UnusableInput:
        return False
    return True
