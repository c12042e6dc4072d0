"""How many people read on this box just now: the kernel's list of connections says whose phones hold one.

A browser keeps its connection a minute or so after its last page, so that this is who read in the last minute.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_LIMIT = 4 * 1024 * 1024  # bytes of a table
_ESTABLISHED, _LISTENING = "01", "0A"
_SSH, _DNS = 22, 53
# Loopback, as proc(5) writes it: words of four bytes, each in the machine's (little-endian) order.
_LOOPBACK = "00000000000000000000000001000000"


def count_readers(tables: Iterable[Path] = _TABLES) -> int:
    """Different addresses that hold a connection to a server of this machine, other than SSH and DNS."""
    lines = [line for table in tables for line in _lines(table)]
    serving = {port for _, port, _, state in lines if state == _LISTENING} - {_SSH, _DNS}
    return len({peer for _, port, peer, state in lines if state == _ESTABLISHED and port in serving and _is_far(peer)})


def _lines(table: Path) -> Iterator[tuple[str, int, str, str]]:
    """Local address and port, the peer's address, and the state, of each connection."""
    with contextlib.suppress(OSError), table.open() as file:
        for line in file.read(_LIMIT).splitlines()[1:]:
            with contextlib.suppress(ValueError, IndexError):
                _, local, peer, state = line.split()[:4]
                address, port = local.split(":")
                yield address, int(port, 16), _without_port(peer), state


def _without_port(peer: str) -> str:
    """The address; one of IPv4 that a socket of IPv6 serves as plain IPv4, so that a phone counts once."""
    return peer.split(":")[0].removeprefix("0000000000000000FFFF0000")


def _is_far(peer: str) -> bool:
    return not peer.endswith("7F" if len(peer) == 8 else _LOOPBACK)
