"""A process that works on its own and tells how far it is, for whoever has something else to do meanwhile.

It has the lowest priority, bounds on memory and on the time between two signs of life, and ends with its parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from typing import Any

import psutil

from content_packs.apart import bound_memory

Told = dict[str, Any]
Tell = Callable[[dict[str, object]], None]
Work = Callable[[Tell], None]

_PR_SET_PDEATHSIG = 1
_TELL_EVERY = 0.5  # seconds
_PIECE = 64 * 1024
_LINE_LIMIT = 16 * 1024 * 1024  # bytes


class Apart:
    """Runs `work` in a child; what it tells is read with `read`. `silence`: seconds without a word that end it."""

    def __init__(self, work: Work, memory: int, silence: int) -> None:
        self._reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._reading)
            _work_and_leave(work, memory, silence, writing)
        os.close(writing)
        self._rest = b""
        self.ended = False
        self.status = 0

    def read(self, seconds: float) -> list[Told]:
        """What was told since, waited for at most so long. `ended` is set after the last word."""
        if not select.select([self._reading], [], [], max(0.0, seconds))[0]:
            return []
        piece = os.read(self._reading, _PIECE)
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if not piece or len(self._rest) > _LINE_LIMIT:
            self._bury()
        return [json.loads(line) for line in lines]

    def kill(self) -> None:
        """End it at once; what it was at is lost."""
        if not self.ended:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._bury()

    def _bury(self) -> None:
        os.close(self._reading)
        _, status = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        self.ended = True


def _work_and_leave(work: Work, memory: int, silence: int, writing: int) -> None:
    """In the child: work and end at once, without the parent's clean-up."""
    code = 1
    with contextlib.suppress(BaseException):
        _be_modest(memory)
        work(_teller(writing, silence))
        code = 0
    os._exit(code)


def _be_modest(memory: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    faulthandler.disable()  # a crash is an answer here, and no news for whoever reads the log
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(19)
    with contextlib.suppress(OSError, psutil.Error):  # some containers do not let us
        psutil.Process().ionice(psutil.IOPRIO_CLASS_IDLE)
    bound_memory(memory)


def _teller(writing: int, silence: int) -> Tell:
    """Each word is a sign of life. Numbers alone are told now and then, and nothing at all is only such a sign."""
    told_at = 0.0

    def tell(words: dict[str, object]) -> None:
        nonlocal told_at
        signal.alarm(silence)
        now = time.monotonic()
        is_news = not words.keys() <= {"done"}
        if words and (is_news or now - told_at > _TELL_EVERY):
            told_at = now
            _write(writing, json.dumps(words).encode() + b"\n")

    tell({})
    return tell


def _write(descriptor: int, line: bytes) -> None:
    rest = memoryview(line)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
