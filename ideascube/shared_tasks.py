"""Work that several ask for at once and that is done once: all wait for the same answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class SharedTasks(Generic[Key, Answer]):
    """What is being worked on, by what it is. It goes on where who asked leaves: somebody will ask again."""

    def __init__(self) -> None:
        self._running: dict[Key, asyncio.Task[Answer]] = {}

    async def get(self, key: Key, begin: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """What `begin` gives, or the one who asked first for this key is waiting for. Raises what it raises."""
        task = self._running.get(key)
        if task is None:
            task = self._running[key] = asyncio.create_task(begin())
            task.add_done_callback(partial(self._done, key))
        return await asyncio.shield(task)

    def _done(self, key: Key, task: asyncio.Task[Answer]) -> None:
        del self._running[key]
        if not task.cancelled():
            task.exception()  # else asyncio complains where everybody has left
