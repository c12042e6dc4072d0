"""The link over which syncs are measured: it counts what goes over it, and cuts it where it says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.sync.line import FASTER, Line, Span, Terms, open_line

HOST = "127.0.0.1"
SENT = bytes(range(256)) * 400


@contextmanager
def echoing() -> Iterator[int]:
    """A server that reads 4 bytes and answers with SENT; its port."""
    with socket.create_server((HOST, 0)) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    client.recv(4)
                    try:
                        client.sendall(SENT)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def asked(line: Line, port: int) -> bytes:
    """What comes back over the link, until it ends or is cut."""
    got = b""
    with socket.create_connection((HOST, line.to(port)), 10) as client:
        client.sendall(b"give")
        try:
            while more := client.recv(65536):
                got += more
        except ConnectionResetError:
            pass
    return got


def test_bytes_go_over_it_unchanged_and_are_counted_both_ways():
    with echoing() as port, open_line(Terms(between_cuts=None), seed=1) as line:
        got = asked(line, port)

    assert SENT == got
    assert (len(SENT), 4, 1, 0) == (
        line.traffic.down, line.traffic.up, line.traffic.connections, line.traffic.cuts
    )  # fmt: skip
    assert line.traffic.busy >= len(SENT) / (Terms().rate * FASTER)


def test_a_cut_ends_what_is_under_way_and_only_what_was_on_its_way_is_lost():
    with echoing() as port, open_line(Terms(between_cuts=1, pause=0), seed=3) as line:
        got = asked(line, port)

    assert 1 <= line.traffic.cuts
    assert SENT.startswith(got) and len(got) < len(SENT)
    assert line.traffic.down - len(got) < 10_000


def test_what_prepares_a_measurement_is_not_counted():
    with echoing() as port, open_line(Terms(), seed=1) as line, line.wide():
        got = asked(line, port)

    assert SENT == got
    assert (0, 0) == (line.traffic.bytes, line.traffic.connections)


def test_time_of_the_link_is_stretched_and_that_of_the_program_is_not():
    assert FASTER * 2 + 1 == Span(wall=3, busy=2).in_the_field
