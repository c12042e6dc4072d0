"""A line to a web server that breaks, lies and crawls: a proxy on this machine, its faults chosen by a seed.

It knows as much of HTTP as it takes to lie: one request after the other, each on a connection of its own to the server.
Bound to 127.0.0.1; it runs in a thread with a loop of its own, so that any program can be behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_CHUNK = 16 * 1024  # bytes
_HEAD = 64 * 1024  # bytes of headers at most
_RANGE = re.compile(rb"content-range: bytes (\d+)-(\d+)/(\d+)", re.IGNORECASE)
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close with a reset

KINDS = (
    "good",
    "cut",  # closed after some bytes
    "reset",  # the same, with a reset
    "mute",  # closed without an answer
    "delay",
    "corrupt",  # one byte is another one
    "reorder",  # two runs of bytes change places
    "shorter",  # the length is less than what follows
    "longer",  # the length is more than what follows
    "endless",
    "whole",  # 200 and the whole file for a range
    "elsewhere",  # another part than was asked for
    "login",  # a page of HTML instead
    "loop",  # redirects without end
    "busy",
    "packed",  # a Content-Encoding that nobody asked for
    "drip",
)
SILENT = "silent"  # after some bytes nothing more comes, until the other side has had enough
Choose = Callable[[random.Random], str]


def any_of(*kinds: str, good: float = 0.0) -> Choose:
    """One of these faults for each request, or none with the probability `good`."""
    return lambda chance: "good" if chance.random() < good else chance.choice(kinds)


@dataclass
class Harm:
    """What a fault made useless of what it passed on: bytes of the file, as [start, end), that were not its own."""

    start: int
    end: int


@dataclass
class BadLine:
    """`choose` gives the fault of the next request, `longest` how many bytes pass before it strikes, at most.

    `rate`: bytes a second, 0: no bound. `passed`: bytes of content that were sent on; `harmed`: what was spoilt of it;
    `surplus`: bytes that belong to no file; `requests`: the fault of each request so far.
    """

    port: int
    server_port: int
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    choose: Choose = lambda chance: "good"
    longest: int = 64 * 1024
    rate: float = 0.0
    passed: int = 0
    surplus: int = 0
    harmed: list[Harm] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self, seed: object, choose: Choose, longest: int = 64 * 1024) -> None:
        """Forget what was, and make other faults from here on."""
        self.chance, self.choose, self.longest = random.Random(str(seed)), choose, longest
        self.passed = self.surplus = 0
        self.harmed, self.requests = [], []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the client is gone, or the test is over
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; gives whether the connection may go on."""
        request = await reader.readuntil(b"\r\n\r\n")
        kind = self.choose(self.chance)
        self.requests.append(kind)
        if kind in _ANSWERS:
            writer.write(_ANSWERS[kind](self.url))
            await writer.drain()
            return False
        if kind == "mute":
            return False
        return await self._pass_on(request, kind, writer)

    async def _pass_on(self, request: bytes, kind: str, writer: asyncio.StreamWriter) -> bool:
        server, sending = await asyncio.open_connection("127.0.0.1", self.server_port, limit=_HEAD)
        try:
            sending.write(_without_range(request) if kind == "whole" else _closing(request))
            head = await server.readuntil(b"\r\n\r\n")
            body = await server.read(-1) if kind in _OF_WHOLE_BODY else b""
            return await self._answer(_Answer(head), kind, server, body, writer)
        finally:
            sending.close()

    async def _answer(
        self, answer: _Answer, kind: str, server: asyncio.StreamReader, body: bytes, writer: asyncio.StreamWriter
    ) -> bool:
        strikes = self.chance.randint(0, self.longest)
        if kind == "delay":
            await asyncio.sleep(self.chance.random() / 50)
        writer.write(answer.head(kind))
        if kind == "reorder":
            body = self._reordered(body, answer)
        at = 0
        while at < (limit := strikes if kind in _STRIKING else answer.length):
            chunk = body[at : at + _CHUNK] if body else await server.read(min(_CHUNK, limit - at))
            if not chunk:
                break
            chunk = chunk[: limit - at]
            if kind == "corrupt" and at <= strikes < at + len(chunk):
                chunk = self._corrupted(chunk, strikes - at, answer.start + at)
            await self._send(writer, chunk, kind)
            at += len(chunk)
        return await self._end(kind, at, answer, writer)

    async def _send(self, writer: asyncio.StreamWriter, chunk: bytes, kind: str) -> None:
        if kind == "drip":
            for start in range(min(len(chunk), 10)):
                writer.write(chunk[start : start + 1])
                await asyncio.sleep(0.002)
            chunk = chunk[10:]
        self.passed += len(chunk)
        writer.write(chunk)
        await writer.drain()
        if self.rate:
            await asyncio.sleep(len(chunk) / self.rate)

    async def _end(self, kind: str, at: int, answer: _Answer, writer: asyncio.StreamWriter) -> bool:
        if kind == "endless":
            with contextlib.suppress(OSError):
                for _ in range(8):
                    self.surplus += _CHUNK
                    writer.write(b"x" * _CHUNK)
                    await writer.drain()
        if kind == SILENT:
            await asyncio.sleep(30)
        if kind == "reset":
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        return kind in _WHOLE and at == answer.length

    def _corrupted(self, chunk: bytes, at: int, start: int) -> bytes:
        self.harmed.append(Harm(start + at, start + at + 1))
        return chunk[:at] + bytes([chunk[at] ^ 0x55]) + chunk[at + 1 :]

    def _reordered(self, body: bytes, answer: _Answer) -> bytes:
        size = min(len(body) // 2, 700)
        if not size:
            return body
        first = self.chance.randint(0, len(body) - 2 * size)
        self.harmed.append(Harm(answer.start + first, answer.start + first + 2 * size))
        one, other = body[first : first + size], body[first + size : first + 2 * size]
        return body[:first] + other + one + body[first + 2 * size :]


class _Answer:
    """The head of a server's answer."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        match = _RANGE.search(head)
        self.start = int(match[1]) if match else 0
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        self.length = int(length[1]) if length else 0

    def head(self, kind: str) -> bytes:
        """As this fault has it."""
        head = re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", self._head)
        if kind in ("shorter", "longer", "endless"):
            length = self.length // 2 if kind == "shorter" else self.length + 100_000
            head = re.sub(rb"(?i)(content-length: )\d+", rb"\g<1>%d" % length, head)
        if kind == "elsewhere":
            head = _RANGE.sub(lambda match: _shifted(*map(int, match.groups())), head)
        if kind == "packed":
            head = head[:-2] + b"Content-Encoding: gzip\r\n\r\n"
        if kind not in _WHOLE:
            head = head[:-2] + b"Connection: close\r\n\r\n"
        return head


def _shifted(first: int, last: int, size: int) -> bytes:
    return b"Content-Range: bytes %d-%d/%d" % (first + 1, last + 1, size + 1)


def _closing(request: bytes) -> bytes:
    request = re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", request)
    return request[:-2] + b"Connection: close\r\n\r\n"


def _without_range(request: bytes) -> bytes:
    return _closing(re.sub(rb"(?i)\r\n(range|if-range): [^\r]*", b"", request))


def _login(_url: str) -> bytes:
    page = b"<html><body><form>Please log in</form></body></html>" * 20
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b" % (len(page), page)


def _loop(url: str) -> bytes:
    return b"HTTP/1.1 302 Found\r\nLocation: %b/again\r\nContent-Length: 0\r\n\r\n" % url.encode()


def _busy(_url: str) -> bytes:
    return b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


_ANSWERS = {"login": _login, "loop": _loop, "busy": _busy}
_STRIKING = frozenset({"cut", "reset", SILENT})
_OF_WHOLE_BODY = frozenset({"reorder"})
_WHOLE = frozenset({"good", "delay", "corrupt", "reorder", "drip"})  # after these the connection goes on


@contextlib.contextmanager
def bad_line(server_port: int) -> Iterator[BadLine]:
    """A line to the server on this port of this machine, good until `begin` or `choose` say otherwise."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line = BadLine(listener.getsockname()[1], server_port)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=_run, args=(loop, line, listener), daemon=True)
        thread.start()
        try:
            yield line
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()


def _run(loop: asyncio.AbstractEventLoop, line: BadLine, listener: socket.socket) -> None:
    asyncio.set_event_loop(loop)
    server = loop.run_until_complete(asyncio.start_server(line.serve, sock=listener, limit=_HEAD))
    loop.run_forever()
    server.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop), return_exceptions=True))
    loop.close()
