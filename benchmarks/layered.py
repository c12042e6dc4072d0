"""Reading a pack that is a base with three layers, beside the flat file of the same edition: over HTTP."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import CONNECTIONS, Bench
from benchmarks.layers import gimp_editions, write_deltas
from benchmarks.load import LoadError, run
from benchmarks.sample import Sample
from benchmarks.servers import Ideascube, running

PACK = "gimp-fr"
CACHE = 4  # MiB, in which few pages have room, so that most are read from the files


def layered(bench: Bench) -> Sample:
    """Random articles of one pack; our own figure twice."""
    base, *_, newest = gimp_editions(bench.cache / "layers")
    deltas = write_deltas(bench.cache / "layers")
    rates = [_rate(bench, files) for files in ([base, *deltas], [newest])]
    return Sample(rates[0], rates[1])


def _rate(bench: Bench, files: Sequence[Path]) -> float:
    server = Ideascube(_installed(bench.work / "layered", files), CACHE)
    pages = [page for page in bench.random_pages() if page[0] == PACK]
    with running(server, [server.articles + server.article(*pages[0])]):
        lines = bench.articles(server, pages)
        run(server.articles, lines, seconds=bench.seconds, connections=CONNECTIONS)
        return run(server.articles, lines, seconds=bench.seconds, connections=CONNECTIONS).rate


def _installed(data: Path, files: Sequence[Path]) -> Path:
    shutil.rmtree(data, ignore_errors=True)
    for file in files:
        command = [sys.executable, "-m", "ideascube", "pack", "install", "--data", str(data), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            raise LoadError(f"{file.name} could not be installed: {done.stderr.strip()}")
    return data
