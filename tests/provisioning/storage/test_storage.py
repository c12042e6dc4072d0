"""One interface over folders, object stores and web servers: each is asked the same, on a real server."""

from __future__ import annotations

import asyncio
import errno
import os
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from content_packs.errors import BadInput, NoSpace, NotAllowed, NotThere, Refused, Unfinished
from provisioning.catalogues import open_web
from provisioning.drip import Drip
from provisioning.storage import Storage, open_storage
from provisioning.storage.credentials import credentials_for


@pytest.fixture
async def storage(place: str, tmp_path: Path):
    async with open_storage(place, tmp_path / "keys") as opened:
        yield opened


async def test_what_was_put_is_read(storage: Storage):
    await storage.put("packs/a b/é.zim", b"first")
    await storage.put("packs/a b/é.zim", b"second")

    assert b"second" == await storage.get("packs/a b/é.zim", 6)
    assert 6 == await storage.size("packs/a b/é.zim")


async def test_a_file_is_read_from_a_byte_on(storage: Storage, request: pytest.FixtureRequest):
    await storage.put("file", b"0123456789")

    async with storage.read("file", 4) as answer:
        found = b"".join([piece async for piece in answer.pieces])

    assert (10, b"0123456789"[answer.start :]) == (answer.size, found)
    assert answer.start == (0 if "rclone" in request.node.callspec.id else 4)  # which gives no parts of files


async def test_beyond_the_end_there_is_nothing(storage: Storage):
    await storage.put("file", b"0123456789")

    async with storage.read("file", 10) as answer:
        assert [] == [piece async for piece in answer.pieces]


async def test_a_large_file_arrives_whole(storage: Storage, tmp_path: Path):
    content = os.urandom(6 * 1024 * 1024)  # more than one part of S3's
    (tmp_path / "large").write_bytes(content)

    await storage.put_file("packs/large.zim", tmp_path / "large")

    assert content == await storage.get("packs/large.zim", len(content))


async def test_what_is_not_there_is_said(storage: Storage):
    assert await storage.size("none") is None
    assert not await storage.exists("none")
    with pytest.raises(NotThere, match="There is no none in"):
        await storage.get("none", 10)


async def test_what_is_deleted_is_gone(storage: Storage):
    await storage.put("a/file", b"x")

    await storage.delete("a/file")
    await storage.delete("a/file")

    assert not await storage.exists("a/file")


async def test_no_more_is_read_than_was_expected(storage: Storage):
    await storage.put("endless", bytes(100_000))

    with pytest.raises(Refused, match="longer than the 99999 bytes"):
        await storage.get("endless", 99_999)


@pytest.mark.parametrize("place", ["folder", "s3", "webdav"], indirect=True)  # rclone knows no conditions for writing
async def test_of_many_who_claim_at_once_one_gets_it(storage: Storage):
    await storage.put("metadata/1.root.json", b"a hub is there")

    claimed = await asyncio.gather(*(storage.claim("publishing", b"mine") for _ in range(5)))

    assert [False] * 4 + [True] == sorted(claimed)
    await storage.release("publishing")
    assert await storage.claim("publishing", b"mine")


@pytest.mark.parametrize("path", ["", "../up", "a//b", "/etc/passwd", "a/./b", "a\\b", "con:", "a\nb"])
async def test_no_path_leads_out(storage: Storage, path: str):
    with pytest.raises(BadInput, match="is no path of a hub"):
        await storage.put(path, b"x")


async def test_bytes_are_counted_in_both_directions(place: str, tmp_path: Path):
    counted: list[int] = []
    async with open_storage(place, tmp_path / "keys", counted.append) as storage:
        await storage.put("file", bytes(1000))
        await storage.get("file", 1000)

    assert 2000 == sum(counted)


async def test_a_folder_and_a_bucket_list_their_files(s3: str, tmp_path: Path):
    from tests.support.hub_places import bucket

    for url in (str(tmp_path), bucket(s3)):
        async with open_storage(url) as storage:
            for path in ("inbox/a/1", "inbox/a/2", "packs/3"):
                await storage.put(path, b"x")

            assert ["inbox/a/1", "inbox/a/2"] == sorted([path async for path in storage.list("inbox")])


# Folders and sticks


