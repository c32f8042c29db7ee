"""wsisctl init."""

from pathlib import Path
from typing import Annotated

import typer

from wsisctl.commands import completion, options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, open_contest
from wsisctl.shipped import editions

EPILOG = example(f"init prizes-{EXAMPLE_EDITION} --contest {EXAMPLE_EDITION}")


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to make it.", show_default=False)
    ],
    contest: Annotated[
        str,
        typer.Option(
            "--contest",
            metavar="NAME",
            help=f"A shipped edition ({', '.join(editions())}), or a definition file to copy.",
            show_default=False,
            autocompletion=completion.contests,
            rich_help_panel=options.INPUT,
        ),
    ],
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Make a contest folder.

    It holds the contest's definition, the exports as received, what people decide, and all that
    follows from these. Inside it, every other command needs no arguments.
    """
    from wsisctl.folder.create import create_folder, extension
    from wsisctl.reports.folder import new_folder_report

    shell = Shell.of(form, plain, lang, quiet, no_color)
    definition = open_contest(contest)
    shipped = contest in editions()
    text = extension(contest, definition.name.en) if shipped else Path(contest).read_bytes()
    create_folder(folder, text)
    shell.show(new_folder_report(str(folder), definition, shell.language))
