"""Bytes that went over the link, by day: `sync/spent.json` (docs/formats/sync.md).

What may be spent is said by box.yml and reckoned in `planning`.
"""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

import msgspec

from content_packs.json_file import read_json
from content_packs.store.durable import write_atomically

FORMAT = 1
NAME = "spent.json"
_DAYS = 62
_BYTES_BETWEEN = 1024 * 1024
_SECONDS_BETWEEN = 60.0


class Day(msgspec.Struct, frozen=True):
    """Bytes that came in and that went out."""

    incoming: int = msgspec.field(name="in", default=0)
    outgoing: int = msgspec.field(name="out", default=0)

    @property
    def total(self) -> int:
        return self.incoming + self.outgoing


class Spent(msgspec.Struct, frozen=True):
    """Days (YYYY-MM-DD) on which something was spent."""

    format: int = FORMAT
    days: Mapping[str, Day] = {}

    def of_day(self, day: datetime.date) -> int:
        return self.days.get(day.isoformat(), Day()).total

    def of_month(self, day: datetime.date) -> int:
        """Bytes of the whole month in which `day` is."""
        return sum(spent.total for name, spent in self.days.items() if name[:7] == day.isoformat()[:7])

    def with_more(self, day: datetime.date, incoming: int, outgoing: int) -> Spent:
        before = self.days.get(day.isoformat(), Day())
        after = Day(max(0, before.incoming + incoming), max(0, before.outgoing + outgoing))
        days = sorted({**self.days, day.isoformat(): after}.items())
        return Spent(FORMAT, dict(days[-_DAYS:]))


def read_spent(folder: Path) -> Spent:
    """What the folder `sync` says; nothing where it says nothing that can be read."""
    return read_json(folder / NAME, Spent, Spent())


class Meter:
    """Counts bytes as they go and writes them now and then: a kill loses at most 1 MiB or a minute of them.

    `today`: the day by the clock that is trusted. To be used in a `with`, which writes the rest.
    """

    def __init__(self, folder: Path, today: Callable[[], datetime.date]) -> None:
        self._folder = folder
        self._today = today
        self._spent = read_spent(folder)
        self._incoming = self._outgoing = 0
        self._written = time.monotonic()
        self.incoming = self.outgoing = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.write()

    @property
    def spent(self) -> Spent:
        """All that is known, what is not written yet included."""
        return self._spent.with_more(self._today(), self._incoming, self._outgoing)

    def count_in(self, amount: int) -> None:
        self._incoming += amount
        self.incoming += amount
        self._write_if_due()

    def count_out(self, amount: int) -> None:
        self._outgoing += amount
        self.outgoing += amount
        self._write_if_due()

    def _write_if_due(self) -> None:
        waiting = self._incoming + self._outgoing
        if waiting >= _BYTES_BETWEEN or (waiting and time.monotonic() - self._written > _SECONDS_BETWEEN):
            self.write()

    def write(self) -> None:
        """Raises OSError."""
        if not self._incoming + self._outgoing:
            return
        self._spent, self._incoming, self._outgoing = self.spent, 0, 0
        self._written = time.monotonic()
        write_atomically(self._folder / NAME, msgspec.json.encode(self._spent))
