"""The rows of the table: for each kind of work what is to be reached, and how one round of it is measured."""

from __future__ import annotations

import contextlib
import json
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from benchmarks.bench import CONNECTIONS, MIB, Bench, Page, shown_results
from benchmarks.building import building
from benchmarks.layered import layered
from benchmarks.load import Load, LoadError, run, start
from benchmarks.sample import Sample
from benchmarks.servers import RESULTS, Ideascube, Nginx, Server, data_folder, running
from ideascube.web.page_cache import PAGE_OVERHEAD

PAGES_SHARE = 0.75  # of our cache at most is for pages; the rest for clusters (see create_apps)
WORKERS = 2
SEARCHING = 8  # clients that search without pause
ONCE_WITHIN = 120  # seconds
WARM_SEEN = 3  # until each worker of ours, which gets a share of the requests, has seen all pages
FILM_CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """`bound` is for the ratio, or for our own figure where there is nothing to compare with."""

    name: str
    work: str
    unit: str
    bound: float
    at_least: bool
    measure: Callable[[Bench], Sample]
    other: str = "kiwix-serve"

    def reached(self, compared: float) -> bool:
        return compared >= self.bound if self.at_least else compared <= self.bound


def seen(bench: Bench) -> Sample:
    """Both warmed by the same load; ours with room for every page in each worker."""
    _, size = bench.ready_made()
    needed = size + PAGE_OVERHEAD * len(bench.packs.pages)
    return _rates(bench, bench.random_pages(), ceil(needed * WORKERS / PAGES_SHARE * 1.05 / MIB), warm=WARM_SEEN)


def first_time(bench: Bench) -> Sample:
    """Each article once, over servers just started, with our default cache."""
    pages = bench.shuffled_pages()
    loads = [_first_time(bench, server, pages) for server in bench.both()]
    return Sample(loads[0].rate, loads[1].rate)


def _first_time(bench: Bench, server: Server, pages: list[Page]) -> Load:
    with running(server, bench.first_pages(server)):
        lines = bench.articles(server, pages)
        return run(server.articles, lines, seconds=ONCE_WITHIN, connections=CONNECTIONS, once=True)


def zipf(bench: Bench) -> Sample:
    """The pages of all our workers together have a tenth of the room that all pages would take."""
    _, size = bench.ready_made()
    return _rates(bench, bench.zipf_pages(), max(4, round(size / 10 / PAGES_SHARE / MIB)), warm=1)


def _rates(bench: Bench, pages: list[Page], cache_size: int, *, warm: int) -> Sample:
    """`warm`: for how many times the length of a run each server gets the same reading before it is measured."""
    loads = [_articles(bench, server, pages, warm=warm) for server in bench.both(cache_size)]
    return Sample(loads[0].rate, loads[1].rate, {"our --cache-size, MiB": cache_size})


def _articles(bench: Bench, server: Server, pages: list[Page], *, warm: int) -> Load:
    with running(server, bench.first_pages(server)):
        lines = bench.articles(server, pages)
        for _ in range(warm):
            run(server.articles, lines, seconds=bench.seconds, connections=CONNECTIONS)
        return run(server.articles, lines, seconds=bench.seconds, connections=CONNECTIONS)


def search(bench: Bench) -> Sample:
    """One person searches, each time for something else, which nobody searched before; both show 25 results."""
    return _searches(bench, before=0)


def search_again(bench: Bench) -> Sample:
    """The same searches when everyone has made them a few times, as a class does."""
    return _searches(bench, before=4)


def _searches(bench: Bench, before: int) -> Sample:
    queries = bench.random.sample(bench.full_queries(), len(bench.full_queries()))
    loads = []
    for server in bench.both():
        with running(server, bench.first_pages(server)):
            lines = bench.searches(server, queries)
            for _ in range(before):
                run(server.searches, lines, seconds=ONCE_WITHIN, connections=1, once=True)
            loads.append(run(server.searches, lines, seconds=ONCE_WITHIN, connections=1, once=True))
            if shown_results(server, *queries[0]) != RESULTS:
                raise LoadError(f"{type(server).__name__} did not show {RESULTS} results for {queries[0]}.")
    return Sample(loads[0].median * 1000, loads[1].median * 1000)


def film(bench: Bench) -> Sample:
    loads = []
    for server in bench.both():
        with running(server, bench.first_pages(server)):
            lines = bench.film_ranges(server)
            loads.append(run(server.articles, lines, seconds=bench.seconds, connections=FILM_CONNECTIONS))
    return Sample(loads[0].megabytes_a_second, loads[1].megabytes_a_second)


