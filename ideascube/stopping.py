"""A process that is asked to end (SIGTERM) ends its rest at once: `time.sleep` would go on after a signal."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Sequence
from types import FrameType

_asked: list[int] = []
_wakened: list[int] = []  # where the kernel writes that a signal came


def stop_on_sigterm() -> None:
    """From now on SIGTERM is only noted, and ends rests. For the main thread."""
    reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGTERM, _note)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    _wakened[:] = [reading]


def _note(number: int, _frame: FrameType | None) -> None:
    _asked.append(number)


def is_stopping() -> bool:
    """Whether this process was asked to end."""
    return bool(_asked)


def rest(seconds: float) -> None:
    """Do nothing for so long, or until the process is asked to end."""
    until = time.monotonic() + seconds
    while not _asked and (left := until - time.monotonic()) > 0:
        _wait((), left)


def is_readable(descriptor: int, seconds: float) -> bool:
    """Whether there is something to read, waited for at most so long, or until the process is asked to end."""
    return bool(_wait((descriptor,), seconds))


def _wait(descriptors: Sequence[int], seconds: float) -> list[int]:
    found, _, _ = select.select([*descriptors, *_wakened], [], [], max(0.0, seconds))
    if not _asked:
        with contextlib.suppress(BlockingIOError):  # of a signal that asked for nothing, perhaps of a forked child
            for pipe in set(_wakened) & set(found):
                os.read(pipe, 4096)
    return [descriptor for descriptor in found if descriptor in descriptors]
