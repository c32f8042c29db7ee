"""wsisctl demo."""

from wsisctl.commands.options import example

EPILOG = example("demo")


def demo() -> None:
    """Demo."""
