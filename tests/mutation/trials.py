"""Running the tests against a mutant, in a process of its own."""

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import io
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.mutation.mutants import Mutant
from tests.support import SHRINK

_LONGEST = 120
"""Seconds of the processor, so that a busy machine decides nothing; a mutant that takes longer runs without end,
and is caught by that."""
_PROCESSES = multiprocessing.get_context("fork")
ENDLESS = "runs without end"


@dataclass(frozen=True)
class Trial:
    """A mutant and the tests to run against it, those that should catch it first."""

    mutant: Mutant
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Which test caught a mutant; none where it survived."""

    mutant: Mutant
    caught_by: str | None


def run_trials(trials: Sequence[Trial], at_once: int) -> Iterator[Verdict]:
    """The verdict on each mutant, in the order of the trials."""
    waiting = list(enumerate(trials))
    running: dict[Connection, tuple[int, BaseProcess]] = {}
    done: dict[int, str | None] = {}
    told = 0
    while told < len(trials):
        while waiting and len(running) < at_once:
            number, trial = waiting.pop(0)
            ours, process = _started(trial)
            running[ours] = number, process
        for ready in wait(list(running)):
            assert isinstance(ready, Connection)
            number, process = running.pop(ready)
            done[number] = _outcome(ready, process)
        while told in done:
            yield Verdict(trials[told].mutant, done[told])
            told += 1


def _started(trial: Trial) -> tuple[Connection, BaseProcess]:
    if not trial.mutant.path.endswith(".py"):
        _import_once()
    ours, theirs = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_run, args=(trial, theirs))
    process.start()
    theirs.close()
    return ours, process


def _import_once() -> None:
    """What a trial of a page of SQL needs is imported here, not in each process: that takes longer than the trial."""
    for name in ("duckdb", "wsisctl.cli", "wsisctl.stages.tally"):
        importlib.import_module(name)


def _outcome(ours: Connection, process: BaseProcess) -> str | None:
    try:
        caught_by: str | None = ours.recv()
    except EOFError:
        caught_by = ENDLESS
    process.join()
    if caught_by == ENDLESS and process.exitcode != -signal.SIGXCPU:
        raise RuntimeError("a trial has ended without a verdict, and not because it took too long")
    ours.close()
    return caught_by


def _run(trial: Trial, theirs: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST + 1))
    os.environ[SHRINK] = "no"  # a test that fails need not look for the smallest example
    _install(trial.mutant)
    witness = _Witness()
    unseen = io.StringIO()
    with contextlib.redirect_stdout(unseen), contextlib.redirect_stderr(unseen):
        pytest.main(["-x", "-q", "-p", "no:cacheprovider", *trial.tests], plugins=[witness])
    theirs.send(witness.first)
    theirs.close()
    os._exit(0)


def _install(mutant: Mutant) -> None:
    """Let the mutant be what is read or imported in the place of its file."""
    if mutant.path.endswith(".py"):
        module = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in [name for name in sys.modules if _may_hold_the_right_one(name)]:
            del sys.modules[name]  # so that the mutant, too, is imported anew
        sys.meta_path.insert(0, _Replaced(module, mutant))
        return
    right = Path.read_text

    def read_text(path: Path, *given: Any, **named: Any) -> str:
        is_it = path.as_posix().endswith(f"/{mutant.path}")
        return mutant.source if is_it else right(path, *given, **named)

    setattr(Path, right.__name__, read_text)


def _may_hold_the_right_one(module: str) -> bool:
    room, _, rest = module.partition(".")
    return room == "wsisctl" or (room == "tests" and rest != "" and not rest.startswith("mutation"))


class _Replaced(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the mutant in the place of its module."""

    def __init__(self, module: str, mutant: Mutant) -> None:
        self._module = module
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        is_package = self._mutant.path.endswith("__init__.py")
        spec = importlib.machinery.ModuleSpec(fullname, self, is_package=is_package)
        if is_package:
            spec.submodule_search_locations = [self._mutant.path.removesuffix("/__init__.py")]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._mutant.source, self._mutant.path, "exec"), vars(module))  # noqa: S102 - our own source


class _Witness:
    """Remembers the first test that failed."""

    first: str | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.first is None:
            self.first = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.first is None:
            self.first = f"loading {report.nodeid}"
