"""`python -m benchmarks.search`: measures, prints the tables and writes them to docs/search-quality.md."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from benchmarks import report
from benchmarks.packs import PreparationError
from benchmarks.search import indexing, tables, times
from benchmarks.search.packs import ROOT, Searched, prepare
from benchmarks.search.quality import described, made_queries, measure
from benchmarks.search.queries import HALVES, Query
from benchmarks.servers import NotReadyError

PARTS = ("quality", "times", "indexing")
PROGRAMS = ("kiwix-serve", "zimwriterfs", "apt-get", "dpkg")
PAGE = ROOT / "docs" / "search-quality.md"


@click.command()
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="What to measure; all of it where not given.")
@click.option("--half", type=click.Choice(HALVES), default="report", show_default=True, help="Which half of the pages.")
@click.option("--count", default=20, show_default=True, help="Plain queries of each kind from each pack.")
@click.option("--quick", is_flag=True, help="Few queries: to see that it works, not how well.")
@click.option("--pack", multiple=True, help="Only packs whose id begins so.")
@click.option("--alone", is_flag=True, help="Without kiwix-serve.")
@click.option("--failures", type=click.Path(path_type=Path), help="Write the queries that found nothing to this file.")
def main(
    only: Sequence[str], half: str, count: int, quick: bool, pack: Sequence[str], alone: bool, failures: Path | None
) -> None:
    """Measure how well and how fast this box finds things, beside kiwix-serve."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        sys.exit(
            f"To compare, install what is missing: {', '.join(missing)}. `make bench-search` does so where it may."
        )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended from outside."))  # else the servers would go on
    began = time.monotonic()
    try:
        packs = [each for each in prepare(cache()) if not pack or each.id.startswith(tuple(pack))]
        with tempfile.TemporaryDirectory(prefix="work-", dir=cache()) as work:
            queries = made_queries(packs, half, 3 if quick else count)
            makers = {
                "quality": lambda: _quality(packs, queries, Path(work), failures, not alone),
                "times": lambda: _times(packs, queries, Path(work), 20 if quick else 200),
                "indexing": lambda: _indexing(packs, Path(work)),
            }
            parts = [text for name in PARTS if not only or name in only for text in makers[name]()]
    except (PreparationError, NotReadyError, TimeoutError) as error:
        sys.exit(f"The comparison ended early: {error}")
    took = f"- Queries of the half “{half}”; took {(time.monotonic() - began) / 60:.0f} minutes."
    text = "\n\n".join([f"{report.machine()}\n{took}", *parts])
    print(text)
    if not (only or pack or quick or alone) and half == "report":
        report.write(PAGE, text, "make bench-search")


def cache() -> Path:
    """Where packs are kept between calls: below BENCH_CACHE, or else in build/bench."""
    folder = Path(os.environ.get("BENCH_CACHE") or ROOT / "build" / "bench") / "search"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _quality(
    packs: Sequence[Searched], queries: Sequence[Query], work: Path, failures: Path | None, beside: bool
) -> Iterator[str]:
    asked = measure(packs, queries, work, beside=beside)
    if failures:
        failures.write_text("".join(map(described, asked)), "utf-8")
    reached = f"{tables.checks(asked)}\n\n{tables.notes(asked)}"
    yield f"### What is to be reached\n\n{reached}"
    yield f"### By kind of query, in one pack\n\n{tables.by_variant(asked)}"
    yield f"### Plain queries by pack, MRR@10\n\n{tables.plain_by_pack(asked)}"
    yield f"### Changed queries by pack, success@10, ours / kiwix-serve’s\n\n{tables.changed_by_pack(asked)}"
    yield f"### All packs at once\n\n{tables.over_all(asked)}"
    yield tables.excluded(queries)


def _times(packs: Sequence[Searched], queries: Sequence[Query], work: Path, each: int) -> Iterator[str]:
    yield f"### Times\n\n{times.described(times.measure(packs, queries, work, cache(), each))}"


def _indexing(packs: Sequence[Searched], work: Path) -> Iterator[str]:
    yield f"### Indexing\n\n{indexing.described(indexing.measure(packs, work))}"


if __name__ == "__main__":
    main()
