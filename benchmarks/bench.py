"""What all rows of the table share: the packs, how long to measure, and the lists of addresses for wrk."""

from __future__ import annotations

import gzip
import http.client
import json
import random
import re
import urllib.request
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.load import BROWSER
from benchmarks.packs import FILM_SIZE, Packs
from benchmarks.servers import RESULTS, Ideascube, KiwixServe, Server, data_folder, running

MIB = 1024 * 1024
CONNECTIONS = 16  # as many phones as ask at the same moment
WALK_LENGTH = 20_000  # addresses of one list
ZIPF_EXPONENT = 1.0
QUERIES = 40
_WORD = re.compile(r"[A-Za-z]{4,}")

Page = tuple[str, str]


@dataclass(slots=True)
class Bench:
    """`seconds` is how long one run of wrk goes on; `cache` keeps packs between calls, `work` what one call needs."""

    packs: Packs
    cache: Path
    work: Path
    seconds: float
    random: random.Random = field(default_factory=lambda: random.Random(20261123))

    # Servers

    def kiwix(self) -> KiwixServe:
        return KiwixServe([*self.packs.texts, self.packs.film])

    def ideascube(self, cache_size: int | None = None) -> Ideascube:
        """Over a new data folder with the same packs."""
        return Ideascube(data_folder(self.work / "data", [*self.packs.texts, self.packs.film]), cache_size)

    def both(self, cache_size: int | None = None) -> Iterable[Server]:
        """Ours, then kiwix-serve: each is started when it is its turn."""
        yield self.ideascube(cache_size)
        yield self.kiwix()

    def first_pages(self, server: Server) -> list[str]:
        """One page of each of the two packs."""
        first = dict(reversed(self.packs.pages))
        return [server.articles + server.article(*page) for page in first.items()]

    # Lists of addresses

    def lines(self, name: str, lines: Sequence[str]) -> Path:
        path = self.work / f"{name}.txt"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    def articles(self, server: Server, pages: Sequence[Page]) -> Path:
        return self.lines("articles", [server.article(*page) for page in pages])

    def searches(self, server: Server, queries: Sequence[Page]) -> Path:
        return self.lines("searches", [server.search(*query) for query in queries])

    def film_ranges(self, server: Server) -> Path:
        address = server.article("film", "film.webm")
        starts = [self.random.randrange(FILM_SIZE - MIB) for _ in range(1000)]
        return self.lines("film", [f"{address}\tbytes={start}-{start + MIB - 1}" for start in starts])

    # Choices, the same for both servers of a round

    def random_pages(self) -> list[Page]:
        return self.random.choices(self.packs.pages, k=WALK_LENGTH)

    def shuffled_pages(self) -> list[Page]:
        return self.random.sample(self.packs.pages, len(self.packs.pages))

    def zipf_pages(self) -> list[Page]:
        """The page of rank r is asked for in proportion to 1/r."""
        weights = [1 / rank**ZIPF_EXPONENT for rank in range(1, len(self.packs.pages) + 1)]
        return self.random.choices(self.shuffled_pages(), weights, k=3 * WALK_LENGTH)

    # Searches

    def words(self, pack: str) -> list[str]:
        """ASCII words of the pack's titles: Debian's kiwix-serve finds accents badly in indexes of a newer libzim."""
        found = {word.lower() for title in self.packs.titles[pack] for word in _WORD.findall(title)}
        return sorted(found)

    def many_queries(self) -> list[Page]:
        """Two words each, hardly ever the same two."""
        return [
            (pack, " ".join(self.random.sample(self.words(pack), 2)))
            for pack in self.random.choices(list(self.packs.titles), k=WALK_LENGTH // 4)
        ]

    def full_queries(self) -> list[Page]:
        """Words for which both servers show 25 results; looked for once and kept."""
        kept = self.cache / "queries.json"
        if not kept.exists():
            kept.write_text(json.dumps(self._find_full_queries()))
        return [(pack, word) for pack, word in json.loads(kept.read_text())]

    def _find_full_queries(self) -> list[Page]:
        ours, kiwix = self.ideascube(), self.kiwix()
        with running(ours, self.first_pages(ours)), running(kiwix, self.first_pages(kiwix)):
            found: list[Page] = []
            for pack in self.packs.titles:
                words = random.Random(1).sample(self.words(pack), len(self.words(pack)))
                full = (
                    (pack, word)
                    for word in words
                    if all(shown_results(one, pack, word) == RESULTS for one in (ours, kiwix))
                )
                found += [query for query, _ in zip(full, range(QUERIES // 2), strict=False)]
            return found

    # What nginx sends

    def ready_made(self) -> tuple[Path, int]:
        """A folder with every article as `.gz`, as our server sends it, and their size together in bytes."""
        folder = self.cache / "ready-made"
        if not (folder / "done").exists():
            ours = self.ideascube()
            with running(ours, self.first_pages(ours)):
                self._fetch_all(ours, folder)
            (folder / "done").touch()
        return folder, sum(path.stat().st_size for path in folder.rglob("*.gz"))

    def _fetch_all(self, server: Server, folder: Path) -> None:
        connection = http.client.HTTPConnection(urlsplit(server.articles).netloc, timeout=30)
        for pack, path in self.packs.pages:
            connection.request("GET", server.article(pack, path), headers=BROWSER)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 200, f"{path}: {answer.status}"
            target = folder / pack / f"{path}.gz"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body if answer.headers["Content-Encoding"] == "gzip" else gzip.compress(body))


def shown_results(server: Server, pack: str, text: str) -> int:
    """How many results the server shows with a snippet."""
    request = urllib.request.Request(server.searches + server.search(pack, text))
    with urllib.request.urlopen(request, timeout=30) as answer:
        return len(server.result.findall(answer.read().decode()))
