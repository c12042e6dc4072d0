"""Reading small things from the web: bounded, with validators, every failure a sentence.

Packs themselves are fetched by `transfers`, piece by piece.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import aiohttp
from aiohttp import hdrs

from content_packs.errors import BadInput, NotThere, Unfinished
from provisioning.addresses import host_of, shown
from provisioning.catalogues.cache import PageNote
from provisioning.catalogues.safe_addresses import refuse_unreadable
from provisioning.drip import Drip

_REDIRECTS = 5
_ANSWER = 180.0  # seconds until all headers are here
_CHUNK = 64 * 1024  # bytes unpacked at once
_CLOCK_CODES = (9, 10)  # of X.509: not valid yet, not valid any more (openssl verify, X509_V_ERR_CERT_…)
_HEADERS = {hdrs.ACCEPT_ENCODING: "gzip", hdrs.USER_AGENT: "ideascube"}
_NOTHING_KNOWN = PageNote()


class LineFailed(Unfinished):
    """The line or the server failed at one address; another one may go."""


@dataclass(slots=True)
class Answer:
    """What an address answered: `url` after redirects; with `is_unchanged` nothing follows."""

    url: str
    note: PageNote
    content_type: str
    chunks: AsyncIterator[bytes]
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Web:
    """The way to the web. `on_bytes` is told how many bytes came; it may raise Unfinished for a budget."""

    session: aiohttp.ClientSession
    on_bytes: Callable[[int], None] = lambda count: None

    @asynccontextmanager
    async def ask(self, address: str, *, plain_http: bool, known: PageNote = _NOTHING_KNOWN) -> AsyncIterator[Answer]:
        """The answer to GET, unpacked as it comes. `known`: of what is here, for a short answer if that holds.

        Raises BadInput for an address that may not be read, NotThere, LineFailed where the line or the server fails.
        """
        try:
            async with self._following(address, plain_http, known) as answer:
                yield answer
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise LineFailed(_told(error, address)) from error

    @asynccontextmanager
    async def _following(self, address: str, plain_http: bool, known: PageNote) -> AsyncIterator[Answer]:
        url = address
        refuse_unreadable(url, plain_http=plain_http)
        for _ in range(_REDIRECTS + 1):
            async with await self._got(url, known) as response:
                if response.status not in (301, 302, 303, 307, 308):
                    yield self._answer(response, url, may_be_unchanged=bool(known.etag or known.modified))
                    return
                url = _next(url, response.headers.get(hdrs.LOCATION, ""), plain_http)
        raise LineFailed(
            f"{shown(address)} leads from one address to the next without end: give the one where it ends."
        )

    async def _got(self, url: str, known: PageNote) -> aiohttp.ClientResponse:
        async with asyncio.timeout(_ANSWER):
            return await self.session.get(url, headers=_HEADERS | _conditions(known), allow_redirects=False)

    def _answer(self, response: aiohttp.ClientResponse, url: str, *, may_be_unchanged: bool) -> Answer:
        if response.status in (404, 410):
            raise NotThere(f"There is nothing at {shown(url)} ({response.status}): correct the address.")
        is_unchanged = response.status == 304 and may_be_unchanged
        if response.status != 200 and not is_unchanged:
            raise LineFailed(f"{shown(url)} answered with the error {response.status}: try again later.")
        headers = response.headers
        note = PageNote(headers.get(hdrs.ETAG, ""), headers.get(hdrs.LAST_MODIFIED, ""))
        chunks = _unpacked(self._chunks(response), headers.get(hdrs.CONTENT_ENCODING, ""), url)
        return Answer(url, note, response.content_type, chunks, is_unchanged)

    async def _chunks(self, response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
        drip = Drip()
        async for chunk in response.content.iter_any():
            self.on_bytes(len(chunk))
            if drip.take(len(chunk)) is not None:
                raise LineFailed(f"{shown(str(response.url))} sends a few bytes now and then: try again later.")
            yield chunk

    async def read(self, address: str, *, limit: int, plain_http: bool) -> bytes:
        """All of it. Raises as `ask`, and BadInput where it is longer than `limit` bytes."""
        async with self.ask(address, plain_http=plain_http) as answer:
            return await read_all(answer, limit)


async def read_all(answer: Answer, limit: int) -> bytes:
    """Raises BadInput where there are more than `limit` bytes."""
    content = bytearray()
    async for chunk in answer.chunks:
        content += chunk
        if len(content) > limit:
            raise BadInput(
                f"{shown(answer.url)} is larger than {limit // 1024**2} MiB, which it should not be: it is not read."
            )
    return bytes(content)


@asynccontextmanager
async def open_web(
    on_bytes: Callable[[int], None] = lambda count: None, *, connect: float = 45.0, silence: float = 60.0
) -> AsyncIterator[Web]:
    """`connect` and `silence`: seconds until a server answers, and without a byte, after which it is given up."""
    timeout = aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect, sock_read=silence)
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=False, trust_env=True) as session:
        yield Web(session, on_bytes)


def _next(url: str, location: str, plain_http: bool) -> str:
    """Where a redirect leads. Hosts move, but not to where anyone can change what comes: that is a network's login."""
    goal = urljoin(url, location)
    try:
        refuse_unreadable(goal, plain_http=plain_http)
    except BadInput as error:
        raise LineFailed(
            f"{shown(url)} leads to {shown(goal)[:200]}, which is not encrypted: "
            "perhaps the page of a network to log in to first."
        ) from error
    return goal


