"""The box's database for a web worker: each deed in a thread, so that a slow card or a lock holds up no page.

One thread reads and another one writes: who reads waits for no writer, as SQLite's write-ahead log allows.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import BoundedSemaphore
from typing import Concatenate, ParamSpec, TypeVar

from content_packs.errors import Busy
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import NAME, transaction
from ideascube.box_db.kept_open import KeptOpen

_PATIENCE = 1.0  # seconds for another process's writing
_WAITING = 64  # deeds of one worker that wait for its thread; one more is told that the box is busy

P = ParamSpec("P")
T = TypeVar("T")


class DatabaseThread:
    """One thread with the database kept open in it, begun when there is something to do."""

    def __init__(self, name: str, data: DataFolder) -> None:
        self._database = KeptOpen(data.root / NAME, _PATIENCE)
        self._thread = ThreadPoolExecutor(1, name)
        self._room = BoundedSemaphore(_WAITING)

    async def do(self, deed: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `deed` returns. Raises what it raises, what `box_database` raises, and Busy where too much waits."""
        return await asyncio.wrap_future(self.begin(deed, *args, **kwargs))

    def begin(
        self, deed: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """The same, for who does not wait for it. Raises Busy."""
        if not self._room.acquire(blocking=False):
            raise Busy("Too much is being written to the box's database: try again in a moment.")

        def work() -> T:
            with self._database.connection() as connection:
                return deed(connection, *args, **kwargs)

        running = self._thread.submit(work)
        running.add_done_callback(lambda done: self._room.release())
        return running

    async def close(self) -> None:
        """Finish what waits."""
        self._thread.submit(self._database.close)
        await asyncio.to_thread(self._thread.shutdown)


def _whole(deed: Callable[Concatenate[sqlite3.Connection, P], T]) -> Callable[Concatenate[sqlite3.Connection, P], T]:
    """The deed in one transaction."""

    def whole(connection: sqlite3.Connection, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with transaction(connection):
            return deed(connection, *args, **kwargs)

    return whole


class BoxDatabase:
    """What handlers use. A deed is a function whose first argument is the connection; it touches nothing else."""

    def __init__(self, name: str, data: DataFolder) -> None:
        self._reader, self._writer = DatabaseThread(name, data), DatabaseThread(f"{name} writing", data)

    async def read(self, deed: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a deed that changes nothing returns. Raises as `DatabaseThread.do` does."""
        return await self._reader.do(deed, *args, **kwargs)

    async def write(
        self, deed: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What a deed returns that changes all that it changes, or nothing, and is on the disk then."""
        return await self._writer.do(_whole(deed), *args, **kwargs)

    def begin_writing(
        self, deed: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """The same for who neither waits for it nor needs it: where too much waits already, it is left out."""
        with suppress(Busy):
            self._writer.begin(_whole(deed), *args, **kwargs)

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()
