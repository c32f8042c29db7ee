"""A progress bar that short work never shows."""

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

_PATIENCE_SECONDS = 1.0


class Bar:
    """Counts bytes; appears on stderr once the work has taken a second."""

    def __init__(self, what: str, total: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task(what, total=total)
        self._total, self._read = total, 0
        self._started = time.monotonic()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def advance(self, size: int) -> None:
        """So many more bytes were read."""
        self._read += size
        if (
            time.monotonic() - self._started > _PATIENCE_SECONDS
            and not self._progress.live.is_started
        ):
            self._progress.start()
        counting = {"description": "counting"} if self._read >= self._total else {}
        self._progress.update(self._task, completed=self._read, **counting)  # type: ignore[arg-type]
