"""The command line. Each command lives in a file of its own and loads what it needs when it runs."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from wsisctl import __version__
from wsisctl.commands import (
    completion,
    decide,
    demo,
    explain,
    explain_vote,
    imports,
    init,
    nominate,
    options,
    report,
    rules,
    schema,
    select_winners,
    shell,
    status,
    tally,
    validate,
)
from wsisctl.commands.help import FrontDoor, Page
from wsisctl.errors import ExitStatus, WsisctlError

if TYPE_CHECKING:
    from typer._click import Command

app = typer.Typer(
    name="wsisctl",
    cls=FrontDoor,
    rich_markup_mode=None,  # rich help costs more than all the rest of --help
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=options.example("demo", f"validate submissions.csv --contest {options.EXAMPLE_EDITION}"),
)

Entry = tuple[str, Callable[..., None], str]
"""A command: its name, what it runs, how its help ends."""

MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Set up a contest",
        (("init", init.init, init.EPILOG), ("status", status.status, status.EPILOG)),
    ),
    (
        "Bring in exports",
        (
            ("import-submissions", imports.import_submissions, imports.SUBMISSIONS_EPILOG),
            ("import-past-winners", imports.import_past_winners, imports.PAST_WINNERS_EPILOG),
            ("import-scores", imports.import_scores, imports.SCORES_EPILOG),
            ("import-members", imports.import_members, imports.MEMBERS_EPILOG),
            ("import-votes", imports.import_votes, imports.VOTES_EPILOG),
        ),
    ),
    (
        "Stages",
        (
            ("validate", validate.validate, validate.EPILOG),
            ("nominate", nominate.nominate, nominate.EPILOG),
            ("tally", tally.tally, tally.EPILOG),
            ("select-winners", select_winners.select_winners, select_winners.EPILOG),
        ),
    ),
    ("Decisions", (("decide", decide.decide, decide.EPILOG),)),
    ("Results", (("report", report.report, report.EPILOG),)),
    (
        "Rules",
        (
            ("rules", rules.rules, rules.EPILOG),
            ("explain", explain.explain, explain.EPILOG),
            ("explain-vote", explain_vote.explain_vote, explain_vote.EPILOG),
            ("schema", schema.schema, schema.EPILOG),
        ),
    ),
    ("Try it", (("demo", demo.demo, demo.EPILOG),)),
)
"""Every command under its heading in `--help`. One that is not here does not exist."""

for _heading, _entries in MENU:
    for _name, _function, _epilog in _entries:
        app.command(_name, cls=Page, epilog=_epilog, rich_help_panel=_heading)(_function)


def _show_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"wsisctl {__version__}\n")
        raise typer.Exit


@app.callback()
def _globals(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Run the WSIS Prizes from a terminal: validate, nominate, tally, select winners.

    Exit status: 0 done, 1 something to act upon, 2 wrong command line, 3 an input cannot be used,
    4 refused.
    """
    given = {"form": form, "plain": plain, "lang": lang, "quiet": quiet, "no_color": no_color}
    context.default_map = dict.fromkeys(_command_names(), given)


def _command_names() -> list[str]:
    return [name for _, entries in MENU for name, _, _ in entries]


def _program() -> "Command":
    program = typer.main.get_command(app)
    for parameter in program.params:
        if parameter.name in ("install_completion", "show_completion") and parameter.callback:
            parameter.callback = completion.in_known_shell(parameter.callback)
    return program


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit status. No traceback reaches a user."""
    if sys.stdout is None:
        shell.complain("error: the output is closed")
        return ExitStatus.REFUSED
    try:
        _program().main(args=list(arguments), prog_name="wsisctl")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else ExitStatus.USAGE
    except WsisctlError as error:
        return _report(error)
    except OSError as error:
        if error.filename:  # results have their own refusal: this is an input
            shell.complain(f"error: {error.filename}: {error.strerror}")
            return ExitStatus.UNUSABLE_INPUT
        shell.complain(f"error: the output: {error.strerror}")
        sys.stdout = None  # what it still holds cannot be written
        return ExitStatus.REFUSED
    except MemoryError:
        shell.complain("error: not enough memory for these inputs")
        return ExitStatus.UNUSABLE_INPUT
    except Exception as error:  # the last resort: a defect of ours, said as one
        if os.environ.get("WSISCTL_TRACEBACK"):
            raise
        shell.complain(
            f"internal error: {type(error).__name__}: {error}\n"
            "help: this is a defect of wsisctl; report it with the output of the same command "
            "under WSISCTL_TRACEBACK=1"
        )
        return ExitStatus.INTERNAL
    return ExitStatus.DONE


def _report(error: WsisctlError) -> int:
    """Every line of the message is an error of its own, and every line of the hint a help."""
    for line in error.message.split("\n"):
        shell.complain(f"error: {line}")
    for line in error.hint.split("\n") if error.hint else ():
        shell.complain(f"help: {line}")
    return int(error.status)