async def test_a_stick_that_was_taken_out_is_not_written_beside(tmp_path: Path):
    storage = open_storage(str(tmp_path / "stick"))

    with pytest.raises(Unfinished, match="Was the disk taken out"):
        await storage.put("file", b"x")
    assert not (tmp_path / "stick").exists()


async def test_a_half_written_file_has_no_name(tmp_path: Path):
    storage = open_storage(str(tmp_path))

    with pytest.raises(Unfinished):
        await storage.put_file("packs/x.zim", tmp_path / "nothing")

    assert [] == [path async for path in storage.list("")]
    assert [] == [name for _, _, names in os.walk(tmp_path) for name in names]


async def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(NoSpace, match="is full"):
        await open_storage(str(tmp_path)).put("file", b"x")


async def test_a_hostile_stick_leads_nowhere(tmp_path: Path):
    stick, box = tmp_path / "stick", tmp_path / "box"
    stick.mkdir()
    box.mkdir()
    (box / "secret").write_text("secret")
    (stick / "metadata").symlink_to(box)
    (stick / "link").symlink_to(box / "secret")
    os.mkfifo(stick / "pipe")
    storage = open_storage(str(stick))

    with pytest.raises(Refused, match="a link that leads out of"):
        await storage.get("link", 100)
    with pytest.raises(Refused, match="a link that leads out of"):
        await storage.put("metadata/timestamp.json", b"x")
    with pytest.raises(NotThere):
        await storage.get("pipe", 100)
    assert ["secret"] == [path.name for path in box.iterdir()]


async def test_a_folder_is_no_file(storage: Storage):
    await storage.put("packs/a.zim", b"x")

    with pytest.raises((NotThere, NotAllowed)):
        await storage.get("packs", 100)


# Web servers that say something else


async def served(handler) -> TestServer:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    return server


async def answer_to(handler, do, path: str = "metadata/timestamp.json") -> object:
    server = await served(handler)
    try:
        async with open_storage(str(server.make_url("/"))) as storage:
            return await do(storage, path)
    finally:
        await server.close()


async def read(storage: Storage, path: str) -> bytes:
    return await storage.get(path, 1000)


async def write(storage: Storage, path: str) -> None:
    await storage.put(path, b"x")


@pytest.mark.parametrize("do", [read, write, Storage.exists], ids=["read", "write", "exists"])
async def test_a_page_to_log_in_to_is_not_the_file(do):
    async def portal(request: web.Request) -> web.Response:
        return web.Response(text="<html>Welcome</html>", content_type="text/html")

    with pytest.raises(Unfinished, match="is there a page to log in to first"):
        await answer_to(portal, do)


async def test_a_portal_that_leads_elsewhere_took_nothing():
    async def portal(request: web.Request) -> web.Response:
        raise web.HTTPFound("http://portal.example/")

    with pytest.raises(Unfinished, match="answers 302"):
        await answer_to(portal, write)


@pytest.mark.parametrize(
    ("status", "error"),
    [(403, NotAllowed), (404, NotThere), (405, NotAllowed), (507, NoSpace), (413, NoSpace), (503, Unfinished)],
)
async def test_a_refusal_is_said_in_its_kind(status: int, error: type[Exception]):
    async def refuse(request: web.Request) -> web.Response:
        return web.Response(status=status)

    with pytest.raises(error):
        await answer_to(refuse, write)


async def test_a_server_that_ignores_a_range_begins_anew():
    async def whole(request: web.Request) -> web.Response:
        return web.Response(body=b"0123456789")

    async def from_four(storage: Storage, path: str) -> tuple[int, bytes]:
        async with storage.read(path, 4) as answer:
            return answer.start, b"".join([piece async for piece in answer.pieces])

    assert (0, b"0123456789") == await answer_to(whole, from_four)


async def test_another_part_than_was_asked_for_is_not_taken():
    async def other(request: web.Request) -> web.Response:
        return web.Response(status=206, body=b"56", headers={"Content-Range": "bytes 5-6/10"})

    async def from_four(storage: Storage, path: str) -> None:
        async with storage.read(path, 4):
            raise AssertionError("it was taken")

    with pytest.raises(Unfinished, match="another part"):
        await answer_to(other, from_four)


