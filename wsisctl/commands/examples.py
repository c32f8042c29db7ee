"""The end of a command's help: what people type."""

import re
import textwrap

_WIDTH = 74
_FOLD = " \\\n"
_GLUE = "\N{NO-BREAK SPACE}"
_AS_IT_STANDS = "\b\n"
"""The parser's sign for a paragraph that is not to be wrapped."""


def example(*lines: str) -> str:
    """Examples of a command, in lines that can be pasted into a shell."""
    return f"Examples:\n\n{_AS_IT_STANDS}" + "\n".join(
        _pasteable(f"wsisctl {line}") for line in lines
    )


def _pasteable(line: str) -> str:
    """The command folded before options, so that each stands beside its value."""
    glued = re.sub(r" (?!--)", _GLUE, line)
    folded = textwrap.wrap(
        glued,
        _WIDTH,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return _FOLD.join(folded).replace(_GLUE, " ")


def first_example(epilog: str) -> str:
    """The first of the examples, on one line."""
    lines = epilog.replace(_FOLD, "").splitlines()
    return next((" ".join(line.split()) for line in lines if line.startswith("wsisctl ")), "")
