"""Who sends a few bytes now and then is never silent, and could keep a sync, and its lock, for weeks."""

from __future__ import annotations

import time

SLOW_BYTES, SLOW_FOR = 200, 90.0  # a second; seconds


class Drip:
    """Watches one answer. Slow is who sends fewer than `slow_bytes` a second for `slow_for` seconds."""

    def __init__(self, slow_bytes: float = SLOW_BYTES, slow_for: float = SLOW_FOR) -> None:
        self._slow_bytes, self._slow_for = slow_bytes, slow_for
        self.begin()

    def begin(self) -> None:
        """Begin anew, after a pause that was ours."""
        self._since, self._bytes = time.monotonic(), 0

    def take(self, count: int) -> float | None:
        """Note that bytes came. Gives how many came a second where that is too few, else None."""
        self._bytes += count
        seconds = time.monotonic() - self._since
        if seconds < self._slow_for:
            return None
        rate = self._bytes / seconds
        self.begin()
        return rate if rate < self._slow_bytes else None
