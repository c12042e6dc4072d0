"""`/download/ID`: the pack's file as it is, in ranges, under a good name, and never half of one and half of another."""

from __future__ import annotations

import http.client
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiwix.peers import ODD, PACKS, wait_for
from tests.support.box import Box, eventually, request, resident_memory, running_box
from tests.support.zims import make_zim

MIB = 1024 * 1024
ADDRESS = "/download/le_film_d%E2%80%99eteplus"
LARGE = 40 * MIB  # more than all the buffers between a server and a client that doesn't read


def joined(box: Box, pack: str) -> bytes:
    """The pack's file as it lies in the store, its parts put together."""
    return b"".join(path.read_bytes() for path in sorted(box.packs.glob(f"{pack}.zim*")))


@pytest.mark.parametrize("pack", PACKS)
def test_the_file_byte_for_byte_also_where_it_is_split(box: Box, pack: str) -> None:
    expected = joined(box, pack)

    for address in (f"/download/{pack}", f"/download/{pack}.zim"):
        answer = box.get(address)
        assert answer.status == 200
        assert answer.body == expected


def test_headers_for_who_saves_it(box: Box) -> None:
    headers = box.get("/download/wikibooks_new").headers

    assert headers["Content-Type"] == "application/x-zim"
    assert headers["Content-Disposition"].startswith('attachment; filename="wikibooks_new.zim"')
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["ETag"].startswith('"')


def test_head_says_how_much_it_is(box: Box) -> None:
    head = request(f"{box.url}/download/wikibooks_new", "HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(joined(box, "wikibooks_new")))


def test_ranges_cross_the_border_of_parts(box: Box) -> None:
    whole = joined(box, "wikibooks_old")
    border = (box.packs / "wikibooks_old.zimaa").stat().st_size

    answer = box.get("/download/wikibooks_old", Range=f"bytes={border - 10}-{border + 9}")

    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes {border - 10}-{border + 9}/{len(whole)}"
    assert answer.body == whole[border - 10 : border + 10]


def test_a_download_is_taken_up_where_it_stopped_if_the_file_is_the_same(box: Box) -> None:
    whole, etag = joined(box, ODD), box.get(f"/download/{ODD}").headers["ETag"]

    assert box.get(f"/download/{ODD}", Range="bytes=1000-", If_Range=etag).body == whole[1000:]
    assert box.get(f"/download/{ODD}", Range="bytes=1000-", If_Range='"of before"').body == whole
    assert box.get(f"/download/{ODD}", If_None_Match=etag).status == 304
    assert box.get(f"/download/{ODD}", Range=f"bytes={len(whole)}-").status == 416


@pytest.mark.parametrize(
    "name", ["nothing", "nothing.zim", "..%2f..%2fetc%2fpasswd", "%ff", "%00", ".zim", "odd_paths.zi"]
)
def test_what_is_not_there(box: Box, name: str) -> None:
    assert box.get(f"/download/{name}").status == 404


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    film = random.Random(2).randbytes(LARGE)
    path = tmp_path_factory.mktemp("large") / "film.zim"
    return make_zim(path, {"index.html": ("text/html", "<html>A film</html>"), "film": ("video/mp4", film)})


@pytest.fixture
def busy(source: Path, tmp_path: Path) -> Iterator[Box]:
    """A box with one large pack under an accented name, for tests that change it."""
    data = tmp_path / "data"
    (data / "packs").mkdir(parents=True)
    (data / "packs" / "Le Film d’été+.zim").write_bytes(source.read_bytes())
    with running_box(data) as running:
        wait_for(running, ADDRESS)
        yield running


class Slow:
    """A client that takes a first piece, and the rest when it is told to."""

    def __init__(self, box: Box) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        self.socket.settimeout(30)
        self.socket.connect(("127.0.0.1", box.port))
        self.socket.sendall(f"GET {ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1:{box.port}\r\n\r\n".encode())
        self.answer = http.client.HTTPResponse(self.socket)
        self.answer.begin()
        self.read = self.answer.read(MIB)

    def rest(self) -> bytes:
        """All that was sent, however the connection ended."""
        try:
            while piece := self.answer.read(MIB):
                self.read += piece
        except http.client.IncompleteRead as error:
            self.read += error.partial
        except ConnectionResetError:
            pass
        self.socket.close()
        return self.read


def test_a_name_with_accents_is_kept(busy: Box) -> None:
    disposition = request(busy.url + ADDRESS, "HEAD").headers["Content-Disposition"]

    assert "filename*=UTF-8''Le%20Film%20d%E2%80%99%C3%A9t%C3%A9%2B.zim" in disposition
    assert disposition.isascii()


def test_who_downloads_while_the_file_is_replaced_gets_the_old_one(busy: Box, source: Path) -> None:
    client = Slow(busy)
    newer = busy.packs / ".newer"
    newer.write_bytes(make_zim(newer.with_name(".made"), {"index.html": ("text/html", "new")}).read_bytes())
    newer.replace(next(busy.packs.glob("*.zim")))
    eventually(lambda: len(busy.get(ADDRESS).body) < MIB)

    assert client.rest() == source.read_bytes()


@pytest.mark.parametrize("change", ["overwritten", "cut short", "made longer"])
def test_who_downloads_while_the_file_is_written_to_is_cut_off(busy: Box, source: Path, change: str) -> None:
    client = Slow(busy)
    path = next(busy.packs.glob("*.zim"))
    if change == "overwritten":
        with path.open("r+b") as file:
            file.seek(LARGE // 2)
            file.write(b"new" * MIB)
    else:
        os.truncate(path, LARGE // 2 if change == "cut short" else LARGE * 2)

    received = client.rest()

    assert len(received) < source.stat().st_size
    assert source.read_bytes().startswith(received)


def test_a_download_takes_little_memory(busy: Box) -> None:
    before = sum(resident_memory(worker) for worker in busy.processes("web worker"))
    clients = [Slow(busy) for _ in range(10)]
    during = sum(resident_memory(worker) for worker in busy.processes("web worker"))

    assert busy.processes("web worker")
    assert during - before < 20 * MIB
    assert len(clients[0].rest()) > LARGE
