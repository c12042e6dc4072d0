"""Asking both servers as browsers do, and reading which pages they show."""

from __future__ import annotations

import html
import http.client
import json
import re
import sys
import time
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar
from urllib.parse import unquote, urlencode, urlsplit

from benchmarks.search.packs import Searched
from benchmarks.search.queries import Place
from benchmarks.servers import Ideascube, KiwixServe, data_folder, running
from content_packs.store.data_folder import DataFolder
from ideascube.indexing.state import load_state
from ideascube.indexing.words.listing import listed_packs

_KIWIX_RESULT = re.compile(r'<li>\s*<a href="([^"]+)">')
_PREPARED_WITHIN = 900.0  # seconds
_REFUSED = (429, 503)
_TRIES = 20
_TELL_EVERY = 500


Item = TypeVar("Item")
Got = TypeVar("Got")
OneClient = TypeVar("OneClient", bound="Client")


@dataclass(frozen=True, slots=True)
class Shown:
    """The first ten pages that a server showed, and after how many seconds. `partial`: packs were left out."""

    places: tuple[Place, ...]
    seconds: float
    partial: bool = False


class Client(ABC):
    """One phone with an address of its own, and a connection that it keeps. `number` counts from 1."""

    def __init__(self, address: str, number: int) -> None:
        source = (f"127.0.0.{number + 1}", 0)
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60, source_address=source)
        self.refused = 0

    @abstractmethod
    def search(self, pack: str, text: str, lang: str) -> Shown:
        """What is found in a pack by someone whose browser has this language."""

    def get(self, address: str, lang: str) -> tuple[str, float]:
        """What is answered, and after how many seconds; asked again where the server has no time."""
        for _ in range(_TRIES):
            began = time.monotonic()
            self._connection.request("GET", address, headers={"Accept-Language": lang or "en"})
            answer = self._connection.getresponse()
            body = answer.read().decode("utf-8", "replace")
            if answer.status not in _REFUSED:
                return body, time.monotonic() - began
            self.refused += 1
            time.sleep(0.5)
        raise TimeoutError(f"Nothing but refusals at {address}")


class Ours(Client):
    def search(self, pack: str, text: str, lang: str) -> Shown:
        """`pack` may be empty for all of them."""
        asked = {"format": "json", "q": text, "count": 10, **({"pack": pack} if pack else {})}
        body, seconds = self.get(f"/search?{urlencode(asked)}", lang)
        document = json.loads(body)
        places = tuple((result["pack"], _path(result["url"], "/content/")) for result in document["results"])
        return Shown(places, seconds, document["partial"])

    def suggest(self, text: str, lang: str) -> float:
        """Only after how many seconds."""
        return self.get(f"/suggest?{urlencode({'q': text})}", lang)[1]


class Kiwix(Client):
    def search(self, pack: str, text: str, lang: str) -> Shown:
        """`text` is asked for without its accents, which libzim 8.1 forgets (openzim/libzim#804) and later ones do."""
        parts = unicodedata.normalize("NFD", text)
        bare = "".join(letter for letter in parts if not unicodedata.category(letter).startswith("M"))
        return self.search_as_it_is(pack, unicodedata.normalize("NFC", bare), lang)

    def search_as_it_is(self, pack: str, text: str, lang: str) -> Shown:
        asked = {"content": pack, "pattern": text, "pageLength": 10}
        body, seconds = self.get(f"/search?{urlencode(asked)}", lang)
        return Shown(tuple((pack, _path(html.unescape(link), "/")) for link in _KIWIX_RESULT.findall(body)), seconds)


def asked_by(
    count: int, items: Sequence[Item], address: str, kind: type[OneClient], ask: Callable[[OneClient, Item], Got]
) -> list[Got]:
    """What `ask` gets for each item, in their order; `count` clients ask at the same time."""
    idle: SimpleQueue[OneClient] = SimpleQueue()
    for number in range(1, count + 1):
        idle.put(kind(address, number))

    def one(item: Item) -> Got:
        client = idle.get()
        try:
            return ask(client, item)
        finally:
            idle.put(client)

    with ThreadPoolExecutor(count) as threads:
        return [_told(got, number, len(items)) for number, got in enumerate(threads.map(one, items), 1)]


def _told(got: Got, number: int, total: int) -> Got:
    if number % _TELL_EVERY == 0:
        print(f"{number} of {total} asked", file=sys.stderr)
    return got


def _path(address: str, before: str) -> str:
    """The path within the pack. `before`: what stands before its id."""
    path = unquote(urlsplit(address).path)
    return path.partition(before)[2].partition("/")[2]


@contextmanager
def serving_ours(packs: Sequence[Path], work: Path) -> Iterator[str]:
    """The address of our server, once everything in these packs can be found."""
    data = DataFolder(data_folder(work / "data", packs))
    server = Ideascube(data.root)
    with running(server, [server.searches + "/health"]):
        wait_until_prepared(data, len(packs))
        yield server.searches


@contextmanager
def serving_kiwix(packs: Sequence[Searched]) -> Iterator[str]:
    server = KiwixServe([pack.kiwix for pack in packs if pack.kiwix])
    with running(server, [server.searches + "/"]):
        yield server.searches


def wait_until_prepared(data: DataFolder, packs: int) -> None:
    """Until all packs are indexed and their words listed. Raises TimeoutError."""
    patience = time.monotonic() + _PREPARED_WITHIN
    while time.monotonic() < patience:
        if len(listed_packs(data.word_list)) >= packs and not load_state(data.indexing_file).preparing:
            return
        time.sleep(0.2)
    raise TimeoutError(f"The packs were not ready for being searched within {_PREPARED_WITHIN:.0f} s")
