"""One search at a time for each visitor: who asks a lot keeps nobody else waiting, and gets all answers in turn."""

from __future__ import annotations

import asyncio
import http.client
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector, web
from pytest_aiohttp.plugin import AiohttpClient

from content_packs.store.data_folder import DataFolder
from ideascube.search.client import TooBusy
from ideascube.settings import Settings
from ideascube.sockets import listen_unix
from ideascube.web.app import create_apps
from ideascube.web.turns import Turns, for_who_stays
from tests.search.searching import Searchers
from tests.support.box import Box

PATIENT = 30.0
HOLDER = """
import asyncio, sys
from pathlib import Path
from ideascube.web.turns import Turns

async def hold():
    async with Turns(Path(sys.argv[1]), 30).turn(sys.argv[2]):
        print("mine", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(hold())
"""


@pytest.fixture
def turns(tmp_path: Path) -> Iterator[Turns]:
    made = Turns(tmp_path / "turns", PATIENT)
    yield made
    made.close()


@pytest.fixture
def holder(tmp_path: Path, turns: Turns) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the turn of 10.0.0.7 until it is sent a line."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "turns"), "10.0.0.7"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "mine\n" == process.stdout.readline()
    yield process
    process.kill()
    process.wait()


async def take(turns: Turns, visitor: str) -> str:
    async with turns.turn(visitor):
        return visitor


async def test_another_process_with_the_visitors_turn_is_waited_for(turns: Turns, holder: subprocess.Popen[str]):
    mine = asyncio.create_task(take(turns, "10.0.0.7"))
    await asyncio.sleep(0.2)
    had_to_wait = not mine.done()

    assert "10.0.0.8" == await take(turns, "10.0.0.8")
    assert had_to_wait
    assert holder.stdin is not None
    holder.stdin.write("\n")
    holder.stdin.flush()
    assert "10.0.0.7" == await mine


async def test_the_turn_of_a_process_that_is_killed_is_over(turns: Turns, holder: subprocess.Popen[str]):
    mine = asyncio.create_task(take(turns, "10.0.0.7"))
    await asyncio.sleep(0.1)

    holder.send_signal(signal.SIGKILL)
    assert "10.0.0.7" == await mine


async def test_within_a_process_it_is_first_come_first_served(turns: Turns):
    order: list[str] = []

    async def search(name: str) -> None:
        async with turns.turn("10.0.0.7"):
            order.append(f"{name} begins")
            await asyncio.sleep(0.01)
            order.append(f"{name} ends")

    await asyncio.gather(*(search(name) for name in "abc"))

    assert [f"{name} {what}" for name in "abc" for what in ("begins", "ends")] == order


async def test_nobody_waits_for_ever(tmp_path: Path, holder: subprocess.Popen[str]):
    impatient = Turns(tmp_path / "turns", 0.1)

    with pytest.raises(TooBusy, match="from your network"):
        await asyncio.gather(*(take(impatient, "10.0.0.7") for _ in range(3)))
    assert "10.0.0.8" == await take(impatient, "10.0.0.8")
    impatient.close()


async def test_who_stops_waiting_leaves_the_queue(turns: Turns):
    async with turns.turn("10.0.0.7"):
        waiting = asyncio.create_task(take(turns, "10.0.0.7"))
        await asyncio.sleep(0.05)
        waiting.cancel()

    assert "10.0.0.7" == await take(turns, "10.0.0.7")
    assert {} == turns._here


def test_no_address_is_written(tmp_path: Path, holder: subprocess.Popen[str]):
    assert 16 == (tmp_path / "turns").stat().st_size
    assert 0o600 == (tmp_path / "turns").stat().st_mode & 0o777


@pytest.fixture
def searchers(tmp_path: Path) -> Iterator[Searchers]:
    """One searcher that takes a quarter of a second for each search, where the app looks for it."""
    runtime = tmp_path / "run"
    runtime.mkdir()
    with listen_unix(runtime / "searchers.sock", 16) as listener:
        started = Searchers(listener, runtime / "searchers.sock")
        started.start("slow", PATIENT, 0.25)
        yield started
        started.stop()


