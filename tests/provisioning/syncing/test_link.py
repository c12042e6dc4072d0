import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from provisioning.syncing.link import Answer, Verdict, look, verdict

KNOWN, HUB = "http://known.example/nm", "http://hub.example/metadata/timestamp.json"
ONLINE = Answer(KNOWN, True, 200, body=b"NetworkManager is online\n")
LOGIN = Answer(KNOWN, True, 302, is_html=True, led_to="login.example")
SILENT = Answer(KNOWN, is_connected=True)
NOTHING = Answer(KNOWN)


@pytest.mark.parametrize(
    ("expected", "known", "hub"),
    [
        (Verdict("open"), ONLINE, Answer(HUB)),
        (Verdict("open"), Answer(KNOWN, True, 204), Answer(HUB)),
        (Verdict("open"), NOTHING, Answer(HUB, True, 200)),  # a hub in the same network, without internet
        (Verdict("open"), NOTHING, Answer(HUB, True, 404, is_html=True)),  # an empty hub: its server's own page
        (Verdict("open"), NOTHING, Answer(HUB, True, 301, led_to="new.example")),  # a hub that moved
        (Verdict("open"), LOGIN, Answer(HUB, True, 200)),  # the known page is blocked, the hub is not
        (Verdict("portal", "login.example"), LOGIN, Answer(HUB)),
        (Verdict("portal", "login.example"), LOGIN, Answer(HUB, True, 302, is_html=True, led_to="login.example")),
        (
            Verdict("portal"),
            Answer(KNOWN, True, 200, is_html=True, body=b"<html>"),
            Answer(HUB, True, 200, is_html=True),
        ),
        (Verdict("portal"), NOTHING, Answer(HUB, True, 200, is_html=True)),
        (Verdict("half-open"), SILENT, Answer(HUB)),
        (Verdict("half-open"), NOTHING, Answer(HUB, is_connected=True)),
        (Verdict("none"), NOTHING, Answer(HUB)),
    ],
)
def test_what_the_answers_say_of_the_link(expected: Verdict, known: Answer, hub: Answer) -> None:
    assert expected == verdict([known], [hub])


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(handler: Handler) -> AsyncIterator[str]:
    runner = web.ServerRunner(web.Server(handler))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def looked(well_known: str, *sources: str) -> Verdict:
    async with aiohttp.ClientSession() as client:
        return await look(client, sources, well_known, patience=0.5)


async def test_a_login_page_is_told_from_the_internet() -> None:
    async def login(request: web.Request) -> web.Response:
        return web.Response(
            status=302, headers={"Location": "http://login.example/?to=x"}, text="<html>", content_type="text/html"
        )

    async def online(request: web.Request) -> web.Response:
        return web.Response(text="NetworkManager is online\n")

    async with served(login) as portal, served(online) as internet:
        assert Verdict("portal", "login.example") == await looked(f"{portal}/nm", f"{portal}/catalog/v2/entries")
        assert Verdict("open") == await looked(f"{internet}/nm", f"{portal}/catalog/v2/entries")


async def test_a_server_that_takes_connections_and_says_nothing_is_half_open() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]

        assert Verdict("half-open") == await looked(f"http://127.0.0.1:{port}/nm")


async def test_where_nobody_listens_there_is_no_link() -> None:
    assert Verdict("none") == await looked("http://127.0.0.1:9/nm", "http://[bad", "file:///media/stick")
