"""wsisctl rules."""

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, open_definition

EPILOG = example(
    f"rules --contest {EXAMPLE_EDITION}", f"rules --contest {EXAMPLE_EDITION} --format json"
)


def rules(
    contest: options.Contest = None,
    folder: options.Folder = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Show every clause of the letter and what enforces it."""
    shell = Shell.of(form, plain, lang, quiet, no_color)
    from wsisctl.reports.clauses import clauses_report

    shell.show(clauses_report(open_definition(contest, folder)))
