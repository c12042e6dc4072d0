"""May the run go on: budget, hours, readers, a person who stops it. Asked at each piece that arrives."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from provisioning.syncing.board import Board
from provisioning.syncing.failures import Ended, Paid
from provisioning.syncing.spent import Meter

_SECONDS_BETWEEN = 1.0  # of two looks at files


@dataclass(slots=True)
class Pace:
    """`left`: bytes that this run may use over the link, None: no limit. `is_stopped`, `is_late`, `readers`: asked now
    and then. `most_readers`: while more people read, what is large waits; None: never.

    `is_free`: nothing costs anything (a stick), so that neither budget nor hours count.
    """

    board: Board
    meter: Meter
    left: int | None = None
    most_readers: int | None = None
    is_free: bool = False
    is_stopped: Callable[[], bool] = lambda: False
    is_late: Callable[[], bool] = lambda: False
    readers: Callable[[], int] = lambda: 0
    _step_left: int | None = field(default=None, init=False)
    _is_large: bool = field(default=False, init=False)
    _title: str = field(default="This", init=False)
    _looked: float = field(default=0.0, init=False)
    _is_crowded: bool = field(default=False, init=False)

    def begin(self, allowed: int | None, *, is_large: bool, title: str = "This") -> None:
        """The next thing, called `title`, may use `allowed` bytes. `is_large`: it waits while many read."""
        self._step_left, self._is_large, self._title = allowed, is_large, title
        self._looked = 0.0

    def count_in(self, amount: int) -> None:
        """Bytes came. Raises Ended where the budget is spent, Paid where that of this step is."""
        if not self.is_free:
            self.meter.count_in(amount)
        self.board.came(amount)
        self._spend(amount)

    def count_out(self, amount: int) -> None:
        """The same of bytes that went out."""
        if not self.is_free:
            self.meter.count_out(amount)
        self._spend(amount)

    def _spend(self, amount: int) -> None:
        self.board.measure(self.meter.incoming + self.meter.outgoing)
        self.look()
        if self.is_free:
            return
        if self.left is not None:
            self.left -= amount
            if self.left <= 0:
                raise Ended("budget", "The budget is used up: it goes on from here when there is budget again.")
        if self._step_left is not None:
            self._step_left -= amount
            if self._step_left <= 0:
                begin = f"{self._title} has had its part of the budget"
                raise Paid(f"{begin}: what arrived stays, and it goes on another day.")

    def allowed(self) -> int | None:
        """Bytes that may still come just now, None: any number."""
        bounds = [] if self.is_free else [each for each in (self.left, self._step_left) if each is not None]
        return min(bounds, default=None)

    def may_go_on(self) -> bool:
        """Raises Ended where the run is stopped or the hour over; False while many people read and it is large."""
        self.look()
        self.board.paused("readers" if self._is_crowded else "")
        return not self._is_crowded

    def look(self) -> None:
        """Look at most once a second whether the run is to end. Raises Ended."""
        if time.monotonic() - self._looked < _SECONDS_BETWEEN:
            return
        self._looked = time.monotonic()
        if self.is_stopped():
            raise Ended("stopped", "The sync was stopped; what arrived stays.")
        if not self.is_free and self.is_late():
            raise Ended("hours", "The hours that box.yml allows are over: it goes on in the next ones.")
        self._is_crowded = self._is_large and self.most_readers is not None and self.readers() > self.most_readers
