"""Why records cannot come in: all of it at once, each with where it stands and what to do."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType

from wsisctl.errors import UnusableInput
from wsisctl.findings import Source
from wsisctl.readers.files import InputFile
from wsisctl.readers.naming import NO_NAMES, Naming
from wsisctl.readers.required import WrongColumns
from wsisctl.wording import counted, listed

MOST_SHOWN = 20
"""Lines of a message that tell a problem each."""
MOST_KEPT = 100_000
"""Problems kept with all that is known of them; of the others only the number is."""
_MOST_GROUPS = 5
_A_COLUMN = "a column of this name"
_NO_FILES: Mapping[InputFile, Naming] = MappingProxyType({})

Group = tuple[str, str]
"""The column and what such a problem is called."""


@dataclass(frozen=True)
class Problem:
    """Something for which a file cannot be used."""

    source: Source
    """The file and the row; row 1 where it is the header's, 0 where it is the whole file's."""
    column: str
    """Empty where it is the whole row's."""
    value: str
    """What stands there."""
    what: str
    """What is wrong with it, as a sentence without its place; with it, where there is no row."""
    expected: str
    remedy: str
    called: str = "problem"
    """What problems of its kind are, one of them, and the noun first: `row that is too long`."""

    def __str__(self) -> str:
        return f"{self.source}: {self.what}" if self.source.row else self.what

    @property
    def group(self) -> Group:
        """Problems of one group are told together."""
        return self.column, self.called

    def renamed(self, rename: Callable[[str], str]) -> "Problem":
        """The same problem where files are called otherwise."""
        source = Source(rename(self.source.file), self.source.row)
        what, expected, remedy = map(rename, (self.what, self.expected, self.remedy))
        return replace(self, source=source, what=what, expected=expected, remedy=remedy)


class UnusableRecords(UnusableInput):
    """Files with records that cannot come in; everything that is wrong with them is told."""

    def __init__(
        self,
        problems: Sequence[Problem],
        *,
        numbers: Mapping[Group, int] | None = None,
        files: Mapping[InputFile, Naming] = _NO_FILES,
        remark: str = "",
    ) -> None:
        """`numbers` are those of all problems, where not every one is among `problems`.

        `files` are those that were looked at, each with what its columns may be called; `remark` is said in
        the last hint.
        """
        self.problems = tuple(problems)
        self.numbers = numbers or Counter(problem.group for problem in problems)
        self.files = dict(files)
        shown = _shown(self.problems)
        self.left = sum(self.numbers.values()) - len(shown)
        """How many problems the message only counts."""
        lines = [_on_one_line(str(problem)) for problem in shown]
        if self.left:
            lines.append(f"and {self.left} more: {self._uncounted(shown)}")
        super().__init__("\n".join(lines), hint="\n".join(_hints(shown, remark)))

    @property
    def number(self) -> int:
        """How many problems there are."""
        return sum(self.numbers.values())

    def renamed(self, files: Mapping[str, InputFile], remark: str) -> "UnusableRecords":
        """The same where a file is called otherwise and read elsewhere, by its name here."""
        ends = r"(?=[:,)\s]|$)"
        names = "|".join(map(re.escape, sorted(files, key=len, reverse=True)))

        def rename(text: str) -> str:
            return re.sub(f"({names}){ends}", lambda found: files[found[1]].name, text)

        return UnusableRecords(
            [problem.renamed(rename) for problem in self.problems] if files else self.problems,
            numbers=self.numbers,
            files={files.get(file.name, file): naming for file, naming in self.files.items()},
            remark=remark,
        )

    def _uncounted(self, shown: Sequence[Problem]) -> str:
        """What the problems that are not shown are, group by group, with the files of those known."""
        left = Counter(self.numbers)
        left.subtract(problem.group for problem in shown)
        places: dict[Group, dict[str, None]] = {}
        for problem in self.problems:
            places.setdefault(problem.group, {})[problem.source.file] = None
        groups = [group for group in places if left[group] > 0]
        told = [
            f"{_several(left[group], group[1])} "
            f"({', '.join(filter(None, (group[0], listed(places[group]))))})"
            for group in groups[:_MOST_GROUPS]
        ]
        if others := sum(left[group] for group in groups[_MOST_GROUPS:]):
            told.append(_several(others, "problem of another kind"))
        return ", ".join(told)


