"""Turns between the two who do heavy work in the jobs process, so that they never do it at the same time.

Whoever has something to do alone does it. Where both have, they take turns; who has none stands still.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

TURN = 20.0  # seconds


class HeavyWorker(Protocol):
    """Somebody who works in a process apart."""

    @property
    def has_work(self) -> bool: ...
    def work(self, until: float) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


class Turns:
    """`workers` in the order in which they begin. `clock` in seconds."""

    def __init__(self, *workers: HeavyWorker, clock: Callable[[], float] = time.monotonic) -> None:
        self._workers, self._clock = list(workers), clock
        self._until = float("-inf")

    def work(self, until: float) -> None:
        """Let the one whose turn it is work until this time."""
        if self._clock() >= self._until or not self._workers[0].has_work:
            self._next()
        first, *others = self._workers
        for other in others:
            other.pause()
        first.resume()
        first.work(until)

    def _next(self) -> None:
        """The next one in the row that has something to do comes first."""
        behind = [*self._workers[1:], self._workers[0]]
        busy = next((worker for worker in behind if worker.has_work), None)
        if busy is not None:
            at = behind.index(busy)
            self._workers = [*behind[at:], *behind[:at]]
            self._until = self._clock() + TURN
