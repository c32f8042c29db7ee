"""wsisctl runs the WSIS Prizes from a terminal, over local files."""

__version__ = "0.1.0"
