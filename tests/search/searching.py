"""Searchers in processes of their own, on a real socket: over a folder's packs or sources made for a test."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, save_library
from content_packs.store.scan import scan_store
from ideascube.search.asked import Asked, Effort
from ideascube.search.client import SearchClient
from ideascube.search.page_text import PageText
from ideascube.search.protocol import Hit, PackHits
from ideascube.search.searcher import run_searcher, serve_searches
from ideascube.settings import Settings
from ideascube.sockets import listen_unix


class SlowSource:
    """A pack with one page, found after so many seconds; `stuck`: in a way that only the system can end."""

    languages = ("en",)
    kind = "website"
    licence = ""

    def __init__(self, number: int, seconds: float) -> None:
        self.pack = f"pack{number}"
        self._seconds = seconds

    def likelihood(self, asked: Asked) -> float:
        return 1.0

    def note_shown(self, results: int) -> None:
        pass

    def search(self, asked: Asked, effort: Effort, count: int) -> PackHits:
        if effort is not Effort.WORDS:
            return PackHits(self.pack, self.languages, self.kind, (), effort=int(effort))
        time.sleep(self._seconds)
        title = f"{asked.text} in {self.pack}"
        return PackHits(self.pack, self.languages, self.kind, (Hit("page.html", title, "", 0),), 1)

    preparing = False

    def suggest(self, asked: Asked) -> PackHits:
        return self.search(asked, Effort.WORDS, 1)

    def page(self, path: str) -> PageText:
        return PageText(f"This page of {self.pack} is short.")


@dataclass
class Searchers:
    """Processes that answer at `path`; `client` asks them."""

    listener: socket.socket
    path: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def client(self, deadline: float = 20.0) -> SearchClient:
        return SearchClient(self.path, deadline)

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        number = self.listener.fileno()
        command = [sys.executable, "-m", "tests.search.searching", str(number), *map(str, arguments)]
        process = subprocess.Popen(command, pass_fds=[number], cwd=Path(__file__).parents[2])
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=30)


@contextlib.contextmanager
def listening(folder: Path, backlog: int = 8) -> Iterator[Searchers]:
    """A socket that searchers may be started on; they are stopped at the end."""
    with listen_unix(folder / "search", backlog) as listener:
        searchers = Searchers(listener, folder / "search")
        try:
            yield searchers
        finally:
            searchers.stop()


@contextlib.contextmanager
def searching_packs(root: Path, *packs: Path, searchers: int = 1) -> Iterator[Searchers]:
    """Searchers over a new data folder `root` with links to these packs."""
    fill_store(root, *packs)
    with listening(root) as started:
        for _ in range(searchers):
            started.start("packs", root)
        yield started


def fill_store(root: Path, *packs: Path) -> None:
    """Add packs to a data folder and write down what it holds, as the jobs process does."""
    data = DataFolder(root)
    data.create()
    for pack in packs:
        (data.packs / pack.name).symlink_to(pack)
    save_library(scan_store(data.packs, Library()), data.library_file)


def main(number: str, what: str, *arguments: str) -> None:
    with socket.socket(fileno=int(number)) as listener:
        if what == "packs":
            run_searcher(listener, Settings(DataFolder(Path(arguments[0]))))
        else:
            stuck, *delays = map(float, arguments)
            sources = [SlowSource(place, seconds) for place, seconds in enumerate(delays)]
            serve_searches(listener, lambda: sources, stuck=stuck)


if __name__ == "__main__":
    main(*sys.argv[1:])