def _conditions(known: PageNote) -> dict[str, str]:
    """RFC 9110, section 13.1: an entity tag goes before a date."""
    if known.etag:
        return {hdrs.IF_NONE_MATCH: known.etag}
    return {hdrs.IF_MODIFIED_SINCE: known.modified} if known.modified else {}


async def _unpacked(chunks: AsyncIterator[bytes], encoding: str, url: str) -> AsyncIterator[bytes]:
    """Never more than _CHUNK at once, however much a few bytes unfold to."""
    if encoding in ("", "identity"):
        async for chunk in chunks:
            yield chunk
        return
    if encoding not in ("gzip", "x-gzip"):
        raise LineFailed(
            f"{shown(url)} is packed in a way that was not asked for ({encoding[:40]}): use another address."
        )
    unpacker = zlib.decompressobj(wbits=31)
    async for chunk in chunks:
        for piece in _pieces(unpacker, chunk, url):
            yield piece
    if not unpacker.eof:
        raise LineFailed(f"{shown(url)} broke off in the middle: try again.")


def _pieces(unpacker: Any, chunk: bytes, url: str) -> Iterator[bytes]:
    while chunk and not unpacker.eof:
        try:
            piece = unpacker.decompress(chunk, _CHUNK)
        except zlib.error as error:
            raise LineFailed(f"{shown(url)} came damaged: try again.") from error
        chunk = unpacker.unconsumed_tail
        yield piece


def _told(error: Exception, address: str) -> str:
    host = host_of(address) or address
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _certificate(error.certificate_error, host)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"{host} is not found: there is no connection to the internet, or the address is wrong."
    if isinstance(error, aiohttp.ClientSSLError):
        return f"{host} does not answer as an encrypted server should: something on the way may stand in for it."
    if isinstance(error, TimeoutError | asyncio.TimeoutError):
        return f"{host} does not answer in time: try again when the line is better."
    return f"The connection to {host} failed ({_short(error)}): try again."


def _certificate(error: Exception, host: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in _CLOCK_CODES:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
        return (
            f"The certificate of {host} does not hold at this box's time ({now} UTC): "
            "set the clock if that is wrong; otherwise its operator has to renew it."
        )
    return (
        f"{host} shows no certificate that this box trusts: something on the way may stand in for it. It is not read."
    )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
