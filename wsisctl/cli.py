"""The command line. Each command lives in a file of its own and loads what it needs when it runs."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from wsisctl import __version__
from wsisctl.commands import (
    demo,
    explain,
    nominate,
    options,
    rules,
    select_winners,
    shell,
    tally,
    validate,
)
from wsisctl.errors import ExitStatus, WsisctlError

app = typer.Typer(
    name="wsisctl",
    no_args_is_help=True,
    rich_markup_mode=None,  # rich help costs more than all the rest of --help
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=options.example("demo", f"validate submissions.csv --contest {options.EXAMPLE_EDITION}"),
)
app.command("validate", epilog=validate.EPILOG)(validate.validate)
app.command("nominate", epilog=nominate.EPILOG)(nominate.nominate)
app.command("tally", epilog=tally.EPILOG)(tally.tally)
app.command("select-winners", epilog=select_winners.EPILOG)(select_winners.select_winners)
app.command("rules", epilog=rules.EPILOG)(rules.rules)
app.command("explain", epilog=explain.EPILOG)(explain.explain)
app.command("demo", epilog=demo.EPILOG)(demo.demo)


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
    return [str(command.name) for command in app.registered_commands]


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit status. No traceback reaches a user."""
    if sys.stdout is None:
        shell.complain("error: the output is closed")
        return ExitStatus.REFUSED
    try:
        typer.main.get_command(app).main(args=list(arguments), prog_name="wsisctl")
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
    """Every line of the message is an error of its own."""
    for line in error.message.split("\n"):
        shell.complain(f"error: {line}")
    if error.hint:
        shell.complain(f"help: {error.hint}")
    return int(error.status)
