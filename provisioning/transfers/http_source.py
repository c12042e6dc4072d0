"""Web servers: one request for one part, redirects followed by hand, and time limits by what comes.

What arrived before a line broke is never lost here: the content is read by nobody else, and while we wait for
something else than its next bytes the connection is stopped, so that they wait in the system.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
from yarl import URL

from provisioning.addresses import WEB, join, split
from provisioning.drip import Drip
from provisioning.storage.credentials import login_header
from provisioning.transfers.answers import Asked, understood
from provisioning.transfers.line import Line
from provisioning.transfers.sources import Answer
from provisioning.transfers.trouble import Passing, Trouble, Useless

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ESCAPED = re.compile(r"[\x21-\x7e]+")
_LONGEST_URL = 8000  # bytes


class HttpSource:
    def __init__(self, address: str) -> None:
        self.address = address
        self._led_to = ""  # where it led the last time: saves a request for each part

    @asynccontextmanager
    async def ask(self, asked: Asked, line: Line, validator: str, led_to: str) -> AsyncIterator[Answer]:
        url = self._led_to or self.address
        self._led_to = ""  # what fails there begins at the address again
        for _ in range(line.limits.redirects + 1):
            condition = validator if url == led_to else ""
            response = await _get(line, url, asked, condition)
            try:
                if response.status not in _REDIRECTS:
                    given = understood(
                        replace(asked, is_conditional=bool(condition)), response.status, response.headers
                    )
                    self._led_to = url
                    yield Answer(given, url, _chunks(response, line))
                    return
                url = _next(url, response.headers.get("Location", ""), asked)
            finally:
                response.close()
        raise Useless("it leads on and on, and never to the file")


def _next(url: str, location: str, asked: Asked) -> str:
    """Where a redirect leads. Without sums a safe connection is all that says whose file it is: it is not left then."""
    target = join(url, location)
    parts = split(target)
    if not location or len(target) > _LONGEST_URL or parts.scheme not in WEB or not parts.hostname:
        raise Useless("it leads to no address")
    if not asked.is_proved and parts.scheme == "http" and split(url).scheme == "https":
        raise Useless("it leads from a safe address to an unsafe one")
    return target


async def _get(line: Line, url: str, asked: Asked, condition: str) -> aiohttp.ClientResponse:
    """Few headers: at 64 kbit/s they count."""
    end = str(asked.end - 1) if asked.end else ""
    headers = {"Range": f"bytes={asked.start}-{end}", "Accept-Encoding": "identity"}
    if condition:
        headers["If-Range"] = condition
    headers |= login_header(url, line.keys)  # of this very address: a redirect takes no password elsewhere
    limits = line.limits
    timeout = aiohttp.ClientTimeout(
        total=None, connect=limits.connect, sock_connect=limits.connect, sock_read=limits.silence
    )
    try:
        async with asyncio.timeout(limits.connect + 2 * limits.silence):  # headers that drip
            return await line.client.get(_exactly(url), headers=headers, allow_redirects=False, timeout=timeout)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise _trouble(error) from error


def _exactly(url: str) -> URL:
    """As it was given, since a signature may cover its escapes; what is no URL yet is escaped."""
    return URL(url, encoded=_ESCAPED.fullmatch(url) is not None)


async def _chunks(response: aiohttp.ClientResponse, line: Line) -> AsyncIterator[bytes]:
    content, drip = response.content, Drip(line.limits.slow_bytes, line.limits.slow_for)
    while True:
        try:
            chunk = await content.readany()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _trouble(error) from error
        if not chunk:
            return
        yield chunk
        if (rate := drip.take(len(chunk))) is not None:
            raise Passing(f"it sends {rate:.0f} bytes a second only")
        if not line.is_open():
            async for rest in _stopped(response, line):
                yield rest
            drip.begin()


async def _stopped(response: aiohttp.ClientResponse, line: Line) -> AsyncIterator[bytes]:
    """Wait until bytes may be taken again, and give what had come already."""
    while rest := _waiting(response.content):
        yield rest
    transport = response.connection.transport if response.connection is not None else None
    if transport is not None and not transport.is_closing():
        transport.pause_reading()
    try:
        await line.opening()
    finally:
        if transport is not None and not transport.is_closing():
            transport.resume_reading()


def _waiting(content: aiohttp.StreamReader) -> bytes:
    """What was read from the line and not from `content`; the failure of the line, if any, comes with the next read."""
    return b"" if content.exception() is not None else content.read_nowait()


def _trouble(error: Exception) -> Trouble:
    """What a failure of the line, or of what speaks at its other end, is in words."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Passing("its name is not known here (no internet, or no DNS)")
    if isinstance(error, (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError)):
        return Useless("its certificate is not valid (is this machine's date right? does one have to log in first?)")
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return Passing("no safe connection can be made")
    if isinstance(error, TimeoutError):
        return Passing("it does not answer any more")
    if isinstance(error, (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError)):
        return Useless("its address is none")
    if isinstance(error, aiohttp.ClientConnectorError):
        return Passing("it cannot be reached")
    return Passing("the connection broke")
