"""The servers that are compared, each started afresh on free ports of this machine alone and stopped afterwards."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil

from benchmarks.load import BROWSER

HOST = "127.0.0.1"
READY_WITHIN = 60.0  # seconds
STOP_WITHIN = 20.0  # seconds
LOOKS = 8  # new connections in a row that must be answered, so that every process has been seen
RESULTS = 25


class NotReadyError(Exception):
    """A server that did not answer in time."""


class Server(ABC):
    """A running server. `articles` and `searches` are where its pages begin, such as `http://127.0.0.1:8080`."""

    articles: str
    searches: str
    result: re.Pattern[str]  # one result with a snippet, on a page of results

    def __init__(self, *command: str) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as the server runs
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)

    @abstractmethod
    def article(self, pack: str, path: str) -> str:
        """The address of an entry, without the host."""

    def search(self, pack: str, text: str) -> str:
        """The address of the first 25 results, without the host."""
        raise NotImplementedError

    def processes(self) -> list[psutil.Process]:
        parent = psutil.Process(self._process.pid)
        return [parent, *parent.children(recursive=True)]

    def wait_until_ready(self, addresses: Sequence[str]) -> None:
        """Raises NotReadyError where one of them is not answered with 200 on several connections in time."""
        patience = time.monotonic() + READY_WITHIN
        answered = 0
        while answered < LOOKS:
            answered = answered + 1 if all(status(address) == 200 for address in addresses) else 0
            if time.monotonic() > patience or self._process.poll() is not None:
                raise NotReadyError(f"{addresses} were not answered in time: {self._last_words()}")
            if not answered:
                time.sleep(0.05)

    def _last_words(self) -> str:
        self._log.seek(0)
        return self._log.read()[-1000:].decode("utf-8", "replace").strip()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class KiwixServe(Server):
    """Debian's kiwix-serve as it comes: its bar on pages, four threads."""

    result = re.compile(r"<cite>[^<]")

    def __init__(self, packs: Sequence[Path]) -> None:
        port = free_ports(1)[0]
        super().__init__("kiwix-serve", "-i", HOST, "-p", str(port), *map(str, packs))
        self.articles = self.searches = f"http://{HOST}:{port}"

    def article(self, pack: str, path: str) -> str:
        return f"/{pack}/{quote(path)}"

    def search(self, pack: str, text: str) -> str:
        return "/search?" + urlencode({"content": pack, "pattern": text, "pageLength": RESULTS})


class Ideascube(Server):
    """Our server over a data folder, with two workers. `cache_size` in MiB; without it, the default."""

    result = re.compile(r'</h3>\s*<p(?: lang="[^"]*")?>(?!\s*</p>)')

    def __init__(self, data: Path, cache_size: int | None = None) -> None:
        port, content_port = free_ports(2)
        options = ["--data", str(data), "--host", HOST, "--port", str(port), "--content-port", str(content_port)]
        options += ["--workers", "2", *(["--cache-size", str(cache_size)] if cache_size else [])]
        self.searches, self.articles = f"http://{HOST}:{port}", f"http://{HOST}:{content_port}"
        super().__init__(sys.executable, "-m", "ideascube", "serve", *options)

    def article(self, pack: str, path: str) -> str:
        return f"/content/{pack}/{quote(path)}"

    def search(self, pack: str, text: str) -> str:
        return "/search?" + urlencode({"pack": pack, "q": text, "count": RESULTS})


class Nginx(Server):
    """nginx that sends ready-made `.gz` files below `root`: as fast as it can be. Its files go into `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        port = free_ports(1)[0]
        configuration = folder / "nginx.conf"
        user = "user root;" if os.getuid() == 0 else ""  # as whoever measures, else it may not see the files
        configuration.write_text(_NGINX.format(user=user, folder=folder, root=root, host=HOST, port=port))
        super().__init__("nginx", "-e", f"{folder}/error.log", "-c", str(configuration))
        self.articles = self.searches = f"http://{HOST}:{port}"

    def article(self, pack: str, path: str) -> str:
        return f"/{pack}/{quote(path)}"


_NGINX = """
{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=10000;
    types {{ text/html html; }}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen {host}:{port}; root {root}; gzip_static always; }}
}}
"""


@contextlib.contextmanager
def running(server: Server, addresses: Sequence[str]) -> Iterator[Server]:
    """The server once it answers at these addresses; stopped at the end."""
    try:
        server.wait_until_ready(addresses)
        yield server
    finally:
        server.stop()


def data_folder(folder: Path, packs: Sequence[Path]) -> Path:
    """A data folder made anew at `folder` that holds `packs`."""
    shutil.rmtree(folder, ignore_errors=True)
    store = folder / "packs"
    store.mkdir(parents=True)
    for pack in packs:
        (store / pack.name).hardlink_to(pack)
    return folder


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]


def status(address: str) -> int:
    """The status of an answer to a browser, or 0 where there is none."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=BROWSER), timeout=10) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
