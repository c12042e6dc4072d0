"""`python -m benchmarks.search`: measures, prints the tables and writes them to docs/search-quality.md."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks import report
from benchmarks.packs import PreparationError
from benchmarks.search import tables
from benchmarks.search.packs import ROOT, Searched, prepare
from benchmarks.search.quality import Asked, measure
from benchmarks.search.queries import HALVES
from benchmarks.servers import NotReadyError

PARTS = ("quality",)


@click.command()
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="What to measure; all of it where not given.")
@click.option("--half", type=click.Choice(HALVES), default="report", show_default=True, help="Which half of the pages.")
@click.option("--count", default=10, show_default=True, help="Queries of each kind from each pack.")
@click.option("--pack", multiple=True, help="Only packs whose id begins so.")
@click.option("--failures", type=click.Path(path_type=Path), help="Write the queries that found nothing to this file.")
def main(only: Sequence[str], half: str, count: int, pack: Sequence[str], failures: Path | None) -> None:
    """Measure how well and how fast this box finds things, beside kiwix-serve."""
    cache = Path(os.environ.get("BENCH_CACHE") or ROOT / "build" / "bench") / "search"
    try:
        packs = [each for each in prepare(cache) if not pack or each.id.startswith(tuple(pack))]
        with tempfile.TemporaryDirectory(prefix="work-", dir=cache) as work:
            parts = [
                part for name, part in _measured(packs, half, count, Path(work), failures) if not only or name in only
            ]
    except (PreparationError, NotReadyError, TimeoutError) as error:
        sys.exit(f"The comparison ended early: {error}")
    text = "\n\n".join([report.machine(), *parts])
    print(text)
    if not only and not pack and half == "report":
        report.write(ROOT / "docs" / "search-quality.md", text)


def _measured(packs: Sequence[Searched], half: str, count: int, work: Path, failures: Path | None):
    results = measure(packs, half, count, work)
    if failures:
        failures.write_text("".join(map(_failure, results)), "utf-8")
    yield "quality", tables.checks_table(tables.checks(results))
    yield "quality", tables.by_variant(results)
    yield "quality", tables.by_language(results)


def _failure(asked: Asked) -> str:
    query = asked.query
    if asked.ours and (asked.everywhere or asked.everywhere is None):
        return ""
    told = (
        query.variant,
        query.field,
        query.pack,
        query.text,
        min(query.wanted),
        asked.ours,
        asked.kiwix,
        asked.everywhere,
    )
    return "\t".join(map(str, told)) + "\n"


if __name__ == "__main__":
    main()
