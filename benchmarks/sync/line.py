"""A link as boxes have it: slow, late, cut now and then. It carries connections to servers of this machine and counts.

Time is compressed: the rate is `FASTER` times that of the link, latencies and pauses are so many times shorter. Cuts
come after so many bytes as the link carries in that time, so that as much goes over it between two cuts as in the
field. Bytes are those of the connections, without the headers of TCP and IP: some 3 %, for everybody.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.servers import HOST

FASTER = 64
_PACKET = 1400  # bytes that are handed on at once
_BUFFER = 8192  # bytes that the systems on both sides may keep on the way
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: what is on its way is lost, as at a real cut


@dataclass(frozen=True, slots=True)
class Terms:
    """What a link is like: bytes a second; seconds of latency one way, from cut to cut on average, and of a cut."""

    rate: float = 8000
    latency: float = 0.3
    between_cuts: float | None = 180
    pause: float = 10


@dataclass(slots=True)
class Traffic:
    """What went over the link. `busy`: seconds in which something was on its way, or the link was cut."""

    down: int = 0
    up: int = 0
    connections: int = 0
    cuts: int = 0
    busy: float = 0
    _until: float = field(default=0, repr=False)

    @property
    def bytes(self) -> int:
        return self.down + self.up

    def occupy(self, now: float, until: float) -> None:
        """The link is busy from `now` on, at least till `until`."""
        self.busy += max(0.0, until - max(now, self._until))
        self._until = max(self._until, until)


class Line:
    """The link, once for all servers behind it. To be used through `open_line`."""

    def __init__(self, terms: Terms, seed: int) -> None:
        self.traffic = Traffic()
        self._terms = terms
        self._chance = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._free = {"down": 0.0, "up": 0.0}
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._cut_until = 0.0
        self._is_wide = False
        self._next_cut = self._draw_cut()

    def run(self) -> None:
        """In a thread of its own, until `stop`."""
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        for task in self._tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
        self._loop.close()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    @contextlib.contextmanager
    def wide(self) -> Iterator[None]:
        """For preparations: what goes over the link in the block takes no time and is not counted."""
        self._is_wide = True
        yield
        self._is_wide = False

    def to(self, port: int, host: str = HOST) -> int:
        """The port at which the server at `port` is reached over the link; `host`: at which address of this machine."""
        return asyncio.run_coroutine_threadsafe(self._listen(port, host), self._loop).result(10)

    async def _listen(self, port: int, host: str) -> int:
        server = await asyncio.start_server(lambda *ends: self._accept(port, *ends), host, 0, limit=_BUFFER)
        return int(server.sockets[0].getsockname()[1])

    async def _accept(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if self._now() < self._cut_until:
                _reset(writer)
            else:
                await self._carry(port, reader, writer)
        except asyncio.CancelledError:
            _reset(writer)  # the end of the link
        finally:
            self._tasks.discard(task)

    async def _carry(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._is_wide:
            self.traffic.connections += 1
            await self._wait(2 * self._latency)  # until both sides have heard of one another
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection(sock=_connected(port), limit=_BUFFER)
            self._open |= {writer, far_writer}
            await asyncio.gather(
                self._pump(reader, far_writer, "up"), self._pump(far_reader, writer, "down"), return_exceptions=True
            )
            self._open -= {writer, far_writer}
            for end in (writer, far_writer):
                end.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str) -> None:
        arriving: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue(64)
        delivery = asyncio.create_task(_deliver(arriving, writer, self._loop))
        before = self.traffic.cuts
        try:
            while (packet := await reader.read(_PACKET)) and before == self.traffic.cuts:
                await arriving.put((await self._sent(packet, way), packet))
        finally:
            if writer.transport.is_closing():
                delivery.cancel()
            else:
                await arriving.put(None)
            await asyncio.wait([delivery])

    async def _sent(self, packet: bytes, way: str) -> float:
        """When the packet arrives, once it is on its way. One direction after the other is free."""
        now = self._now()
        if self._is_wide:
            return now
        sent = self._free[way] = max(now, self._free[way]) + len(packet) / (self._terms.rate * FASTER)
        self.traffic.occupy(now, sent + self._latency)
        if sent - now > 0.002:  # less than a timer is good for
            await asyncio.sleep(sent - now)
        self._count(len(packet), way)
        return sent + self._latency

    def _count(self, amount: int, way: str) -> None:
        setattr(self.traffic, way, getattr(self.traffic, way) + amount)
        if self._next_cut is not None and self.traffic.bytes >= self._next_cut:
            self._cut()

    def _cut(self) -> None:
        self.traffic.cuts += 1
        self._next_cut = self._draw_cut()
        self._cut_until = self._now() + self._terms.pause / FASTER
        self.traffic.occupy(self._now(), self._cut_until)
        for end in self._open:
            _reset(end)
        self._open.clear()

    def _draw_cut(self) -> float | None:
        if self._terms.between_cuts is None:
            return None
        return self.traffic.bytes + self._chance.expovariate(1 / (self._terms.between_cuts * self._terms.rate))

    async def _wait(self, seconds: float) -> None:
        self.traffic.occupy(self._now(), self._now() + seconds)
        await asyncio.sleep(seconds)

    @property
    def _latency(self) -> float:
        return self._terms.latency / FASTER

    def _now(self) -> float:
        return self._loop.time()


async def _deliver(
    arriving: asyncio.Queue[tuple[float, bytes] | None], writer: asyncio.StreamWriter, loop: asyncio.AbstractEventLoop
) -> None:
    """Hand each packet over at its time; at the end say that no more comes."""
    while (each := await arriving.get()) is not None and not writer.transport.is_closing():
        at, packet = each
        if at > loop.time():
            await asyncio.sleep(at - loop.time())
        with contextlib.suppress(OSError):
            writer.write(packet)
            await writer.drain()
    if not writer.transport.is_closing():
        writer.write_eof()


def _connected(port: int) -> socket.socket:
    """With small buffers: what the sender believes sent has mostly gone over the link."""
    far = socket.socket()
    far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    far.connect((HOST, port))
    far.setblocking(False)
    return far


def _reset(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, AttributeError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


@contextlib.contextmanager
def open_line(terms: Terms, seed: int) -> Iterator[Line]:
    """A link that is there until the end of the block."""
    line = Line(terms, seed)
    thread = threading.Thread(target=line.run)
    thread.start()
    try:
        yield line
    finally:
        line.stop()
        thread.join()


@dataclass(frozen=True, slots=True)
class Span:
    """How long something took: `wall` seconds here, of which the link was busy for `busy`."""

    wall: float
    busy: float

    @property
    def in_the_field(self) -> float:
        """Seconds that it takes there: the link is slower, the machine is not."""
        return self.busy * FASTER + max(0.0, self.wall - self.busy)


@contextlib.contextmanager
def timed(line: Line) -> Iterator[list[Span]]:
    """One Span is in the list at the end of the block."""
    spans: list[Span] = []
    begun, busy = time.monotonic(), line.traffic.busy
    yield spans
    spans.append(Span(time.monotonic() - begun, line.traffic.busy - busy))
