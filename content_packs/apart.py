"""Running something in a process of its own, because it may end the process or never come back.

libzim gives up some damaged files by aborting, which no `except` sees; a file that nobody knows yet is opened here.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import pickle
import resource
import select
import signal
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

_PR_SET_PDEATHSIG = 1
_BETWEEN = 0.3  # seconds
_TWO_NUMBERS = struct.Struct("<QQ")


class EndedBadlyError(Exception):
    """The process crashed, or took longer than it may."""


def run_apart(work: Callable[[], Result], seconds: int, meanwhile: Callable[[], object] = lambda: None) -> Result:
    """What `work` returns (something that pickle can carry). Raises EndedBadlyError after a crash or `seconds`.

    `meanwhile` is called a few times a second until then.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_leave(work, seconds, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        while not select.select([answer], [], [], _BETWEEN)[0]:
            meanwhile()
        carried = answer.read()
    _, status = os.waitpid(child, 0)
    if status != 0 or not carried:
        raise EndedBadlyError
    result: Result = pickle.loads(carried)  # noqa: S301 - written by our own child
    return result


def bound_memory(size: int) -> None:
    """Let this process have at most `size` bytes more than it has: for the child, before it reads what is hostile."""
    taken = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = taken + size if hard == resource.RLIM_INFINITY else min(hard, taken + size)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))


class HowFar:
    """Two numbers that the process apart tells and the one that waits for it reads: done, and in all."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, _TWO_NUMBERS.size)

    def tell(self, done: int, total: int) -> None:
        _TWO_NUMBERS.pack_into(self._shared, 0, done, total)

    def told(self) -> tuple[int, int]:
        done, total = _TWO_NUMBERS.unpack_from(self._shared)
        return done, total


def _work_and_leave(work: Callable[[], object], seconds: int, writing: int) -> None:
    """In the child: answer and end at once, without the parent's clean-up."""
    code = 1
    with contextlib.suppress(BaseException):
        _say_nothing()
        end_with_parent()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
        with os.fdopen(writing, "wb") as answer:
            pickle.dump(work(), answer)
        code = 0
    os._exit(code)


def end_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent is gone (prctl(2))."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


def _say_nothing() -> None:
    """An abort's own words on standard error name places in libzim, which help nobody here."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
