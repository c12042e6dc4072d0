"""What is common to processes that work on their own and tell how far they are, whatever they do.

Each has the lowest priority, bounds on memory and on the time between two signs of life, and ends with its parent. It
tells by lines of JSON in a pipe.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import resource
import signal
import time
from collections.abc import Callable
from typing import Any

import psutil

from content_packs.apart import bound_memory
from ideascube.stopping import is_readable

Told = dict[str, Any]
Tell = Callable[[dict[str, object]], None]

_TELL_EVERY = 0.5  # seconds
_PIECE = 64 * 1024
_LINE_LIMIT = 16 * 1024 * 1024  # bytes


class Ear:
    """Hears what a process tells. `signal_it`: how to signal it, and all that it began."""

    def __init__(self, pid: int, reading: int, signal_it: Callable[[int, int], None] = os.kill) -> None:
        self.pid = pid
        self._reading, self._signal = reading, signal_it
        self._rest = b""
        self._is_paused = False
        self.ended = False
        self.status = 0

    def read(self, seconds: float) -> list[Told]:
        """What was told since, waited for at most so long. `ended` is set after the last word."""
        if not is_readable(self._reading, seconds):
            return []
        piece = os.read(self._reading, _PIECE)
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > _LINE_LIMIT:
            self.kill()
        elif not piece:
            self._bury()
        return [json.loads(line) for line in lines]

    def kill(self) -> None:
        """End it at once, if it has not ended; what it was at is lost."""
        if not self.ended:
            self._send(signal.SIGKILL)
            self._bury()

    def _bury(self) -> None:
        """What it began and left running ends with it: its number stays its own until it was waited for."""
        os.close(self._reading)
        os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        self._send(signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        self.ended = True

    def pause(self) -> None:
        """Let it stand still, as something else has its turn."""
        if not self._is_paused and not self.ended:
            self._send(signal.SIGSTOP)
            self._is_paused = True

    def resume(self) -> None:
        if self._is_paused and not self.ended:
            self._send(signal.SIGCONT)
            self._is_paused = False

    def _send(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._signal(self.pid, number)


def be_modest(memory: int) -> None:
    """In the process: the lowest priority, at most so many bytes more, no core file."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    faulthandler.disable()  # a crash is an answer here, and no news for whoever reads the log
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(19)
    with contextlib.suppress(OSError, psutil.Error):  # some containers do not let us
        psutil.Process().ionice(psutil.IOPRIO_CLASS_IDLE)
    bound_memory(memory)


def teller(writing: int, silence: int) -> Tell:
    """Each word is a sign of life; `silence` seconds without end the process. Numbers alone are told now and then, and
    nothing at all is only such a sign.
    """
    told_at = 0.0

    def tell(words: dict[str, object]) -> None:
        nonlocal told_at
        signal.alarm(silence)
        now = time.monotonic()
        is_news = not words.keys() <= {"done", "of"}
        if words and (is_news or now - told_at > _TELL_EVERY):
            told_at = now
            _write(writing, json.dumps(words).encode() + b"\n")

    tell({})
    return tell


def _write(descriptor: int, line: bytes) -> None:
    rest = memoryview(line)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
