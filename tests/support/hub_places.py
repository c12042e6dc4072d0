"""Places where a hub may lie, run for tests: a folder, a bucket of an S3 server (moto, rclone), nginx with WebDAV."""

from __future__ import annotations

import contextlib
import getpass
import logging
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.shared import program

_CONFIGURATION = """
daemon off; master_process off; pid {work}/pid; error_log {work}/errors;
{user}
events {{ }}
http {{
    access_log off;
    client_body_temp_path {work}/1; proxy_temp_path {work}/2; fastcgi_temp_path {work}/3;
    uwsgi_temp_path {work}/4; scgi_temp_path {work}/5;
    default_type application/octet-stream;
    server {{
        listen 127.0.0.1:{port}; root {root};
        client_max_body_size 0; create_full_put_path on; dav_methods PUT DELETE MKCOL;
        auth_basic hub; auth_basic_user_file {work}/users;
        location /open/ {{ alias {root}/; auth_basic off; dav_methods off; }}
    }}
}}
"""
USER, PASSWORD = "publisher", "secret"


@contextlib.contextmanager
def webdav(root: Path, work: Path) -> Iterator[str]:
    """The address of nginx over `root`, written to by USER with PASSWORD; below /open/ anybody reads the same files."""
    nginx = program("nginx")
    work.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    user = "user root;" if getpass.getuser() == "root" else ""
    (work / "nginx.conf").write_text(_CONFIGURATION.format(work=work, root=root, port=port, user=user))
    (work / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    process = subprocess.Popen([nginx, "-e", str(work / "errors"), "-c", str(work / "nginx.conf")])
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def rclone_server(root: Path) -> Iterator[str]:
    """The address of an S3 server whose buckets are the folders in `root`, and whose objects are files."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [Path(sys.executable).with_name("rclone"), "serve", "s3", "--config", os.devnull, "--log-level", "ERROR"]
    process = subprocess.Popen([*command, "--addr", f"127.0.0.1:{port}", "--auth-key", "publisher,secret", root])
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def s3_server() -> Iterator[str]:
    """The address of an S3 server in memory."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


def bucket(server: str) -> str:
    """The address of a new, empty bucket, with all that is needed to use it."""
    import boto3

    name = f"hub-{secrets.token_hex(4)}"
    keys = {"aws_access_key_id": "publisher", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=server, **keys).create_bucket(Bucket=name)
    return f"s3://{name}/library?endpoint={server}&access_key_id=publisher&secret_access_key=secret"


def allow(keys: Path, url: str) -> None:
    """Let the data folder with this folder of keys write to the web server."""
    keys.mkdir(parents=True, exist_ok=True)
    (keys / "stores.yml").write_text(f"{url}: {{user: {USER}, password: {PASSWORD}}}\n")


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError(f"nothing answers at port {port}")
