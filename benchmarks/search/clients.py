"""Asking both servers as browsers do, and reading which pages they show."""

from __future__ import annotations

import contextlib
import html
import http.client
import json
import re
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

from benchmarks.search.packs import Searched
from benchmarks.search.queries import Place
from benchmarks.servers import Ideascube, KiwixServe, data_folder, running

_KIWIX_RESULT = re.compile(r'<li>\s*<a href="([^"]+)">')
_PREPARED_WITHIN = 900.0  # seconds
_REFUSED = (429, 503)
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """The first ten pages that a server showed, and after how many seconds. `partial`: packs were left out."""

    places: tuple[Place, ...]
    seconds: float
    partial: bool = False


class Client:
    """One phone with an address of its own, and a connection that it keeps. `number` counts from 1."""

    def __init__(self, address: str, number: int) -> None:
        source = (f"127.0.0.{number + 1}", 0)
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60, source_address=source)
        self.refused = 0

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
        asked = {"content": pack, "pattern": text, "pageLength": 10}
        body, seconds = self.get(f"/search?{urlencode(asked)}", lang)
        return Shown(tuple((pack, _path(html.unescape(link), "/")) for link in _KIWIX_RESULT.findall(body)), seconds)


def _path(address: str, before: str) -> str:
    """The path within the pack. `before`: what stands before its id."""
    path = unquote(urlsplit(address).path)
    return path.partition(before)[2].partition("/")[2]


@contextmanager
def serving_ours(packs: Sequence[Path], work: Path) -> Iterator[str]:
    """The address of our server, once everything in these packs can be found."""
    server = Ideascube(data_folder(work / "data", packs))
    with running(server, [server.searches + "/health"]):
        wait_until_prepared(server.searches, len(packs))
        yield server.searches


@contextmanager
def serving_kiwix(packs: Sequence[Searched]) -> Iterator[str]:
    server = KiwixServe([pack.kiwix for pack in packs if pack.kiwix])
    with running(server, [server.searches + "/"]):
        yield server.searches


def wait_until_prepared(address: str, packs: int) -> None:
    """Until all packs are shown and nothing is being indexed any more. Raises TimeoutError."""
    patience = time.monotonic() + _PREPARED_WITHIN
    while time.monotonic() < patience:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/health", timeout=10) as answer:
            state = json.loads(answer.read())
            if state["packs"] == packs and not _indexing(state):
                return
        time.sleep(0.5)
    raise TimeoutError(f"The packs were not ready for being searched within {_PREPARED_WITHIN:.0f} s")


def _indexing(state: dict[str, object]) -> bool:
    return bool(state.get("indexing"))
