"""A connection between a phone and a box that breaks when a test wants it: a proxy of bytes, whatever they say."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

_PIECE = 16 * 1024  # bytes


@dataclass
class CutLine:
    """`sent`: bytes that the phone sent so far, `answered` those that came back; `cuts`: how often the line broke.

    `piece`: how many bytes pass at a time, so that a cut comes at most so many too late.
    """

    port: int
    box_port: int
    piece: int = _PIECE
    sent: int = 0
    answered: int = 0
    cuts: int = 0
    _next: list[int] = field(default_factory=list)
    _phones: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut_after(self, *sizes: int) -> None:
        """Break all connections once the phone has sent so many bytes more, for each of them one after the other; new
        connections are let through again.
        """
        with self._lock:
            self._next = [self.sent + sum(sizes[: number + 1]) for number in range(len(sizes))]

    def serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _ = listener.accept()
                box = socket.create_connection(("127.0.0.1", self.box_port))
                with self._lock:
                    self._phones.add(phone)
                for end in (phone, box):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for source, target in ((phone, box), (box, phone)):
                    threading.Thread(target=self._pass_on, args=(source, target, source is phone), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_phone: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(self.piece):
                target.sendall(piece)
                if is_phone:
                    self._count(len(piece))
                else:
                    self.answered += len(piece)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)  # the box still gets what was on its way
        if not is_phone:
            self._close({source, target})

    def _count(self, size: int) -> None:
        with self._lock:
            self.sent += size
            is_due = bool(self._next) and self.sent >= self._next[0]
            if is_due:
                self._next.pop(0)
                self.cuts += 1
        if is_due:
            self._close(set(self._phones))

    def _close(self, lines: set[socket.socket]) -> None:
        for line in lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        with self._lock:
            self._phones -= lines


@contextlib.contextmanager
def cut_line(box_port: int, piece: int = _PIECE) -> Iterator[CutLine]:
    """A line to the box on this port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line = CutLine(listener.getsockname()[1], box_port, piece)
        threading.Thread(target=line.serve, args=(listener,), daemon=True).start()
        yield line
        listener.shutdown(socket.SHUT_RDWR)
