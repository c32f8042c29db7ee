"""wsisctl demo."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, DemoSize, example
from wsisctl.commands.shell import Shell, open_contest
from wsisctl.errors import ExitStatus, Refused

EPILOG = example("demo", "demo my-demo", "demo big-demo --size real")


def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Keep the contest folder there; it must not exist."),
    ] = None,
    size: Annotated[
        DemoSize,
        typer.Option(
            "--size",
            help="small: seconds; real: as big as an edition of today, minutes.",
            rich_help_panel=options.INPUT,
        ),
    ] = DemoSize.small,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Run a synthetic edition through every stage.

    Makes a contest folder; shows each command, what came of it, and the decisions that people
    take in between.
    """
    shell = Shell.of(None, plain, lang, quiet, no_color)
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="wsisctl-demo-") as temporary:
            status = _play(Path(temporary, "demo"), size, shell)
        shell.tell("note: the files are gone; `wsisctl demo DIR` keeps them")
        raise typer.Exit(int(status))
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        hint = "name a folder that does not exist"
        raise Refused(f"{folder}: {error.strerror}", hint=hint) from error
    status = _play(folder, size, shell)
    shell.tell(f"note: {folder} is a contest folder; look around with `wsisctl status` in it")
    raise typer.Exit(int(status))


def _play(root: Path, size: DemoSize, shell: Shell) -> ExitStatus:
    from wsisctl.demo.play import Demo
    from wsisctl.demo.sizes import invent

    contest = open_contest(EXAMPLE_EDITION)
    with shell.progress("demo") as advance:
        return Demo(contest, root, shell.show, advance).play(invent(size.value, contest))
