"""Ending on SIGTERM and Ctrl+C: while bytes come the run is cancelled, while a pack is installed that is broken off.

Either leaves what arrived, and each pack as before or as after.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from provisioning.syncing.failures import Ended

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopping:
    """Whether a person or the system wants the run to end. Made in the main thread, in the task that is to end."""

    def __init__(self) -> None:
        self.is_asked = False
        self._is_working = False
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hear the signals inside; as they were afterwards."""
        before: dict[signal.Signals, Any] = {number: signal.signal(number, self._hear) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Inside, something runs that lets nothing else run: a signal breaks it off by raising Ended there."""
        self._is_working = True
        try:
            yield
        finally:
            self._is_working = False

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.is_asked = True
        if self._is_working:
            raise stopped()
        if self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)


def stopped() -> Ended:
    return Ended("stopped", "The sync was stopped; what arrived stays.")
