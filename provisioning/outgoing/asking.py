"""Asking a storage again and again, where the line or the server fails: with growing pauses, no two boxes alike."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from content_packs.errors import NotThere, Refused, Unfinished
from provisioning.outgoing.objects import STORED_LIMIT, object_name, object_path, pack_object, unpack_object
from provisioning.storage import Storage

T = TypeVar("T")

_LONGEST_PAUSE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Asking:
    """`attempts`: how often each thing is tried. `may_go_on`: raises Unfinished where it is to end.

    All methods raise what the storage raised at the last attempt.
    """

    storage: Storage
    attempts: int = 5
    may_go_on: Callable[[], None] = lambda: None
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def get(self, path: str, limit: int) -> bytes | None:
        """The file, or None where there is none, or one that is longer than `limit` bytes."""

        async def get() -> bytes | None:
            try:
                return await self.storage.get(path, limit)
            except (NotThere, Refused):
                return None

        return await self._persist(get)

    async def get_object(self, name: str) -> bytes | None:
        """The content of the object, None where it is not there. Raises BrokenPack where it is something else."""
        stored = await self.get(object_path(name), STORED_LIMIT)
        return None if stored is None else unpack_object(name, stored)

    async def has(self, path: str) -> bool:
        return await self._persist(lambda: self.storage.exists(path))

    async def has_object(self, name: str) -> bool:
        return await self.has(object_path(name))

    async def has_content(self, content: bytes) -> bool:
        """Whether the storage has the object that holds this, whole."""
        stored = await asyncio.to_thread(pack_object, content)
        return await self._persist(lambda: self._is_there(object_name(content), stored))

    async def put_object(self, name: str, content: bytes, *, look_first: bool) -> int:
        """Have the object there; how many bytes were sent. `look_first`: it may be there already.

        It may be so, too, where a line broke after it arrived and before that was said.
        """
        stored = await asyncio.to_thread(pack_object, content)
        looks = look_first

        async def put() -> int:
            nonlocal looks
            if looks and await self._is_there(name, stored):
                return 0
            looks = True
            await self.storage.put(object_path(name), stored)
            return len(stored)

        return await self._persist(put)

    async def _is_there(self, name: str, stored: bytes) -> bool:
        return await self.storage.size(object_path(name)) == len(stored)

    async def put_and_look(self, path: str, content: bytes) -> None:
        """Write what is written over again and again, and see that it is really there."""

        async def put() -> None:
            await self.storage.put(path, content)
            if await self.storage.get(path, len(content)) != content:
                raise Unfinished(f"{self.storage.shown} does not keep what it is given: see what is wrong with it.")

        await self._persist(put)

    async def _persist(self, ask: Callable[[], Awaitable[T]]) -> T:
        for attempt in range(self.attempts - 1):
            self.may_go_on()
            try:
                return await ask()
            except (Unfinished, NotThere):
                await self.pause(min(2.0**attempt, _LONGEST_PAUSE) * random.uniform(0.5, 1.5))  # noqa: S311
        return await ask()
