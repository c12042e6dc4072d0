"""A real web server over a folder: Debian's nginx, with ranges, ETags and dates as everybody serves them."""

from __future__ import annotations

import contextlib
import getpass
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.shared import program

_CONFIGURATION = """
daemon off; master_process off; pid {work}/pid; error_log {work}/errors;
{user}
events {{ }}
http {{
    access_log {work}/requests;
    client_body_temp_path {work}/1; proxy_temp_path {work}/2; fastcgi_temp_path {work}/3;
    uwsgi_temp_path {work}/4; scgi_temp_path {work}/5;
    default_type application/octet-stream;
    sendfile on; tcp_nopush on;
    server {{
        listen 127.0.0.1:{port}; root {root};
        location /moved/ {{ rewrite ^/moved/(.*)$ /$1 redirect; }}
    }}
}}
"""


@contextlib.contextmanager
def web_files(root: Path, work: Path) -> Iterator[int]:
    """Serve the files below `root`; gives the port. What is asked for below /moved/ leads there as well.

    `work`: a folder for what the server itself writes.
    """
    nginx = program("nginx")
    work.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    configuration = work / "nginx.conf"
    user = f"user {getpass.getuser()};" if getpass.getuser() == "root" else ""
    configuration.write_text(_CONFIGURATION.format(work=work, port=port, root=root, user=user))
    process = subprocess.Popen([nginx, "-e", str(work / "errors"), "-c", str(configuration)])
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError("nginx did not start")
