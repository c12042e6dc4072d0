"""What there is to index of each pack, and how it goes, by what those who do it tell. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from content_packs.store.library import PackRecord
from ideascube.indexing.state import SideState

DEATHS = 2  # after so many of whoever does it, a task is left
_PATIENCE, _LONGEST_PATIENCE = 60.0, 3600.0  # seconds until what failed is tried again; twice as long each time

_DIED = (
    "The index of “{}” cannot be made, since two processes ended while they read the pack: "
    "check the file with `ideascube pack check`, and copy it again."
)


class Kind(Enum):
    """In the order in which those of one pack are done."""

    SIDE = "side"
    WORDS = "words"


@dataclass
class Task:
    """`needed`: bytes that have to be free before it is tried again; `retry_at`: or the time, in seconds."""

    kind: Kind
    record: PackRecord
    side: SideState
    problem: str = ""
    is_done: bool = False
    is_left: bool = False
    deaths: int = 0
    failures: int = 0
    retry_at: float = 0.0
    needed: int = 0

    @property
    def key(self) -> tuple[Kind, str, str]:
        return self.kind, self.record.id, self.record.stamp

    def is_due(self, now: float, free: int) -> bool:
        """Whether it can be begun: not done, not left, and if it failed, after a while or once there is room."""
        if self.is_done or self.is_left:
            return False
        return now >= self.retry_at and (not self.needed or free >= self.needed)

    def hear(self, words: dict[str, Any], now: float) -> None:
        """Take in what the process that does it told."""
        if "problem" in words:
            self._fail(str(words["problem"]), int(words["needed"]), bool(words["lasting"]), now)
            return
        self.side = SideState(
            self.record.stamp,
            tuple(words.get("segments", self.side.segments)),
            words.get("done", self.side.done),
            words.get("total", self.side.total),
            words.get("complete", False),
        )
        if words.get("complete"):
            self.is_done, self.problem, self.failures = True, "", 0

    def _fail(self, problem: str, needed: int, lasting: bool, now: float) -> None:
        self.problem, self.needed, self.is_left = problem, needed, lasting
        self.retry_at = now if needed else now + min(_PATIENCE * 2**self.failures, _LONGEST_PATIENCE)
        self.failures += 1

    def begin_anew(self) -> None:
        """What it had made is not there any more as it was."""
        self.side, self.is_done = SideState(self.record.stamp), False

    def died(self) -> None:
        """Whoever did it ended without a word."""
        self.deaths += 1
        if self.deaths >= DEATHS:
            self.is_left, self.problem = True, _DIED.format(self.record.id)


def next_task(tasks: Iterable[Task], now: float, free: int) -> Task | None:
    """Small packs first, so that many are ready soon."""
    due = [task for task in tasks if task.is_due(now, free)]
    return min(due, key=lambda task: (task.record.size, task.record.id, task.kind is Kind.WORDS), default=None)
