"""`python -m benchmarks.workspace`: measures and prints three tables."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from benchmarks.load import LoadError
from benchmarks.packs import PreparationError
from benchmarks.report import machine
from benchmarks.servers import NotReadyError
from benchmarks.workspace.conversion import measure_conversion
from benchmarks.workspace.library import Amounts, make_library
from benchmarks.workspace.pages import measure_pages
from benchmarks.workspace.publication import measure_publication

ROOT = Path(__file__).parents[2]
PARTS = ("conversion", "pages", "publication")


@click.command()
@click.option("--rounds", type=click.IntRange(1, 50), default=5, show_default=True, help="Rounds of each measurement.")
@click.option("--only", metavar="PART", multiple=True, type=click.Choice(PARTS))
@click.option("--quick", is_flag=True, help="One short round over little: to see that it works, not how fast.")
@click.option(
    "--seconds", type=click.FloatRange(1, 60), default=10, show_default=True, help="Length of one run of wrk."
)
def main(rounds: int, only: Sequence[str], quick: bool, seconds: float) -> None:
    """Measure the workspace on this machine."""
    rounds, seconds = (1, 2) if quick else (rounds, seconds)
    chosen = only or PARTS
    cache = ROOT / "build" / "bench"
    cache.mkdir(parents=True, exist_ok=True)
    tables = [machine()]
    try:
        with tempfile.TemporaryDirectory(prefix="work-", dir=cache) as work:
            if "conversion" in chosen:
                tables.append(measure_conversion(cache, Path(work), rounds, seconds))
            if set(chosen) & {"pages", "publication"}:
                tables += _with_much(cache, Path(work), rounds, chosen, quick=quick)
    except (LoadError, NotReadyError, PreparationError) as error:
        sys.exit(f"The measurement ended early: {error}")
    print("\n\n".join(tables))


def _with_much(cache: Path, work: Path, rounds: int, chosen: Sequence[str], *, quick: bool) -> list[str]:
    data = make_library(cache, work / "much", Amounts(50, 200) if quick else Amounts())
    parts: dict[str, Callable[[Path, int], str]] = {"pages": measure_pages, "publication": measure_publication}
    return [measure(data, rounds) for name, measure in parts.items() if name in chosen]


if __name__ == "__main__":
    main()
