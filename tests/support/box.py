"""A real box: `ideascube serve` in its own process, on free ports, with a data folder of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

_PREPARED = tempfile.TemporaryDirectory(prefix="ideascube-prepared-")
READER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


def request(
    url: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Answer:
    """One request as it is written, without following redirects or unpacking."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    with contextlib.closing(connection):
        target = url.split(parts.netloc, 1)[1] or "/"
        connection.request(method, target, body=body, headers=dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def ideascube(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [sys.executable, "-m", "ideascube", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(condition: Callable[[], Any], within: float = 15.0) -> Any:
    """What `condition` returns once it is true; its last failure if it never is."""
    until = time.monotonic() + within
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if result := condition():
                return result
        assert time.monotonic() < until, "it did not come true in time"
        time.sleep(0.1)


@dataclass
class Box:
    data: Path
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    content_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def packs(self) -> Path:
        return self.data / "packs"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def content_url(self) -> str:
        return f"http://127.0.0.1:{self.content_port}"

    @property
    def log(self) -> str:
        return (self.data / "log").read_text(errors="replace")

    def add(self, source: Path, name: str | None = None) -> None:
        """Put a copy of a ZIM file (and its further parts) into the store, as a person with a USB stick would."""
        self.packs.mkdir(parents=True, exist_ok=True)
        for part in sorted(source.parent.glob(f"{source.stem}.zim*")) if source.suffix == ".zimaa" else [source]:
            shutil.copyfile(part, self.packs / (name or part.name))

    def start(self) -> None:
        self.packs.mkdir(parents=True, exist_ok=True)
        self._is_started_again()
        command = [sys.executable, "-m", "ideascube", "serve", "--data", str(self.data), "--host", "127.0.0.1"]
        ports = ["--port", str(self.port), "--content-port", str(self.content_port)]
        with (self.data / "log").open("wb") as log:
            self.process = subprocess.Popen([*command, *ports, *self.options], stdout=log, stderr=log)
        eventually(lambda: self.get("/health").status == 200, within=60)
        self._keep_prepared()

    def _is_started_again(self) -> None:
        """What an earlier start prepared lies in its cache, so that hundreds of boxes need not prepare it each."""
        here, of_others = self.data / "cache" / "prepared", Path(_PREPARED.name, "kept")
        if of_others.exists() and not here.exists():
            shutil.copytree(of_others, here)

    def _keep_prepared(self) -> None:
        here, of_others = self.data / "cache" / "prepared", Path(_PREPARED.name, "kept")
        if here.exists() and not of_others.exists():
            shutil.copytree(here, of_others)

    def wait_for(self, pack_id: str) -> None:
        """Until every worker shows the pack."""
        self._wait_for(pack_id, 200)

    def wait_without(self, pack_id: str) -> None:
        """Until no worker shows the pack."""
        self._wait_for(pack_id, 404)

    def _wait_for(self, pack_id: str, status: int) -> None:
        """Often enough that each worker was asked: the kernel chooses which one answers."""
        address = f"/raw/{pack_id}/meta/Title"
        eventually(lambda: all(self.content(address, "HEAD").status == status for _ in range(20)))

    def get(self, path: str, **headers: str) -> Answer:
        return request(self.url + path, headers=_named(headers))

    def content(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return request(self.content_url + path, method, _named(headers))

    def read(self, path: str, **headers: str) -> Answer:
        """A page of a pack, as a reader's browser asks for it."""
        return request(self.content_url + path, headers=READER | _named(headers))

    def processes(self, name: str = "") -> list[psutil.Process]:
        """The box's processes whose name begins so: "web worker", "searcher", "jobs"."""
        assert self.process is not None
        return [child for child in psutil.Process(self.process.pid).children() if _name(child).startswith(name)]

    def stop(self) -> int:
        """Stop as systemd would; the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _name(process: psutil.Process) -> str:
    try:
        return str(process.name())
    except psutil.NoSuchProcess:
        return "gone"


@contextlib.contextmanager
def running_box(data: Path, *packs: Path, options: tuple[str, ...] = ()) -> Iterator[Box]:
    """A box that serves copies of `packs`, stopped at the end."""
    data.mkdir(parents=True, exist_ok=True)
    box = Box(data, options)
    for pack in packs:
        box.add(pack)
    box.start()
    try:
        yield box
    finally:
        if box.process is not None and box.process.poll() is None:
            box.stop()


def resident_memory(process: psutil.Process) -> int:
    """Bytes that this process alone holds (anonymous memory); files that the system can drop at any time left out."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    raise AssertionError(os.strerror(3))
