"""Writing results: only over our own unchanged files, with a manifest of their sums beside them."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path

from wsisctl.errors import Refused
from wsisctl.folder.lock import at_work
from wsisctl.folder.manifest import (
    MANIFEST,
    Accounts,
    Manifest,
    Origin,
    is_unchanged,
    read_manifest,
    sum_of_file,
)
from wsisctl.readers.files import InputFile

Content = bytes | Path
"""What a file will hold: bytes, or a draft that becomes it."""


class OutputFolder:
    """A folder that one stage writes into (contract, Commands: `--out`)."""

    def __init__(
        self, path: Path, stage: str, names: Iterable[str], inputs: Iterable[InputFile] = ()
    ) -> None:
        """Raises Refused at once where one of `names` could not be written."""
        self.path = path
        self._stage = stage
        self._names = tuple(names)
        self._inputs = tuple(inputs)
        self._refuse_targets_in_the_way()

    def is_current(self, origin: Origin) -> bool:
        """Whether the stage's files are there and follow from just this."""
        manifest = read_manifest(self.path)
        if manifest.origin_of(self._stage) != origin.document:
            return False
        written = manifest.stages[self._stage]["results"]
        return all(is_unchanged(self.path / name, digest) for name, digest in written.items())

    def write(
        self, contents: Mapping[str, Content], origin: Origin, accounts: Accounts = ()
    ) -> None:
        """Replace the stage's files and its part of the manifest.

        Raises Refused if meanwhile anything came in the way, or the folder cannot be written.
        """
        with self.drafted(contents, origin, accounts) as put_in_place:
            put_in_place()

    @contextmanager
    def drafted(
        self, contents: Mapping[str, Content], origin: Origin, accounts: Accounts = ()
    ) -> Iterator[Callable[[], None]]:
        """All of it written beside its targets; calling what is given puts it in place.

        What the stage wrote before and now does not goes then. Until then nothing is replaced. Raises Refused as `write` does.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with at_work(self.path, wait=True), _Drafts(self.path) as drafts:
                self._refuse_targets_in_the_way()
                for name, content in contents.items():
                    drafts.add(name, content)
                manifest = read_manifest(self.path)
                left = _results(manifest, self._stage) - contents.keys()
                manifest = manifest.with_stage(self._stage, origin, drafts.sums, accounts)
                drafts.add(MANIFEST, manifest.content)

                def put_in_place() -> None:
                    for name in left:
                        (self.path / name).unlink(missing_ok=True)
                    drafts.put_in_place()

                yield put_in_place
        except OSError as error:
            raise Refused(
                f"{self.path}: cannot be written: {error.strerror}",
                hint="look at the disk's space and the folder's permissions",
            ) from error

    def remove(self) -> None:
        """Take the stage's files away, and its part of the manifest."""
        if self._stage not in read_manifest(self.path).stages:
            return
        try:
            with at_work(self.path, wait=True), _Drafts(self.path) as drafts:
                self._refuse_targets_in_the_way()
                manifest = read_manifest(self.path).without_stage(self._stage)
                drafts.add(MANIFEST, manifest.content)
                for name in self._names:
                    (self.path / name).unlink(missing_ok=True)
                drafts.put_in_place()
        except OSError as error:
            raise Refused(f"{self.path}: cannot be written: {error.strerror}") from error

    def _refuse_targets_in_the_way(self) -> None:
        if not os.path.lexists(self.path):
            return
        if not self.path.is_dir():
            raise Refused(f"{self.path}: not a folder", hint="name another folder")
        for file in self._inputs:
            for name in (*self._names, MANIFEST):
                if _is_same_file(file.path, self.path / name):
                    raise Refused(
                        f"{self.path / name}: an input of this command; it would be overwritten",
                        hint="name another folder",
                    )
        manifest = read_manifest(self.path)
        sums = manifest.sums
        for name in dict.fromkeys((*self._names, *sorted(_results(manifest, self._stage)))):
            target = self.path / name
            if os.path.lexists(target) and not is_unchanged(target, sums.get(name)):
                raise Refused(
                    f"{target}: not written by wsisctl, or changed since; it is left as it is",
                    hint="move it away, or name another folder",
                )


def write_anew(
    path: Path,
    stage: str,
    contents: Mapping[str, Content],
    origin: Origin,
    inputs: Iterable[InputFile] = (),
) -> None:
    """Write files of which another run may make others: those of before that are not made again go.

    Raises Refused where any of them was changed since.
    """
    before = read_manifest(path).stages.get(stage, {}).get("results", {})
    target = OutputFolder(path, stage, {**before, **contents}, inputs)
    target.remove()
    target.write(contents, origin)


def _results(manifest: Manifest, stage: str) -> Set[str]:
    """The files that a stage wrote when it last ran, of which it may not make all again."""
    results: Mapping[str, str] = manifest.stages.get(stage, {}).get("results", {})
    return results.keys()


def _is_same_file(one: Path, other: Path) -> bool:
    return other.exists() and one.exists() and one.samefile(other)


class _Drafts:
    """Files written beside their targets first; those that are not put in place vanish."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drafts: dict[str, Path] = {}

    def __enter__(self) -> "_Drafts":
        return self

    def __exit__(self, *_: object) -> None:
        for draft in self._drafts.values():
            draft.unlink(missing_ok=True)

    @property
    def sums(self) -> dict[str, str]:
        """The sum of each draft, by the name it will have."""
        return {name: sum_of_file(draft) for name, draft in self._drafts.items()}

    def add(self, name: str, content: Content) -> None:
        draft = self._folder / f".{name}.{os.getpid()}.draft"
        self._drafts[name] = draft
        if isinstance(content, Path):
            shutil.copyfile(content, draft)
            _flush(draft)
            return
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def put_in_place(self) -> None:
        """Old files go, then the manifest comes, then the new files.

        So wherever it is cut off, what is there has the sum in the manifest, or is not there.
        """
        *others, last = self._drafts
        for name in others:
            (self._folder / name).unlink(missing_ok=True)
        for name in (last, *others):
            self._drafts[name].replace(self._folder / name)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Write a file of our own, whole or not at all; raises OSError."""
    with _Drafts(path.parent) as drafts:
        drafts.add(path.name, content)
        drafts.put_in_place()
