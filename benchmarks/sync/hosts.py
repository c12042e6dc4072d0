"""The servers at the far end of the link: nginx with ranges and PUT, and rsync's daemon, both over one folder."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import HOST, NotReadyError, free_ports

_READY_WITHIN = 10.0  # seconds
_STOP_WITHIN = 10.0  # seconds

_NGINX = """
{user}
daemon off;
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    client_max_body_size 0;
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
    server {{
        listen {host}:{port};
        root {root};
        location / {{ dav_methods PUT DELETE; create_full_put_path on; }}
    }}
}}
"""
_RSYNC = """
use chroot = no
{user}
pid file = {work}/rsyncd.pid
lock file = {work}/rsyncd.lock
[far]
path = {root}
read only = no
"""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The folder that they serve, and their ports on this machine."""

    root: Path
    web: int
    rsync: int


@contextlib.contextmanager
def hosts(work: Path) -> Iterator[Hosts]:
    """Both running, over a new folder below `work`. Raises NotReadyError."""
    root = work / "far"
    root.mkdir(parents=True)
    web, rsync = free_ports(2)
    is_root = os.getuid() == 0
    nginx, rsyncd = work / "nginx.conf", work / "rsyncd.conf"
    user = "user root;" if is_root else ""
    nginx.write_text(_NGINX.format(user=user, work=work, host=HOST, port=web, root=root))
    rsyncd.write_text(_RSYNC.format(user="uid = root\ngid = root" if is_root else "", work=work, root=root))
    daemon = ["rsync", "--daemon", "--no-detach", f"--config={rsyncd}", f"--port={rsync}", f"--address={HOST}"]
    with _running(["nginx", "-e", f"{work}/error.log", "-c", str(nginx)], web), _running(daemon, rsync):
        yield Hosts(root, web, rsync)


@contextlib.contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(process, port, command[0])
        yield
    finally:
        process.terminate()
        try:
            process.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int, name: str) -> None:
    patience = time.monotonic() + _READY_WITHIN
    while time.monotonic() < patience and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.05)
    raise NotReadyError(f"{name} does not answer at port {port}")
