"""Running something in a program of its own that begins with nothing of this one's memory, and gives its own back.

For work on packs in a program that otherwise needs no libzim: what that takes is gone when the work is done, and a file
over which libzim ends its process ends nothing else. `apart` is the same by fork, which is quicker and takes all along.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pkgutil import resolve_name
from typing import IO, Any

from content_packs.apart import EndedBadlyError, end_with_parent
from content_packs.errors import IdeascubeError

Progress = Callable[[int, int], None]

_PATIENCE = 10.0  # seconds in which the program may clear what it wrote
_BETWEEN = 0.1  # seconds of two tellings of how far it is
_TOLD, _DONE, _FAILED = range(3)


def run_afresh(function: str, *arguments: object, progress: Progress = lambda done, total: None) -> Any:
    """What the function called so ("package.module:name") returns, which is imported in that program alone.

    It gets the arguments, and last something to tell of its progress, two numbers, by which `progress` is called here.
    What it gets and gives is such that pickle carries it. Raises the IdeascubeError or OSError that it raises, and
    EndedBadlyError where the program ended without an answer. What is raised here meanwhile, by a signal or by
    `progress`, ends the program, which clears what it wrote.
    """
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with contextlib.suppress(BrokenPipeError), process.stdin as request:
                pickle.dump((function, arguments), request)
            kind, answer = _answer(process.stdout, progress)
        except BaseException:
            _end(process)
            raise
    if kind == _FAILED:
        raise answer
    return answer


def _answer(answers: IO[bytes], progress: Progress) -> tuple[int, Any]:
    while True:
        try:
            kind, answer = pickle.load(answers)  # noqa: S301 - written by our own program
        except (EOFError, pickle.UnpicklingError) as error:
            raise EndedBadlyError from error
        if kind != _TOLD:
            return kind, answer
        progress(*answer)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def main() -> None:
    """In the program: read what is to be done, do it, answer."""
    end_with_parent()
    signal.signal(signal.SIGTERM, _stop)
    with os.fdopen(os.dup(1), "wb") as answers, contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        os.dup2(2, 1)  # what libzim prints is no answer
        function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own program
        _tell(answers, _worked(function, arguments, _now_and_then(answers)))


def _worked(function: str, arguments: tuple[object, ...], progress: Progress) -> tuple[int, object]:
    try:
        return _DONE, resolve_name(function)(*arguments, progress)
    except (IdeascubeError, OSError) as error:
        return _FAILED, error


def _now_and_then(answers: IO[bytes]) -> Progress:
    told = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _BETWEEN:
            told = time.monotonic()
            _tell(answers, (_TOLD, (done, total)))

    return tell


def _tell(answers: IO[bytes], what: tuple[int, object]) -> None:
    pickle.dump(what, answers)
    answers.flush()


def _stop(number: int, frame: object) -> None:
    """As Ctrl+C does: what is under way clears what it wrote, and ends."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
