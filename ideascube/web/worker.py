"""One web worker: both applications on the sockets it was given, until SIGTERM; running answers are finished."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator
from functools import partial
from itertools import count

import uvloop
from aiohttp import web

from ideascube.memory import give_back
from ideascube.settings import Settings
from ideascube.web.app import create_apps
from ideascube.web.context import LIBRARY, PAGES
from ideascube.web.security import BARE_HEADERS

_FINISH_WITHIN = 10.0  # seconds for answers that run when the box stops
_IDLE = 30.0  # seconds that a connection may rest, or take to send a whole request header
_ADDRESS_LIMIT = 128 * 1024  # bytes: a search for ten thousand letters of any script gets an answer, if a short one
# Bytes: packs that share a port share its cookies, and a few crawled sites together fill more than aiohttp's 8 KiB.
_COOKIES_LIMIT = 128 * 1024
_HEADERS_LIMIT = 48  # of one request; browsers send about twenty
_LOOKS_A_TIDYING = 6
_LOOK_EVERY = 0.5  # seconds


def run_worker(settings: Settings, app_socket: socket.socket, content_socket: socket.socket) -> None:
    uvloop.run(_serve(settings, app_socket, content_socket))


async def _serve(settings: Settings, app_socket: socket.socket, content_socket: socket.socket) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    pages, content = create_apps(settings)
    async with _listening(pages, app_socket), _listening(content, content_socket):
        for look in count(1):
            if stopped.is_set():
                break
            _follow_library(pages)
            if look % _LOOKS_A_TIDYING == 0:
                give_back()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), _LOOK_EVERY)


@contextlib.asynccontextmanager
async def _listening(app: web.Application, listener: socket.socket) -> AsyncIterator[None]:
    runner = web.AppRunner(app, shutdown_timeout=_FINISH_WITHIN)
    await runner.setup()
    server = await asyncio.get_running_loop().create_server(partial(_connection, runner), sock=listener)
    try:
        yield
    finally:
        server.close()
        await runner.cleanup()


def _connection(runner: web.AppRunner) -> _Connection:
    assert runner.server is not None
    return _Connection(
        runner.server,
        loop=asyncio.get_running_loop(),
        access_log=None,  # type: ignore[arg-type] # what AppRunner hands on as well
        keepalive_timeout=_IDLE,
        max_line_size=_ADDRESS_LIMIT,
        max_field_size=_COOKIES_LIMIT,
        max_headers=_HEADERS_LIMIT,
    )


class _Connection(web.RequestHandler):
    """What aiohttp answers by itself to a request that it cannot read, under a policy as everything else."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        answer = super().handle_error(request, status, exc, message)
        answer.headers.update(BARE_HEADERS)
        return answer


def _follow_library(app: web.Application) -> None:
    """Take in what the jobs process found, and drop the pages of packs that changed."""
    library = app[LIBRARY]
    before = {pack.id: pack for pack in library.shown}
    if library.refresh():
        after = {pack.id: pack for pack in library.shown}
        app[PAGES].forget_packs({pack_id for pack_id in before if before[pack_id] != after.get(pack_id)})