def _shown(problems: Sequence[Problem]) -> list[Problem]:
    """The first of each group, then the others in their order, as many as are told."""
    first: dict[Group, int] = {}
    for place, problem in enumerate(problems):
        first.setdefault(problem.group, place)
    chosen = list(first.values())[:MOST_SHOWN]
    firsts = set(chosen)
    for place in range(min(len(problems), 2 * MOST_SHOWN)):
        if len(chosen) == MOST_SHOWN:
            break
        if place not in firsts:
            chosen.append(place)
    return [problems[place] for place in chosen]


def _hints(shown: Iterable[Problem], remark: str) -> Iterator[str]:
    """What to do, once for each group; the remark stands in the last of them.

    What is not in a column is of one group only because nothing is known of it: each says what to do.
    """
    of_group: dict[tuple[str, ...], str] = {}
    for problem in shown:
        apart = "" if problem.column else problem.remedy
        of_group.setdefault((*problem.group, apart), problem.remedy)
    *others, last = list(dict.fromkeys(filter(None, of_group.values()))) or [""]
    yield from others
    yield "; ".join(filter(None, (last, remark)))


def _several(number: int, called: str) -> str:
    noun, _, rest = called.partition(" ")
    return f"{counted(number, noun)} {rest}".rstrip()


def _on_one_line(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text)


class Gathered:
    """Problems as they are found: the first ones, and the number of all."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        """At most so many are kept, and the first of each group."""
        self._most = most
        self._kept: list[Problem] = []
        self._numbers: Counter[Group] = Counter()

    def add(self, problem: Problem) -> None:
        """One more."""
        if len(self._kept) < self._most or problem.group not in self._numbers:
            self._kept.append(problem)
        self._numbers[problem.group] += 1

    def count(self, group: Group, number: int) -> None:
        """So many more of a group of which some are known."""
        self._numbers[group] += number

    @contextmanager
    def within(self, file: InputFile) -> Iterator[None]:
        """What makes a whole file unusable becomes a problem among the others."""
        try:
            yield
        except UnusableInput as error:
            for problem in problems_of(error, file.name):
                self.add(problem)

    def refuse(self, files: Iterable[InputFile], naming: Naming = NO_NAMES) -> None:
        """Raise UnusableRecords where there is any problem, by file and row.

        `files` are those that were read, and `naming` what their columns may be called.
        """
        if self._kept:
            by_place = sorted(self._kept, key=lambda problem: problem.source)
            known = dict.fromkeys(files, naming)
            raise UnusableRecords(by_place, numbers=self._numbers, files=known)


def problems_of(error: UnusableInput, file: str = "") -> tuple[Problem, ...]:
    """Every line of an error's message as a problem; `file` is the one it is about."""
    if isinstance(error, UnusableRecords):
        return error.problems
    lines = error.message.split("\n")
    found = tuple(_problem_of(line, error.hint, file) for line in lines)
    missing = error.missing if isinstance(error, WrongColumns) else ()
    if not missing:
        return found
    each = missing if len(missing) == len(lines) else (", ".join(missing),)
    return tuple(
        replace(problem, column=column, expected=_A_COLUMN, called="column left out")
        for problem, column in zip(found, each, strict=True)
    )


def _problem_of(line: str, hint: str, file: str) -> Problem:
    named = re.escape(file) if file else "[^:]+"
    if place := re.match(rf"({named}):(\d+): ", line):
        source = Source(place[1], int(place[2]))
        return Problem(source, "", "", line[place.end() :], "", hint)
    # Of YAML the line and column are told, and no row.
    place = re.match(rf"({named}):\d+:\d+: ", line)
    return Problem(
        Source(place[1] if place else file, 0), "", "", line, "", hint, "file that cannot be read"
    )
