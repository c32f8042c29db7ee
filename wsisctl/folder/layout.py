"""Where things are in a contest folder (contract, A contest folder)."""

import os
from dataclasses import dataclass
from pathlib import Path

from wsisctl.errors import Refused, UnusableInput, UsageError
from wsisctl.readers.files import InputFile
from wsisctl.records.kinds import Kind

CONTEST = "contest.yaml"
EXPORTS, DECISIONS, RECORDS = "exports", "decisions", "records"
RESULTS, REPORTS, PUBLIC = "results", "reports", "public"
ROOMS = (EXPORTS, DECISIONS, RECORDS, RESULTS, REPORTS, PUBLIC)

DECISIONS_FILE = f"{DECISIONS}/decisions.yaml"
PANEL_FILE = f"{DECISIONS}/panel.csv"
ORGANIZATIONS_FILE = f"{DECISIONS}/organizations.csv"
CONTESTED_FILE = f"{DECISIONS}/contested-votes.csv"
CORRECTIONS_FILE = f"{DECISIONS}/corrections.yaml"
IMPORTS_FILE = f"{EXPORTS}/imports.yaml"
PROFILES = f"{EXPORTS}/profiles"


def records_file(kind: Kind) -> str:
    """Where the folder's records of a kind are, from the folder."""
    return f"{RECORDS}/{kind.file}"


def refuse_rooms(out: Path) -> None:
    """Raise Refused for a place that a contest folder keeps for itself: nothing else writes there."""
    place = out.resolve()
    for root in (place, *place.parents):
        if os.path.isfile(root / CONTEST):  # noqa: PTH113 - false too for a name that no file can have
            inside = place.relative_to(root).parts
            if not inside or inside[0] in ROOMS:
                raise Refused(
                    f"{out}: the contest folder {root.name} keeps this place for itself",
                    hint="name a folder of your own",
                )
            return


@dataclass(frozen=True)
class ContestFolder:
    """A folder in which one contest lives; files in it are named from it, with `/`."""

    root: Path

    def path(self, name: str) -> Path:
        """Where a file of the folder is."""
        return self.root / name

    def holds(self, name: str) -> bool:
        """Whether there is anything of that name, be it a link that leads nowhere."""
        return os.path.lexists(self.path(name))

    def file(self, name: str, *, canonical: bool = False) -> InputFile:
        """A file of the folder as an input."""
        return InputFile(self.path(name), name, canonical)

    def files(self, *names: str) -> tuple[InputFile, ...]:
        """Those of the files that are there."""
        return tuple(self.file(name) for name in names if self.holds(name))


def find_folder(named: Path | None, *, takes_files: bool = False) -> ContestFolder:
    """The folder named, or the nearest one upwards from the current folder.

    `takes_files`: the command could also work on bare files, which the refusal then says.
    Raises UnusableInput for a named folder without contest, UsageError where there is none.
    """
    if named is not None:
        if not (named / CONTEST).is_file():
            raise UnusableInput(
                f"{named}: no contest folder: it has no {CONTEST}",
                hint=f"make one with `wsisctl init {named} --contest NAME`",
            )
        return ContestFolder(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONTEST).is_file():
            return ContestFolder(Path(os.path.relpath(folder)))
    otherwise = "; or give --contest NAME and files" if takes_files else ""
    raise UsageError(
        "this is no contest folder",
        hint=f"go into one, or name one with --folder DIR{otherwise}",
    )
