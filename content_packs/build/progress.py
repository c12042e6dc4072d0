"""How far a build is, told in bytes of its sources."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What a build is at: unpacking its archive, looking at films and documents, converting one, writing the pack."""

    UNPACKING = "unpacking"
    READING = "reading"
    CONVERTING = "converting"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is, in bytes of its sources; `path` is the file at work, empty while indexes are written."""

    done: int
    total: int
    path: str
    step: Step = Step.WRITING


Tell = Callable[[Progress], None]


class Reporter:
    """Counts what is done of one step and tells it. Called from libzim's threads as well."""

    def __init__(self, total: int, tell: Tell | None, step: Step = Step.WRITING) -> None:
        self._total = total
        self._tell = tell
        self._step = step
        self._done = 0
        self._lock = threading.Lock()

    def add(self, size: int, path: str) -> None:
        with self._lock:
            self._done += size
            if self._tell is not None:
                self._tell(Progress(self._done, self._total, path, self._step))
