"""The table, and its place in docs/performance.md with the date, the machine and the versions."""

from __future__ import annotations

import datetime
import platform
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

from benchmarks.rows import Row
from benchmarks.sample import Sample

_HEAD = "| work | compared with | other | ours | lowest | median | highest | target | reached |"
_LIBRARIES = ("aiohttp", "uvloop", "libzim", "isal", "zstandard")


@dataclass(frozen=True, slots=True)
class Measured:
    row: Row
    samples: Sequence[Sample]

    @property
    def compared(self) -> list[float]:
        return sorted(sample.compared for sample in self.samples)


def table(results: Sequence[Measured]) -> str:
    """The results in Markdown: figures are medians, `lowest` to `highest` are of the ratios (or of our figure)."""
    return "\n".join([_HEAD, "|" + " --- |" * (_HEAD.count("|") - 1), *map(_line, results)])


def _line(measured: Measured) -> str:
    row, compared = measured.row, measured.compared
    others = [sample.other for sample in measured.samples if sample.other is not None]
    middle = median(compared)
    cells = [
        row.work,
        row.other or "—",
        f"{_figure(median(others))} {row.unit}" if others else "—",
        f"{_figure(median(sample.ours for sample in measured.samples))} {row.unit}",
        *map(_figure, (compared[0], middle, compared[-1])),
        f"{'≥' if row.at_least else '≤'} {_figure(row.bound)}{'' if row.other else ' ' + row.unit}",
        "yes" if row.reached(middle) else "**no**",
    ]
    return f"| {' | '.join(cells)} |"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def notes(results: Sequence[Measured], ceiling: Sequence[Sample], rounds: int) -> str:
    """What belongs to the table: rounds, the ceiling, and what single rows noted (medians)."""
    lines = [f"- {rounds} rounds, one server after the other; figures are medians of the rounds."]
    if ceiling:
        rate = median(sample.ours for sample in ceiling)
        lines.append(f"- The ceiling, nginx with ready-made `.gz` files: {_figure(rate)} articles/s.")
    for measured in results:
        names = measured.samples[0].notes
        seen = ", ".join(f"{name}: {_figure(median(s.notes[name] for s in measured.samples))}" for name in names)
        if seen:
            lines.append(f"- {measured.row.work}: {seen}.")
    return "\n".join(lines)


def machine() -> str:
    """The date, the machine and the versions, as a list in Markdown."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    memory = psutil.virtual_memory().total / 1024**3
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    lines = [
        f"- Date: {today}",
        f"- Machine: {_processor()}, {psutil.cpu_count()} cores, {memory:.1f} GiB of memory, {_system()}",
        f"- Python {platform.python_version()}, ideascube {version('ideascube')}, {libraries}",
        f"- {_first_line('kiwix-serve', '--version')}, {_first_line('nginx', '-v')}, {_first_line('wrk', '-v')}",
    ]
    return "\n".join(lines)


def _system() -> str:
    return f"{platform.system()} {platform.release()}, {platform.machine()}"


def _processor() -> str:
    described = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return described[1] if described else "processor without a name"


def _first_line(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[0].removeprefix("nginx version: ").split(" [")[0]


def write(page: Path, text: str, command: str = "make bench") -> None:
    """Put `text` between the two marks of the page that `command` writes."""
    begin, end = (f"<!-- written by `{command}`: {mark} -->" for mark in ("begin", "end"))
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", "utf-8")
