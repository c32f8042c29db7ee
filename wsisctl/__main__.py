"""The program. `--version` is answered before anything heavy is loaded."""

import sys

from wsisctl import __version__


def main() -> None:
    """Run the command line and leave with its exit status."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"wsisctl {__version__}\n")
        return
    from wsisctl.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
