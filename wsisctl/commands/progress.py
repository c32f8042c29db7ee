"""A progress bar that short work never shows."""

from threading import Timer
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

_PATIENCE_SECONDS = 1.0


class Bar:
    """Counts bytes read; appears on stderr once the work has taken a second."""

    def __init__(self, what: str, total: int | None) -> None:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._what, self._total, self._read = what, total, 0
        self._task = self._progress.add_task(f"{what}: reading", total=total)
        self._appearance = Timer(_PATIENCE_SECONDS, self._progress.start)
        self._appearance.daemon = True

    def __enter__(self) -> "Bar":
        self._appearance.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._appearance.cancel()
        self._appearance.join()
        self._progress.stop()

    def advance(self, size: int) -> None:
        """So many more bytes were read."""
        self._read += size
        step = "reading" if self._total is None or self._read < self._total else "computing"
        self._progress.update(self._task, completed=self._read, description=f"{self._what}: {step}")
