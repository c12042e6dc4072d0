"""What a web worker needs to sign people in: the hashing of passwords, and the box's key."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.secret import box_secret, mac
from ideascube.people.hashing import Hashing

KEY_FILE = "keys/people.key"  # below the data folder


class People:
    """`turns`: the file by which all workers see how many passwords are being hashed."""

    def __init__(self, data: DataFolder, turns: Path) -> None:
        self.hashing = Hashing(turns)
        self._path = data.root / KEY_FILE
        self._key = b""

    async def key(self) -> bytes:
        """The key of what is hashed by it: PINs, addresses of phones, the code of the first start.

        Raises NotAllowed or NoSpace where it cannot be read or made.
        """
        if not self._key:
            self._key = await asyncio.to_thread(box_secret, self._path)
        return self._key

    async def pin_text(self, person_ref: str, pin: str) -> str:
        """What of a PIN is hashed as passwords are: a million PINs are soon tried, but not without the box's key."""
        return mac(await self.key(), "pin", person_ref, pin).hex()

    async def close(self) -> None:
        await self.hashing.close()


def now() -> int:
    """Seconds since 1970, as the clock says, for what time forgives."""
    return int(time.time())