def beside_searches(bench: Bench) -> Sample:
    """Articles in a closed loop, all seen before, without and with people who search."""
    server = bench.ideascube()
    with running(server, bench.first_pages(server)):
        lines = bench.articles(server, bench.random_pages())
        for _ in range(WARM_SEEN + 1):
            quiet = run(server.articles, lines, seconds=bench.seconds, connections=CONNECTIONS)
        searches = bench.searches(server, bench.many_queries())
        searching = start(server.searches, searches, seconds=bench.seconds + 2, connections=SEARCHING)
        time.sleep(1)
        busy = run(server.articles, lines, seconds=bench.seconds, connections=CONNECTIONS)
        searched = searching.result()
    notes = {"articles a second": quiet.rate, "beside searches": busy.rate, "searches a second": searched.rate}
    return Sample(busy.p99 * 1000, quiet.p99 * 1000, notes)


def memory(bench: Bench) -> Sample:
    """All our processes after articles, searches and a film, with 20 packs that have all been opened.

    What processes share counts once (PSS, proc_pid_smaps(5)): all were forked from one.
    """
    texts = [*bench.packs.texts, bench.packs.film]
    server = Ideascube(data_folder(bench.work / "data", [*texts, *bench.packs.small[: 20 - len(texts)]]))
    last = server.articles + server.article(bench.packs.small[19 - len(texts)].stem, "index.html")
    with running(server, [*bench.first_pages(server), last]):
        _use(bench, server)
        processes = server.processes()
        used = [process.memory_full_info() for process in processes]
    resident = sum(each.pss for each in used) / 1e6
    each_its_own = sum(each.rss for each in used) / 1e6
    return Sample(resident, notes={"processes": len(used), "shared memory counted for each of them, MB": each_its_own})


def _use(bench: Bench, server: Ideascube) -> None:
    small = [(pack.stem, "index.html") for pack in bench.packs.small[:17]]
    pages = [*bench.shuffled_pages(), *small * 20]
    run(server.articles, bench.articles(server, pages), seconds=ONCE_WITHIN, connections=CONNECTIONS, once=True)
    run(server.articles, bench.articles(server, bench.zipf_pages()), seconds=bench.seconds, connections=CONNECTIONS)
    run(server.articles, bench.film_ranges(server), seconds=bench.seconds, connections=FILM_CONNECTIONS)
    everywhere = bench.lines("searches", [f"/search?q={word}" for word in bench.words("handbook")])
    run(server.searches, everywhere, seconds=bench.seconds, connections=SEARCHING)
    run(server.searches, bench.searches(server, bench.many_queries()), seconds=bench.seconds, connections=SEARCHING)


def start_up(bench: Bench) -> Sample:
    """From the command to a first page that shows packs, with 100 of them, never seen before; then started again."""
    data = data_folder(bench.work / "data", [*bench.packs.texts, *bench.packs.small])
    (first, all_shown), (again, _) = (_start_up(Ideascube(data)) for _ in range(2))
    return Sample(first, notes={"until all 100 are shown, s": all_shown, "with the library known already, s": again})


def _start_up(server: Ideascube) -> tuple[float, float]:
    began = time.monotonic()
    try:
        _until(lambda: "/packs/" in _text(f"{server.searches}/"))
        shown = time.monotonic() - began
        _until(lambda: json.loads(_text(f"{server.searches}/health") or "{}").get("packs") == 100)
        return shown, time.monotonic() - began
    finally:
        server.stop()


def _until(reached: Callable[[], bool]) -> None:
    patience = time.monotonic() + 60
    while not reached() and time.monotonic() < patience:
        time.sleep(0.005)


def _text(address: str) -> str:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())
    return ""


def ceiling(bench: Bench) -> Sample:
    """Our pages as ready-made files, sent by nginx."""
    root, _ = bench.ready_made()
    server = Nginx(root, bench.work)
    return Sample(_articles(bench, server, bench.random_pages(), warm=0).rate)


ROWS = (
    Row("seen", "random articles, gzip, all seen before", "articles/s", 30, at_least=True, measure=seen),
    Row("first", "random articles, first time each", "articles/s", 8, at_least=True, measure=first_time),
    Row("zipf", "random articles, Zipf over ten times the cache", "articles/s", 5, at_least=True, measure=zipf),
    Row("layers", "random articles of a pack with three layers", "articles/s", 0.9, at_least=True, measure=layered,
        other="the flat file"),
    Row("search", "25 search results with snippets, first time, median", "ms", 1 / 5, at_least=False, measure=search),
    Row("again", "25 search results with snippets, searched before, median", "ms", 1 / 5, at_least=False,
        measure=search_again),
    Row("film", "1 MiB ranges of a 1 GiB film", "MB/s", 1, at_least=True, measure=film),
    Row("beside", "99th percentile of article time, 8 clients searching", "ms", 2, at_least=False,
        measure=beside_searches, other="nobody searching"),
    Row("build", "building gimp-fr from its folder", "s", 1, at_least=False, measure=building, other="zimwriterfs"),
    Row("memory", "resident memory of all processes, 20 packs", "MB", 300, at_least=False, measure=memory, other=""),
    Row("start", "from start to first page, 100 packs", "s", 2, at_least=False, measure=start_up, other=""),
)  # fmt: skip
