"""wsisctl decide."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wsisctl.commands import completion, options
from wsisctl.commands.options import example
from wsisctl.commands.shell import Shell, open_folder
from wsisctl.commands.usage import refuse_no_text
from wsisctl.errors import UsageError

if TYPE_CHECKING:
    from wsisctl.records.decisions_file import Entry

_SIGNED = '--by "Ana Kim" --reason "minutes of 3 February"'
EPILOG = example(
    f"decide dismiss 17734472422205614 --rule past-winner {_SIGNED}",
    f"decide withdraw 17734472422205614 {_SIGNED} --dry-run",
    f"decide nominate C1 17734472422205614 17734472422205615 {_SIGNED}",
    f"decide tie-break C1 17734472422205615 17734472422205614 --cut honoured {_SIGNED}",
    f'decide lot-seed "Swiss Lotto of 27 February" {_SIGNED}',
    f"decide tie-break C1 --cut honoured --lot {_SIGNED}",
    f"decide winner C1 17734472422205615 {_SIGNED}",
    f"decide same-member 00042 00117 {_SIGNED}",
    "decide --from meeting.yaml --dry-run",
)
_HELP = "`wsisctl decide --help` shows an example of each kind"


class Kind(StrEnum):
    """What can be decided."""

    confirm = "confirm"
    dismiss = "dismiss"
    withdraw = "withdraw"
    nominate = "nominate"
    tie_break = "tie-break"
    lot_seed = "lot-seed"
    winner = "winner"
    same_member = "same-member"
    different_members = "different-members"


_VERDICTS_ON_MEMBERS = {Kind.same_member: "confirm", Kind.different_members: "dismiss"}
_FEWEST_MEMBERS = 2


class Cut(StrEnum):
    """Where a tie can be."""

    quota = "quota"
    honoured = "honoured"
    pool = "pool"
    winner = "winner"


def _text(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar=metavar, help=text, show_default=False, rich_help_panel=options.INPUT
    )
    return option


def decide(
    kind: Annotated[
        Kind | None,
        typer.Argument(
            metavar="[KIND]",
            help="confirm or dismiss a review; withdraw a submission; nominate; tie-break; lot-seed; winner; "
            "same-member or different-members.",
            show_default=False,
        ),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORD]...",
            help="A submission; a category and submissions, in the order decided; a seed; or members.",
            show_default=False,
        ),
    ] = None,
    rule: Annotated[
        str | None,
        typer.Option(
            "--rule",
            metavar="RULE",
            help="Whose review it is; may be left out where one is open.",
            show_default=False,
            autocompletion=completion.rules,
            rich_help_panel=options.INPUT,
        ),
    ] = None,
    cut: Annotated[
        Cut | None,
        typer.Option(
            "--cut",
            help="Where the tie is; the stage follows from it.",
            show_default=False,
            rich_help_panel=options.INPUT,
        ),
    ] = None,
    lot: Annotated[
        bool,
        typer.Option(
            "--lot", help="A lot gives the order of a tie.", rich_help_panel=options.INPUT
        ),
    ] = False,
    by: Annotated[str | None, _text("--by", "NAME", "Who decided.")] = None,
    reason: Annotated[str | None, _text("--reason", "TEXT", "Why.")] = None,
    on: Annotated[str | None, _text("--on", "DATE", "The day; else today.")] = None,
    source: Annotated[
        Path | None,
        _text("--from", "FILE", "Many decisions, written as in decisions.yaml; all or none."),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Only show what would change.", rich_help_panel=options.OUTPUT
        ),
    ] = False,
    folder: options.Folder = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Record what people decided, and show what it changes.

    It must refer to something that exists and is open. It goes behind what stands in
    decisions/decisions.yaml, of which no byte is changed.
    Exit status 3: it does not fit, and 4: the file cannot be added to; nothing was recorded.
    """
    from wsisctl.stages.decide import run_decide

    shell = Shell.of(form, plain, lang, quiet, no_color)
    drawn = "true" if lot else None
    texts = {"rule": rule, "cut": cut, "lot": drawn, "by": by, "reason": reason, "on": on}
    given = {name: str(text) for name, text in texts.items() if text is not None}
    asked = _from_file(source, kind, given) if source else entry_of(kind, about or (), given)
    home, contest = open_folder(folder)
    with shell.progress("decide") as advance:
        outcome = run_decide(home, contest, asked, advance, dry_run=dry_run)
    shell.finish(outcome)