async def test_what_has_no_end_is_not_read_to_its_end():
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(bytes(65536))
        return response

    with pytest.raises(Refused, match="longer than the 1000 bytes"):
        await answer_to(endless, read)


async def drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(400):
        await response.write(b"x")
        await asyncio.sleep(0.01)
    return response


async def test_a_server_that_drips_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("provisioning.storage.web_server.Drip", partial(Drip, 10_000, 0.05))

    with pytest.raises(Unfinished, match="a few bytes"):
        await answer_to(drip, read)


async def test_a_catalogue_that_drips_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("provisioning.catalogues.web.Drip", partial(Drip, 10_000, 0.05))

    async def read_page(storage: Storage, path: str) -> None:
        async with open_web() as opened:
            await opened.read(storage.address(path), limit=1000, plain_http=True)

    with pytest.raises(Unfinished, match="a few bytes"):
        await answer_to(drip, read_page)


async def test_circles_of_addresses_end():
    async def round_and_round(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.path)

    with pytest.raises(Unfinished):
        await answer_to(round_and_round, read)


async def test_few_bytes_are_spent_on_headers():
    seen: list[int] = []

    async def count(request: web.Request) -> web.Response:
        seen.append(sum(len(name) + len(value) + 4 for name, value in request.raw_headers))
        return web.Response(body=b"x")

    await answer_to(count, read)

    assert seen[0] < 100


async def test_nobody_writes_without_a_password(tmp_path: Path):
    from tests.support.hub_places import webdav

    (tmp_path / "root").mkdir()
    with webdav(tmp_path / "root", tmp_path / "nginx") as address:
        async with open_storage(address) as storage:
            with pytest.raises(NotAllowed, match="does not allow"):
                await storage.put("file", b"x")


async def test_one_line_serves_for_many_questions(tmp_path: Path):
    lines: set[object] = set()

    async def answer(request: web.Request) -> web.Response:
        lines.add(request.transport)
        if request.path.endswith("none"):
            return web.Response(status=404, text="There is no such thing. " * 20)
        return web.Response(body=b"x" * (300_000 if request.path.endswith("long") else 10))

    async def ask(storage: Storage, path: str) -> None:
        for name in ("one", "none", "two", "long", "none", "three"):
            await storage.exists(name)
            if name != "none":
                await storage.get(name, 300_000)
                continue
            with pytest.raises(NotThere):
                await storage.get(name, 10)
            await storage.put(name + ".new", b"x")

    await answer_to(answer, ask)

    assert 1 == len(lines)


# Addresses and passwords


def test_the_longest_address_has_the_password(tmp_path: Path):
    (tmp_path / "stores.yml").write_text(
        "https://example.org: {user: a}\nhttps://example.org/hub/: {user: b, password: 1}\n"
    )

    assert {"user": "b", "password": "1"} == credentials_for("https://example.org/hub", tmp_path)
    assert {"user": "a"} == credentials_for("https://example.org/other", tmp_path)
    assert {} == credentials_for("https://example.org.evil.example/", tmp_path)


def test_a_damaged_file_of_passwords_is_said(tmp_path: Path):
    (tmp_path / "stores.yml").write_text("- a\n")

    with pytest.raises(BadInput, match=r"stores\.yml has to give an object"):
        credentials_for("https://example.org", tmp_path)


@pytest.mark.parametrize("url", ["ftp://example.org/hub", "file://server/share"])
def test_other_addresses_are_refused(url: str):
    with pytest.raises(BadInput, match="is no address of a hub"):
        open_storage(url)


@pytest.mark.parametrize("url", ["gs://library/hub", "az://library/hub?account_name=ngo", "s3://library/hub"])
def test_object_stores_of_all_kinds_are_known(url: str):
    base, mark, query = url.partition("?")

    storage = open_storage(url)

    assert f"{base}/packs/a%20b.zim{mark}{query}" == storage.address("packs/a b.zim")


def test_a_word_that_an_object_store_does_not_know_is_said():
    with pytest.raises(BadInput, match="s3://library cannot be used"):
        open_storage("s3://library/hub?colour=red")


async def test_secrets_are_in_no_sentence(s3: str):
    from tests.support.hub_places import bucket

    storage = open_storage(bucket(s3))

    with pytest.raises(NotThere) as raised:
        await storage.get("none", 5)
    assert "secret" not in str(raised.value)
