"""wsisctl rules."""

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, open_definition, open_folder

EPILOG = example(
    f"rules --contest {EXAMPLE_EDITION}",
    f"rules --contest {EXAMPLE_EDITION} --lang zh",
    f"rules --contest {EXAMPLE_EDITION} --format json",
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
    """Show every clause of the letter and what enforces it.

    Its text (in Chinese the letter's own words), where it stands, who decides, what enforces it with
    which settings; in a contest folder also how often that has bitten.
    """
    from wsisctl.reports.clauses import clauses_report

    shell = Shell.of(form, plain, lang, quiet, no_color)
    if contest is not None:
        shell.show(clauses_report(open_definition(contest, folder), shell.language))
        return
    from wsisctl.stages.clauses import read_bites

    home, edition = open_folder(folder, takes_files=True)
    shell.show(clauses_report(edition, shell.language, read_bites(home, edition)))
