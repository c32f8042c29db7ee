"""wsisctl explain."""

from typing import Annotated

import typer

from wsisctl.commands import completion, options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, open_contest

EPILOG = example("explain word-count", f"explain own_project --contest {EXAMPLE_EDITION}")


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            help="A rule, or a reason why a vote is not counted.",
            autocompletion=completion.codes,
        ),
    ],
    contest: Annotated[
        str | None,
        typer.Option(
            "--contest",
            metavar="NAME",
            help="Show its settings there.",
            show_default=False,
            autocompletion=completion.contests,
            rich_help_panel=options.INPUT,
        ),
    ] = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Explain a rule, or a reason why a vote does not count.

    Shows what it checks, why, an example that fails, and how to mend it.
    """
    shell = Shell.of(form, plain, lang, quiet, no_color)
    from wsisctl.reports.pages import page_report

    shell.show(page_report(code, open_contest(contest) if contest else None))
