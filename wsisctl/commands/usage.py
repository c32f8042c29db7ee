"""A wrong command line in our own words: what is wrong, what was probably meant, what to do next."""

import re
from ast import literal_eval
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from wsisctl.commands.examples import first_example
from wsisctl.errors import ExitStatus, UsageError
from wsisctl.suggest import nearest, suggestion

if TYPE_CHECKING:
    from typer._click import Context

_SEE_HELP = "`wsisctl --help` lists the commands"
_PLACES = ("FILE", "DIR")
"""What a parameter is called that takes the path of something."""
_NO_CHOICE = re.compile(r"""(?P<literal>'.*'|".*") is not one of """)


@contextmanager
def answered(context: "Context") -> Iterator[None]:
    """Turn the parser's complaints into UsageErrors, so that all errors look alike."""
    try:
        yield
    except typer.TyperException as error:
        if error.exit_code != ExitStatus.USAGE:
            raise
        raise UsageError(_message(error, context), hint=_hint(context)) from error


def no_such_command(word: str, commands: Iterable[str]) -> UsageError:
    """The answer to a word that is no command."""
    commands = list(commands)
    if nearest(word, commands):
        hint = _SEE_HELP
    else:
        hint = f"the commands are {', '.join(commands)}; `wsisctl --help` explains them"
    return UsageError(f"no such command '{word}'{_meant(word, commands)}", hint=hint)


def refuse_empty_places(context: "Context", args: Sequence[str]) -> None:
    """Raise UsageError for the empty path, which the system would take for the current folder.

    It is what an unset variable of a script leaves: `--out "$RESULTS"`.
    """
    words, _, _ = context.command.make_parser(context).parse_args(args=list(args))
    for parameter in context.command.get_params(context):
        given = words.get(parameter.name)
        texts = given if isinstance(given, Sequence) and not isinstance(given, str) else [given]
        if "" in texts and _takes_a_place(parameter):
            raise UsageError(f"{name_of(parameter)} is empty", hint=_hint(context))


def refuse_no_text(word: str) -> None:
    """Raise UsageError for bytes that are no UTF-8: Python lets them pass as if they were text."""
    if word.encode("utf-8", "replace").decode() != word:
        raise UsageError(f"'{word}' is not UTF-8", hint="look at the terminal's encoding")


def _takes_a_place(parameter: Any) -> bool:
    """Whether it takes a path; `--contest` does, beside the names of editions."""
    return str(parameter.metavar).strip("[].") in _PLACES or parameter.name == "contest"


def _meant(word: str, known: Iterable[str]) -> str:
    """A suggestion, and never the whole list."""
    known = list(known)
    return suggestion(word, known) if nearest(word, known) else ""


def _message(error: typer.TyperException, context: "Context") -> str:
    """What is wrong. The parser's exceptions are told apart by what they carry."""
    if hasattr(error, "possibilities"):
        option = str(getattr(error, "option_name", ""))
        names = (name for item in context.command.get_params(context) for name in item.opts)
        return f"no such option '{option}'{_meant(option, names)}"
    if hasattr(error, "param_type"):
        return f"missing: {', '.join(_missing(context))}"
    parameter = getattr(error, "param", None)
    if parameter is not None and (choice := _NO_CHOICE.search(error.message)):
        word, known = literal_eval(choice["literal"]), parameter.type_descriptor.choices
        return f"{name_of(parameter)} '{word}' is unknown{suggestion(word, known)}"
    text = " ".join(error.format_message().split()).removesuffix(".")
    return text[:1].lower() + text[1:]


def _missing(context: "Context") -> list[str]:
    """Every parameter that is missing: by the time one is found so, those given were read."""
    return [
        name_of(parameter)
        for parameter in context.command.get_params(context)
        if parameter.required and parameter.name not in context.params
    ]


def name_of(parameter: Any) -> str:
    """`--votes` or `FILE`."""
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(parameter.metavar or parameter.name).strip("[].")


def _hint(context: "Context") -> str:
    if context.parent is None:
        return _SEE_HELP
    example = first_example(context.command.epilog or "")
    explained = f"`{context.command_path} --help` shows what it takes"
    return f"{explained}; for example: {example}" if example else explained
