"""Running something in a process of its own, because it may end the process or never come back.

libzim gives up some damaged files by aborting, which no `except` sees; a file that nobody knows yet is opened here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class EndedBadlyError(Exception):
    """The process crashed, or took longer than it may."""


def run_apart(work: Callable[[], Result], seconds: int) -> Result:
    """What `work` returns (something that pickle can carry). Raises EndedBadlyError after a crash or `seconds`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_leave(work, seconds, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        carried = answer.read()
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise EndedBadlyError
    result: Result = pickle.loads(carried)  # noqa: S301 - written by our own child
    return result


def _work_and_leave(work: Callable[[], object], seconds: int, writing: int) -> None:
    """In the child: answer and end at once, without the parent's clean-up."""
    code = 1
    with contextlib.suppress(BaseException):
        _say_nothing()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
        with os.fdopen(writing, "wb") as answer:
            pickle.dump(work(), answer)
        code = 0
    os._exit(code)


def _say_nothing() -> None:
    """An abort's own words on standard error name places in libzim, which help nobody here."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
