"""Asking both servers as a browser does, and reading which pages they show."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

from benchmarks.search.packs import Searched
from benchmarks.servers import Ideascube, KiwixServe, data_folder, running
from content_packs.store.data_folder import DataFolder
from ideascube.indexing.state import load_state
from ideascube.indexing.words.listing import listed_packs

_KIWIX_RESULT = re.compile(r'<li>\s*<a href="([^"]+)"')
_PREPARED_WITHIN = 600.0  # seconds

Found = tuple[str, str]  # pack, path


class Client:
    """One phone: a connection that is kept. `search` gives pack and path of the first ten pages."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)

    def get(self, address: str) -> str:
        self._connection.request("GET", address, headers={"Accept-Language": "en"})
        answer = self._connection.getresponse()
        return answer.read().decode("utf-8", "replace")


def ours(client: Client, pack: str, text: str) -> list[Found]:
    """`pack` may be empty for all of them."""
    asked = {"format": "json", "q": text, "count": 10, **({"pack": pack} if pack else {})}
    document = json.loads(client.get(f"/search?{urlencode(asked)}"))
    return [(result["pack"], _path(result["url"])) for result in document["results"]]


def kiwix(client: Client, pack: str, text: str) -> list[Found]:
    page = client.get("/search?" + urlencode({"content": pack, "pattern": text, "pageLength": 10}))
    return [(pack, _kiwix_path(pack, link)) for link in _KIWIX_RESULT.findall(page)]


def _path(address: str) -> str:
    return unquote(urlsplit(address).path).partition("/content/")[2].partition("/")[2]


def _kiwix_path(pack: str, link: str) -> str:
    path = unquote(urlsplit(link.replace("&amp;", "&")).path)
    return path.partition(f"/{pack}/")[2]


class Clients(threading.local):
    """A client of its own for each thread."""

    def __init__(self, address: str) -> None:
        self.client = Client(address)


@contextmanager
def serving_ours(packs: Sequence[Searched | Path], work: Path) -> Iterator[str]:
    """The address of our server, once everything in these packs can be found."""
    files = [pack if isinstance(pack, Path) else pack.ours for pack in packs]
    data = DataFolder(data_folder(work / "data", files))
    server = Ideascube(data.root)
    with running(server, [server.searches + "/health"]):
        _wait_until_prepared(data, len(files))
        yield server.searches


@contextmanager
def serving_kiwix(packs: Sequence[Searched]) -> Iterator[str]:
    server = KiwixServe([pack.kiwix for pack in packs if pack.kiwix])
    with running(server, [server.searches + "/"]):
        yield server.searches


def _wait_until_prepared(data: DataFolder, packs: int) -> None:
    """Until all packs are indexed and their words listed. Raises TimeoutError."""
    patience = time.monotonic() + _PREPARED_WITHIN
    while time.monotonic() < patience:
        if len(listed_packs(data.word_list)) >= packs and not load_state(data.indexing_file).preparing:
            return
        time.sleep(0.5)
    raise TimeoutError(f"The packs were not ready for being searched within {_PREPARED_WITHIN:.0f} s")
