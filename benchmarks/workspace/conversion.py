"""What readers notice of a conversion: how long articles take with one and without, on the same running server.

Each round starts the server afresh over two packs of real texts. First nothing is converted, then a film that takes
longer than the run; both are asked for the same articles. Rounds take turns in which comes first.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.load import LoadError, run
from benchmarks.packs import CORPORA, fetched, text_pack
from benchmarks.servers import Ideascube, data_folder, running
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import box_database, transaction
from ideascube.box_media.store import examine, take_in

CONNECTIONS = (1, 4, 16)  # a single reader; a class; as many as keep both processors busy all the time
FILM_SECONDS = 240
_WALK = 5000  # articles of one list
_WAIT = 60.0  # seconds for the conversion to begin


class Pair(NamedTuple):
    """The 99th percentile in seconds, without a conversion and with one; and the medians."""

    without: float
    with_one: float
    median_without: float
    median_with: float

    @property
    def ratio(self) -> float:
        return self.with_one / self.without


def measure_conversion(cache: Path, work: Path, rounds: int, seconds: float) -> str:
    """A table of the 99th percentiles, the minimum and the median of the rounds."""
    packs = [text_pack(corpus, fetched(corpus, cache), cache) for corpus in CORPORA]
    pages = _pages(cache)
    film = _film(cache)
    pairs: dict[int, list[Pair]] = {connections: [] for connections in CONNECTIONS}
    for number in range(rounds):
        for connections in CONNECTIONS:
            pairs[connections].append(_round(packs, pages, film, work, (number, connections, seconds)))
    return _table(pairs)


def _round(packs: Sequence[Path], pages: Sequence[str], film: Path, work: Path, how: tuple[int, int, float]) -> Pair:
    number, connections, seconds = how
    data = data_folder(work / "data", packs)
    server = Ideascube(data)
    lines = work / "articles.txt"
    lines.write_text("\n".join(random.Random(number).choices(pages, k=_WALK)) + "\n")
    with running(server, [server.articles + pages[0]]):
        run(server.articles, lines, seconds=seconds, connections=connections)  # so that both find the same caches
        without = run(server.articles, lines, seconds=seconds, connections=connections)
        _begin_conversion(server, DataFolder(data), film)
        with_one = run(server.articles, lines, seconds=seconds, connections=connections)
        if not _converters(server):
            raise LoadError("The film was ready before the run was: take a longer one.")
    return Pair(without.p99, with_one.p99, without.median, with_one.median)


def _pages(cache: Path) -> list[str]:
    found = []
    for corpus in CORPORA:
        folder = fetched(corpus, cache)
        paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
        found += [f"/content/{corpus.id}/{path}" for path in paths if " " not in path]
    return found


def _film(cache: Path) -> Path:
    """Noise over a moving picture, which takes the encoder long."""
    film = cache / "long-film.avi"
    if not film.exists():
        part = cache / "long-film.part.avi"
        source = ["-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25,noise=alls=20:allf=t"]
        command = ["ffmpeg", "-v", "error", "-y", *source, "-t", str(FILM_SECONDS), "-c:v", "mpeg4", "-q:v", "6", part]
        subprocess.run(command, check=True)
        part.rename(film)
    return film


def _begin_conversion(server: Ideascube, data: DataFolder, film: Path) -> None:
    received = data.media / "film.part"
    shutil.copyfile(film, received)
    arrived = examine(received, film.name)
    with box_database(data.root / "box.db") as connection, transaction(connection):
        take_in(connection, data, received, arrived, 1)
    received.unlink()
    patience = time.monotonic() + _WAIT
    while not _converters(server):
        if time.monotonic() > patience:
            raise LoadError("The conversion did not begin.")
        time.sleep(0.2)
    time.sleep(1)


def _converters(server: Ideascube) -> list[psutil.Process]:
    return [process for process in server.processes() if process.name() == "ffmpeg"]


def _table(pairs: dict[int, list[Pair]]) -> str:
    rows = [
        "| readers at once | p99 without, ms | p99 with, ms | ratio: least, median | median without | median with |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for connections, found in pairs.items():
        ratios = [pair.ratio for pair in found]
        cells = [_ms(found, name) for name in ("without", "with_one")]
        medians = [_ms(found, name) for name in ("median_without", "median_with")]
        ratio = f"{min(ratios):.2f}, {statistics.median(ratios):.2f}"
        rows.append(f"| {connections} | " + " | ".join([*cells, ratio, *medians]) + " |")
    return "\n".join(rows)


def _ms(pairs: Sequence[Pair], name: str) -> str:
    """The median of the rounds, in milliseconds."""
    return f"{1000 * statistics.median(getattr(pair, name) for pair in pairs):.1f}"
