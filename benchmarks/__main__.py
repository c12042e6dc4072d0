"""`python -m benchmarks`: measures and prints the table; writes it to docs/performance.md when nothing was left out."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks import report
from benchmarks.bench import Bench
from benchmarks.load import LoadError
from benchmarks.packs import PreparationError, prepare
from benchmarks.report import Measured
from benchmarks.rows import ROWS, Row, ceiling
from benchmarks.sample import Sample
from benchmarks.servers import NotReadyError

ROOT = Path(__file__).parents[1]
PROGRAMS = ("kiwix-serve", "nginx", "wrk", "zimwriterfs", "apt-get", "dpkg")


@click.command()
@click.option("--rounds", type=click.IntRange(1, 50), default=5, show_default=True, help="Rounds of each row.")
@click.option("--only", metavar="ROW", multiple=True, type=click.Choice([*(row.name for row in ROWS), "ceiling"]))
@click.option("--quick", is_flag=True, help="One round of a second a run: to see that it works, not how fast.")
@click.option("--seconds", type=click.FloatRange(1, 60), default=5, show_default=True, help="Length of one run.")
def main(rounds: int, only: Sequence[str], quick: bool, seconds: float) -> None:
    """Compare this server with kiwix-serve on this machine."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        sys.exit(f"To compare, install what is missing: {', '.join(missing)}. `make bench` does so where it may.")
    rounds, seconds = (1, 1) if quick else (rounds, seconds)
    rows = [row for row in ROWS if not only or row.name in only]
    try:
        with tempfile.TemporaryDirectory(prefix="work-", dir=_cache()) as work:
            bench = Bench(prepare(_cache()), _cache(), Path(work), seconds)
            results = [Measured(row, _rounds(bench, row, rounds)) for row in rows]
            top = [ceiling(bench) for _ in range(rounds)] if not only or "ceiling" in only else []
    except (LoadError, NotReadyError, PreparationError) as error:
        sys.exit(f"The comparison ended early: {error}")
    text = "\n\n".join([report.machine(), report.table(results), report.notes(results, top, rounds)])
    print(text)
    if not only and not quick:
        report.write(ROOT / "docs" / "performance.md", text)


def _cache() -> Path:
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _rounds(bench: Bench, row: Row, rounds: int) -> list[Sample]:
    samples = []
    for number in range(1, rounds + 1):
        samples.append(row.measure(bench))
        other = f", {row.other} {samples[-1].other:.5g}" if samples[-1].other is not None else ""
        notes = f" {samples[-1].notes}" if samples[-1].notes else ""
        print(f"{row.name} {number}/{rounds}: ours {samples[-1].ours:.5g} {row.unit}{other}{notes}", file=sys.stderr)
    return samples


if __name__ == "__main__":
    main()
