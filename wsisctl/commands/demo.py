"""wsisctl demo."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, open_contest
from wsisctl.errors import Refused

EPILOG = example("demo", "demo my-demo")


def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Keep the files there; it must not exist yet."),
    ] = None,
    plain: options.Plain = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Run a small synthetic edition through every stage.

    Shows each command, what came of it, and the decisions that people take in between.
    """
    from wsisctl.demo.play import Demo

    shell = Shell.of(None, plain, quiet=quiet, no_color=no_color)
    contest = open_contest(EXAMPLE_EDITION)
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="wsisctl-demo-") as temporary:
            status = Demo(contest, Path(temporary), shell.show).play()
        shell.tell("note: the files are gone; `wsisctl demo DIR` keeps them")
        raise typer.Exit(int(status))
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        hint = "name a folder that does not exist"
        raise Refused(f"{folder}: {error.strerror}", hint=hint) from error
    status = Demo(contest, folder, shell.show).play()
    shell.tell(f"note: the files are in {folder}")
    raise typer.Exit(int(status))
