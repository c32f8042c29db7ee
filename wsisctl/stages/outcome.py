"""What a stage gives back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from wsisctl.errors import ExitStatus
from wsisctl.reports.report import Report


@dataclass(frozen=True)
class Outcome:
    """A result to show, files to write, and whether somebody must act upon it."""

    report: Report
    files: Mapping[str, bytes]
    """File name to content; written only where the user names a folder."""
    to_act_upon: bool
    remarks: tuple[str, ...] = ()
    """What the person at the terminal should know besides the result."""
    warnings: tuple[str, ...] = ()
    """Why it is to be acted upon, where the result does not say so itself; never silent."""

    def told(self, remarks: Iterable[str]) -> "Outcome":
        """The same, with more to know."""
        return replace(self, remarks=(*self.remarks, *remarks))

    @property
    def status(self) -> ExitStatus:
        """The exit status of the command."""
        return ExitStatus.ACT if self.to_act_upon else ExitStatus.DONE
