"""Times as different devices write them, fast."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from wsisctl.times import Instant, clock_spans, written

_EPOCH = datetime(1970, 1, 1)
_MINUTE = 60
_REMEMBERED = 20_000
_WITH_FRACTION = 1
_SHARES = tuple(accumulate((72, 6, 11, 5, 3, 1, 1, 1)))
"""How much the styles are used, in the order of `Clock`."""
_PADDED = tuple(f"{number:02}" for number in range(_MINUTE))


class Clock:
    """Writes instants in one of several styles; remembers the minutes it has written lately."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._minutes: dict[int, tuple[str, str]] = {}
        self._styles: tuple[Callable[[int], tuple[str, str]], ...] = (
            self._on_the_wall,
            self._on_the_wall,
            _with_offset(0, "Z"),
            self._without_offset,
            self._with_a_space,
            _with_offset(19_800, "+05:30"),
            _with_offset(10_800, "+03"),
            _with_offset(-18_000, "-0500"),
        )

    def style(self, bits: int) -> int:
        """The number of a style, as likely as it is used."""
        return bisect_right(_SHARES, bits % _SHARES[-1])

    def text(self, second: int, style: int, bits: int = 0) -> str:
        """The instant in the style with this number; `bits` decide the fraction where it has one."""
        minute, rest = divmod(second, _MINUTE)
        key = minute * len(self._styles) + style
        parts = self._minutes.get(key)
        if parts is None:
            if len(self._minutes) > _REMEMBERED:
                self._minutes.clear()
            parts = self._minutes[key] = self._styles[style](minute * _MINUTE)
        before, after = parts
        if style == _WITH_FRACTION:
            return f"{before}{_PADDED[rest]}.{bits % 1000:03}{after}"
        return before + _PADDED[rest] + after

    def skipped(self, opens: int, closes: int) -> str:
        """A local time between the two that never existed; a day without a date where there is none."""
        spans = clock_spans(self._zone)
        for before, after in pairwise(spans):
            moment = (before.local_until - _EPOCH) // timedelta(seconds=1) - before.utc_offset
            if opens < moment < closes and before.local_until < after.local_from:
                return (before.local_until + timedelta(minutes=17, seconds=5)).isoformat()
        return "yesterday"

    def _on_the_wall(self, second: int) -> tuple[str, str]:
        local = written(Instant(second), self._zone)
        return local[:17], local[19:]

    def _without_offset(self, second: int) -> tuple[str, str]:
        return self._on_the_wall(second)[0], ""

    def _with_a_space(self, second: int) -> tuple[str, str]:
        before, after = self._on_the_wall(second)
        return before.replace("T", " "), after


def _with_offset(offset: int, suffix: str) -> Callable[[int], tuple[str, str]]:
    def parts(second: int) -> tuple[str, str]:
        return (_EPOCH + timedelta(seconds=second + offset)).isoformat()[:17], suffix

    return parts
