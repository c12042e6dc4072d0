"""What a bad network or a bad person sends: the box stays up and the others are served."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.support.box import Box, resident_memory

CONNECTIONS = 5000


@pytest.fixture(scope="module", autouse=True)
def endless(village: Box) -> Iterator[Future[bool]]:
    """Somebody who sends a request byte by byte for as long as they may, begun before all other tests of this file."""
    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(is_ended, village.port)


def is_ended(port: int) -> bool:
    """Whether the box ends a request that never ends within a minute."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: b")
        connection.settimeout(1)
        until = time.monotonic() + 55
        while time.monotonic() < until:
            try:
                connection.sendall(b"o")
                if connection.recv(10) == b"":
                    return True
            except TimeoutError:
                continue
            except OSError:
                return True
    return False


def raw(port: int, data: bytes, patience: float = 10) -> bytes:
    """Send bytes as they are, and what comes back until the other side closes or stays silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        connection.sendall(data)
        received = b""
        try:
            while piece := connection.recv(65536):
                received += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return received


def get(path: bytes, *headers: bytes) -> bytes:
    lines = [b"GET " + path + b" HTTP/1.1", b"Host: box", b"Connection: close", *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0


BAD_PATHS = [
    b"/content/village/../../../etc/passwd",
    b"/content/../../etc/passwd",
    b"/content/village/..%2f..%2f..%2fetc%2fpasswd",
    b"/content/village/%00",
    b"/content/village/well.html%00.png",
    b"/content/village/\xff\xfe",
    b"/content/village/%ff%fe",
    b"/content/village/%",
    b"/content/village/%zz",
    b"/content/%2e%2e/x",
    b"/content//",
    b"/content/",
    b"/content",
    b"//content/village/well.html",
    b"/raw/village/content/%ff",
    b"/raw/village/meta/%00",
    b"/raw/village/meta/..",
    b"/download/..%2f..%2fetc%2fpasswd",
    b"/packs/%ff",
    b"/static/..%2f..%2fsettings.py",
    b"/search?q=%ff%fe&page=-1",
    b"/search?page=abc&lang=%00",
    b"/suggest?q=%00",
    b"/external?url=javascript:alert(1)",
    b"/catalog/v2/entries?count=-99999999999999999999&start=x",
    b"/catalog/v2/entry/..",
    b"/catalog/v2/illustration/x?size=-1",
    b"/" + b"a" * 100_000,
    b"/content/village/" + b"a" * 100_000,
    b"*",
    b"http://other.example/",
]


@pytest.mark.parametrize("path", BAD_PATHS, ids=lambda path: repr(path[:50]))
def test_odd_paths_get_an_answer_that_blames_them(village: Box, path: bytes) -> None:
    for port in (village.port, village.content_port):
        answer = raw(port, get(path))

        assert status(answer) in (200, 302, 400, 403, 404, 414), answer[:300]
        assert b"Traceback" not in answer
        assert b"root:" not in answer
    assert "Traceback" not in village.log


ODD_REQUESTS = [
    b"",
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: \xff\xff\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: box\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: box\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: box\r\nCookie: language=" + b"\xff" * 50 + b"\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: box\r\nAccept-Language: " + b"a," * 2000 + b"\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: box\r\nAccept-Encoding: gzip;q=x, \x01\r\nConnection: close\r\n\r\n",
    b"POST /language HTTP/1.1\r\nHost: box\r\nContent-Length: 99999999999\r\n\r\n",
    b"POST /language HTTP/1.1\r\nHost: box\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"BREW /pot HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n",
]


@pytest.mark.parametrize("request_bytes", ODD_REQUESTS, ids=lambda data: repr(data[:50]))
def test_odd_requests_harm_nobody(village: Box, request_bytes: bytes) -> None:
    workers = {process.pid for process in village.processes("web worker")}

    answer = raw(village.port, request_bytes, patience=2)

    assert status(answer) < 500, answer[:300]
    assert village.content("/content/village/well.html").status == 200
    assert {process.pid for process in village.processes("web worker")} == workers
    assert "Traceback" not in village.log


@pytest.fixture
def many_open_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < CONNECTIONS + 500:
        pytest.skip(f"this user may open only {hard} files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (CONNECTIONS + 500, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_open_files")
def test_five_thousand_open_connections(village: Box) -> None:
    connections = [socket.create_connection(("127.0.0.1", village.content_port)) for _ in range(CONNECTIONS)]
    try:
        for connection in connections[::2]:
            connection.sendall(b"GET /content/village/well.html HTTP/1.1\r\nHost: b")
        answers = [village.content("/content/village/well.html").status for _ in range(20)]

        assert answers == [200] * 20
        assert village.get("/").status == 200
        assert all(resident_memory(worker) < 200 * 1024 * 1024 for worker in village.processes("web worker"))
    finally:
        for connection in connections:
            connection.close()


def test_a_client_that_reads_a_byte_a_second_holds_up_nobody(village: Box) -> None:
    slow = [socket.create_connection(("127.0.0.1", village.content_port)) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(get(b"/content/village/film.bin"))
            connection.recv(1)
        before = sum(map(resident_memory, village.processes("web worker")))
        answers = [village.content("/content/village/well.html").status for _ in range(20)]
        time.sleep(1)
        for connection in slow:
            connection.recv(1)

        assert answers == [200] * 20
        assert sum(map(resident_memory, village.processes("web worker"))) < before + 32 * 1024 * 1024
    finally:
        for connection in slow:
            connection.close()


def test_a_request_that_never_ends_is_ended(endless: Future[bool]) -> None:
    """Also one sent byte by byte: it is given thirty seconds."""
    assert endless.result(timeout=60)
