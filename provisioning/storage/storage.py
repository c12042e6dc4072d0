"""What every storage can do. Files in it are named by paths such as `packs/django/x.zim`, relative to its address.

Each kind is a file here: `folder`, `object_store` (S3, Google, Azure), `web_server` (HTTP, WebDAV). What files mean is
not known.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from content_packs.errors import BadInput, NotThere, Refused
from provisioning.addresses import below, without_secrets

OnBytes = Callable[[int], None]

_UNFIT = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|\ud800-\udfff]")  # what FAT or Windows cannot have, too
_LONGEST_PATH = 1000  # characters; S3 has 1,024 bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is being read. `start`: where it begins in the file, which may be 0 where later bytes were asked for.

    `size` of the whole file in bytes, None where nobody says it.
    """

    start: int
    size: int | None
    pieces: AsyncIterator[bytes]


class Storage(ABC):
    """A place with files, used as `async with open_storage(…) as storage`.

    All methods raise NotAllowed for missing rights, NoSpace where it is full, and Unfinished where the line or the
    stick is gone, with a sentence. `on_bytes` is told how many bytes of content went over it, in either direction.
    `server_time`: what a server said over TLS, checked, that the time is; None where none did.
    """

    def __init__(self, url: str, on_bytes: OnBytes = lambda count: None) -> None:
        self.url = url
        self.server_time: datetime | None = None
        self._on_bytes = on_bytes

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:  # noqa: B027 - not every kind has something to close
        """Nothing stays open afterwards."""

    def address(self, path: str) -> str:
        """Where others find the file; `provisioning.transfers` understands it."""
        return below(self.url, checked(path))

    async def get(self, path: str, limit: int) -> bytes:
        """The file. Raises NotThere, and Refused where it has more than `limit` bytes, of which no more are read."""
        found = bytearray()
        async with self.read(path) as answer:
            if answer.size is not None and answer.size > limit:
                raise self.too_long(path, limit)
            async for piece in answer.pieces:
                found += piece
                if len(found) > limit:
                    raise self.too_long(path, limit)
        return bytes(found)

    async def exists(self, path: str) -> bool:
        return await self.size(path) is not None

    @abstractmethod
    def read(self, path: str, start: int = 0) -> Reading:
        """The file in pieces, from byte `start` on where that is possible. Raises NotThere."""

    @abstractmethod
    async def put(self, path: str, content: bytes) -> None:
        """Write the file, whole or not at all, over what was there."""

    @abstractmethod
    async def put_file(self, path: str, source: Path) -> None:
        """The same with the content of a file of any length, which is never held in memory."""

    @abstractmethod
    async def size(self, path: str) -> int | None:
        """Bytes of the file, None where there is none."""

    @abstractmethod
    async def delete(self, path: str) -> None:
        """Take the file away; nothing happens where there is none."""

    @abstractmethod
    def list(self, prefix: str) -> AsyncIterator[str]:
        """The paths of all files below the folder `prefix` (empty: all). Raises BadInput where that cannot be known."""

    @abstractmethod
    async def claim(self, path: str, content: bytes) -> bool:
        """Write the file unless somebody has written it: of several who try at once one gets True."""

    async def release(self, path: str) -> None:
        """Take away what `claim` wrote."""
        await self.delete(path)

    def too_long(self, path: str, limit: int) -> Refused:
        return Refused(f"{path} of {self.shown} is longer than the {limit} bytes it may have: it was not read further.")

    def not_there(self, path: str) -> NotThere:
        return NotThere(f"There is no {path} in {self.shown}: see whether the address is right.")

    @property
    def shown(self) -> str:
        """The address for sentences, without what may be secret in it."""
        return without_secrets(self.url)


class Reading:
    """What `Storage.read` gives, typed: `async with storage.read(path) as answer`."""

    def __init__(self, opened: Callable[[], AsyncIterator[Answer]]) -> None:
        self._context = asynccontextmanager(opened)()

    async def __aenter__(self) -> Answer:
        return await self._context.__aenter__()

    async def __aexit__(self, *error: object) -> bool | None:
        return await self._context.__aexit__(*error)  # type: ignore[arg-type]


async def no_pieces() -> AsyncIterator[bytes]:
    """A file has nothing from the asked byte on."""
    nothing: tuple[bytes, ...] = ()
    for each in nothing:
        yield each


def checked(path: str) -> str:
    """The path. Raises BadInput for one that leads out of the storage or that some storage cannot have."""
    parts = path.split("/")
    if not path or len(path) > _LONGEST_PATH or _UNFIT.search(path) or any(part in ("", ".", "..") for part in parts):
        raise BadInput(f"“{path[:100]}” is no path of a hub: give one such as packs/name.zim.")
    return path
