"""The cards of a box for a web worker."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Concatenate, ParamSpec, TypeVar

from content_packs.errors import Busy
from content_packs.store.data_folder import DataFolder
from ideascube.box_db import card_deeds as deeds
from ideascube.box_db.card_deeds import Box, Opened
from ideascube.box_db.secret import box_secret
from ideascube.box_db.threads import DatabaseThread
from ideascube.progress.card_tries import entering, taking
from ideascube.progress.pictures import new_keys
from ideascube.progress.places import Key, Place

KEY_FILE = "keys/cards.key"  # below the data folder

P = ParamSpec("P")
T = TypeVar("T")


class Cards:
    """All raise what `box_database` raises, and Busy where too much waits. `address`: a phone's in the network."""

    def __init__(self, data: DataFolder, clock: Callable[[], float] = time.time) -> None:
        self._reader, self._writer = (_Thread(name, data, clock) for name in ("cards", "card writing"))

    async def take(self, address: str, places: Sequence[Place] = ()) -> Opened:
        """A new card with these places."""
        return await self._writer.do(deeds.take, taking(address), new_keys, places)

    async def enter_by_pictures(self, address: str, pictures: str, places: Sequence[Place] = ()) -> Opened:
        """`places` are added to the card."""
        return await self._writer.do(deeds.enter_by_pictures, entering(address), pictures, places)

    async def enter_by_secret(self, secret: str, places: Sequence[Place] = ()) -> Opened:
        return await self._writer.do(deeds.enter_by_secret, secret, places)

    async def leave(self, token: str) -> None:
        await self._writer.do(deeds.leave, token)

    async def renew(self, token: str) -> Opened:
        return await self._writer.do(deeds.renew, token, new_keys)

    async def erase(self, token: str) -> None:
        await self._writer.do(deeds.erase, token)

    async def places(self, token: str) -> list[Place] | None:
        """Of the card that is open by this cookie, oldest first; None where none is."""
        found = await self._reader.do(deeds.places, token)
        if found is not None and not found.used_today:
            with suppress(Busy):  # the next page tries again
                self._writer.begin(deeds.use, token)
        return None if found is None else found.places

    async def note(self, token: str, place: Place) -> bool:
        """False where no card is open by this cookie."""
        return await self._writer.do(deeds.note, token, place)

    async def forget(self, token: str, key: Key) -> bool:
        return await self._writer.do(deeds.forget, token, key)

    async def close(self) -> None:
        """Finish what waits."""
        await self._reader.close()
        await self._writer.close()


class _Thread:
    """A thread of the database whose deeds have the box's key and clock as well."""

    def __init__(self, name: str, data: DataFolder, clock: Callable[[], float]) -> None:
        self._thread = DatabaseThread(name, data)
        self._key = data.root / KEY_FILE
        self._clock = clock

    async def do(self, deed: Callable[Concatenate[Box, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(self.begin(deed, *args, **kwargs))

    def begin(self, deed: Callable[Concatenate[Box, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The same, for who does not wait for it. Raises Busy."""

        def with_key(connection: sqlite3.Connection) -> T:
            return deed(Box(connection, box_secret(self._key), int(self._clock())), *args, **kwargs)

        return self._thread.begin(with_key)

    async def close(self) -> None:
        await self._thread.close()
