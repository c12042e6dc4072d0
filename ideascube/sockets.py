"""The sockets that the supervisor opens before it starts anyone, and how a request is read from one."""

from __future__ import annotations

import errno
import resource
import socket
from pathlib import Path

from content_packs.errors import BadInput, NotAllowed

_BACKLOG = 2048  # connections that may wait for one worker
_OPEN_FILES = 65_536


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """`count` sockets on the same address, among which the kernel shares new connections (SO_REUSEPORT, socket(7)).

    Raises BadInput where the address cannot be had.
    """
    try:
        _bound(host, port, shared=False).close()  # fails where another program, or another box, has the port
        return [_listening(_bound(host, port, shared=True)) for _ in range(count)]
    except socket.gaierror as error:
        raise BadInput(f"“{host}” is not an address of this machine: {error.strerror}.") from error
    except OSError as error:
        raise _explained(error, host, port) from error


def _bound(host: str, port: int, *, shared: bool) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind, protocol)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


def _listening(bound: socket.socket) -> socket.socket:
    bound.listen(_BACKLOG)
    bound.setblocking(False)
    return bound


def _explained(error: OSError, host: str, port: int) -> BadInput | NotAllowed:
    if error.errno == errno.EADDRINUSE:
        return BadInput(f"Port {port} is taken by another program: stop it, or choose another port.")
    if error.errno == errno.EACCES:
        return NotAllowed(f"Port {port} is only for the administrator: choose one above 1023.")
    return BadInput(f"Address {host} port {port} cannot be used: {error.strerror}.")


def listen_unix(path: Path, backlog: int) -> socket.socket:
    """A socket at `path` at which at most about `backlog` requests wait; what lay there before is removed."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    path.chmod(0o600)
    listener.listen(backlog)
    return listener


def allow_many_open_files() -> None:
    """Raise this process's bound on open files and connections as far as the system lets it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if most == resource.RLIM_INFINITY else min(most, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def read_line(connection: socket.socket, most: int) -> bytes:
    """What was sent, up to the end of a line. Raises ValueError where none comes within `most` bytes, or OSError."""
    line = b""
    while not line.endswith(b"\n"):
        received = connection.recv(most)
        line += received
        if not received or len(line) > most:
            raise ValueError("No request came")
    return line
