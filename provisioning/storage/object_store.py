"""An object store as storage: S3 and what speaks like it, Google Cloud Storage, Azure. By obstore.

`s3://BUCKET/PREFIX?endpoint=https://…&region=…`, `gs://BUCKET/PREFIX`, `az://CONTAINER/PREFIX?account_name=…`. Words
after the `?` are obstore's own: https://developmentseed.org/obstore/latest/api/store/aws/#obstore.store.S3Config.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore import exceptions
from obstore.store import from_url

from content_packs.errors import BadInput, NotAllowed, Unfinished
from provisioning.storage.credentials import credentials_for
from provisioning.storage.storage import Answer, OnBytes, Reading, Storage, checked, no_pieces

if TYPE_CHECKING:  # these are there for type checkers alone
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

T = TypeVar("T")

_PIECE = 256 * 1024  # bytes
_PART = 5 * 1024 * 1024  # bytes: the smallest that S3 takes
_PARTS = 9_000  # S3 takes 10,000
_SILENCE = 60  # seconds without a byte
_SLOWEST = 500  # bytes a second
_ENVIRONMENT = ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI")


def object_store(url: str, keys: Path | None) -> ObjectStore:
    """The store of obstore for the address. Raises BadInput where it is none; asks nothing of the network."""
    parts = urlsplit(url)
    config: dict[str, Any] = {**credentials_for(url, keys), **dict(parse_qsl(parts.query))}
    client: ClientConfig = {
        "connect_timeout": "45s",
        "read_timeout": f"{_SILENCE}s",
        "timeout": "24h",  # for one request: a part takes long on a slow line, and silence is bounded
        "allow_http": str(config.get("endpoint", "")).startswith("http://"),
    }
    retry: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(minutes=2)}
    if parts.scheme == "s3":
        _complete_s3(config)
    try:
        return from_url(f"{parts.scheme}://{parts.netloc}{parts.path}", config=config, client_options=client, retry_config=retry)  # type: ignore[call-overload, no-any-return]  # fmt: skip  # noqa: E501
    except (exceptions.BaseError, ValueError) as error:
        raise BadInput(f"{parts.scheme}://{parts.netloc} cannot be used: {_short(error)}. See docs/guides/operators.md.") from error  # fmt: skip  # noqa: E501


def _complete_s3(config: dict[str, Any]) -> None:
    """Without credentials, ask as anybody, and not a machine in Amazon's network that a box does not have."""
    config.setdefault("region", os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1")
    if "access_key_id" not in config and not any(name in os.environ for name in _ENVIRONMENT):
        config.setdefault("skip_signature", "true")


def gives_no_parts(error: Exception) -> bool:
    """Whether obstore complains of an answer to a range that has not the status 206 (RFC 9110, 15.3.7)."""
    return "non-partial response" in str(error)


class ObjectStorage(Storage):
    def __init__(self, url: str, store: ObjectStore, on_bytes: OnBytes = lambda count: None) -> None:
        super().__init__(url, on_bytes)
        self._store = store

    def read(self, path: str, start: int = 0) -> Reading:
        return Reading(partial(self._read, checked(path), start))

    async def _read(self, path: str, start: int) -> AsyncIterator[Answer]:
        # A range beyond the end is an error to object stores, and one without an end is passed over by some.
        size = await self.size(path) or 0 if start else 0
        if start and start >= size:
            yield Answer(start, start, no_pieces())
            return
        try:
            with self._sentences(path):
                found = await self._get(path, start, size)
        except FileNotFoundError:
            raise self.not_there(path) from None
        yield Answer(found.range[0], int(found.meta["size"]), self._pieces(path, found))

    async def _get(self, path: str, start: int, end: int) -> obstore.GetResult:
        """From `start` on where the store gives parts of files, else all of it."""
        if start:
            try:
                return await obstore.get_async(self._store, path, options={"range": (start, end)})
            except exceptions.BaseError as error:
                if not gives_no_parts(error):
                    raise
        return await obstore.get_async(self._store, path)

    async def _pieces(self, path: str, found: obstore.GetResult) -> AsyncIterator[bytes]:
        stream = found.stream(min_chunk_size=_PIECE)
        while (piece := await self._next(path, stream)) is not None:
            self._on_bytes(len(piece))
            yield piece

    async def _next(self, path: str, stream: Any) -> bytes | None:
        with self._sentences(path):
            async with asyncio.timeout(_SILENCE + _PIECE // _SLOWEST):
                piece = await anext(stream, None)
        return None if piece is None else bytes(piece)

    async def put(self, path: str, content: bytes) -> None:
        await self._send(path, obstore.put_async(self._store, checked(path), content), len(content))

    async def put_file(self, path: str, source: Path) -> None:
        size = await asyncio.to_thread(lambda: source.stat().st_size)
        part = max(_PART, -(-size // _PARTS))
        sending = obstore.put_async(self._store, checked(path), source, chunk_size=part, max_concurrency=2)
        await self._send(path, sending, size)

    async def _send(self, path: str, sending: Awaitable[object], size: int) -> None:
        with self._sentences(path):
            async with asyncio.timeout(_SILENCE + size // _SLOWEST):
                await sending
        self._on_bytes(size)

    async def size(self, path: str) -> int | None:
        try:
            with self._sentences(path):
                return int((await obstore.head_async(self._store, checked(path)))["size"])
        except FileNotFoundError:
            return None

    async def delete(self, path: str) -> None:
        try:
            with self._sentences(path):
                await obstore.delete_async(self._store, checked(path))
        except FileNotFoundError:
            return

    async def list(self, prefix: str) -> AsyncIterator[str]:
        with self._sentences(prefix):
            async for page in obstore.list(self._store, prefix or None):
                for each in page:
                    yield str(each["path"])

    async def claim(self, path: str, content: bytes) -> bool:
        try:
            with self._sentences(path):
                await obstore.put_async(self._store, checked(path), content, mode="create")
        except exceptions.AlreadyExistsError:
            return False
        return True

    @contextmanager
    def _sentences(self, path: str) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, exceptions.AlreadyExistsError):  # obstore's own word for what is not there
            raise
        except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError) as error:
            raise NotAllowed(
                f"{self.shown} does not allow to use {path}: see whether keys/stores.yml has the right key for it."
            ) from error
        except (exceptions.BaseError, TimeoutError, OSError) as error:
            raise Unfinished(
                f"{path} of {self.shown} did not get through ({_short(error)}): try again later."
            ) from error


def _short(error: BaseException) -> str:
    """The first line of what a library says: others hold whole answers of servers."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
