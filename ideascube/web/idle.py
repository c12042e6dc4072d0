"""Connections that send nothing, or a request byte by byte, are closed: there is a bound on them in a box's memory.

aiohttp closes a connection that rests between two requests, not one whose first request never comes whole.
"""

from __future__ import annotations

import asyncio
import time

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

HEADER_WITHIN = 30.0  # seconds for a whole request header
_LOOK_EVERY = 5.0  # seconds


async def close_idle(runner: web.AppRunner) -> None:
    """Runs until cancelled."""
    waiting_since: dict[RequestHandler, float] = {}
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        now = time.monotonic()
        waiting = [connection for connection in _connections(runner) if _awaits_first_request(connection)]
        waiting_since = {connection: waiting_since.get(connection, now) for connection in waiting}
        for connection, since in waiting_since.items():
            if now - since > HEADER_WITHIN and connection.transport is not None:
                connection.transport.abort()


def _connections(runner: web.AppRunner) -> list[RequestHandler]:
    return list(runner.server.connections) if runner.server is not None else []


def _awaits_first_request(connection: RequestHandler) -> bool:
    """Whether nothing whole ever came; what had a request has aiohttp's own timer. aiohttp has no public way to ask."""
    return connection._current_request is None and connection._keepalive_handle is None  # noqa: SLF001
