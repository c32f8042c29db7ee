"""What can stop a command, and the exit status that scripts rely on (contract, Exit status)."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The statuses a command ends with."""

    DONE = 0
    ACT = 1
    """Done; the result holds something to act upon."""
    USAGE = 2
    UNUSABLE_INPUT = 3
    REFUSED = 4
    INTERNAL = 70
    """A defect of wsisctl itself (sysexits' EX_SOFTWARE)."""


class WsisctlError(Exception):
    """A message for the person at the terminal; `hint` says what to do next."""

    status = ExitStatus.INTERNAL

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(WsisctlError):
    """The command line is wrong."""

    status = ExitStatus.USAGE


class UnusableInput(WsisctlError):
    """An input cannot be used; nothing was written."""

    status = ExitStatus.UNUSABLE_INPUT


class NoRoom(WsisctlError):
    """Memory or disk is too small for these inputs, with which nothing else is wrong; nothing was written."""

    status = ExitStatus.UNUSABLE_INPUT


class Refused(WsisctlError):
    """It would overwrite what a person wrote, or is sealed, or under embargo."""

    status = ExitStatus.REFUSED


class BrokenCount(WsisctlError):
    """The count does not add up: a defect of wsisctl, and no result may come of it."""

    status = ExitStatus.INTERNAL
