"""wsisctl status."""

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.shell import Shell, open_folder

EPILOG = example("status", f"status --folder prizes-{EXAMPLE_EDITION} --format json")


def status(
    folder: options.Folder = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Show where the contest stands and what is next.

    Which exports are there, which results still follow from them, what people have to decide.
    """
    from wsisctl.reports.folder import standing_report
    from wsisctl.stages.status import read_standing

    shell = Shell.of(form, plain, lang, quiet, no_color)
    shell.show(standing_report(read_standing(*open_folder(folder)), shell.language))
