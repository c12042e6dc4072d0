"""A web server as storage: any to read from, one with WebDAV (nginx: PUT, DELETE, MKCOL) to write to.

Few header bytes: at 64 kbit/s they count. What a captive portal says is never taken for the server's word.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

import aiohttp

from content_packs.errors import BadInput, IdeascubeError, NoSpace, NotAllowed, Unfinished
from provisioning.addresses import below, host_of
from provisioning.drip import Drip
from provisioning.storage.credentials import login_header
from provisioning.storage.storage import Answer, OnBytes, Reading, Storage, checked, no_pieces

_PIECE = 256 * 1024  # bytes
_CONNECT, _SILENCE = 45, 60  # seconds
_LITTLE = 4096  # bytes of a page that says what is wrong
_SLOWEST = 500  # bytes a second
_MOST_REDIRECTS = 5
_NEEDLESS = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")
_NO_CHECK_TIME = 0x200000  # OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python's ssl has no name for
_PARTIAL, _OUT_OF_RANGE = 206, 416


class WebStorage(Storage):
    def __init__(
        self, url: str, keys: Path | None = None, on_bytes: OnBytes = lambda count: None, *, check_time: bool = True
    ) -> None:
        super().__init__(url, on_bytes)
        self._keys, self._check_time = keys, check_time
        self._client: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=_tls(check_time=self._check_time), limit=2),
            headers=login_header(self.url, self._keys),
            skip_auto_headers=_NEEDLESS,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT, sock_read=_SILENCE),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.close()

    # Reading

    def read(self, path: str, start: int = 0) -> Reading:
        return Reading(partial(self._read, checked(path), start))

    async def _read(self, path: str, start: int) -> AsyncIterator[Answer]:
        headers = {"Range": f"bytes={start}-"} if start else {}
        async with self._asked("GET", path, headers=headers) as answer:
            if answer.status == _OUT_OF_RANGE and start:
                yield Answer(start, start, no_pieces())
                return
            self._refuse_failure(path, answer)
            begin, size = _place(answer, start)
            yield Answer(begin, size, self._pieces(path, answer))

    async def _pieces(self, path: str, answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
        drip = Drip()
        while True:
            with self._sentences(path):
                async with asyncio.timeout(_SILENCE + _PIECE // _SLOWEST):
                    piece = await answer.content.read(_PIECE)
            if not piece:
                return
            self._on_bytes(len(piece))
            if drip.take(len(piece)) is not None:
                raise Unfinished(f"{self.shown} sends a few bytes of {path} now and then: try again later.")
            yield piece

    async def size(self, path: str) -> int | None:
        async with self._asked("HEAD", checked(path)) as answer:
            if answer.status in (404, 410):
                return None
            self._refuse_failure(path, answer)
            return answer.content_length if answer.content_length is not None else 0

    def list(self, prefix: str) -> AsyncIterator[str]:
        raise BadInput(f"{self.shown} is a web server, and nobody can ask one what it has.")

    # Writing

    async def put(self, path: str, content: bytes) -> None:
        await self._put(path, content, len(content))

    async def put_file(self, path: str, source: Path) -> None:
        with source.open("rb") as file:
            await self._put(path, file, os.fstat(file.fileno()).st_size)

    async def _put(self, path: str, content: Any, size: int) -> None:
        with self._sentences(path):
            async with asyncio.timeout(_SILENCE + size // _SLOWEST):
                await self._done("PUT", checked(path), data=content)
        self._on_bytes(size)

    async def delete(self, path: str) -> None:
        await self._done("DELETE", checked(path), fine=(404, 410))

    async def claim(self, path: str, content: bytes) -> bool:
        """By a folder, which WebDAV makes once: MKCOL answers 405 where it is there (RFC 4918, section 9.3.1)."""
        async with self._asked("MKCOL", _claim_folder(path)) as answer:
            taken = answer.status == 405
            if not taken:
                self._refuse_failure(path, answer)
        if taken:
            if not await self._is_claimed(path):
                raise NotAllowed(f"{self.shown} takes no MKCOL: allow the methods PUT, DELETE and MKCOL there.")
            return False
        await self.put(path, content)
        return True

    async def release(self, path: str) -> None:
        await self.delete(path)
        await self._done("DELETE", _claim_folder(path), fine=(404, 410))

    async def _is_claimed(self, path: str) -> bool:
        async with self._asked("HEAD", _claim_folder(path)) as answer:  # a folder that nobody may list is 403
            return answer.status not in (404, 410)

    async def _done(self, method: str, path: str, *, fine: tuple[int, ...] = (), **given: Any) -> None:
        async with self._asked(method, path, **given) as answer:
            if answer.status not in fine:
                self._refuse_failure(path, answer)

    # What both have

    @contextlib.asynccontextmanager
    async def _asked(self, method: str, path: str, **given: Any) -> AsyncIterator[aiohttp.ClientResponse]:
        assert self._client is not None, "used as `async with`"
        is_reading = method in ("GET", "HEAD")
        with self._sentences(path):
            async with asyncio.timeout(_CONNECT + 2 * _SILENCE if is_reading else None):  # headers that drip
                answer = await self._client.request(
                    method, below(self.url, path), allow_redirects=is_reading, max_redirects=_MOST_REDIRECTS, **given
                )
        try:
            self._note_time(answer)
            yield answer
        finally:
            await _let_go(answer)

    def _note_time(self, answer: aiohttp.ClientResponse) -> None:
        if answer.url.scheme == "https" and answer.url.host == host_of(self.url):
            with contextlib.suppress(KeyError, ValueError):
                self.server_time = parsedate_to_datetime(answer.headers["Date"])

    def _refuse_failure(self, path: str, answer: aiohttp.ClientResponse) -> None:
        error = self._failure(path, answer.status)
        if error is not None:
            raise error
        if answer.content_type == "text/html" and not path.endswith((".html", "/")):
            raise Unfinished(f"A page came in place of {path} of {self.shown}: is there a page to log in to first?")

    def _failure(self, path: str, status: int) -> IdeascubeError | None:
        if status in (200, 201, 204, _PARTIAL):
            return None
        if status in (404, 410):
            return self.not_there(path)
        if status in (401, 403, 405):
            return NotAllowed(
                f"{self.shown} does not allow to use {path} ({status}): see its rights and keys/stores.yml."
            )
        if status in (413, 507):
            return NoSpace(f"{self.shown} has no room for {path} ({status}): make some, or allow larger files.")
        return Unfinished(f"{self.shown} answers {status} for {path}: try again later.")

    @contextmanager
    def _sentences(self, path: str) -> Iterator[None]:
        try:
            yield
        except aiohttp.ClientConnectorCertificateError as error:
            reason = getattr(error.certificate_error, "verify_message", "") or str(error.certificate_error)
            raise self._not_certified(reason) from error
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:200] or "no answer in time"
            raise Unfinished(f"{path} of {self.shown} did not get through ({reason}): try again later.") from error

    def _not_certified(self, reason: str) -> Unfinished:
        return Unfinished(
            f"The certificate of {self.shown} is not accepted ({reason}): see whether the clock is right, "
            "and whether there is a page to log in to first."
        )


async def _let_go(answer: aiohttp.ClientResponse) -> None:
    """Keep the line for the next question where little is left of this one: to begin a new one costs more bytes."""
    if answer.content.at_eof() or (answer.content_length or _PIECE) > _LITTLE:
        answer.close()
        return
    with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
        await answer.read()


def _tls(*, check_time: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not check_time:
        context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
    return context


def _claim_folder(path: str) -> str:
    return f"{checked(path)}.taken/"


def _place(answer: aiohttp.ClientResponse, start: int) -> tuple[int, int | None]:
    """Where the bytes begin in the file, and its size. A server may answer to a range with the whole file."""
    length = answer.content_length
    if answer.status != _PARTIAL:
        return 0, length
    said = answer.headers.get("Content-Range", "")
    if not said.startswith(f"bytes {start}-"):
        raise Unfinished(
            f"{answer.url.host} answers with another part of the file than was asked for: try again later."
        )
    size = said.rpartition("/")[2]
    return start, int(size) if size.isdecimal() else None