def _from_file(source: Path, kind: Kind | None, given: Mapping[str, str]) -> Path:
    if surplus := [*([kind.value] if kind else []), *(f"--{name}" for name in given)]:
        raise UsageError(
            f"--from and {', '.join(surplus)} contradict each other",
            hint="each decision in the file says who, when and why itself",
        )
    return source


def entry_of(
    kind: Kind | None,
    about: Sequence[str],
    given: Mapping[str, str],
    today: Callable[[], date] = date.today,
) -> "Entry":
    """The decision that the command line says; raises UsageError where it says none."""
    from wsisctl.yaml_file import date_problem

    if kind is None:
        raise UsageError("missing: KIND", hint=_HELP)
    entry = {**_decided(kind, about, given), **_signature(given)}
    entry.setdefault("on", today().isoformat())
    if problem := date_problem(str(entry["on"])):
        raise UsageError(f"--on: {problem}", hint=_HELP)
    for text in (*about, *given.values()):
        if not text.strip():
            raise UsageError("an empty text stands where something must be said", hint=_HELP)
        refuse_no_text(text)
    return entry


def _signature(given: Mapping[str, str]) -> "Entry":
    if missing := [f"--{name}" for name in ("by", "reason") if name not in given]:
        raise UsageError(f"missing: {', '.join(missing)}", hint=_HELP)
    return {name: given[name] for name in ("by", "on", "reason") if name in given}


_TAKES = {
    Kind.confirm: ("rule",),
    Kind.dismiss: ("rule",),
    Kind.tie_break: ("cut", "lot"),
}
"""The options that only some kinds have."""


def _decided(kind: Kind, about: Sequence[str], given: Mapping[str, str]) -> "Entry":
    for name in ("rule", "cut", "lot"):
        if name in given and name not in _TAKES.get(kind, ()):
            raise UsageError(f"--{name} is not for {kind.value}", hint=_HELP)
    if kind is Kind.lot_seed:
        if len(about) != 1:
            raise UsageError("lot-seed takes one text, in quotes", hint=_HELP)
        return {"kind": "lot-seed", "seed": about[0]}
    if kind in (Kind.confirm, Kind.dismiss, Kind.withdraw):
        return _about_submission(kind, about, given)
    if kind in _VERDICTS_ON_MEMBERS:
        return _about_members(kind, about)
    return _about_category(kind, about, given)


def _about_submission(kind: Kind, about: Sequence[str], given: Mapping[str, str]) -> "Entry":
    if len(about) != 1:
        raise UsageError(f"{kind.value} takes the id of one submission", hint=_HELP)
    entry = {"kind": "withdraw", "submission_id": about[0]}
    if kind is Kind.withdraw:
        return entry
    rule = {"rule": given["rule"]} if "rule" in given else {}
    return {**entry, "kind": "review", "verdict": kind.value, **rule}


def _about_members(kind: Kind, about: Sequence[str]) -> "Entry":
    if len(about) < _FEWEST_MEMBERS:
        raise UsageError(f"{kind.value} takes the ids of two members or more", hint=_HELP)
    return {"kind": "same-member", "member_ids": about, "verdict": _VERDICTS_ON_MEMBERS[kind]}


def _about_category(kind: Kind, about: Sequence[str], given: Mapping[str, str]) -> "Entry":
    from wsisctl.records.decisions import CUTS_OF_STAGE

    category, *ids = about or [""]
    if "lot" in given and (ids or not category):
        raise UsageError("tie-break --lot takes a category alone", hint=_HELP)
    if not category or (not ids and kind is not Kind.winner and "lot" not in given):
        further = "maybe submissions" if kind is Kind.winner else "submissions"
        raise UsageError(f"{kind.value} takes a category and {further}", hint=_HELP)
    if kind is not Kind.tie_break:
        return {"kind": kind.value, "category": category, "submission_ids": ids}
    if "cut" not in given:
        raise UsageError("missing: --cut", hint=_HELP)
    cut = given["cut"]
    stage = next(stage for stage, cuts in CUTS_OF_STAGE.items() if cut in cuts)
    tie = {"kind": "tie-break", "stage": stage, "cut": cut, "category": category}
    return {**tie, "lot": given["lot"]} if "lot" in given else {**tie, "order": ids}
