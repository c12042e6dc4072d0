"""The body of a request as it comes: in blocks, also what came before it broke off, never waited for without end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import ClientError, web

BLOCK = 128 * 1024  # bytes of one upload that are in memory, besides as much that the connection keeps
Read = Callable[[int], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Pace:
    """What a connection has to bring: something within `silence` seconds, and `least` bytes in any `within` seconds.

    A phone that was locked or walked away keeps a connection for long; it goes on later, by another one.
    """

    silence: float = 10.0
    least: int = 16 * 1024
    within: float = 30.0


PACE = Pace()
_HELD_BACK = 0.25  # seconds that what came may wait in memory for more


class BrokenOff(Exception):
    """The body ended early. `code`: `slow` (we gave up waiting), `cut` (the connection was gone), `stopping`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Body:
    """`read` gives up to so many bytes of it, nothing at its end. To be closed, since it may still be reading."""

    def __init__(self, read: Read, pace: Pace = PACE) -> None:
        self._read, self._pace = read, pace
        self._reading: asyncio.Future[bytes] | None = None
        self._broken: BrokenOff | None = None
        self._since, self._came = time.monotonic(), 0

    async def block(self) -> bytes | bytearray:
        """The next bytes, up to BLOCK; none at the end. Raises BrokenOff once everything that came was given."""
        block, until = bytearray(), time.monotonic() + _HELD_BACK
        while self._broken is None and len(block) < BLOCK:
            wait = until - time.monotonic() if block else self._pace.silence
            piece = await self._piece(BLOCK - len(block), wait) if wait > 0 else None
            if not piece:
                self._broken = BrokenOff("slow") if piece is None and not block else self._broken
                break
            block += piece
        if self._broken is not None and not block:
            raise self._broken
        return block

    async def _piece(self, most: int, wait: float) -> bytes | None:
        """None where nothing came within `wait` seconds: what is being read then comes with the next piece."""
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read(most))
        done, _ = await asyncio.wait({self._reading}, timeout=wait)
        if not done:
            return None
        if self._reading.cancelled():  # by `stop`
            return b""
        try:
            piece = self._reading.result()
        except (ClientError, ConnectionError, EOFError, web.RequestPayloadError):
            self._broken = BrokenOff("cut")
            return b""
        finally:
            self._reading = None
        self._count(len(piece))
        return piece

    def stop(self) -> None:
        """Take in no more, since the box stops."""
        self._broken = BrokenOff("stopping")
        self.close()

    def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    def _count(self, size: int) -> None:
        self._came += size
        now = time.monotonic()
        if now - self._since < self._pace.within:
            return
        if self._came < self._pace.least:
            self._broken = BrokenOff("slow")
        self._since, self._came = now, 0
