"""The line over which files arrive: how fast it may be used, who is told of its bytes, and when one stops waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from provisioning.transfers.disk_pace import USUAL, DiskPace

_MOST_SAVED = 0.1  # seconds of the rate that may be caught up on at once


@dataclass(frozen=True, slots=True)
class Limits:
    """When a source is given up. There is no limit for a whole transfer: an hour of 2G a week may take months.

    Seconds: `connect` until it answers, `silence` without a byte, `slow_for` for which fewer than `slow_bytes` a second
    came. `tries`: rounds through all mirrors in which nothing came, until the line counts as gone; `pause`: seconds
    before the second of them, doubled for each further one. `redirects`: how many are followed for one request.
    `least`, `most`: bytes that one request asks for, as far as that many are missing.
    """

    connect: float = 45.0
    silence: float = 60.0
    slow_bytes: int = 200
    slow_for: float = 90.0
    tries: int = 3
    pause: float = 2.0
    redirects: int = 8
    least: int = 1024 * 1024
    most: int = 32 * 1024 * 1024


@dataclass(slots=True)
class Line:
    """A connection to the world, used by one transfer after the other.

    `client`: an open session of aiohttp, of a plain asyncio loop (uvloop may report a broken line before what had
    arrived). `keys`: the folder with stores.yml (passwords). `rate`: bytes a second at most, 0: as many as come.
    `on_bytes`: told how many bytes of content came, as they come; it may raise Unfinished with a sentence, for a budget
    that is spent: all that arrived stays. `left`: how many may still come, None: any number; no request asks for more,
    so that none is on its way when the budget ends. `may_go_on`: while it says False nothing more is taken from the
    line (many people read); it may raise Unfinished too, for the hour that is over. `pace`: how often the disk is
    bothered.
    """

    client: aiohttp.ClientSession
    keys: Path | None = None
    rate: int = 0
    on_bytes: Callable[[int], None] = lambda count: None
    left: Callable[[], int | None] = lambda: None
    may_go_on: Callable[[], bool] = lambda: True
    limits: Limits = Limits()
    pace: DiskPace = USUAL
    _free_at: float = field(default=0.0, init=False)  # when the bytes taken so far are within the rate

    def spend(self, count: int) -> None:
        """Note that bytes came. Raises what `on_bytes` raises."""
        if self.rate:
            now = time.monotonic()
            self._free_at = max(self._free_at, now - _MOST_SAVED) + count / self.rate
        self.on_bytes(count)

    def is_open(self) -> bool:
        """Whether bytes may be taken now."""
        return (not self.rate or self._free_at <= time.monotonic()) and self.may_go_on()

    async def opening(self) -> None:
        """Wait until bytes may be taken. Raises what `may_go_on` raises."""
        if self.rate and (wait := self._free_at - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        while not self.may_go_on():  # noqa: ASYNC110 - many readers are noticed by looking, not told
            await asyncio.sleep(1)
