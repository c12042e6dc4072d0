"""One search at a time for each visitor, in all web workers together: nobody's many searches keep others waiting.

A visitor is an address: people behind one router take turns with each other, and all get their answers. Turns are
locks on single bytes of one file, which the kernel gives back when a process dies. Which byte is an address's is
random for each start of the box, and no address is written anywhere.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from ideascube.search.client import TooBusy

T = TypeVar("T")

_SLOTS = 4096
_SALT = 16  # bytes at the file's beginning; the slots lie behind
_LOOK_EVERY = 0.02  # seconds between looks whether another worker's turn is over, or the visitor has left
_TOO_LONG = "Many searches from your network are waiting. Try again in a few seconds."


class Turns:
    """The turns kept in the file `path`, which all workers share; `patience`: seconds that one waits at most."""

    def __init__(self, path: Path, patience: float) -> None:
        # Open as long as the process lives: closing any descriptor of the file would end all of its turns (fcntl(2)).
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._patience = patience
        self._salt = _common_salt(self._file)
        self._here: defaultdict[int, _Queue] = defaultdict(_Queue)

    @asynccontextmanager
    async def turn(self, visitor: str) -> AsyncIterator[None]:
        """Wait for the visitor's turn and have it. Raises TooBusy where it did not come in time."""
        slot = self._slot(visitor)
        queue = self._here[slot]
        until = time.monotonic() + self._patience
        queue.waiting += 1
        try:
            async with _within(queue.lock, until), self._byte(slot, until):
                yield
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                del self._here[slot]

    @asynccontextmanager
    async def _byte(self, slot: int, until: float) -> AsyncIterator[None]:
        while not self._take(slot):
            if time.monotonic() > until:
                raise TooBusy(_TOO_LONG)
            await asyncio.sleep(_LOOK_EVERY)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _SALT + slot)

    def _take(self, slot: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _SALT + slot)
        except BlockingIOError:
            return False
        return True

    def _slot(self, visitor: str) -> int:
        digest = hashlib.blake2b(visitor.encode(), digest_size=4, key=self._salt).digest()
        return int.from_bytes(digest) % _SLOTS

    def close(self) -> None:
        os.close(self._file)


class _Queue:
    """Those of one slot in this process: first come, first served. The kernel's locks know only processes."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


@asynccontextmanager
async def _within(lock: asyncio.Lock, until: float) -> AsyncIterator[None]:
    try:
        await asyncio.wait_for(lock.acquire(), max(0.0, until - time.monotonic()))
    except TimeoutError as error:
        raise TooBusy(_TOO_LONG) from error
    try:
        yield
    finally:
        lock.release()


def _common_salt(file: int) -> bytes:
    """What the first worker wrote at the file's beginning."""
    fcntl.lockf(file, fcntl.LOCK_EX, _SALT, 0)
    try:
        if os.fstat(file).st_size < _SALT:
            os.pwrite(file, os.urandom(_SALT), 0)
        return os.pread(file, _SALT, 0)
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN, _SALT, 0)


async def for_who_stays(request: web.Request, answer: Awaitable[T]) -> T:
    """The answer, given up as soon as the visitor leaves: who types on lets go of what was asked before.

    Raises ConnectionResetError then.
    """
    task = asyncio.ensure_future(answer)
    try:
        while not (await asyncio.wait({task}, timeout=_LOOK_EVERY))[0]:
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError("The visitor has left")
        return task.result()
    finally:
        task.cancel()
