"""Passwords and PINs hashed by Argon2id, apart from pages and from the database, at most two at a time on a box.

Parameters: 19 MiB, two passes, one lane, the least that OWASP's cheat sheet on storing passwords asks for. RFC 9106
would have 64 MiB: on a box of 1 GB, with pages to send to 30 phones, that is too much. docs/decisions/0034-accounts.md
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from content_packs.errors import Busy

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = 2  # hashes on a box: 38 MiB
_WAITING = 8  # of one web worker that wait for their turn: some seconds on a slow box

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rehashed`: the same password hashed with today's parameters, where it was hashed with others; else empty."""

    right: bool
    rehashed: str = ""


class Hashing:
    """One thread of a web worker. `turns`: a file by which all workers of the box see how many are at work."""

    def __init__(self, turns: Path) -> None:
        self._turns = turns
        self._thread = ThreadPoolExecutor(1, "hashing")
        self._room = BoundedSemaphore(_WAITING)
        self._decoy = ""

    async def hashed(self, password: str) -> str:
        """Raises Busy."""
        return await self._do(lambda: HASHER.hash(password))

    async def verdict(self, hashed: str, password: str) -> Verdict:
        """Whether `password` is what `hashed` was made of; as slow where `hashed` is empty or no hash. Raises Busy."""
        return await self._do(lambda: self._verdict(hashed, password))

    def _verdict(self, hashed: str, password: str) -> Verdict:
        try:
            HASHER.verify(hashed, password)
        except InvalidHashError:
            self._verdict_on_decoy(password)
            return Verdict(right=False)
        except Argon2Error:
            return Verdict(right=False)
        return Verdict(right=True, rehashed=HASHER.hash(password) if HASHER.check_needs_rehash(hashed) else "")

    def _verdict_on_decoy(self, password: str) -> None:
        """Whether a name is somebody's is not to be told by how quick the answer is."""
        self._decoy = self._decoy or HASHER.hash("nobody's")
        try:
            HASHER.verify(self._decoy, password)
        except Argon2Error:
            return

    async def _do(self, work: Callable[[], T]) -> T:
        if not self._room.acquire(blocking=False):
            raise Busy("Too many people are signing in just now: try again in a moment.")
        running = self._thread.submit(self._in_turn, work)
        running.add_done_callback(lambda done: self._room.release())
        return await asyncio.wrap_future(running)

    def _in_turn(self, work: Callable[[], T]) -> T:
        with _turn(self._turns):
            return work()

    async def close(self) -> None:
        """Finish what waits."""
        await asyncio.to_thread(self._thread.shutdown)


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """One of the turns of the box, waited for; the kernel takes it back from a process that dies (fcntl(2))."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, os.getpid() % _AT_ONCE)
        yield
    finally:
        os.close(file)
