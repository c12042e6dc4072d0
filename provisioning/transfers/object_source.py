"""Object stores (S3 and what speaks like it, Google Cloud Storage, Azure), by obstore."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import obstore
from obstore import exceptions

from content_packs.errors import BadInput
from provisioning.addresses import parted
from provisioning.storage.object_store import gives_no_parts, object_store
from provisioning.transfers.answers import Asked, Given, understood_size
from provisioning.transfers.line import Line
from provisioning.transfers.sources import Answer
from provisioning.transfers.trouble import Changed, Passing, Trouble, Useless

_CHUNK = 64 * 1024  # bytes


class ObjectSource:
    def __init__(self, address: str) -> None:
        self.address = address
        self._folder, self._name = parted(address)
        self._store: Any = None

    @asynccontextmanager
    async def ask(self, asked: Asked, line: Line, validator: str, led_to: str) -> AsyncIterator[Answer]:
        try:
            async with asyncio.timeout(line.limits.connect + line.limits.silence):
                result = await obstore.get_async(self._opened(line), self._name, options=_options(asked, validator))
            given = _given(asked, result)
        except (BadInput, exceptions.BaseError, OSError) as error:
            raise _trouble(error) from error
        yield Answer(given, "", _chunks(result, line))

    def _opened(self, line: Line) -> Any:
        if self._store is None:
            self._store = object_store(self._folder, line.keys)
        return self._store


def _options(asked: Asked, validator: str) -> Any:
    """All of a file is asked for without a range: some servers answer 200 to one that leaves nothing out."""
    options: dict[str, Any] = {"if_match": validator} if validator else {}
    if asked.start or 0 < asked.end < asked.size:
        options["range"] = (asked.start, asked.end) if asked.end else {"offset": asked.start}
    return options


def _given(asked: Asked, result: Any) -> Given:
    size, (start, end) = int(result.meta["size"]), result.range
    understood_size(asked, size)
    if start != asked.start:
        raise Useless("it sends another part of the file than was asked for")
    etag = str(result.meta.get("e_tag") or "")
    return Given(start, end, size, "" if etag.startswith("W/") else etag)


async def _chunks(result: Any, line: Line) -> AsyncIterator[bytes]:
    stream = result.stream(min_chunk_size=_CHUNK)
    while True:
        await line.opening()
        try:
            async with asyncio.timeout(line.limits.silence + _CHUNK / line.limits.slow_bytes):
                chunk = await anext(stream, None)
        except (exceptions.BaseError, OSError) as error:
            raise _trouble(error) from error
        if chunk is None:
            return
        yield bytes(chunk)


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, Trouble):
        return error
    if isinstance(error, exceptions.PreconditionError):
        return Changed("it has another state of the file than before")
    if isinstance(error, FileNotFoundError):
        return Useless("it does not have the file")
    if isinstance(error, (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError)):
        return Useless("it does not let us in: see keys/stores.yml")
    if isinstance(error, BadInput):
        return Useless("its address cannot be used")
    if gives_no_parts(error):
        return Useless("it gives no parts of files, only whole ones")
    if isinstance(error, TimeoutError):
        return Passing("it does not answer any more")
    return Passing("it cannot be reached, or the connection broke")
