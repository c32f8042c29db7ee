"""wsisctl schema."""

from dataclasses import replace
from typing import Annotated

import typer

from wsisctl.commands import completion, options
from wsisctl.commands.options import AnyFormat, example
from wsisctl.commands.shell import Shell

EPILOG = example("schema", "schema submissions")


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Without a name, all schemas are listed.",
            autocompletion=completion.schema_names,
            show_default=False,
        ),
    ] = None,
    form: options.Format = None,
    plain: options.Plain = False,
    lang: options.Language = options.LanguageName.en,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Print the JSON Schema of a kind of record or result.

    A schema is a document for programs: it is JSON, whatever --format says.
    """
    from wsisctl.reports.schemas import schema_report, schemas_report

    shell = Shell.of(form, plain, lang, quiet, no_color)
    if name is None:
        shell.show(schemas_report())
    else:
        replace(shell, format=AnyFormat.json).show(schema_report(name))
