"""wsisctl nominate."""

from wsisctl.commands import options
from wsisctl.commands.options import EXAMPLE_EDITION, example
from wsisctl.commands.reading import read_as, reading
from wsisctl.commands.shell import Shell, StageRequest, run_stage

EPILOG = example(
    "nominate",
    f"nominate --contest {EXAMPLE_EDITION} --submissions submissions.csv --scores scores.csv --out results",
    f"nominate --contest {EXAMPLE_EDITION} --submissions submissions.csv --decisions decisions.yaml",
)


def nominate(
    submissions: options.Submissions = None,
    scores: options.Scores = None,
    panel: options.Panel = None,
    past_winners: options.PastWinners = None,
    organizations: options.Organizations = None,
    corrections: options.Corrections = None,
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
    """Make the shortlists from score sheets or decisions.

    Submissions are validated first; only eligible ones can be nominated.
    Exit status 1: a tie at the quota, or missing scores and decisions.
    """
    given = {
        "submissions": submissions,
        "scores": scores,
        "panel": panel,
        "past_winners": past_winners,
        "organizations": organizations,
        "corrections": corrections,
        "decisions": decisions,
    }
    request = StageRequest(
        "nominate",
        contest,
        folder,
        given,
        out,
        reading(read_as(encoding, delimiter, sheet, header_row), profile),
        errors=errors,
    )
    run_stage(request, Shell.of(form, plain, lang, quiet, no_color))
