"""wsisctl explain."""

from typing import TYPE_CHECKING, Annotated

import typer

from wsisctl.commands import completion, options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, open_contest, open_folder
from wsisctl.errors import UnusableInput, UsageError

if TYPE_CHECKING:
    from wsisctl.contest.model import Contest

EPILOG = example("explain word-count", f"explain own_project --contest {EXAMPLE_EDITION}")


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            help="A rule, a reason why a vote is not counted, or a clause.",
            autocompletion=completion.codes,
        ),
    ],
    contest: Annotated[
        str | None,
        typer.Option(
            "--contest",
            metavar="NAME",
            help="Show it as it is used there; else in the contest folder we are in, or in every edition.",
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
    """Explain a rule, a reason why a vote does not count, or a clause.

    Shows what it checks, why, an example that fails and what is found in it, how to mend it, the
    clause that asks for it, and the settings.
    """
    shell = Shell.of(form, plain, lang, quiet, no_color)
    from wsisctl.reports.pages import page_report

    edition = open_contest(contest) if contest else _of_the_folder(shell)
    shell.show(page_report(code, edition, shell.language))


def _of_the_folder(shell: Shell) -> "Contest | None":
    """The contest of the folder we stand in, if we stand in one.

    One that is refused is no reason to withhold the page that may explain why.
    """
    try:
        return open_folder(None)[1]
    except UsageError:
        return None
    except UnusableInput as error:
        shell.tell(f"note: shown as in the shipped editions, since here {error.message}")
        return None
