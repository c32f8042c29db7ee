"""wsisctl select-winners."""

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.reading import read_as, reading
from wsisctl.commands.shell import Shell, StageRequest, run_stage

EPILOG = example(
    "select-winners",
    f"select-winners --contest {EXAMPLE_EDITION} --tally results/tally.json --scores scores.csv",
    f"select-winners --contest {EXAMPLE_EDITION} --tally results/tally.json "
    "--decisions decisions.yaml --out results",
)


def select_winners(
    tally: options.Tally = None,
    scores: options.Scores = None,
    panel: options.Panel = None,
    decisions: options.Decisions = None,
    contest: options.Contest = None,
    folder: options.Folder = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    sheet: options.Sheet = None,
    header_row: options.HeaderRow = None,
    profile: options.Profiles = None,
    out: options.Out = None,
    errors: options.Errors = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Name the winner and the champions of each category.

    A recorded decision names the winner, else the single highest score in the pool does.
    Exit status 1: a tie, or missing scores and decisions.
    """
    given = {"tally": tally, "scores": scores, "panel": panel, "decisions": decisions}
    request = StageRequest(
        "select-winners",
        contest,
        folder,
        given,
        out,
        reading(read_as(encoding, delimiter, sheet, header_row), profile),
        errors=errors,
    )
    run_stage(request, Shell.of(form, plain, lang, quiet, no_color))
