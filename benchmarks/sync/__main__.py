"""`python -m benchmarks.sync`: measures and prints the tables."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks.packs import PreparationError, film_pack
from benchmarks.report import machine
from benchmarks.servers import NotReadyError
from benchmarks.sync import tables
from benchmarks.sync.line import FASTER, Terms
from benchmarks.sync.speed import measure_speed
from benchmarks.sync.tries import NotDoneError
from benchmarks.sync.work import FIRST, OUT, REFRESH, TOOLS, Run, all_work, measure

ROOT = Path(__file__).parents[2]
PROGRAMS = ("nginx", "wget", "rsync", "zsync", "zsyncmake", "casync", "sha256sum")
SPEED = "speed"


@click.command()
@click.option("--only", metavar="PART", multiple=True, type=click.Choice((FIRST, REFRESH, OUT, SPEED)))
@click.option("--tool", metavar="NAME", multiple=True, type=click.Choice([tool.name for tool in TOOLS]))
@click.option("--quick", is_flag=True, help="Small files only: to see that it works, and roughly how well.")
@click.option("--seed", default=1, show_default=True, help="When the link is cut: the same for the same seed.")
def main(only: Sequence[str], tool: Sequence[str], quick: bool, seed: int) -> None:
    """Measure what a sync costs over a bad link, beside other programs."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        sys.exit(f"To compare, install what is missing: {', '.join(missing)}. `make bench-sync` does so where it may.")
    cache = ROOT / "build" / "bench"
    cache.mkdir(parents=True, exist_ok=True)
    try:
        print("\n\n".join([machine(), _terms(seed), *_parts(cache, only, tool, quick, seed)]))
    except (PreparationError, NotReadyError, NotDoneError) as error:
        sys.exit(f"The measurement ended early: {error}")


def _parts(cache: Path, only: Sequence[str], tools: Sequence[str], quick: bool, seed: int) -> list[str]:
    runs = list(_runs(cache, only, tools, quick, seed))
    parts = [tables.link_table(runs), tables.verdicts(runs)] if runs else []
    if SPEED in only or not only:
        pack = all_work(cache, quick=True)[0].new if quick else film_pack(cache)
        parts.append(tables.speed_table(measure_speed(pack, cache)))
    return parts


def _runs(cache: Path, only: Sequence[str], tools: Sequence[str], quick: bool, seed: int) -> list[Run]:
    runs = []
    for work in all_work(cache, quick=quick):
        for tool in TOOLS:
            if (only and work.kind not in only) or (tools and tool.name not in tools):
                continue
            if run := measure(work, tool, cache, seed):
                print(tables.link_table([run]).splitlines()[-1], run.failed, file=sys.stderr)
                runs.append(run)
    return runs


def _terms(seed: int) -> str:
    terms = Terms()
    return (
        f"- The link: {terms.rate * 8 / 1000:.0f} kbit/s each way, {terms.latency * 1000:.0f} ms one way, cut after "
        f"{terms.between_cuts:.0f} s of bytes on average, for {terms.pause:.0f} s (seed {seed}).\n"
        f"- It runs {FASTER} times as fast, and times are those of the real one: {FASTER} seconds for each in which "
        "the link was busy, and one for each in which the program worked or waited."
    )


if __name__ == "__main__":
    main()
