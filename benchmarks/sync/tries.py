"""A command that is started again until it is done, as whoever wants the file over a bad link does."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 1800.0  # seconds in all
_MOST = 400  # starts


class NotDoneError(Exception):
    """A command that does not come to an end; the text says what it said last."""


@dataclass(slots=True)
class Effort:
    """What all starts took: seconds of the processor, the highest resident memory in bytes, how many there were."""

    processor: float = 0
    memory: int = 0
    starts: int = 0
    said: str = field(default="", repr=False)

    def add(self, usage: object) -> None:
        self.processor += usage.ru_utime + usage.ru_stime  # type: ignore[attr-defined]
        self.memory = max(self.memory, usage.ru_maxrss * 1024)  # type: ignore[attr-defined]


def insist(command: Sequence[str], folder: Path, log: Path, patience: float = PATIENCE) -> Effort:
    """Run `command` until it ends with 0. Raises NotDoneError."""
    effort, end = Effort(), time.monotonic() + patience
    while effort.starts < _MOST and time.monotonic() < end:
        code = _once(command, folder, log, effort, end)
        if code == 0:
            return effort
    raise NotDoneError(f"{command[0]}: {effort.starts} starts, and then: {effort.said}")


def _once(command: Sequence[str], folder: Path, log: Path, effort: Effort, end: float) -> int:
    """The exit code. Waited for with wait4, which says what this process and its children took."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > end:
                process.terminate()
            time.sleep(0.01)
    process.returncode = os.waitstatus_to_exitcode(status)
    effort.add(usage)
    effort.starts += 1
    effort.said = log.read_bytes()[-400:].decode("utf-8", "replace").strip().rpartition("\n")[2]
    return process.returncode
