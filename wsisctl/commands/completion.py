"""What the shell offers when someone presses Tab. It runs at each press, so nothing heavy is loaded."""

import json
from collections.abc import Callable
from typing import Any

from wsisctl.errors import UsageError
from wsisctl.shipped import editions, schema_text, schemas

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def contests(incomplete: str) -> list[str]:
    """The shipped editions; where none begins like this, the shell offers files."""
    return _begun(incomplete, editions())


def schema_names(incomplete: str) -> list[str]:
    """The shipped schemas."""
    return _begun(incomplete, schemas())


def rules(incomplete: str) -> list[str]:
    """The rules that a definition may list: its schema names them all, and refuses the others."""
    named = _of_definitions()["properties"]["rules"]["properties"]
    return _begun(incomplete, tuple(name for name, part in named.items() if "not" not in part))


def codes(incomplete: str) -> list[str]:
    """Rules, and reasons why a vote is not counted: the definition's schema names them all."""
    schema = _of_definitions()
    named = schema["properties"]["rules"]["properties"]
    return _begun(incomplete, (*named, *schema["$defs"]["reasons"]["properties"]))


def _of_definitions() -> Any:
    return json.loads(schema_text("contest"))


def _begun(incomplete: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]


def in_known_shell(act: Callable[..., Any]) -> Callable[..., Any]:
    """The callback of an option that installs or shows a completion script.

    It raises UsageError where the shell that asks is none that completion is known for.
    """

    def checked(context: Any, parameter: Any, asked: object) -> Any:
        if asked and not context.resilient_parsing and (shell := _shell()) not in SHELLS:
            found = f"the shell '{shell}' has no completion" if shell else "no shell was found"
            raise UsageError(
                f"{parameter.opts[0]}: {found}",
                hint="run it in bash, zsh, fish or PowerShell, or name one of them to print its "
                "script: _WSISCTL_COMPLETE=source_bash wsisctl",
            )
        return act(context, parameter, asked)

    return checked


def _shell() -> str | None:
    """The name of the shell that runs this program."""
    import shellingham  # type: ignore[import-untyped]  # typer brings it, for the same question

    try:
        name, _ = shellingham.detect_shell()
    except shellingham.ShellDetectionFailure:
        return None
    return str(name)
