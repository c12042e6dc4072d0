"""A command that is started again until it is done, as whoever wants the file over a bad link does."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 1800.0  # seconds in all
_MOST = 400  # starts
_BETWEEN = 0.1  # seconds: some in the field
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


class NotDoneError(Exception):
    """A command that does not come to an end; the text says what it said last."""


@dataclass(slots=True)
class Effort:
    """What all starts took: seconds of the processor, the highest resident memory in bytes, how many there were."""

    processor: float = 0
    memory: int = 0
    starts: int = 0
    said: str = field(default="", repr=False)


def insist(command: Sequence[str], folder: Path, log: Path, patience: float = PATIENCE) -> Effort:
    """Run `command` until it ends with 0. Raises NotDoneError."""
    effort, end = Effort(), time.monotonic() + patience
    while effort.starts < _MOST and time.monotonic() < end:
        code = _once(command, folder, log, effort, end)
        if code == 0:
            return effort
        time.sleep(_BETWEEN)
    raise NotDoneError(f"{command[0]}: {effort.starts} starts, and then: {effort.said}")


def _once(command: Sequence[str], folder: Path, log: Path, effort: Effort, end: float) -> int:
    """The exit code. Waited for with wait4, which says what this process and its children took of the processor."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            effort.memory = max(effort.memory, _peak(process.pid))
            if time.monotonic() > end:
                process.terminate()
            time.sleep(0.01)
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    effort.processor += ended[2].ru_utime + ended[2].ru_stime
    effort.starts += 1
    effort.said = log.read_bytes()[-400:].decode("utf-8", "replace").strip().rpartition("\n")[2]
    return process.returncode


def _peak(pid: int) -> int:
    """Resident memory at its highest until now, in bytes, of a process or of a child of it, whichever has more.

    What wait4 says of it would be that of this program, as which a new process begins; so does a child of theirs, and
    a sum would count that twice.
    """
    try:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    own = int(found[1]) * 1024 if found else 0
    return max(own, *(_peak(int(child)) for child in children), 0)