def app_of(tmp_path: Path) -> web.Application:
    settings = Settings(DataFolder(tmp_path / "data"), runtime=tmp_path / "run", search_deadline=2.0)
    settings.data.create()
    return create_apps(settings)[0]


async def results(port: int, word: str, source: str) -> int:
    """How many results a visitor with the address `source` sees."""
    connector = TCPConnector(local_addr=(source, 0), force_close=True)
    address = f"http://127.0.0.1:{port}/search?q={word}&format=json"
    async with ClientSession(connector=connector) as session, session.get(address) as answer:
        return len((await answer.json())["results"]) if answer.status == 200 else -answer.status


async def test_a_visitor_with_fifty_searches_keeps_nobody_from_an_answer(
    tmp_path: Path, searchers: Searchers, aiohttp_client: AiohttpClient
):
    client = await aiohttp_client(app_of(tmp_path))
    port = client.server.port
    await results(port, "ready", "127.0.0.2")
    greedy = [asyncio.create_task(results(port, f"word{number}", "127.0.0.3")) for number in range(24)]
    await asyncio.sleep(0.5)

    others = await asyncio.gather(*(results(port, f"other{number}", f"127.0.1.{number}") for number in range(3)))
    first_of_the_greedy = await asyncio.gather(*greedy[:5])

    assert [1, 1, 1] == others
    assert [1, 1, 1, 1, 1] == first_of_the_greedy
    for task in greedy:
        task.cancel()


async def test_a_forwarded_address_is_not_believed(tmp_path: Path, searchers: Searchers, aiohttp_client: AiohttpClient):
    client = await aiohttp_client(app_of(tmp_path))
    forged = [
        client.get(f"/search?q=word{number}&format=json", headers={"X-Forwarded-For": f"10.0.0.{number}"})
        for number in range(30)
    ]
    everything = asyncio.gather(*forged)
    await asyncio.sleep(0.5)

    assert 1 == await results(client.server.port, "other", "127.0.0.2")
    everything.cancel()


async def test_who_leaves_lets_go_of_what_was_asked(tmp_path: Path, aiohttp_client: AiohttpClient):
    given_up = asyncio.Event()

    async def endless() -> str:
        try:
            return await asyncio.sleep(60, "an answer")
        except asyncio.CancelledError:
            given_up.set()
            raise

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=await for_who_stays(request, endless()))

    app = web.Application()
    app.add_routes([web.get("/", handler)])
    client = await aiohttp_client(app)
    _, writer = await asyncio.open_connection("127.0.0.1", client.server.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: box\r\n\r\n")
    await writer.drain()
    await asyncio.sleep(0.1)
    was_given_up = given_up.is_set()

    writer.close()
    await asyncio.wait_for(given_up.wait(), 10)
    assert not was_given_up


async def test_who_stays_gets_the_answer_and_its_failures(aiohttp_client: AiohttpClient):
    async def handler(request: web.Request) -> web.Response:
        with pytest.raises(TooBusy):
            await for_who_stays(request, failing())
        return web.Response(text=await for_who_stays(request, asyncio.sleep(0.05, "an answer")))

    async def failing() -> str:
        raise TooBusy("later")

    app = web.Application()
    app.add_routes([web.get("/", handler)])
    client = await aiohttp_client(app)

    assert "an answer" == await (await client.get("/")).text()


def ask(box: Box, word: str, source: str) -> int:
    """The status of a search by a visitor with the address `source`."""
    connection = http.client.HTTPConnection("127.0.0.1", box.port, timeout=60, source_address=(source, 0))
    with closing(connection):
        connection.request("GET", f"/search?q={word}&format=json")
        return connection.getresponse().status


def test_on_a_box_all_searches_of_a_school_behind_one_router_are_answered(demo: Box):
    with ThreadPoolExecutor(25) as visitors:
        school = [visitors.submit(ask, demo, f"water+{number}", "127.0.0.3") for number in range(24)]
        other = visitors.submit(ask, demo, "soap", "127.0.0.2")

        assert 200 == other.result()
        assert {200} == {each.result() for each in school}
