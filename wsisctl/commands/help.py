"""The front door: help under headings, and an answer to every wrong command line.

Typer groups commands and options by panel only in its rich help, which costs more than all the
rest of starting up; here the plain help does.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from wsisctl.commands.usage import answered, name_of, no_such_command, refuse_empty_places
from wsisctl.errors import ExitStatus

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter, Parameter

Row = tuple[str, str]
_UNCUT = 10_000
"""A summary is its first sentence, however long: the formatter wraps it."""
_WIDEST = 24
"""A longer name stands on a line of its own."""


class Page(TyperCommand):
    """A command."""

    def collect_usage_pieces(self, ctx: "Context") -> list[str]:
        """What stands after the name, as everywhere: `[OPTIONS] CODE`, `[OPTIONS] [FILE]...`."""
        arguments = (item for item in self.get_params(ctx) if item.param_type_name == "argument")
        return [self.options_metavar or "", *map(_in_usage, arguments)]

    def get_short_help_str(self, limit: int = _UNCUT) -> str:
        """The first sentence, whole."""
        return super().get_short_help_str(_UNCUT)

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the arguments, and the options under the headings that they declare."""
        _write_sections(formatter, _parameters(self, ctx))

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read what stands after the command."""
        with answered(ctx):
            if not ctx.resilient_parsing:
                refuse_empty_places(ctx, args)
            return super().parse_args(ctx, args)


class FrontDoor(TyperGroup):
    """The program: commands under the headings that they were registered with."""

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the commands, then the options."""
        _write_sections(formatter, _commands(self, ctx))
        _write_sections(formatter, _parameters(self, ctx))

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read what stands before the command; without a word, show the help as no result."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(ExitStatus.USAGE)
        with answered(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: "Context") -> Any:
        """Find the command and run it."""
        with answered(ctx):
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: "Context", args: list[str]
    ) -> "tuple[str | None, Command | None, list[str]]":
        """Find the command; an unknown one is told which there are."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            raise no_such_command(args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


def _commands(group: TyperGroup, ctx: "Context") -> Iterable[tuple[str, Row]]:
    for name in group.list_commands(ctx):
        command = group.commands[name]
        if not command.hidden:
            yield _panel(command) or "Commands", (name, command.get_short_help_str())


def _parameters(command: "Command", ctx: "Context") -> Iterable[tuple[str, Row]]:
    """Every heading and row of help; arguments first, options without a panel last."""
    for parameter in sorted(command.get_params(ctx), key=_place):
        if row := parameter.get_help_record(ctx):
            name, text = row
            is_argument = parameter.param_type_name == "argument"
            yield _heading(parameter), (name_of(parameter) if is_argument else name, text)


def _place(parameter: "Parameter") -> int:
    if parameter.param_type_name == "argument":
        return 0
    return 1 if _panel(parameter) else 2


def _in_usage(argument: "Parameter") -> str:
    name = name_of(argument)
    once = name if argument.required else f"[{name}]"
    return once if argument.nargs == 1 else f"{once}..."


def _heading(parameter: "Parameter") -> str:
    return _panel(parameter) or f"{parameter.param_type_name.capitalize()}s"


def _panel(item: "Command | Parameter") -> str | None:
    panel: str | None = getattr(item, "rich_help_panel", None)
    return panel


def _write_sections(formatter: "HelpFormatter", rows: Iterable[tuple[str, Row]]) -> None:
    """Write each section; what explains begins in the same column in all of them."""
    sections: dict[str, list[Row]] = {}
    for heading, row in rows:
        sections.setdefault(heading, []).append(row)
    names = (name for section in sections.values() for name, _ in section)
    column = min(max(map(len, names)), _WIDEST)
    for heading, section in sections.items():
        with formatter.section(heading):
            formatter.write_dl([(name.ljust(column), text) for name, text in section], _WIDEST)
