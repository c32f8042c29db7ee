"""The program. `--version` is answered before anything heavy is loaded."""

import os
import signal
import sys

from wsisctl import __version__

_INTERRUPTED = 130
"""What shells expect of a program that was stopped from the keyboard; so it leaves when told to terminate, too."""


def _show_version() -> int:
    try:
        sys.stdout.write(f"wsisctl {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError):  # a full disk, a reader that left, no stdout at all
        sys.stdout = None  # nothing is left to flush
        return 4
    return 0


def main() -> None:
    """Run the command line and leave with its exit status."""
    if sys.argv[1:] == ["--version"]:
        sys.exit(_show_version())
    if os.environ.get("_WSISCTL_COMPLETE"):  # someone pressed Tab
        # Our help is no markup; without rich, nobody loads it to render what has none.
        sys.modules["rich"] = None  # type: ignore[assignment]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # temporary files go first
    try:
        from wsisctl.cli import run

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:  # also while modules are still being loaded
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
