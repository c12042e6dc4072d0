"""One web worker: both applications on the sockets it was given, until SIGTERM; running answers are finished."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator

import uvloop
from aiohttp import web

from ideascube.settings import Settings
from ideascube.web.app import create_apps
from ideascube.web.context import LIBRARY, PAGES

_FINISH_WITHIN = 10.0  # seconds for answers that run when the box stops
_IDLE = 30.0  # seconds that a connection may rest, or take to send a whole request header
_ADDRESS_LIMIT = 128 * 1024  # bytes: a search for ten thousand letters of any script gets an answer, if a short one
_LOOK_EVERY = 0.5  # seconds


def run_worker(settings: Settings, app_socket: socket.socket, content_socket: socket.socket) -> None:
    uvloop.run(_serve(settings, app_socket, content_socket))


async def _serve(settings: Settings, app_socket: socket.socket, content_socket: socket.socket) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    pages, content = create_apps(settings)
    async with _listening(pages, app_socket), _listening(content, content_socket):
        while not stopped.is_set():
            _follow_library(pages)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), _LOOK_EVERY)


@contextlib.asynccontextmanager
async def _listening(app: web.Application, listener: socket.socket) -> AsyncIterator[None]:
    runner = web.AppRunner(
        app,
        access_log=None,
        keepalive_timeout=_IDLE,
        shutdown_timeout=_FINISH_WITHIN,
        max_line_size=_ADDRESS_LIMIT,
    )
    await runner.setup()
    await web.SockSite(runner, listener).start()
    try:
        yield
    finally:
        await runner.cleanup()


def _follow_library(app: web.Application) -> None:
    """Take in what the jobs process found, and drop the pages of packs that changed."""
    library = app[LIBRARY]
    before = {pack.id: pack.stamp for pack in library.shown}
    if library.refresh():
        after = {pack.id: pack.stamp for pack in library.shown}
        app[PAGES].forget_packs({pack_id for pack_id in before if before[pack_id] != after.get(pack_id)})
