"""`ideascube sync` as a program of its own, begun by the jobs process: it has nothing of that, and ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from ideascube.syncing.asking import Asked

_PATIENCE = 5.0  # seconds in which it may end by itself: the supervisor waits 15 for all of us


class SyncProcess:
    """One run on the data folder `root`. It tells nothing here: what it does is in `sync/state.json`."""

    def __init__(self, root: Path, asked: Asked) -> None:
        module = [sys.executable, "-m", "ideascube.syncing.process_main", str(os.getpid())]
        self._process = subprocess.Popen(  # noqa: S603 - our own program, without a shell
            [*module, *arguments_of(root, asked)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def ended(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._process.poll()

    def stop(self) -> None:
        """Ask it to end and wait a moment; what it still has begun then ends at once. Slow: `_PATIENCE` at most."""
        self._signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)


def arguments_of(root: Path, asked: Asked) -> list[str]:
    """What follows `ideascube`."""
    arguments = ["--data", str(root.absolute()), "sync"]
    for option, folder in (("--from", asked.source), ("--to", asked.target)):
        arguments += [f"{option}={folder}"] if folder else []
    return arguments
